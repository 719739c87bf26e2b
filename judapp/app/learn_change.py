"""Adding to a definition: a column, a row, a note, a relation …; rules follow a column's number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from judapp.app.learn_edit import (
    BY_HAND,
    MORE,
    changed_at,
    free_column,
    free_row,
    moved,
    path_of,
    settled,
    shifted,
    steps_of,
    value_at,
)
from judapp.domain.catalogue import Column, Computed, Form, Note, Relation, Row, Signature, Slot
from judapp.domain.expression.nodes import Node, Ref, unparse
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.learned import Learned
from judapp.errors import JudappError
from judapp.text import clean

_RULES = (("relations", "rule"), ("computed", "rule"), ("rollup", "rule"), ("provides", "cells"))


def add(learned: Learned, path: str, value: str) -> tuple[Learned, str]:
    """The definition with another part made of ``value`` at the end of the list at ``path`` (``…[+]``).

    Also the path of what was put in; the same and "" where nothing was typed.
    """
    items = path.removesuffix(MORE)
    if not clean(value):
        return learned, ""
    held = value_at(learned.form, items)
    return _put_in(learned, items, len(held or ()), clean(value))


def insert(learned: Learned, path: str, label: str) -> tuple[Learned, str]:
    """The definition with another column or row after the one at ``path``, and the path of its label."""
    steps = steps_of(path)
    at = next(n for n in range(len(steps) - 1, -1, -1) if isinstance(steps[n], int))
    before = steps[at]
    assert isinstance(before, int)
    return _put_in(learned, path_of(steps[:at]), before + 1, label)


def _put_in(learned: Learned, items: str, at: int, value: str) -> tuple[Learned, str]:
    made, field = _made(learned.form, items, value)
    try:
        form: Form = changed_at(learned.form, steps_of(items), lambda held: (*held[:at], made, *held[at:]))
    except (LookupError, AttributeError) as error:
        raise JudappError("LRP-value", value=value) from error
    own = f"{items}[{at}]{field}"
    return settled(moved(replace(learned, form=form), shifted(items, at, 1)), own, value, BY_HAND), own


def _made(form: Form, items: str, value: str) -> tuple[Any, str]:
    """A part of a list made of what was typed, and where in it that stands. Nothing else is made up."""
    steps = steps_of(items)
    if "columns" in steps:
        return Column(label=value, key=free_column(form, value)), ".label"
    if "rows" in steps:
        siblings: tuple[Row, ...] = value_at(form, items) or ()
        return Row(label=value, key=free_row(siblings, value)), ".label"
    makers: dict[str | int, tuple[Callable[[], Any], str]] = {
        "relations": (lambda: Relation(rule=value, status="department"), ".rule"),
        "computed": (lambda: Computed(rule=value, status="department"), ".rule"),
        "notes": (lambda: _note(value), ".text"),
        "signatures": (lambda: Signature(title=value), ".title"),
    }
    maker, field = makers.get(steps[-1], (lambda: value, ""))
    return maker(), field


def _note(value: str) -> Note:
    """A note; what stands in braces is a place somebody fills."""
    names = [part.partition("}")[0] for part in value.split("{")[1:] if "}" in part]
    slots = tuple(Slot(key=name, kind="text") for name in dict.fromkeys(names) if name.isidentifier())
    return Note(text=value, slots=slots)


# --- a column that is called otherwise


def renamed(before: Form, form: Form) -> Form:
    """``form`` with the rules of ``before`` as they read once its columns are called otherwise.

    A column keeps its place; only where its new name was free before is it clear which one a rule means. What
    cannot be read stays as it stands: lint says what is wrong with it.
    """
    if len(before.tables) != len(form.tables):
        return form
    for old, new in zip(before.tables, form.tables, strict=True):
        ours, theirs = [leaf.name for leaf in old.leaves], [leaf.name for leaf in new.leaves]
        if len(ours) != len(theirs) or ours == theirs:
            continue
        names = {
            one: other
            for one, other in zip(ours, theirs, strict=True)
            if one != other and other and other not in ours and ours.count(one) == 1
        }
        for one, other in names.items():
            form = _with_name(form, old.key, one, other)
    return form


def _with_name(form: Form, table: str, one: str, other: str) -> Form:
    def called(ref: Ref) -> Ref:
        ours = not ref.form and ref.table == table and ref.col == one
        return replace(ref, col=other) if ours else ref

    for name, field in _RULES:
        rules = tuple(
            replace(rule, **{field: _rewritten(getattr(rule, field), called)}) for rule in getattr(form, name)
        )
        form = replace(form, **{name: rules})
    provides = tuple(
        replace(given, qualifier=given.qualifier and _rewritten(given.qualifier, called))
        for given in form.provides
    )
    tables = tuple(
        replace(own, rows=tuple(_only(row, one, other) for row in own.rows)) if own.key == table else own
        for own in form.tables
    )
    return replace(form, provides=provides, tables=tables)


def _only(row: Row, one: str, other: str) -> Row:
    only = tuple(other if name == one else name for name in row.only)
    return replace(row, only=only, children=tuple(_only(child, one, other) for child in row.children))


def _rewritten(rule: str, called: Callable[[Ref], Ref]) -> str:
    """A rule with other references; letter for letter the same where none differs."""
    try:
        node = parse(rule)
    except ExpressionError:
        return rule
    changed = _walked(node, called)
    return rule if changed == node else unparse(changed)


def _walked(node: Node, called: Callable[[Ref], Ref]) -> Node:
    if isinstance(node, Ref):
        return called(node)
    changes: dict[str, Any] = {}
    for field in msgspec.structs.fields(node):
        held = getattr(node, field.name)
        if isinstance(held, msgspec.Struct):
            changes[field.name] = _walked(held, called)  # type: ignore[arg-type]  # a node holds nodes alone
        elif isinstance(held, tuple):
            changes[field.name] = tuple(
                _walked(part, called) if isinstance(part, msgspec.Struct) else part  # type: ignore[arg-type]  # as above
                for part in held
            )
    return replace(node, **changes) if changes else node
