"""“Điều chỉnh của Sở”: a delta with its reason over what base units report; it stays when the base moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from judapp.app.adjusting import adjust, adjustable, take_away
from judapp.app.approving import submit
from judapp.app.checking import findings_of, message
from judapp.app.entering import enter, set_cells
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.domain.value import Value, known
from judapp.errors import JudappError
from judapp.store import history, obligations
from judapp.store.obligations import Obligation
from judapp.store.verify import verify
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

FORM, BASE, AT = "10b/TP/CC", "10a/TP/CC", Period(2026, "H1")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One office that owes 10a and reported 40 cases; nothing typed on the department's own sheet."""
    path = tmp_path_factory.mktemp("adjust") / "a.sqlite"
    with practice_file(path, figures=False) as workspace:
        office = office_of(workspace)
        owed = Obligation("cc.cs", office.uid, date(2010, 1, 1))
        workspace.apply("obligation", "Giao biểu", lambda writer: obligations.put(writer, owed))
        set_cells(workspace, BASE, office, AT, ["c2=40", "c3=40", "c5=0"])
        return path


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(made, tmp_path / "a.sqlite"))) as opened:
        yield opened


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


@pytest.fixture
def key(workspace: Workspace) -> CellKey:
    return "", f"I.#{office_of(workspace).uid}", "2"


def office_of(workspace: Workspace) -> Unit:
    return workspace.units.children(workspace.unit("TH", AT).uid, AT.last_day, "notary")[0]


def worth(workspace: Workspace, unit: Unit, key: CellKey) -> Value:
    resolved = workspace.resolved(workspace.version_for(FORM, AT).id, unit.uid, AT)
    assert resolved is not None
    return resolved[key].value


def moved(workspace: Workspace, unit: Unit) -> list[str]:
    stored = workspace.stored(workspace.version_for(FORM, AT).id, unit.uid, AT)
    assert stored is not None
    return [message(f, "vi") for f in findings_of(workspace, stored) if f.code == "RUP-004"]


def test_an_adjustment_is_one_act_with_its_reason_and_is_seen_in_cell_and_total(
    workspace: Workspace, unit: Unit, key: CellKey
) -> None:
    adjust(workspace, FORM, unit, AT, key, "-3", "Đếm trùng 3 việc")
    assert worth(workspace, unit, key) == known(37)
    assert worth(workspace, unit, ("", "tong", "2")).so_far == 37
    view = sheet_view(workspace, FORM, unit.uid, AT)
    shown = view.tables[0].cells[key]
    assert (shown.text, shown.adjusted, shown.kind, shown.enterable) == ("37", True, "rollup", False)
    [newest] = history.operations(workspace.file, 1)
    assert (newest.kind, newest.reason) == ("adjust", "Đếm trùng 3 việc")
    assert newest.label == f"Điều chỉnh của Sở −3 ở ô I.1 cột (2), biểu {FORM}"
    workspace.undo()
    assert worth(workspace, unit, key) == known(40)
    assert verify(workspace.file, deep=True) == []


def test_another_adjustment_replaces_the_one_before_and_it_can_be_taken_away(
    workspace: Workspace, unit: Unit, key: CellKey
) -> None:
    adjust(workspace, FORM, unit, AT, key, "-3", "Đếm trùng")
    adjust(workspace, FORM, unit, AT, key, "+5", "Bổ sung sau")
    assert worth(workspace, unit, key) == known(45)
    take_away(workspace, FORM, unit, AT, key)
    assert worth(workspace, unit, key) == known(40)
    workspace.undo()
    assert worth(workspace, unit, key) == known(45)
    take_away(workspace, FORM, unit, AT, key)
    assert take_away(workspace, FORM, unit, AT, key).empty
    assert verify(workspace.file, deep=True) == []


def test_without_any_adjustment_nothing_is_taken_away(workspace: Workspace, unit: Unit, key: CellKey) -> None:
    assert take_away(workspace, FORM, unit, AT, key).empty


def test_it_stays_when_the_base_moves_and_that_is_told(
    workspace: Workspace, unit: Unit, key: CellKey
) -> None:
    adjust(workspace, FORM, unit, AT, key, "-3", "Đếm trùng")
    assert moved(workspace, unit) == []
    set_cells(workspace, BASE, office_of(workspace), AT, ["c2=50", "c3=50"])
    assert worth(workspace, unit, key) == known(47)
    [told] = moved(workspace, unit)
    assert "điều chỉnh của Sở −3 ghi khi số gốc là 40, nay số gốc là 50" in told
    set_cells(workspace, BASE, office_of(workspace), AT, ["c2=..", "c3=.."])
    assert moved(workspace, unit)[0].endswith("nay số gốc là …. Xem lại mức điều chỉnh.")
    adjust(workspace, FORM, unit, AT, key, "-4", "Xem lại")  # about what the base is now
    assert moved(workspace, unit) == []
    take_away(workspace, FORM, unit, AT, key)
    assert moved(workspace, unit) == []


def test_a_figure_the_department_typed_may_be_adjusted_too(
    workspace: Workspace, unit: Unit, key: CellKey
) -> None:
    own = (key[0], key[1], "1")
    enter(workspace, FORM, unit, AT, {own: "7"})
    adjust(workspace, FORM, unit, AT, own, "1.200", "Bổ sung")
    assert worth(workspace, unit, own) == known(1207)
    empty = (key[0], key[1], "3")
    set_cells(workspace, BASE, office_of(workspace), AT, ["c3="])
    adjust(workspace, FORM, unit, AT, empty, "2", "Chưa có ai báo")
    assert worth(workspace, unit, empty) == known(2)


@pytest.mark.parametrize(
    ("text", "reason", "code"),
    [
        ("", "x", "BSD-003"),
        ("12O", "x", "BSD-003"),
        ("1,5", "x", "BSD-003"),  # a column of whole numbers
        ("0", "x", "BSD-004"),
        ("5", "  ", "ENT-002"),
        ("-41", "x", "BSD-006"),
    ],
)
def test_what_cannot_be_an_adjustment_is_said_and_nothing_is_changed(
    workspace: Workspace, unit: Unit, key: CellKey, text: str, reason: str, code: str
) -> None:
    before = workspace.file.meta("head")
    with pytest.raises(JudappError, match=code):
        adjust(workspace, FORM, unit, AT, key, text, reason)
    assert workspace.file.meta("head") == before


def test_only_figures_that_add_up_on_the_departments_own_sheet_are_adjusted(
    workspace: Workspace, unit: Unit, key: CellKey
) -> None:
    enter(workspace, FORM, unit, AT, {(key[0], key[1], "8"): "12O"})
    for refused in (("", "tong", "2"), (key[0], key[1], "19"), ("", "I.#gone", "2"), (key[0], key[1], "8")):
        with pytest.raises(JudappError, match="BSD-005"):
            adjust(workspace, FORM, unit, AT, refused, "5", "x")
    office = office_of(workspace)
    resolved = workspace.resolved(workspace.version_for(BASE, AT).id, office.uid, AT)
    assert resolved is not None
    assert not adjustable(workspace, resolved, ("", "1", "2"))


def test_a_submitted_sheet_is_not_adjusted(practice: Workspace) -> None:
    unit = practice.unit("TH", AT)
    key = ("", f"I.#{office_of(practice).uid}", "2")
    submit(practice, FORM, unit, AT)
    with pytest.raises(JudappError, match="STA-002"):
        adjust(practice, FORM, unit, AT, key, "5", "x")
