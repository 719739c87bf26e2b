"""What selected cells come to, for the status bar: sum, average, count, and cells still waited for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from judapp.app.grid_tables import ungrouped
from judapp.app.grid_view import TableView
from judapp.app.pasting import Area
from judapp.domain.expression.binding import ADDED_UP
from judapp.domain.number import decimals_of, format_vi, round_half_up
from judapp.messages import text

_EXACT = Context(prec=60)
"""Enough for the longest figure in every cell of the largest grid."""


class SelectionSum(Struct, frozen=True):
    """A selection in one line; ``total`` is its sum as one types it, "" where there is none."""

    words: str = ""
    total: str = ""


def selection_sum(table: TableView, areas: Sequence[Area], lang: str = "vi") -> SelectionSum:
    """The sum of ``areas``: of figures of one unit that add up; of others only how many there are.

    Nothing for a single cell, which says itself what it is.
    """
    if len(areas) == 1 and areas[0].size == 1:
        return SelectionSum()
    numbers: list[Decimal] = []
    units: set[str] = set()
    pending = 0
    cells, name = table.cells, table.key
    columns = [(leaf.name, leaf.kind in ADDED_UP) for leaf in table.columns]
    summed = True
    for area in areas:
        across = columns[area.left : area.right + 1]
        for line in table.rows[area.top : area.bottom + 1]:
            row = line.key
            for column, adds in across:
                cell = cells.get((name, row, column))
                if cell is None:
                    continue
                if not cell.state:
                    numbers.append(_number(cell.text))
                    units.add(cell.unit)
                    summed = summed and adds
                elif cell.state == "pending":
                    pending += 1
    parts = [text("ENY-sum-count", lang, n=len(numbers))]
    plain = ""
    if numbers and summed and len({unit.casefold() for unit in units}) == 1:
        with localcontext(_EXACT):
            total = sum(numbers, Decimal(0))  # keeps the decimals of the one that has most
        average = _average(total, len(numbers))
        parts.insert(0, text("PST-average", lang, average=format_vi(average)))
        parts.insert(0, text("ENY-sum-total", lang, total=format_vi(total)))
        plain = format(total, "f").replace(".", ",")
    if pending:
        parts.append(text("ENY-sum-pending", lang, n=pending))
    return SelectionSum(" · ".join(parts), plain)


@lru_cache(50_000)
def _number(shown: str) -> Decimal:
    return Decimal(ungrouped(shown).replace(",", "."))


def _average(total: Decimal, count: int) -> Decimal:
    """With one decimal more than the figures; none where it comes out whole."""
    average = round_half_up(Fraction(total) / count, decimals_of(total) + 1)
    whole = average.to_integral_value()
    return whole if average == whole else average
