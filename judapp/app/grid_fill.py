"""Ctrl+D and Ctrl+R in the entry grid: which cell is copied into which."""

from __future__ import annotations

from typing import Literal

from judapp.app.grid_moves import Place
from judapp.app.grid_view import TableView
from judapp.app.pasting import Area

FillWay = Literal["down", "right"]

_TAKING = ("open", "words", "reported")
"""Kinds of cells that are filled; a total is left to the program even where it could be typed."""


def fill_label(form: str, cells: int, way: FillWay) -> str:
    """The name of the act in undo and history."""
    return f"Điền {'xuống' if way == 'down' else 'sang phải'} {cells} ô, biểu {form}"


def filled_from(table: TableView, area: Area, way: FillWay) -> list[tuple[Place, Place]]:
    """Pairs of places, from where and to where: the first row (column) of ``area`` into its other ones.

    An area of one row (column) is filled from the one before it, as in Excel. What is reckoned, what the form
    does not have and what cannot be typed is passed over; a place without a cell gives nothing.
    """
    down = way == "down"
    first, last = (area.top, area.bottom) if down else (area.left, area.right)
    source = first - 1 if first == last else first
    if source < 0:
        return []
    lines = range(area.left, area.right + 1) if down else range(area.top, area.bottom + 1)
    pairs = []
    for line in lines:
        start = (source, line) if down else (line, source)
        if table.cell(*start).kind == "absent":
            continue
        for to in range(source + 1, last + 1):
            place = (to, line) if down else (line, to)
            cell = table.cell(*place)
            if cell.enterable and cell.kind in _TAKING:
                pairs.append((start, place))
    return pairs
