"""Promise 4: killing the process loses at most what is being typed; every act is whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp.app.workspace import Workspace
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from tests.torture.conftest import Say
from tests.torture.killing import (
    Told,
    command,
    copy_as_killed,
    examine,
    figures,
    moments,
    run_and_kill,
    states,
)
from tests.torture.paper import new_file, stack


def founded(place: Path) -> int:
    """A new file, closed; how many operations made it."""
    with new_file(place) as workspace:
        return int(workspace.file.meta("ops") or "")


def test_every_confirmed_cell_outlives_a_kill(
    place: Path, tmp_path: Path, thorough: bool, seed: int, say: Say
) -> None:
    """5,000 cells typed and pasted at the real window, killed 50 times (in the usual run fewer).

    After each kill the file left behind is opened as a copy: all that the window confirmed is there, what is
    beyond that is no more than the acts in flight, in their order; undo and redo work. The next typist goes
    on with the original, log and all.
    """
    cells, kills = (5_000, 50) if thorough else (150, 5)
    steps = stack(seed, cells)
    founding = founded(place)
    say(f"seed {seed}: {cells} cells in {len(steps)} acts, {kills} kills")
    done, beyond, log = 0, 0, tmp_path / "errors.txt"
    for at, death in enumerate(moments(seed, kills, len(steps))):
        more = ["--last", str(done + 3)] if death.closing else []
        more += ["--restless"] if at % 3 == 0 else []
        told = run_and_kill(command(place, seed, cells, done, *more), done, death, log)
        done = examine(copy_as_killed(place, tmp_path / "killed.sqlite"), steps, told, founding)
        beyond += done - told.saved
        say(f"killed {death}: {told.saved} confirmed, {done} in the file")
    told = run_and_kill(command(place, seed, cells, done), done, None, log)
    assert told.closed
    assert told.saved == len(steps)
    assert [part for part in companions(place) if part.exists()] == []  # promise 10: a closed file is one
    assert place.read_bytes()[18:20] == b"\1\1"
    assert examine(place, steps, told, founding) == len(steps)
    say(f"{len(steps)} acts there; of those in flight at a kill {beyond} were whole, the others absent")


def test_a_typist_who_waits_for_every_confirmation_loses_at_most_one(place: Path, tmp_path: Path) -> None:
    """What examine() would miss is missed by nothing: a lost cell, half a block, a wrong neighbour."""
    steps = stack(3, 60)
    founding = founded(place)
    told = run_and_kill(command(place, 3, 60, 0), 0, None, tmp_path / "errors.txt")
    block = next(at for at, step in enumerate(steps) if len(step.texts) > 1)
    [first, *_] = steps[block].texts
    for harm in (
        "delete from figure where tbl = ? and row = ? and col = ?",
        "update figure set value = value + 1 where tbl = ? and row = ? and col = ?",
    ):
        harmed = copy_as_killed(place, tmp_path / "harmed.sqlite")
        with Workspace.open(harmed) as workspace:
            workspace.file.run(harm, first)
            assert verify(workspace.file, deep=True)
        with pytest.raises(AssertionError):
            examine(harmed, steps, told, founding)
    with pytest.raises(AssertionError):
        examine(place, steps, Told(saved=len(steps) + 1, typing=len(steps) + 1), founding)
    with Workspace.open(place) as workspace:
        assert figures(workspace) == states(steps)[-1]
