"""An .xlsx or .xlsm from its own XML: only the parts that say something are read, the sheets in one pass."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from lxml.etree import _Element as Element
from msgspec import Struct

from judapp.domain.cell_name import column_number
from judapp.errors import JudappError
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
from judapp.excel.number_format import BUILTIN, date_text
from judapp.excel.package import Package, local
from judapp.excel.shared_formula import moved

_TRUE = ("1", "true")
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?)?")
_MAX_MOVED = 5_000_000
"""Characters of shared formulas told anew for one sheet's cells; it takes some seconds."""
_COLUMNS: dict[str, int] = {}


def read_xlsx(package: Package) -> list[GridSheet]:
    """The visible worksheets in the order of their tabs.

    Raises FIL-003 for what is too large; damaged parts raise whatever the parser says of them.
    """
    main = _main_part(package)
    book = package.root(main)
    targets = _targets(package, main)
    shared: list[tuple[str, str]] | None = None
    styles: dict[str, CellStyle] | None = None
    system = next((e for e in book.iter("{*}workbookPr")), None)
    from_1904 = system is not None and system.get("date1904") in _TRUE
    sheets: list[GridSheet] = []
    budget = MAX_CELLS
    for name, part in _worksheets(book, targets):
        if shared is None or styles is None:
            shared = _shared_strings(package, _of_kind(targets, "/sharedStrings"))
            styles = _styles(package, _of_kind(targets, "/styles"))
        draft = SheetDraft(name, budget)
        _Part(draft, _Book(shared, styles, from_1904)).read(package, part)
        _comments(package, part, draft)
        sheets.append(draft.done())
        budget -= len(draft.cells)
    return sheets


class Parts(NamedTuple):
    """Where an .xlsx keeps what a reader of looks needs; a part is "" where the workbook has none."""

    worksheets: list[str]
    """The visible ones, in the order of :func:`read_xlsx`."""
    shared_strings: str
    styles: str


def parts_of(package: Package) -> Parts:
    """The parts of an .xlsx that hold its visible worksheets, texts and styles."""
    main = _main_part(package)
    targets = _targets(package, main)
    worksheets = [part for _, part in _worksheets(package.root(main), targets)]
    return Parts(worksheets, _of_kind(targets, "/sharedStrings"), _of_kind(targets, "/styles"))


def _worksheets(book: Element, targets: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Name and part of every visible worksheet, in the order of their tabs."""
    for entry in book.iterfind("{*}sheets/{*}sheet"):
        kind, part = targets.get(_relation(entry), ("", ""))
        if entry.get("state", "visible") == "visible" and kind.endswith("/worksheet"):
            yield entry.get("name", ""), part


def _main_part(package: Package) -> str:
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    return _of_kind(_targets(package, ""), "/officeDocument")


def _targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The parts another one points to: kind and name by relation."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return {}
    return {
        r.get("Id", ""): (
            r.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, r.get("Target", ""))),
        )
        for r in package.root(relations).iter(_REL)
        if r.get("TargetMode") != "External"
    }


def _of_kind(targets: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for said, part in targets.values() if said.endswith(kind)), "")


def _relation(element: Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _comments(package: Package, part: str, draft: SheetDraft) -> None:
    where = _of_kind(_targets(package, part), "/comments")
    if not where or where not in package:
        return
    for comment in package.elements(where, "{*}comment"):
        match = _REFERENCE.match(comment.get("ref", ""))
        text = cell_text(_unescaped(_rich(comment)[0]))
        if match and text:
            draft.comments[int(match[2]), column_number(match[1])] = text
            draft.check()


def _shared_strings(package: Package, part: str) -> list[tuple[str, str]]:
    """The texts cells point to, each with the legacy font of a run of it, if there is one."""
    if not part or part not in package:
        return []
    found: list[tuple[str, str]] = []
    for item in package.elements(part, "{*}si"):
        found.append(_rich(item))
        if len(found) > MAX_CELLS:
            raise JudappError("FIL-003")
    return found


def _rich(item: Element) -> tuple[str, str]:
    """Text of runs without readings in another script (``rPh``); and the legacy font of one of them."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return item[0].text or "", ""
    texts: list[str] = []
    font = ""
    for element in item.iter("{*}t", "{*}rFont"):
        if local(element) == "rFont":
            name = element.get("val", "")
            font = name if CellStyle(font=name).legacy_font else font
            continue
        above = element.getparent()
        if above is None or local(above) != "rPh":
            texts.append(element.text or "")
    return "".join(texts), font


def _styles(package: Package, part: str) -> dict[str, CellStyle]:
    """The styles by the number cells call them."""
    if not part or part not in package:
        return {}
    root = package.root(part)
    codes = dict(BUILTIN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
    fonts = []
    for font in root.iterfind("{*}fonts/{*}font"):
        name, bold = font.find("{*}name"), font.find("{*}b")
        fonts.append(
            (
                bold is not None and bold.get("val", "1") in _TRUE,
                "" if name is None else name.get("val", ""),
            )
        )
    found: dict[str, CellStyle] = {}
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        font_id = int(xf.get("fontId", "0"))
        bold_name = fonts[font_id] if 0 <= font_id < len(fonts) else (False, "")
        code = codes.get(int(xf.get("numFmtId", "0")), "General")
        found[str(len(found))] = cell_style(code, *bold_name)
    return found


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


def _unescaped(text: str) -> str:
    """Signs XML cannot hold are written ``_x000D_``; a text that looks so by itself, ``_x005F_x000D_``."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


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
        for element in package.elements(part, "{*}row", "{*}col", "{*}mergeCell"):
            name = local(element)
            if name == "row":
                self._row(element)
                self.draft.check()
            elif name == "col":
                if element.get("hidden") in _TRUE or number_of(element.get("width", "1")) == 0:
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

    def _row(self, row: Element) -> None:
        said = row.get("r")
        at = self.row = int(said) if said else self.row + 1
        if not 0 < at <= MAX_ROW:
            raise JudappError("FIL-003")
        if row.get("hidden") in _TRUE or (row.get("customHeight") and number_of(row.get("ht", "1")) == 0):
            self.draft.hidden_rows.append((at, at))
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
                    raise JudappError("FIL-003")
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
                formula = self._formula(child, position)
            elif tag == tags[2] and kind == "inlineStr":
                text, font = _rich(child)
                return self._text(text, font, formula, style)
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
            return GridCell("TRUE" if value in _TRUE else "FALSE", formula, False, style)
        if kind == "d":
            return GridCell(iso_day(value), formula, False, style)
        if kind == "e":
            return GridCell(value, formula, True, style)
        return self._text(value, "", formula, style)  # "str", or a kind nobody has yet: as it stands

    def _text(self, text: str, font: str, formula: str | None, style: CellStyle) -> GridCell:
        if font:
            style = cell_style(style.number_format, style.bold, font)
        if "_x" in text:
            text = _unescaped(text)
        return GridCell(cell_text(text, style), formula, False, style)

    def _number(self, number: int | float, style: CellStyle) -> Content:
        if not style.date:
            return number
        text = date_text(number, style.date, from_1904=self.book.from_1904)
        return number if text is None else text

    def _formula(self, element: Element, position: tuple[int, int]) -> str:
        text = element.text or ""
        kind = element.get("t")
        if kind == "shared":
            group = element.get("si", "")
            if text:
                self.masters[group] = text, position
            elif group in self.masters:
                master, written = self.masters[group]
                self.moving += len(master)
                if self.moving > _MAX_MOVED:
                    raise JudappError("FIL-003")
                text = moved(master, written, position)
        elif kind == "dataTable":
            text = f"TABLE({element.get('r1', '')})"
        return f"={text}"


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
