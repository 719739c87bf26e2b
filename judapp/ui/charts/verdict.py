"""The mark of a verdict, drawn: a tick, a triangle that points down, dots, or a point; never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from judapp.ui import theme

SIZE = 16


def paint(painter: QPainter, area: QRectF, verdict: str, tokens: theme.Tokens) -> None:
    """Draw the mark of ``verdict`` in the middle of ``area``.

    ``met`` a tick, ``missed`` and ``fall`` a triangle down, ``rise`` one up, ``claim`` a hollow triangle,
    ``untold``, ``missing`` and ``coverage`` three dots, ``gone`` a struck circle, everything else a point.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center())
    painter.setPen(Qt.PenStyle.NoPen)
    if verdict == "met":
        painter.setPen(
            QPen(tokens.ok, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawPolyline(QPolygonF([QPointF(-5, 0), QPointF(-1.5, 4), QPointF(5.5, -4.5)]))
    elif verdict in ("missed", "fall"):
        painter.setBrush(tokens.error)
        painter.drawPolygon(_triangle(up=False))
    elif verdict == "rise":
        painter.setBrush(tokens.error)
        painter.drawPolygon(_triangle(up=True))
    elif verdict == "claim":
        painter.setPen(QPen(tokens.warning, 1.6, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(_triangle(up=True))
    elif verdict in ("untold", "missing", "coverage"):
        painter.setBrush(tokens.text_2)
        for at in (-5, 0, 5):
            painter.drawEllipse(QPointF(at, 3), 1.5, 1.5)
    elif verdict == "gone":
        painter.setPen(QPen(tokens.remit, 1.6))
        painter.drawEllipse(QPointF(0, 0), 5.5, 5.5)
        painter.drawLine(QPointF(-4, 4), QPointF(4, -4))
    else:
        painter.setBrush(tokens.text_3)
        painter.drawEllipse(QPointF(0, 0), 2.5, 2.5)
    painter.restore()


def _triangle(*, up: bool) -> QPolygonF:
    sign = -1 if up else 1
    return QPolygonF([QPointF(-5.5, -4 * sign), QPointF(5.5, -4 * sign), QPointF(0, 5 * sign)])


class VerdictMark(QWidget):
    """The mark as a widget; it says its verdict to screen readers."""

    def __init__(self, verdict: str, name: str) -> None:
        super().__init__()
        self.verdict = verdict
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(SIZE, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, QRectF(self.rect()), self.verdict, theme.tokens())
        painter.end()
