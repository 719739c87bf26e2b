"""The marks in the corners of a cell (ux study, section 4): drawn, so that they are sharp on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView
    from judapp.ui.grid.look import Look
    from judapp.ui.theme import Tokens

_NARROWEST = 3
"""Pixels of a mark where others, or the border of the active cell, leave less room."""
_UNDER = 0.7
"""How much of a note's corner is over a mark below it, which begins with a tip."""
_HATCH = 6
"""Pixels between the lines of a hatch at 100 %."""


def marked(cell: CellView) -> bool:
    """Whether any corner of a cell carries a mark."""
    written = cell.explained or cell.noted
    return cell.severity is not None or written or cell.estimated or cell.adjusted or cell.changed


def paint_marks(
    painter: QPainter, area: QRect, cell: CellView, own: Tokens, look: Look, *, rim: int = 0
) -> None:
    """The gravest finding top left, note and written reason top right; at the foot estimate and what changed.

    ``area`` is the whole cell, ``rim`` the pixels its border takes. The marks stand in the strips left and
    right of the longest figure, one above the other: none touches a digit, whatever is marked.
    """
    size, line = look.mark, _line(look.mark)
    inside = area.adjusted(rim, rim, -rim, -rim)
    left, top, foot = inside.left() + 1, inside.top(), inside.bottom() - 1
    room = area.left() + look.side - left
    broad = min(size, max(_NARROWEST, room - line))
    if cell.severity == "error":
        _filled(painter, _corner(QPointF(inside.left(), top), size + 1, size + 1), own.error)
    elif cell.severity == "explain":
        _filled(painter, _diamond(QRectF(left, top + 1, min(size + 1, room), size + 1)), own.explain)
    elif cell.severity == "warning":
        _hollow(painter, _peak(QRectF(left + line / 2, top + 2, broad, size)), own.warning, size)
    if cell.estimated:
        _waves(painter, QRectF(left + line / 2, foot - 1.5 - size, broad, size), own.estimated, size)

    beside = area.right() + 2 - look.side + line / 2
    wide = min(size, max(_NARROWEST, inside.right() - line / 2 - beside))
    above = top + 1 + (size * _UNDER if cell.noted else 0)
    below = foot - 0.5 - (size + 1 if cell.changed else 0)
    high = float(size)
    if cell.explained and cell.adjusted:
        high = min(high, max(_NARROWEST, (below - above - 1) / 2))
    if cell.noted:
        _filled(painter, _corner(QPointF(inside.right() + 1, top), -size - 1, size + 1), own.text_2)
    if cell.explained:  # under a note, where there is one
        _hollow(painter, _diamond(QRectF(beside, above, wide, high)), own.explain, size)
    if cell.changed:
        _hollow(painter, _peak(QRectF(beside, foot - 0.5 - size, wide, size)), own.accent, size)
    if cell.adjusted:  # above a change, where there is one
        _plus_minus(painter, QRectF(beside, below - high, wide, high), own.text_2, size)


def hatch(colour: QColor, zoom: int, ratio: float) -> QBrush:
    """Diagonal lines for what nobody fills: 45°, 6 pixels apart."""
    key = (colour.rgba(), zoom, ratio)
    found = _hatches.get(key)
    if found is None:
        side = max(4, round(_HATCH * zoom / 100 * ratio))
        tile = QPixmap(QSize(side, side))
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, ratio))
        for shift in (-side, 0, side):  # the corners of the tile belong to the lines beside it
            painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
        painter.end()
        tile.setDevicePixelRatio(ratio)
        found = _hatches[key] = QBrush(tile)
    return found


_hatches: dict[tuple[int, int, float], QBrush] = {}


def _corner(tip: QPointF, across: int, down: int) -> tuple[QPointF, ...]:
    return tip, tip + QPointF(across, 0), tip + QPointF(0, down)


def _peak(box: QRectF) -> tuple[QPointF, ...]:
    return QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()


def _diamond(box: QRectF) -> tuple[QPointF, ...]:
    middle = box.center()
    return (
        QPointF(middle.x(), box.top()),
        QPointF(box.right(), middle.y()),
        QPointF(middle.x(), box.bottom()),
        QPointF(box.left(), middle.y()),
    )


def _filled(painter: QPainter, points: tuple[QPointF, ...], colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(points))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _hollow(painter: QPainter, points: tuple[QPointF, ...], colour: QColor, size: int) -> None:
    painter.setPen(_pen(colour, size))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(points))


def _line(size: int) -> float:
    """Pixels of the line a mark of ``size`` is drawn with."""
    return max(1.2, size / 6)


def _pen(colour: QColor, size: int) -> QPen:
    pen = QPen(colour, _line(size))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)  # a sharp one would stick out, to the digits too
    return pen


def _waves(painter: QPainter, box: QRectF, colour: QColor, size: int) -> None:
    """≈ in ``box``."""
    left, wide, rise, path = box.left(), box.width(), box.height() * 0.28, QPainterPath()
    for middle in (box.bottom() - box.height() * 0.62, box.bottom() - box.height() * 0.18):
        path.moveTo(left, middle)
        path.cubicTo(
            left + wide * 0.35, middle - 2 * rise, left + wide * 0.65, middle + 2 * rise, left + wide, middle
        )
    painter.setPen(_pen(colour, size))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _plus_minus(painter: QPainter, box: QRectF, colour: QColor, size: int) -> None:
    """± in ``box``."""
    painter.setPen(_pen(colour, size))
    left, right, foot, high = box.left(), box.right(), box.bottom(), box.height()
    middle, cross = box.center().x(), foot - high * 0.62
    painter.drawLine(QPointF(left, foot), QPointF(right, foot))
    painter.drawLine(QPointF(left, cross), QPointF(right, cross))
    painter.drawLine(QPointF(middle, box.top()), QPointF(middle, foot - high * 0.24))
