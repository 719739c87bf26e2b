"""The keys of the entry page: real keys in the real window, from the grid and from its open editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.store import sheets
from judapp.ui.dialogs import KeysDialog
from judapp.ui.grid.find_bar import FindBar
from judapp.ui.pages.entry import EntryPage
from judapp.ui.pages.entry_panel import CELL
from judapp.ui.widgets.basic import Label
from judapp.ui.window import MainWindow
from tests.ui.conftest import settle, type_words
from tests.ui.entry_page import FORM, Entry, Key, at, entry, text

__all__ = ["entry"]

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def opened_at(qtbot: QtBot, page: EntryPage, row: str, column: str) -> Key:
    """Make a cell the active one, in the active window."""
    page.window().activateWindow()
    key = at(page, row, column)
    page.area.go_to(key)
    qtbot.waitUntil(page.area.grid.hasFocus)
    return key


def press(page: EntryPage, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key as the keyboard does: the window gets it and hands it on."""
    QTest.keyClick(page.window().windowHandle(), key, held)


def write(page: EntryPage, words: str) -> None:
    for sign in words:
        QTest.keyClick(page.window().windowHandle(), Qt.Key(ord(sign.upper())), PLAIN)


def figures_in(path: Path, form: str, period: str) -> dict[Key, int | None]:
    """What is on the disk, read by somebody else."""
    with Workspace.open(path, read_only=True) as workspace:
        when = Period.parse(period)
        stored = workspace.stored(workspace.version_for(form, when).id, workspace.unit("TH", when).uid, when)
        assert stored is not None
        return {key: figure.value for key, figure in sheets.figures(workspace.file, stored.id).items()}


def test_the_bar_finds_labels_figures_and_notes_and_the_keys_stay_in_it(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    area, bar = page.area, page.area.search.bar
    key = opened_at(qtbot, page, "I.2", "1")
    write(page, "6")
    press(page, K.Key_F, CTRL)  # from the open editor: what is typed there is kept
    settle(qtbot, page.session)
    assert text(page, key) == "6"
    assert isinstance(bar, FindBar)
    assert bar.isVisible()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "van phong cong chung")
    hits = bar.told.whole()
    assert hits.startswith("1/")
    first = area.grid.key()
    assert first == at(page, "II", "1")
    assert bar.field.hasFocus()
    press(page, K.Key_F3)
    assert bar.told.whole().startswith("2/")
    assert area.grid.key() != first
    press(page, K.Key_Return, SHIFT)
    assert area.grid.key() == first
    press(page, K.Key_F3, SHIFT)  # round to the last one
    last = hits.partition("/")[2]
    assert bar.told.whole() == f"{last}/{last}"
    press(page, K.Key_Escape)
    assert not bar.isVisible()
    assert area.grid.hasFocus()
    press(page, K.Key_F3)  # also while the bar is shut: round to the first
    assert area.grid.key() == first
    press(page, K.Key_F, CTRL)
    assert bar.field.selectedText() == "van phong cong chung"
    QTest.keyClicks(bar.field, "3.671")
    assert (area.grid.key(), bar.told.whole()) == (at(page, "I.1", "2"), "1/1")
    bar.field.clear()
    QTest.keyClicks(bar.field, "zzz")
    assert bar.told.whole() == "không thấy"
    bar.field.clear()
    slot, field = next(iter(area.notes.fields.items()))
    type_words(bar.field, field.accessibleName())
    while area.search.bar.told.whole().partition("/")[0] != bar.told.whole().partition("/")[2]:
        press(page, K.Key_F3)
    assert field.isVisible()
    press(page, K.Key_Escape)
    assert field.hasFocus()  # the last place found stands below the form
    assert slot[0] == "@"


def test_a_cell_is_gone_to_by_its_row_and_column(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    opened_at(qtbot, page, "I.1", "1")
    bar = page.area.search.bar
    press(page, K.Key_G, CTRL)
    QTest.keyClicks(bar.field, "IX.7 (3)")
    press(page, K.Key_Return)
    assert "FND-001" in bar.told.whole() or "IX.7" in bar.told.whole()
    assert bar.isVisible()
    bar.field.clear()
    QTest.keyClicks(bar.field, "II.2 (3)")
    press(page, K.Key_Return)
    assert page.area.grid.key() == at(page, "II.2", "3")
    assert not bar.isVisible()
    assert page.area.grid.hasFocus()


def test_where_a_figure_comes_from_and_goes_is_selected(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    said: list[str] = []
    page.session.said.connect(lambda words, _: said.append(words))
    grid = page.area.grid
    opened_at(qtbot, page, "I", "2")
    press(page, K.Key_BracketLeft, CTRL)
    settle(qtbot, page.session)
    chosen = {grid.sheet.key_of(index) for index in grid.selectionModel().selectedIndexes()}
    assert chosen == {at(page, row, "2") for row in ("I.1", "I.2", "I.3")}
    assert grid.key() == at(page, "I.1", "2")
    assert "3" in said[-1]
    press(page, K.Key_Return)  # goes round in what is selected
    assert grid.key() == at(page, "I.2", "2")
    page.area.go_to(at(page, "I.1", "3"))
    press(page, K.Key_BracketRight, CTRL)
    settle(qtbot, page.session)
    assert grid.key() == at(page, "I", "3")
    page.area.go_to(at(page, "tong", "1"))
    press(page, K.Key_BracketRight, CTRL)
    settle(qtbot, page.session)
    assert said[-1].startswith("Không ô nào")
    assert grid.key() == at(page, "tong", "1")
    page.area.go_to(at(page, "I.1", "1"))
    press(page, K.Key_BracketLeft, CTRL)
    settle(qtbot, page.session)
    assert said[-1].startswith("Số ở ô này được nhập")


def test_filling_and_one_value_for_all_are_one_act_each(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    opened_at(qtbot, page, "I.1", "1")
    press(page, K.Key_Down, SHIFT)
    press(page, K.Key_Down, SHIFT)
    press(page, K.Key_D, CTRL)
    settle(qtbot, page.session)
    assert [text(page, at(page, row, "1")) for row in ("I.1", "I.2", "I.3")] == ["5", "5", "5"]
    assert page.session.undoable[0].label == f"Điền xuống 1 ô, biểu {FORM}"
    write(page, "12")
    press(page, K.Key_Return, CTRL)
    settle(qtbot, page.session)
    assert [text(page, at(page, row, "1")) for row in ("I.1", "I.2", "I.3")] == ["12", "12", "12"]
    press(page, K.Key_Z, CTRL)
    settle(qtbot, page.session)
    press(page, K.Key_Z, CTRL)
    settle(qtbot, page.session)
    assert [text(page, at(page, row, "1")) for row in ("I.1", "I.2", "I.3")] == ["5", "6", "5"]


def test_f6_leads_through_the_regions_and_a_line_shows_which_one(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    opened_at(qtbot, page, "I.1", "1")
    area, line = page.area, page.regions.line
    seen = []
    for _ in range(5):
        seen.append(page.regions.current())
        assert line.isVisible()
        assert line.height() == 2
        press(page, K.Key_F6)
    assert seen[0] == 1  # the grid
    assert sorted(set(seen)) == [at_region for at_region in range(5) if at_region in seen]
    assert {0, 1, 4} <= set(seen)  # head, grid, panel
    area.grid.setFocus()
    press(page, K.Key_F6, SHIFT)
    assert page.sheet_head.form.hasFocus()
    top = page.sheet_head.mapTo(page, page.sheet_head.rect().bottomLeft())
    assert line.y() > top.y()
    write_in = page.window()
    area.grid.setFocus()
    QTest.keyClick(write_in.windowHandle(), K.Key_7)
    assert page.regions.current() == 1  # the editor is in the grid
    press(page, K.Key_F6)
    settle(qtbot, page.session)
    assert text(page, at(page, "I.1", "1")) == "7"


def test_f1_shows_the_keys_of_the_page_and_again_the_definition_of_the_cell(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry()
    opened_at(qtbot, page, "I.1", "1")
    page.area.panel.setCurrentIndex(1)
    found: list[str] = []

    def further() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, KeysDialog)
        found.extend(label.text() for label in dialog.findChildren(Label))
        QTest.keyClick(dialog, K.Key_F1)

    QTimer.singleShot(0, further)
    press(page, K.Key_F1)
    assert "Ctrl+D · Ctrl+R" in found
    assert "F8 · Shift+F8" in found
    assert page.area.panel.isVisible()
    assert page.area.panel.currentIndex() == CELL


def test_the_next_form_is_shown_from_the_open_editor_and_what_was_typed_is_kept(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry()
    key = opened_at(qtbot, page, "I.1", "1")
    write(page, "9")
    press(page, K.Key_PageDown if page.sheet_head.ahead.isEnabled() else K.Key_PageUp, CTRL)
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.form != FORM
    page.open_form(FORM)
    settle(qtbot, page.session)
    assert text(page, key) == "9"


def test_a_figure_is_kept_when_the_window_closes(qtbot: QtBot, entry: Entry, demo: Path) -> None:
    page = entry()
    key = opened_at(qtbot, page, "I.1", "1")
    write(page, "17")
    window = page.window()
    assert isinstance(window, MainWindow)
    window.close()
    assert figures_in(demo, FORM, "2025-H1")[key] == 17


def test_a_figure_is_kept_when_another_page_is_shown(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = opened_at(qtbot, page, "I.1", "1")
    write(page, "18")
    page.session.show("home")
    settle(qtbot, page.session)
    page.session.show("entry", form=FORM)
    settle(qtbot, page.session)
    assert text(page, key) == "18"


@pytest.mark.parametrize("composed", [False, True])
def test_a_figure_is_kept_when_another_window_takes_the_focus(
    qtbot: QtBot, entry: Entry, demo: Path, composed: bool
) -> None:
    """Somebody looks something up elsewhere in the middle of a figure, perhaps of a composition."""
    page = entry()
    key = opened_at(qtbot, page, "I.1", "1")
    if composed:
        QApplication.sendEvent(QApplication.focusObject(), QInputMethodEvent("18", []))
        editor = page.area.grid.cells.editor
        assert editor is not None
        assert editor.composing == "18"
    else:
        write(page, "18")
    other = QWidget()
    qtbot.addWidget(other)
    field = QLineEdit(other)
    other.show()
    qtbot.waitExposed(other)
    other.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert QApplication.activeWindow() is other
    settle(qtbot, page.session)
    assert page.area.grid.cells.editor is None
    assert figures_in(demo, FORM, "2025-H1")[key] == 18
    QTest.keyClicks(field, "5")
    assert (field.text(), text(page, key)) == ("5", "18")
    page.window().activateWindow()
    qtbot.waitUntil(page.area.grid.hasFocus)
    assert page.area.grid.key() == key


def test_keys_typed_while_the_worker_writes_arrive_in_their_order(
    qtbot: QtBot, entry: Entry, demo: Path
) -> None:
    page = entry()
    opened_at(qtbot, page, "II.1", "1")
    rows = [f"II.{number}" for number in range(1, 16)]
    wanted = [str(number) for number in range(41, 56)]
    for figure in wanted:  # nobody waits for anything
        write(page, figure)
        press(page, K.Key_Return)
    assert page.session.busy
    settle(qtbot, page.session)
    assert [text(page, at(page, row, "1")) for row in rows] == wanted
    labels = [step.label for step in page.session.undoable[:15]]
    assert len(set(labels)) == len(labels)


def test_a_composition_on_the_page_is_read_beside_it_and_kept(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key = opened_at(qtbot, page, "I.1", "1")

    def send(preedit: str, commit: str = "") -> Any:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(QApplication.focusObject(), event)
        return page.area.grid.cells.editor

    for preedit in ("1", "12"):
        assert send(preedit).composing == preedit
    assert send("", "12").text() == "12"
    assert page.area.address.typed.whole() == "12"
    press(page, K.Key_Return)
    settle(qtbot, page.session)
    assert text(page, key) == "12"
    page.area.go_to(key)
    for preedit in ("D", "Đ", "Đư"):
        send(preedit)
    press(page, K.Key_Tab)
    settle(qtbot, page.session)
    assert text(page, key) == "Đư"  # no figure: kept as it is, and marked
