"""The head over the figures and over the stub: the form's own tree of heads with its row of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from judapp.ui import theme

if TYPE_CHECKING:
    from judapp.app.grid_head import HeadBox

SIZE = 12
SIDE = 6
"""Pixels left and right of a text of the head."""
RIM = 3
"""Pixels above and below it."""
_WRAP = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)

Width = Callable[[int, int], int]
"""Pixels of the columns from one to another, both included."""


def text_height(text: str, width: int, *, strong: bool = False) -> int:
    """Pixels of height a text of the head takes over ``width`` pixels, rims included."""
    metrics = QFontMetrics(theme.font(SIZE, strong=strong))
    return metrics.boundingRect(QRect(0, 0, max(8, width - 2 * SIDE), 10_000), _WRAP, text).height() + 2 * RIM


def word_width(text: str, *, strong: bool = False) -> int:
    """Pixels the longest word takes: a column that is narrower would break it."""
    metrics = QFontMetrics(theme.font(SIZE, strong=strong))
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0) + 2 * SIDE + 2


def level_heights(levels: int, parts: Sequence[tuple[Sequence[HeadBox], Width]]) -> list[int]:
    """Heights of the rows of a head in which every text of ``parts`` stands whole, low boxes first."""
    heights = [theme.ROW - 6] * levels
    needs = sorted(
        (
            (box.rows, box.row, text_height(box.text, width(box.column, box.columns), strong=box.number))
            for boxes, width in parts
            for box in boxes
            if box.text
        ),
    )
    for rows, row, needed in needs:
        missing = needed - sum(heights[row : row + rows])
        for step in range(rows):
            share, rest = divmod(max(0, missing), rows)
            heights[row + step] += share + (step < rest)
    return heights


def paint_box(
    painter: QPainter, area: QRect, box: HeadBox, *, lit: bool = False, visible: QRect | None = None
) -> None:
    """One box of the head with the lines at its right and foot.

    Its words stand in the middle of what is ``visible`` of it, as long as they find room there.
    """
    own = theme.tokens()
    painter.fillRect(area, own.sel if lit else own.surface_2)
    painter.setPen(own.line)
    painter.drawLine(area.topRight(), area.bottomRight())
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    painter.setPen(own.text)
    painter.setFont(theme.font(SIZE, strong=box.number))
    seen = area if visible is None else area.intersected(visible)
    whole = word_width(box.text, strong=box.number) <= seen.width()
    whole = whole and text_height(box.text, seen.width(), strong=box.number) <= area.height()
    painter.drawText((seen if whole else area).adjusted(SIDE, 0, -SIDE, 0), _WRAP, box.text)


class FigureHead(QHeaderView):
    """The head over the figure columns; the path under the mouse and the active number are lit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.boxes: tuple[HeadBox, ...] = ()
        self.heights: list[int] = [theme.ROW]
        self.active = -1
        self._hover = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMouseTracking(True)

    def say(self, boxes: tuple[HeadBox, ...]) -> None:
        """Show other heads."""
        self.boxes = boxes
        self.viewport().update()

    def stand(self, heights: list[int]) -> None:
        """Take the heights of its rows."""
        self.heights = heights
        self.setFixedHeight(sum(heights))
        self.viewport().update()

    def light(self, column: int) -> None:
        """Light the path of the active column."""
        if column != self.active:
            self.active = column
            self.viewport().update()

    def width_of(self, first: int, columns: int) -> int:
        """Pixels of ``columns`` columns from ``first`` on."""
        return sum(self.sectionSize(first + step) for step in range(columns))

    def area_of(self, box: HeadBox) -> QRect:
        """Where a box stands in the viewport."""
        left = self.sectionViewportPosition(box.column)
        top = sum(self.heights[: box.row])
        height = sum(self.heights[box.row : box.row + box.rows])
        return QRect(left, top, self.width_of(box.column, box.columns), height)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), sum(self.heights))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.tokens().surface_2)
        for box in self.boxes:
            if box.column + box.columns > self.count():
                continue
            area = self.area_of(box)
            if area.intersects(event.rect()):
                over = range(box.column, box.column + box.columns)
                lit = self._hover in over or (box.number and self.active in over)
                paint_box(painter, area, box, lit=lit, visible=self.viewport().rect())
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._over(-1)
        return super().viewportEvent(event)

    def _over(self, column: int) -> None:
        if column != self._hover:
            self._hover = column
            self.viewport().update()


class StubHead(QWidget):
    """The head over the stub, in the corner of the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes: tuple[HeadBox, ...] = ()
        self.heights: list[int] = []
        self.widths: list[int] = []

    def say(self, boxes: tuple[HeadBox, ...], heights: list[int], widths: list[int]) -> None:
        """Show the heads of the stub's columns over columns of these widths."""
        self.boxes, self.heights, self.widths = boxes, heights, widths
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        own = theme.tokens()
        painter.fillRect(self.rect(), own.surface_2)
        for box in self.boxes:
            at = QPoint(sum(self.widths[: box.column]), sum(self.heights[: box.row]))
            size = QSize(
                sum(self.widths[box.column : box.column + box.columns]),
                sum(self.heights[box.row : box.row + box.rows]),
            )
            paint_box(painter, QRect(at, size), box)
        painter.setPen(own.line_strong)
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.end()
