"""A checked copy of an open database under another name: what backups of every kind are made with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from judapp.store import filesystem
from judapp.store.faults import damaged, translated

Check = Callable[[Path, Path], None]
"""Judges a finished copy: (the copy, the file it was made of); raises DBF-004 about the latter."""


def sound(made: Path, origin: Path) -> None:
    """SQLite's own check."""
    with closing(sqlite3.connect(made)) as connection:
        (found,) = connection.execute("pragma integrity_check(1)").fetchone()
    if found != "ok":
        raise damaged(origin, str(found))


def copy(source: sqlite3.Connection, target: Path, check: Check = sound) -> Path:
    """Write a whole, closed copy of ``source`` to ``target``, or to ``target-2`` … where that name is taken.

    The copy is made beside under another name, read again (``check``, the number of rows of every table, the
    facts of the file), synced, and only then named. Returns the name it got. Raises DBF-003 (disk full),
    DBF-004 (the copy is not sound or not equal), DBF-005 (the folder cannot be
    written).
    """
    origin = Path(source.execute("pragma database_list").fetchone()[2])
    with translated(target.parent):
        part = filesystem.reserve(target.with_name(f"{target.name}.part"))
        try:
            source.execute("begin")  # one moment of the source, whoever writes meanwhile
            try:
                expected = contents(source)
                with closing(sqlite3.connect(part, isolation_level=None)) as made:
                    source.backup(made)
                    made.execute("pragma journal_mode = delete").fetchall()
            finally:
                if source.in_transaction:  # a failed disk has rolled back already
                    source.execute("rollback")
            check(part, origin)
            with closing(sqlite3.connect(part)) as made:
                if contents(made) != expected:
                    raise damaged(origin, "the copy differs")
            filesystem.sync(part)
            name = filesystem.reserve(target)
            part.replace(name)
            filesystem.sync(name)
        except BaseException:
            filesystem.discard(part)
            raise
    return name


def contents(connection: sqlite3.Connection) -> dict[str, object]:
    """The number of rows of every table, and the facts of the file."""
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    counted: dict[str, object] = {
        name: connection.execute(f'select count(*) from "{name}"').fetchone() for (name,) in tables
    }
    return counted | {"facts": connection.execute("select key, value from meta order by key").fetchall()}
