"""From one list of rows and columns to another, step by step: what is open at a cell stays open there.

A model that is made anew closes every editor: the word somebody is in the middle of would end there. Told of
each row that comes, goes or moves, the editor goes along with its cell, and the input method notices nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from judapp.app.grid_view import TableView
    from judapp.domain.shape import CellKey
    from judapp.ui.grid.model import SheetModel


def has_cell(table: TableView, key: CellKey) -> bool:
    """Whether a cell has a place in a table."""
    return (
        key[0] == table.key
        and any(line.key == key[1] for line in table.rows)
        and any(leaf.name == key[2] for leaf in table.columns)
    )


def named(table: TableView, key: CellKey) -> str:
    """A cell of a table for a sentence that is read when it is gone: number and label of its row, column."""
    line = next(line for line in table.rows if line.key == key[1])
    leaf = next(leaf for leaf in table.columns if leaf.name == key[2])
    column = f"({leaf.code})" if leaf.code else leaf.label
    return " · ".join(filter(None, (line.path, line.label, column)))


class _Told(Struct, frozen=True):
    """How a model tells of lines of one direction that come and go; ``at`` is the line of a place."""

    removing: Callable[[QModelIndex, int, int], None]
    removed: Callable[[], None]
    inserting: Callable[[QModelIndex, int, int], None]
    inserted: Callable[[], None]
    at: Callable[[QModelIndex], int]
    moved: Callable[[QModelIndex, int], QModelIndex]
    """The place on another line."""


def weave(model: SheetModel, former: TableView, table: TableView, take: Callable[[TableView], None]) -> None:
    """Bring ``model`` from ``former`` to ``table``; ``take`` has it show a table on the way.

    Both are views of the same table: a row is the same by its key, a column by its name.
    """
    rows = _Told(
        model.beginRemoveRows,
        model.endRemoveRows,
        model.beginInsertRows,
        model.endInsertRows,
        lambda index: index.row(),
        lambda index, row: model.index(row, index.column()),
    )
    columns = _Told(
        model.beginRemoveColumns,
        model.endRemoveColumns,
        model.beginInsertColumns,
        model.endInsertColumns,
        lambda index: index.column(),
        lambda index, column: model.index(index.row(), column),
    )
    lines = {line.key: line for line in (*former.rows, *table.rows)}
    leaves = {leaf.name: leaf for leaf in (*former.columns, *table.columns)}

    def take_rows(keys: Sequence[str]) -> None:
        take(replace(table, rows=tuple(lines[key] for key in keys), columns=former.columns))

    def take_columns(names: Sequence[str]) -> None:
        take(replace(table, columns=tuple(leaves[name] for name in names)))

    _weave(model, [line.key for line in former.rows], [line.key for line in table.rows], take_rows, rows)
    names = [leaf.name for leaf in table.columns]
    _weave(model, [leaf.name for leaf in former.columns], names, take_columns, columns)
    take(table)


def _weave(
    model: SheetModel,
    former: Sequence[str],
    wanted: Sequence[str],
    take: Callable[[Sequence[str]], None],
    told: _Told,
) -> None:
    shown, coming, known = list(former), set(wanted), set(former)
    for first, last in reversed(_runs([name not in coming for name in shown])):
        told.removing(QModelIndex(), first, last)
        del shown[first : last + 1]
        take(shown)
        told.removed()
    ordered = [name for name in wanted if name in known]
    if ordered != shown:
        model.layoutAboutToBeChanged.emit()
        places = model.persistentIndexList()
        stood, stands = shown, {name: at for at, name in enumerate(ordered)}
        shown = ordered
        take(shown)
        moved = [told.moved(place, stands[stood[told.at(place)]]) for place in places]
        model.changePersistentIndexList(places, moved)
        model.layoutChanged.emit()
    for first, last in _runs([name not in known for name in wanted]):
        told.inserting(QModelIndex(), first, last)
        shown[first:first] = wanted[first : last + 1]
        take(shown)
        told.inserted()


def _runs(wanted: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last places of the true ones that stand together."""
    found: list[tuple[int, int]] = []
    for at, true in enumerate(wanted):
        if true and found and found[-1][1] == at - 1:
            found[-1] = found[-1][0], at
        elif true:
            found.append((at, at))
    return found
