"""All faults of a definition at once: of its shape as JSON, of its meaning, of the whole catalogue."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, get_args, get_origin

import msgspec

from judapp.domain.catalogue import Fault, Form, Row, Table
from judapp.domain.expression.binding import Shape, instances, problems
from judapp.domain.expression.nodes import Cells, Compare, MeasureRef, Node, references
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.lint_beyond import lint_references
from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import LEVELS, REGIMES, ROUNDS
from judapp.domain.rows import OwnRow, RepeatedUnit, expand, own_key, row_key, unit_key
from judapp.domain.shape import CellKey, Plan, Rows, plan_of, shape_of, target_of
from judapp.domain.unit import KINDS

_KEY = re.compile(r"[^\W_][\w-]*\Z|_\w+\Z")
_SLOT = re.compile(r"\{(\w+)\}")


def decode(raw: bytes) -> tuple[Form | None, list[Fault]]:
    """A form from its JSON, or every fault of its shape with its path: unknown, missing and mistyped keys."""
    try:
        anything = msgspec.json.decode(raw)
        return msgspec.json.decode(raw, type=Form), []
    except msgspec.ValidationError as error:
        # A key that stands twice hides the fault of the first from a second look.
        faults = list(_shape_faults(anything, Form, "$"))
        return None, faults or [Fault("$", "DEF-004", {"detail": str(error)})]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, [Fault("$", "DEF-001", {"detail": str(error)})]


def _shape_faults(raw: Any, expected: Any, path: str) -> Iterator[Fault]:
    if isinstance(expected, type) and issubclass(expected, msgspec.Struct) and isinstance(raw, Mapping):
        fields = {field.encode_name: field for field in msgspec.structs.fields(expected)}
        for key in raw:
            if key not in fields:
                yield Fault(f"{path}.{key}", "DEF-002", {"known": ", ".join(sorted(fields))})
        for name, field in fields.items():
            if name in raw:
                yield from _shape_faults(raw[name], field.type, f"{path}.{name}")
            elif field.required:
                yield Fault(f"{path}.{name}", "DEF-003")
    elif get_origin(expected) is tuple and isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _shape_faults(item, get_args(expected)[0], f"{path}[{index}]")
    else:
        try:
            msgspec.convert(raw, expected)
        except msgspec.ValidationError as error:
            yield Fault(path, "DEF-004", {"detail": str(error)})


def lint(form: Form) -> list[Fault]:
    """Every fault of meaning in one definition."""
    tables = list(_lint_tables(form))
    # What an expression names can only be judged over rows and columns that are themselves right.
    shape = None if tables else shape_of(form, _sample_rows(form))
    return [*_lint_head(form), *tables, *_lint_notes(form), *_lint_rules(form, shape)]


def _lint_head(form: Form) -> Iterator[Fault]:
    for name, value, allowed in (
        ("regime", (form.regime,), REGIMES),
        ("rounds", form.rounds, ROUNDS),
        ("levels", tuple(level.level for level in form.levels), LEVELS),
        ("levels.unit_kinds", tuple(k for level in form.levels for k in level.unit_kinds), KINDS),
        ("levels.deadlines", tuple(r for level in form.levels for r in level.deadlines), form.rounds),
    ):
        for unknown in sorted(set(value) - set(allowed)):
            yield Fault(f"$.{name}", "DEF-005", {"value": unknown, "known": ", ".join(allowed)})
    for name in ("family", "number", "circular", "title", "area"):
        if not getattr(form, name).strip():
            yield Fault(f"$.{name}", "DEF-006")
    if not form.rounds:
        yield Fault("$.rounds", "DEF-006")
    if form.valid_to is not None and form.valid_to < form.valid_from:
        yield Fault("$.valid_to", "DEF-007", {"start": f"{form.valid_from}", "end": f"{form.valid_to}"})
    if not form.evidence.sources:
        yield Fault("$.evidence.sources", "DEF-006")


def _lint_tables(form: Form) -> Iterator[Fault]:
    if not form.tables:
        yield Fault("$.tables", "DEF-006")
    for key, times in Counter(table.key for table in form.tables).items():
        if times > 1 or key == "@":
            yield Fault("$.tables", "DEF-008", {"what": key or "“”"})
    for index, table in enumerate(form.tables):
        path = f"$.tables[{index}]"
        yield from _lint_columns(table, path)
        yield from _lint_rows(table.rows, f"{path}.rows", table)


def _lint_columns(table: Table, path: str) -> Iterator[Fault]:
    if not table.leaves:
        yield Fault(f"{path}.columns", "DEF-006")
    for leaf in table.leaves:
        if not leaf.name or (leaf.key is not None and not leaf.key.startswith("_")):
            yield Fault(f"{path}.columns", "DEF-009", {"label": leaf.label})
        if leaf.scale < 0 or (leaf.scale and leaf.kind == "text"):
            yield Fault(f"{path}.columns", "DEF-010", {"label": leaf.label})
    for name, times in Counter(leaf.name for leaf in table.leaves).items():
        if name and times > 1:
            yield Fault(f"{path}.columns", "DEF-008", {"what": name})


def _lint_rows(rows: tuple[Row, ...], path: str, table: Table) -> Iterator[Fault]:
    fixed = [own_key(row) for row in rows if row.kind not in ("unit", "free")]
    for key, times in Counter(fixed).items():
        if not _KEY.match(key):
            yield Fault(path, "DEF-011", {"key": key})
        elif times > 1:
            yield Fault(path, "DEF-008", {"what": key})
    for kind in ("unit", "free"):
        if sum(row.kind == kind for row in rows) > 1:
            yield Fault(path, "DEF-012", {"kind": kind})
    for index, row in enumerate(rows):
        here = f"{path}[{index}]"
        if row.kind == "unit" and row.unit_kind not in KINDS:
            yield Fault(
                f"{here}.unit_kind", "DEF-005", {"value": str(row.unit_kind), "known": ", ".join(KINDS)}
            )
        if row.scale is not None and row.scale < 0:
            yield Fault(f"{here}.scale", "DEF-010", {"label": row.label})
        for column in row.only:
            if column not in table.leaf_by_name:
                yield Fault(f"{here}.only", "DEF-013", {"column": column})
        yield from _lint_rows(row.children, f"{here}.children", table)


def _lint_notes(form: Form) -> Iterator[Fault]:
    for index, note in enumerate(form.notes):
        named, declared = set(_SLOT.findall(note.text)), {slot.key for slot in note.slots}
        for key in sorted(named ^ declared):
            yield Fault(f"$.notes[{index}]", "DEF-014", {"slot": key})
    for key, times in Counter(slot.key for note in form.notes for slot in note.slots).items():
        if times > 1:
            yield Fault("$.notes", "DEF-008", {"what": key})


def sample_plan(form: Form) -> Plan:
    """The form over two rows for every plan that repeats, as lint and the catalogue look at it."""
    return plan_of(form, _sample_rows(form))


_SAMPLES = (RepeatedUnit("u1", "u1"), RepeatedUnit("u2", "u2"))


def _sample_rows(form: Form) -> Rows:
    return {table.key: expand(table, _sample_units, _sample_free_rows(table.rows)) for table in form.tables}


def _sample_units(plan: Row) -> tuple[RepeatedUnit, ...]:
    return _SAMPLES if plan.kind == "unit" else ()  # rows added by hand are sample enough of a free plan


def _sample_free_rows(plans: tuple[Row, ...], parent: str = "") -> Iterator[OwnRow]:
    for plan in plans:
        if plan.kind == "free":
            keys = [unit_key(parent, "f1"), unit_key(parent, "f2")]
            yield from (OwnRow(key, parent, 0, None, "") for key in keys)
        elif plan.kind == "unit":
            keys = [unit_key(parent, unit.uid) for unit in _SAMPLES]
        else:
            keys = [row_key(parent, plan)]
        for key in keys:
            yield from _sample_free_rows(plan.children, key)


def _rules(form: Form) -> Iterator[tuple[str, str, bool]]:
    """Every expression of a form: its path, its text, whether it defines a cell."""
    for name, defines in (("relations", False), ("computed", True), ("rollup", True)):
        for index, item in enumerate(getattr(form, name)):
            yield f"$.{name}[{index}].rule", item.rule, defines
    for index, item in enumerate(form.provides):
        yield f"$.provides[{index}].cells", item.cells, False
        if item.qualifier is not None:
            yield f"$.provides[{index}].qualifier", item.qualifier, False


def _lint_rules(form: Form, shape: Shape | None) -> Iterator[Fault]:
    """Faults of the expressions of ``form``; only of their wording where ``shape`` is None."""
    sound = shape is not None
    for path, rule, defines in _rules(form):
        try:
            node = parse(rule)
        except ExpressionError as error:
            sound = False
            yield Fault(path, error.code, _params(error, rule))
            continue
        if path.startswith("$.relations") and not isinstance(node, Compare) and not _is_test(node):
            yield Fault(path, "DEF-016")
        if shape is None:
            continue
        for code, params in problems(node, shape):
            sound = False
            yield Fault(path, code, params)
        bound = instances(node, shape)
        if defines and not (isinstance(node, Compare) and all(target_of(b.node) for b in bound)):
            yield Fault(path, "DEF-015")
        if path.startswith("$.provides") and len(bound) != 1:
            yield Fault(path, "DEF-017", {"count": str(len(bound))})
    if sound:
        for circle in _circles(sample_plan(form)):
            yield Fault(
                "$.computed", "DEF-018", {"cells": " → ".join(f"[{row}]c{col}" for _, row, col in circle)}
            )


def _params(error: ExpressionError, rule: str) -> dict[str, str]:
    return {**{name: str(value) for name, value in error.params.items()}, "rule": rule}


def _is_test(node: Node) -> bool:
    return getattr(node, "name", "") in ("both", "exclusive", "nondecreasing")


def _circles(plan: Plan) -> Iterator[list[CellKey]]:
    """Computed cells that need themselves, one circle for each cell that closes one."""
    needs: dict[CellKey, set[CellKey]] = defaultdict(set)
    for key, node in plan.computed.items():
        for reference in references(node):
            if isinstance(reference, Cells) and not reference.form and reference.when is None:
                needs[key] |= {(reference.table, r, c) for r in reference.rows for c in reference.cols}
    done: set[CellKey] = set()

    def walk(key: CellKey, path: list[CellKey]) -> Iterator[list[CellKey]]:
        if key in path:
            yield [*path[path.index(key) :], key]
            return
        if key in done:
            return
        for part in sorted(needs[key] & plan.computed.keys()):
            yield from walk(part, [*path, key])
        done.add(key)

    for key in plan.computed:
        yield from walk(key, [])


def lint_catalogue(
    forms: Iterable[Form], measures: Iterable[Measure], indicators: Iterable[Indicator]
) -> list[tuple[str, Fault]]:
    """Faults between definitions, each with what it is about: overlapping versions, undeclared measures.

    Also rules that name another form, or a row or column of it, that is not there.
    """
    forms, measures, indicators = list(forms), list(measures), list(indicators)
    faults: list[tuple[str, Fault]] = []
    by_family: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        by_family[form.family].append(form)
    for versions in by_family.values():
        versions.sort(key=lambda form: form.valid_from)
        for older, newer in pairwise(versions):
            if older.valid_to is None or older.valid_to >= newer.valid_from:
                faults.append(
                    (
                        newer.number,
                        Fault("$.valid_from", "DEF-019", {"other": f"{older.number} ({older.circular})"}),
                    )
                )
    shapes = [(form, shape_of(form, _sample_rows(form))) for form in forms if not lint(form)]
    for form, shape in shapes:
        faults += [(form.number, fault) for fault in lint_references(form, shape, shapes)]
    declared = {measure.id for measure in measures}
    provided = {item.measure for form in forms for item in form.provides}
    for form in forms:
        faults += [
            (form.number, Fault(f"$.provides[{i}].measure", "DEF-020", {"measure": item.measure}))
            for i, item in enumerate(form.provides)
            if item.measure not in declared
        ]
    for indicator in indicators:
        faults += [(indicator.id, fault) for fault in _lint_indicator(indicator, declared)]
    for measure in measures:
        if measure.part_of is not None and measure.part_of not in provided:
            faults.append((measure.id, Fault("$.part_of", "DEF-020", {"measure": measure.part_of})))
    for what, ids in (("measures", [m.id for m in measures]), ("indicators", [i.id for i in indicators])):
        faults += [
            (key, Fault(f"$.{what}", "DEF-008", {"what": key})) for key, n in Counter(ids).items() if n > 1
        ]
    return faults


def _lint_indicator(indicator: Indicator, declared: Collection[str]) -> Iterator[Fault]:
    if indicator.regime not in REGIMES:
        yield Fault("$.regime", "DEF-005", {"value": indicator.regime, "known": ", ".join(REGIMES)})
    for name in ("numerator", "denominator"):
        rule = getattr(indicator, name)
        if rule is None:
            continue
        try:
            node = parse(rule)
        except ExpressionError as error:
            yield Fault(f"$.{name}", error.code, _params(error, rule))
            continue
        for reference in references(node):
            if not isinstance(reference, MeasureRef):
                yield Fault(f"$.{name}", "DEF-021", {"rule": rule})
            elif reference.name not in declared:
                yield Fault(f"$.{name}", "DEF-020", {"measure": reference.name})
