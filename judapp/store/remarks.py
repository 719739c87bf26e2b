"""What people wrote about figures: explanations, accepted warnings, reasons of adjustments."""

from __future__ import annotations

from msgspec import Struct

from judapp.store.database import DataFile
from judapp.store.operations import CellKey, Writer

_COLUMNS = "uid, sheet, tbl, row, col, rule, kind, seen, text, op"


class Remark(Struct, frozen=True):
    """One remark; ``cell`` is None where it is about the whole sheet.

    ``rule`` names the finding it answers, ``seen`` the value it was written about: when the figure changes,
    the question comes back. ``op`` is the operation that wrote it and tells who and when.
    """

    uid: str
    sheet: int
    cell: CellKey | None
    rule: str | None
    kind: str
    seen: str | None
    text: str
    op: int


def of_sheet(file: DataFile, sheet: int) -> list[Remark]:
    """The remarks of a sheet, oldest first."""
    rows = file.rows(f"select {_COLUMNS} from remark where sheet = ? order by op, uid", (sheet,))
    return [
        Remark(uid, own, None if tbl is None else (tbl, row, col), *rest)
        for uid, own, tbl, row, col, *rest in rows
    ]


def put(
    writer: Writer,
    uid: str,
    sheet: int,
    text: str,
    *,
    kind: str,
    cell: CellKey | None = None,
    rule: str | None = None,
    seen: str | None = None,
) -> None:
    """Write the remark with ``uid``, or write it anew."""
    tbl, row, col = cell or (None, None, None)
    writer.put(
        "remark",
        {
            "uid": uid,
            "sheet": sheet,
            "tbl": tbl,
            "row": row,
            "col": col,
            "rule": rule,
            "kind": kind,
            "seen": seen,
            "text": text,
            "op": writer.op,
        },
    )


def put_at(writer: Writer, uid: str, cell: CellKey | None) -> None:
    """Put a remark to another cell, or to the sheet as a whole; who wrote it and when stays."""
    row = writer.get("remark", (uid,))
    if row is not None:
        tbl, own, col = cell or (None, None, None)
        writer.put("remark", {**row, "tbl": tbl, "row": own, "col": col})


def remove(writer: Writer, uid: str) -> None:
    """Take a remark away; the history keeps it."""
    writer.delete("remark", (uid,))
