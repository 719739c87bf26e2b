"""Rows of one's own: they keep their key, and with it their figures, whatever is done with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp.app.entering import enter, explain_cell
from judapp.app.grid_view import RowLine
from judapp.app.own_rows import add_row, move_row, remove_row, rename_row
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history, remarks
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

AT = Period(2026, "H1")
FORM, OWN_ROWS = "10b/TP/CC", "21b/TP/HTPLDN"


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


def rows(workspace: Workspace, unit: Unit) -> list[RowLine]:
    return list(sheet_view(workspace, OWN_ROWS, unit.uid, AT).tables[0].rows)


def own(workspace: Workspace, unit: Unit) -> list[str]:
    return [row.label for row in rows(workspace, unit) if row.own]


def last_label(workspace: Workspace) -> str:
    return history.operations(workspace.file, 1)[0].label


def test_a_row_is_added_at_the_end_and_removed_while_it_is_empty(workspace: Workspace, unit: Unit) -> None:
    key, _ = add_row(workspace, OWN_ROWS, unit, AT, "", "", "Ban Quản lý")
    assert last_label(workspace) == "Thêm dòng “Ban Quản lý”, biểu 21b/TP/HTPLDN"
    last = rows(workspace, unit)[-1]
    assert (last.key, last.label, last.own) == (key, "Ban Quản lý", True)
    enter(workspace, OWN_ROWS, unit, AT, {("", key, "1"): "3"})
    with pytest.raises(JudappError, match="ENY-003"):
        remove_row(workspace, OWN_ROWS, unit, AT, "", key)
    enter(workspace, OWN_ROWS, unit, AT, {("", key, "1"): ""})
    remove_row(workspace, OWN_ROWS, unit, AT, "", key)
    assert key not in [row.key for row in rows(workspace, unit)]
    workspace.undo()
    assert key in [row.key for row in rows(workspace, unit)]


def test_rows_are_added_only_where_the_form_lets_them(workspace: Workspace, unit: Unit) -> None:
    with pytest.raises(JudappError, match="ENY-001"):
        add_row(workspace, OWN_ROWS, unit, AT, "", "", "  ")
    with pytest.raises(JudappError, match="ENY-002"):
        add_row(workspace, FORM, unit, AT, "", "", "Dòng mới")


def test_rows_of_the_form_are_neither_renamed_nor_moved_nor_removed(workspace: Workspace, unit: Unit) -> None:
    for act in (
        lambda: rename_row(workspace, FORM, unit, AT, "", "I", "Khác"),
        lambda: move_row(workspace, FORM, unit, AT, "", "I", 1),
        lambda: remove_row(workspace, FORM, unit, AT, "", "I", with_figures=True),
    ):
        with pytest.raises(JudappError, match="ENY-004"):
            act()


def test_a_renamed_row_keeps_its_figures_and_their_history(workspace: Workspace, unit: Unit) -> None:
    key, _ = add_row(workspace, OWN_ROWS, unit, AT, "", "", "Ban A")
    enter(workspace, OWN_ROWS, unit, AT, {("", key, "1"): "3"})
    rename_row(workspace, OWN_ROWS, unit, AT, "", key, "  Ban B ")
    assert last_label(workspace) == "Đổi tên dòng “Ban A” thành “Ban B”, biểu 21b/TP/HTPLDN"
    view = sheet_view(workspace, OWN_ROWS, unit.uid, AT)
    assert view.tables[0].cells["", key, "1"].text == "3"
    assert own(workspace, unit)[-1] == "Ban B"
    with pytest.raises(JudappError, match="ENY-001"):
        rename_row(workspace, OWN_ROWS, unit, AT, "", key, " ")
    assert rename_row(workspace, OWN_ROWS, unit, AT, "", key, "Ban B").empty  # nothing to undo of it
    workspace.undo()
    assert own(workspace, unit)[-1] == "Ban A"
    workspace.redo()
    assert own(workspace, unit)[-1] == "Ban B"


def test_a_row_changes_places_with_its_neighbour(workspace: Workspace, unit: Unit) -> None:
    before = own(workspace, unit)
    keys = [add_row(workspace, OWN_ROWS, unit, AT, "", "", name)[0] for name in ("Một", "Hai", "Ba")]
    enter(workspace, OWN_ROWS, unit, AT, {("", keys[2], "1"): "7"})
    move_row(workspace, OWN_ROWS, unit, AT, "", keys[2], -1)
    assert last_label(workspace) == "Chuyển dòng “Ba” lên, biểu 21b/TP/HTPLDN"
    assert own(workspace, unit) == [*before, "Một", "Ba", "Hai"]
    assert sheet_view(workspace, OWN_ROWS, unit.uid, AT).tables[0].cells["", keys[2], "1"].text == "7"
    move_row(workspace, OWN_ROWS, unit, AT, "", keys[2], 1)
    assert own(workspace, unit) == [*before, "Một", "Hai", "Ba"]
    newest = history.operations(workspace.file, 1)[0].id
    move_row(workspace, OWN_ROWS, unit, AT, "", keys[2], 1)  # it is the last one already
    assert own(workspace, unit) == [*before, "Một", "Hai", "Ba"]
    assert history.operations(workspace.file, 1)[0].id == newest
    workspace.undo()
    assert own(workspace, unit) == [*before, "Một", "Ba", "Hai"]


def test_a_row_with_figures_goes_with_them_and_comes_back_with_them(workspace: Workspace, unit: Unit) -> None:
    key, _ = add_row(workspace, OWN_ROWS, unit, AT, "", "", "Ban A")
    cells = {("", key, "1"): "3", ("", key, "2"): "-"}
    enter(workspace, OWN_ROWS, unit, AT, cells)
    explain_cell(workspace, OWN_ROWS, unit, AT, ("", key, "1"), "Do thêm việc")
    sheet = workspace.stored(workspace.version_for(OWN_ROWS, AT).id, unit.uid, AT)
    assert sheet is not None
    remove_row(workspace, OWN_ROWS, unit, AT, "", key, with_figures=True)
    assert last_label(workspace) == "Bỏ dòng “Ban A” cùng 2 ô số liệu, biểu 21b/TP/HTPLDN"
    assert key not in [row.key for row in rows(workspace, unit)]
    assert not [r for r in remarks.of_sheet(workspace.file, sheet.id) if r.cell and r.cell[1] == key]
    workspace.undo()
    view = sheet_view(workspace, OWN_ROWS, unit.uid, AT)
    assert [view.tables[0].cells[cell].text for cell in cells] == ["3", "–"]
    assert view.explanations["", key, "1"] == "Do thêm việc"


def test_a_row_at_the_edge_stays_without_an_act(workspace: Workspace, unit: Unit) -> None:
    key, added = add_row(workspace, OWN_ROWS, unit, AT, "", "", "Ban Quản lý")
    assert move_row(workspace, OWN_ROWS, unit, AT, "", key, 1).empty
    assert history.operations(workspace.file, 1)[0].id == added.op_id


def test_emptying_an_empty_cell_of_an_office_is_no_act(tmp_path: Path) -> None:
    """Nothing anybody could see would be taken back by undoing it."""
    with practice_file(tmp_path / "a.sqlite", figures=False) as workspace:
        unit = workspace.unit("TH", AT)
        lines = sheet_view(workspace, FORM, unit.uid, AT).tables[0].rows
        office = next(line for line in lines if line.kind == "unit")
        enter(workspace, FORM, unit, AT, {("", "I", "1"): "1"})
        assert enter(workspace, FORM, unit, AT, {("", office.key, "1"): ""}).empty
