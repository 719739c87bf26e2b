"""How the workbooks of this folder were made: ``python tests/data/make_tables.py`` (needs LibreOffice).

``table.xlsx`` is written by openpyxl, which stores no values of formulas; ``table_lo.xlsx``, ``table.xls``,
``table.ods`` and ``table.csv`` are the same table saved by LibreOffice, which reckons them. ``encrypted.*``
have the password "bi-mat"; .xls and .ods were saved through LibreOffice's UNO interface, .xlsx was written by
msoffcrypto-tool 6.1; this script does not make them again.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

HERE = Path(__file__).parent
CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1"
"""Semicolons, quotes, UTF-8."""


def main() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Biểu 10b"
    sheet["A1"] = "Biểu số: 10b/TP/CC\nBan hành theo Thông tư"
    sheet.merge_cells("A1:B2")
    sheet["A4"] = "Tæng sè"
    sheet["A4"].font = Font(name=".VnTime", bold=True)
    sheet["B4"], sheet["C4"] = 0.9475, 1234567
    sheet["B4"].number_format, sheet["C4"].number_format = "0.00%", "#,##0"
    sheet["D4"], sheet["E4"] = date(2024, 6, 30), datetime(2024, 6, 30, 8, 15)  # noqa: DTZ001  workbooks know no zones
    sheet["D4"].number_format, sheet["E4"].number_format = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
    sheet["H4"] = "cột ẩn"
    sheet.column_dimensions["H"].hidden = True
    sheet["A5"], sheet["B5"], sheet["C5"] = "=SUM(C4:C4)", "=1/0", "=Ẩn!A1"
    sheet["E5"], sheet["F5"], sheet["G5"] = '=IF(C4>0,"có","không")', '=""', "=NA()"
    sheet["A6"] = "x"
    sheet["A6"].comment = Comment("Ghi chú: ước tính", "ai")
    sheet["A7"] = "hàng ẩn"
    sheet.row_dimensions[7].hidden = True
    sheet["C8"], sheet["D8"], sheet["E8"] = 0.1 + 0.2, "  hai   dấu cách ", -5.5
    sheet["F8"], sheet["G8"] = '=A1&"; x"', "0123"
    for row in range(10, 14):
        for column in range(1, 5):
            sheet.cell(row, column, 7)
    hidden = book.create_sheet("Ẩn")
    hidden["A1"] = 3
    hidden.sheet_state = "hidden"
    book.create_sheet("Trống")
    book.save(HERE / "table.xlsx")
    for kind, name in (
        ("xlsx", "table_lo.xlsx"),
        ("xls", "table.xls"),
        ("ods", "table.ods"),
        (CSV, "table.csv"),
    ):
        (HERE / name).write_bytes(converted(HERE / "table.xlsx", kind))


def converted(source: Path, kind: str) -> bytes:
    """What LibreOffice saves ``source`` as."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(Path(tempfile.gettempdir()) / 'lo_reader').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                f"{folder}/made",
                str(source),
            ],
            check=True,
            capture_output=True,
        )
        [made] = Path(folder, "made").iterdir()
        return made.read_bytes()


if __name__ == "__main__":
    main()
