"""The last rounds of one cell, like with like, and how it stands against the same period a year before."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.grid_same import Earlier, Past, incomparable
from judapp.app.grid_tables import number_text, places_of
from judapp.app.grid_view import NIL, OUT_OF_REMIT, PENDING
from judapp.app.relation_view import Place
from judapp.app.workspace import Workspace
from judapp.domain.comparison import change_of_count, change_of_rate
from judapp.domain.figure import State
from judapp.domain.number import Rational
from judapp.domain.period import FINAL_YEAR, HALF_YEAR, PRELIMINARY_YEAR, Period, Span
from judapp.domain.resolve import Sheet
from judapp.domain.shape import Spot
from judapp.domain.value import Kind
from judapp.messages import text

MOST = 12
"""Values shown, the present one among them."""
_YEARS = (FINAL_YEAR, PRELIMINARY_YEAR)
"""Rounds about a whole year: of the years before, the final figure stands for its year where there is one."""


class Same(Struct, frozen=True):
    """The same period a year before; "" where it does not apply."""

    base: str = ""
    basis: str = ""
    """What that figure is, or why there is none."""
    change: str = ""
    place: Place | None = None


class PastPoint(Struct, frozen=True):
    """One round of the series: shown oldest first, the present one last."""

    short: str
    """"6T/25"."""
    name: str
    """The whole name of the round."""
    text: str
    """The figure, "–", "…" where it is missing, "⊘"."""
    number: Rational | None
    final: bool
    """Whether the round takes no estimated parts any more."""
    joined: bool = False
    """Whether the line from the point before leads here: same form or declared comparable, same length."""
    turns: tuple[str, ...] = ()
    """What changed between the point before and this one: the form, the days, a merger."""
    remit: bool = False
    note: str = ""
    place: Place | None = None


def same_period(past: Past, lang: str) -> Same:
    """How a cell stands against the same period a year before."""
    sheet, spot = past.resolved.sheet, past.spot
    before = sheet.period.related("same")
    if before is None or spot.kind == "text":
        return Same()
    found = past.at(before)
    if found.broken:
        words = text("FVR-not-comparable", lang, form=found.form, period=before.name)
        return Same(basis=words)
    number = found.value.number
    if number is None:
        remit = found.value.kind is Kind.OUT_OF_REMIT
        none = text("BSD-basis-remit" if remit else "ENY-basis-none", lang, period=before.name)
        return Same(basis=found.basis.in_language(lang) or none, place=found.place)
    base = NIL if found.nil else number_text(number, places_of(spot))
    words = text("ENY-basis-same", lang, period=before.name)
    if basis := found.basis.in_language(lang):
        words = text("BSD-basis", lang, period=before.name, basis=basis)
    if sheet.span.like(found.span) is False:
        months = sheet.span.months, found.span.months
        unlike = text("CMP-004", lang, months=months[0], base_months=months[1])
        return Same(base, words, unlike, found.place)
    value = past.resolved[past.key].value.number
    return Same(base, words, "" if value is None else change_words(value, number, spot, lang), found.place)


def change_words(value: Rational, base: Rational, spot: Spot, lang: str) -> str:
    """A change in words: of a count with its percent, of a rate in points, never mixed."""
    if value == base:
        return text("ENY-change-none", lang)
    up = value > base
    if spot.kind in ("rate", "average"):
        difference = number_text(abs(change_of_rate(value, base).absolute), places_of(spot))
        codes = ("ENY-points-up", "ENY-points-down") if spot.kind == "rate" else ("ENY-more", "ENY-less")
        return text(codes[0] if up else codes[1], lang, difference=difference)
    change = change_of_count(value, base)
    if change.percent is None:
        return text("ENY-change-from-zero", lang, value=number_text(value, places_of(spot)))
    difference = number_text(abs(change.absolute), places_of(spot))
    code = "ENY-change-up" if up else "ENY-change-down"
    return text(code, lang, difference=difference, percent=abs(change.percent))


def past_points(past: Past, lang: str) -> tuple[PastPoint, ...]:
    """The series of a cell up to the round shown; empty where no earlier round has anything of it.

    Half years stand beside half years, whole years beside whole years, cumulative rounds beside those of as
    many months. It ends where the form has no counterpart any more; that break is told at the oldest point.
    """
    if past.spot.kind == "text":
        return ()
    sheet = past.resolved.sheet
    found: list[tuple[Period, Earlier]] = [(sheet.period, _present(past))]
    for back in range(1, MOST):
        period, earlier = _round_of(past, sheet.period.year - back)
        found.append((period, earlier))
        if incomparable(earlier):
            break
    while len(found) > 1 and found[-1][1].value.kind in (Kind.EMPTY, Kind.PENDING):
        found.pop()
    if len(found) == 1:
        return ()
    found.reverse()
    points = [_point(past, period, earlier, lang) for period, earlier in found]
    return tuple(
        point if at == 0 else _linked(found[at - 1][1], found[at][1], points[at - 1], point, lang)
        for at, point in enumerate(points)
    )


def look_back(workspace: Workspace, number: str, unit: str, period: Period, back: int) -> None:
    """Reckon the sheet that the series of ``back`` years ago is read from; the workspace keeps it.

    One year at a time, so that what somebody types meanwhile is written in between.
    """
    form = workspace.version_for(number, period).form
    sheet = Sheet(form, unit, period, workspace.span(form, period))
    rounds = _YEARS if period.round in _YEARS else (period.round,)
    for kind in rounds:
        SheetContext(workspace, sheet).sheet_of(form.family, unit, Period(period.year - back, kind))


def _present(past: Past) -> Earlier:
    sheet, cell = past.resolved.sheet, past.resolved[past.key]
    place = Place(sheet.form.number, sheet.unit, sheet.period, past.key)
    return Earlier(cell.value, sheet.span, sheet.form.number, place=place, nil=cell.figure.state is State.NIL)


def _round_of(past: Past, year: int) -> tuple[Period, Earlier]:
    """The round of ``year`` that is like the one shown."""
    sheet = past.resolved.sheet
    own = Period(year, sheet.period.round)
    if own.round not in _YEARS:
        return own, past.at(own)
    first: tuple[Period, Earlier] | None = None
    for kind in _YEARS:
        period = Period(year, kind)
        earlier = past.at(period)
        known = earlier.value.number is not None
        if known and earlier.span.months == sheet.span.months:
            return period, earlier
        if first is None and (known or period == own):
            first = period, earlier
    assert first is not None  # the round itself is one of the two
    return first


def _point(past: Past, period: Period, earlier: Earlier, lang: str) -> PastPoint:
    number, remit = earlier.value.number, earlier.value.kind is Kind.OUT_OF_REMIT
    shown = PENDING if number is None else number_text(number, places_of(past.spot))
    if earlier.nil:
        shown = NIL
    note = earlier.basis.in_language(lang)
    if earlier.broken:
        note = text("FVR-not-comparable", lang, form=earlier.form, period=period.name)
    return PastPoint(
        short_name(period, lang),
        period.name.in_language(lang),
        OUT_OF_REMIT if remit else shown,
        number,
        period.round == FINAL_YEAR or period.cumulative,
        remit=remit,
        note=note,
        place=earlier.place,
    )


def _linked(older: Earlier, newer: Earlier, before: PastPoint, point: PastPoint, lang: str) -> PastPoint:
    """A point with what leads to it from the one before."""
    turns = []
    if older.broken:
        turns.append(before.note)
    elif older.form and newer.form and older.form != newer.form:
        turns.append(text("BSD-turn-form", lang, old=older.form, new=newer.form))
    alike = _alike(older.span, newer.span)
    if not alike:
        turns.append(
            text("BSD-turn-days", lang, old=older.span.months, new=newer.span.months, period=point.name)
        )
    if older.merged and not newer.merged and not older.broken:
        turns.append(text("BSD-turn-merged", lang, basis=before.note))
    known = older.value.number is not None and newer.value.number is not None
    return replace(point, joined=known and alike and not older.broken, turns=tuple(turns))


def _alike(older: Span, newer: Span) -> bool:
    """Whether two windows are equally long; what is not stated is taken as printed for the same round."""
    return not (older.stated and newer.stated) or older.months == newer.months


def short_name(period: Period, lang: str) -> str:
    """A round in the fewest letters: "6T/26", "2026", "LK3T/26"."""
    year = f"{period.year % 100:02d}"
    if period.cumulative:
        return text("BSD-short-run", lang, months=int(period.round[1:]), year=year)
    if period.round == HALF_YEAR:
        return text("BSD-short-half", lang, year=year)
    return str(period.year)
