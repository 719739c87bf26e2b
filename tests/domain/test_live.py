"""Typing reckons only what depends on the cell, and finds exactly what reckoning from nothing would find."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from judapp import paths
from judapp.domain import value as values
from judapp.domain.catalogue import Form, Relation, Row
from judapp.domain.checking import check_sheet
from judapp.domain.entry import typed
from judapp.domain.expression.nodes import Cells
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.lint import decode
from judapp.domain.live import NotRecorded, Reckoning, Remembered, look_beyond, ties_of
from judapp.domain.names import SheetNames
from judapp.domain.resolve import Sheet, resolve
from judapp.domain.rows import RepeatedUnit
from judapp.domain.shape import CellKey, Plan
from judapp.domain.value import Value, known
from tests.domain.builders import H1, HALF_2026, TOTAL, Outside, column, fixed, form, keyed, offices
from tests.domain.forms_of_every_shape import forms_with_rows

TEXTS = st.sampled_from(["", "", "-", "..", "⊘", "12O", "120+15", "1,5", "-4", "chữ"]) | st.integers(
    0, 9
).map(str)


class Surroundings:
    """Whatever is asked of it has some answer, always the same one."""

    def units(self, plan: Row) -> list[RepeatedUnit]:
        return [RepeatedUnit(f"u{at}", f"VPCC {at}") for at in range(3)]

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        answers = [values.EMPTY, known(3), known(Fraction(5, 2)), values.PENDING, values.INCOMPARABLE]
        at = sum(map(ord, "".join((cells.form, *cells.cols, row_unit or "", row))))
        count = 1 if not cells.form or row_unit else at % 3
        return [answers[(at + n) % len(answers)] for n in range(count)]

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        return "nghìn đồng"

    def measure(self, name: str, when: str | None) -> Value:
        return known(7) if when is None else values.EMPTY


def begin(of: Sheet, context: Surroundings | Outside) -> Reckoning:
    remembered = Remembered(context)
    resolved = resolve(of, remembered)
    live = Reckoning(resolved, remembered, "40", SheetNames(resolved.plan))
    live.learn(look_beyond(resolved, remembered))
    return live


def same(live: Reckoning, of: Sheet, context: Surroundings | Outside) -> None:
    """The live sheet is what reckoning from nothing says: every cell, every finding, in order."""
    anew = resolve(of, context)
    assert dict(live.resolved.cells) == dict(anew.cells)
    assert live.resolved.unanswered == anew.unanswered
    assert live.resolved.begun == anew.begun
    assert [live.place(key) for key in anew.plan.spots] == list(range(len(anew.plan.spots)))
    told = list(live.findings)
    assert [finding for finding, _ in told] == check_sheet(anew, "40")
    for finding, broken in told:
        at = (finding.place.table or "", finding.place.row or "", finding.place.column or "")
        assert broken is None or at in broken.cells


def fold_in(of: Sheet, figures: Mapping[CellKey, Figure]) -> Sheet:
    kept = {key: figure for key, figure in {**of.figures, **figures}.items() if figure.answered}
    return replace(of, figures=kept)


def type_all(live: Reckoning, of: Sheet, steps: list[dict[CellKey, Figure]]) -> None:
    context = Surroundings()
    same(live, of, context)
    for figures in steps:
        before = dict(live.resolved.cells)
        touched = live.put(figures)
        of = fold_in(of, figures)
        same(live, of, context)
        assert {key for key, cell in live.resolved.cells.items() if before[key] != cell} <= set(touched)


@st.composite
def typing(draw: st.DrawFn, plan: Plan) -> list[dict[CellKey, Figure]]:
    """Random figures into random cells, several at once at times; computed cells too."""
    keys = sorted(plan.spots)
    if not keys:
        return []
    entered = st.tuples(st.sampled_from(keys), TEXTS)
    steps = draw(st.lists(st.lists(entered, min_size=1, max_size=3), max_size=6))
    return [{key: typed(text, plan.spots[key], H1) for key, text in step} for step in steps]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_live_sheet_of_any_form_is_the_sheet_reckoned_from_nothing(data: st.DataObject) -> None:
    drawn, _ = data.draw(forms_with_rows())
    counted = [
        f"{table.key}:c{leaf.name}" if table.key else f"c{leaf.name}"
        for table in drawn.tables
        for leaf in table.leaves
        if leaf.kind != "text" and not leaf.name.startswith("_")
    ]
    pairs = (
        data.draw(st.lists(st.tuples(st.sampled_from(counted), st.sampled_from(counted)), max_size=3))
        if (counted)
        else []
    )
    rules = [f"{one} >= {other}" for one, other in pairs if one.partition(":")[0] == other.partition(":")[0]]
    of = replace(drawn, relations=tuple(Relation(rule=rule, status="inferred") for rule in rules))
    context = Surroundings()
    sheet = Sheet(of, "stp", H1, HALF_2026)
    plan = resolve(sheet, context).plan
    type_all(begin(sheet, context), sheet, data.draw(typing(plan)))


@cache
def catalogue() -> tuple[Form, ...]:
    """The forms of the catalogue that reckon anything."""
    found = [decode(path.read_bytes())[0] for path in sorted((paths.seeds() / "forms").glob("*.json"))]
    return tuple(form for form in found if form is not None and (form.relations or form.computed))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_live_sheet_of_the_catalogue_is_the_sheet_reckoned_from_nothing(data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(catalogue()))
    context = Surroundings()
    sheet = Sheet(of, "stp", H1, HALF_2026)
    plan = resolve(sheet, context).plan
    begun = data.draw(typing(plan))
    for figures in begun:
        sheet = fold_in(sheet, figures)
    type_all(begin(sheet, context), sheet, data.draw(typing(plan)))


# what lies outside


ROLLED = form(columns=map(column, "123"), rollup=("c1 = sum(cc.cs!c2)",), computed=("c3 = c1 + c2",))
SUMS = form(TOTAL, fixed("1"), fixed("2"), columns=map(column, "12"), computed=("[tong] = sum([*])",))


def stored(of: Form, cells: Mapping[str, str], outside: Outside | None = None) -> tuple[Reckoning, Sheet]:
    sheet = Sheet(of, "stp", H1, HALF_2026)
    spots = resolve(sheet, outside or Outside()).plan.spots
    figures = {key: typed(text, spots[key], H1) for key, text in keyed(cells).items()}
    sheet = fold_in(sheet, figures)
    return begin(sheet, outside or Outside()), sheet


def put(live: Reckoning, cells: Mapping[str, str]) -> set[CellKey]:
    spots = live.resolved.plan.spots
    return set(live.put({key: typed(text, spots[key], H1) for key, text in keyed(cells).items()}))


def test_what_units_report_under_a_typed_figure_was_recorded() -> None:
    outside = Outside(forms={"cc.cs!2": [known(4), known(5)]})
    live, sheet = stored(ROLLED, {"1 c1": "100", "1 c2": "1"}, outside)
    put(live, {"1 c1": ""})
    same(live, fold_in(sheet, dict.fromkeys(keyed({"1 c1": None}), EMPTY)), outside)
    assert live.resolved["", "1", "1"].value == known(9)
    assert live.resolved["", "1", "3"].value == known(10)


def test_both_branches_of_a_condition_were_recorded() -> None:
    of = form(columns=map(column, "12"), computed=("c2 = if(c1 > 5, c1{prev}, m:cc.phi)",))
    outside = Outside(rounds={("prev", "1", "1"): known(3)}, measures={("cc.phi", None): known(8)})
    live, _ = stored(of, {"1 c1": "9"}, outside)
    assert live.resolved["", "1", "2"].value == known(3)
    put(live, {"1 c1": "1"})
    assert live.resolved["", "1", "2"].value == known(8)


def test_what_was_not_recorded_is_never_guessed_and_changes_nothing() -> None:
    """Another sheet may say something else as soon as this one changes: such an answer does not last."""
    of = form(
        columns=map(column, "123"),
        computed=("c2 = c1 + m:cc.phi",),
        relations=("c3 <= m:cc.phi", "c3 <= c1"),
    )
    context = Outside(measures={("cc.phi", None): known(8)})
    sheet = Sheet(of, "stp", H1, HALF_2026, {("", "1", "1"): typed("1", plan_of_one(of), H1)})
    remembered = Remembered(context, {("cc.phi", None)})
    resolved = resolve(sheet, remembered)
    live = Reckoning(resolved, remembered, "40", SheetNames(plan_of_form(of)))
    live.learn(look_beyond(resolved, remembered))
    before = dict(live.resolved.cells)
    for place in ("1 c1", "1 c3"):  # the first is reckoned from it, the second judged by it
        with pytest.raises(NotRecorded):
            put(live, {place: "5"})
        assert dict(live.resolved.cells) == before
        assert list(live.findings) == []
    assert live.resolved.sheet.figures == sheet.figures


def plan_of_form(of: Form) -> Plan:
    return resolve(Sheet(of, "stp", H1, HALF_2026), Outside()).plan


def plan_of_one(of: Form) -> Any:
    return plan_of_form(of).spots["", "1", "1"]


def test_an_answer_is_asked_for_once_and_without_a_context_only_that_is_known() -> None:
    asked: list[str] = []

    class Counting(Surroundings):
        def measure(self, name: str, when: str | None) -> Value:
            asked.append(name)
            return super().measure(name, when)

    remembered = Remembered(Counting())
    cells = Cells("cc.cs", "", ("1",), ("2",), None, est=False, many=False)
    for _ in range(2):
        assert remembered.measure("a", None) == known(7)
        assert remembered.unit_of_measure("cc.cs", "", "1", "2") == "nghìn đồng"
        assert remembered.outside(cells, None, "1")
    assert asked == ["a"]
    assert [unit.uid for unit in remembered.units(TOTAL)] == ["u0", "u1", "u2"]
    apart = remembered.apart()
    assert apart.measure("a", None) == known(7)
    assert apart.outside(cells, None, "1") == remembered.outside(cells, None, "1")
    for ask in (
        lambda: apart.measure("b", None),
        lambda: apart.unit_of_measure("x", "", "1", "2"),
        lambda: apart.outside(cells, "u1", "1"),
        lambda: apart.units(TOTAL),
    ):
        with pytest.raises(NotRecorded):
            ask()


def test_only_what_stands_on_a_cell_is_reckoned_anew() -> None:
    live, _ = stored(SUMS, {"1 c1": "1", "2 c1": "2", "2 c2": "5"})
    untouched = live.resolved["", "tong", "2"]
    assert put(live, {"1 c1": "7"}) == {("", "1", "1"), ("", "tong", "1")}
    assert live.resolved["", "tong", "1"].value == known(9)
    assert live.resolved["", "tong", "2"] is untouched


def test_the_ties_of_a_plan_are_found_once() -> None:
    plan = plan_of_form(SUMS)
    assert ties_of(plan) is ties_of(plan)
    for at in range(20):  # more plans than are kept
        ties_of(plan_of_form(form(fixed(f"{at}"))))
    assert set(ties_of(plan).above["", "1", "1"]) == {("", "tong", "1")}


def test_totals_of_units_that_have_not_reported_go_on_leaving_them_out() -> None:
    of = form(
        TOTAL,
        fixed("I", "", offices(), kind="group"),
        columns=map(column, "12"),
        rollup=("[I.#] = cc.cs![1]",),
        computed=("[I] = sum([I.*])", "[tong] = [I]"),
    )
    outside = Outside([RepeatedUnit("a", "A"), RepeatedUnit("b", "B")], by_unit={("a", "cc.cs!1"): known(3)})
    sheet = Sheet(of, "stp", H1, HALF_2026)
    live = begin(sheet, outside)
    assert live.resolved["", "tong", "1"].value == known(3)
    for text in ("4", "", ".."):
        figures = {("", "I.#b", "2"): typed(text, live.resolved.plan.spots["", "I.#b", "2"], H1)}
        live.put(figures)
        sheet = fold_in(sheet, figures)
        same(live, sheet, outside)
