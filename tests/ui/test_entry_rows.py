"""Rows and fill helpers on the entry page, by keys and menus: each one act with a name, each undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from judapp.app.entering import enter
from judapp.domain.period import Period
from judapp.ui.pages.entry import EntryPage
from judapp.ui.settings import settings
from tests.torture.paper import NUMBER, OWNER, PERIOD, new_file
from tests.ui.conftest import Opened, settle, type_words
from tests.ui.entry_page import FORM, Entry, at, dialog_of, entry, text, type_in

__all__ = ["entry"]

OWN_ROWS = "21b/TP/HTPLDN"
CONTROL, ALT_SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
)


def labels(page: EntryPage) -> list[str]:
    assert page.view is not None
    return [row.label for row in page.view.tables[0].rows if row.own]


def press(qtbot: QtBot, page: EntryPage, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """A key in the grid, while the window is the active one; then wait for the disk."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.area.grid, key, held)
    settle(qtbot, page.session)


def choose(menu: QMenu, words: str) -> None:
    """Choose the line of a menu that holds these words."""
    [line] = [action for action in menu.actions() if words in action.text()]
    line.trigger()


def field_of(dialog: QDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit)
    assert found is not None
    return found


def answer(qtbot: QtBot, page: EntryPage, words: str = "") -> QDialog:
    """Type into the dialog that is open and accept it."""
    dialog = dialog_of(page)
    if words:
        field = field_of(dialog)
        field.selectAll()
        type_words(field, words)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    return dialog


def add(qtbot: QtBot, page: EntryPage, words: str) -> str:
    """Add a row with F5; its key."""
    press(qtbot, page, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    answer(qtbot, page, words)
    key = page.area.grid.key()
    assert key is not None
    return key[1]


def test_rows_are_added_renamed_moved_and_removed_by_keys_and_menu(qtbot: QtBot, entry: Entry) -> None:
    page = entry(OWN_ROWS, "2026-H1", "TH")
    before = labels(page)
    assert page.area.tools.add.isVisible()
    one, two = add(qtbot, page, "Ban Quản lý"), add(qtbot, page, "Đoàn Luật sư")
    assert labels(page) == [*before, "Ban Quản lý", "Đoàn Luật sư"]
    page.area.go_to(("", two, "1"))
    type_in(qtbot, page, "7")
    page.area.go_to(("", two, "1"))
    press(qtbot, page, Qt.Key.Key_Up, ALT_SHIFT)
    assert labels(page) == [*before, "Đoàn Luật sư", "Ban Quản lý"]
    assert page.area.grid.key() == ("", two, "1")  # the active cell goes with its row
    assert text(page, ("", two, "1")) == "7"
    press(qtbot, page, Qt.Key.Key_Down, ALT_SHIFT)
    assert labels(page) == [*before, "Ban Quản lý", "Đoàn Luật sư"]
    choose(page.area.tools.row_menu(), "Đổi tên")
    assert field_of(dialog_of(page)).text() == "Đoàn Luật sư"
    answer(qtbot, page, "Đoàn Luật sư tỉnh")
    assert labels(page)[-1] == "Đoàn Luật sư tỉnh"
    assert text(page, ("", two, "1")) == "7"
    # One with figures is removed only after it was said how many go with it.
    page.area.go_to(("", two, "1"))
    press(qtbot, page, Qt.Key.Key_Minus, CONTROL)
    dialog = dialog_of(page)
    assert dialog.windowTitle() == "Bỏ dòng “Đoàn Luật sư tỉnh”"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert labels(page)[-1] == "Đoàn Luật sư tỉnh"
    press(qtbot, page, Qt.Key.Key_Minus, CONTROL)
    answer(qtbot, page)
    assert labels(page) == [*before, "Ban Quản lý"]
    page.area.go_to(("", one, "1"))
    press(qtbot, page, Qt.Key.Key_Minus, CONTROL)  # an empty one goes at once
    assert labels(page) == before
    page.session.undo()
    page.session.undo()
    settle(qtbot, page.session)
    assert labels(page)[-1] == "Đoàn Luật sư tỉnh"
    assert text(page, ("", two, "1")) == "7"


def test_rows_of_the_form_and_of_units_say_why_they_stay(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    notice = page.area.notice
    assert not page.area.tools.add.isVisible()
    press(qtbot, page, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert notice.isVisible()
    assert "mỗi dòng là một đơn vị trong danh mục" in notice.words.text()
    page.area.go_to(at(page, "I.1", "1"))
    press(qtbot, page, Qt.Key.Key_Minus, CONTROL)
    assert "là dòng của một đơn vị" in notice.words.text()
    press(qtbot, page, Qt.Key.Key_Up, ALT_SHIFT)
    page.area.go_to(at(page, "I", "1"))
    press(qtbot, page, Qt.Key.Key_Minus, CONTROL)
    assert "là dòng in sẵn của biểu" in notice.words.text()
    assert page.session.undoable == () or "dòng" not in page.session.undoable[0].label


def test_the_period_before_stands_in_until_it_is_typed_over_or_confirmed(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2027-H1", "TH")
    assert page.view is not None
    empty = len(page.view.unanswered)
    assert page.view.state == "missing"
    assert page.area.strip.words.whole().startswith("Gõ số vào ô trắng, dán từ Excel (Ctrl+V)")
    choose(page.area.tools.fill_menu(), "Lấy số kỳ trước làm nháp")
    settle(qtbot, page.session)
    dialog = dialog_of(page)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    taken = empty - len(page.view.unanswered)
    assert taken > 400
    assert page.session.undoable[0].label == f"Lấy nháp {taken} ô từ 6 tháng đầu năm 2026, biểu 10b/TP/CC"
    drafts = page.area.fills.drafts()
    assert len(drafts) == taken
    assert page.view.state == "draft"
    # Typing the very same figure confirms it; so does the button of the strip.
    page.area.go_to(drafts[0])
    assert "Số nháp lấy từ 6 tháng đầu năm 2026" in page.area.strip.words.whole()
    cell = page.area.grid.sheet.typed(page.area.grid.currentIndex())
    type_in(qtbot, page, cell)
    assert page.area.fills.drafts() == drafts[1:]
    page.area.go_to(drafts[1])
    [confirm] = [button for button in page.area.strip.buttons() if button.text() == "Xác nhận"]
    qtbot.mouseClick(confirm, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert page.area.fills.drafts() == drafts[2:]
    page.area.go_to(drafts[2])
    choose(page.area.tools.fill_menu(), "đang chọn")
    settle(qtbot, page.session)
    assert page.area.fills.drafts() == drafts[3:]
    choose(page.area.tools.fill_menu(), f"cả {taken - 3} ô")
    settle(qtbot, page.session)
    assert page.area.fills.drafts() == []
    assert page.session.undoable[0].label == f"Xác nhận {taken - 3} ô số nháp, biểu 10b/TP/CC"


def test_where_a_row_was_removed_the_next_one_is_active_and_gets_what_is_typed_at_once(
    qtbot: QtBot, entry: Entry
) -> None:
    """As in Excel; never the first cell of the form, nor the row that goes."""
    page = entry(OWN_ROWS, "2026-H1", "TH")
    assert page.view is not None
    grid = page.area.grid
    first, second, third = (add(qtbot, page, words) for words in ("Một", "Hai", "Ba"))
    for key in (first, second, third):
        page.area.go_to(("", key, "2"))
        type_in(qtbot, page, "5")
    begun = {key: cell.typed for key, cell in page.view.tables[0].cells.items()}
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.area.go_to(("", second, "2"))
    QTest.keyClick(grid, Qt.Key.Key_Minus, CONTROL)
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return)
    for sign in "77":
        QTest.keyClick(grid.cells.editor or grid, Qt.Key(ord(sign)))
    QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)
    assert grid.cells.editor is None
    settle(qtbot, page.session)
    assert not page.session.unstored
    now = {key: cell.typed for key, cell in page.view.tables[0].cells.items() if cell.kind == "open"}
    changed = {key for key in now if now[key] != begun.get(key)}
    assert changed == {("", third, "2")}
    assert now["", third, "2"] == "77"
    page.area.go_to(("", third, "2"))
    below = [row.key for row in page.view.tables[0].rows]
    at = below.index(third)
    neighbour = below[at + 1] if at + 1 < len(below) else below[at - 1]
    press(qtbot, page, Qt.Key.Key_Minus, CONTROL)
    answer(qtbot, page)
    assert grid.key() == ("", neighbour, "2")


def test_a_stand_in_with_a_graver_fault_is_confirmed_by_typing_it_too(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    with new_file(tmp_path / "so.sqlite") as workspace:
        texts = {("", "I.1", "1"): "9", ("", "I.1", "2"): "3", ("", "I.1", "3"): "4"}
        enter(workspace, NUMBER, workspace.units[OWNER], Period(PERIOD.year - 1, PERIOD.round), texts)
    settings().setValue("page", "entry")
    window = opened(tmp_path / "so.sqlite", PERIOD.code)
    window.session.show("entry", form=NUMBER)
    settle(qtbot, window.session)
    page = window.pages["entry"]
    assert isinstance(page, EntryPage)
    choose(page.area.tools.fill_menu(), "Lấy số kỳ trước làm nháp")
    settle(qtbot, page.session)
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    before = page.area.fills.drafts()
    cell = ("", "I.1", "1")
    page.area.go_to(cell)
    assert page.area.grid.sheet.cell(page.area.grid.currentIndex()).code == "REL-001"  # 9 ≠ 3 + 4
    type_in(qtbot, page, "9")
    assert page.area.fills.drafts() == [key for key in before if key != cell]


def test_a_draft_is_taken_once_and_never_from_nothing(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-Y1", "TH")
    assert page.view is not None
    choose(page.area.tools.fill_menu(), "Lấy số kỳ trước làm nháp")
    settle(qtbot, page.session)
    assert "Không có số kỳ trước" in page.area.notice.words.text()
    left = len(page.view.unanswered)
    choose(page.area.tools.fill_menu(), f"“chưa có số liệu” vào {left} ô")
    settle(qtbot, page.session)
    assert page.view.unanswered == ()
    assert page.session.undoable[0].label == f"Điền “chưa có số liệu” vào {left} ô, biểu 10b/TP/CC"
    page.area.rows.move(1)
    assert FORM not in page.session.undoable[0].label


def test_every_act_on_the_sheet_is_in_the_palette(qtbot: QtBot, entry: Entry) -> None:
    page = entry(OWN_ROWS, "2026-H1", "TH")
    acts = {act.code: act for act in page.acts()}
    assert acts["SHT-act-draft"].blocked == "không còn ô trống" or not acts["SHT-act-draft"].blocked
    page.area.go_to(("", next(row.key for row in page.view.tables[0].rows if row.own), "1"))  # type: ignore[union-attr]
    acts = {act.code: act for act in page.acts()}
    assert not acts["SHT-act-rename-row"].blocked
    assert acts["SHT-act-confirm"].blocked == "không có ô số nháp"
    before = labels(page)
    acts["SHT-act-row-down"].do()
    settle(qtbot, page.session)
    assert labels(page) == [before[1], before[0], *before[2:]]
