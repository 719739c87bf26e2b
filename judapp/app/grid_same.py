"""The same quantity in an earlier round: the same cell, its counterpart, a measure, or the predecessors' sum.

In that order (design 4.5): what the unit itself reported goes before what is put together, and whatever is
not simply the same cell of the same form is said (``basis``). Cells that only share a number are never held
against one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.measuring import amount
from judapp.app.relation_view import Place
from judapp.app.workspace import Workspace
from judapp.domain import value as values
from judapp.domain.counterparts import counterparts
from judapp.domain.expression.binding import ADDED_UP, instances
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import parse
from judapp.domain.figure import State
from judapp.domain.names import SheetNames
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.domain.value import Kind, Value, known
from judapp.messages import bilingual
from judapp.text import Bilingual

NOTHING = Bilingual("", "")
_UNKNOWN = Span(None, None)


class Earlier(Struct, frozen=True):
    """What a cell was worth in another round, or why nothing can be said."""

    value: Value
    span: Span = _UNKNOWN
    form: str = ""
    """Number of the form it stands on, "" where there is none."""
    basis: Bilingual = NOTHING
    """What it is where it is not simply the same cell, or what is missing."""
    place: Place | None = None
    """Where it stands; None for a sum of several."""
    nil: bool = False
    """Whether nothing occurred, which prints "–" and counts as 0."""
    broken: bool = False
    """The form of that round has nothing that may be held against it."""
    merged: bool = False
    """It is the sum of units that went into this one."""


class Past:
    """Looks up what one cell was in other rounds; the sheets it meets are looked up once."""

    def __init__(self, workspace: Workspace, resolved: Resolved, key: CellKey) -> None:
        """``key`` is a cell of ``resolved``."""
        self.workspace = workspace
        self.resolved = resolved
        self.key = key
        self.spot = resolved.plan.spots[key]
        self._context = SheetContext(workspace, resolved.sheet)

    def at(self, period: Period) -> Earlier:
        """The same quantity in ``period``."""
        sheet = self.resolved.sheet
        own = self._of(sheet.unit, period)
        if own is None or own.broken:
            measured = self._by_measure(period)
            own = measured if measured is not None else own
        return own or self._of_predecessors(period) or Earlier(values.EMPTY)

    def _of(self, unit: str, period: Period) -> Earlier | None:
        """From the sheet of a unit; None where it has none."""
        form = self.resolved.sheet.form
        other = self._context.sheet_of(form.family, unit, period)
        if other is None:
            return None
        number = other.sheet.form.number
        there = self.key if other.sheet.form is form else counterparts(form, other.sheet.form).cell(self.key)
        if there is None:
            return Earlier(values.INCOMPARABLE, other.sheet.span, number, broken=True)
        if there not in other.plan.spots:
            return self._of_rows_before(other, there) or Earlier(values.EMPTY, other.sheet.span, number)
        return Earlier(
            other[there].value,
            other.sheet.span,
            number,
            NOTHING if other.sheet.form is form else _column(other, there),
            Place(number, unit, period, there),
            other[there].figure.state is State.NIL,
        )

    def _of_rows_before(self, other: Resolved, there: CellKey) -> Earlier | None:
        """From the rows of the units that went into the unit of this row."""
        unit = self.resolved.unit_of(*self.key[:2])
        if not unit:
            return None
        before = self._carriers(unit, other.sheet.period)
        keys = [(there[0], there[1].replace(f"#{unit}", f"#{own.uid}"), there[2]) for own in before]
        if not any(key in other.plan.spots for key in keys):
            return None
        parts = [Earlier(other[key].value, other.sheet.span, other.sheet.form.number) for key in keys]
        return self._sum(before, parts, other.sheet.period)

    def _by_measure(self, period: Period) -> Earlier | None:
        """From whichever form gives the measure that this cell gives."""
        for provided in self.resolved.sheet.form.provides:
            bound = instances(parse(provided.cells), self.resolved.plan.shape)
            node = bound[0].node if len(bound) == 1 else None
            if not isinstance(node, Cells) or node.many or not provided.comparable:
                continue
            if (node.table, node.rows[0], node.cols[0]) != self.key:
                continue
            found = amount(
                self.workspace, provided.measure, self.workspace.units[self.resolved.sheet.unit], period
            )
            if found.lacking:
                return Earlier(values.EMPTY, basis=_lacking(found.lacking), merged=True)
            if found.value.kind is Kind.OUT_OF_REMIT:
                return Earlier(values.OUT_OF_REMIT)
            if found.value.number is None or not found.comparable:
                return None
            basis = found.basis or Bilingual(provided.note or "", provided.note or "")
            form = found.sources[0].form if found.sources else ""
            return Earlier(found.value, found.span, form, basis, merged=found.basis is not None)
        return None

    def _of_predecessors(self, period: Period) -> Earlier | None:
        """The sum over the units that went into the unit of the sheet."""
        before = self._carriers(self.resolved.sheet.unit, period)
        parts = [self._of(unit.uid, period) for unit in before]
        if not any(parts):
            return None
        return self._sum(before, [part or Earlier(values.EMPTY) for part in parts], period)

    def _carriers(self, unit: str, period: Period) -> list[Unit]:
        """Who carried what ``unit`` is today; nobody where it was itself there."""
        found = self.workspace.units.predecessors(unit, period.last_day)
        return [] if [own.uid for own in found] == [unit] else found

    def _sum(self, units: list[Unit], parts: list[Earlier], period: Period) -> Earlier | None:
        """The parts together, told only when every one of them has the figure over the same days."""
        if self.spot.kind not in ADDED_UP:  # averages and rates are never added
            return None
        if any(part.broken for part in parts):
            return replace(parts[0], value=values.INCOMPARABLE, broken=True, place=None)
        numbers = [part.value.number for part in parts if part.value.number is not None]
        name = self._naming(period)
        if len(numbers) < len(parts):
            lacking = [name(u) for u, part in zip(units, parts, strict=True) if part.value.number is None]
            return Earlier(values.EMPTY, basis=_lacking(lacking), merged=True)
        spans = {part.span for part in parts}
        basis = bilingual("BAS-predecessors", names=" + ".join(name(unit) for unit in units))
        if len(spans) > 1:
            return Earlier(values.INCOMPARABLE, basis=basis, merged=True)
        return Earlier(known(sum(numbers)), parts[0].span, parts[0].form, basis, merged=True)

    def _naming(self, period: Period) -> Callable[[Unit], str]:
        return lambda unit: self.workspace.units.name(unit.uid, period.last_day)


def _column(other: Resolved, key: CellKey) -> Bilingual:
    """The form and column a counterpart stands in: "12b/BTP/BTTP/CC cột (6)"."""
    code, label = SheetNames(other.plan).column_name("", key[0], key[2])
    return bilingual(
        "BSD-of-column", form=other.sheet.form.number, column=f"({code})" if code else f"“{label}”"
    )


def _lacking(names: Iterable[str]) -> Bilingual:
    return bilingual("BSD-lacking", names=", ".join(names))


def incomparable(earlier: Earlier) -> bool:
    """Whether there is a figure that may not be held against this one."""
    return earlier.broken or earlier.value.kind is Kind.INCOMPARABLE
