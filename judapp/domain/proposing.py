"""Rules a form's own words ask for: the head, the rows, sentences printed below the table.

Every proposal is checked as lint checks a definition: what cannot be read, names what is not there or closes
a circle is not proposed. A printed sentence comes before a guess that says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from judapp.domain.catalogue import Computed, Form, Relation, Table
from judapp.domain.expression.binding import Shape, instances, problems
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.lint import lint, sample_plan
from judapp.domain.proposal import Proposal
from judapp.domain.proposing_columns import Share, Sum, column_rules
from judapp.domain.proposing_rows import row_rules
from judapp.domain.proposing_sentences import said, sentences
from judapp.domain.rows import SheetRow
from judapp.domain.shape import Plan, target_of

__all__ = ["Proposal", "propose", "taken"]

Said = set[tuple[str, ...]]
"""What printed sentences already say, as :func:`said` writes it."""
_NO_SUMS = ("rate", "average", "text")
_MOST_ROWS = 40
"""Rows a rule is written out for, where some rows of the table are none that columns may be added in."""


def propose(form: Form) -> list[Proposal]:
    """Every rule the words of ``form`` ask for and it does not have yet, however written.

    [] for a form whose tables are themselves at fault: nothing can be said over them.
    """
    faults = lint(form)
    if any(fault.path.startswith("$.tables") for fault in faults):
        return []
    plan = sample_plan(replace(form, relations=(), computed=(), rollup=(), provides=()))
    shape = plan.shape
    own = [relation.rule for relation in form.relations] + [cell.rule for cell in form.computed]
    known = {pair for rule in own for pair in said(rule)}
    printed = [p for p in _printed(form) if _holds(p, shape) and not said(p.rule) <= known]
    known |= {pair for p in printed for pair in said(p.rule)}
    found = list(printed)
    for proposal in (*_columns(form, plan, known), *_rows(form, known)):
        if _holds(proposal, shape) and proposal.rule not in {p.rule for p in found}:
            found.append(proposal)
    return _without_circles(form, found, len(faults))


def _prefix(table: Table) -> str:
    return f"{table.key}:" if table.key else ""


def _printed(form: Form) -> Iterator[Proposal]:
    rules: set[str] = set()
    for sentence in sentences(form):
        if sentence.rule not in rules:
            rules.add(sentence.rule)
            yield Proposal(
                "relation",
                sentence.rule,
                "printed",
                sentence.text,
                "LRW-rule-printed",
                sentence.sure,
                {"text": sentence.text},
            )


def _columns(form: Form, plan: Plan, known: Said) -> Iterator[Proposal]:
    for table in form.tables:
        rows = plan.rows[table.key]
        found = list(column_rules(table))
        for each in found:
            if isinstance(each, Share):
                yield from _share(table, rows, each, known)
        for each in found:
            if isinstance(each, Sum):
                yield from _chain(table, rows, each, known)


def _chain(table: Table, rows: Sequence[SheetRow], total: Sum, known: Said) -> Iterator[Proposal]:
    """One total with all its breakdowns: ``c1 = c2 + c3 = c4 + c5``."""
    prefix = _prefix(table)
    parts = [
        part for part in total.parts if ("=", f"{prefix}c{total.total}", *_names(prefix, part)) not in known
    ]
    if not parts:
        return
    for row in _places(rows, {total.total, *(name for part in parts for name in part)}):
        sides = [f"{prefix}{row}c{total.total}"]
        sides += [" + ".join(f"{prefix}{row}c{name}" for name in part) for part in parts]
        yield Proposal(
            "relation",
            " = ".join(sides),
            "inferred",
            None,
            total.code if len(parts) == 1 else "LRW-rule-several",
            total.sure,
            {"total": total.labels[0], "parts": "; ".join(dict.fromkeys(total.labels[1:]))},
        )


def _names(prefix: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(f"{prefix}c{name}" for name in names))


def _share(table: Table, rows: Sequence[SheetRow], share: Share, known: Said) -> Iterator[Proposal]:
    prefix = _prefix(table)
    if ("<=", f"{prefix}c{share.part}", f"{prefix}c{share.whole}") in known:
        return
    for row in _places(rows, {share.part, share.whole}):
        yield Proposal(
            "relation",
            f"0 <= {prefix}{row}c{share.part} <= {prefix}{row}c{share.whole}",
            "inferred",
            None,
            "LRW-rule-share",
            share.sure,
            {"part": share.label, "whole": table.leaf_by_name[share.whole].label},
        )


def _places(rows: Sequence[SheetRow], columns: set[str]) -> Iterator[str]:
    """Where a rule between ``columns`` holds: "" for all rows, or one by one where some hold rates."""
    plain: dict[str, None] = {}
    odd = False
    for row in rows:
        exists = all(row.has(column) for column in columns)
        if row.plan.value_kind in _NO_SUMS:
            odd = odd or exists
        elif exists:
            parts = ("#" if part.startswith("#") else part for part in row.key.split("."))
            plain[".".join(parts)] = None
    if not odd:
        yield ""
    elif len(plain) <= _MOST_ROWS:
        yield from (f"[{row}]" for row in plain)


def _rows(form: Form, known: Said) -> Iterator[Proposal]:
    for table in form.tables:
        prefix = _prefix(table)
        for found in row_rules(table):
            rule = found.rule.replace("[", f"{prefix}[") if prefix else found.rule
            if not said(rule) <= known:
                yield Proposal(
                    "computed" if found.computed else "relation",
                    rule,
                    "inferred",
                    None,
                    found.code,
                    found.sure,
                    {"label": found.label},
                )


def _holds(proposal: Proposal, shape: Shape) -> bool:
    """Whether the rule can be read, names what is there, and defines a cell where it shall."""
    try:
        node = parse(proposal.rule)
    except ExpressionError:
        return False
    if problems(node, shape):
        return False
    return proposal.what == "relation" or all(target_of(bound.node) for bound in instances(node, shape))


def _without_circles(form: Form, found: list[Proposal], faults: int) -> list[Proposal]:
    """``found`` without computed cells that would need themselves: those become relations."""
    if len(lint(taken(form, found))) <= faults:
        return found
    kept: list[Proposal] = []
    for proposal in found:
        if proposal.what == "computed" and len(lint(taken(form, [*kept, proposal]))) > faults:
            proposal = replace(proposal, what="relation")
        kept.append(proposal)
    return kept


def taken(form: Form, found: Iterable[Proposal]) -> Form:
    """``form`` with the rules of ``found``; a printed sentence is the source of its rule."""
    found = list(found)
    return replace(
        form,
        relations=(
            *form.relations,
            *(
                Relation(rule=p.rule, status=p.status, source=p.wording)
                for p in found
                if p.what == "relation"
            ),
        ),
        computed=(
            *form.computed,
            *(Computed(rule=p.rule, status=p.status) for p in found if p.what == "computed"),
        ),
    )
