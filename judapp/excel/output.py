"""Putting a workbook in its place: written beside, proved, synced, renamed; nothing half written stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from judapp.errors import JudappError


def put_in_place(path: Path, content: bytes, prove: Callable[[Path], object]) -> None:
    """Write ``content`` to ``path`` once ``prove`` has accepted it.

    ``prove`` gets the file under its working name and raises what is wrong with it. Raises EXP-002 where the
    folder or file cannot be written, e.g. because the workbook is open in Excel.
    """
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
