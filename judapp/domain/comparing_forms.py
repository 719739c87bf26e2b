"""Holding two versions of a form against one another (:mod:`judapp.domain.form_comparison`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from judapp.domain.catalogue import Column, Form, Row, Signature, Table
from judapp.domain.expression.nodes import Ref
from judapp.domain.expression.parser import parse
from judapp.domain.form_comparison import (
    Change,
    Difference,
    FormComparison,
    LineChange,
    Part,
    PartChange,
    RuleChange,
    Why,
)
from judapp.domain.rows import own_key
from judapp.text import clean, fold

_HEAD = (
    "number", "circular", "area", "title", "scope", "regime", "rounds", "period_line", "unit_of_measure",
    "valid_from", "valid_to", "estimate",
)  # fmt: skip
_GRAVITY: tuple[tuple[Change, tuple[str, ...]], ...] = (
    ("changed", ("unit", "kind", "scale")),
    ("renamed", ("label",)),
    ("renumbered", ("code",)),
    ("moved", ("place", "above")),
)
"""What happened by the fields that differ, the gravest first."""
_ALIKE = 2
"""Of three words two must be the same for a number to make two parts one."""

_Pairs = dict[Part, tuple[Part, Why]]


def compare_forms(old: Form, new: Form) -> FormComparison:
    """What ``new`` has otherwise than ``old``; two versions of one form, or any two forms."""
    tables = _tables(old, new)
    measures = _of_one_measure(old, new)
    return FormComparison(
        tuple(_head(old, new)),
        tuple(_parts(columns_of(old), columns_of(new), tables, measures)),
        tuple(_parts(rows_of(old), rows_of(new), tables, {})),
        tuple(_rules(old, new)),
        tuple(_lines(old, new)),
    )


def columns_of(form: Form) -> list[Part]:
    """The leaf columns of all tables, left to right."""
    return [
        Part(
            table.key,
            leaf.name,
            leaf.code,
            path,
            place,
            leaf.unit or form.unit_of_measure,
            leaf.kind or "count",
            leaf.scale,
        )
        for table in form.tables
        for place, (path, leaf) in enumerate(zip(_paths(table.columns, ()), table.leaves, strict=True))
    ]


def _paths(nodes: tuple[Column, ...], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        path = (*above, node.label)
        if node.children:
            yield from _paths(node.children, path)
        else:
            yield path


def rows_of(form: Form) -> list[Part]:
    """The rows of the plans of all tables, top to bottom; a repeated row once."""
    return [
        Part(table.key, key, plan.code, path, place, plan.unit, plan.kind, plan.scale)
        for table in form.tables
        for place, (key, path, plan) in enumerate(_plans(table))
    ]


def _plans(table: Table) -> Iterator[tuple[str, tuple[str, ...], Row]]:
    def walk(
        plans: tuple[Row, ...], key: str, path: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...], Row]]:
        for plan in plans:
            own = f"{key}.{_segment(plan)}" if key else _segment(plan)
            yield own, (*path, plan.label), plan
            yield from walk(plan.children, own, (*path, plan.label))

    return walk(table.rows, "", ())


def _segment(plan: Row) -> str:
    return "#" if plan.kind in ("unit", "free") else own_key(plan)


def _tables(old: Form, new: Form) -> Mapping[str, str]:
    """The tables of ``old`` by those of ``new`` they stand for: of the same key, or each form's only one."""
    if len(old.tables) == len(new.tables) == 1:
        return {new.tables[0].key: old.tables[0].key}
    there = {table.key for table in old.tables}
    return {table.key: table.key for table in new.tables if table.key in there}


def _of_one_measure(old: Form, new: Form) -> dict[tuple[str, str], tuple[str, str, tuple[str, ...]]]:
    """Columns of ``old`` (table, name) by columns of ``new`` that give the same measure, with the notes.

    Only where each form says one column for it, and the measure is the whole of the cell. A form that gives
    its measures by rows (one column, many measures) says nothing about columns.
    """
    ours, theirs = _measured(new), _measured(old)
    return {
        column: (*theirs[measure][0], tuple(filter(None, (note, theirs[measure][1]))))
        for measure, (column, note) in ours.items()
        if measure in theirs
    }


def _measured(form: Form) -> dict[str, tuple[tuple[str, str], str | None]]:
    found: dict[str, tuple[tuple[str, str], str | None]] = {}
    for item in form.provides:
        node = parse(item.cells)
        if item.comparable and isinstance(node, Ref) and node.col is not None and not node.form:
            found[item.measure] = ((node.table or form.tables[0].key, node.col), item.note)
    times = Counter(column for column, _ in found.values())
    return {measure: at for measure, at in found.items() if times[at[0]] == 1}


def _parts(
    old: list[Part],
    new: list[Part],
    tables: Mapping[str, str],
    measures: Mapping[tuple[str, str], tuple[str, str, tuple[str, ...]]],
) -> Iterator[PartChange]:
    pairs: _Pairs = {}
    notes: dict[Part, tuple[str, ...]] = {}
    by_name = {(part.table, part.name): part for part in old}
    for part in new:
        told = measures.get((part.table, part.name))
        if told is not None and (told[0], told[1]) in by_name:
            other = by_name[told[0], told[1]]
            pairs[part] = other, next((why for why, key in _KEYS if key(part) == key(other)), "measure")
            notes[part] = told[2]
    for why, key in _KEYS:
        _pair(old, new, tables, pairs, why, key)
    for part in _free(new, pairs):
        fitting = [
            other
            for other in _open(old, pairs)
            if other.table == tables.get(part.table) and part.code and other.code == part.code
        ]
        if len(fitting) == 1 and _alike(part, fitting[0]):
            pairs[part] = fitting[0], "number"
    changes = {part: _changed(part, *pairs[part], notes.get(part, ())) for part in new if part in pairs}
    _settle_places(changes)
    yield from _in_order(old, new, pairs, changes)


def _by_number(part: Part) -> Hashable:
    return (part.code or part.name, _folded(part.path))


def _by_labels(part: Part) -> Hashable:
    return _folded(part.path)


_KEYS: tuple[tuple[Why, Callable[[Part], Hashable]], ...] = (("equal", _by_number), ("labels", _by_labels))


def _pair(
    old: list[Part],
    new: list[Part],
    tables: Mapping[str, str],
    pairs: _Pairs,
    why: Why,
    key: Callable[[Part], Hashable],
) -> None:
    """Make pairs of parts with the same ``key`` that only one part of each version has."""
    theirs: dict[Hashable, list[Part]] = {}
    for part in _open(old, pairs):
        theirs.setdefault((part.table, key(part)), []).append(part)
    free = _free(new, pairs)
    times = Counter((part.table, key(part)) for part in free)
    for part in free:
        fitting = theirs.get((tables.get(part.table), key(part)), [])
        if len(fitting) == 1 and times[part.table, key(part)] == 1:
            pairs[part] = fitting[0], why


def _free(new: list[Part], pairs: _Pairs) -> list[Part]:
    return [part for part in new if part not in pairs]


def _open(old: list[Part], pairs: _Pairs) -> list[Part]:
    taken = {other for other, _ in pairs.values()}
    return [part for part in old if part not in taken]


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(label) for label in path)


def _alike(one: Part, other: Part) -> bool:
    """Whether two of three of their own words are the same, and none of them denies ("không", "chưa")."""
    first, second = set(fold(one.label).split()), set(fold(other.label).split())
    if (first ^ second) & _DENIALS:
        return False
    return 3 * len(first & second) >= _ALIKE * len(first | second) and bool(first)


_DENIALS = frozenset({"khong", "chua"})


def _changed(new: Part, old: Part, why: Why, notes: tuple[str, ...]) -> PartChange:
    found = [
        Difference(field, str(was or ""), str(now or ""))
        for field, was, now in (
            ("code", old.code, new.code),
            ("label", old.label, new.label),
            ("above", " / ".join(old.path[:-1]), " / ".join(new.path[:-1])),
            ("unit", old.unit, new.unit),
            ("kind", old.kind, new.kind),
            ("scale", old.scale, new.scale),
        )
        if _differs(field, was, now)
    ]
    return PartChange(_gravest(found), old, new, why, tuple(found), notes)


def _differs(field: str, was: Any, now: Any) -> bool:
    """Whether a field differs to a reader: "người" and "Người" name one unit, "Phòng Công chứng" one row."""
    if field in ("unit", "label", "above"):
        return clean(was or "").casefold() != clean(now or "").casefold()
    return (was or None) != (now or None)


def _gravest(found: Iterable[Difference]) -> Change:
    fields = {difference.field for difference in found}
    return next((change for change, names in _GRAVITY if fields & set(names)), "same")


def _settle_places(changes: dict[Part, PartChange]) -> None:
    """Say of parts that stand elsewhere that they moved: those out of the longest run that kept its order."""
    for table in {part.table for part in changes}:
        kept = [(part, changes[part]) for part in changes if part.table == table]
        order = [change.old.place for _, change in kept if change.old is not None]
        staying = _longest_run(order)
        for at, (part, change) in enumerate(kept):
            if at in staying or change.old is None:
                continue
            place = Difference("place", str(change.old.place + 1), str(part.place + 1))
            found = (*change.differences, place)
            changes[part] = PartChange(_gravest(found), change.old, part, change.why, found, change.notes)


def _longest_run(order: list[int]) -> set[int]:
    """The indexes of a longest rising run of ``order`` (a few hundred columns at most)."""
    best: list[tuple[int, int | None]] = []
    for at, value in enumerate(order):
        before = [(best[b][0], b) for b in range(at) if order[b] < value]
        length, index = max(before, default=(0, None))
        best.append((length + 1, index))
    found: set[int] = set()
    at_end: int | None = max(range(len(best)), key=lambda at: best[at][0], default=None)
    while at_end is not None:
        found.add(at_end)
        at_end = best[at_end][1]
    return found


def _in_order(
    old: list[Part], new: list[Part], pairs: _Pairs, changes: Mapping[Part, PartChange]
) -> Iterator[PartChange]:
    """The parts of the newer version, each removed one behind what it followed in the older."""
    successor = {other: part for part, (other, _) in pairs.items()}
    behind: dict[Part | None, list[Part]] = {}
    last: Part | None = None
    for part in old:
        if part in successor:
            last = successor[part]
        else:
            behind.setdefault(last, []).append(part)

    def gone(after: Part | None) -> Iterator[PartChange]:
        return (PartChange("removed", part, None) for part in behind.get(after, ()))

    yield from gone(None)
    for part in new:
        yield changes.get(part) or PartChange("added", None, part)
        yield from gone(part)


# the rest of the form


def _head(old: Form, new: Form) -> Iterator[Difference]:
    for name in _HEAD:
        yield from _difference(name, getattr(old, name), getattr(new, name))
    yield from _difference("evidence", old.evidence.level, new.evidence.level)
    was, now = ({level.level: level for level in form.levels} for form in (old, new))
    for key in dict.fromkeys((*was, *now)):
        one, other = was.get(key), now.get(key)
        for name in ("reporter", "receiver"):
            yield from _difference(
                f"levels.{key}.{name}", getattr(one, name, None), getattr(other, name, None)
            )
        ends = [level.deadlines if level else {} for level in (one, other)]
        for round_ in dict.fromkeys((*ends[0], *ends[1])):
            yield from _difference(
                f"levels.{key}.deadlines.{round_}", ends[0].get(round_), ends[1].get(round_)
            )


def _difference(field: str, old: object, new: object) -> Iterator[Difference]:
    if old != new:
        yield Difference(field, _text(old), _text(new))


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


_RULES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    ("relations", "rule", ("status", "severity", "wording")),
    ("computed", "rule", ("status",)),
    ("rollup", "rule", ("status",)),
    ("provides", "measure", ("cells", "qualifier", "note", "comparable")),
)


def _rules(old: Form, new: Form) -> Iterator[RuleChange]:
    for what, key, fields in _RULES:
        was = {_rule_key(item, key): item for item in getattr(old, what)}
        now = {_rule_key(item, key): item for item in getattr(new, what)}
        for rule, item in now.items():
            before = was.get(rule)
            if before is None:
                yield RuleChange(what, "added", None, getattr(item, key))
                continue
            found = tuple(
                difference
                for name in fields
                for difference in _difference(name, getattr(before, name), getattr(item, name))
            )
            if found:
                yield RuleChange(what, "changed", getattr(before, key), getattr(item, key), found)
        for rule, item in was.items():
            if rule not in now:
                yield RuleChange(what, "removed", getattr(item, key), None)


def _rule_key(item: Struct, key: str) -> str:
    """Rules that differ in spaces only are one."""
    return "".join(str(getattr(item, key)).split())


def _lines(old: Form, new: Form) -> Iterator[LineChange]:
    for what, words in _LINES:
        was, now = words(old), words(new)
        yield from (LineChange(what, "added", text) for text in now if text not in was)
        yield from (LineChange(what, "removed", text) for text in was if text not in now)


_LINES: tuple[tuple[Any, Callable[[Form], list[str]]], ...] = (
    ("notes", lambda form: [note.text for note in form.notes]),
    ("explanations", lambda form: list(form.explanations)),
    ("signatures", lambda form: [_signer(signature) for signature in form.signatures]),
)


def _signer(signature: Signature) -> str:
    return " · ".join(filter(None, (signature.date_line, signature.title, signature.note)))
