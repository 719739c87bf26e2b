"""How the cells of an old .xls look, through xlrd's table of formats."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd  # type: ignore[import-untyped]  # xlrd tells no types

from judapp.excel.blank_looks import Align, Looks, LooksDraft, Run, looks, sides

_ALIGN: dict[int, Align] = {1: "left", 2: "center", 3: "right", 5: "left", 6: "center", 7: "center"}
"""Left, centre, right, justified, centre across selection, distributed, as BIFF numbers them."""
_WIDTH = 256
"""Parts of a character in which BIFF counts widths."""


def xls_looks(content: bytes) -> list[LooksDraft]:
    """The looks of the visible worksheets in the order of their tabs; ``read_xls`` has read them."""
    book = xlrd.open_workbook(
        file_contents=content,
        formatting_info=True,
        on_demand=True,
        ragged_rows=True,
        logfile=io.StringIO(),
    )
    fonts = [_font(font) for font in book.font_list]
    styles = [_look(xf, fonts) for xf in book.xf_list]
    found = []
    for index in range(book.nsheets):
        if not book._sheet_visibility[index]:  # known before the sheet is parsed
            found.append(_sheet(book.sheet_by_index(index), styles, fonts))
            book.unload_sheet(index)
    return found


def _font(font: Any) -> tuple[bool, bool]:
    return font.bold == 1 or font.weight >= 600, font.italic == 1


def _look(xf: Any, fonts: list[tuple[bool, bool]]) -> Looks:
    bold, italic = fonts[xf.font_index] if xf.font_index < len(fonts) else (False, False)
    lines = xf.border
    return looks(
        sides(
            bool(line)
            for line in (
                lines.left_line_style,
                lines.top_line_style,
                lines.right_line_style,
                lines.bottom_line_style,
            )
        ),
        int(xf.alignment.indent_level),
        bold,
        italic,
        _ALIGN.get(xf.alignment.hor_align, ""),
    )


def _sheet(sheet: Any, styles: list[Looks], fonts: list[tuple[bool, bool]]) -> LooksDraft:
    draft = LooksDraft()
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            look = styles[sheet.cell_xf_index(row, column)]
            at = row + 1, column + 1
            if kind == xlrd.XL_CELL_TEXT:
                runs = sheet.rich_text_runlist_map.get((row, column), ())
                draft.write(at, value, look, _runs(value, runs, fonts) if runs else ())
            else:
                draft.put(at, look)
    for column, info in sheet.colinfo_map.items():
        draft.widths[column + 1] = info.width / _WIDTH
    return draft


def _runs(text: str, changes: list[tuple[int, int]], fonts: list[tuple[bool, bool]]) -> Iterator[Run]:
    """The text up to the first change of font is in the cell's own."""
    starts = [start for start, _ in changes]
    yield Run(text[: starts[0]], None, None)
    for (start, font), end in zip(changes, [*starts[1:], len(text)], strict=True):
        bold, italic = fonts[font] if font < len(fonts) else (False, False)
        yield Run(text[start:end], bold, italic)
