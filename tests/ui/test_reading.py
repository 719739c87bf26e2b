"""How what is typed is meant, at the page: sums, "1.234", letters of the number row, the estimated layer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.entering import enter
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.ui.grid.menu import cell_menu, open_menu
from judapp.ui.pages.entry import EntryPage
from judapp.ui.pages.entry_paste import PasteDialog
from tests.ui.conftest import settle, type_words
from tests.ui.entry_page import Entry, Key, dialog_of, entry, text, type_in

__all__ = ["entry"]

NEW, DECIMAL = "10b/TP/CC", "TH-13"


@pytest.fixture
def sheet(entry: Entry) -> EntryPage:
    return entry(NEW, "2026-H1")


def opened_cells(page: EntryPage, number: int, kind: str = "open") -> list[Key]:
    assert page.view is not None
    cells = page.view.tables[0].cells
    return [key for key, cell in cells.items() if cell.kind == kind and cell.enterable][:number]


def words(qtbot: QtBot, page: EntryPage, key: Key, typed: str) -> None:
    """Type any letters into a cell and keep them with Enter."""
    page.area.go_to(key)
    grid = page.area.grid
    for letter in typed:
        type_words(grid.cells.editor or grid, letter)
    qtbot.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)
    settle(qtbot, page.session)


def press(page: QWidget, act: str) -> None:
    """Press a button of the notice by its words."""
    from PySide6.QtWidgets import QPushButton

    next(b for b in page.findChildren(QPushButton) if b.text() == act and b.isVisible()).click()


def action(menu: QMenu, begins: str) -> QAction:
    return next(found for found in menu.actions() if found.text().startswith(begins))


# sums


def test_a_sum_is_read_before_enter_and_its_result_kept(qtbot: QtBot, sheet: EntryPage) -> None:
    [key] = opened_cells(sheet, 1)
    sheet.area.go_to(key)
    grid = sheet.area.grid
    for sign in "=12+30*2":
        qtbot.keyClick(grid.cells.editor or grid, sign)
    assert sheet.area.address.read.text().startswith("⇒ 72")
    qtbot.keyClick(grid.cells.editor, Qt.Key.Key_Return)
    settle(qtbot, sheet.session)
    assert text(sheet, key) == "72"


# letters of the number row


def test_letters_of_the_number_row_are_told_and_taken_back(qtbot: QtBot, sheet: EntryPage) -> None:
    """CEL-004: shown before Enter, told after it; one button or one undo takes it back."""
    [key] = opened_cells(sheet, 1)
    before = text(sheet, key)
    sheet.area.go_to(key)
    type_words(sheet.area.grid, "ă")
    type_words(sheet.area.grid.cells.editor or sheet, "êô")
    assert sheet.area.address.read.text().startswith("ăêô ⇒ 134")
    qtbot.keyClick(sheet.area.grid.cells.editor, Qt.Key.Key_Return)
    settle(qtbot, sheet.session)
    assert text(sheet, key) == "134"
    assert sheet.area.notice.words.text().startswith("Đã đọc “ăêô” thành 134")
    press(sheet, "Giữ nguyên chữ")
    settle(qtbot, sheet.session)
    assert text(sheet, key) == "ăêô"
    assert sheet.view is not None
    assert next(f.code for f in sheet.view.findings if f.cell == key) == "CEL-001"
    for expected in ("134", before):
        sheet.session.undo()
        settle(qtbot, sheet.session)
        assert text(sheet, key) == expected


# two readings


@pytest.fixture
def decimals(entry: Entry) -> EntryPage:
    page = entry(DECIMAL, "2026-H1")
    page.area.reading.bubble.grace = 0
    return page


def ages(page: EntryPage) -> list[Key]:
    """Cells of a column with decimals, from the top."""
    assert page.view is not None
    return [key for key in opened_cells(page, 9999) if page.view.spots[key].scale][::2]


def asked(qtbot: QtBot, page: EntryPage, key: Key, typed: str) -> None:
    words(qtbot, page, key, typed)
    qtbot.waitUntil(page.area.reading.bubble.isVisible)


def test_two_readings_are_asked_once_in_a_sheet(qtbot: QtBot, decimals: EntryPage) -> None:
    page = decimals
    first, second, third, *_ = ages(page)
    bubble = page.area.reading.bubble
    asked(qtbot, page, first, "1.500")
    assert text(page, first) == "1.500"  # kept as it is until somebody says
    assert page.view is not None
    assert next(f.code for f in page.view.findings if f.cell == first) == "CEL-013"
    assert [made.text() for made in bubble.buttons] == ["1   1 nghìn 500", "2   1 phẩy 500"]
    assert bubble.hasFocus()
    qtbot.keyClick(bubble, "2")
    settle(qtbot, page.session)
    assert text(page, first) == "1,50"
    assert page.area.grid.hasFocus()
    assert "1 phẩy 500" in page.area.notice.words.text()

    words(qtbot, page, second, "2.500")
    assert text(page, second) == "2,50"
    assert bubble.isHidden()

    press(page, "Hỏi lại")
    asked(qtbot, page, third, "2.500")
    qtbot.keyClick(bubble, Qt.Key.Key_Right)
    qtbot.keyClick(bubble, Qt.Key.Key_Left)
    qtbot.keyClick(bubble, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert text(page, third) == "2.500,00"


def test_escape_keeps_the_text_and_the_menu_asks_again(qtbot: QtBot, decimals: EntryPage) -> None:
    page = decimals
    first, *_ = ages(page)
    asked(qtbot, page, first, "1.500")
    qtbot.keyClick(page.area.reading.bubble, Qt.Key.Key_Escape)
    assert page.area.reading.bubble.isHidden()
    assert page.area.grid.hasFocus()
    assert text(page, first) == "1.500"
    page.area.go_to(first)
    menu = cell_menu(page.area.grid, states_first=True)
    assert menu.actions()[0].text() == "Đọc “1.500” là 1 nghìn 500"
    action(menu, "Đọc “1.500” là 1 phẩy 500").trigger()
    settle(qtbot, page.session)
    assert text(page, first) == "1,50"


def test_a_question_about_a_text_that_is_gone_is_not_asked_any_more(
    qtbot: QtBot, decimals: EntryPage
) -> None:
    """Else the answer would stand over what was brought back, or typed by somebody else, meanwhile."""
    page = decimals
    first, second, *_ = ages(page)
    bubble, session = page.area.reading.bubble, page.session
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before = text(page, first)
    asked(qtbot, page, first, "1.500")
    page.refresh()
    settle(qtbot, session)
    assert bubble.isVisible()  # the same text in another view of it
    qtbot.keyClick(bubble, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert text(page, first) == before
    assert bubble.isHidden()
    assert page.area.grid.hasFocus()

    asked(qtbot, page, second, "1.500")
    view = page.view
    assert view is not None

    def other(workspace: Workspace) -> None:
        enter(workspace, view.form, workspace.units[view.unit], view.period, {second: "77"})

    session.act(other)
    settle(qtbot, session)
    assert bubble.isHidden()
    assert text(page, second) == "77,00"


@pytest.mark.parametrize("instead", ["escape", "next", "same", "layer", "period", "close"])
def test_an_estimated_part_nobody_said_the_meaning_of_is_not_lost(
    qtbot: QtBot, decimals: EntryPage, instead: str
) -> None:
    """It cannot stand in the figure as text, so it stays as what is not stored: marked, told, asked for."""
    page = decimals
    first, second, *_ = ages(page)
    reading, session = page.area.reading, page.session
    for key in (first, second):
        words(qtbot, page, key, "9999,5")
    reading.show_layer("estimated")
    if instead == "same":
        page.area.go_to(first)
        for letter in "1.500":
            type_words(page.area.grid.cells.editor or page.area.grid, letter)
        qtbot.keyClick(page.area.grid.cells.editor or page.area.grid, Qt.Key.Key_Return)
        words(qtbot, page, second, "2.500")
        qtbot.keyClick(reading.bubble, Qt.Key.Key_1)
        settle(qtbot, session)
    else:
        asked(qtbot, page, first, "1.500")
    if instead == "escape":
        qtbot.keyClick(reading.bubble, Qt.Key.Key_Escape)
    elif instead == "next":
        qtbot.keyClick(reading.bubble, Qt.Key.Key_7)
    elif instead == "layer":
        reading.show_layer("printed")
    elif instead == "period":
        session.go(period=Period(2025, "H1"))
    elif instead == "close":
        assert not page.window().close()
        dialog_of(page).reject()
    settle(qtbot, session)
    assert [write.texts for write in session.unstored] == [{first: "1.500"}]
    if instead == "next":
        editor = page.area.grid.cells.editor
        assert editor is not None
        assert editor.text() == "7"
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    if instead == "period":
        session.go(period=Period(2026, "H1"))
        settle(qtbot, session)
    if instead != "same":
        reading.show_layer("estimated")
        asked(qtbot, page, first, "1.500")  # typed again it is asked about again
        qtbot.keyClick(reading.bubble, Qt.Key.Key_1)
        settle(qtbot, session)
        assert not session.unstored
        assert text(page, first).startswith("9.999,50")
    session.give_up()


def test_a_key_that_is_no_answer_is_the_next_figure(qtbot: QtBot, decimals: EntryPage) -> None:
    """The first keystroke is never lost: who types on has not seen the bubble, or does not care."""
    page = decimals
    first, second, *_ = ages(page)
    bubble = page.area.reading.bubble
    asked(qtbot, page, first, "1.500")
    qtbot.keyClick(bubble, "7")
    assert bubble.isHidden()
    editor = page.area.grid.cells.editor
    assert editor is not None
    assert editor.text() == "7"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert (text(page, first), text(page, second)) == ("1.500", "7,00")

    bubble.grace = 60_000  # so soon after it was shown, "1" is the next figure too
    asked(qtbot, page, first, "1.500")
    qtbot.keyClick(bubble, "1")
    editor = page.area.grid.cells.editor
    assert editor is not None
    assert editor.text() == "1"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


# the estimated layer


def test_the_estimated_layer_shows_and_takes_that_part_alone(qtbot: QtBot, sheet: EntryPage) -> None:
    first, second, *_ = opened_cells(sheet, 2)
    grid = sheet.area.grid
    for key, typed in ((first, "120+15"), (second, "40")):
        sheet.area.go_to(key)
        type_in(qtbot, sheet, typed)
    assert text(sheet, first) == "135"
    sheet.area.tools.layers["estimated"].click()
    shown = grid.sheet.index_of(first)
    assert (shown.data(), grid.sheet.index_of(second).data()) == ("15", "")
    sheet.area.go_to(second)
    type_in(qtbot, sheet, "=2+3")
    assert grid.sheet.index_of(second).data() == "5"
    sheet.area.go_to(first)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    settle(qtbot, sheet.session)
    assert grid.sheet.index_of(first).data() == ""
    sheet.area.tools.layers["printed"].click()
    assert grid.sheet.index_of(first).data() == "135"
    assert grid.sheet.typed(grid.sheet.index_of(first)) == "135"
    assert grid.sheet.typed(grid.sheet.index_of(second)) == "35+5"


def test_a_cell_without_a_figure_says_what_its_estimated_part_waits_for(
    qtbot: QtBot, sheet: EntryPage
) -> None:
    """ENT-003: no key is swallowed without a word, however one begins."""
    first, second, *_ = opened_cells(sheet, 2)
    grid, bar = sheet.area.grid, sheet.area.bar
    sheet.area.go_to(first)
    type_in(qtbot, sheet, "40")
    sheet.area.go_to(second)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    settle(qtbot, sheet.session)
    sheet.area.tools.layers["estimated"].click()

    def double_click() -> None:
        where = grid.visualRect(grid.sheet.index_of(second)).center()
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)

    for begin in (lambda: type_words(grid, "3"), lambda: qtbot.keyClick(grid, Qt.Key.Key_F2), double_click):
        sheet.area.go_to(second)
        assert bar.isHidden()
        begin()
        assert grid.cells.editor is None
        assert "ENT-003" in bar.words.text()
        assert "chưa có số báo cáo" in bar.words.text()
        assert bar.isVisible()
        bar.hide()
    # A total that the program reckons has no part that anybody types; moving about says nothing.
    [total] = opened_or_computed(sheet)
    sheet.area.go_to(total)
    type_words(grid, "3")
    assert bar.isHidden()
    sheet.area.go_to(first)
    type_in(qtbot, sheet, "15")
    settle(qtbot, sheet.session)
    assert grid.sheet.index_of(first).data() == "15"
    assert bar.isHidden()
    # What is pasted says it too.
    QApplication.clipboard().setText("3")
    sheet.area.go_to(second)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(sheet)
    assert isinstance(dialog, PasteDialog)
    assert "chưa có số báo cáo" in dialog.counts.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    sheet.area.go_to(first)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    settle(qtbot, sheet.session)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, sheet.session)
    assert grid.sheet.index_of(first).data() == "3"  # where there was a figure and no part of it yet
    sheet.area.tools.layers["printed"].click()


def test_what_is_no_estimated_part_is_refused_and_stays_in_view(qtbot: QtBot, sheet: EntryPage) -> None:
    [key] = opened_cells(sheet, 1)
    sheet.area.go_to(key)
    type_in(qtbot, sheet, "40")
    sheet.area.tools.layers["estimated"].click()
    sheet.area.go_to(key)
    type_in(qtbot, sheet, "5O")
    window = sheet.window()
    assert "ENT-004" in window.bar.words.text()  # type: ignore[attr-defined]
    assert text(sheet, key) == "40"
    sheet.area.tools.layers["printed"].click()


def test_a_final_round_has_no_such_layer(entry: Entry) -> None:
    page = entry("17c/BTP/HTQTCT/CT", "2024-Y")
    assert page.area.tools.switch.isHidden()
    assert page.area.reading.layer == "printed"


# the menu


def test_the_menu_says_every_key_and_only_what_is_possible_can_be_chosen(
    qtbot: QtBot, sheet: EntryPage
) -> None:
    [key] = opened_cells(sheet, 1)
    sheet.area.go_to(key)
    menu = cell_menu(sheet.area.grid)
    shown = {found.text().split("\t")[0]: found for found in menu.actions() if found.text()}
    keys = dict(found.text().split("\t") for found in menu.actions() if "\t" in found.text())
    assert keys["Cắt"] == "Ctrl+X"
    assert keys["– Không phát sinh"] == "-"
    assert keys["… Chưa có số liệu"] == ".."
    assert keys["Chép xuống"] == "Ctrl+D"
    assert keys["Ghi chú…"] == "Shift+F2"
    assert "Sao chép kèm đầu biểu" in shown
    assert all(shown[name].isEnabled() for name in ("Cắt", "Dán", "– Không phát sinh", "Để trống"))

    [total] = opened_or_computed(sheet)
    sheet.area.go_to(total)
    menu = cell_menu(sheet.area.grid)
    shown = {found.text().split("\t")[0]: found for found in menu.actions() if found.text()}
    assert not any(shown[name].isEnabled() for name in ("Cắt", "Dán", "– Không phát sinh", "Để trống"))
    assert shown["Sao chép"].isEnabled()
    assert shown["Sao chép kèm đầu biểu"].isEnabled()


def test_the_menu_brings_the_former_figure_back(qtbot: QtBot, sheet: EntryPage) -> None:
    [key] = opened_cells(sheet, 1)
    for typed in ("40+2", "50"):
        sheet.area.go_to(key)
        type_in(qtbot, sheet, typed)
    sheet.area.go_to(key)
    action(cell_menu(sheet.area.grid), "Lấy lại số trước").trigger()
    settle(qtbot, sheet.session)
    assert sheet.area.grid.sheet.typed(sheet.area.grid.sheet.index_of(key)) == "40+2"


def opened_or_computed(page: EntryPage) -> list[Key]:
    """A total the program reckons, which nothing can be typed into."""
    assert page.view is not None
    cells = page.view.tables[0].cells
    return [key for key, cell in cells.items() if cell.kind == "computed" and not cell.enterable][:1]


def test_alt_and_arrow_open_the_states_first(qtbot: QtBot, sheet: EntryPage) -> None:
    [key] = opened_cells(sheet, 1)
    sheet.area.go_to(key)
    open_menu(sheet.area.grid)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    first = menu.activeAction()
    assert first is not None
    assert first.text().startswith("– Không phát sinh")
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settle(qtbot, sheet.session)
    assert text(sheet, key) == "–"


# bad input


def test_what_cannot_be_read_is_kept_marked_and_moves_no_neighbour(qtbot: QtBot, sheet: EntryPage) -> None:
    first, second, third = opened_cells(sheet, 3)
    before = {key: text(sheet, key) for key in (first, third)}
    for typed in ("12O", "1e5", "NaN", "1\u202e2", "٣٤", "10000000000000000", "12\u200f"):
        words(qtbot, sheet, second, typed)
        assert sheet.view is not None
        assert sheet.view.tables[0].cells[second].state == "unreadable"
        assert next(f.severity for f in sheet.view.findings if f.cell == second) == "error"
        assert {key: text(sheet, key) for key in (first, third)} == before
