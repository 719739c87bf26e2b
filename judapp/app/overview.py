"""What stands where: the catalogue, and the forms × units of a period with what is missing and late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from judapp.app.checking import findings_of
from judapp.app.drafts import unconfirmed
from judapp.app.people import names
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form, Row
from judapp.domain.period import DEPARTMENT, Period, Window
from judapp.store import received, sheets
from judapp.store.sheets import Sheet as StoredSheet

Persons = Mapping[tuple[str, str], str]
"""Names by form family and unit."""

MISSING, DRAFT, WITH_ERRORS, SUBMITTED = "missing", "draft", "errors", "submitted"


class FormSize(Struct, frozen=True):
    """Figure columns and printed rows of a table, without placeholders."""

    columns: int
    rows: int


def sizes(form: Form) -> list[FormSize]:
    """The size of each table of a form."""
    return [FormSize(len(table.leaves), sum(map(_printed, table.rows))) for table in form.tables]


def _printed(row: Row) -> int:
    """Rows the form prints of a plan: those that repeat for units or are free are not printed."""
    return 0 if row.kind in ("unit", "free") else 1 + sum(map(_printed, row.children))


class SheetStatus(Struct, frozen=True):
    """One form of one unit in a period."""

    form: str
    unit: str
    unit_name: str
    state: str
    """``missing``, ``draft``, ``errors`` (draft with findings of severity error), or a state of its own."""
    errors: int
    unexplained: int
    unanswered: int
    due: date | None
    overdue_days: int
    person: str | None


def status(workspace: Workspace, period: Period, on: date) -> list[SheetStatus]:
    """Forms × units of ``period``: all sheets begun, and all that are owed by the register of obligations.

    Without an obligation nothing is called missing (domain study, section 7), nor what a unit need not report
    this round. ``on`` is the day deadlines are
    held against; without a known deadline nothing is late.
    """
    persons = persons_of(workspace, period.last_day)
    excused, answered = received.not_owed(workspace.file, period), sheets.answered(workspace.file, period)
    begun_sheets = [
        stored
        for stored in workspace.sheets_of(period)
        if stored.id in answered or (stored.form, stored.unit) not in excused
    ]
    found = [_of_sheet(workspace, stored, on, persons) for stored in begun_sheets]
    begun = {(s.form, s.unit) for s in found}
    begun |= {
        (workspace.version(form).form.number, workspace.unit_code(unit, period.last_day))
        for form, unit in excused
    }
    owed = [o for o in _owed(workspace, period, on, persons) if (o.form, o.unit) not in begun]
    return sorted(found + owed, key=lambda s: (s.form, s.unit))


class Standing(Struct, frozen=True):
    """How far a sheet is: its state as in :class:`SheetStatus`, and what is still to be dealt with."""

    state: str
    errors: int
    unexplained: int
    unanswered: int


_NOTHING = Standing(MISSING, 0, 0, 0)


def standing(workspace: Workspace, stored: StoredSheet) -> Standing:
    """How far one sheet is; reckons it through."""
    resolved = workspace.resolved(stored.form, stored.unit, stored.period)
    found = findings_of(workspace, stored)
    errors = sum(f.severity == "error" for f in found)
    state = stored.state
    if state == DRAFT:
        begun = resolved is not None and resolved.begun
        state = MISSING if not begun else WITH_ERRORS if errors else DRAFT
    explain = sum(f.severity == "explain" for f in found)
    owed = len(resolved.unanswered) + unconfirmed(found) if resolved else 0
    return Standing(state, errors, explain, owed)


def _of_sheet(workspace: Workspace, stored: StoredSheet, on: date, persons: Persons) -> SheetStatus:
    form = workspace.version(stored.form).form
    return _line(workspace, form, stored.unit, stored.period, on, standing(workspace, stored), persons)


def persons_of(workspace: Workspace, day: date) -> Persons:
    """Who is put down for a form of a unit, by family and unit."""
    known = names(workspace)
    return {
        (o.family, o.unit): known.get(o.person, o.person)
        for o in sorted(workspace.obligations, key=lambda o: o.valid_from)
        if o.person is not None and o.holds_on(day)
    }


def _owed(workspace: Workspace, period: Period, on: date, persons: Persons) -> Iterable[SheetStatus]:
    owing = {(o.family, o.unit) for o in workspace.obligations if o.holds_on(period.last_day)}
    for version in workspace.versions.values():
        form = version.form
        if workspace.serves(form, period):
            for unit in sorted(unit for family, unit in owing if family == form.family):
                yield _line(workspace, form, unit, period, on, _NOTHING, persons)


def _line(
    workspace: Workspace,
    form: Form,
    unit: str,
    period: Period,
    on: date,
    own: Standing,
    persons: Persons,
) -> SheetStatus:
    day = period.last_day
    window = window_of(workspace, form, unit, period)
    due = window.due if window else None
    late = (on - due).days if due and own.state in (MISSING, DRAFT, WITH_ERRORS) else 0
    return SheetStatus(
        form.number,
        workspace.unit_code(unit, day),
        workspace.units.name(unit, day),
        own.state,
        own.errors,
        own.unexplained,
        own.unanswered,
        due,
        max(0, late),
        persons.get((form.family, unit)),
    )


def window_of(workspace: Workspace, form: Form, unit: str, period: Period) -> Window | None:
    """Days and deadline of a form for a unit: those of the level the unit reports it at."""
    level = workspace.level_of(form, workspace.units[unit])
    return workspace.calendar.window(form.regime, period, level.level if level else DEPARTMENT)
