"""Blanks of forms issued from 2011 to 2016, each drawn in habits of its own; labels as the circulars print them."""

# ruff: noqa: E501  a sketch is as wide as its table
from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from tests.data.blanks.pen import page


def form_11c_2013() -> Workbook:
    """Blocks of one cell each, first row and column empty, groups framed instead of merged, a line of slots."""
    book, _, pen = page("11c")
    pen.put("B2:D2", "Biểu số: 11c/BTP/PBGDPL/HGCS\nBan hành theo Thông tư số 20/2013/TT-BTP\nngày 03/12/2013\n"
            "Ngày nhận báo cáo (BC):\nBáo cáo năm lần 1: Ngày 20 tháng 11 hàng năm\n"
            "Báo cáo năm chính thức: Ngày 15 tháng 02 năm sau", align="left")  # fmt: skip
    pen.put("E2:I2", "TÌNH HÌNH TỔ CHỨC, CÁN BỘ\nCỦA TỔ HÒA GIẢI Ở CƠ SỞ\nTẠI ĐỊA BÀN HUYỆN\n(Năm)\n"
            "(Từ ngày...... tháng..... năm...... đến ngày..... tháng...... năm........ )", bold=True)  # fmt: skip
    pen.put("J2:M2", "Đơn vị báo cáo:\nUBND huyện/ quận/thị xã/ thành phố (thuộc tỉnh).........\n(Phòng Tư pháp)\n"
            "Đơn vị nhận báo cáo:\nSở Tư pháp.................", align="left")  # fmt: skip
    pen.table("B4", """
. | Số thôn, tổ dân phố và tương đương (Thôn, tổ) | Số tổ hòa giải (tổ) | Hòa giải viên (người) | ~ | ~ | ~ | ~ | ~ | ~ | ~ | ~
' | ' | ' | Tổng số | Chia theo giới tính | ~ | Chia theo dân tộc | ~ | Chia theo trình độ chuyên môn | ~ | ~ | Số hòa giải viên được bồi dưỡng chuyên môn, nghiệp vụ
' | ' | ' | ' | Nam | Nữ | Kinh | Khác | Chuyên môn Luật | Khác | Chưa qua đào tạo | '
A | (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) | (11)
""", bold=True)  # fmt: skip
    pen.table("B8", "*Tổng số trên địa bàn huyện" + " | ." * 11)
    pen.table("B9", "Tên xã…" + " | ." * 11)
    pen.table("B10", "..." + " | ." * 11)
    pen.put("B12:M12", "* Ghi chú: Tổng số ước tính 02 tháng cuối trong kỳ báo cáo năm lần 1: "
            "Cột 2:.............................; Cột 3:...............................; "
            "Cột 11:..................................", align="left")  # fmt: skip
    pen.put("B14:F14", "Người lập biểu\n(Ký, ghi rõ họ, tên)")
    pen.put(
        "H14:M14",
        "Ngày...... tháng... năm.......\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Ký, đóng dấu, ghi rõ họ, tên)",
    )
    pen.widths(B=26, C=16, D=12)
    return book


def form_13a_2016() -> Workbook:
    """National title, no stub, six rows of head, codes as negative numbers, colours, hidden row and columns."""
    book, sheet, pen = page("Bieu 13a")
    pen.put("H1:V1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    pen.put("H2:V2", "Độc lập - Tự do - Hạnh phúc", bold=True)
    pen.lines("A4", "Biểu số: 13a/BTP/HTQTCT/HT\nBan hành theo Thông tư số 04/2016/TT-BTP ngày 03/3/2016\n"
              "Ngày nhận báo cáo (BC):\nBC 6 tháng: ngày 06 tháng 6 hàng năm\nBC năm: Ngày 07 tháng 11 hàng năm\n"
              "BC năm chính thức: Ngày 20 tháng 01 năm sau", align="left")  # fmt: skip
    pen.lines("H4", "KẾT QUẢ ĐĂNG KÝ KHAI SINH, KHAI TỬ, KẾT HÔN\nTẠI ỦY BAN NHÂN DÂN (UBND) CẤP XÃ",
              last="O", bold=True)  # fmt: skip
    pen.lines("H6", "(6 tháng/năm)\nKỳ báo cáo:...............\n(Từ ngày.... tháng.... năm.... đến ngày.... tháng.... năm....)",
              last="O", italic=True)  # fmt: skip
    pen.lines("P4", "Đơn vị báo cáo: UBND xã/phường/thị trấn\nĐơn vị nhận báo cáo: UBND huyện... (Phòng Tư pháp)",
              last="V", align="left")  # fmt: skip
    pen.table("A11", r"""
ĐĂNG KÝ KHAI SINH\n(Trường hợp) | < | < | < | < | < | < | < | < | < | ĐĂNG KÝ KHAI TỬ\n(Trường hợp) | < | < | < | < | < | < | ĐĂNG KÝ KẾT HÔN | < | < | < | <
Đăng ký mới | < | < | < | < | < | < | < | < | Đăng ký lại | Đăng ký mới | < | < | < | < | < | Đăng ký lại | Đăng ký mới | < | < | < | Đăng ký lại
Tổng số | Chia theo dân tộc | < | Chia theo giới tính | < | Chia theo thời điểm đăng ký | < | < | < | ^ | Tổng số | Chia theo độ tuổi | < | < | Chia theo thời điểm đăng ký | < | ^ | Tổng số\n(Cặp) | Trong đó: Kết hôn lần đầu\n(Cặp) | Tuổi kết hôn trung bình lần đầu\n(Tuổi) | < | ^
^ | Dân tộc Kinh | Dân tộc khác | Nam | Nữ | Đúng hạn | Quá hạn | < | < | ^ | ^ | Dưới 1 tuổi | Từ 1 tuổi đến dưới 5 tuổi | Từ 5 tuổi trở lên | Đúng hạn | Quá hạn | ^ | ^ | ^ | Nam | Nữ | ^
^ | ^ | ^ | ^ | ^ | ^ | Tổng số | Trong đó | < | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^
^ | ^ | ^ | ^ | ^ | ^ | ^ | Số trẻ em được sinh ra trong năm báo cáo | Dưới 5 tuổi | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^
""")  # fmt: skip
    pen.table("A17", " | ".join(f"#-{number}" for number in range(1, 23)))
    pen.table("A18", " | ".join(["."] * 22))
    for row in sheet["A11:V17"]:
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFDDEBF7")
            if isinstance(cell.value, int):
                cell.number_format = "(0);(0)"
    sheet["X11"], sheet["X18"], sheet["Y18"] = "kiểm tra", "=A18-B18-C18", "=K18-L18"
    sheet["A10"] = "ma_dv=;ky=;"
    sheet.row_dimensions[10].hidden = True
    for letter in "XY":
        sheet.column_dimensions[letter].hidden = True
    pen.lines("C20", "Người lập biểu\n(Ký, ghi rõ, họ, tên)", last="H")
    pen.lines(
        "P19", "…, ngày ... tháng ... năm ...\nTM. ỦY BAN NHÂN DÂN\n(Ký, đóng dấu, ghi rõ họ, tên)", last="V"
    )
    return book


def form_30_2016() -> Workbook:
    """No numbers, no stub; a group's label stands in its first cell and every cell is framed."""
    book, _, pen = page("bieu so 30 (VPLS)")
    pen.put("A1:C1", "Biểu số: 30/BTP/BTTP/LSTN", bold=True, align="left")
    pen.put("A2:C2", "Ban hành kèm theo Thông tư số 04/2016/TT-BTP ngày 03/3/2016", align="left")
    pen.put("A3:C3", "Ngày nhận báo cáo(BC): Sở Tư pháp nhận", align="left")
    pen.put("A4:C4", "Báo cáo 6 tháng : ngày 06 tháng 06 hàng năm", align="left")
    pen.put("A5:C5", "Báo cáo năm lần 1: ngày 07 tháng 11 hàng năm", align="left")
    pen.put("A6:C6", "Báo cáo năm chính thức : ngày 15 tháng 02 năm sau", align="left")
    pen.put("D1:H2", "BÁO CÁO TỔNG TÌNH HÌNH TỔ CHỨC VÀ HOẠT ĐỘNG CỦA VP LUẬT SƯ", bold=True)
    pen.put("D3:H3", "(6 tháng, năm)")
    pen.put("D4:H4", "Kỳ báo cáo (Từ ngày.. tháng.. năm.. đến ngày.. tháng.. năm.....)")
    pen.put("I1:J1", "Đơn vị báo cáo:", align="left")
    pen.put("I2:J2", "Văn phòng luật sư, công ty luật", align="left")
    pen.put("I3:J3", "Đơn vị nhận báo cáo:", align="left")
    pen.put("I4:J4", "Sở Tư pháp", align="left")
    pen.table("A8", """
Số luật sư (LS) làm việc tại tổ chức hành nghề luật sư (TCHNLS) (người) | . | . | Số việc thực hiện xong (việc) | . | . | . | . | Doanh thu (đồng) | .
Tổng số | Chia ra | . | Tổng số | Chia ra | . | . | . | Tổng số | Nộp thuế
. | Số LS trong nước làm việc tại TCHNLS | Số LS nước ngoài làm việc tại TCHNLS | . | Số việc tố tụng | . | Số việc tư vấn pháp luật và dịch vụ pháp lý khác | Trợ giúp pháp lý | . | .
. | . | . | . | Tổng số | Trong đó: số việc về hình sự | . | . | . | .
""", bold=True)  # fmt: skip
    pen.table("A12", " | ".join(["."] * 10))
    pen.lines("A14", "- Số lượng ước tính ( số liệu ước tính 01 tháng đối với báo cáo 6 tháng; 02 tháng với báo cáo năm lần 1)\n"
              "- Số liệu ước tính cột(4) .........; cột(9)..........;cột(10)..........\n"
              "- Văn phòng luật sư, công ty luật báo cáo từ cột (1) tới cột (10) của biểu này",
              last="J", align="left")  # fmt: skip
    pen.lines("B18", "Người lập biểu\n(Ký, ghi rõ họ, tên)", last="D")
    pen.lines("G17", ".........ngày.....tháng..... năm.....\nTHỦ TRƯỞNG ĐƠN VỊ", last="J")
    return book


def form_13a_2013() -> Workbook:
    """Two tables of other columns, the second without a stub; the unit of the first at its corner."""
    book, _, pen = page("13a")
    pen.lines("A1", "Biểu số: 13a/BTP/HCTP/HT/KSKTKH\nBan hành theo Thông tư số 20/2013/TT-BTP ngày 03/12/2013\n"
              "Ngày nhận báo cáo (BC):\nBC 6 tháng: ngày 08 tháng 5 hàng năm.\nBC năm lần 1: ngày 08 tháng 11 hàng năm.\n"
              "BC năm chính thức: ngày 20 tháng 01 năm sau.", align="left")  # fmt: skip
    pen.put("B1:D3", "KẾT QUẢ ĐĂNG KÝ KHAI SINH, KHAI TỬ, KẾT HÔN TẠI UỶ BAN NHÂN DÂN CẤP XÃ", bold=True)
    pen.put("B4:D4", "(6 tháng / năm)")
    pen.put("B5:D5", "Kỳ báo cáo:............. (Từ ngày ... tháng... năm... đến ngày ... tháng... năm ...)")
    pen.lines("E1", "Đơn vị báo cáo: Ủy ban nhân dân xã/phường/thị trấn….\nĐơn vị nhận báo cáo: Ủy ban nhân dân "
              "huyện/quận/thị xã/thành phố thuộc tỉnh .... (Phòng Tư pháp)", last="G", align="left")  # fmt: skip
    pen.put("F7:G7", "Đơn vị tính: Trường hợp", italic=True)
    pen.table("A8", """
SỰ KIỆN HỘ TỊCH | Tổng số | Theo giới tính | < | Theo thời điểm đăng ký | < | Đăng ký lại
^ | ^ | Nam | Nữ | Đúng hạn | Quá hạn | ^
A | (1) | (2) | (3) | (4) | (5) | (6)
*I. KHAI SINH | . | . | . | . | . | .
*II. KHAI TỬ (Chia theo độ tuổi) | . | . | . | . | . | .
___- Dưới 1 tuổi | . | . | . | . | . | .
___- Từ 1 tuổi đến dưới 5 tuổi | . | . | . | . | . | .
___- Từ 5 tuổi trở lên | . | . | . | . | . | .
""")  # fmt: skip
    pen.put("A17:G17", "III. KẾT HÔN", bold=True, align="left")
    pen.table("A18", r"""
Số cuộc kết hôn\n(Cặp) | < | < | Tuổi kết hôn trung bình lần đầu\n(Tuổi) | < | Đăng ký lại\n(Cặp)
Tổng số | Chia ra | < | Nam | Nữ | ^
^ | Kết hôn lần đầu | Kết hôn lần thứ hai trở lên | ^ | ^ | ^
(1) | (2) | (3) | (4) | (5) | (6)
. | . | . | . | . | .
""")  # fmt: skip
    pen.lines("A24", "Người lập biểu\n(Ký và ghi rõ họ, tên)")
    pen.lines(
        "E23", "Ngày … tháng … năm …\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Ký, đóng dấu, ghi rõ họ, tên)", last="G"
    )
    pen.widths(A=34)
    return book


def form_11c_2012() -> Workbook:
    """Units with lines of their own below them, printed twice; two deadlines of one round."""
    book, _, pen = page("11c KSKT")
    pen.lines("A1", "Biểu số: 11c\nBan hành theo Thông tư số 08/2011/TT-BTP ngày 05/4/2011\nNgày nhận báo cáo (BC):\n"
              "BC 6 tháng đợt 1: ngày 17 tháng 4 hàng năm.\nBC 6 tháng chính thức: ngày 17 tháng 7 hàng năm.\n"
              "BC năm đợt 1: ngày 17 tháng 10 hàng năm.\nBC năm chính thức: ngày 17 tháng 01 năm sau.", align="left")  # fmt: skip
    pen.put("B1:J2", "KẾT QUẢ ĐĂNG KÝ KHAI SINH, KHAI TỬ TRÊN ĐỊA BÀN CẤP TỈNH", bold=True)
    pen.lines("B3", "(6 tháng, năm)\nKỳ báo cáo: ……", last="J")
    pen.lines(
        "K1",
        "Đơn vị báo cáo: Sở Tư pháp tỉnh Hậu Giang\nĐơn vị nhận báo cáo: Bộ Tư pháp (Vụ Kế hoạch - Tài chính)",
        last="O",
        align="left",
    )
    pen.put("M8:O8", "Đơn vị tính: Trường hợp", italic=True, align="right")
    pen.table("A9", """
. | Khai sinh | < | < | < | < | < | < | < | Khai tử | < | < | < | < | <
^ | Tổng số | Chia theo tình trạng của trẻ khai sinh | < | < | Chia theo nơi sinh | < | Chia theo thời điểm đăng ký | < | Tổng số | Chia theo nhóm tuổi | < | < | Chia theo thời điểm đăng ký | <
^ | ^ | Con trong giá thú | Con ngoài giá thú | Trẻ bị bỏ rơi | Sinh ở trong nước | Sinh ở nước ngoài | Đúng hạn | Quá hạn | ^ | Từ 0 đến dưới 6 tuổi | Từ 6 tuổi đến dưới 16 tuổi | Từ 16 tuổi trở lên | Đúng hạn | Quá hạn
""")  # fmt: skip
    pen.table("A12", "A | " + " | ".join(f"#{number}" for number in range(1, 15)))
    dots = " | ".join(["."] * 14)
    pen.table("A13", "\n".join(f"{label} | {dots}" for label in (
        "*TỔNG SỐ TRÊN ĐỊA BÀN CẤP TỈNH", "- Nam", "- Nữ", "Số trường hợp đăng ký của huyện ...", "- Nam", "- Nữ",
        "Số trường hợp đăng ký của huyện ...", "- Nam", "- Nữ")))  # fmt: skip
    pen.lines("B24", "Người lập biểu\n(Ký, ghi rõ họ, tên)", last="F")
    pen.lines("J23", "…, ngày … tháng … năm …\nGIÁM ĐỐC\n(Ký tên, đóng dấu, ghi rõ họ, tên)", last="O")
    return book
