"""What a new data file starts from: the catalogue, units, windows, measures and targets shipped as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from judapp import paths
from judapp.domain.catalogue import Fault, Form
from judapp.domain.lint import decode, lint, lint_catalogue
from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import WindowRule


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The members of a cluster in one year."""

    group: str
    year: int
    members: tuple[str, ...]


class SeedState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dated state of a unit with its source."""

    valid_from: str
    valid_to: str | None
    code: str
    name: str
    source: str
    subkind: str = ""
    parent: str | None = None


class SeedUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of the register."""

    uid: str
    kind: str
    states: tuple[SeedState, ...]


class SeedSuccession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A merger with its source."""

    old: str
    new: str
    on: str
    source: str


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``seeds/units.json``."""

    units: tuple[SeedUnit, ...]
    successions: tuple[SeedSuccession, ...]
    groups: tuple[Group, ...]


class Measures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``seeds/measures.json``."""

    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]


class SeedForm(Struct, frozen=True):
    """A form of the catalogue with the bytes it was read from, which are what a file keeps."""

    path: Path
    raw: bytes
    form: Form


def register() -> Register:
    """All units known to everybody: the nation, the provinces of every time, the clusters."""
    found: Register = _read("units.json", Register)
    return found


def windows() -> tuple[WindowRule, ...]:
    """How windows and deadlines follow from the circulars."""
    found: tuple[WindowRule, ...] = _read("windows.json", tuple[WindowRule, ...])
    return found


def measures() -> Measures:
    """Measures and indicators."""
    found: Measures = _read("measures.json", Measures)
    return found


def forms() -> list[SeedForm]:
    """The catalogue; a faulty definition raises, because a release must not carry one (``judapp lint``)."""
    found = []
    for path, raw in form_files():
        form, faults = decode(raw)
        if form is None:
            raise ValueError(f"{path.name}: {faults}")
        found.append(SeedForm(path, raw, form))
    return sorted(found, key=lambda f: (f.form.area, f.form.family, f.form.valid_from))


def form_files() -> Iterator[tuple[Path, bytes]]:
    """Every definition file of the catalogue."""
    for path in sorted((paths.seeds() / "forms").glob("*.json")):
        yield path, path.read_bytes()


def lint_seeds() -> list[tuple[str, Fault]]:
    """All faults of the shipped catalogue, each with the file or form it is in."""
    faults: list[tuple[str, Fault]] = []
    sound: list[Form] = []
    for path, raw in form_files():
        form, of_shape = decode(raw)
        faults += [(path.name, fault) for fault in of_shape]
        if form is not None:
            faults += [(path.name, fault) for fault in lint(form)]
            sound.append(form)
    shipped = measures()
    return faults + lint_catalogue(sound, shipped.measures, shipped.indicators)


def _read(name: str, kind: Any) -> Any:
    return msgspec.json.decode((paths.seeds() / name).read_bytes(), type=kind)


def targets(kind: Any) -> Any:
    """Targets known to everybody, e.g. the national enforcement targets, as ``kind`` decodes them."""
    return _read("targets.json", tuple[kind, ...])
