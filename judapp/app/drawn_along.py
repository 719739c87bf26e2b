"""Total rows that are wrong only because a typed row is: told once, with the typed one (ux study, 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from judapp.domain.checking import Broken
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, cells_named


def drawn_along(
    resolved: Resolved,
    behind: Sequence[Broken | None],
    drawn: Sequence[Broken],
    known: dict[int, set[CellKey]] | None = None,
) -> list[int]:
    """How many total rows each finding draws along, in the order of ``behind``.

    ``behind`` are the relations of the findings, ``drawn`` those that do not hold and are not told: one of
    these belongs to the findings of the same rule whose cells its own are reckoned from. ``known`` keeps what
    was found of a relation for the next time; it never changes for a sheet with the same rows.
    """
    known = {} if known is None else known
    rows: dict[int, set[tuple[str, str]]] = {}
    for broken in drawn:
        own_id = id(broken.bound)  # the plan keeps it, so that no other one has its id meanwhile
        parts = known.get(own_id)
        if parts is None:
            parts = known[own_id] = _parts(resolved, list(broken.cells))
        for at, own in enumerate(behind):
            if own is None or own.relation.rule != broken.relation.rule:
                continue
            if any(key in parts for key in own.cells):
                rows.setdefault(at, set()).update(key[:2] for key in broken.cells)
    return [len(rows.get(at, ())) for at in range(len(behind))]


def _parts(resolved: Resolved, keys: Sequence[CellKey]) -> set[CellKey]:
    """The cells ``keys`` are reckoned from, over any number of steps."""
    computed = resolved.plan.computed
    ahead, found = list(keys), set[CellKey]()
    while ahead:
        node = computed.get(ahead.pop())
        for part in cells_named(node) if node is not None else ():
            if part not in found:
                found.add(part)
                ahead.append(part)
    return found
