"""Putting a workbook in its place: written beside, proved, synced, renamed; nothing half written stays."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from judapp.errors import JudappError


def put_in_place(path: Path, content: bytes, prove: Callable[[Path], object]) -> None:
    """Write ``content`` to ``path`` once ``prove`` has accepted it.

    ``prove`` gets the file under its working name and raises what is wrong with it. Raises EXP-002 where the
    folder or file cannot be written, e.g. because the workbook is open in Excel; EXP-004 where something else
    stands there: an earlier workbook gives way to a workbook, a data file or a letter to nothing.
    """
    if not _may_replace(path, content):
        raise JudappError("EXP-004", path=str(path))
    beside = path.with_name(f".{path.stem}.moi{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        prove(beside)
        beside.replace(path)
    except OSError as error:
        raise JudappError("EXP-002", path=str(path), reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


_HEADS = {b"SQLite": "data file", b"%PDF-": "pdf", b"PK": "package"}
"""How files of some kinds begin."""
_PACKAGES = ("xl/", "word/", "ppt/")
"""What tells a workbook from a letter: both are ZIP packages."""


def _may_replace(path: Path, content: bytes) -> bool:
    """Whether nothing stands at ``path``, or a file of the kind of ``content``."""
    try:
        if not path.is_file() or not path.stat().st_size:
            return True
        with path.open("rb") as file:
            return _kind(file) == _kind(io.BytesIO(content))
    except OSError:
        return True  # whether it can be written is told by writing it


def _kind(file: BinaryIO) -> str:
    begins = file.read(8)
    kind = next((kind for head, kind in _HEADS.items() if begins.startswith(head)), "")
    if kind == "package":
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(file) as package:
            names = package.namelist()
            return next((part for part in _PACKAGES if any(n.startswith(part) for n in names)), kind)
    return kind
