"""ux.md, section 2: one family of icons in the theme's colours; a mark is known without its colour."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from judapp import paths
from judapp.ui import icons, theme

FOLDER = paths.resources() / "icons"
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg") if not path.stem.endswith("_filled"))
UI = Path(icons.__file__).parent
NAVIGATION = ("home", "edit", "import", "check", "export", "progress", "forms", "settings")


@pytest.fixture(params=["light", "dark"], autouse=True)
def shown_theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    theme.theme().apply(qapp, request.param)
    yield request.param
    theme.theme().apply(qapp, "light")


def picture(of: QIcon | QPixmap, mode: QIcon.Mode = QIcon.Mode.Normal, *, on: bool = False) -> QImage:
    state = QIcon.State.On if on else QIcon.State.Off
    pixmap = of if isinstance(of, QPixmap) else of.pixmap(QSize(20, 20), 1.0, mode, state)
    return pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)


def pixels(image: QImage) -> Iterator[QColor]:
    for y, x in itertools.product(range(image.height()), range(image.width())):
        yield image.pixelColor(x, y)


def ink(image: QImage) -> str:
    """The colour of the most opaque pixel; an empty picture has none."""
    strongest = max(pixels(image), key=QColor.alpha)
    assert strongest.alpha() > 150, "hardly anything is drawn"
    return QColor(strongest.rgb()).name()


def shape(image: QImage) -> tuple[bool, ...]:
    return tuple(pixel.alpha() > 100 for pixel in pixels(image))


def near(one: str, other: QColor) -> bool:
    """The same colour, give or take what premultiplied alpha loses."""
    return all(abs(a - b) <= 2 for a, b in zip(QColor(one).getRgb()[:3], other.getRgb()[:3], strict=True))  # type: ignore[index]


@pytest.mark.parametrize("name", NAMES)
def test_icon_is_in_text_2_accent_when_checked_text_3_when_disabled(name: str) -> None:
    own, made = theme.tokens(), icons.icon(name)
    assert near(ink(picture(made)), own.text_2)
    assert near(ink(picture(made, QIcon.Mode.Selected)), own.text_2)
    assert near(ink(picture(made, on=True)), own.accent)
    assert near(ink(picture(made, QIcon.Mode.Disabled)), own.text_3)


@pytest.mark.parametrize("name", NAVIGATION)
def test_current_page_has_the_filled_variant(name: str) -> None:
    made, filled = icons.icon(name), icons.icon(name, filled=True)
    assert sum(shape(picture(made, on=True))) > sum(shape(picture(made)))
    assert picture(filled) == picture(made, on=True)


def test_icon_on_a_ground_of_its_own_takes_the_ink_given() -> None:
    assert near(ink(picture(icons.icon("add", ink=theme.tokens().on_accent))), theme.tokens().on_accent)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_pictures_are_drawn_pixel_for_pixel_at_every_scale(
    ratio: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is scaled up from a smaller picture, also with a second screen of another scale."""
    monkeypatch.setattr(icons, "_ratios", lambda: sorted({1.0, ratio}))
    made = icons.icon("home")
    pixmap = made.pixmap(QSize(20, 20), ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (round(20 * ratio), ratio)
    assert made.pixmap(QSize(20, 20), 1.0).width() == 20
    mark = icons.mark("ok")
    assert (mark.width(), mark.devicePixelRatio()) == (round(16 * ratio), ratio)
    assert mark.deviceIndependentSize().toSize() == QSize(16, 16)


@pytest.mark.parametrize("name", icons.INKS)
def test_mark_is_in_the_colour_of_its_meaning(name: str) -> None:
    assert near(ink(picture(icons.mark(name))), getattr(theme.tokens(), icons.INKS[name]))


@pytest.mark.parametrize("size", [12, 16])
def test_marks_are_told_apart_without_colour(size: int) -> None:
    drawn = {name: [p.alphaF() for p in pixels(picture(icons.mark(name, size)))] for name in icons.INKS}
    for one, other in itertools.combinations(drawn, 2):
        difference = sum(abs(a - b) for a, b in zip(drawn[one], drawn[other], strict=True))
        assert difference >= 4, (one, other, difference)  # whole pixels: the hands of a clock, an i


def test_mark_is_drawn_once_a_theme() -> None:
    """Delegates ask for marks at every paint."""
    assert icons.mark("ok").cacheKey() == icons.mark("ok").cacheKey()
    light, dark = theme.LIGHT.ok, theme.DARK.ok
    assert near(ink(picture(icons.mark("ok"))), dark if theme.theme().name == "dark" else light)


def test_unknown_icon_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no_such_icon"):
        icons.icon("no_such_icon")


def test_files_and_names_agree() -> None:
    assert {path.stem for path in (FOLDER / "marks").glob("*.svg")} == set(icons.INKS)
    filled = {path.stem.removesuffix("_filled") for path in FOLDER.glob("*_filled.svg")}
    assert filled == set(NAVIGATION)
    used = {
        name
        for source in UI.rglob("*.py")
        for name in re.findall(r"""\bicon(?:\(|=)"(\w+)\"""", source.read_text("utf-8"))
    }
    assert used <= set(NAMES)
