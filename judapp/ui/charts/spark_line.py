"""A spark line on the screen: it says which round is under the pointer, and leads to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from judapp.ui import theme
from judapp.ui.charts import spark, spark_geometry
from judapp.ui.charts.bullet_geometry import Box

if TYPE_CHECKING:
    from judapp.app.grid_past import PastPoint

_HEIGHT, _NAMES = 40, 18


class SparkLine(QWidget):
    """The rounds of a cell as a line, with the names of the first and the last below."""

    chosen = Signal(object)
    """The place of the round somebody clicked (``Place``)."""

    def __init__(self, points: tuple[PastPoint, ...], words: str) -> None:
        """``words`` say the whole series, for who does not see it."""
        super().__init__()
        self.points = points
        self._marks = [
            spark_geometry.Mark(
                None if p.number is None else float(p.number), p.final, p.joined, bool(p.turns), p.remit
            )
            for p in points
        ]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT + _NAMES)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT + _NAMES)

    def tip(self, x: float) -> str:
        """What is said of the round at ``x``."""
        point = self.points[self._at(x)]
        said = [f"{point.name}: {point.text}", point.note, *point.turns]
        return "\n".join(dict.fromkeys(filter(None, said)))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(event.pos().x()), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.points[self._at(event.position().x())].place
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self.chosen.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        own = theme.tokens()
        painter = QPainter(self)
        spark.paint(painter, QRectF(0, 2, self.width(), _HEIGHT - 4), self._marks, own)
        painter.setFont(theme.font(12))
        painter.setPen(own.text_2)
        below = QRectF(0, _HEIGHT, self.width(), _NAMES)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self.points[0].short)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self.points[-1].short)
        painter.end()

    def _at(self, x: float) -> int:
        return spark_geometry.nearest(Box(0, 0, self.width(), _HEIGHT), len(self.points), x)
