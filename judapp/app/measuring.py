"""A measure of a unit in a period, whichever forms and whichever units of the time hold it (design 4.5)."""

from __future__ import annotations

from datetime import date

from judapp.app.workspace import Workspace
from judapp.domain import value as values
from judapp.domain.catalogue import Provides
from judapp.domain.coverage import coverage
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import references, unparse
from judapp.domain.expression.parser import parse
from judapp.domain.indicator import NOTHING, Amount, Source
from judapp.domain.measure import QUALIFIER_WORDS, Measure, Qualifier
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved
from judapp.domain.shape import cells_named
from judapp.domain.unit import CLUSTER, Unit
from judapp.domain.value import Kind, Value, known
from judapp.messages import bilingual
from judapp.text import Bilingual


def amount(workspace: Workspace, name: str, unit: Unit, period: Period) -> Amount:
    """The measure ``name`` for ``unit`` in ``period``.

    A cluster without figures of its own is the sum of its members of that year; a unit that did not exist yet
    is the sum of its predecessors; both say so in ``basis``, and neither is told while a part is missing.
    """
    measure = workspace.measures.get(name)
    if measure is None:
        return NOTHING
    if _left_remit(measure, period):
        return Amount(values.OUT_OF_REMIT)
    own = _own(workspace, name, unit, period)
    if own is not None:
        return own
    if unit.kind == CLUSTER:
        members = workspace.units.members(unit.uid, period.year)
        basis = bilingual("BAS-members", n=len(members))
        return _sum_of(workspace, name, members, period, basis)
    before = workspace.units.predecessors(unit.uid, period.last_day)
    if before and [u.uid for u in before] != [unit.uid]:
        names = " và ".join(workspace.units.name(u.uid, period.last_day) for u in before)
        return _sum_of(workspace, name, before, period, bilingual("BAS-predecessors", names=names))
    return NOTHING


def _left_remit(measure: Measure, period: Period) -> bool:
    if measure.out_of_remit_from is None:
        return False
    first = date(period.year, 1, 1)
    return first >= date.fromisoformat(measure.out_of_remit_from)


def _own(workspace: Workspace, name: str, unit: Unit, period: Period) -> Amount | None:
    """The measure from the unit's own sheets; the first form that holds anything of it."""
    for version in workspace.versions_providing(name):
        resolved = workspace.resolved(version.id, unit.uid, period)
        if resolved is None:
            continue
        provided = next(p for p in version.form.provides if p.measure == name)
        found = resolved.worth(provided.cells)
        if found.kind is not Kind.EMPTY:
            return _amount_of(workspace, resolved, provided, found)
    return None


def _amount_of(workspace: Workspace, resolved: Resolved, provided: Provides, found: Value) -> Amount:
    sheet = resolved.sheet
    qualifier: Qualifier = ""
    if provided.qualifier is not None:
        qualifier = QUALIFIER_WORDS.get(resolved.words(provided.qualifier), "about")
    code = workspace.unit_code(sheet.unit, sheet.period.last_day)
    sources = tuple(
        Source(sheet.form.number, code, sheet.period.code, unparse(cell))
        for cell in references(parse(provided.cells))
    )
    bound = instances(parse(provided.cells), resolved.plan.shape)
    return Amount(
        found,
        sheet.span,
        qualifier,
        sources,
        note=provided.note,
        comparable=provided.comparable,
        coverage=coverage(resolved, [key for one in bound for key in cells_named(one.node)]),
    )


def _sum_of(workspace: Workspace, name: str, units: list[Unit], period: Period, basis: Bilingual) -> Amount:
    """The sum over ``units``, told only when every one of them has the figure over the same days."""
    parts = [amount(workspace, name, unit, period) for unit in units]
    sources = tuple(source for part in parts for source in part.sources)
    numbers = [part.value.number for part in parts if part.value.number is not None]
    spans = {part.span for part in parts if part.value.known}
    if not numbers:
        return NOTHING
    if len(numbers) < len(parts):
        lacking = tuple(
            workspace.units.name(unit.uid, period.last_day)
            for unit, part in zip(units, parts, strict=True)
            if part.value.number is None
        )
        return Amount(Value(Kind.EMPTY, so_far=sum(numbers)), sources=sources, basis=basis, lacking=lacking)
    if len(spans) > 1:
        return Amount(values.INCOMPARABLE, sources=sources, basis=basis)
    qualifier: Qualifier = next((part.qualifier for part in parts if part.qualifier), "")
    return Amount(
        known(sum(numbers)),
        next(iter(spans), Span(None, None)),
        qualifier,
        sources,
        basis,
        note=next((part.note for part in parts if part.note), None),
        comparable=all(part.comparable for part in parts),
        coverage=_covered([part.coverage for part in parts if part.coverage is not None]),
    )


def _covered(parts: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Of several units together: their base units add up."""
    return (sum(a for a, _ in parts), sum(b for _, b in parts)) if parts else None
