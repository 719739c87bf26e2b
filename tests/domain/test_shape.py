"""A definition laid over rows: which cells exist, and which rule speaks of which."""

from __future__ import annotations

import pytest

from judapp.domain.catalogue import Table
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import unparse
from judapp.domain.expression.parser import parse
from judapp.domain.rows import RepeatedUnit, expand
from judapp.domain.shape import plan_of, right_side, target_of
from tests.domain.builders import TOTAL, column, fixed, form, keyed, offices, plan


def test_a_cell_exists_where_its_row_has_its_column() -> None:
    of = form(fixed("I", heading=True), fixed("1", only=("2",)), fixed("2"), columns=map(column, "12"))
    assert list(plan(of).spots) == [("", "1", "2"), ("", "2", "1"), ("", "2", "2")]


def test_a_cell_knows_what_row_column_and_form_say_about_it() -> None:
    of = form(fixed("1", scale=1), columns=[column("18", "Phí", kind="money", unit="đồng"), column("1")])
    spots = plan(of).spots
    money, count = spots["", "1", "18"], spots["", "1", "1"]
    assert (money.kind, money.unit, money.scale, money.column.label) == ("money", "đồng", 1, "Phí")
    assert (count.kind, count.unit) == ("count", "việc")


def test_two_tables_have_cells_of_their_own() -> None:
    second = Table(columns=(column("1"),), rows=(fixed("1"),), key="II")
    of = form(tables=[*form(columns=[column("1")]).tables, second], computed=("II:[1]c1 = [1]c1",))
    found = plan(of)
    assert list(found.spots) == [("", "1", "1"), ("II", "1", "1")]
    assert list(found.computed) == [("II", "1", "1")]


NOTARIES = form(
    TOTAL,
    offices(),
    columns=map(column, "123"),
    computed=("[tong] = sum([*])", "c1 = c2 + c3"),
    relations=("c2 >= c3",),
)


def test_the_first_rule_that_names_a_cell_computes_it() -> None:
    found = plan(NOTARIES, "a1", "b2").computed
    assert {unparse(node) for node in found.values()} == {
        "sum([#a1 #b2]c1)",
        "sum([#a1 #b2]c2)",
        "sum([#a1 #b2]c3)",
        "[#a1]c2 + [#a1]c3",
        "[#b2]c2 + [#b2]c3",
    }
    assert unparse(found["", "tong", "1"]) == "sum([#a1 #b2]c1)"


def test_every_other_rule_about_it_must_still_hold() -> None:
    """The total of the whole must also be the total of the totals."""
    relations = plan(NOTARIES, "a1").relations
    assert sorted(unparse(bound.node) for _, bound in relations) == [
        "[#a1]c1 = [#a1]c2 + [#a1]c3",
        "[#a1]c2 >= [#a1]c3",
        "[tong]c1 = [tong]c2 + [tong]c3",
        "[tong]c1 = sum([#a1]c1)",
        "[tong]c2 = sum([#a1]c2)",
        "[tong]c2 >= [tong]c3",
        "[tong]c3 = sum([#a1]c3)",
    ]
    assert {relation.status for relation, _ in relations} == {"inferred", "printed"}


def test_a_rule_that_defines_no_cell_computes_none() -> None:
    """Lint refuses it; a sheet of such a form still opens."""
    assert plan(form(computed=("c1 <= c2",))).computed == {}


def test_a_rule_rolls_up_the_cells_it_names() -> None:
    found = plan(form(offices(), rollup=("[#]c2 = sum(cc.cs!c3)",)), "a1", "b2")
    assert list(found.rollup) == list(keyed({"#a1 c2": 0, "#b2 c2": 0}))


@pytest.mark.parametrize(
    "rule",
    ["c1", "c1 <= c2", "c1 = c2 = c3", "c1 + c2 = c3", "x!c1 = c2", "[1]c1{prev} = c2", "sum([*]) = [1]"],
)
def test_a_rule_of_another_form_defines_no_cell(rule: str) -> None:
    shape = plan(form(fixed("1"), fixed("2"))).shape
    assert {target_of(bound.node) for bound in instances(parse(rule), shape)} == {None}


def test_a_rule_defines_the_cell_left_of_its_sign() -> None:
    [bound] = instances(parse("[1]c1 = [1]c2 + 1"), plan(form()).shape)
    assert target_of(bound.node) == ("", "1", "1")
    assert unparse(right_side(bound.node)) == "[1]c2 + 1"


def test_a_plan_is_made_once_for_the_same_rows() -> None:
    """A grid asks for it at every key press."""
    assert plan(NOTARIES, "a1") is plan(NOTARIES, "a1")
    assert plan(NOTARIES, "a1") is not plan(NOTARIES, "b2")


def test_plans_are_not_remembered_for_ever() -> None:
    first = plan(NOTARIES, "a1")
    for number in range(100):
        plan(NOTARIES, f"x{number}")
    assert plan(NOTARIES, "a1") is not first


def test_a_renamed_row_is_not_called_by_its_old_name() -> None:
    def label(name: str) -> str:
        rows = expand(NOTARIES.tables[0], lambda _: [RepeatedUnit("a1", name)])
        return plan_of(NOTARIES, {"": rows}).spots["", "#a1", "1"].row.label

    assert [label("VPCC Cũ"), label("VPCC Mới")] == ["VPCC Cũ", "VPCC Mới"]


def test_other_forms_never_get_each_others_plan() -> None:
    """However many are open, and though a new one may stand where an old one stood in memory."""
    for number in range(200):
        of = form(fixed("1"), columns=[column(str(number % 7))], number=str(number))
        assert plan(of).form is of
        assert list(plan(of).spots) == [("", "1", str(number % 7))]
