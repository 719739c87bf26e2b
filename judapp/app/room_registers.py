"""What a room's package does to the registers: a room's own file follows it, the clerk's file only adds.

The statistics clerk's file is where registers are kept. A package that comes to it brings no more than the
units its sheets speak of; what else differs is told and stays as it is here. A room's file is a copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import msgspec
from msgspec import Struct

from judapp.app.exchange_state import is_of_a_room
from judapp.app.in_use import sheets_on
from judapp.app.workspace import Workspace
from judapp.domain.unit import Succession, Unit
from judapp.errors import JudappError
from judapp.store import forms, obligations, people, units
from judapp.store.forms import StoredForm
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer
from judapp.store.people import Person
from judapp.store.room_package import PackedForm, RoomPackage


class Additions(Struct, frozen=True):
    """What would change in the registers, and what cannot come."""

    units: tuple[Unit, ...] = ()
    """New ones and, in a room's file, changed ones; parents before their children."""
    successions: tuple[Succession, ...] = ()
    people: tuple[Person, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    dropped: tuple[Obligation, ...] = ()
    """Duties the other office has no longer; in a room's file only."""
    forms: frozenset[str] = frozenset()
    """SHA-256 of the definitions that come into the catalogue."""
    replaced: tuple[int, ...] = ()
    """Versions of this file that no sheet uses and that those take the place of."""
    twins: frozenset[str] = frozenset()
    """Units of the package that bear the name or code of another unit here."""
    gone: frozenset[str] = frozenset()
    """Units of the package that were taken out of the register here."""
    different: int = 0
    """Entries that say something else here and stay so."""

    @property
    def anything(self) -> bool:
        """Whether the registers would change."""
        return bool(
            self.units or self.successions or self.people or self.obligations or self.dropped or self.forms
        )


def additions(workspace: Workspace, package: RoomPackage) -> Additions:
    """What the registers of ``package`` have that this file has not."""
    told = package.registers
    follows = is_of_a_room(workspace)
    known = {unit.uid: unit for unit in workspace.units}
    concerned = told.units if follows else _spoken_of(package)
    unknown = [unit for unit in concerned if unit.uid not in known]
    gone = {unit.uid for unit in unknown if units.was_there(workspace.file, unit.uid)}
    twins = {unit.uid for unit in unknown if unit.uid not in gone and _has_twin(workspace, unit)}
    new = [unit for unit in unknown if unit.uid not in twins | gone]
    changed = [unit for unit in told.units if unit.uid in known and known[unit.uid].states != unit.states]
    coming = [*new, *changed] if follows else new
    there = {*known, *(unit.uid for unit in new)}
    fresh = {unit.uid for unit in new}
    here = {(s.old, s.new, s.on) for s in workspace.units.successions}
    steps = [s for s in told.successions if (s.old, s.new, s.on) not in here and {s.old, s.new} <= there]
    persons = {person.uid: person for person in people.load(workspace.file)}
    others = [person for person in told.people if persons.get(person.uid) != person]
    duties = set(workspace.obligations)
    owed = [o for o in told.obligations if o not in duties and o.unit in there]
    dropped = [o for o in workspace.obligations if o not in set(told.obligations)] if follows else []
    catalogue, replaced = _forms(workspace, package)
    kept = 0 if follows else len(changed) + len(others) + len(owed) + len(gone)
    return Additions(
        units=tuple(_parents_first(coming, known)),
        successions=tuple(s for s in steps if follows or {s.old, s.new} & fresh),
        people=tuple(others) if follows else (),
        obligations=tuple(owed) if follows else (),
        dropped=tuple(dropped),
        forms=catalogue,
        replaced=replaced,
        twins=frozenset(twins),
        gone=frozenset(gone),
        different=kept,
    )


def add_registers(writer: Writer, added: Additions, package: RoomPackage) -> None:
    """Write them; part of the operation that takes the package."""
    present = units.load(writer.file)
    known = {unit.uid: unit for unit in present}
    for unit in added.units:
        since = {state.valid_from for state in unit.states}
        for state in known[unit.uid].states if unit.uid in known else ():
            if state.valid_from not in since:
                units.drop_state(writer, unit.uid, state.valid_from)
        units.put_unit(writer, unit, _source(package))
    for step in added.successions:
        units.put_succession(writer, step, _source(package))
    for person in added.people:
        people.put(writer, person)
    for obligation in added.dropped:
        obligations.drop(writer, obligation)
    for obligation in added.obligations:
        obligations.put(writer, obligation)
    for version in added.replaced:
        forms.drop(writer, version)
    for packed in package.registers.forms:
        if packed.sha256 in added.forms:
            own = forms.add(writer, package.definitions[packed.sha256])
            forms.put_in_force(writer, own, *_days(packed))


def _source(package: RoomPackage) -> str:
    return f"gói của {package.manifest.room_name}, {package.manifest.made_at[:10]}"


def _spoken_of(package: RoomPackage) -> list[Unit]:
    """The units that the sheets of a package and their rows are of, with all they lie in."""
    by_uid = {unit.uid: unit for unit in package.registers.units}
    ahead = {sheet.unit for sheet in package.sheets if not sheet.background}
    for sheet in package.sheets:
        if not sheet.background:
            ahead |= {row.unit for _, row in sheet.content.rows if row.unit is not None}
    found: dict[str, Unit] = {}
    while ahead:
        unit = by_uid[ahead.pop()]
        if unit.uid not in found:
            found[unit.uid] = unit
            ahead |= {state.parent for state in unit.states if state.parent is not None}
    return [unit for unit in package.registers.units if unit.uid in found]


def _has_twin(workspace: Workspace, unit: Unit) -> bool:
    """Whether another unit here bears the same name (of one kind) or the same code at the same time."""
    for state in unit.states:
        if workspace.units.by_name(state.name, state.valid_from, [unit.kind]):
            return True
        for day in (state.valid_from, state.valid_to):
            if day is not None and workspace.units.bears_code(state.code, day):
                return True
    return False


def _parents_first(coming: Iterable[Unit], known: Collection[str]) -> list[Unit]:
    """In an order in which every parent is there before its children."""
    ordered: list[Unit] = []
    there, waiting = set(known), list(coming)
    while waiting:
        ready = [u for u in waiting if all(s.parent is None or s.parent in there for s in u.states)]
        if not ready:
            raise JudappError("RPK-002", part="registers.json")
        ordered += ready
        there |= {unit.uid for unit in ready}
        waiting = [unit for unit in waiting if unit not in ready]
    return ordered


def _forms(workspace: Workspace, package: RoomPackage) -> tuple[frozenset[str], tuple[int, ...]]:
    """The definitions that may come, and the versions of this file they take the place of."""
    known = {version.sha256 for version in workspace.versions.values()}
    coming, replaced = set(), []
    for packed in package.registers.forms:
        if packed.sha256 in known:
            continue
        beside = [v for v in workspace.versions.values() if _same_time(v, packed, package)]
        if not any(sheets_on(workspace, version.id) for version in beside):
            coming.add(packed.sha256)
            replaced += [version.id for version in beside]
    return frozenset(coming), tuple(dict.fromkeys(replaced))


def _same_time(version: StoredForm, packed: PackedForm, package: RoomPackage) -> bool:
    """Whether a version of this file is of the same family and in force at the same time."""
    since, until = _days(packed)
    form = version.form
    return (
        form.family == family_of(package.definitions, packed.sha256)
        and (until is None or form.valid_from <= until)
        and (form.valid_to is None or since <= form.valid_to)
    )


def _days(packed: PackedForm) -> tuple[date, date | None]:
    return packed.valid_from, packed.valid_to


class _Family(Struct):
    """The one field of a definition that is asked for."""

    family: str


def family_of(definitions: Mapping[str, bytes], digest: str) -> str:
    """The family of a form the package brings with it."""
    return msgspec.json.decode(definitions[digest], type=_Family).family
