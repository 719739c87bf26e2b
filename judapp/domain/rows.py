"""The only maker of row keys: a row plan, the units of the day and a sheet's own rows give the rows.

Keys: fixed rows by their printed number, joined by dots from the outside in (``I.1``, safe where numbering
restarts under I and II); rows of units ``I.#uid``; their sub-rows ``I.#uid.nam``; free rows ``#`` and random
letters. Never a name, never an index: a renamed office and an inserted line keep their figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.catalogue import Column, Row, RowKind, Table

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class OwnRow(Struct, frozen=True):
    """A repeated row a sheet has of its own: kept when its unit leaves the register, so no figure is lost."""

    key: str
    parent: str
    """Key of the row it stands under, "" at the top."""
    order: int
    unit: str | None
    label: str


class RepeatedUnit(Struct, frozen=True):
    """A unit that gets a row of its own in a plan."""

    uid: str
    name: str


class SheetRow(Struct, frozen=True):
    """One row of a sheet, as grid, workbook and reckoning see it."""

    key: str
    kind: RowKind
    label: str
    number: str | None
    """The printed number; rows of units and free rows are numbered in their group when printed."""
    level: int
    plan: Row
    unit: str | None = None
    cells: frozenset[str] | None = None
    """Columns that exist in this row; None for all, empty for a heading."""

    def has(self, column: str) -> bool:
        """Whether the cell of ``column`` exists in this row."""
        return self.cells is None or column in self.cells


UnitsOfPlan = Callable[[Row], Iterable[RepeatedUnit]]


def expand(
    table: Table,
    units: UnitsOfPlan,
    own: Iterable[OwnRow] = (),
    held: Container[str] | None = None,
) -> tuple[SheetRow, ...]:
    """The rows of ``table``, top to bottom.

    ``units`` answers a plan of kind ``unit``, or a free one that says who reports, with the units it repeats
    for, in order. ``own`` are the sheet's stored repeated rows: they come in their stored order, units that
    joined since follow behind. Where ``held`` tells the rows that hold anything, the row of a unit that left
    without a figure is left out.
    """
    if not table.repeats:
        return _printed_rows(table)
    return _rows(table, units, own, held)


def _printed_rows(table: Table) -> tuple[SheetRow, ...]:
    """The rows of a table in which none repeats: the same for every sheet, so they are made once."""
    known: tuple[SheetRow, ...] | None = vars(table).get("printed_rows")
    if known is None:
        known = vars(table)["printed_rows"] = _rows(table, lambda _: (), (), None)
    return known


def _rows(
    table: Table, units: UnitsOfPlan, own: Iterable[OwnRow], held: Container[str] | None
) -> tuple[SheetRow, ...]:
    stored = _Stored(defaultdict(list), held)
    for row in sorted(own, key=lambda r: (r.order, r.key)):
        stored.below[row.parent].append(row)
    rows: list[SheetRow] = []
    for plan in table.rows:
        rows.extend(_expand(plan, "", 0, units, stored))
    return tuple(rows)


class _Stored(Struct):
    """The repeated rows a sheet has of its own, and which rows hold anything (None: all of them)."""

    below: dict[str, list[OwnRow]]
    held: Container[str] | None


def _expand(plan: Row, parent: str, level: int, units: UnitsOfPlan, stored: _Stored) -> Iterator[SheetRow]:
    level += plan.level
    if plan.kind in ("unit", "free"):
        for number, row in enumerate(_repeated(plan, parent, units, stored), start=1):
            kind: RowKind = "unit" if row.unit is not None else plan.kind
            yield SheetRow(row.key, kind, row.label, str(number), level, plan, row.unit, _cells(plan))
            for child in plan.children:
                yield from _expand(child, row.key, level + 1, units, stored)
        return
    key = row_key(parent, plan)
    yield SheetRow(key, plan.kind, plan.label, plan.code, level, plan, None, _cells(plan))
    for child in plan.children:
        yield from _expand(child, key, level + 1, units, stored)


def _repeated(plan: Row, parent: str, units: UnitsOfPlan, stored: _Stored) -> list[OwnRow]:
    if plan.kind == "free" and plan.reports is None:
        return [row for row in stored.below[parent] if row.unit is None]
    today, held = {unit.uid: unit for unit in units(plan)}, stored.held
    rows = [row for row in stored.below[parent] if row.unit is not None or plan.kind == "free"]
    rows = [r for r in rows if r.unit is None or r.unit in today or held is None or r.key in held]
    rows = [replace(r, label=today[r.unit].name) if r.unit and r.unit in today else r for r in rows]
    known = {row.unit for row in rows}
    rows += [
        OwnRow(unit_key(parent, unit.uid), parent, 0, unit.uid, unit.name)
        for unit in today.values()
        if unit.uid not in known
    ]
    return rows


def _cells(plan: Row) -> frozenset[str] | None:
    if plan.heading:
        return frozenset()
    return frozenset(plan.only) or None


def _join(parent: str, part: str) -> str:
    return f"{parent}.{part}" if parent else part


def own_key(plan: Row) -> str:
    """A plan row's own part of the key: its key, else its printed number, else "tong" for the total row."""
    return plan.key or plan.code or ("tong" if plan.kind == "total" else "")


def row_key(parent: str, plan: Row) -> str:
    """The key of a row that is not repeated under ``parent``."""

    return _join(parent, own_key(plan))


def unit_key(parent: str, uid: str) -> str:
    """The key of the row of a unit under ``parent``."""
    return _join(parent, f"#{uid}")


def row_above(key: str) -> str:
    """The key of the row one stands under; "" at the top of a table."""
    return key.rpartition(".")[0]


def is_within(key: str, group: str) -> bool:
    """Whether a row is the row ``group`` or stands under it."""
    return key == group or key.startswith(f"{group}.")


def free_key(parent: str) -> str:
    """A new key for a free row under ``parent``; random, so that two rooms never make the same one."""
    import secrets  # a clerk adds such a row now and then; at every start it would cost 5 ms

    return _join(parent, "#" + "".join(secrets.choice(_LETTERS) for _ in range(8)))


def cell_scale(column: Column, row: SheetRow) -> int:
    """Decimals a figure of this cell may have: the row's where it is an indicator row, else the column's."""
    return column.scale if row.plan.scale is None else row.plan.scale


def cell_unit(column: Column, row: SheetRow, table_unit: str | None = None) -> str | None:
    """Unit of measure of a cell: the row's own, else the column's, else the whole table's."""
    return row.plan.unit or column.unit or table_unit


def cell_kind(column: Column, row: SheetRow) -> str:
    """Kind of a cell; a text column stays text in every row."""
    return "text" if column.kind == "text" else row.plan.value_kind or column.kind or "count"
