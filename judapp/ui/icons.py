"""Icons and marks, drawn in the colours of the theme from resources/icons (Fluent System Icons).

Asked for anew when the theme changes; each picture is drawn once a colour, size and screen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from judapp import paths
from judapp.ui import theme

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

# What a mark says decides its colour: a token of the theme
INKS = {
    "ok": "ok",
    "warning": "warning",
    "error": "error",
    "explain": "explain",
    "explained": "explain",
    "locked": "locked",
    "computed": "text",
    "estimated": "estimated",
    "remit": "remit",
    "empty": "text_3",
    "draft": "text_2",
    "submitted": "accent",
    "approved": "ok",
    "sent": "locked",
    "entered": "locked",
    "returned": "warning",
    "reopened": "warning",
    "late": "error",
    "info": "text_2",
}

_drawn: dict[tuple[str, int, int, float], QPixmap] = {}


def icon(
    name: str,
    *,
    filled: bool = False,
    size: int = 20,
    ink: QColor | None = None,
    checkable: bool = True,
    disabled: bool = True,
) -> QIcon:
    """An icon in text-2: accent when ``filled`` or checked, text-3 when disabled, sharp on every screen.

    ``ink`` is for grounds of their own colour, such as the primary button. Without ``checkable`` or
    ``disabled`` it lacks that face: drawing faces nobody sees is part of the start.
    """
    own = theme.tokens()
    solid = f"{name}_filled" if _path(f"{name}_filled").is_file() else name
    plain = solid if filled else name
    off, on = ink or (own.accent if filled else own.text_2), ink or own.accent
    made = QIcon()
    for ratio in _ratios():
        for state, glyph, colour in ((QIcon.State.Off, plain, off), (QIcon.State.On, solid, on)):
            if state is QIcon.State.On and not checkable:
                continue
            picture = _draw(glyph, colour, size, ratio)
            made.addPixmap(picture, QIcon.Mode.Normal, state)
            made.addPixmap(picture, QIcon.Mode.Selected, state)  # else the style washes it with the selection
            if disabled:
                made.addPixmap(_draw(glyph, own.text_3, size, ratio), QIcon.Mode.Disabled, state)
    return made


def mark(name: str, size: int = 16) -> QPixmap:
    """A mark in the colour of what it says; cheap enough to be asked for while painting."""
    return _draw(f"marks/{name}", getattr(theme.tokens(), INKS[name]), size, _ratios()[-1])


def _ratios() -> list[float]:
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()})


def _draw(glyph: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    key = (glyph, colour.rgba(), size, ratio)
    if key not in _drawn:
        renderer, side = _renderer(glyph), round(size * ratio)
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(picture.rect(), colour)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        _drawn[key] = picture
    return _drawn[key]


@cache
def _renderer(glyph: str) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    if not _path(glyph).is_file():
        raise ValueError(f"no icon {glyph}")
    return QSvgRenderer(str(_path(glyph)))


@cache
def _path(glyph: str) -> Path:
    return _folder() / f"{glyph}.svg"


@cache
def _folder() -> Path:
    return paths.resources() / "icons"
