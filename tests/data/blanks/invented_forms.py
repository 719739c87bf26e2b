"""Blanks of forms nobody has issued, in the habits of ministry and clerks that the real ones leave out."""

# ruff: noqa: E501  a sketch is as wide as its table
from __future__ import annotations

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.data.blanks.pen import page


def criminal_records() -> Workbook:
    """Own number column with I, 1, 1.1, a and dashes; a unit for each row; [1] as codes; sums in a note."""
    book, _, pen = page("Phu luc")
    pen.lines("A1", "Biểu số: 15/TP/LLTP\nBan hành kèm theo Thông tư số 99/2026/TT-BTP\nngày 02/01/2026\nNgày nhận báo cáo (BC):\n"
              "BC 6 tháng: ngày 15 tháng 6 hàng năm\nBC năm chính thức: ngày 15 tháng 01 năm sau", last="B", align="left")  # fmt: skip
    pen.lines(
        "C1",
        "KẾT QUẢ CẤP PHIẾU\nLÝ LỊCH TƯ PHÁP VÀ XÂY DỰNG\nCƠ SỞ DỮ LIỆU LÝ LỊCH TƯ PHÁP",
        last="E",
        bold=True,
    )
    pen.lines("C4", "(6 tháng, năm)\nKỳ báo cáo: ……", last="E", italic=True)
    pen.lines("F1", "Đơn vị báo cáo: Sở Tư pháp …\nĐơn vị nhận báo cáo: Bộ Tư pháp", last="G", align="left")
    pen.table("A8", """
TT | Nội dung | Đơn vị tính | Tổng số | Chia ra | < | Ghi chú
^ | ^ | ^ | ^ | Phiếu số 1 | Phiếu số 2 | ^
A | B | C | [1] | [2] | [3] | [4]
*I | *Cấp Phiếu lý lịch tư pháp | . | . | . | . | .
1 | Hồ sơ tiếp nhận | Hồ sơ | . | . | . | .
1.1 | Tiếp nhận trực tiếp | Hồ sơ | . | . | . | .
1.2 | Tiếp nhận trực tuyến | Hồ sơ | . | . | . | .
2 | Phiếu đã cấp | Phiếu | . | . | . | .
a | Đúng hạn | Phiếu | . | . | . | .
b | Quá hạn | Phiếu | . | . | . | .
*II | *Cơ sở dữ liệu lý lịch tư pháp | . | . | . | . | .
1 | Thông tin tiếp nhận | Thông tin | . | . | . | .
- | Từ tòa án | Thông tin | . | . | . | .
- | Từ cơ quan khác | Thông tin | . | . | . | .
2 | Lệ phí đã thu | Nghìn đồng | . | . | . | .
""")  # fmt: skip
    pen.lines(
        "A24", "Ghi chú: [1] = [2] + [3].\nCột [4]: ghi lý do đối với hồ sơ quá hạn.", last="G", align="left"
    )
    pen.lines("A28", "NGƯỜI LẬP BIỂU\n(Ký, ghi rõ họ, tên)", last="B")
    pen.lines(
        "D27", "………, ngày …… tháng …… năm 20…\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Ký tên, đóng dấu)", last="G"
    )
    pen.widths(A=6, B=38)
    return book


def auctions() -> Workbook:
    """Numbers above a head of six rows, units as a row of their own below it, the total last."""
    book, _, pen = page("DGTS")
    pen.put("A1:N1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc", bold=True)
    pen.put(
        "A2:D2",
        "Biểu số 20b/TP/ĐGTS\n(Ban hành kèm theo Thông tư số 98/2026/TT-BTP ngày 15 tháng 01 năm 2026 của Bộ Tư pháp)",
        align="left",
    )
    pen.put("A3:D3", "Ngày nhận báo cáo: BC năm: ngày 28 tháng 11 hàng năm", align="left")
    pen.put("E2:J2", "TỔ CHỨC VÀ HOẠT ĐỘNG ĐẤU GIÁ TÀI SẢN", bold=True)
    pen.put("E3:J3", "(Năm)", italic=True)
    pen.put("K2:N2", "Đơn vị báo cáo: Sở Tư pháp……….", align="left")
    pen.put("K3:N3", "Đơn vị nhận báo cáo: Bộ Tư pháp (Cục Bổ trợ tư pháp)", align="left")
    pen.table("A5", """
A | (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) | (11) | (12) | (13)
Tên tổ chức | Số đấu giá viên | Kết quả đấu giá | < | < | < | < | < | < | < | < | Giá khởi điểm | Giá bán | Tỷ lệ đấu giá thành
^ | ^ | Số cuộc đã ký hợp đồng | Cuộc đấu giá thành | < | < | < | < | < | < | Cuộc đấu giá không thành | ^ | ^ | ^
^ | ^ | ^ | Tổng số | Chia theo loại tài sản | < | < | < | < | < | ^ | ^ | ^ | ^
^ | ^ | ^ | ^ | Quyền sử dụng đất | < | < | < | Tài sản thi hành án | Tài sản khác | ^ | ^ | ^ | ^
^ | ^ | ^ | ^ | Tổng số | Chia ra | < | < | ^ | ^ | ^ | ^ | ^ | ^
^ | ^ | ^ | ^ | ^ | Đất ở | Đất nông nghiệp | Đất khác | ^ | ^ | ^ | ^ | ^ | ^
. | (người) | (cuộc) | (cuộc) | (cuộc) | (cuộc) | (cuộc) | (cuộc) | (cuộc) | (cuộc) | (cuộc) | (nghìn đồng) | (nghìn đồng) | (%)
""", bold=True)  # fmt: skip
    dots = " | ".join(["."] * 13)
    pen.table("A13", "\n".join(f"{label} | {dots}" for label in (
        "Tổ chức hành nghề đấu giá tài sản …", "Tổ chức hành nghề đấu giá tài sản …", "…", "*TỔNG CỘNG")))  # fmt: skip
    pen.put("A18:N18", "Ghi chú: Số liệu do …… tổ chức hành nghề đấu giá tài sản báo cáo.", align="left")
    pen.put("A20:D20", "Người lập biểu\n(Ký, ghi rõ họ tên)")
    pen.put("J20:N20", "……, ngày … tháng … năm …\nGIÁM ĐỐC\n(Ký tên, đóng dấu)")
    pen.widths(A=40)
    return book


def legal_aid() -> Workbook:
    """Empty rows and columns first, no numbers, several breakdowns of one total, 2,500 formatted empty rows."""
    book, _, pen = page("TGPL quý")
    pen.formatted(1, 2_500, 4)
    pen.lines("C4", "Biểu số: 30a/TP/TGPL\nBan hành theo Thông tư số 97/2026/TT-BTP ngày 20/01/2026\nNgày nhận báo cáo (BC):\n"
              "BC 6 tháng: ngày 06 tháng 6 hàng năm\nBC năm: ngày 07 tháng 11 hàng năm", align="left")  # fmt: skip
    pen.put("D4:H5", "SỐ VỤ VIỆC TRỢ GIÚP PHÁP LÝ KẾT THÚC TRONG KỲ", bold=True)
    pen.put("D6:H6", "(6 tháng, năm)")
    pen.put("I4:L4", "Đơn vị báo cáo:", align="left")
    pen.put("I5:L5", "Trung tâm trợ giúp pháp lý nhà nước tỉnh/thành phố", align="left")
    pen.put("I6:L6", "Đơn vị nhận báo cáo:", align="left")
    pen.put("I7:L7", "Sở Tư pháp", align="left")
    pen.put("K10:L10", "ĐVT: Vụ việc", italic=True)
    pen.table("C11", """
Lĩnh vực | Tổng số | Chia theo hình thức | < | < | Chia theo người thực hiện | < | < | Chia theo kết quả | <
^ | ^ | Tham gia tố tụng | Đại diện ngoài tố tụng | Tư vấn | Trợ giúp viên | Luật sư | Trong đó: luật sư ký hợp đồng | Đạt chất lượng | Không đạt chất lượng
""")  # fmt: skip
    dots = " | ".join(["."] * 9)
    pen.table("C13", "\n".join(f"{label} | {dots}" for label in (
        "*Tổng số", "Hình sự", "Dân sự", "Hôn nhân và gia đình", "Hành chính", "Lĩnh vực khác")))  # fmt: skip
    pen.lines("C21", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.lines("H20", "…, ngày … tháng … năm …\nGIÁM ĐỐC TRUNG TÂM\n(Ký tên, đóng dấu)", last="L")
    pen.widths(A=2, B=2, C=30)
    return book


def violations() -> Workbook:
    """Numbering with strokes and Excel's indents, the number row repeated in the body, a protected sheet."""
    book, sheet, pen = page("XLVPHC")
    pen.put("A1:C1", "Biểu mẫu số: 05c/TP/XLVPHC", bold=True, align="left")
    pen.put("A2:C2", "Ban hành theo Thông tư số 96/2026/TT-BTP ngày 09/02/2026", align="left")
    pen.put(
        "A3:C3",
        "Ngày nhận BC: BC 6 tháng: ngày 20 tháng 6 hàng năm; BC năm chính thức: ngày 10 tháng 01 năm sau",
        align="left",
    )
    pen.put("A4:F4", "KẾT QUẢ XỬ LÝ VI PHẠM HÀNH CHÍNH", bold=True)
    pen.put("A5:F5", "6 tháng/năm", italic=True)
    pen.put("D1:F1", "Đơn vị báo cáo: UBND cấp xã", align="left")
    pen.put("D2:F2", "Đơn vị nhận báo cáo: Sở Tư pháp", align="left")
    pen.put("E7:F7", "Đơn vị tính: vụ", italic=True)
    pen.table("A8", """
Lĩnh vực vi phạm | Số vụ vi phạm | Số vụ bị xử phạt | < | < | Số tiền phạt (triệu đồng)
^ | ^ | Tổng số | Trong đó | < | ^
^ | ^ | ^ | Cảnh cáo | Phạt tiền | ^
A | 1 | 2 | 3 | 4 | 5
*I/ An ninh, trật tự | . | . | . | . | .
>1/ Giao thông | . | . | . | . | .
>>a/ Đường bộ | . | . | . | . | .
>>b/ Đường thủy | . | . | . | . | .
>2/ An ninh mạng | . | . | . | . | .
A | 1 | 2 | 3 | 4 | 5
*II/ Tư pháp | . | . | . | . | .
>1/ Hộ tịch | . | . | . | . | .
>2/ Công chứng, chứng thực | . | . | . | . | .
>3/ …… | . | . | . | . | .
*Cộng | . | . | . | . | .
""")  # fmt: skip
    pen.put("A24:B24", "NGƯỜI LẬP BIỂU\n(Ký, họ tên)")
    pen.put("D24:F24", "………, ngày … tháng … năm …\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Ký tên, đóng dấu)")
    sheet.protection.sheet = True
    pen.widths(A=34)
    return book


def state_compensation() -> Workbook:
    """The unit in a cell at the table's corner, codes shown by a number format, a hidden column inside a group."""
    book, sheet, pen = page("Bồi thường")
    pen.lines("A1", "Biểu số: 22/TP/BTNN\nBan hành theo Thông tư số 95/2026/TT-BTP ngày 01/3/2026\nNgày nhận báo cáo (BC):\n"
              "BC sơ bộ 6 tháng: ngày 20 tháng 6\nBC tròn năm: ngày 20 tháng 01 năm sau", align="left")  # fmt: skip
    pen.lines("B1", "TÌNH HÌNH YÊU CẦU VÀ GIẢI QUYẾT BỒI THƯỜNG\nCỦA NHÀ NƯỚC", last="G", bold=True)
    pen.put("B3:G3", "(Sơ bộ 6 tháng/tròn năm)")
    pen.lines("H1", "Đơn vị báo cáo: Sở Tư pháp …….\nĐơn vị nhận báo cáo: Bộ Tư pháp", last="J", align="left")
    pen.put("A7", "Đơn vị tính: Vụ việc", italic=True, align="left")
    pen.table("A8", r"""
Cơ quan | Số vụ việc thụ lý | < | < | < | < | < | < | Số tiền bồi thường\n(Đồng) | Ghi chú
^ | Tổng số | Chia theo lĩnh vực | < | < | < | Chia theo kỳ thụ lý | < | ^ | ^
^ | ^ | Quản lý hành chính | Tố tụng | mã | Thi hành án | Kỳ trước chuyển sang | Thụ lý mới | ^ | ^
A | #1 | #2 | #3 | . | #4 | #5 | #6 | #7 | #8
""")  # fmt: skip
    dots = " | ".join(["."] * 9)
    pen.table("A12", "\n".join(f"{label} | {dots}" for label in (
        "*Tổng số", "Sở, ngành ……", "Sở, ngành ……", "Sở, ngành ……", "…")))  # fmt: skip
    for cell in sheet[11]:
        cell.number_format = '"("0")"'
    sheet.column_dimensions["E"].hidden = True
    for row in sheet["A8:J11"]:
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFFCE4D6")
    pen.lines("A18", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.lines("H17", "…, ngày … tháng … năm …\nGIÁM ĐỐC\n(Ký tên, đóng dấu)", last="J")
    pen.widths(A=36)
    return book


def department_annex() -> Workbook:
    """A department's own annex: letterhead, number in a cell beside its words, bands over the table, formulas."""
    book, sheet, pen = page("PL2")
    pen.lines("A1", "UBND TỈNH HÀ NAM CŨ\nSỞ TƯ PHÁP", last="B", bold=True)
    pen.lines("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", last="G", bold=True)
    pen.put("A4", "Biểu số:", align="left")
    pen.put("B4", "02/STP-HT", align="left", bold=True)
    pen.put(
        "A5:C5",
        "Ban hành kèm theo Quyết định số 128/QĐ-STP ngày 15/3/2026 của Giám đốc Sở Tư pháp",
        align="left",
    )
    pen.put("A6:C6", "BC 6 tháng: ngày 10 tháng 6; BC năm: ngày 10 tháng 11", align="left")
    pen.put("D4:G4", "Đơn vị báo cáo: Ủy ban nhân dân xã, phường ……", align="left")
    pen.put("D5:G5", "Đơn vị nhận báo cáo: Sở Tư pháp", align="left")
    pen.put("A8:G8", "BIỂU TỔNG HỢP SỐ LIỆU HỘ TỊCH CÓ YẾU TỐ NƯỚC NGOÀI", bold=True)
    pen.put("A9:G9", "(6 tháng, năm)", italic=True)
    pen.table("A11", """
STT | Loại việc | Tổng số việc | Trong đó: trực tuyến | Nam | Nữ | Ghi chú
(1) | (2) | (3) | (4) | (5) | (6) | (7)
*A | *Đăng ký hộ tịch | < | < | < | < | <
#1 | Khai sinh | . | . | . | . | .
#2 | Nhận cha, mẹ, con | . | . | . | . | .
*B | *Ghi chú việc hộ tịch | < | < | < | < | <
#3 | Kết hôn | . | . | . | . | .
#4 | Ly hôn | . | . | . | . | .
. | *TỔNG CỘNG | . | . | . | . | .
""")  # fmt: skip
    for column in "CDEF":
        sheet[f"{column}19"] = f"=SUM({column}14:{column}18)"
        sheet[f"{column}19"].font = Font(bold=True)
    sheet["D11"].comment = Comment("Hồ sơ nộp qua Cổng dịch vụ công", "Phòng HCTP")
    pen.lines("A21", "NGƯỜI TỔNG HỢP", last="B", bold=True)
    pen.lines("E21", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", last="G", bold=True)
    pen.widths(A=8, B=34)
    return book


def mediation() -> Workbook:
    """Words turned upright and broken by hand, lines of dots to write on, sub-rows of the total, two signers in one."""
    book, sheet, pen = page("Biểu")
    pen.put(
        "A1:B1", "Biểu số: 09f/TP/HGCS\nBan hành theo Thông tư số 94/2026/TT-BTP ngày 10/3/2026", align="left"
    )
    pen.put(
        "A2:B2", "Thời hạn nhận báo cáo:\nBáo cáo 6 tháng: ngày 05/6\nBáo cáo năm: ngày 05/11", align="left"
    )
    pen.put("C1:F1", "KẾT QUẢ HÒA GIẢI\nỞ CƠ SỞ", bold=True)
    pen.put("C2:F2", "Kỳ báo cáo: ……………", italic=True)
    pen.put("G1:H1", "Đơn vị báo cáo: Ban Tư pháp xã …\nĐơn vị nhận báo cáo: UBND cấp xã", align="left")
    pen.table("A4", r"""
Thôn, tổ dân phố | Số tổ\nhòa giải\n(tổ) | Số vụ việc | < | < | < | < | Kinh phí\n(1.000 đồng)
^ | ^ | Tổng\nsố\n(vụ) | Hòa giải\nthành\n(vụ) | Hòa giải\nkhông\nthành\n(vụ) | Đang\nhòa giải\n(vụ) | Tỷ lệ\nhòa giải thành\n(%) | ^
A | (1) | (2) = (3) + (4) + (5) | (3) | (4) | (5) | (6) | (7)
""", turned=True)  # fmt: skip
    dots = " | ".join(["."] * 7)
    pen.table("A7", "\n".join(f"{label} | {dots}" for label in (
        "*TỔNG SỐ", ">- Nam", ">- Nữ", "1. Thôn ………", "2. Thôn ………", "3. ………………", "4. ………………", "5. ………………")))  # fmt: skip
    for column in "BCDEFGH":
        sheet[f"{column}7"] = "-"
    pen.put(
        "A16:H16",
        "Người lập biểu                              TRƯỞNG BAN TƯ PHÁP\n(Ký, ghi rõ họ tên)                         (Ký tên, đóng dấu)",
    )
    pen.widths(A=30)
    return book


def staff() -> Workbook:
    """Ten rows for the reporter's own lines, columns of words, a number row with a gap, the day inside the title."""
    book, _, pen = page("DS CCV")
    pen.lines(
        "A1",
        "Mẫu số: 11d/TP/CC\nBan hành theo Thông tư số 93/2026/TT-BTP ngày 11/3/2026",
        last="C",
        align="left",
    )
    pen.put("A4:I4", "DANH SÁCH CÔNG CHỨNG VIÊN", bold=True)
    pen.put("A5:I5", "(Tính đến ngày … tháng … năm …)", italic=True)
    pen.put("F1:I1", "Đơn vị báo cáo: ……………………", align="left")
    pen.put("F2:I2", "Đơn vị nhận báo cáo: Sở Tư pháp", align="left")
    pen.table("A7", r"""
Số TT | Họ và tên | Số năm công tác (năm) | < | Địa chỉ | Số việc công chứng trong kỳ\n(Việc) | Thu nhập bình quân tháng\n(Nghìn đồng) | Nơi hành nghề | Ghi chú
^ | ^ | Tổng số | Trong đó: hành nghề công chứng | ^ | ^ | ^ | ^ | ^
(A) | (B) | (1) | (2) | (3) | (4) | (5) | (6) | (7)
""", bold=True)  # fmt: skip
    pen.table("A10", "\n".join(f"#{row} | ……" + " | ." * 7 for row in range(1, 11)))
    pen.put("A21:I21", "Tổng số: …… công chứng viên.", align="left")
    pen.lines("B23", "Người lập danh sách", last="C")
    pen.lines("G22", "…, ngày … tháng … năm …\nTRƯỞNG VĂN PHÒNG\n(Ký tên, đóng dấu)", last="I")
    return book
