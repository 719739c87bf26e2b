"""Entering by hand: one act one operation with a name, the reason for a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp.app.entering import enter, explain_cell, paste, set_cells
from judapp.app.filling import fill_nil
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history, sheets
from tests.sheet_views import sheet_view

AT = Period(2026, "H1")
FORM = "10b/TP/CC"


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


def first_open(workspace: Workspace, unit: Unit, number: int, form: str = FORM) -> list[tuple[str, str, str]]:
    view = sheet_view(workspace, form, unit.uid, AT)
    return [key for key, cell in view.tables[0].cells.items() if cell.kind == "open"][:number]


def stored(workspace: Workspace, unit: Unit, key: tuple[str, str, str]) -> figure.Figure:
    sheet = workspace.stored(workspace.version_for(FORM, AT).id, unit.uid, AT)
    assert sheet is not None
    return sheets.figures(workspace.file, sheet.id).get(key, figure.EMPTY)


def last_label(workspace: Workspace) -> str:
    return history.operations(workspace.file, 1)[0].label


def test_texts_are_read_as_they_are_typed_and_written_as_one_operation(
    workspace: Workspace, unit: Unit
) -> None:
    keys = first_open(workspace, unit, 4)
    applied = enter(workspace, FORM, unit, AT, dict(zip(keys, ("120+15", "-", "..", "12O"), strict=True)))
    assert [stored(workspace, unit, key) for key in keys] == [
        figure.number(135, 15),
        figure.NIL,
        figure.PENDING,
        figure.unreadable("12O"),
    ]
    assert applied.figures == 4
    assert last_label(workspace) == "Nhập 4 ô, biểu 10b/TP/CC"


def test_an_act_on_one_cell_names_it(workspace: Workspace, unit: Unit) -> None:
    [key] = first_open(workspace, unit, 1)
    enter(workspace, FORM, unit, AT, {key: "77"})
    assert last_label(workspace) == "Nhập ô I.1 cột (1), biểu 10b/TP/CC"
    enter(workspace, FORM, unit, AT, {key: ""})
    assert last_label(workspace) == "Xóa ô I.1 cột (1), biểu 10b/TP/CC"


def test_pasting_emptying_and_filling_have_names_of_their_own(workspace: Workspace, unit: Unit) -> None:
    keys = first_open(workspace, unit, 5)
    paste(workspace, FORM, unit, AT, dict.fromkeys(keys, "7"))
    assert last_label(workspace) == "Dán 5 ô, biểu 10b/TP/CC"
    enter(workspace, FORM, unit, AT, dict.fromkeys(keys, ""))
    assert last_label(workspace) == "Xóa 5 ô, biểu 10b/TP/CC"
    fill_nil(workspace, FORM, unit, AT, keys)
    assert last_label(workspace) == "Điền “không phát sinh” vào 5 ô, biểu 10b/TP/CC"
    assert {stored(workspace, unit, key) for key in keys} == {figure.NIL}


def test_a_form_of_one_row_names_the_column_alone(workspace: Workspace) -> None:
    at = Period(2018, "Y")
    commune = workspace.unit("TH001", at)
    enter(workspace, "13a/BTP/HTQTCT/HT", commune, at, {("", "1", "10"): "3"})
    assert last_label(workspace) == "Nhập ô cột (10), biểu 13a/BTP/HTQTCT/HT"


def test_a_row_without_a_number_of_its_own_is_named_by_its_label_too(workspace: Workspace) -> None:
    at = Period(2012, "Y")
    owner = workspace.unit("TH", at)
    table = sheet_view(workspace, "11c", owner.uid, at).tables[0]
    line = next(row for row in table.rows if row.path == "1 - Nam")
    enter(workspace, "11c", owner, at, {("", line.key, "1"): "9"})
    assert last_label(workspace) == "Nhập ô 1 - Nam cột (1), biểu 11c"


def test_notes_are_entered_as_words_and_named_by_their_slot(workspace: Workspace) -> None:
    at = Period(2025, "H1")
    owner = workspace.unit("TH", at)
    enter(workspace, "12b/BTP/BTTP/CC", owner, at, {("@", "nhan", ""): " 22 "})
    assert last_label(workspace).startswith("Nhập ô “Số tổ chức hành nghề công chứng đã báo cáo”")
    view = sheet_view(workspace, "12b/BTP/BTTP/CC", owner.uid, at)
    assert "22" in [part.text for part in view.notes[0].parts if not isinstance(part, str)]


def test_a_cell_the_form_does_not_have_is_refused_and_nothing_is_entered(
    workspace: Workspace, unit: Unit
) -> None:
    [key] = first_open(workspace, unit, 1)
    before = stored(workspace, unit, key)
    with pytest.raises(JudappError, match="ADR-002"):
        enter(workspace, FORM, unit, AT, {key: "1", ("", "I.#none", "1"): "1"})
    assert stored(workspace, unit, key) == before


def test_a_final_year_takes_no_estimate(workspace: Workspace) -> None:
    at = Period(2024, "Y")
    owner = workspace.unit("TH", at)
    view = sheet_view(workspace, "17c/BTP/HTQTCT/CT", owner.uid, at)
    key = next(key for key, cell in view.tables[0].cells.items() if cell.kind == "open")
    with pytest.raises(JudappError, match="ENT-001"):
        enter(workspace, "17c/BTP/HTQTCT/CT", owner, at, {key: "120+15"})


def test_addresses_and_keys_are_two_ways_to_the_same_cell(workspace: Workspace, unit: Unit) -> None:
    entered, _ = set_cells(workspace, FORM, unit, AT, ["[I]c19=Ghi chú"])
    assert entered[0].key == ("", "I", "19")
    applied = enter(workspace, FORM, unit, AT, {("", "I", "19"): "Ghi chú"})
    assert applied.empty


def test_a_sheet_begins_with_the_first_figure(workspace: Workspace) -> None:
    at = Period(2026, "Y1")
    owner = workspace.unit("TH", at)
    key = next(
        k for k, c in sheet_view(workspace, FORM, owner.uid, at).tables[0].cells.items() if c.enterable
    )
    enter(workspace, FORM, owner, at, {key: "5"})
    assert workspace.stored(workspace.version_for(FORM, at).id, owner.uid, at) is not None


def test_a_reason_is_kept_for_a_cell_by_its_key(workspace: Workspace) -> None:
    at = Period(2025, "H1")
    owner = workspace.unit("TH", at)
    view = sheet_view(workspace, "12b/BTP/BTTP/CC", owner.uid, at)
    key = next(f.cell for f in view.findings if f.severity == "explain" and f.cell)
    explain_cell(workspace, "12b/BTP/BTTP/CC", owner, at, key, "Do sáp nhập")
    after = sheet_view(workspace, "12b/BTP/BTTP/CC", owner.uid, at)
    assert after.explanations == {key: "Do sáp nhập"}
    assert after.tables[0].cells[key].explained
    assert after.count("explain") == view.count("explain") - 1
    with pytest.raises(JudappError, match="ENT-002"):
        explain_cell(workspace, "12b/BTP/BTTP/CC", owner, at, key, " ")


@pytest.mark.parametrize("others", [0, 40])
def test_a_bare_number_keeps_the_estimate_that_stands_in_the_file_by_then(
    workspace: Workspace, unit: Unit, tmp_path: Path, others: int
) -> None:
    """Another window may have stored one since this one looked."""
    key, *more = first_open(workspace, unit, 1 + others)
    enter(workspace, FORM, unit, AT, {key: "100+20"})
    assert stored(workspace, unit, key) == figure.number(120, 20)
    with Workspace.open(tmp_path / "a.sqlite") as other:
        enter(other, FORM, other.unit("TH", AT), AT, {key: "200+50"})
    enter(workspace, FORM, unit, AT, {key: "300", **dict.fromkeys(more, "1")})
    assert stored(workspace, unit, key) == figure.number(300, 50)
