"""Cells of a worksheet by row and column, and the names Excel gives them."""

from __future__ import annotations

from functools import cache

Position = tuple[int, int]
"""Row and column of a worksheet, from 1."""


@cache
def column_letters(column: int) -> str:
    """ "E" for column 5."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """5 for "E"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(position: Position) -> str:
    """ "E14" for row 14, column 5."""
    return f"{column_letters(position[1])}{position[0]}"
