"""Heads of tables as clerks draw them: merges, frames, numbers, units, label columns (issue 5, build 2)."""

from __future__ import annotations

import pytest
from openpyxl.styles import Border
from openpyxl.worksheet.worksheet import Worksheet

from tests.data.blanks.pen import Pen
from tests.excel.sketched import columns_of, rows_of, stubs_of, table_of

BODY = "Tổng số | . | . | . | .\nHuyện … | . | . | . | ."
TREE = ["1 Tổng số", "2 Chia ra / Nam", "3 Chia ra / Nữ", "4 Ghi chú"]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("Đơn vị | Tổng số | Chia ra | < | Ghi chú\n^ | ^ | Nam | Nữ | ^", id="merged"),
        pytest.param("Đơn vị | Tổng số | Chia ra | ~ | Ghi chú\n' | ' | Nam | Nữ | '", id="framed"),
        pytest.param(
            "Đơn vị | Tổng số | Chia ra | . | Ghi chú\n. | . | Nam | Nữ | .", id="every cell framed"
        ),
        pytest.param(". | . | Chia ra | < | .\nĐơn vị | Tổng số | Nam | Nữ | Ghi chú", id="labels below"),
        pytest.param(
            "Đơn vị | Tổng số | Chia ra | Chia ra | Ghi chú\n. | . | Nam | Nữ | .", id="unmerged copies"
        ),
    ],
)
def test_a_tree_of_half_done_merges_is_read(head: str) -> None:
    found = table_of(f"{head}\nA | (1) | (2) | (3) | (4)\n{BODY}")
    assert columns_of(found) == TREE
    assert stubs_of(found) == [("A", "Đơn vị")]


def test_a_label_in_the_middle_of_its_frame_stands_over_the_whole_frame() -> None:
    def middle(sheet: Worksheet, _: Pen) -> None:
        sheet["D3"] = "Chia ra"

    head = "Đơn vị | Tổng số | . | ~ | ~ | Ghi chú\n' | ' | Nam | Nữ | Khác | '\nA | 1 | 2 | 3 | 4 | 5"
    found = table_of(f"{head}\nTổng số | . | . | . | . | .", middle)
    assert columns_of(found)[1:4] == ["2 Chia ra / Nam", "3 Chia ra / Nữ", "4 Chia ra / Khác"]


def test_six_levels_are_read() -> None:
    found = table_of("""
. | M1 | < | <
^ | M2 | < | X
^ | M3 | < | ^
^ | M4 | < | ^
^ | M5 | < | ^
^ | a | b | ^
A | 1 | 2 | 3
Tổng số | . | . | .
""")
    assert columns_of(found) == [
        "1 M1 / M2 / M3 / M4 / M5 / a",
        "2 M1 / M2 / M3 / M4 / M5 / b",
        "3 M1 / X",
    ]


@pytest.mark.parametrize(
    "codes",
    [
        ("(1) | (2) | (3) | (4)"),
        "1 | 2 | 3 | 4",
        "[1] | [2] | [3] | [4]",
        "#1 | #2 | #3 | #4",
        "#-1 | #-2 | #-3 | #-4",
        "( 1 ) | (2 ) | ( 3) | (4)",
        "-1 | -2 | -3 | -4",
        "Cột 1 | Cột 2 | Cột 3 | Cột 4",
        "1 | 2 | 3=1+2 | 4",
    ],
)
@pytest.mark.parametrize("stub", ["A", "(A)", "."])
def test_column_numbers_are_read_however_they_are_written(codes: str, stub: str) -> None:
    found = table_of(
        f"Đơn vị | Tổng số | Chia ra | < | Ghi chú\n^ | ^ | Nam | Nữ | ^\n{stub} | {codes}\n{BODY}"
    )
    assert columns_of(found) == TREE
    assert stubs_of(found) == [("A" if "A" in stub else None, "Đơn vị")]
    assert found.number_row == 5


def test_numbers_with_letters_are_kept() -> None:
    found = table_of(f"Đơn vị | a | b | c | d\nA | 1 | 1a | 1b | 2\n{BODY}")
    assert [line.split()[0] for line in columns_of(found)] == ["1", "1a", "1b", "2"]


@pytest.mark.parametrize(
    "sketch",
    [
        pytest.param(
            ("A | 1 | 2 | 3 | 4\nĐơn vị | Tổng số | Chia ra | < | Ghi chú\n^ | ^ | Nam | Nữ | ^\n") + BODY,
            id="above",
        ),
        pytest.param(
            (
                "Đơn vị | Tổng số | Chia ra | < | Ghi chú\n"
                "^ | ^ | Nam | Nữ | ^\n. | . | . | . | .\nA | 1 | 2 | 3 | 4\n"
            )
            + BODY,
            id="after an empty row",
        ),
    ],
)
def test_the_row_of_numbers_may_stand_anywhere(sketch: str) -> None:
    found = table_of(sketch)
    assert columns_of(found) == TREE
    assert rows_of(found) == ["0 total Tổng số", "0 unit Huyện …"]


def test_without_numbers_columns_get_names_that_are_never_printed() -> None:
    found = table_of(f"Đơn vị | Tổng số | Chia ra | < | Ghi chú\n^ | ^ | Nam | Nữ | ^\n{BODY}")
    assert columns_of(found) == [f"_{line[1:]}" for line in TREE]
    assert [leaf.name for leaf in found.table.leaves] == ["_tong_so", "_nam", "_nu", "_ghi_chu"]
    assert rows_of(found) == ["0 total Tổng số", "0 unit Huyện …"]


def test_a_relation_printed_among_the_numbers_leaves_the_number() -> None:
    found = table_of(f"Đơn vị | Tổng số | Nam | Nữ | Ghi chú\nA | (1) = (2) + (3) | (2) | (3) | (4)\n{BODY}")
    assert [line.split()[0] for line in columns_of(found)] == ["1", "2", "3", "4"]
    assert found.rules == (("(1) = (2) + (3)", (4, 2)),)


def test_a_number_printed_twice_is_asked_about_and_not_changed() -> None:
    found = table_of(f"Đơn vị | a | b | c | d\nA | 1 | 2 | 2 | 3\n{BODY}")
    assert [line.split()[0] for line in columns_of(found)] == ["1", "2", "_", "3"]
    assert [(problem.path, problem.code) for problem in found.problems] == [
        ("$.tables[0].columns[2].code", "LRT-code-twice")
    ]


def test_a_number_below_the_label_in_the_same_cell_is_the_number() -> None:
    found = table_of("Đơn vị | Tổng số\\n(1) | Nam\\n(2)\nTổng số | . | .")
    assert columns_of(found) == ["1 Tổng số", "2 Nam"]


@pytest.mark.parametrize(
    "head",
    [
        r"Đơn vị | Số người\n(Người) | Tiền\n(nghìn đồng) | Tỷ lệ\n(%) | Số (bản)",
        r"Đơn vị | Số người (Người) | Tiền (nghìn đồng) | Tỷ lệ (%) | Số ( bản )",
        "Đơn vị | Số người | Tiền | Tỷ lệ | Số\n^ | (Người) | (nghìn đồng) | (%) | (bản)",
        "Đơn vị | Số người | Tiền | Tỷ lệ | Số\nĐVT | Người | nghìn đồng | % | bản",
        r"Đơn vị | Số người\nĐVT: Người | Tiền\n(ĐVT: nghìn đồng) | Tỷ lệ\n(%) | Số (bản)",
    ],
)
def test_units_are_taken_from_brackets_or_a_row_of_their_own(head: str) -> None:
    found = table_of(f"{head}\nA | 1 | 2 | 3 | 4\n{BODY}")
    assert columns_of(found) == ["1 Số người [Người]", "2 Tiền [nghìn đồng]", "3 Tỷ lệ [%]", "4 Số [bản]"]
    assert [leaf.kind for leaf in found.table.leaves] == ["count", "money", "rate", "count"]


def test_a_row_of_units_may_stand_below_the_numbers() -> None:
    found = table_of(f"Đơn vị | a | b | c | d\nA | 1 | 2 | 3 | 4\n. | Người | Việc | < | Đồng\n{BODY}")
    assert columns_of(found) == ["1 a [Người]", "2 b [Việc]", "3 c [Việc]", "4 d [Đồng]"]
    assert rows_of(found)[0] == "0 total Tổng số"


def test_words_in_brackets_that_are_no_unit_stay_in_the_label() -> None:
    found = table_of(
        f"Đơn vị | Hình sự (dân sự trong hình sự) | Số (Bản sao/Chữ ký) | Khác (nếu có) | d\n"
        f"A | 1 | 2 | 3 | 4\n{BODY}"
    )
    assert columns_of(found) == [
        "1 Hình sự (dân sự trong hình sự)",
        "2 Số (Bản sao/Chữ ký)",
        "3 Khác (nếu có)",
        "4 d",
    ]


def test_units_as_labels_of_columns_stay_labels() -> None:
    found = table_of("Đơn vị | Kết quả | < | <\n^ | Việc | Người | Đồng\nA | 1 | 2 | 3\nTổng số | . | . | .")
    assert columns_of(found) == ["1 Kết quả / Việc", "2 Kết quả / Người", "3 Kết quả / Đồng"]


def test_the_unit_at_the_corner_is_the_tables() -> None:
    found = table_of(f"Đơn vị tính: Việc | a | b | c | d\nĐơn vị | ' | ' | ' | '\nA | 1 | 2 | 3 | 4\n{BODY}")
    assert found.unit == "Việc"
    assert stubs_of(found) == [("A", "Đơn vị")]


def test_a_title_in_the_frame_is_no_label() -> None:
    found = table_of(
        f"BẢNG TỔNG HỢP KẾT QUẢ ĐĂNG KÝ HỘ TỊCH | < | < | < | <\n"
        f"Đơn vị | Tổng số | Chia ra | < | Ghi chú\n"
        f"^ | ^ | Nam | Nữ | ^\nA | 1 | 2 | 3 | 4\n{BODY}"
    )
    assert columns_of(found) == TREE


def test_hidden_columns_and_helpers_beside_the_frame_do_not_disturb() -> None:
    def draw(sheet: Worksheet, _: Pen) -> None:
        sheet.column_dimensions["C"].hidden = True
        sheet["H3"], sheet["H5"], sheet["H7"] = "ghi vào ô vàng", "k1", 5

    found = table_of(
        "Đơn vị | Tổng số | mã | Chia ra | < | Ghi chú\n^ | ^ | ^ | Nam | Nữ | ^\nA | 1 | x | 2 | 3 | 4\n"
        "Tổng số | . | . | . | . | .",
        draw,
    )
    assert columns_of(found) == TREE


@pytest.mark.parametrize(
    ("head", "codes", "stubs"),
    [
        ("STT | Tên đơn vị", "A | B", [("A", "STT"), ("B", "Tên đơn vị")]),
        ("TT | Chỉ tiêu", ". | .", [(None, "TT"), (None, "Chỉ tiêu")]),
        ("STT | Loại việc", "(1) | (2)", [("1", "STT"), ("2", "Loại việc")]),
        (". | .", "A | B", [("A", ""), ("B", "")]),
    ],
)
def test_label_columns_are_told_by_letters_words_or_rows(
    head: str, codes: str, stubs: list[tuple[str, str]]
) -> None:
    numbers = "(3) | (4)" if "(1)" in codes else "(1) | (2)"
    found = table_of(f"{head} | Nam | Nữ\n{codes} | {numbers}\nI | Xã A1 | . | .\nII | Tổng cộng | . | .")
    assert stubs_of(found) == stubs
    assert [row.code for row in found.table.rows] == ["I", "II"]


def test_number_and_label_below_one_label_of_the_head_are_one_column() -> None:
    found = table_of(
        "Phân theo lĩnh vực | < | Nam | Nữ\nA | < | 1 | 2\n"
        ". | *Tổng số | . | .\nI | Hình sự | . | .\n1 | Tư vấn | . | ."
    )
    assert stubs_of(found) == [("A", "Phân theo lĩnh vực")]
    assert rows_of(found) == ["0 total Tổng số", "0 group I Hình sự", "1 fixed 1 Tư vấn"]


def test_a_head_without_lines_is_read_by_its_numbers() -> None:
    def bare(sheet: Worksheet, _: Pen) -> None:
        for row in sheet["A3:E8"]:
            for cell in row:
                cell.border = Border()

    found = table_of(
        f"Đơn vị | Tổng số | Chia ra | < | Ghi chú\n^ | ^ | Nam | Nữ | ^\nA | 1 | 2 | 3 | 4\n{BODY}", bare
    )
    assert columns_of(found) == TREE
    assert rows_of(found) == ["0 total Tổng số", "0 unit Huyện …"]


def test_a_unit_in_brackets_between_a_group_and_its_columns_is_the_groups() -> None:
    found = table_of(
        "Đơn vị | Số tiền | < | Số việc\n^ | (đồng) | < | (việc)\n"
        "^ | Phí | Lệ phí | ^\nA | 1 | 2 | 3\nTổng số | . | . | ."
    )
    assert columns_of(found) == ["1 Số tiền / Phí [đồng]", "2 Số tiền / Lệ phí [đồng]", "3 Số việc [việc]"]


@pytest.mark.parametrize(
    "head",
    [
        "Đơn vị | Số tủ sách (Tủ sách) | Số cuộc (Cuộc) | Lượt (Lượt người)\nA | 1 | 2 | 3",
        "Đơn vị | Số tủ sách | Số cuộc | Lượt\n. | Tủ sách | Cuộc | Lượt người\nA | 1 | 2 | 3",
        "Đơn vị | Số tủ sách | Số cuộc | Lượt\nA | 1 | 2 | 3\n. | (Tủ sách) | (Cuộc) | (Lượt người)",
    ],
)
def test_a_unit_nobody_knows_is_told_by_the_label_it_repeats_or_by_those_beside_it(head: str) -> None:
    found = table_of(f"{head}\nTổng số | . | . | .\nHuyện … | . | . | .")
    assert columns_of(found) == ["1 Số tủ sách [Tủ sách]", "2 Số cuộc [Cuộc]", "3 Lượt [Lượt người]"]


@pytest.mark.parametrize(
    "head",
    [
        "Đơn vị | Tổng số (1) | Chia ra | < | Ghi chú (4)\n^ | ^ | Nam (2) | Nữ (3) | ^",
        "Đơn vị | (1) Tổng số | Chia ra | < | (4) Ghi chú\n^ | ^ | (2) Nam | (3) Nữ | ^",
        "Đơn vị | Tổng số\\n(1) | Chia ra | < | Ghi chú\\n(4)\n^ | ^ | Nam\\n(2) | Nữ\\n(3) | ^",
    ],
)
def test_numbers_in_the_labels_of_all_columns_are_their_numbers(head: str) -> None:
    assert columns_of(table_of(f"{head}\n{BODY}")) == TREE


def test_a_number_in_the_label_of_some_columns_is_no_column_number() -> None:
    found = table_of("Đơn vị | Mẫu (1) | Nam | Nữ\nTổng số | . | . | .\nHuyện … | . | . | .")
    assert columns_of(found) == ["_ Mẫu (1)", "_ Nam", "_ Nữ"]


def test_a_number_and_a_unit_below_a_label_in_its_cell_are_both_read() -> None:
    found = table_of("Đơn vị | Số cuộc\\n(1)\\n(Cuộc) | Tiền\\n(Đồng)\\n(2)\nTổng số | . | .")
    assert columns_of(found) == ["1 Số cuộc [Cuộc]", "2 Tiền [Đồng]"]


def test_columns_with_letters_alone_are_columns_of_figures() -> None:
    found = table_of("Đơn vị | Tổng số | Nam\n(A) | (B) | (C)\nTổng số | . | .\nHuyện … | . | .")
    assert (stubs_of(found), columns_of(found)) == ([("A", "Đơn vị")], ["B Tổng số", "C Nam"])


def test_a_tree_that_goes_deepest_below_its_first_columns_ends_there() -> None:
    found = table_of(
        "Số cuộc kết hôn | < | < | Tuổi | < | Đăng ký lại\n"
        "Tổng số | Chia ra | < | Nam | Nữ | .\n. | Lần đầu | Lần sau | . | . | .\n. | . | . | . | . | ."
    )
    assert columns_of(found)[:3] == [
        "_ Số cuộc kết hôn / Tổng số",
        "_ Số cuộc kết hôn / Chia ra / Lần đầu",
        "_ Số cuộc kết hôn / Chia ra / Lần sau",
    ]
    assert rows_of(found) == ["0 fixed"]
