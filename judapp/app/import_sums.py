"""Control totals of a worksheet: what it gives for a total beside what its own figures add up to."""

from __future__ import annotations

from decimal import Decimal

from judapp.app.import_candidates import FileTotal
from judapp.app.import_reckoning import Alone
from judapp.domain.number import Rational, from_workbook, round_half_up, unscaled
from judapp.domain.shape import CellKey
from judapp.excel.mapped import Mapped

_PLACES = 6
"""Decimals an average is told with."""


def file_totals(mapped: Mapped, ours: Alone) -> dict[CellKey, FileTotal]:
    """The totals of a worksheet by cell; ``ours`` are its figures reckoned through by themselves."""
    found: dict[CellKey, FileTotal] = {}
    for key, total in mapped.totals.items():
        if not isinstance(total.content, str):
            theirs, sum_ = from_workbook(total.content), ours.number(key)
            agrees = sum_ is not None and (sum_ == total.content or is_same(theirs, sum_))
            found[key] = FileTotal(theirs, _told(sum_), total.cell, agrees)
    for key, read in mapped.figures.items():
        if key in ours.plan.computed and read.figure.value is not None:
            scale, sum_ = ours.plan.spots[key].scale, ours.number(key)
            theirs = _decimal(unscaled(read.figure.value, scale))
            # A typed average has the decimals its column takes, and no more.
            agrees = sum_ is not None and round_half_up(sum_, scale) == theirs
            found[key] = FileTotal(theirs, _told(sum_), read.cell, agrees)
    return found


def is_same(theirs: Decimal, ours: Rational) -> bool:
    """Whether a total of a workbook is our sum: it keeps 15 digits, what differs behind them is nothing."""
    return from_workbook(float(ours)) == theirs


def _told(number: Rational | None) -> Decimal | None:
    return None if number is None else _decimal(number)


def _decimal(number: Rational) -> Decimal:
    if isinstance(number, int):
        return Decimal(number).normalize()
    return round_half_up(number, _PLACES).normalize()
