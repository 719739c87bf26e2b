"""What the store does with whole files: names with a time, syncing, putting a finished file in its place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time of the machine, in its zone: what people read in the names of backups."""
    return datetime.now().astimezone()


def stamp(moment: datetime) -> str:
    """``YYYYMMDD-HHMMSS``."""
    return f"{moment:%Y%m%d-%H%M%S}"


def reserve(wanted: Path) -> Path:
    """Make an empty file named ``wanted``, or ``wanted-2`` … where that name is taken; never overwrites."""
    name, number = wanted, 1
    while True:
        try:
            name.open("xb").close()
        except FileExistsError:
            number += 1
            name = wanted.with_stem(f"{wanted.stem}-{number}")
        else:
            return name


def sync(path: Path) -> None:
    """Have the disk keep a finished file, and its name where the system can do that."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def companions(path: Path) -> tuple[Path, Path, Path]:
    """What SQLite keeps beside an open file: the write-ahead log, its index, the rollback journal."""
    log, index, rollback = (path.with_name(f"{path.name}-{end}") for end in ("wal", "shm", "journal"))
    return log, index, rollback


def discard(path: Path) -> None:
    """Remove an unfinished file and what stands beside it."""
    for name in (path, *companions(path)):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)
