"""The bullet bar: how far a figure is against its target; one painter for screen, picture and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from judapp.ui import theme
from judapp.ui.charts.bullet_geometry import RADIUS, Box, Shape, shape

if TYPE_CHECKING:
    from judapp.app.director_rows import BulletData

LABEL_SIZE = 12


class Ink(Struct, frozen=True):
    """The colours a chart is drawn in."""

    ground: QColor
    track: QColor
    bar: QColor
    text: QColor
    text_2: QColor
    same: QColor


def ink(tokens: theme.Tokens, *, ground: QColor | None = None) -> Ink:
    """The colours of a theme, on its surface or on another ``ground``."""
    return Ink(
        ground or tokens.surface, tokens.line, tokens.accent, tokens.text, tokens.text_2, tokens.text_3
    )


def paper() -> Ink:
    """The colours of pictures and paper: always on white."""
    return ink(theme.LIGHT)


def paint(
    painter: QPainter, area: QRectF, data: BulletData, colours: Ink, lang: str, *, label: bool = True
) -> Shape:
    """Draw ``data`` in ``area``; the level is written above its line where ``label`` and height allow it.

    Never red or green: the verdict stands beside the bar. A part or a bound is drawn hollow; an unknown value
    leaves the track empty, with "…" on it. Returns where the marks were drawn.
    """
    font = theme.font(LABEL_SIZE)
    level = data.level_text.in_language(lang)
    marks = shape(
        Box(area.x(), area.y(), area.width(), area.height()),
        end=data.end,
        value=data.value,
        level=data.level,
        due=data.pro_rata,
        same_period=data.same_period,
        operator=data.operator,
        label=_size(level, font) if label and level else None,
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.track)
    painter.drawRect(_rect(marks.track))
    if marks.value is not None:
        _value(painter, marks.value, colours, hollow=data.hollow)
    else:
        _unknown(painter, marks.track, colours, font)
    if marks.due is not None:
        pen = QPen(colours.text, marks.due.width, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.5, 1.0])
        painter.setPen(pen)
        across = marks.due.x + marks.due.width / 2
        painter.drawLine(QPointF(across, marks.due.y), QPointF(across, marks.due.bottom))
    if marks.target is not None:
        _target(painter, marks.target, marks.arrow, colours)
    if marks.same_period is not None:
        centre = QPointF(*marks.same_period)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ground)
        painter.drawEllipse(centre, RADIUS + 1, RADIUS + 1)
        painter.setPen(QPen(colours.same, 2))
        painter.drawEllipse(centre, RADIUS - 1, RADIUS - 1)
    if marks.label is not None:
        painter.setPen(colours.text)
        painter.setFont(font)
        painter.drawText(_rect(marks.label), Qt.AlignmentFlag.AlignCenter, level)
    painter.restore()
    return marks


def _value(painter: QPainter, bar: Box, colours: Ink, *, hollow: bool) -> None:
    if not hollow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.bar)
        painter.drawRect(_rect(bar))
        return
    painter.setPen(
        QPen(colours.bar, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
    )
    painter.setBrush(colours.ground)
    painter.drawRect(_rect(bar).adjusted(1, 1, -1, -1))


def _unknown(painter: QPainter, track: Box, colours: Ink, font: QFont) -> None:
    """Dots where a bar would begin; they stand on the base line, so they are lifted to the middle."""
    painter.setPen(colours.text_2)
    painter.setFont(font)
    around = _rect(track).adjusted(6, -6, 0, 2)
    painter.drawText(around, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "…")


def _target(painter: QPainter, line: Box, arrow: tuple[tuple[float, float], ...], colours: Ink) -> None:
    """The line, with a rim of the ground so that it is seen on the bar as well."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    painter.drawRect(_rect(line).adjusted(-1, 0, 1, 0))
    painter.setBrush(colours.text)
    painter.drawRect(_rect(line))
    if arrow:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in arrow]))


def _size(text: str, font: QFont) -> tuple[float, float]:
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text) + 2, metrics.height()


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
