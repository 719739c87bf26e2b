"""Heads and bodies without lines: rows of words right above and below a row of column numbers."""

from __future__ import annotations

from collections.abc import Container

from judapp.excel.learn_around import is_foot, is_fore
from judapp.excel.learn_codes import NumberRow
from judapp.excel.learn_labels import caption_unit
from judapp.excel.learn_plane import Plane

_MOST_EMPTY = 3
"""Empty rows there may be between a head and its numbers."""


def head_above(plane: Plane, number: NumberRow, after: int) -> tuple[int, ...]:
    """Rows of words above a row of numbers, not above row ``after``."""
    found: list[int] = []
    empty = 0
    for row in range(number.row - 1, after - 1, -1):
        texts = [text for _, text in plane.texts_of(row)]
        if not texts and not _in_box(plane, row):
            empty += 1
            if found or empty > _MOST_EMPTY:
                break
            continue
        if any(is_fore(text) for text in texts):
            break
        if len(texts) == 1 and (caption_unit(texts[0]) is not None or _is_title(plane, row, number)):
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


def body_below(plane: Plane, last: int, numbers: Container[int], right: int) -> tuple[int, ...]:
    """Rows of words below row ``last``, to the first empty row, note, signer or other table.

    A line merged to the last column ``right`` or further is a note.
    """
    found: list[int] = []
    for row in range(last + 1, len(plane.rows)):
        texts = [text for _, text in plane.texts_of(row)]
        if not texts:
            if found:
                break
            continue
        foot = len(texts) <= 4 and all(map(is_foot, texts))
        wide = len(texts) == 1 and plane.box(row, next(plane.texts_of(row))[0]).right >= right > 0
        if foot or wide or row in numbers or any(map(is_fore, texts)):
            break
        found.append(row)
    return tuple(found)
