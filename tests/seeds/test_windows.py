"""The shipped windows and deadlines of the reporting regimes (domain study, section 2)."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from judapp.domain.period import LEVELS, REGIMES, ROUNDS, Calendar, Period, WindowRule, anchored

RAW = (Path(__file__).parents[2] / "seeds/windows.json").read_bytes()
RULES = msgspec.json.decode(RAW, type=tuple[WindowRule, ...])
CALENDAR = Calendar(RULES)


def window(regime: str, period: str, level: str = "so") -> tuple[str, str, str, str]:
    """Start, end, last actual day and deadline, "" where none is known."""
    found = CALENDAR.window(regime, Period.parse(period), level)
    assert found is not None, (regime, period, level)
    days = (found.span.start, found.span.end, found.actual_to, found.due)
    return tuple(day.isoformat() if day else "" for day in days)  # type: ignore[return-value]


def test_rules_are_written_with_known_keys_and_words() -> None:
    known = set(WindowRule.__struct_fields__)
    assert all(set(rule) <= known for rule in msgspec.json.decode(RAW))
    for rule in RULES:
        assert rule.regime in REGIMES
        assert rule.round in ROUNDS
        assert rule.level in LEVELS
        assert rule.evidence in ("verbatim", "partial", "open")
        assert rule.source
        days = [anchored(a, 2024) for a in (rule.start, rule.actual_to, rule.end) if a]
        assert days == sorted(days)
        assert rule.last is None or rule.first <= rule.last


def test_no_round_has_two_windows() -> None:
    for one, other in combinations(RULES, 2):
        if (one.regime, one.round, one.level) == (other.regime, other.round, other.level):
            assert (one.last or 9999) < other.first or (other.last or 9999) < one.first


@pytest.mark.parametrize(
    ("period", "level", "expected"),
    [
        ("2024-H1", "so", ("2024-01-01", "2024-06-30", "2024-05-31", "2024-06-25")),
        ("2024-Y1", "so", ("2024-01-01", "2024-12-31", "2024-10-31", "2024-11-28")),
        ("2019-Y", "so", ("2019-01-01", "2019-12-31", "", "2020-02-20")),
        ("2024-H1", "co_so", ("2024-01-01", "2024-06-30", "2024-05-31", "2024-06-06")),
        ("2025-H1", "so", ("2025-01-01", "2025-06-30", "2025-05-31", "2025-06-25")),
        ("2025-Y1", "so", ("2025-01-01", "2025-10-31", "", "2025-11-20")),
        ("2025-Y", "so", ("2025-01-01", "2025-12-31", "", "2026-01-20")),
        ("2026-H1", "so", ("2026-01-01", "2026-05-31", "", "2026-06-20")),
        ("2026-H1", "co_so", ("2026-01-01", "2026-05-31", "", "2026-06-10")),
        ("2016-H1", "so", ("2016-01-01", "2016-06-30", "2016-04-30", "2016-05-20")),
        ("2016-Y1", "co_so", ("2016-01-01", "2016-12-31", "", "2016-11-07")),
        ("2018-Y", "so", ("2018-01-01", "2018-12-31", "", "")),
    ],
)
def test_statistics(period: str, level: str, expected: tuple[str, str, str, str]) -> None:
    assert window("tk", period, level) == expected


def test_every_year_since_2016_has_all_statistical_rounds() -> None:
    for year in range(2016, 2031):
        for round_ in ("H1", "Y1", "Y"):
            for level in LEVELS:
                assert CALENDAR.window("tk", Period(year, round_), level)


def test_the_written_report_has_windows_of_its_own() -> None:
    assert window("bc", "2024-H1") == ("2023-12-15", "2024-06-14", "", "")
    assert window("bc", "2023-Y") == ("2022-12-15", "2023-12-14", "", "")


def test_enforcement_is_cumulative_from_october() -> None:
    assert window("tha", "2024-E09")[:2] == ("2023-10-01", "2024-06-30")
    assert window("tha", "2024-E12")[:2] == ("2023-10-01", "2024-09-30")
    assert window("tha", "2024-E05")[:2] == ("2023-10-01", "2024-02-29")
    assert window("tha", "2024-H1")[:2] == ("2023-10-01", "2024-03-31")
    assert window("tha", "2024-Y")[:2] == ("2023-10-01", "2024-09-30")
    for month in range(1, 13):
        period = Period(2025, f"E{month:02d}")
        found = CALENDAR.window("tha", period)
        assert found is not None
        assert found.span.months == month
        assert found.span.end == period.last_day


def test_what_is_not_known_is_marked() -> None:
    """Promise 9: the ministry's deadlines under 04/2016 and the windows of sơ bộ are open."""
    for period, evidence in (("2017-H1", "open"), ("2026-H1", "partial"), ("2024-H1", "verbatim")):
        found = CALENDAR.window("tk", Period.parse(period))
        assert found is not None
        assert found.evidence == evidence
    assert CALENDAR.window("tk", Period.parse("2013-H1")) is None
