"""Promises 4 and 10: a closed file is one file; a newer or damaged one is refused unharmed, in a sentence."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from judapp import __version__
from judapp.errors import JudappError
from judapp.store import database, faults, filesystem, migrations
from judapp.store.database import DataFile
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from tests.store.helpers import A, behind_its_back, copy_as_it_is, do, found_province, holds, put_figure

ROOT = Path(__file__).parents[2]


def code(path: Path, **how: object) -> str:
    """The code with which opening fails."""
    with pytest.raises(JudappError) as caught:
        DataFile.open(path, **how)  # type: ignore[arg-type]
    assert caught.value.params["path"] == str(path)
    return caught.value.code


def closed(path: Path) -> bytes:
    """A closed file with figures, and its bytes."""
    with DataFile.create(path) as file:
        put_figure(file, found_province(file)[1], A, 5)
    return path.read_bytes()


def test_a_new_file_is_sound_and_knows_who_wrote_it(file: DataFile) -> None:
    assert file.meta("schema") == "1"
    assert file.meta("app") == __version__
    assert file.meta("nothing") is None
    assert verify(file, deep=True) == []


def test_an_open_file_syncs_every_commit(file: DataFile) -> None:
    """Promise 4: "đã lưu" only after a commit with full sync."""
    assert [file.row(f"pragma {name}")[0] for name in ("journal_mode", "synchronous", "foreign_keys")] == [
        "wal",
        2,
        1,
    ]


def test_a_closed_file_is_one_file(path: Path) -> None:
    """Promise 10: nothing beside it, DELETE mode (bytes 18 and 19 of the header say so)."""
    assert closed(path)[18:20] == b"\1\1"
    assert sorted(path.parent.iterdir()) == [path]


def test_checkpoint_empties_the_log(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 5)
    log = companions(file.path)[0]
    assert log.stat().st_size > 0
    file.checkpoint()
    assert log.stat().st_size == 0


def test_closing_while_another_has_it_open_loses_nothing(file: DataFile, sheet: int) -> None:
    other = DataFile.open(file.path)
    put_figure(file, sheet, A, 5)
    assert file.close() is False
    assert other.row("select value from figure") == (5,)
    assert other.close() is True
    assert other.close() is True  # a second time is no fault
    assert not companions(file.path)[0].exists()


def test_creating_never_overwrites(path: Path) -> None:
    before = closed(path)
    with pytest.raises(JudappError, match="DBF-008"):
        DataFile.create(path)
    assert path.read_bytes() == before


def test_creating_in_a_folder_that_does_not_exist(path: Path) -> None:
    with pytest.raises(JudappError, match="DBF-007"):
        DataFile.create(path.parent / "none" / "x.sqlite")


def test_a_creation_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(migrations, "migrate", fail)
    with pytest.raises(RuntimeError):
        DataFile.create(path)
    assert list(path.parent.iterdir()) == []


# --- refused


def test_a_file_of_a_later_version_is_refused_and_its_bytes_stay(path: Path) -> None:
    """Promise 10, DBF-001; the sentence names both versions."""
    closed(path)
    with behind_its_back(path) as connection:
        connection.execute("update meta set value = '99' where key = 'schema'")
        connection.execute("update meta set value = '9.1' where key = 'app'")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(JudappError) as caught:
            DataFile.open(path, read_only=read_only)
        assert caught.value.code == "DBF-001"
        assert caught.value.params == {
            "path": str(path),
            "file_version": "9.1",
            "program_version": __version__,
        }
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_crashed_file_of_a_later_version_keeps_its_log(file: DataFile, sheet: int, tmp_path: Path) -> None:
    """Its log is not moved in either: the newer program finds all as it left it."""
    file.run("update meta set value = '99' where key = 'schema'")
    crashed = tmp_path / "crashed.sqlite"
    copy_as_it_is(file.path, crashed)
    before = [part.read_bytes() for part in (crashed, companions(crashed)[0])]
    assert code(crashed) == "DBF-001"
    assert [part.read_bytes() for part in (crashed, companions(crashed)[0])] == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04xlsx", "tệp nén ZIP hoặc tệp Office (.xlsx, .docx)"),
        (b"\xff\xd8\xff\xe0", "ảnh JPEG"),
        (b"%PDF-1.7", "tệp PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "tệp Office kiểu cũ (.xls, .doc)"),
        (b"SQLite format 3\0" + b"\0" * 100, "cơ sở dữ liệu SQLite của chương trình khác"),
        (b"So lieu thong ke", "không rõ loại"),
        (b"", "tệp rỗng"),
    ],
)
def test_what_is_no_data_file_is_told_what_it_is(path: Path, content: bytes, kind: str) -> None:
    path.write_bytes(content)
    with pytest.raises(JudappError) as caught:
        DataFile.open(path)
    assert caught.value.code == "DBF-006"
    assert caught.value.params["kind"].vi == kind
    assert path.read_bytes() == content


def test_a_folder_a_foreign_database_and_nothing_at_all(path: Path) -> None:
    assert code(path.parent) == "DBF-006"
    assert code(path) == "DBF-007"
    with behind_its_back(path) as connection:
        connection.execute("create table meta(key text, value text)")
    assert code(path) == "DBF-006"


def test_a_file_that_may_not_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(path)

    def deny(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", deny)
    assert code(path) == "DBF-005"


@pytest.mark.parametrize(
    ("start", "content"),
    [
        (0, b"\0" * 16),  # the magic
        (68, b"\0\0\0\0"),  # our mark
        (100, b"\xff" * 50),  # the root of the schema
        (16, b"\x07\x07"),  # the page size
    ],
)
def test_a_damaged_head_is_damage_and_no_foreign_file(path: Path, start: int, content: bytes) -> None:
    whole = closed(path)
    path.write_bytes(whole[:start] + content + whole[start + len(content) :])
    assert code(path) == "DBF-004"
    assert code(path, read_only=True) == "DBF-004"


def test_a_truncated_file_is_damaged(path: Path) -> None:
    """Where SQLite still opens it, verifying says so, or nothing but a page's empty end was cut."""
    whole = closed(path)
    with DataFile.open(path, read_only=True) as file:
        before = holds(file)
    refused = set()
    for size in range(1, len(whole), 3001):
        path.write_bytes(whole[:size])
        try:
            with DataFile.open(path, read_only=True) as file:
                assert verify(file, deep=True) or holds(file) == before
        except JudappError as fault:
            refused.add(fault.code)
    assert refused == {"DBF-004", "DBF-006"}


def test_missing_tables_and_an_unreadable_schema_number_are_damage(path: Path) -> None:
    closed(path)
    with behind_its_back(path) as connection:
        connection.execute("drop table remark")
    assert code(path) == "DBF-004"
    with behind_its_back(path) as connection:
        connection.execute("update meta set value = 'x' where key = 'schema'")
    assert code(path) == "DBF-004"
    with behind_its_back(path) as connection:
        connection.execute("drop table meta")
    assert code(path) == "DBF-004"


def test_random_bytes_anywhere_never_end_in_a_traceback(path: Path) -> None:
    """Opening, reading everything and writing: a sentence, or all is well."""
    whole = closed(path)
    draw = random.Random(7)
    refused = set()
    for _ in range(60):
        start = draw.randrange(len(whole))
        path.write_bytes(whole[:start] + draw.randbytes(draw.choice((1, 8, 600))) + whole[start + 600 :])
        filesystem.discard(companions(path)[0])
        try:
            with DataFile.open(path, read_only=True) as file:
                verify(file, deep=True)
                holds(file)
        except JudappError as fault:
            refused.add(fault.code)
    assert refused <= {"DBF-001", "DBF-004", "DBF-006", "DBF-009"}


# --- locked, full, read-only


def test_a_file_another_program_writes_to_is_locked(path: Path) -> None:
    closed(path)
    with behind_its_back(path) as other:
        other.execute("begin exclusive")
        assert code(path, timeout=0.01) == "DBF-002"
        assert code(path, timeout=0.01, read_only=True) == "DBF-002"


def test_writing_while_another_program_writes(path: Path) -> None:
    closed(path)
    with DataFile.open(path, timeout=0.01) as file:
        before = holds(file)
        with behind_its_back(path) as other:
            other.execute("begin immediate")
            with pytest.raises(JudappError, match="DBF-002"):
                put_figure(file, 1, A, 6)
        assert holds(file) == before
        put_figure(file, 1, A, 6)


def test_a_journal_that_is_ahead_of_its_count_is_damage(file: DataFile, sheet: int) -> None:
    """Nothing is ever written over an operation."""
    put_figure(file, sheet, A, 5)
    file.run("update meta set value = '1' where key = 'ops'")
    with pytest.raises(JudappError, match="DBF-004"):
        put_figure(file, sheet, A, 6)
    file.run("update meta set value = 'x' where key = 'ops'")
    with pytest.raises(JudappError, match="DBF-004"):
        put_figure(file, sheet, A, 6)


def test_a_damaged_file_closes_all_the_same(path: Path) -> None:
    whole = closed(path)
    file = DataFile.open(path)
    put_figure(file, 1, A, 6)
    path.write_bytes(b"\xff" * len(whole))
    assert file.close() is False


def test_a_full_disk_changes_nothing(file: DataFile, sheet: int) -> None:
    before = holds(file)
    pages = file.row("pragma page_count")[0]
    file.row(f"pragma max_page_count = {pages}")
    with pytest.raises(JudappError, match="DBF-003"):
        do(file, lambda writer: writer.put("setting", {"key": "x", "value": "y" * 100_000}))
    assert holds(file) == before
    assert verify(file, deep=True) == []


def test_read_only_reads_and_refuses_to_write(path: Path) -> None:
    before = closed(path)
    with DataFile.open(path, read_only=True) as file:
        assert file.row("select value from figure") == (5,)
        with pytest.raises(JudappError, match="DBF-005"):
            put_figure(file, 1, A, 6)
        file.checkpoint()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_write_protected_file_is_told_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite opens such a file read-only without a word; we do not wait for the first figure."""
    closed(path)
    connect = database._connect
    monkeypatch.setattr(database, "_connect", lambda p, mode, timeout: connect(p, "ro", timeout))
    assert code(path) == "DBF-005"


def refuse_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on write-protected media: no index can be made beside a file in WAL mode."""
    connect = database._touch

    def touch(connection: sqlite3.Connection) -> sqlite3.Connection:
        name = connection.execute("pragma database_list").fetchone()[2]
        if "immutable" not in tried:
            tried.append("immutable")
            connection.close()
            fault = sqlite3.OperationalError(f"unable to open {name}")
            fault.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise fault
        return connect(connection)

    tried: list[str] = []
    monkeypatch.setattr(database, "_touch", touch)


def test_write_protected_media(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a log the file is whole and is read; with one it would be read without its last figures."""
    closed(path)
    with behind_its_back(path) as connection:
        connection.execute("pragma journal_mode = wal")
    refuse_an_index(monkeypatch)
    with closing(database._connect_to_read(path, 1)) as connection:
        assert connection.execute("select value from figure").fetchone() == (5,)
    companions(path)[0].write_bytes(b"log")
    refuse_an_index(monkeypatch)
    assert code(path, read_only=True) == "DBF-005"


def test_a_disk_that_fails_is_told() -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    with pytest.raises(JudappError, match="DBF-009"), faults.translated(Path("x")):
        raise fault
    with pytest.raises(JudappError, match="DBF-009"), faults.translated(Path("x")):
        raise OSError(5, "Input/output error")
    with pytest.raises(JudappError, match="DBF-003"), faults.translated(Path("x")):
        raise OSError(28, "No space left on device")
    held = PermissionError(13, "in use")
    held.winerror = 32  # type: ignore[attr-defined,unused-ignore]  # Windows: sharing violation
    with pytest.raises(JudappError, match="DBF-002"), faults.translated(Path("x")):
        raise held


def test_our_own_faults_stay_what_they_are(file: DataFile) -> None:
    """A wrong statement is not a fault of the person's file."""
    with pytest.raises(sqlite3.OperationalError):
        file.rows("select nonsense")
    with pytest.raises(sqlite3.IntegrityError):
        file.run("insert into setting(key) values('x')")


# --- crashes

DIES = """
import os, sys
from pathlib import Path
from judapp.domain.figure import number
from judapp.store.database import DataFile
from judapp.store.operations import Operation, apply
file = DataFile.open(Path(sys.argv[1]))
def build(writer):
    writer.set_figures(2, [("", f"I.{i}", "1", number(i)) for i in range(5000)])
    if sys.argv[2] == "inside":
        os._exit(9)
apply(file, Operation(kind="set", label="x", who="x", machine="x", at="x"), build)
os._exit(9)
"""


@pytest.mark.parametrize(("where", "figures"), [("inside", 1), ("after", 5000)])
def test_a_killed_program_leaves_an_operation_whole_or_absent(path: Path, where: str, figures: int) -> None:
    closed(path)
    done = subprocess.run([sys.executable, "-c", DIES, path, where], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 9
    assert companions(path)[0].exists()
    with DataFile.open(path) as file:
        assert file.row("select count(*) from figure") == (figures,)
        assert verify(file, deep=True) == []
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_change_cut_short_in_delete_mode_is_rolled_back(
    path: Path, tmp_path: Path, read_only: bool
) -> None:
    """As when the power fails during a migration: the hot journal is played back."""
    closed(path)
    crashed = tmp_path / "crashed.sqlite"
    with behind_its_back(path) as connection:
        connection.execute("pragma cache_size = 1")
        connection.execute("begin")
        connection.execute("update figure set value = 6")
        connection.execute("create table junk(x)")
        connection.executemany("insert into junk values(?)", [("x" * 3000,)] * 200)
        shutil.copyfile(path, crashed)
        shutil.copyfile(f"{path}-journal", f"{crashed}-journal")
        connection.execute("rollback")
    with DataFile.open(crashed, read_only=read_only) as file:
        assert file.row("select value from figure") == (5,)
        assert verify(file, deep=True) == []
