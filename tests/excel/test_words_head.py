"""Blocks above a table in further habits of clerks: titles, letterheads, labels without value (issue 5)."""

from __future__ import annotations

import pytest

from judapp.excel.learn_words import Words, read_words
from tests.excel.blank_sheets import area, sheet

TABLE = "A20:K30"


def words(cells: dict[str, str | float], merges: str = "", **more: str) -> Words:
    return read_words(sheet(cells, merges, bold=more.get("bold", ""), centred=more.get("centred", "")),
                      [area(TABLE)], [])  # fmt: skip


def test_the_period_below_a_title_in_small_letters_is_no_part_of_it() -> None:
    found = words({"A1": "Biểu số: 3", "E1": "Kết quả chứng thực\n(6 tháng, năm)\nKỳ báo cáo: …"}, bold="E1")
    assert (found.title, found.period_line) == ("Kết quả chứng thực", "(6 tháng, năm)")


@pytest.mark.parametrize("title", ["KẾT QUẢ CHỨNG THỰC", "Kết quả chứng thực cấp xã"])
def test_a_title_over_all_columns_does_not_go_on_with_the_block_above_it(title: str) -> None:
    cells: dict[str, str | float] = {
        "A1": "Đơn vị báo cáo: Sở Tư pháp", "A2": "Đơn vị nhận báo cáo: Bộ Tư pháp",
        "G1": "Biểu số: 3", "A4": title, "A5": "(6 tháng)",
    }  # fmt: skip
    found = words(cells, "A1:F1 A2:F2 A4:K4 A5:K5", bold="A4", centred="A4 A5")
    assert (found.title, found.levels[0].receiver) == (title, "Bộ Tư pháp")


def test_place_and_date_of_the_letterhead_are_no_title() -> None:
    cells: dict[str, str | float] = {
        "A1": "Biểu số: 3", "G1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "G2": "Độc lập - Tự do - Hạnh phúc",
        "G3": "……, ngày … tháng … năm 20…", "D5": "Số liệu chứng thực tại",
    }  # fmt: skip
    found = words(cells, bold="G1 G2 D5", centred="G1 G2 G3 D5")
    assert found.title == "Số liệu chứng thực tại"


def test_a_title_that_ends_with_an_office_is_whole_below_national_title_lines() -> None:
    cells: dict[str, str | float] = {
        "G1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A3": "Biểu số: 3",
        "D3": "SỐ LIỆU TẠI\nỦY BAN NHÂN DÂN CẤP XÃ",
    }  # fmt: skip
    assert words(cells).title == "SỐ LIỆU TẠI ỦY BAN NHÂN DÂN CẤP XÃ"


def test_a_label_without_value_does_not_take_that_of_the_block_beside_it() -> None:
    cells: dict[str, str | float] = {
        "A1": "Đơn vị nhận báo cáo:", "A2": "Bộ Tư pháp", "F1": "Thông tư số 03/2019/TT-BTP",
        "A4": "KẾT QUẢ CHỨNG THỰC",
    }  # fmt: skip
    found = words(cells)
    assert (found.circular, found.levels[0].receiver) == ("Thông tư số 03/2019/TT-BTP", "Bộ Tư pháp")


@pytest.mark.parametrize("line", ["Đơn vị: việc", "(Đơn vị tính: việc)", "ĐVT: việc"])
def test_the_unit_below_the_receiver_is_no_part_of_it(line: str) -> None:
    found = words({"F1": f"Đơn vị nhận báo cáo: Bộ Tư pháp\n{line}", "A4": "KẾT QUẢ CHỨNG THỰC"})
    assert (found.unit_of_measure, found.levels[0].receiver) == ("việc", "Bộ Tư pháp")


def test_notes_may_stand_below_the_signers() -> None:
    cells: dict[str, str | float] = {
        "A33": "Người lập biểu", "H33": "GIÁM ĐỐC", "H34": "(Ký tên)", "H38": "Trần Văn Bình",
        "A40": "* Ghi chú:", "A41": "+ Số liệu được tổng hợp từ báo cáo của …/… tổ chức.",
    }  # fmt: skip
    found = words(cells)
    assert [signer.title for signer in found.signatures] == ["Người lập biểu", "GIÁM ĐỐC"]
    assert [note.text for note in found.notes] == [
        "* Ghi chú:",
        "+ Số liệu được tổng hợp từ báo cáo của {a}/{b} tổ chức.",
    ]
