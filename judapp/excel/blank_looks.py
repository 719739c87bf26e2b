"""How the cells of a blank look, as far as it says something about structure, gathered from any format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from judapp.domain.cell_name import Position
from judapp.excel.faults import too_many_cells, unread
from judapp.excel.grid import MAX_CELLS, Area, GridSheet

Align = Literal["", "left", "center", "right"]
SIDES = "ltrb"
_TAB = 4
"""Blanks a tabulator stands for where a label is pushed in with it."""
_MAX_STEPS = 2_000_000
"""Cells on the rims of all merges of a sheet."""
_OPPOSITE = {"l": ("r", 0, -1), "t": ("b", -1, 0), "r": ("l", 0, 1), "b": ("t", 1, 0)}
"""The line of the neighbour that is drawn at the same place: its side, rows and columns away."""


class Looks(Struct, frozen=True, gc=False):
    """One cell's lines, indent, weight, slant and alignment."""

    borders: str = ""
    """The sides with a line, a part of "ltrb" in this order."""
    indent: int = 0
    """Excel's indent steps; leading blanks of the text are counted apart."""
    bold: bool = False
    italic: bool = False
    align: Align = ""


PLAIN = Looks()
looks = lru_cache(4096)(Looks)
"""The same :class:`Looks` for the same arguments."""


class Run(NamedTuple):
    """A piece of a cell's text in one font; None where the cell's own font holds."""

    text: str
    bold: bool | None
    italic: bool | None


class LooksDraft:
    """The looks of one worksheet while they are read; ``budget`` bounds how many cells may have some."""

    def __init__(self, budget: int = MAX_CELLS) -> None:
        self.budget = budget
        self.looks: dict[Position, Looks] = {}
        self.lead: dict[Position, int] = {}
        self.widths: dict[int, float] = {}

    def put(self, position: Position, look: Looks) -> None:
        """Keep how a cell looks. Raises FIL-003 where the sheet has become too large."""
        if look != PLAIN:
            self.looks[position] = look
            if len(self.looks) > self.budget:
                raise too_many_cells(self.budget)

    def write(self, position: Position, text: str, look: Looks, runs: Iterable[Run] = ()) -> None:
        """Keep how a cell with a text looks; what all its runs say counts more than the cell's font."""
        if blanks := lead_of(text):
            self.lead[position] = blanks
        inked = [run for run in runs if run.text.strip()]
        if inked:
            bold = all(look.bold if run.bold is None else run.bold for run in inked)
            italic = all(look.italic if run.italic is None else run.italic for run in inked)
            look = looks(look.borders, look.indent, bold, italic, look.align)
        self.put(position, look)

    def settled(self, grid: GridSheet) -> dict[Position, Looks]:
        """The looks as they are seen: lines of merges at their rim, lines two cells share at both.

        Nothing in hidden rows and columns is kept, and of cells under a merge only their lines.
        """
        found = dict(self.looks)
        _settle_merges(found, grid.merges)
        _share_lines(found)
        return {
            position: look
            for position, look in found.items()
            if look != PLAIN
            and position[0] not in grid.hidden_rows
            and position[1] not in grid.hidden_columns
        }


def lead_of(text: str) -> int:
    """Blanks before the first visible sign of a text; a tabulator counts as several."""
    count = 0
    for sign in text:
        if sign in "\r\n":
            count = 0
        elif sign == "\t":
            count += _TAB
        elif sign.isspace():
            count += 1
        else:
            return count
    return 0


def sides(lines: Iterable[bool]) -> str:
    """The letters of the sides that have a line, given left, top, right and bottom."""
    return "".join(side for side, line in zip(SIDES, lines, strict=True) if line)


def _with_lines(look: Looks, lines: set[str]) -> Looks:
    borders = "".join(side for side in SIDES if side in lines)
    if borders == look.borders:
        return look
    return looks(borders, look.indent, look.bold, look.italic, look.align)


def _settle_merges(found: dict[Position, Looks], merges: Iterable[Area]) -> None:
    """A merge's rim has a line where one of its cells or the first one has it; inside there are none.

    Excel writes the lines at the rim, LibreOffice and most libraries at the first cell alone.
    """
    steps = 0
    for area in merges:
        rim = _rim(area)
        steps += sum(len(cells) for cells in rim.values())
        if steps > _MAX_STEPS:
            raise unread("RDG-merges")
        anchor = found.get((area.top, area.left), PLAIN)
        lined = {
            side
            for side, cells in rim.items()
            if side in anchor.borders or any(side in found.get(cell, PLAIN).borders for cell in cells)
        }
        lines: dict[Position, set[str]] = {cell: set() for cells in rim.values() for cell in cells}
        for side in lined:
            for cell in rim[side]:
                lines[cell].add(side)
        for cell in _inside(area, found):
            found[cell] = anchor if cell == (area.top, area.left) else PLAIN
        for cell, at in lines.items():
            found[cell] = _with_lines(found.get(cell, PLAIN), at)


def _rim(area: Area) -> dict[str, list[Position]]:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return {
        "l": [(row, area.left) for row in rows],
        "t": [(area.top, column) for column in columns],
        "r": [(row, area.right) for row in rows],
        "b": [(area.bottom, column) for column in columns],
    }


def _inside(area: Area, found: Mapping[Position, Looks]) -> list[Position]:
    size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    if size > len(found):
        return [cell for cell in found if area.covers(cell)]
    return [
        cell
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if (cell := (row, column)) in found
    ]


def _share_lines(found: dict[Position, Looks]) -> None:
    """A cell that has lines also has those its neighbours draw for it.

    A cell without any line of its own gets none: the title above a table does not become a part of it.
    """
    before = dict(found)
    for (row, column), look in before.items():
        if not look.borders or len(look.borders) == len(SIDES):
            continue
        lines = set(look.borders)
        for side, (theirs, down, right) in _OPPOSITE.items():
            if theirs in before.get((row + down, column + right), PLAIN).borders:
                lines.add(side)
        found[row, column] = _with_lines(look, lines)
