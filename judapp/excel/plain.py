"""Tables of results as a plain workbook, values only; forms are drawn from their layout instead."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell import Cell as WorkbookCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from judapp.domain.number import Rational, round_half_up
from judapp.excel.output import put_in_place
from judapp.text import keepable

Content = str | int | Decimal | None

_FONT = "Times New Roman"
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINE = 16.5
"""Points a line of 12 point Times New Roman takes with stacked Vietnamese marks."""
_WIDE = 0.95
"""Letters of that font to a column-width unit, with room to spare."""
_PENDING, _OUT_OF_REMIT, _NIL = "…", "⊘", "-"
_BAD_IN_TITLES = str.maketrans("", "", "[]:*?/\\")


class PlainTable(Struct, frozen=True):
    """One worksheet: lines above, a head, rows, lines below. ``widths`` in characters."""

    title: str
    above: Sequence[str]
    head: Sequence[Sequence[str]]
    rows: Sequence[Sequence[Content]]
    below: Sequence[str]
    widths: Sequence[int]
    bold: frozenset[int] = frozenset()


def number_of(number: Rational, places: int) -> Content:
    """A number for a worksheet cell, half-up at ``places`` decimals."""
    if isinstance(number, int) or (isinstance(number, Fraction) and number.denominator == 1):
        return int(number)
    return round_half_up(number, places)


def write_workbook(path: Path, tables: Sequence[PlainTable]) -> None:
    """Write ``tables`` as one workbook at ``path``: beside it first, synced, then renamed into place.

    Raises EXP-002 where the folder or file cannot be written; nothing half written stays behind.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _draw(book.create_sheet(_title(table.title, book.sheetnames)), table)
    book.properties.creator = "judapp"
    book.properties.created = book.properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    stream = io.BytesIO()
    book.save(stream)
    put_in_place(path, stream.getvalue(), lambda _: None)


def _title(wanted: str, taken: Sequence[str]) -> str:
    """A worksheet name Excel accepts: 31 signs, none of []:*?/\\, not standing twice."""
    base = wanted.translate(_BAD_IN_TITLES).strip("'")[:31] or "Biểu"
    name, number = base, 2
    while name.casefold() in (other.casefold() for other in taken):
        name = f"{base[:28]} {number}"
        number += 1
    return name


def _draw(sheet: Worksheet, table: PlainTable) -> None:
    columns = len(table.widths)
    for index, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    row = 1
    for line in table.above:
        _put(sheet, row, 1, line, bold=line.isupper())
        row += 1
    first = row
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for heads in table.head:
        for column, head in enumerate(heads, start=1):
            _put(sheet, row, column, head, bold=True, frame=True).alignment = centred
        sheet.row_dimensions[row].height = _height(heads, table.widths)
        row += 1
    sheet.freeze_panes = f"A{row}"
    for index, contents in enumerate(table.rows):
        for column, content in enumerate(contents, start=1):
            drawn = _put(sheet, row, column, content, bold=index in table.bold, frame=True)
            numeric = isinstance(content, (int, Decimal))
            drawn.alignment = Alignment(
                horizontal="right" if numeric or content in (_NIL, _PENDING, _OUT_OF_REMIT) else "left",
                vertical="top",
                wrap_text=not numeric,
            )
            if isinstance(content, int):
                drawn.number_format = "#,##0"
            elif isinstance(content, Decimal):
                drawn.number_format = "#,##0." + "0" * max(1, -int(content.as_tuple().exponent))
        sheet.row_dimensions[row].height = _height(contents, table.widths)
        row += 1
    for line in table.below:
        _put(sheet, row, 1, line)
        row += 1
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.5
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{first}:{first + len(table.head) - 1}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{max(1, row - 1)}"


def _height(contents: Sequence[Content], widths: Sequence[int]) -> float:
    """Points a row needs for its longest wrapped text: nobody but Excel itself fits heights when opening."""
    lines = [
        ceil(len(text) * _WIDE / width)
        for text, width in zip(contents, widths, strict=True)
        if isinstance(text, str)
    ]
    return _LINE * max(1, *lines, 1)


def _put(
    sheet: Worksheet, row: int, column: int, content: Content, *, bold: bool = False, frame: bool = False
) -> WorkbookCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, WorkbookCell)  # nothing is merged here
    cell.value = keepable(content) if isinstance(content, str) else content
    if isinstance(content, str):
        # A text that begins with "=" is a text: nothing a person wrote may become a formula.
        cell.data_type = "s"
    cell.font = Font(name=_FONT, size=12, bold=bold)
    if frame:
        cell.border = _FRAME
    return cell
