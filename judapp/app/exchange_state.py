"""What two offices had in common of a sheet last, and from that, who changed it since.

Each file remembers of every sheet what it last took from the other one: the digest of that content and the
head of the other's history then. Heads tell the order of what happened without trusting two clocks, and
whether a package was made by the file whose content was taken, or by one made anew from an older package.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from judapp.app.workspace import Workspace
from judapp.store import history
from judapp.store.measures import put_setting, settings
from judapp.store.operations import Writer
from judapp.store.room_package import Content, Manifest, PackedSheet, RoomPackage

NEW, CHANGED, SAME, OURS, BOTH, OLDER = "new", "changed", "same", "ours", "both", "older"
_AGREED, _ROOM = "exchange/", "exchange-room"
"""Settings: what was taken last, one a sheet; the room whose own file this is."""


class Agreed(Struct, frozen=True):
    """What was taken last of a sheet: its digest, when it was packed, the sender's head, our operation."""

    digest: str
    at: str
    head: str
    op: int


def place_of(sheet: PackedSheet) -> str:
    """What names a sheet in both files alike: form, unit, round, first day, layer."""
    start = sheet.span.start.isoformat() if sheet.span.start else ""
    return f"{_AGREED}{sheet.form}/{sheet.unit}/{sheet.period}/{start}/{sheet.layer}"


def agreements(workspace: Workspace) -> dict[str, Agreed]:
    """What was taken last, by :func:`place_of`."""
    return {
        place: msgspec.json.decode(said, type=Agreed)
        for place, said in settings(workspace.file).items()
        if place.startswith(_AGREED)
    }


def agree(writer: Writer, sheet: PackedSheet, manifest: Manifest) -> None:
    """Remember that this content was taken; part of the operation that takes it."""
    said = Agreed(sheet.content.digest, manifest.made_at, manifest.head, writer.op)
    put_setting(writer, place_of(sheet), msgspec.json.encode(said).decode())


def is_of_a_room(workspace: Workspace) -> bool:
    """Whether this file was made from a package for a room's own PC."""
    return bool(settings(workspace.file).get(_ROOM))


def make_of_a_room(writer: Writer, room: str) -> None:
    """Say that this file is the own one of a room (uid)."""
    put_setting(writer, _ROOM, room)


class Meeting(Struct, frozen=True):
    """This file and a package that came to it."""

    manifest: Manifest
    agreed: Mapping[str, Agreed]
    of_a_room: bool
    packed: Mapping[str, int | None]
    """The operation after which this file packed what a sheet is based on, by the head it had then."""


def meeting(workspace: Workspace, package: RoomPackage) -> Meeting:
    """What has to be known of both to tell who changed what."""
    heads = {sheet.base_head for sheet in package.sheets if sheet.base_head}
    packed = {head: history.with_hash(workspace.file, head) for head in heads}
    return Meeting(package.manifest, agreements(workspace), is_of_a_room(workspace), packed)


def status_of(met: Meeting, ours: Content, sheet: PackedSheet) -> str:
    """Who changed a sheet since both offices last had the same."""
    known = met.agreed.get(place_of(sheet))
    if ours.digest == sheet.content.digest:
        return SAME
    if sheet.background:
        return NEW if ours.empty and met.of_a_room else OURS
    if known is None and sheet.base is None:
        return NEW if ours.empty else BOTH
    if known is not None and met.manifest.made_at <= known.at:
        return OLDER
    baseline, built_on_it = _baseline(met, sheet, known)
    if ours.digest == baseline:
        return CHANGED if built_on_it else BOTH
    return OURS if sheet.content.digest in (baseline, sheet.base) else BOTH


def _baseline(met: Meeting, sheet: PackedSheet, known: Agreed | None) -> tuple[str | None, bool]:
    """What both had last, and whether the package's content was made from it."""
    if known is None:
        return sheet.base, True
    packed = met.packed.get(sheet.base_head)
    if packed is not None and packed >= known.op:  # they took ours after we took theirs
        return sheet.base, True
    return known.digest, known.head in met.manifest.history
