"""One sheet of an import in the form's own layout: as it would be, as it is now, and from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.desk import period_name, unit_name
from judapp.app.grid_tables import number_text, places_of, table_views
from judapp.app.grid_view import NIL, OUT_OF_REMIT, PENDING, FindingView, TableView
from judapp.app.import_candidates import DUPLICATE, Candidate
from judapp.app.import_comparing import sheet_with
from judapp.app.import_rivals import called, differences
from judapp.app.minutes_out import control_of
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure, State
from judapp.domain.finding import SEVERITIES
from judapp.domain.number import unscaled
from judapp.domain.resolve import NOTES_TABLE, Resolved, resolve
from judapp.domain.shape import CellKey, Spot
from judapp.messages import text, write

_MOST_SUMS = 2
"""Totals that disagree named at once; each stands among the findings as well."""
_SIGNS = {State.NIL: NIL, State.PENDING: PENDING, State.OUT_OF_REMIT: OUT_OF_REMIT}


class NoteChange(Struct, frozen=True):
    """A slot of the notes that the import writes."""

    label: str
    before: str
    after: str
    source: str


class Other(Struct, frozen=True):
    """What another file for the same sheet says in a cell, and in which of its cells."""

    value: str
    cell: str
    name: str


class SumLine(Struct, frozen=True):
    """A total as the file prints it and as its own figures add up; ``ours`` is "" where some are missing."""

    key: CellKey
    theirs: str
    ours: str
    cell: str
    agrees: bool


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
    rivals: Mapping[CellKey, Other]
    """What another file for the same sheet says instead, where it says something else."""
    notes: tuple[NoteChange, ...]
    left: Mapping[CellKey, str] = {}
    """What the file says in cells a person took out; they stay as they are."""
    sums: tuple[SumLine, ...] = ()
    """The totals of the file, in the order of the form."""
    totals: str = ""
    """The totals in words: “Dòng Tổng số · cột (1): tệp 412, cộng lại 412”."""
    choosing: bool = False
    """Whether nobody chose yet between this worksheet and others: differing cells come first."""

    def news(self, key: CellKey) -> bool:
        """Whether there is anything to look at in a cell."""
        return key in self.before or key in self.findings or key in self.rivals or key in self.left

    def shown(self, key: CellKey) -> bool:
        """Whether a cell is among those looked at first: what differs while one chooses, else the news."""
        return key in self.rivals if self.choosing and self.rivals else self.news(key)


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
    written = frozenset(change.key for change in candidate.writing)
    # What was applied since still shows what it replaced.
    spots = after.plan.spots
    now |= {c.key: _shown(c.before, spots[c.key]) for c in candidate.writing if c.key in spots}
    without = candidate.decision.without
    left = {
        c.key: _shown(c.after, spots[c.key])
        for c in candidate.changes
        if c.cell in without and c.key in spots
    }
    others = [
        c
        for c in candidates
        if c is not candidate and c.recognised and c.figures and c.target == candidate.target
    ]
    sums = tuple(_sums(candidate, after, lang))
    return SheetPreview(
        position=position,
        form=candidate.form.number,
        title=candidate.form.title,
        unit=unit_name(workspace, unit, period.last_day),
        period=period_name(period).in_language(lang),
        control=control_of(candidate, lang),
        tables=tables,
        before={key: now.get(key, "") for key in then if key in written or then[key] != now.get(key, "")},
        written=written,
        sources={key: read.cell for key, read in candidate.figures.items()},
        findings={f.cell: f.text for f in reversed(found) if f.cell is not None},
        rivals=_rivals(candidate, others, after),
        notes=tuple(_notes(candidate)),
        left=left,
        sums=sums,
        totals=_totals_in_words(sums, tables, lang),
        choosing=candidate.status == DUPLICATE and candidate.decision.counts is None,
    )


def _afterwards(workspace: Workspace, candidate: Candidate) -> Resolved:
    """The sheet reckoned as it would be, with totals and what follows from them."""
    changes = {change.key: change.after for change in candidate.writing}
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


def _rivals(candidate: Candidate, others: Sequence[Candidate], after: Resolved) -> dict[CellKey, Other]:
    found: dict[CellKey, Other] = {}
    for other in sorted(others, key=lambda other: other.modified, reverse=True):
        for cell in differences(candidate, other):
            if cell.key in after.plan.spots:
                value = _shown(cell.second, after.plan.spots[cell.key])
                found.setdefault(
                    cell.key, Other(value, cell.second_cell, called(other, (candidate, *others)))
                )
    return found


def _sums(candidate: Candidate, after: Resolved, lang: str) -> Iterator[SumLine]:
    """The totals of the file beside what its figures add up to, in the order of the form."""
    for key, spot in after.plan.spots.items():
        total = candidate.totals.get(key)
        if total is not None:
            places = places_of(spot)
            theirs, ours = (
                "" if number is None else number_text(number, places)
                for number in (total.number, total.added)
            )
            if theirs == ours and not total.agrees:  # else nobody would see why it is named
                theirs, ours = write(total.number, lang), write(total.added, lang)
            yield SumLine(key, theirs, ours, total.cell, total.agrees)


def _totals_in_words(sums: Sequence[SumLine], tables: Sequence[TableView], lang: str) -> str:
    """The first total, or those that disagree; how many others agree."""
    if not sums:
        return ""
    wrong = [line for line in sums if line.ours and not line.agrees]
    said = wrong[:_MOST_SUMS] or sums[:1]
    parts = [
        text("IMD-sum", lang, place=_place(line.key, tables, lang), theirs=line.theirs, ours=line.ours or "…")
        for line in said
    ]
    agree = sum(line.agrees for line in sums) - sum(line.agrees for line in said)
    if len(wrong) > len(said):
        parts.append(text("IMD-sums-wrong", lang, n=len(wrong) - len(said)))
    if agree:
        parts.append(text("IMD-sums-agree", lang, n=agree))
    return "; ".join(parts) + "."


def _place(key: CellKey, tables: Sequence[TableView], lang: str) -> str:
    view = next(view for view in tables if view.key == key[0])
    row = next(line for line in view.rows if line.key == key[1])
    column = next(leaf for leaf in view.columns if leaf.name == key[2])
    name = f"({column.code})" if column.code else column.label
    return text("IMD-sum-place", lang, row=row.label or row.path, column=name)


def _shown(figure: Figure, spot: Spot) -> str:
    if figure.value is not None:
        return number_text(unscaled(figure.value, spot.scale), places_of(spot))
    return figure.text or _SIGNS.get(figure.state, "")


def _notes(candidate: Candidate) -> Iterator[NoteChange]:
    labels = {slot.key: slot.label for note in candidate.form.notes for slot in note.slots}
    for change in candidate.writing:
        table, slot, _ = change.key
        if table == NOTES_TABLE:
            before, after = change.before.text or "", change.after.text or ""
            yield NoteChange(labels.get(slot) or slot, before, after, change.cell)
