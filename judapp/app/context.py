"""What lies outside a sheet while it is reckoned: other periods, other forms, base units, measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from judapp.domain import value as values
from judapp.domain.catalogue import Row
from judapp.domain.expression.nodes import Cells
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved, Sheet
from judapp.domain.rows import RepeatedUnit
from judapp.domain.value import Value, value_of

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace


class SheetContext:
    """The surroundings of one sheet in its workspace."""

    def __init__(self, workspace: Workspace, sheet: Sheet) -> None:
        """Look out from ``sheet``."""
        self._workspace = workspace
        self._sheet = sheet

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        """The units a plan repeats for."""
        return self._workspace.repeated_units(plan, self._sheet.unit, self._sheet.period)

    def outside(self, cells: Cells, row_unit: str | None) -> list[Value]:
        """Values of cells of another period or another form.

        Without a form it is this unit's own form in the period ``when`` names. With one, it is that form in
        this period: of ``row_unit`` where the asking row stands for a unit, else of every unit that owes it.
        """
        if not cells.form:
            return [self._of_other_period(cells)]
        period = self._sheet.period if cells.when is None else self._sheet.period.related(cells.when)
        if period is None:
            return [values.EMPTY]
        owing = [row_unit] if row_unit else self._owing(cells.form)
        return [value for unit in owing for value in self._cells_of(cells.form, unit, period, cells)]

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        """The unit of measure a cell of another form is in; its columns say it, whichever the row."""
        del row
        for version in self._workspace.versions.values():
            found = version.form.table(table)
            if version.form.family == form and found is not None and col in found.leaf_by_name:
                return found.leaf_by_name[col].unit or version.form.unit_of_measure
        return None

    def measure(self, name: str, when: str | None) -> Value:
        """A measure of this sheet's unit."""
        from judapp.app.measuring import amount

        period = self._sheet.period if when is None else self._sheet.period.related(when)
        if period is None:
            return values.EMPTY
        return amount(self._workspace, name, self._workspace.units[self._sheet.unit], period).value

    def _owing(self, family: str) -> list[str]:
        day = self._sheet.period.last_day
        owing = [o.unit for o in self._workspace.obligations if o.family == family and o.holds_on(day)]
        below = {child.uid for child in self._workspace.units.children(self._sheet.unit, day)}
        return [unit for unit in owing if unit in below or unit == self._sheet.unit]

    def _of_other_period(self, cells: Cells) -> Value:
        period = self._sheet.period.related(cells.when or "")
        if period is None:
            return values.EMPTY
        found = self._cells_of(self._sheet.form.family, self._sheet.unit, period, cells)
        return found[0] if len(found) == 1 else values.EMPTY

    def _cells_of(self, family: str, unit: str, period: Period, cells: Cells) -> list[Value]:
        resolved = self._resolved(family, unit, period)
        if resolved is None:
            return [values.EMPTY]
        same = cells.when == "same"
        if same and self._sheet.span.like(resolved.sheet.span) is False:
            return [values.INCOMPARABLE]
        table = cells.table or resolved.sheet.form.tables[0].key
        shape = resolved.plan.shape.get(table)
        if shape is None:
            return [values.EMPTY]
        rows = [key for row in cells.rows for key in shape.matching(tuple(row.split(".")), None)]
        rows = rows or [row.key for row in resolved.rows[table] if not cells.rows]
        keys = [(table, row, col) for row in rows for col in cells.cols]
        if cells.est:
            spots = resolved.plan.spots
            estimates = [value_of(resolved[k].figure, spots[k].scale, "estimate") for k in keys if k in spots]
            return estimates or [values.EMPTY]
        return [resolved[key].value for key in keys] or [values.EMPTY]

    def _resolved(self, family: str, unit: str, period: Period) -> Resolved | None:
        for version in self._workspace.versions.values():
            if version.form.family == family:
                found = self._workspace.resolved(version.id, unit, period)
                if found is not None:
                    return found
        return None
