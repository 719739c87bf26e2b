"""One way to write: states are respected, undo is exact, a closed file is one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from judapp.app.approving import give_back, submit
from judapp.app.checking import findings
from judapp.app.entering import cell_key, explain, history_of_cell, set_cells
from judapp.app.founding import new_file
from judapp.app.overview import DRAFT, MISSING, SUBMITTED, WITH_ERRORS, status
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import documents, sheets, snapshots
from tests.practice_sheets import practice_file

YEAR = Period(2023, "Y")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_file(tmp_path / "Sở Tư pháp.sqlite", "40", date(2024, 6, 30)) as made:
        yield made


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("40", YEAR)


def enter(workspace: Workspace, unit: Unit, *cells: str, period: Period = YEAR, form: str = "PL-STP") -> None:
    set_cells(workspace, form, unit, period, cells)


def stored_figure(workspace: Workspace, unit: Unit, row: str, col: str = "1") -> figure.Figure:
    found = workspace.stored(workspace.version_for("PL-STP", YEAR).id, unit.uid, YEAR)
    assert found is not None
    return sheets.figures(workspace.file, found.id).get(("", row, col), figure.EMPTY)


def answer_all(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=10", "[V.2]c1=10", "[V.3]c1=-", "[V.4]c1=-", "[V.5]c1=-")
    resolved = workspace.resolved(workspace.version_for("PL-STP", YEAR).id, unit.uid, YEAR)
    assert resolved is not None
    enter(workspace, unit, *(f"[{row}]c{col}=⊘" for _, row, col in resolved.unanswered))


def test_a_new_file_belongs_to_its_province_and_knows_the_catalogue(workspace: Workspace) -> None:
    assert workspace.units.latest(workspace.owner.uid).name == "Tỉnh Nghệ An"
    assert not workspace.practice
    assert workspace.version_for("PL-STP", YEAR).form.number == "PL-STP"


def test_no_file_is_left_behind_where_the_code_is_nobodys(tmp_path: Path) -> None:
    with pytest.raises(JudappError, match="UNT-001"):
        new_file(tmp_path / "a.sqlite", "99")
    assert list(tmp_path.iterdir()) == []


def test_a_code_of_another_time_names_its_bearers(tmp_path: Path) -> None:
    with pytest.raises(JudappError, match="UNT-002") as caught:
        new_file(tmp_path / "a.sqlite", "10", date(2026, 1, 1))
    assert "Tỉnh Lào Cai" in caught.value.params["others"]


def test_a_present_file_is_never_overwritten(workspace: Workspace) -> None:
    with pytest.raises(JudappError, match="DBF-008"):
        new_file(workspace.file.path, "40")


@pytest.mark.parametrize(
    ("form", "period", "code"),
    [("12z", "2023-Y", "FRM-001"), ("10b/TP/CC", "2023-Y", "FRM-002"), ("PL-STP", "2024-E06", "FRM-002")],
)
def test_an_unknown_form_or_period_is_said(
    workspace: Workspace, unit: Unit, form: str, period: str, code: str
) -> None:
    with pytest.raises(JudappError, match=code):
        set_cells(workspace, form, unit, Period.parse(period), ["[V.1]c1=1"])


@pytest.mark.parametrize(
    ("period", "circular"),
    [("2024-E09", "06/2019"), ("2024-E12", "05/2024"), ("2025-E12", "05/2024")],
)
def test_a_round_is_reported_on_the_form_in_force_then(
    workspace: Workspace, period: str, circular: str
) -> None:
    assert circular in workspace.version_for("tha.viec", Period.parse(period)).form.circular


@pytest.mark.parametrize("period", ["2025-Y1", "2025-Y", "2026-H1"])
def test_the_year_round_of_2025_is_due_under_the_new_circular(workspace: Workspace, period: str) -> None:
    assert workspace.version_for("cc.so", Period.parse(period)).form.number == "10b/TP/CC"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("V.1", "ADR-001"),
        ("[V.1", "ADR-001"),
        ("[V.99]c1", "ADR-002"),
        ("[V.1]c9", "ADR-002"),
        ("[V]c1", "ADR-002"),
        ("[V.1]c1{same}", "ADR-002"),
        ("khac![V.1]c1", "ADR-002"),
        ("c1", "ADR-003"),
        ("[V.*]c1", "ADR-001"),
        ("[V.1]c1 + [V.2]c1", "ADR-002"),
    ],
)
def test_an_address_must_name_one_cell_of_the_form(
    workspace: Workspace, unit: Unit, address: str, code: str
) -> None:
    plan = workspace.plan(workspace.version_for("PL-STP", YEAR).form, unit.uid, YEAR)
    with pytest.raises(JudappError, match=code):
        cell_key(address, plan)


def test_several_cells_are_entered_as_one_act_or_not_at_all(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=10", "[V.2]c1=4")
    with pytest.raises(JudappError, match="ADR-002"):
        set_cells(workspace, "PL-STP", unit, YEAR, ["[V.1]c1=99", "[V.77]c1=1"])
    assert stored_figure(workspace, unit, "V.1") == figure.number(10)
    workspace.undo()
    assert stored_figure(workspace, unit, "V.1") == figure.EMPTY
    assert stored_figure(workspace, unit, "V.2") == figure.EMPTY


def test_what_is_no_figure_is_kept_and_marked(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=12O")
    assert stored_figure(workspace, unit, "V.1") == figure.unreadable("12O")
    assert [f.code for f in findings(workspace, YEAR)] == ["CEL-001"]


def test_a_note_slot_is_a_cell_with_history(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "@:[nguoi_lap]=Lan")
    found = workspace.stored(workspace.version_for("PL-STP", YEAR).id, unit.uid, YEAR)
    assert found is not None
    assert sheets.figures(workspace.file, found.id)["@", "nguoi_lap", ""] == figure.words("Lan")


def test_undo_keeps_what_was_changed_since(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=10", "[V.2]c1=4")
    first = workspace.file.meta("ops")
    enter(workspace, unit, "[V.2]c1=5")
    _, applied = workspace.undo(int(first or 0))
    assert (applied.figures, applied.kept) == (1, 1)
    assert stored_figure(workspace, unit, "V.1") == figure.EMPTY
    assert stored_figure(workspace, unit, "V.2") == figure.number(5)


def test_making_the_file_is_not_undone_by_a_bare_undo(workspace: Workspace) -> None:
    with pytest.raises(JudappError, match="UND-002"):
        workspace.undo()
    with pytest.raises(JudappError, match="UND-002"):
        workspace.redo()


def test_the_history_of_a_cell_tells_who_and_from_what_to_what(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=10")
    enter(workspace, unit, "[V.1]c1=11")
    name, _, _, changes = history_of_cell(workspace, "PL-STP", unit, YEAR, "[V.1]c1")
    assert name == "dòng V.1 Tổng số việc đăng ký hộ tịch · cột (1)"
    assert [(c.before, c.after) for c in changes] == [
        (figure.number(10), figure.number(11)),
        (figure.EMPTY, figure.number(10)),
    ]
    assert {c.operation.who for c in changes} == {workspace.who}


def test_the_history_of_a_sheet_not_begun_is_said(workspace: Workspace, unit: Unit) -> None:
    with pytest.raises(JudappError, match="STA-004"):
        history_of_cell(workspace, "PL-STP", unit, YEAR, "[V.1]c1")


def test_a_sheet_with_errors_or_unanswered_cells_is_not_submitted(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=10", "[V.2]c1=x")
    with pytest.raises(JudappError, match="STA-001") as caught:
        submit(workspace, "PL-STP", unit, YEAR)
    assert caught.value.params["errors"] == 1
    assert caught.value.params["empty"] > 40


def test_a_submitted_sheet_is_locked_on_every_path_and_a_frozen_copy_is_kept(
    workspace: Workspace, unit: Unit
) -> None:
    answer_all(workspace, unit)
    submit(workspace, "PL-STP", unit, YEAR)
    for attempt in (
        lambda: enter(workspace, unit, "[V.1]c1=11"),
        lambda: workspace.undo(4),
        lambda: explain(workspace, "PL-STP", unit, YEAR, "[V.1]c1", "vì"),
        lambda: submit(workspace, "PL-STP", unit, YEAR),
    ):
        with pytest.raises(JudappError, match="STA-002"):
            attempt()
    stored = workspace.stored(workspace.version_for("PL-STP", YEAR).id, unit.uid, YEAR)
    assert stored is not None
    [kept] = snapshots.of_sheet(workspace.file, stored.id)
    payload = msgspec.json.decode(documents.read(workspace.file, kept.payload))
    cells = {tuple(cell["cell"]): cell for cell in payload["cells"]}
    assert cells["", "V.1", "1"]["value"] == "10"
    assert (payload["form"], payload["period"]) == ("PL-STP", "2023-Y")


def test_a_returned_sheet_can_be_changed_and_its_copy_stays(workspace: Workspace, unit: Unit) -> None:
    answer_all(workspace, unit)
    submit(workspace, "PL-STP", unit, YEAR)
    with pytest.raises(JudappError, match="ENT-002"):
        give_back(workspace, "PL-STP", unit, YEAR, "  ")
    give_back(workspace, "PL-STP", unit, YEAR, "sai dòng 1")
    enter(workspace, unit, "[V.1]c1=11", "[V.2]c1=11")
    submit(workspace, "PL-STP", unit, YEAR)
    stored = workspace.stored(workspace.version_for("PL-STP", YEAR).id, unit.uid, YEAR)
    assert stored is not None
    assert [s.revision for s in snapshots.of_sheet(workspace.file, stored.id)] == [1, 2]


def test_a_change_of_20_percent_is_said_once_explained_it_rests_until_the_figure_changes(
    workspace: Workspace, unit: Unit
) -> None:
    enter(workspace, unit, "[V.2]c1=100", period=Period(2022 + 1, "H1"))
    now = Period(2024, "H1")
    enter(workspace, unit, "[V.2]c1=120", period=now)
    [found] = findings(workspace, now)
    assert (found.code, found.severity, found.actual, found.expected) == ("CMP-001", "explain", "120", "100")
    explain(workspace, "PL-STP", unit, now, "[V.2]c1", "Do sáp nhập")
    assert findings(workspace, now) == []
    enter(workspace, unit, "[V.2]c1=130", period=now)
    assert [f.code for f in findings(workspace, now)] == ["CMP-001"]
    enter(workspace, unit, "[V.2]c1=119", period=now)
    assert findings(workspace, now) == []


def test_what_is_owed_and_not_begun_is_missing_and_late_only_with_a_deadline(
    workspace: Workspace, unit: Unit
) -> None:
    from judapp.store import obligations
    from judapp.store.obligations import Obligation

    workspace.apply(
        "obligations",
        "Biểu phải nộp",
        lambda writer: obligations.put(
            writer, Obligation("cc.so", unit.uid, date(2025, 1, 1), None, None, "Lan")
        ),
    )
    period = Period(2026, "H1")
    [line] = status(workspace, period, date(2026, 6, 25))
    assert (line.form, line.state, line.overdue_days, line.person) == ("10b/TP/CC", MISSING, 5, "Lan")
    [line] = status(workspace, period, date(2026, 6, 20))
    assert line.overdue_days == 0
    assert status(workspace, YEAR, date(2026, 6, 25)) == []


def test_status_follows_a_sheet_from_draft_to_submitted(workspace: Workspace, unit: Unit) -> None:
    def state() -> str:
        [line] = status(workspace, YEAR, date(2024, 1, 1))
        return line.state

    enter(workspace, unit, "[V.1]c1=10")
    assert state() == DRAFT
    enter(workspace, unit, "[V.2]c1=x")
    assert state() == WITH_ERRORS
    answer_all(workspace, unit)
    submit(workspace, "PL-STP", unit, YEAR)
    assert state() == SUBMITTED


def test_a_sheet_whose_only_act_was_undone_counts_as_not_begun(workspace: Workspace, unit: Unit) -> None:
    enter(workspace, unit, "[V.1]c1=10")
    workspace.undo()
    [line] = status(workspace, YEAR, date(2024, 1, 1))
    assert line.state == MISSING


def test_a_closed_file_is_one_file(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "40") as made:
        enter(made, made.unit("40", YEAR), "[V.1]c1=10")
        assert (tmp_path / "a.sqlite-wal").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["a.sqlite"]


def test_an_office_that_closes_keeps_its_row_and_its_figures(workspace: Workspace) -> None:
    from judapp.domain.unit import UnitState
    from judapp.store import units

    period = Period(2026, "H1")
    owner = workspace.unit("40", period)
    office = Unit(
        "vp1", "notary", (UnitState(date(2020, 1, 1), None, "VP1", "VPCC Một", "văn phòng", owner.uid),)
    )
    workspace.apply("units", "Thêm văn phòng", lambda writer: units.put_unit(writer, office))
    set_cells(workspace, "10b/TP/CC", owner, period, ["[II.#vp1]c1=3"])
    closed = Unit(
        "vp1",
        "notary",
        (UnitState(date(2020, 1, 1), date(2026, 1, 31), "VP1", "VPCC Một", "văn phòng", owner.uid),),
    )
    workspace.apply("units", "Đóng văn phòng", lambda writer: units.put_unit(writer, closed))
    resolved = workspace.resolved(workspace.version_for("10b/TP/CC", period).id, owner.uid, period)
    assert resolved is not None
    assert [r.label for r in resolved.rows[""] if r.key == "II.#vp1"] == ["VPCC Một"]
    assert resolved["", "tong", "1"].value.so_far == 3 or resolved["", "tong", "1"].value.number == 3


def test_an_act_of_another_window_is_told_before_it_can_be_taken_back(tmp_path: Path) -> None:
    """Two windows of one file: Ctrl+Z names one's own act and must not take back somebody else's."""
    path = tmp_path / "a.sqlite"
    with practice_file(path, figures=False) as ours:
        unit, at = ours.unit("TH", Period(2026, "H1")), Period(2026, "H1")
        set_cells(ours, "10b/TP/CC", unit, at, ["[I]c1=1"])
        with Workspace.open(path) as theirs:
            theirs.who = "Minh"
            set_cells(theirs, "10b/TP/CC", unit, at, ["[II]c1=2"])
        with pytest.raises(JudappError, match="UND-003") as fault:
            ours.undo()
        assert fault.value.params["who"] == "Minh"
        assert ours.undo()[0] == fault.value.params["label"]  # told by name, asked for again
        sheet = ours.stored(ours.version_for("10b/TP/CC", at).id, unit.uid, at)
        assert sheet is not None
        assert [key[1] for key in sheets.figures(ours.file, sheet.id)] == ["I"]
