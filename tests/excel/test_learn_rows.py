"""Bodies of tables as clerks draw them: numbering, depth, totals, what is repeated (issue 5, build 2)."""

from __future__ import annotations

import pytest

from judapp.domain.catalogue import Row
from judapp.excel.learn_row_words import is_placeholder, is_total, numbered_label, row_number, unit_of
from tests.excel.sketched import rows_of, table_of

HEAD = "Chỉ tiêu | Nam | Nữ\nA | 1 | 2\n"
TWO = "TT | Chỉ tiêu | Nam\nA | B | 1\n"


def rows(sketch: str, head: str = HEAD) -> list[str]:
    lines = [
        line + " | ." * (head.splitlines()[0].count("|") - line.count("|")) for line in sketch.splitlines()
    ]
    return rows_of(table_of(head + "\n".join(lines)))


def plan(sketch: str, head: str = HEAD) -> tuple[Row, ...]:
    lines = [
        line + " | ." * (head.splitlines()[0].count("|") - line.count("|")) for line in sketch.splitlines()
    ]
    return table_of(head + "\n".join(lines)).table.rows


def test_numbering_gives_code_and_depth() -> None:
    assert rows(
        "I. Hộ tịch\n1. Khai sinh\n1.1. Đúng hạn\na) Nam\n2. Khai tử\nII. Chứng thực\n1. Bản sao"
    ) == [
        "0 group I Hộ tịch",
        "1 fixed 1 Khai sinh",
        "2 fixed 1.1 Đúng hạn",
        "3 fixed a Nam",
        "1 fixed 2 Khai tử",
        "0 group II Chứng thực",
        "1 fixed 1 Bản sao",
    ]


def test_a_number_column_gives_the_same() -> None:
    assert rows(
        ("I | Hộ tịch\n#1 | Khai sinh\n1.1 | Đúng hạn\na | Nam\n#2 | Khai tử\nII | Chứng thực\n1 | Bản sao"),
        TWO,
    ) == [
        "0 group I Hộ tịch",
        "1 fixed 1 Khai sinh",
        "2 fixed 1.1 Đúng hạn",
        "3 fixed a Nam",
        "1 fixed 2 Khai tử",
        "0 group II Chứng thực",
        "1 fixed 1 Bản sao",
    ]


def test_capital_letters_stand_over_roman_numbers() -> None:
    assert rows("A. Cấp tỉnh\nI. Sở\n1. Việc\nB. Cấp xã\nI. Xã\nC. Khác\nI. Gì đó") == [
        "0 group A Cấp tỉnh",
        "1 group I Sở",
        "2 fixed 1 Việc",
        "0 group B Cấp xã",
        "1 fixed I Xã",
        "0 group C Khác",
        "1 fixed I Gì đó",
    ]


@pytest.mark.parametrize("dash", ["- ", "+ ", "– "])
def test_a_dash_is_no_number_and_stands_below_its_line(dash: str) -> None:
    assert rows(f"1. Khai sinh\n{dash}Nam\n{dash}Nữ\n2. Khai tử") == [
        "0 fixed 1 Khai sinh",
        f"1 fixed {dash}Nam",
        f"1 fixed {dash}Nữ",
        "0 fixed 2 Khai tử",
    ]


def test_a_dash_in_the_number_column_goes_before_the_label() -> None:
    assert rows("1 | Khai sinh\n- | Nam\n- | Nữ", TWO) == [
        "0 fixed 1 Khai sinh",
        "1 fixed - Nam",
        "1 fixed - Nữ",
    ]


@pytest.mark.parametrize("push", [">", "__"])
def test_indents_and_typed_blanks_are_depth(push: str) -> None:
    assert rows(f"Tổng số phải thi hành\n{push}Có điều kiện\n{push * 2}Xong\n{push}Chưa có điều kiện") == [
        "0 fixed Tổng số phải thi hành",
        "1 fixed Có điều kiện",
        "2 fixed Xong",
        "1 fixed Chưa có điều kiện",
    ]


@pytest.mark.parametrize(
    "total", ["*Tổng số", "*TỔNG CỘNG", "*Cộng", "*Toàn tỉnh", "*Tổng số trên địa bàn", "*Tổng cộng (I + II)"]
)
@pytest.mark.parametrize("first", [True, False])
def test_a_total_is_told_by_its_words_first_or_last(total: str, first: bool) -> None:
    found = rows(f"{total}\nXã …" if first else f"Xã …\n{total}")
    assert set(found) == {f"0 total {total[1:]}", "0 unit Xã …"}


def test_indicators_that_begin_with_a_total_are_none() -> None:
    assert rows("Tổng số giải quyết\nTổng số xã, phường\nCông chứng, chứng thực") == [
        "0 fixed Tổng số giải quyết",
        "0 fixed Tổng số xã, phường",
        "0 fixed Công chứng, chứng thực",
    ]


def test_units_pushed_in_below_their_total_stand_beside_it() -> None:
    found = plan("*Tổng số\n>Huyện …\n>Huyện …")
    assert [(row.kind, row.level, row.children) for row in found] == [("total", 0, ()), ("unit", 1, ())]


@pytest.mark.parametrize(
    "sketch",
    [
        "Xã …\nXã …\nXã …",
        "Xã A\nXã B\n…",
        "Xã ...\n...\n...",
        "1. Xã …\n2. Xã …\n…",
        "Tên xã…\n...",
        "Xã ……\nPhường ……\n…",
    ],
)
def test_a_placeholder_printed_several_times_is_one_row(sketch: str) -> None:
    found = plan(f"*Tổng số\n{sketch}")
    assert [row.kind for row in found] == ["total", "unit"]
    assert found[1].unit_kind == "commune"


def test_repeated_rows_with_lines_of_their_own_are_one_row_with_them() -> None:
    assert rows("*Tổng số\n- Nam\n- Nữ\nHuyện …\n- Nam\n- Nữ\nHuyện …\n- Nam\n- Nữ") == [
        "0 total Tổng số",
        "1 fixed - Nam",
        "1 fixed - Nữ",
        "0 unit Huyện …",
        "1 fixed - Nam",
        "1 fixed - Nữ",
    ]
    assert [row.key for row in plan("*Tổng số\n- Nam\n- Nữ")[0].children] == ["nam", "nu"]


def test_open_lines_under_groups_are_for_the_units_the_groups_name() -> None:
    found = plan("*Tổng số\nI. Phòng công chứng\n……\n……\nII. Văn phòng công chứng\n……")
    assert [(row.kind, row.code) for row in found] == [("total", None), ("group", "I"), ("group", "II")]
    assert [
        (row.children[0].unit_kind, row.children[0].unit_subkind, row.children[0].label) for row in found[1:]
    ] == [
        ("notary", "phòng", ""),
        ("notary", "văn phòng", ""),
    ]


def test_empty_framed_lines_are_a_repeated_row_where_nothing_else_is_printed() -> None:
    assert rows("*Tổng số\n.\n.\n.\n.") == ["0 total Tổng số", "0 free"]
    assert rows(".\n.\n.", "Tên đơn vị | Nam | Nữ\nA | 1 | 2\n") == ["0 unit"]
    assert rows("Khai sinh\nKhai tử\n.\n.") == ["0 fixed Khai sinh", "0 fixed Khai tử"]


def test_numbers_before_empty_labels_are_no_rows_of_their_own() -> None:
    assert rows("1 | .\n2 | .\n3 | .\n… | .", "TT | Xã, phường | Nam\nA | B | 1\n") == ["0 unit"]


def test_what_only_a_person_knows_is_asked() -> None:
    found = table_of("Tên đơn vị | Nam\nA | 1\n…… | .\n…… | .")
    [problem] = found.problems
    assert (problem.path, problem.code) == ("$.tables[0].rows[0].unit_kind", "LRT-which-units")
    assert {"commune", "notary"} <= set(problem.choices)
    free = table_of("Nội dung | Nam\nA | 1\n…… | .")
    assert [(p.code, p.choices) for p in free.problems] == [("LRT-unit-or-free", ("unit", "free"))]


def test_rows_of_the_same_words_get_keys_of_their_own() -> None:
    found = plan("Khai sinh\nKhai sinh\n1. Khai tử\n1. Khai tử")
    assert [row.key or row.code for row in found] == ["khai_sinh", "khai_sinh_2", "1", "1_2"]


def test_a_label_over_the_cells_of_figures_names_a_group() -> None:
    found = table_of("STT | Loại việc | Nam | Nữ\nA | B | 1 | 2\nI | Hộ tịch | < | <\n1 | Khai sinh | . | .")
    group = found.table.rows[0]
    assert (group.kind, group.code, group.heading, [row.label for row in group.children]) == (
        "group",
        "I",
        True,
        ["Khai sinh"],
    )


def test_a_group_without_unit_above_rows_with_units_is_a_name() -> None:
    """Hồ sơ and phiếu are not added up; where the group has a unit of its own it has figures."""
    head = "TT | Nội dung | Đơn vị tính | Nam\nA | B | C | 1\n"
    sketch = "*I | *Cấp phiếu | {unit} | .\n1 | Hồ sơ nhận | Hồ sơ | .\n2 | Phiếu cấp | Phiếu | ."
    [named] = table_of(head + sketch.format(unit="")).table.rows
    assert (named.kind, named.heading, [child.heading for child in named.children]) == (
        "group", True, [False, False],
    )  # fmt: skip
    [summed] = table_of(head + sketch.format(unit="Hồ sơ")).table.rows
    assert (summed.kind, summed.heading) == ("group", False)


def test_units_of_rows_come_from_their_column() -> None:
    found = table_of(
        "TT | Chỉ tiêu | Đơn vị tính | Số liệu\nA | B | C | 1\n"
        "1 | Việc | việc | .\n2 | Tiền | tỷ đồng | .\n3 | Tỷ lệ | % | ."
    )
    assert [(row.unit, row.value_kind, row.scale) for row in found.table.rows] == [
        ("việc", None, None),
        ("tỷ đồng", "money", None),
        ("%", "rate", 2),
    ]
    assert [column.label for column in found.table.columns] == ["Số liệu"]


@pytest.mark.parametrize(
    ("text", "code", "label"),
    [
        ("I. KHAI SINH", "I", "KHAI SINH"),
        ("1/ Hộ tịch", "1", "Hộ tịch"),
        ("1.1 Tư vấn", "1.1", "Tư vấn"),
        ("a) Nam", "a", "Nam"),
        ("1.1. Tư vấn", "1.1", "Tư vấn"),
        ("II - Chứng thực", "II", "Chứng thực"),
        ("(1) Một", "1", "Một"),
        ("1.Một", "1", "Một"),
        ("Dân sự", None, "Dân sự"),
        ("V.I.P", None, "V.I.P"),
        ("12 tháng", None, "12 tháng"),
        ("C. Mác", "C", "Mác"),
        ("Đ. Khác", "Đ", "Khác"),
    ],
)
def test_a_number_is_taken_from_a_label_only_where_a_sign_parts_them(
    text: str, code: str | None, label: str
) -> None:
    number, rest = numbered_label(text)
    assert ((number.code if number else None), rest) == (code, label)


def test_numbers_of_a_number_column() -> None:
    assert [
        n.code if (n := row_number(text)) else None
        for text in ("I", "1.", "1.1", "a)", "(2)", "-", "…", "XX", "Tổng")
    ] == [
        "I",
        "1",
        "1.1",
        "a",
        "2",
        None,
        None,
        "XX",
        None,
    ]


@pytest.mark.parametrize(
    ("words", "kind", "subkind"),
    [
        ("Huyện …", "agency", "cấp huyện"),
        ("Xã ...", "commune", None),
        ("Phòng công chứng", "notary", "phòng"),
        ("Văn phòng công chứng", "notary", "văn phòng"),
        ("Phòng Tư pháp …", "agency", "phòng tư pháp"),
        ("Sở...", None, None),
        ("Sở Tư pháp …", "province", None),
        ("Cơ quan đại diện …", None, None),
        ("Số liệu", None, None),
        ("Tình hình", None, None),
        ("Chi cục THADS …", "thads", None),
        ("UBND phường …", "commune", None),
    ],
)
def test_units_are_told_by_words(words: str, kind: str | None, subkind: str | None) -> None:
    found = unit_of(words)
    assert (found.kind, found.subkind) == (kind, subkind)


def test_placeholders_and_totals_by_words() -> None:
    assert all(
        map(is_placeholder, ("Huyện …", "Sở...", "……", "Xã A", "<tên xã>", "1. ………", "Tên đơn vị ____"))
    )
    assert not any(map(is_placeholder, ("Huyện", "Chia ra…:", "Loại A", "Xã đạt chuẩn", "")))
    assert all(
        map(
            is_total,
            ("Tổng số", "Cộng:", "TỔNG SỐ TOÀN ĐỊA PHƯƠNG", "Tổng cộng (I+II)", "Tổng số tại cấp tỉnh"),
        )
    )
    assert not any(map(is_total, ("Tổng số xã", "Công chứng", "Cộng đồng", "Tổng số phải thi hành")))


def test_an_x_says_which_figures_a_row_does_not_have() -> None:
    found = table_of("Chỉ tiêu | a | b | c\nA | 1 | 2 | 3\nKhai sinh | . | . | .\nKhai tử | . | x | x")
    assert [row.only for row in found.table.rows] == [(), ("1",)]


def test_a_unit_merged_over_several_rows_is_that_of_each() -> None:
    found = table_of(
        "TT | Chỉ tiêu | Đơn vị tính | Số liệu\nA | B | C | 1\n"
        "1 | Khai sinh | việc | .\n2 | Khai tử | ^ | .\n3 | Phí | đồng | ."
    )
    assert [row.unit for row in found.table.rows] == ["việc", "việc", "đồng"]


def test_two_label_columns_are_read_as_one_label() -> None:
    found = table_of(
        "Nhóm | Chỉ tiêu | Số liệu\nA | B | 1\nHộ tịch | Khai sinh | .\n"
        "^ | Khai tử | .\nChứng thực | Bản sao | ."
    )
    assert [row.label for row in found.table.rows] == ["Hộ tịch Khai sinh", "Khai tử", "Chứng thực Bản sao"]
    assert "LRT-two-labels" in {problem.code for problem in found.problems}


def test_groups_told_only_by_weight_or_roman_numbers_hold_the_plain_lines_below() -> None:
    assert rows("*Tổng số\n*Hộ tịch\nKhai sinh\nKhai tử\n*Chứng thực\nBản sao") == [
        "0 total Tổng số",
        "0 group Hộ tịch",
        "1 fixed Khai sinh",
        "1 fixed Khai tử",
        "0 group Chứng thực",
        "1 fixed Bản sao",
    ]
    found = rows("I | Hộ tịch\n. | Khai sinh\n. | Khai tử\nII | Chứng thực\n. | Bản sao", TWO)
    assert found == [
        "0 group I Hộ tịch",
        "1 fixed Khai sinh",
        "1 fixed Khai tử",
        "0 group II Chứng thực",
        "1 fixed Bản sao",
    ]


def test_a_total_within_a_group_is_the_groups() -> None:
    assert rows(
        "I. Hộ tịch\n1. Khai sinh\n2. Khai tử\nCộng\nII. Khác\n1. Bản sao\nCộng\n2. Gì\nTổng cộng"
    ) == [
        "0 group I Hộ tịch",
        "1 fixed 1 Khai sinh",
        "1 fixed 2 Khai tử",
        "1 total Cộng",
        "0 group II Khác",
        "1 fixed 1 Bản sao",
        "1 total Cộng",
        "1 fixed 2 Gì",
        "0 total Tổng cộng",
    ]


def test_a_total_that_is_not_bold_beside_bold_lines_is_one() -> None:
    assert rows("Tổng số\n*I. Hộ tịch\n1. Khai sinh\n*II. Khác\n1. Gì")[0] == "0 total Tổng số"


def test_a_column_of_row_codes_is_no_label() -> None:
    found = table_of(
        "TT | Chỉ tiêu | Mã số | Nam\nA | B | C | 1\n1 | Khai sinh | 01 | .\n2 | Khai tử | 02 | ."
    )
    assert [(row.code, row.label) for row in found.table.rows] == [("1", "Khai sinh"), ("2", "Khai tử")]
    found = table_of("Chỉ tiêu | Mã số | Nam\nA | B | 1\nKhai sinh | 01 | .\nKhai tử | 02 | .")
    assert [(row.code, row.label) for row in found.table.rows] == [("01", "Khai sinh"), ("02", "Khai tử")]


def test_a_column_that_holds_only_units_is_that_of_units() -> None:
    found = table_of("Chỉ tiêu | Đơn vị | Số liệu\nA | B | 1\nKhai sinh | việc | .\nLệ phí | đồng | .")
    assert [(row.label, row.unit) for row in found.table.rows] == [("Khai sinh", "việc"), ("Lệ phí", "đồng")]


@pytest.mark.parametrize("sign", ["- ", "-", " – "])
def test_a_dash_may_stand_between_number_and_label(sign: str) -> None:
    assert rows(f"I{sign}Khai sinh\n1{sign}Đúng hạn\nA{sign}Khác")[:2] == [
        "0 group I Khai sinh",
        "1 fixed 1 Đúng hạn",
    ]
    assert numbered_label("5-dưới 10 tuổi") == (None, "5-dưới 10 tuổi")
    assert numbered_label("e-mail") == (None, "e-mail")


def test_names_numbered_before_an_open_line_are_made_up() -> None:
    assert rows("Xã 1\nXã 2\n…") == ["0 unit Xã 1"]
    assert rows("Phòng công chứng số 1\nPhòng công chứng số …") == ["0 unit Phòng công chứng số 1"]
    real = rows("Tổng số\nPhòng công chứng số 1\nPhòng công chứng số 2")
    assert real[1:] == ["0 fixed Phòng công chứng số 1", "0 fixed Phòng công chứng số 2"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("1.\n2.\n3.", "0 free"),
        ("1\n2\n…", "0 free"),
        ("(Ghi tên xã)\n(Ghi tên xã)", "0 unit (Ghi tên xã)"),
        ("Sở A\nSở B", "0 free Sở A"),
    ],
)
def test_places_for_names_are_one_repeated_row(names: str, expected: str) -> None:
    assert rows(f"Tổng số\n{names}") == ["0 total Tổng số", expected]
