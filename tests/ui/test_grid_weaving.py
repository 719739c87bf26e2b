"""A view with other rows that comes in the middle of a word: the word goes on in its cell, or is nobody's."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView, SheetView, TableView
from judapp.ui.grid.model import SheetModel
from tests.ui.conftest import type_words
from tests.ui.grid_alone import SHIFT, Alone, alone, focused, sheet

__all__ = ["alone", "sheet"]

K = Qt.Key
WORDS = CellView(text="Hẻm", typed="Hẻm", kind="words", state="text", left=True)


def table_of(grid: Alone) -> TableView:
    table = grid.grid.sheet.table
    assert table is not None
    return table


def more_rows(table: TableView, places: Sequence[int], name: str = "new") -> TableView:
    """The table with further rows at these places."""
    rows = list(table.rows)
    for at in sorted(places, reverse=True):
        rows.insert(at, replace(rows[at], key=f"{name}{at}", path="", label=f"Dòng {name} {at}"))
    return replace(table, rows=tuple(rows))


def without(table: TableView, *places: int) -> TableView:
    return replace(table, rows=tuple(row for at, row in enumerate(table.rows) if at not in places))


def send(preedit: str, commit: str = "") -> None:
    """An input method's event, to whatever has the focus."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusObject(), event)


class Steady(QObject):
    """Counts how often a widget loses the focus: an input method ends its composition then."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.lost = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own
        self.lost += event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide)
        return False


def changed(table: TableView, how: str) -> TableView:
    if how == "above":
        return more_rows(table, [0, 3, 4])
    if how == "below":
        return more_rows(table, [20])
    if how == "fewer":
        return without(table, 1, 2, 12)
    if how == "order":
        return replace(table, rows=tuple(reversed(table.rows)))
    assert how == "columns"
    leaf = replace(table.columns[0], name="new", code="")
    return replace(table, columns=(leaf, *table.columns[1:], table.columns[0]))


@pytest.mark.parametrize("how", ["above", "below", "fewer", "order", "columns"])
def test_a_word_goes_on_in_its_cell_wherever_that_stands_now(alone: Alone, how: str) -> None:
    alone.put(8, 2)
    key = alone.grid.key()
    alone.type("123")
    alone.press(K.Key_F2)  # from now on the arrows move in the text
    alone.press(K.Key_Left, SHIFT)
    editor = alone.editor()
    steady = Steady(editor)
    alone.grid.show_table(changed(table_of(alone), how), ())
    assert alone.editor() is editor
    assert (editor.text(), editor.selectedText(), editor.cursorPosition()) == ("123", "3", 2)
    assert (editor.hasFocus(), editor.isVisible(), steady.lost) == (True, True, 0)
    assert alone.grid.key() == key
    cell = alone.grid.visualRect(alone.grid.currentIndex())
    assert cell.contains(editor.geometry())
    assert alone.grid.viewport().rect().contains(cell)
    assert alone.told == []
    alone.type("45")
    alone.press(K.Key_Return)
    assert alone.told == [("entered", {key: "1245"})]


@pytest.mark.parametrize("begun", ["closed", "open"])
@pytest.mark.parametrize("how", ["above", "fewer", "order"])
def test_a_composition_goes_on_through_other_rows(alone: Alone, how: str, begun: str) -> None:
    """The focus stays where it is, or the input method would end the word by itself."""
    alone.change({(8, 0): WORDS})
    alone.put(8, 0)
    key = alone.grid.key()
    if begun == "open":
        type_words(focused(), "Phố ")
    for preedit in ("D", "Đ", "Đư"):
        send(preedit)
    editor, steady = alone.editor(), Steady(focused())
    alone.grid.show_table(changed(table_of(alone), how), ())
    assert alone.editor() is editor
    assert (editor.composing, steady.lost) == ("Đư", 0)
    send("Đường")
    send("", "Đường")
    assert editor.text() == ("Đường" if begun == "closed" else "Phố Đường")
    type_words(focused(), " 7")
    alone.press(K.Key_Return)
    assert alone.told == [("entered", {key: editor_text(begun)})]


def editor_text(begun: str) -> str:
    return "Đường 7" if begun == "closed" else "Phố Đường 7"


def test_the_selection_a_text_is_meant_for_stays_too(alone: Alone) -> None:
    alone.put(8, 2)
    alone.press(K.Key_Down, SHIFT)
    meant = [table_of(alone).key_at(row, 2) for row in (8, 9)]
    alone.type("12")
    alone.grid.show_table(more_rows(table_of(alone), [0, 3]), ())
    alone.type("3")
    alone.press(K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert alone.told == [("entered", dict.fromkeys(meant, "123"))]


def test_a_word_whose_cell_is_gone_is_told_of_and_entered_nowhere(qtbot: QtBot, alone: Alone) -> None:
    alone.put(8, 2)
    row = table_of(alone).rows[8]
    for end in ("enter", "tab", "arrow", "click"):
        whole = table_of(alone)
        alone.grid.go(("", row.key, whole.columns[2].name))
        assert alone.at() == (8, 2)
        alone.type("12")
        alone.grid.show_table(without(whole, 8), ())
        alone.grid.begin()  # as the page does: another cell is the active one by now
        assert alone.editor() is None
        [(name, error)] = alone.told
        assert name == "refused"
        assert error.code == "TRN-001"
        assert error.params["text"] == "12"
        assert row.label in error.params["cell"]
        alone.type("3")  # the rest of the word, before one has seen it
        alone.press(K.Key_Backspace)
        alone.press(K.Key_Shift)
        alone.type("4")
        assert (alone.editor(), len(alone.told)) == (None, 1)
        before = alone.at()
        if end == "enter":
            assert alone.press(K.Key_Return) == before
        elif end == "tab":
            assert alone.press(K.Key_Tab) == before
        elif end == "arrow":
            assert alone.press(K.Key_Down) != before
        else:
            there = alone.grid.visualRect(alone.grid.sheet.index(6, 3)).center()
            qtbot.mouseClick(alone.grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
        alone.put(4, 1)
        alone.type("5")
        assert alone.editor().text() == "5"  # a word of its own
        alone.press(K.Key_Escape)
        alone.grid.show_table(whole, ())
        assert len(alone.told) == 1
        alone.told.clear()


def test_a_composition_whose_cell_is_gone_is_entered_nowhere(alone: Alone) -> None:
    alone.change({(8, 0): WORDS})
    alone.put(8, 0)
    send("Đườ")
    alone.grid.show_table(without(table_of(alone), 8), ())
    alone.grid.begin()
    send("Đường")
    send("", "Đường")
    assert alone.editor() is None
    assert [(name, error.params["text"]) for name, error in alone.told] == [("refused", "Đườ")]


def test_rows_come_go_and_move_as_qt_wants_to_be_told(sheet: SheetView) -> None:
    """Qt's own tester watches every step, and an index that is kept stays at its cell."""
    chance = random.Random(6)
    whole = sheet.tables[0]
    model = SheetModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show(whole, ())
    for _ in range(60):
        rows = [row for row in whole.rows if chance.random() < 0.7] or [whole.rows[0]]
        columns = [leaf for leaf in whole.columns if chance.random() < 0.8] or [whole.columns[0]]
        for part in (rows, columns):
            if chance.random() < 0.4:
                chance.shuffle(part)
        former = model.table
        assert former is not None
        kept = [
            (QPersistentModelIndex(model.index(row, column)), former.key_at(row, column))
            for row in range(len(former.rows))
            for column in range(len(former.columns))
        ]
        table = replace(whole, rows=tuple(rows), columns=tuple(columns))
        assert model.show(table, (), editing=True) is (
            former.rows != table.rows or former.columns != table.columns
        )
        assert model.table is table
        for index, key in kept:
            there = model.index_of(key)
            assert (index.row(), index.column()) == (there.row(), there.column())
