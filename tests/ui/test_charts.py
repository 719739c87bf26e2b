"""Charts: marks inside the track and in the order of figures; one painter everywhere; white pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.director_rows import BulletData
from judapp.errors import JudappError
from judapp.text import Bilingual
from judapp.ui import theme
from judapp.ui.charts import bullet, picture, verdict
from judapp.ui.charts.bullet_bar import BulletBar
from judapp.ui.charts.bullet_geometry import RADIUS, Box, Shape, shape
from judapp.ui.charts.menu import chart_menu
from judapp.ui.charts.picture import Picture
from judapp.ui.texts import t

AREA = Box(10, 5, 220, 20)
AMOUNTS = st.floats(min_value=0, max_value=1e9)
MAYBE = st.none() | AMOUNTS

NO = Bilingual("", "")


def data(value: float | None = 94.75, level: float | None = 70.0, **more: object) -> BulletData:
    facts: dict[str, object] = {
        "value": value,
        "level": level,
        "operator": ">=",
        "same_period": None,
        "pro_rata": None,
        "end": 100.0,
        "hollow": False,
        "value_text": Bilingual("94,75 %", "94.75 %"),
        "level_text": NO if level is None else Bilingual("70 %", "70 %"),
        "end_text": Bilingual("100 %", "100 %"),
        "coverage_text": NO,
    }
    return BulletData(**{**facts, **more})  # type: ignore[arg-type]  # as the test says


# --- geometry


@given(end=st.floats(min_value=1e-6, max_value=1e9), value=MAYBE, level=MAYBE, due=MAYBE, same=MAYBE)
def test_no_mark_leaves_the_track(
    end: float, value: float | None, level: float | None, due: float | None, same: float | None
) -> None:
    made = shape(AREA, end=end, value=value, level=level, due=due, same_period=same, operator=">")
    left, right = AREA.x - 1e-6, AREA.right + 1e-6
    for box in (made.value, made.target, made.due):
        assert box is None or (left <= box.x and box.right <= right)
        assert box is None or (box.y >= AREA.y and box.bottom <= AREA.bottom)
    if made.same_period is not None:
        assert left <= made.same_period[0] - RADIUS
        assert made.same_period[0] + RADIUS <= right
    assert all(left <= x <= right for x, _ in made.arrow)
    assert (made.value is None, made.target is None, made.due is None, made.same_period is None) == tuple(
        amount is None for amount in (value, level, due, same)
    )


@given(end=st.floats(min_value=1e-3, max_value=1e9), amounts=st.lists(AMOUNTS, min_size=2, max_size=2))
def test_a_larger_figure_never_stands_left_of_a_smaller_one(end: float, amounts: list[float]) -> None:
    low, high = sorted(amounts)
    for kind in ("value", "level", "due", "same_period"):
        assert _place(_with(kind, low, end), kind) <= _place(_with(kind, high, end), kind)


def _with(kind: str, amount: float, end: float) -> Shape:
    made: dict[str, Any] = {kind: amount}
    return shape(AREA, end=end, **made)


def _place(made: Shape, kind: str) -> float:
    if kind == "same_period":
        assert made.same_period is not None
        return made.same_period[0]
    box = {"value": made.value, "level": made.target, "due": made.due}[kind]
    assert box is not None
    return box.right


def test_a_bar_begins_at_nought_and_half_of_the_axis_is_half_of_the_track() -> None:
    made = shape(AREA, end=100, value=50, level=25)
    assert made.value is not None
    assert made.target is not None
    assert (made.value.x, made.value.right, made.value.height) == (10, 120, 10)
    assert (made.target.x + 1, made.target.width, made.target.height) == (65, 2, 18)
    assert made.target.middle == made.value.middle == made.track.middle


def test_a_strict_target_points_to_where_it_is_met() -> None:
    floor = shape(AREA, end=100, level=50, operator=">")
    ceiling = shape(AREA, end=100, level=50, operator="<")
    assert floor.target is not None
    assert ceiling.target is not None
    assert max(x for x, _ in floor.arrow) > floor.target.right
    assert min(x for x, _ in ceiling.arrow) < ceiling.target.x
    assert shape(AREA, end=100, level=50, operator=">=").arrow == ()


@given(st.floats(min_value=0, max_value=100))
def test_the_level_is_written_above_its_line_where_there_is_room(level: float) -> None:
    tall = Box(10, 0, 220, 40)
    made = shape(tall, end=100, level=level, label=(60, 17))
    assert made.label is not None
    assert tall.x <= made.label.x
    assert made.label.right <= tall.right
    assert made.target is not None
    assert made.label.y >= tall.y - 1e-9
    assert made.label.bottom <= made.target.y + 1
    assert shape(AREA, end=100, level=level, label=(60, 17)).label is None


# --- painting


def painted(made: BulletData, *, dark: bool = False, height: int = 20) -> QImage:
    image = QImage(220, height, QImage.Format.Format_RGB32)
    tokens = theme.DARK if dark else theme.LIGHT
    image.fill(tokens.surface)
    painter = QPainter(image)
    bullet.paint(painter, QRectF(image.rect()), made, bullet.ink(tokens), "vi")
    painter.end()
    return image


def colour(image: QImage, x: int, y: int = 10) -> str:
    return image.pixelColor(x, y).name().upper()


@pytest.mark.parametrize(("dark", "tokens"), [(False, theme.LIGHT), (True, theme.DARK)])
def test_the_bar_is_in_the_accent_on_a_track_of_lines(
    looks: QApplication, dark: bool, tokens: theme.Tokens
) -> None:
    image = painted(data(), dark=dark)
    assert colour(image, 20) == tokens.accent.name().upper()
    assert colour(image, 216) == tokens.line.name().upper()
    assert colour(image, 154) == tokens.text.name().upper()
    assert colour(image, 154, 2) == tokens.text.name().upper()


@pytest.mark.parametrize("value", [10.0, 94.75])
def test_a_bar_is_never_red_or_green(looks: QApplication, value: float) -> None:
    image = painted(data(value, operator=">", same_period=50.0, pro_rata=35.0))
    seen = {image.pixelColor(x, y).name() for x in range(220) for y in range(20)}
    assert not seen & {theme.LIGHT.ok.name(), theme.LIGHT.error.name()}
    reddest = max((QColor(name) for name in seen), key=lambda c: c.red() - max(c.green(), c.blue()))
    assert reddest.red() - max(reddest.green(), reddest.blue()) < 40


def test_a_part_is_hollow_and_an_unknown_value_leaves_the_track_empty(looks: QApplication) -> None:
    hollow = painted(data(level=None, hollow=True))
    assert colour(hollow, 60) == "#FFFFFF"
    assert colour(hollow, 60, 5) == theme.LIGHT.accent.name().upper()
    empty = painted(data(None))
    accents = [x for x in range(220) if colour(empty, x) == theme.LIGHT.accent.name().upper()]
    assert accents == []
    assert colour(empty, 60) == theme.LIGHT.line.name().upper()


def test_the_same_period_is_a_circle_and_the_share_due_a_dashed_line(looks: QApplication) -> None:
    image = painted(data(level=None, value=90.0, same_period=50.0, pro_rata=25.0))
    assert colour(image, 110) == "#FFFFFF"
    assert colour(image, 106) == theme.LIGHT.text_3.name().upper()
    dashes = [colour(image, 55, y) == theme.LIGHT.text.name().upper() for y in range(1, 19)]
    assert any(dashes)
    assert not all(dashes)


def test_the_level_is_written_only_where_it_has_room(looks: QApplication) -> None:
    assert _inked(painted(data(), height=40), 0, 16)
    assert not _inked(painted(data(level=None), height=40), 0, 8)


def _inked(image: QImage, top: int, bottom: int) -> bool:
    ground = QColor("white").rgb()
    return any(image.pixel(x, y) != ground for x in range(image.width()) for y in range(top, bottom))


@pytest.mark.parametrize(
    "name", ["met", "missed", "untold", "none", "gone", "fall", "rise", "claim", "missing", "coverage"]
)
def test_every_verdict_has_a_shape_of_its_own_in_grey(looks: QApplication, name: str) -> None:
    assert _grey(name)
    same = {"fall": "missed", "missing": "untold", "coverage": "untold"}
    for other in ("met", "missed", "untold", "none", "gone", "rise", "claim"):
        assert (_grey(name) == _grey(other)) == (same.get(name, name) == same.get(other, other))


def _grey(name: str) -> frozenset[tuple[int, int]]:
    """The pixels a mark covers, whatever their colour."""
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    verdict.paint(painter, QRectF(image.rect()), name, theme.LIGHT)
    painter.end()
    return frozenset((x, y) for x in range(16) for y in range(16) if image.pixelColor(x, y).lightness() < 200)


# --- pictures


def shown(*, practice: bool = True) -> Picture:
    return Picture(
        title="Đăng ký trực tuyến (%)",
        place="Tỉnh Nghệ An · 6 tháng đầu năm 2024",
        sentence="Đăng ký trực tuyến đạt 94,75 % (81.452/85.961 hồ sơ). " * 4,
        legend="Vạch: mức giao ≥ 70 %",
        source="Nguồn: biểu PL-STP, Tỉnh Nghệ An.",
        verdict="met",
        bar=data(),
        practice=practice,
        lang="vi",
    )


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_picture_is_white_and_twice_as_sharp_in_either_theme(
    looks: QApplication, tmp_path: Path, choice: theme.Choice
) -> None:
    theme.theme().apply(looks, choice)
    picture.save_png(shown(), tmp_path / "a.png")
    theme.theme().apply(looks, "light")
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() == 1280
    assert image.height() == picture.size(shown()).height() * 2
    corners = [(0, 0), (1279, 0), (0, image.height() - 1), (1279, image.height() - 1)]
    assert {image.pixelColor(x, y).name() for x, y in corners} == {"#ffffff"}
    assert picture.size(shown()).height() > picture.size(shown(practice=False)).height()


def test_a_drawing_says_title_place_source_and_that_it_is_practice(
    looks: QApplication, tmp_path: Path
) -> None:
    picture.save_svg(shown(), tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text("utf-8")
    for words in (
        "Đăng ký trực tuyến (%)",
        "Tỉnh Nghệ An",
        "Nguồn: biểu PL-STP",
        "SỐ LIỆU THỰC HÀNH",
        "70 %",
    ):
        assert words in text
    picture.save_svg(shown(practice=False), tmp_path / "b.svg")
    assert "THỰC HÀNH" not in (tmp_path / "b.svg").read_text("utf-8")


def test_the_same_painter_draws_on_paper(looks: QApplication) -> None:
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setResolution(96)
    painter = QPainter(writer)
    picture.draw(painter, shown())
    painter.end()
    assert bytes(kept.data().data()).startswith(b"%PDF")


@pytest.mark.parametrize("save", [picture.save_png, picture.save_svg])
def test_a_picture_that_cannot_be_written_says_why(looks: QApplication, tmp_path: Path, save: object) -> None:
    with pytest.raises(JudappError) as caught:
        save(shown(), tmp_path / "gone" / "a")  # type: ignore[operator]  # one of the two
    assert caught.value.code == "EXP-002"


# --- the bar on the screen and its menu


def test_the_menu_copies_picture_and_figures(qtbot: QtBot, looks: QApplication) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    faults: list[JudappError] = []
    menu = chart_menu(owner, shown, lambda: "a\tb", faults.append)
    assert [action.text() for action in menu.actions()] == [
        "Sao chép ảnh",
        "Lưu PNG (2×)",
        "Lưu SVG",
        "Sao chép số liệu",
    ]
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().image().width() == 1280
    menu.actions()[3].trigger()
    assert QGuiApplication.clipboard().text() == "a\tb"
    assert faults == []


def test_the_menu_saves_where_asked_and_tells_why_it_could_not(
    qtbot: QtBot, looks: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    faults: list[JudappError] = []
    answers = [str(tmp_path / "a"), str(tmp_path / "b.svg"), "", str(tmp_path / "gone" / "c.png")]
    asked: list[str] = []

    def ask(parent: QWidget, title: str, name: str, kind: str) -> tuple[str, str]:
        asked.append(name)
        return answers.pop(0), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    menu = chart_menu(owner, shown, str, faults.append)
    png, svg = menu.actions()[1:3]
    png.trigger()
    svg.trigger()
    png.trigger()  # nothing chosen
    png.trigger()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "b.svg"]
    assert [fault.code for fault in faults] == ["EXP-002"]
    assert asked[0] == "Đăng ký trực tuyến.png"


def test_without_a_bar_only_the_figures_can_be_copied(qtbot: QtBot, looks: QApplication) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    menu = chart_menu(owner, lambda: None, str, lambda error: None)
    assert [action.isEnabled() for action in menu.actions()] == [False, False, False, True]


def test_a_bar_on_the_screen_says_what_it_shows(qtbot: QtBot, looks: QApplication) -> None:
    bar = BulletBar(data(), "94,75 %", lambda parent: chart_menu(parent, shown, str, lambda error: None))
    qtbot.addWidget(bar)
    bar.resize(220, 40)
    assert bar.accessibleName() == bar.toolTip() == "94,75 %"
    image = bar.grab().toImage()
    assert any(
        image.pixelColor(x, image.height() - 10) == theme.tokens().accent for x in range(image.width())
    )
    assert t("PRG-copy-picture") == "Sao chép ảnh"
