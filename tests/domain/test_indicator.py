"""What an indicator reads, and how that stands against the same period (domain 2, 5)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from judapp.domain import value as values
from judapp.domain.indicator import (
    NOT_STATED,
    NOTHING,
    Amount,
    Break,
    Reading,
    Source,
    against_same_period,
    missing_to_target,
    read,
)
from judapp.domain.number import Rational
from judapp.domain.period import Span
from judapp.domain.value import Kind, Value, known
from judapp.text import Bilingual
from tests.domain.builders import day, indicator

H1_2024 = Span(day("1/1/2024"), day("30/6/2024"))
H1_2023 = Span(day("1/1/2023"), day("30/6/2023"))
FIVE_MONTHS = Span(day("1/1/2024"), day("31/5/2024"))

RATE = indicator("m:top", "m:bottom")
COUNT = indicator("m:top")


def amount(number: Rational | Value, span: Span = H1_2024, **more: Any) -> Amount:
    return Amount(number if isinstance(number, Value) else known(number), span, **more)


def rate(top: Amount, bottom: Amount) -> Reading:
    return read(RATE, {"top": top, "bottom": bottom}.__getitem__)


def count(top: Amount) -> Reading:
    return read(COUNT, {"top": top}.__getitem__)


# reading


def test_a_rate_is_the_exact_share_in_percent() -> None:
    """Online registration of Nghệ An: 81,452 of 85,961."""
    assert rate(amount(81452), amount(85961)).value == known(Fraction(8145200, 85961))


def test_a_count_is_its_measure() -> None:
    measured = amount(31025, note="12b cột (3)")
    found = count(measured)
    assert (found.value, found.numerator, found.denominator) == (known(31025), measured, None)


def test_of_nothing_there_is_no_rate() -> None:
    """Denominator 0: not 0 % and not 100 %."""
    assert rate(amount(0), amount(0)).value == values.UNDEFINED


@pytest.mark.parametrize(
    ("top", "bottom", "kind"),
    [
        (NOTHING, amount(5), Kind.EMPTY),
        (amount(5), NOTHING, Kind.EMPTY),
        (amount(values.PENDING), NOTHING, Kind.PENDING),
        (amount(values.OUT_OF_REMIT), amount(values.OUT_OF_REMIT), Kind.OUT_OF_REMIT),
        (amount(values.UNREADABLE), amount(values.PENDING), Kind.UNREADABLE),
    ],
)
def test_a_rate_lacks_what_its_parts_lack(top: Amount, bottom: Amount, kind: Kind) -> None:
    assert rate(top, bottom).value == Value(kind)


def test_parts_over_unlike_days_have_no_rate() -> None:
    assert rate(amount(5, FIVE_MONTHS), amount(10)).value == values.INCOMPARABLE


def both(rule: str, one: Amount, other: Amount) -> Amount:
    return read(indicator(rule), {"a": one, "b": other}.__getitem__).numerator


def test_a_measure_may_be_reckoned_from_several() -> None:
    found = both("m:a + m:b", amount(3, qualifier="lower"), amount(4))
    assert (found.value, found.span, found.qualifier) == (known(7), H1_2024, "lower")


def test_several_measures_bring_all_they_come_from() -> None:
    one = Source("10b/TP/CC", "40", "2024-H1", "[I]c2")
    other = Source("17b/TP", "40", "2024-H1", "[1]c3")
    basis = Bilingual("cộng số của Lào Cai cũ và Yên Bái", "sum of the predecessors")
    found = both("m:a + m:b", amount(3, sources=(one,)), amount(4, sources=(other,), basis=basis))
    assert (found.sources, found.basis) == ((one, other), basis)


def test_measures_over_unlike_days_are_not_added_up() -> None:
    found = both("m:a + m:b", amount(3), amount(4, FIVE_MONTHS))
    assert (found.value, found.span) == (values.INCOMPARABLE, NOT_STATED)


def test_a_figure_not_yet_known_is_told_before_unlike_days() -> None:
    parts = {"a": amount(3), "b": amount(4, FIVE_MONTHS), "c": amount(values.PENDING)}
    assert read(indicator("m:a + m:b + m:c"), parts.__getitem__).value.kind is Kind.PENDING


def test_a_measure_that_is_not_there_is_missing_not_incomparable() -> None:
    """It has no days of its own to differ in."""
    found = both("m:a + m:b", amount(3), NOTHING)
    assert (found.value.kind, found.span) == (Kind.EMPTY, H1_2024)


def test_a_sum_lacks_the_units_its_parts_lack() -> None:
    missing = Amount(values.EMPTY, lacking=("Tỉnh Yên Bái",))
    assert both("m:a + m:b", missing, missing).lacking == ("Tỉnh Yên Bái",)


def test_a_number_alone_has_no_days() -> None:
    found = read(indicator("5"), lambda _: NOTHING).numerator
    assert (found.value, found.span) == (known(5), NOT_STATED)


@pytest.mark.parametrize("rule", ["m:a{same}", "m:a{same} + m:b"])
def test_an_indicator_never_takes_this_period_for_another(rule: str) -> None:
    assert both(rule, amount(3), amount(4)).value == values.INCOMPARABLE


def test_an_indicator_that_speaks_of_cells_is_our_own_fault() -> None:
    """Lint refuses such a definition."""
    with pytest.raises(ValueError, match="no value"):
        read(indicator("x![1]c1 + 0"), lambda _: NOTHING)


# how exact, what is known


@pytest.mark.parametrize(
    ("top", "bottom", "whole"),
    [
        ("", "", ""),
        ("lower", "", "lower"),
        ("lower", "about", "lower"),
        ("", "about", "about"),
        ("", "lower", "about"),
    ],
)
def test_a_rate_is_as_exact_as_its_parts(top: str, bottom: str, whole: str) -> None:
    """At least 50 of 60 million is at least 83.33 %; of at least 60 million nobody knows."""
    assert rate(amount(50, qualifier=top), amount(60, qualifier=bottom)).qualifier == whole
    assert count(amount(50, qualifier=top)).qualifier == top


def test_a_reading_is_known_of_as_soon_as_one_part_is() -> None:
    assert not rate(NOTHING, NOTHING).known_of
    assert rate(NOTHING, amount(5)).known_of
    assert rate(amount(values.PENDING), NOTHING).known_of
    assert not count(NOTHING).known_of


# against the same period


def test_a_rate_changes_by_points() -> None:
    now, then = (
        rate(amount(top, span), amount(10000, span)) for top, span in ((8350, H1_2024), (8288, H1_2023))
    )
    found = against_same_period(now, then, is_rate=True)
    assert found.change is not None
    assert (found.change.points, found.change.percent) == (Fraction("0.62"), None)
    assert found.windows_stated


def test_a_count_changes_by_percent() -> None:
    found = against_same_period(count(amount(5514)), count(amount(5107, H1_2023)), is_rate=False)
    assert found.change is not None
    assert (found.change.absolute, found.change.points) == (407, None)


@pytest.mark.parametrize(
    ("now", "then", "why"),
    [
        (count(amount(5)), count(NOTHING), "missing"),
        (count(amount(5)), count(Amount(values.EMPTY, lacking=("Yên Bái",))), "missing_predecessor"),
        (count(amount(5)), count(amount(values.INCOMPARABLE)), "windows"),
        (count(amount(5)), rate(amount(0, H1_2023), amount(0, H1_2023)), "undefined"),
        (count(amount(5)), count(amount(values.OUT_OF_REMIT)), "undefined"),
        (count(NOTHING), count(amount(5, H1_2023)), "undefined"),
        (count(amount(5, FIVE_MONTHS)), count(amount(5, H1_2023)), "windows"),
        (count(amount(5)), count(amount(5, H1_2024)), "windows"),
    ],
)
def test_where_nothing_can_be_said_the_reason_is(now: Reading, then: Reading, why: str) -> None:
    """5 months against 6 give no percent."""
    found = against_same_period(now, then, is_rate=False)
    assert (found.change, found.why, found.reading) == (None, why, then)


def test_days_that_are_not_stated_are_compared_and_that_is_said() -> None:
    found = against_same_period(count(amount(6)), count(amount(5, NOT_STATED)), is_rate=False)
    assert found.change is not None
    assert (found.why, found.windows_stated) == (None, False)


# what lacks to the target


@pytest.mark.parametrize(
    ("top", "bottom", "level", "lacking"),
    [
        (24800, 40000, 70, 3200),
        (27999, 40000, 70, 1),
        (28000, 40000, 70, None),
        (39000, 40000, 70, None),
        (0, 3, Fraction(100, 2), 2),
        (69, 100, Fraction("69.5"), 1),
    ],
)
def test_so_many_more_cases_reach_the_level(
    top: int, bottom: int, level: Rational, lacking: int | None
) -> None:
    """62,00 %, cần thêm 3.200 hồ sơ (với 40.000 hồ sơ) để đạt 70 %."""
    assert missing_to_target(rate(amount(top), amount(bottom)), level) == lacking
    if lacking:
        assert Fraction(100 * (top + lacking), bottom) >= level > Fraction(100 * (top + lacking - 1), bottom)


@pytest.mark.parametrize("reading", [rate(amount(0), amount(0)), rate(NOTHING, amount(5)), count(amount(5))])
def test_without_a_share_no_case_brings_it_nearer(reading: Reading) -> None:
    assert missing_to_target(reading, 70) is None


# over a change of the form


def on_form(
    number: int, form: str, *, note: str | None = "12b (3) ↔ 10b (2)", comparable: bool = True
) -> Reading:
    source = Source(form, "TH", "2025-Y", "[tong]c2")
    of = Amount(known(number), YEAR, sources=(source,), note=note, comparable=comparable)
    return Reading(of.value, of, None)


YEAR = Span(day("1/1/2025"), day("31/12/2025"))


def test_figures_of_two_forms_are_compared_and_the_change_of_form_is_told() -> None:
    then = on_form(100, "12b")
    then = replace(then, numerator=replace(then.numerator, span=YEAR.a_year_earlier()))
    same = against_same_period(on_form(131, "10b"), then, is_rate=False)
    assert same.change is not None
    assert same.change.percent == 31
    assert same.reform == Break("10b", "12b", "12b (3) ↔ 10b (2)")
    assert against_same_period(on_form(131, "10b"), on_form(1, "10b"), is_rate=False).reform is None
    assert (
        against_same_period(on_form(1, "10b", note=None), on_form(1, "12b", note=None), is_rate=False).reform
        is None
    )


def test_a_version_that_says_it_may_not_be_compared_is_not() -> None:
    """12b (4), bản dịch và các loại việc khác, has no successor in 10b."""
    same = against_same_period(on_form(5, "10b"), on_form(4, "12b", comparable=False), is_rate=False)
    assert (same.change, same.why) == (None, "break")
    assert same.reform is not None
    within = against_same_period(
        on_form(5, "12b", comparable=False), on_form(4, "12b", comparable=False), is_rate=False
    )
    assert within.why != "break"


def test_a_figure_says_on_how_many_units_it_stands_the_worst_of_its_parts() -> None:
    part, whole = Amount(known(1), coverage=(23, 24)), Amount(known(2), coverage=(3, 4))
    assert Reading(known(50), part, whole).coverage == (3, 4)
    assert Reading(known(1), Amount(known(1)), None).coverage is None
