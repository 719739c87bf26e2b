"""How fast workbooks are read: ``python benchmarks/reading.py [--communes 168]``.

Makes the workbooks of a province – 168 communes, six forms each, with header blocks, merged header trees,
styled bodies and totals as formulas – and reads all of them three ways in one run: with the program's own
reader, which sees everything; with openpyxl, which has to load a workbook twice to know formulas *and* values
(only one load is counted); with calamine, which sees values alone.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from judapp.excel.read_calamine import read_calamine
from judapp.excel.reader import read_workbook

COMMUNES = 168
FORMS = [("11c", 32, 8), ("12b", 20, 12), ("13a", 45, 6), ("17c", 28, 10), ("21b", 16, 14), ("STP", 60, 3)]
"""Number, rows and figure columns of the six forms."""

_FONT, _BOLD = Font(name="Times New Roman", size=12), Font(name="Times New Roman", size=12, bold=True)
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def make(path: Path, number: str, commune: int, rows: int, columns: int) -> None:
    """One filled form as a commune sends it."""
    figures = random.Random(f"{number} {commune}")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Biểu"
    last = columns + 2
    sheet["A1"] = f"Biểu số: {number}/BTP\nBan hành theo Thông tư số 17/2025/TT-BTP"
    sheet.cell(1, last - 1, f"Đơn vị báo cáo: UBND xã {commune}")
    sheet["A3"], sheet["A4"] = "SỐ LIỆU THỐNG KÊ", "Kỳ báo cáo: 6 tháng đầu năm 2026"
    sheet.merge_cells(start_row=3, end_row=3, start_column=1, end_column=last)
    sheet.merge_cells(start_row=4, end_row=4, start_column=1, end_column=last)
    sheet.cell(6, 1, "TT")
    sheet.cell(6, 2, "Chỉ tiêu thống kê")
    sheet.cell(6, 3, "Tổng số")
    sheet.cell(6, 4, "Chia ra")
    sheet.merge_cells(start_row=6, end_row=6, start_column=4, end_column=last)
    for column in range(1, 4):
        sheet.merge_cells(start_row=6, end_row=7, start_column=column, end_column=column)
    for column in range(4, last + 1):
        sheet.cell(7, column, f"Trong đó số việc thuộc loại {column - 3}")
    for column, code in enumerate(["A", "B", *(f"({c})" for c in range(1, columns + 1))], start=1):
        sheet.cell(8, column, code)
    for row in range(9, rows + 9):
        sheet.cell(row, 1, row - 8)
        sheet.cell(row, 2, f"Số việc đã giải quyết trong kỳ của lĩnh vực thứ {row - 8}")
        sheet.cell(row, 3, f"=SUM(D{row}:{get_column_letter(last)}{row})")
        for column in range(4, last + 1):
            sheet.cell(row, column, figures.randrange(10_000)).number_format = "#,##0"
    for row, cells in enumerate(sheet.iter_rows(min_row=6, max_row=rows + 8, max_col=last), start=6):
        for cell in cells:
            cell.font, cell.border = _BOLD if row < 9 else _FONT, _FRAME
            if row < 9:
                cell.alignment = _CENTRE
    sheet.cell(rows + 11, 1, "Người lập biểu")
    sheet.cell(rows + 11, last - 1, "CHỦ TỊCH")
    book.save(path)


def timed(read: Callable[[Path], object], files: list[Path]) -> float:
    """Processor seconds: what else runs on the machine does not count."""
    read(files[0])
    start = time.process_time()
    for file in files:
        read(file)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--communes", type=int, default=COMMUNES)
    communes = parser.parse_args().communes
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for commune in range(communes):
            for number, rows, columns in FORMS:
                files.append(Path(folder) / f"{commune:03d}-{number}.xlsx")
                make(files[-1], number, commune, rows, columns)
        cells = sum(len(sheet.cells) for file in files for sheet in read_workbook(file))
        size = sum(file.stat().st_size for file in files)
        print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
        print(f"{len(files):,} workbooks, {cells:,} cells that hold something, {size / 1e6:.0f} MB\n")
        theirs = timed(load_workbook, files)
        ours = timed(read_workbook, files)
        fast = timed(read_calamine, files)
    print(f"{'':34}{'seconds':>9}{'ms a file':>11}{'of openpyxl':>13}")
    for name, seconds in (
        ("judapp (everything)", ours),
        ("openpyxl, one load", theirs),
        ("calamine (values), laid flat", fast),
    ):
        print(f"{name:34}{seconds:9.2f}{seconds / len(files) * 1000:11.2f}{seconds / theirs:12.3f} ×")
    print(f"\njudapp is {ours / fast:.1f} × calamine, {ours / theirs:.3f} × openpyxl (to be at most 0.25)")


if __name__ == "__main__":
    main()
