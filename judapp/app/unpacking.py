"""A room's package in: every sheet held against ours, shown old → new, taken as one operation.

What one room prepares never conflicts, because nobody else changes it. Where both offices changed a sheet
since they last had the same, neither is taken silently: a person chooses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from judapp.app.exchange_state import (
    BOTH,
    CHANGED,
    NEW,
    OLDER,
    OURS,
    SAME,
    Agreed,
    Meeting,
    agree,
    agreements,
    make_of_a_room,
    meeting,
    place_of,
    status_of,
)
from judapp.app.founding import new_file
from judapp.app.minutes import FileMinutes, SheetMinutes
from judapp.app.packing import content_of
from judapp.app.people import owed
from judapp.app.room_registers import Additions, add_registers, additions, family_of
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.period import Period
from judapp.domain.resolve import Sheet
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey, Plan
from judapp.errors import JudappError
from judapp.store import forms, imports, remarks, sheets
from judapp.store.digest import sha256
from judapp.store.documents import keep
from judapp.store.operations import Applied, Writer
from judapp.store.room_package import (
    MAX_SIZE,
    Content,
    Manifest,
    PackedSheet,
    RoomPackage,
    read_package,
)
from judapp.store.sheets import AROUND
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import keepable

LOCKED, FOREIGN, UNKNOWN = "locked", "foreign", "unknown"
TAKEN = (NEW, CHANGED)
"""What is taken unless somebody says otherwise."""
CHOSEN = (OURS, BOTH, OLDER)
"""What is taken only where a person says so: our sheet was changed since, or the package is an older one."""


class CellDifference(Struct, frozen=True):
    """A cell that stands otherwise in the package."""

    key: CellKey
    before: Figure
    after: Figure


class Incoming(Struct, frozen=True):
    """One sheet of a package, held against ours."""

    sheet: PackedSheet
    status: str
    unit: str
    """Name of the unit in the period."""
    period: Period
    cells: tuple[CellDifference, ...] = ()
    rows: int = 0
    """Repeated rows that come, go or change."""
    remarks: int = 0
    """Explanations, notes and reasons that come, go or change."""
    code: str = ""
    """Why it cannot be taken; a text with ``params``."""
    params: Mapping[str, Any] = {}
    seen: str = ""
    """Digest of our sheet when it was held against."""


class Arrival(Struct, frozen=True):
    """An opened package and what taking it would do."""

    path: Path
    data: bytes
    package: RoomPackage
    incoming: tuple[Incoming, ...]
    additions: Additions


def open_package(path: Path) -> tuple[bytes, RoomPackage]:
    """The bytes at ``path`` and the package they are. Raises FIL-004, FIL-006, RPK-001 … RPK-003."""
    try:
        if path.stat().st_size > MAX_SIZE:
            raise JudappError("RPK-001")
        data = path.read_bytes()
    except FileNotFoundError:
        raise JudappError("FIL-004", path=str(path)) from None
    except OSError as error:
        raise JudappError("FIL-006", path=str(path), reason=error.strerror or "") from error
    return data, read_package(data)


def look_into(workspace: Workspace, path: Path) -> Arrival:
    """What taking the package at ``path`` would change; nothing is written.

    Raises what :func:`open_package` does, RPK-004 (another province's) and RPK-005 (practice and real data).
    """
    data, package = open_package(path)
    manifest = package.manifest
    if manifest.owner != workspace.owner.uid:
        theirs = next((u for u in package.registers.units if u.uid == manifest.owner), None)
        name = max(theirs.states, key=lambda s: s.valid_from).name if theirs else manifest.owner
        raise JudappError("RPK-004", theirs=name, ours=workspace.units.latest(workspace.owner.uid).name)
    if manifest.practice != workspace.practice:
        raise JudappError("RPK-005")
    added = additions(workspace, package)
    met = meeting(workspace, package)
    found = tuple(_incoming(workspace, package, sheet, added, met) for sheet in package.sheets)
    return Arrival(path, data, package, found, added)


def new_file_of(path: Path, package_path: Path) -> tuple[Workspace, Arrival]:
    """A new data file for the room, with everything the package brings; open, and what was taken.

    Raises what :func:`open_package` does, DBF-008 where the file exists, UNT-… for a province we do not know.
    """
    _, package = open_package(package_path)
    manifest = package.manifest
    day = Period.parse(manifest.period).last_day
    owner = next((unit for unit in package.registers.units if unit.uid == manifest.owner), None)
    state = next((s for s in owner.states if s.holds_on(day)), None) if owner else None
    if state is None:
        raise JudappError("RPK-002", part="registers.json")
    workspace = new_file(path, state.code, day, practice=manifest.practice)
    try:
        workspace.apply("new", f"Tệp của {manifest.room_name}", lambda w: make_of_a_room(w, manifest.room))
        arrival = look_into(workspace, package_path)
        take(workspace, arrival)
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return workspace, arrival


def take(workspace: Workspace, arrival: Arrival, also: Collection[int] = ()) -> Applied:
    """Write what the package brings as one operation: new and changed sheets, and those at ``also``.

    ``also`` are positions of sheets that were changed here too; their figures here are replaced. Raises
    STA-002, RPK-010 (a sheet here was changed since it was looked at), DBF-…; nothing is written then.
    """
    chosen = [
        one
        for position, one in enumerate(arrival.incoming)
        if one.status in TAKEN or (position in also and one.status in CHOSEN)
    ]
    manifest = arrival.package.manifest
    stored = [_stored(workspace, one.sheet) for one in chosen]
    agreed = agreements(workspace)
    same = [one for one in arrival.incoming if _agreed_anew(one, agreed.get(place_of(one.sheet)), manifest)]

    def build(writer: Writer) -> None:
        add_registers(writer, arrival.additions, arrival.package)
        versions = {version.sha256: version.id for version in forms.load(writer.file)}
        file = _keep_package(writer, arrival, chosen) if chosen else 0
        for one in chosen:
            _write(workspace, writer, one, versions[one.sheet.form], file)
        for one in [*chosen, *same]:
            agree(writer, one.sheet, manifest)

    cells = sum(len(one.cells) for one in chosen)
    label = f"Nhận gói của {manifest.room_name}: {len(chosen)} phiếu, {cells} ô"
    return workspace.apply("unpack", label, build, touches=[s.id for s in stored if s is not None])


# holding against ours


def _incoming(
    workspace: Workspace,
    package: RoomPackage,
    sheet: PackedSheet,
    added: Additions,
    met: Meeting,
) -> Incoming:
    period = Period.parse(sheet.period)
    code, params = _refusal(workspace, package, sheet, added, period)
    name = _unit_name(package, sheet.unit, period.last_day)
    if code:
        status = FOREIGN if code == "RPK-012" else UNKNOWN
        return Incoming(sheet, status, name, period, code=code, params=params)
    stored = _stored(workspace, sheet)
    ours = content_of(workspace, stored.id) if stored else Content()
    before, after = dict(ours.figures), dict(sheet.content.figures)
    cells = tuple(
        CellDifference(key, old, new)
        for key in sorted({*before, *after})
        if (old := before.get(key, EMPTY)) != (new := after.get(key, EMPTY))
    )
    status = status_of(met, ours, sheet)
    if status != SAME and not _fits(workspace, sheet, period):
        return Incoming(sheet, UNKNOWN, name, period, code="RPK-017", params={"form": sheet.number})
    if stored and stored.state not in OPEN_STATES and status != SAME:
        status, code = LOCKED, "RPK-013"
    return Incoming(
        sheet,
        status,
        name,
        period,
        cells,
        _differing(ours.rows, sheet.content.rows),
        _differing(ours.remarks, sheet.content.remarks),
        code,
        params,
        ours.digest,
    )


def _refusal(
    workspace: Workspace, package: RoomPackage, sheet: PackedSheet, added: Additions, period: Period
) -> tuple[str, dict[str, Any]]:
    """Why a sheet cannot be taken whatever stands in it; "" where it can."""
    day = period.last_day
    named = {sheet.unit, *(row.unit for _, row in sheet.content.rows if row.unit is not None)}
    for uid in sorted(named):
        if uid in added.twins or uid in added.gone:
            code = "RPK-011" if uid in added.twins else "RPK-016"
            return code, {"unit": _unit_name(package, uid, day)}
    if sheet.form not in added.forms and version_of(workspace, sheet.form) is None:
        return "RPK-014", {"form": sheet.number}
    family = family_of(package.definitions, sheet.form)
    duty = owed(workspace, family, sheet.unit, day)
    if duty and duty.room not in (None, package.manifest.room) and not sheet.background:
        return "RPK-012", {"form": sheet.number, "room": workspace.units.name(duty.room, day)}
    return "", {}


def version_of(workspace: Workspace, digest: str) -> int | None:
    """The form version of this file with that definition (SHA-256); None where it is not in the catalogue."""
    return next((v.id for v in workspace.versions.values() if v.sha256 == digest), None)


def plan_of_sheet(
    workspace: Workspace, version: int, sheet: PackedSheet, period: Period, figures: Mapping[CellKey, Figure]
) -> Plan:
    """The cells of a packed sheet: its rows of its own, those of the units, those that hold ``figures``."""
    rows: dict[str, tuple[OwnRow, ...]] = {}
    for table, row in sheet.content.rows:
        rows[table] = (*rows.get(table, ()), row)
    form = workspace.version(version).form
    return workspace.resolve(Sheet(form, sheet.unit, period, sheet.span, figures, rows), version).plan


def _fits(workspace: Workspace, sheet: PackedSheet, period: Period) -> bool:
    """Whether every figure is at a cell of the form; of a form that only comes now nobody can tell yet."""
    version = version_of(workspace, sheet.form)
    if version is None or all(unit.uid != sheet.unit for unit in workspace.units):
        return True
    figures = dict(sheet.content.figures)
    plan = plan_of_sheet(workspace, version, sheet, period, figures)
    return all(key[0] == AROUND or key in plan.spots for key in figures)


def _unit_name(package: RoomPackage, uid: str, day: date) -> str:
    unit = next((unit for unit in package.registers.units if unit.uid == uid), None)
    if unit is None:
        return uid
    state = next((s for s in unit.states if s.holds_on(day)), None)
    return (state or max(unit.states, key=lambda s: s.valid_from)).name


def _stored(workspace: Workspace, sheet: PackedSheet) -> StoredSheet | None:
    version = version_of(workspace, sheet.form)
    if version is None or all(unit.uid != sheet.unit for unit in workspace.units):
        return None
    found = sheets.find(
        workspace.file, form=version, unit=sheet.unit, period=Period.parse(sheet.period), layer=sheet.layer
    )
    return next((s for s in found if s.span.start == sheet.span.start), None)


def _differing(ours: Sequence[object], theirs: Sequence[object]) -> int:
    return sum(one not in theirs for one in ours) + sum(one not in ours for one in theirs)


def _agreed_anew(one: Incoming, known: Agreed | None, manifest: Manifest) -> bool:
    """Whether two equal sheets are so in another way than was known: that is now what both have in common."""
    if one.status != SAME or one.sheet.background:
        return False
    return known is None or (known.digest != one.sheet.content.digest and known.at < manifest.made_at)


# writing


def _keep_package(writer: Writer, arrival: Arrival, chosen: Sequence[Incoming]) -> int:
    """Keep the package with minutes of what was taken of it, as an imported file is kept."""
    minutes = FileMinutes(
        sha256(arrival.data).hex(),
        tuple(_minutes(one, taken=one in chosen) for one in arrival.incoming if not one.sheet.background),
        keepable(arrival.path.name),
        keepable(arrival.path.parent.name),
        arrival.package.manifest.made_at,
        1,
    )
    kept = keep(writer, arrival.data, arrival.path.name)
    return imports.add_file(writer, kept, arrival.path.name, msgspec.json.encode(minutes).decode())


def _minutes(one: Incoming, *, taken: bool) -> SheetMinutes:
    figures = len(one.sheet.content.figures)
    return SheetMinutes(
        sheet=one.sheet.number,
        form=one.sheet.number,
        unit=one.sheet.unit,
        period=one.sheet.period,
        read=figures,
        written=len(one.cells) if taken else 0,
        new=sum(cell.before.state is State.EMPTY for cell in one.cells) if taken else 0,
        unchanged=max(0, figures - len(one.cells)),
        reason="" if taken else "unchanged" if one.status == SAME else "rejected",
    )


def _write(workspace: Workspace, writer: Writer, one: Incoming, version: int, file: int) -> None:
    sheet, content = one.sheet, one.sheet.content
    stored = _stored(workspace, sheet)
    present = content_of(workspace, stored.id) if stored else Content()
    if present.digest != one.seen:
        raise JudappError("RPK-010", form=sheet.number, unit=one.unit)
    own = sheets.begin(writer, version, sheet.unit, one.period, sheet.span, sheet.layer)
    for table, row in present.rows:
        if (table, row) not in content.rows:
            writer.delete("sheet_row", (own, table, row.key))
    for table, row in content.rows:
        sheets.put_row(writer, own, table, row)
    source = imports.add_sheet(writer, file, sheet.number)
    writer.set_figures(
        own,
        [(*cell.key, cell.after) for cell in one.cells],
        source,
        {cell.key: f"[{cell.key[1]}]c{cell.key[2]}" for cell in one.cells},
    )
    kept = {remark.uid for remark in content.remarks}
    for remark in present.remarks:
        if remark.uid not in kept:
            remarks.remove(writer, remark.uid)
    for remark in content.remarks:
        former = writer.get("remark", (remark.uid,))
        if former is not None and former["sheet"] != own:  # made up: a remark never moves to another sheet
            raise JudappError("RPK-002", part="sheets.json")
        if remark not in present.remarks:
            remarks.put(
                writer,
                remark.uid,
                own,
                remark.text,
                kind=remark.kind,
                cell=remark.cell,
                rule=remark.rule,
                seen=remark.seen,
            )
