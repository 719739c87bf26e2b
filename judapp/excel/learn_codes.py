"""Rows of printed column numbers: "(1)", "1", "[1]", A, B, 1a, -1 as Excel makes of "(1)", "(3)=(4)+(5)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from judapp.domain.learned import SheetRole
from judapp.excel.learn_plane import Plane
from judapp.text import fold

_CODE = re.compile(
    r"(?:[Cc](?:ột|OT|ỘT)\s*)?(?P<open>[(\[{]?)\s*(?P<minus>[-–]?)\s*"
    r"(?P<code>\d{1,3}(?:\.\d{1,2})?[a-zđ]?|[A-ZĐ])\s*(?P<close>[)\]}]?)"
    r"\s*(?P<rule>(?:<=|>=|≤|≥|=)[\s\d()\[\]a-zđ+\-–*x×:;,.…/<>=≤≥]*)?\s*[)\]}]?\Z"
)
_NOTHING_SAID: Mapping[int, SheetRole] = {}
_CAPTIONS = frozenset({"cot", "so cot", "cot so", "so thu tu cot", "ky hieu", "ma cot", "ky hieu cot"})


class Code(Struct, frozen=True):
    """A printed column number without its brackets, and the relation printed behind it."""

    code: str
    bracketed: bool = False
    rule: str = ""
    """What stands behind it: "=(4)+(5)"."""

    @property
    def number(self) -> int | None:
        """Its leading number; None for a letter."""
        found = re.match(r"\d+", self.code)
        return int(found[0]) if found else None


class NumberRow(Struct, frozen=True):
    """A row of column numbers: by column where each stands."""

    row: int
    codes: dict[int, Code]

    @property
    def printed(self) -> tuple[str, ...]:
        """The numbers from left to right."""
        return tuple(code.code for _, code in sorted(self.codes.items()))


def read_code(content: str | float | int | None) -> Code | None:
    """The column number a cell prints, or None where it prints something else.

    >>> read_code("(3) = (4) + (5)")
    Code(code='3', bracketed=True, rule='= (4) + (5)')
    """
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    if content is None or isinstance(content, float):
        return None
    return _code_of(str(content).strip())


@lru_cache(8192)  # the same numbers and labels stand in every unit's workbook
def _code_of(text: str) -> Code | None:
    match = _CODE.match(text)
    if match is None:
        return None
    bracketed = bool(match["open"] or match["close"] or match["minus"])
    return Code(match["code"], bracketed, (match["rule"] or "").strip())


def number_rows(plane: Plane, said: Mapping[int, SheetRole] = _NOTHING_SAID) -> list[NumberRow]:
    """Every row that holds nothing but column numbers, top to bottom.

    A row a person said to be one is read as far as its cells hold numbers; one said to be another is none.
    """
    found = []
    for row in range(len(plane.rows)):
        role = said.get(row)
        numbers = _said_row(plane, row) if role == "number" else None if role else _number_row(plane, row)
        if numbers is not None:
            found.append(numbers)
    return found


def _said_row(plane: Plane, row: int) -> NumberRow | None:
    """The numbers of a row that is said to hold them, each number once."""
    codes: dict[int, Code] = {}
    for column, text in plane.texts_of(row):
        content = plane.cell(row, column).content
        code = read_code(text if isinstance(content, str) else content)
        if code is not None and code.code not in {other.code for other in codes.values()}:
            codes[column] = code
    return NumberRow(row, codes) if codes else None


def _number_row(plane: Plane, row: int) -> NumberRow | None:
    codes: dict[int, Code] = {}
    for column, text in plane.texts_of(row):
        if codes and not plane.look(row, column).borders and plane.look(row, min(codes)).borders:
            break  # a remark beside the frame
        cell = plane.cell(row, column)
        if cell.formula:
            return None
        content = cell.content if not isinstance(cell.content, str) else text
        code = read_code(content)
        if code is not None:
            codes[column] = code
        elif codes or fold(text).strip(" .:") not in _CAPTIONS:
            return None
    if not codes or not _in_order([code for _, code in sorted(codes.items())]):
        return None
    return NumberRow(row, codes)


def _in_order(codes: Sequence[Code]) -> bool:
    """Whether codes read as numbers of columns: letters, then rising numbers."""
    numbers = [code.number for code in codes if code.number is not None]
    letters = [code.code for code in codes if code.number is None]
    if len(codes) == 1:
        return codes[0].bracketed or bool(letters)
    if any(code.number is None for code in codes[len(letters) :]):
        return False  # letters stand left of numbers
    if letters != sorted(letters) and numbers:
        return False
    rising = sum(one < other for one, other in pairwise(numbers))
    steady = sum(one == other for one, other in pairwise(numbers))  # 1a, 1b
    return rising + steady >= 0.7 * (len(numbers) - 1) and max(numbers, default=0) < 500
