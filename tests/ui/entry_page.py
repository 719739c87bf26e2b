"""The entry page in a window: opening a form, typing as a person does, reading what is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from judapp.ui.pages.entry import EntryPage
from judapp.ui.settings import settings
from tests.ui.conftest import Opened, settle

Entry = Callable[..., EntryPage]
Key = tuple[str, str, str]

FORM = "12b/BTP/BTTP/CC"


@pytest.fixture
def entry(qtbot: QtBot, opened: Opened, demo: Path) -> Entry:
    """Opens a form of the demonstration: ``entry("12b/BTP/BTTP/CC", "2025-H1", "TH")``."""

    def open_it(form: str = FORM, period: str = "2025-H1", unit: str = "TH") -> EntryPage:
        settings().setValue("page", "entry")
        window = opened(demo, period, unit)
        if form:
            window.session.show("entry", form=form)
        else:
            window.session.show("entry")
        settle(qtbot, window.session)
        page = window.pages["entry"]
        assert isinstance(page, EntryPage)
        if form:
            qtbot.waitUntil(lambda: page.view is not None)
            page.area.grid.setFocus()
        return page

    return open_it


def at(page: EntryPage, row: str, column: str, table: str = "") -> Key:
    """The key of a cell by the printed number of its row: "I.1"."""
    assert page.view is not None
    found = next(t for t in page.view.tables if t.key == table)
    key = next(line.key for line in found.rows if row in (line.path, line.key))
    return table, key, column


def text(page: EntryPage, key: Key) -> str:
    assert page.view is not None
    table = page.view.tables[page.view.table_of(key[0])]
    return table.cells[key].text


def type_in(qtbot: QtBot, page: EntryPage, keys: str) -> None:
    """Type into the active cell and commit with Enter, then wait for the disk."""
    for sign in keys:
        target = page.area.grid.cells.editor or page.area.grid
        qtbot.keyClick(target, sign)
    qtbot.keyClick(page.area.grid.cells.editor or page.area.grid, Qt.Key.Key_Return)
    settle(qtbot, page.session)


def dialog_of(page: EntryPage) -> QDialog:
    """The dialog that was just opened."""
    found = [d for d in page.window().findChildren(QDialog) if d.isVisible()]
    assert len(found) == 1
    return found[0]
