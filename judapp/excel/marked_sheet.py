"""The marked cells of a worksheet part: another look each, and nothing else of the part changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from typing import Literal, NamedTuple

from judapp.domain.cell_name import Position, address, column_letters, column_number
from judapp.excel.faults import unread
from judapp.excel.splice import Element, Patch, elements, first

Tint = Literal["error", "warning"]
Dress = Callable[[int, Tint], int]
"""The look that is the one given but for its fill."""

_NAME = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})\Z")
_TRUE = ("1", "true")
_BEFORE_DRAWING = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
    scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
    conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter
    rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
"""
"""What stands before ``legacyDrawing`` in a worksheet (ECMA-376 part 1, 18.3.1.99)."""


class SheetLook(NamedTuple):
    """What of a worksheet matters besides its cells."""

    part: bytes
    root: Element
    below: list[Element]
    """The children of the root, the views, columns, merges, rows and cells."""

    @property
    def drawing(self) -> str | None:
        """The relation of the drawing of comments, None where it has none."""
        found = next((e for e in self.below if e.path[1:] == ("legacyDrawing",)), None)
        if found is None:
            return None
        return next((value for name, value in found.attributes.items() if name.endswith(":id")), None)

    def seen_at(self, positions: Collection[Position]) -> dict[Position, Position]:
        """The cell at which somebody sees each position: the first one of the merge it lies under, if any."""
        found = {position: position for position in positions}
        for merge in (e for e in self.below if e.path[1:] == ("mergeCells", "mergeCell")):
            ends = [place(end) for end in merge.attributes.get("ref", "").split(":")]
            first, last = ends[0], ends[-1]
            if first is None or last is None:
                continue
            for row, column in positions:
                if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
                    found[row, column] = first
        return found


def look_at(part: bytes) -> SheetLook:
    """Find one's way in a worksheet part. Raises FIL-003 where it is none."""
    deeper = {"sheetViews", "cols", "sheetData", "mergeCells"}

    def wanted(path: tuple[str, ...]) -> bool:
        depth = len(path)
        return depth <= 2 or (path[1] in deeper and (depth == 3 or (depth == 4 and path[3] == "c")))

    root, *below = elements(part, wanted)
    return SheetLook(part, root, below)


def chosen(part: bytes) -> bool:
    """Whether the tab of a worksheet is chosen when the workbook is opened."""
    views = elements(part, lambda path: path[1:] == ("sheetViews", "sheetView"))
    return any(view.attributes.get("tabSelected") in _TRUE for view in views)


def dressed(
    look: SheetLook,
    tints: Mapping[Position, Tint],
    dress: Dress,
    *,
    unchoose: bool,
    drawing: tuple[str, str] | None,
) -> bytes:
    """The worksheet with its marked cells in another look; cells that are not there yet are put in.

    ``unchoose`` takes away that its tab is chosen; ``drawing`` is the namespace of relations and the relation
    of the drawing of comments, where it had none.
    """
    patch = Patch(look.part)
    if unchoose:
        for view in look.below:
            if view.path[1:] == ("sheetViews", "sheetView") and "tabSelected" in view.attributes:
                patch.set(view, {"tabSelected": None})
    _Cells(look, patch, dress).mark(tints)
    if drawing is not None:
        space, relation = drawing
        behind = max(
            (e.end for e in look.below if len(e.path) == 2 and _stands_before(look, e)),
            default=look.root.inside,
        )
        name = f"{look.root.prefix}legacyDrawing"
        patch.insert(behind, f'<{name} xmlns:r="{space}" r:id="{relation}"/>')
    return patch.done()


def _stands_before(look: SheetLook, element: Element) -> bool:
    if element.path[1] != "AlternateContent":
        return element.path[1] in _BEFORE_DRAWING.split()
    # What it wraps decides; controls and embedded objects stand behind the drawing.
    wrapped = look.part[element.start : element.end]
    return not re.search(rb"<(?:\w+:)?(controls|oleObjects|legacyDrawing|picture|tableParts)\b", wrapped)


class _Cells:
    def __init__(self, look: SheetLook, patch: Patch, dress: Dress) -> None:
        self.patch, self.dress = patch, dress
        self.prefix = look.root.prefix
        data = first(look.below, "sheetData")
        if data is None:
            raise unread()
        self.data = data
        self.columns = [e for e in look.below if e.path[1:] == ("cols", "col")]
        self.rows: dict[int, Element] = {}
        self.cells: dict[int, dict[int, Element]] = {}
        self._place(look)

    def _place(self, look: SheetLook) -> None:
        """Say of every row and cell where it is; those that do not say it follow the one before."""
        row = column = 0
        for element in look.below:
            if element.path[1:] == ("sheetData", "row"):
                said = element.attributes.get("r", "")
                row, column = (int(said) if said.isdecimal() else row + 1), 0
                self.rows.setdefault(row, element)
            elif len(element.path) == 4 and element.path[2] == "row":
                name = _NAME.match(element.attributes.get("r", ""))
                column = column_number(name[1].upper()) if name else column + 1
                at = int(name[2]) if name else row
                self.cells.setdefault(at, {}).setdefault(column, element)

    def mark(self, tints: Mapping[Position, Tint]) -> None:
        by_row: dict[int, dict[int, Tint]] = {}
        for (row, column), tint in sorted(tints.items()):
            by_row.setdefault(row, {})[column] = tint
        known = sorted(self.rows)
        fresh: dict[int, list[str]] = {}
        for row, of_row in by_row.items():
            if row in self.rows:
                self._mark_row(row, of_row)
            else:
                inside = "".join(self._cell(row, column, None, tint) for column, tint in of_row.items())
                at = bisect_left(known, row)
                fresh.setdefault(at, []).append(f'<{self.prefix}row r="{row}">{inside}</{self.prefix}row>')
        for at, written in fresh.items():
            if at < len(known):
                self.patch.insert(self.rows[known[at]].start, "".join(written))
            else:
                self.patch.append(self.data, "".join(written))

    def _mark_row(self, row: int, tints: Mapping[int, Tint]) -> None:
        element, cells = self.rows[row], self.cells.get(row, {})
        own = element.attributes
        row_style = _number(own.get("s")) if own.get("customFormat") in _TRUE else None
        known = sorted(cells)
        behind: list[str] = []
        for column, tint in tints.items():
            cell = cells.get(column)
            if cell is not None:
                look = self.dress(_number(cell.attributes.get("s")), tint)
                self.patch.set(cell, {"s": str(look)})
                continue
            written = self._cell(row, column, row_style, tint)
            at = bisect_left(known, column)
            if at < len(known):
                self.patch.insert(cells[known[at]].start, written)
            else:
                behind.append(written)
        if behind:
            self.patch.append(element, "".join(behind))
        if "spans" in own and not tints.keys() <= cells.keys():
            self.patch.set(element, {"spans": None})  # a hint of how wide the row is, no longer true

    def _cell(self, row: int, column: int, style: int | None, tint: Tint) -> str:
        if style is None:
            style = next((_number(e.attributes.get("style")) for e in self.columns if _covers(e, column)), 0)
        look = self.dress(style, tint)
        return f'<{self.prefix}c r="{address((row, column))}" s="{look}"/>'


def _covers(column: Element, number: int) -> bool:
    own = column.attributes
    return _number(own.get("min")) <= number <= _number(own.get("max"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def place(name: str) -> Position | None:
    """Row and column of "E14"; None for what is no single cell."""
    found = _NAME.match(name.replace("$", ""))
    return (int(found[2]), column_number(found[1].upper())) if found else None


def where(sheet: str, position: Position) -> str:
    """A cell of another worksheet as a hyperlink names it: "'Biểu 17a'!E14"."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{column_letters(position[1])}{position[0]}"
