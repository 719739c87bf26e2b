"""Which forms base units report in a round, who of them owes each, and what waits for a choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct

from judapp.app.base_findings import families_below
from judapp.app.home_forms import in_order
from judapp.app.minutes import FileMinutes
from judapp.app.overview import window_of
from judapp.app.reporting import right_below
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import DEPARTMENT, Period
from judapp.domain.unit import CLUSTER, NATION, PROVINCE
from judapp.store import history, imports, sheets

_WITHOUT_BASE = (PROVINCE, NATION, CLUSTER)
"""Kinds that report upward themselves: nobody's base unit."""


class Asked(Struct, frozen=True):
    """A form base units report in a round; ``versions`` are all of its family that have sheets, too."""

    version: int
    versions: tuple[int, ...]
    family: str
    number: str
    title: str
    kinds: tuple[str, ...]
    """Kinds of units that report it below the department."""
    owing: frozenset[str]
    """Uids of the units that owe it by the register; empty where it says nothing of this form."""
    dues: dict[str, date | None]
    """The deadline of each kind of unit."""
    due: date | None
    kind_of: dict[str, str]

    def due_of(self, unit: str) -> date | None:
        """The deadline for a unit."""
        return self.dues.get(self.kind_of[unit])


def below(workspace: Workspace, unit: str, period: Period) -> tuple[str, list[str]]:
    """The unit the board is about and everybody who reports to it: those below, and those below them.

    Where nobody is below ``unit``, the unit it reports to is meant.
    """
    found = _descendants(workspace, unit, period)
    if found:
        return unit, found
    state = workspace.units.state(unit, period.last_day)
    above = state.parent if state and state.parent else workspace.owner.uid
    return above, _descendants(workspace, above, period)


def _descendants(workspace: Workspace, unit: str, period: Period) -> list[str]:
    found: list[str] = []
    ahead = [unit]
    while ahead:
        children = right_below(workspace, ahead.pop(0), period)
        own = [u.uid for u in children if u.kind not in _WITHOUT_BASE and u.uid not in found]
        found += own
        ahead += own
    return found


def asked_of(
    workspace: Workspace, period: Period, units: list[str], waiting: Iterable[tuple[str, str]]
) -> list[Asked]:
    """The forms ``units`` owe or sent in a round, by number.

    ``waiting`` names form and unit of files that wait for a choice. Where the register says of nobody here
    what he owes, forms that those above are added up from count as well: so it is seen who could report.
    """
    day, among = period.last_day, set(units)
    present = {unit for unit in units if workspace.units.state(unit, day) is not None}
    owing: dict[str, set[str]] = defaultdict(set)
    for obligation in workspace.obligations:
        if obligation.unit in present and obligation.holds_on(day):
            owing[obligation.family].add(obligation.unit)
    answered = sheets.answered(workspace.file, period)
    sent: dict[str, int] = {}
    for sheet in workspace.sheets_of(period):
        if sheet.unit in among and sheet.id in answered:
            sent.setdefault(workspace.version(sheet.form).form.family, sheet.form)
    numbers = {number for number, unit in waiting if unit in among}
    serving = {v.form.family: v for v in workspace.versions.values() if workspace.serves(v.form, period)}
    wanted = {family for family in owing if family in serving} | set(sent)
    wanted |= {family for family, version in serving.items() if version.form.number in numbers}
    if not owing:
        read = {base for version in serving.values() for base in families_below(version.form)}
        wanted |= read & set(serving)
    kind_of = {uid: workspace.units[uid].kind for uid in units}
    found = []
    for family in wanted:
        version = serving.get(family) or workspace.version(sent[family])
        owed = owing.get(family, set())
        kinds = _kinds(version.form)
        if not owed and family not in sent and not _among_kinds(kinds, kind_of):
            continue
        dues = _dues(workspace, version.form, kind_of, period)
        told = [due for uid, kind in kind_of.items() if (due := dues[kind]) and (not owed or uid in owed)]
        found.append(
            Asked(
                version.id,
                tuple(v.id for v in workspace.versions.values() if v.form.family == family),
                family,
                version.form.number,
                version.form.title,
                kinds,
                frozenset(owed),
                dues,
                min(told, default=None),
                kind_of,
            )
        )
    return sorted(found, key=lambda form: in_order(form.number))


def _among_kinds(kinds: tuple[str, ...], kind_of: dict[str, str]) -> bool:
    """Whether any unit is of one of ``kinds``."""
    return any(kind in kinds for kind in kind_of.values())


def _kinds(form: Form) -> tuple[str, ...]:
    """Kinds of units that report a form at a level below the department's."""
    return tuple(kind for level in form.levels if level.level != DEPARTMENT for kind in level.unit_kinds)


def _dues(
    workspace: Workspace, form: Form, kind_of: dict[str, str], period: Period
) -> dict[str, date | None]:
    """The deadline of each kind: it follows from the level a unit reports at, so one of a kind will do."""
    one = {kind: uid for uid, kind in kind_of.items()}
    windows = {kind: window_of(workspace, form, uid, period) for kind, uid in one.items()}
    return {kind: window.due if window else None for kind, window in windows.items()}


def waiting_files(workspace: Workspace, period: Period) -> dict[tuple[str, str], tuple[str, ...]]:
    """By form number and uid: files for one sheet that an import left out, and nobody chose between.

    Once something was imported for that sheet since, or somebody chose, nothing waits any more.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    stands: dict[int, bool] = {}
    for file in imports.files(workspace.file):  # the oldest first
        if file.op not in stands:
            stands[file.op] = history.in_effect(workspace.file, file.op)
        if not stands[file.op]:
            continue
        told = msgspec.json.decode(file.minutes, type=FileMinutes)
        for read in (told, *told.left_out):
            for sheet in read.sheets:
                if sheet.period != period.code or not sheet.unit:
                    continue
                key = sheet.form, sheet.unit
                if sheet.written:
                    found.pop(key, None)
                elif sheet.reason == "duplicate" and "counts" not in sheet.by_hand:
                    name = read.name or file.name
                    if name not in found[key]:
                        found[key].append(name)
    return {key: tuple(names) for key, names in found.items() if names}


def former_area(workspace: Workspace, unit: str, day: date) -> str:
    """The district most of what went into a unit belonged to before; "" where none is known.

    Districts ended on 01/7/2025: the parent of a commune is the province since.
    """
    state = workspace.units.state(unit, day)
    if state is None:
        return ""
    own = workspace.units[unit]
    former = [(s.parent, s.valid_to) for s in own.states if s.valid_from < state.valid_from]
    for origin in workspace.units.origins(unit):
        former.append(
            (workspace.units.latest(origin.uid).parent, workspace.units.latest(origin.uid).valid_to)
        )
    parents = [parent for parent, _ in former if parent is not None and parent != state.parent]
    named = Counter(uid for uid in parents if workspace.units[uid].kind not in _WITHOUT_BASE)
    if not named:
        return ""
    most = max(named.values())
    return min(workspace.units.latest(uid).name for uid, n in named.items() if n == most)
