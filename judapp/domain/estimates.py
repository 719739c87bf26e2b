"""The estimated part of the cells of a sheet: what was stated, and of a sum that of its parts (ux study, 4).

Only sums and differences of the sheet's own cells have one: of a rate, a product or a figure of base units
nobody stated how much is estimated, and it is not guessed.
"""

from __future__ import annotations

from judapp.domain import value as values
from judapp.domain.expression.nodes import BinOp, Call, Cells, Neg, Node
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.domain.value import Kind, Value, known, value_of

_Terms = list[tuple[int, CellKey]]
"""Cells that are added (1) or taken away (-1)."""


def estimated_part(resolved: Resolved, key: CellKey) -> Value:
    """The estimated part of a cell; EMPTY where it is not known, then with ``so_far`` what is known of it."""
    cell = resolved[key]
    if cell.figure.answered:
        return value_of(cell.figure, resolved.plan.spots[key].scale, "estimate")
    if cell.origin != "computed" or key in resolved.circular:
        return values.EMPTY
    parts = [(sign, estimated_part(resolved, part)) for sign, part in _terms(resolved.plan.computed[key])]
    parts = [(sign, part) for sign, part in parts if part.kind is not Kind.OUT_OF_REMIT]
    there = [
        sign * number
        for sign, part in parts
        if (number := part.so_far if part.number is None else part.number) is not None
    ]
    if parts and all(part.known for _, part in parts):
        return known(sum(there))
    return Value(Kind.EMPTY, so_far=sum(there)) if there else values.EMPTY


def _terms(node: Node, sign: int = 1) -> _Terms:
    """What ``node`` adds up; nothing where it does anything else."""
    if isinstance(node, Cells):
        own = not node.form and node.when is None and not node.est
        return [(sign, (node.table, row, col)) for row in node.rows for col in node.cols] if own else []
    if isinstance(node, Neg):
        return _terms(node.operand, -sign)
    if isinstance(node, BinOp) and node.op in "+-":
        parts = [_terms(node.left, sign), _terms(node.right, sign if node.op == "+" else -sign)]
    elif isinstance(node, Call) and node.name == "sum":
        parts = [_terms(part, sign) for part in node.args]
    else:
        return []
    return [term for part in parts for term in part] if all(parts) else []
