"""Targets (chỉ tiêu giao): a level somebody set by a document, and the verdict on a value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from judapp.domain.number import Rational, round_half_up

OPERATORS = (">=", ">", "<=", "<")
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
"""Operators as people write them."""
FULL = "full"
PRO_RATA = "pro_rata"
YARDSTICKS = (FULL, PRO_RATA)

EVIDENCE = ("published", "derived", "typed")
"""Where a level comes from: printed in a source, derived from printed figures, or typed by the department."""


class Target(Struct, frozen=True):
    """An indicator's level for one holder and year, as a document assigned it.

    ``level`` is in percent for a rate and in units for a count. ``yardstick`` says whether a half-year is
    held against the whole level (``full``) or its share by months (``pro_rata``).
    """

    uid: str
    indicator: str
    holder: str
    year: int
    operator: str
    level: Decimal
    yardstick: str
    valid_from: date
    document: int | None
    evidence: str
    source: str

    def __post_init__(self) -> None:
        """Reject values outside the vocabulary of the field."""
        if (
            self.operator not in OPERATORS
            or self.yardstick not in YARDSTICKS
            or self.evidence not in EVIDENCE
        ):
            raise ValueError(f"{self.operator} {self.yardstick} {self.evidence}")

    def level_for(self, months: int) -> Rational:
        """The level a value of the first ``months`` months of the year is held against."""
        whole = Fraction(self.level)
        return whole * months / 12 if self.yardstick == PRO_RATA else whole

    def met_by(self, value: Rational, months: int = 12) -> bool:
        """Whether the unrounded ``value`` meets the level; "trên 83,25 %" is not met by 83.25."""
        level = self.level_for(months)
        return {
            ">=": value >= level,
            ">": value > level,
            "<=": value <= level,
            "<": value < level,
        }[self.operator]

    def tied_when_rounded(self, value: Rational, decimals: int, months: int = 12) -> bool:
        """Whether only rounding makes ``value`` equal to the level, so that print alone would mislead."""
        level = self.level_for(months)
        return value != level and round_half_up(value, decimals) == round_half_up(level, decimals)


def in_force(targets: list[Target], indicator: str, holder: str, year: int, day: date) -> Target | None:
    """The target for ``indicator`` that bound ``holder`` on ``day``: the newest one valid by then.

    A document that replaces another within the year keeps the old one for the days before.
    """
    mine = [
        t
        for t in targets
        if (t.indicator, t.holder, t.year) == (indicator, holder, year) and t.valid_from <= day
    ]
    return max(mine, key=lambda t: t.valid_from, default=None)
