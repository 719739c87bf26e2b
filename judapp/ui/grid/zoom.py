"""How large grids are shown: the steps of the wheel and of the list, and the one chosen last."""

from __future__ import annotations

from judapp.ui.grid.look import LEAST, MOST, USUAL
from judapp.ui.settings import settings

LEVELS = (LEAST, 80, 90, USUAL, 125, 150, MOST)
"""Percent, as spreadsheets offer them."""


def next_level(now: int, by: int) -> int:
    """The step above (``by`` 1) or below (-1) a zoom, the same where there is none."""
    if by > 0:
        return next((level for level in LEVELS if level > now), now)
    return next((level for level in reversed(LEVELS) if level < now), now)


def kept_zoom() -> int:
    """The zoom chosen last, 100 where there is none."""
    kept = str(settings().value("zoom", USUAL))
    return min(max(int(kept), LEAST), MOST) if kept.isdecimal() else USUAL


def keep_zoom(percent: int) -> None:
    """Remember a zoom for the next start."""
    settings().setValue("zoom", percent)
