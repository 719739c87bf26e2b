"""“Lấy lại số này”: a figure that stood in a cell comes back as an act of its own, whole."""

from __future__ import annotations

import pytest

from judapp.app.approving import submit
from judapp.app.entering import enter
from judapp.app.restoring import restore, restore_former
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure, State, number
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history, sheets
from judapp.store.verify import verify

FORM, AT = "10b/TP/CC", Period(2026, "H1")


@pytest.fixture
def unit(practice: Workspace) -> Unit:
    return practice.unit("TH", AT)


@pytest.fixture
def key(practice: Workspace, unit: Unit) -> CellKey:
    plan = practice.plan(practice.version_for(FORM, AT).form, unit.uid, AT)
    return "", next(row.key for row in plan.rows[""] if row.key.startswith("I.")), "7"


def stored_of(workspace: Workspace, unit: Unit) -> int:
    found = workspace.stored(workspace.version_for(FORM, AT).id, unit.uid, AT)
    assert found is not None
    return found.id


def figure(workspace: Workspace, unit: Unit, key: CellKey) -> Figure | None:
    return sheets.figures(workspace.file, stored_of(workspace, unit)).get(key)


def newest(workspace: Workspace, unit: Unit, key: CellKey) -> history.CellChange:
    return history.cell(workspace.file, stored_of(workspace, unit), key)[0]


@pytest.mark.parametrize(
    ("typed", "back", "what"),
    [
        ("330000000+22400000", number(352400000, 22400000), "số 352.400.000"),
        ("12O", Figure(State.UNREADABLE, text="12O"), "chữ “12O”"),
        ("-", Figure(State.NIL), "“không phát sinh”"),
        ("..", Figure(State.PENDING), "“chưa có số liệu”"),
        ("⊘", Figure(State.OUT_OF_REMIT), "“không thuộc thẩm quyền”"),
    ],
)
def test_estimate_state_and_raw_text_come_back_as_they_were(
    practice: Workspace, unit: Unit, key: CellKey, typed: str, back: Figure, what: str
) -> None:
    enter(practice, FORM, unit, AT, {key: typed})
    wanted = newest(practice, unit, key).operation.id
    enter(practice, FORM, unit, AT, {key: ""})
    enter(practice, FORM, unit, AT, {key: "7"})
    applied = restore(practice, FORM, unit, AT, key, wanted)
    assert figure(practice, unit, key) == back
    assert applied.figures == 1
    made = newest(practice, unit, key).operation
    assert (made.kind, made.label) == ("restore", f"Lấy lại {what} ô I.1 cột (7), biểu {FORM}")
    label, _ = practice.undo()
    assert label == made.label
    assert figure(practice, unit, key) == number(7)
    assert verify(practice.file, deep=True) == []


def test_a_figure_that_stands_there_already_is_not_written(
    practice: Workspace, unit: Unit, key: CellKey
) -> None:
    enter(practice, FORM, unit, AT, {key: "7"})
    assert restore(practice, FORM, unit, AT, key, newest(practice, unit, key).operation.id).empty


def test_what_the_history_does_not_hold_is_refused(practice: Workspace, unit: Unit, key: CellKey) -> None:
    enter(practice, FORM, unit, AT, {key: ""})
    for op in (newest(practice, unit, key).operation.id, 1, 99_999):  # emptied · another act · none
        with pytest.raises(JudappError, match="BSD-001"):
            restore(practice, FORM, unit, AT, key, op)
    with pytest.raises(JudappError, match="ADR-002"):
        restore(practice, FORM, unit, AT, ("", "I.#gone", "7"), 1)


def test_a_total_the_program_reckons_takes_no_older_figure(
    practice: Workspace, unit: Unit, key: CellKey
) -> None:
    total = ("", "I", "7")
    enter(practice, FORM, unit, AT, {key: ""})
    enter(practice, FORM, unit, AT, {total: "900"})
    wanted = newest(practice, unit, total).operation.id
    enter(practice, FORM, unit, AT, {total: "", key: "1"})
    with pytest.raises(JudappError, match="BSD-002"):
        restore(practice, FORM, unit, AT, total, wanted)
    enter(practice, FORM, unit, AT, {key: ""})  # a part is missing again: it may be known before its parts
    restore(practice, FORM, unit, AT, total, wanted)
    assert figure(practice, unit, total) == number(900)


def test_a_submitted_sheet_is_not_changed(practice: Workspace, unit: Unit, key: CellKey) -> None:
    before = figure(practice, unit, key)
    wanted = newest(practice, unit, key).operation.id
    submit(practice, FORM, unit, AT)
    with pytest.raises(JudappError, match="STA-002"):
        restore(practice, FORM, unit, AT, key, wanted)
    assert figure(practice, unit, key) == before


def test_the_figure_before_comes_back_whatever_was_done_to_it_since(
    practice: Workspace, unit: Unit, key: CellKey
) -> None:
    for typed in ("40+2", "50", ""):
        enter(practice, FORM, unit, AT, {key: typed})
    restore_former(practice, FORM, unit, AT, key)
    assert figure(practice, unit, key) == number(50, 2)
    restore_former(practice, FORM, unit, AT, key)
    assert figure(practice, unit, key) == number(42, 2)
    with pytest.raises(JudappError, match="ADR-002"):
        restore_former(practice, FORM, unit, AT, ("", "none", "7"))


def test_a_cell_in_which_nothing_else_stood_says_so(practice: Workspace, unit: Unit) -> None:
    untouched = next(
        at
        for at in practice.plan(practice.version_for(FORM, AT).form, unit.uid, AT).spots
        if not history.cell(practice.file, stored_of(practice, unit), at)
    )
    with pytest.raises(JudappError, match="RDG-001"):
        restore_former(practice, FORM, unit, AT, untouched)
