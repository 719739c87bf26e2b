"""Three kinds of change, never mixed: absolute, percent of a count, points of a rate (domain 5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.comparison import (
    base_of_percent,
    base_of_points,
    change_of_count,
    change_of_rate,
    needs_explanation,
)
from judapp.domain.number import Rational, format_vi, round_half_up

COUNTS = st.integers(1, 10**15)


def test_a_count_rises_by_so_many_and_by_percent_never_by_points() -> None:
    """Tăng 407 dự thảo, 7,97 %."""
    change = change_of_count(5514, 5107)
    assert change.absolute == 407
    assert change.percent is not None
    assert format_vi(change.percent, 2) == "7,97"
    assert change.points is None


def test_a_rate_rises_by_points_never_by_percent() -> None:
    """82,88 % → 83,50 %: tăng 0,62 điểm phần trăm."""
    change = change_of_rate(Fraction("83.50"), Fraction("82.88"))
    assert change.points == change.absolute == Fraction("0.62")
    assert change.percent is None


def test_a_count_falls_by_a_negative_percent() -> None:
    change = change_of_count(30, 40)
    assert (change.absolute, change.percent) == (-10, -25)


def test_from_nothing_there_is_no_percent() -> None:
    change = change_of_count(12, 0)
    assert (change.absolute, change.percent) == (12, None)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000).filter(bool))
def test_percent_and_absolute_change_never_point_in_two_directions(value: int, base: int) -> None:
    change = change_of_count(value, base)
    assert change.percent is not None
    assert (change.percent > 0, change.percent < 0) == (change.absolute > 0, change.absolute < 0)


@pytest.mark.parametrize(
    ("value", "percent", "base"),
    [
        (31025, "-17.78", "37734"),
        (81452, "11.08", "73327"),
        (17074, "30.57", "13077"),
        (100, "0", "100"),
    ],
)
def test_a_published_percent_implies_a_base(value: int, percent: str, base: str) -> None:
    implied = base_of_percent(value, Fraction(percent))
    assert implied is not None
    assert round_half_up(implied, 0) == Decimal(base)


@pytest.mark.parametrize(
    ("rate", "points", "base"),
    [
        (Fraction(8145200, 85961), "11.08", "83.67"),
        (Fraction(1707400, 31025), "30.57", "24.46"),
    ],
)
def test_published_points_imply_another_base(rate: Fraction, points: str, base: str) -> None:
    assert round_half_up(base_of_points(rate, Fraction(points)), 2) == Decimal(base)


@pytest.mark.parametrize("percent", [-100, -150])
def test_nothing_falls_by_all_of_itself_and_is_still_there(percent: int) -> None:
    assert base_of_percent(10, percent) is None


@given(COUNTS, COUNTS)
def test_a_base_is_found_again_from_the_change_it_gave(value: int, base: int) -> None:
    percent = change_of_count(value, base).percent
    assert percent is not None
    assert base_of_percent(value, percent) == base


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_rate_is_found_again_from_its_points(rate: Fraction, base: Fraction) -> None:
    points = change_of_rate(rate, base).points
    assert points is not None
    assert base_of_points(rate, points) == base


@pytest.mark.parametrize(
    ("value", "base", "asked"),
    [
        (120, 100, True),
        (80, 100, True),
        (119, 100, False),
        (81, 100, False),
        (Fraction(1199999, 10000), 100, False),
        (6, 5, True),
        (100, 100, False),
        (12, 0, False),
        (0, 12, True),
        (-120, -100, True),
        (-119, -100, False),
    ],
)
def test_a_change_of_twenty_percent_and_more_owes_a_reason(
    value: Rational, base: Rational, asked: bool
) -> None:
    """Công văn 4578/BTP-KHTC (2022); from a base of 0 there is no percent to reach 20."""
    assert needs_explanation(value, base, 20) is asked


def test_the_threshold_is_a_setting() -> None:
    assert needs_explanation(110, 100, Fraction(10))
    assert not needs_explanation(110, 100, Fraction("10.1"))
