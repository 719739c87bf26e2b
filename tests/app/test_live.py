"""The sheet under one's hands says at once what the file will say once the text is stored, to the letter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.approving import submit
from judapp.app.entering import enter, explain_cell
from judapp.app.grid_view import SheetView
from judapp.app.live import MOST, LiveSheet, Patch
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.shape import CellKey
from judapp.domain.unit import NOTARY, Unit
from tests.practice_sheets import SHEETS, practice_file
from tests.sheet_views import live_sheet, sheet_view

TEXTS = [
    "",
    "-",
    "..",
    "⊘",
    "12O",
    "120+15",
    "=12+30*2",
    "1,5",
    "-4",
    "0",
    "7",
    "250",
    "99999",
    "chữ",
    "1.234",
]
PREPARED = ("12b/BTP/BTTP/CC", Period(2025, "H1"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("live") / "a.sqlite") as made:
        yield made


def who(workspace: Workspace, form: str, period: Period) -> Unit:
    return workspace.unit("TH001" if form.startswith("13a") else "TH", period)


def compared(live: SheetView, stored: SheetView) -> None:
    """Part by part, so that a difference is seen."""
    for mine, other in zip(live.tables, stored.tables, strict=True):
        differing = {
            key: (mine.cells[key], cell) for key, cell in other.cells.items() if mine.cells[key] != cell
        }
        assert differing == {}
    assert live.findings == stored.findings
    assert live == stored


def type_in(workspace: Workspace, live: LiveSheet, texts: dict[CellKey, str]) -> Patch | None:
    """Type texts into the live sheet and, as the page does, into the file."""
    view = live.view
    patch = live.enter(texts)
    enter(workspace, view.form, workspace.units[view.unit], view.period, texts)
    return patch


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("form", "code"), [*SHEETS, ("10a/TP/CC", "2026-H1")])
def test_whatever_is_typed_the_live_sheet_is_the_stored_one(
    workspace: Workspace, form: str, code: str, seed: int
) -> None:
    period = Period.parse(code)
    unit = who(workspace, form, period).uid
    live = live_sheet(workspace, form, unit, period)
    compared(live.view, sheet_view(workspace, form, unit, period))
    chance = random.Random(f"{form} {seed}")
    plain = [text for text in TEXTS if "+" not in text or live.view.estimates]
    for _ in range(10):
        keys = chance.sample(sorted(live.view.spots), chance.choice((1, 1, 1, 4)))
        before = live.view
        patch = type_in(workspace, live, {key: chance.choice(plain) for key in keys})
        assert patch is not None
        assert patch.view is live.view
        compared(live.view, sheet_view(workspace, form, unit, period))
        assert patch.cells == {
            key
            for old, new in zip(before.tables, live.view.tables, strict=True)
            for key in new.cells
            if old.cells[key] != new.cells[key]
        }


def test_a_view_handed_out_before_stays_as_it_was(workspace: Workspace) -> None:
    form, period = PREPARED
    live = live_sheet(workspace, form, who(workspace, form, period).uid, period)
    before, again = live.view, sheet_view(workspace, form, who(workspace, form, period).uid, period)
    key = next(key for key, cell in before.tables[0].cells.items() if cell.enterable)
    assert live.enter({key: "4711"}) is not None
    assert before == again
    assert live.view != before


def test_what_base_units_report_comes_back_under_a_figure_taken_away(workspace: Workspace) -> None:
    """A rolled-up cell that is typed over, and emptied again: the record holds what the units said."""
    form, period = "10b/TP/CC", Period(2026, "Y1")
    unit = workspace.unit("TH", period)
    offices = [u for u in workspace.units.children(unit.uid, period.last_day) if u.kind == NOTARY]
    for office in offices[:3]:
        texts = {("", "1", column): str(4 + at) for at, column in enumerate("12345")}
        enter(workspace, "10a/TP/CC", office, period, texts)
    live = live_sheet(workspace, form, unit.uid, period)
    rolled = [key for key, cell in live.view.tables[0].cells.items() if cell.kind == "rollup" and cell.text]
    assert len(rolled) >= 15
    for key in rolled[:3]:
        for text in ("4711", ""):
            assert type_in(workspace, live, {key: text}) is not None
            compared(live.view, sheet_view(workspace, form, unit.uid, period))
    # one typed over before the sheet was opened
    enter(workspace, form, unit, period, {rolled[0]: "4711"})
    live = live_sheet(workspace, form, unit.uid, period)
    assert type_in(workspace, live, {rolled[0]: ""}) is not None
    compared(live.view, sheet_view(workspace, form, unit.uid, period))


def test_a_reason_holds_for_the_figure_it_was_written_about(workspace: Workspace) -> None:
    form, period = PREPARED
    unit = workspace.unit("TH", period)
    live = live_sheet(workspace, form, unit.uid, period)
    asking = next(f.cell for f in live.view.findings if f.severity == "explain" and f.cell is not None)
    figure = live.view.tables[0].cells[asking].typed
    explain_cell(workspace, form, unit, period, asking, "Tăng do sáp nhập")
    live = live_sheet(workspace, form, unit.uid, period)
    assert asking not in [f.cell for f in live.view.findings]
    for text, asked in (("99999999", True), (figure, False)):
        assert type_in(workspace, live, {asking: text}) is not None
        compared(live.view, sheet_view(workspace, form, unit.uid, period))
        assert (asking in [f.cell for f in live.view.findings if f.severity == "explain"]) is asked


def test_words_in_a_note_are_part_of_the_sheet(workspace: Workspace) -> None:
    form, period = "10b/TP/CC", Period(2026, "H1")
    unit = workspace.unit("TH", period)
    live = live_sheet(workspace, form, unit.uid, period)
    slot = next(part for note in live.view.notes for part in note.parts if not isinstance(part, str))
    assert slot.key[0] == NOTES_TABLE
    assert type_in(workspace, live, {slot.key: "  23 "}) is not None
    compared(live.view, sheet_view(workspace, form, unit.uid, period))


def test_the_first_text_begins_a_sheet_and_finds_all_that_is_wrong_with_it(workspace: Workspace) -> None:
    form, period = "10b/TP/CC", Period(2026, "Y")
    unit = workspace.unit("TH", period)
    live = live_sheet(workspace, form, unit.uid, period)
    assert (live.view.state, live.view.findings) == ("missing", ())
    key = next(key for key, cell in live.view.tables[0].cells.items() if cell.enterable)
    assert type_in(workspace, live, {key: "12O"}) is not None
    compared(live.view, sheet_view(workspace, form, unit.uid, period))
    assert live.view.state == "errors"


def test_what_only_the_file_can_tell_is_left_to_it(workspace: Workspace) -> None:
    """Refused text, no such cell, too much at once, a locked sheet: nothing is shown, nothing changed."""
    form, period = "17c/BTP/HTQTCT/CT", Period(2024, "Y")
    unit = workspace.unit("TH", period)
    live = live_sheet(workspace, form, unit.uid, period)
    before = live.view
    key = next(key for key, cell in before.tables[0].cells.items() if cell.enterable)
    assert live.enter({key: "120+15"}) is None  # ENT-001 in a final year
    assert live.enter({key: "1", ("", "none", "1"): "2"}) is None
    assert live.enter({("", f"r{at}", "1"): "1" for at in range(MOST + 1)}) is None
    assert live.view is before
    assert live.enter({key: "135"}) is not None


def test_a_locked_sheet_takes_nothing(tmp_path: Path) -> None:
    form, period = "TH-13", Period(2026, "H1")
    with practice_file(tmp_path / "a.sqlite") as workspace:
        unit = workspace.unit("TH", period)
        view = sheet_view(workspace, form, unit.uid, period)
        if view.count("error") or view.unanswered:
            enter(workspace, form, unit, period, dict.fromkeys(view.unanswered, "-"))
        submit(workspace, form, unit, period)
        live = live_sheet(workspace, form, unit.uid, period)
        assert live.view.locked
        assert live.enter({next(iter(live.view.spots)): "1"}) is None
