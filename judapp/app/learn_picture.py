"""The worksheet of a blank as it stands, with the role every row and cell was given, ready to be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from judapp.domain.cell_name import Position
from judapp.domain.learned import Learned, SheetRole

if TYPE_CHECKING:
    from judapp.excel.blank import BlankSheet

LETTERS: Mapping[SheetRole, str] = {
    "block": "B",
    "head": "H",
    "number": "N",
    "stub": "S",
    "unit_of_measure": "B",
    "row": "S",
    "total": "Σ",
    "group": "G",
    "repeated": "R",
    "note": "C",
    "signer": "K",
    "unused": "",
}
"""The letter of each role in the margin; a row of no use is hatched instead."""

ROLE_NAMES: Mapping[SheetRole, str] = {
    "block": "LRP-role-block",
    "unit_of_measure": "LRP-role-block",
    "head": "LRP-role-head",
    "number": "LRP-role-number",
    "row": "LRP-role-row",
    "stub": "LRP-role-row",
    "total": "LRP-role-total",
    "group": "LRP-role-group",
    "repeated": "LRP-role-repeated",
    "note": "LRP-role-note",
    "signer": "LRP-role-signer",
    "unused": "LRP-role-unused",
}

_GRAVEST: tuple[SheetRole, ...] = (
    "number", "total", "group", "repeated", "head", "row", "stub", "unit_of_measure",
    "block", "signer", "note",
)  # fmt: skip
"""Whose letter a row bears where its cells have several roles."""
_MOST_ROWS, _MOST_COLUMNS = 1_000, 400
_USUAL_WIDTH = 8.43
"""Width of a column nobody set, in Excel's units."""


class PictureCell(Struct, frozen=True):
    """A cell or merged block: its place among the rows and columns shown (from 0), and how it looks."""

    position: Position
    row: int
    column: int
    rows: int
    columns: int
    text: str
    role: SheetRole
    borders: str
    bold: bool
    italic: bool
    align: Literal["", "left", "center", "right"]
    indent: int


class Picture(Struct, frozen=True):
    """A worksheet without its hidden rows and columns."""

    sheet: str
    rows: tuple[int, ...] = ()
    """Numbers of the worksheet's rows shown."""
    columns: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    cells: tuple[PictureCell, ...] = ()
    roles: tuple[SheetRole, ...] = ()
    """The role of each row as a whole."""

    @property
    def letters(self) -> tuple[str, ...]:
        """The letter of each row in the margin."""
        return tuple(LETTERS[role] for role in self.roles)


def picture_of(sheet: BlankSheet, learned: Learned) -> Picture:
    """The worksheet ``sheet`` as ``learned`` understood it."""
    grid = sheet.grid
    filled = {at for at, cell in grid.cells.items() if cell.content not in (None, "")}
    seen = filled | {at for at, look in sheet.looks.items() if look.borders} | set(learned.roles)
    if not seen:
        return Picture(grid.name)
    last_row = min(max(row for row, _ in seen), _MOST_ROWS)
    last_column = min(max(column for _, column in seen), _MOST_COLUMNS)
    rows = tuple(row for row in range(1, last_row + 1) if row not in grid.hidden_rows)
    columns = tuple(column for column in range(1, last_column + 1) if column not in grid.hidden_columns)
    roles = roles_of_rows(learned)
    return Picture(
        grid.name,
        rows,
        columns,
        tuple(sheet.widths.get(column, _USUAL_WIDTH) for column in columns),
        _cells(sheet, learned, rows, columns),
        tuple(roles.get(row, "unused") for row in rows),
    )


def _cells(
    sheet: BlankSheet, learned: Learned, rows: tuple[int, ...], columns: tuple[int, ...]
) -> tuple[PictureCell, ...]:
    across = {column: at for at, column in enumerate(columns)}
    down = {row: at for at, row in enumerate(rows)}
    covered: set[Position] = set()
    blocks: dict[Position, tuple[list[int], list[int]]] = {}
    for area in sheet.grid.merges:
        inside_rows = [down[row] for row in rows if area.top <= row <= area.bottom]
        inside_columns = [across[column] for column in columns if area.left <= column <= area.right]
        if inside_rows and inside_columns:
            blocks[area.top, area.left] = inside_rows, inside_columns
            covered |= {(r, c) for r in inside_rows for c in inside_columns}
    found = []
    for (top, left), (inside_rows, inside_columns) in blocks.items():
        found.append(_cell(sheet, learned, (top, left), inside_rows, inside_columns))
    for row in rows:
        for column in columns:
            at = row, column
            if (down[row], across[column]) in covered:
                continue
            if sheet.text(row, column) or at in sheet.looks or at in learned.roles:
                found.append(_cell(sheet, learned, at, [down[row]], [across[column]]))
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))


def _cell(
    sheet: BlankSheet, learned: Learned, at: Position, rows: list[int], columns: list[int]
) -> PictureCell:
    look = sheet.look(*at)
    return PictureCell(
        at,
        rows[0],
        columns[0],
        len(rows),
        len(columns),
        sheet.text(*at),
        learned.roles.get(at, "unused"),
        _borders(sheet, at),
        look.bold,
        look.italic,
        look.align,
        look.indent + sheet.lead.get(at, 0) // 2,
    )


def _borders(sheet: BlankSheet, at: Position) -> str:
    """The sides of a cell or merged block that have a line, be it along a part of the side only."""
    area = sheet.at(*at).merged
    if area is None:
        return sheet.look(*at).borders
    down, across = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    rim = {
        "l": [(row, area.left) for row in down],
        "t": [(area.top, column) for column in across],
        "r": [(row, area.right) for row in down],
        "b": [(area.bottom, column) for column in across],
    }
    return "".join(side for side, cells in rim.items() if any(side in sheet.look(*c).borders for c in cells))


def roles_of_rows(learned: Learned) -> dict[int, SheetRole]:
    """What each of the worksheet's rows is as a whole; rows nobody needs are not there."""
    found: dict[int, set[SheetRole]] = defaultdict(set)
    for (row, _), role in learned.roles.items():
        found[row].add(role)
    return {row: next((r for r in _GRAVEST if r in roles), "unused") for row, roles in found.items()}
