"""What a sheet is held against: the same period of the year before, cell by cell."""

from __future__ import annotations

from collections.abc import Collection

from judapp.app.context import SheetContext
from judapp.app.workspace import Workspace
from judapp.domain.checking import place_of
from judapp.domain.comparison import change_of_count, needs_explanation
from judapp.domain.counterparts import counterparts
from judapp.domain.expression.binding import ADDED_UP
from judapp.domain.finding import Finding
from judapp.domain.number import Rational, plain
from judapp.domain.period import DEPARTMENT
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.store import measures
from judapp.text import Bilingual

THRESHOLD_SETTING = "explain_threshold_percent"
THRESHOLD = 20
"""Percent of change against the same period that wants a reason (Công văn 4578/BTP-KHTC, 2022)."""


class SamePeriod:
    """The figures of the same period, read once; they do not change while the sheet is typed into."""

    def __init__(self, workspace: Workspace, resolved: Resolved, unit_code: str) -> None:
        """Look for the sheet of the same unit; ``unit_code`` stands in the place of findings.

        Where the form was replaced meanwhile, a cell is held against the one that means the same, if there
        is one. Windows of unlike length are said once, and never reckoned.
        """
        sheet = resolved.sheet
        self._unit_code = unit_code
        self._threshold = 0
        self._severe = False
        self.bases: dict[CellKey, Rational] = {}
        """Figures of then, by the cell of now they are held against."""
        self.unlike: Finding | None = None
        """That the windows may not be compared, if so."""
        before = sheet.period.related("same")
        context = SheetContext(workspace, sheet)
        base = context.sheet_of(sheet.form.family, sheet.unit, before) if before else None
        if base is None:
            return
        span, earlier = sheet.span, base.sheet.span
        if span.like(earlier) is False:
            months = {"months": span.months, "base_months": earlier.months}
            self.unlike = Finding("CMP-004", "info", place_of(resolved, unit_code, None), months)
            return
        self._threshold = int(measures.settings(workspace.file).get(THRESHOLD_SETTING, THRESHOLD))
        self._severe = goes_to_the_ministry(workspace, resolved)
        there = counterparts(sheet.form, base.sheet.form)
        for key, spot in resolved.plan.spots.items():
            if spot.kind in ADDED_UP:
                earlier_key = key if base.sheet.form is sheet.form else there.cell(key)
                then = base[earlier_key].value.number if earlier_key else None
                if then is not None:
                    self.bases[key] = then

    def at(self, resolved: Resolved, key: CellKey, explained: Collection[CellKey]) -> Finding | None:
        """The change of a cell by the threshold and more, unless its reason is written.

        What goes to the ministry owes a reason; below that level it is a hint only.
        """
        then = self.bases.get(key)
        value = resolved[key].value.number
        if value is None or then is None or key in explained:
            return None
        if not needs_explanation(value, then, self._threshold):
            return None
        percent = change_of_count(value, then).percent
        assert percent is not None  # the base is not 0, or nothing needed explaining
        return Finding(
            "CMP-001",
            "explain" if self._severe else "info",
            place_of(resolved, self._unit_code, key),
            {
                "direction": Bilingual("Tăng", "Up") if value > then else Bilingual("Giảm", "Down"),
                "percent": abs(percent),
                "base": then,
                "value": value,
                "unit": resolved.plan.spots[key].unit or "",
                "threshold": self._threshold,
            },
            expected=plain(then),
            actual=plain(value),
        )


def goes_to_the_ministry(workspace: Workspace, resolved: Resolved) -> bool:
    """Whether a sheet is one the department sends on, and so owes reasons for great changes."""
    level = workspace.level_of(resolved.sheet.form, workspace.units[resolved.sheet.unit])
    return level is not None and level.level == DEPARTMENT and "Bộ Tư pháp" in level.receiver
