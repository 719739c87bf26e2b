"""A grid by itself in an active window, with what it tells; keys go to whatever has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView, SheetView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.ui.grid.view import GridView
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

Place = tuple[int, int]
Told = list[tuple[str, Any]]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier

AT = Period(2025, "H1")


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SheetView]:
    """A sheet of the practice province: totals in rows 0, 1 and 5, everything else is typed."""
    with practice_file(tmp_path_factory.mktemp("alone") / "a.sqlite") as workspace:
        yield view_of(workspace)


def view_of(workspace: Workspace) -> SheetView:
    return sheet_view(workspace, "12b/BTP/BTTP/CC", workspace.unit("TH", AT).uid, AT)


class Alone:
    """One grid, where it stands, and what it told."""

    def __init__(self, grid: GridView, sheet: SheetView) -> None:
        self.grid, self.sheet = grid, sheet
        self.told: Told = []
        for name in ("entered", "emptied", "filled", "pasted", "refused", "traced"):
            getattr(grid, name).connect(lambda value, *_, name=name: self.told.append((name, value)))

    def put(self, row: int, column: int) -> None:
        self.grid.put(self.grid.sheet.index(row, column))

    def at(self) -> Place:
        index = self.grid.currentIndex()
        return index.row(), index.column()

    def area(self) -> tuple[int, int, int, int]:
        area = self.grid.area()
        assert area is not None
        return area.top, area.left, area.bottom, area.right

    def editor(self) -> Any:
        return self.grid.cells.editor

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> Place:
        """Press a key wherever the focus is; where the active cell is afterwards."""
        for _ in range(times):
            QTest.keyClick(focused(), key, held)
        return self.at()

    def type(self, letters: str) -> None:
        for letter in letters:
            QTest.keyClicks(focused(), letter)

    def texts(self) -> dict[Place, str]:
        """What the last signal told, by place."""
        return {self._place(key): text for key, text in self.told[-1][1].items()}

    def _place(self, key: tuple[str, str, str]) -> Place:
        index = self.grid.sheet.index_of(key)
        return index.row(), index.column()

    def change(self, changed: dict[Place, CellView]) -> None:
        """Show other cells at some places."""
        table = self.grid.sheet.table
        assert table is not None
        cells = {**table.cells, **{table.key_at(*place): cell for place, cell in changed.items()}}
        self.grid.show_table(replace(table, cells=cells), ())


def focused() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def alone(qtbot: QtBot, looks: QApplication, sheet: SheetView) -> Alone:
    """The sheet in a grid of its own, the first cell to type into active."""
    grid = GridView()
    qtbot.addWidget(grid)
    grid.resize(1400, 441)
    grid.show()
    qtbot.waitExposed(grid)
    grid.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    grid.show_table(sheet.tables[0], sheet.findings)
    grid.begin()
    return Alone(grid, sheet)
