"""A blank becomes a form of the catalogue: read, looked through, tried out and saved with real events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.founding import new_file
from judapp.domain.period import Period
from judapp.ui.pages.learning import LearnPane
from judapp.ui.pages.learning_cards import DecisionCard
from judapp.ui.session import Session, open_file
from tests.learned_case import NUMBER, draw_blank
from tests.ui.conftest import settle, type_words

Pane = Callable[..., LearnPane]
PERIOD = Period(2026, "H1")


@pytest.fixture
def pane(qtbot: QtBot, session: Session, tmp_path: Path) -> Pane:
    """Opens a new data file and a blank in the pane: ``pane(twice=True)``."""

    def make(path: Path | None = None, **how: bool) -> LearnPane:
        new_file(tmp_path / "a.sqlite", "40", date(2026, 6, 1)).close()
        made = LearnPane(session)
        qtbot.addWidget(made)
        made.resize(1314, 623)
        with qtbot.waitSignal(session.opened, timeout=20_000):
            session.open(open_file(tmp_path / "a.sqlite"))
        made.show()
        qtbot.waitExposed(made)
        made.open_blank(path or draw_blank(tmp_path / "99b.xlsx", **how))
        settle(qtbot, session)
        return made

    return make


def card_of(pane: LearnPane, part: str) -> DecisionCard:
    """The card that asks about a part of the definition."""
    return next(card for card in pane.look.decisions.cards if part in card.decision.path)


def button_of(widget: QWidget, words: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == words)


def rules(pane: LearnPane) -> list[str]:
    assert pane.study is not None
    form = pane.study.learned.form
    return [r.rule for r in form.relations] + [c.rule for c in form.computed]


def forms_at(qtbot: QtBot, session: Session, period: Period) -> list[str]:
    """The numbers the entry page lists for a period."""
    found: list[tuple[str, ...]] = []

    def numbers(workspace: object) -> tuple[str, ...]:
        from judapp.app.grid_forms import forms_for

        return tuple(f.number for f in forms_for(workspace, workspace.owner.uid, period))  # type: ignore[attr-defined, arg-type]  # a workspace

    session.ask(session, numbers, found.append, topic="test")
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return list(found[0])


def test_a_blank_becomes_a_form_one_can_enter(qtbot: QtBot, session: Session, pane: Pane) -> None:
    """The whole way: two columns with one number, the groups' sums to accept, a wrong sum tried, saved."""
    shown = pane(twice=True, groups=True)
    assert shown.steps[1].property("role") == "strong"
    assert "cần quyết định" in shown.look.state.whole()

    # the number that stands twice is typed into its card
    card = card_of(shown, ".code")
    assert isinstance(card.field, QLineEdit)
    card.field.setFocus()
    qtbot.keyClicks(card.field, "4")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(".code" in c.decision.path for c in shown.look.decisions.cards))
    assert "c2 = c3 + c4" in rules(shown)  # the printed sentence names the column now

    # both sums of groups are taken at once
    assert shown.look.decisions.every is not None
    qtbot.mouseClick(shown.look.decisions.every, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.look.decisions.cards)
    assert "[I] = sum([I.*])" in rules(shown)
    assert shown.look.state.whole().startswith("Không còn gì phải quyết định")

    # tried out: a wrong sum is found at once
    qtbot.mouseClick(shown.try_it, Qt.MouseButton.LeftButton)
    assert shown.steps[2].property("role") == "strong"
    grid = shown.trial.grid
    assert shown.trial.view is not None
    row = shown.trial.view.tables[0].rows[2].key  # of the first unit in group I
    for column, words in (("2", "12"), ("3", "7"), ("4", "3")):
        grid.go(("", row, column))
        for sign in words:
            qtbot.keyClick(grid.cells.editor or grid, sign)
        qtbot.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)
    assert [f.code for f in shown.trial.view.findings] == ["REL-001"]
    assert "12 ≠ 10, lệch 2" in shown.trial.strip.words.whole()
    assert "1 chỗ sai" in shown.trial_state.whole()

    # saved: the entry page lists it, undo takes it back
    assert NUMBER not in forms_at(qtbot, session, PERIOD)
    said: list[tuple[str, bool]] = []
    session.said.connect(lambda words, undoable: said.append((words, undoable)))
    with qtbot.waitSignal(shown.added, timeout=10_000) as added:
        qtbot.mouseClick(shown.save_it, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert added.args == [NUMBER]
    assert said == [(f"Đã thêm biểu {NUMBER} vào danh mục.", True)]
    assert NUMBER in forms_at(qtbot, session, PERIOD)
    session.undo()
    settle(qtbot, session)
    assert NUMBER not in forms_at(qtbot, session, PERIOD)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_enter_takes_a_proposed_relation_and_del_drops_it(
    qtbot: QtBot, session: Session, pane: Pane, tmp_path: Path, key: Qt.Key
) -> None:
    shown = pane(draw_blank(tmp_path / "groups.xlsx", groups=True))
    card = next(c for c in shown.look.decisions.cards if c.decision.kind == "relation")
    rule = card.decision.value
    card.setFocus()
    qtbot.keyClick(card, key)
    qtbot.waitUntil(lambda: all(c.decision.value != rule for c in shown.look.decisions.cards))
    assert (rule in rules(shown)) is (key == Qt.Key.Key_Return)
    shown.undo()
    assert any(c.decision.value == rule for c in shown.look.decisions.cards)


def test_a_click_on_the_sheet_selects_its_line_and_back(qtbot: QtBot, pane: Pane) -> None:
    shown = pane()
    sheet, parts = shown.look.sheet, shown.look.parts
    place = sheet.rect_of((5, 6)).center()
    qtbot.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert parts.current_path() == "$.tables[0].columns[2].label"
    column = parts.go_to("$.tables[0].columns[1].children[0]")
    assert column
    parts.setFocus()
    qtbot.keyClick(parts, Qt.Key.Key_Down)
    assert sheet.marked == frozenset({(6, 4)})  # the head "Chia ra"


def test_a_value_is_changed_in_its_own_line(qtbot: QtBot, pane: Pane) -> None:
    shown = pane()
    parts = shown.look.parts
    parts.go_to("$.title", edit=True)
    editor = parts.findChild(QLineEdit)
    assert editor is not None
    type_words(editor, "SỐ VIỆC")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: parts.parts["$.title"].value == "SỐ VIỆC")
    assert parts.parts["$.title"].why == "người dùng ghi"

    path = "$.tables[0].columns[2].kind"
    parts.go_to(path, edit=True)
    box = next(b for b in parts.findChildren(QComboBox))
    box.setCurrentIndex(box.findData("count"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: parts.parts[path].value == "count")


def test_ctrl_z_takes_back_a_change_made_here(qtbot: QtBot, session: Session, pane: Pane) -> None:
    shown = pane()
    shown.edit("$.title", "KHÁC")
    shown.look.parts.setFocus()
    qtbot.keyClick(shown.look.parts, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown.look.parts.parts["$.title"].value == "SỐ VIỆC CÔNG CHỨNG TRÊN ĐỊA BÀN"
    assert session.undoable == ()


def test_ctrl_z_while_trying_takes_back_figures_not_the_definition(qtbot: QtBot, pane: Pane) -> None:
    shown = pane()
    shown.edit("$.title", "KHÁC")
    shown.try_out()
    grid, trial = shown.trial.grid, shown.trial
    assert trial.view is not None
    key = ("", trial.view.tables[0].rows[1].key, "2")
    grid.go(key)
    qtbot.keyClick(grid, "7")
    qtbot.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)
    assert trial.view.tables[0].cells[key].text == "7"
    qtbot.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert trial.view.tables[0].cells[key].text == ""
    assert shown.look.parts.parts["$.title"].value == "KHÁC"


def test_a_fault_is_shown_first_and_keeps_the_form_out(qtbot: QtBot, session: Session, pane: Pane) -> None:
    shown = pane()
    shown.edit("$.title", "")
    first = shown.look.decisions.cards[0]
    assert first.decision.kind == "fault"
    with qtbot.assertNotEmitted(shown.added):
        qtbot.mouseClick(shown.save_it, Qt.MouseButton.LeftButton)
        settle(qtbot, session)
    assert "định nghĩa còn 1 lỗi" in shown.fault.words.text()
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)  # leads to the line that is at fault
    assert shown.look.parts.current_path() == "$.title"
    assert shown.look.parts.findChild(QLineEdit) is not None


def test_the_role_of_a_row_is_changed_with_the_right_button(
    qtbot: QtBot, session: Session, pane: Pane
) -> None:
    shown = pane()
    sheet = shown.look.sheet
    assert sheet.picture is not None
    row = sheet.row_of(9)
    assert sheet.picture.letters[row] == "Σ"
    shown.edit("$.title", "TÊN KHÁC")
    menu: QMenu = sheet.row_menu(row)
    words = [act.text() for act in menu.actions()]
    assert "Đây là dòng số cột" in words
    assert "Để chương trình tự nhận" not in words
    next(act for act in menu.actions() if act.text() == "Đây là dòng nhóm").trigger()
    menu.close()
    settle(qtbot, session)
    assert sheet.picture.letters[row] == "G"
    assert shown.study is not None
    assert shown.study.learned.form.tables[0].rows[0].kind == "group"
    assert shown.study.learned.form.title == "TÊN KHÁC"  # an edit outlasts it
    menu = sheet.row_menu(row)
    next(act for act in menu.actions() if act.text() == "Để chương trình tự nhận").trigger()
    menu.close()
    settle(qtbot, session)
    assert sheet.picture.letters[row] == "Σ"


def test_a_filled_form_is_refused_in_one_sentence(pane: Pane) -> None:
    shown = pane(filled=True)
    assert shown.stack.currentWidget() is shown.refusal
    assert "(LRN-002)" in shown.refusal.sentence.text()
    assert shown.study is None
    assert shown.refusal.button is not None
    assert shown.refusal.button.text() == "Chọn tệp khác"
    assert not shown.save_it.isVisible()


def test_what_is_no_workbook_is_refused(pane: Pane) -> None:
    shown = pane(Path(__file__))
    assert "(FIL-002)" in shown.refusal.sentence.text()


def test_an_ods_blank_says_that_the_form_will_be_drawn(pane: Pane) -> None:
    shown = pane(Path(__file__).parents[1] / "data" / "blanks" / "09e-2019.ods")
    assert shown.bar.isVisible()
    assert shown.bar.words.text().startswith("Khi xuất, biểu này được vẽ lại")


def test_back_leads_from_the_trial_to_the_definition_and_from_there_out(qtbot: QtBot, pane: Pane) -> None:
    shown = pane()
    qtbot.mouseClick(shown.try_it, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(shown.go_back, Qt.MouseButton.LeftButton)
    assert shown.stack.currentWidget() is shown.look
    with qtbot.waitSignal(shown.left):
        qtbot.mouseClick(shown.go_back, Qt.MouseButton.LeftButton)


def test_hidden_helpers_are_not_drawn_and_merges_are(pane: Pane) -> None:
    sheet = pane().look.sheet
    assert sheet.picture is not None
    assert sheet.model().columnCount() == 7
    assert sheet.columnSpan(sheet.row_of(5), 2) == 3
    assert sheet.margin.role_at(QPoint(5, sheet.margin.sectionPosition(sheet.row_of(8)) + 2)) == "số cột"
