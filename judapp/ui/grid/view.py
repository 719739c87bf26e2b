"""The grid of one table: the form's head and stub around figures one types into, as in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from judapp.errors import JudappError
from judapp.ui.grid.delegate import CellDelegate
from judapp.ui.grid.frame import FramedTable
from judapp.ui.grid.model import Batch, Index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from judapp.app.grid_moves import Way
    from judapp.app.grid_view import FindingView, TableView
    from judapp.app.pasting import Area, Landing
    from judapp.domain.shape import CellKey

_MOVES = QAbstractItemView.CursorAction
_ARROWS = {
    Qt.Key.Key_Up: _MOVES.MoveUp,
    Qt.Key.Key_Down: _MOVES.MoveDown,
    Qt.Key.Key_Left: _MOVES.MoveLeft,
    Qt.Key.Key_Right: _MOVES.MoveRight,
    Qt.Key.Key_PageUp: _MOVES.MovePageUp,
    Qt.Key.Key_PageDown: _MOVES.MovePageDown,
}


class GridView(FramedTable):
    """One table of a sheet; it writes nothing itself, but tells what was typed, pasted and emptied."""

    entered = Signal(object)
    emptied = Signal(object)
    pasted = Signal(object)
    """A :class:`~judapp.app.pasting.Landing` to write, or to ask about where it does not fit."""
    refused = Signal(object)
    """Why nothing was pasted (``JudappError``)."""
    moved = Signal(object)
    """Key of the active cell, None where there is none."""
    typing = Signal(str)
    chosen = Signal()
    """Other cells are selected."""

    def __init__(self) -> None:
        self._extending = False
        self._anchor = QPersistentModelIndex()
        super().__init__()
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.entering = True
        self._home: int | None = None
        self._awaited = ""
        self.setTabKeyNavigation(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.cells.typing.connect(self.typing)
        self.sheet.entered.connect(self.entered)

    # --- what is shown

    def show_table(self, table: TableView, findings: tuple[FindingView, ...]) -> None:
        """Show a table, or what became of it; the active cell and what is being typed stay."""
        if self.sheet.differs(table):
            self.commit()  # an editor does not outlive its rows
        key = self.key()
        if self.sheet.show(table, findings):
            self.lay_out()
            self.put(self.sheet.index_of(key) if key is not None else QModelIndex())
            self._meet()
        else:
            self.stub.table = table
            self.widen()
        self.stub.viewport().update()

    def _meet(self) -> None:
        """Go to the row that was waited for."""
        table = self.sheet.table
        rows = [line.key for line in table.rows] if table is not None else []
        if table is not None and self._awaited in rows:
            from judapp.app.grid_moves import next_stop

            found = next_stop(table, rows.index(self._awaited), -1, "right")
            self._awaited = ""
            if found is not None:
                self.put(self.sheet.index(*found))

    def kind_of(self, row: int) -> str:
        """The kind of a row: totals and groups stand in bold."""
        table = self.sheet.table
        return table.rows[row].kind if table is not None and row < len(table.rows) else ""

    def is_heading(self, row: int) -> bool:
        """Whether a row is a line of words over the ones below, without any figure."""
        table = self.sheet.table
        if table is None:
            return False
        line = table.rows[row].key
        return not any((table.key, line, leaf.name) in table.cells for leaf in table.columns)

    def key(self) -> CellKey | None:
        """The key of the active cell."""
        return self.sheet.key_of(self.currentIndex())

    def put(self, index: Index) -> None:
        """Make ``index`` the active cell and the only one selected, whatever keys are held down."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect if index.isValid() else flag.Clear)

    def go(self, key: CellKey) -> bool:
        """Make a cell the active one; whether this table has it."""
        index = self.sheet.index_of(key)
        if index.isValid():
            self.put(index)
            self.scrollTo(index)
        return index.isValid()

    def await_row(self, key: str) -> None:
        """Go to the row ``key`` as soon as it is shown."""
        self._awaited = key

    def expect(self, texts: Mapping[CellKey, str]) -> Batch:
        """Show texts at once that are on their way to the disk."""
        return self.sheet.expect(texts)

    def commit(self) -> None:
        """Keep what stands in the open editor."""
        if self.cells.editor is not None:
            self.cells.commit(self.cells.editor)

    def begin(self) -> None:
        """Go to the first cell one types into, where no cell is active yet."""
        table = self.sheet.table
        if table is not None and not self.currentIndex().isValid() and table.rows:
            from judapp.app.grid_moves import first_stop

            self.put(self.sheet.index(*first_stop(table)))

    # --- moving

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._extending and self.state() != QAbstractItemView.State.DragSelectingState:
            self._anchor = QPersistentModelIndex(current)
        self.head.light(current.column())
        self.stub.viewport().update()
        self.moved.emit(self.sheet.key_of(current))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()  # the outline of cells beside those that changed
        self.chosen.emit()

    @staticmethod
    def way_of(event: QKeyEvent) -> Way | None:
        """Where Enter and Tab lead, None for any other key."""
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain:
            return None
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "up" if back else "down"
        if event.key() == Qt.Key.Key_Backtab:
            return "left"
        return ("left" if back else "right") if event.key() == Qt.Key.Key_Tab else None

    @staticmethod
    def is_arrow(event: QKeyEvent) -> bool:
        """Whether the key moves from cell to cell."""
        return event.key() in _ARROWS

    def step(self, way: Way) -> bool:
        """Go to the next cell that waits; after Tabs, Enter goes back to where the row began."""
        from judapp.app.grid_moves import next_stop

        table, at = self.sheet.table, self.currentIndex()
        if table is None or not at.isValid():
            return False
        column = at.column()
        if way in ("right", "left"):
            self._home = column if self._home is None else self._home
        elif self._home is not None:
            column, self._home = self._home, None
        found = next_stop(table, at.row(), column, way)
        if found is not None:
            self.put(self.sheet.index(*found))
        return found is not None

    def arrow(self, event: QKeyEvent) -> None:
        """Move as an arrow says; with Shift the selection grows from where it began."""
        self._home = None
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
            return
        there = self.moveCursor(_ARROWS[Qt.Key(event.key())], Qt.KeyboardModifier.NoModifier)
        flag = QItemSelectionModel.SelectionFlag
        anchor = self.sheet.index(self._anchor.row(), self._anchor.column())
        if there.isValid() and anchor.isValid():
            self._extending = True
            rows, columns = sorted((anchor.row(), there.row())), sorted((anchor.column(), there.column()))
            corners = (self.sheet.index(rows[n], columns[n]) for n in (0, 1))
            self.selectionModel().setCurrentIndex(there, flag.NoUpdate)
            self.selectionModel().select(QItemSelection(*corners), flag.ClearAndSelect)
            self._extending = False

    # --- keys

    def edit_in_place(self) -> None:
        """Open the editor on what stands there."""
        self.edit(
            self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, QEvent(QEvent.Type.None_)
        )

    def edit(self, index: Index, *more: object) -> bool:  # type: ignore[override]  # two forms in one
        """Open the editor; typing replaces what stands there, F2 and a double click edit it."""
        if not more:
            super().edit(index)
            return True
        trigger, event = more
        self.entering = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        opened = bool(super().edit(index, trigger, event))  # type: ignore[call-overload]  # as above
        editor = self.cells.editor
        if opened and editor is not None and not self.entering:
            editor.deselect()
            editor.end(False)
        return opened

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = self.way_of(event)
        if way is not None:
            event.setAccepted(self.step(way))
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.empty()
        elif event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self._empty_and_edit(event)
        elif event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._menu()
        elif self.is_arrow(event):
            self.arrow(event)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters typed at a cell that takes none do nothing, least of all jump elsewhere."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._home = None
        super().mousePressEvent(event)

    def _empty_and_edit(self, event: QKeyEvent) -> None:
        if self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event):
            editor = self.cells.editor
            if editor is not None:
                editor.clear()

    # --- clipboard

    def area(self) -> Area | None:
        """The rectangle round the selected cells."""
        from judapp.app.pasting import Area

        found = self.selectionModel().selectedIndexes()
        if not found:
            return None
        rows, columns = [at.row() for at in found], [at.column() for at in found]
        return Area(min(rows), min(columns), max(rows), max(columns))

    def copy(self) -> None:
        """The selected cells as a spreadsheet takes them."""
        from judapp.app.pasting import copied

        area, table = self.area(), self.sheet.table
        if area is not None and table is not None:
            QGuiApplication.clipboard().setText(copied(table, area))

    def cut(self) -> None:
        """Copy the selected cells and empty them."""
        self.copy()
        self.empty()

    def paste(self) -> None:
        """What a spreadsheet copied, from the selection's first cell on; one cell alone fills all of it."""
        from judapp.app.pasting import land, matrix_of

        area, table = self.area(), self.sheet.table
        if area is None or table is None:
            return
        try:
            landing: Landing = land(table, matrix_of(QGuiApplication.clipboard().text()), area)
        except JudappError as error:
            self.refused.emit(error)
        else:
            self.pasted.emit(landing)

    def empty(self) -> None:
        """Make the selected cells empty (unanswered), as far as they may be."""
        texts = {key: "" for key, former in self._enterable() if former}
        if texts:
            self.emptied.emit(texts)

    def fill(self, text: str) -> None:
        """Put one text into every selected cell that takes any."""
        texts = {key: text for key, former in self._enterable() if former != text}
        if texts:
            self.entered.emit(texts)

    def fillable(self) -> bool:
        """Whether any selected cell takes a text."""
        return bool(self._enterable())

    def _enterable(self) -> list[tuple[CellKey, str]]:
        """Keys and present texts of the selected cells one may type into."""
        return [
            (key, self.sheet.typed(at))
            for at in self.selectionModel().selectedIndexes()
            if self.sheet.cell(at).enterable and (key := self.sheet.key_of(at)) is not None
        ]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(event.pos() - self.viewport().pos())

    def _menu(self, at: QPoint | None = None) -> None:
        from judapp.ui.grid.menu import open_menu

        if self.currentIndex().isValid():
            open_menu(self, at)
