"""Build the demonstration workbooks from the published figures, the same bytes every time.

    python seeds/demo/make_workbooks.py            writes workbooks/*.xlsx and targets.xlsx
    python seeds/demo/make_workbooks.py --check    says which of them differ (exit 1), writes nothing

Every row of ``source_figures.csv`` that goes to a cell is put where its columns ``form``, ``unit_code``,
``period``, ``row`` and ``column`` say; the form definitions of ``seeds/forms`` give header and rows. A figure
nobody published stays an empty cell.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

# Two writers of XML spell the same workbook differently; the one of the standard library is always there.
os.environ["OPENPYXL_LXML"] = "False"

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from judapp.app import seeds
from judapp.domain.catalogue import Column, Form, Table
from judapp.domain.period import ENFORCEMENT, Calendar, Period
from judapp.domain.rows import SheetRow, expand

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "source_figures.csv"

NOT_OF_A_UNIT = "Số liệu minh họa lấy từ bài đã công bố, không phải báo cáo của đơn vị."
FROM_CLAIMS = ("cb-40-2024-h1-dvc", "cb-40-2024-h1-thiet-yeu")
"""Claims whose published difference gives the level: 94,75 − 24,75 = 70; 96,93 − 26,93 = 70."""

_FONT = "Times New Roman"
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_STAMP = "2024-01-01T00:00:00Z"


@dataclass(slots=True)
class Sheet:
    """One workbook to be: the cells by row key and column code, the source texts by number."""

    form: seeds.SeedForm
    unit: str
    period: Period
    cells: dict[tuple[str, str], int | str] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)

    @property
    def file_name(self) -> str:
        """``pl-stp_40_2024-H1.xlsx``: form definition, unit code, period."""
        return f"{self.form.path.stem}_{self.unit}_{self.period.code}.xlsx"


def figures() -> list[dict[str, str]]:
    """The published figures, one dict a row."""
    with FIGURES.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cells_of(figure: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """Row key, column code and value of each cell a published figure fills; a pair "55/56" fills two."""
    if "cell" not in figure["goes_to"].split():
        return
    places = zip(figure["row"].split(), figure["column"].split(), figure["taken"].split(), strict=True)
    for row, column, taken in places:
        yield row, column, int(figure[taken])


def sheets() -> list[Sheet]:
    """All workbooks to be, by name."""
    forms = {seed.form.number: seed for seed in seeds.forms()}
    found: dict[tuple[str, str, str], Sheet] = {}
    for figure in figures():
        for row, column, value in cells_of(figure):
            key = figure["form"], figure["unit_code"], figure["period"]
            sheet = found.setdefault(key, Sheet(forms[key[0]], key[1], Period.parse(key[2])))
            if (row, column) in sheet.cells:
                raise ValueError(f"{key} [{row}]c{column} twice")
            sheet.cells[row, column] = value
            sheet.sources.add(int(figure["seed_file"][:3]))
            for leaf in sheet.form.form.tables[0].leaves:
                words = figure["qualifier" if leaf.choices else "remark"] if leaf.kind == "text" else ""
                if words:
                    sheet.cells[row, leaf.name] = words
    return sorted(found.values(), key=lambda sheet: sheet.file_name)


def unit_name(code: str, day: date) -> str:
    """What stands behind "Đơn vị báo cáo:" for the unit that bore ``code`` on ``day``."""
    for unit in seeds.register().units:
        for state in unit.states:
            if state.code == code and state.valid_from <= day.isoformat() <= (state.valid_to or "9999"):
                if unit.kind != "province":
                    return state.name
                return f"Sở Tư pháp {state.name[0].lower()}{state.name[1:]}"
    raise KeyError((code, day))


def days_line(form: Form, period: Period) -> str:
    """The line under the period: real days for enforcement, whose window is known; else "không nêu"."""
    window = Calendar(seeds.windows()).window(form.regime, period) if form.regime == ENFORCEMENT else None
    if window is None or window.span.start is None or window.span.end is None:
        return "(Từ ngày … đến ngày …: không nêu)"
    return f"(Từ {_in_words(window.span.start)} đến {_in_words(window.span.end)})"


def _in_words(day: date) -> str:
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def workbook(sheet: Sheet) -> bytes:
    """The workbook of ``sheet``, laid out as a ministry's form: blocks, header tree, number row, body."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet.form.form.number.replace("/", "-")
    _Page(page, sheet).draw()
    return _frozen(book)


class _Page:
    """Draws one form on one worksheet."""

    def __init__(self, page: Worksheet, sheet: Sheet) -> None:
        self.page, self.sheet = page, sheet
        self.form: Form = sheet.form.form
        self.table: Table = self.form.tables[0]
        self.stubs = len(self.table.stub)
        self.width = self.stubs + len(self.table.leaves)

    def draw(self) -> None:
        self._widths()
        self._blocks()
        first = self._header(10)
        last = self._body(first)
        self._below(last + 2)
        page = self.page
        page.freeze_panes = page.cell(first, self.stubs + 1)
        page.print_title_rows = f"10:{first - 1}"
        page.page_setup.paperSize = 9
        page.page_setup.orientation = "landscape" if self.form.print.landscape else "portrait"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True

    def _widths(self) -> None:
        stubs = [6, 58, 13] if self.stubs == 3 else [58]
        leaves = [(13 if leaf.choices else 36) if leaf.kind == "text" else 14 for leaf in self.table.leaves]
        for column, width in enumerate(stubs + leaves, start=1):
            self.page.column_dimensions[get_column_letter(column)].width = width

    def _blocks(self) -> None:
        form, period = self.form, self.sheet.period
        middle = max(2, self.stubs) if self.stubs > 1 else 4
        issued = form.circular if "(" in form.circular else f"Ban hành theo {form.circular}"
        self._line(1, 1, middle, f"Biểu số: {form.number}", bold=True)
        self._line(2, 1, middle, issued)
        reporter = unit_name(self.sheet.unit, period.last_day)
        self._line(1, middle + 1, self.width, f"Đơn vị báo cáo: {reporter}")
        self._line(2, middle + 1, self.width, f"Đơn vị nhận báo cáo: {form.levels[0].receiver}")
        self._line(4, 1, self.width, form.title, bold=True, size=14, center=True)
        self._line(5, 1, self.width, f"Kỳ báo cáo: {period.name.vi}", center=True)
        self._line(6, 1, self.width, days_line(form, period), center=True)
        self._line(7, 1, self.width, NOT_OF_A_UNIT, center=True, italic=True)
        if form.unit_of_measure:
            self._line(8, 1, self.width, f"Đơn vị tính: {form.unit_of_measure}", italic=True, right=True)
        self.page.row_dimensions[2].height = 34

    def _header(self, top: int) -> int:
        """Draw the header tree and the number row; the first row of the body."""
        depth = max(map(_depth, self.table.columns))
        for column, stub in enumerate(self.table.stub, start=1):
            self._head(top, column, top + depth - 1, column, stub.label)
        at = self.stubs + 1
        for node in self.table.columns:
            at = self._node(node, top, at, top + depth - 1)
        names = [stub.code or "" for stub in self.table.stub]
        names += [f"({leaf.code})" if leaf.code else "" for leaf in self.table.leaves]
        for column, name in enumerate(names, start=1):
            cell = self._put(top + depth, column, name, italic=True, frame=True)
            cell.alignment = Alignment(horizontal="center", vertical="center")
        return top + depth + 1

    def _node(self, node: Column, row: int, column: int, bottom: int) -> int:
        if not node.children:
            self._head(row, column, bottom, column, node.label)
            return column + 1
        at = column
        for child in node.children:
            at = self._node(child, row + 1, at, bottom)
        self._head(row, column, row, at - 1, node.label)
        return at

    def _body(self, first: int) -> int:
        rows: tuple[SheetRow, ...] = expand(self.table, lambda _: ())
        left = set(self.sheet.cells)
        for at, row in enumerate(rows, start=first):
            bold = row.kind in ("group", "total")
            words = [row.number or "", row.label, row.plan.unit or ""] if self.stubs == 3 else [row.label]
            for column, text in enumerate(words, start=1):
                cell = self._put(at, column, text or None, bold=bold, frame=True)
                named = column == min(2, self.stubs)
                cell.alignment = Alignment(
                    horizontal="left" if named else "center",
                    vertical="center",
                    wrap_text=True,
                    indent=row.level if named and not bold else 0,
                )
            for column, leaf in enumerate(self.table.leaves, start=self.stubs + 1):
                value = self.sheet.cells.get((row.key, leaf.name))
                left.discard((row.key, leaf.name))
                cell = self._put(at, column, value, frame=True)
                cell.alignment = Alignment(
                    horizontal="right" if leaf.kind != "text" else "left" if not leaf.choices else "center",
                    vertical="center",
                    wrap_text=leaf.kind == "text",
                )
                if leaf.kind != "text":
                    cell.number_format = "#,##0"
            longest = max(
                _lines(row.label, 56 - 2 * row.level),
                *(_lines(str(v), 34) for (k, _), v in self.sheet.cells.items() if k == row.key),
                1,
            )
            self.page.row_dimensions[at].height = 17 * longest + 1
        if left:
            raise ValueError(f"{self.sheet.file_name}: no such cells {sorted(left)}")
        return first + len(rows) - 1

    def _below(self, row: int) -> None:
        titles = json.loads((HERE / "documents.json").read_text(encoding="utf-8"))
        for number in sorted(self.sheet.sources):
            document = titles[number]
            text = f"Nguồn: {document['title']}" + (f" ({document['url']})" if document["url"] else "") + "."
            self._line(row, 1, self.width, text, italic=True)
            self.page.row_dimensions[row].height = 17 * _lines(text, 130) + 1
            row += 1

    def _line(
        self,
        row: int,
        first: int,
        last: int,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: int = 12,
        center: bool = False,
        right: bool = False,
    ) -> None:
        cell = self._put(row, first, text, bold=bold, italic=italic, size=size)
        horizontal = "center" if center else "right" if right else "left"
        cell.alignment = Alignment(horizontal=horizontal, vertical="top", wrap_text=True)
        self.page.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)

    def _head(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.page.cell(row, column).border = _FRAME
        cell = self._put(top, left, text, bold=True, frame=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if (top, left) != (bottom, right):
            self.page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        if top == bottom:
            widths = (self.page.column_dimensions[get_column_letter(c)].width for c in range(left, right + 1))
            height = 17 * _lines(text, int(sum(widths)) - 2) + 2
            self.page.row_dimensions[top].height = max(self.page.row_dimensions[top].height or 0, height)

    def _put(
        self,
        row: int,
        column: int,
        content: str | int | None,
        *,
        bold: bool = False,
        italic: bool = False,
        size: int = 12,
        frame: bool = False,
    ) -> Any:
        cell = self.page.cell(row, column)
        cell.value = content
        cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
        if frame:
            cell.border = _FRAME
        return cell


def _depth(node: Column) -> int:
    return 1 + max(map(_depth, node.children), default=0)


def _lines(text: str, width: int) -> int:
    return max(1, len(textwrap.wrap(text, width)))


TARGET_HEADS = (
    ("Chỉ tiêu (mã)", 30),
    ("Tên chỉ tiêu", 40),
    ("Đơn vị (mã)", 12),
    ("Tên đơn vị", 20),
    ("Năm", 8),
    ("So sánh", 10),
    ("Mức", 8),
    ("Cách đo 6 tháng", 18),
    ("Văn bản số", 16),
    ("Ngày văn bản", 14),
    ("Cơ quan ban hành", 20),
    ("Hiệu lực từ", 14),
    ("Nguồn gốc mức", 16),
    ("Ghi chú nguồn", 70),
)
_REVIEW = "bài về hội nghị ngày 10/7/2024"
_NO_PAPER = "chưa thấy văn bản, ngày hiệu lực lấy đầu năm"
_HOW_TO = (
    "Mỗi dòng một chỉ tiêu giao; ô không biết thì để trống.",
    "So sánh: ≥ (từ mức trở lên), > (trên mức), ≤, <.",
    "Mức: phần trăm nếu chỉ tiêu là tỷ lệ, số lượng nếu chỉ tiêu là số đếm.",
    "Cách đo 6 tháng: “Mức cả năm” (tỷ lệ so với mức của cả năm) hoặc “Theo tiến độ” (mức × số tháng / 12).",
    "Ngày: 31/01/2024.",
    "Nguồn gốc mức: “công bố” khi nguồn ghi mức; “suy ra” khi tính từ số công bố; để trống khi tự gõ.",
)


def target_rows() -> list[list[str | int]]:
    """Targets of Nghệ An 2024, whose level follows from a published rate and its difference to the target."""
    claims = {c["uid"]: c for c in json.loads((HERE / "claims.json").read_text(encoding="utf-8"))}
    labels = {indicator.id: indicator.label for indicator in seeds.measures().indicators}
    found: list[list[str | int]] = []
    for uid in FROM_CLAIMS:
        claim = claims[uid]
        level = Decimal(claim["printed"]) - Decimal(claim["difference"])
        told = f"{claim['printed']} − {claim['difference']} = {level.normalize():f}".replace(".", ",")
        source = f"Suy ra từ số công bố so với chỉ tiêu UBND tỉnh giao: {told} ({_REVIEW}); {_NO_PAPER}"
        place = ("40", "Tỉnh Nghệ An", 2024, "≥", int(level), "Mức cả năm", "", "", "UBND tỉnh", "01/01/2024")
        found.append([claim["indicator"], labels[claim["indicator"]], *place, "suy ra", source])
    return found


def target_workbook() -> bytes:
    """The register of targets as a department keeps it, with a page saying how to fill it in."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Chỉ tiêu giao"
    for column, (head, width) in enumerate(TARGET_HEADS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
        cell = page.cell(1, column)
        cell.value, cell.font, cell.border = head, Font(name=_FONT, size=12, bold=True), _FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, values in enumerate(target_rows(), start=2):
        for column, value in enumerate(values, start=1):
            cell = page.cell(row, column)
            cell.value, cell.font, cell.border = (
                (None if value == "" else value),
                Font(name=_FONT, size=12),
                _FRAME,
            )
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    page.freeze_panes = "A2"
    help_page = book.create_sheet("Hướng dẫn")
    help_page.column_dimensions["A"].width = 110
    for row, text in enumerate(_HOW_TO, start=1):
        help_page.cell(row, 1).value = text
        help_page.cell(row, 1).font = Font(name=_FONT, size=12)
    return _frozen(book)


def _frozen(book: Workbook) -> bytes:
    """The file of ``book`` without anything that changes from run to run: times, system, compression."""
    book.properties.creator = "judapp"
    written, packed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as out:
        for name in sorted(parts.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = parts.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + _STAMP.encode(), data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 0, 0
            out.writestr(entry, data)  # stored: two versions of zlib need not pack alike
    return packed.getvalue()


def built() -> dict[Path, bytes]:
    """Every file this script is answerable for, with the bytes it should hold."""
    files = {HERE / "workbooks" / sheet.file_name: workbook(sheet) for sheet in sheets()}
    files[HERE / "targets.xlsx"] = target_workbook()
    return files


def main(arguments: list[str]) -> int:
    """Write or check all files; 1 where ``--check`` finds one that differs, is missing or is not ours."""
    files = built()
    foreign = set((HERE / "workbooks").glob("*")) - set(files)
    if arguments == ["--check"]:
        wrong = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
        for path in sorted([*wrong, *foreign]):
            sys.stdout.write(f"{path.relative_to(HERE)}\n")
        return 1 if wrong or foreign else 0
    if arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    for path in foreign:
        path.unlink()
    for path, data in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
