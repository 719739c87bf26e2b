"""What one cell of a sheet holds: a number, or why there is none. Empty is never 0."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from msgspec import Struct


class State(IntEnum):
    """How a cell was answered. The values are stored in the data file and never change meaning."""

    EMPTY = 0
    """Chưa trả lời: nobody has answered yet."""
    NUMBER = 1
    NIL = 2
    """Không phát sinh: nothing occurred; counts as 0 and prints as the form wants ("-" or 0)."""
    PENDING = 3
    """Chưa có số liệu: not yet known; prints "…" and keeps what depends on it pending."""
    OUT_OF_REMIT = 4
    """Không thuộc thẩm quyền: left out of sums, never shown as 0."""
    UNREADABLE = 5
    """Text that is no figure, kept raw until somebody mends it."""
    TEXT = 6
    """A cell that holds words by definition (Ghi chú)."""


class Figure(Struct, frozen=True, gc=False):
    """One stored cell.

    ``value`` is an integer scaled by its column; ``estimate`` (same scale) is the part of it that is
    estimated, in preliminary rounds only, None when unknown. ``text`` is the raw text of an unreadable
    cell or the words of a text cell.
    """

    state: State
    value: int | None = None
    estimate: int | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        """Reject a figure whose parts contradict its state: such a one could only be our own fault."""
        if (self.state is State.NUMBER) != (self.value is not None):
            raise ValueError(f"{self.state.name} with value {self.value!r}")
        if self.estimate is not None and self.state is not State.NUMBER:
            raise ValueError(f"{self.state.name} with an estimated part")
        if (self.state in (State.UNREADABLE, State.TEXT)) != (self.text is not None):
            raise ValueError(f"{self.state.name} with text {self.text!r}")

    @property
    def answered(self) -> bool:
        """Whether somebody has said something about this cell."""
        return self.state is not State.EMPTY


EMPTY = Figure(State.EMPTY)
NIL = Figure(State.NIL)
PENDING = Figure(State.PENDING)
OUT_OF_REMIT = Figure(State.OUT_OF_REMIT)


@lru_cache(maxsize=20_000)  # most are small numbers that were met before
def number(value: int, estimate: int | None = None) -> Figure:
    """A figure holding ``value`` (scaled by its column), ``estimate`` of it estimated."""
    return Figure(State.NUMBER, value, estimate)


def unreadable(text: str) -> Figure:
    """A cell whose text is no figure; nothing of it is lost."""
    return Figure(State.UNREADABLE, text=text)


def words(text: str) -> Figure:
    """A text cell; an empty text is an empty cell."""
    return Figure(State.TEXT, text=text) if text else EMPTY
