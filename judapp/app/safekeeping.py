"""Copies that can be trusted, and proof that the file can be."""

from __future__ import annotations

from pathlib import Path

from judapp.store import backup as stored_backup
from judapp.store import verify as stored_verify
from judapp.store.database import DataFile


def backup(path: Path, to: Path | None) -> Path:
    """A checked copy of the data file at ``path`` in ``to`` (default: a folder beside it); where it is."""
    with DataFile.open(path, read_only=True) as file:
        return stored_backup.backup(file, to or path.with_name(f"{path.stem}.backups"))


def restore(source: Path, to: Path) -> Path | None:
    """Put the checked backup ``source`` in the place of ``to``; returns where the present file was kept."""
    return stored_backup.restore(source, to)


def verify(path: Path, *, deep: bool) -> list[stored_verify.Problem]:
    """What is wrong with the file; nothing if it can be trusted (promise 5)."""
    with DataFile.open(path, read_only=True) as file:
        return stored_verify.verify(file, deep=deep)
