"""Totals of a worksheet added up one by one are those of the sheet reckoned as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.import_reckoning import Alone, outline_of
from judapp.app.workspace import Workspace
from judapp.domain.figure import NIL, OUT_OF_REMIT, PENDING, Figure, number, unreadable
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve

PERIOD = Period(2026, "H1")


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo, read_only=True) as opened:
        yield opened


def test_a_total_is_what_the_whole_sheet_says(workspace: Workspace) -> None:
    chance = random.Random(7)
    others = (NIL, PENDING, OUT_OF_REMIT, unreadable("?"))
    looked_at = 0
    for version in workspace.versions.values():
        unit = workspace.owner.uid
        alone = Sheet(version.form, unit, PERIOD, Span(None, None))
        plan = workspace.plan(version.form, unit, PERIOD)
        for there in (1.0, 0.9, 0.2):
            keys = [k for k in plan.spots if k not in plan.computed and chance.random() < there]
            figures: dict[tuple[str, str, str], Figure] = {
                key: number(chance.randrange(-9, 999)) if chance.random() < there else chance.choice(others)
                for key in keys
                if plan.spots[key].kind != "text"
            }
            sheet = replace(alone, figures=figures)
            whole = resolve(sheet, SheetContext(workspace, sheet))

            def reckon(whole: Resolved = whole) -> Resolved:
                return whole

            found = Alone(plan, figures, reckon)
            for key in plan.computed:
                assert found.number(key) == whole[key].value.number, (version.form.number, key)
                looked_at += key in outline_of(plan).sums
    assert looked_at > 100
