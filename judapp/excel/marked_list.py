"""The first sheet of a marked workbook: what is to be mended, a line each, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from judapp.domain.cell_name import column_letters
from judapp.domain.text_width import text_height
from judapp.excel.grid import GridSheet
from judapp.excel.imprint import printed_of
from judapp.excel.marked_sheet import Tint, place, where
from judapp.excel.marked_styles import ListLook
from judapp.excel.sheet_part import MAIN
from judapp.excel.splice import attribute, escaped, words

_WIDTHS = (5, 20, 8, 13, 50, 18, 46, 10)
_MOST_SAID = 8
"""Marks of one cell that stand in its comment; the list has all."""
_POINTS = 5.6
"""Points of a column-width unit, with room to spare."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"


class Mark(Struct, frozen=True):
    """One thing wrong in a workbook."""

    sheet: str
    """Name of the worksheet, "" where it is the file as a whole."""
    cell: str
    """Name of its cell, "" where it is the worksheet as a whole."""
    tint: Tint
    what: str
    off: str
    """By how much, "" where that cannot be said."""
    remedy: str
    code: str


class Told(Struct, frozen=True):
    """The words of the list besides the marks."""

    name: str
    """The sheet's name."""
    title: str
    lines: tuple[str, ...]
    """Which file, read when, for what, who asks for it, until when."""
    heads: tuple[str, ...]
    """Of the columns: number, sheet, cell, gravity, what, by how much, what to do, code."""
    error: str
    warning: str
    do: str
    """What stands before what to do in a comment."""
    author: str
    """Whose the comments are."""
    macros: str = ""
    """Said where the workbook had macros, which are left out."""
    signature: str = ""
    """Said where it was signed."""
    shared: str = ""
    """Said where its changes were kept with it, for several people at once."""
    turned: str = ""
    """Said where it was in another format."""
    damaged: str = ""
    """Said where it was read, but could not be marked as it is."""


def is_list(sheet: GridSheet, titles: Sequence[str]) -> bool:
    """Whether a worksheet is a list of ours that came back: it says nothing of figures."""
    printed = printed_of(sheet)
    first = sheet.at(1, 1).shown_text if printed is None else printed.word_at((1, 1))
    return first in titles


def list_part(
    told: Told,
    notices: Sequence[str],
    marks: Sequence[Mark],
    looks: Mapping[ListLook, int],
    space: str = MAIN,
) -> tuple[bytes, tuple[int, int]]:
    """The XML of the list's worksheet, and the rows to stand on every printed page.

    ``space`` is the namespace of the workbook's worksheets.
    """
    lines = [*told.lines, *notices]
    head = len(lines) + 3
    last = head + len(marks)
    merged = [f"A{row}:{column_letters(len(_WIDTHS))}{row}" for row in range(2, head - 1)]
    rows = [
        _row(1, [(1, told.title, "title")], looks, 24),
        *(
            _row(row, [(1, line, "line")], looks, _height([line], [sum(_WIDTHS)]))
            for row, line in enumerate(lines, start=2)
        ),
        _row(head, [(at, text, "head") for at, text in enumerate(told.heads, start=1)], looks, 32),
    ]
    links = []
    for number, mark in enumerate(marks, start=1):
        row = head + number
        rows.append(_row(row, list(_cells(number, mark, told)), looks, _of_mark(mark)))
        position = place(mark.cell) if mark.cell else None
        if mark.sheet:
            to = where(mark.sheet, position or (1, 1))
            at = "C" if position else "B"
            links.append(f'<hyperlink ref="{at}{row}" location="{attribute(to)}" display="{attribute(to)}"/>')
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_WIDTHS, start=1)
    )
    view = (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{head + 1}" sqref="A{head + 1}"/></sheetView>'
        "</sheetViews>"
    )
    part = "".join(
        (
            f'{_HEAD}<worksheet xmlns="{space}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:{column_letters(len(_WIDTHS))}{last}"/>{view}',
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>',
            f"<sheetData>{''.join(rows)}</sheetData>",
            f'<mergeCells count="{len(merged)}">' if merged else "",
            "".join(f'<mergeCell ref="{area}"/>' for area in merged),
            "</mergeCells>" if merged else "",
            f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
        )
    )
    return part.encode(), (head, head)


def _cells(number: int, mark: Mark, told: Told) -> Iterator[tuple[int, str | int, ListLook]]:
    linked: tuple[ListLook, ListLook] = ("cell", "link") if mark.cell else ("link", "centre")
    yield 1, number, "centre"
    yield 2, mark.sheet, linked[0] if mark.sheet else "cell"
    yield 3, mark.cell, linked[1]
    yield 4, told.error if mark.tint == "error" else told.warning, mark.tint
    yield 5, mark.what, "cell"
    yield 6, mark.off, "cell"
    yield 7, mark.remedy, "cell"
    yield 8, mark.code, "centre"


def _of_mark(mark: Mark) -> float:
    return _height(
        [mark.sheet, mark.what, mark.off, mark.remedy], [_WIDTHS[1], _WIDTHS[4], _WIDTHS[5], _WIDTHS[6]]
    )


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Points a row needs: nobody but Excel fits heights when a workbook is opened."""
    needed = (text_height(text, width * _POINTS - 6, 11) for text, width in zip(texts, widths, strict=True))
    return min(409.0, max(16.0, *needed) + 3)


def _row(
    row: int, cells: Sequence[tuple[int, str | int, ListLook]], looks: Mapping[ListLook, int], height: float
) -> str:
    inside = []
    for column, content, look in cells:
        start = f'<c r="{column_letters(column)}{row}" s="{looks[look]}"'
        if content == "":
            inside.append(f"{start}/>")
        elif isinstance(content, int):
            inside.append(f"{start}><v>{content}</v></c>")
        else:
            inside.append(
                f'{start} t="inlineStr"><is><t xml:space="preserve">{words(escaped(content))}</t></is></c>'
            )
    return f'<row r="{row}" ht="{height:.2f}" customHeight="1">{"".join(inside)}</row>'


def in_comment(marks: Sequence[Mark], told: Told) -> str:
    """What a cell's comment says: all that is wrong with it."""
    said = []
    for mark in marks[:_MOST_SAID]:
        sign = "✕" if mark.tint == "error" else "△"
        said.append(f"{sign} {mark.what}\n{told.do}: {mark.remedy} ({mark.code})")
    return "\n".join([*said, "…"] if len(marks) > _MOST_SAID else said)


def gravest(marks: Sequence[Mark]) -> Tint:
    """The tint of a cell with these marks."""
    return "error" if any(mark.tint == "error" for mark in marks) else "warning"
