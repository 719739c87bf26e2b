"""Beside the cell: where its figure comes from, what it was before, who stands behind it (issue 6, 5)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from judapp.app.adjusting import adjust
from judapp.app.entering import enter, explain_cell, set_cells
from judapp.app.grid_details import cell_details
from judapp.app.importing import apply_import, preview
from judapp.app.noting import note_cell
from judapp.app.paper import write_form
from judapp.app.restoring import restore
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.store import obligations
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer
from tests.app.beside import AT, FORM, NEW_FORM, NOW, TOTAL, details, key_of
from tests.practice_sheets import practice_file

BASE_FORM = "10a/TP/CC"


@pytest.fixture
def unit(practice: Workspace) -> Unit:
    return practice.unit("TH", AT)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice units without a figure; nobody changes the file."""
    path = tmp_path_factory.mktemp("bare") / "a.sqlite"
    with practice_file(path, figures=False):
        return path


@pytest.fixture
def empty(bare: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(bare, tmp_path / "b.sqlite"))) as opened:
        yield opened


# its figure, its source


def test_a_cell_tells_its_source_its_same_period_and_its_history(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, AT, {key: "100"})
    enter(practice, FORM, unit, AT, {key: "105"})
    found = details(practice, key)
    assert (found.value, found.same.base, found.same.basis) == ("105", "72", "6 tháng đầu năm 2024")
    assert found.same.change == "tăng 33 (45,8 %)"
    assert found.same.place is not None
    assert (found.same.place.period, found.same.place.cell) == (Period(2024, "H1"), key)
    assert found.path[-1] == "Công chứng bản dịch và các loại việc khác"
    assert [line.after for line in found.changes][:2] == ["105", "100"]
    assert " gõ lúc " in found.source
    assert found.changes[0].act.startswith("Nhập ô I.1 cột (4)")


def test_a_figure_an_undo_brought_back_tells_who_gave_it_first(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    practice.who = "Lan"
    enter(practice, FORM, unit, AT, {key: "100"})
    practice.who = "Minh"
    enter(practice, FORM, unit, AT, {key: "105"})
    practice.undo()
    found = details(practice, key)
    assert [line.after for line in found.changes][:3] == ["100", "105", "100"]
    assert found.changes[0].act.startswith("Hoàn tác “Nhập ô I.1 cột (4)")
    given, back = found.source.split(". Trở lại nhờ: ")
    assert given.startswith("Lan gõ lúc")
    assert back.startswith("Hoàn tác “Nhập ô I.1 cột (4)")
    assert "Minh" in back


def test_the_split_of_a_preliminary_figure_is_printed_estimated_and_actual(
    practice: Workspace, unit: Unit
) -> None:
    key = key_of(practice, "I.1", "7", NEW_FORM, NOW)
    enter(practice, NEW_FORM, unit, NOW, {key: "330000000+22400000"})
    found = details(practice, key, NEW_FORM, NOW)
    assert (found.split.value, found.split.estimate, found.split.actual) == (
        "352.400.000", "22.400.000", "330.000.000"
    )  # fmt: skip
    assert found.source.endswith("Trong đó ước tính 22.400.000")
    assert found.changes[0].after == "352.400.000 (trong đó ước 22.400.000)"


def test_what_was_reckoned_while_typing_stands_in_the_source(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, AT, {key: "=12+30*2"})
    assert "gõ = 12+30*2 lúc" in details(practice, key).source


def test_a_figure_from_a_file_tells_file_sheet_and_cell_also_when_it_came_back(
    practice: Workspace, unit: Unit, tmp_path: Path
) -> None:
    stored = practice.stored(practice.version_for(FORM, AT).id, unit.uid, AT)
    assert stored is not None
    resolved = practice.resolved(stored.form, unit.uid, AT)
    assert resolved is not None
    write_form(practice, stored, resolved, tmp_path / "vinh.xlsx")
    key = key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, AT, {key: "9"})
    applied = apply_import(practice, preview(practice, [tmp_path / "vinh.xlsx"]))
    assert applied.figures == 1
    source = details(practice, key).source
    assert "vinh.xlsx" in source
    assert "trang tính “" in source
    imported = details(practice, key).changes[0]
    enter(practice, FORM, unit, AT, {key: "8"})
    restore(practice, FORM, unit, AT, key, imported.op)
    found = details(practice, key)
    assert "nhập tệp lúc" in found.source
    assert ": vinh.xlsx, trang tính “12b-BTP-BTTP-CC”, ô " in found.source
    assert "Trở lại nhờ: Lấy lại số 106 ô I.1 cột (4)" in found.source
    assert found.changes[0].source.startswith("vinh.xlsx › ")


def test_a_cell_nobody_answered_has_neither_source_nor_series(empty: Workspace) -> None:
    found = details(empty, key_of(empty, "I.1", "4"))
    assert (found.value, found.source, found.past, found.changes) == ("chưa trả lời", "", (), ())
    assert found.same.basis == "chưa có số liệu 6 tháng đầu năm 2024 để so sánh"


def test_a_written_reason_and_a_note_stand_with_their_cell(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    practice.who = "Lan"
    explain_cell(practice, FORM, unit, AT, key, "Do sáp nhập")
    note_cell(practice, FORM, unit, AT, key, "Gọi lại chị Hà")
    found = details(practice, key)
    assert (found.explanation, found.note) == ("Do sáp nhập", "Gọi lại chị Hà")
    assert found.note_by.startswith("Lan, ")


def test_a_cell_that_is_gone_has_no_details(practice: Workspace, unit: Unit) -> None:
    assert cell_details(practice, FORM, unit.uid, AT, ("", "I.#gone", "1")) is None


def test_words_have_no_series_and_no_same_period(practice: Workspace, unit: Unit) -> None:
    found = details(practice, ("", "V.2", "2"), "PL-STP", NOW)
    assert (found.past, found.same.base, found.same.basis) == ((), "", "")


# totals


def test_a_total_tells_how_it_is_reckoned_and_which_rows_it_adds(practice: Workspace) -> None:
    found = details(practice, ("", "I", "4"))
    assert found.rule.startswith("= tổng")
    assert (found.source, found.changes, found.apart) == ("", (), "")
    numbers = [share.number for share in found.shares.lines]
    assert numbers == sorted(numbers, reverse=True)
    assert found.shares.lines[0].place.cell in {key_of(practice, f"I.{n}", "4") for n in (1, 2, 3)}


def test_the_largest_shares_are_told_one_by_one_and_the_rest_together(practice: Workspace) -> None:
    found = details(practice, TOTAL, NEW_FORM, NOW)
    assert len(found.shares.lines) == 8
    assert found.shares.rest == 16
    told = sum(share.number for share in found.shares.lines)
    assert told + int(found.shares.rest_text.replace(".", "")) == 70365


def test_a_reported_total_is_held_against_its_parts(practice: Workspace, unit: Unit) -> None:
    part = key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, AT, {part: ""})
    known = details(practice, ("", "I", "4"))
    assert "mới có" in known.value
    enter(practice, FORM, unit, AT, {("", "I", "4"): "900"})
    assert details(practice, ("", "I", "4")).apart.startswith("Cộng các phần đã có: ")
    enter(practice, FORM, unit, AT, {part: "106"})
    apart = details(practice, ("", "I", "4")).apart
    assert apart.startswith("Cộng các phần: ")
    assert "lệch" in apart
    total = apart.removeprefix("Cộng các phần: ").partition(",")[0]
    enter(practice, FORM, unit, AT, {("", "I", "4"): total})
    assert details(practice, ("", "I", "4")).apart == f"Cộng các phần: {total}, khớp"


def offices(workspace: Workspace) -> list[Unit]:
    return workspace.units.children(workspace.unit("TH", NOW).uid, NOW.last_day, "notary")


def report(workspace: Workspace, office: Unit, figure: int) -> None:
    set_cells(workspace, BASE_FORM, office, NOW, [f"c2={figure}", f"c3={figure}", "c5=0"])


def owing(workspace: Workspace) -> list[Unit]:
    found = offices(workspace)

    def build(writer: Writer) -> None:
        for office in found:
            obligations.put(writer, Obligation("cc.cs", office.uid, date(2010, 1, 1)))

    workspace.apply("obligation", "Giao biểu", build)
    return found


def test_a_rolled_up_figure_leads_to_the_sheets_of_its_units(empty: Workspace) -> None:
    found = owing(empty)
    for at, office in enumerate(found[:3], start=1):
        report(empty, office, 40 * at)
    total = details(empty, TOTAL, NEW_FORM, NOW)
    assert total.shares.coverage == "Cộng từ 3/24 đơn vị đã báo cáo"
    assert [share.text for share in total.shares.lines] == ["120", "80", "40"]
    first = total.shares.lines[0].place
    assert (first.form, first.unit, first.cell) == (BASE_FORM, found[2].uid, ("", "1", "2"))
    assert len(total.shares.waiting) == 21
    row = next(key for key in _plan_keys(empty, "2") if key[1].endswith(found[0].uid))
    one = details(empty, row, NEW_FORM, NOW)
    assert [(share.text, share.place.unit) for share in one.shares.lines] == [("40", found[0].uid)]
    assert one.source == "Cộng từ 1/1 đơn vị đã báo cáo"
    late = next(key for key in _plan_keys(empty, "2") if key[1].endswith(found[-1].uid))
    none = details(empty, late, NEW_FORM, NOW)
    assert (none.shares.lines, len(none.shares.waiting)) == ((), 1)
    set_cells(empty, NEW_FORM, empty.unit("TH", NOW), NOW, [f"[{row[1]}]c2=41"])
    assert details(empty, row, NEW_FORM, NOW).apart == "Các đơn vị báo: 40, lệch 1"


def _plan_keys(workspace: Workspace, column: str) -> list[CellKey]:
    form = workspace.version_for(NEW_FORM, NOW).form
    plan = workspace.plan(form, workspace.unit("TH", NOW).uid, NOW)
    return [key for key in plan.spots if key[2] == column]


def test_an_adjustment_tells_base_delta_reason_and_who(empty: Workspace) -> None:
    found = owing(empty)
    report(empty, found[0], 40)
    row = next(key for key in _plan_keys(empty, "2") if key[1].endswith(found[0].uid))
    empty.who = "Lan"
    adjust(empty, NEW_FORM, empty.unit("TH", NOW), NOW, row, "-3", "Đếm trùng")
    told = details(empty, row, NEW_FORM, NOW)
    assert told.adjustment is not None
    assert (told.value, told.adjustment.base, told.adjustment.delta) == ("37", "40", "−3")
    assert (told.adjustment.typed, told.adjustment.reason) == ("-3", "Đếm trùng")
    assert told.adjustment.by.startswith("Lan, ")
    [line] = told.changes
    assert (line.adjusting, line.before, line.after, line.source) == (True, "", "−3", "Đếm trùng")
    assert not line.restorable
