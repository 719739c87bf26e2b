"""A table in the form's own frame: the tree of heads above, the stub at the left, widths that cut nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from judapp.ui import theme
from judapp.ui.grid.head import FigureHead, StubHead, level_heights
from judapp.ui.grid.look import LEAST, MOST, USUAL, look_at
from judapp.ui.grid.model import SheetModel
from judapp.ui.grid.painting import paint_cells
from judapp.ui.grid.sizes import WIDEST, ByHand, figure_width, figures_widths, good_width, shown_boxes, spread
from judapp.ui.grid.stub import STRONG, Stub
from judapp.ui.grid.zoom import next_level

if TYPE_CHECKING:
    from judapp.app.grid_view import TableView

_HEAD_SHARE = 0.4
"""Of the height the whole tree of heads may take this much before it is shown compact by itself."""
_STUB_SHARE = 0.3
"""Of the width the stub may take this much, however many figure columns there are."""
_MANY = 256
"""Changed cells from which on all are measured at once."""
_NOTCH = 120
"""What a wheel tells for one notch."""


class FramedTable(QTableView):
    """One table of a sheet with its head and stub; whoever inherits it moves in it and edits the cells."""

    zoomed = Signal(int)
    """Percent of the usual size, after it changed."""

    def __init__(self) -> None:
        super().__init__()
        self.zoom = USUAL
        self.look = look_at(USUAL)
        self.sheet = SheetModel()
        self.head = FigureHead(self)
        self.setHorizontalHeader(self.head)
        self.stub = Stub(self)
        self.setVerticalHeader(self.stub)
        self.corner = StubHead(self)
        self.setCornerButtonEnabled(False)
        self.setModel(self.sheet)
        self.compact = False
        self._by_hand = ByHand()
        self._laid_for = QSize()
        self._changed: set[tuple[int, int]] = set()
        self._turned = 0
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._refit)
        self._resized = self._stale = self._much_changed = False
        self.head.sectionResized.connect(self._unfit)
        self.head.sized.connect(self._sized)
        self.head.group_clicked.connect(self._select_columns)
        self.head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.head.customContextMenuRequested.connect(self._head_menu)
        self.sheet.dataChanged.connect(self._note)
        theme.theme().changed.connect(self.viewport().update)

    # --- sizes

    def remember_as(self, form: str) -> None:
        """Keep widths chosen by hand under the name of a form, and take those kept before."""
        if form != self._by_hand.form:
            self._by_hand = ByHand(form)
            self._stale = True  # until the form's own table is shown, or soon where it is shown already
            self._fit.start()

    def lay_out(self) -> None:
        """Give rows and columns their sizes, for another table, another width or another zoom."""
        table = self.sheet.table
        if table is None:
            return
        self._changed.clear()
        self._stale = self._much_changed = False
        self._laid_for = self.size()
        chosen = self._by_hand.of(table, self.look)
        figures = figures_widths(self.look, table)
        widths = [
            max(chosen[at], figures[at]) if at in chosen else good_width(self.look, table, at, figures[at])
            for at in range(len(table.columns))
        ]
        beside = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        self.stub.measure(table, max(self.width() - beside - sum(widths), int(self.width() * _STUB_SHARE)))
        for row in range(len(table.rows)):
            self.stub.resizeSection(row, self.stub.height_of(row))
        room = self.width() - sum(self.stub.widths) - beside
        for column, width in enumerate(spread(widths, room, self.look.px(WIDEST), chosen)):
            self.head.resizeSection(column, width)
        self.fit_head()

    def widen(self) -> None:
        """Figures are never cut: a column grows with the longest one among the cells that changed."""
        table = self.sheet.table
        changed, self._changed = self._changed, set()
        if table is None:
            return
        if self._much_changed:
            self._much_changed = False
            for column, needed in enumerate(figures_widths(self.look, table)):
                self._grow(column, needed)
            return
        for row, column in changed:
            if row >= len(table.rows) or column >= len(table.columns):
                continue
            cell = table.cell(row, column)
            if cell.left:
                continue
            strong = table.rows[row].kind in STRONG
            self._grow(column, figure_width(self.look, cell.text, strong=strong))

    def _grow(self, column: int, needed: int) -> None:
        if needed > self.head.sectionSize(column):
            self.head.resizeSection(column, needed)

    def _note(self, first: QModelIndex, last: QModelIndex, *_: object) -> None:
        rows, columns = range(first.row(), last.row() + 1), range(first.column(), last.column() + 1)
        if len(rows) * len(columns) > _MANY:
            self._much_changed = True
        else:
            self._changed.update((row, column) for row in rows for column in columns)
        if not self._fit.isActive():
            self._fit.start()

    def _unfit(self) -> None:
        self._resized = True
        self._fit.start()

    def _refit(self) -> None:
        if self._stale:
            self.lay_out()
        self.widen()
        if self._resized:
            self.fit_head()

    # --- widths by hand

    def sizeHintForColumn(self, column: int) -> int:
        """Pixels its figures need: a double click on its border fits it to them and to its longest word."""
        table = self.sheet.table
        return figures_widths(self.look, table)[column] if table is not None else 0

    def _sized(self, column: int) -> None:
        table = self.sheet.table
        if table is None:
            return
        width = max(self.head.sectionSize(column), self.sizeHintForColumn(column))
        if width != self.head.sectionSize(column):
            self.head.resizeSection(column, width)  # told again, with a width that cuts nothing
        else:
            self._by_hand.take(table, column, self.look, width)
            self._by_hand.keep()

    def usual_widths(self) -> None:
        """Let the program choose every width again."""
        self._by_hand.forget()
        self._by_hand.keep()
        self.lay_out()

    def fit_column(self, column: int) -> None:
        """Make a column as wide as its figures and the longest word over it."""
        table = self.sheet.table
        if table is not None:
            self.resizeColumnToContents(column)
            self._by_hand.take(table, column, self.look, self.head.sectionSize(column))
            self._by_hand.keep()

    def _select_columns(self, first: int, columns: int) -> None:
        """Select all columns under one head."""
        top = self.sheet.index(0, first)
        foot = self.sheet.index(self.sheet.rowCount() - 1, first + columns - 1)
        if top.isValid():
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(top, flag.NoUpdate)
            self.selectionModel().select(QItemSelection(top, foot), flag.ClearAndSelect)

    def _head_menu(self, place: QPoint) -> None:
        menu = self.head_menu(self.head.logicalIndexAt(place))
        menu.popup(self.head.viewport().mapToGlobal(place))

    def head_menu(self, column: int) -> QMenu:
        """What may be done with the widths of the columns."""
        from judapp.ui.texts import t

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if column >= 0:
            menu.addAction(t("GRD-fit-column"), lambda: self.fit_column(column))
        menu.addAction(t("GRD-usual-widths"), self.usual_widths)
        return menu

    # --- the head

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
        self._resized = False
        stub, figures, _ = shown_boxes(table, compact=self.compact)
        heights = self._heights(table, compact=self.compact)
        typed = any(not line.computed for line in table.rows)  # else every column would carry a mark
        computed = (at for at, leaf in enumerate(table.columns) if leaf.computed and typed)
        self.head.say(figures, frozenset(computed))
        self.head.stand(heights)
        self.corner.say(stub, heights, self.stub.widths)
        self.updateGeometries()
        self._place_corner()

    def _heights(self, table: TableView, *, compact: bool) -> list[int]:
        stub, figures, levels = shown_boxes(table, compact=compact)
        widths = self.stub.widths
        return level_heights(
            self.look,
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

    # --- zoom

    def set_zoom(self, percent: int) -> None:
        """Show everything at ``percent`` of the usual size (70 … 200); the active cell stays in sight."""
        percent = min(max(percent, LEAST), MOST)
        if percent == self.zoom:
            return
        self.zoom, self.look = percent, look_at(percent)
        self.head.zoom(self.look)
        self.stub.zoom(self.look)
        self.corner.look = self.look
        self.lay_out()
        self.viewport().update()
        self.stub.viewport().update()
        self.zoomed.emit(percent)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()  # fine wheels tell parts of a notch
        while abs(self._turned) >= _NOTCH:
            up = self._turned > 0
            self._turned -= _NOTCH if up else -_NOTCH
            self.set_zoom(next_level(self.zoom, 1 if up else -1))
        event.accept()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells asked for; Qt's own way asks a delegate about each of them."""
        paint_cells(self, event.region())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._laid_for.width():
            self.lay_out()
        self._place_corner()
