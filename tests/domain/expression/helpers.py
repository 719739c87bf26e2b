"""A small sheet, its figures and its names, for the tests of the expression language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from judapp.domain.catalogue import ColumnKind
from judapp.domain.expression.binding import Bound, RowShape, Shape, TableShape, instances
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import parse
from judapp.domain.number import Rational
from judapp.domain.value import EMPTY, Value, known


def columns(*names: str, **kinds: ColumnKind) -> tuple[tuple[str, ColumnKind], ...]:
    """Columns of kind count, but for those whose kind is told (``c19="text"``)."""
    return tuple((name, kinds.get(f"c{name}", "count")) for name in names)


def fixed(*keys: str) -> tuple[RowShape, ...]:
    """Fixed rows in which every column exists."""
    return tuple(RowShape(key) for key in keys)


def one_table(*rows: RowShape, cols: tuple[tuple[str, ColumnKind], ...]) -> Shape:
    """A form with a single table, as most are."""
    return {"": TableShape(rows, cols)}


NOTARIES = one_table(
    RowShape("tong", "total"),
    RowShape("I", "group"),
    RowShape("I.#p1", "unit"),
    RowShape("I.#p2", "unit"),
    RowShape("II", "group"),
    RowShape("II.#v1", "unit"),
    cols=columns("1", "2", "3", "4", "5", "6", "18", "19", c18="money", c19="text"),
)
"""The shape of 10b/TP/CC: a total, two groups, one row for each office."""


@dataclass
class Figures:
    """An environment over plain dictionaries; what is not told is empty."""

    own: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    """By (row, column)."""
    other: Mapping[tuple[str | None, bool, str, str], Value] = field(default_factory=dict)
    """By (when, estimated part, row, column): the same sheet at another time, or its estimated parts."""
    forms: Mapping[tuple[str, str], list[Value]] = field(default_factory=dict)
    """By (form, column or ""): the values of other sheets."""
    measures: Mapping[tuple[str, str | None], Value] = field(default_factory=dict)
    units: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By (form, column)."""

    def cell(self, form: str, table: str, row: str, col: str, when: str | None, est: bool) -> Value:
        if form:
            return self.forms[form, col][0]
        if when or est:
            return self.other.get((when, est, row, col), EMPTY)
        return self.own.get((row, col), EMPTY)

    def cells(self, cells: Cells) -> list[Value]:
        return self.forms[cells.form, cells.cols[0] if cells.cols else ""]

    def measure(self, name: str, when: str | None) -> Value:
        return self.measures.get((name, when), EMPTY)

    def unit(self, form: str, table: str, col: str, row: str) -> str | None:
        return self.units.get((form, col))


def row_of(row: str = "1", **cells: Rational | Value) -> Figures:
    """One row of figures: ``row_of(c2=120, c3=EMPTY)``."""
    return Figures({(row, c[1:]): v if isinstance(v, Value) else known(v) for c, v in cells.items()})


def bound(rule: str, shape: Shape | None = None) -> Bound:
    """The only instance of ``rule``; without a shape, over row "1" and columns 1 to 9."""
    [found] = instances(parse(rule), shape or one_table(*fixed("1"), cols=columns(*"123456789")))
    return found
