"""What a column means: the form's own explanation, else the department's reading, which it may write down."""

from __future__ import annotations

import pytest

from judapp.app.grid_details import CellDetails, cell_details
from judapp.app.readings import keep_reading
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.store import history, measures
from judapp.store.verify import verify

FORM, AT = "10b/TP/CC", Period(2026, "H1")


def details(workspace: Workspace, key: CellKey, form: str = FORM, period: Period = AT) -> CellDetails:
    found = cell_details(workspace, form, workspace.unit("TH", period).uid, period, key)
    assert found is not None
    return found


def test_what_the_form_explains_stands_with_the_cells_it_speaks_of(practice: Workspace) -> None:
    said = details(practice, ("", "tong", "20"), "TH-13").meaning
    assert said[0].startswith("Cột (20), (21) ở dòng Tổng số là trung bình gia quyền")
    assert said[1].startswith("Xã không có cặp kết hôn lần đầu")
    assert details(practice, ("", "tong", "2"), "TH-13").meaning == ()
    quality = details(practice, ("", "V.2", "2"), "PL-STP").meaning
    assert [line.partition(":")[0] for line in quality] == ["Cột (2)", "Để trống"]  # explanation, and note


def test_the_departments_reading_holds_for_every_row_of_the_column(practice: Workspace) -> None:
    unit = practice.unit("TH", AT)
    keep_reading(practice, FORM, unit, AT, ("", "tong", "7"), " Phí đã thu,  chưa trừ khoản nộp lại ")
    for row in ("tong", "I", "II"):
        assert details(practice, ("", row, "7")).reading == "Phí đã thu, chưa trừ khoản nộp lại"
    assert details(practice, ("", "tong", "8")).reading == ""
    [made] = history.operations(practice.file, 1)
    assert made.label.startswith("Ghi cách hiểu của Sở: cột (7)")
    keep_reading(practice, FORM, unit, AT, ("", "I", "7"), "")
    assert details(practice, ("", "tong", "7")).reading == ""
    practice.undo()
    assert details(practice, ("", "tong", "7")).reading.startswith("Phí đã thu")
    assert verify(practice.file, deep=True) == []


def test_another_version_of_the_form_is_not_read_the_same_way(practice: Workspace) -> None:
    """12b (2) and 10b (2) share their number only."""
    keep_reading(practice, FORM, practice.unit("TH", AT), AT, ("", "tong", "2"), "Việc giao dịch")
    old = Period(2025, "H1")
    assert details(practice, ("", "tong", "2"), "12b/BTP/BTTP/CC", old).reading == ""


def test_where_rows_are_the_indicators_a_reading_is_about_the_row(practice: Workspace) -> None:
    unit = practice.unit("TH", AT)
    keep_reading(practice, "PL-STP", unit, AT, ("", "V.2", "1"), "Tính cả hồ sơ nộp lại")
    assert details(practice, ("", "V.2", "3"), "PL-STP").reading == "Tính cả hồ sơ nộp lại"
    assert details(practice, ("", "V.3", "1"), "PL-STP").reading == ""
    [made] = history.operations(practice.file, 1)
    assert made.label.startswith("Ghi cách hiểu của Sở: dòng V.2 ")


def test_a_sheet_not_begun_may_be_read_too_and_a_cell_that_is_not_there_never(practice: Workspace) -> None:
    unit, later = practice.unit("TH", AT), Period(2027, "H1")
    keep_reading(practice, FORM, unit, later, ("", "tong", "7"), "Phí đã thu")
    assert details(practice, ("", "tong", "7"), FORM, later).reading == "Phí đã thu"
    before = measures.settings(practice.file)
    with pytest.raises(JudappError, match="ADR-002"):
        keep_reading(practice, FORM, unit, AT, ("", "tong", "99"), "x")
    assert measures.settings(practice.file) == before
