"""Opening, reading and closing a data file; everything that can go wrong with one ends as a JudappError.

While it is open a file has a write-ahead log; a closed file is one file, safe to copy (promise 10). A
``DataFile`` belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from judapp import __version__
from judapp.errors import JudappError
from judapp.store import copying, filesystem, migrations
from judapp.store.faults import APPLICATION_ID, damaged, of_system, sniff, translated
from judapp.store.filesystem import Clock
from judapp.store.tables import Shape, shapes

TIMEOUT = 3.0
"""Seconds to wait for another program that is writing."""


class DataFile:
    """One open data file. Use as a context manager, or call :meth:`close`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        """Called by :meth:`create` and :meth:`open` only."""
        self.path = path
        self.read_only = read_only
        self.connection = connection
        self._closed = False
        self.shapes: dict[str, Shape] = shapes(connection)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new, empty data file and open it.

        Raises DBF-008 (exists already), DBF-007 (the folder does not exist), DBF-005, DBF-003.
        """
        with translated(path):
            path.open("xb").close()
            try:
                with closing(_connect(path, "rw", TIMEOUT)) as connection:
                    connection.execute(f"pragma application_id = {APPLICATION_ID}")
                    migrations.migrate(connection, __version__)
                filesystem.sync(path)
            except BaseException:
                filesystem.discard(path)
                raise
        return cls.open(path)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        timeout: float = TIMEOUT,
        clock: Clock = filesystem.now,
    ) -> Self:
        """Open a data file; one of an older schema is migrated, after a backup beside it.

        Read-only, nothing at all is written, so a file on write-protected media opens; an older schema is
        then read from a migrated copy in memory.

        Raises DBF-007 (does not exist), DBF-006 (not a data file), DBF-001 (made by a newer program; left as
        it is), DBF-002 (locked), DBF-004 (damaged), DBF-005 (read-only), DBF-003 (no room for the backup or
        the log).
        """
        sniff(path)
        with translated(path):
            schema = _look(path, timeout)
            if read_only:
                return cls(path, _open_to_read(path, timeout, schema), read_only=True)
            connection = _connect(path, "rw", timeout)
            try:
                if schema < migrations.SCHEMA:
                    _keep_before_migration(path, connection, schema, clock)
                    migrations.migrate(connection, __version__)
                connection.execute("pragma journal_mode = wal")
                connection.execute("pragma synchronous = full")
                # Whether it can be written is told now, not at the first figure.
                connection.execute("begin immediate")
                connection.execute("rollback")
                return cls(path, connection, read_only=False)
            except BaseException:
                connection.close()
                raise

    # --- reading

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with translated(self.path):
            return self.connection.execute(sql, params).fetchall()

    def row(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first row of a query as a tuple, None when there is none."""
        with translated(self.path):
            return self.connection.execute(sql, params).fetchone()

    def stream(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query one by one, for what does not fit into memory."""
        with translated(self.path):
            yield from self.connection.execute(sql, params)

    def meta(self, key: str) -> str | None:
        """A fact of the file."""
        found = self.row("select value from meta where key = ?", (key,))
        return None if found is None else str(found[0])

    # --- writing: only operations.py

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Execute one statement; the id of the row it inserted, if any."""
        with translated(self.path):
            return self.connection.execute(sql, params).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute one statement for many rows."""
        with translated(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, begin: str) -> Iterator[None]:
        """``"begin immediate"`` to write: everything inside becomes durable, or nothing happens.

        ``"begin"`` to read one moment of the file with several queries.
        """
        with translated(self.path):
            self.connection.execute(begin)
            try:
                yield
                self.connection.execute("commit")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # a failed disk has rolled back already
                    self.connection.execute("rollback")
                raise

    # --- the end

    def checkpoint(self) -> None:
        """Move the log into the file, as after a minute of quiet; somebody reading meanwhile is no fault."""
        if not self.read_only:
            with translated(self.path):
                self.connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> bool:
        """Close the file; True when it is now one file.

        False where another program still has it open, or the disk is full or fails: nothing is lost, the log
        stays beside the file and the next one to close it moves it in.
        """
        if self._closed:
            return True
        self._closed = whole = True
        if not self.read_only:
            try:
                self.connection.execute("pragma busy_timeout = 0")
                self.connection.execute("pragma wal_checkpoint(truncate)").fetchall()
                self.connection.execute("pragma journal_mode = delete").fetchall()
            except sqlite3.Error:
                whole = False
        self.connection.close()
        return whole

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    return connection


def _look(path: Path, timeout: float) -> int:
    """The schema of a file, found without writing; raises DBF-001 and DBF-004."""
    with closing(_connect_to_read(path, timeout)) as connection:
        try:
            facts = dict(connection.execute("select key, value from meta where key in ('schema', 'app')"))
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table
                raise damaged(path, str(fault)) from fault
            raise
        schema = str(facts.get("schema"))
        if not (schema.isascii() and schema.isdecimal()):
            raise damaged(path, f"schema {schema}")
        if int(schema) > migrations.SCHEMA:
            versions = {"file_version": str(facts.get("app")), "program_version": __version__}
            raise JudappError("DBF-001", path=str(path), **versions)
        if int(schema) == migrations.SCHEMA:
            found = {name for (name,) in connection.execute("select name from sqlite_master")}
            if missing := sorted(migrations.expected(migrations.SCHEMA).tables - found):
                raise damaged(path, ", ".join(missing))
    return int(schema)


def _connect_to_read(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection that cannot write.

    What a crash left half done (a hot journal) is first put right, which needs the right to write. A file
    left in WAL mode cannot be read where no index may be made beside it (write-protected media); without a
    log it is complete in itself and may be read as one that nobody changes.
    """
    try:
        return _touch(_connect(path, "ro", timeout))
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            _touch(_connect(path, "rw", timeout)).close()
            return _touch(_connect(path, "ro", timeout))
        log = filesystem.companions(path)[0]
        if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or (log.exists() and log.stat().st_size):
            raise
        return _touch(_connect(path, "ro&immutable=1", timeout))


def _touch(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Have SQLite really open the file, and take a fault of it now."""
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _open_to_read(path: Path, timeout: float, schema: int) -> sqlite3.Connection:
    connection = _connect_to_read(path, timeout)
    if schema < migrations.SCHEMA:
        with closing(connection):
            copy = sqlite3.connect(":memory:", isolation_level=None)
            connection.backup(copy)
        migrations.migrate(copy, __version__)
        copy.execute("pragma query_only = on")
        return copy
    return connection


def _keep_before_migration(path: Path, connection: sqlite3.Connection, schema: int, clock: Clock) -> None:
    """The backup without which no migration runs: ``<stem>.backups/<stem>.v<schema>-<time>.sqlite``."""
    folder = path.with_name(f"{path.stem}.backups")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as fault:
        raise of_system(fault, folder) from fault
    copying.copy(connection, folder / f"{path.stem}.v{schema}-{filesystem.stamp(clock())}.sqlite")
