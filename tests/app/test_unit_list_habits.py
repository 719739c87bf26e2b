"""Lists in many habits say the same; what is not clear is told with its cell; offices, rooms, obligations."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from judapp.app.founding import new_file
from judapp.app.unit_list_outcome import ENDED, MERGED, NEW
from judapp.app.unit_lists import apply_list, plan_list, read_and_plan, read_list
from judapp.app.workspace import Workspace
from judapp.domain.unit import COMMUNE, NOTARY
from judapp.errors import JudappError
from judapp.excel.letters_tables import TCVN3_TO_UNICODE
from judapp.store import people
from tests.unit_list_case import (
    AFTER,
    BEFORE,
    COMMUNES,
    EVERYTHING,
    HEAD,
    MERGES,
    TODAY,
    Rows,
    codes,
    names,
    origins,
    outcome,
    plan,
    take,
    unclear,
    write,
)

# --- habits


LAYOUTS: dict[str, tuple[Rows, Sequence[str]]] = {
    "old to new": (
        [
            ("Stt", "Đơn vị hành chính cũ", None, "Đơn vị hành chính mới", None),
            (None, "Tên", "Huyện", "Mã", "Tên"),
            (1, "Xã Nghi Lâm", "Nghi Lộc", "17827", "Xã Nghi Lộc"),
            (2, "Xã Nghi Văn", "Nghi Lộc", "17827", "Xã Nghi Lộc"),
        ],
        ("B1:C1", "D1:E1", "A1:A2"),
    ),
    "a cell of several": (
        [
            ("TT", "Tên ĐVHC mới", "Mã ĐVHC", "Sáp nhập từ"),
            ("(1)", "(2)", "(3)", "(4)"),
            (1, "Nghi Lộc (xã)".replace(" (xã)", ""), "17827", "các xã Nghi Lâm và Nghi Văn"),
        ],
        (),
    ),
    "groups": (
        [
            ("STT", "Mã xã", "Tên xã, phường", "Các xã, phường trước sắp xếp"),
            ("I", "Huyện Nghi Lộc", None, None),
            (1, 17827, "XÃ NGHI LỘC", "Xã Nghi Lâm; Xã Nghi Văn"),
            (None, "Tổng cộng: 1 xã", None, None),
            (),
            (None, None, "NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"),
        ],
        (),
    ),
    "merged": (
        [
            ("STT", "Mã", "Xã mới", "Xã cũ"),
            (1, "17827", "Xã Nghi Lộc", "Xã Nghi Lâm"),
            (None, None, None, "Xã Nghi Văn"),
        ],
        ("A2:A3", "B2:B3", "C2:C3"),
    ),
    "decomposed letters and hard spaces": (
        [
            tuple(unicodedata.normalize("NFD", word) for word in HEAD),
            (1, "17827", unicodedata.normalize("NFD", "Xã Nghi\u00a0Lộc"), "Xã Nghi Lâm, Xã\u00a0Nghi Văn"),
        ],
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_list_in_any_layout_says_the_same(nghe_an: Workspace, tmp_path: Path, layout: str) -> None:
    rows, merges = LAYOUTS[layout]
    if layout == "a cell of several":
        rows = [*rows[:2], (1, "Xã Nghi Lộc", "17827", "các xã Nghi Lâm và Nghi Văn")]
    path = write(tmp_path / "a.xlsx", {"DVHC cấp xã": rows}, {"DVHC cấp xã": merges})
    made = read_and_plan(nghe_an, path)
    assert made.clear, [(f.code, f.place.cell, f.params) for f in made.findings]
    apply_list(nghe_an, made)
    assert origins(nghe_an, "Xã Nghi Lộc") == ["Xã Nghi Lâm", "Xã Nghi Văn"]
    assert nghe_an.units.by_code("17827", AFTER).kind == COMMUNE
    assert names(nghe_an, AFTER) == ["Xã Nghi Lộc"]


def test_a_list_saved_as_text_reads_as_well(untouched: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "danh sach.csv"
    path.write_text(
        "STT;Mã xã;Tên xã, phường;Sáp nhập từ\n1;01234;Xã Nghi Lộc;xã A và xã B\n", encoding="utf-8-sig"
    )
    made = read_and_plan(untouched, path)
    assert made.clear
    assert [unit.code for unit in made.said.units] == ["01234"]


def test_legacy_letters_are_made_unicode_and_said(untouched: Workspace, tmp_path: Path) -> None:
    legacy = {plain: code for code, plain in TCVN3_TO_UNICODE.items()}
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Xa phuong"
    for row in COMMUNES[4:]:
        sheet.append(
            ["".join(legacy.get(c, c) for c in word) if isinstance(word, str) else word for word in row]
        )
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.font = Font(name=".VnTime")
    for area in ("A2:A4", "B2:B4", "C2:C4"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    made = read_and_plan(untouched, tmp_path / "a.xlsx")
    assert made.clear, codes(made)
    assert [f.code for f in made.findings] == ["UNL-letters"]
    assert outcome(made, "Xã Nghi Lộc") == MERGED
    assert outcome(made, "Phường Trường Vinh") == MERGED


def test_old_communes_of_one_name_are_told_apart_by_their_district(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    head = (*HEAD, "Huyện cũ")
    rows = [
        head,
        (1, "1", "Xã M", "Xã Hưng Lộc", "Nghi Lộc"),
        (None, None, None, "Xã A", "Nghi Lộc"),
        (2, "2", "Xã N", "Xã Hưng Lộc", "Quỳ Hợp"),
        (None, None, None, "Xã B", "Quỳ Hợp"),
    ]
    take(nghe_an, tmp_path, ("Xã phường", rows))
    assert len(names(nghe_an, BEFORE)) == 4
    assert plan(nghe_an, tmp_path, ("Xã phường", rows)).empty


def test_one_name_whole_in_two_places_is_asked(nghe_an: Workspace, tmp_path: Path) -> None:
    rows = [HEAD, (1, "1", "Xã M", "Xã A, xã B"), (2, "2", "Xã N", "Xã A, xã C")]
    assert [q.code for q in plan(nghe_an, tmp_path, ("Xã phường", rows)).questions] == ["UNL-split"]
    take(nghe_an, tmp_path, ("Xã phường", rows), answers={"": "split"})
    assert origins(nghe_an, "Xã N") == ["Xã A", "Xã C"]


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([HEAD, (1, "1", "Nghi Lộc", "")], "UNL-type", "C2"),
        ([HEAD, (1, "1", "Xã A, Xã B", "")], "UNL-name", "C2"),
        ([HEAD, (1, "1", "Xã A", "theo nghị quyết")], "UNL-old", "D2"),
        ([HEAD, (1, "1", "Xã A", ""), (2, "1", "Xã B", "")], "UNL-code-twice", "C3"),
        ([HEAD, (1, "1", "Xã A", ""), (2, "2", "Xã A", "")], "UNL-two-codes", "C3"),
        ([HEAD, (1, "mã chưa có", "Xã A", "")], "UNL-code", "B2"),
        ([HEAD, (1, "", "", "")], None, None),
        ([HEAD, (1, "123", "", "")], "UNL-row", "A2"),
        ([(*HEAD, "Từ ngày"), (1, "1", "Xã A", "", "giữa năm")], "UNL-day", "E2"),
        ([(*HEAD, "Loại"), (1, "1", "Xã A", "", "Phường")], "UNL-type-differs", "C2"),
        ([("STT", "Xã cũ", "Xã mới"), (1, "Xã A", "Xã M"), (2, "Xã B", "")], "UNL-no-new", "B3"),
        ([("STT", "Tên xã", "Tên đơn vị"), (1, "Xã A", "Xã B")], "UNL-two-columns", "C1"),
        ([("STT", "Mã cũ", "Xã cũ", "Xã mới"), (1, "1, 2", "Xã A", "Xã M")], "UNL-old-codes", "C2"),
        ([HEAD, (1, "1", '="Xã "&"A"', "")], "UNL-no-value", "C2"),
        ([(*HEAD, "Loại"), (1, "1", "#REF!", "", "Xã")], "UNL-no-value", "C2"),
        ([HEAD, (1, "1", "Xã A?", "")], "UNL-name", "C2"),
    ],
)
def test_what_is_not_clear_is_told_with_its_cell_and_nothing_is_written(
    untouched: Workspace, tmp_path: Path, rows: Rows, code: str | None, cell: str | None
) -> None:
    made = plan(untouched, tmp_path, ("Xã phường", rows))
    if code is None:
        assert made.empty
        return
    found = next(f for f in made.findings if f.severity == "error")
    assert (found.code, found.place.sheet, found.place.cell) == (code, "Xã phường", cell)
    with pytest.raises(JudappError, match="UNL-unclear"):
        apply_list(untouched, made)


def test_a_sheet_that_is_no_list_is_told_unless_it_holds_a_few_words(
    untouched: Workspace, tmp_path: Path
) -> None:
    rows = [HEAD[:3], (1, "1", "Xã A")]
    assert plan(untouched, tmp_path, ("Xã phường", rows), ("Ghi chú", [("Lập ngày 01/7",)])).clear
    table = [("a", "b"), ("c", "d"), ("e", "f")]
    assert codes(plan(untouched, tmp_path, ("Xã phường", rows), ("Sheet2", table))) == ["UNL-no-head"]
    assert codes(plan(untouched, tmp_path, ("Sheet1", [()]))) == ["UNL-nothing"]


def test_an_old_province_is_asked_for_where_there_were_two(tmp_path: Path) -> None:
    with new_file(tmp_path / "lao-cai.sqlite", "15", TODAY) as workspace:
        rows = [HEAD, (1, "2650", "Xã M", "Xã A, xã B")]
        assert codes(plan(workspace, tmp_path, ("Xã phường", rows))) == ["UNL-no-province"]
        head = (*HEAD, "Tỉnh cũ")
        take(workspace, tmp_path, ("Xã phường", [head, (1, "2650", "Xã M", "Xã A, xã B", "Yên Bái")]))
        [old] = workspace.units.by_name("Xã A", BEFORE, [COMMUNE])
        state = workspace.units.state(old.uid, BEFORE)
        assert state is not None
        assert state.parent is not None
        assert workspace.units.name(state.parent, BEFORE) == "Tỉnh Yên Bái"


# --- offices, obligations


def test_an_office_that_turned_into_another_is_its_successor(nghe_an: Workspace, tmp_path: Path) -> None:
    head = ("Tên tổ chức", "Loại", "Từ ngày", "Đến ngày", "Chuyển từ")
    rows = [
        head,
        ("Phòng công chứng số 2", "Phòng", "01/01/2010", "31/12/2025", ""),
        ("Văn phòng công chứng Vinh", "Văn phòng", "01/01/2026", "", "Phòng công chứng số 2"),
    ]
    take(nghe_an, tmp_path, ("Tổ chức hành nghề", rows))
    assert names(nghe_an, date(2025, 12, 31), NOTARY) == ["Phòng công chứng số 2"]
    assert names(nghe_an, date(2026, 1, 1), NOTARY) == ["Văn phòng công chứng Vinh"]
    [office] = nghe_an.units.by_name("Văn phòng công chứng Vinh", TODAY, [NOTARY])
    assert [u.kind for u in nghe_an.units.origins(office.uid)] == [NOTARY]
    assert plan(nghe_an, tmp_path, ("Tổ chức hành nghề", rows)).empty


def test_forms_nobody_knows_are_asked_about_and_may_be_left_out(nghe_an: Workspace, tmp_path: Path) -> None:
    made = read_and_plan(nghe_an, unclear(tmp_path / "a.xlsx"))
    [asked] = [q for q in made.questions if q.code == "UNL-form-unknown"]
    assert asked.params["form"] == "09a, 11c, 17a"
    owed = ("Biểu phải nộp", [("Đơn vị", "Biểu"), ("Các sở", "21a, 99z")])
    agencies = ("Sở ngành", EVERYTHING["Sở ngành"])
    take(nghe_an, tmp_path, agencies, owed, answers={"": "skip"})
    assert len(nghe_an.obligations) == 2


def test_who_owes_ends_with_the_unit_and_begins_with_it(nghe_an: Workspace, tmp_path: Path) -> None:
    head = ("Tên tổ chức", "Loại", "Từ ngày", "Đến ngày")
    offices = [
        head,
        ("Phòng công chứng số 2", "Phòng", "01/01/2010", "31/12/2025"),
        ("Phòng công chứng số 3", "Phòng", "01/3/2026", ""),
    ]
    owed = [("Đơn vị", "Biểu", "Từ ngày"), ("Mỗi tổ chức hành nghề công chứng", "10a", "01/11/2025")]
    take(nghe_an, tmp_path, ("Tổ chức hành nghề", offices), ("Biểu phải nộp", owed))
    assert {(o.valid_from, o.valid_to) for o in nghe_an.obligations} == {
        (date(2025, 11, 1), date(2025, 12, 31)),
        (date(2026, 3, 1), None),
    }


def test_a_corrected_room_or_person_changes_that_alone(nghe_an: Workspace, tmp_path: Path) -> None:
    owed = [("Đơn vị", "Biểu", "Phòng", "Người"), ("Sở Tư pháp", "10b", "Phòng A", "Lan")]
    take(nghe_an, tmp_path, ("Biểu phải nộp", owed))
    made = take(nghe_an, tmp_path, ("Biểu phải nộp", [owed[0], ("Sở Tư pháp", "10b", "Phòng A", "Minh")]))
    assert (made.owed, made.persons, made.units) == (1, 1, 0)
    [owing] = nghe_an.obligations
    assert {p.uid: p.name for p in people.load(nghe_an.file)}[owing.person or ""] == "Minh"


def test_a_unit_or_level_that_does_not_fit_is_told(untouched: Workspace, tmp_path: Path) -> None:
    assert codes(plan(untouched, tmp_path, ("Biểu phải nộp", [("Đơn vị", "Biểu"), ("Mỗi xã", "10a")]))) == [
        "UNL-who-none"
    ]
    assert codes(plan(untouched, tmp_path, ("Biểu phải nộp", [("Đơn vị", "Biểu"), ("VPCC X", "10a")]))) == [
        "UNL-who"
    ]
    made = plan(untouched, tmp_path, ("Biểu phải nộp", [("Đơn vị", "Biểu"), ("Sở Tư pháp", "10a/TP/CC")]))
    assert [f.code for f in made.findings] == ["UNL-level"]
    assert made.owed == 0


def test_what_a_list_says_is_kept_by_cell(tmp_path: Path, untouched: Workspace) -> None:
    said = read_list(write(tmp_path / "a.xlsx", {"Xã phường": COMMUNES}, MERGES))
    made = plan_list(untouched, said)
    assert {str(line.spot) for line in made.lines if line.what == ENDED} >= {"Xã phường!D6", "Xã phường!D9"}
    assert outcome(made, "Xã Keng Đu") == NEW
