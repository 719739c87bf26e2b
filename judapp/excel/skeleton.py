"""A workbook around one worksheet part: styles and the rest come from openpyxl once, the sheet from us."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.writer.excel import ExcelWriter

from judapp.domain.print_look import CENTRED, FRAMED, FROM_THE_RIGHT, FROM_THE_TOP, ITALIC
from judapp.domain.printed import BOLD_ROLES, FONT_SIZES, Role

_FONT = "Times New Roman"
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SMALL: frozenset[Role] = frozenset(
    {"block_left", "block_right", "note", "estimate", "explanation", "number"}
)

SHEET = "xl/worksheets/sheet1.xml"
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""Every part bears the same time, so that the same form is the same bytes."""


class Look(NamedTuple):
    """How a cell looks: its role, and for figures their number format and whether one may type there."""

    role: Role
    bold: bool = False
    level: int = 0
    number_format: str = "General"
    unlocked: bool = False
    words: bool = False
    """Whether the cell holds words and reads from the left."""


class Skeleton(Struct, frozen=True):
    """All parts of a workbook but its sheet, and the index of each look."""

    parts: Mapping[str, bytes]
    looks: Mapping[Look, int]


def skeleton(
    looks: Iterable[Look],
    title: str,
    *,
    repeated_rows: tuple[int, int] | None = None,
    names: Mapping[str, str] | None = None,
) -> Skeleton:
    """The parts of a workbook with one sheet called ``title`` and a cell format for each look.

    ``repeated_rows`` stand on every printed page; ``names`` are hidden defined names holding texts.
    """
    book = Workbook()
    # Widths count digits of the first font: Calibri is missing outside Windows, and every column would grow.
    book._fonts = IndexedList([Font(name=_FONT, size=11)])  # type: ignore[attr-defined]  # no public way
    sheet = book.worksheets[0]
    sheet.title = sheet_name(title)
    found = {}
    for number, look in enumerate(dict.fromkeys(looks), start=1):
        cell = sheet.cell(number, 1)
        assert isinstance(cell, Cell)
        _dress(cell, look)
        found[look] = cell.style_id
    if repeated_rows is not None:
        sheet.print_title_rows = f"{repeated_rows[0]}:{repeated_rows[1]}"
    for name, words in (names or {}).items():
        quoted = words.replace('"', '""')
        book.defined_names[name] = DefinedName(name, attr_text=f'"{quoted}"', hidden=True)
    book.properties.creator = "judapp"
    book.properties.created = book.properties.modified = datetime(*_LONG_AGO, tzinfo=UTC).replace(tzinfo=None)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        ExcelWriter(book, packed).save()
    with zipfile.ZipFile(stream) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    # openpyxl writes the present moment into it: the same form shall be the same bytes.
    parts[_CORE] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", parts[_CORE])
    return Skeleton(parts, found)


def pack(parts: Mapping[str, bytes], sheet: bytes) -> bytes:
    """The workbook: the skeleton's parts as they are, and the sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as made:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            made.writestr(entry, sheet if name == SHEET else data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def sheet_name(wanted: str) -> str:
    """A worksheet name Excel accepts: 31 signs, none of []:*?/\\."""
    return "".join(sign if sign not in "[]:*?/\\" else "-" for sign in wanted).strip("' ")[:31] or "Bieu"


def _dress(cell: Cell, look: Look) -> None:
    role = look.role
    cell.font = Font(
        name=_FONT,
        size=FONT_SIZES[role],
        bold=look.bold or role in BOLD_ROLES,
        italic=role in ITALIC,
    )
    across = "center" if role in CENTRED else "left"
    if role in FROM_THE_RIGHT or (role == "cell" and not look.words):
        across = "right"
    cell.alignment = Alignment(
        horizontal=across,
        vertical="top" if role in FROM_THE_TOP else "center",
        wrap_text=role != "cell" or look.words,
        indent=look.level,
    )
    if role in FRAMED:
        cell.border = _FRAME
    cell.number_format = look.number_format
    cell.protection = Protection(locked=not look.unlocked)
