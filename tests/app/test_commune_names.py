"""Names of communes in lists: one name however spelled, two that differ in a mark, several in one cell."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from judapp.app.commune_names import (
    OldUnit,
    OldUnits,
    day_in,
    day_of_title,
    district_key,
    full_name,
    is_district,
    old_units,
    own_code,
    spelled,
    type_of,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã Hoà Bình", "Xã Hòa Bình"),
        ("XÃ NGHI LỘC", "Xã Nghi  Lộc"),
        ("Xã Nghi\u00a0Lộc", "Xã Nghi Lộc"),
        (unicodedata.normalize("NFD", "Phường Trường Vinh"), "Phường Trường Vinh"),
        ("Xã Thuý Lĩnh", "Xã Thúy Lĩnh"),
    ],
)
def test_one_name_is_one_however_it_is_spelled(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


def test_names_that_differ_in_a_mark_are_two() -> None:
    assert len({spelled(f"Xã Tân {name}") for name in ("Lập", "Lạp", "Lấp", "Lap")}) == 4


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("UBND xã Nghi Lộc", "", "Xã Nghi Lộc"),
        ("Ủy ban nhân dân phường Vinh Phú", "", "Phường Vinh Phú"),
        ("X. Nghi Lộc", "", "Xã Nghi Lộc"),
        ("TT. Quán Hành", "", "Thị trấn Quán Hành"),
        ("Nghi Lộc", "xã", "Xã Nghi Lộc"),
        ("xa Nghi Loc", "", "Xã Nghi Loc"),
        ("Xa Dung", "xã", "Xã Xa Dung"),
        ("XÃ ĐẮK R'LẤP", "", "Xã Đắk R'Lấp"),
        ("Phường 1", "", "Phường 1"),
        ("Nghi Lộc", "", ""),
        ("Xã", "", ""),
    ],
)
def test_a_name_bears_its_kind_or_none_is_known(text: str, kind: str, name: str) -> None:
    assert full_name(text, kind) == name


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Xã A, Xã B và thị trấn C", [("Xã A", True), ("Xã B", True), ("Thị trấn C", True)]),
        ("xã Nghi Lộc (một phần)", [("Xã Nghi Lộc", False)]),
        ("một phần xã X; phần còn lại của phường Y", [("Xã X", False), ("Phường Y", False)]),
        ("các xã Nghi Lâm, Nghi Văn", [("Xã Nghi Lâm", True), ("Xã Nghi Văn", True)]),
        ("- Xã A\n- Xã B", [("Xã A", True), ("Xã B", True)]),
        ("X. Hoà Bình + P. Lê Lợi", [("Xã Hoà Bình", True), ("Phường Lê Lợi", True)]),
        ("Toàn bộ diện tích tự nhiên của xã A, một phần diện tích xã B", [("Xã A", True), ("Xã B", False)]),
        ("1. Xã A; 2. Xã B", [("Xã A", True), ("Xã B", True)]),
    ],
)
def test_one_cell_names_several_old_communes(text: str, units: list[tuple[str, bool]]) -> None:
    assert [(unit.name, unit.whole) for unit in old_units(text).units] == units


def test_old_communes_bear_district_and_code_where_the_cell_says_them() -> None:
    assert old_units("xã A (huyện B), xã C (00123)").units == (
        OldUnit("Xã A", True, "huyện B"),
        OldUnit("Xã C", True, "", "00123"),
    )
    found = old_units("các xã A, B và thị trấn C thuộc huyện Nghi Lộc").units
    assert {unit.district for unit in found} == {"huyện Nghi Lộc"}
    assert old_units("Nghi Lâm", "xã", "Nghi Lộc").units == (OldUnit("Xã Nghi Lâm", True, "Nghi Lộc"),)
    assert old_units("Xã A (cũ)").units == (OldUnit("Xã A"),)


@pytest.mark.parametrize(
    "text",
    ["theo nghị quyết của tỉnh", "Nghi Lộc", "Xã A (xem ghi chú)", "Xã A: gồm nhiều xóm", "(một phần)"],
)
def test_words_nobody_understands_are_said_and_nothing_is_read(text: str) -> None:
    found = old_units(text)
    assert found.unclear
    assert not found.units


def test_a_commune_that_stayed_is_its_own_origin() -> None:
    for said in ("Giữ nguyên", "(giữ nguyên)", "Giữ nguyên trạng, không sắp xếp", "Giữ nguyên xã"):
        assert old_units(said) == OldUnits(itself=True)
    assert old_units("Giữ nguyên hiện trạng xã A") == OldUnits((OldUnit("Xã A"),))


def test_no_commune_named_beside_one_that_stayed_is_lost() -> None:
    found = old_units("Xã A (nguyên trạng), xã B")
    assert [(unit.name, unit.whole) for unit in found.units] == [("Xã A", True), ("Xã B", True)]
    for said in ("Giữ nguyên xã A, nhập thêm xã B", "Xã A giữ nguyên và xã B"):
        assert old_units(said) == OldUnits(unclear=said)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/7/2025", date(2025, 7, 1)),
        ("2025-07-01", date(2025, 7, 1)),
        ("ngày 01 tháng 7 năm 2025", date(2025, 7, 1)),
        ("1.7.2025", date(2025, 7, 1)),
        ("31/02/2025", None),
        ("sau sáp nhập", None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_the_day_of_a_title_is_the_one_it_holds_from_and_no_decision_s() -> None:
    assert day_of_title(["Kèm theo Nghị quyết ngày 16/6/2025", "(áp dụng từ ngày 01/7/2025)"]) == date(
        2025, 7, 1
    )
    assert day_of_title(["Nghị quyết ngày 16/6/2025"]) is None
    assert day_of_title(["từ ngày 01/7/2025", "từ ngày 01/01/2026"]) is None


def test_districts_are_known_by_their_word_and_equal_without_it() -> None:
    assert is_district("Huyện Nghi Lộc")
    assert is_district("TX. Cửa Lò")
    assert not is_district("Quan Sơn")
    assert district_key("H. Nghi Lộc") == district_key("huyện Nghi Lộc") == district_key("Nghi Lộc")
    assert type_of("Các phường") == "phường"
    assert type_of("Xã Nghi Lộc") == ""


def test_a_code_made_from_a_name_is_never_an_official_one() -> None:
    assert own_code("Xã Nghi Lộc") == "xa-nghi-loc"
