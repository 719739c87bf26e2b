"""Where a figure comes from and where it goes, as Excel's Ctrl+[ and Ctrl+] show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from judapp.app.grid_trace import traced
from judapp.app.grid_view import SheetView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

FORM, AT = "12b/BTP/BTTP/CC", Period(2025, "H1")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("trace") / "a.sqlite") as made:
        yield made


@pytest.fixture(scope="module")
def view(workspace: Workspace) -> SheetView:
    return sheet_view(workspace, FORM, workspace.unit("TH", AT).uid, AT)


def key_of(view: SheetView, row: str, column: str) -> CellKey:
    line = next(line for line in view.tables[0].rows if row in (line.path, line.key))
    return view.tables[0].key, line.key, column


def trace(workspace: Workspace, view: SheetView, key: CellKey, *, onward: bool) -> tuple[CellKey, ...]:
    return traced(workspace, FORM, view.unit, AT, key, onward=onward).cells


def test_a_total_comes_from_its_rows_and_columns_in_the_order_of_the_rule(
    workspace: Workspace, view: SheetView
) -> None:
    total = key_of(view, "I", "1")
    assert trace(workspace, view, total, onward=False) == tuple(
        key_of(view, row, "1") for row in ("I.1", "I.2", "I.3")
    )


def test_a_typed_figure_comes_from_the_parts_a_relation_says_it_is_the_sum_of(
    workspace: Workspace, view: SheetView
) -> None:
    whole = key_of(view, "I.1", "2")
    parts = (key_of(view, "I.1", "3"), key_of(view, "I.1", "4"))
    assert trace(workspace, view, whole, onward=False) == parts


def test_a_figure_goes_into_totals_of_rows_and_of_columns(workspace: Workspace, view: SheetView) -> None:
    part = key_of(view, "I.1", "3")
    assert trace(workspace, view, part, onward=True) == (key_of(view, "I", "3"), key_of(view, "I.1", "2"))


def test_a_figure_on_its_own_comes_from_nothing(workspace: Workspace, view: SheetView) -> None:
    assert trace(workspace, view, key_of(view, "I.1", "1"), onward=False) == ()
    assert trace(workspace, view, key_of(view, "tong", "1"), onward=True) == ()


def test_what_is_found_is_said_and_why_nothing_is(workspace: Workspace, view: SheetView) -> None:
    def said(unit: str, key: CellKey, *, onward: bool = False) -> str:
        return traced(workspace, FORM, unit, AT, key, onward=onward).said

    typed, total = key_of(view, "I.1", "1"), key_of(view, "tong", "1")
    assert said(view.unit, typed) == "FND-no-source"
    assert said(view.unit, total) == "FND-sources"
    assert said(view.unit, typed, onward=True) == "FND-uses"
    assert said(view.unit, total, onward=True) == "FND-no-use"
    without_offices = workspace.unit("TH001", AT).uid
    assert said(without_offices, key_of(view, "I", "1")) == "FND-no-rows"
