"""How ``looks.*`` were made: ``python tests/data/make_looks.py`` (needs LibreOffice).

``looks.xlsx`` is what ``draw`` makes with openpyxl; .xls and .ods are the same saved by LibreOffice.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side

HERE = Path(__file__).parent
THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def draw() -> Workbook:
    """A blank with every look the reader tells, and what must not disturb it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Biểu 1"
    sheet["A1"] = "BIỂU THỬ"
    sheet["A1"].font = Font(bold=True, italic=True)
    sheet["A1"].alignment = Alignment(horizontal="centerContinuous")
    bold, plain = InlineFont(b=True), InlineFont(b=False)
    sheet["B1"] = CellRichText(TextBlock(bold, "Biểu số: "), TextBlock(bold, "01"))
    sheet["C1"] = CellRichText(TextBlock(bold, "Đơn vị tính: "), TextBlock(plain, "Việc"))
    for row in sheet["B3:D4"]:
        for cell in row:
            cell.border = FRAME
    sheet["B3"] = "Tổng số"
    sheet.merge_cells("B3:D4")
    sheet["A3"] = "    Trong đó"
    sheet["A4"] = "Nam"
    for name in ("A3", "A4"):
        sheet[name].border = FRAME
    sheet["A4"].alignment = Alignment(horizontal="left", indent=2)
    sheet["A5"] = "\u00a0\u00a0- Nữ"
    sheet["A5"].border = Border(left=THIN, right=THIN, bottom=THIN)
    sheet["B5"].border = Border(right=THIN, bottom=THIN)
    sheet["F3"] = "cột trợ giúp"
    sheet["F3"].border = FRAME
    sheet.column_dimensions["F"].hidden = True
    sheet["A7"] = "hàng ẩn"
    sheet["A7"].border = FRAME
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["A"].width = 30
    sheet.protection.sheet = True
    book.create_sheet("Trống")
    hidden = book.create_sheet("Ẩn")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    return book


def main() -> None:
    """Write the three files."""
    draw().save(HERE / "looks.xlsx")
    for kind in ("xls", "ods"):
        subprocess.run(
            ["soffice", "--headless", "--convert-to", kind, "--outdir", str(HERE), str(HERE / "looks.xlsx")],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    main()
