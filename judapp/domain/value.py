"""Values while reckoning: an exact number, or why there is none (design: one table of missing values)."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from msgspec import Struct

from judapp.domain.figure import Figure, State
from judapp.domain.number import Rational, unscaled

Part = Literal["printed", "estimate", "actual"]
"""What of a figure is meant: all of it, its estimated part, or the rest."""


class Kind(Enum):
    """Why a value is or is not a number; later ones win over earlier ones when values are combined."""

    NUMBER = "number"
    OUT_OF_REMIT = "out_of_remit"
    """Left out of sums; a sum of nothing else is itself out of remit."""
    UNDEFINED = "undefined"
    """No rate: the denominator is 0."""
    EMPTY = "empty"
    """A part is not answered; relations with it are skipped, completeness tells."""
    PENDING = "pending"
    """A part is declared "chưa có số liệu"."""
    INCOMPARABLE = "incomparable"
    """Windows or forms that may not be reckoned with one another."""
    UNREADABLE = "unreadable"
    """A part holds text that is no figure."""


class Value(Struct, frozen=True):
    """An exact number, or the reason why there is none.

    ``so_far`` is the sum (or weighted average) of the parts that are known when the whole is not: to be shown
    as partial, never to be used as the value.
    """

    kind: Kind
    number: Rational | None = None
    so_far: Rational | None = None

    @property
    def known(self) -> bool:
        """Whether this is a number."""
        return self.kind is Kind.NUMBER


EMPTY = Value(Kind.EMPTY)
PENDING = Value(Kind.PENDING)
OUT_OF_REMIT = Value(Kind.OUT_OF_REMIT)
UNREADABLE = Value(Kind.UNREADABLE)
UNDEFINED = Value(Kind.UNDEFINED)
INCOMPARABLE = Value(Kind.INCOMPARABLE)

_GRAVITY = {kind: rank for rank, kind in enumerate(Kind)}
_WITHOUT_NUMBER = {
    State.EMPTY: EMPTY,
    State.PENDING: PENDING,
    State.OUT_OF_REMIT: OUT_OF_REMIT,
    State.UNREADABLE: UNREADABLE,
    State.TEXT: EMPTY,
}


def known(number: Rational) -> Value:
    """The value ``number``."""
    return Value(Kind.NUMBER, number)


def gravest(values: list[Value]) -> Kind:
    """The kind that decides a combination of ``values``; NUMBER for none at all."""
    return max((v.kind for v in values), key=_GRAVITY.__getitem__, default=Kind.NUMBER)


def graver(one: Value, other: Value) -> bool:
    """Whether ``one`` weighs more in a combination than ``other``."""
    return _GRAVITY[one.kind] > _GRAVITY[other.kind]


def value_of(figure: Figure, scale: int, part: Part = "printed") -> Value:
    """What ``figure`` of a column with ``scale`` decimals is worth in a reckoning.

    The estimated part and the actual one (the printed value less the estimated part) are EMPTY where no
    estimated part is stored.
    """
    if figure.state is State.NIL:
        return known(0)
    if figure.state is not State.NUMBER or figure.value is None:
        return _WITHOUT_NUMBER[figure.state]
    if part == "printed":
        return known(unscaled(figure.value, scale))
    if figure.estimate is None:
        return EMPTY
    return known(unscaled(figure.estimate if part == "estimate" else figure.value - figure.estimate, scale))
