"""The only way to change a data file: one operation, one transaction, before and after (promise 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from judapp.domain.figure import Figure, State
from judapp.store.database import DataFile
from judapp.store.digest import canonical_key, canonical_row, change_lines, header_hash, sha256
from judapp.store.faults import damaged, decoding
from judapp.store.tables import BOOKKEEPING, Key, Row, SqlValue

CellKey = tuple[str, str, str]
"""Table, row and column of a cell of a sheet."""

Cell = tuple[int, int | None, int | None, str | None]
"""State, value, estimate, text as stored; a cell that is empty is None."""

_FEW = 32
"""Up to so many cells are looked up one by one; for more, the whole sheet is read at once."""

_CELL = "sheet = ? and tbl = ? and row = ? and col = ?"
_NOTHING: Cell | tuple[None, ...] = (None,) * 4


def new_uid() -> str:
    """A new identity: random, so that two files never make the same one."""
    import secrets  # only where something new is made; at every start it would cost 5 ms

    return secrets.token_hex(8)


class Operation(Struct, frozen=True, kw_only=True):
    """Who does what when; ``at`` is ISO text in UTC, given by the caller.

    ``kind`` is a word for programs ("set", "import"), ``label`` the name people see in undo and history
    ("Dán 96 ô"). ``sheet`` is the sheet it was done on, where there is one; ``undoes`` is set by undo only.
    """

    kind: str
    label: str
    who: str
    machine: str
    at: str
    reason: str | None = None
    sheet: int | None = None
    undoes: int | None = None


class Applied(Struct, frozen=True):
    """What an operation changed, for screens to redraw no more than they must.

    ``op_id`` is None when nothing changed and so nothing was written. ``figures`` counts changed cells,
    ``tables`` names the other content tables, ``kept`` counts what an undo left as somebody made it since.
    """

    op_id: int | None = None
    uid: str = ""
    hash: str = ""
    sheets: frozenset[int] = frozenset()
    figures: int = 0
    tables: frozenset[str] = frozenset()
    kept: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return self.op_id is None


class _NothingChanged(Exception):
    """Ends the transaction of an operation that turned out to change nothing."""


def apply(file: DataFile, operation: Operation, build: Callable[[Writer], object]) -> Applied:
    """Carry out ``operation``: ``build`` makes its changes through the writer; all of them last, or none.

    When this returns, the changes are on the disk. Raises DBF-002 (another program is writing), DBF-003 (disk
    full), DBF-005 (read-only), DBF-009 (disk fault), and whatever ``build`` raises; nothing is changed then.
    """
    try:
        with file.transaction("begin immediate"):
            writer = Writer(file, operation)
            build(writer)
            return writer.finish()
    except _NothingChanged:
        return Applied()


class _Net(Struct):
    """What one operation made of one cell, however often it touched it."""

    before: Cell | None
    op_before: int | None
    after: Cell | None
    src: int | None
    src_cell: str | None


class Writer:
    """What ``build`` writes with; it reads the state before by itself. Made by :func:`apply` only.

    ``op`` is the id of the operation; what was written is seen by queries of the file at once.
    """

    def __init__(self, file: DataFile, operation: Operation) -> None:
        """Open the entry in the journal: what is written meanwhile refers to it."""
        self.file = file
        self.operation = operation
        self.kept = 0
        self._changes: list[tuple[str, str, str | None, str | None]] = []
        self._cells: dict[int, dict[CellKey, _Net]] = {}
        self._sheets: set[int] = set()
        # From meta, not from the last row: a journal whose tail was cut keeps its gap.
        with decoding(file.path):
            self.op = int(file.meta("ops") or "") + 1
            self._prev = bytes.fromhex(file.meta("head") or "")
        if file.row("select 1 from op where id >= ?", (self.op,)):
            raise damaged(file.path, "journal")
        o, uid = operation, new_uid()
        self._header = (self.op, uid, o.at, o.who, o.machine, o.kind, o.label, o.sheet, o.reason, o.undoes)
        self.file.run(
            "insert into op(id, uid, at, who, machine, kind, label, sheet, reason, undoes, prev, digest,"
            " hash) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, x'', x'')",
            (*self._header, self._prev),
        )

    # --- rows of content tables

    def get(self, table: str, key: Key) -> dict[str, SqlValue] | None:
        """The row with a primary key as it is now, None when there is none."""
        shape = self.file.shapes[table]
        found = self.file.row(shape.one_sql, key)
        return None if found is None else dict(zip(shape.columns, found, strict=True))

    def put(self, table: str, row: Row) -> int:
        """Insert a row or replace the one with its primary key; columns left out become null.

        Returns the id for a table of identities (a new one where ``row`` has none), else 0. A row that is
        already so is not written. Bytes are never replaced by others: ValueError.
        """
        shape = self.file.shapes[table]
        if unknown := set(row) - set(shape.columns):
            raise ValueError(f"{table} has no {', '.join(sorted(unknown))}")
        full = {column: row.get(column) for column in shape.columns}
        before = None if shape.identity and full["id"] is None else self.get(table, shape.key_of(full))
        if before == full:
            return self._id(before)
        if before is not None and any(before[blob] != full[blob] for blob in shape.blobs):
            raise ValueError(f"bytes of {table} are never replaced")
        made = self.file.run(shape.put_sql, tuple(full.values()))
        if before is None and shape.identity:
            full["id"] = made
        # Read back: STRICT stores 5 as '5' in a text column, and the history tells what is stored.
        after = self.get(table, shape.key_of(full))
        self._note(table, before, after)
        return self._id(after)

    def delete(self, table: str, key: Key) -> None:
        """Delete the row with a primary key; nothing happens when there is none. Not for identities."""
        shape = self.file.shapes[table]
        if shape.identity:
            raise ValueError(f"a row of {table} is an identity and stays")
        before = self.get(table, key)
        if before is not None:
            self.file.run(shape.delete_sql, key)
            self._note(table, before, None)

    def _id(self, row: Row | None) -> int:
        found = row.get("id") if row else None
        return found if isinstance(found, int) else 0

    def _note(self, table: str, before: Row | None, after: Row | None) -> None:
        row = after or before or {}
        key = canonical_key(self.file.shapes[table].key_of(row))
        if table == "meta" and row["key"] in BOOKKEEPING:
            raise ValueError(f"{row['key']} is kept by the store")
        old, new = (None if r is None else canonical_row(r) for r in (before, after))
        if old != new:
            self._changes.append((table, key, old, new))
            sheet = row["id"] if table == "sheet" else row.get("sheet")
            if isinstance(sheet, int):
                self._sheets.add(sheet)

    # --- figures

    def set_figures(
        self,
        sheet: int,
        figures: Iterable[tuple[str, str, str, Figure]],
        import_sheet: int | None = None,
        cells: Mapping[CellKey, str] | None = None,
    ) -> int:
        """Set cells (table, row, column, figure) of a sheet; those that are already so are not written.

        ``import_sheet`` and ``cells`` (the address in the workbook by cell) say where the figures came from.
        Returns how many changed.
        """
        source = cells or {}
        return self.set_cells(
            sheet,
            [
                ((tbl, row, col), as_cell(figure), import_sheet, source.get((tbl, row, col)))
                for tbl, row, col, figure in figures
            ],
        )

    def set_cells(
        self, sheet: int, wanted: Iterable[tuple[CellKey, Cell | None, int | None, str | None]]
    ) -> int:
        """:meth:`set_figures` for cells as they are stored, each with its import sheet and address."""
        # a cell that comes twice: the last one counts
        latest = {key: (after, src, src_cell) for key, after, src, src_cell in wanted}
        present = self._present(sheet, list(latest))
        net = self._cells.setdefault(sheet, {})
        puts: list[tuple[Any, ...]] = []
        deletes: list[tuple[Any, ...]] = []
        for key, (after, src, src_cell) in latest.items():
            before, op_before = present.get(key, (None, None))
            if before == after:
                continue
            known = net.get(key)
            if known is None:
                net[key] = _Net(before, op_before, after, src, src_cell)
            else:
                known.after, known.src, known.src_cell = after, src, src_cell
            if after is None:
                deletes.append((sheet, *key))
            else:
                puts.append((sheet, *key, *after, self.op))
        self.file.run_many(
            "insert into figure(sheet, tbl, row, col, state, value, est, text, op)"
            " values(?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict(sheet, tbl, row, col) do update set"
            " state = excluded.state, value = excluded.value, est = excluded.est, text = excluded.text,"
            " op = excluded.op",
            puts,
        )
        self.file.run_many(f"delete from figure where {_CELL}", deletes)
        return len(puts) + len(deletes)

    def _present(self, sheet: int, keys: Sequence[CellKey]) -> dict[CellKey, tuple[Cell | None, int | None]]:
        columns = "tbl, row, col, state, value, est, text, op"
        if len(keys) > _FEW:
            found = self.file.rows(f"select {columns} from figure where sheet = ?", (sheet,))
        else:
            sql = f"select {columns} from figure where {_CELL}"
            found = [row for key in keys for row in self.file.rows(sql, (sheet, *key))]
        return {(t, r, c): ((s, v, e, x), op) for t, r, c, s, v, e, x, op in found}

    # --- the end

    def finish(self) -> Applied:
        """Write the journal entry; called by :func:`apply`."""
        figures = self._finish_figures()
        if not (figures or self._changes or self.operation.undoes):
            raise _NothingChanged
        changes = [(seq, *change) for seq, change in enumerate(self._changes, start=1)]
        self.file.run_many(
            "insert into figure_change(sheet, tbl, row, col, s0, v0, e0, t0, s1, v1, e1, t1, src, src_cell,"
            f" op) values({'?, ' * 14}{self.op})",
            figures,
        )
        self.file.run_many(
            f"insert into change(op, seq, tbl, key, before, after) values({self.op}, ?, ?, ?, ?, ?)", changes
        )
        if self.operation.undoes is not None:  # also where everything was kept, so that undo moves on
            undone = self.file.rows("select sheet from op_sheet where op = ?", (self.operation.undoes,))
            self._sheets.update(sheet for (sheet,) in undone)
        self.file.run_many(
            f"insert into op_sheet(op, sheet) values({self.op}, ?)", [(s,) for s in sorted(self._sheets)]
        )
        digest = sha256(change_lines(figures) + change_lines(changes))
        chained = header_hash(self._prev, self._header, digest)
        self.file.run("update op set digest = ?, hash = ? where id = ?", (digest, chained, self.op))
        self.file.run_many(
            "update meta set value = ? where key = ?", [(chained.hex(), "head"), (str(self.op), "ops")]
        )
        tables = frozenset(table for table, *_ in self._changes)
        uid = str(self._header[1])
        return Applied(self.op, uid, chained.hex(), frozenset(self._sheets), len(figures), tables, self.kept)

    def _finish_figures(self) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        unchanged: list[tuple[Any, ...]] = []
        for sheet in sorted(self._cells):
            found = len(rows)
            for key, net in sorted(self._cells[sheet].items()):
                if net.before == net.after:
                    unchanged.append((net.op_before, sheet, *key))
                    continue
                both = (*(net.before or _NOTHING), *(net.after or _NOTHING))
                rows.append((sheet, *key, *both, net.src, net.src_cell))
            if len(rows) > found:
                self._sheets.add(sheet)
        self.file.run_many(f"update figure set op = ? where {_CELL}", unchanged)
        return rows


def as_cell(figure: Figure) -> Cell | None:
    """A figure as it is stored; nothing is stored of an empty cell."""
    if figure.state is State.EMPTY:
        return None
    return int(figure.state), figure.value, figure.estimate, figure.text
