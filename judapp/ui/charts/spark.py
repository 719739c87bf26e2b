"""The spark line: dots and lines on one line of height, painted the same on screen and in pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from judapp.ui.charts import spark_geometry
from judapp.ui.charts.bullet_geometry import Box
from judapp.ui.theme import Tokens

_DASH = (3.0, 2.0)
_GAP_DOT = 0.8


def paint(painter: QPainter, area: QRectF, marks: Sequence[spark_geometry.Mark], own: Tokens) -> None:
    """Paint a series into ``area``: final figures as filled dots, preliminary ones hollow and dashed."""
    box = Box(area.x(), area.y(), area.width(), area.height())
    found = spark_geometry.shape(box, marks)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for band in found.remits:
        hatched = QRectF(band.x, band.y, band.width, band.height)
        painter.fillRect(hatched, QBrush(own.remit, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(own.line, 1))
    painter.drawLine(QLineF(area.left(), found.zero, area.right(), found.zero))
    upright = QPen(own.text_3, 1)
    upright.setDashPattern(_DASH)
    painter.setPen(upright)
    for x in found.turns:
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
    for stroke in found.strokes:
        pen = QPen(own.accent, 1.5)
        if stroke.dashed:
            pen.setDashPattern(_DASH)
        painter.setPen(pen)
        painter.drawLine(QLineF(stroke.x1, stroke.y1, stroke.x2, stroke.y2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(own.text_3)
    for x in found.gaps:
        for shift in (-3.0, 0.0, 3.0):
            painter.drawEllipse(QPointF(x + shift, found.zero - 3), _GAP_DOT, _GAP_DOT)
    for dot in found.dots:
        painter.setPen(QPen(own.accent, 1.5))
        painter.setBrush(own.accent if dot.final else own.surface)
        painter.drawEllipse(QPointF(dot.x, dot.y), dot.radius - 0.5, dot.radius - 0.5)
    painter.restore()
