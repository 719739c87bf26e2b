"""Forms written, proved by two readers and put in place, beside XlsxWriter merely writing the same cells."""

from __future__ import annotations

import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import xlsxwriter

from judapp.domain.catalogue import Form
from judapp.domain.figure import number
from judapp.domain.layout import Heading, layout
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Sheet, resolve
from judapp.domain.rows import RepeatedUnit
from judapp.excel.fill import filled
from judapp.excel.gate import prove
from judapp.excel.output import put_in_place

FORMS, UNITS, COLUMNS = 60, 168, 25

DEFINITION = {
    "family": "do", "number": "60x/DO", "circular": "Biểu đo", "area": "đo", "title": "BIỂU ĐO TỐC ĐỘ",
    "valid_from": "2020-01-01", "regime": "tk", "rounds": ["H1"],
    "evidence": {"level": "department", "sources": ["đo"]},
    "tables": [{
        "stub": [{"label": "Đơn vị", "code": "A"}],
        "columns": [{"label": f"Chỉ tiêu số {n}", "code": str(n)} for n in range(1, COLUMNS + 1)],
        "rows": [
            {"kind": "total", "label": "Tổng số", "key": "tong"},
            {"kind": "unit", "unit_kind": "commune", "label": "Xã …"},
        ],
    }],
    "computed": [{"rule": "[tong] = sum([*])", "status": "inferred"}],
}  # fmt: skip


class Around:
    """A sheet that stands alone."""

    def units(self, _plan):
        return [RepeatedUnit(f"u{n}", f"Xã Đo Tốc Độ {n:03}") for n in range(UNITS)]


def judapp_writes(folder: Path) -> tuple[int, float]:
    form = msgspec.convert(DEFINITION, Form)
    figures = {
        ("", f"#u{unit}", str(column)): number(unit * column)
        for unit in range(UNITS)
        for column in range(1, COLUMNS + 1)
    }
    sheet = Sheet(form, "u", Period(2026, "H1"), Span(None, None), figures)
    resolved = resolve(sheet, Around())  # reckoning is not what is measured here
    cells = 0
    started = time.perf_counter()
    for n in range(FORMS):
        laid = layout(form, resolved.rows, Heading(reporter=f"Sở {n}", period="6 tháng đầu năm 2026"))
        content, expected = filled(laid, resolved)
        put_in_place(folder / f"{n}.xlsx", content, lambda path, expected=expected: prove(path, expected))
        cells += len(expected)
    return cells, time.perf_counter() - started


def xlsxwriter_writes(folder: Path) -> int:
    cells = 0
    for n in range(FORMS):
        book = xlsxwriter.Workbook(str(folder / f"x{n}.xlsx"))
        sheet = book.add_worksheet("60x")
        font = {"font_name": "Times New Roman", "font_size": 11, "border": 1}
        label = book.add_format({**font, "text_wrap": True})
        figure = book.add_format({**font, "num_format": "#,##0"})
        total = book.add_format({**font, "num_format": "#,##0", "bold": True})
        for column in range(COLUMNS):
            sheet.write_string(0, column + 1, f"Chỉ tiêu số {column + 1}", label)
            sheet.write_formula(1, column + 1, f"=SUM(B3:B{UNITS + 2})", total, 0)
        for unit in range(UNITS):
            sheet.write_string(unit + 2, 0, f"Xã Đo Tốc Độ {unit:03}", label)
            for column in range(COLUMNS):
                sheet.write_number(unit + 2, column + 1, unit * (column + 1), figure)
        book.close()
        cells += (UNITS + 2) * (COLUMNS + 1)
    return cells


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, seconds = judapp_writes(folder)
        started = time.perf_counter()
        theirs = xlsxwriter_writes(folder)
        other = time.perf_counter() - started
    print(f"{'judapp: laid out, written, synced, read twice, compared':<64}{ours:>9,} cells{seconds:8.2f} s")
    print(f"{'XlsxWriter: written':<64}{theirs:>9,} cells{other:8.2f} s")
    print(f"{'ratio':<64}{'':>15}{seconds / other:8.2f} ×")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'memory at most':<64}{'':>15}{peak:>7} MB")


if __name__ == "__main__":
    sys.exit(main())
