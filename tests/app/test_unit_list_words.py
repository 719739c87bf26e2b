"""Columns, sheets, offices and who is meant are told by their words; what fits nothing means nothing."""

from __future__ import annotations

import pytest

from judapp.app import unit_list_words as words


@pytest.mark.parametrize(
    ("labels", "role"),
    [
        ("STT", "number"),
        ("Mã ĐVHC", "code"),
        ("Mã xã", "code"),
        ("Tên xã, phường", "name"),
        ("Tên ĐVHC mới", "name"),
        ("Đơn vị hành chính cấp xã mới từ ngày 01/7/2025", "name"),
        ("Xã, phường cũ", "old_name"),
        ("Đơn vị hành chính cũ", "old_name"),
        ("Sáp nhập từ", "old_name"),
        ("ĐVHC trước sắp xếp / Tên", "old_name"),
        ("ĐVHC trước sắp xếp / Mã", "old_code"),
        ("ĐVHC trước sắp xếp / Loại", "old_type"),
        ("ĐVHC mới / Tên", "name"),
        ("Huyện cũ", "district"),
        ("Huyện, thị xã, thành phố", "district"),
        ("Tỉnh cũ", "province"),
        ("Loại", "type"),
        ("Từ ngày", "from"),
        ("Ngày thành lập", "from"),
        ("Đến ngày", "to"),
        ("Phòng", "room"),
        ("Phòng phụ trách", "room"),
        ("Người phụ trách", "person"),
        ("Cán bộ lập biểu", "person"),
        ("Họ và tên", "person"),
        ("Biểu", "forms"),
        ("Số biểu phải nộp", "forms"),
        ("Tên cơ quan", "name"),
        ("Tên tổ chức hành nghề", "name"),
        ("Địa chỉ trụ sở", "unused"),
        ("Diện tích (km2)", "unused"),
        ("Ghi chú", "note"),
        ("Màu", ""),
    ],
)
def test_a_column_is_told_by_its_words(labels: str, role: str) -> None:
    assert words.role_of(labels.split(" / ")) == role


@pytest.mark.parametrize(
    ("name", "above", "roles", "heads", "kind"),
    [
        ("Xã phường", [], {"name", "code"}, "", "communes"),
        ("Sheet1", ["DANH SÁCH XÃ, PHƯỜNG TỈNH NGHỆ AN"], {"name"}, "Tên", "communes"),
        ("Sheet1", ["Người lập: Lan", "DANH SÁCH XÃ"], {"name"}, "Tên", "communes"),
        ("Sheet1", [], {"old_name", "name"}, "", "communes"),
        ("Tổ chức hành nghề", [], {"name"}, "", "offices"),
        ("Phòng", [], {"room", "person"}, "", "rooms"),
        ("Người", [], {"person", "room"}, "", "persons"),
        ("Sheet1", [], {"forms", "name"}, "", "owed"),
        ("Sở ngành", [], {"name"}, "", "agencies"),
        ("Sheet1", [], {"name", "number"}, "Tên đơn vị", ""),
    ],
)
def test_a_sheet_is_told_by_its_head_its_name_and_its_title(
    name: str, above: list[str], roles: set[str], heads: str, kind: str
) -> None:
    assert words.sheet_kind(name, above, frozenset(roles), heads) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mỗi xã, phường", "commune"),
        ("Xã, phường", "commune"),
        ("UBND cấp xã", "commune"),
        ("Tất cả tổ chức hành nghề công chứng", "notary"),
        ("Các sở, ngành", "agency"),
        ("Xã Thanh Tùng", ""),
        ("Xã Các Sơn", ""),
        ("Xã Phương Đình", ""),
        ("Sở Nội vụ", ""),
    ],
)
def test_one_line_may_mean_all_of_a_kind_and_never_by_mistake(text: str, kind: str) -> None:
    assert words.every(text) == kind


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("Phòng công chứng số 1", "", ("notary", "phòng")),
        ("VPCC An Bình", "", ("notary", "văn phòng")),
        ("An Bình", "Văn phòng", ("notary", "văn phòng")),
        ("Văn phòng luật sư Vinh", "", ("agency", "tổ chức hành nghề luật sư")),
        ("Công ty đấu giá hợp danh X", "", ("agency", "tổ chức đấu giá tài sản")),
        ("An Bình", "", ("", "")),
    ],
)
def test_an_office_is_of_the_kind_its_name_or_the_list_says(
    name: str, said: str, kind: tuple[str, str]
) -> None:
    assert words.office_kind(name, said) == kind


def test_the_department_itself_is_known() -> None:
    assert words.is_own("Sở Tư pháp tỉnh Nghệ An")
    assert not words.is_own("Sở Nội vụ")
