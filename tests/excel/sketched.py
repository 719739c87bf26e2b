"""A worksheet sketched as text (see the pen of the hand-drawn blanks), read as a blank."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from judapp.domain.catalogue import Column, Row
from judapp.excel.blank import BlankSheet, read_blank
from judapp.excel.learn import Hints
from judapp.excel.learn_table import FoundTable, find_tables
from tests.data.blanks.pen import Pen


def sheet_of(*blocks: tuple[str, str], draw: Callable[[Worksheet, Pen], Any] | None = None) -> BlankSheet:
    """A worksheet with framed ``blocks`` (first cell, sketch); ``draw`` does the rest."""
    book = Workbook()
    sheet = book.worksheets[0]
    pen = Pen(sheet)
    for first, sketch in blocks:
        pen.table(first, sketch)
    if draw is not None:
        draw(sheet, pen)
    stream = BytesIO()
    book.save(stream)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(stream.getvalue())
        return read_blank(path)[0]


def tables_of(
    *blocks: tuple[str, str], draw: Callable[[Worksheet, Pen], Any] | None = None
) -> list[FoundTable]:
    """The tables found on such a worksheet."""
    return find_tables(sheet_of(*blocks, draw=draw), Hints())


def table_of(sketch: str, draw: Callable[[Worksheet, Pen], Any] | None = None) -> FoundTable:
    """The one table of a sketch that begins at A3."""
    [found] = tables_of(("A3", sketch), draw=draw)
    return found


def columns_of(found: FoundTable) -> list[str]:
    """Each figure column as "code path / path [unit]"; "_" where no number is printed."""
    return [line for node in found.table.columns for line in _leaves(node, (), None)]


def _leaves(node: Column, above: tuple[str, ...], unit: str | None) -> list[str]:
    path, unit = (*above, node.label), node.unit or unit
    if node.children:
        return [line for child in node.children for line in _leaves(child, path, unit)]
    return [f"{node.code or '_'} {' / '.join(path)}" + (f" [{unit}]" if unit else "")]


def stubs_of(found: FoundTable) -> list[tuple[str | None, str]]:
    """Code and label of each label column."""
    return [(column.code, column.label) for column in found.table.stub]


def rows_of(found: FoundTable) -> list[str]:
    """Each row of the plan as "level kind code label", pushed in by its nesting."""
    return [line for row in found.table.rows for line in _row(row, 0)]


def _row(row: Row, level: int) -> list[str]:
    level += row.level
    parts = [str(level), row.kind, *filter(None, (row.code, row.label))]
    return [" ".join(parts), *(line for child in row.children for line in _row(child, level + 1))]
