"""Heads and bodies without lines: rows of words right above and below a row of column numbers."""

from __future__ import annotations

from collections.abc import Container, Sequence

from judapp.excel.learn_around import is_foot, is_fore
from judapp.excel.learn_codes import NumberRow
from judapp.excel.learn_labels import captioned_unit
from judapp.excel.learn_plane import Plane
from judapp.excel.learn_row_words import Numbered, numbered_label, row_number

_MOST_EMPTY = 3
"""Empty rows there may be between a head and its numbers."""


def head_above(plane: Plane, number: NumberRow, after: int, others: Container[int]) -> tuple[int, ...]:
    """Rows of words above a row of numbers, not above row ``after``; rows ``others`` are said to be none."""
    found: list[int] = []
    empty = 0
    for row in range(number.row - 1, after - 1, -1):
        texts = [text for _, text in plane.texts_of(row)]
        if row in others:
            if found:
                break
            continue
        if not texts and not _in_box(plane, row):
            empty += 1
            if found or empty > _MOST_EMPTY:
                break
            continue
        if any(is_fore(text) for text in texts):
            break
        if captioned_unit(texts) is not None or (len(texts) == 1 and _is_title(plane, row, number)):
            break
        found.append(row)
    return tuple(reversed(found))


def _in_box(plane: Plane, row: int) -> bool:
    """Whether the row is a lower row of a merged label."""
    columns = range(len(plane.columns))
    return any(plane.box(row, column).top < row and plane.shown(row, column) for column in columns)


def _is_title(plane: Plane, row: int, number: NumberRow) -> bool:
    """Whether the only text of a row stands over all columns, or in brackets like a period."""
    [(column, text)] = list(plane.texts_of(row))
    box = plane.box(row, column)
    return (box.left <= min(number.codes) and box.right >= max(number.codes)) or text.startswith("(")


def body_below(
    plane: Plane, last: int, taken: Container[int], right: int, others: Container[int]
) -> tuple[int, ...]:
    """Rows of words below row ``last``, to the first empty row, note, signer or other table.

    Rows ``taken`` are parts of tables by themselves, rows ``others`` are said to be none; neither belongs to
    it. A line merged to the last column ``right`` or further is a note. Empty rows before a line numbered on
    from the groups above are places for rows of such a group.
    """
    found: list[int] = []
    for row in range(last + 1, len(plane.rows)):
        texts = [text for _, text in plane.texts_of(row)]
        if not texts or row in others:
            continue
        if found and row > found[-1] + 1 and not _next_group(plane, found, row):
            break
        foot = len(texts) <= 4 and all(map(is_foot, texts))
        box = plane.box(row, next(plane.texts_of(row))[0])
        wide = len(texts) == 1 and box.left < box.right >= right > 0
        if foot or wide or row in taken or any(map(is_fore, texts)):
            break
        found.append(row)
    return tuple(found)


def _next_group(plane: Plane, body: Sequence[int], row: int) -> bool:
    """Whether a row below some empty ones is the next of groups numbered I, II or A, B."""
    before = [number for one in body if (number := _number_of(plane, one)) is not None]
    number = _number_of(plane, row)
    near = row - body[-1] - 1 <= _MOST_EMPTY
    return near and number is not None and any(number.style == one.style for one in before)


def _number_of(plane: Plane, row: int) -> Numbered | None:
    """The number I or A a row of the body begins with."""
    text = next((text for _, text in plane.texts_of(row)), "")
    number = row_number(text) or numbered_label(text)[0]
    return number if number is not None and number.style in ("I", "A") else None
