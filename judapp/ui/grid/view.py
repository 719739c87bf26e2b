"""The grid of one table: the form's head and stub around figures one types into, as in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from judapp.errors import JudappError
from judapp.ui.grid import keys
from judapp.ui.grid.delegate import CellDelegate
from judapp.ui.grid.editor import CellEditor
from judapp.ui.grid.filling import fill_selection
from judapp.ui.grid.held import HeldKeys
from judapp.ui.grid.model import Index
from judapp.ui.grid.selecting import SelectingTable
from judapp.ui.grid.weaving import has_cell, named

if TYPE_CHECKING:
    from collections.abc import Collection

    from judapp.app.grid_view import CellView, FindingView, TableView
    from judapp.domain.entry import Layer
    from judapp.domain.shape import CellKey
    from judapp.ui.grid.menu import Offers

_TRIGGER = QAbstractItemView.EditTrigger
_BEGINNING = (_TRIGGER.AnyKeyPressed, _TRIGGER.EditKeyPressed, _TRIGGER.DoubleClicked)
"""What a person does to type or edit; Qt asks for an editor at other times too."""
_ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
"""Keys that end a word."""
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""The focus will come back by itself."""


class GridView(SelectingTable):
    """One table of a sheet; it writes nothing itself, but tells what was typed, pasted and emptied."""

    entered = Signal(object)
    emptied = Signal(object)
    filled = Signal(object, str)
    """Texts copied from cells beside (Ctrl+D, Ctrl+R), and the way, ``down`` or ``right``."""
    pasted = Signal(object)
    """A :class:`~judapp.app.pasting.Pasting`: what was copied and the cells it is meant for."""
    refused = Signal(object)
    """Why an act on the selected cells was not done (``JudappError``)."""
    shut = Signal(object)
    """Key of a cell that takes nothing, where somebody began to type or to edit."""
    traced = Signal(bool)
    """The cells are asked for that the active one is reckoned from, or (True) that are reckoned from it."""
    typing = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.entering = True
        self.layer: Layer = "printed"
        """The part of a figure that is shown and typed."""
        self.offers: list[Offers] = []
        """What the page adds to the menu of the cells."""
        self.row_begun: int | None = None
        """Figure column where a row was begun that Tab leads along."""
        self.held = HeldKeys(self)
        """What is typed for cells that are not shown yet."""
        self._awaited = ""
        self._severed = False
        """Whether the cell of the word somebody is typing is gone: the rest of the word is nobody's."""
        self.setEditTriggers(_TRIGGER.AnyKeyPressed | _TRIGGER.EditKeyPressed | _TRIGGER.DoubleClicked)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)
        self.cells.typing.connect(self.typing)
        self.sheet.entered.connect(self.entered)

    # --- what is shown

    def show_table(self, table: TableView, findings: tuple[FindingView, ...]) -> None:
        """Show a table, or what became of it; the active cell and what is being typed stay."""
        lost, key = self._let_go(table), self._kept(table)
        editing = self.cells.editor is not None
        if self.sheet.show(table, findings, editing=editing):
            self.lay_out()
            if editing:
                self.head.light(self.currentIndex().column())
                self.scrollTo(self.currentIndex())
            else:
                self.put(self.sheet.index_of(key) if key is not None else QModelIndex())
            self._meet()
            self.stub.viewport().update()
        else:
            self.stub.follow(table)
            self.widen()
        self._heed_input_methods()
        if lost is not None:
            self._severed = True  # by now another cell is the active one
            self.refused.emit(lost)

    def patch(
        self, table: TableView, findings: tuple[FindingView, ...], changed: Collection[CellKey]
    ) -> None:
        """Show what a text made of the table: the same rows and columns, other cells ``changed``."""
        self.sheet.patch(table, findings, changed)
        self.stub.follow(table)
        self.widen()
        self._heed_input_methods()

    def _kept(self, table: TableView) -> CellKey | None:
        """The cell that is active in ``table``: the same, or where its row is gone, that in its place."""
        key, former = self.key(), self.sheet.table
        if key is None or former is None or former.key != table.key or has_cell(table, key):
            return key
        left = {line.key for line in table.rows}
        at = self.currentIndex().row()
        near = [line.key for line in (*former.rows[at + 1 :], *reversed(former.rows[:at]))]
        return next(((key[0], row, key[2]) for row in near if row in left), key)

    def _let_go(self, table: TableView) -> JudappError | None:
        """Close the editor where ``table`` has no such cell; what to say of a text that has no place left."""
        editor, former, key = self.cells.editor, self.sheet.table, self.key()
        if editor is None or former is None or key is None:
            return None
        if not self.sheet.differs(table) or has_cell(table, key):
            return None
        if former.key != table.key:
            self.commit()  # another table of the same sheet
            return None
        text = editor.text() + editor.composing
        editor.settle(keep=False)
        self.cells.drop(editor)
        return JudappError("TRN-001", cell=named(former, key), text=text)

    def _heed_input_methods(self) -> None:
        """Let input methods compose where one types; Qt asks only when another cell becomes active."""
        wanted = bool(self.sheet.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)
        if wanted != self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, wanted)
            self.updateMicroFocus()

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

    def await_row(self, key: str) -> None:
        """Go to the row ``key`` as soon as it is shown; "" waits for none any more."""
        self._awaited = key

    def commit(self) -> None:
        """Keep what stands in the open editor."""
        if self.cells.editor is not None:
            self.cells.commit(self.cells.editor)

    def begin(self) -> None:
        """Go to the first cell one types into, where no cell is active yet."""
        table = self.sheet.table
        if table is not None and not self.currentIndex().isValid() and table.rows:
            from judapp.app.grid_moves import first_stop

            severed = self._severed
            self.put(self.sheet.index(*first_stop(table)))
            self._severed = severed  # nobody chose this cell

    # --- the active cell

    def put(self, index: Index) -> None:
        self.row_begun = None
        self._severed = False
        super().put(index)

    def activate(self, index: Index) -> None:
        """Make ``index`` the active cell; the selection stays."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def text_at(self, row: int, column: int) -> str:
        """What stands in a cell as one would type it; a sum that is not complete is not given away as one."""
        from judapp.app.copying import copied_cell

        index = self.sheet.index(row, column)
        cell = self.sheet.cell(index)
        return copied_cell(cell) if cell.kind == "computed" else self.sheet.typed(index)

    # --- keys

    def edit_in_place(self) -> None:
        """Open the editor on what stands there."""
        self.edit(self.currentIndex(), _TRIGGER.EditKeyPressed, QEvent(QEvent.Type.None_))

    def empty_and_edit(self) -> None:
        """Open the editor with nothing in it."""
        if self.edit(self.currentIndex(), _TRIGGER.AnyKeyPressed, QEvent(QEvent.Type.None_)):
            editor = self.cells.editor
            if editor is not None:
                editor.clear()

    def edit(self, index: Index, *more: object) -> bool:  # type: ignore[override]  # two forms in one
        """Open the editor; typing replaces what stands there, F2 and a double click edit it."""
        if not more:
            super().edit(index)
            return True
        trigger, event = more
        self.entering = trigger == _TRIGGER.AnyKeyPressed
        opened = bool(super().edit(index, trigger, event))  # type: ignore[call-overload]  # as above
        editor = self.cells.editor
        if opened and editor is not None and not self.entering:
            editor.deselect()
            editor.end(False)
        if trigger in _BEGINNING and index.isValid() and not self.sheet.cell(index).enterable:
            self.shut.emit(self.sheet.key_of(index))
        return opened

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editor = self.cells.editor
        if editor is not None:
            QApplication.sendEvent(editor, event)  # an input method keeps the focus here for a while
            return
        if self._severed and self._rest_of_word(event):
            return
        act = keys.act_of(event)
        if act is not None:
            act(self)
        elif not keys.types(event) or not self.edit(self.currentIndex(), _TRIGGER.AnyKeyPressed, event):
            event.ignore()

    def _rest_of_word(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the word whose cell is gone; Enter, Tab and Esc end it."""
        if Qt.Key.Key_Shift <= event.key() <= Qt.Key.Key_ScrollLock or event.key() == Qt.Key.Key_AltGr:
            return True
        self._severed = keys.types(event) or event.key() == Qt.Key.Key_Backspace
        return self._severed or event.key() in _ENDING

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # A composition begun here goes on here until its end, and is shown in the editor (Qt does that); text
        # given without any composition would be lost by Qt.
        if self._severed:
            event.accept()
        elif self.cells.editor is not None or event.preeditString():
            super().inputMethodEvent(event)
        elif event.commitString() and self.edit(
            self.currentIndex(), _TRIGGER.AnyKeyPressed, QEvent(QEvent.Type.None_)
        ):
            assert self.cells.editor is not None  # just opened
            QApplication.sendEvent(self.cells.editor, event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        editor, taker = self.cells.editor, QApplication.focusWidget()
        if editor is not None and event.reason() not in _PASSING and taker is not editor:
            self.commit()  # left while an input method was composing
            if event.reason() is Qt.FocusReason.ActiveWindowFocusReason:
                self.setFocus()  # the field is gone: this window, when it comes back, is typed into here
            if taker is not None and QApplication.focusWidget() is not taker:
                taker.setFocus()  # the end of a composition gives the editor the focus

    def typed_key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Whether a key in the open editor is the grid's, which keeps what was typed and does it."""
        if event.key() == Qt.Key.Key_F2 and not event.modifiers():
            editor.entering = not editor.entering
            return True
        if event.key() == Qt.Key.Key_Escape and editor.composing:
            editor.settle(keep=False)
            return True
        typing = "entering" if editor.entering and not editor.composing else "editing"
        act = keys.act_of(event, typing=typing)
        if act is None:
            # A key without a letter that reaches us meanwhile was meant for the composition.
            return bool(editor.composing) and not keys.types(event)
        if act is not fill_selection:  # which takes the text for all cells
            self.cells.commit(editor)
        act(self)
        return True

    def keyboardSearch(self, search: str) -> None:
        """Letters typed at a cell that takes none do nothing, least of all jump elsewhere."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        self.mouseReleaseEvent(event)
        self.edit(self.indexAt(event.position().toPoint()), _TRIGGER.DoubleClicked, event)

    # --- acts on the selection

    def empty(self) -> None:
        """Make the selected cells empty (unanswered), as far as they may be."""
        texts = {key: "" for key, former in self._enterable() if former or self.sheet.uncertain(key)}
        if texts:
            self.emptied.emit(texts)

    def fill(self, text: str) -> None:
        """Put one text into every selected cell that takes any; totals among several are left alone."""
        several = self.several()
        texts = {
            key: text
            for key, former in self._enterable()
            if (former != text or self.sheet.uncertain(key))
            and not (several and self._cell(key).kind == "computed")
        }
        if texts:
            self.entered.emit(texts)

    def fillable(self) -> bool:
        """Whether any selected cell takes a text."""
        return bool(self._enterable())

    def _cell(self, key: CellKey) -> CellView:
        return self.sheet.cell(self.sheet.index_of(key))

    def _enterable(self) -> list[tuple[CellKey, str]]:
        """Keys and present texts of the selected cells one may type into."""
        return [
            (key, self.sheet.typed(at))
            for at in self.selectionModel().selectedIndexes()
            if self.sheet.cell(at).enterable and (key := self.sheet.key_of(at)) is not None
        ]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.open_menu(None if by_key else event.pos() - self.viewport().pos())

    def trace(self, *, onward: bool) -> None:
        """Ask for the cells the active one is reckoned from, or ``onward`` for those reckoned from it."""
        self.commit()
        self.traced.emit(onward)

    def open_menu(self, at: QPoint | None = None) -> None:
        """Open the menu of the selected cells at ``at``, or under the active cell."""
        from judapp.ui.grid.menu import open_menu

        if self.currentIndex().isValid():
            open_menu(self, at)
