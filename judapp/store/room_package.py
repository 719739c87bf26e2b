"""A room's package (“Gói của phòng”, .judapp): a ZIP of JSON parts, each with its SHA-256 in the manifest."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from judapp.domain.catalogue import Form
from judapp.domain.figure import Figure
from judapp.domain.period import Period, Span
from judapp.domain.rows import OwnRow
from judapp.domain.unit import Succession, Unit
from judapp.errors import JudappError
from judapp.store.digest import sha256
from judapp.store.filesystem import sync
from judapp.store.obligations import Obligation
from judapp.store.operations import CellKey
from judapp.store.people import Person
from judapp.store.sheets import ADJUST, OWN

SUFFIX = ".judapp"
FORMAT = 1
_MANIFEST, _REGISTERS, _SHEETS, _FORMS = "manifest.json", "registers.json", "sheets.json", "forms/"
MAX_SIZE = 48 * 2**20
"""Bytes of a package, packed or unpacked; what is larger is none of ours."""
_MAX_PARTS = 1_000
_LARGEST = 2**63 - 1
"""What a cell of the data file can hold."""

T = TypeVar("T")


class PackedRemark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An explanation, a note or the reason of an adjustment; ``seen`` is the figure it was written about."""

    uid: str
    cell: CellKey | None
    rule: str | None
    kind: str
    seen: str | None
    text: str


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands in one sheet, in a settled order, so that equal sheets have equal digests."""

    rows: tuple[tuple[str, OwnRow], ...] = ()
    """Repeated rows of the sheet's own, with their table."""
    figures: tuple[tuple[CellKey, Figure], ...] = ()
    remarks: tuple[PackedRemark, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal."""
        return sha256(msgspec.json.encode(self)).hex()

    @property
    def empty(self) -> bool:
        """Whether nothing was ever entered."""
        return not (self.rows or self.figures or self.remarks)


class PackedSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One layer of a form of a unit for a round."""

    form: str
    """SHA-256 of the form's definition."""
    number: str
    unit: str
    period: str
    span: Span
    layer: str
    content: Content
    base: str | None = None
    """Digest of what the sender last took from the other office; None where it never took anything."""
    base_head: str = ""
    """Head of the other office's history when that was packed."""
    background: bool = False
    """Whether it is only there to be compared with: it is not the room's to change."""


class PackedForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form version, with the days it is in force in the file it comes from."""

    sha256: str
    number: str
    valid_from: date
    valid_to: date | None


class Registers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The part of the registers that the sheets speak of."""

    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    people: tuple[Person, ...]
    obligations: tuple[Obligation, ...]
    forms: tuple[PackedForm, ...]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a package says of itself. ``made_at`` is ISO text in UTC, ``head`` the history's head then.

    ``history`` are the heads the sender's file had before, newest first: by them the other office knows
    whether what it took once is what this content was built on.
    """

    format: int
    practice: bool
    owner: str
    """Uid of the province."""
    room: str
    """Uid of the room."""
    room_name: str
    period: str
    made_at: str
    made_by: str
    machine: str
    head: str
    history: tuple[str, ...]
    parts: Mapping[str, str]
    """SHA-256 of every other part by its name."""


class RoomPackage(msgspec.Struct, frozen=True):
    """An opened package."""

    manifest: Manifest
    registers: Registers
    sheets: tuple[PackedSheet, ...]
    definitions: Mapping[str, bytes]
    """The bytes of each form definition by their SHA-256."""


def may_be_written(path: Path) -> bool:
    """Whether nothing is lost by writing a package there: nothing stands there, or another package."""
    try:
        with zipfile.ZipFile(path) as present:
            return _MANIFEST in present.namelist()
    except FileNotFoundError:
        return True
    except (OSError, zipfile.BadZipFile):
        return not path.exists()


def write_package(
    path: Path,
    manifest: Callable[[Mapping[str, str]], Manifest],
    registers: Registers,
    sheets: Sequence[PackedSheet],
    definitions: Mapping[str, bytes],
) -> None:
    """Write a package; ``manifest`` makes its first part from the digests of the others.

    It is put in place whole or not at all. Raises RPK-008 where the folder or file cannot be written, RPK-015
    where another file than a package stands there.
    """
    if not may_be_written(path):
        raise JudappError("RPK-015", path=str(path))
    parts = {
        _REGISTERS: msgspec.json.encode(registers),
        _SHEETS: msgspec.json.encode(tuple(sheets)),
        **{f"{_FORMS}{digest}.json": data for digest, data in definitions.items()},
    }
    said = manifest({name: sha256(data).hex() for name, data in parts.items()})
    beside = path.with_name(f".{path.stem}.new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(_MANIFEST, msgspec.json.format(msgspec.json.encode(said), indent=1))
            for name, data in parts.items():
                package.writestr(name, data)
        sync(beside)
        beside.replace(path)
    except OSError as error:
        raise JudappError("RPK-008", path=str(path), reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def read_package(data: bytes) -> RoomPackage:
    """The package of these bytes, every part held against its digest.

    Raises RPK-001 (no package), RPK-002 (damaged, with the part), RPK-003 (made by a newer program).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = opened.infolist()
            sizes = sum(entry.file_size for entry in entries)
            if len(entries) > _MAX_PARTS or sizes > MAX_SIZE:
                raise JudappError("RPK-001")
            if _MANIFEST not in opened.namelist():
                raise JudappError("RPK-001")
            manifest = _manifest(opened.read(_MANIFEST))
            parts = {name: _part(opened, name, digest) for name, digest in manifest.parts.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise JudappError("RPK-001") from error
    definitions = {
        name.removeprefix(_FORMS).removesuffix(".json"): content
        for name, content in parts.items()
        if name.startswith(_FORMS)
    }
    if any(sha256(content).hex() != digest for digest, content in definitions.items()):
        raise JudappError("RPK-002", part=_FORMS)
    registers = _decoded(parts, _REGISTERS, Registers)
    sheets = _decoded(parts, _SHEETS, tuple[PackedSheet, ...])
    package = RoomPackage(manifest, registers, sheets, definitions)
    _must_hold_together(package)
    return package


def _must_hold_together(package: RoomPackage) -> None:
    """Digests prove that nothing was damaged, not that a program of ours made it."""
    try:
        datetime.fromisoformat(package.manifest.made_at).astimezone()
        Period.parse(package.manifest.period)
    except (ValueError, OverflowError, JudappError) as error:
        raise JudappError("RPK-002", part=_MANIFEST) from error
    registers = package.registers
    known = {unit.uid for unit in registers.units}
    spoken_of = {own for step in registers.successions for own in (step.old, step.new)}
    spoken_of |= {duty.unit for duty in registers.obligations}
    spoken_of |= {state.parent for unit in registers.units for state in unit.states if state.parent}
    if not spoken_of <= known or any(not unit.states for unit in registers.units):
        raise JudappError("RPK-002", part=_REGISTERS)
    listed = {form.sha256 for form in registers.forms}
    for digest in listed:
        try:
            msgspec.json.decode(package.definitions[digest], type=Form)
        except (KeyError, msgspec.MsgspecError) as error:
            raise JudappError("RPK-002", part=f"{_FORMS}{digest}.json") from error
    asked = Period.parse(package.manifest.period)
    for sheet in package.sheets:
        span = sheet.span
        if (span.start and span.end and span.end < span.start) or sheet.period != _round(sheet, asked):
            raise JudappError("RPK-002", part=_SHEETS)
        numbers = [n for _, f in sheet.content.figures for n in (f.value, f.estimate) if n is not None]
        named = {sheet.unit, *(row.unit for _, row in sheet.content.rows if row.unit is not None)}
        if not (named <= known and sheet.form in listed and sheet.layer in (OWN, ADJUST)) or any(
            not -_LARGEST <= number <= _LARGEST for number in numbers
        ):
            raise JudappError("RPK-002", part=_SHEETS)


def _round(sheet: PackedSheet, asked: Period) -> str | None:
    """The round a sheet of a package can be of: that of the package, or the one it is compared with."""
    period = asked.related("same") if sheet.background else asked
    return period.code if period else None


class _Said(msgspec.Struct):
    """The one field every format has."""

    format: int


def _manifest(data: bytes) -> Manifest:
    try:
        if msgspec.json.decode(data, type=_Said).format > FORMAT:
            raise JudappError("RPK-003")
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise JudappError("RPK-002", part=_MANIFEST) from error


def _part(opened: zipfile.ZipFile, name: str, digest: str) -> bytes:
    try:
        content = opened.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise JudappError("RPK-002", part=name) from error
    if sha256(content).hex() != digest:
        raise JudappError("RPK-002", part=name)
    return content


def _decoded(parts: Mapping[str, bytes], name: str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(parts[name], type=kind)
    except (KeyError, msgspec.MsgspecError) as error:
        raise JudappError("RPK-002", part=name) from error
