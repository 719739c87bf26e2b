"""A text that could not be stored stays in its cell, marked, is tried again, and is dropped only by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from judapp.app import entering
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.ui import theme
from judapp.ui.leaving import NotStoredDialog
from judapp.ui.pages.entry import EntryPage
from judapp.ui.settings import settings
from judapp.ui.window import MainWindow
from tests.torture.paper import NUMBER, PERIOD, new_file
from tests.ui.conftest import Opened, settle, type_words

OTHER, FINAL = Period(2025, "H1"), Period(2026, "Y")
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LONG = "x" * 9_000
"""A text that needs more room than a page of the file has left."""


class Clerk:
    """Hands at the real window with the small form open, and eyes on the file."""

    def __init__(self, qtbot: QtBot, window: MainWindow, path: Path) -> None:
        self.qtbot, self.window, self.path = qtbot, window, path
        self.session = window.session
        self.broken: list[BaseException] = []
        self.said: list[str] = []
        self.session.broken.disconnect()
        self.session.broken.connect(self.broken.append)
        self.session.said.connect(lambda words, _: self.said.append(words))

    @property
    def page(self) -> EntryPage:
        found = self.window.pages["entry"]
        assert isinstance(found, EntryPage)
        return found

    @property
    def status(self) -> str:
        return self.window.status.saved.text()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        if QApplication.activeWindow() is not self.window:
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        grid = self.page.area.grid
        QTest.keyClick(grid.cells.editor or grid, key, held)

    def type(self, row: str, column: int, text: str, leave: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Type into a cell; nobody waits for the disk."""
        grid = self.page.area.grid
        grid.setFocus()
        assert grid.go(("", row, str(column)))
        for sign in text:
            type_words(grid.cells.editor or grid, sign)
        if leave is not None:
            self.press(leave)

    def paste_into_editor(self, row: str, column: int, text: str) -> None:
        """A text too long to be typed, in the open editor."""
        QGuiApplication.clipboard().setText(text)
        assert self.page.area.grid.go(("", row, str(column)))
        self.press(Qt.Key.Key_F2)
        self.press(Qt.Key.Key_V, CTRL)

    def settle(self) -> None:
        settle(self.qtbot, self.session)

    def shown(self, row: str, column: int) -> str:
        return str(self.page.area.grid.sheet.index_of(("", row, str(column))).data())

    @property
    def marked(self) -> set[CellKey]:
        return set(self.page.area.grid.sheet.held)

    def stored(self) -> dict[tuple[str, str], Any]:
        """What another reader finds in the file: the figure, or the text, by row and column."""
        with Workspace.open(self.path, read_only=True) as workspace:
            rows = workspace.file.rows("select row, col, coalesce(value, text) from figure where state <> 0")
        return {(row, column): value for row, column, value in rows}

    def acts(self) -> list[str]:
        with Workspace.open(self.path, read_only=True) as workspace:
            return [
                row[0] for row in workspace.file.rows("select label from op where kind <> 'new' order by id")
            ]

    def ask(self, work: Callable[[Workspace], Any]) -> Any:
        found: list[Any] = []
        self.session.ask(self.page, work, found.append, topic="test")
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes to the file for longer than ours waits."""
        self.ask(lambda workspace: workspace.file.rows("pragma busy_timeout = 1"))
        other = sqlite3.connect(self.path, isolation_level=None)
        other.execute("begin immediate")
        try:
            yield
        finally:
            other.execute("rollback")
            other.close()

    @contextmanager
    def full(self) -> Iterator[None]:
        """The disk has no room for another page."""
        pages = self.ask(lambda workspace: workspace.file.row("pragma page_count"))[0]
        self.ask(lambda workspace: workspace.file.rows(f"pragma max_page_count = {pages}"))
        try:
            yield
        finally:
            self.ask(lambda workspace: workspace.file.rows("pragma max_page_count = 1000000"))

    def button(self, words: str) -> QPushButton:
        """The button of the bar, or the status line, with these words."""
        every = [*self.window.bar.findChildren(QPushButton), *self.window.status.findChildren(QPushButton)]
        return next(b for b in every if b.isVisible() and b.text() == words)

    def click(self, words: str) -> None:
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def dialog(self) -> NotStoredDialog:
        (found,) = (d for d in self.window.findChildren(NotStoredDialog) if d.isVisible())
        return found


@pytest.fixture
def clerk(qtbot: QtBot, opened: Opened, tmp_path: Path) -> Clerk:
    """The form with one figure: I.1 (1) = 5."""
    path = tmp_path / "g.sqlite"
    with new_file(path) as workspace:
        entering.enter(workspace, NUMBER, workspace.units["tinh"], PERIOD, {("", "I.1", "1"): "5"})
    settings().setValue("page", "entry")
    window = opened(path, PERIOD.code)
    window.session.show("entry", form=NUMBER)
    settle(qtbot, window.session)
    window.activateWindow()
    made = Clerk(qtbot, window, path)
    made.page.area.grid.setFocus()
    return made


def test_it_stays_shown_and_marked_and_the_next_act_stores_all_in_the_order_typed(clerk: Clerk) -> None:
    grid = clerk.page.area.grid
    with clerk.locked():
        clerk.type("I.1", 2, "12")
        clerk.type("I.1", 3, "13")
        clerk.type("I.1", 1, "99")
        clerk.settle()
        assert [clerk.shown("I.1", column) for column in (1, 2, 3)] == ["99", "12", "13"]
        assert clerk.marked == {("", "I.1", "1"), ("", "I.1", "2"), ("", "I.1", "3")}
        assert clerk.shown("I", 2) != "… 12"  # the totals are those of what is stored
        at = grid.sheet.index_of(("", "I.1", "2"))
        assert "12; " in at.data(Qt.ItemDataRole.AccessibleTextRole)
        assert at.data(Qt.ItemDataRole.AccessibleTextRole).endswith("chưa ghi vào tệp")
        assert at.data(Qt.ItemDataRole.ToolTipRole) == "Chưa ghi vào tệp: “12”"
        assert error_colour_in(clerk, ("", "I.1", "2"))
        assert not error_colour_in(clerk, ("", "I.2", "2"))
        grid.go(("", "I.1", "2"))
        assert clerk.page.area.address.read.whole() == "chưa ghi vào tệp"
        assert clerk.status == "Chưa ghi được 3 ô"
        assert "DBF-002" in clerk.window.status.saved.toolTip()
        assert "DBF-002" in clerk.window.status.told.whole()
        assert "DBF-002" in clerk.window.bar.words.text()
        assert clerk.stored() == {("I.1", "1"): 5}
    assert clerk.acts() == ["Nhập ô I.1 cột (1), biểu 01/THU"]
    clerk.type("I.2", 1, "7")
    clerk.settle()
    expected = {("I.1", "1"): 99, ("I.1", "2"): 12, ("I.1", "3"): 13, ("I.2", "1"): 7}
    assert clerk.stored() == expected
    assert [label.partition(",")[0] for label in clerk.acts()[1:]] == [
        *("Nhập ô I.1 cột (2)", "Nhập ô I.1 cột (3)", "Nhập ô I.1 cột (1)", "Nhập ô I.2 cột (1)")
    ]
    assert clerk.marked == set()
    assert clerk.shown("I", 2) == "… 12"
    assert clerk.status.startswith("Đã lưu")
    assert clerk.window.bar.isHidden()
    assert not error_colour_in(clerk, ("", "I.1", "2"))
    assert clerk.window.status.told.whole() == ""


def error_colour_in(clerk: Clerk, key: CellKey) -> bool:
    """Whether anything in a cell is drawn in the colour of what is wrong."""
    grid = clerk.page.area.grid
    area = grid.visualRect(grid.sheet.index_of(key))
    image = grid.viewport().grab(area).toImage()
    wanted = theme.tokens().error.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("way", ["button", "status", "typed", "edited", "filled"])
def test_the_button_or_the_same_text_again_stores_it_once(clerk: Clerk, way: str) -> None:
    with clerk.full():
        clerk.paste_into_editor("I.1", 2, LONG)
        clerk.press(Qt.Key.Key_Return)
        clerk.settle()
        assert clerk.marked == {("", "I.1", "2")}
        for _ in range(2):  # in vain; that makes neither a second text nor a second step
            clerk.page.area.grid.go(("", "I.1", "2"))
            clerk.press(Qt.Key.Key_F2)
            clerk.press(Qt.Key.Key_Return)
            clerk.settle()
        assert clerk.status == "Chưa ghi được 1 ô"
        assert "DBF-003" in clerk.window.bar.words.text()
        assert len(clerk.session.unstored) == 1
    clerk.page.area.grid.go(("", "I.1", "2"))
    if way == "button":
        clerk.click("Ghi lại")
    elif way == "status":
        clerk.window.bar.hide()
        clerk.click("Ghi lại")
    elif way == "typed":
        clerk.paste_into_editor("I.1", 2, "")
        clerk.press(Qt.Key.Key_A, CTRL)
        QGuiApplication.clipboard().setText(LONG)
        clerk.press(Qt.Key.Key_V, CTRL)
        clerk.press(Qt.Key.Key_Return)
    elif way == "edited":
        clerk.press(Qt.Key.Key_F2)
        clerk.press(Qt.Key.Key_Return)
    else:
        clerk.press(Qt.Key.Key_Return, CTRL)
    clerk.settle()
    assert clerk.stored()["I.1", "2"] == LONG
    assert len(clerk.acts()) == 2
    assert not clerk.session.unstored
    assert not clerk.marked
    assert not clerk.session.unstored
    assert clerk.status.startswith("Đã lưu")


def test_undo_first_gives_up_what_is_not_stored_newest_first_and_by_name(clerk: Clerk) -> None:
    with clerk.locked():
        clerk.type("I.1", 2, "12")
        clerk.type("I.1", 1, "99")
        clerk.press(Qt.Key.Key_Z, CTRL)  # the failures are not even known yet
        clerk.settle()
        assert clerk.said == ["Đã bỏ, không ghi: ô I.1 · (1) “99”, biểu 01/THU."]
        assert clerk.shown("I.1", 1) == "5"
        assert clerk.marked == {("", "I.1", "2")}
        assert clerk.status == "Chưa ghi được 1 ô"
        assert clerk.window.context.undo.toolTip().startswith("Hoàn tác: ô I.1 · (2) “12”")
        assert clerk.stored() == {("I.1", "1"): 5}
    clerk.press(Qt.Key.Key_Z, CTRL)
    clerk.settle()
    assert clerk.said[1:] == ["Đã bỏ, không ghi: ô I.1 · (2) “12”, biểu 01/THU."]
    assert clerk.shown("I.1", 2) == ""
    assert (clerk.marked, clerk.stored()) == (set(), {("I.1", "1"): 5})
    assert not clerk.status.startswith("Chưa ghi được")
    clerk.press(Qt.Key.Key_Z, CTRL)  # only now an act that is stored
    clerk.settle()
    assert clerk.stored() == {}
    assert clerk.said[2].startswith("Đã hoàn tác “Nhập ô I.1 cột (1)")


def test_an_estimated_part_that_is_not_stored_is_shown_among_the_estimated_parts(clerk: Clerk) -> None:
    reading = clerk.page.area.reading
    reading.show_layer("estimated")
    with clerk.locked():
        clerk.type("I.1", 1, "2")
        clerk.settle()
        assert clerk.shown("I.1", 1) == "2"
        reading.show_layer("printed")
        assert clerk.shown("I.1", 1) == "5"
        assert clerk.marked == {("", "I.1", "1")}
        reading.show_layer("estimated")
        assert clerk.shown("I.1", 1) == "2"
    clerk.click("Ghi lại")
    with Workspace.open(clerk.path, read_only=True) as workspace:
        assert workspace.file.row("select value, est from figure where state <> 0") == (5, 2)


def test_a_paste_that_failed_is_given_up_or_stored_as_one(clerk: Clerk) -> None:
    with clerk.locked():
        QGuiApplication.clipboard().setText("1\t2\r\n3\t4\r\n")
        clerk.page.area.grid.go(("", "I.2", "1"))
        clerk.press(Qt.Key.Key_V, CTRL)
        clerk.settle()
        assert clerk.status == "Chưa ghi được 4 ô"
        clerk.click("Bỏ 4 ô chưa ghi")
        assert clerk.said == ["Đã bỏ, không ghi: 4 ô, biểu 01/THU."]
        assert (clerk.marked, clerk.shown("I.3", 2)) == (set(), "")
        clerk.page.area.grid.go(("", "I.2", "1"))
        clerk.press(Qt.Key.Key_V, CTRL)
        clerk.settle()
        clerk.type("I.2", 2, "8")  # over one of them
        clerk.settle()
        assert clerk.status == "Chưa ghi được 4 ô"
        assert clerk.shown("I.2", 2) == "8"
        clerk.press(Qt.Key.Key_Z, CTRL)
        clerk.settle()
        assert clerk.shown("I.2", 2) == "2"  # what was given up lay over it
    clerk.click("Ghi lại")
    assert clerk.acts()[1:] == ["Dán 4 ô, biểu 01/THU"]
    assert clerk.stored()["I.3", "2"] == 4


def test_going_elsewhere_tries_again_and_stays_in_vain(clerk: Clerk) -> None:
    with clerk.locked():
        clerk.type("I.1", 2, "12")
        clerk.settle()
        for leave in (
            lambda: clerk.session.go(period=OTHER),
            lambda: clerk.session.go(unit="a"),
            lambda: clerk.page.open_form("khac"),
            lambda: clerk.window.show_page("home"),
            lambda: clerk.session.show("entry", form="khac"),
        ):
            clerk.window.bar.hide()
            leave()
            clerk.settle()
            assert "Chưa chuyển đi vì 1 ô ở đây chưa ghi được." in clerk.window.bar.words.text()
            assert "DBF-002" in clerk.window.bar.words.text()
            assert clerk.window.bar.isVisible()
            assert (clerk.session.period, clerk.session.unit) == (PERIOD, "tinh")
            assert clerk.window.stack.currentWidget() is clerk.page
            assert clerk.page.view is not None
            assert clerk.page.view.form == NUMBER
            assert clerk.shown("I.1", 2) == "12"
        clerk.session.show("entry", form=NUMBER, cell=("", "I.4", "1"))  # on the same sheet one may go
        clerk.settle()
        assert clerk.page.area.grid.key() == ("", "I.4", "1")
    clerk.session.go(period=OTHER)
    assert clerk.session.period == OTHER  # at once: keys that follow are the other sheet's
    clerk.settle()
    assert clerk.stored()["I.1", "2"] == 12
    assert clerk.window.bar.isHidden()


def test_a_failure_that_shows_after_the_sheet_was_left_is_told_and_marked_there(clerk: Clerk) -> None:
    with clerk.locked():
        clerk.type("I.1", 2, "12")
        clerk.session.go(period=OTHER)  # before anybody knows
        clerk.settle()
        assert clerk.session.period == OTHER
        assert clerk.marked == set()
        assert clerk.shown("I.1", 2) == ""
        assert clerk.status == "Chưa ghi được 1 ô"
        assert "DBF-002" in clerk.window.bar.words.text()
        clerk.click("Tới ô chưa ghi")
        assert clerk.session.period == PERIOD
        assert clerk.page.area.grid.key() == ("", "I.1", "2")
        assert clerk.marked == {("", "I.1", "2")}
        assert clerk.shown("I.1", 2) == "12"
        clerk.window.speak("en")  # everything is made anew
        clerk.settle()
        assert clerk.status == "1 cells not stored"
        clerk.session.show("entry", form=NUMBER)
        clerk.settle()
        assert clerk.marked == {("", "I.1", "2")}
        clerk.window.speak("vi")
        clerk.session.show("entry", form=NUMBER)
        clerk.settle()
    clerk.type("I.2", 2, "7")
    clerk.settle()
    assert clerk.stored() == {("I.1", "1"): 5, ("I.1", "2"): 12, ("I.2", "2"): 7}
    assert clerk.shown("I", 2) == "… 19"


def test_closing_tries_again_and_asks_before_it_drops_anything(clerk: Clerk, qtbot: QtBot) -> None:
    window = clerk.window
    with clerk.full():
        clerk.paste_into_editor("I.1", 2, LONG)  # closing commits it
        assert not window.close()
        assert window.isVisible()
        assert "DBF-003" in clerk.dialog.words.text()
        assert clerk.dialog.names.text() == f"ô I.1 · (2) “{LONG[:40]}…”, biểu 01/THU"
        assert clerk.dialog.drop.text() == "Đóng và bỏ 1 ô chưa ghi"
        assert clerk.dialog.stay.isDefault()
        QTest.keyClick(clerk.dialog, Qt.Key.Key_Escape)
        assert window.isVisible()
        clerk.settle()
        assert clerk.marked == {("", "I.1", "2")}
        assert not window.close()
        QTest.mouseClick(clerk.dialog.stay, Qt.MouseButton.LeftButton)
        assert window.isVisible()
        clerk.settle()
    assert ("I.1", "2") not in clerk.stored()
    assert window.close()  # there is room now
    assert clerk.stored()["I.1", "2"] == LONG


def test_what_closing_gives_up_was_named_and_agreed_to(clerk: Clerk) -> None:
    with clerk.locked():
        for column in range(1, 7):
            clerk.type("I.2", column, str(column))
        assert not clerk.window.close()
        assert clerk.dialog.names.text().splitlines() == [
            f"ô I.2 · ({n}) “{n}”, biểu 01/THU" for n in range(1, 6)
        ] + ["…"]
        assert not clerk.window.close()  # asked once
        QTest.mouseClick(clerk.dialog.drop, Qt.MouseButton.LeftButton)
        assert not clerk.window.isVisible()
    assert clerk.stored() == {("I.1", "1"): 5}


def test_no_other_file_is_opened_and_this_one_not_left_over_it(
    clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    new_file(tmp_path / "other.sqlite").close()
    with clerk.locked():
        clerk.type("I.1", 2, "12")
        clerk.window.open_path(tmp_path / "other.sqlite")  # before anybody knows
        clerk.settle()
        assert clerk.session.facts is not None
        assert clerk.session.facts.path == clerk.path
        assert "UNS-001" in clerk.window.bar.words.text()
        clerk.window.close_file()
        clerk.settle()
        assert "UNS-001" in clerk.window.bar.words.text()
        assert clerk.shown("I.1", 2) == "12"
    clerk.window.open_path(tmp_path / "other.sqlite")
    clerk.settle()
    assert clerk.session.facts.path == tmp_path / "other.sqlite"
    assert clerk.stored()["I.1", "2"] == 12


def test_a_fault_of_ours_is_handled_the_same_and_told_as_one(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = entering.enter

    def ours(
        workspace: Workspace, number: str, unit: Any, period: Period, texts: Any, *more: Any, **how: Any
    ) -> Any:
        if "13" in texts.values():
            raise RuntimeError("ours")
        return honest(workspace, number, unit, period, texts, *more, **how)

    monkeypatch.setattr(entering, "enter", ours)
    clerk.type("I.1", 3, "13")
    clerk.settle()
    assert [str(error) for error in clerk.broken] == ["ours"]
    assert clerk.marked == {("", "I.1", "3")}
    assert clerk.shown("I", 3) == ""
    assert clerk.status == "Chưa ghi được 1 ô"
    assert "UNS-003" in clerk.window.bar.words.text()
    clerk.type("I.2", 3, "4")  # a fault of one text keeps no other from the disk
    clerk.settle()
    assert clerk.stored() == {("I.1", "1"): 5, ("I.2", "3"): 4}
    assert clerk.status == "Chưa ghi được 1 ô"
    assert len(clerk.broken) == 1  # told once
    told: list[Any] = []
    assert clerk.page.view is not None
    clerk.page.area.acts.submit(clerk.page.view, told.append)
    clerk.settle()
    assert told[0].code == "UNS-002"  # nothing is handed in that does not say what was typed
    monkeypatch.setattr(entering, "enter", honest)
    clerk.type("I.1", 3, "13")
    clerk.settle()
    assert clerk.stored()["I.1", "3"] == 13
    assert clerk.marked == set()


def test_a_text_refused_for_its_own_sake_is_replaced_by_the_one_typed_over_it(clerk: Clerk) -> None:
    clerk.session.go(period=FINAL)
    clerk.settle()
    clerk.type("I.1", 1, "120+15")  # no estimates in a final round
    clerk.settle()
    assert clerk.marked == {("", "I.1", "1")}
    assert "ENT-001" in clerk.window.bar.words.text()
    clerk.window.bar.hide()
    clerk.type("I.1", 2, "7")
    clerk.settle()
    assert clerk.stored()["I.1", "2"] == 7
    assert clerk.window.bar.isHidden()  # it was told; the status line goes on
    assert clerk.status == "Chưa ghi được 1 ô"
    clerk.type("I.1", 1, "=120+15")
    clerk.settle()
    assert clerk.stored()["I.1", "1"] == 135
    assert not clerk.session.unstored
    assert not clerk.marked
    assert not clerk.session.unstored
    assert clerk.status.startswith("Đã lưu")


def test_what_is_typed_into_the_notes_is_kept_too(clerk: Clerk) -> None:
    notes, key = clerk.page.area.notes, ("@", "so", "")
    notes.toggle()
    field = notes.fields[key]
    with clerk.locked():
        field.setFocus()
        type_words(field, "21")
        QTest.keyClick(field, Qt.Key.Key_Return)
        clerk.settle()
        assert clerk.status == "Chưa ghi được 1 ô"
        assert field.text() == "21"
        assert field.accessibleName().endswith("chưa ghi vào tệp")
        clerk.page.refresh()
        clerk.settle()
        assert field.text() == "21"
    QTest.keyClick(field, Qt.Key.Key_Return)  # the same again
    clerk.settle()
    assert clerk.stored()["so", ""] == "21"
    assert field.text() == "21"
    assert field.accessibleName() == "số"
    with clerk.locked():
        field.selectAll()
        type_words(field, "22")
        QTest.keyClick(field, Qt.Key.Key_Return)
        clerk.settle()
        clerk.session.undo()
        clerk.settle()
        assert clerk.said[-1] == "Đã bỏ, không ghi: ô số “22”, biểu 01/THU."
        assert field.text() == "21"


@pytest.mark.parametrize("about", ["note", "reason"])
def test_words_written_about_a_cell_are_kept_too(clerk: Clerk, about: str) -> None:
    area, key = clerk.page.area, ("", "I.1", "1")
    assert clerk.page.view is not None
    area.go_to(key)
    with clerk.locked():
        if about == "note":
            area.beside.note(key)
            type_words(area.beside.box.field, "Theo báo cáo giấy")
            QTest.keyClick(area.beside.box.field, Qt.Key.Key_Return, CTRL)
        else:
            area.acts.explain(clerk.page.view, key, "Theo báo cáo giấy")
        clerk.settle()
        assert clerk.status == "Chưa ghi được 1 ô"
        assert clerk.shown("I.1", 1) == "5"  # the figure is stored
        assert area.acts.words.of(clerk.page.view, key, "note" if about == "note" else "reason", "") != ""
        if about == "note":
            area.beside.note(key)
            assert area.beside.box.field.toPlainText() == "Theo báo cáo giấy"
            QTest.keyClick(area.beside.box.field, Qt.Key.Key_Escape)
        name = {"note": "ghi chú", "reason": "thuyết minh"}[about]
        label = f"{name} ô I.1 · (1) “Theo báo cáo giấy”, biểu 01/THU"
        assert clerk.session.unstored[0].called == label
    clerk.type("I.2", 1, "7")
    clerk.settle()
    with Workspace.open(clerk.path, read_only=True) as workspace:
        assert workspace.file.rows("select text from remark") == [("Theo báo cáo giấy",)]
    assert not clerk.session.unstored


def test_the_same_figure_again_while_an_undo_is_on_its_way_is_entered(clerk: Clerk) -> None:
    clerk.type("I.1", 1, "8")
    clerk.settle()
    clerk.page.area.grid.go(("", "I.1", "1"))
    clerk.press(Qt.Key.Key_Z, CTRL)  # 5 is on its way, 8 is still shown
    assert clerk.shown("I.1", 1) == "8"
    clerk.type("I.1", 1, "8")
    clerk.settle()
    assert clerk.stored()["I.1", "1"] == 8
    assert clerk.shown("I.1", 1) == "8"
    acts = clerk.acts()
    clerk.type("I.1", 1, "8")  # at rest it is no act
    assert not clerk.session.writing
    clerk.settle()
    assert clerk.acts() == acts


@pytest.mark.parametrize(
    ("key", "held", "last"),
    [(Qt.Key.Key_Delete, NONE, ""), (Qt.Key.Key_D, CTRL, "8"), (Qt.Key.Key_Apostrophe, CTRL, "8")],
)
def test_so_it_is_emptied_and_filled(clerk: Clerk, key: Qt.Key, held: Qt.KeyboardModifier, last: str) -> None:
    """What was asked for last stands."""
    clerk.type("I.1", 1, "8")
    clerk.type("I.2", 1, "5")
    clerk.settle()
    clerk.type("I.2", 1, last or "x")
    clerk.page.area.grid.go(("", "I.2", "1"))
    if not last:
        clerk.press(key)
    clerk.settle()
    clerk.press(Qt.Key.Key_Z, CTRL)  # something else is on its way, this is still shown
    assert clerk.shown("I.2", 1) == last
    clerk.press(key, held)
    clerk.settle()
    assert clerk.shown("I.2", 1) == last
    assert clerk.stored().get(("I.2", "1"), "") == (int(last) if last else "")


def test_the_bar_says_how_many_are_left(clerk: Clerk) -> None:
    with clerk.locked():
        clerk.type("I.1", 2, "12")
        clerk.type("I.1", 3, "13")
        clerk.settle()
        clerk.button("Bỏ 2 ô chưa ghi")
        clerk.press(Qt.Key.Key_Z, CTRL)
        clerk.settle()
        assert "Chưa ghi được 1 ô" in clerk.window.bar.words.text()
        clerk.click("Bỏ 1 ô chưa ghi")
    assert clerk.window.bar.isHidden()


def test_an_act_that_changed_nothing_offers_nothing_to_undo(clerk: Clerk) -> None:
    """Else the offer would take back the act before, which nobody spoke of."""
    clerk.settle()
    offers: list[tuple[str, bool]] = []
    clerk.session.said.connect(lambda words, undo: offers.append((words, undo)))
    QGuiApplication.clipboard().setText("5")
    assert clerk.page.area.grid.go(("", "I.1", "1"))
    clerk.press(Qt.Key.Key_V, CTRL)
    clerk.settle()
    assert clerk.stored() == {("I.1", "1"): 5}
    assert offers == [("Đã dán 1 ô.", False)]
