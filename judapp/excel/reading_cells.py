"""What one cell of a worksheet says for the cell of a form it belongs to, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct, field

from judapp.domain.catalogue import Severity
from judapp.domain.cell_name import Position
from judapp.domain.entry import Numbers, asked_of_cell, from_cell, unreadable_because
from judapp.domain.figure import Figure, number, unreadable
from judapp.domain.number import Ambiguous, from_workbook, in_digits, plain, scaled
from judapp.domain.shape import Spot
from judapp.excel.formulas import Unreckonable, circular, reckoned
from judapp.excel.grid import Content, GridCell, GridSheet

_TRUTH = ("TRUE", "FALSE")


class ReadCell(Struct, frozen=True):
    """The figure of a cell; ``code`` and ``params`` say what a person should know of it, "" nothing."""

    figure: Figure
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = "error"
    asked: Ambiguous | None = None
    """The two readings of a text, while nobody said which is meant in this file."""


def read_cell(
    sheet: GridSheet,
    position: Position,
    cell: GridCell,
    spot: Spot,
    numbers: Numbers = "ask",
    factor: int = 1,
) -> ReadCell:
    """The figure of a filled cell that belongs to ``spot``.

    ``numbers`` says what "1.234" means in this file. ``factor`` multiplies a number, a negative one
    divides by its size (1000 and -1000 turn nghìn đồng into đồng and back): exact, or the text is kept.
    """
    if cell.error:
        return ReadCell(unreadable(str(cell.content)), "CEL-008", {"text": str(cell.content)})
    if spot.kind == "text":
        return ReadCell(from_cell(cell.content, spot)) if cell.content is not None else _bare(cell)
    if cell.formula and cell.content in (None, 0) and circular(sheet, position):
        return ReadCell(unreadable(cell.formula), "CEL-016", {"text": cell.formula})
    if cell.content is None:
        return _without_value(sheet, position, cell, spot, factor)
    if isinstance(cell.content, str):
        if cell.is_date:
            return ReadCell(unreadable(cell.content), "CEL-014", {"text": cell.content})
        if cell.content in _TRUTH:
            return ReadCell(unreadable(cell.content), "CEL-015", {"text": cell.content})
        asked = asked_of_cell(cell.content, spot)
        if asked is not None and numbers == "ask":
            return ReadCell(unreadable(cell.content), asked=asked)
        if asked is not None and numbers == "decimal" and scaled(asked.decimal, spot.scale) is None:
            params = {"text": cell.content, "unit": spot.unit or "", "scale": str(spot.scale)}
            return ReadCell(unreadable(cell.content), "CEL-002", params)
    content: Content = cell.content
    if cell.percent and not isinstance(content, str):
        shown = cell.shown_decimal
        if spot.unit != "%" or shown is None:
            return _kept(unreadable(cell.shown_text), spot)
        content = float(shown)
    return _kept(_times(from_cell(content, spot, numbers), factor, spot), spot)


def times(content: Content, factor: int) -> Content:
    """A number of the workbook in the form's unit; texts stay."""
    if content is None or isinstance(content, str) or factor == 1:
        return content
    exact = Fraction(from_workbook(content)) * _exact(factor)
    return exact.numerator if exact.denominator == 1 else float(exact)


def _exact(factor: int) -> Fraction:
    return Fraction(factor) if factor > 0 else Fraction(1, -factor)


def _times(figure: Figure, factor: int, spot: Spot) -> Figure:
    if factor == 1 or figure.value is None:
        return figure
    return _number(figure.value * _exact(factor), spot) or unreadable(
        plain(Fraction(figure.value, 10**spot.scale)).replace(".", ",")
    )


def _number(exact: Fraction, spot: Spot) -> Figure | None:
    """The figure of a scaled number; None where the column does not keep it to the last digit."""
    value = exact.numerator
    return number(value) if exact.denominator == 1 and in_digits(value, spot.scale) else None


def _kept(figure: Figure, spot: Spot) -> ReadCell:
    if figure.text is None:
        return ReadCell(figure)
    code, params = unreadable_because(figure.text, spot)
    return ReadCell(figure, code, params)


def _bare(cell: GridCell) -> ReadCell:
    return ReadCell(unreadable(str(cell.formula)), "CEL-009", {"text": str(cell.formula)})


def _without_value(sheet: GridSheet, position: Position, cell: GridCell, spot: Spot, factor: int) -> ReadCell:
    """A formula nobody reckoned: by what it comes to, if that is certain, and told so."""
    try:
        exact = reckoned(sheet, position)
    except Unreckonable as why:
        if why.circular:
            return ReadCell(unreadable(str(cell.formula)), "CEL-016", {"text": str(cell.formula)})
        return _bare(cell)
    figure = None if cell.percent else _number(exact * 10**spot.scale * _exact(factor), spot)
    if figure is None:
        return _bare(cell)
    return ReadCell(figure, "CEL-017", {"text": str(cell.formula), "value": exact}, "info")
