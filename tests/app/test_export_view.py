"""Xuất báo cáo knows what may go out, says what stands in the way, and signs all sheets in one act."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from judapp.app.approving import submit
from judapp.app.entering import set_cells
from judapp.app.export_view import Package, SheetToExport, package, replaced, sign
from judapp.app.paper import sheet_layout
from judapp.app.signing import day_of, signing_line
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.store import history, sheets

HALF, BEFORE, DEMO_HALF, BIRTHS = (
    Period(2026, "H1"),
    Period(2025, "H1"),
    Period(2024, "H1"),
    Period(2018, "Y"),
)


def of_form(found: Package, form: str) -> SheetToExport:
    [sheet] = [sheet for sheet in found.sheets if sheet.form == form]
    return sheet


def printed(workspace: Workspace, sheet: SheetToExport) -> list[str]:
    stored = sheets.get(workspace.file, sheet.id)
    resolved = workspace.resolved(stored.form, stored.unit, stored.period)
    assert resolved is not None
    return [item.text for item in sheet_layout(workspace, stored, resolved).items]


# --- the package


def test_a_sheet_says_its_state_what_is_left_to_do_and_how_well_its_form_is_known(
    practice: Workspace,
) -> None:
    unit = practice.unit("TH", HALF)
    set_cells(practice, "10b/TP/CC", unit, HALF, ["[I]c7=5"])
    submit(practice, "21b/TP/HTPLDN", unit, HALF)
    found = package(practice, HALF)
    assert {s.form: (s.state, s.blocks.vi, s.chosen) for s in found.sheets} == {
        "10b/TP/CC": ("errors", "1 lỗi", False),
        "21b/TP/HTPLDN": ("submitted", "", True),
        "TH-13": ("checked", "", True),
    }
    assert of_form(found, "21b/TP/HTPLDN").evidence.vi == "vẽ theo định nghĩa (nguyên văn)"
    assert of_form(found, "10b/TP/CC").file == "Bieu_10b-TP-CC_TH_2026-H1.xlsx"


def test_reasons_and_cells_that_are_missing_stand_in_the_way_of_sending(practice: Workspace) -> None:
    [sheet] = package(practice, BEFORE).sheets
    assert (sheet.state, sheet.blocks.vi, sheet.chosen) == ("draft", "31 chỗ chưa thuyết minh", True)
    set_cells(practice, sheet.form, practice.unit("TH", BEFORE), BEFORE, ["[I.#th0cc3df88]c1="])
    [sheet] = package(practice, BEFORE).sheets
    assert sheet.blocks.vi == "31 chỗ chưa thuyết minh, 1 ô trống"


def test_the_departments_own_sheets_are_the_package_and_others_are_offered(demo: Path) -> None:
    with Workspace.open(demo) as workspace:
        found = package(workspace, DEMO_HALF)
        own = workspace.owner.uid
        assert [(sheet.unit == own, sheet.own, sheet.chosen) for sheet in found.sheets] == [
            (True, True, True),
            (False, False, False),
            (False, False, False),
            (False, False, False),
        ]


def test_in_a_file_without_sheets_of_its_owner_those_of_a_department_are_the_package(
    practice: Workspace,
) -> None:
    assert all(sheet.own for sheet in package(practice, HALF).sheets)
    assert not any(sheet.own for sheet in package(practice, BIRTHS).sheets)


def test_a_period_without_figures_gives_an_empty_package(practice: Workspace) -> None:
    assert package(practice, Period(2026, "Y")).sheets == ()


# --- the mark of a draft


def test_a_draft_says_so_in_its_header_and_a_submitted_sheet_does_not(practice: Workspace) -> None:
    submit(practice, "21b/TP/HTPLDN", practice.unit("TH", HALF), HALF)
    found = package(practice, HALF)
    assert "BẢN NHÁP" in printed(practice, of_form(found, "10b/TP/CC"))
    assert of_form(found, "10b/TP/CC").note.vi
    assert "BẢN NHÁP" not in printed(practice, of_form(found, "21b/TP/HTPLDN"))
    assert "SỐ LIỆU THỰC HÀNH" in printed(practice, of_form(found, "21b/TP/HTPLDN"))
    assert not of_form(found, "21b/TP/HTPLDN").note.vi


# --- signing


def test_signing_all_sheets_is_one_act_and_each_gets_the_signers_its_form_has(practice: Workspace) -> None:
    found = package(practice, HALF)
    names = {"preparer": "Nguyễn Thị Lan", "checker": "Trần Minh", "head": "Lê Hà"}
    before = history.operations(practice.file, 1)[0].id
    sign(practice, [sheet.id for sheet in found.sheets], "18/6/2026", names)
    assert history.operations(practice.file, 1)[0].id == before + 1
    signed = package(practice, HALF)
    assert (signed.place_and_date, signed.signers) == ("18/6/2026", names)
    full = printed(practice, of_form(signed, "10b/TP/CC"))
    assert {"Thực Hành, ngày 18 tháng 6 năm 2026", *names.values()} <= set(full)
    assert "Trần Minh" not in printed(practice, of_form(signed, "TH-13"))  # nobody checks that form
    practice.undo()
    assert package(practice, HALF).signers == {"preparer": "", "checker": "", "head": ""}


def test_a_base_unit_signs_in_its_own_place(practice: Workspace) -> None:
    first, second, *_ = package(practice, BIRTHS).sheets
    sign(practice, [first.id, second.id], "5/1/2019", {"preparer": "Lan"})
    found = package(practice, BIRTHS)
    lines = {line for sheet in found.sheets[:2] for line in printed(practice, sheet) if "ngày 05" in line}
    assert len(lines) == 2
    assert all(line.endswith(", ngày 05 tháng 01 năm 2019") for line in lines)
    assert [sheet.place_and_date for sheet in found.sheets] == ["5/1/2019", "5/1/2019", ""]


def test_what_is_not_named_stays_and_a_submitted_sheet_keeps_its_signers(practice: Workspace) -> None:
    ids = [sheet.id for sheet in package(practice, HALF).sheets]
    sign(practice, ids, "Thực Hành, tháng 6", {"preparer": "Lan", "head": "Hà"})
    submit(practice, "21b/TP/HTPLDN", practice.unit("TH", HALF), HALF)
    sign(practice, ids, None, {"preparer": "Minh"})
    found = package(practice, HALF)
    assert of_form(found, "10b/TP/CC").signed == {"preparer": "Minh", "checker": "", "head": "Hà"}
    assert of_form(found, "10b/TP/CC").place_and_date == "Thực Hành, tháng 6"
    assert of_form(found, "21b/TP/HTPLDN").signed["preparer"] == "Lan"
    assert found.signers["preparer"] == "Minh"  # of the sheets that may still change


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("18/6/2026", "Nghệ An, ngày 18 tháng 6 năm 2026"),
        ("8.2.2026", "Nghệ An, ngày 08 tháng 02 năm 2026"),
        (" 08-12-2026 ", "Nghệ An, ngày 08 tháng 12 năm 2026"),
        ("Vinh, ngày  18 tháng 6", "Vinh, ngày 18 tháng 6"),
        ("31/6/2026", "31/6/2026"),
        ("", ""),
    ],
)
def test_a_day_gets_the_place_and_any_other_words_stay(typed: str, line: str) -> None:
    assert signing_line(typed, "Nghệ An") == line


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert day_of("30/2/2026") is None
    assert day_of("28/2/2026") == date(2026, 2, 28)


def test_files_of_the_same_name_are_counted_before_they_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert replaced(tmp_path, ["a.xlsx", "b.xlsx"]) == 1
    assert replaced(tmp_path / "none", ["a.xlsx"]) == 0
