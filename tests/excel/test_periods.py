"""A printed period is read in every habit; what is no reporting round is told, never taken for one."""

from __future__ import annotations

import pytest

from judapp.domain.period import Period
from judapp.excel.periods import is_other_time, period_of


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("6T/2026", "2026-H1"),
        ("6t 2026", "2026-H1"),
        ("6 tháng/2026", "2026-H1"),
        ("06 tháng đầu năm 2026", "2026-H1"),
        ("Sáu tháng đầu năm 2026", "2026-H1"),
        ("Sơ bộ 6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng đầu năm 2026 (sơ bộ)", "2026-H1"),
        ("năm 2025 (chính thức)", "2025-Y"),
        ("cả năm 2025", "2025-Y"),
        ("12 tháng năm 2025", "2025-Y"),
        ("Năm: 2025", "2025-Y"),
        ("2025", "2025-Y"),
        ("sơ bộ 2025", "2025-Y1"),
        ("năm 2025 - sơ bộ", "2025-Y1"),
    ],
)
def test_a_period_is_read_as_people_write_it(printed: str, code: str) -> None:
    assert period_of(printed) == Period.parse(code)
    assert not is_other_time(printed)


@pytest.mark.parametrize(
    "printed",
    ["Quý I/2026", "quý 2 năm 2026", "9 tháng đầu năm 2025", "6 tháng cuối năm 2025", "tháng 6 năm 2026",
     "ước thực hiện năm 2024", "kế hoạch năm 2024", "Tuần 3 năm 2026", "giai đoạn 2021 - 2025"],
)  # fmt: skip
def test_other_times_are_no_rounds_and_are_told(printed: str) -> None:
    assert period_of(printed) is None
    assert is_other_time(printed)


@pytest.mark.parametrize("printed", ["Năm 2025 so với năm 2024", "6 tháng", "từ 01/01/2026 đến 30/6/2026"])
def test_two_years_or_none_mean_nothing(printed: str) -> None:
    assert period_of(printed) is None
    assert not is_other_time(printed)
