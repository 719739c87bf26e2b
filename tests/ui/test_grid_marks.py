"""Marks in the corners of a cell stand beside its digits: none touches one, whatever is marked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView, SheetView
from judapp.ui import theme
from judapp.ui.grid import painting
from judapp.ui.grid.view import GridView
from tests.ui.grid_alone import sheet

__all__ = ["sheet"]

FIGURE = CellView("888.888.888", "888888888", state="")
NOTHING = CellView(state="")
MARKED = {
    "adjusted": replace(NOTHING, adjusted=True),
    "changed": replace(NOTHING, changed=True),
    "adjusted and changed": replace(NOTHING, adjusted=True, changed=True),
    "explained": replace(NOTHING, explained=True),
    "noted": replace(NOTHING, noted=True),
    "explained and noted": replace(NOTHING, explained=True, noted=True),
    "all at the right": replace(NOTHING, explained=True, noted=True, adjusted=True, changed=True),
    "error": replace(NOTHING, severity="error"),
    "explain": replace(NOTHING, severity="explain"),
    "warning and estimate": replace(NOTHING, severity="warning", estimated=True),
}

Pixel = tuple[int, int]


class Picture:
    """One cell of a grid, painted with other contents."""

    def __init__(self, grid: GridView, row: int) -> None:
        self._grid, self._row = grid, row
        self._seen(FIGURE)  # which the column grows with
        self._ground = self._seen(NOTHING)

    def _seen(self, cell: CellView) -> QImage:
        grid, table = self._grid, self._grid.sheet.table
        assert table is not None
        grid.show_table(replace(table, cells={**table.cells, table.key_at(self._row, 1): cell}), ())
        grid.widen()
        place = grid.visualRect(grid.sheet.index(self._row, 1))
        return grid.viewport().grab(place).toImage()

    def ink(self, cell: CellView) -> set[Pixel]:
        """The pixels that differ from an empty cell, faint rims of letters and lines left out."""
        seen, ground = self._seen(cell), self._ground
        found = set()
        for x in range(seen.width()):
            for y in range(seen.height()):
                here, there = seen.pixelColor(x, y), ground.pixelColor(x, y)
                red, green = here.red() - there.red(), here.green() - there.green()
                if abs(red) + abs(green) + abs(here.blue() - there.blue()) > 60:
                    found.add((x, y))
        return found


def touching(marks: set[Pixel], digits: set[Pixel]) -> set[Pixel]:
    """Pixels of marks on or right beside one of a digit."""
    around = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return {(x, y) for x, y in marks if any((x + right, y + down) in digits for right, down in around)}


@pytest.mark.parametrize("zoom", [70, 100, 150, 200])
@pytest.mark.parametrize("choice", ["light", "contrast"])
def test_no_mark_touches_a_digit(
    qtbot: QtBot,
    looks: QApplication,
    sheet: SheetView,
    monkeypatch: pytest.MonkeyPatch,
    choice: theme.Choice,
    zoom: int,
) -> None:
    monkeypatch.setattr(painting, "_fill", lambda _cell, own, **_: own.surface)  # a finding's tint is no mark
    theme.theme().apply(looks, choice)
    grid = GridView()
    qtbot.addWidget(grid)
    grid.resize(1400, 700)
    grid.set_zoom(zoom)
    grid.show_table(sheet.tables[0], ())
    grid.show()
    qtbot.waitExposed(grid)
    total, plain = 1, 3
    for row, active in ((plain, False), (plain, True), (total, True)):  # a total is written strong
        grid.put(grid.sheet.index(row, 1 if active else 2))
        cell = Picture(grid, row)
        digits = cell.ink(FIGURE)
        for name, marked in MARKED.items():
            marks = cell.ink(marked)
            assert marks, name
            assert not touching(marks, digits), (name, row, active)
    theme.theme().apply(looks, "light")
