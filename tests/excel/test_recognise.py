"""A worksheet says what it is by what it prints, wherever that stands."""

from __future__ import annotations

from datetime import date

import pytest

from judapp.domain.period import Period, Span
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.recognise import period_of, read_header, unit_names


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("Sơ bộ 6 tháng 2026", "2026-H1"),
        ("sơ bộ 6 tháng năm 2026", "2026-H1"),
        ("Sơ bộ năm 2026", "2026-Y1"),
        ("năm 2026 (sơ bộ)", "2026-Y1"),
        ("năm 2023", "2023-Y"),
        ("Tròn năm 2025", "2025-Y"),
        ("năm chính thức 2022", "2022-Y"),
        ("lũy kế 9 tháng năm thi hành án 2024", "2024-E09"),
        ("12 tháng năm thi hành án 2024", "2024-E12"),
    ],
)
def test_the_printed_period_is_read(printed: str, period: str) -> None:
    assert period_of(printed) == Period.parse(period)


@pytest.mark.parametrize("printed", ["", "……", "tháng 6", "13 tháng năm thi hành án 2024"])
def test_an_unclear_period_is_not_guessed(printed: str) -> None:
    assert period_of(printed) is None


def test_every_period_the_program_names_is_read_back() -> None:
    for code in ("2026-H1", "2026-Y1", "2026-Y", "2026-E03", "2026-E12"):
        period = Period.parse(code)
        assert period_of(period.name.vi) == period


def test_the_header_is_found_wherever_it_stands() -> None:
    sheet = GridSheet(
        "x",
        {
            (3, 2): GridCell("Biểu số: 10b/TP/CC\nBan hành kèm theo Thông tư số 17/2025/TT-BTP"),
            (3, 9): GridCell("Đơn vị báo cáo: Sở Tư pháp tỉnh Nghệ An"),
            (5, 4): GridCell("KỲ BÁO CÁO: Sơ bộ 6 tháng năm 2026"),
            (6, 4): GridCell("(Từ ngày 01 tháng 01 năm 2026 đến ngày 31 tháng 5 năm 2026)"),
        },
    )
    header = read_header(sheet)
    assert (header.number, header.unit) == ("10b/TP/CC", "Sở Tư pháp tỉnh Nghệ An")
    assert header.period == Period(2026, "H1")
    assert header.span == Span(date(2026, 1, 1), date(2026, 5, 31))


@pytest.mark.parametrize("days", ["Từ ngày … đến ngày …: không nêu", "từ ngày 31/02/2024 đến ngày 30/6/2024"])
def test_days_that_are_not_stated_or_impossible_stay_unknown(days: str) -> None:
    assert read_header(GridSheet("x", {(1, 1): GridCell(days)})).span == Span(None, None)


def test_days_with_slashes_are_read() -> None:
    header = read_header(GridSheet("x", {(1, 1): GridCell("(Từ ngày 01/10/2023 đến ngày 30/6/2024)")}))
    assert header.span == Span(date(2023, 10, 1), date(2024, 6, 30))


def test_an_office_name_also_means_its_territory() -> None:
    assert unit_names("Sở Tư pháp tỉnh Nghệ An") == ["Sở Tư pháp tỉnh Nghệ An", "tỉnh Nghệ An"]
    assert "Toàn quốc" in unit_names("Toàn quốc (theo công bố của Bộ Tư pháp)")
