"""Expressions in Excel's language: live formulas in the exported workbook (promise 8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.cell_name import Position, address
from judapp.domain.expression.binding import RowShape, Shape, instances
from judapp.domain.expression.evaluate import evaluate
from judapp.domain.expression.formula import excel_formula
from judapp.domain.expression.nodes import BinOp, Call, Cells, Compare, Neg, Node, Num
from judapp.domain.expression.parser import parse
from judapp.domain.number import Rational
from judapp.domain.value import known
from tests.domain.expression.helpers import Figures, columns, fixed, one_table

ROWS = ("tong", "I", "I.1", "I.2", "I.3", "II", "II.1")
SHEET: Shape = one_table(RowShape("tong", "total"), *fixed(*ROWS[1:]), cols=columns("1", "2", "3", "4", "5"))


def place(table: str, row: str, col: str) -> Position | None:
    """Row "tong" is line 8, column 1 is C; column 5 is not on the sheet."""
    return None if col == "5" else (ROWS.index(row) + 8, int(col) + 2)


def formula(rule: str, shape: Shape = SHEET) -> str | None:
    """The formula of a calculation that names its cells."""
    [found] = instances(parse(rule), shape)
    return excel_formula(found.node, place)


@pytest.mark.parametrize(
    ("rule", "excel"),
    [
        ("[tong]c1", "N(C8)"),
        ("[tong]c1 + [tong]c3", "SUM(C8,E8)"),
        ("[tong]c1 + [tong]c2 + [tong]c3", "SUM(C8:E8)"),
        ("sum([I.*]c2)", "SUM(D10:D12)"),
        ("sum([*]c2)", "SUM(D9,D13)"),
        ("sum([*]c2, [II.*]c2)", "SUM(D9,D13:D14)"),
        ("sum([I]c1, [I.1]c1, [I.1]c2, [I.1]c2)", "SUM(C9:C10,D10,D10)"),
        ("sum([I]c1 * 2, [I.*]c2, 1.5)", "SUM(D10:D12,N(C9)*2,1.5)"),
        ("[I]c1 - [I]c2 - [I]c3", "N(C9)-N(D9)-N(E9)"),
        ("[I]c1 - ([I]c2 - [I]c3)", "N(C9)-(N(D9)-N(E9))"),
        ("[I]c1 - ([I]c2 + [I]c3)", "N(C9)-SUM(D9:E9)"),
        ("[I]c1 + [I]c2 - 1", "SUM(C9:D9)-1"),
        ("[I]c1 + 1", "N(C9)+1"),
        ("if([I]c1 - 1 = 0, [I]c1 - 2, round([I]c1 - 3, 1))", "IF(N(C9)-1=0,N(C9)-2,ROUND(N(C9)-3,1))"),
        ("100 * [I]c1 / [I]c2", "100*N(C9)/N(D9)"),
        ("100 * ([I]c1 - 1) / ([I]c2 * 2)", "100*(N(C9)-1)/(N(D9)*2)"),
        ("-([I]c1 - 1) * -[I]c2", "-(N(C9)-1)*-N(D9)"),
        ("avg([I.*]c2)", "AVERAGEA(D10:D12)"),
        ("min([I.*]c2, 0)", "MINA(D10:D12,0)"),
        ("max([I.*]c2)", "MAXA(D10:D12)"),
        ("count([I.*]c2)", "COUNTA(D10:D12)"),
        ("abs([I]c1 - [I]c2)", "ABS(N(C9)-N(D9))"),
        ("round(100 * [I]c1 / [I]c2, 2)", "ROUND(100*N(C9)/N(D9),2)"),
        ("if([I]c1 > 0, [I]c2, -1)", "IF(N(C9)>0,N(D9),-1)"),
        ("if(0 <= [I]c1 != [I]c2, 1, 0)", "IF(AND(0<=N(C9),N(C9)<>N(D9)),1,0)"),
        ("wavg([I.*]c3, [I.*]c2)", "SUMPRODUCT(E10:E12,D10:D12)/SUM(D10:D12)"),
        ("1 / wavg([I]c3, [I]c2)", "1/(SUMPRODUCT(E9,D9)/SUM(D9))"),
    ],
)
def test_what_stays_inside_the_sheet_is_a_formula(rule: str, excel: str) -> None:
    """SUM, N and the A functions take a dash for "không phát sinh" as 0; neighbours become one range."""
    assert formula(rule) == excel


@pytest.mark.parametrize(
    "rule",
    [
        "sum(cc.cs!c2)",
        "[I]c1{same} + 1",
        "[I]c1:est + 1",
        "m:a + 1",
        'convert([I]c1, "đồng")',
        "[I]c1 + [I]c5",
        "sum([I.*]c5)",
        "[I]c1 = [I]c2",
        "both([I]c1, [I]c2)",
        "if(both([I]c1, [I]c2), 1, 0)",
        "if([I]c1 = [I]c2 ± 1, 1, 0)",
        "sum([II.*.*]c1)",
        "wavg([*]c3, [*]c2)",
        "wavg([I.*]c3, [*]c2)",
        "wavg([I.*]c3, [I]c2)",
        "wavg([I]c1 * 2, [I]c2)",
        "wavg([II.*.*]c1, [II.*.*]c2)",
    ],
)
def test_what_leaves_the_sheet_is_not(rule: str) -> None:
    """Then the stored number stands alone: never a formula that says something else."""
    assert formula(rule) is None


def test_ranges_that_lie_across_each_other_are_not_multiplied() -> None:
    """SUMPRODUCT of a column of cells and a row of cells is an error in Excel."""

    def crosswise(table: str, row: str, col: str) -> Position:
        return {"1": (int(row), 1), "2": (9, int(row) + 1)}[col]

    values, weights = (Cells("", "", ("1", "2"), (col,), None, False, many=True) for col in "12")
    assert excel_formula(Call("wavg", (values, weights)), crosswise) is None
    assert excel_formula(Call("sum", (values, weights)), crosswise) == "SUM(A1:A2,B9:C9)"


def test_columns_behind_z_are_neighbours_too() -> None:
    """Forms of thirty columns exist."""
    node = Cells("", "", ("a", "b", "c", "d"), ("1",), None, False, many=True)
    places = {"a": (3, 25), "b": (3, 26), "c": (3, 27), "d": (3, 28)}
    assert excel_formula(Call("sum", (node,)), lambda table, row, col: places[row]) == "SUM(Y3:AB3)"


def test_excels_own_limits_are_kept() -> None:
    """255 arguments of a function, 8,192 characters of a formula."""

    def every_other(count: int) -> str | None:
        node = Cells("", "", tuple(map(str, range(count))), ("1",), None, False, many=True)
        return excel_formula(Call("sum", (node,)), lambda table, row, col: (2 * int(row) + 1, 3))

    assert every_other(255) == f"SUM({','.join(f'C{2 * n + 1}' for n in range(255))})"
    assert every_other(256) is None
    numbers = [Num(10**38)] * 200
    longest = excel_formula(Call("sum", (*numbers, Num(10**186))), place)
    assert longest is not None
    assert len(longest) == 8192
    assert excel_formula(Call("sum", (*numbers, Num(10**187))), place) is None


class Sheet:
    """A tiny independent Excel: cells, ranges, and the functions that may be written."""

    def __init__(self, cells: dict[str, Rational | str]) -> None:
        """A text in a cell is what a person sees as a dash."""
        self.cells = cells

    def __call__(self, excel: str) -> Rational:
        """Reckon a formula: ranges become lists, cells one-element lists, numbers exact."""
        code = re.sub(r"([A-Z]+\d+)(?::([A-Z]+\d+))?", r'R("\1","\2")', excel)
        code = re.sub(r'(?<![A-Z"\d.])(\d+(?:\.\d+)?)', r'F("\1")', code)
        names: dict[str, Any] = {
            "R": self.range,
            "F": Fraction,
            "N": self.number,
            "SUM": self.sum,
            "ABS": abs,
        }
        result = eval(code, {"__builtins__": {}}, names)
        assert isinstance(result, int | Fraction)
        return result

    def range(self, first: str, last: str) -> list[Rational | str]:
        (col, line), (end_col, end_line) = ((place[0], int(place[1:])) for place in (first, last or first))
        return [
            self.cells[f"{chr(letter)}{number}"]
            for letter in range(ord(col), ord(end_col) + 1)
            for number in range(line, end_line + 1)
        ]

    @staticmethod
    def number(cells: Sequence[Rational | str]) -> Rational:
        [cell] = cells
        return 0 if isinstance(cell, str) else cell

    @staticmethod
    def sum(*parts: Rational | Sequence[Rational | str]) -> Rational:
        total: Rational = 0
        for part in parts:
            for cell in [part] if isinstance(part, int | Fraction) else part:
                total += 0 if isinstance(cell, str) else cell
        return total


_CELL = st.builds(
    lambda row, col: Cells("", "", (row,), (col,), None, False, many=False),
    st.sampled_from(ROWS),
    st.sampled_from("1234"),
)
_LIST = st.builds(
    lambda rows, col: Cells("", "", tuple(rows), (col,), None, False, many=True),
    st.lists(st.sampled_from(ROWS), min_size=1),
    st.sampled_from("1234"),
)
_CALCULATIONS: st.SearchStrategy[Node] = st.recursive(
    _CELL | st.integers(0, 99).map(Num) | st.sampled_from([Num(Fraction(1, 2)), Num(Fraction(5, 4))]),
    lambda parts: st.one_of(
        st.builds(Neg, parts),
        st.builds(BinOp, st.sampled_from("+-*"), parts, parts),
        st.lists(parts | _LIST, min_size=1, max_size=4).map(lambda args: Call("sum", tuple(args))),
        parts.map(lambda part: Call("abs", (part,))),
    ),
    max_leaves=15,
)
_FIGURES = st.lists(st.integers(-999, 999) | st.just(0), min_size=28, max_size=28)


@given(_CALCULATIONS, _FIGURES, st.booleans())
def test_excel_reckons_what_judapp_reckons(node: Node, numbers: list[int], dashes: bool) -> None:
    """Promise 8: the live formula gives the stored value, also where 0 is printed as a dash."""
    places = [(row, col) for row in ROWS for col in "1234"]
    figures = Figures({place: known(number) for place, number in zip(places, numbers, strict=True)})
    shown: dict[str, Rational | str] = {}
    for (row, col), number in zip(places, numbers, strict=True):
        shown[address((ROWS.index(row) + 8, int(col) + 2))] = "-" if dashes and number == 0 else number
    excel = excel_formula(node, place)
    assert excel is not None
    assert Sheet(shown)(excel) == evaluate(node, figures).number


def test_the_formula_of_a_computed_cell_is_that_of_its_right_side() -> None:
    """``[tong] = sum([*])`` is a relation; what is written into the total cell is the sum."""
    [found] = instances(parse("[tong]c1 = sum([*]c1)"), SHEET)
    assert isinstance(found.node, Compare)
    assert excel_formula(found.node.operands[1], place) == "SUM(C9,C13)"
