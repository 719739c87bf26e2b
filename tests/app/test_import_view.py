"""What an import would do is said in rows, sentences and old → new cells before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.entering import set_cells
from judapp.app.import_preview import Other, sheet_preview
from judapp.app.import_units import unit_offers
from judapp.app.import_view import (
    LEFT_OUT,
    LOCKED,
    OTHER_PERIOD,
    UNCLEAR,
    file_rows,
    outlook,
    summary,
    totals,
)
from judapp.app.importing import (
    APPLIED,
    DUPLICATE,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Wish,
    apply_import,
    keep_one,
    preview,
)
from judapp.app.paper import write_form
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from tests.app.test_importing import H1, SEEDS, changed, replaced, submitted
from tests.practice_sheets import practice_file

ONLINE = ("", "VI.1", "1")


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        yield opened


@pytest.fixture
def nghe_an() -> Path:
    return SEEDS / "pl-stp_40_2024-H1.xlsx"


@pytest.fixture
def folder(nghe_an: Path, tmp_path: Path) -> Path:
    """One file of each kind, in the order of their names."""
    inside = tmp_path / "tệp"
    inside.mkdir()
    changed(nghe_an, inside / "a đúng.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    (inside / "b ảnh.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    replaced(nghe_an, inside / "c đơn vị.xlsx", "tỉnh Nghệ An", "tỉnh Nghệ Tĩnh")
    replaced(nghe_an, inside / "d kỳ.xlsx", "6 tháng đầu năm 2024", "6 tháng đầu năm 2022")
    replaced(nghe_an, inside / "e biểu.xlsx", "PL-STP", "99x")
    return inside


def test_every_worksheet_is_a_row_with_its_state_and_its_reason(workspace: Workspace, folder: Path) -> None:
    rows = file_rows(workspace, preview(workspace, [folder], Wish(period=H1)))
    assert [row.status for row in rows] == [READY, REJECTED, UNCLEAR, OTHER_PERIOD, UNRECOGNISED]
    assert [row.attention for row in rows] == [False, True, True, True, True]
    first = rows[0]
    assert (first.name, first.form, first.unit, first.period.vi) == (
        "a đúng.xlsx",
        "PL-STP",
        "Tỉnh Nghệ An",
        "Sơ bộ 6 tháng 2024",
    )
    assert (first.new, first.changed, first.unchanged, first.read) == (0, 1, 9, 10)
    assert rows[1].findings[0].text.startswith("Không phải tệp Excel: nội dung là ảnh JPEG")
    assert rows[2].needs_unit
    assert "Sở Tư pháp tỉnh Nghệ Tĩnh" in rows[2].findings[0].text
    assert "--unit" not in rows[2].findings[0].text
    assert rows[3].stated == Period(2022, "H1")
    assert "6 tháng đầu năm 2024" in rows[3].findings[0].text  # no code of a period
    assert rows[4].form == "99x"


def test_the_totals_say_what_will_be_written_and_what_not(workspace: Workspace, folder: Path) -> None:
    rows = file_rows(workspace, preview(workspace, [folder], Wish(period=H1)))
    found = totals(rows)
    assert summary(found) == (
        "5 tệp · 1 sẵn sàng · 1 chưa rõ · 1 khác kỳ · 1 không nhận · 1 không nhận ra biểu"
    )
    assert outlook(found) == "Sẽ ghi 1 tệp: 0 ô mới, 1 ô thay đổi; bỏ qua 4 tệp."
    assert (found.attention, found.cells) == (4, 1)
    assert outlook(totals(rows, skip={0})) == "Không có ô nào để ghi trong 5 tệp."
    assert outlook(totals(rows[:1]), "en") == "Will write 1 file(s): 0 cells new, 1 changed."


def test_a_finding_names_the_cell_of_the_worksheet(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", "12O")
    candidates = preview(workspace, [path])
    [row] = file_rows(workspace, candidates)
    assert (row.status, row.attention) == (READY, True)
    assert row.findings[0].cell.startswith("D")
    assert row.findings[0].text.startswith("“12O” không phải là số")
    sheet = sheet_preview(workspace, candidates, 0)
    assert sheet is not None
    assert sheet.sources[ONLINE] == row.findings[0].cell
    assert "12O" in sheet.findings[ONLINE]
    assert (sheet.before[ONLINE], sheet.tables[0].cells[ONLINE].text) == ("81.452", "12O")
    assert sheet.tables[0].cells[ONLINE].severity == "error"


def test_the_preview_shows_the_form_with_old_and_new(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    candidates = preview(workspace, [path])
    sheet = sheet_preview(workspace, candidates, 0)
    assert sheet is not None
    assert (sheet.form, sheet.unit, sheet.period) == (
        "PL-STP",
        "Sở Tư pháp tỉnh Nghệ An",
        "Sơ bộ 6 tháng 2024",
    )
    assert dict(sheet.before) == {ONLINE: "81.452"}
    assert sheet.written == {ONLINE}
    assert sheet.control == "Đọc 10 ô = ghi 1 + không đổi 9"
    [table] = sheet.tables
    assert table.cells[ONLINE].text == "81.453"
    assert [row.key for at, row in enumerate(table.rows) if sheet.news(table.key_at(at, 0))] == ["VI.1"]


def write(workspace: Workspace, number: str, path: Path) -> Resolved:
    """The practice province's sheet of 2026 as its office would send it."""
    period = Period(2026, "H1")
    target = workspace.version_for(number, period).id, workspace.unit("TH", period).uid, period
    stored, resolved = workspace.stored(*target), workspace.resolved(*target)
    assert stored is not None
    assert resolved is not None
    write_form(workspace, stored, resolved, path)
    return resolved


def test_totals_that_follow_from_the_file_are_shown_but_not_written(tmp_path: Path) -> None:
    with practice_file(tmp_path / "a.sqlite") as source:
        resolved = write(source, "10b/TP/CC", tmp_path / "10b.xlsx")
        key = next(k for k in resolved.plan.computed if resolved[k].value.number)
        assert key not in resolved.sheet.figures
    with practice_file(tmp_path / "b.sqlite", figures=False) as workspace:
        candidates = preview(workspace, [tmp_path / "10b.xlsx"])
        sheet = sheet_preview(workspace, candidates, 0)
        assert sheet is not None
        assert key in sheet.before
        assert key not in sheet.written
        assert sheet.tables[0].cells[key].kind == "computed"
        assert " + tự tính 54" in sheet.control


def test_words_of_notes_are_shown_too(tmp_path: Path) -> None:
    with practice_file(tmp_path / "a.sqlite") as source:
        write(source, "TH-13", tmp_path / "a.xlsx")
    with practice_file(tmp_path / "b.sqlite", figures=False) as workspace:
        sheet = sheet_preview(workspace, preview(workspace, [tmp_path / "a.xlsx"]), 0)
        assert sheet is not None
        assert sheet.notes
        assert all(note.after and not note.before and note.source for note in sheet.notes)


def test_what_cannot_be_laid_over_a_sheet_has_no_preview(workspace: Workspace, folder: Path) -> None:
    candidates = preview(workspace, [folder], Wish(period=H1))
    assert [sheet_preview(workspace, candidates, at) is None for at in range(5)] == [False, *[True] * 4]


def test_of_two_files_the_differing_cells_are_known(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    old = changed(nghe_an, tmp_path / "cũ.xlsx", "Hồ sơ đăng ký trực tuyến", 81450)
    new = changed(nghe_an, tmp_path / "mới.xlsx", "Hồ sơ đăng ký trực tuyến", 81451)
    os.utime(old, (1_000_000, 1_000_000))
    os.utime(new, (2_000_000, 2_000_000))
    candidates = preview(workspace, [tmp_path])
    rows = file_rows(workspace, candidates)
    assert [row.status for row in rows] == [DUPLICATE, DUPLICATE]
    assert [rival.name for rival in rows[0].rivals] == ["mới.xlsx", "cũ.xlsx"]
    assert [row.rivals_differ for row in rows] == [1, 1]
    sheet = sheet_preview(workspace, candidates, 0)
    assert sheet is not None
    assert dict(sheet.rivals) == {ONLINE: Other("81.451", "D52", "mới.xlsx")}
    assert sheet.choosing
    kept = keep_one(candidates, 1)
    rows = file_rows(workspace, kept)
    assert [(row.status, row.attention) for row in rows] == [(LEFT_OUT, False), (READY, False)]
    apply_import(workspace, kept)
    assert [row.status for row in file_rows(workspace, kept)] == [LEFT_OUT, APPLIED]


def test_nothing_new_and_a_submitted_sheet_are_told_apart(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    submitted(workspace)
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    locked, same = file_rows(workspace, preview(workspace, [path, nghe_an]))
    assert (locked.status, locked.attention) == (LOCKED, True)
    assert "đã trình duyệt" in locked.findings[0].text
    assert (same.status, same.attention) == (UNCHANGED, False)


def test_units_with_a_name_like_the_printed_one_come_first(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    set_cells(workspace, "PL-STP", workspace.unit("38", H1), H1, ["[VI.1]c1=1"])
    path = replaced(nghe_an, tmp_path / "a.xlsx", "tỉnh Nghệ An", "tỉnh Thanh Hoa ")
    path = replaced(path, tmp_path / "b.xlsx", "Thanh Hoa", "Thanh Hóaa")
    [candidate] = preview(workspace, [path])
    offers = unit_offers(workspace, candidate, H1)
    assert offers[0].uid == workspace.unit("38", H1).uid
    assert offers[0].likely
    assert not all(offer.likely for offer in offers)
    assert len({offer.uid for offer in offers}) == len(offers)
