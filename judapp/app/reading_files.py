"""Reading files in processes of their own, as many as there are cores; a bad file costs one finding.

:class:`Readers` is given to ``importing.preview``. It starts nothing before the first file and keeps one
process warm between two readings. A file that takes too long, too much memory or crashes its process is one
refused candidate; the process is replaced and the others go on.
"""

from __future__ import annotations

import logging
import os
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec
from msgspec import Struct

from judapp.app.import_candidates import REJECTED, Candidate, Decision, Wish
from judapp.app.import_matching import Recogniser
from judapp.app.reading_child import Arrived, Child
from judapp.app.reading_frames import (
    FAULT,
    TOO_LARGE,
    Begin,
    End,
    Found,
    Ready,
    Reply,
    Sent,
    job,
    received,
    reply,
)
from judapp.errors import JudappError

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace

_log = logging.getLogger(__name__)

Tick = Callable[[int, Path], object]
"""Called many times a second with the files done and the one waited for; may raise to stop."""

_TICK = 0.1
"""Seconds between two looks at the clock."""
_AHEAD = 2
"""Jobs a process has at once: it never waits while the program takes in what it found."""
_START = 60.0
"""Seconds a process may take to start: an office machine's disk and virus scanner are slow."""
_FEW = 24
"""Files one process is done with before another one would have started."""


class Limits(Struct, frozen=True):
    """What reading may take."""

    seconds: float = 10.0
    """Time of one file."""
    memory: int = 768 << 20
    """Bytes one process may take to read files."""
    processes: int = 4


class FileJob(Struct, frozen=True):
    """A file to read and what was decided about its worksheets."""

    path: Path
    decisions: Mapping[str, Decision]

    @property
    def named(self) -> dict[tuple[Path, str], Decision]:
        """The decisions by file and worksheet."""
        return {(self.path, sheet): decision for sheet, decision in self.decisions.items()}


class Readers:
    """Processes that read files. Use it in a ``with``, or :meth:`close` it; one reading at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._warm: Child | None = None
        self._working: list[Child] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process at once; a reading in another thread ends with a ``RuntimeError``."""
        self._closed = True
        warm, self._warm = self._warm, None
        for child in (*([warm] if warm else []), *self._working):
            child.kill()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that run."""
        return tuple(child.process.pid for child in (*filter(None, [self._warm]), *self._working))

    def read(
        self, workspace: Workspace, jobs: Sequence[FileJob], wish: Wish, tick: Tick
    ) -> Iterator[list[Candidate]]:
        """The candidates of every job, in the jobs' order.

        Raises what ``tick`` raises, and the ``JudappError`` that concerns all files. Where no process can be
        started the files are read here.
        """
        reading = _Reading(self, workspace, jobs, wish, tick)
        try:
            yield from reading.run()
        finally:
            self._end()

    def _child(self, arrived: queue.SimpleQueue[Arrived], begin: Begin) -> Child | None:
        """A process that begins a reading; None where none can be started."""
        warm, self._warm = self._warm, None
        try:
            child = warm if warm is not None and warm.begins(begin, arrived) else None
            child = child or Child(begin, arrived, self.limits.memory)
        except OSError:
            return None
        self._working.append(child)
        return child

    def _lose(self, child: Child) -> None:
        child.kill()
        self._working.remove(child)

    def _end(self) -> None:
        """Keep one process that has nothing left to do, end the others."""
        for child in list(self._working):
            self._working.remove(child)
            kept = self._warm is None and not self._closed and child.idle and child.send(End())
            if kept:
                self._warm = child
            else:
                child.kill()


class _Reading:
    """One reading: which file is with which process, and what came back."""

    def __init__(
        self, readers: Readers, workspace: Workspace, jobs: Sequence[FileJob], wish: Wish, tick: Tick
    ) -> None:
        self.readers, self.workspace, self.jobs, self.wish, self.tick = readers, workspace, jobs, wish, tick
        limits = readers.limits
        path = os.fsencode(workspace.file.path.absolute())
        self.begin = Begin(path, wish, limits.memory, limits.seconds)
        self.arrived: queue.SimpleQueue[Arrived] = queue.SimpleQueue()
        self.waiting = deque(range(len(jobs)))
        self.found: dict[int, list[Candidate]] = {}
        cores = 1 if len(jobs) <= _FEW else max(2, os.cpu_count() or 1)
        self.wanted = min(limits.processes, cores, len(jobs))
        self.startable = True
        self.decisions: dict[tuple[Path, str], Decision] = {}
        self.told: set[str] = set()

    @cached_property
    def recogniser(self) -> Recogniser:
        """What reads here, where no process can be started."""
        return Recogniser(self.workspace, self.wish, self.decisions)

    def run(self) -> Iterator[list[Candidate]]:
        shown = 0
        while shown < len(self.jobs):
            if self.readers._closed:
                raise RuntimeError("closed")
            self.tick(shown + len(self.found), self.jobs[shown].path)
            self._feed()
            if self.readers._working:
                self._take()
            else:  # no process can be started
                at = self.waiting.popleft()
                self.found[at] = self._here(at)
            while shown in self.found:
                yield self.found.pop(shown)
                shown += 1

    def _feed(self) -> None:
        """Start processes as long as more are wanted, and give each enough to do."""
        working = self.readers._working
        while (
            self.startable
            and self.waiting
            and len(working) < min(self.wanted, len(self.waiting) + len(working))
        ):
            if self.readers._child(self.arrived, self.begin) is None:
                self.startable = False
        for _ in range(_AHEAD):
            for child in working:
                if self.waiting and child.ready and len(child.flying) < _AHEAD:
                    at = self.waiting.popleft()
                    child.give(at, job(self.jobs[at].path, tuple(self.jobs[at].decisions.items())))

    def _take(self) -> None:
        """Wait for the next reply, or for the clock."""
        try:
            child, content = self.arrived.get(timeout=_TICK)
        except queue.Empty:
            self._look_at_clock()
            return
        if child not in self.readers._working:  # the last words of one that was ended
            return
        if content is None:
            self._lost(child, "FIL-010")
            return
        child.heard = time.monotonic()
        try:
            self._understand(child, reply(content))
        except (msgspec.MsgspecError, ValueError, TypeError, LookupError):
            self._lost(child, "FIL-010")
        self._look_at_clock()

    def _understand(self, child: Child, said: Reply) -> None:
        if isinstance(said, Ready):
            child.ready = True
        elif isinstance(said, Found):
            at = child.flying.popleft()
            try:
                self.found[at] = [self._whole(one, self.jobs[at], child) for one in said.sent]
            except KeyError:  # a unit or form that came into the data file meanwhile
                self.found[at] = self._here(at)
        elif not child.ready:  # it cannot open the data file: this process can, so it reads
            self._cannot_start(child)
        elif said.code == TOO_LARGE:
            self._lost(child, "FIL-009")
        elif said.code == FAULT:
            if said.trace not in self.told:  # once, however many files meet it
                self.told.add(said.trace)
                _log.error("%s", said.trace)
            self._refuse(child.flying.popleft(), "FIL-010")
        else:
            raise JudappError(said.code, **said.params)

    def _whole(self, arrived: Sent, job: FileJob, child: Child) -> Candidate:
        """The candidate with the form version and unit of this process."""
        candidate = received(arrived, job.path, child.layouts)
        if arrived.version is not None:
            candidate.version = self.workspace.version(arrived.version)
        if arrived.unit is not None:
            candidate.unit = self.workspace.units[arrived.unit]
        return candidate

    def _look_at_clock(self) -> None:
        now = time.monotonic()
        for child in list(self.readers._working):
            silent = now - child.heard
            if not child.ready and silent > _START:
                self._cannot_start(child)
            elif child.flying and silent > self.readers.limits.seconds:
                self._lost(child, "FIL-008")

    def _lost(self, child: Child, code: str) -> None:
        """A process ended, or is ended now: its file is refused, the one behind goes to another process."""
        if not child.ready:
            self._cannot_start(child)
            return
        behind = list(child.flying)
        self.readers._lose(child)
        if behind:
            self._refuse(behind[0], code)
            self.waiting.extendleft(reversed(behind[1:]))

    def _cannot_start(self, child: Child) -> None:
        self.startable = False
        self.waiting.extendleft(reversed(child.flying))
        self.readers._lose(child)

    def _refuse(self, at: int, code: str) -> None:
        refused = Candidate(self.jobs[at].path, status=REJECTED)
        limits = self.readers.limits
        refused.say(code, seconds=round(limits.seconds), megabytes=limits.memory >> 20)
        self.found[at] = [refused]

    def _here(self, at: int) -> list[Candidate]:
        self.decisions.clear()
        self.decisions.update(self.jobs[at].named)
        return self.recogniser.candidates(self.jobs[at].path)
