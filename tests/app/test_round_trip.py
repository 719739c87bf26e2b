"""Every form of the catalogue goes out and comes back equal: figures, states, notes, rows of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from judapp.app.entering import explain, set_cells
from judapp.app.exporting import export
from judapp.app.importing import APPLIED, apply_import, preview
from judapp.app.paper import file_name, sheet_layout, templates, write_form, write_template
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.excel.fill import contents, filled
from judapp.excel.identity import read_identity
from judapp.excel.sheet_part import Content
from judapp.store import sheets
from judapp.store.sheets import Sheet as StoredSheet
from tests.practice_sheets import SHEETS, practice_file


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("practice") / "a.sqlite") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def exported(practice: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xuất")
    for period in {period for _, period in SHEETS}:
        export(practice, Period.parse(period), folder / period)
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A practice file that knows the units and has no figures."""
    with practice_file(tmp_path / "b.sqlite", figures=False) as workspace:
        yield workspace


def content(workspace: Workspace, sheet: StoredSheet) -> dict[tuple[str, str, str], Figure]:
    """The answered cells of a sheet; free rows by their labels, for their keys are random."""
    labels = {
        row.key: row.label for rows in sheets.own_rows(workspace.file, sheet.id).values() for row in rows
    }
    resolved = workspace.resolved(sheet.form, sheet.unit, sheet.period)
    assert resolved is not None
    computed = set(resolved.plan.computed)
    return {
        (table, labels.get(row, row), col): figure
        for (table, row, col), figure in sheets.figures(workspace.file, sheet.id).items()
        if (table, row, col) not in computed
    }


@pytest.mark.parametrize(("number", "period"), SHEETS)
def test_an_exported_form_is_imported_equal_into_a_new_file(
    practice: Workspace, empty: Workspace, exported: Path, number: str, period: str
) -> None:
    at = Period.parse(period)
    form = practice.version_for(number, at).id
    for sheet in sheets.find(practice.file, form=form, period=at):
        code = practice.unit_code(sheet.unit, at.last_day)
        path = exported / period / f"Bieu_{file_name(number)}_{code}_{period}.xlsx"
        [candidate] = preview(empty, [path])
        assert [(f.code, f.place.cell, dict(f.params)) for f in candidate.findings] == []
        apply_import(empty, [candidate])
        assert candidate.status == APPLIED
        [arrived] = sheets.find(empty.file, form=empty.version_for(number, at).id, unit=sheet.unit, period=at)
        assert content(empty, arrived) == content(practice, sheet)
        again = preview(empty, [path])
        assert [c.changes for c in again] == [[]]


@pytest.mark.parametrize(("number", "period"), SHEETS)
def test_a_template_filled_in_is_imported_equal(
    practice: Workspace, empty: Workspace, tmp_path: Path, number: str, period: str
) -> None:
    at = Period.parse(period)
    version = practice.version_for(number, at)
    for sheet in sheets.find(practice.file, form=version.id, period=at):
        unit = practice.units[sheet.unit]
        path = tmp_path / f"{file_name(number)}.xlsx"
        write_template(practice, version, unit, at, path)
        fill_in(practice, sheet, path)
        [candidate] = preview(empty, [path])
        assert [(f.code, f.place.cell, dict(f.params)) for f in candidate.findings] == []
        apply_import(empty, [candidate])
        [arrived] = sheets.find(empty.file, form=empty.version_for(number, at).id, unit=sheet.unit, period=at)
        assert without_notes(content(empty, arrived)) == without_notes(content(practice, sheet))


def fill_in(workspace: Workspace, sheet: StoredSheet, path: Path) -> None:
    """Type a sheet's figures into a template, as a base unit does."""
    resolved = workspace.resolved(sheet.form, sheet.unit, sheet.period)
    assert resolved is not None
    laid = sheet_layout(workspace, sheet, resolved)
    book = load_workbook(path)
    page = book.worksheets[0]
    first = next((item for item in laid.items if item.role in ("number", "label") and item.text), None)
    assert first is not None
    lower = (
        next(r for r in range(1, 99) if page.cell(r, first.box.column).value == first.text) - first.box.row
    )
    for (row, column), typed in contents(laid, resolved):
        cell = page.cell(row + lower, column)
        if not cell.protection.locked:
            cell.value = typed.value
    for rows in sheets.own_rows(workspace.file, sheet.id).values():
        for own in rows:
            if own.unit is not None:  # the template already names the unit
                continue
            line = next(at[0] for key, at in laid.cells.items() if key[1] == own.key)
            label = page.cell(line + lower, 2)
            assert not label.protection.locked
            label.value = own.label
    book.save(path)


def without_notes(figures: dict[tuple[str, str, str], Figure]) -> dict[tuple[str, str, str], Figure]:
    return {key: figure for key, figure in figures.items() if key[0] != "@"}


def test_a_template_says_what_it_is_in_hidden_names_and_protects_all_but_entry_cells(
    practice: Workspace, tmp_path: Path
) -> None:
    at = Period(2026, "H1")
    version = practice.version_for("10b/TP/CC", at)
    unit = practice.unit("TH", at)
    write_template(practice, version, unit, at, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    assert names["judapp_form"] == f'"{version.sha256}"'
    assert names["judapp_unit"] == f'"{unit.uid}"'
    assert names["judapp_period"] == '"2026-H1"'
    assert all(defined.hidden for defined in book.defined_names.values())
    page = book.worksheets[0]
    assert page.protection.sheet
    assert not page.protection.password
    formulas = [c for row in page.iter_rows() for c in row if c.data_type == "f"]
    assert formulas
    assert all(cell.protection.locked for cell in formulas)
    assert any(not c.protection.locked for row in page.iter_rows() for c in row)
    assert page.data_validations.count >= 1
    identity = read_identity(tmp_path / "a.xlsx")
    assert identity is not None
    assert (identity.form, identity.unit, identity.period) == (version.sha256, unit.uid, "2026-H1")


def test_templates_for_all_go_to_every_unit_that_owes_the_form(practice: Workspace, tmp_path: Path) -> None:
    at = Period(2018, "Y")
    written = templates(practice, "13a/BTP/HTQTCT/HT", at, None, tmp_path / "biểu")
    assert len(written) == 3
    assert all(path.exists() for path in written)
    with pytest.raises(JudappError, match="TPL-001"):
        templates(practice, "01/TK-THA", Period(2024, "E03"), None, tmp_path)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_what_a_person_wrote_never_becomes_a_formula(practice: Workspace, tmp_path: Path, text: str) -> None:
    at = Period(2026, "H1")
    unit = practice.unit("TH", at)
    version = practice.version_for("10b/TP/CC", at)
    office = next(u for u in practice.units.children(unit.uid, at.last_day, "notary"))
    row = next(r.key for r in practice.plan(version.form, unit.uid, at).rows[""] if r.unit == office.uid)
    set_cells(practice, "10b/TP/CC", unit, at, [f"[{row}]c19={text}"])
    explain(practice, "10b/TP/CC", unit, at, f"[{row}]c2", text + " x")
    stored = practice.stored(version.id, unit.uid, at)
    resolved = practice.resolved(version.id, unit.uid, at)
    assert stored is not None
    assert resolved is not None
    write_form(practice, stored, resolved, tmp_path / "a.xlsx")
    cells = [c for r in load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows() for c in r]
    assert text.strip() in [c.value for c in cells if c.data_type != "f"]
    assert not any(c.data_type == "f" and str(c.value).strip() == text.strip() for c in cells)
    practice.undo()
    practice.undo()


def test_a_target_that_cannot_be_written_is_a_sentence_and_nothing_half_written_stays(
    practice: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")
    with pytest.raises(JudappError, match="EXP-002"):
        export(practice, Period(2026, "H1"), tmp_path / "tệp")
    assert [path.name for path in tmp_path.iterdir()] == ["tệp"]


def test_a_workbook_that_reads_back_differently_is_withheld(
    practice: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from judapp.app import paper

    def wrong(layout, resolved):
        content, expected = filled(layout, resolved)
        position = next(p for p, c in expected.items() if isinstance(c.value, int))
        return content, {**expected, position: Content(-1)}

    monkeypatch.setattr(paper, "filled", wrong)
    with pytest.raises(JudappError, match="EXP-001"):
        export(practice, Period(2026, "H1"), tmp_path / "xuất")
    assert list((tmp_path / "xuất").iterdir()) == []


def test_the_forms_of_the_published_figures_come_back_as_they_went_out(demo: Path, tmp_path: Path) -> None:
    with Workspace.open(demo) as workspace:
        numbers = set()
        for stored in sheets.find(workspace.file):
            resolved = workspace.resolved(stored.form, stored.unit, stored.period)
            assert resolved is not None
            numbers.add(resolved.sheet.form.number)
            path = tmp_path / f"{stored.id}.xlsx"
            write_form(workspace, stored, resolved, path)
            [candidate] = preview(workspace, [path])
            assert (candidate.changes, candidate.findings, candidate.refused) == ([], [], 0)
            assert candidate.unit is not None
            assert (candidate.unit.uid, candidate.period) == (stored.unit, stored.period)
        # every way a form is laid out: one and many tables, rows of units, free rows, indicators
        assert numbers >= {"10b/TP/CC", "13a/BTP/HTQTCT/HT", "17c/BTP/HTQTCT/CT", "21b/TP/HTPLDN", "PL-STP"}
