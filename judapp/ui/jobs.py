"""Work away from the window's thread: one worker owns the data file, results come back as signals.

The data file belongs to the thread that opened it, so there is one worker and one queue: acts happen in the
order they were asked for. No widget is touched there; what a work returns is plain data.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

_STEP_EVERY = 0.05
"""Seconds between two reports of progress: more would only fill the window's queue."""
_WAY = 0.05
"""Seconds the worker gives way at most before it begins what is next."""
_REPAINTED = 5
"""Milliseconds after a key within which the window has shown what it means."""
_TURN = 0.0005
"""Seconds a thread that wants the interpreter waits for it: Python's own 5 ms are felt at every key."""


class Cancelled(Exception):
    """The person asked to stop; raised inside the work at its next step, so that nothing is half done."""


class Task(QObject):
    """A long work as the window sees it: how far it is, and the wish to stop it."""

    stepped = Signal(int, int, str)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._told = 0.0

    def step(self, done: int, total: int, name: str) -> None:
        """Report from within the work; raises :class:`Cancelled` when it shall stop."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._told >= _STEP_EVERY:
            self._told = now
            self.stepped.emit(done, total, name)

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class _Ordered(NamedTuple):
    """One work in the queue and where its answer goes."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[BaseException], None]


class Worker(QObject):
    """The thread that owns the data file."""

    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Ordered | None] = queue.SimpleQueue()
        self._pending = 0
        self._closed = False
        self._way = threading.Event()
        self._way.set()
        self._repainted = QTimer(self, singleShot=True, interval=_REPAINTED)
        self._repainted.timeout.connect(self._way.set)
        sys.setswitchinterval(_TURN)
        # Queued, because the sender emits in the worker's thread and widgets live in the window's.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="data file", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a work waits, runs, or its answer is on the way."""
        return self._pending > 0

    def order(
        self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Put a work into the queue; exactly one of ``then`` and ``failed`` is called in this thread."""
        self._pending += 1
        self._queue.put(_Ordered(work, then, failed))

    def give_way(self) -> None:
        """Begin nothing until the window did what it is about to do: a key shows its figure first."""
        self._way.clear()
        self._repainted.start()

    def flush(self, seconds: float | None = None) -> None:
        """Wait until everything ordered so far is done, or ``seconds`` are over, and deliver the answers.

        Keys that come meanwhile are not lost: they are dealt with afterwards.
        """
        if self._closed:
            return
        done = threading.Event()
        self._way.set()
        self.order(done.set, lambda _: None, lambda _: None)
        done.wait(seconds)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def close(self) -> None:
        """Do what was ordered, then end the thread; answers are no longer delivered."""
        if not self._closed:
            self._closed = True
            self._way.set()
            self._answered.disconnect(self._deliver)
            self._queue.put(None)
            self._thread.join()
            self._pending = 0

    def _run(self) -> None:
        while (ordered := self._queue.get()) is not None:
            self._way.wait(_WAY)
            try:
                result = ordered.work()
            except BaseException as error:  # noqa: BLE001  # told in the window's thread, never swallowed
                self._answered.emit(ordered.failed, error, None)
            else:
                self._answered.emit(ordered.then, result, None)

    @Slot(object, object, object)
    def _deliver(self, receive: Callable[[Any], None], answer: Any, _: object) -> None:
        self._pending -= 1
        receive(answer)
