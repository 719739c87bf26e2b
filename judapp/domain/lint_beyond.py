"""Faults of what a form says about other forms: families, rows and columns that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from judapp.domain.catalogue import Fault, Form
from judapp.domain.expression.binding import Bound, Shape, instances
from judapp.domain.expression.nodes import Cells, references
from judapp.domain.expression.parser import parse
from judapp.domain.shape import target_of


def lint_references(form: Form, shape: Shape, others: Iterable[tuple[Form, Shape]]) -> Iterator[Fault]:
    """DEF-022 no such form in force with this one, DEF-023 a version of it lacks the row or column meant.

    ``others`` are the forms of the catalogue over sample rows, as ``shape`` is of ``form`` itself.
    """
    known = list(others)
    for name in ("relations", "computed", "rollup"):
        for index, item in enumerate(getattr(form, name)):
            told: set[tuple[str, str]] = set()
            for bound in instances(parse(item.rule), shape):
                for fault in _faults(form, bound, known):
                    key = (fault[0], fault[1].get("number", ""))
                    if key not in told:
                        told.add(key)
                        yield Fault(f"$.{name}[{index}].rule", *fault)


def _faults(
    form: Form, bound: Bound, known: list[tuple[Form, Shape]]
) -> Iterator[tuple[str, dict[str, str]]]:
    at = target_of(bound.node)
    for ref in references(bound.node):
        if not isinstance(ref, Cells) or not ref.form:
            continue
        versions = [(other, shape) for other, shape in known if other.family == ref.form]
        together = [pair for pair in versions if ref.when is not None or _together(form, pair[0])]
        if not together:
            yield "DEF-022", {"family": ref.form}
        for other, shape in together:
            row = bound.row or (at[1] if at else "")
            cols = ref.cols or ((at[2],) if at else ())
            if not _there(ref, other, shape, row, cols):
                place = f"[{' '.join(ref.rows)}]" if ref.rows else ""
                address = place + "".join(f"c{col}" for col in cols)
                yield "DEF-023", {"number": other.number, "address": address}


def _together(form: Form, other: Form) -> bool:
    """Whether two forms are in force on any one day."""
    return (form.valid_to is None or other.valid_from <= form.valid_to) and (
        other.valid_to is None or form.valid_from <= other.valid_to
    )


def _there(ref: Cells, other: Form, shape: Shape, row: str, cols: tuple[str, ...]) -> bool:
    table = shape.get(ref.table or other.tables[0].key)
    if table is None:
        return False
    if ref.rows:
        rows = [key for pattern in ref.rows for key in table.matching(tuple(pattern.split(".")))]
    else:
        keys = [line.key for line in table.rows if line.cells != frozenset()]
        rows = [key for key in keys if len(keys) == 1 or key == row]
    return any(table.exists(key, col) for key in rows for col in cols)
