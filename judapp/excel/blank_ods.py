"""How the cells of an .ods look, from the styles of its two parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from lxml.etree import _Element as Element
from msgspec import Struct, field

from judapp.domain.cell_name import Position
from judapp.excel.blank_looks import SIDES, Align, Looks, LooksDraft, Run, looks, sides
from judapp.excel.grid import MAX_COLUMN, MAX_ROW
from judapp.excel.ods_styles import STYLE, TABLE
from judapp.excel.package import Package

_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLES = (f"{STYLE}style", f"{STYLE}default-style")
_SIDE_NAMES = ("left", "top", "right", "bottom")
_ALIGN: dict[str, Align] = {
    "start": "left",
    "left": "left",
    "justify": "left",
    "center": "center",
    "end": "right",
    "right": "right",
}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)\Z")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_STEPS = (10.0, 8.25, 10.5, 7.5, 9.25)
"""Points of one indent step: LibreOffice's own, else three blanks of the font an Excel file began with."""
_CHARACTER, _PADDING = 5.25, 3.75
"""Points of a character and of a column's rim, as Excel counts widths of Calibri 11."""
_WHOLE = 1_000
"""A style repeated over more empty rows or columns formats whole ones and draws nothing."""
_MAX_ANCESTORS = 20
_BLANKS = re.compile(r"[ \t\r\n]+")


class _Own(Struct, frozen=True):
    """What one style says itself; None where its parent says it."""

    parent: str
    lines: tuple[bool | None, ...]
    margin: float | None
    """Points a label is pushed in."""
    bold: bool | None
    italic: bool | None
    align: Align | None


class _Styles(Struct):
    cells: dict[str, _Own] = field(default_factory=dict)
    texts: dict[str, tuple[bool | None, bool | None]] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    hidden_tables: set[str] = field(default_factory=set)
    made: dict[str, Looks] = field(default_factory=dict)
    step: float | None = None

    def learn(self, element: Element) -> None:
        """Take in a style; one stands before the cells that use it."""
        name, family = element.get(f"{STYLE}name", ""), element.get(f"{STYLE}family")
        if family == "table-cell":
            self.cells[name] = _own(element)
        elif family == "text":
            self.texts[name] = _weight(element)
        elif family == "table-column":
            properties = element.find(f"{STYLE}table-column-properties")
            width = None if properties is None else _points(properties.get(f"{STYLE}column-width"))
            if width is not None:
                self.widths[name] = max(0.0, (width - _PADDING) / _CHARACTER)
        elif family == "table":
            properties = element.find(f"{STYLE}table-properties")
            if properties is not None and properties.get(f"{TABLE}display") == "false":
                self.hidden_tables.add(name)

    def of_cell(self, name: str) -> Looks:
        """The look of a style with all it inherits."""
        if name not in self.made:
            self.made[name] = self._resolved(name)
        return self.made[name]

    def _resolved(self, name: str) -> Looks:
        chain: list[_Own] = []
        while name in self.cells and len(chain) < _MAX_ANCESTORS:
            chain.append(self.cells[name])
            if not name:  # the family's own default is the last one
                break
            name = chain[-1].parent
        if self.step is None:
            self.step = _step({own.margin for own in self.cells.values() if own.margin})
        margin = next((own.margin for own in chain if own.margin is not None), 0.0)
        lines = (
            next((own.lines[side] for own in chain if own.lines[side] is not None), False)
            for side in range(len(SIDES))
        )
        return looks(
            sides(bool(line) for line in lines),
            max(0, round(margin / self.step)),
            next((own.bold for own in chain if own.bold is not None), False),
            next((own.italic for own in chain if own.italic is not None), False),
            next((own.align for own in chain if own.align is not None), ""),
        )


def ods_looks(package: Package) -> list[LooksDraft]:
    """The looks of the visible worksheets in the order of their tabs; ``read_ods`` has read the same file."""
    styles = _Styles()
    if "styles.xml" in package:
        for element in package.elements("styles.xml", *_STYLES):
            styles.learn(element)
    found: list[LooksDraft] = []
    reading: _Sheet | None = None
    parts = (f"{TABLE}table-column", f"{TABLE}table-row")
    for element in package.elements("content.xml", *_STYLES, *parts, opening=f"{TABLE}table"):
        if element.tag == f"{TABLE}table":
            visible = element.get(f"{TABLE}style-name") not in styles.hidden_tables
            reading = _Sheet(styles) if visible else None
            if reading is not None:
                found.append(reading.draft)
        elif element.tag == parts[0]:
            if reading is not None:
                reading.column(element)
        elif element.tag == parts[1]:
            if reading is not None:
                reading.row(element)
        else:
            styles.learn(element)
    return found


class _Sheet:
    """Lays the looks of one table out."""

    def __init__(self, styles: _Styles) -> None:
        self.draft, self.styles = LooksDraft(), styles
        self.next_row = self.next_column = 1
        self.defaults: list[tuple[int, str]] = []
        """The style of cells that say none: last column it holds for, name."""

    def column(self, element: Element) -> None:
        last = min(self.next_column + _repeated(element, "columns") - 1, MAX_COLUMN)
        width = self.styles.widths.get(element.get(f"{TABLE}style-name", ""))
        if width is not None and last - self.next_column < _WHOLE:
            for number in range(self.next_column, last + 1):
                self.draft.widths[number] = width
        if last >= self.next_column:
            self.defaults.append((last, element.get(f"{TABLE}default-cell-style-name", "")))
            self.next_column = last + 1

    def row(self, element: Element) -> None:
        first = self.next_row
        times = _repeated(element, "rows")
        self.next_row = first + times
        default = element.get(f"{TABLE}default-cell-style-name", "")
        column = 1
        for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            wide = _repeated(cell, "columns")
            if times <= _WHOLE and wide <= _WHOLE and column + wide - 1 <= MAX_COLUMN:
                said = cell.get(f"{TABLE}style-name") or default
                runs = [run for p in cell.iterchildren(f"{_TEXT}p") for run in self._paragraph(p)]
                for at in range(first, min(self.next_row - 1, MAX_ROW) + 1):
                    for right in range(column, column + wide):
                        self._cell((at, right), said, runs)
            column += wide

    def _cell(self, at: Position, style: str, runs: list[Run]) -> None:
        look = self.styles.of_cell(style or self._column_style(at[1]))
        if runs:
            self.draft.write(at, "".join(run.text for run in runs), look, runs)
        else:
            self.draft.put(at, look)

    def _column_style(self, column: int) -> str:
        at = bisect_left(self.defaults, (column, ""))
        return self.defaults[at][1] if at < len(self.defaults) else "Default"

    def _paragraph(self, paragraph: Element) -> Iterator[Run]:
        if paragraph.text:  # blanks before it are the file's own layout; typed ones are elements
            paragraph.text = paragraph.text.lstrip(" \t\r\n")
        return self._runs(paragraph, (None, None))

    def _runs(self, element: Element, weight: tuple[bool | None, bool | None]) -> Iterator[Run]:
        if element.text:
            yield Run(_BLANKS.sub(" ", element.text), *weight)
        for inner in element:
            if inner.tag == f"{_TEXT}s":
                yield Run(" " * min(int(inner.get(f"{_TEXT}c", "1")), _WHOLE), *weight)
            elif inner.tag == f"{_TEXT}tab":
                yield Run("\t", *weight)
            elif inner.tag == f"{_TEXT}line-break":
                yield Run("\n", *weight)
            else:
                said = self.styles.texts.get(inner.get(f"{_TEXT}style-name", ""), (None, None))
                bold, italic = (
                    own if own is not None else outer for own, outer in zip(said, weight, strict=True)
                )
                yield from self._runs(inner, (bold, italic))
            if inner.tail:
                yield Run(_BLANKS.sub(" ", inner.tail), *weight)


def _own(style: Element) -> _Own:
    cell = style.find(f"{STYLE}table-cell-properties")
    lines: tuple[bool | None, ...] = (None,) * len(SIDES)
    if cell is not None:
        every = cell.get(f"{_FO}border")
        lines = tuple(_line(cell.get(f"{_FO}border-{side}", every)) for side in _SIDE_NAMES)
    paragraph = style.find(f"{STYLE}paragraph-properties")
    margin: float | None = None
    align: Align | None = None
    if paragraph is not None:
        margin = _points(paragraph.get(f"{_FO}margin-left"))
        said = paragraph.get(f"{_FO}text-align")
        align = None if said is None else _ALIGN.get(said, "")
    if cell is not None and cell.get(f"{STYLE}text-align-source") == "value-type":
        align = ""
    parent = style.get(f"{STYLE}parent-style-name", "")
    return _Own(parent, lines, margin, *_weight(style), align)


def _step(margins: Collection[float]) -> float:
    """The step all ``margins`` of a file are whole numbers of, as nearly as may be."""
    return min(_STEPS, key=lambda step: sum(abs(m / step - round(m / step)) for m in margins))


def _line(said: str | None) -> bool | None:
    """Whether ``0.06pt solid #000000`` is a line; None where nothing is said."""
    return None if said is None else not ({"none", "hidden"} & set(said.split()))


def _weight(style: Element) -> tuple[bool | None, bool | None]:
    text = style.find(f"{STYLE}text-properties")
    if text is None:
        return None, None
    weight, slant = text.get(f"{_FO}font-weight"), text.get(f"{_FO}font-style")
    return (
        None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        None if slant is None else slant in ("italic", "oblique"),
    )


def _points(length: str | None) -> float | None:
    match = _LENGTH.match(length or "")
    return None if match is None else float(match[1]) * _POINTS[match[2]]


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))
