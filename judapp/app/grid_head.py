"""The head of a form's tables as boxes over its own columns: what the printed layout says, without paper.

On a worksheet two tables share columns, so a column of one may span several of the worksheet; here every
column of a table is counted once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Column, Form, Table
from judapp.domain.layout import Heading, Item, layout
from judapp.domain.rows import expand


class HeadBox(Struct, frozen=True):
    """A rectangle of the head: from ``row``, ``column`` (both from 0) over ``rows`` and ``columns``."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    number: bool = False
    """Whether it is a number of the row of column numbers."""


class Head(Struct, frozen=True):
    """The head of one table: the part over the stub and the one over the figures, each counted from 0."""

    levels: int
    """Rows, that of the column numbers included."""
    numbered: bool
    stub: tuple[HeadBox, ...]
    figures: tuple[HeadBox, ...]


def heads_of(form: Form) -> Mapping[str, Head]:
    """The head of each table of ``form``, by the table's key; remembered, because it never changes."""
    found = _heads.get(id(form.tables))  # the tables are kept, so that no other tuple has their id meanwhile
    if found is None:
        if len(_heads) >= _CACHED:
            _heads.pop(next(iter(_heads)))
        found = _heads[id(form.tables)] = (form.tables, _heads_of(form))
    return found[1]


_CACHED = 256
_heads: dict[int, tuple[tuple[Table, ...], dict[str, Head]]] = {}


def _heads_of(form: Form) -> dict[str, Head]:
    # A blank: rows of units and free rows make it no wider, and the head is the same.
    laid = layout(form, {table.key: expand(table, lambda _: ()) for table in form.tables}, Heading())
    found = {}
    for table, band in zip(form.tables, laid.bands, strict=True):
        items = [
            item
            for item in laid.items
            if item.role in ("head", "number") and band.first_head_row <= item.box.row < band.first_row
        ]
        found[table.key] = _head(table, items, band.first_head_row, band.first_row, band.number_row)
    return found


def _head(table: Table, items: Sequence[Item], first: int, below: int, number_row: int | None) -> Head:
    # Every column begins where a box begins: its own name stands over it alone.
    starts = sorted({item.box.column for item in items})
    stubs = len(table.stub)
    boxes = [
        HeadBox(
            item.box.row - first,
            at := bisect_left(starts, item.box.column),
            item.box.rows,
            bisect_right(starts, item.box.last_column) - at,
            item.text,
            item.role == "number",
        )
        for item in items
    ]
    return Head(
        below - first,
        number_row is not None,
        tuple(box for box in boxes if box.column < stubs),
        tuple(
            HeadBox(box.row, box.column - stubs, box.rows, box.columns, box.text, box.number)
            for box in boxes
            if box.column >= stubs
        ),
    )


def paths_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The labels above each figure column, from the topmost head down to its own, left to right."""
    return tuple(_paths(table.columns, ()))


def _paths(nodes: Sequence[Column], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        here = (*above, node.label) if node.label else above
        if node.children:
            yield from _paths(node.children, here)
        else:
            yield here
