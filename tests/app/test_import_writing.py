"""What was shown is what is written: a row of one's own once, and nothing from what is no file any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.importing import READY, UNCHANGED, apply_import, preview, read_again
from judapp.app.marking import marked_copies
from judapp.app.minutes_out import keep_minutes
from judapp.app.own_rows import add_row, remove_row
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.period import Period
from judapp.domain.rows import OwnRow
from judapp.errors import JudappError
from judapp.excel.reader import read_workbook
from judapp.store import sheets
from tests.import_pages import xlsx
from tests.import_world import content, founded, laid_out, page_of

NUMBER, ROUND = "21b/TP/HTPLDN", "2026-H1"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with founded(tmp_path / "a.sqlite") as opened:
        yield opened


def with_own_rows(workspace: Workspace, path: Path, *labels: str) -> Path:
    """A 21b of the province with rows of its own, every cell filled."""
    own = {"": tuple(OwnRow(f"#r{n}", "", n, None, label) for n, label in enumerate(labels, 1))}
    period = Period.parse(ROUND)
    plan = laid_out(workspace, NUMBER, workspace.owner.uid, period, {}, own)[1].plan
    keys = [key for key, spot in plan.spots.items() if key not in plan.computed and spot.kind != "text"]
    figures = {key: figure.number(n) for n, key in enumerate(keys, 1)}
    path.write_bytes(xlsx(page_of(workspace, NUMBER, "40", ROUND, figures, own)))
    return path


def own_labels(workspace: Workspace) -> list[str]:
    period = Period.parse(ROUND)
    stored = workspace.stored(workspace.version_for(NUMBER, period).id, workspace.owner.uid, period)
    assert stored is not None
    return [row.label for rows in sheets.own_rows(workspace.file, stored.id).values() for row in rows]


def test_a_row_of_ones_own_is_not_doubled_by_a_preview_made_before_it_came(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = with_own_rows(workspace, tmp_path / "a.xlsx", "Sở Y tế", "Sở Công Thương")
    first, second = preview(workspace, [path]), preview(workspace, [path])
    apply_import(workspace, first)
    assert own_labels(workspace) == ["Sở Y tế", "Sở Công Thương"]
    before = content(workspace)
    with pytest.raises(JudappError, match="MAP-017"):
        apply_import(workspace, second)
    assert content(workspace) == before
    again = read_again(workspace, second)
    assert (again[0].own_rows, again[0].changes) == ([], [])
    apply_import(workspace, again)
    assert again[0].status == UNCHANGED


def test_other_rows_of_ones_own_still_come_beside_those_that_are_there(
    workspace: Workspace, tmp_path: Path
) -> None:
    apply_import(workspace, preview(workspace, [with_own_rows(workspace, tmp_path / "a.xlsx", "Sở Y tế")]))
    both = with_own_rows(workspace, tmp_path / "b.xlsx", "Sở Y tế", "Sở Công Thương")
    apply_import(workspace, preview(workspace, [both]))
    assert own_labels(workspace) == ["Sở Y tế", "Sở Công Thương"]


def test_a_row_of_ones_own_that_was_taken_away_since_gets_no_figures(
    workspace: Workspace, tmp_path: Path
) -> None:
    place = NUMBER, workspace.owner, Period.parse(ROUND), ""
    key, _ = add_row(workspace, *place, "", "Sở Y tế")
    found = preview(workspace, [with_own_rows(workspace, tmp_path / "a.xlsx", "Sở Y tế")])
    assert (found[0].own_rows, found[0].status) == ([], READY)
    remove_row(workspace, *place, key)
    before = content(workspace)
    with pytest.raises(JudappError, match="MAP-017"):
        apply_import(workspace, found)
    assert content(workspace) == before
    apply_import(workspace, read_again(workspace, found))
    assert own_labels(workspace) == ["Sở Y tế"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a place in a folder")
def test_a_file_that_became_a_pipe_is_not_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    path = with_own_rows(workspace, tmp_path / "a.xlsx", "Sở Y tế")
    found = preview(workspace, [path])
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(JudappError, match="FIL-007"):
        apply_import(workspace, found)
    [copy] = marked_copies(workspace, found, tmp_path)
    assert copy.fault is not None
    assert copy.fault.code == "FIL-007"
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(JudappError, match="FIL-007"):
        apply_import(workspace, found)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are no bytes there")
@pytest.mark.usefixtures("qapp")  # for the PDF: the one application of the test run
@pytest.mark.parametrize("name", [b"21b \xe9.xlsx", b"21b\x01\x0b.xlsx"])
def test_a_file_whose_name_no_text_can_hold_is_written_and_told_all_the_same(
    workspace: Workspace, tmp_path: Path, name: bytes
) -> None:
    """As they come out of archives packed on Windows; one of them must not stop the whole import."""
    path = tmp_path / os.fsdecode(name)
    with_own_rows(workspace, path, "Sở Y tế")
    op = apply_import(workspace, preview(workspace, [path])).op_id
    assert op is not None
    for suffix in (".xlsx", ".pdf"):
        keep_minutes(workspace, op, tmp_path / f"minutes{suffix}")
    [told] = read_workbook(tmp_path / "minutes.xlsx")
    assert any("21b" in cell.shown_text and "\ufffd" in cell.shown_text for cell in told.cells.values())
