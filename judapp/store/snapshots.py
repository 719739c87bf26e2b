"""Frozen copies of what was submitted or sent, handed out unchanged for ever."""

from __future__ import annotations

from msgspec import Struct

from judapp.store.database import DataFile
from judapp.store.operations import Writer


class Snapshot(Struct, frozen=True):
    """A sheet as it was at ``at`` (ISO, UTC); ``payload`` and ``workbook`` are ids of bytes in the file."""

    sheet: int
    revision: int
    state: str
    at: str
    letter: int | None
    payload: int
    workbook: int | None


def of_sheet(file: DataFile, sheet: int) -> list[Snapshot]:
    """The snapshots of a sheet, oldest first."""
    sql = (
        "select sheet, revision, state, at, letter, payload, workbook from snapshot"
        " where sheet = ? order by at, revision, state"
    )
    return [Snapshot(*row) for row in file.rows(sql, (sheet,))]


def put(writer: Writer, snapshot: Snapshot) -> None:
    """Keep a snapshot."""
    writer.put("snapshot", {name: getattr(snapshot, name) for name in Snapshot.__struct_fields__})
