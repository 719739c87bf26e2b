"""Kinds of columns and areas of forms follow from printed words, with why and how sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp import messages
from judapp.domain.areas import AREAS, area_of
from judapp.domain.kinds import is_money, kind_of
from judapp.domain.lint import decode

SEEDS = sorted((Path(__file__).parents[2] / "seeds/forms").glob("*.json"))


@pytest.mark.parametrize(
    ("path", "unit", "kind"),
    [
        (("Số công chứng viên",), "Người", "count"),
        (("Số tiền thu được", "Phí công chứng"), "Đồng", "money"),
        (("Lệ phí",), "1.000 đồng", "money"),
        (("Lệ phí",), "triệu đồng", "money"),
        (("Số lượng",), "Hợp đồng", "count"),
        (("Số lượng",), "Hội đồng", "count"),
        (("Kinh phí xã hội hóa",), None, "money"),
        (("Tiền công", "Số người"), None, "count"),
        (("Số hồ sơ đề nghị hỗ trợ chi phí",), "Hồ sơ", "count"),
        (("Tỷ lệ % thi hành xong",), None, "rate"),
        (("Tỉ lệ", "Nam"), None, "rate"),
        (("Mức hoàn thành",), "%", "rate"),
        (("Số vụ có tỷ lệ tổn thương cơ thể",), "Vụ", "count"),
        (("Tuổi kết hôn trung bình lần đầu", "Nam"), "Tuổi", "average"),
        (("Thu nhập bình quân",), "Đồng", "average"),
        (("Xếp loại hòa giải viên", "Trung bình"), "Người", "count"),
        (("Ghi chú",), None, "text"),
        (("Tên tổ chức",), None, "text"),
        (("Họ và tên",), None, "text"),
        (("Nơi hành nghề",), None, "text"),
        (("Tên miền đã đăng ký",), "Tên miền", "count"),
        (("Khai sinh", "Tổng số"), None, "count"),
    ],
)
def test_kind_of_a_column(path: tuple[str, ...], unit: str | None, kind: str) -> None:
    found = kind_of(path, unit)
    assert found.kind == kind
    assert messages.text(found.code)


def test_money_is_only_sure_with_its_unit() -> None:
    assert kind_of(("Phí",), "đồng").sure == "sure"
    assert kind_of(("Phí",), None).sure == "likely"
    assert is_money("Nghìn đồng")
    assert not is_money("hợp đồng")
    assert not is_money(None)


@pytest.mark.parametrize(
    ("number", "area"),
    [
        ("10b/TP/CC", "công chứng"),
        ("14a/BTP/HTQTCT/HT/HTK", "hộ tịch"),
        ("11c/BTP/PBGDPL/HGCS", "hòa giải ở cơ sở"),
        ("09e/BTP/PBGDPL", "phổ biến, giáo dục pháp luật"),
        ("01/TK-THA", "thi hành án dân sự"),
        ("11c", None),
        ("PL-STP", None),
    ],
)
def test_the_area_is_told_by_the_end_of_the_number(number: str, area: str | None) -> None:
    found = area_of(number)
    assert (found.area if found else None) == area


def test_every_area_says_where_its_code_comes_from() -> None:
    assert all(area and source for area, source in AREAS.values())


def test_areas_of_the_catalogue_are_called_alike() -> None:
    for path in SEEDS:
        form, _ = decode(path.read_bytes())
        assert form is not None
        found = area_of(form.number)
        assert found is None or form.area.startswith(found.area), form.number
