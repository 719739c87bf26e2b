"""Figures below everything that was read: a second block of the form, another unit's table, loose numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from judapp.domain.cell_name import Position, address
from judapp.domain.finding import Finding, Place
from judapp.domain.number import parse_number
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.header import Header


def left_below(
    sheet: GridSheet, header: Header, start: int, known: Collection[str], path: str
) -> tuple[Finding | None, int]:
    """What stands under the columns of the last table from row ``start`` on, and in how many cells (CEL-021).

    ``known`` are cells that were read as notes. A row of several figures is a table nobody read: an error; a
    single number may be a page number or belong to a signature: a warning.
    """
    rows: dict[int, list[Position]] = defaultdict(list)
    for position, cell in sheet.cells.items():
        row, column = position
        if row >= start and column in header.columns and _is_number(cell) and address(position) not in known:
            rows[row].append(position)
    if not rows:
        return None, 0
    cells = sum(map(len, rows.values()))
    table = any(len(of) > 1 for of in rows.values()) or (len(header.columns) == 1 and cells > 1)
    place = Place(path=path, sheet=sheet.name, cell=address(min(at for of in rows.values() for at in of)))
    return Finding("CEL-021", "error" if table else "warning", place, {"cells": cells}), cells


def _is_number(cell: GridCell) -> bool:
    if isinstance(cell.content, str):
        # "(1)" is the number of a column, not one below zero
        return not cell.is_date and cell.content[:1] != "(" and parse_number(cell.content) is not None
    return cell.content is not None
