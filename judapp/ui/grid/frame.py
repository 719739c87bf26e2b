"""A table in the form's own frame: the tree of heads above, the stub at the left, widths that cut nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from judapp.ui import theme
from judapp.ui.grid.head import FigureHead, StubHead, level_heights
from judapp.ui.grid.model import SheetModel
from judapp.ui.grid.sizes import figures_width, good_width, shown_boxes, spread
from judapp.ui.grid.stub import Stub

if TYPE_CHECKING:
    from judapp.app.grid_view import TableView

_HEAD_SHARE = 0.5
"""Of the height the whole tree of heads may take this much before it is shown compact by itself."""
_STUB_SHARE = 0.3
"""Of the width the stub may take this much, however many figure columns there are."""


class FramedTable(QTableView):
    """One table of a sheet with its head and stub; whoever inherits it paints and edits the cells."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = SheetModel()
        self.head = FigureHead(self)
        self.setHorizontalHeader(self.head)
        self.stub = Stub(self)
        self.setVerticalHeader(self.stub)
        self.corner = StubHead(self)
        self.setCornerButtonEnabled(False)
        self.setModel(self.sheet)
        self.compact = False
        self._by_hand = False
        self._laid_for = QSize()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self.fit_head)
        self.head.sectionResized.connect(self._resized)
        theme.theme().changed.connect(self.viewport().update)

    def lay_out(self) -> None:
        """Give rows and columns their sizes, for another table or another width."""
        table = self.sheet.table
        if table is None:
            return
        self._by_hand = False
        self._laid_for = self.size()
        widths = [good_width(table, column) for column in range(len(table.columns))]
        self.stub.measure(table, max(self.width() - sum(widths), int(self.width() * _STUB_SHARE)))
        for row in range(len(table.rows)):
            self.stub.resizeSection(row, self.stub.height_of(row))
        room = self.width() - sum(self.stub.widths) - self.verticalScrollBar().sizeHint().width() - 2
        for column, width in enumerate(spread(widths, room)):
            self.head.resizeSection(column, width)
        self.fit_head()

    def widen(self) -> None:
        """Figures are never cut: a column grows with the longest one."""
        table = self.sheet.table
        assert table is not None  # shown
        for column in range(len(table.columns)):
            needed = figures_width(table, column)
            if needed > self.head.sectionSize(column):
                self.head.resizeSection(column, needed)

    def show_compact(self, compact: bool) -> None:
        """Show leaf labels and numbers alone, or the whole tree of heads."""
        if compact != self.compact:
            self.compact = compact
            self.fit_head()

    def full_head(self) -> int:
        """Pixels of height the whole tree of heads takes."""
        table = self.sheet.table
        return sum(self._heights(table, compact=False)) if table is not None else 0

    def crowded(self) -> bool:
        """Whether the whole tree of heads takes more than its share, and rows are hidden by it."""
        head = self.full_head()
        return head > _HEAD_SHARE * self.height() and head + self.stub.length() > self.height()

    def fit_head(self) -> None:
        """Give the head the height its words take over the present widths."""
        table = self.sheet.table
        if table is None or not table.columns:
            return
        stub, figures, _ = shown_boxes(table, compact=self.compact)
        heights = self._heights(table, compact=self.compact)
        self.head.say(figures)
        self.head.stand(heights)
        self.corner.say(stub, heights, self.stub.widths)
        self.updateGeometries()
        self._place_corner()

    def _heights(self, table: TableView, *, compact: bool) -> list[int]:
        stub, figures, levels = shown_boxes(table, compact=compact)
        widths = self.stub.widths
        return level_heights(
            levels,
            (
                (stub, lambda first, columns: sum(widths[first : first + columns])),
                (figures, self.head.width_of),
            ),
        )

    def _place_corner(self) -> None:
        frame = self.frameWidth()
        self.corner.setGeometry(frame, frame, sum(self.stub.widths), sum(self.head.heights))
        self.corner.raise_()

    def _resized(self) -> None:
        self._by_hand |= bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)
        self._fit.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._laid_for.width() and not self._by_hand:
            self.lay_out()
        self._place_corner()
