"""Values alone, by calamine: the second opinion when a workbook we wrote is read back.

It sees no errors, no formats and no formulas without value, so nothing is imported by it alone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from judapp.excel.grid import Content, GridCell, GridSheet, cell_text

Value = int | float | str | bool | time | date | datetime | timedelta


def read_calamine(path: Path) -> list[GridSheet]:
    """The visible worksheets of a workbook we wrote ourselves; percentages are the numbers stored (0.9475).

    Not for other people's files: cells are laid out whole, and damage makes calamine panic.
    """
    with CalamineWorkbook.from_path(path) as book:
        return [
            GridSheet(about.name, _values(book, about.name))
            for about in book.sheets_metadata
            if about.visible == SheetVisibleEnum.Visible
        ]


def _values(book: CalamineWorkbook, name: str) -> dict[tuple[int, int], GridCell]:
    """The cells of one worksheet that hold something."""
    cells = {}
    for row, found in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(found, start=1):
            if value != "":
                cells[row, column] = GridCell(_content(value))
    return cells


def _content(value: Value) -> Content:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, str):
        return cell_text(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, int) else str(value)
