"""The day a unit's report came, and who is counted as owing one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from judapp.app.board import MISSING, RECEIVED, Cell, UnitBoard, unit_board
from judapp.app.board_marks import say_not_owed, say_on_paper
from judapp.app.board_words import headline
from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import obligations
from tests import board_world as world
from tests.board_world import BASE, H1, ON


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with world.province(tmp_path / "a.sqlite") as opened:
        yield opened


def board(workspace: Workspace) -> UnitBoard:
    return unit_board(workspace, H1, world.head(workspace).uid, ON)


def cell_of(workspace: Workspace, office: int) -> Cell:
    """The cell of the office at a place of the list."""
    uid = world.offices(workspace)[office].uid
    return next(line for line in board(workspace).lines if line.unit == uid).cells[0]


def test_a_cell_typed_by_mistake_and_cleared_again_is_not_the_day_a_report_came(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[6]
    world.typed(workspace, office, {"c1": 5})
    with mock.patch("judapp.app.workspace.now", return_value=world.IN_TIME):
        set_cells(workspace, BASE, office, H1, ["c1="])
    assert cell_of(workspace, 6).state == MISSING
    world.imported(
        workspace, world.sent(workspace, office, world.figures(7), tmp_path / "a.xlsx"), at=world.LATE
    )
    came = cell_of(workspace, 6)
    assert (came.state, came.first, came.late, came.edited) == (RECEIVED, date(2026, 6, 13), 3, None)
    world.typed(workspace, office, {"c1": 9}, "2026-06-14T02:00:00.000000+00:00")
    assert cell_of(workspace, 6).first == date(2026, 6, 13)  # one cell more or less is the same report
    workspace.undo()
    workspace.undo()
    workspace.redo()
    assert cell_of(workspace, 6).first == date(2026, 6, 13)


def test_what_came_on_paper_in_time_is_not_late_when_it_is_typed_later(workspace: Workspace) -> None:
    office = world.offices(workspace)[7]
    with mock.patch("judapp.app.workspace.now", return_value=world.IN_TIME):
        say_on_paper(workspace, BASE, office, H1)
    world.typed(workspace, office, world.figures(8), world.LATE)
    typed = cell_of(workspace, 7)
    assert (typed.state, typed.first, typed.late) == (RECEIVED, date(2026, 6, 8), 0)


def test_the_headline_counts_nobody_of_whom_nothing_is_owed(workspace: Workspace) -> None:
    say_not_owed(workspace, BASE, world.offices(workspace)[8], H1, "nghỉ")
    found = board(workspace)
    assert headline(found).vi.startswith("5/23 đơn vị đã nộp đủ biểu 10a; thiếu 17")
    assert found.forms[0].owed == 23


def test_a_mark_is_put_on_no_form_a_unit_never_reports(workspace: Workspace) -> None:
    for mark in (partial(say_not_owed, reason="x"), say_on_paper):
        with pytest.raises(JudappError, match="BOA-004"):
            mark(workspace, "17a/BTP/HTQTCT/CT", world.offices(workspace)[8], Period(2024, "Y"))
    assert workspace.sheets_of(Period(2024, "Y")) == []


def test_paper_nobody_owes_any_more_is_not_waited_for(workspace: Workspace) -> None:
    office = world.offices(workspace)[7]
    say_on_paper(workspace, BASE, office, H1)
    duty = next(o for o in workspace.obligations if o.unit == office.uid)
    workspace.apply("x", "x", lambda writer: obligations.drop(writer, duty))
    [form] = board(workspace).forms
    assert (form.owed, form.came) == (23, 6)
    assert office.uid not in {line.unit for line in board(workspace).lines}
