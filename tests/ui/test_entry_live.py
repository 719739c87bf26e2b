"""What is typed stands there at once with all it changes, and is never lost or undone by older views."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import SheetView
from judapp.errors import JudappError
from judapp.store.operations import Applied
from judapp.store.operations import apply as plain_apply
from judapp.ui.pages.entry import EntryPage
from judapp.ui.window import MainWindow
from tests.sheet_views import sheet_view
from tests.ui.conftest import settle
from tests.ui.entry_page import Entry, Key, at, entry, text

__all__ = ["entry"]


def press(qtbot: QtBot, page: EntryPage, keys: str) -> None:
    """Type into the active cell and commit with Enter; nobody waits for the disk."""
    for sign in keys:
        qtbot.keyClick(page.area.grid.cells.editor or page.area.grid, sign)
    qtbot.keyClick(page.area.grid.cells.editor or page.area.grid, Qt.Key.Key_Return)


def window_of(page: EntryPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def as_stored(qtbot: QtBot, page: EntryPage) -> SheetView:
    """What the data file says of the sheet shown."""
    view, found = page.view, list[SheetView]()
    assert view is not None
    page.session.ask(
        page, lambda w: sheet_view(w, view.form, view.unit, view.period), found.append, topic="test"
    )
    settle(qtbot, page.session)
    return found[0]


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of the thread of every commit."""
    seen: list[str] = []

    def apply(*args: Any) -> Applied:
        seen.append(threading.current_thread().name)
        return plain_apply(*args)

    monkeypatch.setattr("judapp.app.workspace.apply", apply)
    return seen


def test_a_key_shows_totals_and_findings_before_anything_is_stored(
    qtbot: QtBot, entry: Entry, commits: list[str]
) -> None:
    page = entry()
    page.session.pause_after(60_000)  # what can wait waits until this test lets it
    row, total = at(page, "I.1", "1"), at(page, "tong", "1")
    page.area.go_to(row)
    before = text(page, total)
    looked_at: list[Key] = []
    model = page.area.grid.sheet
    model.dataChanged.connect(
        lambda first, last: looked_at.append(key) if (key := model.key_of(first)) else None
    )
    press(qtbot, page, "12O")
    assert commits == []  # not even begun
    assert page.session.writing
    assert text(page, row) == "12O"
    assert text(page, total) != before
    assert page.view is not None
    shown = next(f for f in page.view.findings if f.cell == row)
    assert shown.code == "CEL-001"
    assert set(looked_at) == {key for key in looked_at if key == row or key[1] in ("tong", "I")}
    assert "Đang ghi" in window_of(page).status.saved.text()
    qtbot.waitUntil(lambda: not page.session.writing)
    assert commits == ["data file"]
    assert "Đã lưu" in window_of(page).status.saved.text()
    page.session.pause_after(1)
    press(qtbot, page, "5")
    settle(qtbot, page.session)
    assert page.view == as_stored(qtbot, page)


def test_what_is_typed_quickly_is_stored_in_order_and_shown_all_the_time(qtbot: QtBot, entry: Entry) -> None:
    """Older views arrive in between: none takes back what was typed after it was asked for."""
    page = entry()
    first = at(page, "I.1", "1")
    taken_back: list[str] = []
    grid = page.area.grid.sheet
    expected = text(page, first)

    def look() -> None:
        shown = grid.index_of(first).data()
        if shown != expected:
            taken_back.append(shown)

    grid.dataChanged.connect(look)
    for number in range(12):
        page.area.go_to(first)
        expected = str(100 + number)
        if number % 3 == 0:
            page.refresh()  # a view without the figure that follows
        press(qtbot, page, expected)
        if number % 4 == 0:
            qtbot.waitUntil(lambda: not page.session.writing)
    settle(qtbot, page.session)
    assert taken_back == []
    assert text(page, first) == "111"
    stored = as_stored(qtbot, page)
    assert stored == page.view
    labels = [step.label for step in page.session.undoable[:3]]
    assert all("I.1" in label for label in labels)
    page.session.undo()
    settle(qtbot, page.session)
    assert text(page, first) == "110"


def test_a_write_that_fails_brings_the_stored_sheet_back_and_keeps_the_text(
    qtbot: QtBot, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full for a while: what was typed stays in its cell, what is reckoned with is stored."""
    page = entry()
    row, other, total = at(page, "I.1", "1"), at(page, "I.2", "1"), at(page, "tong", "1")
    before = text(page, row), text(page, total)
    full = [True]

    def apply(*args: Any) -> Applied:
        if full:
            raise JudappError("DBF-003", path="x")
        return plain_apply(*args)

    monkeypatch.setattr("judapp.app.workspace.apply", apply)
    page.area.go_to(row)
    press(qtbot, page, "777")
    assert text(page, row) == "777"
    settle(qtbot, page.session)
    grid = page.area.grid.sheet
    assert (text(page, row), text(page, total)) == before
    assert grid.index_of(row).data() == "777"
    assert grid.waiting(row) == "777"
    assert "DBF-003" in window_of(page).bar.words.text()
    assert "Đã lưu" not in window_of(page).status.saved.text()
    assert page.view == as_stored(qtbot, page)
    full.clear()
    page.area.go_to(other)
    press(qtbot, page, "5")
    settle(qtbot, page.session)
    assert text(page, other) == "5"
    assert page.view == as_stored(qtbot, page)
    page.area.go_to(row)
    press(qtbot, page, "778")
    settle(qtbot, page.session)
    assert grid.waiting(row) is None
    assert text(page, row) == "778"
    assert page.view == as_stored(qtbot, page)


def test_a_text_only_the_file_can_tell_of_waits_for_it(qtbot: QtBot, entry: Entry) -> None:
    """Nothing is guessed: the text waits, and once it is stored the whole view comes."""
    page = entry()
    row, total = at(page, "I.1", "1"), at(page, "tong", "1")
    live = page.area.acts.live
    live.forget()  # as if the sheet could not be reckoned here
    before = text(page, total)
    page.area.go_to(row)
    press(qtbot, page, "4711")
    assert page.area.grid.sheet.waiting(row) == "4711"
    assert text(page, total) == before
    settle(qtbot, page.session)
    assert page.area.grid.sheet.waiting(row) is None
    assert text(page, row) == "4.711"
    assert text(page, total) != before


def test_what_can_be_undone_is_asked_for_once_typing_pauses(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    asked: list[int] = []
    page.session.steps.connect(lambda: asked.append(len(page.session.undoable)))
    page.session.pause_after(150)
    page.area.go_to(at(page, "I.1", "1"))
    for number in range(5):
        press(qtbot, page, str(number + 1))
    settle(qtbot, page.session)
    assert len(asked) == 1
    assert asked[0] >= 5
