"""The columns of a file are shown beside the form's; what is offered is never a label of another meaning."""

from __future__ import annotations

import pytest

from judapp.excel.columns import Pair, looks, pairs, stub_pairs
from judapp.excel.grid import GridCell, GridSheet, Spans

from .sheet_variations import changed, shifted, with_column
from .test_header import MEDIATION, mediation

TABLE = MEDIATION.tables[0]


def offered(sheet: GridSheet) -> dict[int, str]:
    return {pair.column: pair.name for pair in pairs(looks(sheet, [TABLE])[0], TABLE)}


def pair(sheet: GridSheet, column: int) -> Pair:
    return next(own for own in pairs(looks(sheet, [TABLE])[0], TABLE) if own.column == column)


def test_each_column_is_shown_with_heads_code_and_samples() -> None:
    sheet = mediation({"B": "Số vụ tiếp nhận"})
    look = looks(sheet, [TABLE])[0]
    assert look.row == 2
    second = look.columns[1]
    assert (second.letter, second.heads, second.code) == ("B", ("Số vụ tiếp nhận",), "1")
    assert (second.samples, second.figures) == (("10", "10"), 2)


def test_number_and_head_make_sure() -> None:
    both = pair(mediation(), 3)
    assert (both.name, both.by_code, both.by_head, both.sure) == ("2", True, True, True)
    number = pair(mediation({"B": "Vụ đã nhận"}), 2)
    assert (number.name, number.by_code, number.sure) == ("1", True, False)
    like = pair(mediation({"B": "Số vụ tiếp nhận"}, codes=""), 2)
    assert (like.name, like.by_code, like.by_head, like.sure) == ("1", False, False, False)


@pytest.mark.parametrize("codes", ["A1234", ""])
def test_hoa_giai_thanh_is_never_offered_for_hoa_giai_khong_thanh(codes: str) -> None:
    sheet = mediation({"C": "Vụ khác", "D": "Số vụ hòa giải thành"}, codes=codes)
    assert offered(sheet).get(4) != "3"


def test_a_head_that_contradicts_its_number_goes_with_the_head() -> None:
    sheet = mediation({"C": "Hòa giải không thành", "D": "Hòa giải thành"})
    assert {column: name for column, name in offered(sheet).items() if column in (3, 4)} == {3: "3", 4: "2"}


def test_two_columns_for_one_leaf_are_offered_neither() -> None:
    sheet = mediation({"E": "Tiếp nhận"}, codes="")
    assert offered(sheet) == {3: "2", 4: "3"}


def test_label_columns_are_offered_by_head_by_letter_and_by_words() -> None:
    for sheet in (mediation({"A": "Tổ"}), mediation(codes=""), mediation({"A": "Tổ"}, codes="")):
        look = looks(sheet, [TABLE])[0]
        assert [(own.column, own.name) for own in stub_pairs(look, TABLE, pairs(look, TABLE))] == [(1, "0")]


def test_a_sheet_without_any_known_head_is_shown_by_where_figures_begin() -> None:
    cells = {(1, 1): GridCell("Đơn vị khác"), (1, 2): GridCell("X"), (1, 3): GridCell("Y")}
    cells |= {(2, 1): GridCell("Tổ một"), (2, 2): GridCell(4), (2, 3): GridCell(5)}
    look = looks(GridSheet("x", cells, hidden_columns=Spans.of([(3, 3)])), [TABLE])[0]
    assert (look.row, look.header.missing) == (1, 4)
    assert [column.hidden for column in look.columns] == [False, False, True]
    assert looks(GridSheet("x", {}), [TABLE])[0].columns == ()


def test_the_look_is_the_same_wherever_it_stands_and_another_with_another_head() -> None:
    sheet = mediation({"B": "Vụ đã nhận"})
    signature = looks(sheet, [TABLE])[0].signature
    assert looks(shifted(sheet, 4, 2), [TABLE])[0].signature == signature
    assert looks(changed(sheet, {(3, 2): 77}), [TABLE])[0].signature == signature
    assert looks(changed(sheet, {(1, 2): "Vụ mới nhận"}), [TABLE])[0].signature != signature
    assert looks(with_column(sheet, 3), [TABLE])[0].signature != signature
