"""Keys that move the active cell, or with Shift the other end of the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from judapp.app.grid_moves import Place, Reach, Way
    from judapp.ui.grid.view import GridView


def move(view: GridView, way: Way, reach: Reach = "cell") -> None:
    """Make the cell that lies there the active one."""
    at = view.currentIndex()
    if at.isValid():
        view.put(view.sheet.index(*_target(view, (at.row(), at.column()), way, reach)))


def extend(view: GridView, way: Way, reach: Reach = "cell") -> None:
    """Select as far as the cell that lies there, from the selection's end that moves."""
    if view.currentIndex().isValid():
        view.extend_to(*_target(view, view.far(), way, reach))


def to_corner(view: GridView, *, last: bool, extending: bool = False) -> None:
    """Go to the first or the last cell of all, or select as far."""
    table = view.sheet.table
    if table is None or not table.rows or not table.columns:
        return
    row, column = (len(table.rows) - 1, len(table.columns) - 1) if last else (0, 0)
    if extending:
        view.extend_to(row, column)
    else:
        view.put(view.sheet.index(row, column))


def step(view: GridView, way: Way) -> None:
    """Enter and Tab: the next cell that waits; inside a selection of several cells, the next one of it.

    After Tabs, Enter goes on below the cell where the row began. A sheet on which nothing waits is walked
    cell by cell.
    """
    from judapp.app.grid_moves import beside, first_stop, next_stop, next_within

    table, at = view.sheet.table, view.currentIndex()
    if table is None or not at.isValid():
        return
    if view.several():
        found = next_within(table, view.areas(), (at.row(), at.column()), way)
        if found is not None:
            view.activate(view.sheet.index(*found))
            return
    column = at.column()
    if way in ("right", "left"):
        view.row_begun = column if view.row_begun is None else view.row_begun
    elif view.row_begun is not None:
        column, view.row_begun = view.row_begun, None
    begun = view.row_begun
    found = next_stop(table, at.row(), column, way)
    if found is None and not table.cell(*first_stop(table)).enterable:
        found = beside(table, (at.row(), column), way)
    if found is not None:
        view.put(view.sheet.index(*found))
    view.row_begun = begun


def select_columns(view: GridView) -> None:
    """Select the whole columns of the selection."""
    _widen(view, rows=True, columns=False)


def select_rows(view: GridView) -> None:
    """Select the whole rows of the selection."""
    _widen(view, rows=False, columns=True)


def select_block(view: GridView) -> None:
    """Select the filled block round the active cell; where it is selected already, everything."""
    from judapp.app.grid_moves import block

    table, at = view.sheet.table, view.currentIndex()
    if table is None or not at.isValid():
        return
    found = block(table, (at.row(), at.column()))
    if found == view.area():
        _widen(view, rows=True, columns=True)
    else:
        view.select_areas((found,))


def _widen(view: GridView, *, rows: bool, columns: bool) -> None:
    from judapp.app.pasting import Area

    areas, table = view.areas(), view.sheet.table
    if not areas or table is None:
        return
    last_row, last_column = len(table.rows) - 1, len(table.columns) - 1
    view.select_areas(
        [
            Area(
                0 if rows else area.top,
                0 if columns else area.left,
                last_row if rows else area.bottom,
                last_column if columns else area.right,
            )
            for area in areas
        ]
    )


def _target(view: GridView, at: Place, way: Way, reach: Reach) -> Place:
    from judapp.app.grid_moves import beside, edge, end

    table = view.sheet.table
    assert table is not None  # a cell is active
    if reach == "edge":
        return edge(table, at, way)
    if reach == "end":
        return end(table, at, way)
    return beside(table, at, way, _page(view, at[0], way) if reach == "page" else 1)


def _page(view: GridView, row: int, way: Way) -> int:
    """How many rows fit on the screen, from ``row`` on."""
    room, rows = view.viewport().height(), 0
    ahead = range(row + 1, view.sheet.rowCount()) if way == "down" else range(row - 1, -1, -1)
    for other in ahead:
        room -= view.stub.sectionSize(other)
        if room < view.stub.sectionSize(row):
            break
        rows += 1
    return max(rows, 1)
