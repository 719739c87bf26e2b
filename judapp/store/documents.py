"""Documents that figures rest on (number, date, issuer), and the one store of bytes."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from judapp.store.database import DataFile
from judapp.store.days import as_day, iso
from judapp.store.digest import sha256
from judapp.store.faults import decoding
from judapp.store.operations import Writer
from judapp.text import keepable


class Document(Struct, frozen=True, kw_only=True):
    """A decision, letter or published text; what is not known is None.

    ``url`` says where a published text was found, ``blob`` is its scan or copy in this file.
    """

    id: int
    uid: str
    number: str | None
    date: date | None
    issuer: str | None
    title: str | None
    url: str | None
    blob: int | None


def load(file: DataFile) -> dict[int, Document]:
    """All documents by id, without those that are gone."""
    rows = file.rows(
        "select id, uid, number, date, issuer, title, url, blob from document where gone = 0 order by id"
    )
    with decoding(file.path):
        return {
            own: Document(
                id=own,
                uid=uid,
                number=number,
                date=as_day(day),
                issuer=issuer,
                title=title,
                url=url,
                blob=blob,
            )
            for own, uid, number, day, issuer, title, url, blob in rows
        }


def document_id(file: DataFile, uid: str) -> int:
    """The number of a document inside this file; KeyError for a uid that is not in it."""
    found = file.row("select id from document where uid = ?", (uid,))
    if found is None:
        raise KeyError(uid)
    return int(found[0])


def put(
    writer: Writer,
    uid: str,
    *,
    number: str | None = None,
    day: date | None = None,
    issuer: str | None = None,
    title: str | None = None,
    url: str | None = None,
    blob: int | None = None,
) -> int:
    """Add the document with ``uid``, or state anew what is known of it; returns its id."""
    found = writer.file.row("select id from document where uid = ?", (uid,))
    return writer.put(
        "document",
        {
            "id": found[0] if found else None,
            "uid": uid,
            "number": number,
            "date": iso(day) or None,
            "issuer": issuer,
            "title": title,
            "url": url,
            "blob": blob,
            "gone": 0,
        },
    )


def keep(writer: Writer, data: bytes, name: str | None = None) -> int:
    """The id of these bytes in the file, stored once however often they come; ``name`` is the first one."""
    digest = sha256(data).hex()
    found = writer.file.row("select id from blob_store where sha256 = ?", (digest,))
    if found is not None:
        return int(found[0])
    return writer.put("blob_store", {"sha256": digest, "name": name and keepable(name), "bytes": data})


def read(file: DataFile, blob: int) -> bytes:
    """The bytes with an id; KeyError for one that is not in the file."""
    found = file.row("select bytes from blob_store where id = ?", (blob,))
    if found is None:
        raise KeyError(blob)
    return bytes(found[0])
