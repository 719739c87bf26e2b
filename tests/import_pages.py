"""Worksheets as plain cells that tests move about, and workbooks of them: the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct, field

from judapp.domain.cell_name import Position, address, column_number
from judapp.domain.layout import Layout
from judapp.domain.resolve import Resolved
from judapp.excel.fill import contents
from tests.excel.packages import cell as binary_cell
from tests.excel.packages import record, relations, wide
from tests.excel.packages import row as binary_row

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DAY = (2026, 6, 1, 8, 0, 0)
"""When every part of a workbook was saved: the same workbook has the same bytes."""

Value = str | int | float | None


_REFERENCE = re.compile(r"(?<![A-Z'.])([A-Z]{1,3})([1-9][0-9]*)(?![0-9(])")


def _moved(found: re.Match[str], where: Callable[[Position], Position]) -> str:
    """Where a reference of a formula leads after cells were moved."""
    return address(where((int(found[2]), column_number(found[1]))))


class Written(Struct):
    """What stands in one cell; ``font`` "" is the workbook's own, ``looks`` a number format."""

    value: Value = None
    formula: str | None = None
    font: str = ""
    looks: str = ""
    error: bool = False


class Page(Struct):
    """One worksheet; rows and columns count from 1, merges are top, left, bottom, right."""

    name: str = "Sheet1"
    cells: dict[Position, Written] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[Position, str] = field(default_factory=dict)

    def copy(self, name: str | None = None) -> Page:
        """The same worksheet to change."""
        made = deepcopy(self)
        made.name = name or self.name
        return made

    def put(self, at: Position, value: Value, **more: str) -> None:
        """Write a cell, its font and formula as they were unless said."""
        former = self.cells.get(at, Written())
        self.cells[at] = Written(value, more.get("formula"), more.get("font", former.font), former.looks)

    def value(self, at: Position) -> Value:
        """What stands there."""
        return self.cells[at].value if at in self.cells else None

    def find(self, words: str) -> Position:
        """The first cell, in reading order, whose text holds ``words``."""
        return next(at for at in sorted(self.cells) if words in str(self.cells[at].value))

    def moved(self, where: Callable[[Position], Position]) -> None:
        """Put every cell elsewhere; merges and hidden rows and columns go with them."""
        self.cells = {where(at): cell for at, cell in self.cells.items()}
        for cell in self.cells.values():
            if cell.formula is not None:
                cell.formula = _REFERENCE.sub(lambda found: _moved(found, where), cell.formula)
        self.comments = {where(at): words for at, words in self.comments.items()}
        self.merges = [(*where(area[:2]), *where(area[2:])) for area in self.merges]
        self.hidden_rows = {where((row, 1))[0] for row in self.hidden_rows}
        self.hidden_columns = {where((1, column))[1] for column in self.hidden_columns}

    def insert_rows(self, at: int, count: int = 1) -> None:
        """Push row ``at`` and those below it down."""
        self.moved(lambda p: (p[0] + count * (p[0] >= at), p[1]))

    def insert_columns(self, at: int, count: int = 1) -> None:
        """Push column ``at`` and those right of it to the right."""
        self.moved(lambda p: (p[0], p[1] + count * (p[1] >= at)))

    def swap_rows(self, one: int, other: int) -> None:
        """Exchange two rows."""
        turned = {one: other, other: one}
        self.moved(lambda p: (turned.get(p[0], p[0]), p[1]))

    def texts(self) -> Iterable[tuple[Position, str]]:
        """Every text."""
        return [(at, c.value) for at, c in sorted(self.cells.items()) if isinstance(c.value, str)]

    @property
    def last(self) -> Position:
        """Last row and column in use."""
        return max((r for r, _ in self.cells), default=1), max((c for _, c in self.cells), default=1)


def drawn(laid: Layout, resolved: Resolved | None = None, name: str = "Sheet1") -> Page:
    """A form laid out, with the figures of a sheet, as anybody's Excel would hold it."""
    page = Page(name)
    for item in laid.items:
        if item.text:
            page.put((item.box.row, item.box.column), item.text)
        if item.box.rows > 1 or item.box.columns > 1:
            box = item.box
            page.merges.append((box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1))
    for at, content in contents(laid, resolved) if resolved is not None else ():
        value = content.value
        number = value if value is None or isinstance(value, str | int) else float(value)
        page.cells[at] = Written(number, content.formula.lstrip("=") if content.formula else None)
    return page


# workbooks


def zipped(parts: Mapping[str, str | bytes], *, store: bool = False) -> bytes:
    """Parts as a package, always the same bytes."""
    made = io.BytesIO()
    kind = zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(made, "w", kind, compresslevel=9) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type, info.create_system = kind, 0
            archive.writestr(info, content)
    return made.getvalue()


_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def parts_of_xlsx(pages: Iterable[Page]) -> dict[str, str | bytes]:
    """The parts of an .xlsx as Excel writes it: shared strings, styles, one part a sheet."""
    listed = list(pages)
    strings: dict[str, int] = {}
    looks: dict[tuple[str, str], int] = {("", ""): 0}
    sheets = [_sheet_xml(page, strings, looks) for page in listed]
    numbers = range(1, len(listed) + 1)
    names = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, page in zip(numbers, listed, strict=True)
    )
    overrides = "".join(_override(f"worksheets/sheet{n}.xml", "worksheet") for n in numbers)
    shared = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    targets += [("rIdT", "sharedStrings", "sharedStrings.xml"), ("rIdS", "styles", "styles.xml")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{_override('workbook.xml', 'sheet.main')}{overrides}"
            f"{_override('sharedStrings.xml', 'sharedStrings')}{_override('styles.xml', 'styles')}</Types>"
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{names}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(*targets),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)}
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{shared}</sst>'
    parts["xl/styles.xml"] = _styles(looks)
    return parts


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/xl/{part}" ContentType="{_TYPE}.{kind}+xml"/>'


def xlsx(*pages: Page) -> bytes:
    """An .xlsx of ``pages``."""
    return zipped(parts_of_xlsx(pages))


def _styles(looks: Mapping[tuple[str, str], int]) -> str:
    fonts = list(dict.fromkeys(font for font, _ in looks))
    formats = list(dict.fromkeys(shape for _, shape in looks if shape))
    numbered = {shape: 164 + n for n, shape in enumerate(formats)} | {"": 0}
    named = "".join(
        f'<font><sz val="11"/><name val={quoteattr(font or "Times New Roman")}/></font>' for font in fonts
    )
    shapes = "".join(f'<numFmt numFmtId="{numbered[s]}" formatCode={quoteattr(s)}/>' for s in formats)
    cells = "".join(
        f'<xf numFmtId="{numbered[shape]}" fontId="{fonts.index(font)}" fillId="0" borderId="0" xfId="0"/>'
        for font, shape in looks
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{shapes}</numFmts>'
        f'<fonts count="{len(fonts)}">{named}</fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{cells}</cellXfs></styleSheet>'
    ).replace('<numFmts count="0"></numFmts>', "")


def _sheet_xml(page: Page, strings: dict[str, int], looks: dict[tuple[str, str], int]) -> str:
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(page.cells.items()):
        style = looks.setdefault((cell.font, cell.looks), len(looks))
        styled = f' s="{style}"' if style else ""
        kind, inside = "", ""
        if cell.formula is not None:
            inside = f"<f>{escape(cell.formula)}</f>"
        if cell.error:
            kind, inside = ' t="e"', f"{inside}<v>{escape(str(cell.value))}</v>"
        elif isinstance(cell.value, str) and cell.formula is not None:
            kind, inside = ' t="str"', f"{inside}<v>{escape(cell.value)}</v>"
        elif isinstance(cell.value, str):
            kind, inside = ' t="s"', f"<v>{strings.setdefault(cell.value, len(strings))}</v>"
        elif cell.value is not None:
            inside += f"<v>{cell.value!r}</v>"
        rows.setdefault(row, []).append(f'<c r="{address((row, column))}"{styled}{kind}>{inside}</c>')
    for hidden in page.hidden_rows:
        rows.setdefault(hidden, [])
    columns = "".join(f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in sorted(page.hidden_columns))
    data = "".join(
        f'<row r="{row}"{_HIDDEN if row in page.hidden_rows else ""}>{"".join(cells)}</row>'
        for row, cells in sorted(rows.items())
    )
    merges = "".join(f'<mergeCell ref="{address(a[:2])}:{address(a[2:])}"/>' for a in page.merges)
    widths = f"<cols>{columns}</cols>" if columns else ""
    return (
        f'<worksheet xmlns="{_MAIN}">{widths}<sheetData>{data}</sheetData>'
        + (f'<mergeCells count="{len(page.merges)}">{merges}</mergeCells>' if merges else "")
        + "</worksheet>"
    )


_HIDDEN = ' hidden="1"'


def xlsb(*pages: Page) -> bytes:
    """An .xlsb of ``pages``: numbers, texts, formulas by their values, hidden rows, merges."""
    import struct

    bundle, targets = b"", [("rIdS", "styles", "styles.bin")]
    parts: dict[str, str | bytes] = {}
    for at, page in enumerate(pages, start=1):
        bundle += record(156, struct.pack("<II", 0, at) + wide(f"rId{at}") + wide(page.name))
        targets.append((f"rId{at}", "worksheet", f"worksheets/sheet{at}.bin"))
        lines: dict[int, list[bytes]] = {}
        for (row, column), cell in sorted(page.cells.items()):
            made = (
                binary_cell(6, column - 1, wide(cell.value))
                if isinstance(cell.value, str)
                else binary_cell(5, column - 1, struct.pack("<d", cell.value or 0))
            )
            lines.setdefault(row, []).append(made)
        body = b"".join(binary_row(r - 1, *made, hidden=r in page.hidden_rows) for r, made in lines.items())
        merged = b"".join(
            record(176, struct.pack("<IIII", a[0] - 1, a[2] - 1, a[1] - 1, a[3] - 1)) for a in page.merges
        )
        after = record(177, struct.pack("<I", len(page.merges))) + merged + record(178)
        size = record(148, struct.pack("<IIII", 0, 10, 0, 10))
        parts[f"xl/worksheets/sheet{at}.bin"] = (
            record(129) + size + record(145) + body + record(146) + after + record(130)
        )
    workbook = record(131) + record(153, b"\0" * 12) + record(143) + bundle + record(144) + record(132)
    styles = record(617, struct.pack("<I", 1)) + record(47, b"\0" * 16) + record(618)
    heads: dict[str, str | bytes] = {
        "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": relations(*targets),
        "xl/styles.bin": record(278) + styles + record(279),
    }
    return zipped({**heads, **parts})


_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "table": "table", "text": "text", "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip


def parts_of_ods(pages: Iterable[Page]) -> dict[str, str | bytes]:
    """The parts of an .ods; empty and equal cells and rows are repeated as LibreOffice writes them."""
    tables = "".join(_table(page) for page in pages)
    content = (
        f'<office:document-content {_SPACES} office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}


def ods(*pages: Page) -> bytes:
    """An .ods of ``pages``."""
    return zipped(parts_of_ods(pages))


def _table(page: Page) -> str:
    spans = {area[:2]: (area[2] - area[0] + 1, area[3] - area[1] + 1) for area in page.merges}
    rows, last_column = [], page.last[1]
    for row in range(1, page.last[0] + 1):
        cells: list[tuple[str, int]] = []
        for column in range(1, last_column + 1):
            made = _cell_xml(page.cells.get((row, column)), spans.get((row, column)))
            if cells and cells[-1][0] == made:
                cells[-1] = made, cells[-1][1] + 1
            else:
                cells.append((made, 1))
        hidden = ' table:visibility="collapse"' if row in page.hidden_rows else ""
        inside = "".join(_repeated(*made, "columns") for made in cells)
        rows.append((f"<table:table-row{hidden}>{inside}</table:table-row>", 1))
        if len(rows) > 1 and rows[-1][0] == rows[-2][0]:
            rows[-2:] = [(rows[-1][0], rows[-2][1] + 1)]
    body = "".join(_repeated(*made, "rows") for made in rows)
    columns = "".join(
        f'<table:table-column table:visibility="{"collapse" if c in page.hidden_columns else "visible"}"/>'
        for c in range(1, last_column + 1)
    )
    return f"<table:table table:name={quoteattr(page.name)}>{columns}{body}</table:table>"


def _repeated(made: str, times: int, what: str) -> str:
    if times == 1:
        return made
    end = min(at for at in (made.find(" "), made.find("/"), made.find(">")) if at > 0)
    return f'{made[:end]} table:number-{what}-repeated="{times}"{made[end:]}'


def _cell_xml(cell: Written | None, span: tuple[int, int] | None) -> str:
    spanned = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    )
    if cell is None or cell.value is None:
        return f"<table:table-cell{spanned}/>"
    formula = f" table:formula={quoteattr('of:=' + cell.formula)}" if cell.formula else ""
    if isinstance(cell.value, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.value.split("\n"))
        return f'<table:table-cell{formula}{spanned} office:value-type="string">{lines}</table:table-cell>'
    value = f'office:value-type="float" office:value="{cell.value!r}"'
    return f"<table:table-cell{formula}{spanned} {value}><text:p>{cell.value}</text:p></table:table-cell>"


def csv(page: Page, separator: str = ";", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    """The first worksheet as text."""
    lines = []
    for row in range(1, page.last[0] + 1):
        values = (page.value((row, column)) for column in range(1, page.last[1] + 1))
        texts = ["" if v is None else str(v).replace("\n", " ") for v in values]
        quoted = [f'"{t.replace(chr(34), chr(34) * 2)}"' if separator in t or '"' in t else t for t in texts]
        lines.append(separator.join(quoted))
    return (newline.join(lines) + newline).encode(encoding)
