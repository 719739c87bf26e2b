"""Promise 10: old files open for ever; migrations run after a verified backup, all of them or none."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp import __version__
from judapp.errors import JudappError
from judapp.store import copying, documents, migrations
from judapp.store.database import DataFile
from judapp.store.migrations import Migration, expected, statements
from judapp.store.verify import verify
from tests.store.helpers import behind_its_back, clock, do, fill_every_table, holds

FROZEN = {1: "cba735a5add2357cdfb478af1840bbc28fd38f031c07447000eaf4e1d56b7dd0"}
"""What each released schema looks like to SQLite. An entry never changes; a new migration adds one."""

NEXT = Migration(
    "0002_next",
    "create table extra(id integer primary key, name text) strict;\n"
    "alter table document add column place text;\n",
)
BROKEN = Migration(
    "0003_broken", "create table half(id integer primary key) strict;\ninsert into nowhere values(1);\n"
)


@pytest.fixture
def old(path: Path) -> bytes:
    """A closed file of schema 1 with something in every table."""
    with DataFile.create(path) as file:
        fill_every_table(file)
    return path.read_bytes()


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The program of tomorrow."""
    _tomorrow(monkeypatch, NEXT)
    yield monkeypatch
    expected.cache_clear()


def _tomorrow(monkeypatch: pytest.MonkeyPatch, *more: Migration) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (migrations.MIGRATIONS[0], *more))
    monkeypatch.setattr(migrations, "SCHEMA", 1 + len(more))
    expected.cache_clear()


def test_released_schemas_are_frozen() -> None:
    found = {schema: repr(expected(schema).objects) for schema in range(1, migrations.SCHEMA + 1)}
    assert {schema: hashlib.sha256(text.encode()).hexdigest() for schema, text in found.items()} == FROZEN


def test_numbers_are_never_text_or_real() -> None:
    """Promise 3: SQLite sums TEXT as REAL; every table is STRICT and none has a REAL column."""
    sql = migrations.FIRST.lower()
    assert sql.count("create table") == sql.count(" strict;") + sql.count(" strict,")
    assert " real" not in sql


def test_an_old_file_is_migrated_after_a_backup(path: Path, old: bytes, newer: pytest.MonkeyPatch) -> None:
    with DataFile.open(path, clock=clock) as file:
        assert file.meta("schema") == "2"
        assert file.meta("app") == __version__
        assert verify(file, deep=True) == []  # rows written before read the same in history
        assert len(documents.load(file)) == 1
        do(file, lambda writer: writer.put("document", {"uid": "x", "gone": 0, "place": "Vinh"}))
        assert verify(file, deep=True) == []
    kept = path.with_name("NgheAn.backups") / "NgheAn.v1-20260620-150405.sqlite"
    assert sorted(path.parent.iterdir()) == sorted([kept.parent, path])
    newer.undo()
    expected.cache_clear()
    with DataFile.open(kept, read_only=True) as before:
        assert verify(before, deep=True) == []
        backed_up = holds(before)
    path.write_bytes(old)
    with DataFile.open(path, read_only=True) as before:
        assert holds(before) == backed_up


def test_a_second_opening_migrates_nothing(path: Path, old: bytes, newer: pytest.MonkeyPatch) -> None:
    DataFile.open(path, clock=clock).close()
    DataFile.open(path, clock=clock).close()
    assert len(list(path.with_name("NgheAn.backups").iterdir())) == 1


def test_migrations_are_all_or_nothing(path: Path, old: bytes, newer: pytest.MonkeyPatch) -> None:
    """The first of two ran when the second failed: the file is as it was, and the backup is there."""
    _tomorrow(newer, NEXT, BROKEN)
    with pytest.raises(sqlite3.OperationalError):
        DataFile.open(path, clock=clock)
    newer.undo()
    expected.cache_clear()
    with DataFile.open(path) as file:
        assert file.meta("schema") == "1"
        assert file.rows("select title from document") == [(None,)]
        assert not file.rows("select name from sqlite_master where name in ('extra', 'half')")
        assert file.rows("select name from _sqlite_migrations") == [("0001_first",)]
        assert verify(file, deep=True) == []


def test_without_a_backup_nothing_is_migrated(path: Path, old: bytes, newer: pytest.MonkeyPatch) -> None:
    path.with_name("NgheAn.backups").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(JudappError, match=r"DBF-00[58]"):
        DataFile.open(path)
    assert path.read_bytes() == old


def test_a_copy_that_differs_is_no_backup(path: Path, old: bytes, newer: pytest.MonkeyPatch) -> None:
    newer.setattr(copying, "contents", lambda connection: {"never": object()})
    with pytest.raises(JudappError, match="DBF-004") as caught:
        DataFile.open(path)
    assert caught.value.params["path"] == str(path)
    assert path.read_bytes() == old
    assert list(path.with_name("NgheAn.backups").iterdir()) == []


def test_a_damaged_file_is_not_migrated(path: Path, old: bytes, newer: pytest.MonkeyPatch) -> None:
    """Its backup would be worth nothing."""
    with behind_its_back(path) as connection:
        root = connection.execute("select rootpage from sqlite_master where name = 'op_undoes'").fetchone()[0]
    start = (root - 1) * 4096
    path.write_bytes(old[:start] + b"\xff" * 4096 + old[start + 4096 :])
    with pytest.raises(JudappError, match="DBF-004"):
        DataFile.open(path)
    with behind_its_back(path) as connection:
        assert connection.execute("select value from meta where key = 'schema'").fetchone() == ("1",)


def test_an_old_file_on_write_protected_media_is_read_all_the_same(
    path: Path, old: bytes, newer: pytest.MonkeyPatch
) -> None:
    """Migrated in memory; the file and its folder stay untouched."""
    with DataFile.open(path, read_only=True) as file:
        assert file.meta("schema") == "2"
        assert file.rows("select place from document") == [(None,)]
        with pytest.raises(JudappError, match="DBF-005"):
            do(file, lambda writer: writer.put("setting", {"key": "x", "value": "y"}))
    assert path.read_bytes() == old
    assert list(path.parent.iterdir()) == [path]


def test_a_script_is_run_statement_by_statement() -> None:
    assert list(statements("-- a;\ncreate table a(b,\n c);\ndrop table a;\n")) == [
        "-- a;\ncreate table a(b,\n c);",
        "drop table a;",
    ]
    with pytest.raises(ValueError, match="not a whole statement"):
        list(statements("create table a("))
