"""An .ods from its content.xml: what is repeated is laid out only where it holds something, and bounded."""

from __future__ import annotations

import re
from bisect import bisect_left

from lxml.etree import _Element as Element

from judapp.domain.cell_name import Position
from judapp.errors import JudappError
from judapp.excel.faults import refuse_repeated, too_many_cells, unread
from judapp.excel.grid import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    Area,
    CellStyle,
    Content,
    GridCell,
    GridSheet,
    SheetDraft,
    cell_style,
    cell_text,
)
from judapp.excel.ods_styles import TABLE, TAGS, Styles
from judapp.excel.package import Package
from judapp.excel.read_xlsx import iso_day, number_of

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ERROR = re.compile(r"(#[A-Z0-9/]+[!?]?|Err:\d+)\Z")
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d+)?S)?\Z")
_FORMULA_PART = re.compile(r'"(?:[^"]|"")*"|\[((?:\'(?:[^\']|\'\')*\'|[^\]\'])*)\]|;')
_REFERENCE_PART = re.compile(r"(\$?(?:'(?:[^']|'')*'|[^.':]*))\.(\$?[A-Z]*\$?\d*)")


def read_ods(package: Package) -> list[GridSheet]:
    """The visible worksheets in the order of their tabs.

    Raises FIL-001 under password, FIL-002 for another kind of document, FIL-003 for what is too large.
    """
    _look_at(package)
    styles = Styles()
    if "styles.xml" in package:
        for element in package.elements("styles.xml", *TAGS):
            styles.learn(element)
    sheets: list[GridSheet] = []
    reading: _Sheet | None = None
    budget = MAX_CELLS
    parts = (f"{TABLE}table-column", f"{TABLE}table-row")
    for element in package.elements("content.xml", *TAGS, *parts, opening=f"{TABLE}table"):
        if element.tag == f"{TABLE}table":
            if reading is not None:
                sheets.append(reading.draft.done())
                budget -= len(reading.draft.cells)
                refuse_repeated(range(len(sheets)))
            visible = element.get(f"{TABLE}style-name") not in styles.hidden_tables
            name = element.get(f"{TABLE}name", "")
            reading = _Sheet(SheetDraft(name, budget), styles) if visible else None
        elif element.tag == parts[0]:
            if reading is not None:
                reading.column(element)
        elif element.tag == parts[1]:
            if reading is not None:
                reading.row(element)
        else:
            styles.learn(element)
    if reading is not None:
        sheets.append(reading.draft.done())
    return sheets


def _look_at(package: Package) -> None:
    if "encrypted-package" in package:
        raise JudappError("FIL-001")
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise JudappError("FIL-001")
    if "mimetype" not in package:
        return
    kind = package.read("mimetype")[:100].decode("ascii", "replace")
    if "spreadsheet" not in kind:
        raise JudappError("FIL-002", kind=f"OpenDocument ({kind.rpartition('.')[2]})"[:60])


class _Sheet:
    """Lays the rows of one table out."""

    def __init__(self, draft: SheetDraft, styles: Styles) -> None:
        self.draft, self.styles = draft, styles
        self.next_row = self.next_column = 1
        self.defaults: list[tuple[int, str]] = []
        """The style of cells that say none: last column it holds for, name."""

    def column(self, element: Element) -> None:
        last = min(self.next_column + _repeated(element, "columns") - 1, MAX_COLUMN)
        if last >= self.next_column:
            if element.get(f"{TABLE}visibility") in ("collapse", "filter"):
                self.draft.hidden_columns.append((self.next_column, last))
            self.defaults.append((last, element.get(f"{TABLE}default-cell-style-name", "")))
            self.next_column = last + 1

    def row(self, element: Element) -> None:
        first = self.next_row
        # LibreOffice fills the sheet with one empty row repeated a million times.
        last = first + _repeated(element, "rows") - 1
        self.next_row = last + 1
        if element.get(f"{TABLE}visibility") in ("collapse", "filter") and first <= MAX_ROW:
            self.draft.hidden_rows.append((first, min(last, MAX_ROW)))
        default = element.get(f"{TABLE}default-cell-style-name", "")
        column = 1
        for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            times = _repeated(cell, "columns")
            made = self._cell(cell, (first, column), default)
            if made is not None:
                self._put(made, (first, last), (column, column + times - 1))
            self._span(cell, (first, column))
            column += times
        self.draft.check()

    def _put(self, cell: GridCell, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        if rows[1] > MAX_ROW or columns[1] > MAX_COLUMN:
            raise unread("RDG-beyond", rows=MAX_ROW, columns=MAX_COLUMN)
        count = (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1)
        if len(self.draft.cells) + count > self.draft.budget:
            raise too_many_cells(self.draft.budget)
        for row in range(rows[0], rows[1] + 1):
            for column in range(columns[0], columns[1] + 1):
                self.draft.cells[row, column] = cell

    def _span(self, cell: Element, position: Position) -> None:
        right = cell.get(f"{TABLE}number-columns-spanned")
        down = cell.get(f"{TABLE}number-rows-spanned")
        if right is not None or down is not None:
            row, column = position
            bottom, last = row + max(1, int(down or 1)) - 1, column + max(1, int(right or 1)) - 1
            self.draft.merges.append(Area(row, column, min(bottom, MAX_ROW), min(last, MAX_COLUMN)))

    def _cell(self, cell: Element, position: Position, row_style: str) -> GridCell | None:
        formula = cell.get(f"{TABLE}formula")
        kind = cell.get(f"{_OFFICE}value-type")
        if not len(cell) and kind is None and formula is None:
            return None
        name = cell.get(f"{TABLE}style-name") or row_style or self._column_style(position[1])
        style, boolean = self.styles.of_cell(name)
        texts, font = self._texts(cell)
        if CellStyle(font=font).legacy_font:
            style = cell_style(style.number_format, style.bold, font)
        note = cell.find(f"{_OFFICE}annotation")
        if note is not None and (comment := cell_text("\n".join(self._texts(note)[0]))):
            self.draft.comments[position] = comment
        written = "\n".join(texts or ())
        content: Content
        if cell.get(_CALC_TYPE) == "error" or (formula and _ERROR.match(written)):
            return GridCell(written or "#N/A", _formula(formula), True, style)
        if kind in ("float", "percentage", "currency"):
            content = number_of(cell.get(f"{_OFFICE}value", ""))
            if boolean or written in ("TRUE", "FALSE"):
                content = "TRUE" if content else "FALSE"
            elif kind == "percentage" and not style.percent:
                style = cell_style("0%", style.bold, style.font)
        elif kind == "boolean":
            content = "TRUE" if cell.get(f"{_OFFICE}boolean-value") == "true" else "FALSE"
        elif kind == "date":
            content = iso_day(cell.get(f"{_OFFICE}date-value", ""))
        elif kind == "time":
            content = _duration(cell.get(f"{_OFFICE}time-value", ""))
        elif texts:
            content = cell_text(cell.get(f"{_OFFICE}string-value") or written, style)
        else:
            content = cell.get(f"{_OFFICE}string-value")
        if content is None and formula is None:
            return None
        return GridCell(content, _formula(formula), False, style)

    def _column_style(self, column: int) -> str:
        at = bisect_left(self.defaults, (column, ""))
        return self.defaults[at][1] if at < len(self.defaults) else "Default"

    def _texts(self, element: Element) -> tuple[list[str], str]:
        """The paragraphs right in an element, and the legacy font of a run in them, if there is one."""
        found: list[str] = []
        font = ""
        for paragraph in element.iterchildren(f"{_TEXT}p"):
            for run in paragraph.iterdescendants(f"{_TEXT}span"):
                said = self.styles.text_fonts.get(run.get(f"{_TEXT}style-name", ""), "")
                font = said if CellStyle(font=said).legacy_font else font
            found.append(_whole_text(paragraph))
        return found, font


def _whole_text(paragraph: Element) -> str:
    """All text of a paragraph in reading order, with spaces and line breaks written as elements."""
    for inner in paragraph.iterdescendants(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        inner.text = "\n" if inner.tag == f"{_TEXT}line-break" else " "
    return "".join(map(str, paragraph.itertext()))


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))


def _duration(text: str) -> str:
    match = _DURATION.match(text)
    if match is None:
        return cell_text(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    clock = f"{hours:02d}:{minutes:02d}"
    return f"{clock}:{seconds:02d}" if seconds else clock


def _formula(formula: str | None) -> str | None:
    """``of:=SUM([.C4:.C9];1)`` as Excel writes it: ``=SUM(C4:C9,1)``."""
    if formula is None:
        return None

    def one(match: re.Match[str]) -> str:
        if match[1] is not None:
            return _REFERENCE_PART.sub(_reference, match[1])
        return "," if match[0] == ";" else match[0]

    body = formula.partition(":")[2] if re.match(r"[a-z]+:", formula) else formula
    return _FORMULA_PART.sub(one, body)


def _reference(match: re.Match[str]) -> str:
    sheet = match[1].lstrip("$")
    return f"{sheet}!{match[2]}" if sheet else match[2]
