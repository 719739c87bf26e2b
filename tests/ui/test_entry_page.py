"""What stands around the grid on the entry page: findings, details, notes, forms, handing in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.pages.entry import EntryPage
from judapp.ui.window import MainWindow
from tests.ui.conftest import settle
from tests.ui.entry_page import FORM, Entry, at, dialog_of, entry, type_in

__all__ = ["entry"]


def test_an_explanation_is_written_under_its_cell(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "I.1", "4")
    page.area.go_to(key)
    settle(qtbot, page.session)
    QTest.keyClick(page.area.grid, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    box = page.area.box
    assert box.isVisible()
    assert "47,2 %" in box.question.text()
    qtbot.keyClicks(box.field, "Do sap nhap van phong")
    qtbot.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert page.view is not None
    cell = page.view.tables[0].cells[key]
    assert cell.explained
    assert cell.severity is None
    page.area.go_to(key)
    qtbot.waitUntil(lambda: bool(page.area.panel.cell.details and page.area.panel.cell.details.explanation))


def test_who_leaves_an_explanation_for_another_field_types_there(qtbot: QtBot, entry: Entry) -> None:
    """Not over the figure the explanation belongs to."""
    page = entry()
    key = at(page, "I.1", "4")
    grid, search = page.area.grid, page.area.search.bar
    field = next(iter(page.area.notes.fields.values()))
    before = grid.sheet.index_of(key)
    shown = before.data()
    for leave in (
        lambda: qtbot.mouseClick(field, Qt.MouseButton.LeftButton),
        lambda: QTest.keyClick(page.area.box.field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier),
    ):
        page.area.go_to(key)
        page.window().activateWindow()
        QTest.keyClick(grid, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        assert page.area.box.field.hasFocus()
        leave()
        settle(qtbot, page.session)
        assert page.area.box.isHidden()
        assert (field if search.isHidden() else search.field).hasFocus()
        assert grid.sheet.index_of(key).data() == shown


def test_f8_walks_through_the_findings_and_the_list_leads_to_cells(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    assert page.view is not None
    cells = [f.cell for f in page.view.findings]
    QTest.keyClick(page.area.grid, Qt.Key.Key_F8)
    assert page.area.grid.key() == cells[0]
    QTest.keyClick(page.area.grid, Qt.Key.Key_F8)
    assert page.area.grid.key() == cells[1]
    QTest.keyClick(page.area.grid, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.area.grid.key() == cells[0]
    qtbot.mouseClick(page.area.strip.more, Qt.MouseButton.LeftButton)
    listed = page.area.panel.findings
    item = listed.item(3)
    where = listed.visualItemRect(item).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.area.grid.key() == cells[3]


def test_a_broken_relation_offers_the_cells_it_names(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.area.go_to(at(page, "I.1", "2"))
    type_in(qtbot, page, "9999")
    page.area.go_to(at(page, "I.1", "2"))
    names = [button.text() for button in page.area.strip.buttons()]
    assert names == ["Tới (2)", "Tới (3)", "Tới (4)"]
    qtbot.mouseClick(page.area.strip.buttons()[1], Qt.MouseButton.LeftButton)
    assert page.area.grid.key() == at(page, "I.1", "3")


def test_note_slots_are_kept_like_figures(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key, field = next(iter(page.area.notes.fields.items()))
    assert field.text() == "23"
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "22")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view is not None
    assert "22" in [part.text for part in page.view.notes[0].parts if not isinstance(part, str)]
    assert page.area.notes.fields[key].text() == "22"
    page.session.undo()
    settle(qtbot, page.session)
    assert page.area.notes.fields[key].text() == "23"


def test_submitting_is_refused_with_what_is_missing(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    assert page.head.primary_button is not None
    qtbot.mouseClick(page.head.primary_button, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert page.area.bar.isVisible()
    assert "0 lỗi, 31 chỗ chưa thuyết minh, 0 ô trống" in page.area.bar.words.text()
    assert page.view is not None
    assert not page.view.locked


def test_a_submitted_sheet_is_read_only_until_it_is_taken_back(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    assert page.head.primary_button is not None
    qtbot.mouseClick(page.head.primary_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.state == "submitted"
    assert "chỉ xem" in page.head.sentence.whole()
    page.area.go_to(at(page, "I.1", "1"))
    qtbot.keyClick(page.area.grid, "7")
    assert page.area.grid.cells.editor is None
    assert page.head.primary_button.text() == "Rút lại"
    qtbot.mouseClick(page.head.primary_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Sua so")
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view.locked == ""


def test_own_rows_are_added_and_removed(qtbot: QtBot, entry: Entry) -> None:
    page = entry("21b/TP/HTPLDN", "2026-H1", "TH")
    assert page.view is not None
    before = len(page.view.tables[0].rows)
    QTest.keyClick(page.area.grid, Qt.Key.Key_F5)
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Ban Quan ly")
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    rows = page.view.tables[0].rows
    assert len(rows) == before + 1
    assert rows[-1].label == "Ban Quan ly"
    key = page.area.grid.key()
    assert key is not None
    assert key[1] == rows[-1].key
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.area.grid, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert len(page.view.tables[0].rows) == before


def test_two_tables_stand_under_two_tabs(qtbot: QtBot, entry: Entry) -> None:
    page = entry("17c/BTP/HTQTCT/CT", "2024-Y", "TH")
    assert page.area.tabs.count() == 2
    rect = page.area.tabs.tabRect(1)
    qtbot.mouseClick(page.area.tabs, Qt.MouseButton.LeftButton, pos=rect.center())
    table = page.area.grid.sheet.table
    assert table is not None
    assert table.key == "II"
    assert len(table.columns) == 3
    page.area.go_to(at(page, "1", page.view.tables[0].columns[0].name, "I"))  # type: ignore[union-attr]
    assert page.area.tabs.currentIndex() == 0


def test_without_a_form_the_forms_of_the_period_are_listed(qtbot: QtBot, entry: Entry) -> None:
    page = entry("", "2026-H1", "TH")
    table = page.forms.table
    assert table.isVisible()
    assert table.current() == "10b/TP/CC"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.form == "10b/TP/CC"


def test_the_form_is_found_by_words_without_marks(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    qtbot.mouseClick(page.sheet_head.form, Qt.MouseButton.LeftButton)
    picker = page.sheet_head.picker
    assert picker is not None
    qtbot.keyClicks(picker.search, "ho tro phap ly")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.form == "21b/TP/HTPLDN"


def test_another_period_shows_the_form_of_its_circular(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    page.session.go(period=Period.parse("2025-H1"))
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.form == FORM
    page.session.go(period=Period.parse("2025-E06"))  # no form of this family
    settle(qtbot, page.session)
    assert page.forms.table.isVisible()


def test_a_place_another_page_leads_to_becomes_the_active_cell(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = at(page, "II.5", "6")
    page.session.show("entry", form=FORM, cell=key)
    settle(qtbot, page.session)
    assert page.area.grid.key() == key


def test_the_panel_folds_where_the_window_is_narrow(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    assert page.area.panel.isVisible()
    page.window().resize(1100, 640)
    qtbot.waitUntil(lambda: not page.area.panel.isVisible())
    QTest.keyClick(page.area.grid, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert page.area.panel.isVisible()


def test_in_another_language_the_same_cell_of_the_same_sheet_is_active(qtbot: QtBot, entry: Entry) -> None:
    """What was half typed is kept, and who types on does so in its cell."""
    page = entry()
    key = at(page, "I.1", "2")
    page.area.go_to(key)
    qtbot.keyClick(page.area.grid, "7")
    window = page.window()
    assert isinstance(window, MainWindow)
    try:
        window.speak("en")
        settle(qtbot, window.session)
        again = window.pages["entry"]
        assert isinstance(again, EntryPage)
        assert again is not page
        assert again.view is not None
        assert again.view.form == FORM
        assert again.area.grid.key() == key
        assert again.area.grid.sheet.index_of(key).data() == "7"
    finally:
        window.speak("vi")
    settle(qtbot, window.session)
