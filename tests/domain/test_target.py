"""Targets: a level, a comparison, a yardstick, a document; judged unrounded and exactly (domain 5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.target import Target, in_force
from tests.domain.builders import day

D = Decimal


def target(operator: str = ">=", level: str = "70", **more: Any) -> Target:
    known: dict[str, Any] = {
        "uid": "t",
        "indicator": "dvc.truc_tuyen",
        "holder": "na",
        "year": 2024,
        "yardstick": "full",
        "valid_from": date(2024, 1, 1),
        "document": None,
        "evidence": "published",
        "source": "",
    }
    return Target(operator=operator, level=D(level), **(known | more))


@pytest.mark.parametrize(
    "wrong", [{"operator": "="}, {"operator": "≥"}, {"yardstick": "half"}, {"evidence": "guessed"}]
)
def test_what_the_field_does_not_know_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        target(**wrong)


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        (">=", False, True, True),
        (">", False, False, True),
        ("<=", True, True, False),
        ("<", True, False, False),
    ],
)
def test_a_level_is_a_floor_or_a_ceiling_strict_or_not(
    operator: str, below: bool, equal: bool, above: bool
) -> None:
    """ "Trên 83,25 %" is not met by 83.25."""
    values = [Fraction(8324, 100), Fraction(8325, 100), Fraction(8326, 100)]
    assert [target(operator, "83.25").met_by(value) for value in values] == [below, equal, above]


def test_online_registration_of_nghe_an_meets_its_target() -> None:
    rate = Fraction(81452 * 100, 85961)
    assert target(">=", "70").met_by(rate)
    assert round(rate - target().level_for(6), 6) == Fraction("24.754598")


def test_a_value_that_only_rounding_makes_equal_has_not_met_the_level() -> None:
    """Làm tròn là 83,25 %, số chưa làm tròn 83,2469 %: chưa đạt."""
    almost = Fraction("83.2469")
    assert not target(">=", "83.25").met_by(almost)
    assert target(">=", "83.25").tied_when_rounded(almost, 2)
    assert not target(">=", "83.25").tied_when_rounded(almost, 4)


def test_an_equal_value_is_no_tie_of_rounding() -> None:
    assert not target(">", "83.25").tied_when_rounded(Fraction("83.25"), 2)
    assert not target(">", "83.25").tied_when_rounded(Fraction("83.36"), 1)


def test_half_a_year_may_be_held_against_half_of_the_level() -> None:
    """Ho Chi Minh City 2019: 48.49 % against 36.5, which is 6/12 of 73."""
    pro_rata = target(">=", "73", yardstick="pro_rata")
    assert pro_rata.level_for(6) == Fraction("36.5")
    assert pro_rata.met_by(Fraction("48.49"), 6)
    assert not pro_rata.met_by(Fraction("48.49"), 12)
    assert not target(">=", "73").met_by(Fraction("48.49"), 6)


def test_the_whole_year_is_held_against_the_whole_level_either_way() -> None:
    assert {target(yardstick=y).level_for(12) for y in ("full", "pro_rata")} == {Fraction(70)}
    assert target(yardstick="pro_rata").met_by(70)
    assert not target(yardstick="pro_rata").met_by(Fraction("69.99"))
    assert target(yardstick="pro_rata").tied_when_rounded(Fraction("70.004"), 2)


def test_a_share_without_an_end_is_still_exact() -> None:
    of_seven = target(">=", "100", yardstick="pro_rata").level_for(7)
    assert of_seven == Fraction(175, 3)
    assert target(">=", "100", yardstick="pro_rata").met_by(of_seven, 7)
    assert target(">=", "100", yardstick="pro_rata").tied_when_rounded(Fraction("58.33"), 2, 7)


@given(st.integers(0, 10**15), st.integers(1, 10**15), st.decimals(0, 100, places=2))
def test_a_rate_meets_a_level_exactly_when_the_cross_products_say_so(
    part: int, whole: int, level: Decimal
) -> None:
    """Promise 3: compared with a target by cross-multiplication, however close the two are."""
    met = target(">=", str(level)).met_by(Fraction(part * 100, whole))
    assert met == (part * 100 * 100 >= int(level * 100) * whole)


# which target binds


def test_a_target_issued_anew_binds_from_its_day_and_the_old_one_before() -> None:
    old, new = target(), target(level="75", valid_from=day("1/5/2024"))
    found = [in_force([new, old], "dvc.truc_tuyen", "na", 2024, day(d)) for d in ("30/4/2024", "1/5/2024")]
    assert found == [old, new]


@pytest.mark.parametrize(
    "other", [{"indicator": "tha.viec"}, {"holder": "vn"}, {"year": 2023}, {"valid_from": day("1/7/2024")}]
)
def test_no_other_target_binds(other: dict[str, Any]) -> None:
    """Hà Nội's own 83.45 stands beside the national 83.25."""
    assert in_force([target(**other)], "dvc.truc_tuyen", "na", 2024, day("30/6/2024")) is None
