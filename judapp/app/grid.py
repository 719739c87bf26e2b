"""The sheet of a unit as the entry grid shows it, made in one reading of the data file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from judapp.app.checking import cell_of, findings_of, message, relations_behind
from judapp.app.context import SheetContext
from judapp.app.desk import unit_name
from judapp.app.grid_tables import explanations, table_views
from judapp.app.grid_view import CHECKED, DRAFT, ERRORS, MISSING, FindingView, NoteView, SheetView, SlotView
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.catalogue import Form, Severity
from judapp.domain.figure import Figure
from judapp.domain.finding import SEVERITIES
from judapp.domain.layout import note_text
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE, Resolved, Sheet, resolve
from judapp.domain.shape import CellKey
from judapp.store import snapshots
from judapp.store.forms import StoredForm
from judapp.store.sheets import Sheet as StoredSheet

_MOST_JUMPS = 4
"""Buttons beside a finding; a sum of a hundred rows is looked at in the grid."""


def sheet_view(workspace: Workspace, number: str, unit: str, period: Period, lang: str = "vi") -> SheetView:
    """The sheet of ``unit`` (uid) on form ``number`` for ``period``, blank where it was not begun.

    Raises FRM-001, FRM-002.
    """
    version = workspace.version_for(number, period)
    stored = workspace.stored(version.id, unit, period)
    resolved = reckoned(workspace, version, unit, period)
    form = version.form
    found = findings_of(workspace, stored) if stored else []
    behind, _ = relations_behind(resolved, found)
    names = SheetNames(resolved.plan)
    findings = tuple(
        FindingView(
            f.code,
            f.severity,
            message(f, lang),
            names.cell(cell).in_language(lang) if (cell := cell_of(f)) else "",
            cell,
            _jumps(resolved, names, cell, broken.cells if broken else ()),
        )
        for f, broken in zip(found, behind, strict=True)
    )
    findings = tuple(sorted(findings, key=lambda f: SEVERITIES.index(f.severity)))
    locked = _locked(workspace, form, stored)
    tables = table_views(workspace, stored, resolved, findings, locked=bool(locked))
    counts = Counter(f.severity for f in findings)
    foreign = {k for table in tables for k, cell in table.cells.items() if cell.kind == "foreign"}
    unanswered = tuple(key for key in resolved.unanswered if key not in foreign)
    return SheetView(
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
        state=_state(stored, resolved, counts, bool(unanswered)),
        locked=locked,
        since=_since(workspace, stored),
        tables=tables,
        notes=tuple(_notes(form, resolved.sheet.figures)),
        findings=findings,
        explanations=explanations(workspace, stored) if stored else {},
        unanswered=unanswered,
        spots=resolved.plan.spots,
    )


def reckoned(workspace: Workspace, version: StoredForm, unit: str, period: Period) -> Resolved:
    """The sheet reckoned through; one that was not begun as if nothing had been answered."""
    found = workspace.resolved(version.id, unit, period)
    if found is None:
        sheet = Sheet(version.form, unit, period, workspace.span(version.form, period))
        found = resolve(sheet, SheetContext(workspace, sheet))
    return found


def _state(stored: StoredSheet | None, resolved: Resolved, counts: Counter[Severity], owing: bool) -> str:
    if stored is not None and stored.state not in OPEN_STATES:
        return stored.state
    if not resolved.begun:
        return MISSING
    if counts["error"]:
        return ERRORS
    return DRAFT if owing or counts["explain"] else CHECKED


def _locked(workspace: Workspace, form: Form, stored: StoredSheet | None) -> str:
    if workspace.file.read_only:
        return "ENY-locked-file"
    if stored is not None and stored.state not in OPEN_STATES:
        return "ENY-locked-submitted"
    return "" if form.may_be_submitted else "ENY-locked-incomplete"


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


def _jumps(
    resolved: Resolved, names: SheetNames, at: CellKey | None, cells: Iterable[CellKey]
) -> tuple[tuple[str, CellKey], ...]:
    """The cells a relation names, each once: by column in the row of the finding, by row in its column."""
    found: dict[CellKey, str] = {}
    for key in cells:
        if key not in resolved.plan.spots:
            continue
        code, label = names.column_name("", key[0], key[2])
        number, words = names.row_name("", key[0], key[1])
        column = f"({code})" if code else label
        row = number or words
        if at is not None and key[1] == at[1]:
            found[key] = column
        else:
            found[key] = row if at is not None and key[2] == at[2] else f"{row} {column}"
    return tuple((name, key) for key, name in list(found.items())[:_MOST_JUMPS])


def _notes(form: Form, figures: Mapping[CellKey, Figure]) -> Iterator[NoteView]:
    for note in form.notes:
        marks = {slot.key: f"\x00{slot.key}\x00" for slot in note.slots}
        slots = {slot.key: slot for slot in note.slots}
        parts: list[str | SlotView] = []
        for at, piece in enumerate(note_text(note, marks).split("\x00")):
            if at % 2 and piece in slots:
                key = (NOTES_TABLE, piece, "")
                figure = figures.get(key)
                parts.append(SlotView(key, slots[piece].label, (figure.text if figure else "") or ""))
            elif piece:
                parts.append(piece)
        yield NoteView(tuple(parts))
