"""A form of the catalogue is edited with real events: part by part, saved in place or as a version, moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.workspace import Workspace
from judapp.store import sheets
from judapp.ui.pages.forms import FormsPage
from judapp.ui.pages.forms_moving import MoveDialog
from judapp.ui.pages.learning import LearnPane
from judapp.ui.pages.learning_save import VersionDialog
from judapp.ui.settings import settings
from judapp.ui.widgets.basic import Label
from tests.ui.conftest import Opened, settle, type_words

USED, UNUSED, INCOMPLETE = "10b/TP/CC", "12a/BTP/BTTP/CC", "24/BTP/TGPL"
COLUMN = "$.tables[0].columns[1].children[1].children[0]"
Edited = Callable[[str], LearnPane]


@pytest.fixture
def page(qtbot: QtBot, opened: Opened, demo: Path) -> FormsPage:
    """The catalogue of the demonstration."""
    settings().setValue("page", "home")
    window = opened(demo, "2026-H1", "TH")
    window.session.show("forms")
    settle(qtbot, window.session)
    made = window.pages["forms"]
    assert isinstance(made, FormsPage)
    qtbot.waitUntil(lambda: made.catalogue is not None)
    return made


@pytest.fixture
def edited(qtbot: QtBot, page: FormsPage) -> Edited:
    """Opens a form as it prints and presses "Sửa định nghĩa…"."""

    def open_it(number: str) -> LearnPane:
        assert page.catalogue is not None
        page.open_form(next(line.version for line in page.catalogue.lines if line.number == number))
        settle(qtbot, page.session)
        press(qtbot, page, page.printed.edit)
        assert page.stack.currentWidget() is page.learn
        return page.learn

    return open_it


def press(qtbot: QtBot, page: FormsPage, made: QWidget) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)


def write(qtbot: QtBot, pane: LearnPane, path: str, words: str) -> None:
    """Go to a part, F2, type, Enter."""
    parts = pane.look.parts
    assert parts.go_to(path)
    parts.setFocus()
    qtbot.keyClick(parts, Qt.Key.Key_F2)
    editor = parts.findChild(QLineEdit)
    assert editor is not None
    editor.clear()
    type_words(editor, words)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    for _ in range(4):  # the editor commits, closes and is done before the definition is shown anew
        QApplication.processEvents()


def value(pane: LearnPane, path: str) -> str:
    return pane.look.parts.parts[path].value


def versions(qtbot: QtBot, page: FormsPage, number: str) -> list[tuple[str, int]]:
    """Title and number of sheets of each version that bears a number, the oldest first."""
    found: list[list[tuple[str, int]]] = []

    def work(workspace: Workspace) -> list[tuple[str, int]]:
        known = sorted(workspace.versions.values(), key=lambda v: v.form.valid_from)
        return [
            (v.form.title, len(sheets.find(workspace.file, form=v.id)))
            for v in known
            if v.form.number == number
        ]

    page.session.ask(page, work, found.append, topic="test")
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0]


# --- looking and changing


def test_the_form_stands_as_it_prints_beside_all_its_parts(edited: Edited) -> None:
    pane = edited(USED)
    assert pane.head.name.whole() == f"Sửa định nghĩa · {USED}"
    assert [step.isVisible() for step in pane.steps] == [False, True, True]
    assert pane.save_it.text() == "Lưu định nghĩa"
    look = pane.look
    assert look.sheet.picture is not None
    assert {"B", "H", "N", "Σ"} <= set(look.sheet.picture.letters)
    assert look.parts.cells_of("$.title")
    assert not look.decisions.isVisible()
    heads = [look.parts.model().headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
    assert (heads[1], heads[3]) == ("Hiện nay", "Sửa")


def test_its_sheet_is_not_read_anew(edited: Edited) -> None:
    """The definition is the catalogue's; what a row of the drawing is follows from it."""
    sheet = edited(USED).look.sheet
    at = QPoint(5, sheet.margin.sectionPosition(2) + 2)
    QApplication.sendEvent(
        sheet.margin.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, sheet.mapToGlobal(at))
    )
    assert sheet.findChildren(QMenu) == []


def test_a_changed_part_is_marked_and_drawn(qtbot: QtBot, edited: Edited) -> None:
    pane = edited(USED)
    write(qtbot, pane, f"{COLUMN}.label", "Phí mới")
    part = pane.look.parts.parts[f"{COLUMN}.label"]
    assert (part.value, part.sure) == ("Phí mới", "changed")
    picture = pane.look.sheet.picture
    assert picture is not None
    assert "Phí mới" in [cell.text for cell in picture.cells]
    pane.look.parts.setFocus()
    qtbot.keyClick(pane.look.parts, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert value(pane, f"{COLUMN}.label") == "Phí công chứng"


def test_ins_adds_a_column_whose_label_is_typed_and_del_drops_it(qtbot: QtBot, edited: Edited) -> None:
    pane = edited(USED)
    parts = pane.look.parts
    parts.go_to(COLUMN)
    parts.setFocus()
    qtbot.keyClick(parts, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: parts.findChild(QLineEdit) is not None)
    editor = parts.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Cột mới"
    type_words(editor, "Phí khác")  # over what is selected
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    added = COLUMN.replace("children[0]", "children[1]")
    qtbot.waitUntil(lambda: value(pane, f"{added}.label") == "Phí khác")
    assert pane.look.parts.parts[f"{added}.code"].value == ""  # a number is never made up
    parts.go_to(added)
    parts.setFocus()
    qtbot.keyClick(parts, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: value(pane, f"{added}.label") != "Phí khác")
    assert parts.current_path()  # the focus goes on


def test_lines_at_the_end_of_a_list_add_to_it(qtbot: QtBot, edited: Edited) -> None:
    pane = edited(USED)
    for path in ("$.notes[+]", "$.tables[0].columns[+]", "$.tables[0].rows[+]"):
        write(qtbot, pane, path, "Thêm")
    assert pane.study is not None
    form = pane.study.learned.form
    assert form.notes[-1].text == form.tables[0].columns[-1].label == form.tables[0].rows[-1].label == "Thêm"
    assert pane.view is not None
    assert pane.view.faults == 0


def test_a_typed_relation_is_linted_and_enter_leads_to_it(qtbot: QtBot, edited: Edited) -> None:
    pane = edited(USED)
    write(qtbot, pane, "$.relations[+]", "c2 <= c99")
    [card] = pane.look.decisions.cards
    assert card.accessibleName() == "Quan hệ “c2 <= c99”: biểu không có cột (99)."
    qtbot.mouseClick(pane.save_it, Qt.MouseButton.LeftButton)
    assert "định nghĩa còn 1 lỗi" in pane.fault.words.text()
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    editor = pane.look.parts.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "c2 <= c99"
    editor.clear()
    type_words(editor, "c4 <= c3")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not pane.look.decisions.cards)


def test_the_right_click_offers_what_the_keys_do(qtbot: QtBot, edited: Edited) -> None:
    pane = edited(USED)
    parts = pane.look.parts
    part = parts.parts[COLUMN]
    menu = parts.part_menu(part)
    assert [act.text() for act in menu.actions()] == [
        "Sửa (F2)", "Thêm cột sau cột này (Ins)", "Bỏ (Del)",
    ]  # fmt: skip
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: value(pane, COLUMN.replace("children[0]", "children[1]") + ".label") == "Cột mới")


def test_an_incomplete_form_is_completed_here(qtbot: QtBot, page: FormsPage, edited: Edited) -> None:
    pane = edited(INCOMPLETE)
    [card] = pane.look.decisions.cards
    assert card.decision.path == "$.evidence.level"
    assert card.hasFocus()
    partial = next(
        made for made in card.controls if isinstance(made, QPushButton) and made.text() == "một phần"
    )
    assert partial.accessibleDescription() == card.decision.words
    press(qtbot, page, partial)
    qtbot.waitUntil(lambda: not pane.look.decisions.cards)
    parts = pane.look.parts
    parts.go_to("$.evidence.open[0]")
    parts.setFocus()
    open_points = sum(path.startswith("$.evidence.open[") for path in parts.parts)
    qtbot.keyClick(parts, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sum(p.startswith("$.evidence.open[") for p in parts.parts) == open_points - 1)
    press(qtbot, page, pane.save_it)
    assert page.stack.currentWidget() is page.printed
    assert page.printed.details is not None
    assert page.printed.details.line.evidence == "partial"
    assert len(page.printed.details.open) == open_points - 2  # without the line one adds with


def test_the_tab_key_goes_down_cards_and_then_the_list(qtbot: QtBot, edited: Edited) -> None:
    pane = edited(INCOMPLETE)
    write(qtbot, pane, "$.relations[+]", "c2 <=")
    cards = pane.look.decisions.cards
    assert len(cards) == 2
    cards[0].setFocus()
    met = []
    for _ in range(12):
        at = QApplication.focusWidget()
        assert at is not None
        if at is pane.look.parts:
            break
        met.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert [made for made in met if made in cards] == cards
    assert QApplication.focusWidget() is pane.look.parts


# --- trying and saving


def test_the_changed_form_can_be_tried(qtbot: QtBot, page: FormsPage, edited: Edited) -> None:
    pane = edited(USED)
    write(qtbot, pane, "$.relations[+]", "c4 <= c3")
    press(qtbot, page, pane.try_it)
    assert pane.steps[2].property("role") == "strong"
    assert pane.trial.view is not None
    qtbot.keyClick(pane.trial.grid, Qt.Key.Key_Escape)
    assert pane.stack.currentWidget() is pane.look


def test_saving_without_a_change_writes_nothing_and_says_so(
    qtbot: QtBot, page: FormsPage, edited: Edited
) -> None:
    pane = edited(USED)
    said: list[str] = []
    steps = page.session.undoable
    page.session.said.connect(lambda words, _: said.append(words))
    press(qtbot, page, pane.save_it)
    assert said == ["Chưa sửa gì, không có gì để lưu."]
    assert page.session.undoable == steps
    assert pane.save_it.isEnabled()


def test_a_version_nobody_uses_takes_the_change_and_undo_takes_it_back(
    qtbot: QtBot, page: FormsPage, edited: Edited
) -> None:
    pane = edited(UNUSED)
    [(before, _)] = versions(qtbot, page, UNUSED)
    write(qtbot, pane, "$.title", "TÊN MỚI")
    press(qtbot, page, pane.save_it)
    assert page.stack.currentWidget() is page.printed
    assert page.printed.head.sentence.whole() == "Tên mới"
    assert versions(qtbot, page, UNUSED) == [("TÊN MỚI", 0)]
    page.session.undo()
    settle(qtbot, page.session)
    assert versions(qtbot, page, UNUSED) == [(before, 0)]


def test_a_used_version_stays_and_its_sheets_are_moved_with_another_mapping(
    qtbot: QtBot, page: FormsPage, edited: Edited
) -> None:
    """The whole way: a new version from the period on, its sheet moved, a column left out by hand, undone."""
    pane = edited(USED)
    [(title, begun)] = versions(qtbot, page, USED)
    write(qtbot, pane, "$.title", "TÊN MỚI")
    press(qtbot, page, pane.save_it)
    dialog = page.window().findChildren(VersionDialog)[-1]
    assert dialog.windowTitle() == f"Lưu bản mới của biểu {USED}"
    said = " ".join(label.text() for label in dialog.lines.findChildren(Label) if label.isVisible())
    assert f"{begun} phiếu đang dùng định nghĩa hiện nay" in said
    assert "phiếu của các kỳ từ đó vẫn ở bản cũ" in said
    dialog.year.setValue(2020)
    settle(qtbot, page.session)
    assert not dialog.verb.isEnabled()
    assert not dialog.move_too.isVisible()
    dialog.year.setValue(2026)
    settle(qtbot, page.session)
    dialog.move_too.setChecked(True)
    press(qtbot, page, dialog.verb)
    assert versions(qtbot, page, USED) == [(title, begun), ("TÊN MỚI", 0)]

    moving = page.window().findChildren(MoveDialog)[-1]
    first = moving.outlook.lines[0]
    assert first.target == first.place
    kept = sum(line.cells for line in moving.outlook.lines if line.what == "columns")
    moving.list.setFocus()
    moving.list.go_to(0)
    qtbot.keyClick(moving.list, Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert moving.outlook.lines[0].target is None
    told = [label.text() for label in moving.lines.findChildren(Label) if label.isVisible()]
    assert any(f"{first.cells} ô không có chỗ" in words for words in told)
    assert any(words.startswith("Bị bỏ: (1) ") for words in told)
    press(qtbot, page, moving.verb)
    assert versions(qtbot, page, USED) == [(title, begun - 1), ("TÊN MỚI", 1)]
    assert kept > first.cells
    page.session.undo()
    settle(qtbot, page.session)
    assert versions(qtbot, page, USED) == [(title, begun), ("TÊN MỚI", 0)]


def test_closing_the_question_keeps_the_changes(qtbot: QtBot, page: FormsPage, edited: Edited) -> None:
    pane = edited(USED)
    write(qtbot, pane, "$.title", "TÊN MỚI")
    press(qtbot, page, pane.save_it)
    dialog = page.window().findChildren(VersionDialog)[-1]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert pane.save_it.isEnabled()
    assert value(pane, "$.title") == "TÊN MỚI"
    assert len(versions(qtbot, page, USED)) == 1


def test_changes_that_were_not_saved_are_still_there(qtbot: QtBot, page: FormsPage, edited: Edited) -> None:
    pane = edited(USED)
    write(qtbot, pane, "$.title", "TÊN MỚI")
    qtbot.keyClick(pane.look.parts, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.printed
    press(qtbot, page, page.printed.edit)
    assert value(pane, "$.title") == "TÊN MỚI"
    assert "chưa lưu từ lần trước" in pane.bar.words.text()
    drop = next(made for made in pane.bar.findChildren(QPushButton) if made.text() == "Bỏ các bước đó")
    press(qtbot, page, drop)
    assert value(pane, "$.title") != "TÊN MỚI"
    assert not pane.bar.isVisible()


# --- where sheets go


def test_enter_chooses_where_a_column_goes_and_two_into_one_is_refused(
    qtbot: QtBot, page: FormsPage, edited: Edited
) -> None:
    pane = edited(USED)
    write(qtbot, pane, "$.title", "TÊN MỚI")
    press(qtbot, page, pane.save_it)
    dialog = page.window().findChildren(VersionDialog)[-1]
    dialog.move_too.setChecked(True)
    press(qtbot, page, dialog.verb)
    moving = page.window().findChildren(MoveDialog)[-1]
    columns = [line for line in moving.outlook.lines if line.what == "columns"]
    assert any(line.words.vi.startswith("(3) Tổng số – ") for line in columns)  # of several called so
    moving.list.go_to(1)
    qtbot.keyClick(moving.list, Qt.Key.Key_Return)
    box = moving.list.findChild(QComboBox)
    assert box is not None
    assert box.accessibleName().startswith("(2) ")
    assert box.itemText(0) == "bỏ"
    places = [choice.place for choice in columns[1].choices]
    assert ("", "7") not in places  # money is no count
    box.setCurrentIndex(1 + places.index(("", "3")))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    told = [label.text() for label in moving.lines.findChildren(Label) if label.isVisible()]
    assert any("cùng chuyển vào cột (3)" in words for words in told)
    assert not moving.verb.isEnabled()
    moving.list.go_to(2)
    moving.list.setFocus()
    qtbot.keyClick(moving.list, Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert moving.verb.isEnabled()
    moving.reject()


def test_a_narrow_head_has_its_acts_in_a_menu(qtbot: QtBot, page: FormsPage) -> None:
    assert page.catalogue is not None
    page.open_form(next(line.version for line in page.catalogue.lines if line.number == USED))
    settle(qtbot, page.session)
    page.window().resize(911, 465)
    settle(qtbot, page.session)
    pane = page.printed
    assert not pane.edit.isVisible()
    menu = pane.menu()
    assert [act.text() for act in menu.actions()] == [
        "Sửa định nghĩa…", "Dùng từ kỳ…", "Xuất biểu mẫu…",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    menu.close()
    settle(qtbot, page.session)
    assert page.stack.currentWidget() is page.learn
