"""Rows of units stay where they stand, whichever of them is typed into first."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp.app.entering import enter
from judapp.domain.period import Period
from judapp.store import sheets
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view


@pytest.mark.parametrize(("form", "code", "below"), [("10b/TP/CC", "2026-Y", ""), ("11c", "2012-Y", ".nu")])
def test_no_row_moves_because_somebody_typed_into_another_one(
    tmp_path: Path, form: str, code: str, below: str
) -> None:
    """An office that is typed into keeps its row when it closes; so do those beside it their places."""
    period = Period.parse(code)
    with practice_file(tmp_path / "a.sqlite") as workspace:
        unit = workspace.unit("TH", period)
        before = sheet_view(workspace, form, unit.uid, period).tables[0]
        last = [line.key for line in before.rows if line.kind == "unit"][-1] + below
        column = next(leaf.name for leaf in before.columns if ("", last, leaf.name) in before.cells)
        enter(workspace, form, unit, period, {("", last, column): "5"})
        after = sheet_view(workspace, form, unit.uid, period).tables[0]
        assert after.rows == before.rows
        own = workspace.stored(workspace.version_for(form, period).id, unit.uid, period)
        assert own is not None
        kept = sheets.own_rows(workspace.file, own.id)[""]
        ops = workspace.file.row("select count(*) from change where tbl = 'sheet_row'")
        enter(workspace, form, unit, period, {("", last, column): "6"})
        assert sheets.own_rows(workspace.file, own.id)[""] == kept
        assert workspace.file.row("select count(*) from change where tbl = 'sheet_row'") == ops
