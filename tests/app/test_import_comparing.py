"""A file is held against what stands there: what it leaves blank stays, and somebody is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from judapp.app.import_view import file_rows
from judapp.app.importing import READY, apply_import, preview
from judapp.app.minutes import minutes
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.messages import text
from tests.app.test_importing import SEEDS, changed, codes, value

ONLINE = "Hồ sơ đăng ký trực tuyến"


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        yield opened


def without(path: Path, words: str) -> Path:
    """Empty the figure of the row labelled ``words``."""
    book = load_workbook(path)
    [row] = [row for row in book.worksheets[0].iter_rows() if any(cell.value == words for cell in row)]
    row[3].value = None
    book.save(path)
    return path


def test_a_figure_that_a_corrected_file_leaves_blank_stays_and_that_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", "Tổng số hồ sơ", 90_000)
    found = preview(workspace, [without(path, ONLINE)])
    [said] = found[0].findings
    assert (found[0].status, said.code, said.severity, said.params["cells"]) == (READY, "MAP-053", "info", 1)
    [told] = file_rows(workspace, found)[0].findings
    assert told.text.startswith("1 ô đang có số mà tệp này để trống, như ")
    assert told.text.endswith(": giữ số cũ.")
    assert ONLINE in text("MAP-053", "vi", **said.params)
    op = apply_import(workspace, found).op_id
    assert op is not None
    [line] = minutes(workspace, op).written
    assert [note.vi for note in line.notes] == [told.text]
    assert value(workspace, "VI.1") == figure.number(81452)


@pytest.mark.parametrize(("figures", "said"), [(90_000, []), ("12.345", ["CEL-003"]), ("12O", ["CEL-001"])])
def test_a_figure_that_is_there_however_it_is_written_is_not_called_blank(
    workspace: Workspace, tmp_path: Path, figures: str | int, said: list[str]
) -> None:
    path = changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", ONLINE, figures)
    assert [code for code in codes(preview(workspace, [path])[0]) if not code.startswith("REL-")] == said
