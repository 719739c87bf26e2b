"""The first page: state of every form, what to do, where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from judapp.app import home, home_forms, people, standings
from judapp.app.approving import give_back, submit
from judapp.app.entering import set_cells
from judapp.app.founding import new_file
from judapp.app.home import Board
from judapp.app.home_forms import FormLine
from judapp.app.overview import Standing, standing
from judapp.app.unit_lists import apply_list, read_and_plan
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Relation
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.store import obligations, sheets
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer
from judapp.store.sheets import Sheet
from tests.practice_sheets import practice_file
from tests.unit_list_case import everything

H1 = Period.parse("2026-H1")
Y2018 = Period.parse("2018-Y")
JUNE = date(2026, 6, 12)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Workspace]:
    """The practice province with figures in every form."""
    with practice_file(tmp_path / "a.sqlite") as workspace:
        workspace.who = "Lan"
        yield workspace


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Workspace]:
    """The practice province before anybody typed anything."""
    with practice_file(tmp_path / "blank.sqlite", figures=False) as workspace:
        workspace.who = "Lan"
        yield workspace


def province(workspace: Workspace) -> Unit:
    return workspace.unit("TH", H1)


def shown(workspace: Workspace, today: date = JUNE, period: Period = H1, me: str = "") -> Board:
    return home.board(workspace, period, workspace.unit("TH", period).uid, today, me)


def line(board: Board, number: str) -> FormLine:
    return next(found for found in board.forms if found.number == number)


def words(board: Board) -> list[str]:
    return [todo.sentence.vi for todo in board.todos]


def test_the_sentence_says_deadline_and_state(practice: Workspace, blank: Workspace) -> None:
    assert shown(practice).sentence.vi == (
        "Còn 8 ngày đến hạn gửi Bộ (20/6/2026). 0/3 biểu đã trình, 3 biểu đã kiểm tra."
    )
    assert shown(practice, date(2026, 6, 20)).sentence.vi.startswith("Hôm nay là hạn gửi Bộ (20/6/2026).")
    assert shown(practice, date(2026, 6, 22)).sentence.vi.startswith("Quá hạn gửi Bộ 2 ngày (20/6/2026).")


def test_without_figures_every_form_owed_is_not_begun(blank: Workspace) -> None:
    board = shown(blank)
    assert board.sentence.vi == "Còn 8 ngày đến hạn gửi Bộ (20/6/2026). 0/3 biểu đã trình, 3 biểu chưa nhập."
    assert {found.state for found in board.forms} == {"missing"}
    assert [found.number for found in board.forms] == ["10b/TP/CC", "21b/TP/HTPLDN", "TH-13"]
    assert words(board) == ["Chưa nhập 10b, 21b, TH-13"]


def test_a_commune_hands_in_to_the_department(practice: Workspace) -> None:
    commune = practice.unit("TH001", Y2018)
    board = home.board(practice, Y2018, commune.uid, date(2019, 1, 18))
    assert board.sentence.vi.startswith("Còn 2 ngày đến hạn nộp về Sở (20/01/2019).")


def test_a_form_without_deadline_is_never_late(practice: Workspace) -> None:
    owner = practice.owner
    practice.apply(
        "obligations",
        "x",
        lambda w: obligations.put(w, Obligation("stp.phu_luc", owner.uid, date(2023, 1, 1))),
    )
    board = home.board(practice, H1, owner.uid, date(2030, 1, 1))
    assert board.sentence.vi == "0/1 biểu đã trình, 1 biểu chưa nhập."
    assert (board.forms[0].due, board.forms[0].overdue_days, board.forms[0].late) == (None, 0, False)


def test_an_error_comes_before_a_reason_missing_before_a_form_not_begun(practice: Workspace) -> None:
    period = Period.parse("2025-H1")
    before = shown(practice, date(2025, 6, 20), period)
    assert words(before) == ["12b: 31 cần thuyết minh", "Chưa nhập 17c"]
    cell = next(
        key
        for key, spot in practice.resolved(*_sheet(practice, "12b/BTP/BTTP/CC", period)).plan.spots.items()  # type: ignore[union-attr]  # begun
        if spot.kind == "count" and not spot.row.unit
    )
    set_cells(practice, "12b/BTP/BTTP/CC", province(practice), period, [f"[{cell[1]}]c{cell[2]}=12O"])
    after = shown(practice, date(2025, 6, 20), period)
    assert after.todos[0].mark == "error"
    assert after.todos[0].sentence.vi.startswith("12b: ")
    assert after.todos[0].act.page == "checks"
    assert after.todos[0].act.place == {"form": "12b/BTP/BTTP/CC", "severity": "error"}
    assert line(after, "12b/BTP/BTTP/CC").state == "errors"


def _sheet(workspace: Workspace, number: str, period: Period) -> tuple[int, str, Period]:
    return workspace.version_for(number, period).id, workspace.unit("TH", period).uid, period


def test_what_was_returned_comes_first_with_its_reason(practice: Workspace) -> None:
    unit = province(practice)
    submit(practice, "21b/TP/HTPLDN", unit, H1)
    assert line(shown(practice), "21b/TP/HTPLDN").state == "submitted"
    give_back(practice, "21b/TP/HTPLDN", unit, H1, "thiếu cột (13)")
    board = shown(practice)
    assert line(board, "21b/TP/HTPLDN").state == "returned"
    assert words(board)[0] == "21b bị trả lại: thiếu cột (13)"
    assert board.todos[0].act.place == {"form": "21b/TP/HTPLDN"}


def test_a_sheet_with_nothing_left_is_checked_and_asks_to_be_submitted(practice: Workspace) -> None:
    board = shown(practice)
    assert {found.state for found in board.forms} == {"checked"}
    assert words(board) == ["Đã kiểm tra xong, chưa trình: 10b, 21b, TH-13"]


def test_when_everything_is_submitted_nothing_is_left(practice: Workspace) -> None:
    unit = province(practice)
    for number in ("10b/TP/CC", "21b/TP/HTPLDN", "TH-13"):
        submit(practice, number, unit, H1)
    board = shown(practice, date(2026, 7, 1))
    assert board.sentence.vi == "Đã trình đủ 3/3 biểu của kỳ này; hạn gửi Bộ 20/6/2026."
    assert board.todos == ()
    assert not any(found.late for found in board.forms)
    assert board.primary is not None
    assert (board.primary.page, board.primary.words.vi) == ("export", "Xuất 3 biểu")


def test_forms_late_are_named_and_more_than_three_are_counted(blank: Workspace) -> None:
    assert words(shown(blank, date(2026, 6, 22))) == ["Chưa nhập 10b, 21b, TH-13, quá hạn 2 ngày"]
    people.put_down(blank, "stp.phu_luc", province(blank).uid, H1, "Lan")
    assert words(shown(blank)) == ["Chưa nhập 10b, 21b, TH-13 và 1 biểu khác"]  # that one has no deadline


def test_forms_nobody_asked_for_are_offered_apart(blank: Workspace) -> None:
    board = home.board(blank, H1, blank.owner.uid, JUNE)
    assert board.forms == ()
    assert board.sentence.vi == (
        "Chưa có biểu nào được giao trong kỳ này. Có 4 biểu dùng được: chọn một biểu để bắt đầu."
    )
    assert [form.number for form in board.others] == ["10b/TP/CC", "21b/TP/HTPLDN", "PL-STP", "TH-13"]
    assert not any(form.late for form in board.others)


def test_a_period_without_forms_says_so(blank: Workspace) -> None:
    commune = blank.unit("TH001", H1)
    board = home.board(blank, H1, commune.uid, JUNE)
    assert board.sentence.vi.startswith("Danh mục chưa có biểu nào cho đơn vị này trong kỳ này.")
    assert board.primary is None


# --- base units


def test_base_units_are_counted_against_who_owes(practice: Workspace) -> None:
    first = practice.unit("TH001", Y2018)
    board = shown(practice, date(2019, 1, 25), Y2018)
    base = line(board, "13a/BTP/HTQTCT/HT").base
    assert base is not None
    assert (base.received, base.expected, base.overdue_days) == (3, 3, 0)
    assert board.sentence.vi.startswith("Đơn vị cấp dưới đã nộp 3/3 phiếu")
    owing = practice.units.children(province(practice).uid, Y2018.last_day, "commune")[:5]

    def owe(writer: Writer) -> None:
        for unit in (*owing, first):
            obligations.put(writer, Obligation("ht.xa", unit.uid, date(2018, 1, 1)))

    practice.apply("obligations", "x", owe)
    board = shown(practice, date(2019, 1, 25), Y2018)
    found = line(board, "13a/BTP/HTQTCT/HT")
    assert found.base is not None
    assert found.base.expected == 3 + len({unit.uid for unit in owing} - _begun(practice))
    assert found.base.overdue_days == 5
    assert found.late
    assert not found.done
    assert words(board) == [f"13a: {len(found.base.missing)} đơn vị quá hạn nộp 5 ngày"]
    place = {"tab": "board", "filter": "missing", "form": "13a/BTP/HTQTCT/HT"}
    assert (board.todos[0].act.page, board.todos[0].act.place) == ("import", place)
    assert board.primary is not None
    assert board.primary.page == "import"


def _begun(workspace: Workspace) -> set[str]:
    return {sheet.unit for sheet in workspace.sheets_of(Y2018)}


def test_errors_of_base_units_are_counted_and_forgotten_when_mended(practice: Workspace) -> None:
    commune = practice.unit("TH001", Y2018)

    def with_errors() -> int:
        base = line(shown(practice, date(2019, 1, 5), Y2018), "13a/BTP/HTQTCT/HT").base
        assert base is not None
        return base.with_errors

    assert with_errors() == 0
    set_cells(practice, "13a/BTP/HTQTCT/HT", commune, Y2018, ["[1]c1=12O"])
    assert with_errors() == 1
    practice.undo()
    assert with_errors() == 0
    practice.redo()
    assert with_errors() == 1


def test_what_is_remembered_of_base_units_is_reckoned_once(
    practice: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counting(workspace: Workspace, stored: Sheet) -> Standing:
        asked.append(stored.id)
        return standing(workspace, stored)

    monkeypatch.setattr(standings, "standing", counting)
    shown(practice, period=Y2018)
    assert len(asked) == 3
    shown(practice, period=Y2018)
    assert len(asked) == 3
    commune = practice.unit("TH002", Y2018)
    set_cells(practice, "13a/BTP/HTQTCT/HT", commune, Y2018, ["[1]c1=5"])
    shown(practice, period=Y2018)
    assert len(asked) == 4  # of that commune alone
    people.put_down(practice, "cc.so", province(practice).uid, H1, "Lan")
    shown(practice, period=Y2018)
    assert len(asked) == 7  # the registers changed


def test_after_many_acts_everything_is_reckoned_anew(practice: Workspace) -> None:
    commune = practice.unit("TH001", Y2018)
    shown(practice, period=Y2018)
    set_cells(practice, "13a/BTP/HTQTCT/HT", commune, Y2018, ["[1]c1=12O"])
    for number in range(70):
        _note(practice, str(number))
    base = line(shown(practice, period=Y2018), "13a/BTP/HTQTCT/HT").base
    assert base is not None
    assert base.with_errors == 1


def _note(workspace: Workspace, value: str) -> None:
    workspace.apply("meta", "x", lambda writer: writer.put("meta", {"key": "x", "value": value}))


def test_base_units_stand_in_the_line_of_the_form_that_reads_them(practice: Workspace) -> None:
    form = practice.version_for("TH-13", H1).form
    assert not home_forms.reads(form, "ht.xa")
    rule = Relation(rule="c1 >= ht.xa![tong]c1", status="department")
    assert home_forms.reads(msgspec.structs.replace(form, relations=(rule,)), "ht.xa")


# --- persons


def test_mine_is_what_i_am_put_down_for(blank: Workspace) -> None:
    unit = province(blank)
    people.put_down(blank, "cc.so", unit.uid, H1, "Lan")
    assert [found.number for found in shown(blank).forms if found.mine] == ["10b/TP/CC"]
    assert [found.number for found in shown(blank, me="lan").forms if found.mine] == ["10b/TP/CC"]
    assert not any(found.mine for found in shown(blank, me="Lân").forms)
    assert line(shown(blank), "10b/TP/CC").person == "Lan"


def test_the_practice_province_shares_its_forms_among_clerks(practice: Workspace) -> None:
    assert all(found.person for found in shown(practice).forms)
    assert len(people.people(practice)) == 3


# --- where to go on


def test_the_main_button_goes_on_at_the_cell_typed_last(practice: Workspace) -> None:
    unit = province(practice)
    assert shown(practice).resume is None
    set_cells(practice, "10b/TP/CC", unit, H1, [f"[{_unit_row(practice)}]c1=7"])
    board = shown(practice)
    assert board.resume is not None
    assert (board.resume.form, board.resume.unit, board.resume.period) == ("10b/TP/CC", unit.uid, H1)
    assert board.primary is not None
    assert board.primary.words.vi.startswith("Tiếp tục biểu 10b, dòng ")
    assert board.primary.place["cell"] == board.resume.cell == ("", _unit_row(practice), "1")


def _unit_row(workspace: Workspace) -> str:
    version, unit, period = _sheet(workspace, "10b/TP/CC", H1)
    resolved = workspace.resolved(version, unit, period)
    assert resolved is not None
    return next(key[1] for key in resolved.plan.spots if key[2] == "1" and key not in resolved.plan.computed)


def test_a_sheet_submitted_meanwhile_is_not_gone_on_with(blank: Workspace, practice: Workspace) -> None:
    unit = province(practice)
    row = _unit_row(practice)
    before = _text(practice, row)
    set_cells(practice, "10b/TP/CC", unit, H1, [f"[{row}]c1=7"])
    set_cells(practice, "10b/TP/CC", unit, H1, [f"[{row}]c1={before}"])
    submit(practice, "10b/TP/CC", unit, H1)
    assert shown(practice).resume is None


def _text(workspace: Workspace, row: str) -> str:
    version, unit, period = _sheet(workspace, "10b/TP/CC", H1)
    resolved = workspace.resolved(version, unit, period)
    assert resolved is not None
    value = resolved["", row, "1"].figure.value
    return "-" if value is None else str(value)


def test_typing_in_a_base_units_sheet_is_gone_on_with_there(practice: Workspace) -> None:
    commune = practice.unit("TH002", Y2018)
    set_cells(practice, "13a/BTP/HTQTCT/HT", commune, Y2018, ["[1]c1=5"])
    board = shown(practice, period=Y2018)
    assert board.primary is not None
    assert board.primary.words.vi == "Tiếp tục biểu 13a, Xã Thực Hành 002"
    assert board.primary.unit == commune.uid


def test_a_new_file_begins_with_three_steps_until_each_is_done(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as workspace:
        board = home.board(workspace, H1, workspace.owner.uid, JUNE)
        assert [step.act.page for step in board.steps] == ["system", "forms", "entry"]
        assert "130 xã, phường" in board.steps[0].sentence.vi
        apply_list(workspace, read_and_plan(workspace, everything(tmp_path / "danh sach.xlsx")))
        board = home.board(workspace, H1, workspace.owner.uid, JUNE)
        assert [step.act.page for step in board.steps] == ["forms", "entry"]
        assert board.primary is not None
        assert board.primary.words.vi == "Nhập biểu đầu tiên"
        set_cells(workspace, "10b/TP/CC", workspace.owner, H1, ["[I]c1=1"])
        assert home.board(workspace, H1, workspace.owner.uid, JUNE).steps == ()


def test_every_act_names_a_page_and_a_form_of_the_board(practice: Workspace, blank: Workspace) -> None:
    pages = {"entry", "checks", "import", "export", "progress", "system", "forms"}
    for board in (shown(practice), shown(blank), shown(practice, date(2025, 6, 20), Period.parse("2025-H1"))):
        numbers = {found.number for found in (*board.forms, *board.others)}
        acts = [todo.act for todo in (*board.todos, *board.steps)] + [
            found for found in [board.primary] if found
        ]
        for act in acts:
            place: Mapping[str, Any] = act.place
            assert act.page in pages
            assert place.get("form", next(iter(numbers))) in numbers


def test_sheets_are_counted_by_what_was_begun(blank: Workspace) -> None:
    """A sheet whose figures were all taken back is not begun, and no base unit handed it in."""
    commune = blank.unit("TH002", Y2018)
    set_cells(blank, "13a/BTP/HTQTCT/HT", commune, Y2018, ["[1]c1=5"])
    blank.undo()
    assert sheets.find(blank.file, unit=commune.uid)
    base = line(shown(blank, period=Y2018), "13a/BTP/HTQTCT/HT").base
    assert base is not None
    assert (base.received, base.expected) == (0, 3)
