"""What stands where: the catalogue, and the forms × units of a period with what is missing and late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from judapp.app.checking import findings_of
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form, Row
from judapp.domain.period import DEPARTMENT, Period
from judapp.store.sheets import Sheet as StoredSheet

MISSING, DRAFT, WITH_ERRORS, SUBMITTED = "missing", "draft", "errors", "submitted"


@dataclass(frozen=True, slots=True)
class FormSize:
    """Figure columns and printed rows of a table, without placeholders."""

    columns: int
    rows: int


def sizes(form: Form) -> list[FormSize]:
    """The size of each table of a form."""
    return [FormSize(len(table.leaves), sum(map(_printed, table.rows))) for table in form.tables]


def _printed(row: Row) -> int:
    """Rows the form prints of a plan: those that repeat for units or are free are not printed."""
    return 0 if row.kind in ("unit", "free") else 1 + sum(map(_printed, row.children))


@dataclass(frozen=True, slots=True)
class SheetStatus:
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

    Without an obligation nothing is called missing (domain study, section 7). ``on`` is the day deadlines are
    held against; without a known deadline nothing is late.
    """
    found = [_of_sheet(workspace, stored, on) for stored in workspace.sheets_of(period)]
    begun = {(s.form, s.unit) for s in found}
    owed = [o for o in _owed(workspace, period, on) if (o.form, o.unit) not in begun]
    return sorted(found + owed, key=lambda s: (s.form, s.unit))


def _of_sheet(workspace: Workspace, stored: StoredSheet, on: date) -> SheetStatus:
    form = workspace.version(stored.form).form
    resolved = workspace.resolved(stored.form, stored.unit, stored.period)
    found = findings_of(workspace, stored)
    errors = sum(f.severity == "error" for f in found)
    state = stored.state
    if state == DRAFT:
        begun = resolved is not None and resolved.begun
        state = MISSING if not begun else WITH_ERRORS if errors else DRAFT
    unanswered = len(resolved.unanswered) if resolved else 0
    explain = sum(f.severity == "explain" for f in found)
    return _line(workspace, form, stored.unit, stored.period, on, state, (errors, explain, unanswered))


def _owed(workspace: Workspace, period: Period, on: date) -> Iterable[SheetStatus]:
    for obligation in workspace.obligations:
        if not obligation.holds_on(period.last_day):
            continue
        for version in workspace.versions.values():
            form = version.form
            if form.family == obligation.family and workspace.serves(form, period):
                yield _line(
                    workspace, form, obligation.unit, period, on, MISSING, (0, 0, 0), obligation.person
                )


def _line(
    workspace: Workspace,
    form: Form,
    unit: str,
    period: Period,
    on: date,
    state: str,
    counts: tuple[int, int, int],
    person: str | None = None,
) -> SheetStatus:
    day = period.last_day
    level = workspace.level_of(form, workspace.units[unit])
    window = workspace.calendar.window(form.regime, period, level.level if level else DEPARTMENT)
    due = window.due if window else None
    late = (on - due).days if due and state in (MISSING, DRAFT, WITH_ERRORS) else 0
    return SheetStatus(
        form.number,
        workspace.unit_code(unit, day),
        workspace.units.name(unit, day),
        state,
        *counts,
        due,
        max(0, late),
        person,
    )
