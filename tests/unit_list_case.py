"""Unit lists as departments draw them: one province of made-up names, written in many habits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from judapp.app.unit_list_outcome import Options
from judapp.app.unit_lists import ListPlan, apply_list, read_and_plan
from judapp.app.workspace import Workspace
from judapp.domain.unit import COMMUNE

Rows = Sequence[Sequence[object]]

BEFORE, AFTER, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 1)
HEAD = ("STT", "Mã", "Tên xã, phường", "Xã, phường cũ")


def write(path: Path, sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> Path:
    """Write worksheets of rows; ``merges`` are ranges by worksheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


COMMUNES: Rows = (
    ("UBND TỈNH NGHỆ AN",),
    ("DANH SÁCH ĐƠN VỊ HÀNH CHÍNH CẤP XÃ",),
    ("(áp dụng từ ngày 01/7/2025)",),
    (),
    ("STT", "Mã ĐVHC", "Tên xã, phường", "Xã, phường, thị trấn cũ", "Huyện cũ"),
    (1, "17827", "Xã Nghi Lộc", "Thị trấn Quán Hành", "Nghi Lộc"),
    (None, None, None, "Xã Nghi Trung", "Nghi Lộc"),
    (None, None, None, "Xã Nghi Diên", "Nghi Lộc"),
    (2, "17830", "Xã Phúc Lộc", "các xã Nghi Công Bắc, Nghi Công Nam và một phần xã Nghi Lâm", "Nghi Lộc"),
    (3, "17833", "Xã Đông Lộc", "Xã Khánh Hợp, xã Nghi Lâm (một phần)", "Nghi Lộc"),
    (4, "16681", "Phường Vinh Phú", "Phường Hưng Phúc; phường Hưng Dũng; xã Nghi Phú", "Thành phố Vinh"),
    (5, "16690", "Phường Trường Vinh", "Phường Lê Lợi + phường Quang Trung", "Thành phố Vinh"),
    (6, "16738", "Xã Keng Đu", "Giữ nguyên", "Kỳ Sơn"),
    (7, "16741", "Xã Mường Típ", "Giữ nguyên", "Kỳ Sơn"),
)
"""Merged over three rows in column C, the others in one cell each."""

EVERYTHING: Mapping[str, Rows] = {
    "Xã phường": COMMUNES,
    "Tổ chức hành nghề": (
        ("STT", "Tên tổ chức hành nghề công chứng", "Loại hình", "Từ ngày", "Địa chỉ"),
        (1, "Phòng công chứng số 1", "Phòng", "01/01/2010", "Vinh"),
        (2, "Văn phòng công chứng An Bình", "Văn phòng", "15/3/2015", "Vinh"),
        (3, "Văn phòng công chứng Nghi Lộc", "Văn phòng", "", "Nghi Lộc"),
    ),
    "Sở ngành": (
        ("STT", "Tên cơ quan"),
        (1, "Sở Nội vụ"),
        (2, "Sở Văn hóa, Thể thao và Du lịch"),
    ),
    "Phòng": (
        ("STT", "Phòng", "Người phụ trách"),
        (1, "Phòng Bổ trợ tư pháp", "Nguyễn Thị Lan"),
        (2, "Phòng Phổ biến, giáo dục pháp luật", "Trần Văn Minh"),
    ),
    "Biểu phải nộp": (
        ("STT", "Đơn vị", "Biểu", "Từ ngày", "Phòng", "Người"),
        (
            1,
            "Mỗi tổ chức hành nghề công chứng",
            "10a",
            "01/01/2026",
            "Phòng Bổ trợ tư pháp",
            "Nguyễn Thị Lan",
        ),
        (2, "Các sở, ngành", "21a", "01/01/2026", "", ""),
        (3, "Sở Tư pháp", "10b, 21b", "01/01/2026", "Phòng Bổ trợ tư pháp", "Nguyễn Thị Lan"),
    ),
}
MERGES = {"Xã phường": ("A6:A8", "B6:B8", "C6:C8")}


def everything(path: Path) -> Path:
    """A workbook with every kind of sheet."""
    return write(path, EVERYTHING, MERGES)


def unclear(path: Path) -> Path:
    """The same list with a mistyped name, a name without its kind and a form nobody knows."""
    rows = [list(row) for row in COMMUNES]
    rows[8][2] = "Xã Phúc Lọc"
    rows[10][2] = "Vinh Phú"
    owed = [*EVERYTHING["Biểu phải nộp"], (4, "Mỗi xã, phường", "09a, 11c, 17a", "01/01/2026", "", "")]
    return write(path, {**EVERYTHING, "Xã phường": rows, "Biểu phải nộp": owed}, MERGES)


def plan(workspace: Workspace, folder: Path, *sheets: tuple[str, Rows], **options: object) -> ListPlan:
    path = write(folder / "danh sach.xlsx", dict(sheets))
    return read_and_plan(workspace, path, Options(**options))  # type: ignore[arg-type]


def take(workspace: Workspace, folder: Path, *sheets: tuple[str, Rows], **options: object) -> ListPlan:
    made = plan(workspace, folder, *sheets, **options)
    assert made.clear, [(f.code, f.place.cell) for f in made.findings] + [q.code for q in made.questions]
    apply_list(workspace, made)
    return made


def names(workspace: Workspace, day: date, kind: str = COMMUNE) -> list[str]:
    return sorted(
        s.name for u in workspace.units if u.kind == kind and (s := workspace.units.state(u.uid, day))
    )


def origins(workspace: Workspace, name: str, day: date = AFTER) -> list[str]:
    [unit] = workspace.units.by_name(name, day, [COMMUNE])
    return sorted(workspace.units.latest(u.uid).name for u in workspace.units.origins(unit.uid))


def codes(made: ListPlan) -> list[str]:
    return [finding.code for finding in made.findings if finding.severity == "error"]


def outcome(made: ListPlan, name: str) -> str:
    return next(line.what for line in made.lines if line.name == name)
