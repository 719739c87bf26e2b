"""What the whole window knows of an open file: periods, units, what was saved and can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from judapp.app.workspace import FOUNDING, Workspace
from judapp.domain.period import (
    ENFORCEMENT,
    FINAL_YEAR,
    HALF_YEAR,
    PRELIMINARY_YEAR,
    STATISTICS,
    Period,
    Window,
)
from judapp.domain.unit import CLUSTER, COMMUNE, NATION, NOTARY, PROVINCE, ROOM, Unit
from judapp.messages import bilingual
from judapp.store import history, sheets
from judapp.store.history import OperationRecord
from judapp.text import Bilingual, fold

STATISTICS_GROUP, ENFORCEMENT_GROUP = "statistics", "enforcement"

_YEARLY = (FINAL_YEAR, PRELIMINARY_YEAR, HALF_YEAR)
"""The rounds of a year, the newest first."""

_AHEAD = timedelta(days=20)
"""How long before its last actual day a round is being worked on."""

_DISTRICT = ("cấp huyện", "phòng tư pháp")
"""Subkinds of agencies of the level that ended on 30/6/2025."""


class PeriodChoice(Struct, frozen=True):
    """A round as the period picker offers it."""

    period: Period
    name: Bilingual
    """“Sơ bộ 6 tháng 2026”."""
    days: Bilingual
    """The window of the department: “01/01 – 30/6/2024 · thực tế đến 31/5”; said so where it is not known."""
    sheets: int
    """Sheets begun in it, of every unit."""
    counted_to: date | None
    """The last day of actual figures: after it, nothing is missing but the work."""
    due: date | None
    group: str
    """:data:`STATISTICS_GROUP` or :data:`ENFORCEMENT_GROUP`."""


class Facts(Struct, frozen=True):
    """What does not change with the period shown; asked anew when a file was opened or changed."""

    path: Path
    practice: bool
    owner: str
    """Uid of the unit the file belongs to."""
    owner_name: str
    read_only: bool
    periods: tuple[PeriodChoice, ...]
    """Newest year first, in a year final, preliminary, half year; enforcement after all others."""


class UnitChoice(Struct, frozen=True):
    """A unit as the unit picker offers it, called as on the last day of the period."""

    uid: str
    code: str
    name: str
    group: Bilingual
    """“Xã, phường”; units of one group stand together."""
    sheets: int
    """Its sheets begun in the period."""
    key: str
    """What a search looks through: name and code without marks."""


class Step(Struct, frozen=True):
    """An act that can be taken back or done again, as it is called in the list of steps."""

    op_id: int
    label: str
    at: datetime
    """UTC."""
    who: str


# --- periods


def facts(workspace: Workspace, today: date) -> Facts:
    """What the window says of the file; ``today`` decides which rounds nobody began are offered."""
    begun = Counter(sheet.period for sheet in sheets.find(workspace.file, layer=sheets.OWN))
    periods = set(begun) | {Period.parse(claim.period) for claim in workspace.claims()}
    periods |= {Period(year, kind) for year in (today.year, today.year - 1) for kind in _YEARLY}
    periods |= set(_running_enforcement(workspace, today))
    return Facts(
        workspace.file.path,
        workspace.practice,
        workspace.owner.uid,
        unit_name(workspace, workspace.owner.uid, today),
        workspace.file.read_only,
        tuple(_choice(workspace, period, begun[period]) for period in sorted(periods, key=_newest_first)),
    )


def period_name(period: Period) -> Bilingual:
    """The name of a round on screen; :attr:`Period.name` is the one for sentences."""
    year = str(period.year)
    if period.cumulative:
        return bilingual("DSK-round-E", months=int(period.round[1:]), year=year)
    return bilingual(
        {FINAL_YEAR: "DSK-round-Y", PRELIMINARY_YEAR: "DSK-round-Y1", HALF_YEAR: "DSK-round-H1"}[
            period.round
        ],
        year=year,
    )


def start_period(facts: Facts, today: date) -> Period:
    """The round being reported on ``today``, else the newest with sheets, else the one due nearest."""
    statistics = [c for c in facts.periods if c.group == STATISTICS_GROUP]
    for choice in statistics:
        if choice.counted_to and choice.due and choice.counted_to - _AHEAD <= today <= choice.due:
            return choice.period
    with_sheets = [c for c in facts.periods if c.sheets]
    if with_sheets:
        return with_sheets[0].period  # statistics stand before enforcement
    dated = [(abs(c.due - today), c.period.code, c.period) for c in statistics if c.due]
    return min(dated)[2] if dated else facts.periods[0].period


def start_unit(workspace: Workspace, period: Period) -> str:
    """The unit to show first: the owner; in a practice file the province that has something to look at."""
    owner = workspace.owner.uid
    begun = Counter(sheet.unit for sheet in workspace.sheets_of(period))
    if not workspace.practice or begun[owner]:
        return owner
    provinces = [uid for uid, _ in begun.most_common() if workspace.units[uid].kind == PROVINCE]
    return provinces[0] if provinces else owner


def _newest_first(period: Period) -> tuple[bool, int, int]:
    place = -int(period.round[1:]) if period.cumulative else _YEARLY.index(period.round)
    return period.cumulative, -period.year, place


def _running_enforcement(workspace: Workspace, today: date) -> Iterator[Period]:
    """The last month ended and the last whole year, as long as there is a form for them."""
    ended = today.replace(day=1) - timedelta(days=1)
    begun = ended.month >= 10  # the enforcement year runs from October
    year, month = (ended.year + 1, ended.month - 9) if begun else (ended.year, ended.month + 3)
    for period in (Period(year, f"E{month:02d}"), Period(year - 1, "E12")):
        if any(workspace.serves(v.form, period) for v in workspace.versions.values()):
            yield period


def _choice(workspace: Workspace, period: Period, begun: int) -> PeriodChoice:
    regime = ENFORCEMENT if period.cumulative else STATISTICS
    window = workspace.calendar.window(regime, period)
    return PeriodChoice(
        period,
        period_name(period),
        days_of(window),
        begun,
        (window.actual_to or window.span.end) if window else None,
        window.due if window else None,
        ENFORCEMENT_GROUP if period.cumulative else STATISTICS_GROUP,
    )


def days_of(window: Window | None) -> Bilingual:
    """The days of a window as the head of the page says them; the year stands once where it is the same."""
    if window is None or window.span.start is None or window.span.end is None:
        return bilingual("DSK-days-unknown")
    start, end = window.span.start, window.span.end
    days = f"{day_text(start, year=start.year != end.year)} – {day_text(end)}"
    if window.actual_to is None or window.actual_to == end:
        return Bilingual(days, days)
    return bilingual(
        "DSK-days-estimated", days=days, to=day_text(window.actual_to, year=window.actual_to.year != end.year)
    )


def day_text(day: date, *, year: bool = True) -> str:
    """A day as it is printed in Vietnam: “01/01/2026”, “20/6/2026”, “31/5” (Nghị định 30/2020)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}" + (f"/{day.year}" if year else "")


# --- units


def units_for(workspace: Workspace, period: Period) -> tuple[UnitChoice, ...]:
    """Who can be shown in ``period``: the owner, all below it, who went into it, and who has anything there.

    Anything means a sheet, an obligation or a published figure. Below a province that reports in this file
    its base units are offered too.
    """
    day = period.last_day
    owner = workspace.owner.uid
    begun = Counter(sheet.unit for sheet in workspace.sheets_of(period))
    concerned = set(begun)
    concerned |= {
        o.unit for o in workspace.obligations if o.holds_on(day) and workspace.units.state(o.unit, day)
    }
    concerned |= {claim.unit for claim in workspace.claims() if claim.period == period.code}
    former = [unit for unit in _origins(workspace, owner) if unit.uid != owner]
    heads = [owner, *(u.uid for u in former)]
    heads += [uid for uid in concerned if workspace.units[uid].kind == PROVINCE and uid not in heads]
    below = {child.uid for head in heads for child in workspace.units.children(head, day)}
    chosen = dict.fromkeys([*heads, *below, *concerned])
    ended = {unit.uid: until for unit in former if (until := workspace.units.latest(unit.uid).valid_to)}
    order = {place: number for number, place in enumerate(_GROUPS)}
    ranked = []
    for uid in chosen:
        place = _OWN if uid == owner else _FORMER if uid in ended else _group_of(workspace, uid, day)
        state = workspace.units.state(uid, day) or workspace.units.latest(uid)
        name = unit_name(workspace, uid, day)
        label = bilingual(place, day=day_text(ended[uid])) if place == _FORMER else bilingual(place)
        key = f"{fold(name)} {fold(state.name)} {fold(state.code)}"
        choice = UnitChoice(uid, state.code, name, label, begun[uid], key)
        ranked.append(((order[place], uid != owner, state.code, uid), choice))
    return tuple(choice for _, choice in sorted(ranked, key=lambda pair: pair[0]))


_OWN, _FORMER, _OTHER = "DSK-group-own", "DSK-group-former", "DSK-group-other"
_GROUPS = (
    _OWN,
    "DSK-group-commune",
    "DSK-group-practice",
    "DSK-group-agency",
    "DSK-group-district",
    "DSK-group-enforcement",
    _FORMER,
    _OTHER,
)


def _group_of(workspace: Workspace, uid: str, day: date) -> str:
    unit = workspace.units[uid]
    state = workspace.units.state(uid, day) or workspace.units.latest(uid)
    if unit.kind in (PROVINCE, NATION, CLUSTER):
        return _OTHER
    if unit.kind == "agency":
        return "DSK-group-district" if state.subkind in _DISTRICT else "DSK-group-agency"
    return {
        ROOM: _OWN,
        COMMUNE: "DSK-group-commune",
        NOTARY: "DSK-group-practice",
        "thads": "DSK-group-enforcement",
    }[unit.kind]


def _origins(workspace: Workspace, uid: str) -> list[Unit]:
    """Everybody who ever went into a unit, over any number of mergers."""
    found: dict[str, Unit] = {}
    ahead = workspace.units.origins(uid)
    while ahead:
        unit = ahead.pop(0)
        if unit.uid not in found:
            found[unit.uid] = unit
            ahead += workspace.units.origins(unit.uid)
    return list(found.values())


def unit_name(workspace: Workspace, uid: str, day: date) -> str:
    """How a reporting unit is called; a province reports by its department, “Sở Tư pháp tỉnh Nghệ An”."""
    name = workspace.units.name(uid, day)
    if workspace.units[uid].kind != PROVINCE:
        return name
    return bilingual("DSK-department", name=name[:1].lower() + name[1:]).vi


# --- what was done


def undoable(workspace: Workspace, limit: int = 20) -> tuple[Step, ...]:
    """The acts a bare undo takes back one after another, the next one first; never what founded the file."""
    if workspace.file.read_only:
        return ()
    read = 3 * limit
    while True:
        records = history.operations(workspace.file, read)
        workspace.tell(records[0].id if records else 0)
        standing = [r for r in records if r.undoes is None and not r.undone and r.kind not in FOUNDING]
        if len(standing) >= limit or len(records) < read:
            return tuple(map(_step, standing[:limit]))
        read *= 4


def redoable(workspace: Workspace) -> Step | None:
    """The act a redo would do again."""
    found = None if workspace.file.read_only else history.last_redoable(workspace.file)
    return _step(found) if found else None


def _step(record: OperationRecord) -> Step:
    return Step(record.id, record.label, datetime.fromisoformat(record.at), record.who)
