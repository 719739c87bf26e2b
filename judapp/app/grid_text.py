"""Words about cells of the entry grid: where one is, what stands there, how a text will be read."""

from __future__ import annotations

from judapp.app.grid_tables import number_text, places_of
from judapp.app.grid_view import NIL, OUT_OF_REMIT, PENDING, SheetView
from judapp.app.meant import by_hand
from judapp.domain.arithmetic import is_expression
from judapp.domain.checking import fault_of_figure
from judapp.domain.entry import Layer, Numbers, two_readings, typed, unreadable_because
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.number import format_vi, unscaled
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.shape import CellKey, Spot
from judapp.errors import JudappError
from judapp.messages import text

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


def place_of(view: SheetView, key: CellKey, lang: str = "vi") -> str:
    """:func:`address_of` of a cell, or what a place to fill in the notes is called."""
    if key[0] != NOTES_TABLE:
        return address_of(view, key)
    slots = [part for note in view.notes for part in note.parts if not isinstance(part, str)]
    label = next((slot.label for slot in slots if slot.key == key), "")
    return " ".join(label.split()) or text("SHT-place-and-date", lang)


def figure_text(figure: Figure, spot: Spot, lang: str) -> str:
    """A stored figure in words: the number, the sign and name of a state, or the text that was typed."""
    if figure.value is not None:
        return number_text(unscaled(figure.value, spot.scale), places_of(spot))
    if figure.state in _SIGNS:
        sign, code = _SIGNS[figure.state]
        return f"{sign} {text(code, lang)}"
    return figure.text or ""


def reading(
    view: SheetView,
    key: CellKey,
    words: str,
    lang: str = "vi",
    *,
    layer: Layer = "printed",
    numbers: Numbers = "ask",
) -> str:
    """How text that is being typed will be read: "⇒ 352.400.000 đồng, trong đó ước tính 22.400.000".

    What will be kept as text says why; what cannot be there (a negative count) is read and says so too.
    """
    spot = view.spots.get(key)
    if spot is None or not words.strip():
        return ""
    former, meant = _former(view, key, spot), by_hand(words, spot)
    try:
        figure = typed(meant, spot, view.period, former=former, layer=layer, numbers=numbers)
    except JudappError as error:
        return text(error.code, lang, **error.params)
    if figure.state is State.UNREADABLE:
        return _kept(words, spot, lang)
    if figure.state is State.TEXT:
        return ""
    shown = figure_text(figure, spot, lang)
    if figure.value is None:
        return text("ENY-read", lang, value=shown, unit="").rstrip()
    read = _number_read(figure, spot, words, shown, lang, layer)
    fault, _ = fault_of_figure(figure, spot)
    if fault in _IMPOSSIBLE:
        return text(_IMPOSSIBLE[fault], lang, read=read)
    return read


_IMPOSSIBLE = {"CEL-005": "RDG-over", "CEL-006": "RDG-negative"}
"""What is said of figures that are read and marked, by the code of their finding."""
_KEPT = {"CEL-002": "RDG-decimals", "CEL-010": "RDG-digits", "CEL-011": "RDG-zero", "CEL-012": "RDG-fraction"}
"""What is said of texts that are kept, by the code of their finding."""


def _number_read(figure: Figure, spot: Spot, words: str, shown: str, lang: str, layer: Layer) -> str:
    said = {"value": shown, "unit": spot.unit or ""}
    if figure.estimate is not None:
        estimate = number_text(unscaled(figure.estimate, spot.scale), places_of(spot))
        code = "RDG-part" if layer == "estimated" else "ENY-read-estimate"
        return text(code, lang, **said, estimate=estimate)
    if layer == "estimated":
        return text("RDG-part-none", lang)
    if by_hand(words, spot) != words:
        return text("RDG-letters", lang, **said, text=words.strip()).rstrip()
    return text("ENY-read", lang, **said).rstrip()


def _kept(words: str, spot: Spot, lang: str) -> str:
    asked = two_readings(words, spot)
    if asked is not None:
        grouped, decimal = format_vi(asked.grouped), format_vi(asked.decimal)
        return text("RDG-ask", lang, grouped=grouped, decimal=decimal)
    code, _ = unreadable_because(words, spot)
    if code == "CEL-001" and is_expression(words):
        return text("RDG-sum", lang)
    return text(_KEPT.get(code, "ENY-read-unreadable"), lang)


def _former(view: SheetView, key: CellKey, spot: Spot) -> Figure:
    """The figure that stands in a cell, as far as a bare number may keep some of it."""
    cell = view.tables[view.table_of(key[0])].cells.get(key)
    if cell is None or cell.state or not view.estimates:
        return EMPTY
    return typed(cell.typed, spot, view.period)
