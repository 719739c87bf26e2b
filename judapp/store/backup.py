"""Checked copies of a data file, and putting one back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from judapp.errors import JudappError
from judapp.store import copying, filesystem
from judapp.store.database import DataFile
from judapp.store.faults import damaged, of_system, sniff, translated
from judapp.store.filesystem import Clock
from judapp.store.verify import verify


def backup(file: DataFile, to_dir: Path, clock: Clock = filesystem.now) -> Path:
    """Copy ``file`` to ``to_dir`` as ``<stem>-YYYYMMDD-HHMMSS.sqlite``; returns the name.

    It is a backup only once it was read again and found sound and equal: rows of every table, head of the
    chain. No file is ever overwritten. Raises DBF-003, DBF-004 (the file itself is damaged), DBF-005,
    DBF-009.
    """
    try:
        to_dir.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise of_system(fault, to_dir) from fault
    name = f"{file.path.stem}-{filesystem.stamp(clock())}.sqlite"
    return copying.copy(file.connection, to_dir / name, check)


def check(made: Path, origin: Path) -> None:
    """Judge a closed file as ``verify`` does; DBF-004 about ``origin`` with the first problem found."""
    with DataFile.open(made, read_only=True) as file:
        for problem in verify(file):
            raise damaged(origin, " ".join([problem.code, *problem.params.values()]))


def restore(backup_file: Path, to: Path, clock: Clock = filesystem.now) -> Path | None:
    """Put a checked copy of ``backup_file`` at ``to``.

    What stood there is kept as ``<stem>.before-restore-<time>.sqlite``; returns that name, None when nothing
    stood there. Until the last step, a renaming, the target is as it was. Raises DBF-002 (the target is
    open), DBF-003, DBF-004 (the backup is damaged), DBF-005, DBF-006, DBF-007 (no such backup).
    """
    if to.is_dir():
        sniff(to)
    check(backup_file, backup_file)
    with DataFile.open(backup_file, read_only=True) as source:
        made = copying.copy(source.connection, to.with_name(f"{to.name}.restored"))
    aside = None
    try:
        with translated(to):
            aside = _set_aside(to, clock)
            made.replace(to)
            filesystem.sync(to)
    except BaseException:
        if aside is not None and not to.exists():
            aside.rename(to)
        filesystem.discard(made)
        raise
    return aside


def _set_aside(target: Path, clock: Clock) -> Path | None:
    """Give the target its other name; with a hard link there is no moment without a file of the old name."""
    there = target.exists()
    if there:
        _settle(target)
    aside = filesystem.reserve(target.with_stem(f"{target.stem}.before-restore-{filesystem.stamp(clock())}"))
    aside.unlink()
    for part, other in zip(filesystem.companions(target), filesystem.companions(aside), strict=True):
        if part.exists():  # of a damaged or lost file: must not be taken for the restored one's
            part.replace(other)
    if not there:
        return None
    try:
        os.link(target, aside)
    except OSError:  # FAT and some shares know no links
        target.rename(aside)
    return aside


def _settle(target: Path) -> None:
    """Make the target one file, so that it can be renamed whole; one that is damaged is moved as it is."""
    try:
        sniff(target)
        with (
            translated(target),
            closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as connection,
        ):
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
            connection.execute("pragma journal_mode = delete").fetchall()
            connection.execute("begin exclusive")
            connection.execute("rollback")
    except JudappError as fault:
        if fault.code not in ("DBF-004", "DBF-006", "DBF-009"):
            raise
