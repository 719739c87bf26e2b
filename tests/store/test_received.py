"""What came in for a round is told from the history: what was taken back never came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.workspace import Workspace
from judapp.store import history, received
from tests import board_world as world


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with world.province(tmp_path / "a.sqlite") as opened:
        yield opened


def test_a_file_that_was_taken_back_did_not_come_and_comes_again_with_the_redo(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[0]
    version = workspace.version_for(world.BASE, world.H1)
    stored = workspace.stored(version.id, office.uid, world.H1)
    assert stored is not None

    def came() -> list[str]:
        return [a.name for a in received.of_period(workspace.file, world.H1)[stored.id].arrivals]

    world.imported(workspace, world.sent(workspace, office, world.figures(9), tmp_path / "sửa.xlsx"))
    assert came() == ["van phong 1.xlsx", "sửa.xlsx"]
    workspace.undo()
    assert came() == ["van phong 1.xlsx"]
    workspace.redo()
    assert came() == ["van phong 1.xlsx", "sửa.xlsx"]
    world.typed(workspace, office, {"c13": 5}, world.LATE)
    assert came() == ["van phong 1.xlsx", "sửa.xlsx", ""]


def test_of_the_acts_by_hand_the_first_and_the_newest_are_told(workspace: Workspace) -> None:
    office = world.offices(workspace)[1]
    version = workspace.version_for(world.BASE, world.H1)
    stored = workspace.stored(version.id, office.uid, world.H1)
    assert stored is not None
    for value in (1, 2, 3):
        world.typed(workspace, office, {"c13": value}, world.LATE)
    found = received.of_period(workspace.file, world.H1)[stored.id]
    assert [arrival.at for arrival in found.arrivals] == [world.IN_TIME, world.LATE]
    assert found.imported is None
    assert found.answered == world.COLUMNS


def test_what_changed_since_an_operation_is_told_newest_first(workspace: Workspace) -> None:
    office = world.offices(workspace)[1]
    version = workspace.version_for(world.BASE, world.H1)
    stored = workspace.stored(version.id, office.uid, world.H1)
    assert stored is not None
    before = int(workspace.file.meta("ops") or 0)
    assert history.with_hash(workspace.file, workspace.file.meta("head") or "") == before
    assert history.with_hash(workspace.file, "00" * 32) is None
    world.typed(workspace, office, {"c13": 1}, world.IN_TIME)
    world.typed(workspace, office, {"c14": 2}, world.LATE)
    found = received.changed_since(workspace.file, before, [stored.id])
    assert [arrival.at for arrival in found[stored.id]] == [world.LATE, world.IN_TIME]
    with pytest.raises(KeyError):
        received.bytes_of_file(workspace.file, 99)
    assert received.file_of_sheet(workspace.file, 99) is None
