"""Cells are called by what is printed, never by keys or invented numbers."""

from __future__ import annotations

import pytest

from judapp.domain.catalogue import Column, Form, Row, Table
from judapp.domain.names import SheetNames
from tests.domain.builders import TOTAL, column, fixed, form, offices, plan

NOTARIES = form(
    TOTAL,
    fixed("I", "Phòng công chứng", offices(Row(label="Nam", key="nam"), Row(label="Nữ", key="nu"))),
    fixed("II", "Văn phòng", fixed("a", "Văn phòng A"), Row(label="Trong đó", key="_td")),
    columns=[column("1", "Số tổ chức"), Column(label="Ghi chú", key="_gc", kind="text")],
)


def names(of: Form = NOTARIES, *units: str) -> SheetNames:
    return SheetNames(
        plan(of, *(units or ("a1", "b2"))), {"cc.cs": "10a/TP/CC"}, {"cc.viec": "Việc công chứng"}
    )


@pytest.mark.parametrize(
    ("key", "vi", "en"),
    [
        (("", "II.a", "1"), "dòng II.a Văn phòng A · cột (1)", "row II.a Văn phòng A · column (1)"),
        (("", "I.#b2", "1"), "dòng I.2 VPCC b2 · cột (1)", "row I.2 VPCC b2 · column (1)"),
        (("", "tong", "_gc"), "dòng Tổng số · cột “Ghi chú”", "row Tổng số · column “Ghi chú”"),
        (("", "II._td", "1"), "dòng II Trong đó · cột (1)", "row II Trong đó · column (1)"),
    ],
)
def test_a_cell_in_one_line(key: tuple[str, str, str], vi: str, en: str) -> None:
    assert names().cell(key) == (vi, en)


def test_a_form_of_one_row_needs_no_row() -> None:
    """One-row commune forms have no column A."""
    assert names(form()).cell(("", "1", "2")) == ("cột (2)", "column (2)")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("I", ("I", "Phòng công chứng")),
        ("I.#b2", ("I.2", "VPCC b2")),
        ("tong", (None, "Tổng số")),
        ("I.#.nam", (None, "Nam")),
        ("I.#", (None, "I.#")),
        ("#", (None, "#")),
        ("I.*", (None, "I.*")),
        ("I.#.khac", (None, "I.#.khac")),
    ],
)
def test_a_row_is_called_by_number_and_label_a_pattern_by_what_its_rows_share(
    row: str, name: tuple[str | None, str]
) -> None:
    assert names().row_name("", "", row) == name


def test_rows_that_share_no_label_are_called_by_their_pattern() -> None:
    of = form(fixed("I", "", fixed("1", "Nam")), fixed("II", "", fixed("1", "Nữ")))
    assert names(of).row_name("", "", "*.1") == (None, "*.1")


def test_rows_of_another_table_do_not_name_a_pattern() -> None:
    second = Table(columns=(column("1"),), rows=(fixed("I", "", fixed("1", "Nữ")),), key="II")
    of = form(tables=[*form(fixed("I", "", fixed("1", "Nam"))).tables, second])
    assert names(of).row_name("", "II", "*.1") == (None, "Nữ")


def test_a_column_is_called_by_number_and_label() -> None:
    assert names().column_name("", "", "1") == ("1", "Số tổ chức")
    assert names().column_name("", "", "_gc") == (None, "Ghi chú")


def test_what_lies_in_another_form_is_called_as_it_is_written() -> None:
    assert names().column_name("cc.cs", "", "1") == ("1", "1")
    assert names().row_name("cc.cs", "", "I") == ("I", "I")
    assert names().column_name("", "", "99") == ("99", "99")


def test_other_forms_and_measures_are_called_by_number_and_label_if_known() -> None:
    assert (names().form_name("cc.cs"), names().form_name("ht.xa")) == ("10a/TP/CC", "ht.xa")
    assert names().measure_name("cc.viec") == "Việc công chứng"
    assert SheetNames(plan(form())).measure_name("cc.viec") == "cc.viec"


def test_a_table_is_named_where_there_are_several() -> None:
    second = Table(columns=(column("1"),), rows=(fixed("1"),), key="II")
    two = names(form(tables=[*form().tables, second]))
    assert [two.table_name("", key) for key in ("II", "")] == ["bảng II", ""]
    assert names().table_name("", "II") == ""
    assert names().table_name("cc.cs", "II") == "bảng II"
