"""Exporting: chosen sheets, one whole file after the other, a manifest once all are there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.exporting import MANIFEST, export
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.excel.reader import read_workbook
from tests.practice_sheets import practice_file

HALF = Period(2026, "H1")


class Stopped(Exception):
    """What a step raises when the person asked to stop."""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("practice") / "a.sqlite") as workspace:
        yield workspace


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_only_the_sheets_asked_for_are_written(practice: Workspace, tmp_path: Path) -> None:
    [one] = [s.id for s in practice.sheets_of(HALF) if practice.version(s.form).form.number == "TH-13"]
    export(practice, HALF, tmp_path, sheets=[one])
    assert names(tmp_path) == {"Bieu_TH-13_TH_2026-H1.xlsx", "Tien-do_2026-H1.xlsx", MANIFEST}
    with pytest.raises(JudappError, match="EXP-003"):
        export(practice, HALF, tmp_path, sheets=[])


def test_every_file_is_told_before_it_is_written_and_counts_what_was_read_back(
    practice: Workspace, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    files = export(practice, HALF, tmp_path, step=lambda *step: told.append(step))
    forms = [file for file in files if file.form]
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert [name for _, _, name in told] == [*(file.form for file in forms), MANIFEST]
    for file in forms:
        [sheet, *_] = read_workbook(file.path)
        assert file.cells >= sum(cell.content is not None for cell in sheet.cells.values()) > 0


def test_stopping_leaves_whole_files_nothing_half_written_and_no_manifest(
    practice: Workspace, tmp_path: Path
) -> None:
    def step(done: int, total: int, name: str) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        export(practice, HALF, tmp_path, step=step)
    [path] = tmp_path.iterdir()
    assert path.name.startswith("Bieu_")
    assert read_workbook(path)
    export(practice, HALF, tmp_path)
    assert MANIFEST in names(tmp_path)


def test_the_manifest_proves_every_file_of_its_run(practice: Workspace, tmp_path: Path) -> None:
    files = export(practice, HALF, tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    assert manifest["head"] == practice.file.meta("head")
    assert {entry["path"]: entry["sha256"] for entry in manifest["files"]} == {
        file.path.name: hashlib.sha256(file.path.read_bytes()).hexdigest() for file in files
    }
