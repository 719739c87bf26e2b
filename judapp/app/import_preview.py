"""One sheet of an import in the form's own layout: as it would be, as it is now, and from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.desk import period_name, unit_name
from judapp.app.grid_tables import number_text, places_of, table_views
from judapp.app.grid_view import NIL, OUT_OF_REMIT, PENDING, FindingView, TableView
from judapp.app.import_candidates import Candidate
from judapp.app.import_comparing import sheet_with
from judapp.app.minutes import control_totals
from judapp.app.workspace import Workspace
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.finding import SEVERITIES
from judapp.domain.number import unscaled
from judapp.domain.resolve import NOTES_TABLE, Resolved, resolve
from judapp.domain.shape import CellKey, Spot
from judapp.messages import text

_SIGNS = {State.NIL: NIL, State.PENDING: PENDING, State.OUT_OF_REMIT: OUT_OF_REMIT}


class NoteChange(Struct, frozen=True):
    """A slot of the notes that the import writes."""

    label: str
    before: str
    after: str
    source: str


class SheetPreview(Struct, frozen=True):
    """What one worksheet would make of its sheet; cells are named by their keys."""

    position: int
    form: str
    title: str
    unit: str
    period: str
    control: str
    """The control totals, “Đọc 96 ô = ghi 7 + không đổi 89”."""
    tables: tuple[TableView, ...]
    """The sheet as it would be, with totals reckoned anew; findings of the file stand at their cells."""
    before: Mapping[CellKey, str]
    """What stands now in every cell that will show something else."""
    written: frozenset[CellKey]
    """The cells the import writes; others among ``before`` follow from them."""
    sources: Mapping[CellKey, str]
    """The cell of the worksheet each figure is read from."""
    findings: Mapping[CellKey, str]
    """What is wrong with a cell of the file, in words."""
    rivals: Mapping[CellKey, str]
    """What another file for the same sheet says instead, where it says something else."""
    notes: tuple[NoteChange, ...]

    def news(self, key: CellKey) -> bool:
        """Whether there is anything to look at in a cell."""
        return key in self.before or key in self.findings or key in self.rivals


def sheet_preview(
    workspace: Workspace, candidates: Sequence[Candidate], position: int, lang: str = "vi"
) -> SheetPreview | None:
    """The candidate at ``position`` laid over its sheet; None where form, unit or period are not known."""
    candidate = candidates[position]
    if not (candidate.recognised and candidate.figures):
        return None
    version, unit, period = candidate.target
    after = _afterwards(workspace, candidate)
    found = tuple(_findings(candidate, lang))
    tables = table_views(workspace, after, found, locked=True)
    present = workspace.resolved(version, unit, period)
    now = _texts(table_views(workspace, present, (), locked=True)) if present else {}
    then = _texts(tables)
    written = frozenset(change.key for change in candidate.changes)
    # What was applied since still shows what it replaced.
    spots = after.plan.spots
    now |= {c.key: _shown(c.before, spots[c.key]) for c in candidate.changes if c.key in spots}
    others = [c for c in candidates if c is not candidate and c.recognised and c.target == candidate.target]
    return SheetPreview(
        position=position,
        form=candidate.form.number,
        title=candidate.form.title,
        unit=unit_name(workspace, unit, period.last_day),
        period=period_name(period).in_language(lang),
        control=control_totals(
            read=candidate.read,
            written=len(candidate.changes),
            unchanged=candidate.unchanged,
            reckoned=candidate.reckoned,
            refused=candidate.refused,
            lang=lang,
        ),
        tables=tables,
        before={key: now.get(key, "") for key in then if key in written or then[key] != now.get(key, "")},
        written=written,
        sources={key: read.cell for key, read in candidate.figures.items()},
        findings={f.cell: f.text for f in reversed(found) if f.cell is not None},
        rivals=_rivals(candidate, others, after),
        notes=tuple(_notes(candidate)),
    )


def _afterwards(workspace: Workspace, candidate: Candidate) -> Resolved:
    """The sheet reckoned as it would be, with totals and what follows from them."""
    changes = {change.key: change.after for change in candidate.changes}
    sheet = sheet_with(workspace, candidate, changes, candidate.own_rows)
    stored = workspace.stored(*candidate.target)
    if stored is not None:
        present = workspace.load(stored)
        sheet = replace(
            sheet, span=present.span, figures={**present.figures, **changes}, adjustments=present.adjustments
        )
    return resolve(sheet, SheetContext(workspace, sheet))


def _texts(tables: Sequence[TableView]) -> dict[CellKey, str]:
    return {key: cell.text for table in tables for key, cell in table.cells.items()}


def _findings(candidate: Candidate, lang: str) -> Iterator[FindingView]:
    """The findings of the file at the cells of the form they are about, the gravest first."""
    keys = {read.cell: key for key, read in candidate.figures.items()}
    for finding in sorted(candidate.findings, key=lambda f: SEVERITIES.index(f.severity)):
        key = keys.get(finding.place.cell or "")
        if key is not None:
            words = text(finding.code, lang, **finding.params)
            yield FindingView(finding.code, finding.severity, words, "", key)


def _rivals(candidate: Candidate, others: Sequence[Candidate], after: Resolved) -> dict[CellKey, str]:
    found: dict[CellKey, str] = {}
    for other in others:
        for key in {**candidate.figures, **other.figures}:
            own, theirs = (_figure(of, key) for of in (candidate, other))
            if own != theirs and key in after.plan.spots:
                found.setdefault(key, _shown(theirs, after.plan.spots[key]))
    return found


def _figure(candidate: Candidate, key: CellKey) -> Figure:
    read = candidate.figures.get(key)
    return read.figure if read else EMPTY


def _shown(figure: Figure, spot: Spot) -> str:
    if figure.value is not None:
        return number_text(unscaled(figure.value, spot.scale), places_of(spot))
    return figure.text or _SIGNS.get(figure.state, "")


def _notes(candidate: Candidate) -> Iterator[NoteChange]:
    labels = {slot.key: slot.label for note in candidate.form.notes for slot in note.slots}
    for change in candidate.changes:
        table, slot, _ = change.key
        if table == NOTES_TABLE:
            before, after = change.before.text or "", change.after.text or ""
            yield NoteChange(labels.get(slot) or slot, before, after, change.cell)
