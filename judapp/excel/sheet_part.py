"""The worksheet part of a workbook, written by ourselves: openpyxl drops stored values and is slow.

A computed cell carries its formula and its stored value, so that every viewer shows the total (promise 8).
Text is always an inline string: nothing a person wrote can become a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape  # that of xml.sax takes all of urllib along
from typing import Literal

from msgspec import Struct

from judapp.domain.cell_name import Position, address, column_letters
from judapp.domain.printed import Box

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PAPER = {"A4": 9, "A3": 8}
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
"""Signs XML cannot hold; they cannot be seen either, and Excel itself drops them."""


class Content(Struct, frozen=True, gc=False):
    """What stands in a cell: a value, and the formula that gives it, without its "="."""

    value: int | Decimal | str | None = None
    formula: str | None = None


class Validation(Struct, frozen=True):
    """What may be typed into cells, as Excel 2007 knows it: a formula over the first cell, or a list."""

    formula: str
    cells: Box
    """One rectangle: programs disagree about where a formula starts in several."""
    message: str
    kind: Literal["custom", "list"] = "custom"


class SheetPage(Struct, frozen=True):
    """How a worksheet is shown and printed."""

    widths: Sequence[float]
    heights: Mapping[int, float]
    merges: Sequence[Box]
    freeze: Position
    paper: str = "A4"
    landscape: bool = True
    protected: bool = False
    page_break: int | None = None
    """The row a new printed page begins with."""
    validations: Sequence[Validation] = ()


def sheet_part(
    page: SheetPage, contents: Mapping[Position, Content], styles: Mapping[Position, int]
) -> bytes:
    """The XML of a worksheet.

    ``styles`` gives the index of the cell format for every cell that has a look; a cell with content and no
    look gets the first one. Rows and columns stand in order, as the format demands.
    """
    return "".join(_parts(page, contents, styles)).encode("utf-8")


def _parts(
    page: SheetPage, contents: Mapping[Position, Content], styles: Mapping[Position, int]
) -> Iterator[str]:
    last_row = max((row for row, _ in (*contents, *styles)), default=1)
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
    yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield f'<dimension ref="A1:{column_letters(len(page.widths))}{last_row}"/>'
    yield _view(page.freeze)
    yield '<sheetFormatPr defaultRowHeight="15.75" customHeight="1"/><cols>'
    for number, width in enumerate(page.widths, start=1):
        yield f'<col min="{number}" max="{number}" width="{width:.2f}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from _rows(page.heights, contents, styles)
    yield "</sheetData>"
    if page.protected:
        yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
    if page.merges:
        yield f'<mergeCells count="{len(page.merges)}">'
        yield from (f'<mergeCell ref="{reference(box)}"/>' for box in page.merges)
        yield "</mergeCells>"
    if page.validations:
        yield f'<dataValidations count="{len(page.validations)}">'
        yield from map(_validation, page.validations)
        yield "</dataValidations>"
    yield '<printOptions horizontalCentered="1"/>'
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    orientation = "landscape" if page.landscape else "portrait"
    yield f'<pageSetup paperSize="{_PAPER[page.paper]}" orientation="{orientation}" fitToHeight="0"/>'
    yield "<headerFooter><oddFooter>&amp;C&amp;P</oddFooter></headerFooter>"
    if page.page_break is not None:
        yield '<rowBreaks count="1" manualBreakCount="1">'
        yield f'<brk id="{page.page_break - 1}" max="16383" man="1"/></rowBreaks>'
    yield "</worksheet>"


def _view(freeze: Position) -> str:
    row, column = freeze
    split = f' xSplit="{column - 1}"' if column > 1 else ""
    split += f' ySplit="{row - 1}"' if row > 1 else ""
    if not split:
        return '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
    pane = "bottomRight" if row > 1 < column else "bottomLeft" if row > 1 else "topRight"
    where = f'topLeftCell="{address((row, column))}" activePane="{pane}" state="frozen"'
    return (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane{split} {where}/><selection pane="{pane}"/></sheetView></sheetViews>'
    )


def _rows(
    heights: Mapping[int, float], contents: Mapping[Position, Content], styles: Mapping[Position, int]
) -> Iterator[str]:
    by_row: dict[int, list[int]] = {row: [] for row in heights}
    for row, column in sorted({*contents, *styles}):
        by_row.setdefault(row, []).append(column)
    for row in sorted(by_row):
        height = heights.get(row)
        tall = f' ht="{height:.2f}" customHeight="1"' if height else ""
        cells = []
        for column in by_row[row]:
            position = row, column
            start = f'<c r="{column_letters(column)}{row}" s="{styles.get(position, 0)}"'
            content = contents.get(position)
            cells.append(f"{start}/>" if content is None else _cell(start, content))
        yield f'<row r="{row}"{tall}>{"".join(cells)}</row>'


def _cell(start: str, content: Content) -> str:
    value, formula = content.value, content.formula
    calculated = "" if formula is None else f"<f>{escape(formula, quote=False)}</f>"
    if value is None:
        return f"{start}>{calculated}</c>" if calculated else f"{start}/>"
    if isinstance(value, str):
        words = escape(value.translate(_FORBIDDEN), quote=False)
        if calculated:
            return f'{start} t="str">{calculated}<v>{words}</v></c>'
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    return f"{start}>{calculated}<v>{value}</v></c>"


def _validation(rule: Validation) -> str:
    return (
        f'<dataValidation type="{rule.kind}" errorStyle="warning" allowBlank="1" showErrorMessage="1"'
        f' errorTitle="Số liệu" error="{_attribute(rule.message[:225])}" sqref="{reference(rule.cells)}">'
        f"<formula1>{escape(rule.formula, quote=False)}</formula1></dataValidation>"
    )


def _attribute(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


def reference(box: Box) -> str:
    """ "B2:D4" for a rectangle, "B2" for a single cell."""
    first = address((box.row, box.column))
    if box.rows == box.columns == 1:
        return first
    return f"{first}:{address((box.row + box.rows - 1, box.column + box.columns - 1))}"


def rectangles(positions: Iterable[Position]) -> list[Box]:
    """Cells as rectangles without holes: runs within a row, equal runs below one another joined."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted(positions):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    open_boxes: dict[tuple[int, int], Box] = {}
    found: list[Box] = []
    for row, first, last in runs:
        above = open_boxes.get((first, last))
        if above is not None and above.row + above.rows == row:
            open_boxes[first, last] = Box(above.row, first, above.rows + 1, last - first + 1)
        else:
            if above is not None:
                found.append(above)
            open_boxes[first, last] = Box(row, first, 1, last - first + 1)
    return sorted([*found, *open_boxes.values()], key=lambda box: (box.row, box.column))
