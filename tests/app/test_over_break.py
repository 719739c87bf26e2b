"""Over a change of the form a figure is held against the one that means the same, and it is said."""

from __future__ import annotations

import pytest

from judapp.app.checking import findings_of
from judapp.app.entering import set_cells
from judapp.app.grid_details import cell_details
from judapp.app.progress import IndicatorLine, progress
from judapp.app.workspace import Workspace
from judapp.domain.period import Period

NEW, OLD = "10b/TP/CC", "12b/BTP/BTTP/CC"
YEAR, YEAR_BEFORE, HALF = Period(2025, "Y"), Period(2024, "Y"), Period(2026, "H1")


def line(workspace: Workspace, period: Period) -> IndicatorLine:
    found = progress(workspace, workspace.unit("TH", period), period).indicators
    return next(x for x in found if x.standing.indicator.id == "cc.giao_dich")


@pytest.fixture
def year(practice: Workspace) -> Workspace:
    """Two whole years: 2024 on the form of 2019, 2025 on that of 2025; both of twelve months."""
    unit = practice.unit("TH", YEAR)
    set_cells(
        practice, OLD, unit, YEAR_BEFORE, ["[tong]c2=1100", "[tong]c3=1000", "[tong]c4=100", "[tong]c7=50"]
    )
    set_cells(practice, NEW, unit, YEAR, ["[tong]c2=1310", "[tong]c3=900", "[tong]c4=7", "[tong]c11=80"])
    return practice


def test_progress_holds_the_same_quantity_against_one_another_and_says_where_it_stood(
    year: Workspace,
) -> None:
    """12b (3), not 12b (2), is what 10b (2) is compared with."""
    found = line(year, YEAR)
    same = found.standing.same_period
    assert same is not None
    assert same.change is not None
    assert same.change.absolute == 310
    assert same.reform is not None
    assert (same.reform.form, same.reform.base_form) == (NEW, OLD)
    assert "(cùng kỳ lấy từ biểu 12b/BTP/BTTP/CC: 12b (TT 03/2019) cột (3)" in found.sentence("vi")
    assert "is taken from form 12b/BTP/BTTP/CC" in found.sentence("en")


def test_five_months_after_six_are_not_reckoned_and_the_change_of_form_is_said(practice: Workspace) -> None:
    found = line(practice, HALF)
    same = found.standing.same_period
    assert same is not None
    assert (same.change, same.why) == (None, "windows")
    assert "cùng kỳ lấy từ biểu 12b/BTP/BTTP/CC" in found.sentence("vi")


def test_a_cell_without_counterpart_is_not_comparable(year: Workspace) -> None:
    """10b (4) and 12b (4) share their number only."""
    unit = year.unit("TH", YEAR).uid
    shown = {
        column: cell_details(year, NEW, unit, YEAR, ("", "tong", column)) for column in ("2", "4", "7", "11")
    }
    told = {column: (cell.same.base, cell.same.basis) for column, cell in shown.items() if cell}
    assert told["2"][0] == "1.000"
    assert told["4"] == (
        "", "năm 2024 lập trên biểu 12b/BTP/BTTP/CC, không có ô tương ứng: không so sánh được"
    )  # fmt: skip
    assert told["7"][0] == ""  # it has a counterpart, which holds nothing
    assert "không so sánh được" not in told["7"][1]
    assert told["11"][0] == "50"


def test_great_changes_are_looked_for_where_the_quantity_stood_before(year: Workspace) -> None:
    version = year.version_for(NEW, YEAR)
    stored = year.stored(version.id, year.unit("TH", YEAR).uid, YEAR)
    assert stored is not None
    jumps = {f.place.column: f.expected for f in findings_of(year, stored) if f.code == "CMP-001"}
    assert jumps == {"2": "1000", "11": "50"}
