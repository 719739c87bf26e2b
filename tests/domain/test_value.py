"""The one table of missing values (design 4): what a figure is worth, and which reason decides."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain import figure
from judapp.domain import value as values
from judapp.domain.figure import Figure
from judapp.domain.value import Kind, Part, Value, gravest, known, value_of


@pytest.mark.parametrize(
    ("of", "worth"),
    [
        (figure.number(120), known(120)),
        (figure.NIL, known(0)),
        (figure.EMPTY, values.EMPTY),
        (figure.PENDING, values.PENDING),
        (figure.OUT_OF_REMIT, values.OUT_OF_REMIT),
        (figure.unreadable("12O"), values.UNREADABLE),
        (figure.words("trên"), values.EMPTY),
    ],
)
def test_what_a_figure_is_worth(of: Figure, worth: Value) -> None:
    assert value_of(of, 0) == worth


@pytest.mark.parametrize("part", ["printed", "estimate", "actual"])
def test_a_figure_without_number_has_none_in_its_parts_either(part: Part) -> None:
    assert value_of(figure.PENDING, 0, part) == values.PENDING
    assert value_of(figure.NIL, 0, part) == known(0)


def test_the_actual_figure_is_the_printed_one_less_the_estimated_part() -> None:
    """03/2019/TT-BTP Điều 6: the estimate stands inside the printed figure."""
    of = figure.number(1355, 150)
    assert value_of(of, 1) == known(Fraction(1355, 10))
    assert value_of(of, 1, "estimate") == known(15)
    assert value_of(of, 1, "actual") == known(Fraction(1205, 10))


def test_an_estimated_part_that_is_not_known_is_not_taken_as_none() -> None:
    assert value_of(figure.number(135), 0, "estimate") == values.EMPTY
    assert value_of(figure.number(135), 0, "actual") == values.EMPTY


def test_only_a_number_is_known() -> None:
    assert known(0).known
    assert not any(Value(kind).known for kind in Kind if kind is not Kind.NUMBER)


GRAVITY = ["NUMBER", "OUT_OF_REMIT", "UNDEFINED", "EMPTY", "PENDING", "INCOMPARABLE", "UNREADABLE"]


@given(st.lists(st.sampled_from(GRAVITY), min_size=1))
def test_the_gravest_reason_decides(names: list[str]) -> None:
    kinds = [Kind[name] for name in names]
    assert gravest([Value(kind) for kind in kinds]) is Kind[max(names, key=GRAVITY.index)]


def test_nothing_at_all_lacks_nothing() -> None:
    assert gravest([]) is Kind.NUMBER
