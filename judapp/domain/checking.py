"""What is wrong with one resolved sheet: unreadable cells, impossible values, relations that do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from judapp.domain.expression.binding import Bound
from judapp.domain.expression.evaluate import Verdict, judge
from judapp.domain.expression.explain import explain, explain_verdict
from judapp.domain.expression.nodes import Call, Cells, references
from judapp.domain.figure import Figure, State
from judapp.domain.finding import Finding, Place
from judapp.domain.names import SheetNames
from judapp.domain.number import Ambiguous, decimals_of, parse_number, plain, unscaled
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Spot
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
    return [*_of_cells(resolved, unit_code), *_of_relations(resolved, unit_code, names)]


def place_of(resolved: Resolved, unit_code: str, key: CellKey | None) -> Place:
    """The place of ``key`` in the sheet, or of the sheet as a whole."""
    sheet = resolved.sheet
    table, row, column = key if key else (None, None, None)
    return Place(sheet.form.number, unit_code, sheet.period.code, table or None, row, column)


def _of_cells(resolved: Resolved, unit_code: str) -> Iterator[Finding]:
    for key, spot in resolved.plan.spots.items():
        figure = resolved[key].figure
        code, params = _fault_of_figure(figure, spot)
        if code:
            actual = figure.text if figure.value is None else plain(unscaled(figure.value, spot.scale))
            yield Finding(code, "error", place_of(resolved, unit_code, key), params, actual=actual)


def _fault_of_figure(figure: Figure, spot: Spot) -> tuple[str, dict[str, Any]]:
    if figure.state is State.UNREADABLE:
        text = figure.text or ""
        number = parse_number(text)
        if isinstance(number, Ambiguous):
            return "CEL-003", {"text": text}
        if number is not None and decimals_of(number.normalize()) > spot.scale:
            return "CEL-002", {"text": text, "unit": spot.unit or "", "scale": str(spot.scale)}
        return "CEL-001", {"text": text}
    if figure.value is not None:
        value = unscaled(figure.value, spot.scale)
        if figure.estimate is not None and not 0 <= figure.estimate <= figure.value:
            return "CEL-005", {"text": value, "estimate": unscaled(figure.estimate, spot.scale)}
        if figure.value < 0 and spot.kind in _NEVER_NEGATIVE:
            return "CEL-006", {"text": value}
    if figure.state is State.TEXT and spot.column.choices and figure.text not in spot.column.choices:
        return "CEL-007", {"text": figure.text or "", "choices": ", ".join(filter(None, spot.column.choices))}
    return "", {}


def _of_relations(resolved: Resolved, unit_code: str, names: SheetNames) -> Iterator[Finding]:
    broken = []
    for relation, bound in resolved.plan.relations:
        verdict = judge(bound, resolved.outlook_of(bound))
        if verdict.holds is False:
            broken.append((relation, bound, verdict))
    entered = {relation.rule for relation, bound, _ in broken if not _only_computed(resolved, bound)}
    for relation, bound, verdict in broken:
        # A total that is wrong only because a typed part is wrong is drawn along, not a fault of its own.
        if relation.rule in entered and _only_computed(resolved, bound):
            continue
        wording = Bilingual(
            relation.wording or explain(bound.rule, names, "vi"), explain(bound.rule, names, "en")
        )
        yield Finding(
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
    own = [cells for cells in _own_cells(bound) if cells.rows]
    at = next((cells for cells in own if not cells.many), own[0] if own else None)
    return None if at is None else (at.table, at.rows[0], at.cols[0])


def _own_cells(bound: Bound) -> list[Cells]:
    """The cells of this sheet and round a relation names."""
    return [r for r in references(bound.node) if isinstance(r, Cells) and not r.form and r.when is None]


def _only_computed(resolved: Resolved, bound: Bound) -> bool:
    cells = [resolved[r.table, row, col] for r in _own_cells(bound) for row in r.rows for col in r.cols]
    return all(cell.origin == "computed" for cell in cells)
