"""A data file founded with an earlier program takes what is shipped since; what was there stays as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from judapp import paths
from judapp.app.checking import findings
from judapp.app.entering import set_cells
from judapp.app.exporting import export
from judapp.app.founding import new_file
from judapp.app.learning import add_form
from judapp.app.progress import progress
from judapp.app.shipped import Shipped, add_shipped, missing
from judapp.app.versions import edit_form, use_from, versions_of
from judapp.app.workspace import Workspace
from judapp.domain.lint import lint_catalogue
from judapp.domain.period import Period
from judapp.excel.reader import read_workbook
from judapp.store import sheets
from judapp.store.forms import StoredForm
from judapp.store.verify import verify
from tests.practice_sheets import practice_file

FORM, OLD_FORM, FAMILY = "10b/TP/CC", "12b/BTP/BTTP/CC", "cc.so"
HALF = Period(2026, "H1")
Earlier = Callable[..., None]


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Earlier:
    """An earlier program: without the forms that are named, without what only they give, with other words."""
    real = paths.seeds()

    def ship(without: Callable[[dict[str, Any]], bool], former: tuple[str, ...] = ()) -> None:
        folder = tmp_path / "seeds"
        shutil.copytree(real, folder)
        given, names = set(), set()
        for path in (folder / "forms").glob("*.json"):
            form = json.loads(path.read_bytes())
            if without(form):
                path.unlink()
                continue
            names |= {form["number"], form["family"]}
            given |= {provided["measure"] for provided in form.get("provides", ())}
            if form["number"] in former:
                path.write_text(json.dumps({**form, "title": "TÊN CŨ"}, ensure_ascii=False), encoding="utf-8")
        shipped = json.loads((folder / "measures.json").read_bytes())
        shipped["measures"] = [m for m in shipped["measures"] if m["id"] in given]
        shipped["indicators"] = [i for i in shipped["indicators"] if _known(i, given)]
        (folder / "measures.json").write_text(json.dumps(shipped), encoding="utf-8")
        figures = json.loads((folder / "practice" / "figures.json").read_bytes())
        figures["sheets"] = [sheet for sheet in figures["sheets"] if sheet["form"] in names]
        (folder / "practice" / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
        monkeypatch.setattr(paths, "seeds", lambda: folder)

    return ship


def _known(indicator: dict[str, Any], given: set[str]) -> bool:
    words = f"{indicator['numerator']} {indicator.get('denominator') or ''}".split()
    return all(word[2:] in given for word in words if word.startswith("m:"))


@pytest.fixture
def founded(tmp_path: Path, earlier: Earlier, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A new file of an earlier program, opened with the present one."""
    real = paths.seeds
    made: list[Workspace] = []

    def found(without: Callable[[dict[str, Any]], bool], former: tuple[str, ...] = ()) -> Workspace:
        earlier(without, former)
        made.append(new_file(tmp_path / "a.sqlite", "15", date(2026, 1, 1)))
        monkeypatch.setattr(paths, "seeds", real)
        return made[0]

    yield found
    for workspace in made:
        workspace.close()


def only(workspace: Workspace, number: str) -> StoredForm:
    [version] = [v for v in workspace.versions.values() if v.form.number == number]
    return version


def test_a_file_of_this_program_lacks_nothing(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "15", date(2026, 1, 1)) as workspace:
        assert missing(workspace) == Shipped()
        assert missing(workspace).sentence.vi == ""
        assert add_shipped(workspace).empty


def told(workspace: Workspace, folder: Path) -> dict[str, Any]:
    """Everything a file says of its sheets: figures, findings, exported values, progress."""
    found = sheets.find(workspace.file)
    periods = sorted({sheet.period for sheet in found}, key=lambda period: period.code)
    exported = {
        (file.form, period.code): [(sheet.name, sheet.cells) for sheet in read_workbook(file.path)]
        for period in periods
        for file in export(workspace, period, folder / period.code)
        if file.form  # tables of results may gain an indicator
    }
    reckoned = {}
    for sheet in found:
        resolved = workspace.resolved(sheet.form, sheet.unit, sheet.period)
        assert resolved is not None
        reckoned[sheet.id] = {key: resolved[key].value for key in resolved.plan.spots}
    return {
        "sheets": found,
        "figures": {sheet.id: sheets.figures(workspace.file, sheet.id) for sheet in found},
        "reckoned": reckoned,
        "findings": {period: findings(workspace, period) for period in periods},
        "exported": exported,
        "progress": {
            (sheet.unit, sheet.period, line.standing.indicator.id): line
            for sheet in found
            for line in progress(workspace, workspace.units[sheet.unit], sheet.period).indicators
        },
    }


def test_sheets_findings_and_exported_values_of_what_was_there_do_not_change(
    tmp_path: Path, earlier: Earlier, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = paths.seeds
    kept = {"10b/TP/CC", "10a/TP/CC", "12b/BTP/BTTP/CC", "12a/BTP/BTTP/CC", "21b/TP/HTPLDN", "TH-13"}
    earlier(lambda form: form["number"] not in kept, ("10b/TP/CC",))
    with practice_file(tmp_path / "a.sqlite") as workspace:
        monkeypatch.setattr(paths, "seeds", real)
        before = told(workspace, tmp_path / "before")
        assert before["figures"]
        assert before["exported"]
        had = dict(workspace.versions)
        found = missing(workspace)
        assert found.new == len(list((real() / "forms").glob("*.json"))) - len(had) > 0
        assert [(left.form.number, left.reason) for left in found.left] == [("10b/TP/CC", "used")]
        assert found.measures
        add_shipped(workspace)
        after = told(workspace, tmp_path / "after")
        known = before["progress"].keys()
        after["progress"] = {key: line for key, line in after["progress"].items() if key in known}
        assert after == before
        assert {own: workspace.versions[own] for own in had} == had
        assert verify(workspace.file, deep=True) == []


def test_what_is_missing_is_added_with_its_measures_and_taken_back_in_one_step(founded: Any) -> None:
    workspace = founded(lambda form: not form["family"].startswith("cc."))
    had = dict(workspace.versions), dict(workspace.measures), dict(workspace.indicators)
    found = missing(workspace)
    assert str(found.new) in found.sentence.vi
    assert (found.left, found.corrected) == ((), 0)
    add_shipped(workspace)
    assert missing(workspace) == Shipped()
    forms = [version.form for version in workspace.versions.values()]
    assert lint_catalogue(forms, workspace.measures.values(), workspace.indicators.values()) == []
    assert set(workspace.indicators) > set(had[2])
    workspace.undo()
    assert (workspace.versions, workspace.measures, workspace.indicators) == had
    assert missing(workspace) == found  # taken back is not dropped: it is offered again
    add_shipped(workspace)
    assert missing(workspace) == Shipped()
    assert verify(workspace.file, deep=True) == []


def test_a_newer_version_ends_the_one_before_it_and_an_older_one_ends_before_it(founded: Any) -> None:
    workspace = founded(lambda form: form["number"] == OLD_FORM)
    use_from(workspace, only(workspace, FORM).id, date(2025, 6, 20))
    add_shipped(workspace)
    older, newer = versions_of(workspace, FAMILY)
    assert (older.form.number, older.form.valid_to) == (OLD_FORM, date(2025, 6, 19))
    assert newer.form.valid_from == date(2025, 6, 20)


def test_a_version_that_would_take_a_sheets_days_is_left_out_and_told(founded: Any) -> None:
    workspace = founded(lambda form: form["number"] == FORM)
    use_from(workspace, only(workspace, OLD_FORM).id, date(2019, 5, 15))
    old = only(workspace, OLD_FORM)
    workspace.apply("forms", "Dùng tiếp", lambda w: _open_end(w, old))
    assert missing(workspace).additions[0].closes == ((old.id, date(2025, 10, 31)),)
    set_cells(workspace, OLD_FORM, workspace.owner, HALF, ["[tong]c1=5"])
    found = missing(workspace)
    assert [(left.form.number, left.reason) for left in found.left] == [(FORM, "days")]
    assert add_shipped(workspace).empty
    assert found.sentence.vi == ""


def _open_end(writer: Any, version: StoredForm) -> None:
    from judapp.store import forms

    forms.put_in_force(writer, version.id, version.form.valid_from, None)


def test_a_definition_nobody_uses_is_corrected_in_its_place_and_keeps_the_days_set_for_it(
    founded: Any,
) -> None:
    workspace = founded(lambda form: False, (FORM,))
    was = only(workspace, FORM)
    assert was.form.title == "TÊN CŨ"
    use_from(workspace, was.id, date(2025, 6, 20))
    found = missing(workspace)
    assert (found.new, found.corrected) == (0, 1)
    assert "đã sửa 1 biểu" in found.sentence.vi
    add_shipped(workspace)
    now = only(workspace, FORM)
    assert now.id == was.id
    assert now.form.title != "TÊN CŨ"
    assert now.form.valid_from == date(2025, 6, 20)
    assert missing(workspace) == Shipped()
    workspace.undo()
    assert only(workspace, FORM).form.title == "TÊN CŨ"


@pytest.mark.parametrize("how", ["edited", "replaced", "dropped"])
def test_what_the_department_made_its_own_is_left_alone_and_told(founded: Any, how: str) -> None:
    workspace = founded(lambda form: False, (FORM,))
    was = only(workspace, FORM)
    own = replace(was.form, title="BIỂU CỦA SỞ")
    if how == "edited":
        edit_form(workspace, was.id, own)
    elif how == "replaced":
        add_form(workspace, own, None, "x.json")
    else:
        use_from(workspace, only(workspace, OLD_FORM).id, was.form.valid_from)
        add_form(workspace, own, None, "x.json")
    before = dict(workspace.versions)
    found = missing(workspace)
    assert [(left.form.number, left.reason) for left in found.left] == [(FORM, "own")]
    assert add_shipped(workspace).empty
    assert workspace.versions == before


def test_a_form_learned_before_the_program_shipped_it_stays_the_departments(founded: Any) -> None:
    workspace = founded(lambda form: form["number"] == "21b/TP/HTPLDN")
    shipped = missing(workspace).additions[0].form
    learned = replace(shipped, family="learned.21b", title="HỌC TỪ BIỂU TRỐNG", provides=(), rollup=())
    add_form(workspace, learned, None, "x.json")
    found = missing(workspace)
    assert [left.reason for left in found.left] == ["own"]
    assert found.additions == ()
