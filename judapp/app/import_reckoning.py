"""A worksheet's figures reckoned through by themselves, no further than somebody asks.

Most totals of most forms add up whole numbers that the worksheet gives: those are added up here, one by one.
For anything else, and whatever is asked beyond a number, the whole sheet is reckoned as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct

from judapp.domain.figure import Figure
from judapp.domain.number import Rational
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Plan

_MOST_PLANS = 64


class _Outline(Struct, frozen=True):
    """What holds for every worksheet of a plan."""

    plan: Plan
    sums: Mapping[CellKey, tuple[CellKey, ...]]
    """Computed cells that add up whole numbers, or other such cells, and that base units do not report."""
    harmonious: bool
    """Whether no relation can be broken while nobody types a total: all say how totals are made."""
    money: bool
    """Whether any cell holds money."""


_OUTLINES: dict[int, _Outline] = {}


def outline_of(plan: Plan) -> _Outline:
    """What holds for every worksheet of ``plan``; found out once."""
    known = _OUTLINES.get(id(plan))
    if known is None or known.plan is not plan:
        if len(_OUTLINES) >= _MOST_PLANS:
            _OUTLINES.clear()
        sums = _sums(plan)
        inward = [index for index in range(len(plan.relations)) if index not in plan.outward]
        made = all(index in plan.defining and plan.defining[index] in sums for index in inward)
        money = any(spot.kind == "money" for spot in plan.spots.values())
        harmonious = made and len(sums) == len(plan.computed)
        known = _OUTLINES[id(plan)] = _Outline(plan, sums, harmonious, money)
    return known


def _sums(plan: Plan) -> dict[CellKey, tuple[CellKey, ...]]:
    """Sums of whole numbers; a cell that needs itself is never among them."""
    found: dict[CellKey, tuple[CellKey, ...]] = {}
    left = {key: terms for key, terms in plan.sums.items() if key not in plan.rollup}
    more = True
    while more:
        more = False
        for key, terms in list(left.items()):
            if all(term in found or (term not in plan.computed and _is_whole(plan, term)) for term in terms):
                found[key] = left.pop(key)
                more = True
    return found


def _is_whole(plan: Plan, key: CellKey) -> bool:
    spot = plan.spots.get(key)
    return spot is not None and not spot.scale and spot.kind != "text"


class Alone:
    """The form with a worksheet's figures in it, without the totals it gives."""

    def __init__(self, plan: Plan, figures: Mapping[CellKey, Figure], reckon: Callable[[], Resolved]) -> None:
        """``reckon`` reckons the whole sheet with these ``figures``."""
        self.plan = plan
        self._figures, self._reckon = figures, reckon
        self._outline = outline_of(plan)

    @cached_property
    def whole(self) -> Resolved:
        """All of it."""
        return self._reckon()

    @property
    def harmonious(self) -> bool:
        """Whether no relation of the form can be broken."""
        return self._outline.harmonious

    @property
    def money(self) -> bool:
        """Whether the form has a cell that holds money."""
        return self._outline.money

    def number(self, key: CellKey) -> Rational | None:
        """The number of a computed cell; None where it has none."""
        terms = self._outline.sums.get(key)
        if terms is None or key in self._figures:
            return self.whole[key].value.number
        total: Rational = 0
        figures = self._figures
        for term in terms:
            figure = figures.get(term)
            if figure is None and term in self._outline.sums:
                part = self.number(term)
            elif figure is None or figure.value is None:  # nothing there, or no number: whatever that means
                return self.whole[key].value.number
            else:
                part = figure.value
            if part is None:
                return self.whole[key].value.number
            total += part
        return total
