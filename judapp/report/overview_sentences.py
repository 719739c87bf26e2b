"""The director's front page in words: where a unit stands, what needs a look, what the figures rest on.

Everything is said in both languages; values are compared before they come here and only printed here
(ux study, sections 3.6 and 6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.indicator import SamePeriod
from judapp.domain.measure import Indicator
from judapp.domain.number import Rational, round_half_up
from judapp.domain.target import PRO_RATA, SIGNS, Target
from judapp.domain.value import Kind, Value
from judapp.messages import bilingual, write
from judapp.report.sentences import Standing, sentence
from judapp.text import Bilingual

UNKNOWN = Bilingual("…", "…")
NIL = Bilingual("–", "–")
BLANK = Bilingual("", "")
_OUTSIDE = Bilingual("⊘", "⊘")
_POINTS = Bilingual("điểm %", "points")
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
_NAMED = 4
"""Names told one by one; the others are counted."""


class Counts(Struct, frozen=True):
    """What the headline counts: indicators with a target by verdict, the others, and what needs a look."""

    met: int = 0
    missed: int = 0
    untold: int = 0
    """With a target, but without a verdict."""
    known: int = 0
    """Indicators with a value, with or without a target."""
    falls: int = 0
    rises: int = 0
    claims: int = 0
    """Published claims that do not hold."""


def headline(counts: Counts) -> Bilingual:
    """ "2/2 chỉ tiêu giao đã đạt; 1 số giảm mạnh; 1 số công bố cần xem lại." """
    parts = [_verdicts(counts)]
    if counts.falls:
        parts.append(bilingual("PRG-head-falls", n=counts.falls))
    if counts.rises:
        parts.append(bilingual("PRG-head-rises", n=counts.rises))
    if counts.claims:
        parts.append(bilingual("PRG-head-claims", n=counts.claims))
    return Bilingual(*("; ".join(filter(None, words)) + "." for words in zip(*parts, strict=True)))


def _verdicts(counts: Counts) -> Bilingual:
    given = counts.met + counts.missed + counts.untold
    if not given:
        code = "PRG-head-no-target" if counts.known else "PRG-head-nothing"
        return bilingual(code, n=counts.known)
    if counts.untold == given:
        return bilingual("PRG-head-all-untold", n=given)
    said = [bilingual("PRG-head-met", met=counts.met, n=given)]
    if counts.missed:
        said.append(bilingual("PRG-head-missed", n=counts.missed))
    if counts.untold:
        said.append(bilingual("PRG-head-untold", n=counts.untold))
    return Bilingual(*(", ".join(words) for words in zip(*said, strict=True)))


def told(standing: Standing, *, decided: bool, missing_target: bool) -> Bilingual:
    """The sentence of an indicator; ``decided`` is False where a bound cannot be held against the target.

    ``missing_target`` says that there is none, where other indicators beside it have one.
    """
    undecided = standing.target is not None and standing.reading.value.known and not decided
    shown = replace(standing, target=None) if undecided else standing
    words = Bilingual(sentence(shown, "vi"), sentence(shown, "en"))
    if undecided:
        return joined(" ", [words, bilingual("PRG-undecided", level=level(standing))])
    if missing_target:
        bare = Bilingual(*(text.removesuffix(".") for text in words))
        return Bilingual(*(a + b for a, b in zip(bare, bilingual("PRG-and-no-target"), strict=True)))
    lacking = [name for part in standing.reading.parts for name in part.lacking]
    if lacking and not standing.reading.value.known:
        return joined(" ", [words, bilingual("PRG-lacking", names=names(lacking))])
    return words


def typeset(text: Bilingual) -> Bilingual:
    """A sentence whose figures are not torn from their "%" at the end of a line."""
    return Bilingual(*(_BEFORE_PERCENT.sub("\u00a0", words) for words in text))


def joined(separator: str, parts: Sequence[Bilingual]) -> Bilingual:
    """Several texts as one."""
    return Bilingual(
        separator.join(part.vi for part in parts if part.vi),
        separator.join(part.en for part in parts if part.en),
    )


def names(found: Sequence[str]) -> Bilingual:
    """Names one by one, from the fifth on only how many more."""
    unique = list(dict.fromkeys(found))
    if len(unique) <= _NAMED:
        return Bilingual(", ".join(unique), ", ".join(unique))
    return bilingual("PRG-and-more", names=", ".join(unique[:_NAMED]), n=len(unique) - _NAMED)


# --- short texts of a figure


def number(value: Rational | Decimal | None, places: int | None = None, *, signed: bool = False) -> Bilingual:
    """A number as both languages write it; "…" for none, never 0."""
    if value is None:
        return UNKNOWN
    spec = ("+" if signed else "") + ("" if places is None else str(places))
    return Bilingual(write(value, "vi", spec), write(value, "en", spec))


def amount(value: Rational | None, indicator: Indicator) -> Bilingual:
    """A figure of an indicator without its unit: "–" for a count of nothing, "…" for none on record."""
    if value == 0 and not indicator.is_rate:
        return NIL
    return number(value, _places(indicator))


def unit_of(indicator: Indicator) -> Bilingual:
    """The unit of an indicator's value: "%" for a rate."""
    return Bilingual("%", "%") if indicator.is_rate else Bilingual(indicator.unit, indicator.unit_en)


def bare_value(standing: Standing) -> Bilingual:
    """The value without its unit; a bound says that it is one; "…" or "⊘" where there is no value."""
    reading, indicator = standing.reading, standing.indicator
    if reading.value.number is None:
        return absent(reading.value)
    shown = amount(reading.value.number, indicator)
    if reading.qualifier == "lower":
        return bilingual("PRG-at-least", value=shown)
    return bilingual("PRG-about", value=shown) if reading.qualifier == "about" else shown


def absent(value: Value) -> Bilingual:
    """The sign of a value that is no number."""
    return _OUTSIDE if value.kind is Kind.OUT_OF_REMIT else UNKNOWN


def with_unit(shown: Bilingual, indicator: Indicator) -> Bilingual:
    """A figure with its unit behind it; a sign for "no figure" stands alone."""
    if shown in (UNKNOWN, NIL, _OUTSIDE, BLANK):
        return shown
    return Bilingual(*(f"{a}\u00a0{b}" for a, b in zip(shown, unit_of(indicator), strict=True)))


def pair(standing: Standing) -> Bilingual:
    """Numerator and denominator, "81.452/85.961 hồ sơ"; blank for a count."""
    reading, indicator = standing.reading, standing.indicator
    if reading.denominator is None:
        return BLANK
    top, bottom = number(reading.numerator.value.number), number(reading.denominator.value.number)
    unit = Bilingual(indicator.unit, indicator.unit_en)
    return Bilingual(*(f"{a}/{b}\u00a0{c}" for a, b, c in zip(top, bottom, unit, strict=True)))


def level(standing: Standing) -> Bilingual:
    """The target's level with its operator, "≥ 70 %"; a pro rata one with the level now due."""
    target = standing.target
    if target is None:
        return BLANK
    return _held_to(target, standing, Fraction(target.level), None)


def level_due(standing: Standing) -> Bilingual:
    """The share of the level that is due by now, "≥ 36,50 %"; blank where the whole level counts."""
    target = standing.target
    if target is None or target.yardstick != PRO_RATA or standing.months == 12:
        return BLANK
    due = target.level_for(standing.months)
    places = standing.indicator.decimals if standing.indicator.is_rate else _whole(due)
    return _held_to(target, standing, due, places)


def _held_to(target: Target, standing: Standing, amount: Rational, places: int | None) -> Bilingual:
    shown = with_unit(number(amount, places), standing.indicator)
    return Bilingual(*(f"{SIGNS[target.operator]}\u00a0{text}" for text in shown))


def difference(gap: Rational | None, standing: Standing) -> Bilingual:
    """Value less level: "+24,75 điểm %" for a rate, "+407 dự thảo" for a count."""
    if gap is None:
        return UNKNOWN if standing.target is not None else BLANK
    indicator = standing.indicator
    if indicator.is_rate:
        return points(gap, indicator.decimals)
    shown = number(gap, _whole(gap), signed=True)
    unit = Bilingual(indicator.unit, indicator.unit_en)
    return Bilingual(*(f"{a}\u00a0{b}" for a, b in zip(shown, unit, strict=True)))


def _whole(amount: Rational) -> int | None:
    """Decimals of a count that a share of months may have broken."""
    return None if Fraction(amount).denominator == 1 else 1


def points(gap: Rational, places: int) -> Bilingual:
    """A difference of rates; one that rounding would hide is written with the decimals that show it."""
    if gap and not round_half_up(gap, places):
        places = 4 if round_half_up(gap, 4) else 6
    return Bilingual(
        *(f"{a}\u00a0{b}" for a, b in zip(number(gap, places, signed=True), _POINTS, strict=True))
    )


def change(same: SamePeriod | None, indicator: Indicator) -> Bilingual:
    """How a figure moved against the same period: points of a rate, percent of a count; "…" if not told."""
    if same is None or same.change is None:
        return UNKNOWN
    if same.change.points is not None:
        return points(same.change.points, indicator.decimals)
    if same.change.percent is None:  # from nothing: only the number itself can be told
        return with_unit(number(same.change.absolute, signed=True), indicator)
    return percent(same.change.percent)


def percent(moved: Rational) -> Bilingual:
    """A change of a count, "−17,78 %"."""
    return Bilingual(*(f"{text}\u00a0%" for text in number(moved, 2, signed=True)))


# --- what needs a look


def big_change(standing: Standing) -> Bilingual:
    """A reckoned change of a figure by much, in one sentence."""
    same, indicator = standing.same_period, standing.indicator
    assert same is not None
    assert same.change is not None
    moved = same.change.points if indicator.is_rate else same.change.percent
    assert moved is not None
    return bilingual(
        "PRG-fell" if moved < 0 else "PRG-rose",
        name=indicator.name,
        moved=_size(moved, indicator),
        year=str(standing.period.year - 1),
        base=with_unit(number(same.reading.value.number, _places(indicator)), indicator),
        value=with_unit(number(standing.reading.value.number, _places(indicator)), indicator),
    )


def published_change(standing: Standing, moved: Rational) -> Bilingual:
    """A change by much that was published while the figures of the same period are not on record."""
    indicator = standing.indicator
    return bilingual(
        "PRG-fell-published" if moved < 0 else "PRG-rose-published",
        name=indicator.name,
        moved=_size(moved, indicator),
        year=str(standing.period.year - 1),
        value=with_unit(bare_value(standing), indicator),
    )


def _places(indicator: Indicator) -> int | None:
    return indicator.decimals if indicator.is_rate else None


def _size(moved: Rational, indicator: Indicator) -> Bilingual:
    return bilingual("PRG-size-points" if indicator.is_rate else "PRG-size-percent", n=abs(moved))


def coverage(covered: int, expected: int) -> Bilingual:
    """ "Tính trên 105/130 đơn vị đã nộp (80,77 %)." """
    return bilingual(
        "PRG-coverage", covered=covered, expected=expected, percent=Fraction(covered * 100, expected)
    )


# --- what the figures rest on


def basis(forms: Sequence[str], *, drafts: bool, units: int) -> Bilingual:
    """Which forms the figures were taken from, of how many units, and whether they may still change."""
    code = "PRG-basis-one" if units == 1 else "PRG-basis-many"
    state = bilingual("PRG-state-draft" if drafts else "PRG-state-submitted")
    return bilingual(code, forms=", ".join(forms), n=units, state=state)
