"""The forms one can fill in for a unit and a period, those at work first."""

from __future__ import annotations

from msgspec import Struct

from judapp.app.grid_view import DRAFT, MISSING
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.period import Period
from judapp.store import sheets
from judapp.text import fold


class FormChoice(Struct, frozen=True):
    """A form that serves the period: what it is called, and whether this unit began or owes it."""

    number: str
    title: str
    circular: str
    area: str
    state: str
    """``missing``, ``draft``, or what a sheet that was handed in is in."""
    owed: bool
    key: str
    """What a search looks through, folded."""


def forms_for(workspace: Workspace, unit: str, period: Period) -> tuple[FormChoice, ...]:
    """The forms of ``period``: first those ``unit`` (uid) began or owes, then all others, in their order.

    A form whose levels name the kinds of units that report it is offered to no other kind.
    """
    day, kind = period.last_day, workspace.units[unit].kind
    owed = {o.family for o in workspace.obligations if o.unit == unit and o.holds_on(day)}
    own = {s.form: s for s in workspace.sheets_of(period) if s.unit == unit}
    answered = sheets.answered(workspace.file, period)
    found = []
    for version in workspace.versions.values():
        form = version.form
        stored = own.get(version.id)
        named = {name for level in form.levels for name in level.unit_kinds}
        foreign = bool(named) and kind not in named and form.family not in owed
        if stored is None and (foreign or not workspace.serves(form, period)):
            continue
        state = stored.state if stored else MISSING
        if stored and state in OPEN_STATES:
            state = DRAFT if answered.get(stored.id) else MISSING
        key = fold(f"{form.number} {form.title} {form.family}")
        found.append(
            FormChoice(form.number, form.title, form.circular, form.area, state, form.family in owed, key)
        )
    return tuple(sorted(found, key=lambda f: (f.state == MISSING and not f.owed, f.state == MISSING)))
