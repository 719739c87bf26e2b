"""A worksheet says what it is by what it prints, wherever that stands."""

from __future__ import annotations

from datetime import date

import pytest

from judapp.domain.period import Period, Span
from judapp.excel.grid import GridCell, GridSheet, cell_style
from judapp.excel.recognise import number_key, period_of, read_header


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


def sheet(**cells: str) -> GridSheet:
    """A worksheet of texts: ``sheet(A1="Biểu số: 1")``."""
    found = {(int(at[1:]), ord(at[0]) - 64): GridCell(text) for at, text in cells.items()}
    return GridSheet("x", found)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Biểu số: 17a/BTP/HTQTCT/CT", "17a/BTP/HTQTCT/CT"),
        ("Mẫu số 17a/BTP/HTQTCT/CT", "17a/BTP/HTQTCT/CT"),
        ("BIỂU MẪU SỐ 17 a / BTP", "17 a / BTP"),
        ("Biểu 17a/BTP/HTQTCT/CT", "17a/BTP/HTQTCT/CT"),
        ("Biểu số: ………", ""),
        ("Biểu mẫu kèm theo Thông tư", ""),
    ],
)
def test_a_number_is_read_in_every_habit(printed: str, number: str) -> None:
    assert read_header(sheet(A1=printed)).number == number


def test_a_number_without_so_is_weak() -> None:
    header = read_header(sheet(A1="Biểu 17a", A2="x"))
    assert header.number == ""
    assert [said.text for said in header.weak_numbers] == ["17a"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("17 a / BTP – HTQTCT", "17A/BTP/HTQTCT"), ("01/TK-THA", "1/TK/THA"), ("PL-STP", "pl/stp")],
)
def test_spaces_dashes_case_and_leading_noughts_make_no_other_number(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_values_in_the_next_cell_or_below_belong_to_their_label() -> None:
    header = read_header(
        sheet(
            A1="Biểu số:", B1="17a/BTP", A2="Đơn vị gửi báo cáo:", C2="UBND xã Nghi Lộc",
            A3="Kỳ báo cáo:", A4="6T/2026",
        )
    )  # fmt: skip
    assert (header.number, header.number_cell) == ("17a/BTP", "B1")
    assert (header.unit, header.unit_cell) == ("UBND xã Nghi Lộc", "C2")
    assert (header.period, header.period_cell) == (Period(2026, "H1"), "A4")


def test_what_stands_beside_a_label_is_not_taken_for_its_value() -> None:
    header = read_header(
        sheet(
            A1="Biểu số:", B1="KẾT QUẢ CHỨNG THỰC", A2="Kỳ báo cáo:", B2="Bộ Tư pháp",
            A3="Đơn vị báo cáo:", B3="Đơn vị nhận báo cáo: Sở Tư pháp", A5="Đơn vị: nghìn đồng",
        )
    )  # fmt: skip
    assert (header.number, header.unit, header.period_text) == ("", "", "")


def test_days_may_be_dates_in_cells_of_their_own() -> None:
    date_cell = cell_style("dd/mm/yyyy")
    cells = {
        (2, 1): GridCell("Từ ngày"),
        (2, 2): GridCell("01/01/2026", style=date_cell),
        (2, 3): GridCell("đến ngày"),
        (2, 4): GridCell("31/05/2026", style=date_cell),
    }
    header = read_header(GridSheet("x", cells))
    assert header.span == Span(date(2026, 1, 1), date(2026, 5, 31))
    assert header.span_cell == "A2"


def test_letterhead_place_and_title_are_read() -> None:
    header = read_header(
        sheet(
            A1="UBND TỈNH NGHỆ AN", A2="SỞ TƯ PHÁP", B3="SỐ LIỆU CHỨNG THỰC 6 THÁNG ĐẦU NĂM 2026",
            A4="Ban hành theo Thông tư số 03/2019/TT-BTP ngày 20 tháng 3 năm 2019",
            C30="Nghi Lộc, ngày 10 tháng 6 năm 2026",
        )
    )  # fmt: skip
    assert [said.text for said in header.offices] == ["UBND TỈNH NGHỆ AN", "SỞ TƯ PHÁP"]
    assert [(said.text, said.cell) for said in header.places] == [("Nghi Lộc", "C30")]
    assert (header.period, header.period_cell) == (Period(2026, "H1"), "B3")


def test_two_titles_of_two_periods_mean_none() -> None:
    header = read_header(sheet(A1="Số liệu năm 2024", A2="Số liệu năm 2025"))
    assert header.period is None


def test_a_long_text_is_no_label() -> None:
    assert read_header(sheet(A1="Đơn vị báo cáo: " + "x" * 300)).unit == ""


def test_a_value_may_go_on_in_the_next_line_of_its_cell() -> None:
    header = read_header(
        sheet(
            A1="Đơn vị báo cáo: Ủy ban nhân dân\nxã Nghi Lộc\nĐơn vị nhận báo cáo: Sở Tư pháp",
            A2="Kỳ báo cáo: 6 tháng đầu năm\n2026",
        )
    )
    assert (header.unit, header.period) == ("Ủy ban nhân dân xã Nghi Lộc", Period(2026, "H1"))


def test_days_behind_the_period_are_days() -> None:
    header = read_header(sheet(A1="Kỳ báo cáo: 6 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 14/6/2026)"))
    assert (header.period_text, header.period) == ("6 tháng đầu năm 2026", Period(2026, "H1"))
    assert header.span == Span(date(2025, 12, 15), date(2026, 6, 14))
