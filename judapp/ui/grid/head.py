"""The head over the figures and over the stub: the form's own tree of heads with its row of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from judapp.ui import icons, theme
from judapp.ui.grid.look import USUAL, Look, look_at
from judapp.ui.grid.model import Index

if TYPE_CHECKING:
    from judapp.app.grid_head import HeadBox

SIDE = 6
"""Pixels left and right of a text of the head at 100 %."""
RIM = 3
"""Pixels above and below it."""
_LOW = theme.ROW - 6
"""Pixels of a row of the head with one line."""
_SUM = 12
"""Pixels of the Σ beside the number of a column the program reckons."""
_NARROWEST = 48
_STILL = 6
"""Pixels the mouse may move in a click."""

Width = Callable[[int, int], int]
"""Pixels of the columns from one to another, both included."""


def text_height(look: Look, text: str, width: int, *, strong: bool = False) -> int:
    """Pixels of height a text of the head takes over ``width`` pixels, rims included."""
    return look.head[strong].block(text, width - 2 * look.px(SIDE), centred=True)[1] + 2 * look.px(RIM)


def word_width(look: Look, text: str, *, strong: bool = False) -> int:
    """Pixels the longest word takes: a column that is narrower would break it."""
    return look.head[strong].word(text) + 2 * look.px(SIDE) + 2


def level_heights(look: Look, levels: int, parts: Sequence[tuple[Sequence[HeadBox], Width]]) -> list[int]:
    """Heights of the rows of a head in which every text of ``parts`` stands whole, low boxes first."""
    heights = [look.px(_LOW)] * levels
    needs = sorted(
        (
            (
                box.rows,
                box.row,
                text_height(look, box.text, width(box.column, box.columns), strong=box.number),
            )
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
    painter: QPainter,
    look: Look,
    area: QRect,
    box: HeadBox,
    *,
    lit: bool = False,
    visible: QRect | None = None,
) -> None:
    """One box of the head with the lines at its right and foot.

    Its words stand in the middle of what is ``visible`` of it, as long as they find room there.
    """
    own = theme.tokens()
    painter.fillRect(area, own.sel if lit else own.surface_2)
    painter.setPen(own.line)
    painter.drawLine(area.topRight(), area.bottomRight())
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    if not box.text:
        return
    face = look.head[box.number]
    seen = area if visible is None else area.intersected(visible)
    if seen != area:
        whole = word_width(look, box.text, strong=box.number) <= seen.width()
        whole = whole and text_height(look, box.text, seen.width(), strong=box.number) <= area.height()
        seen = seen if whole else area
    words, height = face.block(box.text, seen.width() - 2 * look.px(SIDE), centred=True)
    painter.setPen(own.text)
    painter.setFont(face.font)
    painter.drawStaticText(seen.left() + look.px(SIDE), area.top() + (area.height() - height) // 2, words)


class FigureHead(QHeaderView):
    """The head over the figure columns; the path under the mouse and the active number are lit."""

    sized = Signal(int)
    """A column got another width by hand: by dragging, or by a double click on its border."""

    group_clicked = Signal(int, int)
    """A head over several columns was clicked: the first of them, and how many."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look_at(USUAL)
        self.boxes: tuple[HeadBox, ...] = ()
        self.computed: frozenset[int] = frozenset()
        """Columns the program reckons: a Σ stands beside their number."""
        self.heights: list[int] = [theme.ROW]
        self.active = -1
        self.held = False
        """Whether the mouse button is down on it: what is resized meanwhile is resized by hand."""
        self._hover = -1
        self._pressed: HeadBox | None = None
        self._pressed_at = QPoint()
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_NARROWEST)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMouseTracking(True)
        self.sectionResized.connect(lambda column, *_: self.sized.emit(column) if self.held else None)

    def say(self, boxes: tuple[HeadBox, ...], computed: frozenset[int] = frozenset()) -> None:
        """Show other heads."""
        self.boxes, self.computed = boxes, computed
        self.viewport().update()

    def stand(self, heights: list[int]) -> None:
        """Take the heights of its rows."""
        if heights != self.heights or self.height() != sum(heights):
            self.heights = heights
            self.setFixedHeight(sum(heights))
            self.viewport().update()

    def zoom(self, look: Look) -> None:
        """Take another size."""
        self.look = look
        self.setMinimumSectionSize(look.px(_NARROWEST))

    def light(self, column: int) -> None:
        """Light the number of the active column."""
        former, self.active = self.active, column
        if column != former:
            self._redraw(lambda box: box.number and (_over(box, former) != _over(box, column)))

    def width_of(self, first: int, columns: int) -> int:
        """Pixels of ``columns`` columns from ``first`` on."""
        return sum(self.sectionSize(first + step) for step in range(columns))

    def area_of(self, box: HeadBox) -> QRect:
        """Where a box stands in the viewport."""
        left = self.sectionViewportPosition(box.column)
        top = sum(self.heights[: box.row])
        height = sum(self.heights[box.row : box.row + box.rows])
        return QRect(left, top, self.width_of(box.column, box.columns), height)

    def box_at(self, place: QPoint) -> HeadBox | None:
        """The box at a place of the viewport."""
        return next((box for box in self._shown() if self.area_of(box).contains(place)), None)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), sum(self.heights))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Only the number of the active column looks different (:meth:`light`); Qt would draw its path."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """A selection changes nothing here."""

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """The longest word over a column alone: what a double click on its border asks besides figures."""
        words = [
            word_width(self.look, box.text, strong=box.number)
            for box in self.boxes
            if box.column == logicalIndex and box.columns == 1
        ]
        return QSize(max(words, default=self.minimumSectionSize()), sum(self.heights))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        region, visible = event.region(), self.viewport().rect()
        painter.fillRect(region.boundingRect(), theme.tokens().surface_2)
        for box in self._shown():
            area = self.area_of(box)
            if region.intersects(area):
                lit = _over(box, self._hover) or (box.number and _over(box, self.active))
                paint_box(painter, self.look, area, box, lit=lit, visible=visible)
                if box.number and box.column in self.computed:
                    side = self.look.px(_SUM)
                    at = QPoint(area.right() - side - 2, area.center().y() - side // 2 + 1)
                    painter.drawPixmap(at, icons.mark("computed", side))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.held = event.button() is Qt.MouseButton.LeftButton
        resizing = self.cursor().shape() is Qt.CursorShape.SplitHCursor
        alone = self.held and not resizing and not event.modifiers()
        self._pressed = self.box_at(event.position().toPoint()) if alone else None
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.held = event.button() is Qt.MouseButton.LeftButton
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.held = False
        pressed, self._pressed = self._pressed, None
        still = (event.position().toPoint() - self._pressed_at).manhattanLength() < _STILL
        if pressed is not None and pressed.columns > 1 and still:
            self.group_clicked.emit(pressed.column, pressed.columns)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the table under it scrolls and zooms

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(-1)
        return super().viewportEvent(event)

    def _shown(self) -> list[HeadBox]:
        count = self.count()
        return [box for box in self.boxes if box.column + box.columns <= count]

    def _point(self, column: int) -> None:
        former, self._hover = self._hover, column
        if column != former:
            self._redraw(lambda box: _over(box, former) != _over(box, column))

    def _redraw(self, which: Callable[[HeadBox], bool]) -> None:
        region = QRegion()
        for box in self._shown():
            if which(box):
                region += self.area_of(box)
        self.viewport().update(region)


def _over(box: HeadBox, column: int) -> bool:
    return box.column <= column < box.column + box.columns


class StubHead(QWidget):
    """The head over the stub, in the corner of the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look_at(USUAL)
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
            paint_box(painter, self.look, QRect(at, size), box)
        painter.setPen(own.line_strong)
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
