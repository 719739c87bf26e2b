"""What of a copied block looks like more than figures: a total, labels, column numbers.

It is offered, never assumed. Labels are lined up only where they are the same but for marks, case and
spacing; likeness offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from judapp.app.grid_view import TableView
from judapp.app.pasting_block import Piece
from judapp.domain.entry import is_nothing
from judapp.domain.number import Ambiguous, parse_number
from judapp.text import fold

_MOST_HEADS = 12
_MOST_STUB = 4
_FEWEST_PARTS = 2
_MOST_ALIKE = 0.5
"""Share of the texts of a row or column that must be labels of the form for it to be taken as such."""
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,3}|[A-Z])\)?\Z")
_UNIT = re.compile(r"\n\([^()]*\)\s*\Z")
_NUMBERING = re.compile(r"(?:[-+•*]|[ivxlcdm]{1,7}|\d{1,3}(?:\.\d{1,3})*|[a-z])\s*[.)/]?\s+")

Rows = Sequence[Sequence[Piece]]


class Offers(Struct, frozen=True):
    """What may be left out or lined up."""

    heads: int = 0
    """Rows of labels and column numbers at the top."""
    stub: int = 0
    """Columns of labels at the left."""
    total: int = -1
    """The copied row that looks like a total, -1 for none."""
    total_first: bool = False
    lines: tuple[int | None, ...] = ()
    """Row of the form for every copied row, by its label; empty where no labels were copied."""
    columns: tuple[int | None, ...] = ()
    """Column of the form for every copied column, by its number; empty where no numbers were copied."""

    @property
    def any(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self.heads or self.stub or self.total >= 0)

    @property
    def found(self) -> int:
        """Copied rows whose label the form has."""
        return sum(line is not None for line in self.lines)


def offers_of(rows: Rows, table: TableView, top: int) -> Offers:
    """What of ``rows`` is more than figures, when they land at row ``top`` of ``table``."""
    heads = _heads(rows, table)
    body = rows[heads:]
    stub, labels = _stub(body, table) if body else (0, -1)
    if stub >= len(rows[0]):
        stub, labels = 0, -1  # words alone: a list of names goes into a column of words
    lines: tuple[int | None, ...] = ()
    if labels >= 0:
        lines = (*[None] * heads, *_lines([row[labels].shown for row in body], table))
    total = _total([row[stub:] for row in body])
    if total >= 0 and _lands_on_total(table, top, total, lines, heads):
        total = -1
    return Offers(
        heads,
        stub,
        total + heads if total >= 0 else -1,
        total == 0,
        lines,
        _columns(rows[:heads], table),
    )


# --- heads


def _heads(rows: Rows, table: TableView) -> int:
    """How many rows at the top hold column numbers or labels of columns."""
    known = {fold(label) for leaf in table.columns for label in (*leaf.path, leaf.label)}
    known |= {fold(label) for label in table.stub}
    found = 0
    for at, row in enumerate(rows[:_MOST_HEADS]):
        texts = _texts(row)
        if not texts:
            continue
        if _numbers(texts, table):
            found = at + 1
        elif any(_value(piece) is not None for piece in row):
            break
        elif sum(_heading(text) in known for text in texts) >= max(1, len(texts) * _MOST_ALIKE):
            found = at + 1
    # Numbers in brackets alone are asked about too: as figures they would all be negative.
    alone = found == len(rows) and all(text.strip().startswith("(") for text in _texts(rows[-1]))
    return found if found < len(rows) or (alone and _numbers(texts, table)) else 0


def _texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.shown for piece in pieces if not is_nothing(piece.shown)]


def _heading(text: str) -> str:
    """A label without the unit below it: "Số việc\n(việc)"."""
    return fold(_UNIT.sub("", text))


def _numbers(texts: Sequence[str], table: TableView) -> bool:
    """Whether a row holds column numbers: "(1) (2) (3)", or bare ones that are those of the form."""
    found = [_COLUMN_NUMBER.match(text.strip()) for text in texts]
    if not all(found):
        return False
    signs = [match[1] for match in found if match]
    digits = [int(sign) for sign in signs if sign.isdigit()]
    if not digits or len(signs) < 2 or len(set(digits)) < len(digits):
        return False
    in_order = all(after == before + 1 for before, after in pairwise(digits))
    in_form = {str(number) for number in digits} <= {leaf.code for leaf in table.columns}
    if all(text.strip().startswith("(") for text in texts if text.strip("() ").isdigit()):
        return in_form or (in_order and len(digits) > 1)
    return len(digits) > 2 and digits[0] == 1 and in_order and in_form


def _columns(heads: Rows, table: TableView) -> tuple[int | None, ...]:
    codes = {leaf.code: at for at, leaf in enumerate(table.columns) if leaf.code}
    for row in heads:
        texts = _texts(row)
        if texts and _numbers(texts, table):
            return tuple(codes.get(piece.shown.strip().strip("()")) for piece in row)
    return ()


# --- labels


def _stub(body: Rows, table: TableView) -> tuple[int, int]:
    """How many columns at the left are a stub, and which of them holds the labels; 0 and -1 for none."""
    known = {name for line in table.rows for name in _names(line.label, line.stub)}
    for at in range(min(_MOST_STUB, len(body[0]))):
        texts = _texts([row[at] for row in body])
        words = [text for text in texts if parse_number(text) is None]
        alike = sum(bool(_spellings(text) & known) for text in words)
        if alike and alike >= len(texts) * _MOST_ALIKE:
            return at + 1, at
    return 0, -1


def _names(label: str, stub: Sequence[str]) -> set[str]:
    """How a row of the form may be called in a copy."""
    return {fold(label), fold(" ".join(filter(None, stub)))} - {""}


def _spellings(text: str) -> set[str]:
    """A copied label, with and without the numbering before it."""
    folded = fold(text)
    return {folded, _NUMBERING.sub("", folded, count=1).strip()} - {""}


def _lines(labels: Sequence[str], table: TableView) -> list[int | None]:
    """The row of the form for each label: the next one below that has it, else the only one.

    A name may stand in several groups ("Nam", "Nữ"); the order of the copy tells which is meant.
    """
    rows: dict[str, list[int]] = {}
    for at, line in enumerate(table.rows):
        for name in _names(line.label, line.stub):
            rows.setdefault(name, []).append(at)
    found: list[int | None] = []
    taken: set[int] = set()
    last = -1
    for label in labels:
        places = sorted({at for name in _spellings(label) for at in rows.get(name, ())} - taken)
        place = next((at for at in places if at > last), None)
        if place is None and len(places) == 1:
            place = places[0]
        if place is not None:
            taken.add(place)
            last = place
        found.append(place)
    return found


# --- totals


def _total(body: Rows) -> int:
    """The first or last row, where it is the sum of the others; -1 where neither is."""
    if len(body) <= _FEWEST_PARTS:
        return -1
    for at in (0, len(body) - 1):
        others = [row for n, row in enumerate(body) if n != at]
        if _is_sum(body[at], others):
            return at
    return -1


def _is_sum(total: Sequence[Piece], parts: Rows) -> bool:
    met = 0
    for column, piece in enumerate(total):
        value = _value(piece)
        if value is None:
            if any(_value(row[column]) for row in parts):
                return False
            continue
        numbers = [_value(row[column]) for row in parts]
        if sum((number for number in numbers if number is not None), Decimal(0)) != value:
            return False
        met += sum(bool(number) for number in numbers) >= _FEWEST_PARTS
    return met > 1 or (met == 1 and len(parts) > _FEWEST_PARTS)  # one small sum may be chance


def _value(piece: Piece) -> Decimal | None:
    number = parse_number(piece.text)
    return number.grouped if isinstance(number, Ambiguous) else number


def _lands_on_total(
    table: TableView, top: int, total: int, lines: tuple[int | None, ...], heads: int
) -> bool:
    """Whether the total meets a row the program reckons: then everything stands where it belongs."""
    row = lines[heads + total] if lines else top + total
    return row is not None and row < len(table.rows) and table.rows[row].computed
