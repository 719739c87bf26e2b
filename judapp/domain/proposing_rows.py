"""Sums of rows that follow from the row plan: total rows, groups, rows indented below a total, Nam and Nữ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Row, Table
from judapp.domain.learned import Sureness
from judapp.domain.proposing_columns import is_breakdown, is_of_which, is_total, is_whole_of
from judapp.domain.rows import own_key
from judapp.text import fold

_NO_SUMS = ("rate", "average", "text")
_MOST_TERMS = 60
"""Terms one proposed sum may have; more are no sum a person would write."""


class RowRule(Struct, frozen=True):
    """A rule over rows, still without the table's prefix: ``target`` and right sides with "[" and "]"."""

    rule: str
    computed: bool
    code: str
    label: str
    sure: Sureness


class _Node(Struct, frozen=True):
    """A row of the plan with the rows below it, by nesting or only by indentation."""

    plan: Row
    pattern: str
    """How an expression names it: "I.1", "#", "I.#.nam"."""
    nested: tuple[_Node, ...]
    indented: tuple[_Node, ...]

    @property
    def repeated(self) -> bool:
        return self.plan.kind in ("unit", "free")

    @property
    def figures(self) -> bool:
        return not self.plan.heading


def row_rules(table: Table) -> Iterator[RowRule]:
    """Every sum the rows of ``table`` ask for by kinds, labels and indentation, top to bottom."""
    yield from _list_rules(_nodes(table.rows, ""), "")


def _nodes(rows: Sequence[Row], above: str) -> tuple[_Node, ...]:
    """``rows`` as a tree: a row that is indented more than the one above belongs to that one."""
    made: list[tuple[int, Row, str, list[int]]] = []
    roots: list[int] = []
    open_: list[int] = []
    for row in rows:
        own = "#" if row.kind in ("unit", "free") else own_key(row)
        index = len(made)
        made.append((row.level, row, f"{above}.{own}" if above else own, []))
        while open_ and made[open_[-1]][0] >= row.level:
            open_.pop()
        (made[open_[-1]][3] if open_ else roots).append(index)
        open_.append(index)

    def node(index: int) -> _Node:
        _, row, pattern, below = made[index]
        return _Node(row, pattern, _nodes(row.children, pattern), tuple(node(child) for child in below))

    return tuple(node(index) for index in roots)


def _list_rules(nodes: Sequence[_Node], above: str) -> Iterator[RowRule]:
    totals = [node for node in nodes if node.plan.kind == "total" and node.figures]
    if len(totals) == 1:
        yield from _total_rules(totals[0], [node for node in nodes if node is not totals[0]], above)
    yield from _shares(nodes, None)
    for node in nodes:
        yield from _own_rules(node, summed=node in totals and len(nodes) > 1)
        yield from _list_rules(node.indented, above)
        yield from _list_rules(node.nested, node.pattern)


def _total_rules(total: _Node, others: Sequence[_Node], above: str) -> Iterator[RowRule]:
    """The total row of a list is the sum of the others; of each breakdown where several divide it."""
    inside = [node for node in total.indented if not is_of_which(node.plan.label)]
    if inside and not is_whole_of([node.plan.label for node in inside]):
        return  # what stands indented below it are its parts
    divided = [node for node in others if is_breakdown(node.plan.label)]
    if divided:
        yield from _divided_rules(total, divided, computed=True)
        return
    text = _sum(others, total, above, whole_list=True)
    if not text:
        return
    yield RowRule(f"[{total.pattern}] = {text}", True, "LRW-rule-total-row", total.plan.label, "sure")
    kept = [node for node in others if not is_of_which(node.plan.label)]
    for child in total.nested:
        key = own_key(child.plan)
        alike = all(any(own_key(below.plan) == key for below in node.nested) for node in kept)
        if key and alike and "*" in text and text.count("[") == 1:
            below = f"{above}.*.{key}" if above else f"*.{key}"
            yield RowRule(
                f"[{child.pattern}] = sum([{below}])", True, "LRW-rule-total-row", child.plan.label, "likely"
            )


def _divided_rules(total: _Node, divided: Sequence[_Node], *, computed: bool) -> Iterator[RowRule]:
    """Several breakdowns of one row: the first computes it, the others must come to the same."""
    for node in divided:
        own = node.figures and _alike(node, total) and not node.repeated
        text = f"[{node.pattern}]" if own else _sum((node,), total, "", whole_list=False)
        if text:
            rule = f"[{total.pattern}] = {text}"
            yield RowRule(rule, computed, "LRW-rule-rows-by", node.plan.label, "likely")
            computed = False


def _own_rules(node: _Node, *, summed: bool) -> Iterator[RowRule]:
    """What the rows below a row with figures say about it."""
    if not node.figures:
        return
    for below, above in ((node.nested, node.pattern), (node.indented, None)):
        if not below:
            continue
        yield from _shares(below, node)
        divided = [child for child in below if is_breakdown(child.plan.label)]
        if divided:
            yield from _divided_rules(node, divided, computed=not summed)
            continue
        labels = [child.plan.label for child in below]
        pair = is_whole_of(labels)
        if any(child.plan.kind == "total" for child in below):
            continue
        text = _sum(below, node, above or "", whole_list=above is not None)
        if not text:
            continue
        rule = f"[{node.pattern}] = {text}"
        if pair:
            parts = " + ".join(f"[{child.pattern}]" for child in below)
            yield RowRule(
                f"[{node.pattern}] = {parts}", not summed, "LRW-rule-pair", " + ".join(labels), "likely"
            )
        elif node.plan.kind in ("group", "total") and not summed:
            yield RowRule(rule, True, "LRW-rule-group", node.plan.label, "likely")
        elif is_total(node.plan.label) and not summed:
            yield RowRule(rule, True, "LRW-rule-indented", node.plan.label, "likely")
        elif not summed:
            yield RowRule(rule, False, "LRW-rule-indented", node.plan.label, "choose")


def _shares(nodes: Sequence[_Node], parent: _Node | None) -> Iterator[RowRule]:
    """A row that begins with "Trong đó" is some of the row it stands below, or of the one before it."""
    whole = parent
    for node in nodes:
        if not is_of_which(node.plan.label):
            if parent is None:
                whole = node
            continue
        parts = [node] if node.figures else [*node.nested, *node.indented]
        for part in parts:
            if whole is not None and whole.figures and _alike(part, whole) and not part.repeated:
                yield RowRule(
                    f"0 <= [{part.pattern}] <= [{whole.pattern}]",
                    False,
                    "LRW-rule-row-share",
                    node.plan.label,
                    "likely",
                )


def _sum(nodes: Sequence[_Node], target: _Node, above: str, *, whole_list: bool) -> str:
    """The sum of ``nodes`` as an expression, "" where it cannot be written or must not be added.

    ``whole_list``: the nodes are all rows directly below ``above``, so that "*" may name them.
    """
    plain = all(node.figures and not node.indented and _alike(node, target) for node in nodes)
    if whole_list and plain and nodes and not any(is_of_which(node.plan.label) for node in nodes):
        many = len(nodes) > 1 or nodes[0].repeated
        return f"sum([{above}.*])" if many and above else "sum([*])" if many else ""
    terms: list[str] = []
    for node in nodes:
        if is_of_which(node.plan.label) or (node.figures and node.plan.value_kind in _NO_SUMS):
            continue
        found = _terms(node, target)
        if not found:
            return ""
        terms += found
    if len(terms) > _MOST_TERMS or (len(terms) < 2 and not any("*" in term for term in terms)):
        return ""
    return " + ".join(terms)


def _terms(node: _Node, target: _Node) -> list[str]:
    """What one part adds to a sum: its own figure, or those below a heading; [] where that is not clear."""
    if node.figures:
        return [f"[{node.pattern}]"] if _alike(node, target) and not node.repeated else []
    totals = [child for child in node.nested if child.plan.kind == "total"]
    if totals:
        return [f"[{totals[0].pattern}]"] if len(totals) == 1 and _alike(totals[0], target) else []
    below = node.nested or node.indented
    if len(below) == 1 and below[0].figures:
        return _terms(below[0], target)
    text = _sum(node.nested, target, node.pattern, whole_list=True)
    if not text and not node.nested:
        text = _sum(node.indented, target, "", whole_list=False)
    return text.split(" + ") if text else []


def _alike(node: _Node, target: _Node) -> bool:
    """Whether figures of two rows may be added: the same unit and kind, and no mean, rate or word."""
    if node.plan.value_kind in _NO_SUMS or target.plan.value_kind in _NO_SUMS:
        return False
    same_kind = node.plan.value_kind == target.plan.value_kind
    return same_kind and fold(node.plan.unit or "") == fold(target.plan.unit or "")
