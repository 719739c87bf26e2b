"""From a figure above down to unit, file and cell; what moves when a unit corrects itself after sending."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from judapp.app.adjusting import adjust_at
from judapp.app.after_sending import cause_words, moved, moved_sentence, would_move
from judapp.app.grid import reckoned
from judapp.app.importing import apply_import, preview
from judapp.app.marked_original import mark_original
from judapp.app.original_file import bare_name, write_original
from judapp.app.rolling_up import rollups
from judapp.app.supposing import Supposing
from judapp.app.tracing import trace
from judapp.app.workspace import Workspace
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import documents, snapshots
from tests import board_world as world
from tests.board_world import ABOVE, BASE, H1

Run = Callable[..., Any]
TOTAL = ("", "tong", "2")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with world.province(tmp_path / "a.sqlite") as opened:
        yield opened


def first(workspace: Workspace) -> Unit:
    return world.offices(workspace)[0]


def test_nothing_moved_right_after_handing_in(workspace: Workspace) -> None:
    world.hand_in(workspace)
    assert moved(workspace, H1) == []
    assert moved_sentence([]).vi == ""


def test_a_unit_whose_correction_was_taken_back_moved_nothing(workspace: Workspace, tmp_path: Path) -> None:
    world.hand_in(workspace)
    cells = world.figures(1) | {"c3": 41, "c2": 43}
    world.imported(workspace, world.sent(workspace, first(workspace), cells, tmp_path / "sửa.xlsx"))
    workspace.undo()
    other = world.offices(workspace)[8]
    world.imported(workspace, world.sent(workspace, other, world.figures(9), tmp_path / "mới.xlsx"))
    [found] = moved(workspace, H1)
    total = next(cell for cell in found.cells if cell.key == TOTAL)
    assert [cause.unit for cause in total.causes] == [other.uid]


def test_a_units_correction_tells_which_cells_above_moved_and_whose_it_was(
    workspace: Workspace, tmp_path: Path
) -> None:
    sheet = world.hand_in(workspace)
    kept = snapshots.of_sheet(workspace.file, sheet)
    copy = documents.read(workspace.file, kept[-1].payload)
    cells = world.figures(1) | {"c3": 41, "c2": 43}
    world.imported(workspace, world.sent(workspace, first(workspace), cells, tmp_path / "sửa.xlsx"))
    [found] = moved(workspace, H1)
    told = {cell.key: (cell.sent, cell.present) for cell in found.cells}
    row = row_of(workspace, first(workspace))
    assert told["", row, "2"] == ("42", "43")
    assert told["", row, "3"] == ("40", "41")
    assert told[TOTAL] == ("595", "596")
    for cell in found.cells:
        [cause] = cell.causes
        assert (cause.unit, cause.file) == (first(workspace).uid, "sửa.xlsx")
    assert "sửa.xlsx" in cause_words(found.cells[0].causes[0], "vi")
    assert moved_sentence([found]).vi == f"{len(found.cells)} ô biểu tỉnh (10b) khác bản đã gửi"
    assert documents.read(workspace.file, snapshots.of_sheet(workspace.file, sheet)[-1].payload) == copy
    workspace.undo()
    assert moved(workspace, H1) == []


def test_an_import_tells_before_what_it_would_move_and_writes_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    world.hand_in(workspace)
    world.typed(workspace, world.offices(workspace)[1], {"c1": 99})
    cells = world.figures(1) | {"c3": 41, "c2": 43}
    late = world.sent(workspace, world.offices(workspace)[-1], world.figures(4), tmp_path / "mới.xlsx")
    file = world.sent(workspace, first(workspace), cells, tmp_path / "sửa.xlsx")
    before = workspace.file.meta("head")
    candidates = preview(workspace, [file, late])
    [found] = would_move(workspace, candidates)
    told = {cell.key: (cell.sent, cell.present, {c.file for c in cell.causes}) for cell in found.cells}
    row = row_of(workspace, first(workspace))
    assert told["", row, "2"] == ("42", "43", {"sửa.xlsx"})
    assert told[TOTAL] == ("595", str(595 + 1 + 168), {"sửa.xlsx", "mới.xlsx"})
    assert ("", row_of(workspace, world.offices(workspace)[1]), "1") not in told  # moved before, not by these
    assert moved_sentence([found], ahead=True).vi.endswith("ô biểu tỉnh (10b) sẽ khác bản đã gửi")
    assert workspace.file.meta("head") == before
    assert (
        reckoned(workspace, workspace.version_for(ABOVE, H1), world.head(workspace).uid, H1)[
            TOTAL
        ].value.number
        == 595
    )
    with pytest.raises(NotImplementedError):
        Supposing(workspace, []).apply("set", "x", lambda _: None)
    apply_import(workspace, candidates)
    [really] = moved(workspace, H1)
    come = {cell.key: (cell.sent, cell.present) for cell in really.cells}
    assert {key: value[:2] for key, value in told.items()}.items() <= come.items()


def test_an_import_that_moves_no_sheet_handed_in_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    file = world.sent(workspace, first(workspace), world.figures(7), tmp_path / "sửa.xlsx")
    assert would_move(workspace, preview(workspace, [file])) == []


def row_of(workspace: Workspace, unit: Unit) -> str:
    resolved = reckoned(workspace, workspace.version_for(ABOVE, H1), world.head(workspace).uid, H1)
    return next(row.key for row in resolved.rows[""] if row.unit == unit.uid)


def test_a_total_is_traced_to_every_unit_its_file_and_cell(workspace: Workspace, tmp_path: Path) -> None:
    found = trace(workspace, ABOVE, world.head(workspace).uid, H1, TOTAL)
    assert found.value == "595"
    assert [line.value for line in found.lines] == ["252", "210", "84", "42", "7"]
    assert (len(found.waiting), len(found.without)) == (18, 1)
    [from_file] = [line for line in found.lines if line.file]
    assert (from_file.unit, from_file.file, from_file.form) == (
        first(workspace).uid, "van phong 1.xlsx", BASE,
    )  # fmt: skip
    assert from_file.worksheet
    assert from_file.address.endswith("c2")
    assert from_file.imported is not None
    [column] = [line for line in found.lines if line.unit == world.offices(workspace)[1].uid]
    assert (column.file, bool(column.who)) == ("", True)
    # the cell of the worksheet holds that very figure
    import openpyxl

    path = write_original(workspace, from_file.imported, tmp_path / "gốc")
    direct = trace(workspace, BASE, first(workspace).uid, H1, ("", row_below(workspace), "3"))
    [line] = direct.lines
    assert openpyxl.load_workbook(path)[line.worksheet][line.cell].value == 40


def row_below(workspace: Workspace) -> str:
    resolved = reckoned(workspace, workspace.version_for(BASE, H1), first(workspace).uid, H1)
    return next(row.key for row in resolved.rows[""] if row.cells != frozenset())


def test_an_adjustment_is_told_apart_from_the_units(workspace: Workspace) -> None:
    own, row = world.head(workspace), row_of(workspace, first(workspace))
    adjust_at(workspace, ABOVE, own, H1, f"[{row}]c2=-2", "Trùng hai việc")
    found = trace(workspace, ABOVE, own.uid, H1, ("", row, "2"))
    assert (found.value, found.base, found.delta, found.reason) == ("40", "42", "−2", "Trùng hai việc")


def test_the_original_file_comes_out_as_it_came_and_over_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    [line] = [x for x in trace(workspace, ABOVE, world.head(workspace).uid, H1, TOTAL).lines if x.file]
    assert line.imported is not None
    folder = tmp_path / "gốc"
    one = write_original(workspace, line.imported, folder)
    assert one.name == "van phong 1.xlsx"
    assert write_original(workspace, line.imported, folder) == one  # the same bytes are there already
    sent = one.read_bytes()
    one.write_bytes(b"somebody's own")
    other = write_original(workspace, line.imported, folder)
    assert (other.name, other.read_bytes()) == ("van phong 1 (2).xlsx", sent)
    assert one.read_bytes() == b"somebody's own"
    with pytest.raises(KeyError):
        write_original(workspace, 99, folder)
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(JudappError, match="EXP-002"):
        write_original(workspace, line.imported, tmp_path / "tệp")


def test_the_file_of_a_wrong_sheet_comes_out_with_its_faults_marked(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[8]
    world.imported(
        workspace, world.sent(workspace, office, world.figures(3) | {"c2": 7}, tmp_path / "s.xlsx")
    )
    [wrong] = [line for line in trace(workspace, ABOVE, world.head(workspace).uid, H1, TOTAL).lines
               if line.unit == office.uid]  # fmt: skip
    assert wrong.imported is not None
    made = mark_original(workspace, wrong.imported, office.uid, H1, tmp_path / "đánh dấu")
    assert made.path is not None
    assert (made.path.is_file(), made.errors) == (True, 1)
    [fine] = trace(workspace, BASE, first(workspace).uid, H1, ("", row_below(workspace), "3")).lines
    assert fine.imported is not None
    with pytest.raises(JudappError, match="BOA-003"):
        mark_original(workspace, fine.imported, first(workspace).uid, H1, tmp_path)


@pytest.mark.parametrize(
    ("name", "bare"),
    [("../../x.xlsx", "x.xlsx"), ("C:\\gui\\bc.xls", "bc.xls"), ("..", "judapp"), ("/a/b.ods", "b.ods")],
)
def test_a_senders_path_leads_nowhere(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_the_command_line_says_the_same(workspace: Workspace, tmp_path: Path, judapp: Run) -> None:
    world.hand_in(workspace)
    world.typed(workspace, world.offices(workspace)[1], {"c1": 99})
    cells = world.figures(1) | {"c13": 99}
    again = world.sent(workspace, first(workspace), cells, tmp_path / "sửa.xlsx")
    file = workspace.file.path
    code = workspace.unit_code(world.offices(workspace)[-1].uid, H1.last_day)
    workspace.close()
    at = (file, "--period", H1.code)
    shown = judapp("board", *at, "--unit", "TH", "--on", "2026-06-12", "--json",
                   "--remind", tmp_path / "đôn đốc.xlsx", "--templates", tmp_path / "mẫu")  # fmt: skip
    told = json.loads(shown.out)
    counts = {"all": 24, "missing": 18, "unfinished": 1, "wrong": 1, "duplicate": 0, "late": 1}
    assert told["counts"] == counts
    assert len(told["files"]) == 19
    assert all(Path(path).is_file() for path in told["files"])
    words = judapp("board", *at, "--unit", "TH", "--on", "2026-06-12", "--form", BASE, "--text")
    assert words.out.count("Đề nghị") == 19
    plain = judapp("board", *at, "--unit", "TH", "--on", "2026-06-12")
    assert "3 ô biểu tỉnh (10b) khác bản đã gửi." in plain.out
    assert "✕1" in plain.out
    tried = judapp("import", file, again, "--dry-run")
    assert "3 ô biểu tỉnh (10b) sẽ khác bản đã gửi." in tried.out
    moved_cells = json.loads(judapp("moved", *at, "--json").out)["sheets"][0]["cells"]
    assert [(cell["sent"], cell["present"]) for cell in moved_cells][-1] == ("21", "99")
    codes = {line["unit"]: line["unit_name"] for line in told["units"]}
    for cause in (cause for cell in moved_cells for cause in cell["causes"]):
        assert codes[cause["unit"]] == cause["unit_name"]
    assert "lần 1" in judapp("moved", *at).out
    traced = judapp("trace", *at, "--unit", "TH", "--form", ABOVE, "[tong]c2", "--save", tmp_path / "gốc")
    assert "van phong 1.xlsx" in traced.out
    assert "chưa nộp" in traced.out
    assert (tmp_path / "gốc" / "van phong 1.xlsx").is_file()
    rolled = json.loads(judapp("rollup", *at, "--unit", "TH", "--json", "--dry-run").out)
    assert [(form["locked"], form["covered"]) for form in rolled["forms"]] == [(True, 5)]
    assert "phiếu đã trình" in judapp("rollup", *at, "--unit", "TH").out
    marked = judapp("mark", *at, "--unit", code, "--form", BASE, "--not-owed", "Tạm ngừng", "--json")
    assert json.loads(marked.out)["mark"] == "not_owed"
    assert judapp("mark", *at, "--unit", code, "--form", BASE, "--on-paper").code == 0
    assert "đã bỏ dấu" in judapp("mark", *at, "--unit", code, "--form", BASE, "--clear").out
    assert judapp("mark", *at, "--unit", code, "--form", BASE).code == 2


def test_nothing_is_rolled_up_where_no_form_above_reads_the_units(practice: Workspace) -> None:
    from judapp.app.board import unit_board

    assert rollups(practice, unit_board(practice, H1, practice.owner.uid, world.ON)) == []
