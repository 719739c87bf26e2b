"""Blanks of forms issued since 2019, each drawn in habits of its own; labels as the circulars print them."""

# ruff: noqa: E501  a sketch is as wide as its table
from __future__ import annotations

import unicodedata

from openpyxl import Workbook

from tests.data.blanks.pen import Logo, Pen, page


def form_17c_2019() -> Workbook:
    """Two tables without any number, placeholders printed three times, an empty second sheet."""
    book, _, pen = page("Sheet1")
    book.create_sheet("Sheet2")
    pen.lines("A1", "Biểu số: 17c/BTP/HTQTCT/CT\nBan hành theo Thông tư số 03/2019/TT-BTP ngày 20/3/2019\n"
              "Ngày nhận báo cáo (BC):\nBC 6 tháng: ngày 25 tháng 6 hàng năm\nBC năm: Ngày 28 tháng 11 hàng năm\n"
              "BC năm chính thức: Ngày 20 tháng 02 năm sau", align="left")  # fmt: skip
    pen.put(
        "B1:C4",
        "KẾT QUẢ CHỨNG THỰC CỦA PHÒNG TƯ PHÁP VÀ ỦY BAN NHÂN DÂN (UBND) CẤP XÃ TRÊN ĐỊA BÀN TỈNH",
        bold=True,
    )
    pen.put("B5:C5", "(6 tháng | năm)")
    pen.put("B6:C6", "Kỳ báo cáo: ... (Từ ngày ... đến ngày ...)", italic=True)
    pen.lines("D1", "Đơn vị báo cáo: Sở Tư pháp ...\nĐơn vị nhận báo cáo: Bộ Tư pháp (Cục Kế hoạch - Tài chính)",
              last="E", align="left")  # fmt: skip
    pen.put("A8:E8", "I. KẾT QUẢ CHỨNG THỰC TẠI CÁC PHÒNG TƯ PHÁP TRÊN ĐỊA BÀN TỈNH", bold=True, align="left")
    pen.table("A9", """
. | Chứng thực bản sao (Bản) | Chứng thực chữ ký trong giấy tờ, văn bản (Việc) | Chứng thực chữ ký người dịch (Việc) | Chứng thực hợp đồng, giao dịch (Việc)
*Tổng số | . | . | . | .
Phòng Tư pháp … | . | . | . | .
Phòng Tư pháp … | . | . | . | .
Phòng Tư pháp … | . | . | . | .
""")  # fmt: skip
    pen.put(
        "A15:E15", "II. KẾT QUẢ CHỨNG THỰC TẠI CÁC UBND CẤP XÃ TRÊN ĐỊA BÀN TỈNH", bold=True, align="left"
    )
    pen.table("A16", """
. | Chứng thực bản sao (Bản) | Chứng thực chữ ký trong giấy tờ, văn bản (Việc) | Chứng thực hợp đồng, giao dịch (Việc)
*Tổng số | . | . | .
Huyện … | . | . | .
Huyện … | . | . | .
... | . | . | .
""")  # fmt: skip
    pen.lines("A22", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.lines("B22", "Người kiểm tra\n(Ký, ghi rõ họ, tên, chức vụ)", last="C")
    pen.lines("D21", "...., ngày .. tháng .. năm ....\nGIÁM ĐỐC\n(Ký, đóng dấu, ghi rõ họ, tên)", last="E")
    pen.widths(A=34, B=20, C=24, D=22, E=22)
    return book


def form_09e_2019() -> Workbook:
    """A number row that says how columns add up, and an explanation sheet with more such sentences."""
    book, _, pen = page("09e")
    pen.lines(
        "A1",
        "Biểu số: 09e/BTP/PBGDPL\nBan hành theo Thông tư số 03/2019/TT-BTP\nngày 20/3/2019",
        last="C",
        align="left",
    )
    pen.put("D1:H3", "TÌNH HÌNH TỔ CHỨC VÀ HOẠT ĐỘNG PHỔ BIẾN GIÁO DỤC PHÁP LUẬT TẠI CÁC BỘ, NGÀNH VÀ CƠ QUAN TRUNG ƯƠNG "
            "CỦA CÁC TỔ CHỨC CHÍNH TRỊ XÃ HỘI", bold=True)  # fmt: skip
    pen.lines("I1", "Đơn vị báo cáo: ………………\nĐơn vị nhận báo cáo: Bộ Tư pháp", last="L", align="left")
    pen.table("A5", """
*Số báo cáo viên pháp luật cấp Trung ương | < | Kết quả hoạt động phổ biến, giáo dục pháp luật (PBGDPL) | < | < | < | < | < | < | < | < | <
Tổng số | Trong đó: Số người tham gia phổ biến pháp luật trực tiếp | PBGDPL trực tiếp | < | Thi tìm hiểu pháp luật | < | Số tài liệu PBGDPL được phát hành | < | Kinh phí dành cho công tác PBGDPL | < | < | <
^ | ^ | Số cuộc | Số lượt người tham dự | Số cuộc thi | Số lượt người dự thi | Tổng số | Trong đó: Số lượng tài liệu đăng tải trên Internet | Tổng số kinh phí | Chia ra | < | <
^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | Kinh phí NSNN | < | Kinh phí từ nguồn hỗ trợ khác
^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | Kinh phí NSNN phân bổ thường xuyên | Kinh phí NSNN cấp theo chương trình, đề án | ^
(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9)=(10)+(11)+(12) | (10) | (11) | (12)
. | . | . | . | . | . | . | . | . | . | . | .
""")  # fmt: skip
    pen.put("A13:D13", "Người lập biểu")
    pen.put("E13:H13", "Người kiểm tra")
    pen.put("I13:L13", "…, ngày…….. tháng…….. năm…….")
    words = Pen(book.create_sheet("Giải thích biểu"))
    words.lines("A1", "GIẢI THÍCH BIỂU MẪU SỐ 09e/BTP/PBGDPL\n1. Khái niệm, phương pháp tính\n"
                "Số người tham gia phổ biến pháp luật trực tiếp là số báo cáo viên đã phổ biến trong kỳ báo cáo.\n"
                "2. Cách ghi biểu\nCột 9 = Cột (10+11+12)\nCột 2 <= Cột 1", align="left")  # fmt: skip
    return book


def form_thads_01() -> Workbook:
    """Rows indented by typed blanks, the unit at the corner, plain numbers, a logo, a protected sheet."""
    book, sheet, pen = page("BM01")
    sheet.add_image(Logo(), "A1")
    pen.put("B1:D1", "Biểu số: 1", bold=True, align="left")
    pen.put("B2:D2", "Ban hành theo Thông tư số 05/2024/TT-BTP", align="left")
    pen.put("E1:H2", "KẾT QUẢ THI HÀNH ÁN DÂN SỰ TÍNH BẰNG VIỆC", bold=True)
    pen.put("I1:K1", "Đơn vị báo cáo:\nThi hành án dân sự ……", align="left")
    pen.put("I2:K2", "Đơn vị nhận báo cáo:\nCục Quản lý Thi hành án dân sự, Bộ Tư pháp", align="left")
    pen.put("J4:K4", "Đơn vị tính: Việc", italic=True)
    pen.table("A5", """
Tên chỉ tiêu | Tổng số | Chia theo loại bản án, quyết định | < | < | < | < | < | < | < | <
^ | ^ | Dân sự | Hình sự (dân sự trong hình sự) | Hành chính (dân sự trong hành chính) | Hôn nhân và gia đình | Kinh doanh, thương mại | Lao động | Phá sản | Trọng tài | Khác
A | #1 | #2 | #3 | #4 | #5 | #6 | #7 | #8 | #9 | #10
""", bold=True)  # fmt: skip
    rows = ("Tổng số giải quyết|____Năm trước chuyển sang (trừ số đã chuyển sổ theo dõi riêng)|____Mới thụ lý|"
            "Ủy thác thi hành án|Thu hồi, hủy quyết định thi hành án|Tổng số phải thi hành|____Có điều kiện thi hành|"
            "________Tổng số thi hành xong|____________Thi hành xong|____________Đình chỉ thi hành án|"
            "________Đang thi hành|________Hoãn thi hành án theo điểm c khoản 1 Điều 48|________Trường hợp khác|"
            "____Chưa có điều kiện thi hành (trừ số đã chuyển sổ theo dõi riêng)|"
            "____Hoãn thi hành án (trừ điểm c khoản 1 Điều 48)|____Tạm đình chỉ thi hành án|Số chuyển kỳ sau")  # fmt: skip
    pen.table("A8", "\n".join(f"{row} | " + " | ".join(["."] * 10) for row in rows.split("|")))
    for row in range(8, 25):
        sheet[f"A{row}"].alignment = sheet["A8"].alignment.copy(horizontal="left")
    pen.put("A26:D26", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.put("H26:K26", "THỦ TRƯỞNG ĐƠN VỊ\n(Ký tên, đóng dấu)")
    sheet.protection.sheet = True
    sheet.protection.password = "bi-mat"
    pen.widths(A=48)
    return book


def form_21b_2025() -> Workbook:
    """Number column with placeholders numbered 1, 2, 3; a slot as a whole line; blanks around brackets."""
    book, _, pen = page("Bieu 21b")
    pen.lines("A1", "Biểu số: 21b/TP/HTPLDN\nBan hành theo Thông tư số 17/2025/TT-BTP ngày 24/10/2025\n"
              "Ngày nhận báo cáo (BC):\nBC sơ bộ 6 tháng: ngày 20 tháng 6 năm báo cáo\n"
              "BC sơ bộ năm: Ngày 20 tháng 11 năm báo cáo\nBC tròn năm: Ngày 20 tháng 01 năm sau",
              last="D", align="left")  # fmt: skip
    pen.lines(
        "E1",
        "KẾT QUẢ HOẠT ĐỘNG HỖ TRỢ PHÁP LÝ CHO\nDOANH NGHIỆP NHỎ VÀ VỪA TẠI CẤP TỈNH",
        last="K",
        bold=True,
    )
    pen.lines(
        "E3",
        "(Sơ bộ 6 tháng/sơ bộ năm/tròn năm)\nKỳ báo cáo: ……\n(Từ ngày … tháng … năm … đến ngày … tháng … năm …)",
        last="K",
    )
    pen.lines("L1", "Đơn vị báo cáo:\nSở Tư pháp...\nĐơn vị nhận báo cáo:\nBộ Tư pháp (Cục Kế hoạch - Tài chính)",
              last="P", align="left")  # fmt: skip
    pen.table("A8", r"""
STT | Sở/ban/ngành | Số tư vấn viên pháp luật được kiện toàn, công bố, công khai\n( Người ) | Hoạt động hỗ trợ pháp lý cho doanh nghiệp | < | < | < | < | < | < | < | < | Kinh phí dành cho công tác hỗ trợ pháp lý cho doanh nghiệp\n( Đồng ) | < | < | Ghi chú
^ | ^ | ^ | Số cuộc tập huấn, bồi dưỡng kiến thức pháp luật\n( Cuộc ) | Số hội nghị đối thoại, diễn đàn được tổ chức\n( Cuộc ) | Kết quả đăng tải văn bản trả lời doanh nghiệp\n( Văn bản ) | < | Số hồ sơ đề nghị hỗ trợ chi phí tư vấn pháp luật\n( Hồ sơ ) | < | < | < | < | Kinh phí từ ngân sách Nhà nước | < | Kinh phí xã hội hóa | ^
^ | ^ | ^ | ^ | ^ | Số văn bản trả lời của Ủy ban nhân dân cấp tỉnh đối với các vướng mắc pháp lý của doanh nghiệp | Số văn bản tư vấn pháp luật của mạng lưới tư vấn viên pháp luật | Số hồ sơ được tiếp nhận | Số hồ sơ được giải quyết | < | < | < | Kinh phí hỗ trợ chi phí tư vấn pháp luật | Kinh phí chi các hoạt động khác | ^ | ^
^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | Tổng số | Chia theo loại hình doanh nghiệp | < | < | ^ | ^ | ^ | ^
^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | Doanh nghiệp vừa | Doanh nghiệp nhỏ | Doanh nghiệp siêu nhỏ | ^ | ^ | ^ | ^
A | B | ( 1 ) | ( 2 ) | ( 3 ) | ( 4 ) | ( 5 ) | ( 6 ) | ( 7 ) | ( 8 ) | ( 9 ) | ( 10 ) | ( 11 ) | ( 12 ) | ( 13 ) | ( 14 )
""")  # fmt: skip
    dots = " | ".join(["."] * 14)
    pen.table(
        "A14",
        f". | *Tổng số tại cấp tỉnh | {dots}\n#1 | Sở... | {dots}\n#2 | Sở... | {dots}\n#3 | Sở... | {dots}\n… | … | {dots}",
    )
    pen.put("A20:P20", "Ghi chú: ………………………………………………", align="left")
    pen.lines("A22", "Người lập biểu\n(Ký, ghi rõ họ tên)", last="D")
    pen.lines("E22", "Người kiểm tra\n(Ký, ghi rõ họ tên, chức vụ)", last="K")
    pen.lines("L21", "……ngày…...tháng…...năm…...\nGIÁM ĐỐC\n(Ký, đóng dấu, ghi rõ họ tên)", last="P")
    return book


def form_12b_2019() -> Workbook:
    """Typed on a Mac: decomposed letters and no-break spaces; numbering in the label; slots "…./….."."""
    book, sheet, pen = page("12b")
    pen.lines("A1", "Biểu số: 12b/BTP/BTTP/CC\nBan hành theo Thông tư số 03/2019/TT-BTP\nngày 20/3/2019\nNgày nhận báo cáo (BC):\n"
              "BC 6 tháng: Ngày 25 tháng 6 hàng năm\nBC năm: Ngày 28 tháng 11 hàng năm\n"
              "BC năm chính thức: Ngày 20 tháng 02 năm sau", last="B", align="left")  # fmt: skip
    pen.lines("C1", "TÌNH HÌNH TỔ CHỨC VÀ HOẠT ĐỘNG CÔNG CHỨNG\nTRÊN ĐỊA BÀN TỈNH", last="H", bold=True)
    pen.lines("C3", "(6 tháng, năm)\nKỳ báo cáo: ....\n(Từ ngày ... đến ngày ...)", last="H")
    pen.lines(
        "I1",
        "Đơn vị báo cáo: Sở Tư pháp ....\nĐơn vị nhận báo cáo: Bộ Tư pháp\n(Cục Kế hoạch - Tài chính)",
        last="L",
        align="left",
    )
    pen.table("A9", r"""
. | Số công chứng viên\n(người) | Công chứng | < | < | < | < | Chứng thực | < | < | < | Tổng số tiền nộp vào ngân sách/thuế\n(đồng)
^ | ^ | Số việc công chứng\n(việc) | < | < | Tổng số thù lao công chứng\n(đồng) | Tổng số phí công chứng\n(đồng) | Chứng thực bản sao | < | Chứng thực chữ ký trong giấy tờ, văn bản | < | ^
^ | ^ | Tổng số | Chia ra | < | ^ | ^ | Số bản sao\n(bản sao) | Phí chứng thực bản sao\n(đồng) | Số việc\n(việc) | Phí chứng thực chữ ký\n(đồng) | ^
^ | ^ | ^ | Công chứng hợp đồng, giao dịch | Công chứng bản dịch và các loại việc khác | ^ | ^ | ^ | ^ | ^ | ^ | ^
A | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11
""")  # fmt: skip
    dots = " | ".join(["."] * 11)
    pen.table("A14", "\n".join(f"{label} | {dots}" for label in (
        "*Tổng số", "*I. Phòng Công chứng", "…", "…", "*II. Văn phòng Công chứng", "…", "…")))  # fmt: skip
    pen.lines("A22", "+ Số liệu trong báo cáo này được tổng hợp từ báo cáo của…./….. tổ chức hành nghề công chứng đăng ký "
              "hoạt động tại Sở Tư pháp.\n+ Theo quản lý của Sở Tư pháp, số công chứng viên đăng ký hành nghề là........ "
              "công chứng viên.", last="L", align="left")  # fmt: skip
    pen.lines("A25", "Người lập biểu\n(Ký, ghi rõ họ, tên)", last="C")
    pen.lines("E25", "Người kiểm tra\n(Ký, ghi rõ họ, tên, chức vụ)", last="G")
    pen.lines("I24", "..., ngày ... tháng ... năm ...\nGIÁM ĐỐC\n(Ký, đóng dấu, ghi rõ họ, tên)", last="L")
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = unicodedata.normalize(
                    "NFD", cell.value.replace("Công chứng", "Công\N{NO-BREAK SPACE}chứng")
                )
    return book


def form_10b_2025() -> Workbook:
    """Five rows of head, leaves drawn down to the number row without merges, a hidden column of keys."""
    book, sheet, pen = page("Bieu 10b (2)")
    pen.put("B1:D1", "Biểu số: 10b/TP/CC\nBan hành theo Thông tư số 17/2025/TT-BTP ngày 24/10/2025\nNgày nhận báo cáo (BC):\n"
            "BC 6 tháng: ngày 20 tháng 6 năm báo cáo\nBC sơ bộ năm: ngày 20 tháng 11 năm báo cáo\n"
            "BC tròn năm: ngày 20 tháng 01 năm sau", align="left")  # fmt: skip
    pen.put("E1:N1", "SỐ TỔ CHỨC VÀ KẾT QUẢ HOẠT ĐỘNG CÔNG CHỨNG\nTRÊN ĐỊA BÀN TỈNH/THÀNH PHỐ\n(Sơ bộ 6 tháng/sơ bộ năm/tròn năm)\n"
            "Kỳ báo cáo: ......\n(Từ ngày ... tháng ... năm ... đến ngày ... tháng ... năm ...)", bold=True)  # fmt: skip
    pen.put(
        "O1:U1",
        "Đơn vị báo cáo:\nSở Tư pháp tỉnh/thành phố\nĐơn vị nhận báo cáo:\nBộ Tư pháp (Cục Kế hoạch - Tài chính)",
        align="left",
    )
    pen.table("B3", r"""
Đơn vị | Số công chứng viên\n(Người) | Công chứng | < | < | < | < | < | < | < | < | Chứng thực | < | < | < | < | < | < | Tổng số tiền nộp vào ngân sách/thuế\n(Đồng) | Ghi chú
' | ' | Số việc công chứng giao dịch\n(Việc) | < | < | < | < | Số tiền thu được\n(Đồng) | < | < | < | Chứng thực bản sao từ bản chính | < | < | Chứng thực chữ ký trong giấy tờ, văn bản | < | Chứng thực chữ ký người dịch | < | ' | '
' | ' | Tổng số | Chia ra | < | < | < | Phí công chứng | Phí, giá dịch vụ theo yêu cầu liên quan đến việc công chứng | < | Chi phí khác | Số lượng bản sao được chứng thực\n(Bản) | < | Phí chứng thực bản sao\n(Đồng) | Tổng số việc\n(Việc) | Phí chứng thực chữ ký trong giấy tờ, văn bản\n(Đồng) | Tổng số việc\n(Việc) | Phí chứng thực chữ ký người dịch\n(Đồng) | ' | '
' | ' | ' | Công chứng giao dịch về bất động sản | < | Công chứng giao dịch khác | < | ' | Phí khai thác, sử dụng thông tin liên quan đến giao dịch theo quy định của pháp luật | Giá dịch vụ theo yêu cầu liên quan đến việc công chứng khi yêu cầu tổ chức hành nghề công chứng | ' | Tổng số | Trong đó: chứng thực bản sao điện tử từ bản chính | ' | ' | ' | ' | ' | ' | '
' | ' | ' | Tổng số | Trong đó: công chứng giao dịch điện tử | Tổng số | Trong đó: công chứng giao dịch điện tử | ' | ' | ' | ' | ' | ' | ' | ' | ' | ' | ' | ' | '
""")  # fmt: skip
    pen.table("B8", ". | " + " | ".join(f"({number})" for number in range(1, 20)))
    dots = " | ".join(["."] * 19)
    pen.table("B9", "\n".join(f"{label} | {dots}" for label in (
        "*TỔNG SỐ TOÀN ĐỊA PHƯƠNG", "*I. Phòng công chứng", ">1. ……", ">2. ……", "*II. Văn phòng công chứng", ">1. ……", ">……")))  # fmt: skip
    for row in range(3, 16):
        sheet[f"A{row}"] = f"k{row}"
    sheet.column_dimensions["A"].hidden = True
    pen.lines("B17", "* Ghi chú:\nSố liệu ước tính: 01 tháng đối với báo cáo 6 tháng; 02 tháng đối với báo cáo năm;\n"
              "Các phòng công chứng, văn phòng công chứng báo cáo từ cột (2) đến cột (15); các Sở Tư pháp báo cáo tất cả các cột "
              "trong biểu này;", last="U", align="left")  # fmt: skip
    pen.put("B21:F21", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.put("G21:N21", "Người kiểm tra\n(Ký, ghi rõ họ, tên, chức vụ)")
    pen.put("O21:U21", "…, ngày ... tháng ... năm ...\nGIÁM ĐỐC\n(Ký tên, đóng dấu)")
    return book
