"""A definition laid over the rows of a sheet: which cells exist, and which rule speaks of which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from judapp.domain.catalogue import Column, Form, Relation
from judapp.domain.expression.binding import Bound, RowShape, Shape, TableShape, instances
from judapp.domain.expression.nodes import (
    RELATIONS,
    BinOp,
    Call,
    Cells,
    Compare,
    MeasureRef,
    Node,
    Reference,
    children,
    references,
)
from judapp.domain.expression.parser import parse
from judapp.domain.rows import SheetRow, cell_kind, cell_scale, cell_unit

CellKey = tuple[str, str, str]
"""Table key, row key, column name."""

Rows = Mapping[str, tuple[SheetRow, ...]]

_CACHED_PLANS = 64


class Spot(Struct, frozen=True):
    """One cell that exists in a sheet, with what its row and column say about it."""

    row: SheetRow
    column: Column
    kind: str
    unit: str | None
    scale: int


class Plan(Struct, frozen=True):
    """The rules of a form bound to the rows of a sheet; the same for every sheet with the same rows."""

    form: Form
    rows: Rows
    spots: Mapping[CellKey, Spot]
    shape: Shape
    computed: Mapping[CellKey, Node]
    """The expression that computes a cell."""
    sums: Mapping[CellKey, tuple[CellKey, ...]]
    """The cells that are added up, of each computed cell whose expression does nothing else."""
    rollup: Mapping[CellKey, Node]
    relations: tuple[tuple[Relation, Bound], ...]
    """Every relation that must hold, also those a computed cell must keep once it was reported by hand."""
    defining: Mapping[int, CellKey]
    """The relations, by index, that are what a cell is computed by: they hold as long as it is."""
    outward: frozenset[int]
    """The relations that need something outside the sheet."""
    looks_out: bool
    """Whether a cell is computed from something outside the sheet."""


def spot_of(form: Form, row: SheetRow, column: Column) -> Spot:
    """What a row and a column of ``form`` say about their cell."""
    unit = cell_unit(column, row, form.unit_of_measure)
    return Spot(row, column, cell_kind(column, row), unit, cell_scale(column, row))


def plan_of(form: Form, rows: Rows) -> Plan:
    """The plan of ``form`` over ``rows``; remembered, because a grid asks for it at every key press."""
    key = (id(form), tuple((table, tuple((row.key, row.label) for row in of)) for table, of in rows.items()))
    found = _plans.get(key)  # a plan keeps its form alive, so that no other form has its id meanwhile
    if found is None:
        if len(_plans) >= _CACHED_PLANS:
            _plans.pop(next(iter(_plans)))
        found = _plans[key] = _plan(form, rows)
    return found


_plans: dict[object, Plan] = {}


def _plan(form: Form, rows: Rows) -> Plan:
    spots = {
        (table.key, row.key, leaf.name): spot_of(form, row, leaf)
        for table in form.tables
        for row in rows[table.key]
        for leaf in table.leaves
        if row.has(leaf.name)
    }
    shape = shape_of(form, rows)
    computed, kept = _definitions((c.rule for c in form.computed), shape)
    rollup, _ = _definitions((r.rule for r in form.rollup), shape)
    relations = [
        (Relation(rule=form.computed[index].rule, status=form.computed[index].status), bound)
        for index, bound in kept
    ]
    relations += [
        (relation, bound) for relation in form.relations for bound in instances(parse(relation.rule), shape)
    ]
    defining = {
        at: target
        for at, (_, bound) in enumerate(kept)
        if (target := target_of(bound.node)) is not None and computed[target] is right_side(bound.node)
    }
    looking = {id(bound.rule): _looks_out(bound.rule) for _, bound in relations}
    outward = frozenset(at for at, (_, bound) in enumerate(relations) if looking[id(bound.rule)])
    looks_out = any(_looks_out(parse(c.rule)) for c in form.computed)
    sums = {key: parts for key, node in computed.items() if (parts := _terms(node))}
    return Plan(
        form, rows, spots, shape, computed, sums, rollup, tuple(relations), defining, outward, looks_out
    )


def _terms(node: Node) -> tuple[CellKey, ...]:
    """The cells ``node`` adds up, in their order; none where it does anything else, or has an empty part."""
    if isinstance(node, Cells):
        plain = not node.form and node.when is None and not node.est
        return tuple((node.table, row, node.cols[0]) for row in node.rows) if plain else ()
    if isinstance(node, BinOp) and node.op == "+":
        parts = [_terms(node.left), _terms(node.right)]
    elif isinstance(node, Call) and node.name == "sum":
        parts = [_terms(part) for part in node.args]
    else:
        return ()
    return tuple(term for part in parts for term in part) if all(parts) else ()


def _looks_out(rule: Node) -> bool:
    # A function that is a relation itself may look at the round before without naming it.
    function = isinstance(rule, Call) and rule.name in RELATIONS
    return function or any(leading_out(rule))


def cells_named(node: Node) -> Iterator[CellKey]:
    """The cells of the sheet itself, in its own round, that ``node`` names, in the order written."""
    ahead = [node]
    while ahead:  # no recursion: asked for every rule of a sheet before the first key
        part = ahead.pop()
        if not isinstance(part, Cells):
            ahead.extend(reversed(children(part)))
        elif not part.form and part.when is None:
            for row in part.rows:
                for col in part.cols:
                    yield part.table, row, col


def leading_out(node: Node) -> Iterator[Reference]:
    """The references of ``node`` that lead out of the sheet: to another form or round, or a measure."""
    for ref in references(node):
        if isinstance(ref, MeasureRef) or ref.form or ref.when is not None:
            yield ref


def _definitions(rules: Iterable[str], shape: Shape) -> tuple[dict[CellKey, Node], list[tuple[int, Bound]]]:
    """What defines each cell: the first rule that names it; and every instance, as a relation to keep."""
    defined: dict[CellKey, Node] = {}
    kept: list[tuple[int, Bound]] = []
    for index, rule in enumerate(rules):
        for bound in instances(parse(rule), shape):
            target = target_of(bound.node)
            if target is not None:
                defined.setdefault(target, right_side(bound.node))
                kept.append((index, bound))
    return defined, kept


def target_of(node: Node) -> CellKey | None:
    """The one cell a rule ``cell = expression`` defines; None for a rule of another form."""
    if not (isinstance(node, Compare) and node.ops == ("=",)):
        return None
    left = node.operands[0]
    if isinstance(left, Cells) and not left.form and left.when is None:
        return (left.table, left.rows[0], left.cols[0])
    return None


def right_side(node: Node) -> Node:
    """The expression behind the ``=`` of a rule that defines a cell."""
    assert isinstance(node, Compare)
    return node.operands[1]


def shape_of(form: Form, rows: Rows) -> Shape:
    """What expressions over a sheet of ``form`` with ``rows`` may name."""
    return {
        table.key: TableShape(
            tuple(RowShape(row.key, row.kind, row.cells) for row in rows[table.key]),
            tuple((leaf.name, leaf.kind or "count") for leaf in table.leaves),
        )
        for table in form.tables
    }
