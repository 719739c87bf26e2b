"""Three kinds of change, never mixed: absolute, percent of a count, points of a rate."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from judapp.domain.number import Rational


class Change(Struct, frozen=True):
    """How a value moved against its base; what does not apply is None.

    ``percent`` is the change of a count in percent of the base (None for a rate and where the base is 0);
    ``points`` is the difference of two rates in percentage points (None for a count).
    """

    absolute: Rational
    percent: Rational | None
    points: Rational | None


def change_of_count(value: Rational, base: Rational) -> Change:
    """The change of a count: 131 after 100 is +31 or +31 %; there is no percent of a base of 0."""
    difference = value - base
    return Change(difference, difference * 100 / abs(Fraction(base)) if base else None, None)


def change_of_rate(rate: Rational, base: Rational) -> Change:
    """The change of a rate in percent: 83.50 after 82.88 is +0.62 points, never "0.62 %"."""
    return Change(rate - base, None, rate - base)


def base_of_percent(value: Rational, percent: Rational) -> Rational | None:
    """The base a published change "tăng/giảm ``percent`` %" implies; None for -100 % or less."""
    factor = 1 + Fraction(percent) / 100
    return value / factor if factor > 0 else None


def base_of_points(rate: Rational, points: Rational) -> Rational:
    """The rate a published change of ``points`` percentage points implies for the base."""
    return rate - points


def needs_explanation(value: Rational, base: Rational, threshold_percent: Rational) -> bool:
    """Whether a change reaches the ministry's threshold (20 % or more: Công văn 4578/BTP-KHTC, 2022).

    From a base of 0 every occurrence is a change without percent: it does not fall under the rule.
    """
    if not base:
        return False
    change = value - base  # no Fraction is made: most figures are whole numbers, which are quick
    return max(change, -change) * 100 >= threshold_percent * max(base, -base)
