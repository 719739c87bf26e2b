"""A reason is taken back as one act; the history keeps it and undo brings it back."""

from __future__ import annotations

from pathlib import Path

from judapp.app.entering import explain_cell
from judapp.app.reasons import withdraw_reason
from judapp.domain.period import Period
from judapp.store import history
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

AT, FORM = Period(2025, "H1"), "12b/BTP/BTTP/CC"


def test_a_reason_is_taken_back_and_brought_back(tmp_path: Path) -> None:
    with practice_file(tmp_path / "a.sqlite") as workspace:
        unit = workspace.unit("TH", AT)
        asked = next(
            f.cell for f in sheet_view(workspace, FORM, unit.uid, AT).findings if f.severity == "explain"
        )
        assert asked is not None
        explain_cell(workspace, FORM, unit, AT, asked, "Do sáp nhập")
        withdraw_reason(workspace, FORM, unit, AT, asked)
        view = sheet_view(workspace, FORM, unit.uid, AT)
        assert asked not in view.explanations
        assert asked in [f.cell for f in view.findings if f.severity == "explain"]
        assert history.operations(workspace.file, 1)[0].label.startswith("Bỏ thuyết minh ô ")
        assert withdraw_reason(workspace, FORM, unit, AT, asked).empty  # there is none any more
        workspace.undo()
        assert sheet_view(workspace, FORM, unit.uid, AT).explanations[asked] == "Do sáp nhập"
