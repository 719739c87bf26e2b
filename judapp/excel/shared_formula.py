"""A shared formula is written once and meant for many cells: what it says in each of them."""

from __future__ import annotations

import re

from judapp.domain.cell_name import Position, column_letters, column_number
from judapp.excel.grid import MAX_COLUMN, MAX_ROW

_COLUMN = r"\$?[A-Z]{1,3}"
_ROW = r"\$?[1-9][0-9]{0,6}"
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'  # text
    r"|'(?:[^']|'')*'"  # a sheet's name
    r"|\[[^\]]*\]"  # a table's column, another workbook
    rf"|(?<![\w.$])(?P<cell>{_COLUMN}{_ROW})(?![\w.(!])"
    rf"|(?<![\w.$:])(?P<columns>{_COLUMN}:{_COLUMN})(?![\w.(!])"
    rf"|(?<![\w.$:])(?P<rows>{_ROW}:{_ROW})(?![\w.(!])"
)
_CELL = re.compile(r"(\$?)([A-Z]+)(\$?)([0-9]+)\Z")


def moved(formula: str, written: Position, meant: Position) -> str:
    """``formula`` of the cell ``written`` as it reads in ``meant``: what bears no "$" moves along."""
    down, right = meant[0] - written[0], meant[1] - written[1]

    def one(match: re.Match[str]) -> str:
        if cell := match["cell"]:
            parts = _CELL.match(cell)
            assert parts is not None
            return _column(parts[1] + parts[2], right) + _row(parts[3] + parts[4], down)
        if match["columns"]:
            return ":".join(_column(end, right) for end in match["columns"].split(":"))
        if match["rows"]:
            return ":".join(_row(end, down) for end in match["rows"].split(":"))
        return match[0]

    return _TOKEN.sub(one, formula)


def _column(column: str, by: int) -> str:
    if column.startswith("$"):
        return column
    # Beyond the edge Excel goes on at the other side.
    return column_letters((column_number(column) - 1 + by) % MAX_COLUMN + 1)


def _row(row: str, by: int) -> str:
    return row if row.startswith("$") else str((int(row) - 1 + by) % MAX_ROW + 1)
