"""The practice province for use cases: made once a module, copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.workspace import Workspace
from tests.practice_sheets import practice_file


@pytest.fixture(scope="module")
def practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice file, made once; nobody changes it."""
    path = tmp_path_factory.mktemp("practice") / "a.sqlite"
    with practice_file(path):
        return path


@pytest.fixture
def practice(practice_made: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(practice_made, tmp_path / "a.sqlite"))) as workspace:
        yield workspace
