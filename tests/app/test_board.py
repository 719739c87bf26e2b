"""The board tells of every unit and form: received, missing, wrong, duplicate, late; and what follows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from judapp.app import standings
from judapp.app.adjusting import adjust_at
from judapp.app.board import (
    ALL,
    COULD,
    DRAFT,
    EXCUSED,
    FILTERS,
    LACKING,
    LATE,
    MISSING,
    PAPER,
    PARTLY,
    RECEIVED,
    TWICE,
    UNDECIDED,
    UNFINISHED,
    WITH_ERRORS,
    WRONG,
    UnitBoard,
    check_some,
    unchecked,
    unit_board,
)
from judapp.app.board_detail import cell_words, detail
from judapp.app.board_forms import former_area
from judapp.app.board_marks import say_not_owed, say_on_paper, take_back
from judapp.app.board_words import headline
from judapp.app.entering import set_cells
from judapp.app.grid import reckoned
from judapp.app.grid_shares import every_share
from judapp.app.home_forms import form_lines
from judapp.app.importing import apply_import, preview
from judapp.app.overview import status
from judapp.app.reminders import as_text, reminders, write_reminders, write_templates
from judapp.app.rolling_up import roll_up, rollups
from judapp.app.workspace import Workspace
from judapp.domain.coverage import coverage
from judapp.domain.period import Period
from judapp.domain.unit import Succession, Unit, UnitState
from judapp.domain.value import OUT_OF_REMIT, known
from judapp.errors import JudappError
from judapp.store import units
from judapp.store.operations import Writer
from tests import board_world as world
from tests.board_world import ABOVE, BASE, H1, ON


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with world.province(tmp_path / "a.sqlite") as opened:
        yield opened


def board(workspace: Workspace, *, check: bool = True, period: Period = H1) -> UnitBoard:
    return unit_board(workspace, period, world.head(workspace).uid, ON, check=check)


def test_every_unit_says_what_came_of_it_when_and_from_where(workspace: Workspace) -> None:
    found = board(workspace)
    [form] = found.forms
    assert (form.number, form.registered, form.owed, form.came, form.due) == (BASE, True, 24, 6, world.DUE)
    cells = [line.cells[0] for line in found.lines]
    assert [cell.state for cell in cells[:7]] == [
        RECEIVED, RECEIVED, WITH_ERRORS, DRAFT, RECEIVED, RECEIVED, MISSING,
    ]  # fmt: skip
    assert cells[0].arrival is not None
    assert (cells[0].arrival.name, cells[0].answered) == ("van phong 1.xlsx", 18)
    assert cells[1].arrival is not None
    assert cells[1].arrival.file is None
    assert [cell.late for cell in cells[:7]] == [0, 0, 0, 0, 0, 3, 2]
    assert {which: found.count(which) for which in FILTERS} == {
        ALL: 24, LACKING: 18, UNFINISHED: 1, WRONG: 1, TWICE: 0, LATE: 1,
    }  # fmt: skip
    assert headline(found).vi == (
        "5/24 đơn vị đã nộp đủ biểu 10a; thiếu 18, đều quá hạn 2 ngày (hạn 10/6/2026); "
        "1 đơn vị còn ô chưa trả lời; 1 đơn vị có lỗi."
    )


def test_a_file_that_leaves_cells_unanswered_came_and_is_not_all_of_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[6]
    cells = world.figures(7)
    del cells["c13"], cells["c14"]
    world.imported(workspace, world.sent(workspace, office, cells, tmp_path / "dở.xlsx"))
    found = board(workspace)
    line = found.lines[6]
    [cell] = line.cells
    assert (cell.state, cell.came, cell.unanswered, cell.late) == (PARTLY, True, 2, 0)
    assert not line.complete
    assert [which for which in FILTERS if line.fits(which)] == [ALL, UNFINISHED]
    assert (found.forms[0].came, found.forms[0].unfinished) == (7, 2)
    assert "5/24 đơn vị đã nộp đủ biểu 10a; thiếu 17" in headline(found).vi
    assert "2 đơn vị còn ô chưa trả lời" in headline(found).vi
    assert cell_words(cell).vi == "đã nhận, còn 2 ô chưa trả lời"
    told = detail(workspace, found, office.uid, "cc.cs", "vi")
    assert told is not None
    assert ("draft", "còn 2 ô chưa trả lời") in [(fact.mark, fact.words) for fact in told.facts]
    assert office.uid not in {reminder.unit for reminder in reminders(found)}
    world.imported(
        workspace, world.sent(workspace, office, world.figures(7) | {"c2": 1}, tmp_path / "b.xlsx")
    )
    whole = board(workspace).lines[6]
    assert (whole.cells[0].state, whole.complete) == (WITH_ERRORS, True)


def test_a_wrong_file_that_leaves_cells_unanswered_is_told_as_both(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[6]
    cells = world.figures(7) | {"c2": 1}
    del cells["c13"]
    world.imported(workspace, world.sent(workspace, office, cells, tmp_path / "sai.xlsx"))
    line = board(workspace).lines[6]
    assert (line.cells[0].state, line.complete) == (WITH_ERRORS, False)
    assert [which for which in FILTERS if line.fits(which)] == [ALL, UNFINISHED, WRONG]
    assert cell_words(line.cells[0]).vi == "có 1 lỗi, còn 1 ô chưa trả lời"


def test_a_correction_after_the_deadline_does_not_make_a_unit_late(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[0]
    again = world.sent(workspace, office, world.figures(9), tmp_path / "sửa.xlsx")
    world.imported(workspace, again, at=world.LATE)
    cell = board(workspace).lines[0].cells[0]
    assert cell.late == 0
    assert cell.arrival is not None
    assert cell.arrival.name == "sửa.xlsx"
    workspace.undo()
    cell = board(workspace).lines[0].cells[0]
    assert cell.arrival is not None
    assert cell.arrival.name == "van phong 1.xlsx"


def test_without_a_register_nothing_is_called_missing(practice: Workspace) -> None:
    found = board(practice)
    assert [form.number for form in found.forms] == [BASE, "21a/TP/HTPLDN"]
    assert {cell.state for line in found.lines for cell in line.cells} == {COULD, ""}
    assert found.count(LACKING) == 0
    assert not reminders(found)
    assert "Chưa có danh mục biểu phải nộp" in headline(found).vi


def test_a_round_in_which_nothing_is_collected_says_so(practice: Workspace) -> None:
    found = board(practice, period=Period(2024, "H1"))
    assert headline(found).vi == "Kỳ này không biểu nào thu từ đơn vị." or found.forms
    nothing = unit_board(practice, H1, practice.owner.uid, ON)
    assert headline(nothing).vi == "Kỳ này không biểu nào thu từ đơn vị."


def test_asked_from_a_unit_with_nobody_below_the_board_is_that_of_the_unit_above(
    workspace: Workspace,
) -> None:
    office = world.offices(workspace)[0]
    assert unit_board(workspace, H1, office.uid, ON).head == world.head(workspace).uid


def test_two_files_for_one_unit_wait_until_somebody_chooses(workspace: Workspace, tmp_path: Path) -> None:
    _, *others = world.offices(workspace)
    one = world.sent(workspace, others[8], world.figures(1), tmp_path / "a.xlsx")
    other = world.sent(workspace, others[8], world.figures(2), tmp_path / "b.xlsx")
    third = world.sent(workspace, others[9], world.figures(3), tmp_path / "c.xlsx")
    apply_import(workspace, preview(workspace, [one, other, third]))
    found = board(workspace)
    line = next(line for line in found.lines if line.unit == others[8].uid)
    assert (line.cells[0].state, set(line.cells[0].waiting)) == (UNDECIDED, {"a.xlsx", "b.xlsx"})
    assert found.count(TWICE) == 1
    assert line.unit not in {reminder.unit for reminder in reminders(found)}
    apply_import(workspace, preview(workspace, [other]))
    assert board(workspace).count(TWICE) == 0


def test_who_need_not_report_is_not_missing_and_no_total_waits_for_him(workspace: Workspace) -> None:
    *_, office = world.offices(workspace)
    with pytest.raises(JudappError, match="ENT-002"):
        say_not_owed(workspace, BASE, office, H1, " ")
    assert standing_of(workspace) == (5, 24)
    say_not_owed(workspace, BASE, office, H1, "Tạm ngừng hoạt động")
    cell = board(workspace).lines[-1].cells[0]
    assert (cell.state, cell.mark and cell.mark.text) == (EXCUSED, "Tạm ngừng hoạt động")
    assert board(workspace).forms[0].owed == 23
    assert standing_of(workspace) == (5, 23)
    resolved = reckoned(workspace, workspace.version_for(ABOVE, H1), world.head(workspace).uid, H1)
    assert resolved["", "tong", "2"].value == known(595)
    [row] = [r.key for r in resolved.rows[""] if r.unit == office.uid]
    assert resolved["", row, "2"].value == OUT_OF_REMIT
    assert ("", row, "2") not in resolved.unanswered
    assert (
        workspace.units.name(office.uid, H1.last_day)
        not in every_share(workspace, resolved, ("", "tong", "2"))[1]
    )
    [line] = [x for x in form_lines(workspace, H1, world.head(workspace), ON, "") if x.base]
    assert line.base is not None
    assert (line.base.received, line.base.expected) == (6, 23)
    assert len([s for s in status(workspace, H1, ON) if s.state == "missing" and s.form == BASE]) == 17
    take_back(workspace, BASE, office, H1)
    assert standing_of(workspace) == (5, 24)
    assert take_back(workspace, BASE, office, H1).empty
    workspace.undo()
    assert board(workspace).lines[-1].cells[0].state == EXCUSED


def standing_of(workspace: Workspace) -> tuple[int, int] | None:
    """How many offices column 2 of 10b stands on."""
    version = workspace.version_for(ABOVE, H1)
    resolved = reckoned(workspace, version, world.head(workspace).uid, H1)
    return coverage(resolved, [("", "tong", "2")])


def test_what_came_on_paper_is_asked_for_no_more_and_still_waited_for(workspace: Workspace) -> None:
    *_, office = world.offices(workspace)
    say_on_paper(workspace, BASE, office, H1)
    found = board(workspace)
    assert found.lines[-1].cells[0].state == PAPER
    assert found.forms[0].came == 7
    [line] = [x for x in form_lines(workspace, H1, world.head(workspace), ON, "") if x.base]
    assert line.base is not None
    assert (line.base.received, line.base.expected, len(line.base.missing)) == (7, 24, 17)
    assert office.uid not in {reminder.unit for reminder in reminders(found)}
    assert standing_of(workspace) == (5, 24)
    world.typed(workspace, office, world.figures(1))
    assert board(workspace).lines[-1].cells[0].state == RECEIVED
    with pytest.raises(JudappError, match="BOA-001"):
        say_not_owed(workspace, BASE, office, H1, "Không phát sinh")


def test_what_is_wrong_may_follow_after_what_came(workspace: Workspace) -> None:
    quick = board(workspace, check=False)
    assert (quick.checked, len(unchecked(quick))) == (False, 6)
    assert quick.count(WRONG) == 0
    check_some(workspace, unchecked(quick), H1)
    assert board(workspace, check=False).count(WRONG) == 1


def test_reminders_name_forms_deadline_and_errors(workspace: Workspace, tmp_path: Path) -> None:
    found = reminders(board(workspace))
    assert len(found) == 19
    assert found[0].message == (
        f"Đề nghị {found[0].name} gửi biểu 10a kỳ Sơ bộ 6 tháng 2026; hạn 10/6/2026, đã quá 2 ngày."
    )
    [wrong] = [reminder for reminder in found if reminder.wrong]
    assert wrong.message == f"Đề nghị {wrong.name} gửi lại biểu 10a kỳ Sơ bộ 6 tháng 2026: 1 lỗi."
    assert as_text(found).count("\n") == 18
    path = write_reminders(workspace, board(workspace), found, tmp_path / "Đôn đốc.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(found[0].message in row for row in told)
    assert sum(isinstance(row[0], int) for row in told) == 19


def test_a_unit_is_reminded_of_its_own_deadline(workspace: Workspace) -> None:
    """Units of another kind may report the same form later: the form's deadline is the earliest one."""
    found = board(workspace)
    at, line = next((at, line) for at, line in enumerate(found.lines) if line.cells[0].state == MISSING)
    assert line.cells[0].due == found.forms[0].due == world.DUE
    later = replace(line, cells=(replace(line.cells[0], due=date(2026, 6, 20), late=0),))
    lines = (*found.lines[:at], later, *found.lines[at + 1 :])
    [own] = reminders(replace(found, lines=lines), {line.unit})
    assert own.due == date(2026, 6, 20)
    assert own.message.endswith("; hạn 20/6/2026.")


def test_templates_are_written_over_nothing(workspace: Workspace, tmp_path: Path) -> None:
    office = world.offices(workspace)[7]
    wanted = [(office.uid, BASE)]
    [first] = write_templates(workspace, board(workspace), wanted, tmp_path)
    first.write_bytes(b"what the office filled in")
    [second] = write_templates(workspace, board(workspace), wanted, tmp_path)
    assert first.read_bytes() == b"what the office filled in"
    assert second.stem == f"{first.stem} (2)"


def test_rolling_up_replaces_no_typed_figure_silently(workspace: Workspace) -> None:
    own, found = world.head(workspace), board(workspace)
    [form] = rollups(workspace, found)
    assert (form.number, form.begun, form.covered, form.expected) == (ABOVE, False, 5, 24)
    assert any(cell.value == "42" for cell in form.new)
    version = workspace.version_for(ABOVE, H1)
    resolved = reckoned(workspace, version, own.uid, H1)
    [row] = [r.key for r in resolved.rows[""] if r.unit == world.offices(workspace)[0].uid]
    roll_up(workspace, found, {form.version: []})
    assert workspace.stored(version.id, own.uid, H1) is not None
    set_cells(workspace, ABOVE, own, H1, [f"[{row}]c2=50"])
    adjust_at(workspace, ABOVE, own, H1, f"[{row}]c1=+3", "Sót hai việc")
    roll_up(workspace, found, {form.version: []})
    [form] = rollups(workspace, found)
    [typed] = form.typed
    assert (typed.typed, typed.base, typed.differs) == ("50", "42", True)
    [adjusted] = form.adjusted
    assert (adjusted.delta, adjusted.outcome, adjusted.reason) == ("+3", "11 → 14", "Sót hai việc")
    roll_up(workspace, found, {form.version: [typed.key]})
    [form] = rollups(workspace, found)
    assert not form.typed
    assert form.adjusted
    assert reckoned(workspace, version, own.uid, H1)["", row, "2"].value == known(42)
    workspace.undo()
    assert reckoned(workspace, version, own.uid, H1)["", row, "2"].value == known(50)


def test_a_typed_figure_is_not_given_up_for_a_unit_that_has_not_reported(workspace: Workspace) -> None:
    own, found = world.head(workspace), board(workspace)
    version = workspace.version_for(ABOVE, H1)
    resolved = reckoned(workspace, version, own.uid, H1)
    [row] = [r.key for r in resolved.rows[""] if r.unit == world.offices(workspace)[-1].uid]
    set_cells(workspace, ABOVE, own, H1, [f"[{row}]c2=50"])
    with pytest.raises(JudappError, match="BOA-002"):
        roll_up(workspace, found, {version.id: [("", row, "2")]})


def test_the_board_of_many_units_is_one_pass_over_the_round(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    board(workspace)
    asked: list[str] = []
    rows = type(workspace.file).rows

    def counting(file: object, sql: str, params: object = ()) -> object:
        asked.append(sql)
        return rows(file, sql, params)  # type: ignore[arg-type]

    monkeypatch.setattr(type(workspace.file), "rows", counting)
    monkeypatch.setattr(standings, "standing", lambda *_: pytest.fail("reckoned again"))
    began = time.perf_counter()
    board(workspace)
    assert len([sql for sql in asked if "undoes = ?" not in sql]) < 12
    assert time.perf_counter() - began < 1


def test_units_are_told_by_the_district_they_once_belonged_to(workspace: Workspace) -> None:
    above = world.head(workspace).uid
    old = [
        UnitState(date(2008, 8, 1), date(2025, 6, 30), f"H{n}", f"Huyện {n}", "cấp huyện", above)
        for n in (1, 2)
    ]
    districts = [Unit(f"huyen-{n}", "agency", (state,)) for n, state in enumerate(old, start=1)]
    former = UnitState(date(2008, 8, 1), date(2025, 6, 30), "X1", "Xã Một", "xã", "huyen-2")
    present = UnitState(date(2025, 7, 1), None, "X1", "Xã Một", "xã", above)
    kept = Unit("xa-1", "commune", (former, present))
    merged = [
        Unit(f"xa-cu-{n}", "commune", (replace(former, code=f"C{n}", parent=f"huyen-{at}"),))
        for n, at in ((1, 1), (2, 1), (3, 2))
    ]
    new = Unit("xa-2", "commune", (replace(present, code="X2", name="Xã Hai"),))

    def build(writer: Writer) -> None:
        for unit in (*districts, kept, *merged, new):
            units.put_unit(writer, unit)
        for unit in merged:
            units.put_succession(writer, Succession(unit.uid, "xa-2", date(2025, 7, 1)))

    workspace.apply("units", "Thêm xã", build)
    assert former_area(workspace, "xa-1", H1.last_day) == "Huyện 2"
    assert former_area(workspace, "xa-2", H1.last_day) == "Huyện 1"
    assert former_area(workspace, world.offices(workspace)[0].uid, H1.last_day) == ""
    assert former_area(workspace, "xa-cu-1", H1.last_day) == ""
