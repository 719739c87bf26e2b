"""What a person means by a text, written down by hand: the judge of the random typists.

Every text stands with the cell it makes, so that no rule of reading is repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from judapp.app.grid_view import SheetView
from judapp.domain.shape import CellKey


class Cell(NamedTuple):
    """A cell as the file stores it; an empty one is not there at all."""

    state: int
    value: int | None = None
    estimate: int | None = None
    text: str | None = None


NUMBER, NIL, PENDING, OUT, UNREADABLE, TEXT = 1, 2, 3, 4, 5, 6
Model = Mapping[CellKey, Cell]

COUNTS: dict[str, Cell | None] = {
    "5": Cell(NUMBER, 5),
    "0": Cell(NUMBER, 0),
    "1.234": Cell(NUMBER, 1234),
    "12 000": Cell(NUMBER, 12_000),
    "999999999999999": Cell(NUMBER, 999_999_999_999_999),
    "(7)": Cell(NUMBER, -7),
    "-3": Cell(NUMBER, -3),
    "=12+30*2": Cell(NUMBER, 72),
    "120+15": Cell(NUMBER, 135, 15),
    "-": Cell(NIL),
    "..": Cell(PENDING),
    "⊘": Cell(OUT),
    "": None,
    "12O": Cell(UNREADABLE, text="12O"),
    "chín": Cell(UNREADABLE, text="chín"),
    "2,5": Cell(UNREADABLE, text="2,5"),
    "10000000000000000": Cell(UNREADABLE, text="10000000000000000"),
}
"""Texts in a column of whole numbers."""

DECIMALS: dict[str, Cell | None] = {
    "2,5": Cell(NUMBER, 25),
    "3": Cell(NUMBER, 30),
    "-0,5": Cell(NUMBER, -5),
    "10+0,5": Cell(NUMBER, 105, 5),
    "-": Cell(NIL),
    "": None,
    "2,55": Cell(UNREADABLE, text="2,55"),
    "x": Cell(UNREADABLE, text="x"),
}
"""Texts in a column with one decimal."""

WORDS: dict[str, Cell | None] = {
    "mới": Cell(TEXT, text="mới"),
    "12": Cell(TEXT, text="12"),
    "-": Cell(TEXT, text="-"),
    "=1+1": Cell(TEXT, text="=1+1"),
    "": None,
}
"""Texts in a column of words."""

_DECIMAL, _WORDS = "8", "9"


def texts_for(key: CellKey) -> dict[str, Cell | None]:
    """What may be typed into a cell, and what it makes."""
    return {_DECIMAL: DECIMALS, _WORDS: WORDS}.get(key[2], COUNTS)


def meant(key: CellKey, text: str, former: Cell | None) -> Cell | None:
    """What the cell holds then: a bare number keeps the estimated part that stood there (ux study, 4)."""
    found = texts_for(key)[text]
    if found is not None and found.state == NUMBER and "+" not in text.removeprefix("=12+30"):
        return found._replace(estimate=former.estimate if former is not None else None)
    return found


def after(model: Model, texts: Mapping[CellKey, str]) -> dict[CellKey, Cell]:
    """The cells once ``texts`` are entered."""
    made = dict(model)
    for key, text in texts.items():
        cell = meant(key, text, model.get(key))
        if cell is None:
            made.pop(key, None)
        else:
            made[key] = cell
    return made


def differences(one: SheetView, other: SheetView) -> list[str]:
    """What two views do not agree on, in few words."""
    found = []
    for mine, theirs in zip(one.tables, other.tables, strict=True):
        for key in mine.cells.keys() | theirs.cells.keys():
            if mine.cells.get(key) != theirs.cells.get(key):
                found.append(f"{key}: {mine.cells.get(key)} / {theirs.cells.get(key)}")
    for name in ("state", "unanswered", "estimated", "notes", "explanations", "remarks", "proposals"):
        if getattr(one, name) != getattr(other, name):
            found.append(f"{name}: {getattr(one, name)} / {getattr(other, name)}")
    if one.findings != other.findings:
        lists = [[f"{f.code} {f.cell} {f.text} {f}" for f in view.findings] for view in (one, other)]
        found += [f"finding only live: {text}" for text in lists[0] if text not in lists[1]]
        found += [f"finding only stored: {text}" for text in lists[1] if text not in lists[0]]
        found += ["order of findings"] * (sorted(lists[0]) == sorted(lists[1]))
    return found
