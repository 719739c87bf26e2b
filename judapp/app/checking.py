"""All findings of a period: what sheets say by themselves, and what only other periods show."""

from __future__ import annotations

from collections.abc import Iterator

from judapp.app.entering import EXPLANATION
from judapp.app.workspace import Workspace
from judapp.domain.checking import check_sheet, place_of
from judapp.domain.comparison import change_of_count, needs_explanation
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
    forms = {version.form.family: version.form.number for version in workspace.versions.values()}
    labels = {measure.id: measure.label for measure in workspace.measures.values()}
    return [
        *check_sheet(resolved, code, forms, labels),
        *_jumps(workspace, stored, resolved, code),
    ]


def message(finding: Finding, lang: str) -> str:
    """A finding in words."""
    return text(finding.code, lang, **finding.params)


def _jumps(
    workspace: Workspace, stored: StoredSheet, resolved: Resolved, unit_code: str
) -> Iterator[Finding]:
    """Changes of the threshold and more against the same period; what goes to the ministry owes a reason.

    Below that level it is a hint only. Windows of unlike length are said once, and never reckoned.
    """
    before = stored.period.related("same")
    base = workspace.resolved(stored.form, stored.unit, before) if before else None
    if base is None:
        return
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
    explained = {r.cell: r.seen for r in remarks.of_sheet(workspace.file, stored.id) if r.kind == EXPLANATION}
    upward = _goes_to_the_ministry(workspace, stored, resolved)
    for key, spot in resolved.plan.spots.items():
        value, then = resolved[key].value.number, base[key].value.number
        if spot.kind not in _JUMPING or value is None or then is None:
            continue
        if not needs_explanation(value, then, threshold) or _still_explained(explained, key, resolved):
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


def _goes_to_the_ministry(workspace: Workspace, stored: StoredSheet, resolved: Resolved) -> bool:
    level = workspace.level_of(resolved.sheet.form, workspace.units[stored.unit])
    return level is not None and level.level == DEPARTMENT and "Bộ Tư pháp" in level.receiver


def _still_explained(explained: dict[CellKey | None, str | None], key: CellKey, resolved: Resolved) -> bool:
    """Whether the reason was written about the figure that stands there now; another figure asks again."""
    if key not in explained:
        return False
    value = resolved[key].figure.value
    return explained[key] == ("" if value is None else str(value))
