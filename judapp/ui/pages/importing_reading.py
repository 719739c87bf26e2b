"""Reading files in the worker: rows appear as they are read, a second reading waits for the first to end."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from judapp.errors import JudappError
from judapp.ui.pages.importing_progress import ImportJob
from judapp.ui.session import Session
from judapp.ui.texts import language

if TYPE_CHECKING:
    from judapp.app.import_view import FileRow
    from judapp.app.importing import Candidate, Wish
    from judapp.app.workspace import Workspace
    from judapp.ui.jobs import Task

    Seen = Callable[[Sequence[Candidate]], object]
    Work = Callable[[Workspace, Wish, Callable[[int, int, str], None], Seen], Sequence[Candidate]]

_TOLD_EVERY = 0.1
"""Seconds between rows that appear while files are read."""


class Reading(Struct, frozen=True):
    """What a preview brought: candidates for the worker alone, rows for the window."""

    found: Sequence[Candidate] = ()
    rows: tuple[FileRow, ...] = ()


class _News(QObject):
    """Carries rows from the worker's thread into the window's."""

    came = Signal(object)


class Reader(QObject):
    """One reading at a time."""

    arrived = Signal(object)
    """Rows of files just read."""
    came = Signal(object)
    """A whole :class:`Reading`."""
    stopped = Signal(object)
    """The ``JudappError`` that ended a reading, or None where a person did."""

    def __init__(self, parent: QObject, session: Session, job: ImportJob) -> None:
        super().__init__(parent)
        self._session = session
        self._job = job
        self._task: Task | None = None
        self._forgotten = False
        self._next: tuple[Work, int | None] | None = None
        self._news = _News()

    @property
    def busy(self) -> bool:
        """Whether something is being read that somebody waits for."""
        return self._next is not None or (self._task is not None and not self._forgotten)

    def read(self, paths: Sequence[Path], beside: Sequence[Candidate]) -> None:
        """Read workbooks and folders, beside those read before; rows appear behind the ones of these."""

        def work(
            workspace: Workspace, wish: Wish, step: Callable[[int, int, str], None], seen: Seen
        ) -> Sequence[Candidate]:
            from judapp.app.importing import preview

            return preview(workspace, paths, wish, step, seen, beside, self._session.readers())

        self._order(work, len(beside))

    def read_again(self, found: Sequence[Candidate]) -> None:
        """Read the same files anew, with what was decided about them; rows change when all are read."""

        def work(
            workspace: Workspace, wish: Wish, step: Callable[[int, int, str], None], seen: Seen
        ) -> Sequence[Candidate]:
            from judapp.app.importing import read_again

            return read_again(workspace, found, wish, step, seen, self._session.readers())

        self._order(work, None)

    def forget(self) -> None:
        """Stop reading; nobody waits for it any more."""
        self._next = None
        if self._task is not None:
            self._forgotten = True
            self._task.cancel()

    def _order(self, work: Work, first: int | None) -> None:
        if self._task is not None:
            self._next = (work, first)
        else:
            self._start(work, first)

    def _start(self, work: Work, first: int | None) -> None:
        lang, period = language(), self._session.period
        news = self._news = _News()
        news.came.connect(self._tell)

        def read(workspace: Workspace, task: Task) -> Reading:
            from judapp.app.import_view import file_rows
            from judapp.app.importing import Wish

            fresh: list[Candidate] = []
            told, told_at = 0, time.monotonic()

            def seen(of_file: Sequence[Candidate]) -> None:
                nonlocal told, told_at
                fresh.extend(of_file)
                if first is not None and time.monotonic() - told_at >= _TOLD_EVERY:
                    news.came.emit(file_rows(workspace, fresh[told:], lang, first + told))
                    told, told_at = len(fresh), time.monotonic()

            found = work(workspace, Wish(period=period), task.step, seen)
            return Reading(found, file_rows(workspace, found, lang))

        def end() -> bool:
            if not shiboken6.isValid(self):
                return False
            wanted, self._task, self._forgotten = not self._forgotten, None, False
            if self._next is not None:
                (following, at), self._next = self._next, None
                self._start(following, at)
                return False
            return wanted

        def then(result: Reading) -> None:
            if end():
                self.came.emit(result)

        def failed(error: JudappError) -> None:
            if end():
                self.stopped.emit(error)

        def cancelled() -> None:
            if end():
                self.stopped.emit(None)

        self._task = self._session.long(read, then, failed, cancelled)
        self._job.read(self._task)

    def _tell(self, rows: tuple[FileRow, ...]) -> None:
        if self._task is not None and not self._forgotten and self.sender() is self._news:
            self.arrived.emit(rows)
