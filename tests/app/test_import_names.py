"""Names of units are known in every spelling people use; likeness never decides."""

from __future__ import annotations

from datetime import date

import pytest

from judapp.app.import_names import UnitNames, names_somebody
from judapp.domain.unit import COMMUNE, NOTARY, PROVINCE, Succession, Unit, Units, UnitState

MERGER = date(2025, 7, 1)
BEFORE, AFTER = date(2024, 6, 30), date(2026, 6, 30)


def unit(
    uid: str,
    kind: str,
    name: str,
    parent: str | None = "na",
    *,
    since: date = MERGER,
    until: date | None = None,
) -> Unit:
    return Unit(uid, kind, (UnitState(since, until, uid, name, "", parent),))


OLD = date(2008, 8, 1)
ENDED = date(2025, 6, 30)
UNITS = Units(
    [
        unit("vn", "nation", "Toàn quốc", None, since=OLD),
        unit("na", PROVINCE, "Tỉnh Nghệ An", "vn", since=OLD),
        unit("th", PROVINCE, "Tỉnh Thanh Hóa", "vn", since=OLD),
        unit("nl", COMMUNE, "Xã Nghi Lộc"),
        unit("ngl", COMMUNE, "Xã Nghĩa Lộc"),
        unit("vl1", COMMUNE, "Xã Vinh Lộc"),
        unit("vl2", COMMUNE, "Phường Vinh Lộc"),
        unit("tl1", COMMUNE, "Xã Tân Lập"),
        unit("tl2", COMMUNE, "Xã Tân Lạp"),
        unit("sen", COMMUNE, "Xã Sen"),
        unit("pcc", NOTARY, "Phòng công chứng số 1 tỉnh Nghệ An"),
        unit("vp", NOTARY, "Văn phòng công chứng Nguyễn An"),
        unit("sxd", "agency", "Sở Xây dựng"),
        unit("hd", "agency", "Huyện Nghi Lộc", since=OLD, until=ENDED),
        unit("hq", "agency", "Huyện Quỳ Hợp", since=OLD, until=ENDED),
        unit("nt", COMMUNE, "Xã Nghi Trung", "hd", since=OLD, until=ENDED),
        unit("tt", COMMUNE, "Xã Tân Thành", "hd", since=OLD, until=ENDED),
        unit("tq", COMMUNE, "Xã Tân Thành", "hq", since=OLD, until=ENDED),
    ],
    [Succession("nt", "nl", MERGER)],
)  # fmt: skip


@pytest.fixture(scope="module")
def names() -> UnitNames:
    return UnitNames(UNITS, AFTER)


@pytest.mark.parametrize(
    ("printed", "uid"),
    [
        ("Xã Nghi Lộc", "nl"),
        ("UBND xã Nghi Lộc", "nl"),
        ("ỦY BAN NHÂN DÂN XÃ NGHI LỘC", "nl"),
        ("Nghi loc", "nl"),
        ("xa NGHI LỘC", "nl"),
        ("X. Nghi Lộc", "nl"),
        ("UBND xã Nghi Lộc, tỉnh Nghệ An", "nl"),
        ("UBND xã Nghi Lộc - huyện Nghi Lộc", "nl"),
        ("UBND XÃ NGHI LỘC TỈNH NGHỆ AN", "nl"),
        ("Nghĩa Lộc", "ngl"),
        ("UBND P. Vinh Lộc", "vl2"),
        ("Sở Tư pháp tỉnh Nghệ An", "na"),
        ("Nghệ An", "na"),
        ("VPCC Nguyễn An", "vp"),
        ("Văn phòng công chứng Nguyễn An", "vp"),
        ("PCC số 1", "pcc"),
        ("Phòng công chứng số 1", "pcc"),
        ("Sở Xây dựng tỉnh Nghệ An", "sxd"),
        ("Xã Tân Lập", "tl1"),
        ("Xã Tân Lạp", "tl2"),
    ],
)
def test_a_name_is_known_in_every_spelling(names: UnitNames, printed: str, uid: str) -> None:
    found = names.match(printed).sure
    assert found is not None
    assert found.uid == uid


@pytest.mark.parametrize(
    "printed",
    [
        "Nghi Lộ",
        "Nghi Lộc Đông",
        "Phường Nghi Lộc",
        "xã Nghi Lộc, tỉnh Thanh Hóa",
        "xã Nghi Lộc, huyện Nghi Lộc, tỉnh Thanh Hóa",
        "Sở Tư pháp",
        "",
        "…",
    ],
)
def test_another_name_is_no_name(names: UnitNames, printed: str) -> None:
    assert names.match(printed).units == ()


def test_a_name_that_fits_two_units_is_asked(names: UnitNames) -> None:
    assert {own.uid for own in names.match("Vinh Loc").units} == {"vl1", "vl2"}
    assert {own.uid for own in names.match("Xa Tan Lap").units} == {"tl1", "tl2"}


def test_of_one_name_in_two_districts_the_district_named_counts() -> None:
    before = UnitNames(UNITS, BEFORE)
    assert len(before.match("UBND xã Tân Thành").units) == 2
    found = before.match("UBND xã Tân Thành, huyện Quỳ Hợp").sure
    assert found is not None
    assert found.uid == "tq"


def test_the_kind_that_reports_counts_among_units_of_one_name() -> None:
    both = Units([*UNITS, unit("thads", "thads", "Nghi Lộc")])
    names = UnitNames(both, AFTER)
    assert {own.uid for own in names.match("Nghi Lộc").units} == {"thads"}  # the whole name
    assert {own.uid for own in names.match("Nghi Lộc", [COMMUNE]).units} == {"nl"}


def test_a_former_name_leads_to_nobody_by_itself(names: UnitNames) -> None:
    match = names.match("UBND xã Nghi Trung")
    assert match.sure is None
    assert [own.uid for own in match.former] == ["nt"]
    before = UnitNames(UNITS, BEFORE).match("UBND xã Nghi Trung").sure
    assert before is not None
    assert before.uid == "nt"


def renamed(uid: str, before: str, now: str) -> Unit:
    states = (UnitState(OLD, ENDED, uid, before, "", "na"), UnitState(MERGER, None, uid, now, "", "na"))
    return Unit(uid, NOTARY, states)


def test_the_name_a_unit_bore_before_is_still_its_name_where_it_alone_bore_it() -> None:
    here = renamed("a", "Văn phòng công chứng Lê Hoa", "Văn phòng công chứng Trần Mai")
    again = renamed("b", "Văn phòng công chứng Cũ", "Văn phòng công chứng Mới")
    other = renamed("c", "Văn phòng công chứng Cũ", "Văn phòng công chứng Khác")
    gone = unit("d", NOTARY, "Văn phòng công chứng Lê Hoa", since=OLD, until=ENDED)
    names = UnitNames(Units([*UNITS, here, again, other]), AFTER)
    found = names.match("VPCC Lê Hoa", (NOTARY,))
    assert (found.sure, found.renamed) == (here, True)
    assert not names.match("VPCC Trần Mai", (NOTARY,)).renamed
    assert names.match("VPCC Cũ", (NOTARY,)).former == (again, other)  # which of the two, a person says
    assert names.match("VPCC Lê Hoa", (COMMUNE,)).sure is None
    both = UnitNames(Units([*UNITS, here, gone]), AFTER).match("VPCC Lê Hoa", (NOTARY,))
    assert (both.units, both.former) == ((), (gone, here))


@pytest.mark.parametrize(
    ("stem", "uid"),
    [
        ("Nghi Loc 6t", "nl"),
        ("nghi loc (sua)", "nl"),
        ("17a_NghiLoc_6T2026", "nl"),
        ("nghiloc", "nl"),
        ("BC UBND xã Nghi Lộc - 6 tháng đầu năm 2026 lần 2", "nl"),
        ("Bao cao thong ke xa Nghia Loc", "ngl"),
        ("xa Sen 17a", "sen"),
        ("VPCC Nguyen An", "vp"),
    ],
)
def test_a_file_name_names_a_unit(names: UnitNames, stem: str, uid: str) -> None:
    found = names.in_file_name(stem, [COMMUNE, NOTARY]).sure
    assert found is not None
    assert found.uid == uid


@pytest.mark.parametrize(
    "stem", ["Nghi Loc Dong", "Sen hoang gia", "bao cao", "Sheet1", "Phuong Nghi Loc", "17a", "Vinh Loc"]
)
def test_a_file_name_with_other_words_names_nobody_for_sure(names: UnitNames, stem: str) -> None:
    assert names.in_file_name(stem, [COMMUNE]).sure is None


def test_likeness_only_offers(names: UnitNames) -> None:
    assert names.match("xã Nghi Lộ").units == ()
    assert [own.uid for own in names.like("xã Nghi Lộ", [COMMUNE])][:1] == ["nl"]
    assert names.like("Quế Phong", [COMMUNE]) == []


def test_other_marks_are_told(names: UnitNames) -> None:
    found = names.match("Xã Nghị Lộc").sure
    assert found is not None
    assert names.other_marks(found, "Xã Nghị Lộc")
    assert not names.other_marks(found, "xa Nghi Loc")
    assert not names.other_marks(found, "UBND XÃ NGHI LỘC")


@pytest.mark.parametrize(
    ("printed", "somebody"),
    [
        ("UBND xã", False),
        ("1", False),
        ("Sở Tư pháp", False),
        ("Phường 1", True),
        ("UBND Phường Số 2", True),
        ("Văn phòng công chứng Số 3", True),
    ],
)
def test_a_kind_alone_names_nobody_a_numbered_one_does(printed: str, somebody: bool) -> None:
    assert names_somebody(printed) is somebody
