"""How many base units stand behind a cell: "tính trên 105/130 xã đã nộp", also through the sums above it."""

from __future__ import annotations

from collections.abc import Iterable

from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, cells_named


def coverage(resolved: Resolved, keys: Iterable[CellKey]) -> tuple[int, int] | None:
    """Base units behind cells of one sheet that have reported, of those that should; None where none do."""
    found: dict[str | None, tuple[int, int]] = {}
    cover(resolved, keys, found)
    return (sum(a for a, _ in found.values()), sum(b for _, b in found.values())) if found else None


def cover(resolved: Resolved, keys: Iterable[CellKey], found: dict[str | None, tuple[int, int]]) -> None:
    """Add to ``found`` how many base units stand behind cells, by the unit of their row.

    Fixed rows stand on the same units: the worst of them counts. Rows of units add up.
    """
    seen: set[CellKey] = set()
    ahead = list(keys)
    while ahead:
        key = ahead.pop()
        if key in seen:
            continue
        seen.add(key)
        cell = resolved[key]
        if cell.origin == "computed":
            ahead += cells_named(resolved.plan.computed[key])
        elif key in resolved.plan.rollup and cell.origin in ("rollup", "empty") and cell.expected:
            unit = resolved.unit_of(*key[:2])
            covered, expected = found.get(unit, (cell.covered, cell.expected))
            found[unit] = min(covered, cell.covered), max(expected, cell.expected)
