"""The two layers of a table: what is reported, and "Trong đó ước tính", which is the estimated part alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from judapp.app.grid_tables import ungrouped
from judapp.app.grid_text import address_of
from judapp.app.grid_view import PENDING, CellView, SheetView, TableView
from judapp.domain.entry import Layer
from judapp.domain.shape import CellKey
from judapp.errors import JudappError

_STATED_IN = ("open", "reported")
"""Kinds of cells whose estimated part somebody states."""


def layered(table: TableView, layer: Layer) -> TableView:
    """``table`` as it is shown in a layer; its cells are made as they are looked at."""
    if layer == "printed":
        return table
    return replace(table, cells=_EstimatedCells(table.cells), estimates_alone=True)


def why_shut(view: SheetView, key: CellKey, layer: Layer) -> JudappError | None:
    """ENT-003 for a cell that takes no estimated part because nobody has reported its figure yet.

    None for any other cell: one that takes what is typed, or that nobody fills in any layer.
    """
    cell = view.tables[view.table_of(key[0])].cells.get(key)
    if layer == "printed" or cell is None or not _is_stated(cell) or cell.state == "":
        return None
    return JudappError("ENT-003", address=address_of(view, key))


def _is_stated(cell: CellView) -> bool:
    """Whether somebody may state an estimated part of the figure, as soon as there is one."""
    return cell.enterable and cell.kind in _STATED_IN


class _EstimatedCells(Mapping[CellKey, CellView]):
    """The cells of a table with their estimated parts for figures."""

    def __init__(self, printed: Mapping[CellKey, CellView]) -> None:
        self._printed = printed

    def __getitem__(self, key: CellKey) -> CellView:
        return _estimated(self._printed[key])

    def __iter__(self) -> Iterator[CellKey]:
        return iter(self._printed)

    def __len__(self) -> int:
        return len(self._printed)


@lru_cache(20_000)  # one object for equal cells is quick to compare
def _estimated(cell: CellView) -> CellView:
    """A cell that shows, and takes, its estimated part; only what has a number has one."""
    if cell.state == "remit":
        return replace(cell, enterable=False, typed="")
    partial = cell.estimate.startswith(PENDING)
    return replace(
        cell,
        text=cell.estimate,
        typed="" if partial else ungrouped(cell.estimate),
        state="partial" if partial else "" if cell.estimate else "empty",
        left=False,
        enterable=_is_stated(cell) and cell.state == "",
        estimated=False,
    )
