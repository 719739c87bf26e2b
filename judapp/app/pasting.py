"""Cells to and from a spreadsheet by way of the clipboard: tab-separated text, as Excel and Calc write it."""

from __future__ import annotations

import re

from msgspec import Struct

from judapp.app.grid_view import CellView, TableView
from judapp.domain.shape import CellKey
from judapp.errors import JudappError

MOST_LETTERS = 1_000_000
MOST_CELLS = 20_000
"""More than any form has; what comes beyond is no piece of a form."""

_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|[^\t\r\n]*')
_TAKING = ("open", "words", "reported")
"""Kinds of cells a paste writes into; a total is left to the program even where it could be typed."""

Matrix = list[list[str]]


class Area(Struct, frozen=True):
    """A rectangle of grid cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


class Landing(Struct, frozen=True):
    """Where pasted cells land: what is written, and how many have no place or may not be written."""

    rows: int
    columns: int
    texts: dict[CellKey, str]
    skipped: int
    """Cells with words that meet a total, a cell of another level, or a place without a cell."""
    outside: int
    """Cells with words beyond the form's last row or column."""

    @property
    def fits(self) -> bool:
        """Whether everything that was copied finds its place."""
        return not self.skipped and not self.outside


def matrix_of(text: str) -> Matrix:
    """The cells of copied text, row by row.

    A cell in quotes may hold line breaks, tabs and doubled quotes; an apostrophe before a cell marks it as
    text for a spreadsheet and is no part of it. Raises ENY-005 (too much), ENY-006 (nothing there).
    """
    if len(text) > MOST_LETTERS:
        raise JudappError("ENY-005")
    rows: Matrix = [[]]
    count = at = 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # the pattern matches nothing at all too
        quoted = found[1]
        cell = found[0] if quoted is None else quoted.replace('""', '"')
        rows[-1].append(cell.removeprefix("'"))
        count += 1
        if count > MOST_CELLS:
            raise JudappError("ENY-005")
        at = found.end()
        if at >= len(text):
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):  # the break behind the last row begins no other
            break
        rows.append([])
    if not any(cell.strip() for row in rows for cell in row):
        raise JudappError("ENY-006")
    return rows


def land(table: TableView, matrix: Matrix, onto: Area) -> Landing:
    """Where ``matrix`` lands on the selection ``onto``: from its top left; one cell alone fills all of it."""
    columns = max(map(len, matrix))
    if len(matrix) == columns == 1:
        height, width = onto.bottom - onto.top + 1, onto.right - onto.left + 1
        matrix = [[matrix[0][0]] * width for _ in range(height)]
    texts: dict[CellKey, str] = {}
    skipped = outside = 0
    for row, cells in enumerate(matrix, start=onto.top):
        for column, text in enumerate(cells, start=onto.left):
            inside = row < len(table.rows) and column < len(table.columns)
            if not inside:
                outside += bool(text.strip())
                continue
            cell = table.cell(row, column)
            if cell.enterable and cell.kind in _TAKING:
                texts[table.key_at(row, column)] = text
            else:
                skipped += bool(text.strip())
    return Landing(len(matrix), max(map(len, matrix)), texts, skipped, outside)


def copied(table: TableView, area: Area) -> str:
    """The cells of ``area`` as a spreadsheet takes them: numbers without grouping, states as typed."""
    return "\n".join(
        "\t".join(
            _quoted(copied_cell(table.cell(row, column))) for column in range(area.left, area.right + 1)
        )
        for row in range(area.top, area.bottom + 1)
    )


def copied_cell(cell: CellView) -> str:
    """One cell without grouping; a sum that is not complete is not given away as one."""
    if cell.state == "":
        return cell.text.replace(".", "").replace("−", "-")
    return "" if cell.state == "partial" else cell.typed or cell.text


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
