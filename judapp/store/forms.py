"""The catalogue of a data file: form versions with their definitions."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from msgspec import Struct

from judapp.domain.catalogue import Form
from judapp.store.database import DataFile
from judapp.store.days import as_day, iso
from judapp.store.documents import keep
from judapp.store.faults import decoding
from judapp.store.operations import Writer, new_uid

_VERSION = (
    "select v.id, v.uid, v.valid_to, v.blank, b.sha256, b.bytes"
    " from form_version v join blob_store b on b.id = v.definition"
)


class StoredForm(Struct, frozen=True):
    """A form version of this file.

    ``form.valid_to`` is the file's, which may close what a definition left open; ``sha256`` is that of the
    definition's bytes, ``blank`` the ministry's workbook it was learned from.
    """

    id: int
    uid: str
    form: Form
    sha256: str
    blank: int | None


def load(file: DataFile) -> list[StoredForm]:
    """The whole catalogue in the order it was made, without versions that are gone."""
    return _stored(file, "where v.gone = 0 order by v.id", ())


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
            "blank": blank,
            "gone": 0,
        },
    )


def _stored(file: DataFile, where: str, params: tuple[int, ...]) -> list[StoredForm]:
    rows = file.rows(f"{_VERSION} {where}", params)
    with decoding(file.path):
        return [
            StoredForm(
                own, uid, msgspec.structs.replace(_decode(data), valid_to=as_day(valid_to)), digest, blank
            )
            for own, uid, valid_to, blank, digest, data in rows
        ]


@lru_cache(maxsize=1_000)
def _decode(definition: bytes) -> Form:
    return msgspec.json.decode(definition, type=Form)
