"""Sums typed behind an equals sign: exactly what Python's fractions say, bounded, and never a program."""

from __future__ import annotations

import operator
import time
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.arithmetic import DEEPEST, LONGEST, NotReckoned, is_expression, reckon
from judapp.domain.number import Ambiguous, format_vi


def grouped(number: Ambiguous) -> Decimal:
    return number.grouped


def undecided(_: Ambiguous) -> None:
    return None


def result(text: str) -> Fraction:
    return reckon(text, grouped)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("=12+30*2", 72),
        ("= 12 + 30 × 2", 72),
        ("=(12+30)*2", 84),
        ("=12+30x2", 72),
        ("=12+30X2", 72),
        ("=12·3", 36),
        ("=100-20-5", 75),
        ("=100−20–5", 75),
        ("=100/4/5", 5),
        ("=100:4÷5", 5),
        ("=7/2", Fraction(7, 2)),
        ("=1/3*3", 1),
        ("=-5+8", 3),
        ("=5*-3", -15),
        ("=1++2", 3),
        ("=+5", 5),
        ("=-(2+3)", -5),
        ("=((((7))))", 7),
        ("=1.234+1", 1235),
        ("=1,234+1", 1235),
        ("=1.234.567,5*2", 2469135),
        ("=1 234 567-1", 1234566),
        ("=0,5*3", Fraction(3, 2)),
        ("=330000000+22400000", 352400000),
        ("＝１２＋３０", 42),
        ("=12", 12),
    ],
)
def test_an_expression_comes_to_what_it_says(text: str, value: Fraction | int) -> None:
    assert is_expression(text)
    assert result(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "=",
        "= ",
        "==1",
        "=1+",
        "=*2",
        "=1 2",
        "=12 15",
        "=1+-+2",
        "=--1",
        "=()",
        "=(1",
        "=1)",
        "=2(3)",
        "=(2)(3)",
        "=2^3",
        "=2**3",
        "=10%",
        "=1e5",
        "=1.2.3",
        "=12,",
        "=A1+B1",
        "=SUM(A1:A3)",
        "=__import__('os')",
        "=1;2",
        "=1\n+2\x00",
        "=٣+٤",
        "=12 việc",
        "=1//2",
    ],
)
def test_anything_else_has_no_result(text: str) -> None:
    with pytest.raises(NotReckoned, match="syntax"):
        result(text)


@pytest.mark.parametrize("text", ["=1/0", "=5:(3-3)", "=0/0", "=1/(1/2-0,5)"])
def test_a_division_by_zero_has_no_result(text: str) -> None:
    with pytest.raises(NotReckoned, match="zero"):
        result(text)


def test_a_number_with_two_readings_is_decided_by_whoever_asks() -> None:
    assert reckon("=1.234*2", lambda number: number.decimal) == Fraction("2.468")
    with pytest.raises(NotReckoned, match="ambiguous"):
        reckon("=1.234*2", undecided)


def test_it_is_bounded_in_length_and_depth() -> None:
    within = "=" + "(" * DEEPEST + "1" + ")" * DEEPEST
    assert result(within) == 1
    for text in (
        f"=({within[1:]})",
        "=" + "1+" * (LONGEST // 2) + "1",
        "=" + "(" * 10**6,
        "=1" + "0" * 10**6,
    ):
        started = time.perf_counter()
        with pytest.raises(NotReckoned, match="syntax"):
            result(text)
        assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", ["", "12", "12=3", "a=1", " 12+3", "'=1"])
def test_only_what_begins_with_an_equals_sign_is_an_expression(text: str) -> None:
    assert not is_expression(text)


NUMBERS = st.decimals(0, 10**6, allow_nan=False, places=2) | st.integers(0, 10**9).map(Decimal)


def number_text(number: Decimal) -> str:
    """As a person types it; grouped only where that has one reading."""
    grouped_text = format_vi(number)
    return grouped_text if "," in grouped_text or grouped_text.count(".") > 1 else str(number)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction | None]:
    """An expression as a person types it, and what Python says of it; None where it divides by zero."""
    if depth == 0 or draw(st.booleans()):
        number = draw(NUMBERS)
        return number_text(number), Fraction(number)
    signs = {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "×": operator.mul,
        "/": operator.truediv,
        ":": operator.truediv,
    }
    sign = draw(st.sampled_from(sorted(signs)))
    (left, first), (right, second) = draw(sums(depth - 1)), draw(sums(depth - 1))
    gap = draw(st.sampled_from(["", " "]))
    text = f"({left}){gap}{sign}{gap}({right})"
    if first is None or second is None or (sign in "/:" and not second):
        return text, None
    return text, signs[sign](first, second)


@given(sums())
def test_it_is_as_exact_as_fractions(made: tuple[str, Fraction | None]) -> None:
    text, value = made
    if len(text) < LONGEST and value is not None:
        assert reckon(f"={text}", undecided) == value
    else:
        with pytest.raises(NotReckoned, match="zero" if len(text) < LONGEST else "syntax"):
            reckon(f"={text}", undecided)


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=12), st.data())
def test_products_go_before_sums_and_both_from_the_left(numbers: list[int], data: st.DataObject) -> None:
    """Python's own order of plain numbers, reckoned by Python's parser in exact fractions."""
    signs = data.draw(st.lists(st.sampled_from("+-*"), min_size=len(numbers) - 1, max_size=len(numbers) - 1))
    text = str(numbers[0]) + "".join(
        f"{sign}{number}" for sign, number in zip(signs, numbers[1:], strict=True)
    )
    total, product = Fraction(0), Fraction(numbers[0])
    for sign, number in zip(signs, numbers[1:], strict=True):
        if sign == "*":
            product *= number
        else:
            total, product = total + product, Fraction(number if sign == "+" else -number)
    assert result(f"={text}") == total + product


@given(st.text(max_size=2 * LONGEST) | st.text("=0123456789.,+-*/×:()x ", max_size=60))
def test_any_text_has_a_result_or_none(text: str) -> None:
    """Never another exception than the one that says why."""
    with suppress(NotReckoned):
        assert isinstance(reckon(text, undecided), Fraction)
