"""The unit of money a worksheet prints for its columns, held against the form's: đồng, nghìn đồng."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from judapp.domain.catalogue import Table
from judapp.domain.cell_name import Position, address
from judapp.domain.number import plain_signs
from judapp.domain.shape import Plan
from judapp.excel.grid import GridSheet
from judapp.excel.header import Header
from judapp.text import clean, fold

_MONEY = re.compile(
    r"(?:(?P<times>1\.000\.000|1000000|1\.000|1000|nghin|ngan|ngh|trieu|tr|ty|ti)[\s.]*)?(?:dong|vnd|d)\b"
)
_POWERS = {"": 0, "nghin": 3, "ngan": 3, "ngh": 3, "1.000": 3, "1000": 3, "trieu": 6, "tr": 6,
           "1.000.000": 6, "1000000": 6, "ty": 9, "ti": 9}  # fmt: skip
_LINE = re.compile(r"(?:don vi(?: do luong| tinh)?|dvt)\s*:?\s*(?P<unit>.+)\Z")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_DEPTH = 12
"""Rows above the row of column numbers in which a head stands."""


_Printed = tuple[str, Position]
"""A unit as it is printed, and where."""


class OtherUnit(Struct, frozen=True):
    """A money column that the worksheet prints in another unit than the form has."""

    table: str
    column: str
    label: str
    printed: str
    """The unit as the worksheet prints it, and the cell it stands in."""
    cell: str
    unit: str
    """The unit of the form."""
    factor: int
    """What turns the figures into the form's unit; a negative number divides by its size."""


def power_of(unit: str) -> int | None:
    """3 for "nghìn đồng", "1.000 đồng"; None for what is no unit of money."""
    folded = fold(plain_signs(unit)).strip(" .:;()")
    match = _MONEY.fullmatch(folded)
    return None if match is None else _POWERS[match["times"] or ""]


def factor_between(printed: int, form: int) -> int:
    """What turns figures in 10**printed đồng into 10**form đồng."""
    size: int = 10 ** abs(printed - form)
    return size if printed >= form else -size


def other_units(sheet: GridSheet, plan: Plan, table: Table, header: Header) -> Iterator[OtherUnit]:
    """The money columns of ``table`` over which the worksheet prints another unit than the form's."""
    columns = {leaf: column for column, leaf in header.columns.items()}
    line: list[_Printed] | None = None
    units: dict[str, str] = {}
    for (of, _, name), spot in plan.spots.items():
        if spot.kind == "money" and of == table.key and spot.unit:
            units.setdefault(name, spot.unit)
    for leaf in table.leaves:
        unit = units.get(leaf.name)
        own = power_of(unit) if unit else None
        if own is None or unit is None or leaf.name not in columns:
            continue
        if line is None:
            line = [one for one in _line(sheet, header.row) if not _says(plan.form.unit_of_measure, one[0])]
        over = [one for one in _over(sheet, header.row, columns[leaf.name]) if not _says(leaf.label, one[0])]
        for printed, at in (*over, *line):
            power = power_of(printed)
            if power is not None and power != own:
                factor = factor_between(power, own)
                label = clean(leaf.label)
                yield OtherUnit(table.key, leaf.name, label, printed, address(at), unit, factor)
                break


def _says(ours: str | None, printed: str) -> bool:
    return ours is not None and fold(printed) in fold(ours)


def _over(sheet: GridSheet, last: int, column: int) -> list[_Printed]:
    """The unit of money in brackets, or alone in a cell, nearest above the figures of a column."""
    for row in range(last, max(0, last - _DEPTH), -1):
        text = sheet.at(row, column).content
        if isinstance(text, str):
            for found in (*_IN_BRACKETS.findall(text), text):
                if power_of(found) is not None:
                    return [(clean(found), (row, column))]
    return []


def _line(sheet: GridSheet, last: int) -> list[_Printed]:
    """The unit of money of the line “Đơn vị tính: …” above a table; the lowest one counts."""
    met: list[_Printed] = []
    for position, text in sheet.texts():
        if last - _DEPTH < position[0] <= last:
            for line in text.split("\n"):
                match = _LINE.fullmatch(fold(line).strip(" ()."))
                if match and power_of(match["unit"]) is not None:
                    met = [(clean(line.partition(":")[2] or line).strip(" ()."), position)]
    return met
