"""Figures of an import held against other units of the same form: thousands for units, and far from its like.

Everything is reckoned once for all files of an import: the other units are those of the import itself and
those the data file has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from judapp.app.import_candidates import READY, REJECTED, Candidate
from judapp.app.import_numbers import (
    QUESTIONS,
    factor_of,
    money_columns,
    number_of,
    say_scale,
    scale_findings,
)
from judapp.app.similar_units import Like, SimilarUnits
from judapp.app.workspace import Workspace
from judapp.domain.finding import Finding, Place
from judapp.domain.number import unscaled
from judapp.domain.period import Period
from judapp.domain.shape import CellKey, Plan
from judapp.messages import bilingual

BY_OTHERS = "NUM-others"
"""Name of the basis of a CMP-002 that rests on other units; such findings are made anew at every look."""


def beside_others(workspace: Workspace, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with what other units say of their figures (CMP-002, CMP-003).

    What an earlier look said is taken back first. A column a thousand times its like asks, and keeps its
    worksheet from being written; a figure far from its like is told.
    """
    again = [_without(candidate) for candidate in candidates]
    groups: Mapping[tuple[int, Period], list[Candidate]] = defaultdict(list)
    for candidate in again:
        if candidate.recognised and candidate.figures:
            version, _, period = candidate.target
            groups[version, period].append(candidate)
    for (version, period), of in groups.items():
        _Group(workspace, version, period, of).judge()
    return again


def _without(candidate: Candidate) -> Candidate:
    """A copy without what others said of it; the same where they said nothing."""
    kept = [f for f in candidate.findings if f.code != "CMP-003" and not f.params.get("others")]
    if len(kept) == len(candidate.findings):
        return replace(candidate, findings=kept)
    asked = any(f.params.get("others") for f in candidate.findings)
    still = any(f.code in QUESTIONS for f in kept)
    status = READY if asked and not still and candidate.status == REJECTED else candidate.status
    return replace(candidate, findings=kept, status=status)


class _Group:
    """The worksheets of one form and round, and what the data file has of others."""

    def __init__(
        self, workspace: Workspace, version: int, period: Period, candidates: Sequence[Candidate]
    ) -> None:
        self.workspace, self.version, self.period = workspace, version, period
        self.candidates = candidates
        numbers = {
            candidate.target[1]: {
                key: read.figure.value
                for key, read in candidate.figures.items()
                if read.figure.value is not None
            }
            for candidate in candidates
        }
        self.similar = SimilarUnits(workspace, version, period, numbers)

    def judge(self) -> None:
        """Say of every worksheet what the others make of it."""
        spots = self._plan(self.candidates[0]).spots.values()
        money = any(spot.kind == "money" for spot in spots)
        for candidate in self.candidates:
            like = self.similar.like(candidate.target[1])
            if like and not (money and self._thousands(candidate, like)):
                self._far(candidate)

    def _plan(self, candidate: Candidate) -> Plan:
        return self.workspace.plan(candidate.form, candidate.target[1], self.period)

    def _thousands(self, candidate: Candidate, like: Mapping[CellKey, Like]) -> bool:
        """CMP-002 where no same period told; whether it was said."""
        plan = self._plan(candidate)
        answers = {(table, column) for table, column, _ in candidate.decision.factors}
        answers |= {(f.params["table"], f.params["name"]) for f in scale_findings(candidate)}
        said = False
        for (table, leaf), cells in money_columns(plan, candidate.figures, answers).items():
            pairs = [
                (number_of(read.figure, key, plan), unscaled(base.median, plan.spots[key].scale))
                for key, read in cells
                if (base := like.get(key)) is not None and base.median
            ]
            factor = factor_of(pairs)
            if factor and candidate.status in (READY, REJECTED):
                say_scale(candidate, plan, table, leaf, cells, factor, bilingual(BY_OTHERS))
                last = candidate.findings[-1]
                candidate.findings[-1] = replace(last, params={**last.params, "others": True})
                candidate.status = REJECTED
                said = True
        return said

    def _far(self, candidate: Candidate) -> None:
        unit, figures = candidate.target[1], candidate.figures
        numbers = {key: read.figure.value for key, read in figures.items() if read.figure.value is not None}
        plan = self._plan(candidate)
        for key in self.similar.far(unit, numbers, plan.spots):
            if key not in plan.computed:
                place = Place(path=str(candidate.path), sheet=candidate.sheet or None, cell=figures[key].cell)
                params = self.similar.words(unit, key, numbers[key], plan.spots[key])
                candidate.findings.append(Finding("CMP-003", "warning", place, params))
