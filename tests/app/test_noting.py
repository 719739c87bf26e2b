"""Notes at cells: kept with who and when, shown by a mark, asked for by nobody and blocking nothing."""

from __future__ import annotations

import pytest

from judapp.app.approving import submit
from judapp.app.grid_view import CellView
from judapp.app.noting import note_cell
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store.verify import verify
from tests.sheet_views import sheet_view

FORM, AT = "10b/TP/CC", Period(2026, "H1")
KEY = ("", "tong", "2")


@pytest.fixture
def unit(practice: Workspace) -> Unit:
    return practice.unit("TH", AT)


def shown(workspace: Workspace, unit: Unit, key: CellKey = KEY) -> tuple[CellView, str]:
    view = sheet_view(workspace, FORM, unit.uid, AT)
    return view.tables[0].cells[key], view.remarks.get(key, "")


def test_a_note_is_written_changed_and_taken_away_each_as_one_act(practice: Workspace, unit: Unit) -> None:
    findings = sheet_view(practice, FORM, unit.uid, AT).findings
    note_cell(practice, FORM, unit, AT, KEY, "  Gọi lại   chị Hà ")
    cell, words = shown(practice, unit)
    assert (cell.noted, cell.explained, words) == (True, False, "Gọi lại chị Hà")
    assert sheet_view(practice, FORM, unit.uid, AT).findings == findings
    note_cell(practice, FORM, unit, AT, KEY, "Đã gọi")
    assert shown(practice, unit)[1] == "Đã gọi"
    practice.undo()
    assert shown(practice, unit)[1] == "Gọi lại chị Hà"
    note_cell(practice, FORM, unit, AT, KEY, "")
    assert shown(practice, unit) == (sheet_view(practice, FORM, unit.uid, AT).tables[0].cells[KEY], "")
    assert not shown(practice, unit)[0].noted
    assert note_cell(practice, FORM, unit, AT, KEY, " ").empty
    assert verify(practice.file, deep=True) == []


def test_a_note_may_be_written_before_anything_was_entered(practice: Workspace, unit: Unit) -> None:
    period = Period(2027, "H1")
    note_cell(practice, FORM, unit, period, KEY, "Chờ số của tháng 6")
    view = sheet_view(practice, FORM, unit.uid, period)
    assert (view.state, view.remarks) == ("missing", {KEY: "Chờ số của tháng 6"})


def test_a_cell_the_form_does_not_have_takes_none(practice: Workspace, unit: Unit) -> None:
    with pytest.raises(JudappError, match="ADR-002"):
        note_cell(practice, FORM, unit, AT, ("", "tong", "99"), "x")


def test_a_submitted_sheet_takes_none(practice: Workspace, unit: Unit) -> None:
    submit(practice, FORM, unit, AT)
    with pytest.raises(JudappError, match="STA-002"):
        note_cell(practice, FORM, unit, AT, KEY, "x")
