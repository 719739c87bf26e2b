"""Cyclic garbage is collected in the window's thread only.

Python collects wherever the next object is made, also in the worker; a widget that dies there takes the
program down with it. So automatic collection is off while there is a window, and a timer does it here.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks at what has gathered."""


class GarbageCollector(QObject):
    """Collects as Python would, but in the thread it lives in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations that have gathered enough."""
        young, middle, old = gc.get_count()
        thresholds = gc.get_threshold()
        if young <= thresholds[0]:
            return
        generation = 0
        if middle > thresholds[1]:
            generation = 2 if old > thresholds[2] else 1
        gc.collect(generation)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was:
            gc.enable()
