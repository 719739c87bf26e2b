"""Claims: published rates and differences, held beside what can be recomputed; never stored as values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct, field

from judapp.domain.catalogue import Strict
from judapp.domain.comparison import base_of_percent, base_of_points, change_of_count, change_of_rate
from judapp.domain.measure import Qualifier
from judapp.domain.number import Rational, decimals_of, round_half_up, truncate
from judapp.domain.period import Span

_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")

_SCOPE_TOLERANCE = 2
"""A part year that is over twice or under half its share of the year counts something else."""


class Claim(Strict, frozen=True, kw_only=True):
    """What somebody published, letter for letter, and what is known about its making.

    Numbers are decimal strings as printed (a dot for the comma), so that their decimals stay visible.
    """

    uid: str
    indicator: str
    unit: str
    """Uid of the unit it speaks of."""
    period: str
    """The round as the text labels it, "2024-H1"."""
    printed: str
    """The published value; "" where only a change or a verdict was published."""
    document: str
    """Uid of the document it stands in."""
    start: str = ""
    end: str = ""
    """ISO days the figure really covers where another source tells; "" where not."""
    window_source: str = ""
    numerator: str = ""
    denominator: str = ""
    """The pair as published beside it; "" where not published."""
    bound: Qualifier = ""
    difference: str = ""
    """Published difference to the target, in points of a rate."""
    change: str = ""
    """Published change against the same period, "-17.78"."""
    change_kind: Literal["", "percent", "points", "unknown"] = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Reject what could not be judged: a number that is no decimal, a day that is none, half a change."""
        for name in ("printed", "numerator", "denominator", "difference", "change"):
            text = getattr(self, name)
            if text and not _DECIMAL.match(text):
                raise ValueError(f"{name} is no decimal: {text!r}")
        if bool(self.change) != bool(self.change_kind):
            raise ValueError("a change needs its kind, and a kind its change")
        span = self.span
        if span.start and span.end and span.end < span.start:
            raise ValueError(f"{self.start} is after {self.end}")

    @property
    def span(self) -> Span:
        """The days the figure really covers; not stated where no source tells."""
        return Span(
            date.fromisoformat(self.start) if self.start else None,
            date.fromisoformat(self.end) if self.end else None,
        )


class Evidence(Struct, frozen=True):
    """What is known beside a claim, gathered by the caller; None where it is not known."""

    value: Rational | None = None
    """The indicator reckoned from its own pair (in percent for a rate, in units for a count)."""
    numerator: Rational | None = None
    is_rate: bool = True
    base: Rational | None = None
    """The indicator in the same period, where it is stored."""
    base_numerator: Rational | None = None
    level: Decimal | Rational | None = None
    """The level on record the claim is held against, set for the unit or for the unit above it."""
    level_is_own: bool = True
    labelled: Span | None = None
    """The days the labelled round means in the indicator's regime."""
    neighbours: tuple[Claim, ...] = ()
    """Claims of the same text on the same indicator and round for other units."""
    whole_year: Rational | None = None
    """Latest full-year figure of what the claim's denominator is a part of."""
    whole_year_of: int | None = None
    denominator: Rational | None = None
    months: int | None = None
    qualifier: Qualifier = ""


class Judgement(Struct, frozen=True):
    """One thing to say about a claim; ``code`` names its text, ``grave`` whether it does not hold."""

    verdict: str
    grave: bool
    params: dict[str, Any] = field(default_factory=dict)


def judge_claim(claim: Claim, evidence: Evidence) -> list[Judgement]:
    """Everything the program can say about a published claim from what is on record.

    The verdicts: ``holds``, ``truncated``, ``differs``, ``lower_bound``, ``about``, ``not_recomputable``,
    ``fewer_decimals``, ``other_target``, ``window_mislabelled``, ``scope``, ``implied_base``,
    ``change_holds``, ``change_differs``.
    """
    found: list[Judgement] = []
    if claim.printed or (claim.bound and evidence.value is not None):
        found.append(_recomputed(claim, evidence))
    if claim.printed:
        found.extend(_precision(claim, evidence))
        found.extend(_difference(claim, evidence))
    found.extend(_window(claim, evidence))
    found.extend(_scope(evidence))
    if claim.change:
        found.append(_change(claim, evidence))
    return found


def _recomputed(claim: Claim, evidence: Evidence) -> Judgement:
    """The printed value against the recomputed one; where only a bound was published, the latter alone."""
    printed = Decimal(claim.printed) if claim.printed else None
    if evidence.value is None:
        implied = None
        if evidence.is_rate and evidence.numerator is not None and printed:
            implied = round_half_up(Fraction(evidence.numerator) * 100 / Fraction(printed), 0)
        return Judgement("not_recomputable", False, {"printed": printed, "implied_denominator": implied})
    places = decimals_of(printed) if printed is not None else 2 if evidence.is_rate else 0
    rounded = round_half_up(evidence.value, places)
    params: dict[str, Any] = {"printed": printed, "recomputed": rounded, "exact": evidence.value}
    if evidence.qualifier or claim.bound:
        if claim.bound == "lower" and not evidence.qualifier and printed is not None and rounded < printed:
            return Judgement("differs", True, params)
        lower = "lower" in (claim.bound, evidence.qualifier)
        return Judgement("lower_bound" if lower else "about", False, params)
    if printed == rounded:
        return Judgement("holds", False, params)
    return Judgement("truncated" if printed == truncate(evidence.value, places) else "differs", True, params)


def _precision(claim: Claim, evidence: Evidence) -> Iterable[Judgement]:
    """Fewer decimals than most of its neighbours: 96 beside 98.2, 98.4, 95.9 ranks by its printing."""
    from statistics import multimode  # loads much, for claims alone

    own = decimals_of(Decimal(claim.printed))
    others = [decimals_of(Decimal(n.printed)) for n in evidence.neighbours if n.printed]
    usual = min(multimode(others), default=own)
    if own >= usual:
        return
    at_usual = None if evidence.value is None else round_half_up(evidence.value, usual)
    yield Judgement(
        "fewer_decimals",
        True,
        {"printed": Decimal(claim.printed), "decimals": own, "usual": usual, "recomputed": at_usual},
    )


def _difference(claim: Claim, evidence: Evidence) -> Iterable[Judgement]:
    """A published difference that rounding does not explain was reckoned against another level."""
    if not claim.difference or evidence.level is None:
        return
    printed, difference, level = Decimal(claim.printed), Decimal(claim.difference), Fraction(evidence.level)
    right = Fraction(printed) - level
    if abs(right - Fraction(difference)) < _half_of_last_place(printed) + _half_of_last_place(difference):
        return
    if evidence.value is not None and difference == round_half_up(
        evidence.value - level, decimals_of(difference)
    ):
        return
    yield Judgement(
        "other_target",
        True,
        {
            "printed": printed,
            "difference": difference,
            "level": evidence.level,
            "level_is_own": evidence.level_is_own,
            "right": right,
            "implied_level": printed - difference,
        },
    )


def _half_of_last_place(printed: Decimal) -> Fraction:
    return Fraction(1, 2 * 10 ** decimals_of(printed))


def _window(claim: Claim, evidence: Evidence) -> Iterable[Judgement]:
    real = claim.span
    if evidence.labelled is None or not real.stated or real == evidence.labelled:
        return
    yield Judgement(
        "window_mislabelled",
        True,
        {
            "period": claim.period,
            "span": real.text,
            "months": real.months,
            "labelled": evidence.labelled.text,
            "labelled_months": evidence.labelled.months,
            "source": claim.window_source,
        },
    )


def _scope(evidence: Evidence) -> Iterable[Judgement]:
    part, whole, months = evidence.denominator, evidence.whole_year, evidence.months
    if part is None or not whole or not months:
        return
    share = Fraction(whole) * months / 12
    if share <= part * _SCOPE_TOLERANCE and part <= share * _SCOPE_TOLERANCE:
        return
    yield Judgement(
        "scope", True, {"part": part, "whole": whole, "year": evidence.whole_year_of, "months": months}
    )


def _change(claim: Claim, evidence: Evidence) -> Judgement:
    """A published change holds if one honest reading of it does; it differs if all of them were looked at."""
    change = Decimal(claim.change)
    params: dict[str, Any] = {"change": change, "kind": claim.change_kind}
    kinds = ("points", "percent") if claim.change_kind == "unknown" else (claim.change_kind,)
    readings = [kind for kind in kinds if kind == "percent" or evidence.is_rate]
    looked_at = _true_changes(evidence)
    true = [
        round_half_up(exact, decimals_of(change))
        for kind in readings
        if (exact := looked_at.get(kind)) is not None
    ]
    if change in true:
        return Judgement("change_holds", False, params)
    if readings and looked_at.keys() >= set(readings):
        return Judgement("change_differs", True, {**params, "true": sorted(true)})
    implied = _implied_bases(evidence, Fraction(change))
    return Judgement("implied_base", False, {**params, **{k: v for k, v in implied.items() if k in readings}})


def _true_changes(evidence: Evidence) -> dict[str, Rational | None]:
    """The change by each reading whose same period is stored; None where that one occurred from 0."""
    found: dict[str, Rational | None] = {}
    if evidence.value is not None and evidence.base is not None:
        found["points"] = change_of_rate(evidence.value, evidence.base).points
    if evidence.numerator is not None and evidence.base_numerator is not None:
        found["percent"] = change_of_count(evidence.numerator, evidence.base_numerator).percent
    return found


def _implied_bases(evidence: Evidence, change: Rational) -> dict[str, Rational]:
    """The same-period value each reading of a published change implies; none of them is ever stored."""
    found: dict[str, Rational] = {}
    if evidence.value is not None:
        found["points"] = base_of_points(evidence.value, change)
    if evidence.numerator is not None:
        base = base_of_percent(evidence.numerator, change)
        if base is not None:
            found["percent"] = base
    return found
