"""The head of the entry page and the ways between forms, units, tables and findings, by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from judapp.ui.pages.entry import EntryPage
from tests.ui.conftest import settle
from tests.ui.entry_page import FORM, Entry, at, dialog_of, entry, text, type_in

__all__ = ["entry"]

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BIRTHS = "13a/BTP/HTQTCT/HT"


def press(qtbot: QtBot, page: EntryPage, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """A key where one types, while the window is the active one; then wait for the disk."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.area.grid.cells.editor or page.area.grid, key, held)
    settle(qtbot, page.session)


def test_units_are_stepped_through_and_row_and_column_stay(qtbot: QtBot, entry: Entry) -> None:
    page = entry(BIRTHS, "2018-Y", "TH001")
    first = page.view
    assert first is not None
    key = next(k for k, cell in first.tables[0].cells.items() if cell.enterable and cell.kind == "open")
    page.area.go_to(key)
    qtbot.keyClick(page.area.grid, "8")  # the editor is open: what stands in it is kept first
    assert page.area.grid.cells.editor is not None
    press(qtbot, page, Qt.Key.Key_PageDown, ALT)
    assert page.view is not None
    assert page.view.form == first.form
    assert page.view.unit != first.unit
    assert page.area.grid.key() == key
    assert page.session.undoable[0].label.endswith(f"biểu {BIRTHS}")
    press(qtbot, page, Qt.Key.Key_PageUp, ALT)
    assert page.view.unit == first.unit
    assert page.area.grid.key() == key
    assert text(page, key) == "8"
    # The picker names those who report this form, and finds them without marks.
    qtbot.mouseClick(page.sheet_head.unit, Qt.MouseButton.LeftButton)
    picker = page.sheet_head.unit_picker
    assert picker is not None
    qtbot.keyClicks(picker.search, "thuc hanh 007")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert "007" in page.view.unit_name


def test_forms_are_stepped_through_from_within_the_editor(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    key = at(page, "I.1", "1")
    page.area.go_to(key)
    qtbot.keyClick(page.area.grid, "9")
    press(qtbot, page, Qt.Key.Key_PageDown, CONTROL)
    assert page.view is not None
    assert page.view.form != "10b/TP/CC"
    press(qtbot, page, Qt.Key.Key_PageUp, CONTROL)
    assert page.view.form == "10b/TP/CC"
    assert page.area.grid.key() == key  # one comes back to where one was
    assert text(page, key) == "9"


def test_the_steps_say_what_is_known_and_what_no_file_records(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    qtbot.mouseClick(page.sheet_head.state, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    card = page.heading.card
    assert card is not None
    assert card.lines[0].startswith("1 Nhập: ")
    assert card.lines[2:] == [
        "3 Trình duyệt: chưa trình",
        "4 Duyệt: tệp này chưa ghi bước này",
        "5 Gửi Bộ: tệp này chưa ghi bước này",
    ]
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    page.submit()
    settle(qtbot, page.session)
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    page.heading.show_steps()
    settle(qtbot, page.session)
    assert page.heading.card is not None
    assert page.heading.card.lines[2].startswith("3 Trình duyệt: Trình duyệt biểu 10b/TP/CC (Lan, ")
    page.heading.card.close()
    page.session.show("entry", form="21b/TP/HTPLDN")


def test_a_base_units_sheet_is_received_checked_and_closed(qtbot: QtBot, entry: Entry) -> None:
    page = entry(BIRTHS, "2018-Y", "TH001")
    page.heading.show_steps()
    settle(qtbot, page.session)
    assert page.heading.card is not None
    assert [line.partition(":")[0] for line in page.heading.card.lines] == ["1 Nhận", "2 Kiểm tra", "3 Chốt"]
    page.heading.card.close()


def test_two_tables_are_changed_by_keys_and_findings_walked_over_both(qtbot: QtBot, entry: Entry) -> None:
    page = entry("17c/BTP/HTQTCT/CT", "2024-Y", "TH")
    area = page.area
    assert page.view is not None
    one, two = (
        next(k for k, cell in table.cells.items() if cell.enterable and cell.kind == "open")
        for table in page.view.tables
    )
    for key in (two, one):
        area.go_to(key)
        type_in(qtbot, page, "12O")
    area.go_to(one)
    press(qtbot, page, Qt.Key.Key_Tab, CONTROL)
    assert area.tabs.currentIndex() == 1
    press(qtbot, page, Qt.Key.Key_Tab, CONTROL)
    assert area.tabs.currentIndex() == 0
    listed = [finding.cell for finding in page.view.findings if finding.cell is not None]
    assert {one[0], two[0]} <= {cell[0] for cell in listed}
    area.go_to(listed[-1])
    walked = []
    for _ in listed:
        press(qtbot, page, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
        walked.append(area.grid.key())
    assert walked == listed  # after the last the first
    press(qtbot, page, Qt.Key.Key_F8, SHIFT)
    assert area.grid.key() == listed[-2]


def test_totals_drawn_along_are_said_with_the_typed_cell(qtbot: QtBot, entry: Entry) -> None:
    page = entry(FORM, "2025-H1", "TH")
    page.area.go_to(at(page, "I.1", "2"))
    type_in(qtbot, page, "9999")
    page.area.go_to(at(page, "I.1", "2"))
    words = page.area.strip.words.whole()
    assert "Cột (2) = Cột (3) + Cột (4)" in words
    assert words.endswith("(kéo theo 2 dòng tổng)")
    assert page.view is not None
    assert page.view.count("error") == 1
