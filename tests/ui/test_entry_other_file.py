"""Another data file is opened, or none: what is typed until it is there is in neither file by mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.ui.pages.entry import EntryPage
from judapp.ui.session import Session
from judapp.ui.window import MainWindow
from tests.ui.conftest import settle, type_words
from tests.ui.entry_page import FORM, Entry, at, entry, text

__all__ = ["entry"]

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def at_work(qtbot: QtBot, page: EntryPage) -> tuple[MainWindow, list[object]]:
    """The window, its grid with the focus, and the faults it comes to tell."""
    window = page.window()
    assert isinstance(window, MainWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.area.go_to(at(page, "I.1", "1"))
    faults: list[object] = []
    window.session.broken.disconnect(window.broke)
    for told in (window.session.broken, window.session.failed):
        told.connect(faults.append)
    return window, faults


def type_quickly(page: EntryPage, words: str) -> None:
    """Letters, wherever the focus is; a line end is Enter."""
    for letter in words:
        target = QApplication.focusWidget() or page.area.grid
        if letter == "\n":
            QTest.keyClick(target, K.Key_Return)
        else:
            type_words(target, letter)


def acts(path: Path) -> list[str]:
    with Workspace.open(path, read_only=True) as workspace:
        return [str(label) for (label,) in workspace.file.rows("select label from op order by id")]


def test_nothing_typed_before_it_comes_is_in_another_file(
    qtbot: QtBot, entry: Entry, demo: Path, tmp_path: Path
) -> None:
    """What was half typed is kept in the file before; both hold the same sheet."""
    other = tmp_path / "other.sqlite"
    page = entry()
    window, faults = at_work(qtbot, page)
    here = page.view
    assert here is not None
    shutil.copy(demo, other)
    before = acts(other)
    type_quickly(page, "12")
    window.open_path(other)
    type_quickly(page, "7\n8\n9")
    QTest.keyClick(page.area.grid, K.Key_Delete)
    QTest.keyClick(page.area.grid, K.Key_Z, CTRL)
    page.area.rows.move(1)
    settle(qtbot, window.session)
    assert window.session.facts is not None
    assert window.session.facts.path == other
    assert acts(other) == before
    assert acts(demo)[-1] == "Nhập ô I.1 cột (1), biểu 12b/BTP/BTTP/CC"
    assert all(isinstance(fault, JudappError) for fault in faults)
    assert "chờ mở tệp" in window.bar.words.text()
    window.session.go(here.period, here.unit)
    window.session.show("entry", form=FORM)
    settle(qtbot, window.session)
    page.area.go_to(at(page, "I.1", "1"))
    type_quickly(page, "7\n")
    settle(qtbot, window.session)
    assert acts(other)[len(before) :] == ["Nhập ô I.1 cột (1), biểu 12b/BTP/BTTP/CC"]


def test_what_is_typed_for_a_file_that_does_not_open_is_in_the_one_that_stays(
    qtbot: QtBot, entry: Entry, tmp_path: Path
) -> None:
    page = entry()
    window, _ = at_work(qtbot, page)
    (tmp_path / "x.sqlite").write_bytes(b"no database")
    window.open_path(tmp_path / "x.sqlite")
    type_quickly(page, "7\n")
    settle(qtbot, window.session)
    assert text(page, at(page, "I.1", "1")) == "7"


def test_keys_and_acts_after_the_file_was_closed_are_no_fault_of_ours(
    qtbot: QtBot, entry: Entry, demo: Path
) -> None:
    page = entry()
    window, faults = at_work(qtbot, page)
    before = acts(demo)
    window.close_file()
    type_quickly(page, "7\n")
    page.area.fill_nil()
    page.area.reading.enter({at(page, "I.1", "1"): "5"})
    settle(qtbot, window.session)
    assert window.session.facts is None
    assert acts(demo) == before
    assert {fault.code for fault in faults if isinstance(fault, JudappError)} == {"TRN-003", "UNS-004"}
    assert all(isinstance(fault, JudappError) for fault in faults)


def test_a_question_about_a_file_that_is_gone_is_not_answered(
    qtbot: QtBot, session: Session, demo: Path, tmp_path: Path
) -> None:
    from judapp.ui.session import open_file

    other = tmp_path / "other.sqlite"
    shutil.copy(demo, other)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.open(open_file(demo))
    answers: list[Path] = []
    faults: list[object] = []
    for told in (session.broken, session.failed):
        told.connect(faults.append)
    session.ask(session, lambda workspace: workspace.file.path, answers.append, topic="before")
    session.open(open_file(other))
    session.ask(session, lambda workspace: workspace.file.path, answers.append, topic="between")
    session.act(lambda workspace: answers.append(workspace.file.path))
    settle(qtbot, session)
    session.ask(session, lambda workspace: workspace.file.path, answers.append, topic="after")
    settle(qtbot, session)
    assert answers == [demo, other]
    assert [fault.code for fault in faults if isinstance(fault, JudappError)] == ["UNS-004"]
    assert len(faults) == 1
