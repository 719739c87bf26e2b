"""Where keys lead in the entry grid: Enter and Tab from one waiting cell to the next, others as in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from judapp.app.grid_view import TableView
from judapp.app.pasting import Area

Way = Literal["down", "up", "right", "left"]
Reach = Literal["cell", "page", "edge", "end"]
"""How far a key leads: to the next cell, a screen further, to the edge of what is filled, to the end."""

Place = tuple[int, int]
"""Row and figure column in the grid."""

_STOPS = ("open", "words", "reported")
_STEP: dict[Way, Place] = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def next_stop(table: TableView, row: int, column: int, way: Way) -> Place | None:
    """The next cell one types into, from the place ``row``, ``column``; None where there is no further one.

    Down and up go on in the next or previous column, right and left in the next or previous row. What the
    program reckons, what the form does not have, what is out of remit and what is not this reporter's is
    passed over.
    """
    rows, columns = len(table.rows), len(table.columns)
    along = way in ("down", "up")
    forward = way in ("down", "right")
    size = rows * columns
    at = column * rows + row if along else row * columns + column
    for place in range(at + 1, size) if forward else range(at - 1, -1, -1):
        here = (place % rows, place // rows) if along else (place // columns, place % columns)
        if _stops(table, here):
            return here
    return None


def next_within(table: TableView, areas: Sequence[Area], at: Place, way: Way) -> Place | None:
    """The next cell one types into inside a selection, round and round; None where the selection has none.

    ``areas`` are gone through one after the other, each down its columns or along its rows.
    """
    along = way in ("down", "up")
    size = sum(area.size for area in areas)
    here = _order(areas, at, along=along)
    step = 1 if way in ("down", "right") else -1
    for turn in range(1, size + 1):
        found = _at_order(areas, (here + step * turn) % size, along=along)
        if _stops(table, found):
            return found
    return None


def first_stop(table: TableView) -> Place:
    """The first cell one types a figure into, else words, reading down the columns; else the first of all."""
    at = words = next_stop(table, -1, 0, "down")
    while at is not None and table.cell(*at).kind == "words":
        at = next_stop(table, *at, "down")
    return at or words or (0, 0)


def beside(table: TableView, at: Place, way: Way, by: int = 1) -> Place:
    """The place ``by`` rows or columns further, at most the last one there."""
    down, right = _STEP[way]
    return (
        min(max(at[0] + down * by, 0), len(table.rows) - 1),
        min(max(at[1] + right * by, 0), len(table.columns) - 1),
    )


def edge(table: TableView, at: Place, way: Way) -> Place:
    """Where Ctrl and an arrow lead: the last filled cell of a block, the next filled one, or the end."""
    here, further = at, beside(table, at, way)
    if further == here:
        return here
    if filled(table, here) and filled(table, further):
        while further != here and filled(table, further):
            here, further = further, beside(table, further, way)
        return here
    while further != here:
        here, further = further, beside(table, further, way)
        if filled(table, here):
            break
    return here


def end(table: TableView, at: Place, way: Way) -> Place:
    """The last place of the row or column."""
    return beside(table, at, way, max(len(table.rows), len(table.columns)))


def block(table: TableView, at: Place) -> Area:
    """The filled block round a cell, empty rows and columns around it: what Ctrl+A takes first (Excel)."""
    found = Area(at[0], at[1], at[0], at[1])
    while True:
        wider = _grown(table, found)
        if wider == found:
            return found
        found = wider


def filled(table: TableView, at: Place) -> bool:
    """Whether anything stands in a cell."""
    return bool(table.cell(*at).text)


def _grown(table: TableView, area: Area) -> Area:
    """``area`` with each row and column beside it, corners included, in which anything stands."""
    top, left = max(area.top - 1, 0), max(area.left - 1, 0)
    bottom = min(area.bottom + 1, len(table.rows) - 1)
    right = min(area.right + 1, len(table.columns) - 1)

    def any_in(rows: range, columns: range) -> bool:
        return any(filled(table, (row, column)) for row in rows for column in columns)

    across, along = range(left, right + 1), range(top, bottom + 1)
    return Area(
        top if any_in(range(top, area.top), across) else area.top,
        left if any_in(along, range(left, area.left)) else area.left,
        bottom if any_in(range(area.bottom + 1, bottom + 1), across) else area.bottom,
        right if any_in(along, range(area.right + 1, right + 1)) else area.right,
    )


def _stops(table: TableView, at: Place) -> bool:
    cell = table.cell(*at)
    return cell.enterable and cell.kind in _STOPS and cell.state != "remit"


def _order(areas: Sequence[Area], at: Place, *, along: bool) -> int:
    """How many cells come before ``at``."""
    before = 0
    for area in areas:
        if area.holds(*at):
            row, column = at[0] - area.top, at[1] - area.left
            return before + (column * area.high + row if along else row * area.wide + column)
        before += area.size
    return -1


def _at_order(areas: Sequence[Area], order: int, *, along: bool) -> Place:
    """The cell that ``order`` others come before."""
    for area in areas:
        if order < area.size:
            if along:
                return area.top + order % area.high, area.left + order // area.high
            return area.top + order // area.wide, area.left + order % area.wide
        order -= area.size
    raise AssertionError("within the sizes")
