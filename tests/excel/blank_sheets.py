"""Small worksheets of a blank, written as a person sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from judapp.domain.cell_name import Position
from judapp.excel.blank import BlankSheet, Looks
from judapp.excel.grid import Area, GridCell, SheetDraft


def at(name: str) -> Position:
    """The place of "B7"."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", name)
    assert found is not None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def area(name: str) -> Area:
    """The block of "B7:C9"."""
    first, _, last = name.partition(":")
    return Area(*at(first), *at(last or first))


def sheet(
    cells: Mapping[str, str | float],
    merges: str = "",
    *,
    name: str = "Sheet1",
    bold: str = "",
    centred: str = "",
    hidden_rows: tuple[int, ...] = (),
) -> BlankSheet:
    """A worksheet with texts in ``cells``, blocks merged, some cells bold or centred."""
    draft = SheetDraft(name)
    draft.cells = {at(place): GridCell(content) for place, content in cells.items()}
    draft.merges = [area(block) for block in merges.split()]
    draft.hidden_rows = [(row, row) for row in hidden_rows]
    looks: dict[Position, Looks] = {at(place): Looks(bold=True) for place in bold.split()}
    for place in centred.split():
        looks[at(place)] = Looks(bold=at(place) in looks, align="center")
    return BlankSheet(draft.done(), looks, {}, {})
