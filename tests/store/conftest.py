"""A data file that is thrown away after the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.store.database import DataFile
from tests.store.helpers import found_province


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is; the folder has the letters of a real one."""
    folder = tmp_path / "Nguyễn Văn A" / "Sở TP (2026) 100% #1?"
    folder.mkdir(parents=True)
    return folder / "NgheAn.sqlite"


@pytest.fixture
def file(path: Path) -> Iterator[DataFile]:
    """A new, open data file."""
    with DataFile.create(path) as made:
        yield made


@pytest.fixture
def sheet(file: DataFile) -> int:
    """A sheet of a commune without figures, in a file that has units and a form."""
    return found_province(file)[1]
