"""Keys that put what stands in one cell into others: Ctrl+D, Ctrl+R, Ctrl+' and Ctrl+Enter, each one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.errors import JudappError

if TYPE_CHECKING:
    from judapp.app.grid_fill import FillWay
    from judapp.app.pasting import Area
    from judapp.ui.grid.view import GridView


def fill_down(view: GridView) -> None:
    """The selection's first row into its other rows; for one row, the row above."""
    _fill(view, "down", view.areas())


def fill_right(view: GridView) -> None:
    """The selection's first column into its other columns; for one column, the column at its left."""
    _fill(view, "right", view.areas())


def take_above(view: GridView) -> None:
    """The cell above into the active cell, whatever else is selected."""
    from judapp.app.pasting import Area

    at = view.currentIndex()
    if at.isValid():
        _fill(view, "down", (Area(at.row(), at.column(), at.row(), at.column()),))


def fill_selection(view: GridView) -> None:
    """What is being typed, else what stands in the active cell, into every selected cell."""
    editor = view.cells.editor
    if editor is None:
        view.fill(view.sheet.typed(view.currentIndex()))
        return
    editor.settle()
    text = editor.text()
    if view.several():
        view.cells.drop(editor)
        view.fill(text)
    else:
        view.cells.commit(editor)


def _fill(view: GridView, way: FillWay, areas: tuple[Area, ...]) -> None:
    """Fill one rectangle; of several apart from each other nobody knows which cell is to be copied."""
    from judapp.app.grid_fill import filled_from

    table = view.sheet.table
    if table is None or not areas:
        return
    if len(areas) > 1:
        view.refused.emit(JudappError("PST-005"))
        return
    texts = {}
    for source, to in filled_from(table, areas[0], way):
        key, text = table.key_at(*to), view.text_at(*source)
        if text != view.sheet.typed(view.sheet.index(*to)) or view.sheet.uncertain(key):
            texts[key] = text
    if texts:
        view.filled.emit(texts, way)
