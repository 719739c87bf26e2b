"""Blanks as clerks make them for themselves: pasted, patched, without lines, from last year's workbook."""

# ruff: noqa: E501  a sketch is as wide as its table
from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.data.blanks.pen import page


def asked_at_side() -> Workbook:
    """Advice beside the table, remarks, filter arrows, lists, a broken name, a sheet of lists, a frozen head."""
    book, sheet, pen = page("NhapLieu")
    lists = book.create_sheet("DanhMuc")
    for row, name in enumerate(("Xã A", "Xã B", "Phường C"), start=1):
        lists[f"A{row}"] = name
    pen.put("A1:B1", "Biểu số: 08/TP/PBGDPL\nBan hành theo Thông tư số 92/2026/TT-BTP ngày 12/3/2026\n"
            "Ngày nhận báo cáo: BC năm: ngày 15/11", align="left")  # fmt: skip
    pen.put("C1:E1", "PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT TẠI CẤP XÃ\n(Năm)", bold=True)
    pen.put("F1:G1", "Đơn vị báo cáo: UBND xã/phường …\nĐơn vị nhận báo cáo: Sở Tư pháp", align="left")
    pen.table("A3", r"""
Stt | Xã, phường | Số cuộc\n(cuộc) | Số lượt người tham dự (lượt người) | < | Số tài liệu phát hành (bản) | Ghi chú về hình thức
^ | ^ | ^ | Tổng số | Trong đó: người dân tộc thiểu số | ^ | ^
A | B | 1 | 2 | 3 | 4 | 5
. | *Tổng số | . | . | . | . | .
1 | Xã … | . | . | . | . | .
2 | Xã … | . | . | . | . | .
… | Xã … | . | . | . | . | .
""")  # fmt: skip
    pen.put("I3", "Hướng dẫn: chỉ nhập ô màu vàng", bold=True, align="left")
    pen.put("I4", "Cột 3 không lớn hơn cột 2", align="left")
    pen.put("I7", "← công thức, không sửa", align="left")
    for row in sheet["C7:F9"]:
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.auto_filter.ref = "A5:G9"
    sheet.freeze_panes = "C6"
    choices = DataValidation(type="list", formula1='"Trực tiếp,Trực tuyến"')
    choices.add("G7:G9")
    sheet.add_data_validation(choices)
    book.defined_names["Xa"] = DefinedName("Xa", attr_text="#REF!$A$1")
    pen.lines("A12", "Người lập biểu\n(Ký, ghi rõ họ, tên)", last="B")
    pen.lines("E11", "…, ngày … tháng … năm …\nCHỦ TỊCH\n(Ký tên, đóng dấu)", last="G")
    pen.widths(B=28, I=34)
    return book


def pasted_from_word() -> Workbook:
    """Pasted from Word: every line of a cell became a row of its own, only the frame tells what belongs together."""
    book, sheet, pen = page("Sheet1")
    pen.lines("A1", "Biểu số: 14/TP/HT\nBan hành theo Thông tư số\n91/2026/TT-BTP ngày\n13/3/2026\nNgày nhận báo cáo:\n"
              "BC 6 tháng: ngày 06/6\nBC năm: ngày 06/11", align="left")  # fmt: skip
    pen.lines("C1", "KẾT QUẢ ĐĂNG KÝ\nNUÔI CON NUÔI\n(6 tháng, năm)", bold=True)
    pen.lines("E1", "Đơn vị báo cáo:\nỦy ban nhân dân xã\nĐơn vị nhận báo cáo:\nSở Tư pháp", align="left")
    cells = {
        (10, 2): "Tổng số", (11, 2): "trường hợp", (10, 4): "Chia theo", (11, 4): "giới tính",
        (12, 4): "Nam", (12, 5): "Nữ", (10, 6): "Lệ phí", (11, 6): "(Đồng)", (10, 1): "Hình thức", (11, 1): "đăng ký",
        (13, 1): "A", (13, 2): "(1)", (13, 4): "(2)", (13, 5): "(3)", (13, 6): "(4)",
        (14, 1): "Nuôi con nuôi", (15, 1): "trong nước", (16, 1): "Nuôi con nuôi", (17, 1): "có yếu tố", (18, 1): "nước ngoài",
        (19, 1): "Tổng số",
    }  # fmt: skip
    for (row, column), words in cells.items():
        sheet.cell(row, column, words).font = Font(name="Times New Roman", bold=row in (10, 11, 12, 19))
    for area in ("A10:A12", "B10:C12", "D10:E11", "D12:D12", "E12:E12", "F10:F12"):
        _frame(sheet, area)
    for top, bottom in ((13, 13), (14, 15), (16, 18), (19, 19)):
        for left, right in (("A", "A"), ("B", "C"), ("D", "D"), ("E", "E"), ("F", "F")):
            _frame(sheet, f"{left}{top}:{right}{bottom}")
    for row in range(13, 20):
        sheet.merge_cells(f"B{row}:C{row}")
    pen.lines("A22", "Người lập biểu")
    pen.lines("D21", "…, ngày … tháng … năm …\nCHỦ TỊCH", last="F")
    return book


def _frame(sheet: Worksheet, area: str) -> None:
    """A line around a block, none inside."""
    thin = Side(style="thin")
    block = sheet[area]
    for down, row in enumerate(block):
        for right, cell in enumerate(row):
            cell.border = Border(
                left=thin if right == 0 else None, right=thin if right == len(row) - 1 else None,
                top=thin if down == 0 else None, bottom=thin if down == len(block) - 1 else None,
            )  # fmt: skip


def last_year_left() -> Workbook:
    """Last year's workbook emptied: period and reporter still there, sums show 0, a rate cannot be reckoned."""
    book, sheet, pen = page("6T2025")
    hidden = book.create_sheet("6T2024")
    hidden["A1"], hidden["B1"] = "Tổng số", 1234
    hidden.sheet_state = "hidden"
    pen.lines("A1", "Biểu số: 16b/TP/CT\nBan hành theo Thông tư số 90/2026/TT-BTP ngày 14/3/2026\nNgày nhận báo cáo (BC):\n"
              "BC 6 tháng: ngày 20 tháng 6 hàng năm\nBC năm chính thức: ngày 20 tháng 01 năm sau", last="B", align="left")  # fmt: skip
    pen.lines("C1", "KẾT QUẢ CHỨNG THỰC CỦA UBND CẤP XÃ", last="E", bold=True)
    pen.lines(
        "C2",
        "Kỳ báo cáo: 6 tháng đầu năm 2025\n(Từ ngày 01 tháng 01 năm 2025 đến ngày 30 tháng 6 năm 2025)",
        last="E",
    )
    pen.lines(
        "F1",
        "Đơn vị báo cáo: Sở Tư pháp tỉnh Nghệ An\nĐơn vị nhận báo cáo: Bộ Tư pháp",
        last="G",
        align="left",
    )
    pen.table("A7", r"""
TT | Đơn vị | Chứng thực bản sao | < | Chứng thực chữ ký\n(Việc) | Tỷ lệ trực tuyến\n(%) | Ghi chú
^ | ^ | Tổng số\n(Bản) | Trong đó: bản sao điện tử\n(Bản) | ^ | ^ | ^
(A) | (B) | (1) | (2) | (3) | (4) | (5)
I | *Cấp xã | . | . | . | . | .
1 | Xã, phường …… | . | . | . | . | .
2 | Xã, phường …… | . | . | . | . | .
II | *Cấp tỉnh | . | . | . | . | .
. | *Tổng cộng (I + II) | . | . | . | . | .
""")  # fmt: skip
    for column in "CDE":
        sheet[f"{column}10"] = f"=SUM({column}11:{column}12)"
        sheet[f"{column}14"] = f"={column}10+{column}13"
    sheet["F14"] = "=D14/C14*100"
    pen.lines("A17", "Người lập biểu\n(Ký, ghi rõ họ, tên)", last="B")
    pen.lines("E16", "Nghệ An, ngày … tháng … năm 2025\nGIÁM ĐỐC\n(Ký tên, đóng dấu)", last="G")
    pen.widths(B=30)
    return book


def no_lines() -> Workbook:
    """No line is drawn at all; a group's label stands in the middle of its columns; capitals and lower case mixed."""
    book, sheet, pen = page("Bieu")
    pen.lines(
        "A1",
        "BIỂU SỐ: 19/TP/GĐTP\nBan hành theo Thông tư số 89/2026/TT-BTP ngày 16/3/2026\nNgày nhận báo cáo:\nBC năm: ngày 20/11",
        align="left",
    )
    pen.put("B1:E1", "TÌNH HÌNH GIÁM ĐỊNH TƯ PHÁP", bold=True)
    pen.put("B2:E2", "(Năm)")
    pen.put("F1", "ĐƠN VỊ BÁO CÁO: Sở Tư pháp …", align="left")
    pen.put("F2", "ĐƠN VỊ NHẬN BÁO CÁO: Bộ Tư pháp", align="left")
    pen.table("A6", r"""
Lĩnh vực giám định | Số giám định viên\n(người) | Số vụ việc giám định | < | < | Chi phí giám định\n(triệu đồng)
^ | ^ | Tổng số | Trưng cầu | Yêu cầu | ^
(A) | (1) | (2) = (3) + (4) | (3) | (4) | (5)
*Tổng số | . | . | . | . | .
Pháp y | . | . | . | . | .
Pháp y tâm thần | . | . | . | . | .
Kỹ thuật hình sự | . | . | . | . | .
Lĩnh vực khác | . | . | . | . | .
""")  # fmt: skip
    for row in sheet["A6:F13"]:
        for cell in row:
            cell.border = Border()
    pen.lines("A16", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.lines("E15", "…, ngày … tháng … năm …\nGIÁM ĐỐC\n(Ký tên, đóng dấu)", last="F")
    pen.widths(A=30, B=18, F=22)
    return book
