"""Carrying figures to another version: by the mapping, exactly, and what has no place is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from judapp.domain import figure
from judapp.domain.catalogue import Form, Note, Slot
from judapp.domain.figure import Figure, number, words
from judapp.domain.moving import CellMapping, Moved, mapping_faults, moved, proposed_mapping
from tests.domain.builders import TOTAL, column, form, keyed, offices

OLD = form(TOTAL, offices(), columns=[column("1", "Nam"), column("2", "Nữ"), column("3", "Trẻ em")])
NEW = form(TOTAL, offices(), columns=[column("1", "Nam"), column("2", "Khác"), column("3", "Nữ")])


def carried(cells: Mapping[str, Figure], mapping: CellMapping, old: Form = OLD, new: Form = NEW) -> Moved:
    return moved(keyed(cells), mapping, old, new)


def test_what_is_the_same_by_number_and_labels_is_proposed() -> None:
    mapping = proposed_mapping(OLD, NEW)
    assert mapping.columns == {("", "1"): ("", "1"), ("", "2"): ("", "3")}
    assert mapping.rows == {("", "tong"): ("", "tong"), ("", "#"): ("", "#")}


def test_nothing_is_proposed_over_another_unit_of_measure() -> None:
    one = form(columns=[column("1", "Phí", unit="nghìn đồng")])
    other = form(columns=[column("1", "Phí", unit="đồng")])
    assert not proposed_mapping(one, other).columns


def test_figures_go_where_the_mapping_says_and_the_rest_is_told() -> None:
    found = carried(
        {"#a1 c1": number(5), "#a1 c2": number(6), "#a1 c3": number(7), "tong c1": figure.PENDING},
        proposed_mapping(OLD, NEW),
    )
    assert found.figures == keyed({"#a1 c1": number(5), "#a1 c3": number(6), "tong c1": figure.PENDING})
    assert found.sources[("", "#a1", "3")] == ("", "#a1", "2")
    assert found.left == (("", "#a1", "3"),)


def test_a_row_or_column_left_out_of_the_mapping_leaves_its_cells() -> None:
    mapping = CellMapping({("", "1"): ("", "1")}, {("", "#"): ("", "#")})
    found = carried({"tong c1": number(1), "#a1 c2": number(2)}, mapping)
    assert (found.figures, len(found.left)) == ({}, 2)
    assert mapping.place("", "tong") is None
    assert mapping.place("", "#a1") == ("", "#a1")


def test_money_is_converted_exactly_and_decimals_are_kept() -> None:
    old = form(columns=[column("1", unit="nghìn đồng", scale=1), column("2", unit="đồng")])
    new = form(columns=[column("1", unit="đồng"), column("2", unit="nghìn đồng")])
    same = CellMapping({("", c): ("", c) for c in "12"}, {("", "1"): ("", "1")})
    found = carried({"1 c1": number(15, 5), "1 c2": number(2500)}, same, old, new)
    assert found.figures == keyed({"1 c1": number(1500, 500)})
    assert found.left == (("", "1", "2"),)  # 2.5 nghìn đồng is no whole figure


def test_slots_of_notes_stay_under_their_name_and_go_where_the_note_is_gone() -> None:
    note = Note(text="{nhan}/{tong}", slots=(Slot(key="nhan"), Slot(key="tong")))
    old, new = form(notes=(note,)), form(notes=(Note(text="{nhan}", slots=(Slot(key="nhan"),)),))
    cells = {("@", key, ""): words("5") for key in ("nhan", "tong", "signer.0")}
    found = moved(cells, proposed_mapping(old, new), old, new)
    assert set(found.figures) == {("@", "nhan", ""), ("@", "signer.0", "")}
    assert found.left == (("@", "tong", ""),)


def test_a_cell_of_a_table_or_column_nobody_has_is_left() -> None:
    mapping = CellMapping(
        {("", "9"): ("", "1"), ("II", "1"): ("II", "1")}, {("", "1"): ("", "1"), ("II", "1"): ("II", "1")}
    )
    found = moved({("", "1", "9"): number(1), ("II", "1", "1"): number(2)}, mapping, form(), form())
    assert len(found.left) == 2


@pytest.mark.parametrize(
    ("columns", "rows", "code"),
    [
        ({("", "9"): ("", "1")}, {}, "FVR-011"),
        ({("", "1"): ("", "9")}, {}, "FVR-011"),
        ({("II", "1"): ("", "1")}, {}, "FVR-011"),
        ({("", "1"): ("", "1"), ("", "2"): ("", "1")}, {}, "FVR-012"),
        ({("", "1"): ("", "4")}, {}, "FVR-013"),
        ({("", "1"): ("", "5")}, {}, "FVR-013"),
        ({}, {("", "#"): ("", "tong")}, "FVR-014"),
    ],
)
def test_a_mapping_that_cannot_be_is_told(columns: dict, rows: dict, code: str) -> None:  # type: ignore[type-arg]
    wide = form(
        TOTAL,
        offices(),
        columns=[*map(column, "123"), column("4", kind="text"), column("5", unit="người")],
    )
    faults = list(mapping_faults(CellMapping(columns, rows), wide, wide))
    assert [fault[0] for fault in faults] == [code]


def test_words_go_to_words_and_money_to_money() -> None:
    old = form(columns=[column("1", kind="text"), column("2", unit="nghìn đồng")])
    new = form(columns=[column("1", kind="text"), column("2", unit="đồng")])
    mapping = CellMapping({("", c): ("", c) for c in "12"}, {("", "1"): ("", "1")})
    assert not list(mapping_faults(mapping, old, new))
