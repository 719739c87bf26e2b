"""What an indicator reads in one period for one unit, and how that stands against target and same period."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from msgspec import Struct

from judapp.domain import value as values
from judapp.domain.comparison import Change, change_of_count, change_of_rate
from judapp.domain.expression.evaluate import Environment, evaluate
from judapp.domain.expression.nodes import MeasureRef, references
from judapp.domain.expression.parser import parse
from judapp.domain.measure import Indicator, Qualifier
from judapp.domain.number import Rational
from judapp.domain.period import Span
from judapp.domain.value import Kind, Value
from judapp.text import Bilingual

NOT_STATED = Span(None, None)


class Source(Struct, frozen=True):
    """A cell a figure comes from."""

    form: str
    unit: str
    period: str
    address: str


class Amount(Struct, frozen=True):
    """A measure of one unit in one period: its value, how exact, over which days, from which cells."""

    value: Value
    span: Span = NOT_STATED
    qualifier: Qualifier = ""
    sources: tuple[Source, ...] = ()
    basis: Bilingual | None = None
    """Said where the figure is made of others: "cộng số của Lào Cai cũ và Yên Bái"."""
    lacking: tuple[str, ...] = ()
    """Names of the units whose part is missing in a sum that therefore is not told."""
    note: str | None = None
    """How cells of this form version compare with those of others."""
    comparable: bool = True
    """False where that version says "không so sánh được" with others."""
    coverage: tuple[int, int] | None = None
    """Base units that have reported, of those that should, where the figure stands on such."""


NOTHING = Amount(values.EMPTY)


class Reading(Struct, frozen=True):
    """An indicator read off its measures; ``value`` is exact, in percent for a rate."""

    value: Value
    numerator: Amount
    denominator: Amount | None

    @property
    def qualifier(self) -> Qualifier:
        """How exact the value is: a numerator "trên" makes the whole a lower bound."""
        if self.numerator.qualifier or self.denominator is None:
            return self.numerator.qualifier
        return "about" if self.denominator.qualifier else ""

    @property
    def parts(self) -> tuple[Amount, ...]:
        """The amounts it is made of."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def coverage(self) -> tuple[int, int] | None:
        """Base units that have reported, of those that should: the worst of the parts; None without any."""
        told = [part.coverage for part in self.parts if part.coverage is not None]
        return min(told, key=lambda pair: Fraction(*pair), default=None)

    @property
    def known_of(self) -> bool:
        """Whether anything at all is on record."""
        return any(part.value.kind is not Kind.EMPTY for part in self.parts)


def read(indicator: Indicator, amount: Callable[[str], Amount]) -> Reading:
    """The reading of ``indicator``; ``amount`` gives a measure by name.

    A rate with denominator 0 is UNDEFINED, never 0 or 100 %; parts over unlike windows are INCOMPARABLE.
    """
    numerator = _amount(indicator.numerator, amount)
    if indicator.denominator is None:
        return Reading(numerator.value, numerator, None)
    denominator = _amount(indicator.denominator, amount)
    return Reading(_rate(numerator, denominator), numerator, denominator)


def _rate(numerator: Amount, denominator: Amount) -> Value:
    if numerator.value.number is None or denominator.value.number is None:
        return Value(values.gravest([numerator.value, denominator.value]))
    if numerator.span != denominator.span:
        return values.INCOMPARABLE
    if not denominator.value.number:
        return values.UNDEFINED
    return values.known(Fraction(numerator.value.number) * 100 / denominator.value.number)


def _amount(rule: str, amount: Callable[[str], Amount]) -> Amount:
    node = parse(rule)
    parts = {ref.name: amount(ref.name) for ref in references(node) if isinstance(ref, MeasureRef)}
    if isinstance(node, MeasureRef) and node.when is None:
        return parts[node.name]
    value = evaluate(node, cast(Environment, _Measures(parts)))
    spans = {part.span for part in parts.values() if part.value.known}
    span = next(iter(spans)) if len(spans) == 1 else NOT_STATED
    return Amount(
        values.INCOMPARABLE if value.known and len(spans) > 1 else value,
        span,
        next((part.qualifier for part in parts.values() if part.qualifier), ""),
        tuple(source for part in parts.values() for source in part.sources),
        next((part.basis for part in parts.values() if part.basis), None),
        tuple(dict.fromkeys(name for part in parts.values() for name in part.lacking)),
        next((part.note for part in parts.values() if part.note), None),
        all(part.comparable for part in parts.values()),
        min((p.coverage for p in parts.values() if p.coverage), key=lambda c: Fraction(*c), default=None),
    )


class _Measures:
    """The environment of an indicator: measures, and nothing else; no cell is bound in its expression."""

    def __init__(self, parts: dict[str, Amount]) -> None:
        self._parts = parts

    def measure(self, name: str, when: str | None) -> Value:
        return self._parts[name].value if when is None else values.INCOMPARABLE


class SamePeriod(Struct, frozen=True):
    """A reading held against that of the same period a year before.

    ``change`` is None where nothing can be said, and ``why`` then tells: ``missing`` (no figures),
    ``missing_predecessor``, ``windows`` (unlike lengths), ``undefined``, ``break`` (forms of two circulars
    that say they may not be compared). ``windows_stated`` is False where the days of one side are not known.
    """

    reading: Reading
    change: Change | None
    why: str | None = None
    windows_stated: bool = True
    reform: Break | None = None
    """Set where the figures stand on forms of two circulars, which say how they compare."""


class Break(Struct, frozen=True):
    """A change of the form between two periods: numbers of the forms, and what they say of one another."""

    form: str
    base_form: str
    note: str


def _break(now: Reading, then: Reading) -> Break | None:
    """The change of form between two readings, where one of the versions says what it means."""
    forms = [
        ", ".join(dict.fromkeys(source.form for part in reading.parts for source in part.sources))
        for reading in (now, then)
    ]
    notes = [part.note for part in (*now.parts, *then.parts) if part.note]
    return Break(forms[0], forms[1], notes[0]) if notes and all(forms) and forms[0] != forms[1] else None


def against_same_period(now: Reading, then: Reading, *, is_rate: bool) -> SamePeriod:
    """Compare two readings; windows are looked at first, so that 5 months never meet 6 in a percentage."""
    if then.value.number is None:
        if any(part.lacking for part in then.parts):
            return SamePeriod(then, None, "missing_predecessor")
        why = {Kind.EMPTY: "missing", Kind.INCOMPARABLE: "windows"}.get(then.value.kind, "undefined")
        return SamePeriod(then, None, why)
    if now.value.number is None:
        return SamePeriod(then, None, "undefined")
    reform = _break(now, then)
    if reform is not None and not all(part.comparable for part in (*now.parts, *then.parts)):
        return SamePeriod(then, None, "break", reform=reform)
    alike = now.numerator.span.like(then.numerator.span)
    if alike is False:
        return SamePeriod(then, None, "windows", reform=reform)
    compare = change_of_rate if is_rate else change_of_count
    change = compare(now.value.number, then.value.number)
    return SamePeriod(then, change, None, alike is not None, reform)


def missing_to_target(reading: Reading, level: Rational) -> int | None:
    """How many more cases the numerator needs to reach ``level`` percent; None if it does."""
    top, bottom = reading.numerator.value.number, reading.denominator and reading.denominator.value.number
    if top is None or not bottom:
        return None
    lacking = Fraction(level) * bottom / 100 - top
    return max(0, -(-lacking.numerator // lacking.denominator)) or None
