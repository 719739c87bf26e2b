"""Indicators as the director's front page tells them: verdict, order, texts, and the bar that is drawn."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from judapp.app.director_sources import Part, SourceBook, SourceCell
from judapp.app.progress import IndicatorLine, Progress
from judapp.domain.number import Rational
from judapp.domain.target import PRO_RATA, Target
from judapp.domain.value import Kind
from judapp.messages import bilingual
from judapp.report import overview_sentences as say
from judapp.store.documents import Document
from judapp.text import Bilingual

BIG_PERCENT, BIG_POINTS = 10, 5
"""From where a change is big: percent of a count, points of a rate. No rule sets it; the page says it."""

MET, MISSED, UNTOLD, NO_TARGET = "met", "missed", "untold", "none"
"""Verdicts of an indicator; ``untold``: there is a target, and no value that could be held against it."""
GONE = "gone"
"""The mark of an indicator that is no longer in remit."""


class BulletData(Struct, frozen=True):
    """A bullet bar: what is drawn, as floats, and the texts beside it; None where there is nothing."""

    value: float | None
    level: float | None
    operator: str
    same_period: float | None
    pro_rata: float | None
    """The share of the level due by now."""
    end: float
    """Where the axis ends; it begins at 0."""
    hollow: bool
    """Whether the value is a part or a bound rather than the value."""
    value_text: Bilingual
    level_text: Bilingual
    end_text: Bilingual
    coverage_text: Bilingual


class IndicatorRow(Struct, frozen=True):
    """An indicator as the front page tells it."""

    id: str
    name: Bilingual
    unit: Bilingual
    value: Bilingual
    """Without unit; "…" unknown, "⊘" out of remit."""
    pair: Bilingual
    target: Bilingual
    due: Bilingual
    """The share of a pro rata level that is due after ``months``, blank otherwise."""
    months: int
    difference: Bilingual
    met: bool | None
    verdict: str
    mark: str
    """The verdict, but ``untold`` for every indicator without a value and ``gone`` for one out of remit."""
    same_period: Bilingual
    change: Bilingual
    fell: bool
    """Whether it is below the same period."""
    sentence: Bilingual
    bullet: BulletData | None
    evidence: Bilingual
    target_source: Bilingual
    document: Bilingual
    definition: Bilingual
    parts: tuple[Part, ...]
    exact: tuple[Rational | None, Rational | None, Rational | None]
    """Value, difference and change, for sorting."""

    @property
    def sources(self) -> tuple[SourceCell, ...]:
        """Every cell it comes from."""
        return tuple(cell for part in self.parts for cell in part.cells)


def verdict(line: IndicatorLine) -> str:
    """The verdict; a bound decides only where every value it allows would have the same one."""
    if line.standing.target is None:
        return NO_TARGET
    if line.met is None:
        return UNTOLD
    bound = line.standing.reading.qualifier
    floor = line.standing.target.operator.startswith(">")
    if bound == "about" or (bound == "lower" and line.met is not floor):
        return UNTOLD
    return MET if line.met else MISSED


def order(line: IndicatorLine) -> tuple[int, Rational]:
    """Not met by the size of the gap, big changes, met, not to be told, without target."""
    told = verdict(line)
    if told == MISSED:
        return 0, -_size_of_gap(line)
    change = moved(line)
    if change is not None and is_big(line, change):
        return 1, -_size(change)
    if told in (MET, UNTOLD):
        return (2 if told == MET else 3), 0
    return (4 if line.value is not None else 5), 0


def _size_of_gap(line: IndicatorLine) -> Rational:
    """The gap in points of a rate, in percent of the level of a count, so that both stand in one order."""
    target = line.standing.target
    assert target is not None
    gap = _size(line.difference or 0)
    level = target.level_for(line.standing.months)
    return gap if line.standing.indicator.is_rate or not level else Fraction(gap) * 100 / level


def moved(line: IndicatorLine) -> Rational | None:
    """The reckoned change against the same period: points of a rate, percent of a count."""
    same = line.standing.same_period
    if same is None or same.change is None:
        return None
    return same.change.points if line.standing.indicator.is_rate else same.change.percent


def moved_as_published(line: IndicatorLine, found: Progress) -> Rational | None:
    """The published change of an indicator whose same period is not on record."""
    kind = "points" if line.standing.indicator.is_rate else "percent"
    for judged in found.claims:
        claim = judged.claim
        if (
            line.value is not None
            and judged.judgement.verdict == "implied_base"
            and (claim.indicator, claim.change_kind) == (line.standing.indicator.id, kind)
        ):
            return Fraction(Decimal(claim.change))
    return None


def is_big(line: IndicatorLine, change: Rational) -> bool:
    """Whether a change is big."""
    return _size(change) >= (BIG_POINTS if line.standing.indicator.is_rate else BIG_PERCENT)


def _size(number: Rational) -> Rational:
    return max(number, -number)


def row(line: IndicatorLine, book: SourceBook, found: Progress, *, targeted: bool) -> IndicatorRow:
    """An indicator with all its texts; ``targeted``: others of the page have a target."""
    standing = line.standing
    indicator, target, same = standing.indicator, standing.target, standing.same_period
    told, change = verdict(line), moved(line)
    base = same.reading.value.number if same else None
    alone = target is None and targeted and indicator.is_rate and line.value is not None
    return IndicatorRow(
        id=indicator.id,
        name=indicator.name,
        unit=say.unit_of(indicator),
        value=say.bare_value(standing),
        pair=say.pair(standing),
        target=say.level(standing),
        due=say.level_due(standing),
        months=standing.months,
        difference=say.difference(line.difference if told != UNTOLD else None, standing),
        met={MET: True, MISSED: False}.get(told),
        verdict=told,
        mark=_mark(line, told),
        same_period=say.with_unit(say.amount(base, indicator), indicator),
        change=say.change(same, indicator),
        fell=change is not None and change < 0,
        sentence=say.typeset(say.told(standing, decided=told != UNTOLD, missing_target=alone)),
        bullet=_bullet(line, book),
        evidence=_evidence(target),
        target_source=Bilingual(target.source, target.source) if target else say.BLANK,
        document=document_text(line.document),
        definition=Bilingual(indicator.source or "", indicator.source or ""),
        parts=_parts(line, book, found),
        exact=(line.value, line.difference, change),
    )


def _mark(line: IndicatorLine, told: str) -> str:
    if line.standing.reading.value.kind is Kind.OUT_OF_REMIT:
        return GONE
    return UNTOLD if line.value is None else told


def _parts(line: IndicatorLine, book: SourceBook, found: Progress) -> tuple[Part, ...]:
    indicator, reading = line.standing.indicator, line.standing.reading
    if indicator.denominator is None or reading.denominator is None:
        label = bilingual("PRG-count")
        return (book.part(label, indicator.numerator, reading.numerator, found.unit, found.period),)
    top, bottom = bilingual("PRG-numerator"), bilingual("PRG-denominator")
    return (
        book.part(top, indicator.numerator, reading.numerator, found.unit, found.period),
        book.part(bottom, indicator.denominator, reading.denominator, found.unit, found.period),
    )


def _evidence(target: Target | None) -> Bilingual:
    if target is None:
        return say.BLANK
    return bilingual("PRG-evidence", evidence=bilingual(f"TEV-{target.evidence}"))


def document_text(document: Document | None) -> Bilingual:
    """Title, number, date and issuer of a document, as far as they are known."""
    if document is None:
        return say.BLANK
    title = Bilingual(document.title or "", document.title or "")
    if not document.title:
        title = bilingual("PRG-document-of", issuer=document.issuer or "?")
    known = []
    if document.number:
        known.append(bilingual("PRG-document-number", number=document.number))
    if document.date:
        known.append(bilingual("PRG-document-date", day=document.date))
    if not (document.number or document.date or document.title):
        known.append(bilingual("PRG-document-undated"))
    if document.title and document.issuer and document.issuer not in document.title:
        known.append(Bilingual(document.issuer, document.issuer))
    return say.joined(", ", [title, *known])


def _bullet(line: IndicatorLine, book: SourceBook) -> BulletData | None:
    """The bar of an indicator; None for a count with nothing to hold it against, and out of remit."""
    standing = line.standing
    indicator, reading, target, same = (
        standing.indicator,
        standing.reading,
        standing.target,
        standing.same_period,
    )
    level = Fraction(target.level) if target else None
    base = same.reading.value.number if same and same.change is not None else None
    if reading.value.kind is Kind.OUT_OF_REMIT or not (indicator.is_rate or level or base):
        return None
    prorated = target is not None and target.yardstick == PRO_RATA and standing.months != 12
    due = target.level_for(standing.months) if target and prorated else None
    drawn = [float(number) for number in (line.value, level, base) if number is not None]
    end = axis_end(max(drawn, default=0.0), is_rate=indicator.is_rate)
    covered = book.coverage(reading.parts)
    partial = covered is not None and covered[0] < covered[1]
    return BulletData(
        value=None if line.value is None else float(line.value),
        level=None if level is None else float(level),
        operator=target.operator if target else "",
        same_period=None if base is None else float(base),
        pro_rata=None if due is None else float(due),
        end=end,
        hollow=partial or bool(reading.qualifier),
        value_text=say.with_unit(say.bare_value(standing), indicator),
        level_text=say.BLANK if level is None else say.with_unit(say.number(level), indicator),
        end_text=say.with_unit(say.number(Fraction(end).limit_denominator(1000)), indicator),
        coverage_text=bilingual("PRG-covered", covered=covered[0], expected=covered[1])
        if covered and partial
        else say.BLANK,
    )


_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0)
_ROOM = 1.05
"""How far beyond the largest figure an axis goes at least."""


def axis_end(largest: float, *, is_rate: bool) -> float:
    """A round number beyond all that is drawn; rates share 0 – 100 unless all of it is small or beyond."""
    if is_rate and 20 <= largest <= 100:
        return 100.0
    if largest <= 0:
        return 100.0 if is_rate else 1.0
    power = 1.0
    while power * 10 <= largest:
        power *= 10
    while power > largest:
        power /= 10
    return next(step * power for step in _STEPS if step * power >= largest * _ROOM)
