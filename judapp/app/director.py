"""The director's front page: where a unit stands in one minute, every figure with the way back to its cells.

Everything is compared exactly and printed in both languages; floats serve drawing alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from judapp.app.director_claims import ClaimRow, claims
from judapp.app.director_rows import (
    BIG_PERCENT,
    BIG_POINTS,
    MET,
    MISSED,
    UNTOLD,
    IndicatorRow,
    is_big,
    moved,
    moved_as_published,
    order,
    row,
    verdict,
)
from judapp.app.director_sources import SourceBook
from judapp.app.progress import IndicatorLine, Progress, progress
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.measure import Indicator
from judapp.domain.number import Rational
from judapp.domain.period import Period
from judapp.domain.value import Kind
from judapp.messages import bilingual
from judapp.report import overview_sentences as say
from judapp.store import documents
from judapp.text import Bilingual


class Attention(Struct, frozen=True):
    """Something to look at.

    ``kind``: ``fall`` or ``rise`` (a big change for the worse), ``claim`` (does not hold), ``missing`` (a
    target without a value), ``coverage`` (base units that have not reported). It ``leads`` to an
    ``indicator`` or a ``claim`` (``about`` is its id), or to ``home``, where it stands who is missing.
    """

    kind: str
    sentence: Bilingual
    leads: str
    about: str = ""


class Front(Struct, frozen=True):
    """The whole front page of a unit and period."""

    unit: str
    """Uid."""
    unit_code: str
    unit_name: str
    period: Period
    practice: bool
    headline: Bilingual
    rows: tuple[IndicatorRow, ...]
    """Not met first, by the size of the gap; then big changes, met, and without target."""
    attention: tuple[Attention, ...]
    claims: tuple[ClaimRow, ...]
    """Those that do not hold first."""
    basis: tuple[Bilingual, ...]
    """What the figures rest on, sentence by sentence."""
    empty: Bilingual | None
    """Why there is nothing to tell; None where there is something."""


def front(workspace: Workspace, unit: str, period: Period) -> Front:
    """The front page of the unit with uid ``unit``; KeyError for one that is not in the file."""
    found = progress(workspace, workspace.units[unit], period)
    book = SourceBook(workspace)
    targeted = any(line.standing.target for line in found.indicators)
    lines = sorted(found.indicators, key=order)
    rows = tuple(row(line, book, found, targeted=targeted) for line in lines)
    published = {document.uid: document for document in documents.load(workspace.file).values()}
    judged = claims(found.claims, published)
    attention = tuple(_attention(lines, rows, judged, found, book))
    return Front(
        unit=unit,
        unit_code=found.unit_code,
        unit_name=found.unit_name,
        period=period,
        practice=workspace.practice,
        headline=say.headline(_counts(lines, attention)),
        rows=rows,
        attention=attention,
        claims=judged,
        basis=tuple(_basis(lines, book, period, attention)),
        empty=None if rows or judged else _why_empty(workspace, unit, period),
    )


def _counts(lines: list[IndicatorLine], attention: Iterable[Attention]) -> say.Counts:
    told = [verdict(line) for line in lines]
    kinds = [item.kind for item in attention]
    return say.Counts(
        met=told.count(MET),
        missed=told.count(MISSED),
        untold=told.count(UNTOLD),
        known=sum(line.value is not None for line in lines),
        falls=kinds.count("fall"),
        rises=kinds.count("rise"),
        claims=kinds.count("claim"),
    )


def _attention(
    lines: list[IndicatorLine],
    rows: tuple[IndicatorRow, ...],
    judged: tuple[ClaimRow, ...],
    found: Progress,
    book: SourceBook,
) -> Iterator[Attention]:
    for line in lines:
        yield from _change_for_the_worse(line, found)
    for claim in judged:
        if claim.grave:
            yield Attention("claim", claim.brief, "claim", claim.uid)
    for line, told in zip(lines, rows, strict=True):
        if line.standing.target is not None and line.value is None and not _out_of_remit(line):
            yield Attention("missing", told.sentence, "indicator", told.id)
    yield from _coverage(lines, book)


def _change_for_the_worse(line: IndicatorLine, found: Progress) -> Iterator[Attention]:
    own = line.standing.indicator
    reckoned = moved(line)
    change = reckoned if reckoned is not None else moved_as_published(line, found)
    if change is None or not is_big(line, change) or not _is_worse(change, own):
        return
    standing = line.standing
    words = say.big_change(standing) if reckoned is not None else say.published_change(standing, change)
    yield Attention("fall" if change < 0 else "rise", words, "indicator", own.id)


def _is_worse(change: Rational, indicator: Indicator) -> bool:
    """A rise is looked at where less is better; a fall everywhere else, also where neither is a success."""
    return change > 0 if indicator.higher_is_better is False else change < 0


def _out_of_remit(line: IndicatorLine) -> bool:
    return line.standing.reading.value.kind is Kind.OUT_OF_REMIT


def _coverage(lines: list[IndicatorLine], book: SourceBook) -> Iterator[Attention]:
    """How many base units the figures stand on, each share once."""
    shares = [book.coverage(line.standing.reading.parts) for line in lines]
    for covered, expected in dict.fromkeys(share for share in shares if share is not None):
        if covered < expected:
            yield Attention("coverage", say.coverage(covered, expected), "home")


# --- what the figures rest on


def _basis(
    lines: list[IndicatorLine], book: SourceBook, period: Period, attention: Iterable[Attention]
) -> Iterator[Bilingual]:
    known = [line for line in lines if line.value is not None]
    if not lines:
        return
    yield bilingual("PRG-computed", n=len(known), of=len(lines))
    gone = sum(map(_out_of_remit, lines))
    if gone:
        yield bilingual("PRG-gone", n=gone)
    amounts = [part for line in known for part in line.standing.reading.parts]
    yield from book.basis(amounts, OPEN_STATES)
    spans = {amount.span for amount in amounts}
    if len(spans) == 1:
        span = spans.pop()
        yield bilingual("PRG-span", span=span.text) if span.stated else bilingual("PRG-span-unknown")
    without = sum(_lacks_same_period(line) for line in known)
    if without:
        yield bilingual("PRG-no-same-period", n=without, year=str(period.year - 1))
    derived = sum(bool(line.standing.target and line.standing.target.evidence == "derived") for line in lines)
    if derived:
        yield bilingual("PRG-derived", n=derived)
    if any(item.kind in ("fall", "rise") for item in attention):
        yield bilingual("PRG-big", percent=BIG_PERCENT, points=BIG_POINTS)


def _lacks_same_period(line: IndicatorLine) -> bool:
    same = line.standing.same_period
    return same is not None and same.why == "missing"


def _why_empty(workspace: Workspace, unit: str, period: Period) -> Bilingual:
    """Why there is nothing to tell: forms owed and not begun, or forms that hold no indicator."""
    begun = {
        stored.form
        for stored in workspace.sheets_of(period)
        if stored.unit == unit
        and (resolved := workspace.resolved(stored.form, unit, period)) is not None
        and resolved.begun
    }
    owed = {
        version.id
        for obligation in workspace.obligations
        if obligation.unit == unit and obligation.holds_on(period.last_day)
        for version in workspace.versions.values()
        if version.form.family == obligation.family and workspace.serves(version.form, period)
    }
    missing = owed - begun
    if missing:
        return bilingual("PRG-empty-missing", n=len(missing), of=len(owed | begun))
    if begun:
        return bilingual("PRG-empty-no-indicator", n=len(begun))
    return bilingual("PRG-empty-nothing")
