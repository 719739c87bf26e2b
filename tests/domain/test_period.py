"""Rounds and windows: three regimes, never mixed; every figure knows its own days (domain 2)."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.period import (
    BASE,
    DEPARTMENT,
    ENFORCEMENT,
    ROUNDS,
    STATISTICS,
    WRITTEN_REPORT,
    Calendar,
    Period,
    Span,
    Window,
    WindowRule,
    anchored,
)
from judapp.errors import JudappError
from tests.domain.builders import day

PERIODS = st.builds(Period, st.integers(1000, 2999), st.sampled_from(ROUNDS))
YEARS = st.integers(2011, 2100)


def span(start: str, end: str) -> Span:
    return Span(day(start), day(end))


UNSTATED = Span(None, None)


# codes and names


@given(PERIODS)
def test_a_period_is_found_again_by_its_code(period: Period) -> None:
    assert Period.parse(period.code) == period


def test_a_year_has_three_rounds_and_twelve_of_enforcement() -> None:
    assert len(ROUNDS) == len(set(ROUNDS)) == 15
    assert [Period.parse(f"2026-{kind}").round for kind in ROUNDS] == list(ROUNDS)


@pytest.mark.parametrize(
    "code",
    [
        *("", "2026", "2026-H2", "2026-h1", "26-H1", "2026-E00", "2026-E13", "2026-E6", "2026-Y2", "2026–H1"),
        *("2026-H1 ", "2026-H1\n", " 2026-H1", "٢٠٢٦-H1", "0000-H1", "9999-Y"),
    ],
)
def test_what_is_no_period_is_named_in_the_fault(code: str) -> None:
    with pytest.raises(JudappError) as raised:
        Period.parse(code)
    assert (raised.value.code, raised.value.params) == ("PER-001", {"period": code})


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("2026-H1", "6 tháng đầu năm 2026", "first 6 months of 2026"),
        ("2026-Y1", "năm 2026 (sơ bộ)", "year 2026 (preliminary)"),
        ("2026-Y", "năm 2026", "year 2026"),
        ("2024-E12", "lũy kế 12 tháng năm thi hành án 2024", "12 months of enforcement year 2024"),
        ("2024-E09", "lũy kế 9 tháng năm thi hành án 2024", "9 months of enforcement year 2024"),
    ],
)
def test_people_call_a_period_by_its_name(code: str, vi: str, en: str) -> None:
    assert Period.parse(code).name == (vi, en)


# what an expression means by another time


@pytest.mark.parametrize(
    ("code", "when", "related"),
    [
        ("2026-H1", "same", "2025-H1"),
        ("2026-Y", "same", "2025-Y"),
        ("2026-E06", "same", "2025-E06"),
        ("2026-H1", "year-1", "2025-Y"),
        ("2026-Y", "year-1", "2025-Y"),
        ("2026-E06", "year-1", "2025-E12"),
        ("2026-H1", "final", "2026-Y"),
        ("2026-Y1", "final", "2026-Y"),
        ("2026-E03", "final", "2026-E12"),
        ("2026-H1", "prev", "2025-Y"),
        ("2026-Y1", "prev", "2026-H1"),
        ("2026-Y", "prev", "2026-Y1"),
        ("2026-E06", "prev", "2026-E05"),
        ("2026-E10", "prev", "2026-E09"),
    ],
)
def test_another_time_means_a_period(code: str, when: str, related: str) -> None:
    found = Period.parse(code).related(when)
    assert found is not None
    assert found.code == related


def test_nothing_of_an_enforcement_year_comes_before_its_first_month() -> None:
    """Cumulative figures begin anew on 01/10, so they may fall there."""
    assert Period(2026, "E01").related("prev") is None


def test_an_unknown_time_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="next"):
        Period(2026, "H1").related("next")


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("2025-H1", "30/6/2025"),
        ("2025-Y1", "31/12/2025"),
        ("2025-Y", "31/12/2025"),
        ("2024-E01", "31/10/2023"),
        ("2024-E03", "31/12/2023"),
        ("2024-E04", "31/1/2024"),
        ("2024-E05", "29/2/2024"),
        ("2025-E05", "28/2/2025"),
        ("2024-E09", "30/6/2024"),
        ("2024-E12", "30/9/2024"),
    ],
)
def test_unit_codes_are_read_as_of_the_last_day(code: str, last: str) -> None:
    """The enforcement year runs from 01/10 of the year before to 30/9."""
    assert Period.parse(code).last_day == day(last)


# spans


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("1/1/2026", "31/5/2026", 5),
        ("1/1/2026", "30/6/2026", 6),
        ("15/12/2025", "14/6/2026", 6),
        ("1/10/2023", "30/6/2024", 9),
        ("1/10/2023", "31/3/2024", 6),
        ("1/1/2026", "31/12/2026", 12),
        ("1/2/2025", "28/2/2025", 1),
        ("1/2/2024", "29/2/2024", 1),
        ("15/1/2026", "14/2/2026", 1),
        ("30/6/2026", "30/6/2026", 0),
        ("1/1/2026", "15/1/2026", 0),
        ("1/1/2026", "16/1/2026", 1),
    ],
)
def test_a_window_is_so_many_months_long(start: str, end: str, months: int) -> None:
    assert span(start, end).months == months


@pytest.mark.parametrize("of", [UNSTATED, Span(date(2026, 1, 1), None), Span(None, date(2026, 6, 30))])
def test_a_window_with_an_unknown_end_is_not_stated(of: Span) -> None:
    assert not of.stated
    assert of.months is None
    assert of.text == ("không nêu từ ngày – đến ngày", "days not stated")


def test_a_window_is_written_by_its_days() -> None:
    assert span("1/1/2024", "30/6/2024").text == ("01/01/2024 – 30/06/2024",) * 2


def test_the_same_days_a_year_earlier() -> None:
    assert span("1/1/2026", "30/6/2026").a_year_earlier() == span("1/1/2025", "30/6/2025")
    assert span("29/2/2024", "29/2/2024").a_year_earlier() == span("28/2/2023", "28/2/2023")
    assert UNSTATED.a_year_earlier() == UNSTATED


def test_five_months_are_not_the_same_period_as_six() -> None:
    """17/2025/TT-BTP prints sơ bộ 6 tháng as 01/01 – 31/5, 03/2019 as 01/01 – 30/6."""
    assert span("1/1/2026", "31/5/2026").like(span("1/1/2025", "30/6/2025")) is False
    assert span("1/1/2026", "31/5/2026").like(span("1/1/2025", "31/5/2025")) is True


def test_the_written_report_is_like_itself_and_not_like_the_statistics() -> None:
    """TT 12/2019: 15/12 – 14/6. Two products, two windows: never mix them."""
    report = span("15/12/2025", "14/6/2026")
    assert report.like(span("15/12/2024", "14/6/2025")) is True
    assert report.like(span("1/1/2025", "30/6/2025")) is False
    assert report.like(span("15/12/2023", "14/6/2024")) is False
    assert report.like(span("1/1/2025", "14/6/2025")) is False


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_end_of_february_is_the_same_day_in_every_year(year: int) -> None:
    ends = {y: date(y, 2, 29 if isleap(y) else 28) for y in (year, year - 1)}
    now, then = (Span(date(y - 1, 10, 1), end) for y, end in ends.items())
    assert now.like(then) is True


def test_the_end_of_february_is_not_any_day_near_it() -> None:
    assert span("1/10/2024", "28/2/2025").like(span("1/10/2023", "27/2/2024")) is False
    assert span("1/10/2024", "28/2/2025").like(span("1/10/2023", "31/3/2024")) is False
    assert span("1/10/2024", "28/2/2025").like(span("1/10/2023", "29/3/2024")) is False
    assert span("1/10/2024", "28/2/2025").like(span("1/10/2023", "29/2/2024")) is True
    assert span("1/10/2025", "28/2/2026").like(span("1/10/2024", "29/2/2024")) is False


def test_what_is_not_stated_is_neither_like_nor_unlike() -> None:
    stated = span("1/1/2026", "30/6/2026")
    assert stated.like(UNSTATED) is None
    assert UNSTATED.like(stated) is None


@given(st.dates(date(2012, 1, 1), date(2090, 12, 31)), st.integers(0, 400))
def test_every_window_is_like_its_own_days_a_year_earlier(start: date, length: int) -> None:
    own = Span(start, start + timedelta(length))
    assert own.like(own.a_year_earlier()) is True


# rules and letters


def rule(kind: str, start: str, end: str, **more: Any) -> WindowRule:
    known: dict[str, Any] = {"regime": STATISTICS, "level": DEPARTMENT, "first": 2011, "last": None}
    known |= {"source": "", "evidence": "verbatim"} | more
    return WindowRule(round=kind, start=start, end=end, **known)


def test_a_rule_gives_days_actual_part_and_deadline() -> None:
    """03/2019 Điều 6: 01/01 – 30/6, actual to 31/5; Sở → Bộ on 25/6."""
    found = rule("H1", "0:01-01", "0:06-30", actual_to="0:05-31", due="0:06-25").window(2024)
    assert found.period == Period(2024, "H1")
    assert found.span == span("1/1/2024", "30/6/2024")
    assert (found.actual_to, found.due) == (day("31/5/2024"), day("25/6/2024"))


def test_the_final_year_is_all_actual_and_due_in_the_next_one() -> None:
    found = rule("Y", "0:01-01", "0:12-31", due="1:02-20").window(2024)
    assert (found.actual_to, found.due) == (None, day("20/2/2025"))
    assert rule("Y", "0:01-01", "0:12-31").window(2024).due is None


def test_the_written_report_begins_in_the_year_before() -> None:
    assert rule("H1", "-1:12-15", "0:06-14", regime=WRITTEN_REPORT).window(2024).span == span(
        "15/12/2023", "14/6/2024"
    )


@given(YEARS)
def test_enforcement_to_february_ends_on_its_last_day(year: int) -> None:
    found = rule("E05", "-1:10-01", "0:02-end", regime=ENFORCEMENT).window(year)
    assert found.span.end == found.period.last_day
    assert found.span.start == date(year - 1, 10, 1)
    assert found.span.months == 5


@pytest.mark.parametrize(
    "anchor", ["", "01-01", "2:01-01", "0:1-1", "0:13-01", "0:02-30", "0:13-end", "0:01-01 "]
)
def test_a_malformed_day_of_a_rule_is_refused(anchor: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        anchored(anchor, 2024)


HALF = rule("H1", "0:01-01", "0:06-30", first=2020, last=2025, due="0:06-25")
NEW_HALF = rule("H1", "0:01-01", "0:05-31", first=2026, due="0:06-20")
BASE_HALF = rule("H1", "0:01-01", "0:06-30", level=BASE, due="0:06-06")
REPORT = rule("H1", "-1:12-15", "0:06-14", regime=WRITTEN_REPORT)


def test_the_circular_of_the_year_gives_the_window() -> None:
    calendar = Calendar([HALF, NEW_HALF, BASE_HALF])
    windows = [calendar.window(STATISTICS, Period(year, "H1")) for year in (2020, 2025, 2026, 2040)]
    assert [w and w.span.months for w in windows] == [6, 6, 5, 5]


def test_levels_regimes_and_rounds_have_windows_of_their_own() -> None:
    calendar = Calendar([HALF, BASE_HALF, REPORT])
    at = Period(2024, "H1")
    found = [calendar.window(STATISTICS, at, BASE), calendar.window(WRITTEN_REPORT, at)]
    assert [w and (w.due, w.span) for w in found] == [
        (day("6/6/2024"), span("1/1/2024", "30/6/2024")),
        (None, span("15/12/2023", "14/6/2024")),
    ]
    assert calendar.window(ENFORCEMENT, at) is None
    assert calendar.window(STATISTICS, Period(2024, "Y")) is None


@pytest.mark.parametrize("year", [2019, 2026])
def test_a_year_without_a_rule_has_no_window(year: int) -> None:
    assert Calendar([HALF]).window(STATISTICS, Period(year, "H1")) is None


LETTER = Window(
    STATISTICS,
    Period(2024, "H1"),
    DEPARTMENT,
    span("1/1/2024", "30/6/2024"),
    None,
    day("5/7/2024"),
    "CV 1234",
    "verbatim",
)


def test_a_letter_moves_one_deadline_and_no_other() -> None:
    calendar = Calendar([HALF], [LETTER])
    due = {
        year: window.due
        for year in (2023, 2024)
        if (window := calendar.window(STATISTICS, Period(year, "H1"))) is not None
    }
    assert due == {2023: day("25/6/2023"), 2024: day("5/7/2024")}


def test_a_letter_is_enough_where_no_rule_is_known() -> None:
    assert Calendar([], [LETTER]).window(STATISTICS, LETTER.period) == LETTER
    assert Calendar([], [LETTER]).windows_of(2024) == [LETTER]
    assert Calendar([], [LETTER]).windows_of(2023) == []


def test_the_windows_of_a_year_stand_by_regime_department_first_then_round() -> None:
    year = rule("Y", "0:01-01", "0:12-31")
    e06 = rule("E06", "-1:10-01", "0:03-31", regime=ENFORCEMENT)
    found = Calendar([e06, REPORT, year, BASE_HALF, NEW_HALF, HALF]).windows_of(2024)
    assert [(w.regime, w.level, w.period.round) for w in found] == [
        (STATISTICS, DEPARTMENT, "H1"),
        (STATISTICS, DEPARTMENT, "Y"),
        (STATISTICS, BASE, "H1"),
        (WRITTEN_REPORT, DEPARTMENT, "H1"),
        (ENFORCEMENT, DEPARTMENT, "E06"),
    ]
