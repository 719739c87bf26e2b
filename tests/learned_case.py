"""A blank as a ministry sends one, drawn by hand, with what may be wrong with it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

NUMBER = "99b/TP/CC"
_LINES = Border(*(Side("thin"),) * 4)
_CENTRE = Alignment("center", "center", wrap_text=True)


def draw_blank(path: Path, *, twice: bool = False, filled: bool = False, groups: bool = False) -> Path:
    """Draw it at ``path``.

    With ``twice`` two columns bear the number (3), ``filled`` puts figures in, ``groups`` prints two groups
    of rows whose sums nobody printed.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bieu 99b"
    deadlines = (
        "Ngày nhận báo cáo (BC):\nBC 6 tháng: ngày 20 tháng 6 năm báo cáo\n"
        "BC sơ bộ năm: ngày 20 tháng 11 năm báo cáo\nBC tròn năm: ngày 20 tháng 01 năm sau"
    )
    circular = "Ban hành theo Thông tư số 17/2025/TT-BTP ngày 24/10/2025"
    for row, words in enumerate((f"Biểu số: {NUMBER}", circular, deadlines), start=1):
        sheet.cell(row, 1, words)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    sheet.row_dimensions[3].height = 64
    sheet["C1"] = "SỐ VIỆC CÔNG CHỨNG TRÊN ĐỊA BÀN"
    sheet["C1"].font = Font(bold=True)
    sheet.merge_cells("C1:E1")
    sheet["C2"] = "Kỳ báo cáo: ……"
    sheet.merge_cells("C2:E2")
    sheet["C3"] = "(Từ ngày … tháng … năm … đến ngày … tháng … năm …)"
    sheet.merge_cells("C3:E3")
    sheet["F1"] = "Đơn vị báo cáo: Sở Tư pháp"
    sheet["F2"] = "Đơn vị nhận báo cáo: Bộ Tư pháp (Cục Kế hoạch - Tài chính)"
    sheet.merge_cells("F2:G2")
    _head(sheet, twice=twice)
    rows: tuple[str, ...] = ("Tổng số", "I. Phòng công chứng", "1. …", "II. Văn phòng công chứng", "1. …")
    if not groups:
        rows = ("Tổng số", "Xã …", "……")
    for row, words in enumerate(rows, start=9):
        sheet.cell(row, 1, words)
        for column in range(1, 8):
            sheet.cell(row, column).border = _LINES
            if filled and column > 1:
                sheet.cell(row, column, row * column)
    sheet["A9"].font = Font(bold=True)
    sheet["A15"] = "Ghi chú: Cột (2) = Cột (3) + Cột (4)."
    sheet["F17"] = "….., ngày … tháng … năm …"
    sheet["A18"], sheet["C18"], sheet["F18"] = "Người lập biểu", "Người kiểm tra", "GIÁM ĐỐC"
    sheet["A19"], sheet["C19"], sheet["F19"] = (
        "(Ký, họ tên)",
        "(Ký, họ tên)",
        "(Ký, đóng dấu, họ tên)",
    )
    sheet["H9"] = "x"
    sheet.column_dimensions["H"].hidden = True
    for letter, width in zip("ABCDEFG", (26, 12, 14, 14, 14, 18, 16), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
    return path


def _head(sheet: Worksheet, *, twice: bool) -> None:
    for at, words in {
        "A5": "Đơn vị", "B5": "Số công chứng viên (Người)", "C5": "Số việc công chứng (Việc)",
        "C6": "Tổng số", "D6": "Chia ra", "D7": "Bất động sản", "E7": "Khác",
        "F5": "Phí công chứng (Đồng)", "G5": "Ghi chú",
    }.items():  # fmt: skip
        sheet[at] = words
    codes = ("A", "(1)", "(2)", "(3)", "(3)" if twice else "(4)", "(5)", "(6)")
    for column, code in enumerate(codes, start=1):
        sheet.cell(8, column, code)
    for row in (5, 6, 7, 8):
        for column in range(1, 8):
            sheet.cell(row, column).border = _LINES
            sheet.cell(row, column).alignment = _CENTRE
    for area in ("A5:A7", "B5:B7", "C5:E5", "C6:C7", "D6:E6", "F5:F7", "G5:G7"):
        sheet.merge_cells(area)
