"""What a person says of rows of a blank goes before what they look like (issue 5, build 4)."""

from __future__ import annotations

import pytest
from openpyxl.styles import Border
from openpyxl.worksheet.worksheet import Worksheet

from judapp.domain.learned import SheetRole
from judapp.errors import JudappError
from judapp.excel.learn import Hints, learn
from judapp.excel.learn_table import find_tables
from tests.data.blanks.pen import Pen
from tests.excel.sketched import columns_of, rows_of, sheet_of, stubs_of

TABLE = "Đơn vị | Tổng số | Nam\nA | 1 | 2\nTổng số | . | .\nXã … | . | ."


def around(_: Worksheet, pen: Pen) -> None:
    pen.lines("A1", "Biểu số: 12x/TP\nSố liệu phân tổ của xã\nBiểu số: 13x/TP")
    pen.lines("A10", "GIÁM ĐỐC\nSố liệu không gồm cấp huyện\nChủ trì báo cáo\nđến 30/6")


@pytest.mark.parametrize(
    ("row", "role"),
    [(2, "note"), (10, "note"), (12, "signer"), (11, "unused"), (2, "signer"), (11, "block"), (2, "unused")],
)
def test_words_are_what_a_person_says(row: int, role: SheetRole) -> None:
    sheet = sheet_of(("A5", TABLE), draw=around)
    learned = learn([sheet], Hints(rows={3: "unused", row: role}))
    text = sheet.text(row, 1)
    notes = [note.text for note in learned.form.notes]
    signers = [signer.title for signer in learned.form.signatures]
    assert learned.roles[row, 1] == role
    assert (text in notes, any(text in title for title in signers)) == (role == "note", role == "signer")


def test_a_row_said_to_hold_the_unit_of_measure_holds_it() -> None:
    sheet = sheet_of(("A5", TABLE), draw=around)
    learned = learn([sheet], Hints(rows={3: "unused", 13: "unit_of_measure"}))
    assert learned.form.unit_of_measure == "đến 30/6"


def test_a_second_number_of_a_form_said_to_be_of_no_use_is_no_second_form() -> None:
    sheet = sheet_of(("A5", TABLE), ("A20", TABLE), draw=lambda sheet, _: sheet.cell(18, 1, "Biểu số: 13x"))
    sheet_too = sheet_of(("A5", TABLE), draw=around)
    assert learn([sheet_too], Hints(rows={3: "unused"})).form.number == "12x/TP"
    assert learn([sheet], Hints(rows={18: "note"})).form.notes[0].text == "Biểu số: 13x"


def test_a_row_in_a_table_said_to_be_a_note_is_one() -> None:
    sheet = sheet_of(("A5", TABLE + "\nSố liệu ước | . | .\nXã … | . | ."))
    learned = learn([sheet], Hints(rows={9: "note"}))
    assert "Số liệu ước" in [note.text for note in learned.form.notes]
    assert [row.label for row in learned.form.tables[0].rows] == ["Tổng số", "Xã …"]


def test_a_row_said_to_hold_the_numbers_gives_those_it_prints() -> None:
    sheet = sheet_of(("A3", "Đơn vị | Tổng số | Nam\ncột chữ | (1) | (2)\nTổng số | . | ."))
    [found] = find_tables(sheet, Hints(rows={4: "number"}))
    assert (columns_of(found), stubs_of(found)) == (["1 Tổng số", "2 Nam"], [(None, "Đơn vị")])


def test_a_row_said_to_be_head_takes_those_above_it_along() -> None:
    sheet = sheet_of(("A3", "Đơn vị | Tổng số | Chia ra\n. | . | Nam\nXã … | . | ."))
    [found] = find_tables(sheet, Hints(rows={4: "head"}))
    assert (columns_of(found), rows_of(found)) == (["_ Tổng số", "_ Chia ra / Nam"], ["0 unit Xã …"])


def test_rows_of_a_head_without_lines_may_be_said_one_by_one() -> None:
    def bare(sheet: Worksheet, _: Pen) -> None:
        for row in sheet["A3:C8"]:
            for cell in row:
                cell.border = Border()

    head = "Đơn vị | Chia ra | <\n^ | Nam | Nữ\nA | 1 | 2\nXã … | . | ."
    sheet = sheet_of(("A3", head), draw=bare)
    for row in (3, 4):
        [found] = find_tables(sheet, Hints(rows={row: "head"}))
        assert columns_of(found) == ["1 Chia ra / Nam", "2 Chia ra / Nữ"]


def test_a_blank_whose_only_head_is_said_to_be_none_has_no_table() -> None:
    sheet = sheet_of(("A3", "Đơn vị | Nam | Nữ\nXã … | . | ."))
    with pytest.raises(JudappError, match="LRN-001"):
        learn([sheet], Hints(rows={3: "note", 4: "note"}))
