"""What clerks do to a blank that changes nothing of the form: each works on a worksheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from copy import copy

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

_CODE = re.compile(r"\((\d+)\)\Z")
_DOUBLE = Side(style="double")


def _texts(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, str):
                yield cell


def decomposed(sheet: Worksheet) -> None:
    """Saved on a Mac: letters and marks apart, no-break spaces, blanks at the end."""
    for cell in _texts(sheet):
        words = unicodedata.normalize("NFD", str(cell.value))
        cell.value = words.replace(" ", "\N{NO-BREAK SPACE}", 1) + "  "


def codes_as_numbers(sheet: Worksheet) -> None:
    """Column numbers typed with brackets: Excel makes -1 of "(1)"."""
    for cell in _texts(sheet):
        if found := _CODE.match(str(cell.value)):
            cell.value = -int(found[1])


def codes_without_brackets(sheet: Worksheet) -> None:
    """Column numbers typed as plain numbers."""
    for cell in _texts(sheet):
        if found := _CODE.match(str(cell.value)):
            cell.value = int(found[1])


def moved(sheet: Worksheet) -> None:
    """Everything further down and to the right, first rows and columns empty."""
    merges = [str(area) for area in sheet.merged_cells.ranges]
    for area in merges:
        sheet.unmerge_cells(area)
    widths = {letter: size.width for letter, size in sheet.column_dimensions.items()}
    sheet.move_range(sheet.dimensions, rows=3, cols=2)
    for letter in reversed(widths):
        shifted = get_column_letter(column_index_from_string(letter) + 2)
        sheet.column_dimensions[shifted].width = widths[letter]
    for area in merges:
        there = CellRange(area)
        there.shift(row_shift=3, col_shift=2)
        sheet.merge_cells(there.coord)


def head_not_merged(sheet: Worksheet) -> None:
    """Merges of the framed table taken apart; the lines stay as they were around each of them."""
    for area in [a for a in sheet.merged_cells.ranges if _framed(sheet.cell(a.min_row, a.min_col))]:
        rim = copy(sheet.cell(area.min_row, area.min_col).border)
        sheet.unmerge_cells(area.coord)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                sheet.cell(row, column).border = Border(
                    left=rim.left if column == area.min_col else None,
                    right=rim.left if column == area.max_col else None,
                    top=rim.left if row == area.min_row else None,
                    bottom=rim.left if row == area.max_row else None,
                )


def _framed(cell: Cell | MergedCell) -> bool:
    return bool(cell.border.left and cell.border.left.style)


def coloured(sheet: Worksheet) -> None:
    """Colours, double lines, another font, a comment, filter arrows, protection, frozen panes."""
    for row in sheet.iter_rows():
        for cell in row:
            if _framed(cell):
                cell.border = Border(left=_DOUBLE, right=_DOUBLE, top=_DOUBLE, bottom=_DOUBLE)
                cell.fill = PatternFill("solid", fgColor="FFFFF2CC")
    first = next(_texts(sheet))
    first.comment = Comment("Xem hướng dẫn", "P. HCTP")
    sheet.protection.sheet = True
    sheet.auto_filter.ref = sheet.dimensions
    sheet.freeze_panes = "C9"


def helpers(sheet: Worksheet) -> None:
    """Hidden columns and rows with keys and checks beside and below, thousands of formatted empty rows."""
    right, below = sheet.max_column + 2, sheet.max_row + 2
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, right, f"k{row}")
    sheet.column_dimensions[get_column_letter(right)].hidden = True
    sheet.cell(below, 1, "=1=1")
    sheet.row_dimensions[below].hidden = True
    for row in range(below + 1, below + 1_500):
        sheet.cell(row, 1).font = Font(size=13)


def broken_by_hand(sheet: Worksheet) -> None:
    """Lines broken with Alt+Enter between words of the head, double blanks elsewhere."""
    for cell in _texts(sheet):
        words = str(cell.value)
        if _framed(cell) and " " in words and "\n" not in words and not words.startswith("("):
            cell.value = words.replace(" ", "\n", 1)
        else:
            cell.value = words.replace(" ", "  ")


def centred(sheet: Worksheet) -> None:
    """The whole table centred, but for labels that are moved in."""
    for row in sheet.iter_rows():
        for cell in row:
            if _framed(cell) and not cell.alignment.indent:
                cell.alignment = Alignment(horizontal="center", vertical="center")


def no_lines(sheet: Worksheet) -> None:
    """No line drawn at all; merges stay."""
    for row in sheet.iter_rows():
        for cell in row:
            cell.border = Border()


HABITS: Mapping[str, Callable[[Worksheet], None]] = {
    habit.__name__: habit
    for habit in (
        decomposed, codes_as_numbers, codes_without_brackets, moved, head_not_merged, coloured, helpers,
        broken_by_hand, centred,
    )
}  # fmt: skip
"""Every habit by its name; ``no_lines`` only where a row of numbers tells what the columns are."""
