"""Row keys (design 4.1): from printed numbers and uids, never from a name, never from an index."""

from __future__ import annotations

from typing import Any

import pytest

from judapp.domain.catalogue import Column, Row
from judapp.domain.rows import (
    OwnRow,
    RepeatedUnit,
    SheetRow,
    cell_kind,
    cell_scale,
    cell_unit,
    expand,
    free_key,
    own_key,
    unit_key,
)
from tests.domain.builders import TOTAL, column, fixed, form, offices, rows_of

A = RepeatedUnit("a1", "VPCC An Bình")
B = RepeatedUnit("b2", "VPCC Bình An")
FREE = Row(kind="free", children=(fixed("nam", "Nam"), fixed("nu", "Nữ")))


def keys(rows: tuple[SheetRow, ...]) -> list[str]:
    return [row.key for row in rows]


def test_numbering_that_restarts_under_each_group_gives_different_keys() -> None:
    of = form(
        TOTAL,
        fixed("I", "Phòng", fixed("1"), fixed("2"), kind="group"),
        fixed("II", "Văn phòng", fixed("1"), kind="group"),
    )
    assert keys(rows_of(of)) == ["tong", "I", "I.1", "I.2", "II", "II.1"]


def test_a_key_of_its_own_replaces_a_printed_number_that_is_not_unique() -> None:
    of = form(fixed("1"), fixed("1", key="mot_nua"), Row(label="Trong đó", key="trong_do"))
    rows = rows_of(of)
    assert keys(rows) == ["1", "mot_nua", "trong_do"]
    assert [row.number for row in rows] == ["1", "1", None]


def test_the_total_row_is_called_tong_and_a_row_without_anything_nothing() -> None:
    assert own_key(TOTAL) == "tong"
    assert own_key(Row(kind="total", code="III")) == "III"
    assert own_key(Row(label="?")) == ""


def test_indentation_is_for_showing_only() -> None:
    of = form(fixed("1", "", fixed("a", "", fixed("x"), level=1)), fixed("2", level=2))
    assert [(row.key, row.level) for row in rows_of(of)] == [("1", 0), ("1.a", 2), ("1.a.x", 3), ("2", 2)]


# rows of units


NOTARIES = form(TOTAL, fixed("I", "Văn phòng", offices(), kind="group"))


def test_every_unit_has_a_row_by_its_uid_numbered_in_its_group() -> None:
    rows = rows_of(NOTARIES, [A, B])
    assert keys(rows) == ["tong", "I", "I.#a1", "I.#b2"]
    assert [(row.number, row.label, row.unit, row.level) for row in rows[2:]] == [
        ("1", "VPCC An Bình", "a1", 1),
        ("2", "VPCC Bình An", "b2", 1),
    ]


def test_the_definition_says_for_which_units_to_ask() -> None:
    asked = []

    def units(plan: Row) -> list[RepeatedUnit]:
        asked.append(plan.unit_kind)
        return []

    expand(NOTARIES.tables[0], units)
    assert asked == ["notary"]


def test_a_renamed_unit_keeps_its_key_and_gets_its_new_name() -> None:
    stored = OwnRow("I.#a1", "I", 1, "a1", "VPCC Cũ")
    renamed = rows_of(NOTARIES, [A], [stored])
    assert [(row.key, row.label) for row in renamed[2:]] == [("I.#a1", "VPCC An Bình")]


def test_a_unit_that_left_keeps_its_row_and_its_last_name() -> None:
    """No figure is lost because an office closed."""
    stored = OwnRow("I.#z9", "I", 1, "z9", "VPCC Đã đóng")
    rows = rows_of(NOTARIES, [A], [stored])[2:]
    assert [(row.key, row.label, row.number) for row in rows] == [
        ("I.#z9", "VPCC Đã đóng", "1"),
        ("I.#a1", "VPCC An Bình", "2"),
    ]


def test_stored_rows_stand_in_their_order_and_new_units_behind() -> None:
    own = [OwnRow("I.#b2", "I", 1, "b2", "b"), OwnRow("I.#z9", "I", 2, "z9", "z")]
    for given in (own, own[::-1]):
        assert keys(rows_of(NOTARIES, [A, B], given))[2:] == ["I.#b2", "I.#z9", "I.#a1"]


def test_rows_of_one_place_stand_by_key() -> None:
    own = [OwnRow("I.#b", "I", 0, "b", ""), OwnRow("I.#a", "I", 0, "a", "")]
    assert keys(rows_of(NOTARIES, [], own))[2:] == ["I.#a", "I.#b"]


def test_each_group_has_the_rows_stored_under_it() -> None:
    of = form(fixed("I", "", offices(), kind="group"), fixed("II", "", offices(), kind="group"))
    own = [OwnRow("II.#z9", "II", 0, "z9", "VPCC Z")]
    assert keys(rows_of(of, [], own)) == ["I", "II", "II.#z9"]


# rows of rows


def test_a_repeated_row_has_sub_rows_of_its_own() -> None:
    of = form(fixed("I", "", offices(fixed("nam"), fixed("nu")), kind="group"))
    assert keys(rows_of(of, [A])) == ["I", "I.#a1", "I.#a1.nam", "I.#a1.nu"]
    assert [(row.unit, row.level) for row in rows_of(of, [A])] == [(None, 0), ("a1", 1), (None, 2), (None, 2)]


def test_repeated_rows_may_hold_repeated_rows() -> None:
    of = form(offices(FREE))
    own = [OwnRow("#a1.#m3", "#a1", 0, None, "Công chứng viên"), OwnRow("#a1", "", 0, "a1", "")]
    assert keys(rows_of(of, [A, B], own)) == ["#a1", "#a1.#m3", "#a1.#m3.nam", "#a1.#m3.nu", "#b2"]


def test_free_rows_are_those_a_sheet_has_of_its_own() -> None:
    own = [OwnRow("#m3", "", 2, None, "Việc khác"), OwnRow("#k7", "", 1, None, "Việc lạ")]
    of = form(fixed("1"), FREE)
    assert [(row.key, row.label, row.number) for row in rows_of(of, [A], own) if "." not in row.key] == [
        ("1", "Dòng 1", "1"),
        ("#k7", "Việc lạ", "1"),
        ("#m3", "Việc khác", "2"),
    ]
    assert keys(rows_of(of, [A])) == ["1"]


def test_free_rows_and_rows_of_units_under_one_head_do_not_mix() -> None:
    of = form(offices(), Row(kind="free"))
    own = [OwnRow("#m3", "", 0, None, "Khác"), OwnRow("#z9", "", 0, "z9", "VPCC Z")]
    assert [(row.key, row.kind) for row in rows_of(of, [], own)] == [("#z9", "unit"), ("#m3", "free")]


def test_free_keys_never_repeat_and_tell_where_they_stand() -> None:
    """Random: two rooms on two PCs add rows at once."""
    made = {free_key("I") for _ in range(2000)}
    assert len(made) == 2000
    assert all(key.startswith("I.#") and len(key) == 11 for key in made)
    assert free_key("").startswith("#")
    assert not any(set(key[3:]) & set("0Ol1.#") for key in made), "read aloud and typed over"


def test_the_key_of_a_unit_row_is_known_before_the_row() -> None:
    assert (unit_key("", "a1"), unit_key("I.1", "a1")) == ("#a1", "I.1.#a1")


# cells


def test_a_heading_has_no_cells_and_a_row_may_have_only_some() -> None:
    of = form(fixed("I", heading=True), fixed("1", only=("1", "3")), fixed("2"))
    has = {row.key: [row.has(col) for col in "123"] for row in rows_of(of)}
    assert has == {"I": [False] * 3, "1": [True, False, True], "2": [True] * 3}


def test_a_repeated_row_has_the_cells_of_its_plan() -> None:
    rows = rows_of(form(offices(only=("2",))), [A])
    assert [row.has(col) for row in rows for col in "12"] == [False, True]


def row(**more: Any) -> SheetRow:
    return rows_of(form(fixed("1", **more)))[0]


@pytest.mark.parametrize(
    ("of", "more", "kind", "unit", "scale"),
    [
        (column("1"), {}, "count", "việc", 0),
        (column("1", unit="người", kind="decimal", scale=1), {}, "decimal", "người", 1),
        (column("1", unit="người", scale=1), {"unit": "%", "value_kind": "rate", "scale": 2}, "rate", "%", 2),
        (column("1", scale=2), {"scale": 0}, "count", "việc", 0),
        (column("1", kind="text"), {"value_kind": "rate", "unit": "%"}, "text", "%", 0),
        (column("1"), {"value_kind": "text"}, "text", "việc", 0),
    ],
)
def test_an_indicator_row_replaces_kind_unit_and_decimals_of_the_column(
    of: Column, more: dict[str, Any], kind: str, unit: str, scale: int
) -> None:
    at = row(**more)
    assert (cell_kind(of, at), cell_unit(of, at, "việc"), cell_scale(of, at)) == (kind, unit, scale)


def test_a_cell_may_have_no_unit() -> None:
    assert cell_unit(column("1"), row()) is None


def test_two_tables_of_one_form_have_rows_of_their_own() -> None:
    first, second = form(fixed("1")).tables[0], form(fixed("1"), fixed("2")).tables[0]
    assert [keys(expand(table, lambda _: [])) for table in (first, second)] == [["1"], ["1", "2"]]
