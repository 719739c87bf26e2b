"""Where tables of a blank begin and end, and what is refused (issue 5, build 2 and bad input)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from judapp.domain.lint import lint
from judapp.errors import JudappError
from judapp.excel.learn import Hints, learn
from judapp.excel.learn_table import find_tables
from tests.data.blanks.pen import Pen
from tests.excel.sketched import columns_of, rows_of, sheet_of, stubs_of, table_of, tables_of

HEAD = "Đơn vị | Tổng số | Chia ra | <\n^ | ^ | Nam | Nữ\n"
NUMBERS = "A | (1) | (2) | (3)\n"
BODY = "*Tổng số | . | . | .\nXã … | . | . | .\nXã … | . | . | ."
TREE = ["1 Tổng số", "2 Chia ra / Nam", "3 Chia ra / Nữ"]


def test_header_blocks_notes_and_signers_are_no_part_of_the_table() -> None:
    def around(_: Worksheet, pen: Pen) -> None:
        pen.table(
            "A1", r"Biểu số: 12x/TP\nBan hành theo Thông tư số 1/2026/TT-BTP | < | Đơn vị báo cáo: … | <"
        )
        pen.put("A2:D2", "Đơn vị tính: Việc")
        pen.put("A9", "Ghi chú: số liệu ước tính")
        pen.put("A11:B11", "Người lập biểu")
        pen.put("C11:D11", "GIÁM ĐỐC")

    found = table_of(HEAD + NUMBERS + BODY, around)
    assert (found.top, found.left, found.bottom, found.right, found.number_row) == (3, 1, 8, 4, 5)
    assert (columns_of(found), rows_of(found)) == (TREE, ["0 total Tổng số", "0 unit Xã …"])
    assert found.unit == "Việc"
    assert found.leaf_columns == {2: "1", 3: "2", 4: "3"}


def test_framed_blocks_right_above_the_head_are_no_part_of_it() -> None:
    found = table_of("Biểu số: 12x/TP | < | Đơn vị báo cáo: … | <\n" + HEAD + NUMBERS + BODY)
    assert (found.top, columns_of(found)) == (4, TREE)


@pytest.mark.parametrize("gap", [1, 3])
def test_a_head_parted_from_its_numbers_and_body_by_empty_rows_is_one_table(gap: int) -> None:
    [found] = tables_of(("A3", HEAD.strip()), (f"A{5 + gap}", NUMBERS.strip()), (f"A{6 + 2 * gap}", BODY))
    assert (columns_of(found), rows_of(found)) == (TREE, ["0 total Tổng số", "0 unit Xã …"])


def test_numbers_and_head_printed_again_on_the_next_page_are_left_out() -> None:
    again = (
        f"{HEAD}{NUMBERS}*Tổng số | . | . | .\nKhai sinh | . | . | .\n{NUMBERS}Khai tử | . | . | .\n"
        f"{HEAD}{NUMBERS}Kết hôn | . | . | ."
    )
    [found] = tables_of(("A3", again))
    assert rows_of(found) == ["0 total Tổng số", "0 fixed Khai sinh", "0 fixed Khai tử", "0 fixed Kết hôn"]
    [found] = tables_of(("A3", f"{HEAD}{NUMBERS}{BODY}"), ("A12", f"{HEAD}{NUMBERS}Xã … | . | . | ."))
    assert rows_of(found) == ["0 total Tổng số", "0 unit Xã …"]


@pytest.mark.parametrize("numbers", [NUMBERS, ""])
def test_two_tables_with_the_same_head_and_a_title_between_are_two(numbers: str) -> None:
    def title(_: Worksheet, pen: Pen) -> None:
        pen.put("A12:D12", "II. TẠI CẤP XÃ")

    found = tables_of(
        ("A3", HEAD + numbers + BODY), ("A13", HEAD + numbers + "Phòng Tư pháp … | . | . | ."), draw=title
    )
    assert [rows_of(table) for table in found] == [
        ["0 total Tổng số", "0 unit Xã …"],
        ["0 unit Phòng Tư pháp …"],
    ]
    assert [len(table.table.leaves) for table in found] == [3, 3]


def test_a_second_table_that_prints_only_its_numbers_has_the_head_of_the_first() -> None:
    def title(_: Worksheet, pen: Pen) -> None:
        pen.put("A12:D12", "II. TẠI CẤP XÃ")

    found = tables_of(
        ("A3", HEAD + NUMBERS + BODY), ("A13", NUMBERS + "Phòng Tư pháp … | . | . | ."), draw=title
    )
    assert [columns_of(table) for table in found] == [TREE, TREE]


def test_two_tables_in_one_frame_are_told_by_their_heads() -> None:
    found = tables_of(
        (
            "A3",
            (
                f"{HEAD}{NUMBERS}Khai sinh | . | . | .\n"
                "Số cuộc | Lần đầu | Tuổi | <\n^ | ^ | Vợ | Chồng\n"
                "(1) | (2) | (3) | (4)\n. | . | . | ."
            ),
        )
    )
    assert [columns_of(table) for table in found] == [
        TREE,
        ["1 Số cuộc", "2 Lần đầu", "3 Tuổi / Vợ", "4 Tuổi / Chồng"],
    ]
    assert [rows_of(table) for table in found] == [["0 fixed Khai sinh"], ["0 fixed"]]


def test_a_form_without_label_column_has_one_row() -> None:
    [found] = tables_of(("A3", "Số luật sư | Số việc | <\n^ | Hình sự | Dân sự\n(1) | (2) | (3)\n. | . | ."))
    assert stubs_of(found) == []
    assert [(row.key, row.label, row.code) for row in found.table.rows] == [("1", "", None)]


def test_a_small_table_below_a_note_on_estimates_belongs_to_the_note() -> None:
    def note(_: Worksheet, pen: Pen) -> None:
        pen.put("A10:D10", "* Ghi chú: Tổng số ước tính 02 tháng cuối trong kỳ báo cáo")

    [found] = tables_of(
        ("A3", HEAD + NUMBERS + BODY), ("A11", ". | Cột 1 | Cột 6\nI. Khai sinh | . | ."), draw=note
    )
    assert found.bottom == 8


def test_thousands_of_empty_framed_rows_below_are_not_rows_of_the_form() -> None:
    thin = Side(style="thin")

    def below(sheet: Worksheet, _: Pen) -> None:
        for row in range(9, 2_000):
            for column in range(1, 5):
                sheet.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)

    found = table_of(HEAD + NUMBERS + BODY, below)
    assert rows_of(found) == ["0 total Tổng số", "0 unit Xã …"]


@pytest.mark.parametrize("value", [5, 12.5, "1.234", "7"])
def test_a_filled_form_is_refused_with_its_first_figure(value: Any) -> None:
    def fill(sheet: Worksheet, _: Pen) -> None:
        sheet["C7"] = value

    with pytest.raises(JudappError) as error:
        table_of(HEAD + NUMBERS + BODY, fill)
    assert (error.value.code, error.value.params["cell"], error.value.params["count"]) == ("LRN-002", "C7", 1)


@pytest.mark.parametrize("value", [0, "-", "x", "…", "=SUM(B7:B8)", "0"])
def test_signs_zeros_and_sums_do_not_make_a_form_filled(value: Any) -> None:
    def fill(sheet: Worksheet, _: Pen) -> None:
        sheet["B6"] = value

    assert columns_of(table_of(HEAD + NUMBERS + BODY, fill)) == TREE


def test_a_sheet_without_a_table_and_one_far_too_wide_are_refused() -> None:
    with pytest.raises(JudappError) as error:
        learn([sheet_of(draw=lambda sheet, _: sheet.append(["Kính gửi: Sở Tư pháp"]))])
    assert error.value.code == "LRN-001"
    with pytest.raises(JudappError) as error:
        learn([sheet_of(draw=lambda sheet, _: sheet.append([f"c{i}" for i in range(2_000)]))])
    assert error.value.code == "LRN-004"


def test_two_forms_on_one_sheet_are_refused() -> None:
    def two(_: Worksheet, pen: Pen) -> None:
        pen.put("A1", "Biểu số: 12a/TP")
        pen.put("A12", "Biểu số: 12b/TP")

    with pytest.raises(JudappError) as error:
        learn([sheet_of(("A3", HEAD + NUMBERS + BODY), ("A14", HEAD + NUMBERS + BODY), draw=two)])
    assert (error.value.code, error.value.params["first"], error.value.params["second"]) == (
        "LRN-003",
        "A1",
        "A12",
    )


def test_the_sheet_that_prints_a_form_number_is_read_and_others_are_named() -> None:
    def number(text: str) -> Callable[[Worksheet, Pen], Any]:
        return lambda _, pen: pen.put("A1", text)

    lists = sheet_of(("A3", "Mã | Tên\n1 | Xã A"))
    first = sheet_of(("A3", HEAD + NUMBERS + BODY), draw=number("Biểu số: 12a/TP"))
    assert learn([lists, first]).form.number == "12a/TP"
    second = sheet_of(("A3", HEAD + NUMBERS + BODY), draw=number("Biểu số: 12b/TP"))
    learned = learn([first, second])
    assert [problem.code for problem in learned.problems if problem.path == "$"] == ["LRT-other-sheets"]


def test_what_a_person_says_of_rows_is_followed() -> None:
    sheet = sheet_of(("A3", HEAD + NUMBERS + "Tổng số | . | . | .\nKhai sinh | . | . | .\nPhụ | . | . | ."))
    [found] = find_tables(sheet, Hints(rows={6: "row", 7: "group", 8: "unused"}))
    assert rows_of(found) == ["0 fixed Tổng số", "0 group Khai sinh"]
    [found] = find_tables(sheet, Hints(rows={6: "total", 7: "repeated"}))
    assert rows_of(found) == ["0 total Tổng số", "0 free Khai sinh", "0 fixed Phụ"]


def test_every_cell_of_a_table_has_a_role() -> None:
    found = table_of(HEAD + NUMBERS + BODY)
    assert [found.roles[row, 1] for row in range(3, 9)] == [
        "stub",
        "stub",
        "number",
        "total",
        "repeated",
        "repeated",
    ]
    assert [found.roles[row, 2] for row in range(3, 6)] == ["head", "head", "number"]
    assert len(found.roles) == 24


def test_every_guess_says_where_it_was_read_and_what_is_asked_stands_in_the_form() -> None:
    learned = learn([sheet_of(("A3", HEAD + "A | (1) = (2) + (3) | (2) | (3)\n" + BODY))])
    told = {guess.path: guess for guess in learned.guesses}
    assert told["$.tables[0].columns[1].children[0].label"].cells == ((4, 3),)
    assert told["$.tables[0].columns[1].children[0].code"].cells == ((5, 3),)
    assert (told["$.tables[0].rows[1].unit_kind"].value, told["$.tables[0].rows[1].unit_kind"].sure) == (
        "commune",
        "sure",
    )
    first = learned.form.relations[0]
    assert (first.rule, first.status) == ("c1 = c2 + c3", "printed")
    assert {fault.path for fault in lint(learned.form)} <= {problem.path for problem in learned.problems}


def test_a_figure_in_the_first_column_makes_it_no_column_of_labels() -> None:
    with pytest.raises(JudappError) as error:
        table_of("Chứng thực bản sao | Chứng thực chữ ký\n1000 | .")
    assert error.value.code == "LRN-002"


def test_label_columns_stand_in_any_order_their_names_tell() -> None:
    found = table_of("Chỉ tiêu | Mã số | Nam\nA | B | 1\nKhai sinh | 01 | .\nKhai tử | 02 | .")
    assert [problem.code for problem in found.problems] == []
    assert [(row.code, row.label) for row in found.table.rows] == [("01", "Khai sinh"), ("02", "Khai tử")]


def test_label_columns_the_program_would_print_elsewhere_are_told() -> None:
    found = table_of("Chỉ tiêu | Số | Nam\nA | B | 1\nKhai sinh | 01 | .\nKhai tử | 02 | .")
    assert [problem.code for problem in found.problems] == ["LRT-stub-order"]


def test_a_line_over_the_whole_width_below_a_body_without_lines_is_a_note() -> None:
    def bare(sheet: Worksheet, pen: Pen) -> None:
        for row in sheet["A3:D8"]:
            for cell in row:
                cell.border = Border()
        pen.put("A9:D9", "Số liệu được tổng hợp từ báo cáo của xã")

    assert rows_of(table_of(HEAD + NUMBERS + BODY, bare)) == ["0 total Tổng số", "0 unit Xã …"]


def test_a_body_without_lines_goes_on_with_the_next_group_below_empty_rows() -> None:
    def bare(sheet: Worksheet, pen: Pen) -> None:
        for row in sheet["A3:D12"]:
            for cell in row:
                cell.border = Border()
        pen.put("A14", "Số liệu được tổng hợp từ báo cáo của xã")

    groups = (
        "Tổng số | . | . | .\nI. Phòng | . | . | .\n. | . | . | .\n. | . | . | .\nII. Văn phòng | . | . | ."
    )
    found = rows_of(table_of(HEAD + NUMBERS + groups, bare))
    assert found == ["0 total Tổng số", "0 fixed I Phòng", "0 fixed II Văn phòng"]


def test_units_below_numbers_parted_from_their_head_are_units() -> None:
    units = "A | (1) | (2) | (3)\n. | (Việc) | (Người) | (Người)\n"
    [found] = tables_of(("A3", HEAD.strip()), ("A6", units + BODY))
    assert columns_of(found) == [
        "1 Tổng số [Việc]",
        "2 Chia ra / Nam [Người]",
        "3 Chia ra / Nữ [Người]",
    ]
    assert found.number_row == 6


def test_words_in_cells_of_figures_are_asked_about() -> None:
    body = "Tổng số | . | . | .\nCấp giấy xác nhận | . | Nam giới | Nữ giới\nĐể kết hôn | x | . | ."
    found = table_of(HEAD + NUMBERS + body)
    assert [(problem.code, problem.cells) for problem in found.problems] == [
        ("LRT-words-in-cells", ((7, 3), (7, 4)))
    ]
    assert "Nam giới" in str(found.problems[0].params)


def test_a_frame_around_all_header_blocks_is_no_table() -> None:
    def framed(sheet: Worksheet, pen: Pen) -> None:
        pen.lines(
            "A1", "Biểu số: 12x/TP\nBan hành theo Thông tư số 1/2026/TT-BTP\nBáo cáo năm lần 1: ngày 1/11"
        )
        pen.lines("C1", "Đơn vị báo cáo:\nSở Tư pháp\nĐơn vị nhận báo cáo: Bộ Tư pháp")
        line = Side(style="thin")
        for row in range(1, 7):
            for column, side in ((1, "left"), (3, "left"), (4, "right")):
                cell = sheet.cell(row, column)
                sides = {"left": cell.border.left, "right": cell.border.right, side: line}
                bottom = line if row == 6 else None
                cell.border = Border(top=line if row == 1 else None, bottom=bottom, **sides)

    [found] = tables_of(("A8", HEAD + NUMBERS + BODY), draw=framed)
    assert (found.top, columns_of(found)) == (8, TREE)


@pytest.mark.parametrize("caption", ["Đơn vị: việc", "Đơn vị tính: | việc", "(ĐVT: việc)"])
def test_the_unit_above_the_table_is_read_in_one_cell_or_two(caption: str) -> None:
    def above(sheet: Worksheet, _: Pen) -> None:
        for column, text in zip("CD", caption.split(" | "), strict=False):
            sheet[f"{column}2"] = text

    assert table_of(HEAD + NUMBERS + BODY, above).unit == "việc"
    assert table_of(NUMBERS + HEAD + BODY, above).unit == "việc"


@pytest.mark.parametrize("share", ["(3)=(2)/(1)", "(3) = (2)/(1)*100", "3=2:1"])
def test_a_share_printed_among_the_numbers_is_told_and_no_rule(share: str) -> None:
    sheet = sheet_of(
        ("A3", f"Đơn vị | Tổng số | Thành | Tỷ lệ (%)\nA | (1) | (2) | {share}\nXã … | . | . | .")
    )
    learned = learn([sheet])
    assert not any("c3" in relation.rule for relation in learned.form.relations)
    assert "LRT-rule-unread" in [guess.code for guess in learned.guesses]
