"""What the tests of the panel beside the cell share: one cell's details, and cells by their printed rows."""

from __future__ import annotations

from judapp.app.grid_details import CellDetails, cell_details
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey

FORM, AT = "12b/BTP/BTTP/CC", Period(2025, "H1")
NEW_FORM, NOW = "10b/TP/CC", Period(2026, "H1")
TOTAL = ("", "tong", "2")


def details(
    workspace: Workspace, key: CellKey, form: str = FORM, period: Period = AT, unit: str = "TH"
) -> CellDetails:
    found = cell_details(workspace, form, workspace.unit(unit, period).uid, period, key)
    assert found is not None
    return found


def key_of(workspace: Workspace, row: str, column: str, form: str = FORM, period: Period = AT) -> CellKey:
    """A cell by the printed number of its row: "I.1"."""
    plan = workspace.plan(workspace.version_for(form, period).form, workspace.unit("TH", period).uid, period)
    group, _, place = row.partition(".")
    rows = [line.key for line in plan.rows[""] if line.key.startswith(f"{group}.")]
    return "", rows[int(place) - 1], column
