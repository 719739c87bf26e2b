"""The sheet of a unit as the entry grid shows it, made in one reading of the data file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from judapp.app.desk import unit_name
from judapp.app.grid_parts import note_views
from judapp.app.grid_tables import CellMaker, explanations
from judapp.app.grid_view import SheetView
from judapp.app.live import LiveSheet
from judapp.app.live_findings import Given, LiveFindings, given_of
from judapp.app.noting import notes_of
from judapp.app.sheet_foot import proposals
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.catalogue import Form
from judapp.domain.figure import Figure
from judapp.domain.live import ties_of
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved, Sheet
from judapp.domain.shape import CellKey
from judapp.store import history, snapshots
from judapp.store.forms import StoredForm
from judapp.store.sheets import Sheet as StoredSheet


class Opening(Struct, frozen=True):
    """A sheet to look at while the others it is held against are still read."""

    live: LiveSheet
    resolved: Resolved


def look_around(workspace: Workspace, opening: Opening) -> Given:
    """What other sheets say of one that is being opened; for :meth:`LiveSheet.learn`."""
    ties_of(opening.resolved.plan)  # found out now, the first text needs them
    return given_of(workspace, opening.resolved)


def open_sheet(workspace: Workspace, number: str, unit: str, period: Period, lang: str = "vi") -> Opening:
    """The sheet of ``unit`` (uid) on form ``number`` by itself, as quickly as it can be shown.

    :func:`look_around` completes it; one that was not begun is blank. Raises FRM-001, FRM-002.
    """
    version = workspace.version_for(number, period)
    stored = workspace.stored(version.id, unit, period)
    resolved = reckoned(workspace, version, unit, period)
    form = version.form
    locked = _locked(workspace, form, stored)
    reasons = explanations(workspace, stored) if stored else {}
    noted = notes_of(workspace, stored) if stored else {}
    found = LiveFindings(workspace, stored, resolved)
    level = workspace.level_of(form, workspace.units[unit])
    cells = CellMaker(
        found.resolved,
        reasons,
        level.level if level else "",
        locked=bool(locked),
        noted=noted,
        former=_former(workspace, stored, resolved),
    )
    blank = SheetView(
        form=form.number,
        family=form.family,
        title=form.title,
        circular=form.circular,
        evidence=form.evidence.level,
        sources=form.evidence.sources,
        open_points=form.evidence.open,
        unit=unit,
        unit_name=unit_name(workspace, unit, period.last_day),
        period=period,
        days=resolved.sheet.span.text.in_language(lang),
        state="",
        locked=locked,
        since=_since(workspace, stored),
        tables=(),
        notes=tuple(note_views(form, resolved.sheet.figures)),
        proposals=proposals(workspace, resolved),
        findings=(),
        explanations=reasons,
        remarks=noted,
        unanswered=(),
        spots=resolved.plan.spots,
    )
    live = LiveSheet(found, cells, blank, stored.state if stored is not None else "", lang)
    return Opening(live, resolved)


def reckoned(workspace: Workspace, version: StoredForm, unit: str, period: Period) -> Resolved:
    """The sheet reckoned through; one that was not begun as if nothing had been answered."""
    found = workspace.resolved(version.id, unit, period)
    if found is None:
        sheet = Sheet(version.form, unit, period, workspace.span(version.form, period))
        found = workspace.resolve(sheet, version.id)
    return found


def _locked(workspace: Workspace, form: Form, stored: StoredSheet | None) -> str:
    if workspace.file.read_only:
        return "ENY-locked-file"
    if stored is not None and stored.state not in OPEN_STATES:
        return "ENY-locked-submitted"
    return "" if form.may_be_submitted else "ENY-locked-incomplete"


def _former(
    workspace: Workspace, stored: StoredSheet | None, resolved: Resolved
) -> Mapping[CellKey, Figure] | None:
    """The figures of a sheet as they were when it was last returned; None for one that never was."""
    returned = history.latest(workspace.file, stored.id, "return") if stored is not None else None
    if stored is None or returned is None:
        return None
    return {**resolved.sheet.figures, **history.figures_after(workspace.file, stored.id, returned.id)}


def _since(workspace: Workspace, stored: StoredSheet | None) -> str:
    if stored is None or stored.state in OPEN_STATES:
        return ""
    kept = [s.at for s in snapshots.of_sheet(workspace.file, stored.id) if s.state == stored.state]
    return moment(kept[-1]) if kept else ""


def moment(at: str) -> str:
    """A moment of the history in the time of this computer: the hour today, else with the day."""
    local = datetime.fromisoformat(at).astimezone()
    today = datetime.now().astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%d/%m/%Y %H:%M}"
