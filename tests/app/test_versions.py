"""Versions of a form in a data file: which serves when, editing one in use, moving sheets over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from judapp.app.approving import submit
from judapp.app.entering import explain, set_cells
from judapp.app.founding import new_file
from judapp.app.grid_details import cell_details
from judapp.app.in_use import sheets_on
from judapp.app.learning import FaultyForm
from judapp.app.own_rows import add_row
from judapp.app.versions import (
    compare,
    edit_form,
    left_behind,
    move_sheets,
    overlaps,
    plan_move,
    use_from,
    versions_of,
)
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form, Note, Row, Slot
from judapp.domain.figure import Figure, number
from judapp.domain.moving import CellMapping, proposed_mapping
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.store import forms, remarks, sheets
from judapp.store.sheets import Sheet as StoredSheet
from judapp.store.verify import verify
from tests.domain.builders import TOTAL, column, fixed, form

H1, Y1, Y = Period(2026, "H1"), Period(2026, "Y1"), Period(2026, "Y")
NUMBER = "01/THU"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_file(tmp_path / "a.sqlite", "15", date(2026, 1, 1)) as made:
        yield made


def first(**more: Any) -> Form:
    return form(
        TOTAL,
        Row(kind="free", label="Đơn vị"),
        columns=[column("1", "Nam"), column("2", "Nữ"), column("3", "Tiền", unit="nghìn đồng", kind="money")],
        notes=(Note(text="Ghi chú: {ghi_chu}", slots=(Slot(key="ghi_chu", kind="text"),)),),
        **more,
    )


def put(workspace: Workspace, *made: Form) -> list[int]:
    found: list[int] = []
    workspace.apply(
        "forms", "Thêm biểu", lambda w: found.extend(forms.add(w, msgspec.json.encode(f)) for f in made)
    )
    return found


def enter(workspace: Workspace, period: Period, *cells: str) -> StoredSheet:
    set_cells(workspace, NUMBER, workspace.owner, period, list(cells))
    version = workspace.version_for(NUMBER, period)
    found = workspace.stored(version.id, workspace.owner.uid, period)
    assert found is not None
    return found


def content(workspace: Workspace, sheet: StoredSheet) -> dict[CellKey, Figure]:
    return sheets.figures(workspace.file, sheet.id)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(JudappError) as caught:
        act()
    return caught.value.code


# which serves when


def test_a_period_is_reported_on_the_version_in_force_when_it_is_due(workspace: Workspace) -> None:
    """Replaced inside a year: the half year, due 20/6, is on the old one, the year on the new one."""
    old, new = put(workspace, first(), first(valid_from=date(2026, 9, 1), title="Biểu mới"))
    use_from(workspace, new, date(2026, 9, 1))
    assert [workspace.version_for(NUMBER, p).id for p in (H1, Y1, Y)] == [old, new, new]
    assert workspace.version(old).form.valid_to == date(2026, 8, 31)
    assert overlaps(workspace) == []


def test_two_versions_that_serve_one_period_are_a_fault_said_clearly(workspace: Workspace) -> None:
    old, new = put(workspace, first(), first(valid_from=date(2026, 1, 1), circular="01/2026/TT-BTP"))
    with pytest.raises(JudappError) as caught:
        workspace.version_for(NUMBER, H1)
    assert caught.value.code == "FVR-001"
    assert "01/2026/TT-BTP" in caught.value.params["forms"]
    assert [(a.id, b.id) for a, b in overlaps(workspace)] == [(old, new)]
    serving = workspace.serving("thu", H1)
    assert serving is not None
    assert serving.id == new
    use_from(workspace, new, H1)
    assert workspace.version_for(NUMBER, H1).id == new


def test_a_version_is_used_from_a_period_on_and_the_one_before_it_ends_the_day_before(
    workspace: Workspace,
) -> None:
    old, new = put(workspace, first(), first(valid_from=date(2027, 1, 1), title="Biểu mới"))
    use_from(workspace, new, date(2027, 1, 1))
    applied = use_from(workspace, new, Y1)
    assert workspace.version(new).form.valid_from == date(2026, 11, 20)
    assert workspace.version(old).form.valid_to == date(2026, 11, 19)
    use_from(workspace, new, Y)  # later again: the one before it serves until then
    assert workspace.version(old).form.valid_to == date(2027, 1, 19)
    workspace.undo()
    assert workspace.version(new).form.valid_from == date(2026, 11, 20)
    assert applied.tables == {"form_version"}
    assert [v.id for v in versions_of(workspace, "thu")] == [old, new]


def test_a_version_ends_where_a_later_one_begins(workspace: Workspace) -> None:
    one, two = first(valid_to=date(2027, 12, 31)), first(valid_from=date(2028, 1, 1), title="Biểu sau")
    old, later, new = put(workspace, one, two, first(valid_from=date(2025, 11, 2), title="Biểu mới"))
    use_from(workspace, new, H1)
    assert [workspace.version(v).form.valid_to for v in (old, new, later)] == [
        date(2026, 6, 19),
        date(2027, 12, 31),
        None,
    ]


def test_a_version_that_had_ended_serves_on_when_it_is_used_from_later(workspace: Workspace) -> None:
    [old] = put(workspace, first(valid_to=date(2026, 1, 31)))
    use_from(workspace, old, Y1)
    assert workspace.version_for(NUMBER, Y1).id == old


def test_a_version_nobody_used_gives_way_and_one_with_sheets_does_not(workspace: Workspace) -> None:
    old, new = put(workspace, first(), first(valid_from=date(2027, 1, 1), title="Biểu mới"))
    use_from(workspace, new, date(2027, 1, 1))
    enter(workspace, H1, "[tong]c1=5")
    assert code(lambda: use_from(workspace, new, date(2025, 11, 1))) == "FVR-004"
    workspace.undo()  # the figure
    workspace.undo()
    use_from(workspace, new, date(2025, 11, 1))  # a sheet that holds nothing uses nothing
    assert [v.id for v in versions_of(workspace, "thu")] == [new]
    assert workspace.version(old).form.number == NUMBER


def test_an_unused_version_leaves_the_catalogue_when_another_takes_all_its_days(workspace: Workspace) -> None:
    old, new = put(workspace, first(), first(valid_from=date(2027, 1, 1), title="Biểu mới"))
    use_from(workspace, new, date(2025, 11, 1))
    assert [v.id for v in versions_of(workspace, "thu")] == [new]
    assert workspace.version(old).form.title == "Biểu thử"


# editing


def test_a_definition_no_sheet_uses_is_replaced_in_place(workspace: Workspace) -> None:
    [own] = put(workspace, first())
    edit_form(workspace, own, first(title="Tên đúng"))
    assert workspace.version(own).form.title == "Tên đúng"
    assert len(versions_of(workspace, "thu")) == 1
    workspace.undo()
    assert workspace.version(own).form.title == "Biểu thử"


def test_an_edit_of_a_definition_in_use_is_a_new_version_from_the_next_period_on(
    workspace: Workspace,
) -> None:
    [own] = put(workspace, first())
    sheet = enter(workspace, H1, "[tong]c1=5")
    edit_form(workspace, own, first(title="Tên đúng"))
    old, new = versions_of(workspace, "thu")
    assert (old.id, old.form.title, new.form.title) == (own, "Biểu thử", "Tên đúng")
    assert (old.form.valid_to, new.form.valid_from) == (date(2026, 6, 20), date(2026, 6, 21))
    assert workspace.version_for(NUMBER, H1).id == old.id
    assert workspace.version_for(NUMBER, Y1).id == new.id
    assert content(workspace, sheet) == {("", "tong", "1"): number(5)}
    workspace.undo()
    assert [v.id for v in versions_of(workspace, "thu")] == [own]
    assert workspace.version(own).form.valid_to is None


def test_an_edit_takes_no_days_of_the_versions_around_it(workspace: Workspace) -> None:
    first_days, last = date(2026, 5, 31), date(2027, 1, 1)
    _, own, _ = put(
        workspace,
        first(valid_to=first_days),
        first(valid_from=date(2026, 6, 1), valid_to=date(2026, 12, 31), title="Giữa"),
        first(valid_from=last, title="Sau"),
    )
    edit_form(workspace, own, first(title="Sửa"))  # says the days of the first one, without an end
    assert overlaps(workspace) == []
    edited = workspace.version(own).form
    assert (edited.title, edited.valid_from, edited.valid_to) == ("Sửa", date(2026, 6, 1), date(2026, 12, 31))


def test_a_reason_alone_uses_a_version_too(workspace: Workspace) -> None:
    [own] = put(workspace, first())
    sheet = enter(workspace, H1, "[tong]c1=5")
    workspace.undo()
    assert sheets_on(workspace, own) == []
    explain(workspace, NUMBER, workspace.owner, H1, "[tong]c1", "vì thế")
    assert sheets_on(workspace, own) == [sheet]


def test_an_edit_may_say_itself_when_it_begins(workspace: Workspace) -> None:
    [own] = put(workspace, first())
    enter(workspace, H1, "[tong]c1=5")
    edit_form(workspace, own, first(title="Tên đúng", valid_from=date(2026, 3, 1)))
    old, new = versions_of(workspace, "thu")
    assert (old.form.valid_to, new.form.valid_from) == (date(2026, 2, 28), date(2026, 3, 1))


def test_the_catalogue_never_has_the_very_same_definition_twice(workspace: Workspace) -> None:
    old, new = put(workspace, first(valid_to=date(2026, 8, 31)), first(valid_from=date(2026, 9, 1)))
    assert edit_form(workspace, old, first(valid_to=date(2026, 8, 31))).empty
    assert code(lambda: edit_form(workspace, old, first(valid_from=date(2026, 9, 1)))) == "FVR-002"
    assert workspace.version(new).form.valid_from == date(2026, 9, 1)


def test_an_edit_with_faults_or_without_a_period_left_changes_nothing(workspace: Workspace) -> None:
    [own] = put(workspace, first(valid_to=date(2026, 6, 20)))
    enter(workspace, H1, "[tong]c1=5")
    with pytest.raises(FaultyForm) as caught:
        edit_form(workspace, own, first(relations=("c1 = c9",)))
    assert [fault.path for fault in caught.value.faults] == ["$.relations[0].rule"]
    assert code(lambda: edit_form(workspace, own, first(title="X", valid_to=date(2026, 6, 20)))) == "FVR-003"
    assert len(versions_of(workspace, "thu")) == 1


# moving sheets


def second(**more: Any) -> Form:
    """Column 2 is new, Nữ is now 3, money in đồng, and the note is gone."""
    return form(
        TOTAL,
        Row(kind="free", label="Đơn vị"),
        columns=[
            column("1", "Nam"),
            column("2", "Khác"),
            column("3", "Nữ"),
            column("4", "Tiền", unit="đồng", kind="money"),
        ],
        **{"valid_from": date(2026, 6, 1), "circular": "Mới", **more},
    )


@pytest.fixture
def two(workspace: Workspace) -> tuple[int, int]:
    """Two versions; the newer one serves from the half year on, where a sheet of the older one stands."""
    [old] = put(workspace, first())
    key, _ = add_row(workspace, NUMBER, workspace.owner, H1, "", "", "Sở Tư pháp")
    enter(workspace, H1, f"[{key}]c1=5", f"[{key}]c2=6", f"[{key}]c3=7", "@:[ghi_chu]=đủ")
    explain(workspace, NUMBER, workspace.owner, H1, f"[{key}]c2", "vì thế")
    explain(workspace, NUMBER, workspace.owner, H1, f"[{key}]c3", "vì vậy")
    [new] = put(workspace, second())
    use_from(workspace, new, H1)
    return old, new


def test_sheets_on_a_version_that_no_longer_serves_are_known(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    [sheet] = left_behind(workspace, "thu")
    assert (sheet.form, sheet.period) == (two[0], H1)
    move_sheets(workspace, *two)
    assert left_behind(workspace, "thu") == []


def test_what_moving_would_do_is_told_before(workspace: Workspace, two: tuple[int, int]) -> None:
    plan = plan_move(workspace, *two)
    assert plan.mapping == proposed_mapping(first(), second())
    [move] = plan.moves
    assert move.unit_name == workspace.units.name(workspace.owner.uid, H1.last_day)
    assert move.refused is None
    # the unit of money changed, so a person has to say that the column is the same; the note is gone
    assert plan.left == 2
    assert {key[2] or key[1] for key in move.content.left} == {"3", "ghi_chu"}


def test_figures_rows_and_reasons_come_along_and_the_rest_stays_in_the_history(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    [sheet] = left_behind(workspace, "thu")
    before = content(workspace, sheet)
    [key] = {row for table, row, _ in before if not table}
    applied = move_sheets(workspace, *two)
    moved = sheets.get(workspace.file, sheet.id)
    assert moved.form == two[1]
    assert content(workspace, moved) == {("", key, "1"): number(5), ("", key, "3"): number(6)}
    assert [row.label for row in sheets.own_rows(workspace.file, sheet.id)[""]] == ["Sở Tư pháp"]
    reasons = {r.text: r.cell for r in remarks.of_sheet(workspace.file, sheet.id)}
    assert reasons == {"vì thế": ("", key, "3"), "vì vậy": None}
    assert applied.sheets == {sheet.id}
    details = cell_details(workspace, NUMBER, workspace.owner.uid, H1, ("", key, "3"))
    assert details is not None
    assert details.value == "6"
    assert details.source.startswith("Chuyển 1 phiếu")
    assert verify(workspace.file, deep=True) == []
    workspace.undo()
    assert content(workspace, sheet) == before
    assert sheets.get(workspace.file, sheet.id).form == two[0]
    assert {r.text: r.cell for r in remarks.of_sheet(workspace.file, sheet.id)} == {
        "vì thế": ("", key, "2"),
        "vì vậy": ("", key, "3"),
    }
    assert verify(workspace.file, deep=True) == []


def test_a_person_may_say_what_becomes_of_a_column(workspace: Workspace, two: tuple[int, int]) -> None:
    """Nghìn đồng become đồng, exactly."""
    proposed = proposed_mapping(first(), second())
    mapping = CellMapping({**proposed.columns, ("", "3"): ("", "4")}, proposed.rows)
    move_sheets(workspace, *two, mapping)
    [sheet] = sheets.find(workspace.file, form=two[1])
    [money] = [figure for (_, _, col), figure in content(workspace, sheet).items() if col == "4"]
    assert money == number(7000)


def test_rows_without_a_place_are_told_and_leave(workspace: Workspace, two: tuple[int, int]) -> None:
    mapping = CellMapping(proposed_mapping(first(), second()).columns, {("", "tong"): ("", "tong")})
    [move] = plan_move(workspace, *two, mapping).moves
    assert [row.label for _, row in move.rows_left] == ["Sở Tư pháp"]
    move_sheets(workspace, *two, mapping)
    assert content(workspace, move.sheet) == {}
    assert sheets.own_rows(workspace.file, move.sheet.id) == {}
    workspace.undo()
    assert len(content(workspace, move.sheet)) == 4


def test_a_sheet_that_was_handed_in_is_refused_and_with_it_all(workspace: Workspace) -> None:
    [old] = put(workspace, first(computed=("[tong] = sum([*])",)))
    sheet = enter(workspace, H1, "@:[ghi_chu]=")
    enter(workspace, H1, "[tong]c1=0", "[tong]c2=0", "[tong]c3=0", "@:[ghi_chu]=đủ")
    submit(workspace, NUMBER, workspace.owner, H1)
    [new] = put(workspace, second())
    use_from(workspace, new, H1)
    [move] = plan_move(workspace, old, new).moves
    assert move.refused is not None
    assert "Chờ duyệt" in move.refused.vi
    assert code(lambda: move_sheets(workspace, old, new)) == "STA-002"
    assert sheets.get(workspace.file, sheet.id).form == old


def test_two_sheets_are_never_made_one(workspace: Workspace, two: tuple[int, int]) -> None:
    enter(workspace, H1, "[tong]c1=9")
    [move] = plan_move(workspace, *two).moves
    assert move.refused is not None
    assert code(lambda: move_sheets(workspace, *two)) == "FVR-005"


def test_an_empty_sheet_on_the_newer_version_gives_its_place(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    opened = enter(workspace, H1, "[tong]c1=9")
    workspace.undo()
    [sheet] = left_behind(workspace, "thu")
    move_sheets(workspace, *two)
    assert sheets.get(workspace.file, sheet.id).form == two[1]
    assert sheets.get(workspace.file, opened.id).form == two[0]
    assert verify(workspace.file, deep=True) == []
    workspace.undo()
    assert sheets.get(workspace.file, sheet.id).form == two[0]
    assert sheets.get(workspace.file, opened.id).form == two[1]


def test_sheets_move_for_the_periods_the_version_serves_or_those_named(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    old, new = two
    use_from(workspace, new, Y)
    assert code(lambda: move_sheets(workspace, old, new)) == "FVR-007"
    assert move_sheets(workspace, old, new, periods=[H1]).figures > 0


def test_a_mapping_that_cannot_be_and_two_forms_are_refused(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    [other] = put(workspace, form(fixed("1"), family="khac", number="02"))
    assert code(lambda: move_sheets(workspace, two[0], other)) == "FVR-006"
    wrong = CellMapping({("", "9"): ("", "1")}, {})
    assert code(lambda: move_sheets(workspace, *two, wrong)) == "FVR-011"


def test_two_versions_of_the_file_are_compared(workspace: Workspace, two: tuple[int, int]) -> None:
    found = compare(workspace, *two)
    assert [p.change for p in found.columns] == ["same", "added", "renumbered", "changed"]
    assert [(line.change, line.text) for line in found.lines] == [("removed", "Ghi chú: {ghi_chu}")]


def test_the_command_line_compares_two_versions(workspace: Workspace, judapp: Callable[..., Any]) -> None:
    ran = judapp("forms", "--compare", "12b/BTP/BTTP/CC", "10b/TP/CC", "--json").json
    assert ran["old"]["number"] == "12b/BTP/BTTP/CC"
    moved = next(c for c in ran["columns"] if c["new"] and c["new"]["name"] == "2")
    assert moved["old"]["name"] == "3"
    told = judapp("forms", workspace.file.path, "--compare", "10b/TP/CC@2025-11-01", "10b/TP/CC")
    assert told.out.strip() == "Hai bản như nhau."
    assert judapp("forms", "--compare", "10b/TP/CC@2019-01-01", "10b/TP/CC").code == 2
    words = judapp("forms", "--compare", "12b/BTP/BTTP/CC", "10b/TP/CC", "--lang", "en").out
    assert "− (4) Công chứng / Số việc công chứng / Chia ra" in words
