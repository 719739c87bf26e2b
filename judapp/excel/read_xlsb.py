"""An .xlsb from its binary records (MS-XLSB 2.1.4); formulas are there as something else and are not told.

Not by calamine, which lays a sheet out whole, however far its cells lie apart, takes error values for empty
cells and panics over damaged records; it is the second opinion of the tests.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from struct import unpack_from

from msgspec import Struct

from judapp.excel.faults import refuse_repeated, unread
from judapp.excel.grid import (
    GENERAL,
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    Area,
    CellStyle,
    GridCell,
    GridSheet,
    SheetDraft,
    cell_style,
    cell_text,
)
from judapp.excel.number_format import BUILTIN, date_text
from judapp.excel.package import Package
from judapp.excel.read_xlsx import tidy

_ROW, _RK, _FONT, _FORMAT, _XF, _COLUMN, _SHEET, _PROPERTIES, _MERGE, _STRING = (
    0,
    2,
    43,
    44,
    47,
    60,
    156,
    153,
    176,
    19,
)
_ERROR, _BOOL, _REAL, _TEXT, _SHARED = (3, 11), (4, 10), (5, 9), (6, 8, 62), 7
_CELLS = frozenset({_RK, *_ERROR, *_BOOL, *_REAL, *_TEXT, _SHARED})
_BEGIN_CELL_XFS, _END_CELL_XFS = 617, 618
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class _Book(Struct, frozen=True):
    shared: list[str]
    styles: list[CellStyle]
    from_1904: bool


def read_xlsb(package: Package) -> list[GridSheet]:
    """The visible worksheets in the order of their tabs; the values of formulas as they were stored."""
    parts, from_1904 = _sheets(package)
    shared = [_text(r, 1)[0] for r in _of_kind(package, "xl/sharedStrings.bin", _STRING)]
    book = _Book(shared, _styles(package), from_1904)
    sheets: list[GridSheet] = []
    budget = MAX_CELLS
    for name, part in parts:
        draft = SheetDraft(name, budget)
        _read_sheet(package.read(part), draft, book)
        sheets.append(draft.done())
        budget -= len(draft.cells)
    return sheets


def _of_kind(package: Package, part: str, wanted: int) -> Iterator[bytes]:
    if part in package:
        for kind, record in _records(package.read(part)):
            if kind == wanted:
                yield record


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(content)
    while at < end:
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        if at + size > end:
            raise ValueError("a record is cut off")
        yield kind, content[at : at + size]
        at += size


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first; the eighth says that another one follows."""
    number = 0
    for index in range(most):
        byte = content[at + index]
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return number, at + index + 1
    return number, at + most


def _text(record: bytes, at: int) -> tuple[str, int]:
    (length,) = unpack_from("<I", record, at)
    if length == 0xFFFFFFFF:  # a text that is not there
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(record):
        raise ValueError("a text is cut off")
    return record[at + 4 : end].decode("utf-16-le"), end


def _sheets(package: Package) -> tuple[list[tuple[str, str]], bool]:
    """Name and part of every visible worksheet; whether days count from 1904."""
    targets = {
        relation.get("Id", ""): (relation.get("Type", ""), relation.get("Target", ""))
        for relation in package.root("xl/_rels/workbook.bin.rels")
    }
    found = []
    from_1904 = False
    for kind, record in _records(package.read("xl/workbook.bin")):
        if kind == _PROPERTIES:
            from_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            (state,) = unpack_from("<I", record)
            relation, at = _text(record, 8)
            name, _ = _text(record, at)
            said, target = targets[relation]
            if state == 0 and said.endswith("/worksheet"):
                found.append((name, posixpath.normpath(posixpath.join("/xl", target))))
    refuse_repeated([part.lower() for _, part in found])
    return found, from_1904


def _styles(package: Package) -> list[CellStyle]:
    if "xl/styles.bin" not in package:
        return []
    codes, fonts = dict(BUILTIN), []
    found: list[CellStyle] = []
    of_cells = False
    for kind, record in _records(package.read("xl/styles.bin")):
        if kind == _FORMAT:
            codes[unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif kind == _FONT:
            fonts.append((unpack_from("<H", record, 4)[0] >= 600, _text(record, 21)[0]))
        elif kind in (_BEGIN_CELL_XFS, _END_CELL_XFS):
            of_cells = kind == _BEGIN_CELL_XFS
        elif kind == _XF and of_cells:
            _, code, font = unpack_from("<HHH", record)
            found.append(cell_style(codes.get(code, "General"), *(fonts[font] if font < len(fonts) else ())))
    return found


def _read_sheet(content: bytes, draft: SheetDraft, book: _Book) -> None:
    row = 0
    for kind, record in _records(content):
        if kind == _ROW:
            row = unpack_from("<I", record)[0] + 1
            if record[11] & 0x10:
                draft.hidden_rows.append((row, row))
            draft.check()
        elif kind in _CELLS:
            column, looks = unpack_from("<II", record)
            if not 0 < row <= MAX_ROW or column >= MAX_COLUMN:
                raise unread("RDG-beyond", rows=MAX_ROW, columns=MAX_COLUMN)
            looks &= 0xFFFFFF
            style = book.styles[looks] if looks < len(book.styles) else GENERAL
            draft.cells[row, column + 1] = _cell(kind, record, style, book)
        elif kind == _COLUMN:
            first, last = unpack_from("<II", record)
            if unpack_from("<H", record, 16)[0] & 1:
                draft.hidden_columns.append((first + 1, last + 1))
        elif kind == _MERGE:
            top, bottom, left, right = unpack_from("<IIII", record)
            draft.merges.append(Area(top + 1, left + 1, bottom + 1, right + 1))


def _cell(kind: int, record: bytes, style: CellStyle, book: _Book) -> GridCell:
    if kind in _ERROR:
        return GridCell(_ERRORS.get(record[8], "#N/A"), None, True, style)
    if kind in _BOOL:
        return GridCell("TRUE" if record[8] else "FALSE", None, False, style)
    if kind in _TEXT:
        return GridCell(cell_text(_text(record, 9 if kind == 62 else 8)[0], style), None, False, style)
    if kind == _SHARED:
        return GridCell(cell_text(book.shared[unpack_from("<I", record, 8)[0]], style), None, False, style)
    number = tidy(unpack_from("<d", record, 8)[0] if kind in _REAL else _rk(record))
    text = date_text(number, style.date, from_1904=book.from_1904) if style.date else None
    return GridCell(number if text is None else text, None, False, style)


def _rk(record: bytes) -> float:
    """A number in 30 bits: the upper ones of a double, or a whole number; perhaps in hundredths."""
    (bits,) = unpack_from("<i", record, 8)
    number: float
    if bits & 2:
        number = float(bits >> 2)
    else:
        (number,) = unpack_from("<d", b"\0\0\0\0" + (bits & ~3 & 0xFFFFFFFF).to_bytes(4, "little"))
    return number / 100 if bits & 1 else number
