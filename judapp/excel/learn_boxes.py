"""Boxes of a table's head: merges, and what a frame or the cells below show to belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.cell_name import Position
from judapp.excel.learn_labels import unit_alone, units_in_row
from judapp.excel.learn_plane import Plane
from judapp.text import fold

_CODE_BEHIND = re.compile(r"(?P<label>.*\S)\s*[(\[](?P<code>\d{1,3})[)\]]\s*\Z", re.DOTALL)
_CODE_BEFORE = re.compile(r"\s*[(\[](?P<code>\d{1,3})[)\]]\s*(?P<label>\S.*)\Z", re.DOTALL)
_TELLING_CODES = 2
"""Numbered columns at least that tell a number in a label to be the column's."""


class Piece(Struct, frozen=True):
    """A text of the head with all cells it stands over; counted as on the plane."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    cells: tuple[Position, ...]
    """Where its words stand."""
    supposed: bool = False
    """Whether only the cells below say how far it reaches."""


def head_pieces(plane: Plane, rows: Sequence[int], left: int, right: int) -> list[Piece]:
    """The boxes of a head with words in them, top to bottom, left to right."""
    lined = any(plane.line_right(row, c) for row in rows for c in range(left, right))
    cells = _groups(plane, rows, left, right) if lined else None
    pieces: list[Piece] = []
    done: set[Position] = set()
    for row in rows:
        for column in range(left, right + 1):
            if (row, column) in done:
                continue
            group = (cells or {}).get((row, column)) or _merge(plane, rows, left, right, (row, column))
            done.update(group)
            pieces.append(_piece(plane, group))
    return _with_units([piece for piece in _widened(pieces, right) if piece.text])


def with_own_codes(pieces: list[Piece]) -> list[Piece]:
    """The boxes, with numbers printed in the labels of all columns ("Tổng số (1)") on a line of their own.

    Only leading columns, those of labels, may have none.
    """
    ends = sorted(
        (p for p in pieces if not any(q.top > p.bottom and _overlaps(p, q) for q in pieces)),
        key=lambda p: p.left,
    )
    parted = [_own_code(piece.text) for piece in ends]
    first = next((i for i, (_, code) in enumerate(parted) if code is not None), len(ends))
    numbers = [code for _, code in parted[first:]]
    rising = all(code is not None for code in numbers) and numbers == sorted(set(numbers), key=_int_of)
    if len(numbers) < _TELLING_CODES or not rising:
        return pieces
    new = {id(p): f"{text}\n({code})" for p, (text, code) in zip(ends, parted, strict=True) if code}
    return [replace(piece, text=new.get(id(piece), piece.text)) for piece in pieces]


def _int_of(code: str | None) -> int:
    return int(code or 0)


def _own_code(text: str) -> tuple[str, str | None]:
    """A label without the number in brackets at its end or beginning, and that number."""
    for pattern in (_CODE_BEHIND, _CODE_BEFORE):
        if found := pattern.match(text):
            return found["label"], found["code"]
    return text, None


def _overlaps(one: Piece, other: Piece) -> bool:
    return one.left <= other.right and other.left <= one.right


def _merge(plane: Plane, rows: Sequence[int], left: int, right: int, at: Position) -> list[Position]:
    """The cells of the merge at a cell, within the head."""
    box = plane.box(*at)
    return [
        (row, column)
        for row in rows
        if box.top <= row <= box.bottom
        for column in range(max(box.left, left), min(box.right, right) + 1)
    ]


def _piece(plane: Plane, group: Sequence[Position]) -> Piece:
    places: list[Position] = []
    for row, column in sorted(group):
        box = plane.box(row, column)
        if (box.top, box.left) not in places and plane.text(box.top, box.left):
            places.append((box.top, box.left))
    rows, columns = [row for row, _ in group], [column for _, column in group]
    text = "\n".join(plane.text(*at) for at in places)
    return Piece(min(rows), min(columns), max(rows), max(columns), text, tuple(places))


def _groups(plane: Plane, rows: Sequence[int], left: int, right: int) -> dict[Position, list[Position]]:
    """The frames of a head: cells without a line between them, where they make one box with one label."""
    parent: dict[Position, Position] = {}

    def root(at: Position) -> Position:
        while (above := parent.setdefault(at, at)) != at:
            at = above
        return at

    def join(one: Position, other: Position) -> None:
        parent[root(one)] = root(other)

    inside = set(rows)
    for row in rows:
        for column in range(left, right + 1):
            if column < right and not plane.line_right(row, column):
                join((row, column), (row, column + 1))
            if row + 1 in inside and not plane.line_below(row, column):
                join((row, column), (row + 1, column))
    groups: dict[Position, list[Position]] = defaultdict(list)
    for row in rows:
        for column in range(left, right + 1):
            groups[root((row, column))].append((row, column))
    found: dict[Position, list[Position]] = {}
    for group in groups.values():
        if _is_box(plane, group):
            found.update(dict.fromkeys(group, group))
    return found


def _is_box(plane: Plane, group: Sequence[Position]) -> bool:
    """Whether cells make a rectangle without lines in it that holds one label."""
    rows, columns = [row for row, _ in group], [column for _, column in group]
    first, last = (min(rows), min(columns)), (max(rows), max(columns))
    if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) != len(group):
        return False
    if any(plane.line_right(row, c) for row, c in group if c < last[1]) or any(
        plane.line_below(row, c) for row, c in group if row < last[0]
    ):
        return False
    texts = {(box.top, box.left) for at in group if plane.text(*(box := plane.box(*at))[:2])}
    return len({row for row, _ in texts}) == len(texts)


def _widened(pieces: list[Piece], right: int) -> list[Piece]:
    """Labels over several children whose cells are neither merged nor framed reach over the empty ones."""
    at = {
        (row, column): index
        for index, piece in enumerate(pieces)
        for row in range(piece.top, piece.bottom + 1)
        for column in range(piece.left, piece.right + 1)
    }
    below: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for piece in pieces:
        for column in range(piece.left, piece.right + 1):
            if piece.text:
                below[column].append((piece.top, piece.text))
    for index, piece in enumerate(pieces):
        if (
            not piece.text
            or piece.right > piece.left
            or not any(top > piece.bottom for top, _ in below[piece.left])
        ):
            continue
        over = _over(pieces[:index], piece)
        column = piece.right + 1
        while column <= min(right, over.right if over else right):
            beside = pieces[at[piece.top, column]]
            again = beside.text and fold(beside.text) == fold(piece.text)  # a merge taken apart
            if beside.top != piece.top or (beside.text and not again) or beside.right != column:
                break
            if not any(top > beside.bottom for top, _ in below[column]):
                break
            if again:
                pieces[at[piece.top, column]] = replace(beside, text="")
            column += 1
        if column > piece.right + 1:
            piece = pieces[index] = replace(piece, right=column - 1, supposed=True)
    return pieces


def _with_units(pieces: list[Piece]) -> list[Piece]:
    """A unit in brackets right below a label of the same width is a part of that label."""
    rows: dict[int, list[str]] = defaultdict(list)
    for piece in pieces:
        rows[piece.top].append(piece.text)
    units = {row for row, texts in rows.items() if units_in_row(texts) is not None}
    found: list[Piece] = []
    for piece in pieces:
        above = _over(found, piece)
        same = above is not None and (above.left, above.right) == (piece.left, piece.right)
        unit = piece.top in units or unit_alone(piece.text) is not None
        if above is not None and same and piece.text.startswith("(") and unit:
            text, cells = f"{above.text}\n{piece.text}", (*above.cells, *piece.cells)
            found[found.index(above)] = replace(above, bottom=piece.bottom, text=text, cells=cells)
        else:
            found.append(piece)
    return found


def _over(pieces: Sequence[Piece], piece: Piece) -> Piece | None:
    """The nearest label above a piece that stands over its first column."""
    above = [p for p in pieces if p.text and p.bottom < piece.top and p.left <= piece.left <= p.right]
    return max(above, key=lambda p: p.bottom, default=None)
