"""The register as people look at it: units with what they were made of, one by one, and mending one."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.commune_names import kind_words, own_code, spelled
from judapp.app.workspace import Workspace
from judapp.domain.unit import AGENCY, CLUSTER, COMMUNE, NATION, NOTARY, PROVINCE, ROOM, Unit, UnitState
from judapp.errors import JudappError
from judapp.store import units as stored
from judapp.store.operations import Applied, Writer
from judapp.text import clean, fold

FORMER = "former"
"""The group of communes that are no more."""
GROUPS = (COMMUNE, FORMER, NOTARY, AGENCY, "thads", ROOM)
"""Groups of the list in their order: kinds of units, and communes that ended."""


class UnitLine(Struct, frozen=True):
    """One unit as the list shows it, called as it is now or was last."""

    uid: str
    code: str
    name: str
    group: str
    since: date
    until: date | None
    made_of: tuple[str, ...]
    """Names of the units that went into it."""
    went_into: tuple[str, ...]
    key: str
    """What a search looks through: names and code without marks."""


class UnitsPage(Struct, frozen=True):
    """The register; ``expected`` is how many communes the province has by NQ 202/2025, 0 where unknown."""

    lines: tuple[UnitLine, ...]
    counts: dict[str, int]
    expected: int
    merged: int
    """Communes that were made of others."""


class Kin(Struct, frozen=True):
    """A unit before or after another: whether only a part went over."""

    name: str
    part: bool
    day: date


class StateLine(Struct, frozen=True):
    """A unit as it was called for a time, and where that stands."""

    name: str
    code: str
    since: date
    until: date | None
    source: str


class Lineage(Struct, frozen=True):
    """Where a unit came from and where it went."""

    uid: str
    name: str
    code: str
    since: date
    until: date | None
    olds: tuple[Kin, ...]
    heirs: tuple[Kin, ...]
    states: tuple[StateLine, ...]


def units_page(workspace: Workspace, today: date) -> UnitsPage:
    """Every unit below provinces, communes first, each group by code."""
    register = workspace.units
    into: dict[str, list[str]] = defaultdict(list)
    made: dict[str, list[str]] = defaultdict(list)
    for step in register.successions:
        into[step.old].append(register.latest(step.new).name)
        made[step.new].append(register.latest(step.old).name)
    lines = []
    for unit in register:
        if unit.kind in (NATION, PROVINCE, CLUSTER):
            continue
        state = register.state(unit.uid, today) or register.latest(unit.uid)
        ended = state.valid_to is not None and state.valid_to < today
        group = FORMER if unit.kind == COMMUNE and ended else unit.kind
        key = f"{fold(state.name)} {fold(state.code)} {fold(' '.join(made[unit.uid]))}"
        lines.append(
            UnitLine(
                unit.uid,
                state.code,
                state.name,
                group,
                state.valid_from,
                state.valid_to,
                tuple(made[unit.uid]),
                tuple(into[unit.uid]),
                key,
            )
        )
    lines.sort(key=lambda line: (GROUPS.index(line.group), line.code, line.name))
    return UnitsPage(
        tuple(lines),
        dict(Counter(line.group for line in lines)),
        expected_communes(workspace, today),
        sum(line.group == COMMUNE and bool(line.made_of) for line in lines),
    )


def expected_communes(workspace: Workspace, today: date) -> int:
    """How many communes the owner's province was made of on 01/7/2025, 0 where that is not known."""
    from judapp.app.provinces import communes_of

    return communes_of(workspace.unit_code(workspace.owner.uid, today))


def has_communes(workspace: Workspace, today: date) -> bool:
    """Whether the file has the communes of its own province, so that nobody has to import them first."""
    return bool(workspace.units.children(workspace.owner.uid, today, COMMUNE))


def lineage(workspace: Workspace, uid: str) -> Lineage:
    """What one unit was made of, what it became, and how it was called."""
    register = workspace.units
    divided = Counter(step.old for step in register.successions)
    last = register.latest(uid)
    olds = [s for s in register.successions if s.new == uid]
    heirs = [s for s in register.successions if s.old == uid]
    sources = stored.sources(workspace.file, uid)
    states = sorted(register[uid].states, key=lambda state: state.valid_from)
    return Lineage(
        uid,
        last.name,
        last.code,
        last.valid_from,
        last.valid_to,
        tuple(Kin(_called(workspace, s.old, s.on), divided[s.old] > 1, s.on) for s in olds),
        tuple(Kin(register.name(s.new, s.on), divided[uid] > 1, s.on) for s in heirs),
        tuple(
            StateLine(s.name, s.code, s.valid_from, s.valid_to, sources.get(s.valid_from, "")) for s in states
        ),
    )


def _called(workspace: Workspace, uid: str, day: date) -> str:
    """How a unit was called up to ``day``."""
    before = [s for s in workspace.units[uid].states if s.valid_from < day]
    return max(before, key=lambda s: s.valid_from).name if before else workspace.units.latest(uid).name


def change_unit(workspace: Workspace, uid: str, name: str, code: str, since: date | None) -> Applied:
    """Call a unit otherwise: from ``since`` on, or, without a day, because it was written wrongly.

    An empty code is made from the name. Raises UNL-name-empty, UNL-type for a commune without its kind,
    UNL-code-borne, UNL-name-borne where another unit bears the code, or one of its kind below the same unit
    the name, UNL-since where the day is not after the beginning of what is known, UNL-ended where the unit
    is no more by then.
    """
    name, code = clean(name), clean(code) or own_code(name)
    if not name:
        raise JudappError("UNL-name-empty")
    unit = workspace.units[uid]
    state = workspace.units.latest(uid)
    day = since or state.valid_from
    renamed = spelled(name) != spelled(state.name)
    if renamed and unit.kind == COMMUNE and not kind_words(name):
        raise JudappError("UNL-type", name=name)
    for other in workspace.units:
        held = workspace.units.state(other.uid, day)
        if other.uid != uid and held is not None and held.code == code:
            raise JudappError("UNL-code-borne", number=code, bearer=held.name)
        beside = other.uid != uid and other.kind == unit.kind and renamed
        for own in other.states if beside else ():
            together = (own.valid_to or date.max) >= day and own.valid_from <= (state.valid_to or date.max)
            if together and own.parent == state.parent and spelled(own.name) == spelled(name):
                raise JudappError("UNL-name-borne", name=name, number=own.code)
    if since is not None and since <= state.valid_from:
        raise JudappError("UNL-since", day=state.valid_from)
    if since is not None and state.valid_to is not None and since > state.valid_to:
        raise JudappError("UNL-ended", day=state.valid_to)
    states: tuple[UnitState, ...] = (replace(state, name=name, code=code),)
    if since is not None:
        ended = replace(state, valid_to=since - timedelta(days=1))
        states = ended, replace(state, name=name, code=code, valid_from=since)

    def build(writer: Writer) -> None:
        stored.put_unit(writer, Unit(uid, unit.kind, states))

    label = f"Đổi tên {state.name} thành {name}" if since else f"Sửa tên {state.name} thành {name}"
    return workspace.apply("units", label, build)
