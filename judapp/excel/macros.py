"""A workbook without its macros: nothing of a blank that could run is ever kept."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from judapp.excel.package import SAFE_PARSING, local
from judapp.excel.reader import OLE, ZIP

_VBA = re.compile(r"(^|/)vba(project|data)[^/]*(\.bin|\.xml)(\.rels)?\Z", re.IGNORECASE)
"""Parts of an .xlsm that hold the project, its signatures and their relations."""
_BASIC = re.compile(r"(basic|scripts)/", re.IGNORECASE)
"""Folders of an .ods."""
_OLD_MACRO_SHEETS = re.compile(r"xl/(macrosheets|dialogsheets)/", re.IGNORECASE)
_OLE_PROJECT = "_VBA_PROJECT".encode("utf-16-le")
"""The storage of an .xls with macros is called so."""


def without_macros(content: bytes) -> bytes | None:
    """The workbook without macros: byte for byte where it has none, None where they cannot be taken out.

    They cannot be taken out of an .xls and of sheets of Excel 4 macros. The bytes are those of a workbook
    that was read before, so that its sizes are known to be within limits.
    """
    if content.startswith(OLE):
        return None if _OLE_PROJECT in content else content
    if not content.startswith(ZIP):
        return content
    with ZipFile(io.BytesIO(content)) as package:
        names = [entry.filename for entry in package.infolist()]
        if any(_OLD_MACRO_SHEETS.match(name) for name in names):
            return None
        active = {name for name in names if _VBA.search(name) or _BASIC.match(name)}
        return _rewritten(package, active) if active else content


def _rewritten(package: ZipFile, active: set[str]) -> bytes:
    """The package without some parts, and without a word about them in the others."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as made:
        for entry in package.infolist():
            if entry.filename in active:
                continue
            content = package.read(entry)
            name = entry.filename.lower()
            if name == "[content_types].xml":
                content = _mended(content, _of_no_macros)
            elif name == "meta-inf/manifest.xml":
                content = _mended(content, _no_script)
            elif name.endswith(".rels"):
                content = _mended(content, _no_project)
            kept = ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = entry.compress_type if name == "mimetype" else ZIP_DEFLATED
            made.writestr(kept, content)
    return stream.getvalue()


def _mended(content: bytes, keep: Callable[[etree._Element], bool]) -> bytes:
    root = etree.fromstring(content, etree.XMLParser(**SAFE_PARSING))
    for child in list(root):
        if not keep(child):
            root.remove(child)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _of_no_macros(part: etree._Element) -> bool:
    kind = part.get("ContentType", "")
    if local(part) == "Override" and "macroEnabled.main" in kind:
        plain = "template" if ".template." in kind else "sheet"
        part.set(
            "ContentType", f"application/vnd.openxmlformats-officedocument.spreadsheetml.{plain}.main+xml"
        )
        return True
    return "vba" not in kind.lower()


def _no_script(part: etree._Element) -> bool:
    path = next((str(value) for key, value in part.attrib.items() if str(key).endswith("full-path")), "")
    return not _BASIC.match(path)


def _no_project(relation: etree._Element) -> bool:
    kind = posixpath.basename(relation.get("Type", "")).lower()
    return not kind.startswith(("vba", "wordvba"))
