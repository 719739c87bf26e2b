"""What need not be at once is done when typing pauses."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

PAUSE = 400
"""Milliseconds without a key or an act after which typing pauses."""


class _Later(Struct):
    """A work that waits for so many pauses in a row."""

    work: Callable[[], None]
    pauses: int
    left: int


class Pauses(QObject):
    """Works by name that wait until nobody typed for a while."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._later: dict[str, _Later] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._do_later)

    @property
    def stirring(self) -> bool:
        """Whether somebody is typing: something waits for the next pause."""
        return bool(self._later)

    def in_pause(self, name: str, work: Callable[[], None], *, pauses: int = 1) -> None:
        """Do ``work`` once typing paused so many times as long; one of the same ``name`` is dropped.

        It counts as work to do (``Session.busy``): whoever waits for the end of that waits for it too.
        """
        self._later[name] = _Later(work, pauses, pauses)
        self._pause.start()

    def stir(self) -> None:
        """Somebody is typing: what can wait waits on."""
        if self._later:
            for later in self._later.values():
                later.left = later.pauses
            self._pause.start()

    def pause_after(self, milliseconds: int) -> None:
        """Have so much quiet count as a pause in typing."""
        self._pause.setInterval(milliseconds)

    def forget_later(self) -> None:
        """Drop what waits: there is nothing left it could be about."""
        self._pause.stop()
        self._later.clear()

    def _do_later(self) -> None:
        for later in self._later.values():
            later.left -= 1
        ready = [name for name, later in self._later.items() if later.left <= 0]
        works = [self._later.pop(name).work for name in ready]
        if self._later:
            self._pause.start()
        for work in works:
            owner = getattr(work, "__self__", None)
            if not isinstance(owner, QObject) or shiboken6.isValid(owner):  # else its page is gone
                work()
