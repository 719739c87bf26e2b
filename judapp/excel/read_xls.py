"""An old .xls through xlrd: values, formats, merges, what is hidden, notes. xlrd tells no formulas."""

from __future__ import annotations

import io
from typing import Any

import xlrd  # type: ignore[import-untyped]  # xlrd tells no types
from xlrd.compdoc import CompDoc, CompDocError  # type: ignore[import-untyped]  # xlrd tells no types

from judapp.errors import JudappError
from judapp.excel.faults import refuse_repeated, unread
from judapp.excel.grid import (
    MAX_CELLS,
    Area,
    CellStyle,
    GridCell,
    GridSheet,
    SheetDraft,
    cell_style,
    cell_text,
)
from judapp.excel.number_format import BUILTIN, date_text
from judapp.excel.read_xlsx import tidy

_OTHERS = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint", "__nameid_version1.0": "Outlook"}


def read_xls(content: bytes) -> list[GridSheet]:
    """The visible worksheets in the order of their tabs; the values of formulas as they were stored.

    Raises FIL-001 (an encrypted workbook of either kind), FIL-002 for a document of another program, FIL-003.
    """
    try:
        _look_at(content)
        book = xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
        styles = _styles(book)
        sheets: list[GridSheet] = []
        budget = MAX_CELLS
        refuse_repeated(_places(book))
        for index in range(book.nsheets):
            if _visibility(book, index):
                continue
            draft = SheetDraft(book.sheet_names()[index], budget)
            _read_sheet(book.sheet_by_index(index), draft, styles, book.datemode == 1)
            book.unload_sheet(index)
            sheets.append(draft.done())
            budget -= len(draft.cells)
    except (xlrd.XLRDError, CompDocError) as error:
        # FILEPASS makes xlrd say so; it has no code for it.
        if "encrypted" in str(error):
            raise JudappError("FIL-001") from error
        raise unread() from error
    return sheets


def _look_at(content: bytes) -> None:
    """An encrypted .xlsx is an OLE container as an old .xls is: the streams inside tell them apart."""
    container = CompDoc(content, logfile=io.StringIO())
    names = {entry.name for entry in container.dirlist}
    if "EncryptedPackage" in names:
        raise JudappError("FIL-001")
    if not names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        raise JudappError("FIL-002", kind=next((k for name, k in _OTHERS.items() if name in names), "OLE"))
    _refuse_circles(container)


def _refuse_circles(container: Any) -> None:
    """xlrd follows a small stream whose sectors lead back to themselves until the memory is full."""
    for entry in container.dirlist:
        if 0 <= entry.tot_size < container.min_size_std_stream:
            at, steps = entry.first_SID, 0
            while 0 <= at < len(container.SSAT):
                at, steps = container.SSAT[at], steps + 1
                if steps > len(container.SSAT):
                    raise unread()


def _visibility(book: Any, index: int) -> int:
    found: int = book._sheet_visibility[index]  # known before the sheet is parsed; the sheet itself copies it
    return found


def _places(book: Any) -> list[int]:
    """Where every visible worksheet begins."""
    every = enumerate(book._sh_abs_posn)
    return [place for index, place in every if place >= 0 and not _visibility(book, index)]


def _styles(book: Any) -> list[CellStyle]:
    found = []
    for xf in book.xf_list:
        form = book.format_map.get(xf.format_key)
        code = BUILTIN.get(xf.format_key) or (form.format_str if form else "General")
        font = book.font_list[xf.font_index] if xf.font_index < len(book.font_list) else None
        bold = font is not None and (font.bold == 1 or font.weight >= 600)
        found.append(cell_style(code, bold, font.name if font else ""))
    return found


def _read_sheet(sheet: Any, draft: SheetDraft, styles: list[CellStyle], from_1904: bool) -> None:
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                style = styles[sheet.cell_xf_index(row, column)]
                draft.cells[row + 1, column + 1] = _cell(kind, value, style, from_1904)
        draft.check()
    draft.merges = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    draft.comments = {
        (row + 1, column + 1): text
        for (row, column), note in sheet.cell_note_map.items()
        if (text := cell_text(note.text or ""))
    }
    for row, info in sheet.rowinfo_map.items():
        if info.hidden:
            draft.hidden_rows.append((row + 1, row + 1))
    for column, info in sheet.colinfo_map.items():
        if info.hidden or info.width == 0:
            draft.hidden_columns.append((column + 1, column + 1))


def _cell(kind: int, value: Any, style: CellStyle, from_1904: bool) -> GridCell:
    if kind == xlrd.XL_CELL_TEXT:
        return GridCell(cell_text(value, style), None, False, style)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return GridCell("TRUE" if value else "FALSE", None, False, style)
    if kind == xlrd.XL_CELL_ERROR:
        return GridCell(xlrd.error_text_from_code.get(value, "#N/A"), None, True, style)
    number = tidy(value)
    text = date_text(number, style.date, from_1904=from_1904) if style.date else None
    return GridCell(number if text is None else text, None, False, style)
