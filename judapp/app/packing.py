"""A room's package out (“Gói của phòng”): the sheets one room prepares, with the registers they speak of.

A package goes both ways: from the statistics clerk to the room's own PC, and back with what the room entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from judapp.app.exchange_state import Agreed, agreements, is_of_a_room, place_of
from judapp.app.workspace import Workspace, now
from judapp.domain.period import Period
from judapp.domain.unit import ROOM, Unit
from judapp.errors import JudappError
from judapp.store import forms, history, people, remarks, sheets
from judapp.store.obligations import Obligation
from judapp.store.room_package import (
    FORMAT,
    Content,
    Manifest,
    PackedForm,
    PackedRemark,
    PackedSheet,
    Registers,
    write_package,
)
from judapp.store.sheets import ADJUST, OWN
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import fold

_MOST_HEADS = 20_000
"""Heads of the history that go with a package; more operations no room does between two packages."""


class Packed(Struct, frozen=True):
    """What a package holds."""

    path: Path
    room: str
    forms: tuple[str, ...]
    """Numbers of the forms the room prepares."""
    sheets: int
    cells: int
    background: int
    """Sheets that are only there to be compared with."""


def rooms(workspace: Workspace, day: date) -> list[Unit]:
    """The rooms of the department on ``day``, in register order."""
    return [u for u in workspace.units if u.kind == ROOM and workspace.units.state(u.uid, day)]


def room_named(workspace: Workspace, said: str, day: date) -> Unit:
    """The room with that code, or of that name whatever its capitals and marks.

    Raises RPK-006, which lists the rooms there are.
    """
    wanted = fold(said)
    found = []
    for room in rooms(workspace, day):
        state = workspace.units.state(room.uid, day)
        if state is not None and wanted in (fold(state.code), fold(state.name)):
            found.append(room)
    if len(found) != 1:
        names = "; ".join(workspace.units.name(room.uid, day) for room in rooms(workspace, day))
        raise JudappError("RPK-006", room=said, rooms=names or "–")
    return found[0]


def owed_by(workspace: Workspace, room: str, day: date) -> list[Obligation]:
    """What a room (uid) prepares on ``day``: its own reports and those of base units that come to it."""
    return [o for o in workspace.obligations if o.room == room and o.holds_on(day)]


def pack(workspace: Workspace, room: Unit, period: Period, path: Path) -> Packed:
    """Write the package of ``room`` for ``period`` to ``path``; nothing changes in the data file.

    A file that is a room's own packs no sheets to compare with: they are the other office's. Raises RPK-007
    (the room prepares no form then), RPK-008 (the file cannot be written), RPK-015 (another stands there).
    """
    day = period.last_day
    owed = owed_by(workspace, room.uid, day)
    if not owed:
        name = workspace.units.name(room.uid, day)
        raise JudappError("RPK-007", room=name, period=period.name)
    agreed = agreements(workspace)
    own = [
        packed_sheet(workspace, stored, agreed)
        for obligation in owed
        if (version := workspace.serving(obligation.family, period)) is not None
        for stored in sheets.find(workspace.file, form=version.id, unit=obligation.unit, period=period)
        if stored.layer in (OWN, ADJUST)
    ]
    background = [
        msgspec.structs.replace(packed_sheet(workspace, stored, {}), background=True)
        for stored in ([] if is_of_a_room(workspace) else _to_compare_with(workspace, owed, period))
    ]
    packed = [sheet for sheet in (*own, *background) if not sheet.content.empty]
    families = {obligation.family for obligation in owed}
    listed, definitions = _forms(workspace, families, {sheet.form for sheet in packed})

    def manifest(parts: Mapping[str, str]) -> Manifest:
        return Manifest(
            format=FORMAT,
            practice=workspace.practice,
            owner=workspace.owner.uid,
            room=room.uid,
            room_name=workspace.units.name(room.uid, day),
            period=period.code,
            made_at=now(),
            made_by=workspace.who,
            machine=workspace.machine,
            head=workspace.file.meta("head") or "",
            history=tuple(history.hashes(workspace.file, _MOST_HEADS)),
            parts=parts,
        )

    write_package(path, manifest, _registers(workspace, listed), packed, definitions)
    numbers = {v.form.number for f in families if (v := workspace.serving(f, period)) is not None}
    counted = [sheet for sheet in packed if not sheet.background]
    return Packed(
        path=path,
        room=workspace.units.name(room.uid, day),
        forms=tuple(sorted(numbers)),
        sheets=len(counted),
        cells=sum(len(sheet.content.figures) for sheet in counted),
        background=len(packed) - len(counted),
    )


def content_of(workspace: Workspace, sheet: int) -> Content:
    """All that stands in a sheet, in a settled order."""
    file = workspace.file
    rows = [(table, row) for table, own in sheets.own_rows(file, sheet).items() for row in own]
    said = [
        PackedRemark(r.uid, r.cell, r.rule, r.kind, r.seen, r.text) for r in remarks.of_sheet(file, sheet)
    ]
    return Content(
        tuple(sorted(rows, key=lambda row: (row[0], row[1].key))),
        tuple(sorted(sheets.figures(file, sheet).items())),
        tuple(sorted(said, key=lambda remark: remark.uid)),
    )


def packed_sheet(workspace: Workspace, stored: StoredSheet, agreed: Mapping[str, Agreed]) -> PackedSheet:
    """A stored sheet as a package carries it."""
    version = workspace.version(stored.form)
    sheet = PackedSheet(
        form=version.sha256,
        number=version.form.number,
        unit=stored.unit,
        period=stored.period.code,
        span=stored.span,
        layer=stored.layer,
        content=content_of(workspace, stored.id),
    )
    known = agreed.get(place_of(sheet))
    if known is None:
        return sheet
    return msgspec.structs.replace(sheet, base=known.digest, base_head=known.head)


def _to_compare_with(
    workspace: Workspace, owed: Iterable[Obligation], period: Period
) -> Iterator[StoredSheet]:
    """The sheets of the same round a year earlier, of the units concerned and of who went into them."""
    same = period.related("same")
    if same is None:
        return
    units = {obligation.unit for obligation in owed}
    units |= {u.uid for own in tuple(units) for u in workspace.units.predecessors(own, same.last_day)}
    for stored in sheets.find(workspace.file, period=same):
        if stored.unit in units and stored.layer in (OWN, ADJUST):
            yield stored


def _forms(
    workspace: Workspace, families: set[str], used: set[str]
) -> tuple[tuple[PackedForm, ...], dict[str, bytes]]:
    listed, definitions = [], {}
    for version in forms.load_all(workspace.file):
        wanted = version.sha256 in used or version.form.family in families
        if not wanted or (version.id not in workspace.versions and version.sha256 not in used):
            continue
        form = version.form
        listed.append(PackedForm(version.sha256, form.number, form.valid_from, form.valid_to))
        definitions[version.sha256] = forms.definition(workspace.file, version.id)
    return tuple(listed), definitions


def _registers(workspace: Workspace, listed: tuple[PackedForm, ...]) -> Registers:
    return Registers(
        units=tuple(workspace.units),
        successions=tuple(workspace.units.successions),
        people=tuple(people.load(workspace.file)),
        obligations=tuple(workspace.obligations),
        forms=listed,
    )
