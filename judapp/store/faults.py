"""The one place where faults of disk and file become sentences: sqlite3 errors do not leave the store."""

from __future__ import annotations

import errno
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from judapp.errors import JudappError
from judapp.text import Bilingual

APPLICATION_ID = 0x6A756461
"""``PRAGMA application_id`` of every data file ("juda"): tells ours from other SQLite files."""

HEADER = 100
_SQLITE = b"SQLite format 3\0"
_KNOWN: tuple[tuple[bytes, Bilingual], ...] = (
    (
        b"PK\x03\x04",
        Bilingual(
            "tệp nén ZIP hoặc tệp Office (.xlsx, .docx)", "a ZIP archive or an Office file (.xlsx, .docx)"
        ),
    ),
    (b"\xd0\xcf\x11\xe0", Bilingual("tệp Office kiểu cũ (.xls, .doc)", "an old Office file (.xls, .doc)")),
    (b"\xff\xd8\xff", Bilingual("ảnh JPEG", "a JPEG picture")),
    (b"\x89PNG", Bilingual("ảnh PNG", "a PNG picture")),
    (b"%PDF", Bilingual("tệp PDF", "a PDF file")),
    (b"7z\xbc\xaf", Bilingual("tệp nén 7z", "a 7z archive")),
    (b"Rar!", Bilingual("tệp nén RAR", "a RAR archive")),
    (
        _SQLITE,
        Bilingual("cơ sở dữ liệu SQLite của chương trình khác", "an SQLite database of another program"),
    ),
)
_UNKNOWN = Bilingual("không rõ loại", "of an unknown kind")
_EMPTY = Bilingual("tệp rỗng", "an empty file")
_FOLDER = Bilingual("thư mục", "a folder")

_SHARING_VIOLATIONS = (32, 33)
"""What Windows reports of a file that another program holds."""

_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


def damaged(path: Path, detail: str) -> JudappError:
    """DBF-004: the file is ours and cannot be trusted; restoring a backup is the way out."""
    return JudappError("DBF-004", path=str(path), detail=detail)


def sniff(path: Path) -> None:
    """Look at a file before SQLite does, so that nothing of another program's file is ever touched.

    Raises DBF-007 (does not exist), DBF-006 (not a data file, with what it is), DBF-005 (may not be read),
    DBF-004 (a data file whose head is damaged).
    """
    if path.is_dir():
        raise JudappError("DBF-006", path=str(path), kind=_FOLDER)
    try:
        with path.open("rb") as stream:
            head = stream.read(HEADER)
    except FileNotFoundError:
        raise JudappError("DBF-007", path=str(path)) from None
    except OSError as fault:
        raise of_system(fault, path) from fault
    if not head:
        raise JudappError("DBF-006", path=str(path), kind=_EMPTY)
    ours = len(head) == HEADER and struct.unpack(">I", head[68:72])[0] == APPLICATION_ID
    if head.startswith(_SQLITE) and ours:
        return
    if ours or (head.startswith(_SQLITE) and _has_meta(path)):
        raise damaged(path, "header")
    kind = next((words for magic, words in _KNOWN if head.startswith(magic)), _UNKNOWN)
    raise JudappError("DBF-006", path=str(path), kind=kind)


def _has_meta(path: Path) -> bool:
    """Whether an SQLite file without our mark has our table of facts all the same."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = connection.execute("select 1 from meta where key = 'schema'").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return found is not None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what a disk, another program or a damaged file causes into a JudappError about ``path``.

    DBF-002 locked, DBF-003 disk full, DBF-004 damaged, DBF-005 read-only, DBF-009 the disk failed. Faults of
    our own (a broken constraint, wrong SQL) stay what they are.
    """
    try:
        yield
    except sqlite3.Error as fault:
        known = _of_sqlite(fault, path)
        if known is None:
            raise
        raise known from fault
    except OSError as fault:
        raise of_system(fault, path) from fault


@contextmanager
def decoding(path: Path) -> Iterator[None]:
    """Turn stored values that cannot mean what they stand for (a state, a day, a definition) into DBF-004."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError) as fault:
        raise damaged(path, str(fault)) from fault


def _of_sqlite(fault: sqlite3.Error, path: Path) -> JudappError | None:
    code: int | None = getattr(fault, "sqlite_errorcode", None)
    if code is None:  # raised by Python's own module
        return damaged(path, str(fault)) if str(fault).startswith("Could not decode") else None
    primary = code & 0xFF
    if primary in _LOCKED:
        return JudappError("DBF-002", path=str(path))
    if primary == sqlite3.SQLITE_FULL:
        return JudappError("DBF-003", path=str(path))
    if primary in _DAMAGED:
        return damaged(path, str(fault))
    if primary in _READ_ONLY:
        return JudappError("DBF-005", path=str(path))
    if primary == sqlite3.SQLITE_IOERR:
        return JudappError("DBF-009", path=str(path), detail=str(fault))
    return None


def of_system(fault: OSError, path: Path) -> JudappError:
    """The sentence for a fault the operating system reported about ``path``."""
    if getattr(fault, "winerror", None) in _SHARING_VIOLATIONS:
        return JudappError("DBF-002", path=str(path))
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return JudappError("DBF-003", path=str(path))
    if isinstance(fault, FileNotFoundError):
        return JudappError("DBF-007", path=str(path))
    if isinstance(fault, FileExistsError):
        return JudappError("DBF-008", path=str(path))
    if isinstance(fault, (PermissionError, NotADirectoryError)) or fault.errno == errno.EROFS:
        return JudappError("DBF-005", path=str(path))
    return JudappError("DBF-009", path=str(path), detail=fault.strerror or str(fault))
