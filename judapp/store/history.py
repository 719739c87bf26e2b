"""What happened: operations newest first, and everything that ever stood in one cell."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from judapp.domain.figure import Figure
from judapp.store.database import DataFile
from judapp.store.faults import decoding
from judapp.store.operations import CellKey
from judapp.store.sheets import as_figure

_HEADER = "id, uid, at, who, machine, kind, label, sheet, reason, undoes, lower(hex(hash))"
UNDO = "undo"
REDO = "redo"


class OperationRecord(Struct, frozen=True):
    """One entry of the journal; ``hash`` is its place in the chain."""

    id: int
    uid: str
    at: str
    who: str
    machine: str
    kind: str
    label: str
    sheet: int | None
    reason: str | None
    undoes: int | None
    hash: str
    undone: bool
    """Whether a later operation took it back."""


class Source(Struct, frozen=True):
    """Where a figure was imported from."""

    file: str
    sheet: str
    cell: str | None


class CellChange(Struct, frozen=True):
    """One change of one cell, by whom and when (``operation``), and from which workbook if from one."""

    operation: OperationRecord
    before: Figure
    after: Figure
    source: Source | None
    imported: int | None = None
    """The id of the imported worksheet the figure came from, to be kept with it where it is written again."""


def operation(file: DataFile, op_id: int) -> OperationRecord | None:
    """One operation, None when there is none with this id."""
    row = file.row(f"select {_HEADER} from op where id = ?", (op_id,))
    return None if row is None else OperationRecord(*(*row, not in_effect(file, op_id)))


def hashes(file: DataFile, limit: int) -> list[str]:
    """The places in the chain of the newest ``limit`` operations, newest first."""
    return [row[0] for row in file.rows("select lower(hex(hash)) from op order by id desc limit ?", (limit,))]


def with_hash(file: DataFile, own: str) -> int | None:
    """The id of the operation with that place in the chain; None where this history never was there."""
    row = file.row("select id from op where hash = ?", (bytes.fromhex(own),))
    return None if row is None else int(row[0])


def operations(file: DataFile, limit: int, sheet: int | None = None) -> list[OperationRecord]:
    """The newest ``limit`` operations, newest first; only those that touched ``sheet`` when it is given."""
    rows = file.rows(f"select {_HEADER} from op{_of_sheet(sheet)} order by id desc limit ?", (limit,))
    return [OperationRecord(*(*row, not in_effect(file, row[0]))) for row in rows]


def latest(file: DataFile, sheet: int, kind: str) -> OperationRecord | None:
    """The newest operation of ``kind`` that touched a sheet, None where there is none."""
    row = file.row(
        "select o.id from op o join op_sheet s on s.op = o.id where s.sheet = ? and o.kind = ?"
        " order by o.id desc limit 1",
        (sheet, kind),
    )
    return None if row is None else operation(file, row[0])


def sheets_of(file: DataFile, op_id: int) -> list[int]:
    """The sheets an operation touched: their figures, rows, remarks or state."""
    return [
        sheet for (sheet,) in file.rows("select sheet from op_sheet where op = ? order by sheet", (op_id,))
    ]


def changed_registers(file: DataFile, op_id: int) -> bool:
    """Whether an operation changed units, duties or forms, perhaps beside sheets."""
    sql = (
        "select 1 from change where op = ? and tbl in"
        " ('unit', 'unit_state', 'succession', 'obligation', 'form_version') limit 1"
    )
    return file.row(sql, (op_id,)) is not None


def cell(file: DataFile, sheet: int, key: CellKey) -> list[CellChange]:
    """Every change of a cell, newest first; after an undo the source is that of the figure that came back."""
    rows = file.rows(
        "select c.op, c.s0, c.v0, c.e0, c.t0, c.s1, c.v1, c.e1, c.t1, f.name, s.name, c.src_cell, c.src"
        " from figure_change c left join import_sheet s on s.id = c.src"
        " left join import_file f on f.id = s.file"
        " where c.sheet = ? and c.tbl = ? and c.row = ? and c.col = ? order by c.op desc",
        (sheet, *key),
    )
    changes = []
    for op_id, *rest in rows:
        record = operation(file, op_id)
        assert record is not None  # a foreign key
        source = Source(rest[8], rest[9], rest[10]) if rest[8] is not None else None
        with decoding(file.path):
            before, after = as_figure(*rest[0:4]), as_figure(*rest[4:8])
            changes.append(CellChange(record, before, after, source, rest[11]))
    return changes


def figures_after(file: DataFile, sheet: int, op_id: int) -> dict[CellKey, Figure]:
    """What stood right after an operation in the cells of a sheet that were changed since."""
    rows = file.rows(
        "select tbl, row, col, s0, v0, e0, t0 from figure_change where sheet = ? and op > ? order by op",
        (sheet, op_id),
    )
    found: dict[CellKey, Figure] = {}
    with decoding(file.path):
        for table, row, column, *figure in rows:
            found.setdefault((table, row, column), as_figure(*figure))
    return found


def in_effect(file: DataFile, op_id: int, ignoring: int = 0) -> bool:
    """Whether no operation that stands took this one back; ``ignoring`` is one just being made."""
    undoers = file.rows("select id from op where undoes = ? and id <> ?", (op_id, ignoring))
    return not any(in_effect(file, undoer) for (undoer,) in undoers)


def last_undoable(
    file: DataFile, sheet: int | None = None, skip: Collection[str] = ()
) -> OperationRecord | None:
    """The newest operation that stands, and is no undo itself; None when there is none.

    Only those that touched ``sheet`` when it is given; never one whose kind is in ``skip``.
    """
    sql = f"select id, kind from op where undoes is null{_of_sheet(sheet, ' and')} order by id desc"
    for op_id, kind in file.stream(sql):
        if kind not in skip and in_effect(file, op_id):
            return operation(file, op_id)
    return None


def last_redoable(file: DataFile, sheet: int | None = None) -> OperationRecord | None:
    """The newest undo that stands; undoing it is the redo. None once something new was done since."""
    sql = f"select id, kind, undoes from op{_of_sheet(sheet)} order by id desc"
    for op_id, kind, undoes in file.stream(sql):
        if undoes is None:
            return None
        if kind == UNDO and in_effect(file, op_id):
            return operation(file, op_id)
    return None


def _of_sheet(sheet: int | None, word: str = " where") -> str:
    if sheet is None:
        return ""
    return f"{word} id in (select op from op_sheet where sheet = {int(sheet)})"
