"""The catalogue of a data file: form versions with their definitions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec
from msgspec import Struct

from judapp.domain.catalogue import Form
from judapp.store.database import DataFile
from judapp.store.days import as_day, iso, known_day
from judapp.store.digest import read_row
from judapp.store.documents import keep
from judapp.store.faults import decoding
from judapp.store.operations import Writer, new_uid

_VERSION = (
    "select v.id, v.uid, v.valid_from, v.valid_to, v.blank, b.sha256, b.bytes"
    " from form_version v join blob_store b on b.id = v.definition"
)


class StoredForm(Struct, frozen=True):
    """A form version of this file.

    The days ``form`` is in force are the file's: a newer version ends what a definition left open, and a
    department may begin with one at a period of its own. ``sha256`` is that of the definition's bytes,
    ``blank`` the ministry's workbook it was learned from.
    """

    id: int
    uid: str
    form: Form
    sha256: str
    blank: int | None


def load(file: DataFile) -> list[StoredForm]:
    """The whole catalogue in the order it was made, without versions that are gone."""
    return _stored(file, "where v.gone = 0 order by v.id", ())


def load_all(file: DataFile) -> list[StoredForm]:
    """Every version in the order they were made, also those that are gone."""
    return _stored(file, "order by v.id", ())


def definition(file: DataFile, form: int) -> bytes:
    """The definition of a version, byte for byte."""
    [(data,)] = file.rows(
        "select b.bytes from form_version v join blob_store b on b.id = v.definition where v.id = ?", (form,)
    )
    return bytes(data)


def defined(file: DataFile, form: int) -> Form:
    """The definition of a version with the days it says itself, whatever days it is in force here."""
    with decoding(file.path):
        return _decode(definition(file, form))


class Origin(Struct, frozen=True):
    """By which kinds of operation a version came to be what it is."""

    defined: str
    """That which first gave it its present definition."""
    dropped: str | None
    """That which took it out of the catalogue; None for one that is in it."""


def origins(file: DataFile) -> dict[int, Origin]:
    """The origin of every version by id, as the history tells it."""
    rows = file.rows(
        "select c.after, o.kind from change c join op o on o.id = c.op"
        " where c.tbl = 'form_version' and c.after is not null order by c.op, c.seq"
    )
    first: dict[tuple[object, object], str] = {}
    found: dict[int, Origin] = {}
    with decoding(file.path):
        for after, kind in rows:
            row = read_row(after)
            own = int(row["id"] or 0)
            by = first.setdefault((own, row["definition"]), kind)
            before = found.get(own)
            since = (before.dropped if before else None) or kind
            found[own] = Origin(by, since if row["gone"] else None)
    return found


def get(file: DataFile, form: int) -> StoredForm:
    """The form version with an id, also one that is gone; KeyError for one that is not in the file."""
    found = _stored(file, "where v.id = ?", (form,))
    if not found:
        raise KeyError(form)
    return found[0]


def add(writer: Writer, definition: bytes, blank: int | None = None) -> int:
    """Put a form version into the catalogue, its definition byte for byte; returns its id.

    One with the very same definition is not added twice. The definition must be free of faults (``lint``);
    msgspec.ValidationError otherwise.
    """
    form = _decode(definition)
    kept = keep(writer, definition, f"{form.family}.json")
    found = writer.file.row("select id from form_version where definition = ?", (kept,))
    row = writer.get("form_version", (found[0],)) if found else {"uid": new_uid()}
    return writer.put(
        "form_version",
        {
            "valid_to": iso(form.valid_to) or None,
            **(row or {}),
            "family": form.family,
            "number": form.number,
            "circular": form.circular,
            "valid_from": iso(form.valid_from),
            "definition": kept,
            "blank": (row or {}).get("blank") if blank is None else blank,
            "gone": 0,
        },
    )


def close(writer: Writer, form: int, last_day: date) -> None:
    """Let a version be in force until ``last_day``, whatever its definition says."""
    _change(writer, form, {"valid_to": iso(last_day)})


def put_in_force(writer: Writer, form: int, first_day: date, last_day: date | None) -> None:
    """Let a version be in force over other days than its definition says."""
    _change(writer, form, {"valid_from": iso(first_day), "valid_to": iso(last_day) or None})


def redefine(writer: Writer, form: int, definition: bytes) -> None:
    """Give a version that no sheet uses another definition; its days stay the definition's."""
    made = _decode(definition)
    _change(
        writer,
        form,
        {
            "family": made.family,
            "number": made.number,
            "circular": made.circular,
            "valid_from": iso(made.valid_from),
            "valid_to": iso(made.valid_to) or None,
            "definition": keep(writer, definition, f"{made.family}.json"),
        },
    )


def keep_blank(writer: Writer, form: int, blank: int) -> None:
    """Put the ministry's workbook (an id of the store of bytes) to a version that is there already."""
    _change(writer, form, {"blank": blank})


def drop(writer: Writer, form: int) -> None:
    """Take a version out of the catalogue; sheets that use it still find it."""
    _change(writer, form, {"gone": 1})


def _change(writer: Writer, form: int, columns: dict[str, str | int | None]) -> None:
    row = writer.get("form_version", (form,))
    if row is None:
        raise KeyError(form)
    writer.put("form_version", {**row, **columns})


def _stored(file: DataFile, where: str, params: tuple[int, ...]) -> list[StoredForm]:
    rows = file.rows(f"{_VERSION} {where}", params)
    with decoding(file.path):
        return [
            StoredForm(own, uid, _in_force(data, known_day(since), as_day(until)), digest, blank)
            for own, uid, since, until, blank, digest, data in rows
        ]


@lru_cache(maxsize=1_000)
def _in_force(definition: bytes, since: date, until: date | None) -> Form:
    """The same object however often the catalogue is read: plans and comparisons are remembered by it."""
    form = _decode(definition)
    if (form.valid_from, form.valid_to) == (since, until):
        return form
    return msgspec.structs.replace(form, valid_from=since, valid_to=until)


@lru_cache(maxsize=1_000)
def _decode(definition: bytes) -> Form:
    return msgspec.json.decode(definition, type=Form)
