"""Data files for use cases, made once a module, copied for every test: the practice province, a new file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.founding import new_file
from judapp.app.workspace import Workspace
from tests.practice_sheets import practice_file
from tests.rooms import Office, clerk_file
from tests.unit_list_case import TODAY


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


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("nghe-an") / "nghe-an.sqlite"
    new_file(path, "40", TODAY).close()
    return path


@pytest.fixture
def nghe_an(founded: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(founded, tmp_path / "nghe-an.sqlite"))) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def untouched(founded: Path) -> Iterator[Workspace]:
    """For tests that write nothing."""
    with Workspace.open(founded, read_only=True) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def clerk_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The statistics clerk's file with two rooms, made once; nobody changes it."""
    return clerk_file(tmp_path_factory.mktemp("rooms") / "clerk.sqlite")


@pytest.fixture
def office(clerk_made: Path, tmp_path: Path) -> Iterator[Office]:
    """That file, and what a room does on its own PC."""
    both = Office(clerk_made, tmp_path)
    yield both
    both.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The practice file, open."""
    with practice_file(tmp_path / "a.sqlite") as made:
        yield made
