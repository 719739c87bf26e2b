"""Words about cells of the entry grid: where one is, how a text will be read, what a selection comes to."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from judapp.app.grid_tables import number_text, places_of
from judapp.app.grid_view import NIL, OUT_OF_REMIT, PENDING, SheetView, TableView
from judapp.app.pasting import Area, copied_cell
from judapp.domain.entry import typed
from judapp.domain.figure import Figure, State
from judapp.domain.number import format_vi, unscaled
from judapp.domain.shape import CellKey, Spot
from judapp.errors import JudappError
from judapp.messages import text

_SUMMED = ("count", "money", "decimal")
"""Kinds of figures that add up; averages and rates never do."""

_SIGNS = {
    State.NIL: (NIL, "ENY-value-nil"),
    State.PENDING: (PENDING, "ENY-value-pending"),
    State.OUT_OF_REMIT: (OUT_OF_REMIT, "ENY-value-remit"),
}


def address_of(view: SheetView, key: CellKey) -> str:
    """A cell as the name box says it: "I.2 · (7)"; by its labels where nothing is printed."""
    table = view.tables[view.table_of(key[0])]
    line = next(row for row in table.rows if row.key == key[1])
    leaf = next(column for column in table.columns if column.name == key[2])
    column = f"({leaf.code})" if leaf.code else leaf.label
    return " · ".join(filter(None, (line.path or line.label, column)))


def figure_text(figure: Figure, spot: Spot, lang: str) -> str:
    """A stored figure in words: the number, the sign and name of a state, or the text that was typed."""
    if figure.value is not None:
        return number_text(unscaled(figure.value, spot.scale), places_of(spot))
    if figure.state in _SIGNS:
        sign, code = _SIGNS[figure.state]
        return f"{sign} {text(code, lang)}"
    return figure.text or ""


def reading(view: SheetView, key: CellKey, words: str, lang: str = "vi") -> str:
    """How text that is being typed will be read: "⇒ 352.400.000 đồng, trong đó ước tính 22.400.000"."""
    spot = view.spots.get(key)
    if spot is None or not words.strip():
        return ""
    try:
        figure = typed(words, spot, view.period)
    except JudappError as error:
        return text(error.code, lang, **error.params)
    if figure.state is State.UNREADABLE:
        return text("ENY-read-unreadable", lang)
    if figure.state is State.TEXT:
        return ""
    shown = figure_text(figure, spot, lang)
    if figure.value is None:
        return text("ENY-read", lang, value=shown, unit="").rstrip()
    if figure.estimate is not None:
        estimate = number_text(unscaled(figure.estimate, spot.scale), places_of(spot))
        return text("ENY-read-estimate", lang, value=shown, unit=spot.unit or "", estimate=estimate)
    return text("ENY-read", lang, value=shown, unit=spot.unit or "").rstrip()


def summary(table: TableView, area: Area, lang: str = "vi") -> str:
    """What the selected cells come to: how many figures, their sum where they are of one unit."""
    total, counted, states = Decimal(0), 0, Counter[str]()
    units: set[str] = set()
    summed = True
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            cell = table.cell(row, column)
            if cell.state == "" and cell.kind != "absent":
                total += Decimal(copied_cell(cell).replace(",", "."))
                counted += 1
                units.add(cell.unit.casefold())
                summed = summed and table.columns[column].kind in _SUMMED
            else:
                states[cell.state] += 1
    parts = [text("ENY-sum-count", lang, n=counted)]
    if counted and summed and len(units) == 1:
        parts.insert(0, text("ENY-sum-total", lang, total=format_vi(total)))
    if states["pending"]:
        parts.append(text("ENY-sum-pending", lang, n=states["pending"]))
    return " · ".join(parts)
