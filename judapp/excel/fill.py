"""A form on a worksheet: blank, as a template to fill in, or filled with the figures of a sheet.

One way for all three (promise 2): the same layout, the same looks; only what stands in the cells differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from judapp.domain.cell_name import Position, address
from judapp.domain.expression.formula import excel_formula
from judapp.domain.figure import State
from judapp.domain.layout import Layout
from judapp.domain.layout_table import BOLD_KINDS
from judapp.domain.number import Rational, round_half_up
from judapp.domain.printed import FONT_SIZES, USUAL_HEIGHT, Box
from judapp.domain.resolve import Cell, Resolved
from judapp.domain.shape import CellKey, Plan, Spot
from judapp.domain.text_width import PADDING, text_height
from judapp.domain.value import Kind
from judapp.excel.identity import Identity
from judapp.excel.sheet_part import Content, SheetPage, Validation, rectangles, sheet_part
from judapp.excel.skeleton import Look, pack, skeleton

NIL, PENDING, OUT_OF_REMIT = "-", "…", "⊘"
"""How states are printed and read back (domain study, section 4)."""

_RIM = 3.0
"""Points above and below the words of a cell."""

_NOTHING = Content()
_LONGEST_LIST = 255
"""Letters Excel takes for a list within its rule."""

MAX_DIGITS = 15
"""Significant digits a workbook keeps of a number."""


def blank(layout: Layout, plan: Plan) -> bytes:
    """The form with nothing filled in."""
    return _workbook(layout, plan, {}, "filled", None)


def filled(layout: Layout, resolved: Resolved) -> tuple[bytes, dict[Position, Content]]:
    """The form with a sheet's figures, and everything that stands in it, for the gate to find again.

    States are printed as signs, computed cells as formulas with their stored values.
    """
    figures = dict(contents(layout, resolved))
    printed = {(item.box.row, item.box.column): Content(item.text) for item in layout.items if item.text}
    return _workbook(layout, resolved.plan, figures, "filled", None), {**printed, **figures}


def template(layout: Layout, plan: Plan, identity: Identity) -> bytes:
    """The form for a base unit: entry cells open, the rest protected without password, totals as formulas."""
    formulas = {
        layout.cells[key]: Content(formula=formula)
        for key in plan.computed
        if key in layout.cells and (formula := _formula(layout, plan, key, {})) is not None
    }
    return _workbook(layout, plan, formulas, "template", identity)


def contents(layout: Layout, resolved: Resolved) -> Iterator[tuple[Position, Content]]:
    """What a sheet's figures are in the cells of its layout; unanswered cells stay empty, never 0."""
    cells, spots = resolved.cells, resolved.plan.spots
    for key, position in layout.cells.items():
        cell = cells[key]
        value = _shown(cell, spots[key])
        if value is None:
            continue
        formula = None
        if cell.origin == "computed" and cell.value.known and not cell.adjusted:
            formula = _formula(layout, resolved.plan, key, cells)
        yield position, Content(value, formula)


def _shown(cell: Cell, spot: Spot) -> int | Decimal | str | None:
    figure = cell.figure
    if figure.text is not None:
        return figure.text
    if not cell.adjusted:
        if figure.state is State.NIL:
            return NIL
        if cell.value.kind is Kind.PENDING:
            return PENDING
        if cell.value.kind is Kind.OUT_OF_REMIT:
            return OUT_OF_REMIT
    number = cell.value.number
    return None if number is None else workbook_number(number, spot)


def workbook_number(number: Rational, spot: Spot) -> int | Decimal:
    """The number a worksheet cell holds: exact where it can be, else the 15 digits a workbook keeps."""
    if isinstance(number, int):
        return number
    exact = Fraction(number)
    if exact.denominator == 1:
        return int(exact)
    whole = len(str(abs(int(exact))))
    return round_half_up(exact, max(spot.scale, MAX_DIGITS - whole)).normalize()


def _formula(layout: Layout, plan: Plan, key: CellKey, cells: Mapping[CellKey, Cell]) -> str | None:
    """The formula of a computed cell, None where a part of it is not on the sheet or out of remit."""

    def placed(table: str, row: str, col: str) -> Position | None:
        part = (table, row, col)
        cell = cells.get(part)
        if cell is not None and cell.value.kind is Kind.OUT_OF_REMIT:
            return None  # Excel cannot leave it out
        return layout.cells.get(part)

    return excel_formula(plan.computed[key], placed)


def number_format(kind: str, scale: int) -> str:
    """The number format of a cell: grouped, with the decimals its column has."""
    if kind == "text":
        return "@"
    places = max(scale, 2 if kind in ("rate", "average") else 0)
    return "#,##0" + (f".{'0' * places}" if places else "")


def _workbook(
    layout: Layout,
    plan: Plan,
    figures: Mapping[Position, Content],
    purpose: Literal["filled", "template"],
    identity: Identity | None,
) -> bytes:
    open_cells = purpose == "template"
    slots = set(layout.slots.values())
    free = _free_rows(layout, plan)
    looks: dict[Position, Look] = {}
    written: dict[Position, Content] = {}
    merges: dict[Position, Box] = {}
    for item in layout.items:
        box = item.box
        position = box.row, box.column
        by_hand = item.role == "place_and_date" or position in slots
        by_hand = by_hand or (item.role in ("label", "cell") and item.box.row in free)
        look = Look(item.role, item.bold, item.level, unlocked=open_cells and by_hand)
        looks.update(dict.fromkeys(box.positions, look))
        if item.text:
            written[position] = Content(item.text)
        if box.rows > 1 or box.columns > 1:
            merges[position] = box
    figure_look = cache(_figure_look)
    entry: dict[Position, Spot] = {}
    words: dict[Position, str] = {}
    for key, position in layout.cells.items():
        spot = plan.spots[key]
        if spot.kind == "text" and position in figures:
            words[position] = str(figures[position].value)
        # A total without a formula on the sheet is typed by hand.
        unlocked = open_cells and not (figures.get(position) or _NOTHING).formula
        look = figure_look(spot.row.kind in BOLD_KINDS, spot.kind, spot.scale, unlocked)
        looks[position] = look
        if position in merges:
            looks.update(dict.fromkeys(merges[position].positions, look))
        if unlocked:
            entry[position] = spot
    bones = skeleton(
        looks.values(),
        layout.form.number,
        repeated_rows=layout.repeated_rows,
        names=identity.names() if identity else None,
    )
    page = SheetPage(
        layout.widths,
        {**layout.heights, **_heights(layout, words)},
        list(merges.values()),
        layout.freeze,
        layout.paper,
        layout.form.print.landscape,
        protected=open_cells,
        page_break=layout.page_break,
        validations=tuple(_validations(entry)),
    )
    styles = {position: bones.looks[look] for position, look in looks.items()}
    return pack(bones.parts, sheet_part(page, {**written, **figures}, styles))


def _figure_look(bold: bool, kind: str, scale: int, unlocked: bool) -> Look:
    return Look("cell", bold, 0, number_format(kind, scale), unlocked, kind == "text")


def _free_rows(layout: Layout, plan: Plan) -> set[int]:
    """The worksheet rows of the reporter's own rows."""
    if not any(row.kind == "free" for rows in plan.rows.values() for row in rows):
        return set()
    return {row for key, (row, _) in layout.cells.items() if plan.spots[key].row.kind == "free"}


def _heights(layout: Layout, words: Mapping[Position, str]) -> dict[int, float]:
    """Rows that words in their cells make taller than their labels did."""
    found: dict[int, float] = {}
    for (row, column), text in words.items():
        points = (layout.widths[column - 1] * 7 + 5) * 0.75
        needed = text_height(text, points - PADDING, FONT_SIZES["cell"]) + _RIM
        found[row] = max(needed, layout.heights.get(row, USUAL_HEIGHT), found.get(row, 0.0))
    return found


def _validations(entry: Mapping[Position, Spot]) -> Iterator[Validation]:
    """What may be typed; a warning only, because a wrong figure is kept and marked later (promise 7)."""
    whole = [at for at, spot in entry.items() if spot.kind in ("count", "money") and not spot.scale]
    words = {at: spot.column.choices for at, spot in entry.items() if spot.kind == "text"}
    other = [at for at in entry if at not in words and at not in set(whole)]
    for positions, rule, named in (
        (whole, "IF({0}>=0,{0}=INT({0}),FALSE)", "số nguyên từ 0 trở lên"),
        (other, "{0}>=0", "số từ 0 trở lên"),
    ):
        message = f"Ô này ghi {named}; “-” nếu không phát sinh, “..” nếu chưa có số liệu."
        for box in rectangles(positions):
            first = address((box.row, box.column))
            signs = ",".join(f'{first}="{sign}"' for sign in (NIL, PENDING, "...", "..", OUT_OF_REMIT))
            yield Validation(f"IF(ISNUMBER({first}),{rule.format(first)},OR({signs}))", box, message)
    for choices in sorted({choices for choices in words.values() if choices}):
        listed = [choice for choice in choices if choice]
        cells = [at for at, own in words.items() if own == choices]
        if len(",".join(listed)) <= _LONGEST_LIST and not any(
            "," in choice or '"' in choice for choice in listed
        ):
            message = f"Ô này để trống hoặc ghi: {' / '.join(listed)}."
            yield from (
                Validation(f'"{",".join(listed)}"', box, message, "list") for box in rectangles(cells)
            )
