"""What lies outside a sheet while it is reckoned: other periods, other forms, base units, measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from judapp.app.reporting import right_below
from judapp.domain import value as values
from judapp.domain.catalogue import Row
from judapp.domain.counterparts import counterparts
from judapp.domain.expression.nodes import Cells
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved, Sheet
from judapp.domain.rows import RepeatedUnit
from judapp.domain.value import Value, value_of
from judapp.store import received

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace
    from judapp.store.forms import StoredForm

Reason = Literal["window", "version"]
"""Why a sheet of a base unit is not reckoned with: it is about other days, or made on another version."""


class SheetContext:
    """The surroundings of one sheet in its workspace."""

    def __init__(self, workspace: Workspace, sheet: Sheet) -> None:
        """Look out from ``sheet``."""
        self._workspace = workspace
        self._sheet = sheet
        self._reporting: dict[tuple[str, Period], set[str]] = {}
        self._excused: dict[tuple[str, Period], set[str]] = {}
        self._reporters: dict[tuple[str, str | None, Period], list[str]] = {}
        self._serving: dict[tuple[str, Period], StoredForm | None] = {}
        self._versions: dict[tuple[str, Period], list[int]] = {}

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        """The units a plan repeats for."""
        sheet = self._sheet
        return self._workspace.repeated_units(plan, sheet.form, sheet.unit, sheet.period)

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        """Values of cells of another period or another form.

        Without a form it is this unit's own form in the period ``when`` names. With one, it is that form in
        this period: of ``row_unit`` where the asking row stands for a unit, else of every unit that reports
        it. A version of another circular is asked for what its columns mean, not for the same number.
        """
        if not cells.form:
            return [self._of_other_period(cells)]
        period = self._sheet.period if cells.when is None else self._sheet.period.related(cells.when)
        if period is None:
            return [values.EMPTY]
        return [
            value
            for unit in self.reporters(cells.form, row_unit, period)
            for value in self._of_unit(cells, unit, period, row)
        ]

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        """The unit of measure a cell of another form is in; its columns say it, whichever the row."""
        del row
        version = self._version(form, self._sheet.period)
        if version is None:
            return None
        found = version.form.table(table) or (version.form.tables[0] if not table else None)
        if found is None or col not in found.leaf_by_name:
            return None
        return found.leaf_by_name[col].unit or version.form.unit_of_measure

    def measure(self, name: str, when: str | None) -> Value:
        """A measure of this sheet's unit."""
        from judapp.app.measuring import amount

        period = self._sheet.period if when is None else self._sheet.period.related(when)
        if period is None:
            return values.EMPTY
        return amount(self._workspace, name, self._workspace.units[self._sheet.unit], period).value

    def reporters(self, family: str, row_unit: str | None, period: Period) -> list[str]:
        """Who reports ``family`` for this sheet, or for the row of ``row_unit`` of it: uids, each once.

        Those that owe it or have answered some of it: the unit of the row itself, else the units below it.
        Who need not report this round is not waited for.
        """
        key = (family, row_unit, period)
        if key not in self._reporters:
            self._reporters[key] = self._find_reporters(*key)
        return self._reporters[key]

    def unlike(self, resolved: Resolved, when: str | None) -> Reason | None:
        """Why the sheet of a base unit may not be reckoned with this one; None where it may."""
        own, theirs = self._sheet.span, resolved.sheet.span
        if when == "same" and own.like(theirs) is False:
            return "window"
        if when is None and own.stated and theirs.stated and own != theirs:
            return "window"
        serving = self._version(resolved.sheet.form.family, resolved.sheet.period)
        return "version" if serving is not None and serving.form is not resolved.sheet.form else None

    def sheet_of(self, family: str, unit: str, period: Period) -> Resolved | None:
        """The sheet of a unit on the version that serves ``period``, else on any other of the family."""
        for own in self._candidates(family, period):
            found = self._workspace.resolved(own, unit, period)
            if found is not None:
                return found
        return None

    def _find_reporters(self, family: str, row_unit: str | None, period: Period) -> list[str]:
        found, above = self._all_reporting(family, period), row_unit or self._sheet.unit
        if above in found or above in self._excused[family, period]:
            return [above]
        ahead, below = [above], list[str]()
        while ahead:
            children = [u.uid for u in right_below(self._workspace, ahead.pop(0), period, (family,))]
            below += [uid for uid in children if uid in found]
            ahead += [uid for uid in children if uid not in found]
        return below

    def _all_reporting(self, family: str, period: Period) -> set[str]:
        key = (family, period)
        if key not in self._reporting:
            workspace, day = self._workspace, period.last_day
            owing = {o.unit for o in workspace.obligations if o.family == family and o.holds_on(day)}
            owing = {unit for unit in owing if workspace.units.state(unit, day) is not None}
            versions = {v.id for v in workspace.versions.values() if v.form.family == family}
            there = set(workspace.answering(period).get(family, ()))
            excused = {u for version, u in received.not_owed(workspace.file, period) if version in versions}
            self._excused[key] = excused - there
            self._reporting[key] = (owing - excused) | there
        return self._reporting[key]

    def _candidates(self, family: str, period: Period) -> list[int]:
        """The versions of a family, the one that serves ``period`` first."""
        key = (family, period)
        if key not in self._versions:
            serving = self._version(family, period)
            others = [v.id for v in self._workspace.versions.values() if v.form.family == family]
            self._versions[key] = list(dict.fromkeys([*([serving.id] if serving else []), *others]))
        return self._versions[key]

    def _version(self, family: str, period: Period) -> StoredForm | None:
        key = (family, period)
        if key not in self._serving:
            self._serving[key] = self._workspace.serving(family, period)
        return self._serving[key]

    def _of_other_period(self, cells: Cells) -> Value:
        period = self._sheet.period.related(cells.when or "")
        if period is None:
            return values.EMPTY
        form, unit = self._sheet.form, self._sheet.unit
        resolved = self.sheet_of(form.family, unit, period)
        if resolved is None:
            return values.EMPTY
        if cells.when == "same" and self._sheet.span.like(resolved.sheet.span) is False:
            return values.INCOMPARABLE
        [row, *more], [col] = cells.rows, cells.cols
        key = (cells.table or form.tables[0].key, row, col)
        there = key if resolved.sheet.form is form else counterparts(form, resolved.sheet.form).cell(key)
        if there is None:
            return values.INCOMPARABLE
        if more or there not in resolved.plan.spots:
            return values.EMPTY
        return _worth(resolved, there, est=cells.est)

    def _of_unit(self, cells: Cells, unit: str, period: Period, row: str) -> list[Value]:
        """What the sheet of one base unit says; one EMPTY where there is none yet."""
        if unit in self._excused.get((cells.form, period), ()):
            return [values.OUT_OF_REMIT]
        resolved = self.sheet_of(cells.form, unit, period)
        if resolved is None:
            return [values.EMPTY]
        if self.unlike(resolved, cells.when) is not None:
            return [values.INCOMPARABLE]
        table = cells.table or resolved.sheet.form.tables[0].key
        shape = resolved.plan.shape.get(table)
        if shape is None:
            return [values.EMPTY]
        if cells.rows:
            rows = [key for pattern in cells.rows for key in shape.matching(tuple(pattern.split(".")), None)]
        else:
            rows = _row_like(resolved, table, row)
        keys = [(table, key, col) for key in rows for col in cells.cols]
        there = [_worth(resolved, key, est=cells.est) for key in keys if key in resolved.plan.spots]
        return there or [values.EMPTY]


def _row_like(resolved: Resolved, table: str, row: str) -> list[str]:
    """The row of a sheet a reference without a row means: that of the same key, else the only one."""
    keys = [line.key for line in resolved.rows[table] if line.cells != frozenset()]
    if row in keys:
        return [row]
    below = row.rpartition("#")[2].partition(".")[2]  # "nam" of a line below the row of a unit
    if below in keys:
        return [below]
    return keys if len(keys) == 1 else []


def _worth(resolved: Resolved, key: tuple[str, str, str], *, est: bool) -> Value:
    if not est:
        return resolved[key].value
    return value_of(resolved[key].figure, resolved.plan.spots[key].scale, "estimate")
