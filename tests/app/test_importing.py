"""An import is all or nothing, previewed, undoable whole, and remembers its sources (promise 6)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from judapp.app.approving import submit
from judapp.app.entering import set_cells
from judapp.app.import_candidates import NEEDS_MAPPING, stated_period
from judapp.app.importing import (
    APPLIED,
    DUPLICATE,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Candidate,
    Wish,
    apply_import,
    assign,
    keep_one,
    preview,
    read_again,
)
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import history, sheets

SEEDS = Path(__file__).parents[2] / "seeds" / "demo" / "workbooks"
H1 = Period(2024, "H1")


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        yield opened


@pytest.fixture
def nghe_an() -> Path:
    """The workbook of Nghệ An's half year."""
    return next(path for path in SEEDS.glob("*.xlsx") if _says(path, "tỉnh Nghệ An", "6 tháng đầu năm 2024"))


def _says(path: Path, *words: str) -> bool:
    book = load_workbook(path)
    texts = " ".join(str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value)
    return all(word in texts for word in words)


def changed(source: Path, target: Path, words: str, value: str | int) -> Path:
    """A copy of a workbook with another figure in the row labelled ``words``."""
    book = load_workbook(source)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == words:
                book.worksheets[0].cell(row[0].row or 0, 4).value = value
    book.save(target)
    return target


def replaced(source: Path, target: Path, old: str, new: str) -> Path:
    book = load_workbook(source)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and old in cell.value:
                cell.value = cell.value.replace(old, new)
    book.save(target)
    return target


def codes(candidate: Candidate) -> list[str]:
    return [finding.code for finding in candidate.findings]


def value(workspace: Workspace, row: str) -> figure.Figure:
    version = workspace.version_for("PL-STP", H1)
    stored = workspace.stored(version.id, workspace.unit("40", H1).uid, H1)
    assert stored is not None
    return sheets.figures(workspace.file, stored.id).get(("", row, "1"), figure.EMPTY)


def test_only_what_differs_is_written_and_the_totals_balance(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    [candidate] = preview(workspace, [path])
    assert candidate.status == READY
    assert [(c.before, c.after) for c in candidate.changes] == [(figure.number(81452), figure.number(81453))]
    assert candidate.read == len(candidate.changes) + candidate.unchanged + candidate.refused
    assert value(workspace, "VI.1") == figure.number(81452)  # a preview writes nothing
    applied = apply_import(workspace, [candidate])
    assert (applied.figures, candidate.status) == (1, APPLIED)
    assert value(workspace, "VI.1") == figure.number(81453)


def test_a_whole_import_is_undone_by_one_step(workspace: Workspace, nghe_an: Path, tmp_path: Path) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    apply_import(workspace, preview(workspace, [path]))
    workspace.undo()
    assert value(workspace, "VI.1") == figure.number(81452)
    workspace.redo()
    assert value(workspace, "VI.1") == figure.number(1)


def test_a_file_that_says_nothing_new_is_unchanged(workspace: Workspace, nghe_an: Path) -> None:
    found = preview(workspace, [nghe_an])
    assert apply_import(workspace, found).empty
    assert [c.status for c in found] == [UNCHANGED]


def test_two_files_for_one_sheet_are_both_refused(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81450)
    changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81451)
    found = preview(workspace, [tmp_path])
    assert [c.status for c in found] == [DUPLICATE, DUPLICATE]
    assert [codes(c) for c in found] == [["MAP-004"], ["MAP-004"]]
    assert apply_import(workspace, found).empty


def test_text_in_a_number_cell_is_kept_as_unreadable(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", "81452 bộ")
    found = preview(workspace, [path])
    assert codes(found[0]) == ["CEL-001"]
    assert found[0].findings[0].place.cell is not None
    apply_import(workspace, found)
    assert value(workspace, "VI.1") == figure.unreadable("81452 bộ")


@pytest.mark.parametrize(
    ("old", "new", "wish", "code"),
    [
        ("PL-STP", "99x/TP/KHONG", Wish(), "MAP-014"),
        ("6 tháng đầu năm 2024", "……", Wish(), "MAP-007"),
        ("x", "x", Wish(period=Period(2023, "H1")), "MAP-003"),
        ("6 tháng đầu năm 2024", "lũy kế 6 tháng năm thi hành án 2024", Wish(), "MAP-009"),
        ("tỉnh Nghệ An", "tỉnh Nghệ Tĩnh", Wish(), "MAP-006"),
        ("x", "x", Wish(unit="38"), "MAP-012"),
        ("(1)", "một", Wish(), "MAP-005"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(
    workspace: Workspace, nghe_an: Path, tmp_path: Path, old: str, new: str, wish: Wish, code: str
) -> None:
    path = replaced(nghe_an, tmp_path / "a.xlsx", old, new)
    [candidate] = preview(workspace, [path], wish)
    assert codes(candidate) == [code]
    assert candidate.status in (REJECTED, UNRECOGNISED, NEEDS_MAPPING)
    assert candidate.changes == []


def test_a_period_and_unit_that_the_file_leaves_out_can_be_given(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = replaced(nghe_an, tmp_path / "a.xlsx", "6 tháng đầu năm 2024", "……")
    path = replaced(path, tmp_path / "b.xlsx", "Sở Tư pháp tỉnh Nghệ An", "")
    [candidate] = preview(workspace, [path], Wish(H1, "40"))
    assert candidate.status == READY
    assert candidate.unchanged == candidate.read


def test_other_days_than_the_sheet_has_are_refused(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    unit = workspace.unit("40", H1.related("same") or H1)
    set_cells(workspace, "PL-STP", unit, Period(2023, "H1"), ["[VI.1]c1=5"])
    path = replaced(nghe_an, tmp_path / "a.xlsx", "6 tháng đầu năm 2024", "6 tháng đầu năm 2023")
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "Từ ngày" in cell.value:
                cell.value = "(Từ ngày 01/01/2023 đến ngày 30/6/2023)"
    book.save(path)
    [candidate] = preview(workspace, [path])
    assert codes(candidate) == ["MAP-015"]


def test_faults_of_one_file_do_not_stop_the_others(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    (tmp_path / "ảnh.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    empty = Workbook()
    empty.save(tmp_path / "trống.xlsx")
    (tmp_path / "~$khóa.xlsx").write_bytes(b"")
    (tmp_path / "ghi chú.txt").write_text("x", encoding="utf-8")
    changed(nghe_an, tmp_path / "đúng.xlsx", "Hồ sơ đăng ký trực tuyến", 5)
    found = {c.path.name: c for c in preview(workspace, [tmp_path])}
    assert {name: c.status for name, c in found.items()} == {
        "ảnh.xlsx": REJECTED,
        "trống.xlsx": UNRECOGNISED,
        "đúng.xlsx": READY,
    }
    assert codes(found["ảnh.xlsx"]) == ["FIL-002"]
    assert codes(found["trống.xlsx"]) == ["MAP-001"]


def test_a_path_that_is_not_there_stops_the_import(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(JudappError, match="FIL-004"):
        preview(workspace, [tmp_path / "không có"])


def submitted(workspace: Workspace) -> None:
    version = workspace.version_for("PL-STP", H1)
    unit = workspace.unit("40", H1)
    resolved = workspace.resolved(version.id, unit.uid, H1)
    assert resolved is not None
    set_cells(workspace, "PL-STP", unit, H1, [f"[{row}]c{col}=⊘" for _, row, col in resolved.unanswered])
    submit(workspace, "PL-STP", unit, H1)


def test_a_submitted_sheet_is_left_out_and_the_others_go_on(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    submitted(workspace)
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81450)
    replaced(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "6 tháng đầu năm 2024", "6 tháng đầu năm 2023")
    found = preview(workspace, [tmp_path])
    assert [(c.status, codes(c)) for c in found] == [(REJECTED, ["STA-002"]), (READY, [])]
    apply_import(workspace, found)
    assert value(workspace, "VI.1") == figure.number(81452)


def test_a_sheet_submitted_after_the_preview_takes_no_import(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    found = preview(workspace, [path])
    submitted(workspace)
    with pytest.raises(JudappError, match="STA-002"):
        apply_import(workspace, found)
    assert value(workspace, "VI.1") == figure.number(81452)


def test_a_file_changed_after_the_preview_is_not_written(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    found = preview(workspace, [path])
    changed(nghe_an, path, "Hồ sơ đăng ký trực tuyến", 2)
    with pytest.raises(JudappError, match="FIL-007"):
        apply_import(workspace, found)
    path.unlink()
    with pytest.raises(JudappError, match="FIL-004"):
        apply_import(workspace, found)
    assert value(workspace, "VI.1") == figure.number(81452)


def test_a_figure_typed_after_the_preview_is_not_written_over(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    found = preview(workspace, [path])
    set_cells(workspace, "PL-STP", workspace.unit("40", H1), H1, ["[VI.1]c1=7"])
    with pytest.raises(JudappError, match="MAP-017"):
        apply_import(workspace, found)
    assert value(workspace, "VI.1") == figure.number(7)
    again = read_again(workspace, found)
    assert [c.before for c in again[0].changes] == [figure.number(7)]
    apply_import(workspace, again)
    assert value(workspace, "VI.1") == figure.number(1)


def test_reading_tells_how_far_it_is_and_stops_when_asked(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        changed(nghe_an, tmp_path / name, "Hồ sơ đăng ký trực tuyến", 1)
    told: list[tuple[int, int, str]] = []
    seen: list[str] = []
    preview(
        workspace,
        [tmp_path],
        step=lambda *told_now: told.append(told_now),
        seen=lambda found: seen.extend(c.path.name for c in found),
    )
    assert told[1:] == [(0, 3, "a.xlsx"), (1, 3, "b.xlsx"), (2, 3, "c.xlsx"), (3, 3, "")]
    assert seen == ["a.xlsx", "b.xlsx", "c.xlsx"]

    def stop(done: int, total: int, name: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    operations = len(history.operations(workspace.file, 100))
    with pytest.raises(KeyboardInterrupt):
        preview(workspace, [tmp_path], step=stop)
    assert len(history.operations(workspace.file, 100)) == operations


def test_a_file_named_twice_is_read_once(workspace: Workspace, nghe_an: Path, tmp_path: Path) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    assert [c.status for c in preview(workspace, [path, tmp_path, path])] == [READY]


def test_files_can_be_added_to_those_read_before(workspace: Workspace, nghe_an: Path, tmp_path: Path) -> None:
    first = preview(workspace, [changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)])
    changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 2)
    both = preview(workspace, [tmp_path], beside=first)
    assert [(c.path.name, c.status) for c in both] == [("a.xlsx", DUPLICATE), ("b.xlsx", DUPLICATE)]
    assert first[0].status == READY  # what is on screen meanwhile stays as it was


def test_of_two_files_for_one_sheet_a_person_chooses(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81450)
    changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81451)
    found = preview(workspace, [tmp_path])
    chosen = keep_one(found, 1)
    assert [(c.status, codes(c)) for c in chosen] == [(DUPLICATE, ["MAP-018"]), (READY, [])]
    other = keep_one(chosen, 0)
    assert [c.status for c in other] == [READY, DUPLICATE]
    assert [c.status for c in keep_one(other, 0, keep=False)] == [DUPLICATE, DUPLICATE]
    assert [c.status for c in read_again(workspace, chosen)] == [DUPLICATE, READY]
    apply_import(workspace, chosen)
    assert value(workspace, "VI.1") == figure.number(81451)


def test_what_is_taken_out_is_not_written(workspace: Workspace, nghe_an: Path, tmp_path: Path) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    replaced(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "6 tháng đầu năm 2024", "6 tháng đầu năm 2023")
    found = preview(workspace, [tmp_path])
    apply_import(workspace, found, skip={0})
    assert [c.status for c in found] == [READY, APPLIED]
    assert value(workspace, "VI.1") == figure.number(81452)


def test_unit_and_period_of_one_file_can_be_given_by_hand(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    replaced(nghe_an, tmp_path / "a.xlsx", "tỉnh Nghệ An", "tỉnh Nghệ Tĩnh")
    replaced(nghe_an, tmp_path / "b.xlsx", "6 tháng đầu năm 2024", "……")
    changed(nghe_an, tmp_path / "c.xlsx", "Hồ sơ đăng ký trực tuyến", 81450)
    found = preview(workspace, [tmp_path])
    assert [codes(c) for c in found] == [["MAP-006"], ["MAP-007"], []]
    unit = workspace.unit("38", H1)
    given = assign(workspace, found, [0], unit=unit.uid)
    assert [c.status for c in given] == [READY, REJECTED, READY]
    assert given[0].target[1:] == (unit.uid, H1)
    assert found[0].status == REJECTED
    given = assign(workspace, given, [1], period=H1)
    assert [c.status for c in given] == [READY, DUPLICATE, DUPLICATE]  # b and c are for one sheet now
    kept = keep_one(given, 1)
    assert [c.status for c in read_again(workspace, kept)] == [READY, READY, DUPLICATE]


def test_a_file_of_another_period_can_be_taken_into_its_own(workspace: Workspace, nghe_an: Path) -> None:
    wish = Wish(period=Period(2023, "H1"))
    found = preview(workspace, [nghe_an], wish)
    assert codes(found[0]) == ["MAP-003"]
    [given] = assign(workspace, found, [0], wish, period=stated_period(found[0]))
    assert (given.status, given.period) == (READY, H1)


def test_a_total_that_the_file_adds_up_wrongly_is_named_and_not_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    from judapp.app.exporting import export

    period = Period(2026, "H1")
    export(workspace, period, tmp_path, ["10b/TP/CC"])
    path = tmp_path / "Bieu_10b-TP-CC_TH_2026-H1.xlsx"
    book = load_workbook(path)
    page = book.worksheets[0]
    values = load_workbook(path, data_only=True).worksheets[0]
    total = next(c for row in page.iter_rows() for c in row if c.data_type == "f")
    number = values[total.coordinate].value
    assert isinstance(number, int)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    wrong = re.sub(
        rf'(<c r="{total.coordinate}"[^>]*><f>[^<]*</f><v>){number}<', rf"\g<1>{number + 5}<", sheet
    )
    assert wrong != sheet
    with zipfile.ZipFile(tmp_path / "sai.xlsx", "w") as target:
        for name, data in parts.items():
            target.writestr(name, wrong.encode() if name == "xl/worksheets/sheet1.xml" else data)
    [candidate] = preview(workspace, [tmp_path / "sai.xlsx"])
    [finding] = candidate.findings
    assert (finding.code, finding.place.cell) == ("REL-003", total.coordinate)
    assert (finding.expected, finding.actual) == (str(number), str(number + 5))
    assert candidate.changes == []


def test_a_template_of_an_older_version_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    from judapp.app.paper import write_template

    period = Period(2026, "H1")
    unit = workspace.unit("TH", period)
    write_template(workspace, workspace.version_for("10b/TP/CC", period), unit, period, tmp_path / "a.xlsx")
    old = tmp_path / "cũ.xlsx"
    sha = workspace.version_for("10b/TP/CC", period).sha256
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(sha.encode(), b"0" * 64))
    [candidate] = preview(workspace, [old])
    assert (codes(candidate), candidate.status) == (["MAP-016"], REJECTED)
    wrong_period = preview(workspace, [tmp_path / "a.xlsx"], Wish(period=Period(2026, "Y")))
    assert codes(wrong_period[0]) == ["MAP-003"]
