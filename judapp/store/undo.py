"""Taking an operation back: a new operation that restores what nobody changed since (promise 5)."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from judapp.errors import JudappError
from judapp.store import history
from judapp.store.database import DataFile
from judapp.store.digest import canonical_row, read_key, read_row
from judapp.store.operations import Applied, Cell, CellKey, Operation, Writer, apply
from judapp.store.tables import Row, Shape

_CHANGED = """
select c.sheet, c.tbl, c.row, c.col, c.s0, c.v0, c.e0, c.t0, c.s1, c.v1, c.e1, c.t1,
  f.state, f.value, f.est, f.text, p.src, p.src_cell
from op_sheet o
join figure_change c on c.sheet = o.sheet and c.op = o.op
left join figure f on f.sheet = c.sheet and f.tbl = c.tbl and f.row = c.row and f.col = c.col
left join figure_change p on p.sheet = c.sheet and p.tbl = c.tbl and p.row = c.row and p.col = c.col
  and p.op = (select max(q.op) from figure_change q
    where q.sheet = c.sheet and q.tbl = c.tbl and q.row = c.row and q.col = c.col and q.op < c.op)
where o.op = ?
"""
"""The changed figures of an operation: before, after, present, and the source of what was before."""


def undo(
    file: DataFile, op_id: int, *, who: str, machine: str, at: str, reason: str | None = None
) -> Applied:
    """Take back operation ``op_id``; taking back an undo is a redo.

    A cell or row is restored only where it is still as the operation left it; the others are counted in
    ``Applied.kept``. What an operation created with an identity stays as an identity: a sheet without
    figures, a unit without a state, a form or document marked ``gone``. Also kept is a row of a sheet, or
    the last state of a unit, under which figures stand.

    Raises UND-001 (taken back already), UND-002 (no such operation), and what :func:`apply` raises.
    """
    target = history.operation(file, op_id)
    if target is None:
        raise JudappError("UND-002")
    kind = history.REDO if target.kind == history.UNDO else history.UNDO

    def build(writer: Writer) -> None:
        if not history.in_effect(file, op_id, ignoring=writer.op):
            raise JudappError("UND-001", label=target.label, op=str(op_id))
        _restore_figures(writer, op_id)
        _restore_rows(writer, op_id)

    again = Operation(
        kind=kind,
        label=target.label,
        who=who,
        machine=machine,
        at=at,
        reason=reason,
        sheet=target.sheet,
        undoes=op_id,
    )
    return apply(file, again, build)


def _restore_figures(writer: Writer, op_id: int) -> None:
    wanted: dict[int, list[tuple[CellKey, Cell | None, int | None, str | None]]] = defaultdict(list)
    for sheet, tbl, row, col, *rest in writer.file.rows(_CHANGED, (op_id,)):
        before, after, present = (_cell(rest[i : i + 4]) for i in (0, 4, 8))
        if present == after:
            wanted[sheet].append(((tbl, row, col), before, *rest[12:14]))
        else:
            writer.kept += 1
    for sheet, cells in wanted.items():
        writer.set_cells(sheet, cells)


def _cell(parts: list[Any]) -> Cell | None:
    return None if parts[0] is None else (parts[0], parts[1], parts[2], parts[3])


def _restore_rows(writer: Writer, op_id: int) -> None:
    rows = writer.file.rows(
        "select tbl, key, before, after from change where op = ? order by seq desc", (op_id,)
    )
    for table, key, before, after in rows:
        shape = writer.file.shapes[table]
        present = writer.get(table, read_key(key))
        as_left = after == (None if present is None else canonical_row(present))
        if before is None and shape.identity and "gone" not in shape.columns:
            continue
        if not as_left or (before is None and present and _is_needed(writer, table, present)):
            writer.kept += 1
            continue
        try:
            _put_back(writer, shape, before, present)
        except sqlite3.IntegrityError:  # something made since stands in its place
            writer.kept += 1


def _put_back(writer: Writer, shape: Shape, before: str | None, present: Row | None) -> None:
    if before is not None:
        blobs = {blob: present[blob] for blob in shape.blobs} if present else {}
        writer.put(shape.name, {**read_row(before), **blobs})
    elif present and shape.identity:
        writer.put(shape.name, {**present, "gone": 1})
    elif present:
        writer.delete(shape.name, shape.key_of(present))


def _is_needed(writer: Writer, table: str, row: Row) -> bool:
    """Whether figures would lose the row or the unit they stand under."""
    if table == "sheet_row":
        sql = "select 1 from figure where sheet = ? and tbl = ? and (row = ? or row >= ? and row < ?) limit 1"
        key = str(row["row"])
        params = (row["sheet"], row["tbl"], key, f"{key}.", f"{key}/")  # "/" follows "." in ASCII
        return writer.file.row(sql, params) is not None
    if table == "unit_state":
        sql = (
            "select 1 from sheet s join figure f on f.sheet = s.id where s.unit = ?"
            " and (select count(*) from unit_state t where t.unit = s.unit) = 1 limit 1"
        )
        return writer.file.row(sql, (row["unit"],)) is not None
    return False
