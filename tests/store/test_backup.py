"""No crash or failing disk may cost a period's work: backups that were read again, safe restoring."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.store import backup, copying
from judapp.store.backup import restore
from judapp.store.database import DataFile
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from tests.store.helpers import (
    A,
    behind_its_back,
    clock,
    copy_as_it_is,
    fill_every_table,
    holds,
    journal,
    put_figure,
)

NAME = "NgheAn-20260620-150405.sqlite"


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "Sao lưu" / "2026"


@pytest.fixture
def made(file: DataFile, folder: Path) -> Path:
    """A backup of a file with something in every table."""
    fill_every_table(file)
    return backup.backup(file, folder, clock)


def test_a_backup_of_an_open_file_is_whole_and_closed(file: DataFile, made: Path, folder: Path) -> None:
    assert made == folder / NAME
    assert list(folder.iterdir()) == [made]
    assert made.read_bytes()[18:20] == b"\1\1"
    with DataFile.open(made, read_only=True) as copy:
        assert (holds(copy), journal(copy)) == (holds(file), journal(file))
        assert copy.meta("head") == file.meta("head")
        assert verify(copy, deep=True) == []


def test_a_backup_never_overwrites(file: DataFile, made: Path, folder: Path) -> None:
    before = made.read_bytes()
    put_figure(file, 1, A, 99)
    second = backup.backup(file, folder, clock)
    assert second == folder / "NgheAn-20260620-150405-2.sqlite"
    assert backup.backup(file, folder, clock).name == "NgheAn-20260620-150405-3.sqlite"
    assert made.read_bytes() == before


def test_the_machine_tells_the_time_where_nobody_else_does(file: DataFile, folder: Path) -> None:
    assert backup.backup(file, folder).name.startswith("NgheAn-20")


def test_a_backup_may_be_made_of_a_file_opened_to_read(file: DataFile, folder: Path) -> None:
    file.close()
    with DataFile.open(file.path, read_only=True) as reading:
        assert backup.backup(reading, folder, clock).exists()


def test_a_damaged_file_gives_no_backup(file: DataFile, folder: Path) -> None:
    """An unsound copy does not count, and leaves nothing that looks like a backup."""
    fill_every_table(file)
    file.run("update op set who = 'Minh' where id = 2")
    with pytest.raises(JudappError, match="DBF-004"):
        backup.backup(file, folder, clock)
    assert list(folder.iterdir()) == []


def test_a_copy_with_other_contents_is_no_backup(
    file: DataFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter(({"a": 1}, {"a": 2}))
    monkeypatch.setattr(copying, "contents", lambda connection: next(counts))
    with pytest.raises(JudappError, match="DBF-004"):
        backup.backup(file, folder, clock)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made(file: DataFile) -> None:
    with pytest.raises(JudappError, match=r"DBF-00[58]"):
        backup.backup(file, file.path / "folder", clock)


def test_a_full_disk_while_copying(file: DataFile, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JudappError, match="DBF-003"):
        backup.backup(file, folder, clock)
    assert list(folder.iterdir()) == []


# --- restoring


def test_restoring_puts_the_old_file_aside(file: DataFile, made: Path) -> None:
    path, before = file.path, holds(file)
    put_figure(file, 1, A, 99)
    after = holds(file)
    file.close()
    aside = restore(made, path, clock)
    assert aside == path.with_name("NgheAn.before-restore-20260620-150405.sqlite")
    with DataFile.open(path) as restored, DataFile.open(aside) as old:
        assert holds(restored) == before
        assert holds(old) == after
    assert sorted(path.parent.iterdir()) == sorted([path, aside, made.parents[1]])


def test_restoring_where_nothing_stood(made: Path, tmp_path: Path) -> None:
    assert restore(made, tmp_path / "new.sqlite", clock) is None
    with DataFile.open(tmp_path / "new.sqlite") as restored:
        assert verify(restored, deep=True) == []
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["new.sqlite"]


def test_the_last_figures_of_a_crashed_target_go_aside_with_it(
    file: DataFile, made: Path, tmp_path: Path
) -> None:
    """What was in its log is in the file set aside, and never in the restored one."""
    put_figure(file, 1, A, 99)
    after = holds(file)
    crashed = tmp_path / "crashed.sqlite"
    copy_as_it_is(file.path, crashed)
    aside = restore(made, crashed, clock)
    assert aside is not None
    with DataFile.open(crashed) as restored, DataFile.open(aside) as old:
        assert holds(old) == after
        assert ("99" in repr(holds(restored)["figure"])) is False


def test_a_damaged_target_goes_aside_as_it_is(file: DataFile, made: Path) -> None:
    """With its log, which must not be taken for the restored file's."""
    path = file.path
    file.close()
    path.write_bytes(b"\0" * 5000)
    companions(path)[0].write_bytes(b"log")
    aside = restore(made, path, clock)
    assert aside is not None
    assert aside.read_bytes() == b"\0" * 5000
    assert companions(aside)[0].read_bytes() == b"log"
    with DataFile.open(path) as restored:
        assert verify(restored, deep=True) == []
        assert companions(path)[0].read_bytes()[:3] != b"log"


def test_a_log_without_its_file_is_not_taken_for_the_restored_ones(made: Path, tmp_path: Path) -> None:
    """Somebody deleted the file only; its log, played into another file, would break that."""
    target = tmp_path / "new.sqlite"
    for part in companions(target):
        part.write_bytes(b"old")
    assert restore(made, target, clock) is None
    assert not any(part.exists() for part in companions(target))
    with DataFile.open(target) as restored:
        assert verify(restored, deep=True) == []


def test_a_damaged_backup_changes_nothing(file: DataFile, made: Path) -> None:
    file.close()
    before = file.path.read_bytes()
    with behind_its_back(made) as connection:
        connection.execute("update op set who = 'Minh' where id = 2")
    with pytest.raises(JudappError, match="DBF-004"):
        restore(made, file.path, clock)
    made.write_bytes(made.read_bytes()[:9000])
    with pytest.raises(JudappError, match="DBF-004"):
        restore(made, file.path, clock)
    with pytest.raises(JudappError, match="DBF-007"):
        restore(made.with_name("none"), file.path, clock)
    assert file.path.read_bytes() == before
    assert sorted(file.path.parent.iterdir()) == sorted([file.path, made.parents[1]])


def test_an_open_target_is_not_replaced(file: DataFile, made: Path) -> None:
    before = holds(file)
    with pytest.raises(JudappError, match="DBF-002"):
        restore(made, file.path, clock)
    assert holds(file) == before
    assert sorted(file.path.parent.glob("*.sqlite*")) == sorted([file.path, *companions(file.path)[:2]])


def test_a_folder_is_no_target(made: Path, tmp_path: Path) -> None:
    with pytest.raises(JudappError, match="DBF-006"):
        restore(made, tmp_path, clock)


def replace_but(name: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renaming works, but for the last step, to ``name``."""
    replace = Path.replace

    def die(self: Path, target: Path) -> Path:
        if target == name:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", die)


def test_a_crash_while_restoring_leaves_the_old_file(
    file: DataFile, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the very last step the target stands under its name."""
    put_figure(file, 1, A, 99)
    before = holds(file)
    file.close()
    replace_but(file.path, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        restore(made, file.path, clock)
    with DataFile.open(file.path) as still:
        assert holds(still) == before


def test_restoring_where_the_system_knows_no_links(
    file: DataFile, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    file.close()
    aside = restore(made, file.path, clock)
    assert aside is not None
    with DataFile.open(aside, read_only=True) as old, DataFile.open(file.path) as restored:
        assert holds(old) == holds(restored)
    before = file.path.read_bytes()
    replace_but(file.path, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        restore(made, file.path, clock)
    assert file.path.read_bytes() == before


def test_a_target_on_a_disk_that_cannot_be_written(
    file: DataFile, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.close()
    connect = sqlite3.connect

    def read_only(name: object, *args: object, **how: object) -> sqlite3.Connection:
        connection = connect(name, *args, **how)  # type: ignore[call-overload]
        if name == file.path:
            connection.execute("pragma query_only = on")
        return connection  # type: ignore[no-any-return]

    with behind_its_back(file.path) as connection:
        connection.execute("pragma journal_mode = wal")
    monkeypatch.setattr(sqlite3, "connect", read_only)
    with pytest.raises(JudappError, match=r"DBF-00[25]"):
        restore(made, file.path, clock)
