"""Undo and redo by acts with names, also tomorrow and in another window; until the sheet is submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.pages.entry import EntryPage
from judapp.ui.session import Session, open_file
from judapp.ui.settings import settings
from judapp.ui.window import MainWindow
from tests.practice_sheets import practice_file
from tests.ui.conftest import settle
from tests.ui.entry_page import at, dialog_of, text, type_in
from tests.ui.test_entry_rows import OWN_ROWS, add, answer, choose, labels

CONTROL = Qt.KeyboardModifier.ControlModifier
Begin = Callable[..., EntryPage]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "so.sqlite"
    practice_file(path).close()
    return path


@pytest.fixture
def begin(qtbot: QtBot, looks: QApplication, file: Path) -> Iterator[Begin]:
    """Opens the file in a new window, as on another morning; the one before is closed."""
    settings().setValue("page", "entry")
    windows: list[MainWindow] = []

    def close() -> None:
        if windows:
            last = windows.pop()
            settle(qtbot, last.session)
            last.close()
            last.session.close()
            last.deleteLater()

    def open_it(form: str, period: str) -> EntryPage:
        close()
        window = MainWindow(Session(who="Lan"))
        window.session.pause_after(1)
        windows.append(window)
        window.resize(1366, 697)
        window.show()
        qtbot.waitExposed(window)
        with qtbot.waitSignal(window.session.opened, timeout=20_000):
            window.session.open(open_file(file))
        window.session.go(period=Period.parse(period))
        window.session.show("entry", form=form)
        settle(qtbot, window.session)
        page = window.pages["entry"]
        assert isinstance(page, EntryPage)
        qtbot.waitUntil(lambda: page.view is not None)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.area.grid.setFocus()
        return page

    yield open_it
    close()


def press(qtbot: QtBot, page: EntryPage, key: Qt.Key) -> str:
    """Ctrl and a key; the sentence of the status bar afterwards."""
    said: list[str] = []
    page.session.said.connect(lambda words, _: said.append(words))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.area.grid, key, CONTROL)
    settle(qtbot, page.session)
    return said[-1] if said else ""


def names(page: EntryPage) -> list[str]:
    return [step.label for step in page.session.undoable]


def test_everything_done_today_is_undone_tomorrow_by_its_name(qtbot: QtBot, begin: Begin) -> None:
    page = begin(OWN_ROWS, "2026-H1")
    first = next(row.key for row in page.view.tables[0].rows if row.own)  # type: ignore[union-attr]
    cells = [("", first, column) for column in ("1", "2", "3")]
    former = [text(page, cell) for cell in cells]
    rows = labels(page)
    new = add(qtbot, page, "Ban Quản lý")
    page.area.go_to(cells[0])
    type_in(qtbot, page, "41")
    page.area.go_to(cells[1])
    QGuiApplication.clipboard().setText("5\t6\r\n")
    press(qtbot, page, Qt.Key.Key_V)
    page.area.go_to(("", new, "1"))
    choose(page.area.tools.row_menu(), "Đổi tên")
    answer(qtbot, page, "Ban Quản lý khu kinh tế")
    left = len(page.view.unanswered)  # type: ignore[union-attr]
    choose(page.area.tools.fill_menu(), "không phát sinh")
    settle(qtbot, page.session)
    done = [
        f"Điền “không phát sinh” vào {left} ô, biểu {OWN_ROWS}",
        f"Đổi tên dòng “Ban Quản lý” thành “Ban Quản lý khu kinh tế”, biểu {OWN_ROWS}",
        f"Dán 2 ô, biểu {OWN_ROWS}",
        f"Nhập ô {page_name(page, cells[0])}, biểu {OWN_ROWS}",
        f"Thêm dòng “Ban Quản lý”, biểu {OWN_ROWS}",
    ]
    assert names(page)[:5] == done

    page = begin(OWN_ROWS, "2026-H1")
    assert names(page)[:5] == done
    for at_hand in done:
        assert press(qtbot, page, Qt.Key.Key_Z) == f"Đã hoàn tác “{at_hand}”."
    assert labels(page) == rows
    assert [text(page, cell) for cell in cells] == former
    for at_hand in reversed(done):
        assert press(qtbot, page, Qt.Key.Key_Y) == f"Đã làm lại “{at_hand}”."
    assert labels(page) == [*rows, "Ban Quản lý khu kinh tế"]
    assert [text(page, cell) for cell in cells] == ["41", "5", "6"]
    assert page.view.unanswered == ()  # type: ignore[union-attr]


def page_name(page: EntryPage, key: tuple[str, str, str]) -> str:
    """A cell as acts name it: "I.2 cột (7)"."""
    assert page.view is not None
    row = next(line for line in page.view.tables[0].rows if line.key == key[1])
    return f"{row.path or row.label} cột ({key[2]})"


def test_an_older_act_is_undone_alone_and_later_work_stays(qtbot: QtBot, begin: Begin) -> None:
    page = begin("10b/TP/CC", "2026-H1")
    start = at(page, "I.1", "5")
    page.area.go_to(start)
    QGuiApplication.clipboard().setText("11\t12\r\n13\t14\r\n")
    press(qtbot, page, Qt.Key.Key_V)
    pasted = page.session.undoable[0]
    assert pasted.label == "Dán 4 ô, biểu 10b/TP/CC"
    page.area.go_to(start)
    type_in(qtbot, page, "77")
    said: list[str] = []
    page.session.said.connect(lambda words, _: said.append(words))
    page.session.undo_to(pasted.op_id)  # from the list of the last acts
    settle(qtbot, page.session)
    assert said[-1] == "Đã hoàn tác 3/4 ô của “Dán 4 ô, biểu 10b/TP/CC”; 1 ô sửa sau đó được giữ."
    assert text(page, start) == "77"
    assert names(page) == [f"Nhập ô {page_name(page, start)}, biểu 10b/TP/CC"]  # the paste is done with


def test_after_submission_nothing_is_undone_until_it_is_taken_back(qtbot: QtBot, begin: Begin) -> None:
    page = begin("10b/TP/CC", "2026-H1")
    key = at(page, "I.1", "1")
    former = text(page, key)
    page.area.go_to(key)
    type_in(qtbot, page, former)  # the same figure is no act
    page.area.notes.fields["@", "signer1", ""].setText("Lan")
    page.area.notes.fields["@", "signer1", ""].setModified(True)
    page.area.commit()
    settle(qtbot, page.session)
    assert names(page)[0] == "Nhập ô “Người lập biểu”, biểu 10b/TP/CC"
    page.submit()
    settle(qtbot, page.session)
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.state == "submitted"
    window = page.window()
    assert isinstance(window, MainWindow)
    press(qtbot, page, Qt.Key.Key_Z)
    assert window.bar.isVisible()
    assert "STA-002" in window.bar.words.text()
    assert page.view.state == "submitted"
    assert page.area.notes.fields["@", "signer1", ""].text() == "Lan"
