"""Where the marks of a bullet bar stand: plain numbers, no Qt, one unit a pixel."""

from __future__ import annotations

from msgspec import Struct

HEIGHT = 20.0
"""Height of a bar with its target line."""
BAND = 10.0
"""Height of the track and of the value's bar."""
LINE_WIDTH, LINE_HEIGHT = 2.0, 18.0
RADIUS = 5.0
"""Of the circle that marks the same period."""
ARROW = 5.0
"""Height of the small triangle that tells a strict target."""
LABEL_GAP = 2.0


class Box(Struct, frozen=True):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


class Shape(Struct, frozen=True):
    """The marks of one bar; None where there is nothing to mark."""

    track: Box
    value: Box | None
    target: Box | None
    due: Box | None
    """The share of the level that is due by now: a second, dashed line."""
    same_period: tuple[float, float] | None
    """Centre of the circle."""
    arrow: tuple[tuple[float, float], ...]
    """The corners of the triangle at a strict target, none for another one."""
    label: Box | None
    """Where the level is written, above its line; None where there is no room."""


def shape(
    area: Box,
    *,
    end: float,
    value: float | None = None,
    level: float | None = None,
    due: float | None = None,
    same_period: float | None = None,
    operator: str = "",
    label: tuple[float, float] | None = None,
) -> Shape:
    """The marks of a bar on an axis from 0 to ``end``, drawn in ``area``.

    Nothing leaves the track: what lies beyond the axis stands at its end. ``label`` is the size of the
    level's text; the bar goes to the foot of the area where there is room for it above, else to its middle.
    """
    room = label is not None and level is not None and area.height >= HEIGHT + LABEL_GAP + label[1]
    top = area.bottom - HEIGHT if room else area.y + (area.height - HEIGHT) / 2
    track = Box(area.x, top + (HEIGHT - BAND) / 2, area.width, BAND)
    target = None if level is None else _line(track, level, end)
    return Shape(
        track=track,
        value=None if value is None else Box(track.x, track.y, _along(track, value, end) - track.x, BAND),
        target=target,
        due=None if due is None else _line(track, due, end),
        same_period=None if same_period is None else (_centre(track, same_period, end), track.middle),
        arrow=_arrow(target, track, operator) if target else (),
        label=_label(area, target, label, top) if room and target and label else None,
    )


def _along(track: Box, amount: float, end: float) -> float:
    share = amount / end if end > 0 else 0.0
    return track.x + track.width * min(1.0, max(0.0, share))


def _line(track: Box, amount: float, end: float) -> Box:
    left = _along(track, amount, end) - LINE_WIDTH / 2
    left = min(track.right - LINE_WIDTH, max(track.x, left))
    return Box(left, track.middle - LINE_HEIGHT / 2, LINE_WIDTH, LINE_HEIGHT)


def _centre(track: Box, amount: float, end: float) -> float:
    return min(track.right - RADIUS, max(track.x + RADIUS, _along(track, amount, end)))


def _arrow(target: Box, track: Box, operator: str) -> tuple[tuple[float, float], ...]:
    """A triangle at the head of the line that points to where a strict target is met."""
    if operator not in (">", "<"):
        return ()
    forward = operator == ">"
    foot = target.right if forward else target.x
    tip = foot + ARROW if forward else foot - ARROW
    tip = min(track.right, max(track.x, tip))
    return ((foot, target.y), (tip, target.y + ARROW / 2), (foot, target.y + ARROW))


def _label(area: Box, target: Box, size: tuple[float, float], top: float) -> Box:
    width, height = size
    left = target.x + target.width / 2 - width / 2
    left = max(area.x, min(area.right - width, left))
    return Box(left, top - LABEL_GAP - height + 1, width, height)
