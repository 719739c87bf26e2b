"""A blank becomes a working form: learned, added, filled, checked, exported, imported back (issue 5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.cell_range import CellRange

from judapp.app import learning, seeds
from judapp.app.checking import findings
from judapp.app.entering import set_cells
from judapp.app.exporting import export
from judapp.app.founding import new_file
from judapp.app.importing import APPLIED, apply_import, preview
from judapp.app.learning import (
    FaultyForm,
    add_form,
    form_file,
    learn_blank,
    open_form_file,
    printed_form,
    read_form_file,
    with_open_points,
)
from judapp.app.paper import write_template
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form, Relation
from judapp.domain.layout import Heading, layout
from judapp.domain.learned import Learned, Problem
from judapp.domain.lint import lint
from judapp.domain.period import Period
from judapp.domain.report_words import circular_day
from judapp.domain.rows import expand
from judapp.domain.shape import plan_of
from judapp.errors import JudappError
from judapp.excel.fill import blank
from judapp.excel.learn import Hints
from judapp.messages import LANGUAGES, of_error
from judapp.store import documents, sheets
from judapp.store.forms import StoredForm
from tests.excel.test_macros import with_macros
from tests.learned_case import NUMBER, draw_blank

BLANKS = Path(__file__).parents[1] / "data" / "blanks"
NOTARY = "10b/TP/CC"
HALF = Period(2026, "H1")
FRAME = Border(*(Side("thin"),) * 4)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new data file of a province, as bytes."""
    path = tmp_path_factory.mktemp("new") / "a.sqlite"
    new_file(path, "15", date(2026, 1, 1)).close()
    return path.read_bytes()


@pytest.fixture
def workspace(founded: bytes, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "a.sqlite"
    path.write_bytes(founded)
    with Workspace.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_blank(tmp_path_factory.mktemp("blank") / "biểu trống.xlsx")


@pytest.fixture(scope="module")
def form(drawn: Path) -> Form:
    return learn_blank(drawn).form


def notary() -> Form:
    return next(seed.form for seed in seeds.forms() if seed.form.number == NOTARY)


def versions_of(workspace: Workspace, number: str) -> list[StoredForm]:
    return [v for v in workspace.versions.values() if v.form.number == number]


# --- reading


def test_the_evidence_names_the_file_and_its_bytes(drawn: Path, form: Form) -> None:
    digest = hashlib.sha256(drawn.read_bytes()).hexdigest()
    assert form.evidence.level == "learned"
    assert form.evidence.sources == (f"{drawn.name} (SHA-256 {digest})",)


def test_faults_of_the_definition_are_problems_unless_they_are_asked_about_already(form: Form) -> None:
    asked = Problem("$.area", "LRT-no-area", params={"number": NUMBER})
    learned = Learned(replace(form, area="", title=" "), "x", {}, (), (asked,))
    assert learning.with_faults(learned).problems == (asked, Problem("$.title", "DEF-006"))


def test_what_is_left_open_stands_in_the_evidence_of_the_kept_form(drawn: Path) -> None:
    learned = learn_blank(drawn)
    kept = with_open_points(learned)
    assert len(kept.evidence.open) == len(learned.problems)
    assert all(point.strip() for point in kept.evidence.open)


def test_a_worksheet_may_be_named(drawn: Path, tmp_path: Path) -> None:
    book = load_workbook(drawn)
    book.create_sheet("Hướng dẫn", 0)["A1"] = "Hướng dẫn ghi biểu"
    book.save(tmp_path / "x.xlsx")
    assert learn_blank(tmp_path / "x.xlsx").sheet == "Bieu 99b"
    assert learn_blank(tmp_path / "x.xlsx", Hints(sheet="Bieu 99b")).form.number == NUMBER


# --- what it prints


def test_what_is_printed_is_told_column_by_column_and_row_by_row(form: Form) -> None:
    told = printed_form(form)
    assert told["number"] == NUMBER
    assert told["columns"][0] == {"code": "A", "path": ["Đơn vị"], "unit": None, "kind": "stub"}
    assert told["columns"][3] == {
        "code": "3",
        "path": ["Số việc công chứng", "Chia ra", "Bất động sản"],
        "unit": "Việc",
        "kind": "count",
    }
    assert told["columns"][-1] == {"code": "6", "path": ["Ghi chú"], "unit": None, "kind": "text"}
    assert told["rows"][0] == {"code": None, "label": "Tổng số", "level": 0, "kind": "total"}
    assert {"rule": "c2 = c3 + c4", "status": "printed", "computed": False} in told["relations"]
    assert list(told["deadlines"]) == ["H1", "Y1", "Y"]
    assert [s["title"] for s in told["signatures"]] == ["Người lập biểu", "Người kiểm tra", "GIÁM ĐỐC"]


def test_units_come_from_the_column_above_or_the_whole_table_and_not_to_words() -> None:
    tree = [
        {"label": "Số", "unit": "Người", "children": [{"label": "Nam", "code": "1"}]},
        {"label": "Vụ", "code": "2"},
        {"label": "Ghi chú", "code": "3", "kind": "text"},
    ]
    raw = {**json.loads(form_file(notary())), "unit_of_measure": "Việc"}
    raw["tables"] = [{"columns": tree, "rows": [{"key": "tat_ca"}]}]
    made = msgspec.convert(raw, Form)
    assert [c["unit"] for c in printed_form(made)["columns"]] == ["Người", "Việc", None]


def test_rows_tell_the_depth_they_are_printed_at_and_slots_are_dots() -> None:
    told = printed_form(notary())
    assert [row["level"] for row in told["rows"]] == [0, 0, 1, 0, 1]
    assert not [note for note in told["notes"] if "{" in note]


def test_of_several_tables_each_column_names_its_own() -> None:
    several = [seed.form for seed in seeds.forms() if len(seed.form.tables) > 1]
    assert several
    for each in several:
        told = printed_form(each)
        keys = [table["key"] for table in told["tables"]]
        assert [*dict.fromkeys(column["table"] for column in told["columns"])] == keys


# --- as a file


@pytest.mark.parametrize("seed", seeds.forms(), ids=lambda seed: seed.path.stem)
def test_a_form_written_as_a_file_is_read_equal(seed: seeds.SeedForm) -> None:
    assert read_form_file(form_file(seed.form)) == seed.form


def test_all_faults_of_a_form_file_are_told_with_their_path() -> None:
    raw: dict[str, Any] = json.loads(form_file(notary()))
    raw["rounds"] = ["H1", "Q3"]
    raw["title"] = " "
    raw["tables"][0]["rows"][1]["only"] = ["99"]
    with pytest.raises(FaultyForm) as caught:
        read_form_file(json.dumps(raw).encode())
    paths = {fault.path for fault in caught.value.faults}
    assert {"$.rounds", "$.title", "$.tables[0].rows[1].only"} <= paths
    told = caught.value.params["faults"]
    assert all(path in told.vi and path in told.en for path in paths)


def test_unknown_and_missing_keys_are_told_together() -> None:
    raw = json.loads(form_file(notary()))
    del raw["number"]
    raw["tables"][0]["columns"][0]["labell"] = raw["tables"][0]["columns"][0].pop("label")
    with pytest.raises(FaultyForm) as caught:
        read_form_file(json.dumps(raw).encode())
    paths = {fault.path for fault in caught.value.faults}
    assert paths == {"$.number", "$.tables[0].columns[0].label", "$.tables[0].columns[0].labell"}


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[1]", b"PK\x03\x04", b"[" * 100_000])
def test_a_file_that_is_no_form_is_a_sentence(data: bytes) -> None:
    with pytest.raises(FaultyForm, match="LRN-020"):
        read_form_file(data)


def test_a_file_too_large_for_a_form_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(learning, "MAX_FORM_FILE", 100)
    path = tmp_path / "x.json"
    path.write_bytes(form_file(notary()))
    with pytest.raises(JudappError, match="LRN-021"):
        open_form_file(path)
    with pytest.raises(JudappError, match="FIL-004"):
        open_form_file(tmp_path / "khong co.json")


# --- adding


def test_an_added_form_keeps_its_blank_in_the_file_and_can_be_undone(
    workspace: Workspace, drawn: Path, form: Form
) -> None:
    add_form(workspace, form, drawn.read_bytes(), drawn.name)
    [added] = versions_of(workspace, NUMBER)
    assert added.form == form
    assert added.blank is not None
    assert documents.read(workspace.file, added.blank) == drawn.read_bytes()
    assert workspace.undo()[0] == f"Thêm biểu {NUMBER}"
    assert versions_of(workspace, NUMBER) == []


def test_macros_are_not_kept_with_a_blank(workspace: Workspace, drawn: Path, form: Form) -> None:
    add_form(workspace, form, with_macros(drawn), "bieu.xlsm")
    [added] = versions_of(workspace, NUMBER)
    assert added.blank is not None
    assert b"vbaProject" not in documents.read(workspace.file, added.blank)
    assert workspace.file.row("select name from blob_store where id = ?", (added.blank,)) == ("bieu.xlsx",)


def test_a_form_with_faults_is_not_added(workspace: Workspace, form: Form) -> None:
    before = dict(workspace.versions)
    with pytest.raises(FaultyForm):
        add_form(workspace, replace(form, rounds=("Q3",), title=""), None, "x.json")
    assert workspace.versions == before


def test_the_blank_of_a_form_the_catalogue_has_only_joins_it(workspace: Workspace) -> None:
    [known] = versions_of(workspace, NOTARY)
    rows = {table.key: expand(table, lambda _: ()) for table in known.form.tables}
    data = blank(layout(known.form, rows, Heading()), plan_of(known.form, rows))
    again = replace(known.form, family="learned.10b", relations=(), provides=(), rollup=())
    add_form(workspace, again, data, "10b.xlsx")
    [after] = versions_of(workspace, NOTARY)
    assert after.blank is not None
    assert (after.id, after.form) == (known.id, known.form)


def test_a_form_file_that_says_more_takes_the_place_of_an_unused_version(workspace: Workspace) -> None:
    [known] = versions_of(workspace, NOTARY)
    more = (*known.form.relations, Relation(rule="c3 <= c2", status="department"))
    assert add_form(workspace, known.form, None, "x.json").op_id is None
    add_form(workspace, replace(known.form, relations=more), None, "x.json")
    [after] = versions_of(workspace, NOTARY)
    assert after.id != known.id
    assert after.form == replace(known.form, relations=more)


def test_a_clerks_blank_of_a_known_form_leaves_what_no_paper_says(workspace: Workspace) -> None:
    """Other words in a row; measures, rollups and the day it came into force stay with the form."""
    [known] = versions_of(workspace, NOTARY)
    learned = learn_blank(BLANKS / "10b-2025.xls")
    assert printed_form(learned.form)["rows"] != printed_form(known.form)["rows"]
    add_form(workspace, learned.form, (BLANKS / "10b-2025.xls").read_bytes(), "10b.xls")
    [after] = versions_of(workspace, NOTARY)
    assert after.form.family == known.form.family
    assert after.form.valid_from == known.form.valid_from
    assert {part.measure for part in after.form.provides} == {part.measure for part in known.form.provides}
    assert {part.rule for part in after.form.rollup} == {part.rule for part in known.form.rollup}
    rules = [relation.rule for relation in after.form.relations]
    assert len(rules) == len(set(rules))
    assert lint(after.form) == []


def test_a_version_that_is_used_is_not_replaced(workspace: Workspace) -> None:
    [known] = versions_of(workspace, NOTARY)
    set_cells(workspace, NOTARY, workspace.owner, HALF, ["[tong]c1=5"])
    other = replace(known.form, title="SỐ TỔ CHỨC CÔNG CHỨNG")
    with pytest.raises(JudappError, match="LRN-022") as caught:
        add_form(workspace, other, None, "x.json")
    assert caught.value.params["since"] == known.form.valid_from
    assert versions_of(workspace, NOTARY) == [known]


def test_a_version_whose_sheets_hold_nothing_gives_way(workspace: Workspace) -> None:
    [known] = versions_of(workspace, NOTARY)
    set_cells(workspace, NOTARY, workspace.owner, HALF, ["[tong]c1=5"])
    workspace.undo()  # the sheet stays as an identity, empty
    assert sheets.find(workspace.file, form=known.id)
    add_form(workspace, replace(known.form, title="SỐ TỔ CHỨC CÔNG CHỨNG"), None, "x.json")
    [after] = versions_of(workspace, NOTARY)
    assert after.form.title == "SỐ TỔ CHỨC CÔNG CHỨNG"
    set_cells(workspace, NOTARY, workspace.owner, HALF, ["[tong]c1=6"])
    assert workspace.version_for(NOTARY, HALF).id == after.id


def test_a_used_version_stays_for_its_periods_where_the_new_one_says_a_later_day(
    workspace: Workspace,
) -> None:
    [known] = versions_of(workspace, NOTARY)
    set_cells(workspace, NOTARY, workspace.owner, HALF, ["[tong]c1=5"])
    later = date(2026, 8, 1)
    other = replace(known.form, title="SỐ TỔ CHỨC CÔNG CHỨNG", valid_from=later)
    add_form(workspace, other, None, "x.json")
    old, new = versions_of(workspace, NOTARY)
    assert (old.id, old.form.valid_to, new.form.valid_from) == (known.id, date(2026, 7, 31), later)
    issued = circular_day(known.form.circular)
    assert issued is not None
    with pytest.raises(JudappError, match="LRN-022"):  # the circular's own day is no later one that was said
        add_form(workspace, replace(other, valid_from=issued, title="KHÁC"), None, "x.json")


def test_a_form_of_a_newer_circular_ends_the_one_before_it(workspace: Workspace) -> None:
    [known] = versions_of(workspace, NOTARY)
    newer = replace(
        known.form,
        circular="Thông tư số 5/2028/TT-BTP ngày 01/03/2028",
        valid_from=date(2028, 5, 1),
        family="learned.10b",
    )
    add_form(workspace, newer, None, "x.json")
    older, added = versions_of(workspace, NOTARY)
    assert (older.id, older.form.valid_to) == (known.id, date(2028, 4, 30))
    assert (added.form.family, added.form.valid_to) == (known.form.family, None)
    earlier = replace(newer, circular="Thông tư số 9/2027/TT-BTP", valid_from=date(2027, 5, 1))
    add_form(workspace, earlier, None, "y.json")
    spans = sorted((v.form.valid_from, v.form.valid_to) for v in versions_of(workspace, NOTARY))
    assert spans == [
        (known.form.valid_from, date(2027, 4, 30)),
        (date(2027, 5, 1), date(2028, 4, 30)),
        (date(2028, 5, 1), None),
    ]


# --- a working form


def test_a_learned_form_works_from_entry_to_export_and_back(
    workspace: Workspace, founded: bytes, tmp_path: Path
) -> None:
    """Blank -> form -> figures -> findings -> workbook -> another file, and a template of it."""
    path = BLANKS / "violations.xlsm"
    form = learn_blank(path).form
    add_form(workspace, form, path.read_bytes(), path.name)
    owner = workspace.owner
    pairs = ["[I.1.a]c1=7", "[I.1.a]c2=6", "[I.1.a]c3=9", "[I.1.a]c5=1250", "[II.1]c1=3"]
    set_cells(workspace, form.number, owner, HALF, pairs)
    found = [f for f in findings(workspace, HALF) if f.severity == "error"]
    assert {f.place.row for f in found} == {"I.1.a"}  # 9 warned of 6 punished
    set_cells(workspace, form.number, owner, HALF, ["[I.1.a]c3=2"])
    assert [f for f in findings(workspace, HALF) if f.severity == "error"] == []
    [written] = [f for f in export(workspace, HALF, tmp_path / "out", [form.number]) if f.form]
    shown = load_workbook(written.path).worksheets[0]
    cells = {cell.value for row in shown.iter_rows() for cell in row}
    assert {form.title, 1250, 7, 6, 2} <= cells

    other = tmp_path / "b.sqlite"
    other.write_bytes(founded)
    with Workspace.open(other) as second:
        add_form(second, form, None, "05c.json")
        [candidate] = preview(second, [written.path])
        assert candidate.status == "ready"
        assert [f.code for f in candidate.findings] == ["MAP-045"]  # communes report it, not the province
        apply_import(second, [candidate])
        assert candidate.status == APPLIED
        version = second.version_for(form.number, HALF)
        sheet = second.resolved(version.id, second.owner.uid, HALF)
        assert sheet is not None
        assert sheet["", "I.1.a", "5"].value.number == 1250
        write_template(second, version, second.owner, HALF, tmp_path / "mau.xlsx")
        assert load_workbook(tmp_path / "mau.xlsx").worksheets[0].protection.sheet


# --- bad input


def refusal(path: Path) -> str:
    with pytest.raises(JudappError) as caught:
        learn_blank(path)
    for lang in LANGUAGES:
        assert "{" not in of_error(caught.value, lang)
    return caught.value.code


def test_a_book_without_a_table_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["A3"] = "Kính gửi: Sở Tư pháp", "Đề nghị quý Sở báo cáo trước ngày 20 tháng 6."
    book.save(tmp_path / "x.xlsx")
    assert refusal(tmp_path / "x.xlsx") == "LRN-001"


def test_a_filled_form_is_refused(tmp_path: Path) -> None:
    assert refusal(draw_blank(tmp_path / "x.xlsx", filled=True)) == "LRN-002"


def test_two_forms_on_one_sheet_are_refused(drawn: Path, tmp_path: Path) -> None:
    book = load_workbook(drawn)
    page = book.worksheets[0]
    drawn_cells = [cell for row in page.iter_rows(max_row=20) for cell in row if isinstance(cell, Cell)]
    for cell in drawn_cells:
        page.cell(cell.row + 30, cell.column, cell.value)
        page.cell(cell.row + 30, cell.column).border = FRAME if cell.has_style else Border()
    page["A31"] = "Biểu số: 98c/TP/CC"
    for area in list(page.merged_cells.ranges):
        below = CellRange(area.coord)
        below.shift(row_shift=30)
        page.merge_cells(below.coord)
    book.save(tmp_path / "x.xlsx")
    assert refusal(tmp_path / "x.xlsx") == "LRN-003"


def test_a_sheet_of_two_thousand_columns_is_refused(drawn: Path, tmp_path: Path) -> None:
    book = load_workbook(drawn)
    page = book.worksheets[0]
    for column in range(8, 2_001):
        page.cell(8, column, f"({column - 1})").border = FRAME
    book.save(tmp_path / "x.xlsx")
    assert refusal(tmp_path / "x.xlsx") == "LRN-004"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_workbook_under_password_is_refused(suffix: str) -> None:
    assert refusal(BLANKS.parent / f"encrypted.{suffix}") == "FIL-001"


@pytest.mark.parametrize(("font", "label"), [(".VnTime", "Tæng sè"), ("VNI-Times", "Toång soá")])
def test_a_blank_typed_in_legacy_letters_is_refused_with_its_font(
    drawn: Path, tmp_path: Path, font: str, label: str
) -> None:
    book = load_workbook(drawn)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.font = Font(name=font)
            if isinstance(cell, Cell) and isinstance(cell.value, str) and cell.row != 8:
                cell.value = label
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(JudappError, match="LRN-014") as caught:
        learn_blank(tmp_path / "x.xlsx")
    assert caught.value.params["fonts"] == font


def test_some_cells_of_legacy_letters_are_asked_about_and_unicode_in_such_a_font_is_none(
    drawn: Path, tmp_path: Path
) -> None:
    book = load_workbook(drawn)
    page = book.worksheets[0]
    page["G5"], page["G5"].font = "Ghi chó", Font(name=".VnTime")
    page["A9"].font = Font(name=".VnTimeH", bold=True)  # "Tổng số" stays Unicode
    book.save(tmp_path / "x.xlsx")
    [told] = [problem for problem in learn_blank(tmp_path / "x.xlsx").problems if problem.path == "$"]
    assert (told.code, told.cells, told.params) == ("LRN-015", ((5, 7),), {"fonts": ".VnTime", "count": 1})
