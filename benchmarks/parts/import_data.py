"""A province for importing.py: a data file with 168 communes and six forms, and the workbooks they send.

Every second commune sends what a program drew (title blocks, merged head, totals with stored values, no
hidden names of ours); the others send what a clerk made: header blocks in cells of his own, totals as
formulas that nobody reckoned. Nothing but what is printed says which form, unit and period it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from judapp.app.founding import new_file
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.figure import number
from judapp.domain.layout import Heading, layout
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Sheet, resolve
from judapp.domain.unit import Unit, UnitState
from judapp.excel.fill import filled
from judapp.store import forms, units

PERIOD = Period(2026, "H1")
SHAPES = [("31a", 32, 8), ("32b", 20, 12), ("33a", 45, 6), ("34c", 28, 10), ("35b", 16, 14), ("36d", 60, 3)]
"""Number, rows and figure columns of the six forms; the first column is the sum of the others."""
MATTERS = (
    "Hòa giải ở cơ sở",
    "Chứng thực bản sao",
    "Đăng ký khai sinh",
    "Đăng ký kết hôn",
    "Phổ biến pháp luật",
)

_FONT, _BOLD = Font(name="Times New Roman", size=12), Font(name="Times New Roman", size=12, bold=True)
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def definition(named: str, rows: int, columns: int) -> dict[str, object]:
    """The definition of one of the forms."""
    parts = [str(column) for column in range(2, columns + 1)]
    return {
        "family": f"do.{named}", "number": f"{named}/TP/XA", "circular": "Thông tư số 17/2025/TT-BTP",
        "area": "đo", "title": f"KẾT QUẢ CÔNG TÁC TƯ PHÁP CẤP XÃ {named.upper()}",
        "valid_from": "2025-01-01", "regime": "tk", "rounds": ["H1", "Y"],
        "levels": [{"level": "co_so", "reporter": "Ủy ban nhân dân cấp xã", "receiver": "Sở Tư pháp",
                    "deadlines": {"H1": "BC 6 tháng: ngày 10 tháng 6"}, "unit_kinds": ["commune"]}],
        "tables": [{
            "stub": [{"label": "STT", "code": "A"}, {"label": "Chỉ tiêu thống kê", "code": "B"}],
            "columns": [
                {"label": "Tổng số", "code": "1"},
                {"label": "Chia ra", "children": [{"label": f"Loại việc thứ {c}", "code": c} for c in parts]},
            ],
            "rows": [{"label": label(r), "code": str(r)} for r in range(1, rows + 1)],
        }],
        "computed": [{"rule": "c1 = " + " + ".join(f"c{c}" for c in parts), "status": "inferred"}],
        "signatures": [{"title": "Người lập biểu"}, {"title": "CHỦ TỊCH"}],
        "evidence": {"level": "partial", "sources": ["đo"], "open": []},
    }  # fmt: skip


def label(row: int) -> str:
    """What a row is called."""
    return f"{MATTERS[row % len(MATTERS)]}: số việc đã giải quyết trong kỳ, lĩnh vực {row}"


def name(commune: int) -> str:
    """What a commune is called in the register."""
    return f"xã Đo Tốc Độ {commune:03}"


def make_file(path: Path, communes: int) -> Workspace:
    """An opened data file with the communes and the forms."""
    workspace = new_file(path, "40", date(2026, 1, 1))
    owner = workspace.owner.uid

    def fill(writer) -> None:
        for commune in range(communes):
            state = UnitState(date(2025, 7, 1), None, f"9{commune:04}", name(commune), parent=owner)
            units.put_unit(writer, Unit(f"commune-{commune}", "commune", (state,)))
        for shape in SHAPES:
            forms.add(writer, msgspec.json.encode(definition(*shape)))

    workspace.apply("catalogue", "Đo", fill)
    return workspace


def make_workbooks(folder: Path, communes: int) -> Iterator[Path]:
    """The workbooks of all communes."""
    for commune in range(communes):
        for shape in SHAPES:
            path = folder / f"{commune:03}-{shape[0]}.xlsx"
            values = _values(commune, *shape)
            if commune % 2:
                _by_hand(path, commune, shape, values)
            else:
                _drawn(path, commune, shape, values)
            yield path


def _values(commune: int, named: str, rows: int, columns: int) -> dict[tuple[int, int], int]:
    """Figures by row and column, without the sums."""
    figures = random.Random(f"{named} {commune}")
    return {(r, c): figures.randrange(10_000) for r in range(1, rows + 1) for c in range(2, columns + 1)}


class _Alone:
    """A sheet that stands alone."""

    def units(self, _plan):
        return []


def _drawn(path: Path, commune: int, shape: tuple[str, int, int], values: dict[tuple[int, int], int]) -> None:
    form = msgspec.convert(definition(*shape), Form)
    figures = {("", str(row), str(column)): number(value) for (row, column), value in values.items()}
    resolved = resolve(Sheet(form, "u", PERIOD, Span(None, None), figures), _Alone())
    laid = layout(form, resolved.rows, Heading(reporter=f"UBND {name(commune)}", period=PERIOD.name.vi))
    path.write_bytes(filled(laid, resolved)[0])


def _by_hand(
    path: Path, commune: int, shape: tuple[str, int, int], values: dict[tuple[int, int], int]
) -> None:
    named, rows, columns = shape
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Biểu"
    last = columns + 2
    sheet["A1"] = f"Biểu số: {named}/TP/XA\nBan hành theo Thông tư số 17/2025/TT-BTP"
    sheet.cell(1, last - 1, f"Đơn vị báo cáo: UBND {name(commune)}")
    sheet["A3"], sheet["A4"] = "KẾT QUẢ CÔNG TÁC TƯ PHÁP", f"Kỳ báo cáo: {PERIOD.name.vi}"
    for row in (3, 4):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    for column, words in enumerate(["STT", "Chỉ tiêu thống kê", "Tổng số", "Chia ra"], start=1):
        sheet.cell(6, column, words)
    sheet.merge_cells(start_row=6, end_row=6, start_column=4, end_column=last)
    for column in range(1, 4):
        sheet.merge_cells(start_row=6, end_row=7, start_column=column, end_column=column)
    for column in range(2, columns + 1):
        sheet.cell(7, column + 2, f"Loại việc thứ {column}")
    for column, code in enumerate(["A", "B", *(f"({c})" for c in range(1, columns + 1))], start=1):
        sheet.cell(8, column, code)
    for row in range(1, rows + 1):
        sheet.cell(row + 8, 1, row)
        sheet.cell(row + 8, 2, label(row))
        sheet.cell(row + 8, 3, f"=SUM(D{row + 8}:{get_column_letter(last)}{row + 8})")
        for column in range(2, columns + 1):
            sheet.cell(row + 8, column + 2, values[row, column]).number_format = "#,##0"
    for row, cells in enumerate(sheet.iter_rows(min_row=6, max_row=rows + 8, max_col=last), start=6):
        for cell in cells:
            cell.font, cell.border = _BOLD if row < 9 else _FONT, _FRAME
            if row < 9:
                cell.alignment = _CENTRE
    sheet.cell(rows + 11, 1, "Người lập biểu")
    sheet.cell(rows + 11, last - 1, "CHỦ TỊCH")
    book.save(path)
