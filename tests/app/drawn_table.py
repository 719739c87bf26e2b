"""Tables of the entry grid drawn as text, for tests of what moves, copies and pastes in them."""

from __future__ import annotations

from collections.abc import Mapping

from judapp.app.grid_view import CellView, LeafColumn, RowLine, TableView
from judapp.domain.shape import CellKey, Spot
from tests.domain.builders import spot


def table(*lines: str, labels: tuple[str, ...] = (), kinds: str = "") -> TableView:
    """A table drawn as text: ``o`` open, ``w`` words, ``Σ`` computed, ``r`` reported, ``.`` no cell.

    A digit is an open cell that holds it. ``kinds`` gives each column's: ``c`` count, ``d`` one decimal,
    ``r`` rate. Columns are numbered from 1, a row of Σ alone is reckoned.
    """
    signs = {"o": "open", "w": "words", "Σ": "computed", "r": "reported"}
    names = {"c": "count", "d": "decimal", "r": "rate"}
    cells = {}
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            if sign != ".":
                kind = signs.get(sign, "open")
                shown = (sign, sign, kind, "") if sign.isdigit() else ("", "", kind, "empty")
                cells["", str(row), str(column)] = CellView(*shown, enterable=kind != "Σ", unit="việc")
    width = len(lines[0])
    kinds = kinds or "c" * width
    columns = tuple(
        LeafColumn(str(n), str(n + 1), f"Cột {n + 1}", "việc", names[kinds[n]], (f"Cột {n + 1}",))
        for n in range(width)
    )
    rows = tuple(
        RowLine(
            str(n),
            str(n + 1),
            labels[n] if labels else "",
            (labels[n],) if labels else (),
            0,
            "fixed",
            computed=set(lines[n]) == {"Σ"},
        )
        for n in range(len(lines))
    )
    return TableView("", "", ("Tên",), columns, 1, True, (), (), rows, cells)


def spots(view: TableView) -> Mapping[CellKey, Spot]:
    """What the columns of ``view`` say about their cells."""
    found = {}
    for key, cell in view.cells.items():
        leaf = view.columns[int(key[2])]
        kind = "text" if cell.kind == "words" else leaf.kind
        found[key] = spot(kind=kind, scale=int(kind == "decimal"))
    return found
