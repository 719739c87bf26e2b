"""Workbooks written by hand, part by part, for what no library would write."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    """A part of relations: id, kind (its last word), target."""
    inside = "".join(
        f'<Relationship Id="{name}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE_RELS}">{inside}</Relationships>'


def xlsx(
    path: Path,
    body: str,
    *,
    before: str = "",
    after: str = "",
    shared: str = "",
    styles: str = "",
    properties: str = "",
    parts: Mapping[str, str] | None = None,
    namespace: str = _MAIN,
) -> Path:
    """A workbook with one sheet whose ``sheetData`` is ``body``."""
    written = {
        "xl/workbook.xml": (
            f'<workbook xmlns="{namespace}" xmlns:r="{_RELS}"><workbookPr {properties}/><sheets>'
            '<sheet name="Biểu" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "/xl/sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{namespace}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'
        ),
    }
    if shared:
        written["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{shared}</sst>'
    if styles:
        written["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**written, **(parts or {})}.items():
            archive.writestr(name, content)
    return path


def ods(path: Path, tables: str, *, styles: str = "", parts: Mapping[str, str] | None = None) -> Path:
    """A spreadsheet whose content holds ``tables``; prefixes are those of LibreOffice."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "style": "style",
            "table": "table",
            "text": "text",
            "number": "datastyle",
            "fo": "xsl-fo-compatible",
        }.items()
    )
    content = (
        f"<office:document-content {spaces} "
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, part in {"content.xml": content, **(parts or {})}.items():
            archive.writestr(name, part)
    return path


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of an .xlsb."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while length >= 0x80:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + content


def wide(text: str) -> bytes:
    """A text of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(kind: int, column: int, value: bytes = b"", style: int = 0) -> bytes:
    """A cell record of an .xlsb; columns from 0."""
    return record(kind, struct.pack("<II", column, style) + value)


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """A row of an .xlsb with its cells; rows from 0."""
    head = struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + b"\0" + struct.pack("<I", 0)
    return record(0, head) + b"".join(cells)


def xlsb(
    path: Path, sheets: Iterable[tuple[str, int, bytes, bytes]], styles: bytes = b"", shared: bytes = b""
) -> Path:
    """A binary workbook of sheets (name, state, rows, what comes after them)."""
    bundle, targets, parts = b"", [("rIdS", "styles", "styles.bin")], {}
    for at, (name, state, rows, after) in enumerate(sheets, start=1):
        bundle += record(156, struct.pack("<II", state, at) + wide(f"rId{at}") + wide(name))
        targets.append((f"rId{at}", "worksheet", f"worksheets/sheet{at}.bin"))
        size = record(148, struct.pack("<IIII", 0, 10, 0, 10))
        body = record(145) + rows + record(146)
        parts[f"xl/worksheets/sheet{at}.bin"] = record(129) + size + body + after + record(130)
    workbook = record(131) + record(153, b"\0" * 12) + record(143) + bundle + record(144) + record(132)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/_rels/workbook.bin.rels", relations(*targets))
        archive.writestr("xl/styles.bin", record(278) + styles + record(279))
        if shared:
            archive.writestr("xl/sharedStrings.bin", shared)
        for part, content in parts.items():
            archive.writestr(part, content)
    return path
