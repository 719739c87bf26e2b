"""How far reading or writing is: file, count, and a time left that does not jump about."""

from __future__ import annotations

import time

from PySide6.QtCore import Slot

from judapp.ui.jobs import Task
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import JobLine

_BEFORE = 1.0
"""Seconds of work before a time left is worth saying."""
_LEAST = 3
_GROWS = 1.25
"""How many times longer than said a work must turn out before more is said: less is said at once."""


class TimeLeft:
    """Seconds a work still takes, from what it did so far; what is said only shrinks, but for good reason."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None
        self._said: tuple[float, float] | None = None

    def after(self, done: int, total: int, now: float) -> float | None:
        """The seconds left at ``now`` (any clock), None while nothing can be said."""
        if self._first is None:
            if done:  # what is needed before the first one tells nothing about the others
                self._first = now, done
            return None
        begun, before = self._first
        if now - begun < _BEFORE or done - before < _LEAST:
            return None
        left = (now - begun) / (done - before) * (total - done)
        if self._said is not None:
            then, said = self._said
            counted = max(0.0, said - (now - then))
            if counted <= left <= max(counted * _GROWS, counted + 2):
                left = counted
        self._said = now, left
        return left


def left_words(seconds: float) -> str:
    """“4 giây”, “25 giây”, “3 phút”: no more exact than it is known."""
    if seconds < 10:
        return t("IMD-seconds", n=max(1, round(seconds)))
    if seconds < 90:
        return t("IMD-seconds", n=5 * round(seconds / 5))
    return t("IMD-minutes", n=round(seconds / 60))


class ImportJob(JobLine):
    """The line below the list while files are read, or figures written."""

    def __init__(self) -> None:
        super().__init__()
        self._left = TimeLeft()
        self._writes = False

    def read(self, task: Task) -> None:
        """Follow a reading."""
        self._begin(task, t("IMW-reading"), writes=False)

    def write(self, task: Task) -> None:
        """Follow the writing of figures: it can be stopped until all are in, and nothing is written then."""
        self._begin(task, t("IMW-writing"), writes=True)

    def _begin(self, task: Task, words: str, *, writes: bool) -> None:
        self._left, self._writes = TimeLeft(), writes
        self.follow(task, words)

    @Slot(int, int, str)
    def _step(self, done: int, total: int, name: str) -> None:
        from judapp.messages import write

        if self._task is None or self._task.cancelled:
            return
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        counted = {"done": write(done, language()), "total": write(total, language()), "name": name}
        left = self._left.after(done, total, time.monotonic())
        if self._writes and done >= total:
            self.bar.setRange(0, 0)
            self.stop.setEnabled(False)
            self.words.say(t("IMD-committing"))
        elif done == 0 and not self._writes:
            self.words.say(t("IMD-finding", **counted))
        elif left is None or left < 1:
            self.words.say(t("IMD-writing" if self._writes else "IMD-reading", **counted))
        else:
            code = "IMD-writing-left" if self._writes else "IMD-reading-left"
            self.words.say(t(code, **counted, left=left_words(left)))
