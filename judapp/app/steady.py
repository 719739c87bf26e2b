"""Which answers about what lies outside a sheet last while the sheet itself is typed into."""

from __future__ import annotations

from collections.abc import Iterable

from judapp.domain.catalogue import Row
from judapp.domain.expression.nodes import Cells
from judapp.domain.period import Period
from judapp.domain.resolve import Context
from judapp.domain.rows import RepeatedUnit
from judapp.domain.value import Value

SheetKey = tuple[int, str, Period]
"""Form version, unit and period of a sheet."""

Watched = list[set[SheetKey]]
"""The sheets looked at, for each answer that is being found; an answer may need others."""


class SteadyContext:
    """A context that notes which of its answers stand on the sheet that asks.

    A measure of this unit and period may be provided by the very sheet, another form may be rolled up from
    it: such an answer is another one as soon as somebody types.
    """

    def __init__(self, context: Context, watched: Watched, own: SheetKey) -> None:
        """Whoever looks at a sheet notes it in each set of ``watched``; ``own`` is the sheet that asks."""
        self._context = context
        self._watched = watched
        self._own = own
        self.passing: set[object] = set()
        """What was asked and answered for now only; as :class:`~judapp.domain.live.Remembered` keys it."""

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        """The units a plan repeats for."""
        return self._context.units(plan)

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        """Values of cells beyond the sheet."""
        self._watched.append(set())
        try:
            return self._context.outside(cells, row_unit, row)
        finally:
            if self._own in self._watched.pop():
                self.passing.add((cells, row_unit, row))

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        """The unit of measure of a cell of another form."""
        return self._context.unit_of_measure(form, table, row, col)

    def measure(self, name: str, when: str | None) -> Value:
        """A measure."""
        self._watched.append(set())
        try:
            return self._context.measure(name, when)
        finally:
            if self._own in self._watched.pop():
                self.passing.add((name, when))
