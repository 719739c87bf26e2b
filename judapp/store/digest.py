"""The canonical form of changes, and the hashes that chain operations; once released it never changes.

- A row is a JSON object with sorted keys; null columns are left out, bytes are written ``"sha256:…"``.
- An operation's *digest* is the sha-256 of its changed figures, one JSON array a line in the order sheet,
  table, row, column, then of its other changes in the order they were made.
- Its *hash* is sha-256(previous hash ‖ header as a JSON array ‖ digest), so the chain of headers is checked
  without reading the changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from judapp.store.tables import Row, SqlValue

GENESIS = bytes(32)
"""What the first operation follows on."""

_json = msgspec.json.Encoder(order="sorted")


def sha256(data: bytes) -> bytes:
    """The one hash function of the file."""
    import hashlib  # loads OpenSSL: 4 ms that opening a file needs not wait for

    return hashlib.sha256(data).digest()


def canonical_row(row: Row) -> str:
    """A row as the history keeps it."""
    kept = {
        column: f"sha256:{sha256(value).hex()}" if isinstance(value, bytes) else value
        for column, value in row.items()
        if value is not None
    }
    return _json.encode(kept).decode()


def canonical_key(key: Sequence[SqlValue]) -> str:
    """A primary key as the history keeps it: a JSON array."""
    return _json.encode(list(key)).decode()


def read_row(text: str) -> dict[str, str | int | None]:
    """What :func:`canonical_row` wrote; columns that were null are missing, bytes are their digest."""
    return msgspec.json.decode(text, type=dict[str, str | int | None])


def read_key(text: str) -> tuple[str | int | None, ...]:
    """What :func:`canonical_key` wrote."""
    return msgspec.json.decode(text, type=tuple[str | int | None, ...])


def change_lines(changes: Iterable[Sequence[Any]]) -> bytes:
    """What a digest is fed: figures as (sheet, tbl, row, col, s0 … t1, src, src_cell), other changes as
    (seq, tbl, key, before, after)."""
    return _json.encode_lines(list(changes))


def header_hash(prev: bytes, header: Sequence[SqlValue], digest: bytes) -> bytes:
    """The hash of an operation.

    ``header`` is (id, uid, at, who, machine, kind, label, sheet, reason, undoes).
    """
    return sha256(prev + _json.encode(list(header)) + digest)
