"""Where Enter and Tab lead in the entry grid: from one cell that waits for a figure to the next."""

from __future__ import annotations

from typing import Literal

from judapp.app.grid_view import TableView

Way = Literal["down", "up", "right", "left"]

_STOPS = ("open", "words", "reported")


def next_stop(table: TableView, row: int, column: int, way: Way) -> tuple[int, int] | None:
    """The next cell one types into, from the place ``row``, ``column``; None where there is no further one.

    Down and up go on in the next or previous column, right and left in the next or previous row. What the
    program reckons, what the form does not have and what is not this reporter's is passed over.
    """
    rows, columns = len(table.rows), len(table.columns)
    along = way in ("down", "up")
    forward = way in ("down", "right")
    size = rows * columns
    at = column * rows + row if along else row * columns + column
    for place in range(at + 1, size) if forward else range(at - 1, -1, -1):
        here = (place % rows, place // rows) if along else (place // columns, place % columns)
        cell = table.cell(*here)
        if cell.enterable and cell.kind in _STOPS:
            return here
    return None


def first_stop(table: TableView) -> tuple[int, int]:
    """The first cell one types a figure into, else words, reading down the columns; else the first of all."""
    at = words = next_stop(table, -1, 0, "down")
    while at is not None and table.cell(*at).kind == "words":
        at = next_stop(table, *at, "down")
    return at or words or (0, 0)
