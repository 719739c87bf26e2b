"""From "for each" to places: one instance of an expression for every row and column it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sized
from functools import cached_property

from msgspec import Struct

from judapp.domain.catalogue import ColumnKind, RowKind
from judapp.domain.expression.nodes import (
    AGGREGATES,
    BinOp,
    Call,
    Cells,
    Compare,
    Neg,
    Node,
    Ref,
    children,
)

ADDED_UP: frozenset[ColumnKind] = frozenset({"count", "money", "decimal"})
"""Kinds a relation without columns speaks of: averages, rates and words are never added up."""

_HEADING: frozenset[str] = frozenset()


class RowShape(Struct, frozen=True):
    """A row of a sheet: its key, its kind, and the columns that exist in it (None: all; empty: a heading)."""

    key: str
    kind: RowKind = "fixed"
    cells: frozenset[str] | None = None


class TableShape(Struct, frozen=True, dict=True):
    """The rows and the leaf columns (name, kind) of one table of a sheet."""

    rows: tuple[RowShape, ...]
    columns: tuple[tuple[str, ColumnKind], ...]

    @cached_property
    def column_names(self) -> frozenset[str]:
        """The names of all columns."""
        return frozenset(name for name, _ in self.columns)

    @cached_property
    def _by_key(self) -> dict[str, RowShape]:
        return {row.key: row for row in self.rows}

    @cached_property
    def _below(self) -> dict[str, dict[str, str]]:
        """The keys directly below every key, in order, each with its last segment."""
        below: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.rows:
            parent = ""
            for at, segment in enumerate(row.key.split(".")):
                key = f"{parent}.{segment}" if at else segment
                below[parent][key] = segment
                parent = key
        return below

    def exists(self, row: str, col: str) -> bool:
        """Whether there is a cell in ``row`` and ``col``."""
        shape = self._by_key.get(row)
        return shape is not None and col in (self.column_names if shape.cells is None else shape.cells)

    def matching(self, pattern: tuple[str, ...], repeated: str | None = None) -> list[str]:
        """The keys of the rows ``pattern`` names, in order.

        ``*`` is any one segment but a total row's; ``#`` the segment ``repeated``, or any repeated one where
        that is None.
        """
        found = [""]
        for part in pattern:
            wanted = repeated if repeated and part == "#" else part
            found = [key for parent in found for key in self._children(parent, wanted)]
        return [key for key in found if key in self._by_key]

    def _children(self, parent: str, part: str) -> list[str]:
        below = self._below.get(parent, {})
        if part == "#":
            return [key for key, segment in below.items() if segment.startswith("#")]
        if part == "*":
            return [key for key in below if key not in self._by_key or self._by_key[key].kind != "total"]
        return [f"{parent}.{part}" if parent else part]


Shape = Mapping[str, TableShape]
"""The tables of a sheet by their keys."""


class Bound(Struct, frozen=True):
    """An expression at one place.

    ``node`` holds :class:`Cells` for every reference; ``rule`` is the expression as written. ``row`` and
    ``col`` are what "for each" and ``repeated`` what ``#`` stands for here, None where the rule has no such;
    an environment completes the references to other forms from them.
    """

    node: Node
    rule: Node
    row: str | None = None
    col: str | None = None
    repeated: str | None = None


def instances(node: Node, shape: Shape, table: str = "") -> list[Bound]:
    """``node`` at every place of a sheet of ``shape`` it speaks of, in the order of rows and columns.

    ``table`` is meant where a reference names none. A rule without a row holds for each row that is no
    heading, one without a column for each column that is added up, one with ``#`` for each repeated row. A
    place where a cell does not exist is left out; :func:`problems` tells whether the rule is at fault.
    """
    refs = list(_refs(node))
    mine = [(shape.get(ref.table or table), ref) for ref, _ in refs if not ref.form]
    own = [(at, ref) for at, ref in mine if at is not None]
    free_rows = [at for at, ref in own if ref.row is None]
    free_cols = [at for at, ref in own if ref.col is None]
    hashes = [(at, ref.row) for at, ref in own if ref.row and "#" in ref.row]
    rows = _each(free_rows, (row.key for at in free_rows for row in at.rows if row.cells != _HEADING))
    cols = _each(free_cols, (name for at in free_cols for name, kind in at.columns if kind in ADDED_UP))
    segments = _each(hashes, (_segment(key, row) for at, row in hashes for key in at.matching(row)))
    found = []
    for repeated in segments:
        for row in rows:
            for col in cols:
                cells = [_bound(ref, in_list, shape, table, row, col, repeated) for ref, in_list in refs]
                if all(cells):
                    placed = _replaced(node, iter([c for c in cells if c]))
                    found.append(Bound(placed, node, row, col, repeated))
    return found


def problems(node: Node, shape: Shape, table: str = "") -> list[tuple[str, dict[str, str]]]:
    """Every fault of ``node`` against the form it belongs to, as codes and parameters of the catalogue.

    DEF-121 no such table, DEF-122 no row matches, DEF-123 no such column, DEF-124 the column does not exist
    in the row, DEF-125 the rule holds nowhere. ``shape`` needs one sample row for each repeated row of the
    definition. References to other forms are not looked at.
    """
    found: list[tuple[str, dict[str, str]]] = []
    for ref, _ in _refs(node):
        fault = None if ref.form else _problem(ref, shape, ref.table or table)
        if fault and fault not in found:
            found.append(fault)
    if not found and not instances(node, shape, table):
        found.append(("DEF-125", {}))
    return found


def _problem(ref: Ref, shape: Shape, table: str) -> tuple[str, dict[str, str]] | None:
    if table not in shape:
        return "DEF-121", {"table": table}
    at = shape[table]
    if ref.col is not None and ref.col not in at.column_names:
        return "DEF-123", {"table": table, "column": ref.col}
    if ref.row is None:
        return None
    row = ".".join(ref.row)
    keys = at.matching(ref.row)
    if not keys:
        return "DEF-122", {"table": table, "row": row}
    if ref.col is not None and not any(at.exists(key, ref.col) for key in keys):
        return "DEF-124", {"table": table, "row": row, "column": ref.col}
    return None


def _refs(node: Node, in_list: bool = False) -> Iterator[tuple[Ref, bool]]:
    """The references of ``node`` in order, each with whether a function makes one value of its cells."""
    if isinstance(node, Ref):
        yield node, in_list
    for child in children(node):
        yield from _refs(child, isinstance(node, Call) and node.name in AGGREGATES)


def _bound(
    ref: Ref, in_list: bool, shape: Shape, table: str, row: str | None, col: str | None, repeated: str | None
) -> Cells | None:
    """``ref`` at one place; None where one of its cells does not exist there."""
    if ref.form:
        pattern = () if ref.row is None else (".".join(ref.row),)
        cols = () if ref.col is None else (ref.col,)
        several = in_list or ref.row is None or ref.col is None or "*" in ref.row or "#" in ref.row
        return Cells(ref.form, ref.table, pattern, cols, ref.when, ref.est, several)
    key = ref.table or table
    at, name = shape.get(key), ref.col or col or ""
    if at is None:
        return None
    many = ref.row is not None and "*" in ref.row
    keys = [row or ""] if ref.row is None else at.matching(ref.row, repeated)
    existing = tuple(found for found in keys if at.exists(found, name))
    return Cells("", key, existing, (name,), ref.when, ref.est, many) if many or existing else None


def _segment(key: str, pattern: tuple[str, ...]) -> str:
    return key.split(".")[pattern.index("#")]


def _each(asked: Sized, found: Iterable[str]) -> list[str | None]:
    """What a variable of the rule stands for, in order; one None where the rule has no such variable."""
    return list(dict.fromkeys(found)) if asked else [None]


def _replaced(node: Node, cells: Iterator[Cells]) -> Node:
    """``node`` with its references replaced, in order, by ``cells``."""
    match node:
        case Ref():
            return next(cells)
        case Neg(operand):
            return Neg(_replaced(operand, cells))
        case BinOp(op, left, right):
            return BinOp(op, _replaced(left, cells), _replaced(right, cells))
        case Call(name, args):
            return Call(name, tuple(_replaced(arg, cells) for arg in args))
        case Compare(operands, ops, tolerance):
            return Compare(tuple(_replaced(part, cells) for part in operands), ops, tolerance)
        case _:
            return node
