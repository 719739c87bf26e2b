"""Figures of another round stand in for the ones to come, and are never mistaken for them."""

from __future__ import annotations

import pytest

from judapp.app.approving import submit
from judapp.app.entering import enter
from judapp.app.export_view import package
from judapp.app.filling import confirm, draft_of, earlier_rounds, fill_pending, take_draft
from judapp.app.grid_view import SheetView
from judapp.app.overview import standing
from judapp.app.own_rows import add_row
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history
from tests.sheet_views import sheet_view

AT, NEXT = Period(2026, "H1"), Period(2027, "H1")
FORM, OWN_ROWS = "10b/TP/CC", "21b/TP/HTPLDN"
Key = tuple[str, str, str]


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


def view_of(workspace: Workspace, unit: Unit, form: str = FORM, period: Period = NEXT) -> SheetView:
    return sheet_view(workspace, form, unit.uid, period)


def drafts(view: SheetView) -> list[Key]:
    return [f.cell for f in view.findings if f.code == "DRA-001" and f.cell is not None]


def last_label(workspace: Workspace) -> str:
    return history.operations(workspace.file, 1)[0].label


def test_the_rounds_a_stand_in_may_come_from() -> None:
    assert earlier_rounds(Period(2026, "H1")) == (Period(2025, "H1"),)
    assert earlier_rounds(Period(2026, "Y1")) == (Period(2025, "Y1"),)
    assert earlier_rounds(Period(2026, "Y")) == (Period(2026, "Y1"), Period(2025, "Y"))
    assert earlier_rounds(Period(2026, "E06")) == (Period(2026, "E05"), Period(2025, "E06"))
    assert earlier_rounds(Period(2026, "E01")) == (Period(2025, "E01"),)


def test_only_empty_open_cells_are_filled_as_one_operation_that_names_the_round(
    workspace: Workspace, unit: Unit
) -> None:
    before = sheet_view(workspace, FORM, unit.uid, AT)
    [typed, *rest] = [k for k, cell in before.tables[0].cells.items() if cell.kind == "open" and cell.typed]
    enter(workspace, FORM, unit, NEXT, {typed: "77"})
    offered = draft_of(workspace, FORM, unit, NEXT)
    assert offered is not None
    assert (offered.form, offered.period, offered.unlike, offered.rows) == (FORM, AT, False, ())
    assert typed not in offered.figures
    draft, applied = take_draft(workspace, FORM, unit, NEXT)
    assert applied.figures == len(draft.figures)
    assert last_label(workspace) == f"Lấy nháp {len(draft.figures)} ô từ 6 tháng đầu năm 2026, biểu {FORM}"
    view = view_of(workspace, unit)
    assert view.tables[0].cells[typed].text == "77"
    for key in rest[:20]:
        assert view.tables[0].cells[key].text == before.tables[0].cells[key].text
    assert set(drafts(view)) == set(draft.figures)
    workspace.undo()
    view = view_of(workspace, unit)
    assert drafts(view) == []
    assert view.tables[0].cells[rest[0]].text == ""
    workspace.redo()
    assert set(drafts(view_of(workspace, unit))) == set(draft.figures)


def test_an_estimated_part_is_not_taken_over(workspace: Workspace, unit: Unit) -> None:
    view = sheet_view(workspace, FORM, unit.uid, AT)
    key = next(k for k, cell in view.tables[0].cells.items() if cell.kind == "open")
    enter(workspace, FORM, unit, AT, {key: "100+20"})
    take_draft(workspace, FORM, unit, NEXT)
    cell = view_of(workspace, unit).tables[0].cells[key]
    assert (cell.text, cell.estimated) == ("120", False)


def test_a_stand_in_is_marked_until_it_is_typed_over_or_confirmed(workspace: Workspace, unit: Unit) -> None:
    draft, _ = take_draft(workspace, FORM, unit, NEXT)
    one, same, two, *_ = [key for key, figure in draft.figures.items() if figure.value]
    finding = next(f for f in view_of(workspace, unit).findings if f.cell == one)
    assert finding.severity == "warning"
    assert "6 tháng đầu năm 2026" in finding.text
    enter(workspace, FORM, unit, NEXT, {one: "12345"})
    enter(workspace, FORM, unit, NEXT, {same: str(draft.figures[same].value)})  # the same figure, but typed
    confirm(workspace, FORM, unit, NEXT, [two])
    assert last_label(workspace) == f"Xác nhận 1 ô số nháp, biểu {FORM}"
    left = drafts(view_of(workspace, unit))
    assert not {one, same, two} & set(left)
    assert len(left) == len(draft.figures) - 3
    for _ in range(3):
        workspace.undo()
    assert set(drafts(view_of(workspace, unit))) == set(draft.figures)


def test_a_sheet_of_stand_ins_is_neither_checked_nor_submitted(workspace: Workspace, unit: Unit) -> None:
    take_draft(workspace, FORM, unit, NEXT)
    left = view_of(workspace, unit).unanswered  # what was not known then
    enter(workspace, FORM, unit, NEXT, dict.fromkeys(left, "-"))
    view = view_of(workspace, unit)
    assert (view.state, view.unanswered, view.count("error"), view.count("explain")) == ("draft", (), 0, 0)
    stored = workspace.stored(workspace.version_for(FORM, NEXT).id, unit.uid, NEXT)
    assert stored is not None
    assert standing(workspace, stored).unanswered == len(drafts(view))
    [line] = package(workspace, NEXT).sheets
    assert line.state == "draft"
    assert f"{len(drafts(view))} ô số nháp" in line.blocks.vi
    with pytest.raises(JudappError, match="DRA-002") as caught:
        submit(workspace, FORM, unit, NEXT)
    assert caught.value.params["n"] == len(drafts(view))
    confirm(workspace, FORM, unit, NEXT, drafts(view))
    assert view_of(workspace, unit).state == "checked"
    submit(workspace, FORM, unit, NEXT)


def test_cells_of_an_older_version_are_found_by_what_they_mean(workspace: Workspace, unit: Unit) -> None:
    view = sheet_view(workspace, FORM, unit.uid, AT)
    enter(workspace, FORM, unit, AT, {key: "" for key, cell in view.tables[0].cells.items() if cell.typed})
    draft = draft_of(workspace, FORM, unit, AT)
    assert draft is not None
    assert (draft.form, draft.period) == ("12b/BTP/BTTP/CC", Period(2025, "H1"))
    take_draft(workspace, FORM, unit, AT)
    there = sheet_view(workspace, "12b/BTP/BTTP/CC", unit.uid, Period(2025, "H1"))
    here = view_of(workspace, unit, period=AT)
    row = next(key for key in draft.figures if key[2] == "1")[1]
    # Column 1 of both is the number of notaries; 12b (2) and 10b (2) are other figures.
    assert here.tables[0].cells["", row, "1"].text == there.tables[0].cells["", row, "1"].text


def test_rows_somebody_added_come_along_by_their_name(workspace: Workspace, unit: Unit) -> None:
    added, _ = add_row(workspace, OWN_ROWS, unit, AT, "", "", "Ban Quản lý khu kinh tế")
    enter(workspace, OWN_ROWS, unit, AT, {("", added, "1"): "41"})
    mine, _ = add_row(workspace, OWN_ROWS, unit, NEXT, "", "", "ban quản lý  Khu Kinh tế")
    draft, _ = take_draft(workspace, OWN_ROWS, unit, NEXT)
    assert draft.figures["", mine, "1"].value == 41
    labels = [row.label for row in view_of(workspace, unit, OWN_ROWS).tables[0].rows]
    before = [row.label for row in view_of(workspace, unit, OWN_ROWS, AT).tables[0].rows]
    assert sorted(label.casefold().split() for label in labels) == sorted(
        label.casefold().split() for label in before
    )
    assert len(draft.rows) == len(before) - 2  # but for the total and the row that was here already
    workspace.undo()
    assert len(view_of(workspace, unit, OWN_ROWS).tables[0].rows) < len(before)


def test_without_an_earlier_round_nothing_is_taken(workspace: Workspace, unit: Unit) -> None:
    at = Period(2026, "Y1")
    assert draft_of(workspace, FORM, unit, at) is None
    with pytest.raises(JudappError, match="DRA-003"):
        take_draft(workspace, FORM, unit, at)


def test_open_cells_are_answered_as_not_yet_known(workspace: Workspace, unit: Unit) -> None:
    keys = view_of(workspace, unit).unanswered[:3]
    fill_pending(workspace, FORM, unit, NEXT, keys)
    assert last_label(workspace) == f"Điền “chưa có số liệu” vào 3 ô, biểu {FORM}"
    assert [view_of(workspace, unit).tables[0].cells[key].state for key in keys] == ["pending"] * 3
