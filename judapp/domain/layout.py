"""Which cell of a worksheet is which cell of a form, and what stands around them (design 4.2).

Pure: from a definition and its rows to boxes on a grid, without any workbook. Drawing, filling, templates,
marking, the entry grid, preview and print consume it; learning a blank is its inverse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from msgspec import Struct

from judapp.domain.catalogue import Form, Level, Note, Table
from judapp.domain.cell_name import Position
from judapp.domain.layout_columns import (
    Need,
    Paper,
    choose_paper,
    column_widths,
    cuts,
    needs_of,
    page_height,
    page_width,
    spans_of,
    widened,
)
from judapp.domain.layout_table import DOTS, TablePart, lines, put_table
from judapp.domain.printed import FONT_SIZES, USUAL_HEIGHT, Band, Box, Item, Page, Role, Span
from judapp.domain.shape import CellKey, Rows

__all__ = [
    "DOTS", "EXPLANATIONS_TITLE", "FONT_SIZES", "USUAL_HEIGHT", "Band", "Box", "Heading", "Item", "Layout",
    "Role", "layout",
]  # fmt: skip

EXPLANATIONS_TITLE = "Giải thích biểu:"
_SLOT = re.compile(r"\{(\w+)\}")
_DAYS = "Từ ngày … tháng … năm …… đến ngày … tháng … năm ……"
_BLOCKS = (0.29, 0.43, 0.28)
"""Shares of the width the three blocks of the header would like."""
_MOST_OFF = 0.12
"""How far from that share of the width a block may be before the title comes below the other two."""
_STRETCH = 1.2
"""Rows of the header may be this much higher than usual before a line takes another row."""
_SIGNING_ROWS = 4
"""Empty rows between a signer's title and name."""


class Heading(Struct, frozen=True):
    """What header blocks, notes and signers are filled with; "" leaves what the blank prints, mostly dots."""

    reporter: str = ""
    receiver: str = ""
    period: str = ""
    days: str = ""
    marks: tuple[str, ...] = ()
    """Lines that must stand in the header: "BẢN NHÁP", "SỐ LIỆU THỰC HÀNH"."""
    place_and_date: str = ""
    slots: Mapping[str, str] | None = None
    signers: tuple[str, ...] = ()
    level: str = ""
    """The level that reports, where the form serves several with other deadlines; "" the first."""


class Layout(Struct, frozen=True):
    """A form laid out on one worksheet."""

    form: Form
    rows: Rows
    items: tuple[Item, ...]
    """Every printed text, top to bottom, left to right; no two boxes overlap. Framed places without words are
    items of the role "cell"; such an item stands on a cell of :attr:`cells` only to merge it over columns."""
    cells: Mapping[CellKey, Position]
    """Every figure or text cell that exists."""
    bands: tuple[Band, ...]
    slots: Mapping[str, Position]
    """The cell of the note line that holds a slot."""
    widths: tuple[float, ...]
    """Width of each column in Excel's units of the digit 0 at 11 point."""
    heights: Mapping[int, float]
    """Height in points of each row that is not of the usual height."""
    freeze: Position
    """The first cell that scrolls: below the first number row, right of the stub."""
    last_row: int
    last_column: int
    paper: Paper = "A4"
    """The form's paper, or A3 where A4 would shrink it until nobody can read it."""
    repeated_rows: tuple[int, int] | None = None
    """The head that comes again on every printed page; None where several tables have heads of their own."""
    page_break: int | None = None
    """The row a new page begins with, where else a page would end just above or within the signing rows."""


def layout(form: Form, rows: Rows, heading: Heading) -> Layout:
    """``form`` with ``rows`` of its tables, laid out as the ministry prints it."""
    body = {table.key: lines(table, rows[table.key]) for table in form.tables}
    needs = [needs_of(form, table, body[table.key]) for table in form.tables]
    paper = choose_paper(form, needs)
    wide = page_width(paper, landscape=form.print.landscape)
    largest = max(range(len(needs)), key=lambda index: len(needs[index]))
    stubs = len(form.tables[largest].stub)
    widths = column_widths(needs[largest], stubs, wide, max(3, len(form.signatures)))
    spans = [_spans(table, need, widths) for table, need in zip(form.tables, needs, strict=True)]
    widths = widened(widths, [pair for pairs in map(zip, needs, spans) for pair in pairs])
    page = Page(widths)
    top = _put_blocks(page, form, heading) + 1
    parts: list[TablePart] = []
    for table, of_table in zip(form.tables, spans, strict=True):
        if table.title:
            top = _put_lines(page, "table_title", [table.title], (1, len(widths)), top)
        if not parts and form.unit_of_measure:
            text = f"Đơn vị tính: {form.unit_of_measure}"
            top = _put_lines(page, "unit_of_measure", [text], cuts(widths, (0.6, 0.4))[1], top)
        part = put_table(page, form, table, rows[table.key], of_table, top)
        parts.append(part)
        top = part.band.last_row + 2
    slots, top = _put_notes(page, form, heading, top - 1)
    signing, last_row = _put_signers(page, form, heading, top)
    bands = tuple(part.band for part in parts)
    first = bands[0]
    repeated = (first.first_head_row, first.first_row - 1) if len(bands) == 1 else None
    room = page_height(paper, landscape=form.print.landscape) * max(1.0, sum(widths) / wide)
    return Layout(
        form=form,
        rows=rows,
        items=tuple(sorted(page.items, key=lambda item: (item.box.row, item.box.column))),
        cells={key: position for part in parts for key, position in part.cells.items()},
        bands=bands,
        slots=slots,
        widths=tuple(round((width * 4 / 3 - 5) / 7, 2) for width in widths),
        heights=dict(sorted(page.heights.items())),
        freeze=(first.first_row if repeated else 1, min(band.first_figure_column for band in bands)),
        last_row=last_row,
        last_column=len(widths),
        paper=paper,
        repeated_rows=repeated,
        page_break=_page_break(page, room, repeated, (signing, last_row)),
    )


def _spans(table: Table, needs: Sequence[Need], widths: Sequence[float]) -> list[Span]:
    """The worksheet columns of a table's columns: stubs take one each, the figures share the others."""
    stubs = len(table.stub)
    figures = spans_of(needs[stubs:], widths[stubs:])
    return [(at, at) for at in range(1, stubs + 1)] + [
        (first + stubs, last + stubs) for first, last in figures
    ]


# header


def _put_blocks(page: Page, form: Form, heading: Heading) -> int:
    """The three blocks above the table, side by side, or the title below the others; the next row.

    The title comes below where the edges of columns would leave it no place in the middle. Every line is a
    cell of its own, made of as many rows as its words need.
    """
    level = _level(form, heading)
    left = _left(form, level)
    right = [
        f"Đơn vị báo cáo: {heading.reporter or level.reporter or DOTS}",
        f"Đơn vị nhận báo cáo: {heading.receiver or level.receiver or DOTS}",
    ]
    spans = cuts(page.widths, _BLOCKS)
    total = sum(page.widths)
    shares = [sum(page.widths[first - 1 : last]) / total for first, last in spans]
    if all(abs(share - wanted) <= _MOST_OFF for share, wanted in zip(shares, _BLOCKS, strict=True)):
        return max(
            _put_lines(page, "block_left", left, spans[0], 1, bold_first=True),
            _put_centre(page, form, heading, spans[1], 1),
            _put_lines(page, "block_right", right, spans[2], 1),
        )
    halves = cuts(page.widths, (0.55, 0.45))
    below = max(
        _put_lines(page, "block_left", left, halves[0], 1, bold_first=True),
        _put_lines(page, "block_right", right, halves[1], 1),
    )
    return _put_centre(page, form, heading, (1, len(page.widths)), below + 1)


def _level(form: Form, heading: Heading) -> Level:
    named = [level for level in form.levels if level.level == heading.level]
    return next(iter(named or form.levels), Level(level="", reporter="", receiver=""))


def _left(form: Form, level: Level) -> list[str]:
    numbered = any(sign.isdigit() for sign in form.circular)
    texts = [
        f"Biểu số: {form.number}",
        f"Ban hành theo {form.circular}" if numbered else form.circular,
    ]
    if level.deadlines:
        texts.append("Ngày nhận báo cáo (BC):")
        texts += [line for text in level.deadlines.values() for line in text.split("\n")]
    return texts


def _put_centre(page: Page, form: Form, heading: Heading, span: Span, top: int) -> int:
    top = _put_lines(page, "block_centre", heading.marks, span, top, bold=True)
    top = _put_lines(page, "title", [form.title], span, top)
    days = heading.days or _DAYS
    texts = [form.period_line] if form.period_line else []
    texts += [f"Kỳ báo cáo: {heading.period or DOTS}", days if days.startswith("(") else f"({days})"]
    return _put_lines(page, "block_centre", texts, span, top)


def _put_lines(
    page: Page,
    role: Role,
    texts: Sequence[str],
    span: Span,
    top: int,
    *,
    bold: bool = False,
    bold_first: bool = False,
) -> int:
    """Lines one below the other, each over as many rows as it needs; the row below."""
    for index, text in enumerate(texts):
        heavy = bold or (bold_first and index == 0)
        level = 1 if role == "block_right" else 0
        height = page.needed(role, text, span, bold=heavy, level=level)
        rows = ceil(height / (USUAL_HEIGHT * _STRETCH))
        page.put(role, text, top, span, rows=rows, bold=heavy, level=level)
        for row in range(top, top + rows):
            page.raise_row(row, height / rows)
        top += rows
    return top


# below the tables


def _put_notes(page: Page, form: Form, heading: Heading, top: int) -> tuple[dict[str, Position], int]:
    """Estimate line, notes with their slots, explanations; where slots stand, and the next row."""
    whole = (1, len(page.widths))
    slots: dict[str, Position] = {}
    filled = heading.slots or {}
    if form.estimate:
        top = _put_paragraph(page, "estimate", form.estimate, whole, top)
    for note in form.notes:
        slots |= {slot.key: (top, 1) for slot in note.slots}
        top = _put_paragraph(page, "note", note_text(note, filled), whole, top)
    if form.explanations:
        top = _put_paragraph(page, "explanation", EXPLANATIONS_TITLE, whole, top, bold=True)
    for text in form.explanations:
        top = _put_paragraph(page, "explanation", text, whole, top)
    return slots, top


def note_text(note: Note, filled: Mapping[str, str]) -> str:
    """The words of a note, with what was filled into its slots, or dots."""
    return _SLOT.sub(lambda found: filled.get(found[1]) or DOTS, note.text)


def _put_paragraph(page: Page, role: Role, text: str, span: Span, top: int, *, bold: bool = False) -> int:
    page.put(role, text, top, span, bold=bold)
    page.raise_row(top, page.needed(role, text, span, bold=bold))
    return top + 1


def _put_signers(page: Page, form: Form, heading: Heading, top: int) -> tuple[int, int]:
    """Signers side by side, place and date above the last who has such a line; the first and the last row."""
    signers = form.signatures
    if not signers:
        return top - 1, top - 1
    spans = cuts(page.widths, [1 / len(signers)] * len(signers))
    dated = [index for index, signer in enumerate(signers) if signer.date_line]
    at = dated[-1] if dated else len(signers) - 1
    date_line = heading.place_and_date or signers[at].date_line
    top = begins = top + 1
    if date_line:
        page.put("place_and_date", date_line, top, spans[at])
        page.raise_row(top, page.needed("place_and_date", date_line, spans[at]))
        top += 1
    for signer, span in zip(signers, spans, strict=True):
        page.put("signer", signer.title, top, span)
        page.raise_row(top, page.needed("signer", signer.title, span))
        if signer.note:
            page.put("signer_note", signer.note, top + 1, span)
            page.raise_row(top + 1, page.needed("signer_note", signer.note, span))
    below = top + 1 + _SIGNING_ROWS
    for name, span in zip(heading.signers, spans, strict=False):
        if name:
            page.put("signer", name, below + 1, span)
            page.raise_row(below + 1, page.needed("signer", name, span))
    return begins, below + 1


def _page_break(
    page: Page, room: float, repeated: tuple[int, int] | None, together: tuple[int, int]
) -> int | None:
    """The first of the rows that belong ``together``, where pages of ``room`` points would part them."""
    head = sum(page.height(row) for row in range(repeated[0], repeated[1] + 1)) if repeated else 0.0
    first, last = together
    used = 0.0
    for row in range(1, last + 1):
        used += page.height(row)
        if used > room:
            if row >= first - 1:  # an empty row stands above them
                return first
            used = head + page.height(row)
    return None
