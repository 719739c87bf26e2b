"""A list as offices draw it: lines above, a head of one to three rows, one entry a row, merged cells.

What the columns mean is not known here: ``role_of`` says it of the words of a column's head. A merged cell
holds for every row it covers, because one new commune often stands beside several rows of old ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from judapp.domain.cell_name import Position, address
from judapp.excel.grid import Area, GridSheet
from judapp.text import fold

RoleOf = Callable[[Sequence[str]], str]
"""The role of a column ("" for none) from the labels of its head, topmost first."""

_DEEPEST = 60
"""Heads stand in the first rows; title lines, decisions and notes above them are few."""
_DEPTH = 3
_SIGN = re.compile(r"[\[(-]?(\d{1,2}|[a-z])[\])]?(?: ?= ?[\d+\-() ]+)?")


class ListColumn(Struct, frozen=True):
    """A column of the list: its number in the worksheet, its role, and what its head says."""

    index: int
    role: str
    label: str
    cell: str
    """Address of its head."""


class ListCell(Struct, frozen=True):
    """What a cell of the list shows, and where that stands (of a merged cell, its first one)."""

    text: str
    cell: str
    number: bool = False
    """Whether the worksheet holds a number and no text: 1234 may have been "01234"."""


_NOTHING = ListCell("", "")


class ListRow(Struct, frozen=True):
    """One row below the head; ``cells`` by column number, empty ones left out."""

    number: int
    cells: Mapping[int, ListCell]
    hidden: bool = False

    def get(self, column: ListColumn | None) -> ListCell:
        """What stands in a column; nothing where there is no such column."""
        return _NOTHING if column is None else self.cells.get(column.index, _NOTHING)


class ListTable(Struct, frozen=True):
    """The list of one worksheet. ``above`` are the lines over the head."""

    sheet: str
    above: tuple[ListCell, ...]
    columns: tuple[ListColumn, ...]
    rows: tuple[ListRow, ...]
    unreadable: tuple[ListCell, ...] = ()
    """Cells of the list with an error value, or a formula whose value was not stored."""

    def column(self, role: str) -> ListColumn | None:
        """The first column of a role, from the left."""
        return next((column for column in self.columns if column.role == role), None)

    def count(self, role: str) -> int:
        """How many columns have a role; two of one role mean that nobody knows which is meant."""
        return sum(column.role == role for column in self.columns)


def is_empty(sheet: GridSheet) -> bool:
    """Whether nothing stands in a worksheet."""
    return not any(cell.content not in (None, "") for cell in sheet.cells.values())


def find_list(
    sheet: GridSheet, role_of: RoleOf, needed: Callable[[frozenset[str]], bool]
) -> ListTable | None:
    """The list of a worksheet, None where no rows serve as a head.

    The head is the one to three rows whose columns have the most roles and for which ``needed`` holds of
    their roles; among equals the flattest and topmost.
    """
    shown = _shown(sheet)
    rows: dict[int, dict[int, ListCell]] = defaultdict(dict)
    for (row, column), cell in shown.items():
        rows[row][column] = cell
    best: tuple[int, int, int, list[ListColumn]] | None = None
    for last in sorted(row for row in rows if row <= _DEEPEST):
        for depth in range(1, _DEPTH + 1):
            first = last - depth + 1
            if first < 1 or not _may_be_head(rows, first, last):
                break
            columns = _columns(rows, first, last, role_of)
            roles = frozenset(column.role for column in columns if column.role)
            score = len(roles)
            if needed(roles) and (best is None or score > best[0]):
                best = score, first, last, columns
    if best is None:
        return None
    _, first, last, columns = best
    above = tuple(
        ListCell(cell.text, cell.cell)
        for row in sorted(row for row in rows if row < first)
        for cell in dict.fromkeys(rows[row].values())
    )
    below = min((row for row in rows if row > last), default=0)
    body = [
        ListRow(number, rows[number], number in sheet.hidden_rows)
        for number in sorted(rows)
        if number > last and not (number == below and _is_numbering(rows[number]))
    ]
    named = {column.index for column in columns if column.role}
    unreadable = [
        ListCell(cell.formula or str(cell.content), address(position))
        for position, cell in sorted(sheet.cells.items())
        if position[0] > last
        and position[1] in named
        and (cell.error or (cell.content is None and cell.formula is not None))
    ]
    return ListTable(sheet.name, above, tuple(columns), tuple(body), tuple(unreadable))


def _shown(sheet: GridSheet) -> dict[Position, ListCell]:
    """Every cell with what it shows; one of a merge shows what stands in the first of the block."""
    covered: dict[Position, Area] = {}
    height = sheet.last_row
    for area in sheet.merges:
        for row in range(area.top, min(area.bottom, height) + 1):
            for column in range(area.left, min(area.right, area.left + 60) + 1):
                covered[row, column] = area
    found: dict[Position, ListCell] = {}
    for position in sorted({*sheet.cells, *covered}):
        block = covered.get(position)
        anchor = position if block is None else (block.top, block.left)
        cell = sheet.at(*anchor)
        text = cell.shown_text.strip()
        if text:
            found[position] = ListCell(text, address(anchor), not isinstance(cell.content, str))
    return found


def _may_be_head(rows: Mapping[int, Mapping[int, ListCell]], first: int, last: int) -> bool:
    """Every row of a head names at least two columns; a title is one cell however wide it is merged."""
    return all(len({cell.cell for cell in rows.get(row, {}).values()}) > 1 for row in range(first, last + 1))


def _columns(
    rows: Mapping[int, Mapping[int, ListCell]], first: int, last: int, role_of: RoleOf
) -> list[ListColumn]:
    indexes = sorted({column for row in range(first, last + 1) for column in rows.get(row, {})})
    columns = []
    for index in indexes:
        cells = [cell for row in range(first, last + 1) if (cell := rows.get(row, {}).get(index))]
        path = list(dict.fromkeys(cells))  # a head merged over two rows says its words once
        labels = [cell.text for cell in path]
        columns.append(ListColumn(index, role_of(labels), " / ".join(labels), path[-1].cell))
    return columns


def _is_numbering(row: Mapping[int, ListCell]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" under a head: letters first, then numbers that count on."""
    signs = [_SIGN.fullmatch(fold(row[index].text)) for index in sorted(row)]
    told = [sign[1] for sign in signs if sign is not None]
    numbers = [int(sign) for sign in told if sign.isdigit()]
    letters = told[: len(told) - len(numbers)]
    return (
        len(told) == len(signs) > 1
        and all(letter.isalpha() for letter in letters)
        and letters == sorted(set(letters))
        and all(after == before + 1 for before, after in pairwise(numbers))
        and numbers[:1] in ([], [1])
    )
