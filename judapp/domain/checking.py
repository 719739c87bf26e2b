"""What is wrong with one resolved sheet: unreadable cells, impossible values, relations that do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from judapp.domain.catalogue import Relation
from judapp.domain.entry import unreadable_because
from judapp.domain.expression.binding import Bound
from judapp.domain.expression.evaluate import Verdict, judge
from judapp.domain.expression.explain import explain, explain_verdict
from judapp.domain.expression.nodes import Call, Cells, references
from judapp.domain.figure import Figure, State
from judapp.domain.finding import Finding, Place
from judapp.domain.names import SheetNames
from judapp.domain.number import plain, unscaled
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Spot, cells_named
from judapp.text import Bilingual

_NEVER_NEGATIVE = ("count", "money", "average")


def check_sheet(
    resolved: Resolved,
    unit_code: str,
    forms: Mapping[str, str] | None = None,
    measures: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Every finding that needs nothing but the sheet and what it refers to, cell by cell, then by relation.

    ``unit_code`` is how the unit is called on paper in that period; it stands in the place of each finding.
    ``forms`` (numbers by family) and ``measures`` (labels by id) are for naming what lies outside the sheet.
    """
    names = SheetNames(resolved.plan, forms, measures)
    faults = (fault_at(resolved, key, unit_code) for key in resolved.plan.spots)
    broken = [found for index in range(len(resolved.plan.relations)) if (found := broken_at(resolved, index))]
    wordings: dict[int, Bilingual] = {}
    return [
        *filter(None, faults),
        *(finding_of(resolved, found, unit_code, names, wordings) for found in told_of(broken)),
    ]


def place_of(resolved: Resolved, unit_code: str, key: CellKey | None) -> Place:
    """The place of ``key`` in the sheet, or of the sheet as a whole."""
    sheet = resolved.sheet
    table, row, column = key if key else (None, None, None)
    return Place(sheet.form.number, unit_code, sheet.period.code, table or None, row, column)


def fault_at(resolved: Resolved, key: CellKey, unit_code: str) -> Finding | None:
    """What is wrong with the figure of the cell ``key`` by itself, None where nothing is."""
    figure = resolved[key].figure
    if figure.value is not None and figure.value >= 0 and figure.estimate is None:
        return None  # a plain number, as most are
    spot = resolved.plan.spots[key]
    code, params = fault_of_figure(figure, spot)
    if not code:
        return None
    actual = figure.text if figure.value is None else plain(unscaled(figure.value, spot.scale))
    return Finding(code, "error", place_of(resolved, unit_code, key), params, actual=actual)


def fault_of_figure(figure: Figure, spot: Spot) -> tuple[str, dict[str, Any]]:
    """What a figure of the cell ``spot`` may not be: code and what it names; "" where nothing is wrong."""
    if figure.state is State.UNREADABLE:
        return unreadable_because(figure.text or "", spot)
    if figure.value is not None:
        value = unscaled(figure.value, spot.scale)
        if figure.estimate is not None and not 0 <= figure.estimate <= figure.value:
            return "CEL-005", {"text": value, "estimate": unscaled(figure.estimate, spot.scale)}
        if figure.value < 0 and spot.kind in _NEVER_NEGATIVE:
            return "CEL-006", {"text": value}
    if figure.state is State.TEXT and spot.column.choices and figure.text not in spot.column.choices:
        return "CEL-007", {"text": figure.text or "", "choices": ", ".join(filter(None, spot.column.choices))}
    return "", {}


class Broken(Struct, frozen=True):
    """A relation that does not hold at one place of a sheet."""

    relation: Relation
    bound: Bound
    verdict: Verdict
    computed: bool
    """Whether it speaks of computed cells only."""

    @property
    def cells(self) -> Iterator[CellKey]:
        """The cells of this sheet and round it names."""
        return cells_named(self.bound.node)


def broken_at(resolved: Resolved, index: int) -> Broken | None:
    """The relation at ``index`` of the plan where it does not hold, None where it does or is skipped."""
    plan = resolved.plan
    defined = plan.defining.get(index)
    if defined is not None and not resolved.circular:
        cell = resolved[defined]
        if cell.origin == "computed" and not cell.adjusted:
            return None  # what it says is what the cell is
    relation, bound = plan.relations[index]
    outlook = resolved.outlook_of(bound) if index in plan.outward else resolved.outlook
    verdict = judge(bound, outlook)
    if verdict.holds is not False:
        return None
    computed = all(resolved[key].origin == "computed" for key in cells_named(bound.node))
    return Broken(relation, bound, verdict, computed)


def told_of(broken: Sequence[Broken]) -> Iterator[Broken]:
    """Of relations that do not hold those to tell, in their order.

    A total that is wrong only because a typed part is wrong is drawn along, not a fault of its own.
    """
    entered = {found.relation.rule for found in broken if not found.computed}
    return (found for found in broken if not found.computed or found.relation.rule not in entered)


def finding_of(
    resolved: Resolved,
    broken: Broken,
    unit_code: str,
    names: SheetNames,
    wordings: dict[int, Bilingual] | None = None,
) -> Finding:
    """The finding that tells of a relation which does not hold.

    ``wordings`` keeps what a rule of the sheet's plan says, which is the same at every place of it.
    """
    relation, bound, verdict = broken.relation, broken.bound, broken.verdict
    wordings = {} if wordings is None else wordings
    wording = wordings.get(id(bound.rule))
    if wording is None:
        said = relation.wording or explain(bound.rule, names, "vi")
        wording = wordings[id(bound.rule)] = Bilingual(said, explain(bound.rule, names, "en"))
    return Finding(
        _code(bound, verdict),
        relation.severity,
        place_of(resolved, unit_code, _main_cell(bound)),
        {
            "relation": wording,
            "figures": Bilingual(
                explain_verdict(bound, verdict, names, "vi"), explain_verdict(bound, verdict, names, "en")
            ),
            "status": relation.status,
            "difference": _size(verdict),
        },
        expected=None if verdict.right.number is None else plain(verdict.right.number),
        actual=None if verdict.left.number is None else plain(verdict.left.number),
        rule=relation.rule,
    )


def _size(verdict: Verdict) -> str:
    difference = verdict.difference
    if difference is None:
        return ""
    return plain(difference if difference >= 0 else -difference)


def _code(bound: Bound, verdict: Verdict) -> str:
    if isinstance(bound.node, Call):
        return {"nondecreasing": "REL-007"}.get(bound.node.name, "REL-006")
    return "REL-001" if verdict.op == "=" else "REL-002"


def _main_cell(bound: Bound) -> CellKey | None:
    """The cell a finding is shown at: the first single cell of this sheet its relation names, else any."""
    found = (cells for cells in references(bound.node) if isinstance(cells, Cells) and cells.rows)
    own = [cells for cells in found if not cells.form and cells.when is None]
    at = next((cells for cells in own if not cells.many), own[0] if own else None)
    return None if at is None else (at.table, at.rows[0], at.cols[0])
