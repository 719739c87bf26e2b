"""A workbook of any other format as an .xlsx of the same: values and looks, as far as our readers know them.

Formulas are left out: of .xls and .xlsb nobody tells them, and those of .ods are written in another language.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from judapp.domain.cell_name import Position, address
from judapp.excel.blank_looks import PLAIN, Looks, LooksDraft
from judapp.excel.grid import MAX_COLUMN, MAX_ROW, Area, GridCell, GridSheet
from judapp.excel.marked_comments import Comments, boxes
from judapp.excel.marked_package import CONTENT_TYPES, PACKAGE_RELATIONS, TRANSITIONAL
from judapp.excel.reader import OLE, ZIP
from judapp.excel.sheet_part import MAIN
from judapp.excel.skeleton import sheet_name
from judapp.excel.splice import attribute, escaped, words

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONG_AGO = (2000, 1, 1, 0, 0, 0)
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_SIDES = {"l": "left", "r": "right", "t": "top", "b": "bottom"}
_FIRST_FORMAT = 164
"""Numbers below are formats Excel has by itself."""
_LONGEST_FORMAT = 255
_FONT = "Times New Roman"
_WRAPPED = 12
"""Letters from which a text is wrapped in its cell."""
_COLUMN_LIMIT = 60
_MAX_RIMS = 200_000
"""Beyond that merges are made to keep us busy, and lines are left out."""


class _Look(NamedTuple):
    number_format: str
    font: str
    bold: bool
    italic: bool
    borders: str
    align: str
    indent: int
    wrap: bool


def turned(
    path: Path, content: bytes, grids: Sequence[GridSheet], *, looked_at: bool = True
) -> tuple[bytes, dict[str, str]]:
    """The workbook as .xlsx, and what each of its worksheets is called there.

    ``grids`` is what the reader read of it; its lines and widths are ``looked_at`` besides. Raises what the
    reader of looks raises for damaged content.
    """
    drafts = _looks(path, content, grids) if looked_at else [LooksDraft() for _ in grids]
    names: dict[str, str] = {}
    book = _Turning()
    for grid, draft in zip(grids, drafts, strict=True):
        names[grid.name] = _unused(sheet_name(grid.name), names.values())
        book.add(names[grid.name], grid, draft)
    return book.packed(), names


def _looks(path: Path, content: bytes, grids: Sequence[GridSheet]) -> Sequence[LooksDraft]:
    if content.startswith(OLE):
        from judapp.excel.blank_xls import xls_looks

        return xls_looks(content)
    if content.startswith(ZIP):
        from judapp.excel.package import Package
        from judapp.excel.reader import MAX_UNPACKED

        with Package(path, MAX_UNPACKED) as package:
            if "content.xml" in package:
                from judapp.excel.blank_ods import ods_looks

                return ods_looks(package)
            if "xl/workbook.bin" not in package:
                from judapp.excel.blank_xlsx import xlsx_looks

                return xlsx_looks(package)
    return [LooksDraft() for _ in grids]


def _unused(wanted: str, taken: Iterable[str]) -> str:
    name, number = wanted, 2
    known = {one.casefold() for one in taken}
    while name.casefold() in known:
        name, number = f"{wanted[:26]} ({number})", number + 1
    return name


class _Turning:
    def __init__(self) -> None:
        self.looks: dict[_Look, int] = {}
        self.sheets: list[tuple[str, bytes]] = []
        self.comments: dict[int, Mapping[Position, str]] = {}

    def add(self, name: str, grid: GridSheet, draft: LooksDraft) -> None:
        looks = draft.settled(grid) if draft.looks and _rims(grid) <= _MAX_RIMS else {}
        remarks = {at: cell.comment for at, cell in grid.cells.items() if cell.comment}
        if remarks:
            self.comments[len(self.sheets)] = remarks
        part = "".join(self._parts(grid, looks, draft.widths or _widths(grid), drawn=bool(remarks)))
        self.sheets.append((name, part.encode()))

    def _parts(
        self, grid: GridSheet, looks: Mapping[Position, Looks], widths: Mapping[int, float], *, drawn: bool
    ) -> Iterator[str]:
        yield f'{_HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{TRANSITIONAL}">'
        yield '<sheetFormatPr defaultRowHeight="15"/>'
        columns = "".join(_columns(grid, widths))
        yield f"<cols>{columns}</cols>" if columns else ""
        yield "<sheetData>"
        by_row: dict[int, list[Position]] = {}
        for at in sorted({*grid.cells, *looks}):
            by_row.setdefault(at[0], []).append(at)
        for row in sorted({*by_row, *_rows(grid, by_row)}):
            hidden = ' hidden="1"' if row in grid.hidden_rows else ""
            cells = "".join(self._cell(at, grid.at(*at), looks.get(at, PLAIN)) for at in by_row.get(row, ()))
            yield f'<row r="{row}"{hidden}>{cells}</row>'
        yield "</sheetData>"
        merges = [area for area in grid.merges if _within(area)]
        if merges:
            yield f'<mergeCells count="{len(merges)}">'
            yield from (f'<mergeCell ref="{area}"/>' for area in merges)
            yield "</mergeCells>"
        yield '<pageSetup orientation="landscape"/>'
        yield '<legacyDrawing r:id="rId1"/>' if drawn else ""
        yield "</worksheet>"

    def _cell(self, at: Position, cell: GridCell, look: Looks) -> str:
        content = cell.content
        style = cell.style
        made = _Look(
            style.number_format[:_LONGEST_FORMAT],
            style.font,
            style.bold or look.bold,
            look.italic,
            look.borders,
            look.align,
            look.indent,
            isinstance(content, str) and (len(content) > _WRAPPED or "\n" in content),
        )
        number = self.looks.setdefault(made, len(self.looks) + 1)
        start = f'<c r="{address(at)}" s="{number}"'
        if content is None or content == "":
            return f"{start}/>"
        if cell.error and content in _ERRORS:
            return f'{start} t="e"><v>{content}</v></c>'
        if isinstance(content, str):
            text = words(escaped(content))
            return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        return f"{start}><v>{content!r}</v></c>"

    def packed(self) -> bytes:
        parts: dict[str, str | bytes] = {}
        suffixes = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
        }
        types = [
            *(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in suffixes.items()),
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/>',
            f'<Override PartName="/xl/styles.xml" ContentType="{_SHEETML}.styles+xml"/>',
        ]
        entries, targets = [], [("rId1", "styles", "styles.xml")]
        for at, (name, part) in enumerate(self.sheets):
            own = f"sheet{at + 1}.xml"
            parts[f"xl/worksheets/{own}"] = part
            types.append(
                f'<Override PartName="/xl/worksheets/{own}" ContentType="{_SHEETML}.worksheet+xml"/>'
            )
            targets.append((f"rId{at + 2}", "worksheet", f"worksheets/{own}"))
            entries.append(f'<sheet name="{attribute(name)}" sheetId="{at + 1}" r:id="rId{at + 2}"/>')
            if remarks := self.comments.get(at):
                called = f"comments{at + 1}.xml"
                drawn = f"vmlDrawing{at + 1}.vml"
                parts[f"xl/{called}"] = Comments(None).with_ours(remarks, "")
                parts[f"xl/drawings/{drawn}"] = boxes(None, remarks)
                types.append(f'<Override PartName="/xl/{called}" ContentType="{_SHEETML}.comments+xml"/>')
                parts[f"xl/worksheets/_rels/{own}.rels"] = _related(
                    ("rId1", "vmlDrawing", f"../drawings/{drawn}"), ("rId2", "comments", f"../{called}")
                )
        first = {
            CONTENT_TYPES: f'{_HEAD}<Types xmlns="{_TYPES}">{"".join(types)}</Types>',
            PACKAGE_RELATIONS: _related(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{TRANSITIONAL}">'
            f"<sheets>{''.join(entries)}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _related(*targets),
            "xl/styles.xml": _styles(self.looks),
        }
        stream = io.BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as made:
            for name, content in {**first, **parts}.items():
                made.writestr(ZipInfo(name, _LONG_AGO), content, ZIP_DEFLATED)
        return stream.getvalue()


def _within(area: Area) -> bool:
    """Whether a merge lies on a sheet; damaged files have others."""
    return 0 < area.top <= area.bottom <= MAX_ROW and 0 < area.left <= area.right <= MAX_COLUMN


def _rims(grid: GridSheet) -> int:
    """Cells on the rims of all merges, where lines may lie."""
    return sum(2 * (area.bottom - area.top + area.right - area.left) for area in grid.merges)


def _rows(grid: GridSheet, used: Mapping[int, object]) -> Iterator[int]:
    """Hidden rows among those in use: below the last one a sheet says nothing."""
    last = max(used, default=0)
    for first, end in grid.hidden_rows.spans:
        yield from range(first, min(end, last) + 1)


def _columns(grid: GridSheet, widths: Mapping[int, float]) -> Iterator[str]:
    last = max((column for _, column in grid.cells), default=0)
    hidden = {c for first, end in grid.hidden_columns.spans for c in range(first, min(end, last) + 1)}
    for column in sorted({*widths, *hidden}):
        if column <= MAX_COLUMN:
            width = widths.get(column, 9.0) or 9.0
            unseen = ' hidden="1"' if column in hidden else ""
            yield f'<col min="{column}" max="{column}" width="{width:.2f}" customWidth="1"{unseen}/>'


def _widths(grid: GridSheet) -> dict[int, float]:
    """Widths by what stands in the columns, where the file says none."""
    found: dict[int, float] = {}
    for (_, column), cell in grid.cells.items():
        longest = max((len(line) for line in cell.shown_text.split("\n")), default=0)
        found[column] = max(found.get(column, 9.0), min(longest * 1.1 + 2, _COLUMN_LIMIT))
    return found


def _related(*targets: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{own}" Type="{TRANSITIONAL}/{kind}" Target="{target}"/>'
        for own, kind, target in targets
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def _styles(looks: Mapping[_Look, int]) -> str:
    formats = {look.number_format: 0 for look in looks}
    formats.pop("General", None)
    formats = {code: _FIRST_FORMAT + at for at, code in enumerate(formats)}
    fonts = {(_FONT, False, False): 0}
    borders = {"": 0}
    xfs = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
    for look in looks:
        font = fonts.setdefault((look.font or _FONT, look.bold, look.italic), len(fonts))
        border = borders.setdefault(look.borders, len(borders))
        across = f' horizontal="{look.align}"' if look.align else ""
        indent = f' indent="{look.indent}"' if look.indent else ""
        wrap = ' wrapText="1"' if look.wrap else ""
        xfs.append(
            f'<xf numFmtId="{formats.get(look.number_format, 0)}" fontId="{font}" fillId="0"'
            f' borderId="{border}" xfId="0"'
            ' applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">'
            f'<alignment vertical="center"{across}{indent}{wrap}/></xf>'
        )
    told = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{attribute(code)}"/>' for code, number in formats.items()
    )
    named = "".join(
        f"<font>{'<b/>' if bold else ''}{'<i/>' if italic else ''}"
        f'<sz val="12"/><name val="{attribute(name)}"/></font>'
        for name, bold, italic in fonts
    )
    lined = "".join(
        "<border>"
        + "".join(
            f'<{_SIDES[side]} style="thin"/>' if side in lines else f"<{_SIDES[side]}/>" for side in "lrtb"
        )
        + "<diagonal/></border>"
        for lines in borders
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{MAIN}">'
        + (f'<numFmts count="{len(formats)}">{told}</numFmts>' if formats else "")
        + f'<fonts count="{len(fonts)}">{named}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        f'<borders count="{len(borders)}">{lined}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(xfs)}">{"".join(xfs)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
