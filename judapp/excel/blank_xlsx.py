"""How the cells of an .xlsx or .xlsm look: lines, indents, weight and alignment from its styles part."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element
from msgspec import Struct

from judapp.domain.cell_name import Position, column_number
from judapp.excel.blank_looks import PLAIN, SIDES, Align, Looks, LooksDraft, Run, looks
from judapp.excel.grid import MAX_COLUMN, MAX_ROW
from judapp.excel.package import Package, local
from judapp.excel.read_xlsx import number_of
from judapp.excel.xlsx_parts import parts_of

_TRUE = ("1", "true")
_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_ALIGN: dict[str, Align] = {
    "left": "left",
    "justify": "left",
    "distributed": "center",
    "center": "center",
    "centerContinuous": "center",
    "right": "right",
}
_SIDE = {"left": "l", "start": "l", "right": "r", "end": "r", "top": "t", "bottom": "b"}
_MAX_INDENT = 250


class _Text(Struct, frozen=True):
    """A text of a cell with its runs; none where the whole text is in the cell's font."""

    text: str
    runs: tuple[Run, ...]


def xlsx_looks(package: Package) -> list[LooksDraft]:
    """The looks of the visible worksheets in the order of their tabs."""
    parts = parts_of(package)
    styles = _styles(package, parts.styles)
    shared = _shared(package, parts.shared_strings)
    return [_sheet(package, part, styles, shared) for part in parts.worksheets]


def _shared(package: Package, part: str) -> list[_Text]:
    if not part or part not in package:
        return []
    return [_text(item) for item in package.elements(part, "{*}si")]


def _text(item: Element) -> _Text:
    runs = []
    for child in item.iterchildren("{*}t", "{*}r"):
        if local(child) == "t":
            runs.append(Run(child.text or "", None, None))
            continue
        text = child.find("{*}t")
        font = child.find("{*}rPr")
        bold = italic = None
        if font is not None:
            bold, italic = _on(font.find("{*}b")), _on(font.find("{*}i"))
        runs.append(Run("" if text is None else text.text or "", bold, italic))
    rich = any(run.bold is not None for run in runs)
    return _Text("".join(run.text for run in runs), tuple(runs) if rich else ())


def _on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") in _TRUE


def _styles(package: Package, part: str) -> list[Looks]:
    """The looks by the number cells call them."""
    if not part or part not in package:
        return []
    root = package.root(part)
    fonts = [(_on(f.find("{*}b")), _on(f.find("{*}i"))) for f in root.iterfind("{*}fonts/{*}font")]
    borders = [_borders(border) for border in root.iterfind("{*}borders/{*}border")]
    return [_look(xf, fonts, borders) for xf in root.iterfind("{*}cellXfs/{*}xf")]


def _borders(border: Element) -> str:
    lined = {
        _SIDE.get(local(side), "")
        for side in border
        if isinstance(side.tag, str) and side.get("style", "none") != "none"
    }
    return "".join(side for side in SIDES if side in lined)


def _look(xf: Element, fonts: list[tuple[bool, bool]], borders: list[str]) -> Looks:
    font, border = int(xf.get("fontId", "0")), int(xf.get("borderId", "0"))
    bold, italic = fonts[font] if 0 <= font < len(fonts) else (False, False)
    indent, align = 0, ""
    alignment = xf.find("{*}alignment")
    if alignment is not None:
        indent = max(0, min(int(alignment.get("indent", "0")), _MAX_INDENT))
        align = alignment.get("horizontal", "")
    return looks(
        borders[border] if 0 <= border < len(borders) else "",
        indent,
        bold,
        italic,
        _ALIGN.get(align, ""),
    )


def _sheet(package: Package, part: str, styles: list[Looks], shared: list[_Text]) -> LooksDraft:
    draft = LooksDraft()
    row = 0
    for element in package.elements(part, "{*}row", "{*}col"):
        if local(element) == "col":
            _width(draft, element)
            continue
        said = element.get("r")
        row = int(said) if said else row + 1
        column = 0
        for cell in element.iterchildren("{*}c"):
            name = _NAME.match(cell.get("r", ""))
            column = column_number(name[1]) if name else column + 1
            at = (int(name[2]) if name else row), column
            if at[0] <= MAX_ROW and column <= MAX_COLUMN:
                _cell(draft, cell, at, styles, shared)
    return draft


def _cell(draft: LooksDraft, cell: Element, at: Position, styles: list[Looks], shared: list[_Text]) -> None:
    style = int(cell.get("s", "0"))
    look = styles[style] if 0 <= style < len(styles) else PLAIN
    kind = cell.get("t")
    if kind == "s" and (value := cell.find("{*}v")) is not None:
        text = shared[int(value.text or "0")]
        draft.write(at, text.text, look, text.runs)
    elif kind == "inlineStr" and (item := cell.find("{*}is")) is not None:
        text = _text(item)
        draft.write(at, text.text, look, text.runs)
    elif kind == "str" and (value := cell.find("{*}v")) is not None:
        draft.write(at, value.text or "", look)
    else:
        draft.put(at, look)


def _width(draft: LooksDraft, column: Element) -> None:
    width = column.get("width")
    first, last = int(column.get("min", "1")), int(column.get("max", "1"))
    if width is not None:
        for number in range(max(1, first), min(last, MAX_COLUMN) + 1):
            draft.widths[number] = float(number_of(width))
