"""What is typed while another sheet or a new row is on its way: entered there, in order, or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from judapp.app import grid as grids
from judapp.app import own_rows
from judapp.app.grid_view import SheetView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.ui.pages.entry import EntryPage
from judapp.ui.window import MainWindow
from tests.sheet_views import sheet_view
from tests.ui.conftest import settle, type_words
from tests.ui.entry_page import FORM, Entry, Key, at, dialog_of, entry, text

__all__ = ["entry"]

K = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
OWN_ROWS = "21b/TP/HTPLDN"
BEFORE, HERE = Period(2024, "H1"), Period(2025, "H1")


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, wherever the focus is; nobody waits for anything."""
    QTest.keyClick(focused(), key, held)


def type_quickly(words: str) -> None:
    """Letters, wherever the focus is; a line end is Enter."""
    for letter in words:
        if letter == "\n":
            press(K.Key_Return)
        else:
            type_words(focused(), letter)


def send(preedit: str, commit: str = "") -> None:
    """An input method's event, to whatever has the focus."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusObject(), event)


def window_of(page: EntryPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def active(qtbot: QtBot, page: EntryPage) -> EntryPage:
    """The page, its window the active one and its grid with the focus."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.area.grid.setFocus()
    return page


def stored(qtbot: QtBot, page: EntryPage, form: str, unit: str, period: Period) -> dict[Key, str]:
    """What the data file holds of a sheet, as one would type it."""
    found: list[SheetView] = []
    page.session.ask(page, lambda w: sheet_view(w, form, unit, period), found.append, topic="test")
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return {key: cell.typed for table in found[0].tables for key, cell in table.cells.items()}


def differs(before: dict[Key, str], after: dict[Key, str], *, totals: tuple[str, ...] = ("tong", "I")) -> Any:
    """The cells somebody typed into."""
    return {key: after[key] for key in after if after[key] != before.get(key) and key[1] not in totals}


def turn_period(page: EntryPage) -> None:
    page.session.go(period=BEFORE)


def turn_unit(page: EntryPage) -> None:
    press(K.Key_PageUp, ALT)


def turn_form(page: EntryPage) -> None:
    press(K.Key_PageDown, CTRL)


@pytest.mark.parametrize("turn", [turn_period, turn_unit, turn_form])
def test_keys_after_the_turn_are_the_other_sheets(
    qtbot: QtBot, entry: Entry, turn: Callable[[EntryPage], None]
) -> None:
    """What was half typed before it is kept in the sheet before."""
    page = active(qtbot, entry())
    assert page.view is not None
    old = page.view
    cell = at(page, "I.1", "1")
    page.area.go_to(cell)
    before = stored(qtbot, page, old.form, old.unit, old.period)
    type_quickly("12")
    turn(page)
    type_quickly("7\n8\n93")
    assert page.area.grid.cells.editor is None  # the old sheet takes nothing
    assert page.view.period == old.period
    settle(qtbot, page.session)
    new = page.view
    assert new is not None
    assert (new.form, new.unit, new.period) != (old.form, old.unit, old.period)
    assert differs(before, stored(qtbot, page, old.form, old.unit, old.period)) == {cell: "12"}
    editor = page.area.grid.cells.editor
    assert editor is not None
    assert (editor.text(), editor.hasFocus()) == ("93", True)  # the last word goes on
    last = page.area.grid.key()
    assert last is not None
    press(K.Key_Return)
    settle(qtbot, page.session)
    now = stored(qtbot, page, new.form, new.unit, new.period)
    assert now[last] == "93"
    if new.period != old.period:  # row and column stay
        rows = [line.key for line in new.tables[0].rows]
        below = rows[rows.index(cell[1]) :]
        assert [now[("", row, "1")] for row in below[:3]] == ["7", "8", "93"]


def test_keys_wait_through_several_turns_and_clicks_do_nothing(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry())
    assert page.view is not None
    unit, cell = page.view.unit, at(page, "I.1", "1")
    page.area.go_to(cell)
    before = {period: stored(qtbot, page, FORM, unit, period) for period in (BEFORE, HERE)}
    # One turn after the other, without waiting for any sheet: each gets what was typed for it.
    page.session.go(period=BEFORE)
    type_quickly("7\n")
    page.session.go(period=HERE)
    type_quickly("8\n")
    settle(qtbot, page.session)
    for period, word in ((BEFORE, "7"), (HERE, "8")):
        after = stored(qtbot, page, FORM, unit, period)
        assert differs(before[period], after) == {cell: word}
        before[period] = after
    # Clicks in between choose nothing of the old sheet, and press none of its buttons.
    page.session.go(period=BEFORE)
    was = page.area.grid.key()
    there = page.area.grid.visualRect(page.area.grid.sheet.index(8, 3)).center()
    qtbot.mouseClick(page.area.grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
    qtbot.mouseDClick(page.area.grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert page.head.primary_button is not None
    qtbot.mouseClick(page.head.primary_button, Qt.MouseButton.LeftButton)
    assert page.area.grid.key() == was
    type_quickly("9\n")
    settle(qtbot, page.session)
    assert not [d for d in window_of(page).findChildren(QWidget) if d.isModal() and d.isVisible()]
    assert list(differs(before[BEFORE], stored(qtbot, page, FORM, unit, BEFORE)).values()) == ["9"]
    # A sheet nobody waits for any more gets nothing, nor does any other one; it is said.
    page.area.go_to(cell)
    page.session.go(period=HERE)
    type_quickly("1\n")
    page.session.go(period=Period(2026, "H1"))
    type_quickly("2\n")
    page.session.go(period=BEFORE)
    type_quickly("3\n")
    settle(qtbot, page.session)
    assert "những gì gõ trong lúc đó không được ghi" in window_of(page).bar.words.text()
    after = stored(qtbot, page, FORM, unit, BEFORE)
    assert sorted(differs(before[BEFORE], after).values()) == ["3", "9"]
    assert list(differs(before[HERE], stored(qtbot, page, FORM, unit, HERE)).values()) == ["1"]
    assert page.view.period == BEFORE


def test_shortcuts_keep_their_place_among_the_keys(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry())
    press(K.Key_PageDown, CTRL)
    type_quickly("5\n")
    press(K.Key_PageDown, CTRL)
    type_quickly("6")
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.form == "TH-13"  # two forms on
    assert page.area.grid.cells.editor is not None
    assert page.area.grid.cells.editor.text() == "6"
    press(K.Key_Escape)
    labels = [step.label for step in page.session.undoable]
    assert "17c/BTP/HTQTCT/CT" in labels[0]
    # Undo behind a half typed word is the field's, as it is while one sees it; behind a word it is the act's.
    press(K.Key_PageUp, CTRL)
    type_quickly("4")
    press(K.Key_Z, CTRL)
    settle(qtbot, page.session)
    assert page.area.grid.cells.editor is not None
    assert page.area.grid.cells.editor.text() != "4"
    press(K.Key_Escape)
    assert [step.label for step in page.session.undoable] == labels
    press(K.Key_PageUp, CTRL)
    type_quickly("4\n")
    press(K.Key_Z, CTRL)
    settle(qtbot, page.session)
    assert [step.label for step in page.session.undoable] == labels
    # A key that opens a question has the next ones go there.
    page.open_form(FORM)
    press(K.Key_PageDown, CTRL)
    press(K.Key_F, CTRL)
    type_quickly("cong")
    settle(qtbot, page.session)
    assert page.area.search.bar.isVisible()
    assert page.area.search.bar.findChild(QLineEdit).text() == "cong"  # type: ignore[union-attr]


def test_a_composition_goes_on_from_one_sheet_into_the_other(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry())
    assert page.view is not None
    cell = at(page, "I.1", "1")
    page.area.go_to(cell)
    send("1")
    page.session.go(period=BEFORE)  # what is composed so far was half typed before
    send("2")
    send("23")
    settle(qtbot, page.session)
    editor = page.area.grid.cells.editor
    assert editor is not None
    assert (editor.composing, editor.text()) == ("23", "")
    send("", "234")
    press(K.Key_Return)
    settle(qtbot, page.session)
    assert text(page, cell) == "234"
    assert stored(qtbot, page, FORM, page.view.unit, HERE)[cell] == "1"


@pytest.mark.parametrize("fault", [JudappError("FRM-009", form="x"), RuntimeError("ours")])
def test_keys_for_a_sheet_that_cannot_be_shown_are_dropped(
    qtbot: QtBot, entry: Entry, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    page = active(qtbot, entry())
    assert page.view is not None
    unit, cell = page.view.unit, at(page, "I.1", "1")
    page.area.go_to(cell)
    before = {period: stored(qtbot, page, FORM, unit, period) for period in (BEFORE, HERE)}
    plain, told = grids.open_sheet, list[Exception]()
    page.session.broken.disconnect()
    page.session.failed.disconnect()
    page.session.broken.connect(told.append)
    page.session.failed.connect(told.append)

    def broken(workspace: Workspace, form: str, at_unit: str, period: Period, *more: Any) -> Any:
        if period == BEFORE:
            raise fault
        return plain(workspace, form, at_unit, period, *more)

    monkeypatch.setattr(grids, "open_sheet", broken)
    page.session.go(period=BEFORE)
    type_quickly("7\n8")
    settle(qtbot, page.session)
    assert told == [fault]
    # The sheet that stood there stands there, in its own period, and takes keys again.
    assert (page.session.period, page.view.period) == (HERE, HERE)
    assert page.area.grid.key() == cell
    assert page.area.grid.cells.editor is None
    type_quickly("58\n")
    settle(qtbot, page.session)
    assert differs(before[HERE], stored(qtbot, page, FORM, unit, HERE)) == {cell: "58"}
    monkeypatch.undo()
    assert stored(qtbot, page, FORM, unit, BEFORE) == before[BEFORE]
    # What was typed for a sheet asked for meanwhile is that one's.
    page.area.go_to(cell)
    monkeypatch.setattr(grids, "open_sheet", broken)
    other = Period(2024, "Y")
    page.session.go(period=BEFORE)
    type_quickly("7\n")
    page.session.go(period=other)
    type_quickly("6\n")
    settle(qtbot, page.session)
    assert page.view.period == other
    assert text(page, cell) == "6"


def test_where_the_form_does_not_exist_nothing_typed_is_entered_anywhere(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry(OWN_ROWS, "2026-H1", "TH"))
    assert page.view is not None
    unit = page.view.unit
    before = stored(qtbot, page, OWN_ROWS, unit, Period(2026, "H1"))
    page.session.go(period=HERE)
    type_quickly("7\n8")
    settle(qtbot, page.session)
    assert page.view is None
    assert page.stack.currentWidget() is page.forms
    page.session.go(period=Period(2026, "H1"))
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.area.grid.cells.editor is None
    assert stored(qtbot, page, OWN_ROWS, unit, Period(2026, "H1")) == before


def test_keys_reach_their_sheet_also_when_the_page_is_left_at_once(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry())
    assert page.view is not None
    unit, cell = page.view.unit, at(page, "I.1", "1")
    page.area.go_to(cell)
    before = {period: stored(qtbot, page, FORM, unit, period) for period in (BEFORE, HERE)}
    page.session.go(period=BEFORE)
    type_quickly("71")
    window_of(page).show_page("home")
    settle(qtbot, page.session)
    assert differs(before[BEFORE], stored(qtbot, page, FORM, unit, BEFORE)) == {cell: "71"}
    # From another page to another cell of the very sheet: the figure is that cell's.
    other = at(page, "I.3", "2")
    assert page.area.grid.key() == cell
    page.session.show("entry", form=FORM, cell=other)
    type_quickly("64\n")
    settle(qtbot, page.session)
    after = stored(qtbot, page, FORM, unit, BEFORE)
    assert differs(before[BEFORE], after) == {cell: "71", other: "64"}
    # A cell that does not exist: nobody knows where the figure belongs.
    page.session.show("entry", form=FORM, cell=("", "nowhere", "1"))
    type_quickly("5\n")
    settle(qtbot, page.session)
    assert stored(qtbot, page, FORM, unit, BEFORE) == after
    assert stored(qtbot, page, FORM, unit, HERE) == before[HERE]


def name_row(page: EntryPage, name: str) -> None:
    """F5, the name, Enter."""
    press(K.Key_F5)
    dialog = dialog_of(page)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    type_words(field, name)
    QTest.keyClick(dialog, K.Key_Return)
    page.activateWindow()


def test_figures_typed_behind_the_name_of_a_row_are_the_rows(
    qtbot: QtBot, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = active(qtbot, entry(OWN_ROWS, "2026-H1", "TH"))
    assert page.view is not None
    form, unit, period = page.view.form, page.view.unit, page.view.period
    grid = page.area.grid
    cell = grid.key()
    before = stored(qtbot, page, form, unit, period)
    name_row(page, "Ban Quản lý")
    type_quickly("77")
    press(K.Key_Tab)
    type_quickly("8")
    assert (grid.key(), grid.cells.editor) == (cell, None)
    settle(qtbot, page.session)
    row = next(line for line in page.view.tables[0].rows if line.label == "Ban Quản lý")
    assert grid.key()[1] == row.key  # type: ignore[index]  # a cell is active
    type_quickly("9\n")
    settle(qtbot, page.session)
    columns = [leaf.name for leaf in page.view.tables[0].columns]
    changed = differs(before, stored(qtbot, page, form, unit, period))
    assert {key: word for key, word in changed.items() if word} == {
        ("", row.key, columns[0]): "77",
        ("", row.key, columns[1]): "89",
    }
    # Where it cannot be added nothing is, and it is said.
    before = stored(qtbot, page, form, unit, period)
    page.area.go_to(cell)  # type: ignore[arg-type]  # it was active

    def refused(*_: Any) -> Any:
        raise JudappError("ENY-002", form=form)

    monkeypatch.setattr(own_rows, "add_row", refused)
    name_row(page, "Thừa")
    type_quickly("66\n")
    settle(qtbot, page.session)
    assert "không cho thêm dòng" in window_of(page).bar.words.text()
    assert (grid.key(), grid.cells.editor) == (cell, None)
    assert stored(qtbot, page, form, unit, period) == before
    type_quickly("5")
    assert grid.cells.editor is not None  # keys go on
    press(K.Key_Escape)
    monkeypatch.undo()
    # Another sheet is asked for before the row is shown: its figure is no other cell's.
    window_of(page).bar.hide()
    name_row(page, "Đến muộn")
    type_quickly("66\n")
    page.sheet_head.picked.emit("10b/TP/CC")
    settle(qtbot, page.session)
    assert "những gì gõ trong lúc đó không được ghi" in window_of(page).bar.words.text()
    assert page.view.form == "10b/TP/CC"
    page.open_form(OWN_ROWS)
    settle(qtbot, page.session)
    after = stored(qtbot, page, form, unit, period)
    assert [word for word in differs(before, after).values() if word] == []


def test_a_row_that_comes_or_goes_leaves_the_word_in_its_cell(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry(OWN_ROWS, "2026-H1", "TH"))
    assert page.view is not None
    view, grid = page.view, page.area.grid
    name_row(page, "Ban Quản lý")
    settle(qtbot, page.session)
    cell = grid.key()
    assert cell is not None
    before = stored(qtbot, page, view.form, view.unit, view.period)
    type_quickly("12")
    editor = grid.cells.editor

    def another(workspace: Workspace) -> Any:
        unit = workspace.units[view.unit]
        return own_rows.add_row(workspace, view.form, unit, view.period, "", "", "Đoàn Luật sư")[1]

    page.session.act(another)
    settle(qtbot, page.session)
    assert any(line.label == "Đoàn Luật sư" for line in page.view.tables[0].rows)
    assert grid.cells.editor is editor
    assert editor is not None
    assert page.area.address.typed.whole() == "12"
    type_quickly("3")
    assert editor.text() == "123"
    press(K.Key_Return)
    settle(qtbot, page.session)
    after = stored(qtbot, page, view.form, view.unit, view.period)
    assert {key: word for key, word in differs(before, after).items() if word} == {cell: "123"}
    # It is taken back while somebody types into it: the text is no other cell's.
    page.area.go_to(cell)
    type_quickly("45")
    page.session.undo()
    page.session.undo()
    page.session.undo()
    settle(qtbot, page.session)
    type_quickly("6\n")
    settle(qtbot, page.session)
    assert "“45” đang gõ ở đó không được ghi vào đâu" in page.area.bar.words.text()
    assert "Ban Quản lý" in page.area.bar.words.text()
    left = stored(qtbot, page, view.form, view.unit, view.period)
    assert cell not in left
    assert differs(before, left) == {}


def test_a_sheet_chosen_in_the_list_takes_the_first_key(qtbot: QtBot, entry: Entry) -> None:
    page = active(qtbot, entry(""))
    assert page.view is None
    page.forms.picked.emit(FORM)
    type_quickly("31\n")
    settle(qtbot, page.session)
    assert page.view is not None
    first = page.view.tables[0].cells[at(page, "I.1", "1")]
    assert first.typed == "31"
