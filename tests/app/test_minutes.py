"""An import leaves minutes: files with digests, who, when, control totals, what was left out and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from judapp.app.importing import apply_import, assign, preview
from judapp.app.minutes import last_imports, minutes
from judapp.app.minutes_out import control_totals, write_minutes
from judapp.app.workspace import Workspace
from tests.app.test_importing import H1, SEEDS, changed, replaced


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        opened.who, opened.machine = "Lan", "STP-01"
        yield opened


@pytest.fixture
def imported(workspace: Workspace, tmp_path: Path) -> int:
    """The operation of an import of six files, two of which were written."""
    source = SEEDS / "pl-stp_40_2024-H1.xlsx"
    folder = tmp_path / "Nộp tháng 6"
    folder.mkdir()
    changed(source, folder / "a đổi.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    replaced(source, folder / "b chọn đơn vị.xlsx", "tỉnh Nghệ An", "tỉnh Nghệ Tĩnh")
    (folder / "c ảnh.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    replaced(source, folder / "d để lại.xlsx", "6 tháng đầu năm 2024", "6 tháng đầu năm 2023")
    replaced(source, folder / "e biểu lạ.xlsx", "PL-STP", "99x")
    replaced(SEEDS / "pl-stp_10_2024-H1.xlsx", folder / "g không đổi.xlsx", "x", "x")
    found = preview(workspace, [folder])
    found = assign(workspace, found, [1], unit=workspace.unit("38", H1).uid)
    op = apply_import(workspace, found, skip={3}).op_id
    assert op is not None
    return op


def test_minutes_name_what_was_written_by_whom_and_from_which_bytes(
    workspace: Workspace, imported: int, tmp_path: Path
) -> None:
    found = minutes(workspace, imported)
    head = found.head
    assert (head.op, head.number, head.who, head.machine, head.undone) == (
        imported,
        2,
        "Lan",
        "STP-01",
        False,
    )
    assert (head.files, head.cells, head.new, head.left_out) == (2, 11, 10, 4)
    data = (tmp_path / "Nộp tháng 6" / "a đổi.xlsx").read_bytes()
    first, second = found.written
    assert (first.file, first.folder) == ("a đổi.xlsx", "Nộp tháng 6")
    assert first.sha256 == hashlib.sha256(data).hexdigest()
    assert (first.read, first.written, first.unchanged) == (10, 1, 9)
    assert second.unit == "Tỉnh Thanh Hóa"
    assert [note.vi for note in second.notes] == ["Đơn vị do người nhập chọn."]


def test_minutes_say_what_was_left_out_and_why(workspace: Workspace, imported: int) -> None:
    left = {line.file: [note.vi for note in line.notes] for line in minutes(workspace, imported).left_out}
    assert left == {
        "c ảnh.xlsx": [
            "Không nhận.",
            "Không phải tệp Excel: nội dung là ảnh JPEG; đề nghị gửi tệp Excel gốc.",
        ],
        "d để lại.xlsx": ["Người nhập để lại."],
        "e biểu lạ.xlsx": [
            "Không nhận ra biểu.",
            "Trang tính này là biểu “99x”, chương trình chưa có biểu đó.",
        ],
        "g không đổi.xlsx": ["Không có gì mới."],
    }


def test_the_last_imports_are_known_also_those_taken_back(workspace: Workspace, imported: int) -> None:
    assert [(i.op, i.number, i.undone) for i in last_imports(workspace, 1)] == [(imported, 2, False)]
    workspace.undo(imported)
    newest, first = last_imports(workspace, 5)
    assert (newest.undone, first.number, first.undone) == (True, 1, False)
    assert minutes(workspace, imported).head.undone


def test_minutes_go_out_as_a_workbook(workspace: Workspace, imported: int, tmp_path: Path) -> None:
    path = write_minutes(workspace, imported, tmp_path / "Biên bản.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["Đã ghi", "Không ghi"]
    texts = [str(cell.value) for row in book["Đã ghi"].iter_rows() for cell in row if cell.value is not None]
    assert texts[0] == "BIÊN BẢN NHẬP TỆP SỐ 2"
    assert "SỐ LIỆU THỰC HÀNH" in texts
    assert "Đã ghi 2 tệp: 10 ô mới, 1 ô thay đổi; bỏ qua 4 tệp." in texts
    assert "Đọc 20 ô = ghi 11 + không đổi 9" in texts
    assert any(text.startswith("Nhập lúc ") and "Lan" in text and "STP-01" in text for text in texts)
    workspace.undo(imported)
    write_minutes(workspace, imported, path, "en")
    texts = [str(cell.value) for row in load_workbook(path)["Written"].iter_rows() for cell in row]
    assert "This import was undone." in texts


def test_an_operation_that_was_no_import_has_no_minutes(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        minutes(workspace, 1)


def test_control_totals_leave_out_what_is_nothing() -> None:
    assert control_totals(read=96, written=7, unchanged=88, reckoned=0, refused=1) == (
        "Đọc 96 ô = ghi 7 + không đổi 88 + không nhận 1"
    )
    assert control_totals(read=0, written=0, unchanged=0, reckoned=0, refused=0, lang="en") == (
        "Read 0 cells = written 0 + unchanged 0"
    )


def test_two_files_of_one_name_are_told_apart_by_their_folders(workspace: Workspace, tmp_path: Path) -> None:
    files = []
    for folder, value in (("một", 1), ("hai", 2)):
        (tmp_path / folder).mkdir()
        source = SEEDS / f"pl-stp_{'40' if value == 1 else '10'}_2024-H1.xlsx"
        files.append(changed(source, tmp_path / folder / "cùng.xlsx", "Hồ sơ đăng ký trực tuyến", value))
    files.append(changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "khác.xlsx", "Tổng số hồ sơ", "x1"))
    op = apply_import(workspace, preview(workspace, files[:2])).op_id
    assert op is not None
    found = minutes(workspace, op)
    assert [line.called for line in found.written] == ["một/cùng.xlsx", "hai/cùng.xlsx"]
    assert [line.file for line in found.written] == ["cùng.xlsx", "cùng.xlsx"]
    told = load_workbook(write_copy(workspace, op, tmp_path / "biên bản.xlsx"))
    words = [str(cell.value) for row in told.worksheets[0].rows for cell in row if cell.value is not None]
    assert any(word.startswith("hai/cùng.xlsx › ") for word in words)


def write_copy(workspace: Workspace, op: int, path: Path) -> Path:
    write_minutes(workspace, op, path)
    return path
