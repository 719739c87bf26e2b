"""Open a workbook and lay it flat; whatever the file is, a fault of it is one sentence, never a traceback."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zipfile import BadZipFile

from judapp.errors import JudappError
from judapp.excel.faults import unread

if TYPE_CHECKING:
    from judapp.excel.grid import GridSheet

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")
"""Names under which workbooks come; which kind one is, its content says."""
MAX_UNPACKED = 200 * 2**20
"""Bytes a workbook may unpack to; a 149 kB bomb would take 700 MB."""

T = TypeVar("T")

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    b"\xff\xd8\xff": "ảnh JPEG",
    b"\x89PNG": "ảnh PNG",
    b"GIF8": "ảnh GIF",
    b"%PDF": "PDF",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
}
_IN_ZIP = {
    "word/document.xml": "Word",
    "ppt/presentation.xml": "PowerPoint",
    "index/document.iwa": "Apple Numbers",
}


def read_workbook(path: Path, content: bytes | None = None) -> list[GridSheet]:
    """The visible worksheets of the workbook at ``path``: .xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .tsv.

    ``content`` is what stands in it, where it was read before; the file is not opened then.
    Raises FIL-001 (password), FIL-002 (no workbook, with what it is), FIL-003 (damaged or too large), FIL-004
    (not there), FIL-005 (a format not read), FIL-006 (cannot be opened).
    """
    if content is None:
        return guarded(path, _read)
    return guarded(path, lambda head, path: _read(head, path, content), content)


def guarded(path: Path, read: Callable[[bytes, Path], T], content: bytes | None = None) -> T:
    """What ``read`` makes of the file's first bytes and its path; every fault of the file as a FIL-… code.

    A file too large to be a workbook is not opened, nor is one whose ``content`` was read before.
    """
    try:
        if content is not None:
            head, size = content[:4096], len(content)
        else:
            with path.open("rb") as file:
                head = file.read(4096)
            size = path.stat().st_size
        if size > MAX_UNPACKED:
            raise unread("RDG-file", megabytes=size >> 20, limit=MAX_UNPACKED >> 20)
        return read(head, path)
    except FileNotFoundError:
        raise JudappError("FIL-004", path=str(path)) from None
    except OSError as error:
        if error.errno in (
            None,
            errno.EINVAL,
        ):  # a library's own, or led beyond the file by what stands in it
            raise unread() from error
        raise JudappError("FIL-006", path=str(path), reason=error.strerror or "") from None
    except _parser_faults() as error:
        raise unread("RDG-cut" if _is_cut(error) else "RDG-damaged") from error


def _is_cut(error: Exception) -> bool:
    """Whether an archive has no end: its list of parts stands there."""
    return isinstance(error, BadZipFile) and "not a zip file" in str(error)


def _parser_faults() -> tuple[type[Exception], ...]:
    """What parsers raise over damaged content; asked for only when something was raised.

    xlrd falls over whatever it stumbles on. Too little memory and interruptions go through.
    """
    from _csv import Error as CsvError

    from lxml.etree import LxmlError

    return (
        ArithmeticError,
        AssertionError,
        AttributeError,
        BadZipFile,
        CsvError,
        EOFError,
        LookupError,
        LxmlError,
        RuntimeError,
        SyntaxError,
        TypeError,
        UnboundLocalError,
        ValueError,
        struct.error,
        zlib.error,
    )


def _read(head: bytes, path: Path, content: bytes | None = None) -> list[GridSheet]:
    """By what the file is, whatever its name says."""
    if head.startswith(ZIP):
        return _read_zip(path if content is None else BytesIO(content))
    if head.startswith(OLE):
        from judapp.excel.read_xls import read_xls

        return read_xls(path.read_bytes() if content is None else content)
    if not head:
        raise unread("RDG-empty")
    if kind := next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None):
        raise JudappError("FIL-002", kind=kind)
    from judapp.excel.read_csv import read_csv

    return read_csv(path.read_bytes() if content is None else content, path)


def _read_zip(source: Path | BytesIO) -> list[GridSheet]:
    from judapp.excel.package import Package

    with Package(source, MAX_UNPACKED) as package:
        names = package.names
        if "xl/workbook.bin" in names:
            from judapp.excel.read_xlsb import read_xlsb

            return read_xlsb(package)
        if "content.xml" in names or "encrypted-package" in names:
            from judapp.excel.read_ods import read_ods

            return read_ods(package)
        if kind := next((kind for part, kind in _IN_ZIP.items() if part in names), None):
            raise JudappError("FIL-002", kind=kind)
        if "xl/workbook.xml" not in names and "_rels/.rels" not in names:
            raise JudappError("FIL-002", kind="ZIP")
        from judapp.excel.read_xlsx import read_xlsx

        return read_xlsx(package)
