"""Where a figure of a sheet comes from and where it goes: Excel's precedents and dependents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from judapp.app.grid import reckoned
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Plan, cells_named, leading_out, right_side, target_of


class Traced(Struct, frozen=True):
    """The cells of the sheet a figure comes from, or goes into."""

    cells: tuple[CellKey, ...]
    said: str
    """Code of the sentence about them, which takes their number as ``n``; without any it says why not."""


def traced(
    workspace: Workspace, number: str, unit: str, period: Period, key: CellKey, *, onward: bool
) -> Traced:
    """:func:`sources`, or ``onward`` :func:`uses`, of a cell in the sheet of ``unit`` (uid)."""
    resolved = reckoned(workspace, workspace.version_for(number, period), unit, period)
    if onward:
        cells = uses(resolved.plan, key)
        return Traced(cells, "FND-uses" if cells else "FND-no-use")
    cells = sources(resolved.plan, key)
    return Traced(cells, "FND-sources" if cells else _without_source(resolved, key))


def _without_source(resolved: Resolved, key: CellKey) -> str:
    """Where a figure comes from that is reckoned from no cell of the sheet."""
    cell, node = resolved[key], resolved.plan.computed.get(key)
    if cell.origin == "rollup" or (cell.origin == "empty" and cell.expected):
        return "FND-from-units"
    if node is None or cell.origin == "reported":
        return "FND-no-source"
    return "FND-from-elsewhere" if any(leading_out(node)) else "FND-no-rows"


def sources(plan: Plan, key: CellKey) -> tuple[CellKey, ...]:
    """The cells of the sheet ``key`` is reckoned from; of a typed one, those a relation says it comes to."""
    node = plan.computed.get(key)
    if node is not None:
        return _once(plan, key, cells_named(node))
    return _once(plan, key, (cell for target, right in _relations(plan) if target == key for cell in right))


def uses(plan: Plan, key: CellKey) -> tuple[CellKey, ...]:
    """The cells of the sheet reckoned from ``key``, and those a relation says it is a part of."""
    into = [target for target, node in plan.computed.items() if key in set(cells_named(node))]
    into += [target for target, right in _relations(plan) if key in set(right)]
    return _once(plan, key, into)


def _relations(plan: Plan) -> Iterator[tuple[CellKey, tuple[CellKey, ...]]]:
    """What a cell has to come to: it stands left of the "=", other cells at the right."""
    for _, bound in plan.relations:
        target = target_of(bound.node)
        if target is not None:
            yield target, tuple(cells_named(right_side(bound.node)))


def _once(plan: Plan, key: CellKey, cells: Iterable[CellKey]) -> tuple[CellKey, ...]:
    return tuple(cell for cell in dict.fromkeys(cells) if cell != key and cell in plan.spots)
