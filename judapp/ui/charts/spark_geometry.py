"""Where the marks of a spark line stand: plain numbers, no Qt, one unit a pixel.

The axis begins at 0, so that a line without an axis beside it does not make much of little. A round without a
figure is a gap no line leads over; what may not be held against one another is not joined either.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from judapp.ui.charts.bullet_geometry import Box

RADIUS = 2.5
LAST = 3.5
"""Radius of the round shown: it is the one the others are held against."""


class Mark(Struct, frozen=True):
    """One round of a series, oldest first."""

    value: float | None
    """None where there is none."""
    final: bool = True
    joined: bool = False
    """Whether the line from the one before leads here."""
    turn: bool = False
    """Whether something changed between the one before and this one."""
    remit: bool = False
    """Whether the round lies outside the remit."""


class Dot(Struct, frozen=True):
    """The place of one figure."""

    x: float
    y: float
    radius: float
    final: bool


class Stroke(Struct, frozen=True):
    """A line between two figures; dashed where one of them is preliminary."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool


class SparkShape(Struct, frozen=True):
    """The marks of one spark line."""

    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    turns: tuple[float, ...]
    """Where an upright dashed line tells a change."""
    gaps: tuple[float, ...]
    """Where "…" tells that a figure is missing."""
    remits: tuple[Box, ...]
    """Where hatching tells that nobody was competent."""
    zero: float
    """Where 0 is."""


def shape(area: Box, marks: Sequence[Mark]) -> SparkShape:
    """The marks of a series in ``area``; the first stands at its left edge, the last at its right one."""
    inner = Box(area.x + LAST, area.y + LAST, area.width - 2 * LAST, area.height - 2 * LAST)
    known = [mark.value for mark in marks if mark.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    reach = high - low

    def height(value: float) -> float:
        return inner.bottom - (inner.height * (value - low) / reach if reach else 0.0)

    dots, strokes, turns, gaps, remits = [], [], [], [], []
    step = inner.width / (len(marks) - 1) if len(marks) > 1 else 0.0
    before: Dot | None = None
    for at, mark in enumerate(marks):
        x = places(area, len(marks))[at]
        if mark.turn and at:
            turns.append(x - step / 2)
        if mark.value is None:
            before = None
            if mark.remit:
                remits.append(_band(area, x, step))
            else:
                gaps.append(x)
            continue
        dot = Dot(x, height(mark.value), LAST if at == len(marks) - 1 else RADIUS, mark.final)
        if before is not None and mark.joined:
            strokes.append(Stroke(before.x, before.y, dot.x, dot.y, not (before.final and dot.final)))
        dots.append(dot)
        before = dot
    return SparkShape(
        tuple(dots), tuple(strokes), tuple(turns), tuple(gaps), tuple(remits), height(max(low, 0.0))
    )


def places(area: Box, count: int) -> tuple[float, ...]:
    """Where each of ``count`` rounds stands from left to right; one alone stands at the right edge."""
    left, width = area.x + LAST, area.width - 2 * LAST
    if count == 1:
        return (left + width,)
    return tuple(left + width * at / (count - 1) for at in range(count))


def nearest(area: Box, count: int, x: float) -> int:
    """Which of ``count`` rounds is under ``x``."""
    found = places(area, count)
    return min(range(count), key=lambda at: abs(found[at] - x))


def _band(area: Box, x: float, step: float) -> Box:
    left, right = max(area.x, x - step / 2), min(area.right, x + step / 2)
    return Box(left, area.y, max(2.0, right - left), area.height)
