"""What somebody means who types a text into a cell: letters of the keyboard that are digits, two readings."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from judapp.app.grid_view import SheetView
from judapp.domain.entry import Layer, Numbers, digits_of_row, two_readings, typed
from judapp.domain.number import format_vi
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.shape import CellKey, Spot
from judapp.errors import JudappError
from judapp.messages import text as words


class Meant(Struct, frozen=True):
    """Texts as they are entered, and what of them is to be told or asked."""

    texts: Mapping[CellKey, str]
    """What is entered at once."""
    letters: Mapping[CellKey, str]
    """Texts of letters that were read as digits (CEL-004), as they were typed."""
    asked: Mapping[CellKey, str]
    """Texts with two readings. They are entered as text until somebody says which; of the estimated layer,
    where no text can stand, only then."""


def by_hand(text: str, spot: Spot | None) -> str:
    """``text`` with letters of Windows' Vietnamese number row as the digits they mean, in figure cells."""
    return text if spot is None or spot.kind == "text" else digits_of_row(text) or text


def meant(view: SheetView, texts: Mapping[CellKey, str], layer: Layer, numbers: Numbers) -> Meant:
    """What is meant by ``texts`` typed into cells of a sheet; ``numbers`` is what was said in it before."""
    read = {
        key: text if stands(view, key, text) else by_hand(text, view.spots.get(key))
        for key, text in texts.items()
    }
    asked = {
        key: text
        for key, text in read.items()
        if numbers == "ask" and key[0] != NOTES_TABLE and choices(view, key, text)
    }
    return Meant(
        {key: text for key, text in read.items() if layer == "printed" or key not in asked},
        {key: text for key, text in texts.items() if read[key] != text},
        asked,
    )


def still_digits(view: SheetView, letters: Mapping[CellKey, str]) -> dict[CellKey, str]:
    """Those of ``letters`` whose cells still hold the digits they were read as."""
    return {key: text for key, text in letters.items() if _value(view, key) == _value(view, key, text)}


def _value(view: SheetView, key: CellKey, text: str | None = None) -> int | None:
    """What a cell holds, or would hold if ``text`` were typed into it."""
    spot = view.spots[key]
    standing = view.tables[view.table_of(key[0])].cells[key].typed
    return typed(standing if text is None else by_hand(text, spot), spot, view.period).value


def stands(view: SheetView, key: CellKey, text: str) -> bool:
    """Whether a cell holds a text that was kept as it is."""
    cell = view.tables[view.table_of(key[0])].cells.get(key)
    return cell is not None and cell.state == "unreadable" and cell.typed == text


def choices(view: SheetView, key: CellKey, text: str, lang: str = "vi") -> tuple[tuple[Numbers, str], ...]:
    """The readings of ``text`` that the cell can hold, in words: "1 nghìn 234", "1 phẩy 234"."""
    spot = view.spots.get(key)
    asked = two_readings(text, spot) if spot is not None else None
    if spot is None or asked is None:
        return ()
    whole, _, decimals = format_vi(abs(asked.decimal)).partition(",")
    sign = "−" if asked.grouped < 0 else ""
    rest = f"{abs(int(asked.grouped)) % 1000:03}"
    grouped = words("RDG-grouped", lang, thousands=sign + whole, rest="" if rest == "000" else rest).rstrip()
    decimal = words("RDG-decimal", lang, whole=sign + whole, rest=decimals)
    said: tuple[tuple[Numbers, str], ...] = (("grouped", grouped), ("decimal", decimal))
    return tuple((how, each) for how, each in said if _holds(view, spot, text, how))


def _holds(view: SheetView, spot: Spot, text: str, numbers: Numbers) -> bool:
    try:
        return typed(text, spot, view.period, numbers=numbers).value is not None
    except JudappError:  # "1.234+5" in a final round is refused as such, whatever it means
        return False
