"""Faults go back to the sender in the sender's own file, in the sender's words; nothing else is touched."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from judapp.app.importing import Candidate, preview
from judapp.app.marking import MarkedCopy, files_to_mark, marked_copies
from judapp.app.marking_words import for_sender, off, remedy, what
from judapp.app.workspace import Workspace
from judapp.domain.finding import Finding, Place
from judapp.errors import JudappError
from judapp.excel.grid import GridSheet
from judapp.excel.reader import read_workbook
from tests.app.test_importing import SEEDS, changed
from tests.import_world import founded

IMPORT = Path(__file__).parents[1] / "data" / "import"
NGHE_AN = SEEDS / "pl-stp_40_2024-H1.xlsx"
ONLINE, ALL = "Hồ sơ đăng ký trực tuyến", "Tổng số hồ sơ"


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo, read_only=True) as opened:
        yield opened


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A file with a word for a number, and more of a part than of the whole."""
    path = tmp_path / "in" / "Nghe An 6t.xlsx"
    path.parent.mkdir()
    changed(NGHE_AN, path, ONLINE, 1)
    return changed(path, path, ALL, "8596O")


def marked(
    workspace: Workspace, candidates: list[Candidate], folder: Path, lang: str = "vi"
) -> list[GridSheet]:
    [copy] = marked_copies(workspace, candidates, folder, lang)
    assert copy.path is not None
    return read_workbook(copy.path)


def lines(sheet: GridSheet) -> list[str]:
    return [text for _, text in sheet.texts()]


def test_the_sender_reads_where_what_by_how_much_and_what_to_do(
    workspace: Workspace, wrong: Path, tmp_path: Path
) -> None:
    before = wrong.read_bytes()
    told, form = marked(workspace, preview(workspace, [wrong]), tmp_path / "out")
    assert wrong.read_bytes() == before
    rows = [[told.at(row, column).content for column in range(1, 9)] for row in range(1, told.last_row + 1)]
    head = next(at for at, row in enumerate(rows) if row[0] == "STT")
    assert rows[head + 1 :] == [
        [1, "PL-STP", "D53", "✕ lỗi", "“8596O” không phải là số.", None,
         "Gõ lại bằng chữ số; không phát sinh ghi “-”, chưa có số liệu ghi “…”.", "CEL-001"],
        [2, "PL-STP", "D54", "✕ lỗi", "Dòng VI.3 ≤ Dòng VI.1: 13.796 > 1, thừa 13.795.", "lệch 13.795",
         "Đối chiếu các ô trong quan hệ này với sổ sách, sửa ô sai.", "REL-002"],
    ]  # fmt: skip
    above = " ".join(lines(told)[:8])
    for words in ("LỖI CẦN SỬA", "“Nghe An 6t.xlsx”", "2 lỗi", "PL-STP · Sở Tư pháp tỉnh Nghệ An", "đề nghị"):
        assert words in above
    assert "SỐ LIỆU THỰC HÀNH" in above  # the demonstration is no real data
    assert "8596O" in (form.at(53, 4).comment or "")
    english = lines(marked(workspace, preview(workspace, [wrong]), tmp_path / "en", "en")[0])
    assert "“8596O” is not a number." in english


def test_the_day_the_file_is_asked_for_is_said(workspace: Workspace, wrong: Path, tmp_path: Path) -> None:
    [copy] = marked_copies(workspace, preview(workspace, [wrong]), tmp_path, until=date(2024, 7, 5))
    assert copy.path is not None
    assert "chậm nhất ngày 05/07/2024" in " ".join(lines(read_workbook(copy.path)[0]))
    assert (copy.errors, copy.warnings) == (2, 0)


def test_names_are_new_ones_and_no_file_is_overwritten(
    workspace: Workspace, wrong: Path, tmp_path: Path
) -> None:
    candidates = preview(workspace, [wrong])
    names = []
    for _ in range(3):
        [copy] = marked_copies(workspace, candidates, wrong.parent)
        assert copy.path is not None
        names.append(copy.path.name)
    numbered = [f"Nghe An 6t (đánh dấu lỗi{number}).xlsx" for number in ("", " 2", " 3")]
    assert names == numbered
    [again] = marked_copies(workspace, preview(workspace, [wrong.parent / names[0]]), tmp_path / "out")
    assert again.path is not None
    assert again.path.name == "Nghe An 6t (đánh dấu lỗi).xlsx"


@pytest.mark.parametrize("stem", ["y" * 250, unicodedata.normalize("NFD", "Bến Thủy " * 15)])
def test_a_long_name_is_cut_and_the_other_files_are_marked(
    workspace: Workspace, wrong: Path, tmp_path: Path, stem: str
) -> None:
    long = wrong.with_name(f"{stem}.xlsx")
    shutil.copy(wrong, long)
    copies = marked_copies(workspace, preview(workspace, [long, wrong]), tmp_path / "out")
    assert [copy.fault for copy in copies] == [None, None]
    names = [copy.path.name for copy in copies if copy.path is not None]
    assert names[0].startswith(stem[:50])
    assert names[1] == "Nghe An 6t (đánh dấu lỗi).xlsx"


def test_only_files_with_something_to_mend_are_marked(
    workspace: Workspace, wrong: Path, tmp_path: Path
) -> None:
    shutil.copy(NGHE_AN, wrong.parent / "đúng.xlsx")
    (wrong.parent / "ảnh.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    candidates = preview(workspace, [wrong.parent])
    assert len(candidates) == 3
    assert files_to_mark(candidates) == [wrong]
    at = next(at for at, c in enumerate(candidates) if c.path != wrong)
    assert files_to_mark(candidates, [at]) == []
    steps: list[tuple[int, int, str]] = []
    marked_copies(workspace, candidates, tmp_path / "out", step=lambda *told: steps.append(told))
    assert steps == [(0, 1, wrong.name), (1, 1, "")]


def test_a_file_that_changed_is_told_and_the_others_go_on(
    workspace: Workspace, wrong: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(wrong, wrong.with_name("b.xlsx")))
    gone = Path(shutil.copy(wrong, wrong.with_name("c.xlsx")))
    candidates = preview(workspace, [wrong.parent])
    changed(NGHE_AN, other, ONLINE, 2)
    gone.unlink()
    copies = marked_copies(workspace, candidates, tmp_path / "out")
    assert [(c.source.name, c.fault.code if c.fault else "") for c in copies] == [
        ("Nghe An 6t.xlsx", ""), ("b.xlsx", "FIL-007"), ("c.xlsx", "FIL-004"),
    ]  # fmt: skip
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["Nghe An 6t (đánh dấu lỗi).xlsx"]


def test_a_folder_that_takes_no_files_is_told(workspace: Workspace, wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file, no folder")
    with pytest.raises(JudappError, match="EXP-002"):
        marked_copies(workspace, preview(workspace, [wrong]), tmp_path / "out")


def test_what_is_for_the_office_itself_is_not_sent_back() -> None:
    def finding(code: str, severity: str = "error", **params: object) -> Finding:
        return Finding(code, severity, Place(path="a.xlsx", sheet="A"), params)  # type: ignore[arg-type]

    for code in ("MAP-003", "MAP-004", "MAP-014", "STA-002", "FIL-007", "LET-001"):
        assert not for_sender(finding(code))
    assert not for_sender(finding("CEL-001", "info"))
    assert for_sender(finding("CEL-003", "info"))  # the sender knows what the file does not say
    assert for_sender(finding("REL-002", "explain"))
    assert "lý do" in remedy(finding("REL-002", "explain"), "vi")
    assert remedy(finding("XXX-001"), "vi") == "Xem lại và sửa nếu sai."
    # The program's own words, with an option of the command line, are no words for a sender.
    assert (
        what(finding("MAP-006", name="Xã A", day=date(2024, 1, 1)), "vi") == "Không rõ đơn vị báo cáo “Xã A”."
    )
    assert off(finding("REL-003", difference="1234.5"), "vi") == "lệch 1.234,5"
    assert off(finding("REL-003", difference="x"), "vi") == off(finding("CEL-001"), "vi") == ""


def test_every_habit_of_senders_comes_back_marked_and_reads_the_same(tmp_path: Path) -> None:
    """All formats, letters, layouts: a marked copy gives the same figures, its list is taken for no form."""
    with founded(tmp_path / "a.sqlite") as workspace:
        before = preview(workspace, [IMPORT])
        copies = {copy.source: copy for copy in marked_copies(workspace, before, tmp_path / "out")}
        assert len(copies) > 40
        assert [copy.fault for copy in copies.values() if copy.fault] == []
        after = {(c.path, c.sheet): c for c in preview(workspace, [tmp_path / "out"])}
    compared = 0
    for candidate in before:
        copy = copies.get(candidate.path)
        if copy is None or copy.path is None:
            continue
        again = after[copy.path, candidate.sheet]
        assert again.figures == candidate.figures, candidate.path.name
        compared += bool(again.figures)
    assert compared > 30


@pytest.mark.skipif(os.name == "nt", reason="names of files are case-blind there")
def test_two_senders_files_of_one_name_are_both_marked(
    workspace: Workspace, wrong: Path, tmp_path: Path
) -> None:
    (tmp_path / "in" / "b").mkdir()
    shutil.copy(wrong, tmp_path / "in" / "b")
    copies: tuple[MarkedCopy, ...] = marked_copies(workspace, preview(workspace, [tmp_path / "in"]), tmp_path)
    assert len({copy.path for copy in copies}) == 2
