"""Killing the typist at a random moment, and reading what is left of the file."""

from __future__ import annotations

import queue
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from judapp.app import desk
from judapp.app.workspace import Workspace
from judapp.domain.shape import CellKey
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from tests.torture.paper import Step

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds without a line after which the typist is taken for dead."""

State = Mapping[CellKey, int]


def command(file: Path, seed: int, cells: int, first: int, *more: str) -> list[str]:
    """The command line of a typist."""
    told = ["--seed", str(seed), "--cells", str(cells), "--first", str(first), *more]
    return [sys.executable, "-X", "faulthandler", "-m", "tests.torture.typist", str(file), *told]


class Death(msgspec.Struct, frozen=True):
    """When to kill: ``delay`` seconds after the ``lines``-th line, or after the window began to close."""

    lines: int
    delay: float
    closing: bool = False

    def near(self, told: Told) -> bool:
        """Whether the seconds are counted now."""
        return told.closing if self.closing else told.lines >= self.lines

    def __str__(self) -> str:
        """For the report."""
        when = "while closing" if self.closing else f"after line {self.lines}"
        return f"{when} + {self.delay * 1000:.1f} ms"


class Told(msgspec.Struct):
    """What a typist said before it ended."""

    saved: int
    """Acts the window said were saved."""
    typing: int
    """The last act that was begun."""
    closing: bool = False
    closed: bool = False
    lines: int = 0
    dying: float = 0.0
    """When it dies, once that is settled."""

    def hear(self, line: str) -> None:
        """Take in one line."""
        word, number = line.split()
        self.lines += 1
        if word == "saved":
            self.saved = int(number)
        elif word == "typing":
            self.typing = int(number)
        self.closing = self.closing or word == "closing"
        self.closed = word == "closed"


def run_and_kill(order: list[str], first: int, death: Death | None, log: Path) -> Told:
    """Run a typist and kill it when its time has come, or never.

    Everything it said is read to the end of the pipe: a line that was written counts even where the process
    was dead before anybody read it. Raises AssertionError where it ended by itself in another way.
    """
    told = Told(saved=first, typing=first)
    with log.open("ab") as errors:
        process = subprocess.Popen(order, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors)
    heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(process, heard), daemon=True)
    listener.start()
    killed = False
    try:
        while (line := _next_line(heard, told, None if killed else death)) != b"":
            if line is None:
                process.kill()
                killed = True
            else:
                told.hear(line.decode())
    finally:
        process.kill()
        code = process.wait()
        listener.join()
    assert killed or code == 0, f"exit {code}: {log.read_text('utf-8')[-3000:]}"
    return told


def _listen(process: subprocess.Popen[bytes], heard: queue.SimpleQueue[bytes]) -> None:
    assert process.stdout is not None  # it is a pipe
    with process.stdout as pipe:
        for line in pipe:
            heard.put(line)
    heard.put(b"")


def _next_line(heard: queue.SimpleQueue[bytes], told: Told, death: Death | None) -> bytes | None:
    """The next line, b"" at the end of the pipe, None when the moment of death has come."""
    if death is not None and death.near(told):
        until = told.dying or time.monotonic() + death.delay
        told.dying = until
        try:
            return heard.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return None
    return heard.get(timeout=PATIENCE)


def states(steps: Sequence[Step]) -> list[State]:
    """What stands in the sheet before the first act and after each."""
    found: list[State] = [{}]
    for step in steps:
        found.append({**found[-1], **{key: int(text) for key, text in step.texts.items()}})
    return found


def figures(workspace: Workspace) -> State:
    """What stands in the only sheet of the file; nothing but counts."""
    rows = workspace.file.rows("select tbl, row, col, state, value, est, text from figure")
    assert all((state, est, text) == (1, None, None) for *_, state, _, est, text in rows)
    return {(tbl, row, col): value for tbl, row, col, _, value, _, _ in rows}


def history_of_figures(workspace: Workspace) -> list[tuple[CellKey, int, int]]:
    """Every change that was ever written: cell, number, operation."""
    rows = workspace.file.rows("select tbl, row, col, v1, op from figure_change order by op, tbl, row, col")
    return [((tbl, row, col), value, op) for tbl, row, col, value, op in rows]


def examine(path: Path, steps: Sequence[Step], told: Told, founding: int) -> int:
    """See that the file holds every confirmed act, and each act whole or not at all; how many it holds.

    ``founding``: operations of the new file. Undo and redo of the last act are tried too, so it is best a
    copy.
    """
    with Workspace.open(path) as workspace:
        assert verify(workspace.file, deep=True) == []
        acts = int(workspace.file.meta("ops") or "") - founding
        assert told.saved <= acts <= told.typing, f"{acts} acts in the file, {told}"
        known = states(steps[:acts])
        assert figures(workspace) == known[-1]
        assert history_of_figures(workspace) == [
            (key, int(step.texts[key]), founding + at)
            for at, step in enumerate(steps[:acts], start=1)
            for key in sorted(step.texts)
        ]
        undoable = desk.undoable(workspace)
        assert [step.op_id - founding for step in undoable] == list(range(acts, max(0, acts - 20), -1))
        if acts:
            last = steps[acts - 1]
            words = f"Dán {len(last.texts)} ô" if last.kind == "paste" else "Nhập ô"
            assert words in undoable[0].label
            assert workspace.undo()[0] == undoable[0].label
            assert figures(workspace) == known[-2]
            workspace.redo()
            assert figures(workspace) == known[-1]
            assert verify(workspace.file, deep=True) == []
    return acts


def copy_as_killed(path: Path, to: Path) -> Path:
    """The file and its log as the killed process left them; the log's index is made anew by who opens."""
    for source, target in zip((path, companions(path)[0]), (to, companions(to)[0]), strict=True):
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copyfile(source, target)
    return to


def moments(seed: int, kills: int, acts: int) -> list[Death]:
    """When to kill, spread over all ``acts``: while the window opens, while it closes, most while typing."""
    draw = random.Random(seed)
    lines = int(2.2 * acts / kills) + 1
    """A line an act and one a burst, and half of the most on an average."""
    found = []
    for at in range(kills):
        if at % 10 == 1:
            found.append(Death(0, draw.uniform(0, 2)))
        elif at % 10 in (4, 7):
            found.append(Death(0, draw.uniform(0, 0.06), closing=True))
        else:
            found.append(Death(1 + draw.randint(1, lines), draw.uniform(0, 0.02)))
    return found
