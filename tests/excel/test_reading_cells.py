"""What a worksheet cell says for its cell of the form, and what a person is told of it (CEL-001 … 019)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from judapp import messages
from judapp.domain import figure
from judapp.domain.cell_name import Position
from judapp.domain.entry import Numbers
from judapp.domain.figure import Figure, number, unreadable, words
from judapp.domain.shape import Spot
from judapp.excel.formulas import Unreckonable, circular, reckoned
from judapp.excel.grid import GridCell, GridSheet, cell_style
from judapp.excel.reading_cells import ReadCell, read_cell, times
from tests.domain.builders import spot

COUNT, MONEY = spot(), replace(spot(), kind="money", unit="đồng")
NOTE, RATE = spot(kind="text"), replace(spot(), kind="rate", unit="%", scale=2)
HALF = spot(kind="decimal", scale=1)


def sheet(cells: Mapping[Position, object]) -> GridSheet:
    """Cells by row and column: a text with "=" is a formula nobody reckoned."""
    made = {}
    for at, value in cells.items():
        bare = isinstance(value, str) and value.startswith("=")
        made[at] = GridCell(None, value) if bare else GridCell(value)  # type: ignore[arg-type]
    return GridSheet("1", made)


def read(
    cell: GridCell, of: Spot = COUNT, numbers: Numbers = "ask", factor: int = 1, **beside: object
) -> ReadCell:
    cells: dict[Position, object] = {(int(name[1:]), ord(name[0]) - 64): v for name, v in beside.items()}
    found = read_cell(GridSheet("1", {**sheet(cells).cells, (1, 1): cell}), (1, 1), cell, of, numbers, factor)
    if found.code:
        for lang in messages.LANGUAGES:
            assert messages.text(found.code, lang, **found.params)
    return found


def styled(content: object, number_format: str) -> GridCell:
    return GridCell(content, style=cell_style(number_format))  # type: ignore[arg-type]


# what is no number, each by its name


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GridCell("#DIV/0!", error=True), "CEL-008"),
        (GridCell("#REF!", formula="=B1", error=True), "CEL-008"),
        (styled("01/02/2026", "d/m/yyyy"), "CEL-014"),
        (GridCell("TRUE"), "CEL-015"),
        (GridCell("FALSE", formula="=1>2"), "CEL-015"),
        (GridCell("12O"), "CEL-001"),
        (GridCell("x"), "CEL-001"),
        (GridCell("١٢"), "CEL-001"),
        (GridCell("1234567890123456"), "CEL-010"),
        (GridCell(1234567890123456), "CEL-010"),
        (GridCell("1,5"), "CEL-002"),
        (GridCell(1.5), "CEL-002"),
        (styled(1, "0%"), "CEL-001"),
        (GridCell("12 hồ sơ"), "CEL-001"),
        (GridCell("120+15"), "CEL-001"),
    ],
)
def test_what_is_no_figure_is_kept_and_said_what_it_is(cell: GridCell, code: str) -> None:
    found = read(cell)
    assert (found.code, found.severity, found.figure.state) == (code, "error", figure.State.UNREADABLE)


@pytest.mark.parametrize(
    ("text", "guess"),
    [("12O", " (có thể là 120)"), ("l5", " (có thể là 15)"), ("1'234'567", " (có thể là 1.234.567)"),
     ("120.", " (có thể là 120)"), ("1.2O4", ""), ("OO", ""), ("hai", ""), ("12 15", "")],
)  # fmt: skip
def test_a_slip_is_told_what_it_may_be_and_never_taken(text: str, guess: str) -> None:
    found = read(GridCell(text))
    assert found.figure == unreadable(text)
    assert found.params["guess"].vi == guess


@pytest.mark.parametrize(
    ("cell", "of", "meant"),
    [
        (GridCell("12 việc"), COUNT, number(12)),
        (GridCell("1.200.000đ"), MONEY, number(1200000)),
        (GridCell("1 200 000 VNĐ"), MONEY, number(1200000)),
        (GridCell("1\u00a0234"), COUNT, number(1234)),
        (GridCell("１２０"), COUNT, number(120)),
        (GridCell("'"), COUNT, unreadable("'")),
        (GridCell("-12"), COUNT, number(-12)),
        (GridCell("94.75%"), RATE, number(9475)),
        (GridCell("94,75 %"), RATE, number(9475)),
        (styled(0.9475, "0.00%"), RATE, number(9475)),
        (GridCell("—"), COUNT, figure.NIL),
        (GridCell("0"), COUNT, number(0)),
        (GridCell("không"), COUNT, figure.NIL),
        (GridCell("Không có"), COUNT, figure.NIL),
        (GridCell("chưa có"), COUNT, figure.PENDING),
        (GridCell("…"), COUNT, figure.PENDING),
        (styled("01/02/2026", "d/m/yyyy"), NOTE, words("01/02/2026")),
        (GridCell("TRUE"), NOTE, words("TRUE")),
    ],
)
def test_habits_of_writing_numbers_are_read(cell: GridCell, of: Spot, meant: Figure) -> None:
    found = read(cell, of)
    assert found.figure == meant
    assert bool(found.code) == (meant.state is figure.State.UNREADABLE)


def test_money_in_another_unit_than_the_cells_is_no_figure() -> None:
    assert read(GridCell("1.200đ"), replace(MONEY, unit="Nghìn đồng")).code == "CEL-001"


def test_two_readings_wait_for_an_answer() -> None:
    asked = read(GridCell("1.234"))
    assert asked.asked is not None
    assert (asked.code, asked.figure) == ("", unreadable("1.234"))
    assert read(GridCell("1.234"), numbers="grouped").figure == number(1234)
    assert read(GridCell("1.500"), HALF, "decimal").figure == number(15)
    assert read(GridCell("1.234"), numbers="decimal").code == "CEL-002"
    assert read(GridCell("1.234 việc")).asked is not None
    assert read(GridCell("1.234"), NOTE) == ReadCell(words("1.234"))


# thousands


@pytest.mark.parametrize(
    ("cell", "factor", "meant"),
    [
        (GridCell(460_000), 1000, number(460_000_000)),
        (GridCell("460.000.000"), -1000, number(460_000)),
        (GridCell(460.5), 1000, unreadable("460,5")),
        (GridCell(1_500), -1000, unreadable("1500")),
        (GridCell(10**14), 1000, unreadable("100000000000000")),
        (GridCell("-"), 1000, figure.NIL),
    ],
)
def test_figures_are_multiplied_and_divided_exactly_or_kept(
    cell: GridCell, factor: int, meant: Figure
) -> None:
    assert read(cell, MONEY, factor=factor).figure == meant


def test_totals_of_the_file_are_multiplied_alike() -> None:
    assert [times(460, 1000), times(1500, -1000), times("…", 1000), times(7, 1)] == [460_000, 1.5, "…", 7]


# formulas


def bare(formula: str) -> GridCell:
    return GridCell(None, formula)


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("=SUM(B1:B3)", 60),
        ("=SUM(B1,B2,5)", 35),
        ("=B1+B2*2-(B3-10)/4", 45),
        ("=-B1+ +B2", 10),
        ("=SUM(B1:B3,C9)", 60),
        ("=C1*2", 120),
        ("= $B$1 + sum(B1)", None),
        ("=B1/0", None),
        ("=IF(B1>0,1,2)", None),
        ("=Sheet2!B1", None),
        ("=B4", None),
        ("=SUM(B1:B4)", None),
        ("=B1+", None),
        ("=(B1", None),
        ("=SUM(B1", None),
        ("=)", None),
        ("=", None),
        ("=SUM(A2:XFD1048576)", None),
        ("=" + "(" * 60 + "1" + ")" * 60, None),
        ("=" + "-" * 60 + "1", None),
        ("=B5", None),
        ("=1/3", None),
        ("=" + "+".join(["B1"] * 1000), None),
    ],
)
def test_a_formula_without_value_is_reckoned_exactly_or_asks_for_excel(
    formula: str, meant: int | None
) -> None:
    """CEL-017 tells what was reckoned; CEL-009 where nobody may guess."""
    found = read(bare(formula), B1=10, B2=20, B3=30, B4="hai", B5="=B4", C1="=SUM(B1:B3)")
    if meant is None:
        assert (found.code, found.figure) == ("CEL-009", unreadable(formula))
    else:
        assert (found.code, found.severity, found.figure) == ("CEL-017", "info", number(meant))
        assert found.params == {"text": formula, "value": Fraction(meant)}


def test_formulas_in_percent_or_of_texts_are_not_reckoned() -> None:
    assert read(GridCell(None, "=B1", style=cell_style("0%")), RATE, B1=1).code == "CEL-009"
    assert read(bare("=B1"), NOTE, B1=1).code == "CEL-009"


def test_what_is_reckoned_follows_the_answer_about_thousands() -> None:
    assert read(bare("=B1*2"), MONEY, factor=1000, B1=10).figure == number(20_000)


@pytest.mark.parametrize(
    "cells", [{"A1": "=A1+1"}, {"A1": "=SUM(A1:A9)"}, {"A1": "=B1", "B1": "=C1*2", "C1": "=A1"}]
)
@pytest.mark.parametrize("stored", [None, 0])
def test_a_formula_that_needs_itself_is_named(cells: dict[str, str], stored: int | None) -> None:
    """CEL-016: Excel stores 0 for it, which is nobody's figure."""
    beside = {k: v for k, v in cells.items() if k != "A1"}
    found = read(GridCell(stored, cells["A1"]), **beside)  # type: ignore[arg-type]
    assert (found.code, found.figure) == ("CEL-016", unreadable(cells["A1"]))


def test_a_formula_that_comes_to_0_is_0() -> None:
    assert read(GridCell(0, "=B1-B2+'A1'!A1+\"A1\""), B1=3, B2=3).figure == number(0)


def test_hostile_formulas_end_soon() -> None:
    """A chain that doubles at each step, squares of squares, blocks of blocks: refused, not reckoned."""
    doubling = {(row, 1): f"=A{row + 1}+A{row + 1}" for row in range(1, 200)}
    with pytest.raises(Unreckonable):
        reckoned(sheet(doubling), (1, 1))
    squares = {(row, 1): f"=A{row + 1}*A{row + 1}" for row in range(1, 39)} | {(39, 1): 999999}
    with pytest.raises(Unreckonable):
        reckoned(sheet(squares), (1, 1))
    blocks = {(row, 1): "=SUM(B1:B9000)" for row in range(1, 9)} | {(1, 2): "=SUM(A2:A9000)"}
    assert not circular(sheet(blocks), (1, 1))
    assert not circular(sheet({(1, 1): "=" + "B1+" * 900 + "A1"}), (1, 1))


def test_a_chain_within_reason_is_reckoned() -> None:
    chain: dict[Position, object] = {(row, 1): f"=A{row + 1}+1" for row in range(1, 30)}
    assert reckoned(sheet(chain | {(30, 1): 1}), (1, 1)) == 30


FORMULAS = st.lists(
    st.sampled_from(
        [
            "SUM",
            "(",
            ")",
            "A1",
            "B1:B3",
            "$B$2",
            ",",
            ";",
            "+",
            "-",
            "*",
            "/",
            "%",
            "1",
            "2.5",
            "'x'!A1",
            '"',
            "IF",
            "^",
        ]
    ),
    max_size=12,
).map(lambda parts: "=" + "".join(parts))


@given(FORMULAS | st.text(max_size=20).map("={}".format), st.sampled_from([None, 0, 5, "", "x"]))
def test_whatever_a_formula_says_the_cell_is_read_or_refused(formula: str, stored: object) -> None:
    found = read(GridCell(stored, formula), B1=1, B2="=A1", B3="hai")  # type: ignore[arg-type]
    assert found.figure.state in (figure.State.NUMBER, figure.State.UNREADABLE, figure.State.EMPTY)
    assert found.code or found.figure.value is not None or found.figure == figure.EMPTY


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_whatever_a_cell_holds_it_is_read_asked_or_named(content: str | float | int) -> None:
    found = read(GridCell(content), MONEY, factor=1000)
    unread = found.figure.state is figure.State.UNREADABLE
    assert unread == bool(found.code or found.asked)
