"""Two files for one sheet: equals are one, others are held against each other and a person chooses."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.import_candidates import Candidate
from judapp.app.import_preview import Other, sheet_preview
from judapp.app.import_rivals import called, differences, differing, says_the_same
from judapp.app.import_view import LEFT_OUT, SAME, file_rows
from judapp.app.importing import DUPLICATE, READY, apply_import, keep_one, preview
from judapp.app.minutes import minutes
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure, State
from judapp.domain.rows import OwnRow
from judapp.excel.mapped import ReadFigure
from tests.app.test_importing import SEEDS, changed, codes

ONLINE = ("", "VI.1", "1")


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        yield opened


@pytest.fixture
def nghe_an() -> Path:
    return SEEDS / "pl-stp_40_2024-H1.xlsx"


def saved(path: Path, moment: int) -> Path:
    os.utime(path, (moment, moment))
    return path


def test_the_same_bytes_twice_are_one_file_and_that_is_said(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    first = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    shutil.copy(first, tmp_path / "b.xlsx")
    saved(first, 1_000_000)
    found = preview(workspace, [tmp_path])
    assert [(c.status, codes(c)) for c in found] == [(DUPLICATE, ["MAP-019"]), (READY, [])]
    rows = file_rows(workspace, found)
    assert [(row.status, row.attention, len(row.rivals)) for row in rows] == [
        (SAME, False, 0),
        (READY, False, 0),
    ]
    op = apply_import(workspace, found).op_id
    assert op is not None
    [left] = minutes(workspace, op).left_out
    assert (left.reason, left.notes[0].vi) == ("same", "Giống hệt tệp khác.")


def test_other_bytes_with_the_same_figures_are_one_as_well_the_newer_counts(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    saved(changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453), 2_000_000)
    saved(changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81453), 1_000_000)
    path = tmp_path / "b.xlsx"
    path.write_bytes(path.read_bytes() + b"\0")
    saved(path, 1_000_000)
    found = preview(workspace, [tmp_path])
    assert [(c.status, codes(c)) for c in found] == [(READY, []), (DUPLICATE, ["MAP-020"])]


def test_one_that_says_the_same_as_another_follows_what_is_chosen(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    saved(changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453), 1_000_000)
    shutil.copy(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    saved(tmp_path / "b.xlsx", 2_000_000)
    saved(changed(nghe_an, tmp_path / "c.xlsx", "Hồ sơ đăng ký trực tuyến", 81454), 3_000_000)
    found = preview(workspace, [tmp_path])
    assert [codes(c) for c in found] == [["MAP-019"], ["MAP-004"], ["MAP-004"]]
    params = found[1].findings[0].params
    assert (params["files"], params["cells"], params["newer"]) == (2, 1, "c.xlsx")
    chosen = keep_one(found, 1)
    assert [row.status for row in file_rows(workspace, chosen)] == [SAME, READY, LEFT_OUT]
    none = keep_one(found, 1, keep=False)
    assert apply_import(workspace, none).empty


def test_every_differing_cell_is_told_with_both_values_and_both_cells(
    workspace: Workspace, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81454)
    changed(tmp_path / "b.xlsx", tmp_path / "b.xlsx", "Tổng số hồ sơ", None)  # type: ignore[arg-type]  # left blank
    first, second = preview(workspace, [tmp_path])
    told = {
        d.key: (d.first.value, d.first_cell, d.second.value, d.second_cell)
        for d in differences(first, second)
    }
    assert told == {ONLINE: (81453, "D52", 81454, "D52"), ("", "VI.2", "1"): (85961, "D53", None, "")}
    assert differing([first, second]) == 2
    sheet = sheet_preview(workspace, [first, second], 0)
    assert sheet is not None
    assert sheet.rivals[ONLINE] == Other("81.454", "D52", "b.xlsx")
    assert sheet.rivals["", "VI.2", "1"] == Other("", "", "b.xlsx")
    assert [key for key in sheet.sources if sheet.shown(key)] == [ONLINE, ("", "VI.2", "1")]


def test_files_of_one_name_are_told_apart(workspace: Workspace, nghe_an: Path, tmp_path: Path) -> None:
    for folder, value in (("lần 1", 81453), ("lần 2", 81454)):
        (tmp_path / folder).mkdir()
        changed(nghe_an, tmp_path / folder / "a.xlsx", "Hồ sơ đăng ký trực tuyến", value)
    found = preview(workspace, [tmp_path])
    names = {rival.name for rival in file_rows(workspace, found)[0].rivals}
    assert names == {"lần 1/a.xlsx", "lần 2/a.xlsx"}
    twice = [Candidate(Path("a.xlsx"), sheet) for sheet in ("Tháng 5", "Tháng 6")]
    assert [called(one, twice) for one in twice] == ["a.xlsx › Tháng 5", "a.xlsx › Tháng 6"]


def test_rows_of_the_reporters_own_are_the_same_by_their_labels() -> None:
    def read(key: str, label: str, value: int) -> Candidate:
        figure = Figure(State.NUMBER, value)
        return Candidate(
            Path("a.xlsx"),
            figures={("", key, "1"): ReadFigure(figure, "B9")},
            own_rows=[("", OwnRow(key, "I", 1, None, label))],
        )

    first = read("I.#ab", "Tổ hòa giải xóm 1", 5)
    assert says_the_same(first, read("I.#cd", "tổ hòa giải  XÓM 1", 5))  # keys are made anew at every reading
    [other] = differences(first, read("I.#cd", "Tổ hòa giải xóm 1", 6))
    assert (other.key, other.own, other.second.value) == (("", "I.#ab", "1"), "Tổ hòa giải xóm 1", 6)
    assert len(differences(first, read("I.#cd", "Tổ hòa giải xóm 2", 5))) == 2
