"""Reckoning: exact numbers, the one table of missing values, verdicts on relations."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.expression.evaluate import Verdict, evaluate, judge
from judapp.domain.expression.nodes import Ref
from judapp.domain.expression.parser import parse
from judapp.domain.number import Rational
from judapp.domain.value import (
    EMPTY,
    INCOMPARABLE,
    OUT_OF_REMIT,
    PENDING,
    UNDEFINED,
    UNREADABLE,
    Kind,
    Value,
    known,
)
from judapp.errors import JudappError
from tests.domain.expression.helpers import NOTARIES, Figures, bound, row_of

KINDS = {
    "N": known(6),
    "O": OUT_OF_REMIT,
    "U": UNDEFINED,
    "E": EMPTY,
    "P": PENDING,
    "I": INCOMPARABLE,
    "R": UNREADABLE,
}

ADDED = """
    N O U E P I R
  N N N U E P I R
  O N O U E P I R
  U U U U E P I R
  E E E E E P I R
  P P P P P P I R
  I I I I I I I R
  R R R R R R R R
"""
"""Sums, averages, least, greatest, how many: what is out of remit is left out, alone it stays so."""

MULTIPLIED = ADDED.replace("N N N U", "N N O U").replace("O N O U", "O O O U")
"""Products and quotients: nothing is left out."""


def combinations(table: str) -> list[tuple[str, str, str]]:
    """(left, right, result) of every cell of a table."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    found = [(line[0], right, result) for line in lines for right, result in zip(head, line[1:], strict=True)]
    assert len(found) == len(KINDS) ** 2
    return found


def value(rule: str, figures: Figures) -> Value:
    """What ``rule`` is worth over ``figures``."""
    return evaluate(bound(rule).node, figures)


def verdict(rule: str, figures: Figures) -> Verdict:
    """The verdict on ``rule``."""
    return judge(bound(rule), figures)


@pytest.mark.parametrize(
    "rule",
    ["c1 + c2", "c1 - c2", "sum(c1, c2)", "avg(c1, c2)", "min(c1, c2)", "max(c1, c2)", "count(c1, c2)"],
)
@pytest.mark.parametrize(("left", "right", "result"), combinations(ADDED))
def test_missing_values_in_sums(rule: str, left: str, right: str, result: str) -> None:
    """Design 4, table of missing values, every combination: the gravest decides, out of remit is left out."""
    assert value(rule, row_of(c1=KINDS[left], c2=KINDS[right])).kind is KINDS[result].kind


@pytest.mark.parametrize("rule", ["c1 * c2", "c1 / c2"])
@pytest.mark.parametrize(("left", "right", "result"), combinations(MULTIPLIED))
def test_missing_values_in_products(rule: str, left: str, right: str, result: str) -> None:
    """Design 4, table of missing values, every combination: a product needs both its parts."""
    assert value(rule, row_of(c1=KINDS[left], c2=KINDS[right])).kind is KINDS[result].kind


@pytest.mark.parametrize("rule", ["-c1", "abs(c1)", "round(c1, 0)", "if(c1 > 0, c1, 0)"])
@pytest.mark.parametrize("kind", KINDS)
def test_missing_values_alone(rule: str, kind: str) -> None:
    """What has no number has none with another sign, rounded, or asked for."""
    assert value(rule, row_of(c1=KINDS[kind])).kind is KINDS[kind].kind


def test_what_is_left_out_changes_nothing() -> None:
    """Out of remit is never 0: an average does not count it, a least does not see it."""
    figures = row_of(c1=4, c2=OUT_OF_REMIT, c3=8)
    worth = {
        rule: value(rule, figures) for rule in ("c1 + c2", "c2 - c3", "sum(c1, c2, c3)", "avg(c1, c2, c3)")
    }
    assert [v.number for v in worth.values()] == [4, -8, 12, 6]
    assert value("min(c1, c2, c3)", figures) == known(4)
    assert value("count(c1, c2, c3)", figures) == known(2)


def test_a_quotient_by_zero_is_no_rate() -> None:
    """Domain 4: denominator 0 gives no rate, not 0 % and not 100 %."""
    assert value("100 * c1 / c2", row_of(c1=5, c2=0)) == UNDEFINED
    assert value("c1 / c2", row_of(c1=EMPTY, c2=0)) == EMPTY
    assert value("0 * c1", row_of(c1=EMPTY)) == EMPTY


@pytest.mark.parametrize("missing", [EMPTY, PENDING, UNREADABLE])
def test_a_sum_tells_what_is_known_so_far(missing: Value) -> None:
    """Shown as partial, never used as the value; also through signs, nested sums and changed units."""
    figures = row_of(c1=40, c2=missing, c3=2)
    assert value("c1 + c2 + c3", figures) == Value(missing.kind, so_far=42)
    assert value("sum(c1, c2, c3)", figures) == Value(missing.kind, so_far=42)
    assert value("c1 - (c2 + c3)", figures) == Value(missing.kind, so_far=38)
    assert value("c2 + c2", figures) == missing
    assert value("c1 * (c2 + c3)", figures) == missing
    assert value("c1 + c2 + c3 + c4", row_of(c1=1, c2=UNDEFINED, c3=1, c4=1)) == UNDEFINED
    money = Figures(figures.own, units={("", "1"): "nghìn đồng", ("", "2"): "nghìn đồng"})
    assert value('convert(c1 + c2, "đồng")', money) == Value(missing.kind, so_far=40_000)


def test_incomparable_parts_have_no_partial_sum() -> None:
    """Windows or forms that may not be reckoned with one another are not added up, not even for show."""
    assert value("c1 + c2", row_of(c1=1, c2=INCOMPARABLE)) == INCOMPARABLE


_INTS = st.integers(-(2**63), 2**63 - 1)


@given(_INTS, _INTS, _INTS)
def test_whole_numbers_are_reckoned_as_python_does(a: int, b: int, c: int) -> None:
    """Promise 3: exact arithmetic over the whole range of a figure."""
    figures = row_of(c1=a, c2=b, c3=c)
    assert value("c1 + c2 * c3", figures) == known(a + b * c)
    assert value("(c1 + c2) * c3 - -c1", figures) == known((a + b) * c + a)
    assert value("c1 - c2 - c3", figures) == known(a - b - c)
    assert value("sum(c1, c2, c3) * 2", figures) == known(2 * (a + b + c))
    assert value("min(c1, c2, c3)", figures) == known(min(a, b, c))
    assert value("max(c1, c2, c3)", figures) == known(max(a, b, c))
    assert value("abs(c1)", figures) == known(abs(a))


@given(st.fractions(), st.fractions())
def test_quotients_are_exact(a: Fraction, b: Fraction) -> None:
    """Promise 3: a rate is an exact fraction until it is shown."""
    expected = known(a / b) if b else UNDEFINED
    assert value("c1 / c2", row_of(c1=a, c2=b)) == expected


def test_fractions_lose_their_sign_too() -> None:
    """abs of a rate."""
    assert value("abs(c1)", row_of(c1=Fraction(-1, 2))) == value("abs(c1)", row_of(c1=Fraction(1, 2)))
    assert value("abs(c1)", row_of(c1=Fraction(1, 2))) == known(Fraction(1, 2))


def test_averages_are_exact() -> None:
    """The third of 10 is a third, not 3.33; and 0.1 + 0.2 is 0.3."""
    assert value("avg(c1, c2, c3)", row_of(c1=3, c2=3, c3=4)) == known(Fraction(10, 3))
    assert value("c1 + 0.2 - 0.3", row_of(c1=Fraction(1, 10))) == known(0)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (Fraction(5, 2), 0, 3),
        (Fraction(-5, 2), 0, -3),
        (Fraction(94745, 1000), 2, Fraction(9475, 100)),
        (Fraction(2, 3), 4, Fraction(6667, 10000)),
        (2**62, 3, 2**62),
        (10**30 + Fraction(1, 20), 1, 10**30 + Fraction(1, 10)),
    ],
)
def test_round_half_away_from_zero(number: Rational, places: int, rounded: Rational) -> None:
    """Domain 4: half-up at the stated number of decimals, whatever the size."""
    assert value(f"round(c1, {places})", row_of(c1=number)) == known(rounded)


def test_if_takes_the_branch_its_relation_names() -> None:
    """Also with a relation function, a chain or a tolerance as the condition."""
    figures = row_of(c1=1, c2=0, c3=5)
    assert value("if(c1 > c2, c3, c4)", figures) == known(5)
    assert value("if(c1 = c2, c3, c4)", figures) == EMPTY
    assert value("if(c1 = c2 ± 1, 1, 0)", figures) == known(1)
    assert value("if(0 < c1 < c2, 1, 0)", figures) == known(0)
    assert value("if(both(c1, c2), 1, 0)", figures) == known(0)
    assert value("if(c4 = 0, 1, 0)", figures) == EMPTY


def listed(values: list[Value], weights: list[Value]) -> Figures:
    """Values and weights of other sheets, in columns 20 and 19 of family "ht.xa"."""
    return Figures(forms={("ht.xa", "20"): values, ("ht.xa", "19"): weights})


@pytest.mark.parametrize(
    ("values", "weights", "average"),
    [
        ([known(24), known(30)], [known(100), known(50)], known(26)),
        ([known(24), OUT_OF_REMIT], [known(100), known(50)], known(24)),
        ([known(24), known(30)], [known(100), OUT_OF_REMIT], known(24)),
        ([OUT_OF_REMIT], [EMPTY], OUT_OF_REMIT),
        ([known(24), UNDEFINED], [known(100), known(0)], known(24)),
        ([known(24), EMPTY], [known(100), known(50)], EMPTY),
        ([known(24), known(30)], [known(100), PENDING], PENDING),
        ([known(24), UNREADABLE], [EMPTY, known(1)], UNREADABLE),
        ([known(0)], [known(0)], UNDEFINED),
        ([known(1), known(2)], [known(3), known(-3)], UNDEFINED),
        ([known(24), known(30)], [known(100)], INCOMPARABLE),
        ([], [], EMPTY),
    ],
)
def test_averages_are_weighted_when_rolled_up(
    values: list[Value], weights: list[Value], average: Value
) -> None:
    """Domain 4: an average is never summed. Where nobody weighs anything there is none to tell."""
    node = bound("wavg(ht.xa!c20, ht.xa!c19)").node
    assert evaluate(node, listed(values, weights)) == average


def test_a_sum_over_rows_takes_every_cell_of_the_list() -> None:
    """``[I] = sum([I.*])`` over the offices of a group."""
    figures = Figures({("I.#p1", "2"): known(70), ("I.#p2", "2"): known(50), ("II.#v1", "2"): known(1)})
    rule = bound("sum([I.*]c2, [II.#v1]c2 * 2, 0.5)", NOTARIES)
    assert evaluate(rule.node, figures) == known(122 + Fraction(1, 2))


def test_a_sum_of_nothing_is_not_zero() -> None:
    """Promise 9: unknown is never shown as known. Without sheets or rows nothing has been answered."""
    for rule in ("sum(cc.cs!c2)", "max(cc.cs!c2)", "count(cc.cs!c2)", "cc.cs!c2"):
        assert value(rule, Figures(forms={("cc.cs", "2"): []})) == EMPTY


def test_one_figure_of_another_form() -> None:
    """A place fully named is one cell; a place to be completed must give one, or nothing may be said."""
    one = Figures(forms={("cc.so", "2"): [known(5)]})
    two = Figures(forms={("cc.so", "2"): [known(5), known(6)]})
    assert value("cc.so![tong]c2", two) == known(5)
    assert value("cc.so!c2", one) == known(5)
    assert value("cc.so!c2", two) == INCOMPARABLE
    assert value("sum(cc.so!c2)", two) == known(11)


def test_other_times_estimates_and_measures_come_from_the_environment() -> None:
    """{when} and :est are handed on; measures are asked for by name."""
    figures = Figures(
        other={
            ("same", False, "1", "1"): known(1),
            (None, True, "1", "1"): known(2),
            ("year-1", True, "1", "1"): known(4),
        },
        measures={("a.b", None): known(8), ("a.b", "prev"): known(16)},
    )
    assert value("c1{same} + c1:est + c1{year-1}:est + m:a.b + m:a.b{prev}", figures) == known(31)


def test_units_of_money_are_converted_exactly() -> None:
    """10a (18) is in nghìn đồng and 10b (18) in đồng (domain 7); also the other way, with a fraction."""
    figures = Figures(
        {("1", "1"): known(1500), ("1", "2"): known(7)},
        forms={("cc.cs", "18"): [known(352), known(48)]},
        units={("cc.cs", "18"): "Nghìn  đồng", ("", "1"): "đồng", ("", "2"): "1.000 đồng", ("", "3"): "việc"},
    )
    assert value('convert(sum(cc.cs!c18), "đồng")', figures) == known(400_000)
    assert value('convert(c1, "nghìn đồng")', figures) == known(Fraction(3, 2))
    assert value('convert(c2, "triệu đồng")', figures) == known(Fraction(7, 1000))
    assert value('convert(c2 * 2, "tỷ đồng")', figures) == known(Fraction(14, 10**6))
    assert value('convert(c2, "Nghìn đồng")', figures) == known(7)
    assert value('convert(c1, "Đồng")', figures) == known(1500)
    assert value('convert(c3, "việc")', figures) == EMPTY


@pytest.mark.parametrize(
    ("rule", "code", "params"),
    [
        ('convert(c3, "đồng")', "DEF-131", {"source": "việc", "target": "đồng"}),
        ('convert(c1, "USD")', "DEF-131", {"source": "đồng", "target": "USD"}),
        ('convert(c4, "đồng")', "DEF-131", {"source": "?", "target": "đồng"}),
        ('convert(m:a, "đồng")', "DEF-131", {"source": "?", "target": "đồng"}),
        ('convert(c1 + c3, "đồng")', "DEF-132", {"units": "việc, đồng"}),
        ('convert(c1 + c4, "đồng")', "DEF-132", {"units": "?, đồng"}),
        ('convert(cc.cs![tong], "đồng")', "DEF-131", {"source": "?", "target": "đồng"}),
    ],
)
def test_units_that_cannot_be_converted_are_told(rule: str, code: str, params: dict[str, str]) -> None:
    """An unknown pair is never guessed."""

    figures = Figures(units={("", "1"): "đồng", ("", "3"): "việc"}, forms={("cc.cs", ""): []})
    with pytest.raises(JudappError) as caught:
        evaluate(bound(rule).node, figures)
    assert (caught.value.code, caught.value.params) == (code, params)


def test_relations_and_unbound_references_have_no_value() -> None:
    """A fault of ours, not of a file: seen as what it is."""
    for node in (parse("c1 = c2"), Ref(col="1"), parse("both(1, 2)")):
        with pytest.raises(ValueError, match="no value"):
            evaluate(node, Figures())
    with pytest.raises(ValueError, match="no relation"):
        verdict("c1 + c2", row_of())
    with pytest.raises(ValueError, match="no relation"):
        verdict("abs(c1)", row_of())


@pytest.mark.parametrize(
    ("rule", "difference", "holds"),
    [
        ("c1 = c2", 0, True), ("c1 = c2", 1, False), ("c1 = c2", -1, False),
        ("c1 = c2 ± 2", 2, True), ("c1 = c2 ± 2", -2, True),
        ("c1 = c2 ± 2", 3, False), ("c1 = c2 ± 2", -3, False),
        ("c1 <= c2", 0, True), ("c1 <= c2", -1, True), ("c1 <= c2", 1, False),
        ("c1 <= c2 ± 2", 2, True), ("c1 <= c2 ± 2", 3, False),
        ("c1 >= c2", 0, True), ("c1 >= c2", 1, True), ("c1 >= c2", -1, False),
        ("c1 >= c2 ± 2", -2, True), ("c1 >= c2 ± 2", -3, False),
        ("c1 < c2", -1, True), ("c1 < c2", 0, False), ("c1 < c2 ± 2", 1, False),
        ("c1 > c2", 1, True), ("c1 > c2", 0, False), ("c1 > c2 ± 2", -1, False),
        ("c1 != c2", 1, True), ("c1 != c2", 0, False),
    ],
)  # fmt: skip
def test_each_comparison_at_its_limits(rule: str, difference: int, holds: bool) -> None:
    """Within the tolerance counts as held for =, <=, >=; a strict comparison has none."""
    found = verdict(rule, row_of(c1=100 + difference, c2=100))
    assert found == Verdict(
        holds, known(100 + difference), known(100), rule.split()[1], difference, None if holds else 0
    )


def test_a_chain_reports_its_first_failing_pair() -> None:
    """``0 <= c4 <= c3``; a pair that fails counts more than one that is skipped before it."""
    rule = "c1 = c2 = c3 = c4"
    held = verdict(rule, row_of(c1=1, c2=1, c3=1, c4=1))
    assert held == Verdict(True, known(1), known(1), "=", 0)
    failed = verdict(rule, row_of(c1=EMPTY, c2=1, c3=2, c4=5))
    assert failed == Verdict(False, known(1), known(2), "=", -1, failing=1)
    skipped = verdict(rule, row_of(c1=1, c2=1, c3=PENDING, c4=1))
    assert skipped == Verdict(None, known(1), PENDING, "=", why=Kind.PENDING)
    assert verdict("0 <= c4 <= c3", row_of(c4=-1)).failing == 0


@pytest.mark.parametrize(("left", "right"), [pair for pair in product(KINDS, KINDS) if pair != ("N", "N")])
@pytest.mark.parametrize("rule", ["c1 = c2", "both(c1, c2)", "exclusive(c1, c2)"])
def test_a_relation_is_skipped_where_a_side_has_no_number(rule: str, left: str, right: str) -> None:
    """Design 4: empty → relation skipped, completeness tells; the gravest reason is given."""
    found = verdict(rule, row_of(c1=KINDS[left], c2=KINDS[right]))
    gravest = max(left, right, key="NOUEPIR".index)
    assert (found.holds, found.why, found.failing, found.difference) == (
        None,
        KINDS[gravest].kind,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("left", "right", "both", "exclusive"),
    [(0, 0, True, True), (5, 0, False, True), (0, 5, False, True), (5, 3, True, False)],
)
def test_both_and_exclusive(left: int, right: int, both: bool, exclusive: bool) -> None:
    """A known 0 has not occurred: cases without fees, fees without cases."""
    figures = row_of(c7=left, c8=right)
    for rule, holds in (("both(c7, c8)", both), ("exclusive(c7, c8)", exclusive)):
        name = rule.partition("(")[0]
        assert verdict(rule, figures) == Verdict(
            holds, known(left), known(right), name, failing=None if holds else 0
        )


def test_cumulative_figures_never_fall() -> None:
    """THADS: lũy kế; without an earlier round there is nothing to compare."""

    def against(before: Value) -> Verdict:
        return verdict(
            "nondecreasing([1]c3)", Figures({("1", "3"): known(7)}, {("prev", False, "1", "3"): before})
        )

    assert against(known(7)).holds is True
    assert against(known(8)) == Verdict(False, known(7), known(8), ">=", -1, failing=0)
    assert against(EMPTY).why is Kind.EMPTY
    assert verdict("nondecreasing(m:a)", Figures(measures={("a", None): known(1)})).holds is None


def test_worked_check_of_the_dossier() -> None:
    """dossier/forms/04-thads-01-viec: Đồng Tháp, 9 tháng 2025, 53.640 - 368 - 6 = 53.266."""
    rows = {("1", "1"): 53_640, ("1", "4"): 368, ("1", "5"): 6, ("1", "6"): 53_266}
    figures = Figures({cell: known(number) for cell, number in rows.items()})
    assert verdict("c6 = c1 - c4 - c5", figures).holds is True
