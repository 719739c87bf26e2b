"""All findings of a period: what sheets say by themselves, and what only other periods show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from judapp.app.base_findings import findings_of_base
from judapp.app.context import SheetContext
from judapp.app.entering import EXPLANATION, seen_of
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Relation
from judapp.domain.checking import check_sheet, place_of
from judapp.domain.comparison import change_of_count, needs_explanation
from judapp.domain.counterparts import counterparts
from judapp.domain.expression.binding import Bound
from judapp.domain.expression.evaluate import Verdict, judge
from judapp.domain.expression.nodes import Cells, references
from judapp.domain.finding import Finding
from judapp.domain.number import plain
from judapp.domain.period import DEPARTMENT, Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.messages import text
from judapp.store import measures, remarks
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import Bilingual

THRESHOLD_SETTING = "explain_threshold_percent"
THRESHOLD = 20
"""Percent of change against the same period that wants a reason (Công văn 4578/BTP-KHTC, 2022)."""

_JUMPING = ("count", "money", "decimal")


def findings(workspace: Workspace, period: Period) -> list[Finding]:
    """Every finding of every sheet of ``period``, the gravest first, then by form, unit and cell."""
    found = [f for stored in workspace.sheets_of(period) for f in findings_of(workspace, stored)]
    return sorted(found, key=lambda finding: finding.rank)


def findings_of(workspace: Workspace, stored: StoredSheet) -> list[Finding]:
    """Every finding of one sheet."""
    resolved = workspace.resolved(stored.form, stored.unit, stored.period)
    if resolved is None:
        return []
    code = workspace.unit_code(stored.unit, stored.period.last_day)
    explained = _explained(workspace, stored, resolved)
    found = check_sheet(resolved, code, *names_beyond(workspace))
    return [
        *(f for f in found if f.severity != "explain" or cell_of(f) not in explained),
        *findings_of_base(workspace, resolved, code),
        *_jumps(workspace, stored, resolved, code, explained),
    ]


def names_beyond(workspace: Workspace) -> tuple[dict[str, str], dict[str, str]]:
    """Numbers of forms by family and labels of measures by id, for naming what lies outside a sheet."""
    forms = {version.form.family: version.form.number for version in workspace.versions.values()}
    return forms, {measure.id: measure.label for measure in workspace.measures.values()}


def cell_of(finding: Finding) -> CellKey | None:
    """The cell a finding is shown at, None where it is about the whole sheet."""
    place = finding.place
    return None if place.row is None or place.column is None else (place.table or "", place.row, place.column)


class Broken(Struct, frozen=True):
    """A relation that does not hold at one place of a sheet."""

    relation: Relation
    bound: Bound
    verdict: Verdict

    @property
    def cells(self) -> Iterator[CellKey]:
        """The cells of this sheet and round it names."""
        for ref in references(self.bound.node):
            if isinstance(ref, Cells) and not ref.form and ref.when is None:
                yield from ((ref.table, row, col) for row in ref.rows for col in ref.cols)


def relations_behind(
    resolved: Resolved, found: Sequence[Finding]
) -> tuple[list[Broken | None], list[Broken]]:
    """The broken relation behind each finding of a sheet (None where there is none), and those nobody told.

    ``found`` in the order :func:`findings_of` gives. A relation between computed cells only is not told where
    a typed part of it is wrong: it is drawn along.
    """
    rules = {finding.rule for finding in found if finding.rule}
    ahead = (
        Broken(relation, bound, verdict)
        for relation, bound in resolved.plan.relations
        if relation.rule in rules and (verdict := judge(bound, resolved.outlook_of(bound))).holds is False
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


def _jumps(
    workspace: Workspace, stored: StoredSheet, resolved: Resolved, unit_code: str, explained: set[CellKey]
) -> Iterator[Finding]:
    """Changes of the threshold and more against the same period; what goes to the ministry owes a reason.

    Below that level it is a hint only. Windows of unlike length are said once, and never reckoned. Where the
    form was replaced meanwhile, a cell is held against the one that means the same, if there is one.
    """
    before = stored.period.related("same")
    form = resolved.sheet.form
    context = SheetContext(workspace, resolved.sheet)
    base = context.sheet_of(form.family, stored.unit, before) if before else None
    if base is None:
        return
    there = counterparts(form, base.sheet.form)
    span, earlier = resolved.sheet.span, base.sheet.span
    if span.like(earlier) is False:
        yield Finding(
            "CMP-004",
            "info",
            place_of(resolved, unit_code, None),
            {"months": span.months, "base_months": earlier.months},
        )
        return
    threshold = int(measures.settings(workspace.file).get(THRESHOLD_SETTING, THRESHOLD))
    upward = goes_to_the_ministry(workspace, stored, resolved)
    for key, spot in resolved.plan.spots.items():
        earlier_key = key if base.sheet.form is form else there.cell(key)
        then = base[earlier_key].value.number if earlier_key else None
        value = resolved[key].value.number
        if spot.kind not in _JUMPING or value is None or then is None:
            continue
        if not needs_explanation(value, then, threshold) or key in explained:
            continue
        percent = change_of_count(value, then).percent
        assert percent is not None  # the base is not 0, or nothing needed explaining
        yield Finding(
            "CMP-001",
            "explain" if upward else "info",
            place_of(resolved, unit_code, key),
            {
                "direction": Bilingual("Tăng", "Up") if value > then else Bilingual("Giảm", "Down"),
                "percent": abs(percent),
                "base": then,
                "value": value,
                "unit": spot.unit or "",
                "threshold": threshold,
            },
            expected=plain(then),
            actual=plain(value),
        )


def goes_to_the_ministry(workspace: Workspace, stored: StoredSheet, resolved: Resolved) -> bool:
    """Whether a sheet is one the department sends on, and so owes reasons for great changes."""
    level = workspace.level_of(resolved.sheet.form, workspace.units[stored.unit])
    return level is not None and level.level == DEPARTMENT and "Bộ Tư pháp" in level.receiver


def _explained(workspace: Workspace, stored: StoredSheet, resolved: Resolved) -> set[CellKey]:
    """Cells whose reason was written about the figure that stands there now; another figure asks again."""
    return {
        remark.cell
        for remark in remarks.of_sheet(workspace.file, stored.id)
        if remark.kind == EXPLANATION and remark.cell is not None
        if remark.seen == seen_of(resolved, remark.cell)
    }
