"""An .xlsx or .xlsm from its own XML: only the parts that say something are read, the sheets in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import isfinite

from lxml.etree import _Element as Element
from msgspec import Struct

from judapp.domain.cell_name import Position, column_number
from judapp.errors import JudappError
from judapp.excel import imprint
from judapp.excel.faults import too_many_cells, unread
from judapp.excel.grid import (
    GENERAL,
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
from judapp.excel.number_format import date_text
from judapp.excel.package import Package, local, parsed
from judapp.excel.row_text import SpeltRow, cell_parts, spelt_rows
from judapp.excel.shared_formula import moved
from judapp.excel.xlsx_parts import (
    TRUE,
    Tabs,
    main_part,
    of_kind,
    parts_of_tabs,
    styles_of,
    tabs_of,
    targets,
)
from judapp.excel.xlsx_texts import rich, shared_strings, unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?)?")
_MAX_MOVED = 5_000_000
"""Characters of shared formulas told anew for one sheet's cells; it takes some seconds."""
_LARGE = 1 << 20
_SPELT = 64 << 20
"""Bytes of a part that may be looked at as text."""
_COLUMNS: dict[str, int] = {}
_LOOKS = imprint.Imprints()


def read_xlsx(package: Package) -> list[GridSheet]:
    """The visible worksheets in the order of their tabs.

    Raises FIL-003 for what is too large; damaged parts raise whatever the parser says of them.
    """
    main = main_part(package)
    content = package.small(main)
    tabs = tabs_of(package.root(main)) if content is None else _known_tabs(content, main)
    related = targets(package, main)
    shared: list[tuple[str, str]] | None = None
    styles: dict[str, CellStyle] | None = None
    sheets: list[GridSheet] = []
    budget = MAX_CELLS
    for name, part in parts_of_tabs(tabs, related):
        if shared is None or styles is None:
            shared = shared_strings(package, of_kind(related, "/sharedStrings"))
            styles = styles_of(package, of_kind(related, "/styles"))
        sheet, cells = _sheet(package, part, SheetDraft(name, budget), _Book(shared, styles, tabs.from_1904))
        sheets.append(sheet)
        budget -= cells
    return sheets


def _sheet(package: Package, part: str, draft: SheetDraft, book: _Book) -> tuple[GridSheet, int]:
    """A worksheet and how many cells it has at most; one whose look is known is not taken apart again."""
    remarks = of_kind(targets(package, part), "/comments")
    content = None if remarks else package.small(part)
    own = None if content is None else imprint.cut(content)
    rims = None if own is None else _rims(own.shell, part)
    if content is None or own is None or rims is None:
        _Part(draft, book).read(package, part)
        _comments(package, remarks, draft)
        return draft.done(), len(draft.cells)
    key = own.common, rims, book.from_1904
    known = _LOOKS.known(key, book.styles)
    others = None if known is None else known.others(own, book.shared)
    if known is not None and others is not None and known.size <= draft.budget:
        first = known.sheet

        def make() -> Mapping[Position, GridCell]:
            late = SheetDraft(draft.name, draft.budget)
            _Part(late, book).take(content, part)
            return late.done().cells

        late = GridSheet(
            draft.name, imprint.LateCells(make), first.merges, first.hidden_rows, first.hidden_columns
        )
        return imprint.put(late, imprint.Printed(known, own, others)), known.size
    _Part(draft, book).take(content, part)
    sheet = draft.done()
    if _LOOKS.comes_again(key, book.styles):
        known = imprint.learned(sheet, own, book.styles)
        _LOOKS.keep(key, book.styles, known)
        if known is not None:
            imprint.put(sheet, imprint.Printed(known, own, {}))
    return sheet, len(sheet.cells)


@lru_cache(64)
def _known_tabs(content: bytes, part: str) -> Tabs:
    """The worksheets a workbook lists, which is the same list in workbook after workbook."""
    return tabs_of(parsed(content, part))


@lru_cache(32)
def _rims(shell: bytes, part: str) -> tuple[tuple[str, ...], ...] | None:
    """What a part says of merged cells and of columns, beside its rows; None where those are a comment's."""
    root = parsed(shell, part)
    if next(root.iterchildren("{*}sheetData"), None) is None:
        return None
    said = ("ref", "min", "max", "hidden", "width")
    found = root.iter("{*}col", "{*}mergeCell")
    return tuple((local(e), *(e.get(name, "") for name in said)) for e in found)


def _comments(package: Package, where: str, draft: SheetDraft) -> None:
    if not where or where not in package:
        return
    for comment in package.elements(where, "{*}comment"):
        match = _REFERENCE.match(comment.get("ref", ""))
        text = cell_text(unescaped(rich(comment)[0]))
        if match and text:
            draft.comments[int(match[2]), column_number(match[1])] = text
            draft.check()


def number_of(text: str) -> int | float:
    """A number as the file spells it; whole ones as int. Raises ValueError for what is none."""
    if text.isdigit() and text.isascii() and len(text) < 40:
        return int(text)
    if "_" in text:  # Python's own spelling
        raise ValueError(text[:40])
    return tidy(float(text))


def tidy(number: float) -> int | float:
    """A whole number as int, as far as Excel keeps every digit. Raises ValueError for what is no number."""
    if not isfinite(number):
        raise ValueError(str(number))
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


class _Book(Struct, frozen=True):
    shared: list[tuple[str, str]]
    styles: dict[str, CellStyle]
    from_1904: bool


class _Part:
    """Reads one worksheet part into a draft."""

    def __init__(self, draft: SheetDraft, book: _Book) -> None:
        self.draft, self.book = draft, book
        self.row = 0
        self.moving = 0
        self.masters: dict[str, tuple[str, tuple[int, int]]] = {}

    def read(self, package: Package, part: str) -> None:
        size = package.size(part)
        if size > _LARGE and package.count(part, b"</v>", b"</is>") > self.draft.budget:
            raise too_many_cells(self.draft.budget)  # told at once, not a minute later
        if size > _SPELT or not self.take(package.read(part), part, also_else=False):
            self._elements(package.elements(part, "{*}row", "{*}col", "{*}mergeCell"))

    def take(self, content: bytes, part: str, *, also_else: bool = True) -> bool:
        """Read the part with this content as text; spelt unusually, as XML where ``also_else`` says so."""
        spelt = spelt_rows(content)
        if spelt is None:
            if also_else:
                self._elements(parsed(content, part).iter("{*}row", "{*}col", "{*}mergeCell"))
            return also_else
        shell, rows = spelt
        root = parsed(shell, part)
        if next(root.iterchildren("{*}sheetData"), None) is None:  # it stands in a comment
            raise ValueError("sheetData")
        for row in rows:
            self._spelt_row(row)
            self.draft.check()
        self._elements(root.iter("{*}col", "{*}mergeCell"))
        return True

    def _elements(self, elements: Iterator[Element]) -> None:
        for element in elements:
            name = local(element)
            if name == "row":
                self._row(element)
                self.draft.check()
            elif name == "col":
                if element.get("hidden") in TRUE or number_of(element.get("width", "1")) == 0:
                    self.draft.hidden_columns.append(
                        (int(element.get("min", "1")), int(element.get("max", "1")))
                    )
            else:
                self._merge(element.get("ref", ""))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
        if start is None or end is None:
            raise ValueError(reference[:40])
        self.draft.merges.append(
            Area(int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1]))
        )

    def _spelt_row(self, row: SpeltRow) -> None:
        """What :meth:`_row` does, from the text of a row."""
        at = self._begin_row(row.attributes)
        cells, styles = self.draft.cells, self.book.styles
        for _, letters, _, look, kind, value, parts in row.cells:
            if not (value or parts):
                continue
            column = _COLUMNS.get(letters) or _column(letters)
            if column > MAX_COLUMN:
                raise _beyond()
            style = styles.get(look or "0", GENERAL)
            if value and kind in ("", "n") and not style.date:
                cells[at, column] = GridCell(int(value), None, False, style)  # nearly all
                continue
            made = self._spelt_cell(kind or "n", value, parts, style, (at, column))
            if made is not None:
                cells[at, column] = made

    def _spelt_cell(
        self, kind: str, value: str, spelt: str, style: CellStyle, position: tuple[int, int]
    ) -> GridCell | None:
        if not spelt:
            return self._made(kind, value, None, style)
        parts = cell_parts(spelt)
        formula = None
        if parts.formula is not None:
            formula = self._formula(parts.formula, parts.formula_says, position)
        if parts.inline is not None and kind == "inlineStr":
            return self._text(parts.inline, "", formula, style)
        return self._made(kind, parts.value, formula, style)

    def _begin_row(self, row: Element | dict[str, str]) -> int:
        said = row.get("r")
        at = self.row = int(said) if said else self.row + 1
        if not 0 < at <= MAX_ROW:
            raise _beyond()
        if row.get("hidden") in TRUE or (row.get("customHeight") and number_of(row.get("ht", "1")) == 0):
            self.draft.hidden_rows.append((at, at))
        return at

    def _row(self, row: Element) -> None:
        said = row.get("r")
        at = self._begin_row(row)
        column = 0
        cells, styles = self.draft.cells, self.book.styles
        space = row.tag[:-3]
        tags = space + "v", space + "f", space + "is"
        for cell in row:
            reference = cell.get("r")
            if reference is None:
                column += 1
            else:
                letters = reference.rstrip("0123456789")
                column = _COLUMNS.get(letters) or _column(letters)
                digits = reference[len(letters) :]
                if digits != said:
                    at = int(digits)
            inside = len(cell)
            if not inside:
                continue
            kind = cell.get("t")
            style = styles.get(cell.get("s", "0"), GENERAL)
            if (
                inside == 1
                and kind is None
                and not style.date
                and (value := cell[0]).tag == tags[0]
                and value.text
            ):
                made: GridCell | None = GridCell(number_of(value.text), None, False, style)  # nearly all
            else:
                made = self._cell(cell, tags, style, (at, column))
            if made is not None:
                if column > MAX_COLUMN or not 0 < at <= MAX_ROW:
                    raise _beyond()
                cells[at, column] = made

    def _cell(
        self, cell: Element, tags: tuple[str, str, str], style: CellStyle, position: tuple[int, int]
    ) -> GridCell | None:
        value: str | None = None
        formula: str | None = None
        kind = cell.get("t", "n")
        for child in cell:
            tag = child.tag
            if tag == tags[0]:
                value = child.text or ""
            elif tag == tags[1]:
                formula = self._formula(child.text or "", child, position)
            elif tag == tags[2] and kind == "inlineStr":
                text, font = rich(child)
                return self._text(text, font, formula, style)
        return self._made(kind, value, formula, style)

    def _made(self, kind: str, value: str | None, formula: str | None, style: CellStyle) -> GridCell | None:
        """The cell of a type, a value as it is spelt and a formula."""
        if value is None or (not value and kind != "str"):
            return None if formula is None else GridCell(None, formula, False, style)
        if kind == "n":
            return GridCell(self._number(number_of(value), style), formula, False, style)
        if kind == "s":
            index = int(value)
            if index < 0:
                raise ValueError(value[:40])
            return self._text(*self.book.shared[index], formula, style)
        if kind == "b":
            return GridCell("TRUE" if value in TRUE else "FALSE", formula, False, style)
        if kind == "d":
            return GridCell(iso_day(value), formula, False, style)
        if kind == "e":
            return GridCell(value, formula, True, style)
        return self._text(value, "", formula, style)  # "str", or a kind nobody has yet: as it stands

    def _text(self, text: str, font: str, formula: str | None, style: CellStyle) -> GridCell:
        if font:
            style = cell_style(style.number_format, style.bold, font)
        if "_x" in text:
            text = unescaped(text)
        return GridCell(cell_text(text, style), formula, False, style)

    def _number(self, number: int | float, style: CellStyle) -> Content:
        if not style.date:
            return number
        text = date_text(number, style.date, from_1904=self.book.from_1904)
        return number if text is None else text

    def _formula(self, text: str, said: Element | dict[str, str], position: tuple[int, int]) -> str:
        """A formula with "=" from its text and what its element says."""
        kind = said.get("t")
        if kind == "shared":
            group = said.get("si", "")
            if text:
                self.masters[group] = text, position
            elif group in self.masters:
                master, written = self.masters[group]
                self.moving += len(master)
                if self.moving > _MAX_MOVED:
                    raise unread("RDG-formulas")
                text = moved(master, written, position)
        elif kind == "dataTable":
            text = f"TABLE({said.get('r1', '')})"
        return f"={text}"


def _beyond() -> JudappError:
    return unread("RDG-beyond", rows=MAX_ROW, columns=MAX_COLUMN)


def _column(letters: str) -> int:
    if not letters.isascii() or not letters.isalpha() or not letters.isupper() or len(letters) > 3:
        raise ValueError(letters[:40])
    return _COLUMNS.setdefault(letters, column_number(letters))


def iso_day(text: str) -> str:
    """2024-06-30T08:00:00 as a paper writes it, as far as it is a day at all."""
    match = _DAY.match(text)
    if match is None:
        return cell_text(text)
    year, month, day, clock, seconds = match.groups()
    if clock is None or (clock == "00:00" and seconds in (None, ":00")):
        return f"{day}/{month}/{year}"
    return f"{day}/{month}/{year} {clock}{seconds if seconds and seconds != ':00' else ''}"
