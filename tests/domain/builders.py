"""Small definitions, sheets and surroundings for the tests of the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from judapp.domain import value as values
from judapp.domain.catalogue import Column, Computed, Evidence, Form, Provides, Relation, Rollup, Row, Table
from judapp.domain.entry import typed
from judapp.domain.expression.nodes import Cells
from judapp.domain.figure import Figure
from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow, RepeatedUnit, SheetRow, expand
from judapp.domain.shape import CellKey, Plan, Spot, plan_of
from judapp.domain.value import Value

H1 = Period(2026, "H1")
FINAL = Period(2026, "Y")
HALF_2026 = Span(date(2026, 1, 1), date(2026, 6, 30))


def day(text: str) -> date:
    """A day as paper writes it: "30/6/2025"."""
    dd, mm, yyyy = map(int, text.split("/"))
    return date(yyyy, mm, dd)


def column(code: str, label: str = "", **more: Any) -> Column:
    return Column(label=label or f"Cột {code}", code=code, **more)


def fixed(code: str, label: str = "", *children: Row, **more: Any) -> Row:
    return Row(label=label or f"Dòng {code}", code=code, children=children, **more)


def offices(*children: Row, **more: Any) -> Row:
    """A row for every notary office under the reporting unit."""
    return Row(kind="unit", unit_kind="notary", children=children, **more)


TOTAL = Row(label="Tổng số", kind="total")


def form(*rows: Row, columns: Iterable[Column] = (), tables: Iterable[Table] = (), **more: Any) -> Form:
    """A form of one table with ``rows`` and count columns 1, 2, 3, unless told otherwise.

    ``relations``, ``computed`` and ``rollup`` may be given as texts, ``provides`` as measure and cells.
    """
    table = Table(
        columns=tuple(columns) or tuple(map(column, "123")),
        rows=rows or (fixed("1"),),
    )
    known: dict[str, Any] = {
        "family": "thu",
        "number": "01/THU",
        "circular": "17/2025/TT-BTP",
        "area": "Thử",
        "title": "Biểu thử",
        "valid_from": date(2025, 11, 1),
        "regime": "tk",
        "rounds": ("H1", "Y1", "Y"),
        "unit_of_measure": "việc",
        "tables": tuple(tables) or (table,),
        "evidence": Evidence(level="department", sources=("bài thử",)),
    }
    known |= more
    for name, make in (
        ("relations", lambda rule: Relation(rule=rule, status="printed")),
        ("computed", lambda rule: Computed(rule=rule, status="inferred")),
        ("rollup", lambda rule: Rollup(rule=rule)),
        ("provides", lambda pair: Provides(measure=pair[0], cells=pair[1])),
    ):
        items = known.get(name, ())
        known[name] = tuple(make(item) if isinstance(item, str | tuple) else item for item in items)
    return Form(**known)


def rows_of(of: Form, units: Iterable[RepeatedUnit] = (), own: Iterable[OwnRow] = ()) -> tuple[SheetRow, ...]:
    """The rows of a form with one table."""
    [table] = of.tables
    return expand(table, lambda _: units, own)


def plan(of: Form, *units: str) -> Plan:
    """A form over a row for each of ``units``."""
    named = [RepeatedUnit(uid, f"VPCC {uid}") for uid in units]
    return plan_of(of, {table.key: expand(table, lambda _: named) for table in of.tables})


def spot(*, kind: str = "count", scale: int = 0) -> Spot:
    """A cell of its own."""
    row = SheetRow("1", "fixed", "Dòng", "1", 0, fixed("1"))
    return Spot(row, column("1", "Số việc"), kind, "việc", scale)


@dataclass
class Outside:
    """A context over plain dictionaries; what is not told is not there."""

    units_of_plan: list[RepeatedUnit] = field(default_factory=list)
    forms: Mapping[str, list[Value]] = field(default_factory=dict)
    """By family and column: "10a!2"."""
    by_unit: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    """By row unit and family and column: what one unit's own sheet says."""
    rounds: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    """By time, row and column: this sheet at another time."""
    measures: Mapping[tuple[str, str | None], Value] = field(default_factory=dict)
    units_of_measure: Mapping[tuple[str, str, str, str], str] = field(default_factory=dict)

    def units(self, plan: Row) -> list[RepeatedUnit]:
        return self.units_of_plan

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        if not cells.form:
            return [self.rounds.get((cells.when or "", cells.rows[0], cells.cols[0]), values.EMPTY)]
        name = f"{cells.form}!{cells.cols[0]}"
        if row_unit is not None:
            return [self.by_unit.get((row_unit, name), values.EMPTY)]
        return self.forms.get(name, [])

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        return self.units_of_measure.get((form, table, row, col))

    def measure(self, name: str, when: str | None) -> Value:
        return self.measures.get((name, when), values.EMPTY)


def keyed(cells: Mapping[str, Any]) -> dict[CellKey, Any]:
    """``{"I.1 c2": …}`` as ``{("", "I.1", "2"): …}``; a table stands before a colon."""
    found = {}
    for place, content in cells.items():
        row, col = place.rsplit(" c", 1)
        table, _, row = row.rpartition(":")
        found[table, row, col] = content
    return found


def sheet(
    of: Form,
    figures: Mapping[str, str | Figure] | None = None,
    *,
    adjusted: Mapping[str, int] | None = None,
    own: Iterable[OwnRow] = (),
    outside: Outside | None = None,
) -> Resolved:
    """The sheet of ``of`` for 2026-H1, resolved; figures by place ("I.1 c2"), texts as people type them."""
    outside = outside or Outside()
    rows = {table.key: expand(table, outside.units, own) for table in of.tables}
    spots = plan_of(of, rows).spots
    stored = {
        key: typed(content, spots[key], H1) if isinstance(content, str) else content
        for key, content in keyed(figures or {}).items()
    }
    own_rows = {of.tables[0].key: tuple(own)} if own else {}
    of_sheet = Sheet(of, "stp", H1, HALF_2026, stored, own_rows, keyed(adjusted or {}))
    return resolve(of_sheet, outside)


def worth(resolved: Resolved, place: str) -> Value:
    """The value of one cell of a resolved sheet."""
    [key] = keyed({place: None})
    return resolved[key].value


def measure(name: str, **more: Any) -> Measure:
    return Measure(
        id=name, label=f"Đại lượng {name}", label_en=f"Measure {name}", unit="việc", unit_en="cases", **more
    )


def indicator(numerator: str, denominator: str | None = None, **more: Any) -> Indicator:
    known: dict[str, Any] = {"id": "thu", "label": "Chỉ tiêu thử", "label_en": "Trial", "regime": "bc"}
    return Indicator(
        numerator=numerator, denominator=denominator, unit="việc", unit_en="cases", **(known | more)
    )
