"""Where a cell of one version of a form stands in another version, if it may be held against it at all.

Two versions number their columns anew: 12b (2) of 03/2019 and 10b (2) of 17/2025 are different figures. So a
cell is never looked for under the same number; it is where the comparison of the two versions says, and only
where unit of measure and kind stayed what they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from judapp.domain.catalogue import Form
from judapp.domain.comparing_forms import compare_forms
from judapp.domain.expression.convert import is_money
from judapp.domain.form_comparison import PartChange
from judapp.domain.shape import CellKey

_SURE = frozenset({"measure", "equal", "labels"})


class Counterparts(Struct, frozen=True):
    """The columns and rows of one version by those of another, each as (table, name)."""

    columns: Mapping[tuple[str, str], tuple[str, str]]
    rows: Mapping[tuple[str, str], tuple[str, str]]

    def cell(self, key: CellKey) -> CellKey | None:
        """The cell that is meant by ``key`` there; None where nothing may be held against it."""
        table, row, column = key
        there = self.columns.get((table, column))
        plan, repeated = pattern_of(row)
        place = self.rows.get((table, plan))
        if there is None or place is None or there[0] != place[0]:
            return None
        return place[0], _filled(place[1], repeated), there[1]


def counterparts(form: Form, other: Form) -> Counterparts:
    """The cells of ``other`` that stand for those of ``form``; each of itself where the two are one."""
    return _remembered(_ById(form), _ById(other))


class _ById:
    """A form by what it is in memory: definitions are immutable, and hold lists no hash can be taken of."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.form is other.form


@lru_cache(maxsize=200)
def _remembered(form: _ById, other: _ById) -> Counterparts:
    found = compare_forms(other.form, form.form)
    return Counterparts(_pairs(found.columns), _pairs(found.rows))


def _pairs(parts: tuple[PartChange, ...]) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (part.new.table, part.new.name): (part.old.table, part.old.name)
        for part in parts
        if part.old and part.new and part.why in _SURE and _comparable(part)
    }


def _comparable(part: PartChange) -> bool:
    """Whether the two are one quantity: what is declared to give one measure may call its unit otherwise."""
    fields = {difference.field: difference for difference in part.differences}
    if "kind" in fields or ("unit" in fields and part.why != "measure"):
        return False
    return "unit" not in fields or not is_money(fields["unit"].old, fields["unit"].new)


def pattern_of(row: str) -> tuple[str, list[str]]:
    """A row key as its plan is called, ``I.#``, and the segments that stand for its ``#``."""
    segments = row.split(".")
    repeated = [segment for segment in segments if segment.startswith("#")]
    return ".".join("#" if segment.startswith("#") else segment for segment in segments), repeated


def _filled(pattern: str, repeated: list[str]) -> str:
    ahead = iter(repeated)
    return ".".join(next(ahead, "#") if segment == "#" else segment for segment in pattern.split("."))
