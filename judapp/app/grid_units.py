"""The units one may step through on a form: all that report it in a period."""

from __future__ import annotations

from judapp.app.desk import UnitChoice, units_for
from judapp.app.workspace import Workspace
from judapp.domain.period import Period


def units_on_form(workspace: Workspace, number: str, period: Period) -> tuple[UnitChoice, ...]:
    """Who reports form ``number`` in ``period``: owes it, began it, or is of a kind its levels name.

    In the order of the unit picker. Raises FRM-001, FRM-002.
    """
    form = workspace.version_for(number, period).form
    day = period.last_day
    kinds = {kind for level in form.levels for kind in level.unit_kinds}
    chosen = {o.unit for o in workspace.obligations if o.family == form.family and o.holds_on(day)}
    versions = {v.id for v in workspace.versions.values() if v.form.family == form.family}
    chosen |= {sheet.unit for sheet in workspace.sheets_of(period) if sheet.form in versions}
    return tuple(
        unit
        for unit in units_for(workspace, period)
        if unit.uid in chosen or workspace.units[unit.uid].kind in kinds
    )
