"""All findings of a period: what sheets say by themselves, and what only other periods show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from judapp.app.adjusting import bases_of, findings_of_adjustments
from judapp.app.base_findings import findings_of_base
from judapp.app.drafts import findings_of_drafts, marks_of
from judapp.app.entering import EXPLANATION, seen_of
from judapp.app.same_period import SamePeriod
from judapp.app.similar_units import SimilarOfRound
from judapp.app.workspace import Workspace
from judapp.domain.checking import Broken, broken_at, check_sheet
from judapp.domain.finding import Finding
from judapp.domain.number import plain
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.messages import text
from judapp.store import remarks
from judapp.store.sheets import Sheet as StoredSheet


def findings(workspace: Workspace, period: Period) -> list[Finding]:
    """Every finding of every sheet of ``period``, the gravest first, then by form, unit and cell."""
    similar = SimilarOfRound(workspace, period)
    found = []
    for stored in workspace.sheets_of(period):
        found += [*findings_of(workspace, stored), *similar.findings(stored)]
    return sorted(found, key=lambda finding: finding.rank)


def findings_of(workspace: Workspace, stored: StoredSheet) -> list[Finding]:
    """Every finding of one sheet, but what units like it say (CMP-003): a whole round tells that."""
    resolved = workspace.resolved(stored.form, stored.unit, stored.period)
    if resolved is None:
        return []
    code = workspace.unit_code(stored.unit, stored.period.last_day)
    explained = explained_of(resolved, reasons_of(workspace, stored))
    found = check_sheet(resolved, code, *names_beyond(workspace))
    before = SamePeriod(workspace, resolved, code)
    jumps = (before.at(resolved, key, explained) for key in before.bases)
    return [
        *(f for f in found if f.severity != "explain" or cell_of(f) not in explained),
        *findings_of_base(workspace, resolved, code),
        *findings_of_adjustments(resolved, bases_of(workspace, stored).items(), code),
        *filter(None, (before.unlike, *jumps)),
        *findings_of_drafts(resolved, marks_of(workspace.file, stored.id), code),
    ]


def reasons_of(workspace: Workspace, stored: StoredSheet) -> list[tuple[CellKey, str | None]]:
    """The cells reasons were written for, each with the figure it was written about (:func:`seen_of`)."""
    kept = remarks.of_sheet(workspace.file, stored.id)
    return [(r.cell, r.seen) for r in kept if r.kind == EXPLANATION and r.cell is not None]


def explained_of(resolved: Resolved, reasons: Iterable[tuple[CellKey, str | None]]) -> set[CellKey]:
    """Cells whose reason was written about the figure that stands there now; another figure asks again."""
    return {key for key, seen in reasons if seen == seen_of(resolved, key)}


def names_beyond(workspace: Workspace) -> tuple[dict[str, str], dict[str, str]]:
    """Numbers of forms by family and labels of measures by id, for naming what lies outside a sheet."""
    forms = {version.form.family: version.form.number for version in workspace.versions.values()}
    return forms, {measure.id: measure.label for measure in workspace.measures.values()}


def cell_of(finding: Finding) -> CellKey | None:
    """The cell a finding is shown at, None where it is about the whole sheet."""
    place = finding.place
    return None if place.row is None or place.column is None else (place.table or "", place.row, place.column)


def relations_behind(
    resolved: Resolved, found: Sequence[Finding]
) -> tuple[list[Broken | None], list[Broken]]:
    """The broken relation behind each finding of a sheet (None where there is none), and those nobody told.

    ``found`` in the order :func:`findings_of` gives. A relation between computed cells only is not told where
    a typed part of it is wrong: it is drawn along.
    """
    rules = {finding.rule for finding in found if finding.rule}
    ahead = (
        broken
        for index, (relation, _) in enumerate(resolved.plan.relations)
        if relation.rule in rules and (broken := broken_at(resolved, index)) is not None
    )
    behind: list[Broken | None] = []
    drawn: list[Broken] = []
    for finding in found:
        own = None
        while finding.rule and own is None and (broken := next(ahead, None)):
            if _tells(finding, broken):
                own = broken
            else:
                drawn.append(broken)
        behind.append(own)
    return behind, [*drawn, *ahead]


def _tells(finding: Finding, broken: Broken) -> bool:
    verdict = broken.verdict
    sides = [None if side.number is None else plain(side.number) for side in (verdict.left, verdict.right)]
    return (
        finding.rule == broken.relation.rule
        and sides == [finding.actual, finding.expected]
        and any(cell_of(finding) == key for key in broken.cells)
    )


def message(finding: Finding, lang: str) -> str:
    """A finding in words."""
    return text(finding.code, lang, **finding.params)
