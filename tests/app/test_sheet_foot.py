"""What is proposed around the tables: counted from the reports, taken from the last signing, never stored."""

from __future__ import annotations

import pytest

from judapp.app.entering import enter
from judapp.app.signing import PLACE_AND_DATE, signing_label
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.store import history, sheets
from tests.sheet_views import sheet_view

BEFORE, AT = Period(2025, "H1"), Period(2026, "H1")
OLD, FORM, ROLLED = "12b/BTP/BTTP/CC", "10b/TP/CC", "TH-13"


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


def proposed(workspace: Workspace, unit: Unit, form: str, period: Period, slot: str) -> str:
    return sheet_view(workspace, form, unit.uid, period).proposals.get(("@", slot, ""), "")


def test_coverage_is_counted_from_base_units_or_from_the_rows_of_units(
    workspace: Workspace, unit: Unit
) -> None:
    assert [proposed(workspace, unit, ROLLED, AT, slot) for slot in ("nhan", "tong")] == ["130", "130"]
    assert [proposed(workspace, unit, OLD, BEFORE, slot) for slot in ("nhan", "tong")] == ["23", "23"]
    view = sheet_view(workspace, OLD, unit.uid, BEFORE)
    row = next(line.key for line in view.tables[0].rows if line.kind == "unit")
    enter(workspace, OLD, unit, BEFORE, {key: "" for key in view.tables[0].cells if key[1] == row})
    assert [proposed(workspace, unit, OLD, BEFORE, slot) for slot in ("nhan", "tong")] == ["22", "23"]


def test_a_proposal_is_in_no_figure_and_no_operation(workspace: Workspace, unit: Unit) -> None:
    newest = history.operations(workspace.file, 1)[0].id
    assert proposed(workspace, unit, FORM, AT, PLACE_AND_DATE).startswith("Thực Hành, ngày ")
    assert history.operations(workspace.file, 1)[0].id == newest
    stored = workspace.stored(workspace.version_for(FORM, AT).id, unit.uid, AT)
    assert stored is not None
    assert ("@", PLACE_AND_DATE, "") not in sheets.figures(workspace.file, stored.id)


def test_who_signed_last_under_the_same_title_is_proposed(workspace: Workspace, unit: Unit) -> None:
    assert proposed(workspace, unit, FORM, AT, "signer3") == ""
    enter(workspace, OLD, unit, BEFORE, {("@", "signer3", ""): "Võ Thị B", ("@", "signer1", ""): "Lan"})
    assert proposed(workspace, unit, FORM, AT, "signer3") == "Võ Thị B"
    assert proposed(workspace, unit, FORM, AT, "signer1") == "Lan"
    assert proposed(workspace, unit, FORM, AT, "signer2") == ""
    enter(workspace, ROLLED, unit, AT, {("@", "signer2", ""): "Trần C"})  # GIÁM ĐỐC of a form of two signers
    assert proposed(workspace, unit, FORM, AT, "signer3") == "Trần C"


def test_places_for_signers_are_named_in_the_history(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, OLD, unit, BEFORE, {("@", "signer3", ""): "Võ Thị B"})
    assert history.operations(workspace.file, 1)[0].label == f"Nhập ô “GIÁM ĐỐC”, biểu {OLD}"
    form = workspace.version_for(OLD, BEFORE).form
    assert signing_label(form, PLACE_AND_DATE) == "Nơi, ngày ký"
    assert signing_label(form, "nhan") == ""
