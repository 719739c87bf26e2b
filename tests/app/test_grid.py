"""The sheet as the grid shows it: the printed head, every cell's text and kind, what differs after an act."""

from __future__ import annotations

import pytest

from judapp.app.approving import give_back, submit
from judapp.app.entering import enter
from judapp.app.filling import fill_nil
from judapp.app.grid import moment
from judapp.app.grid_forms import forms_for
from judapp.app.grid_head import heads_of
from judapp.app.grid_text import address_of, reading
from judapp.app.grid_view import ABSENT, CellView, SheetView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.messages import text as words
from tests.practice_sheets import SHEETS
from tests.sheet_views import live_sheet, sheet_view

FORM, AT = "12b/BTP/BTTP/CC", Period(2025, "H1")
NEW_FORM, NOW = "10b/TP/CC", Period(2026, "H1")


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


def view_of(workspace: Workspace, form: str = FORM, period: Period = AT, unit: str = "TH") -> SheetView:
    return sheet_view(workspace, form, workspace.unit(unit, period).uid, period)


def key_of(view: SheetView, row: str, column: str) -> CellKey:
    """The key of a cell by the printed number of its row."""
    line = next(line for line in view.tables[0].rows if line.path == row)
    return view.tables[0].key, line.key, column


def cell(workspace: Workspace, key: CellKey, form: str = FORM, period: Period = AT) -> CellView:
    view = view_of(workspace, form, period)
    return view.tables[view.table_of(key[0])].cells[key]


def changed(before: SheetView, after: SheetView) -> set[CellKey]:
    return {
        key
        for old, new in zip(before.tables, after.tables, strict=True)
        for key in new.cells
        if old.cells[key] != new.cells[key]
    }


# head


def test_the_head_is_the_printed_tree_with_its_numbers(workspace: Workspace) -> None:
    view = view_of(workspace)
    table = view.tables[0]
    assert (table.levels, table.numbered, table.stub) == (5, True, ("",))
    at = {(box.row, box.column): box for box in table.head}
    assert at[0, 1].text == "Công chứng"
    assert (at[0, 1].columns, at[2, 2].text, at[2, 2].columns) == (5, "Chia ra", 2)
    assert at[0, 0].rows == 4  # down to the row of numbers
    numbers = [box.text for box in table.head if box.number]
    assert numbers == [f"({n})" for n in range(1, 12)]
    assert [box.text for box in table.stub_head] == ["", "A"]
    assert table.columns[3].path == (
        "Công chứng",
        "Số việc công chứng",
        "Chia ra",
        "Công chứng bản dịch và các loại việc khác",
    )


@pytest.mark.parametrize(("form", "period"), SHEETS)
def test_the_head_covers_every_column_of_a_table_once_a_level(
    workspace: Workspace, form: str, period: str
) -> None:
    definition = workspace.version_for(form, Period.parse(period)).form
    for table in definition.tables:
        head = heads_of(definition)[table.key]
        for boxes, columns in ((head.stub, len(table.stub)), (head.figures, len(table.leaves))):
            covered = [
                (box.row + row, box.column + column)
                for box in boxes
                for row in range(box.rows)
                for column in range(box.columns)
            ]
            assert sorted(covered) == [(r, c) for r in range(head.levels) for c in range(columns)]


def test_tables_that_share_worksheet_columns_have_columns_of_their_own(workspace: Workspace) -> None:
    view = view_of(workspace, "17c/BTP/HTQTCT/CT", Period(2024, "Y"))
    assert [len(table.columns) for table in view.tables] == [4, 3]
    second = view.tables[1]
    assert [(box.column, box.columns) for box in second.head] == [(0, 1), (1, 1), (2, 1)]
    assert not second.numbered
    assert second.title.startswith("II.")
    assert view.table_of("II") == 1


# rows and cells


def test_rows_are_named_as_printed(workspace: Workspace) -> None:
    rows = view_of(workspace).tables[0].rows
    assert [(row.path, row.stub, row.level, row.kind) for row in rows[:3]] == [
        ("", ("Tổng số",), 0, "total"),
        ("I", ("I. Phòng Công chứng",), 0, "group"),
        ("I.1", ("1. Phòng công chứng số 1 tỉnh Thực Hành",), 1, "unit"),
    ]
    assert rows[0].computed
    assert not rows[2].computed
    own = view_of(workspace, "PL-STP", NOW).tables[0]
    assert own.rows[1].stub[0] == "1"
    assert own.rows[1].stub[2] == "văn bản"


def test_figures_are_shown_as_paper_prints_them_and_typed_without_grouping(
    workspace: Workspace, unit: Unit
) -> None:
    view = view_of(workspace)
    money = view.tables[0].cells[key_of(view, "I.1", "5")]
    assert (money.text, money.typed, money.kind, money.state) == ("188.945.000", "188945000", "open", "")
    total = view.tables[0].cells["", "tong", "2"]
    assert (total.kind, total.enterable, total.text) == ("computed", False, "75.817")
    average = view_of(workspace, "13a/BTP/HTQTCT/HT", Period(2018, "Y"), "TH001")
    assert {len(c.text.partition(",")[2]) for k, c in average.tables[0].cells.items() if k[2] == "20"} == {2}


@pytest.mark.parametrize(
    ("typed", "shown", "state"),
    [
        ("-", "–", "nil"),
        ("..", "…", "pending"),
        ("⊘", "⊘", "remit"),
        ("12O", "12O", "unreadable"),
        ("", "", "empty"),
        ("0", "0", ""),
        ("1234", "1.234", ""),
    ],
)
def test_states_have_signs_and_a_blank_is_never_0(
    workspace: Workspace, unit: Unit, typed: str, shown: str, state: str
) -> None:
    key = key_of(view_of(workspace), "I.1", "1")
    enter(workspace, FORM, unit, AT, {key: typed})
    found = cell(workspace, key)
    assert (found.text, found.state, found.left) == (shown, state, state == "unreadable")
    assert found.typed == (typed if state != "remit" else "⊘")


def test_an_estimated_part_is_marked_and_typed_with_a_plus(workspace: Workspace) -> None:
    owner = workspace.unit("TH", NOW)
    key = key_of(view_of(workspace, NEW_FORM, NOW), "I.1", "2")
    before = view_of(workspace, NEW_FORM, NOW).estimated
    enter(workspace, NEW_FORM, owner, NOW, {key: "120+15"})
    found = cell(workspace, key, NEW_FORM, NOW)
    assert (found.text, found.typed, found.estimated) == ("135", "120+15", True)
    assert view_of(workspace, NEW_FORM, NOW).estimated >= before


def test_an_act_changes_the_cell_its_totals_and_nothing_else(workspace: Workspace, unit: Unit) -> None:
    before = view_of(workspace)
    key = key_of(before, "I.1", "1")
    enter(workspace, FORM, unit, AT, {key: "77"})
    assert changed(before, view_of(workspace)) == {key, ("", "I", "1"), ("", "tong", "1")}


def test_a_sum_tells_what_is_known_of_it_while_parts_are_missing(workspace: Workspace, unit: Unit) -> None:
    key = key_of(view_of(workspace), "I.1", "1")
    enter(workspace, FORM, unit, AT, {key: ""})
    total = cell(workspace, ("", "I", "1"))
    assert (total.state, total.text, total.typed) == ("partial", "… 11", "")
    assert total.enterable  # a total may be known before its parts
    enter(workspace, FORM, unit, AT, {("", "I", "1"): "20"})
    reported = cell(workspace, ("", "I", "1"))
    assert (reported.kind, reported.text, reported.typed) == ("reported", "20", "20")


def test_a_place_without_a_cell_is_absent(workspace: Workspace) -> None:
    table = view_of(workspace, "PL-STP", NOW).tables[0]
    assert table.cell(0, 0) is ABSENT
    assert not table.cell(0, 0).enterable
    assert table.key_at(1, 2) == ("", table.rows[1].key, "3")


# findings and states


def test_a_broken_relation_stands_at_its_cell_and_names_the_others(workspace: Workspace, unit: Unit) -> None:
    key = key_of(view_of(workspace), "I.1", "2")
    enter(workspace, FORM, unit, AT, {key: "9999"})
    view = view_of(workspace)
    finding = next(f for f in view.findings if f.severity == "error")
    assert finding.cell == key
    assert "9.999" in finding.text
    assert [name for name, _ in finding.jumps] == ["(2)", "(3)", "(4)"]
    found = view.tables[0].cells[key]
    assert (found.severity, found.code) == ("error", "REL-001")
    assert view.state == "errors"
    assert view.findings[0].severity == "error"  # the gravest first


def test_the_state_of_a_sheet_is_reckoned(workspace: Workspace, unit: Unit) -> None:
    view = view_of(workspace)
    assert (view.state, view.count("explain") > 0, view.unanswered) == ("draft", True, ())
    assert view_of(workspace, NEW_FORM, NOW).state == "checked"
    blank = view_of(workspace, FORM, Period(2024, "Y1"))
    assert (blank.state, blank.findings) == ("missing", ())
    assert len(blank.unanswered) == sum(c.kind == "open" for c in blank.tables[0].cells.values())


def test_every_open_cell_may_be_answered_with_nothing_occurred(workspace: Workspace) -> None:
    at = Period(2024, "Y1")
    owner = workspace.unit("TH", at)
    blank = view_of(workspace, FORM, at)
    fill_nil(workspace, FORM, owner, at, blank.unanswered)
    filled = view_of(workspace, FORM, at)
    assert filled.unanswered == ()
    assert filled.tables[0].cells["", "tong", "2"].text == "0"


def test_a_submitted_sheet_says_since_when_nothing_can_be_typed(workspace: Workspace) -> None:
    owner = workspace.unit("TH", NOW)
    submit(workspace, NEW_FORM, owner, NOW)
    view = view_of(workspace, NEW_FORM, NOW)
    assert (view.state, view.locked) == ("submitted", "ENY-locked-submitted")
    assert ":" in view.since
    assert words(view.locked, since=view.since).startswith("Phiếu chờ duyệt từ")
    assert not any(c.enterable for c in view.tables[0].cells.values())
    give_back(workspace, NEW_FORM, owner, NOW, "Sửa số")
    assert view_of(workspace, NEW_FORM, NOW).locked == ""


def test_cells_that_differ_from_when_the_sheet_was_returned_are_marked(workspace: Workspace) -> None:
    owner = workspace.unit("TH", NOW)
    live = live_sheet(workspace, NEW_FORM, owner.uid, NOW)
    first, second = [key for key, cell in live.view.tables[0].cells.items() if cell.enterable][:2]
    assert live.enter({first: "7"}) is not None
    assert not any(cell.changed for cell in live.view.tables[0].cells.values())  # it was never returned
    submit(workspace, NEW_FORM, owner, NOW)
    give_back(workspace, NEW_FORM, owner, NOW, "Sửa số")
    was = view_of(workspace, NEW_FORM, NOW).tables[0].cells[first].typed

    def changed(view: SheetView) -> set[CellKey]:
        return {key for key, cell in view.tables[0].cells.items() if cell.changed}

    enter(workspace, NEW_FORM, owner, NOW, {first: "4321"})
    assert changed(view_of(workspace, NEW_FORM, NOW)) == {first}
    live = live_sheet(workspace, NEW_FORM, owner.uid, NOW)
    live.enter({second: "1234"})
    assert changed(live.view) == {first, second}
    live.enter({first: was})  # what stood there is no change
    assert changed(live.view) == {second}


def test_a_file_opened_to_read_takes_nothing(workspace: Workspace) -> None:
    path = workspace.file.path
    workspace.close()
    with Workspace.open(path, read_only=True) as reader:
        view = view_of(reader)
        assert view.locked == "ENY-locked-file"
        assert not any(c.enterable for c in view.tables[0].cells.values())


def test_evidence_and_days_stand_with_the_sheet(workspace: Workspace) -> None:
    view = view_of(workspace, NEW_FORM, NOW)
    assert (view.evidence, view.days) == ("partial", "01/01/2026 – 31/05/2026")
    assert view.sources
    assert view.open_points
    assert "Thực Hành" in view.unit_name
    own = view_of(workspace, "PL-STP", NOW)
    assert own.evidence == "department"


def test_notes_hold_their_places_to_fill_in_order(workspace: Workspace) -> None:
    parts = view_of(workspace).notes[0].parts
    assert [isinstance(part, str) for part in parts] == [True, False, True, False, True]
    assert [part.text for part in parts if not isinstance(part, str)] == ["23", "23"]


def test_an_unknown_form_is_said(workspace: Workspace, unit: Unit) -> None:
    with pytest.raises(JudappError, match="FRM-001"):
        sheet_view(workspace, "12z", unit.uid, AT)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("330000000+22400000", "⇒ 352.400.000 người, trong đó ước tính 22.400.000"),
        ("1.234", "⇒ 1.234 người"),
        ("-", "⇒ – không phát sinh"),
        ("..", "⇒ … chưa có số liệu"),
        ("12O", "⇒ không phải là số; giữ nguyên chữ và báo lỗi"),
        (" ", ""),
    ],
)
def test_how_a_text_will_be_read_is_said_before_enter(workspace: Workspace, typed: str, read: str) -> None:
    view = view_of(workspace)
    assert reading(view, key_of(view, "I.1", "1"), typed) == read


def test_a_cell_is_called_by_what_is_printed(workspace: Workspace) -> None:
    view = view_of(workspace)
    assert address_of(view, key_of(view, "I.1", "4")) == "I.1 · (4)"
    assert address_of(view, ("", "tong", "4")) == "Tổng số · (4)"
    unnumbered = view_of(workspace, "17c/BTP/HTQTCT/CT", Period(2024, "Y"))
    column = unnumbered.tables[0].columns[0].name
    assert address_of(unnumbered, ("I", "tong", column)) == "Tổng số · Chứng thực bản sao"


# forms


def test_the_forms_of_a_period_begin_with_those_at_work(workspace: Workspace, unit: Unit) -> None:
    forms = forms_for(workspace, unit.uid, NOW)
    assert forms[0].state == "draft"
    assert "cong chung" in next(form.key for form in forms if form.number == NEW_FORM)
    assert {form.number for form in forms} >= {NEW_FORM, "21b/TP/HTPLDN", "TH-13", "PL-STP"}
    assert FORM not in {form.number for form in forms}  # another circular


def test_a_moment_of_another_day_says_the_day() -> None:
    assert moment("2024-06-05T03:04:05+00:00").count("/") == 2
