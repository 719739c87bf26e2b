"""Who reports a form can be stepped through, and how far each sheet is can be asked."""

from __future__ import annotations

from judapp.app.approving import give_back, submit
from judapp.app.entering import enter
from judapp.app.grid_steps import steps_of
from judapp.app.grid_units import units_on_form
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from tests.sheet_views import sheet_view

AT, YEAR = Period(2026, "H1"), Period(2018, "Y")
FORM, BIRTHS = "10b/TP/CC", "13a/BTP/HTQTCT/HT"


def test_a_form_of_communes_is_reported_by_every_commune_and_no_department(workspace: Workspace) -> None:
    units = units_on_form(workspace, BIRTHS, YEAR)
    assert len(units) == 150
    assert {workspace.units[unit.uid].kind for unit in units} == {"commune"}
    assert workspace.unit("TH", AT).uid in [unit.uid for unit in units_on_form(workspace, FORM, AT)]


def stages(workspace: Workspace, form: str, unit: str, period: Period) -> list[str]:
    return [step.stage for step in steps_of(workspace, sheet_view(workspace, form, unit, period))]


def test_the_steps_go_on_with_the_sheet(workspace: Workspace) -> None:
    unit = workspace.unit("TH", AT)
    assert stages(workspace, FORM, unit.uid, Period(2026, "Y1")) == ["now", *["ahead"] * 4]
    view = sheet_view(workspace, FORM, unit.uid, AT)
    assert view.state == "checked"
    assert stages(workspace, FORM, unit.uid, AT) == ["done", "done", "now", "ahead", "ahead"]
    key = next(key for key, cell in view.tables[0].cells.items() if cell.kind == "open" and cell.typed)
    former = view.tables[0].cells[key].typed
    enter(workspace, FORM, unit, AT, {key: "12O"})
    assert stages(workspace, FORM, unit.uid, AT) == ["now", "now", "ahead", "ahead", "ahead"]
    [entered, checked, *_] = steps_of(workspace, sheet_view(workspace, FORM, unit.uid, AT))
    assert entered.words.startswith("Nhập ô ")
    assert checked.words.startswith("1 lỗi, ")
    enter(workspace, FORM, unit, AT, {key: former})
    submit(workspace, FORM, unit, AT)
    assert stages(workspace, FORM, unit.uid, AT) == ["done", "done", "done", "now", "ahead"]
    give_back(workspace, FORM, unit, AT, "sửa số")
    assert stages(workspace, FORM, unit.uid, AT) == ["done", "done", "now", "ahead", "ahead"]


def test_a_base_units_sheet_has_three_steps(workspace: Workspace) -> None:
    unit = workspace.unit("TH001", YEAR)
    assert len(stages(workspace, BIRTHS, unit.uid, YEAR)) == 3
