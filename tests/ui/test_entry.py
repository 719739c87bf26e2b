"""Typing and pasting on the entry page: real keys in the real window, every commit on the disk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from judapp.ui.window import MainWindow
from tests.ui.conftest import settle
from tests.ui.entry_page import FORM, Entry, at, dialog_of, entry, text, type_in

__all__ = ["entry"]


def test_a_typed_figure_changes_totals_and_findings_until_it_is_mended(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "2")
    page.area.go_to(key)
    former, total = text(page, key), text(page, at(page, "I", "2"))
    type_in(qtbot, page, "9999")
    assert text(page, key) == "9.999"
    assert text(page, at(page, "I", "2")) != total
    assert page.view is not None
    assert page.view.state == "errors"
    found = next(f for f in page.view.findings if f.code == "REL-001")
    assert "9.999" in found.text
    page.area.go_to(key)
    type_in(qtbot, page, former.replace(".", ""))
    assert text(page, at(page, "I", "2")) == total
    assert not [f for f in page.view.findings if f.severity == "error"]


def test_the_first_key_typed_in_a_cell_is_not_lost_and_replaces_the_figure(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry()
    page.area.go_to(at(page, "I.1", "1"))
    qtbot.keyClick(page.area.grid, "7")
    editor = page.area.grid.cells.editor
    assert editor is not None
    assert editor.text() == "7"
    qtbot.keyClick(editor, "0")
    assert editor.text() == "70"
    assert page.area.address.typed.whole() == "70"
    assert page.area.address.read.whole() == "⇒ 70 người"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert text(page, at(page, "I.1", "1")) == "5"


def test_f2_edits_what_was_typed(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.area.go_to(at(page, "I.1", "2"))
    qtbot.keyClick(page.area.grid, Qt.Key.Key_F2)
    editor = page.area.grid.cells.editor
    assert editor is not None
    assert editor.text() == "3671"
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    assert editor.cursorPosition() == 3
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_enter_and_tab_go_to_the_cells_that_wait(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    grid = page.area.grid
    page.area.go_to(at(page, "I.3", "1"))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert grid.key() == at(page, "II.1", "1")  # over the total of II
    qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert grid.key() == at(page, "I.3", "1")
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert grid.key() == at(page, "I.3", "3")
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert grid.key() == at(page, "II.1", "1")  # where the row began


def test_quick_commits_stand_in_the_order_they_were_typed(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "1")
    for number in ("11", "12", "13"):
        page.area.grid.go(key)
        for sign in number:
            qtbot.keyClick(page.area.grid.cells.editor or page.area.grid, sign)
        qtbot.keyClick(page.area.grid.cells.editor or page.area.grid, Qt.Key.Key_Return)
        assert page.area.grid.sheet.index_of(key).data() == number  # at once, before it is stored
    settle(qtbot, page.session)
    assert text(page, key) == "13"
    assert page.area.grid.sheet.index_of(key).data() == "13"


def test_undo_of_the_window_takes_a_typed_figure_back(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "1")
    page.area.go_to(key)
    type_in(qtbot, page, "8")
    assert text(page, key) == "8"
    QTest.keyClick(page.area.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert text(page, key) == "5"
    QTest.keyClick(page.area.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert text(page, key) == "8"


def test_states_are_typed_as_signs(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "1")
    for keys, shown in (("-", "–"), ("..", "…")):
        page.area.go_to(key)
        type_in(qtbot, page, keys)
        assert text(page, key) == shown
    page.area.go_to(key)
    qtbot.keyClick(page.area.grid, Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert text(page, key) == ""
    assert page.view is not None
    assert page.view.unanswered == (key,)


def test_text_that_is_no_number_is_kept_and_marked(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "1")
    page.area.go_to(key)
    type_in(qtbot, page, "12O")
    assert text(page, key) == "12O"
    page.area.go_to(key)
    assert page.area.strip.finding is not None
    assert page.area.strip.finding.code == "CEL-001"
    assert "12O" in page.area.strip.words.whole()


def test_a_figure_is_kept_when_another_page_is_shown(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "1")
    page.area.go_to(key)
    qtbot.keyClick(page.area.grid, "6")
    page.session.show("checks")
    settle(qtbot, page.session)
    page.session.show("entry", form=FORM)
    settle(qtbot, page.session)
    assert text(page, key) == "6"


def test_a_figure_is_kept_when_the_focus_leaves_the_cell(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "1")
    assert page.area.notes.reach()  # unfolds it
    page.area.go_to(key)
    qtbot.keyClick(page.area.grid, "6")
    field = next(iter(page.area.notes.fields.values()))
    qtbot.waitUntil(field.isVisible)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert text(page, key) == "6"


def test_a_block_of_a_spreadsheet_is_pasted_as_one_act(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.area.go_to(at(page, "I.1", "1"))
    QGuiApplication.clipboard().setText("7\t3700\r\n8\t2900\r\n")
    qtbot.keyClick(page.area.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert [text(page, at(page, row, "1")) for row in ("I.1", "I.2")] == ["7", "8"]
    assert text(page, at(page, "I.2", "2")) == "2.900"
    assert page.session.undoable[0].label == f"Dán 4 ô, biểu {FORM}"
    page.session.undo()
    settle(qtbot, page.session)
    assert text(page, at(page, "I.2", "2")) == "2.945"


def test_a_block_that_does_not_fit_is_shown_before_it_is_pasted(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.area.go_to(at(page, "I.3", "1"))
    QGuiApplication.clipboard().setText("9\n99\n9")  # the second one meets the total of II
    qtbot.keyClick(page.area.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(page)
    assert "3 × 1" in dialog.windowTitle()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert [text(page, at(page, row, "1")) for row in ("I.3", "II.1")] == ["9", "9"]


def test_what_is_no_text_is_not_pasted_and_said(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.area.go_to(at(page, "I.1", "1"))
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(page.area.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.area.bar.isVisible()
    assert "ENY-006" in page.area.bar.words.text()


def test_cells_are_copied_as_a_spreadsheet_takes_them_and_cut(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.area.go_to(at(page, "I.1", "2"))
    qtbot.keyClick(page.area.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.area.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3671\t3565"
    qtbot.keyClick(page.area.grid, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert text(page, at(page, "I.1", "3")) == ""
    assert page.session.undoable[0].label == f"Xóa 2 ô, biểu {FORM}"


def test_open_cells_are_answered_with_nothing_occurred_at_once(qtbot: QtBot, entry: Entry) -> None:
    page = entry("PL-STP", "2024-H1", "40")
    assert page.view is not None
    left = len(page.view.unanswered)
    assert left > 1
    nil = page.area.tools.fill_menu().actions()[0]
    assert str(left) in nil.text()
    nil.trigger()
    settle(qtbot, page.session)
    assert page.view.unanswered == ()
    assert not page.area.tools.fill_menu().actions()[0].isEnabled()
    page.session.undo()
    settle(qtbot, page.session)
    assert len(page.view.unanswered) == left


def test_a_failed_commit_leaves_the_text_and_the_window_tells(qtbot: QtBot, entry: Entry) -> None:
    page = entry("17c/BTP/HTQTCT/CT", "2024-Y", "TH")  # a final year takes no estimate
    key = page.area.grid.key()
    assert key is not None
    type_in(qtbot, page, "120+15")
    window = page.window()
    assert isinstance(window, MainWindow)
    assert "ENT-001" in window.bar.words.text()
    assert page.area.grid.sheet.index_of(key).data() == "120+15"
    page.area.go_to(key)
    type_in(qtbot, page, "135")
    assert page.area.grid.sheet.index_of(key).data() == "135"
