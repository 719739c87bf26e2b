"""The only place that adds up (design 4.3): stored, rolled up, adjusted, computed; then what is missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain import figure
from judapp.domain import value as values
from judapp.domain.catalogue import Form, Row
from judapp.domain.coverage import coverage as covered
from judapp.domain.expression.evaluate import added, evaluate, judge
from judapp.domain.expression.nodes import BinOp, Call, Cells, Node
from judapp.domain.figure import Figure
from judapp.domain.resolve import Resolved
from judapp.domain.rows import OwnRow, RepeatedUnit
from judapp.domain.value import Kind, Value, known
from tests.domain.builders import TOTAL, Outside, column, fixed, form, keyed, offices, sheet, worth

PARTS = form(fixed("1"), columns=map(column, "123"), computed=("c1 = c2 + c3",))


def cell(of: Resolved, place: str) -> tuple[Value, str]:
    [key] = keyed({place: None})
    return of[key].value, of[key].origin


# stored and computed


def test_a_cell_nobody_answered_is_empty_not_zero() -> None:
    assert cell(sheet(form()), "1 c1") == (values.EMPTY, "empty")


def test_a_stored_figure_is_what_it_says() -> None:
    assert cell(sheet(form(), {"1 c1": "1.200"}), "1 c1") == (known(1200), "stored")
    assert cell(sheet(form(), {"1 c1": "-"}), "1 c1") == (known(0), "stored")


def test_a_computed_cell_is_the_sum_of_its_parts() -> None:
    assert cell(sheet(PARTS, {"1 c2": "90", "1 c3": "30"}), "1 c1") == (known(120), "computed")


def test_computed_cells_are_reckoned_in_the_order_they_depend_on_each_other() -> None:
    """Not in the order they are written or printed."""
    of = form(
        TOTAL,
        fixed("I", "", fixed("1"), fixed("2")),
        fixed("II", "", fixed("1")),
        columns=map(column, "123"),
        computed=("[tong] = [I] + [II]", "[I] = sum([I.*])", "[II] = [II.1]"),
    )
    found = sheet(of, {"I.1 c1": "1", "I.2 c1": "2", "II.1 c1": "4"})
    assert [worth(found, f"{row} c1") for row in ("tong", "I", "II")] == [known(7), known(3), known(4)]


def test_a_total_known_before_its_parts_is_kept_as_reported() -> None:
    """ "Tổng số 120", breakdown next week."""
    assert cell(sheet(PARTS, {"1 c1": "120"}), "1 c1") == (known(120), "reported")
    late = sheet(PARTS, {"1 c1": "120", "1 c2": "90", "1 c3": "28"})
    assert cell(late, "1 c1") == (known(120), "reported")


@pytest.mark.parametrize(
    ("part", "total"),
    [
        ("..", Value(Kind.PENDING, so_far=90)),
        ("", Value(Kind.EMPTY, so_far=90)),
        ("12O", Value(Kind.UNREADABLE, so_far=90)),
        ("⊘", known(90)),
        ("-", known(90)),
    ],
)
def test_what_a_part_lacks_its_total_lacks(part: str, total: Value) -> None:
    """The table of missing values; what is known so far is told, never used as the value."""
    assert worth(sheet(PARTS, {"1 c2": "90", "1 c3": part}), "1 c1") == total


def test_parts_that_are_all_out_of_remit_have_a_total_that_is() -> None:
    """Không còn thuộc thẩm quyền, never 0."""
    assert worth(sheet(PARTS, {"1 c2": "⊘", "1 c3": "⊘"}), "1 c1") == values.OUT_OF_REMIT


def test_decimals_of_a_column_are_exact() -> None:
    of = form(columns=[column(c, scale=1) for c in "123"], computed=("c1 = c2 + c3",))
    assert worth(sheet(of, {"1 c2": "0,5", "1 c3": "1,2"}), "1 c1") == known(Fraction(17, 10))


ANSWERS = st.sampled_from(["", "-", "..", "⊘", "12O"]) | st.integers(0, 10**6).map(str)


@given(st.lists(ANSWERS, min_size=1, max_size=8))
def test_a_total_is_the_sum_of_its_rows_or_says_what_is_missing(answers: list[str]) -> None:
    of = form(TOTAL, *(fixed(str(n)) for n in range(len(answers))), computed=("[tong] = sum([*])",))
    total = worth(sheet(of, {f"{n} c1": answer for n, answer in enumerate(answers)}), "tong c1")
    told = sum(int(answer) for answer in answers if answer.isdecimal())
    for missing, kind in (("12O", Kind.UNREADABLE), ("..", Kind.PENDING), ("", Kind.EMPTY)):
        if missing in answers:
            assert total.kind is kind
            assert (total.so_far or 0) == told
            return
    assert total == (values.OUT_OF_REMIT if set(answers) == {"⊘"} else known(told))


# cells of base units


ROLLED = form(columns=map(column, "123"), rollup=("c1 = sum(cc.cs!c2)",), computed=("c3 = c1 + c2",))


def reported(*parts: Value) -> Outside:
    return Outside(forms={"cc.cs!2": list(parts)})


def coverage(of: Resolved, place: str = "1 c1") -> tuple[int, int]:
    [key] = keyed({place: None})
    return of[key].covered, of[key].expected


def test_a_cell_is_rolled_up_from_the_sheets_of_base_units() -> None:
    found = sheet(ROLLED, outside=reported(known(3), known(4)))
    assert cell(found, "1 c1") == (known(7), "rollup")
    assert coverage(found) == (2, 2)


def test_base_units_that_have_not_reported_are_told_not_waited_for() -> None:
    """ "Tính trên 105/130 xã đã nộp." """
    found = sheet(ROLLED, outside=reported(known(3), values.EMPTY, known(4)))
    assert cell(found, "1 c1") == (known(7), "rollup")
    assert coverage(found) == (2, 3)


@pytest.mark.parametrize("outside", [Outside(), reported(values.EMPTY, values.EMPTY)])
def test_without_any_report_the_cell_is_still_to_be_answered(outside: Outside) -> None:
    found = sheet(ROLLED, outside=outside)
    assert cell(found, "1 c1") == (values.EMPTY, "empty")
    assert ("", "1", "1") in found.unanswered
    assert coverage(found) == (0, len(outside.forms.get("cc.cs!2", [])))


def test_what_the_department_has_is_no_report_of_base_units() -> None:
    of = form(rollup=("c1 = sum(cc.cs!c2) + [1]c2 + [1]c3{prev}",))
    outside = Outside(rounds={("prev", "1", "3"): known(7)})
    found = sheet(of, {"1 c2": "5"}, outside=outside)
    assert cell(found, "1 c1") == (Value(Kind.EMPTY, so_far=12), "empty")
    assert coverage(found) == (0, 0)


def test_an_average_is_not_told_before_all_base_units_have_reported() -> None:
    found = sheet(form(rollup=("c1 = avg(cc.cs!c2)",)), outside=reported(known(3), values.EMPTY))
    assert cell(found, "1 c1") == (values.EMPTY, "rollup")
    assert coverage(found) == (1, 2)


def test_only_a_rolled_up_cell_is_covered_and_only_an_adjusted_one_adjusted() -> None:
    found = sheet(form(), {"1 c1": "5"})["", "1", "1"]
    assert (found.covered, found.expected, found.adjusted) == (0, 0, 0)


@pytest.mark.parametrize(
    ("part", "total"),
    [
        (values.PENDING, Value(Kind.PENDING, so_far=3)),
        (values.UNREADABLE, Value(Kind.UNREADABLE, so_far=3)),
        (values.OUT_OF_REMIT, known(3)),
        (values.INCOMPARABLE, values.INCOMPARABLE),
    ],
)
def test_what_a_base_unit_said_counts_as_reported(part: Value, total: Value) -> None:
    found = sheet(ROLLED, outside=reported(known(3), part, values.EMPTY))
    assert worth(found, "1 c1") == total
    assert coverage(found) == (2, 3)


def test_a_figure_of_the_sheet_itself_goes_before_the_rollup() -> None:
    found = sheet(ROLLED, {"1 c1": "5"}, outside=reported(known(3), known(4)))
    assert cell(found, "1 c1") == (known(5), "stored")


def test_a_rollup_goes_before_a_computed_value() -> None:
    of = form(rollup=("c1 = sum(cc.cs!c2)",), computed=("c1 = c2 + c3",))
    found = sheet(of, {"1 c2": "1", "1 c3": "1"}, outside=reported(known(7)))
    assert cell(found, "1 c1") == (known(7), "rollup")


def test_computed_cells_stand_on_rolled_up_ones() -> None:
    found = sheet(ROLLED, {"1 c2": "10"}, outside=reported(known(3), known(4)))
    assert worth(found, "1 c3") == known(17)


def test_values_and_their_weights_are_of_the_same_units() -> None:
    """An average of rates is weighted by what it was taken of; each sheet covers once."""
    of = form(rollup=("c1 = wavg(ht.xa!c20, ht.xa!c19)",))
    outside = Outside(forms={"ht.xa!20": [known(50), known(80)], "ht.xa!19": [known(300), known(100)]})
    found = sheet(of, outside=outside)
    assert worth(found, "1 c1") == known(Fraction(57.5))
    assert coverage(found) == (2, 2)


def test_sheets_of_two_forms_are_counted_apart() -> None:
    of = form(rollup=("c1 = sum(cc.cs!c2) + sum(ct.xa!c1)",))
    found = sheet(
        of, outside=Outside(forms={"cc.cs!2": [known(1), known(2)], "ct.xa!1": [known(4), values.EMPTY]})
    )
    assert worth(found, "1 c1") == known(7)
    assert coverage(found) == (3, 4)


def test_the_row_of_a_unit_takes_the_sheet_of_that_unit_alone() -> None:
    of = form(TOTAL, offices(), rollup=("[#]c2 = cc.cs![1]c2",), computed=("[tong] = sum([*])",))
    outside = Outside(
        units_of_plan=[RepeatedUnit("a1", "A"), RepeatedUnit("b2", "B")],
        by_unit={("a1", "cc.cs!2"): known(3), ("b2", "cc.cs!2"): known(4)},
    )
    found = sheet(of, outside=outside)
    assert [worth(found, f"{row} c2") for row in ("#a1", "#b2", "tong")] == [known(3), known(4), known(7)]


def test_of_several_units_none_is_the_one_meant() -> None:
    """A rule without sum must not quietly take the first commune for the province."""
    of = form(rollup=("c1 = cc.cs![1]c2",))
    assert worth(sheet(of, outside=reported(known(3), known(4))), "1 c1") == values.INCOMPARABLE
    assert worth(sheet(of, outside=reported(known(3))), "1 c1") == known(3)
    assert worth(sheet(of, outside=reported()), "1 c1") == values.EMPTY


def test_a_rollup_of_cells_of_its_own_form_stands_on_no_base_unit() -> None:
    found = sheet(form(rollup=("c1 = c2 - c3",)), {"1 c2": "5", "1 c3": "3"})
    assert cell(found, "1 c1") == (known(2), "rollup")
    assert coverage(found) == (0, 0)


def test_a_total_of_rows_leaves_out_units_that_have_not_reported() -> None:
    """ "Tính trên 1/2": as a sum over base units does; what one of them left open stays open."""
    of = form(
        TOTAL, offices(), rollup=("[#] = cc.cs![1]",), computed=("[tong] = sum([*])", "[#]c3 = [#]c1 + [#]c2")
    )
    both = [RepeatedUnit("a1", "A"), RepeatedUnit("b2", "B")]
    one = {("a1", "cc.cs!1"): known(3)}
    found = sheet(of, outside=Outside(units_of_plan=both, by_unit=one))
    assert cell(found, "tong c1") == (known(3), "computed")
    assert worth(found, "tong c2") == values.EMPTY
    assert worth(found, "#a1 c3") == Value(Kind.EMPTY, so_far=3)  # within one row a part is missing
    assert covered(found, [("", "tong", "1"), ("", "tong", "1"), ("", "#a1", "1")]) == (1, 2)
    assert covered(found, [("", "#a1", "9")]) is None


def test_what_adds_up_more_than_rows_is_not_told_in_part() -> None:
    two = [RepeatedUnit("a1", "A"), RepeatedUnit("b2", "B")]
    for rule in (
        "[tong]c1 = sum([#]c1) - 1",
        "[tong]c1 = sum([*]c1) + 1",
        "[tong]c1 = sum([*]c1) + [tong]c2",
    ):
        of = form(
            TOTAL, offices(), rollup=("[#]c1 = cc.cs![1]c1",), computed=(rule,) if "#" not in rule else ()
        )
        found = sheet(of, outside=Outside(units_of_plan=two, by_unit={("a1", "cc.cs!1"): known(3)}))
        assert not worth(found, "tong c1").known


def test_a_row_added_by_hand_waits_for_nobody() -> None:
    """21b: a department that reports has its row from its sheet, any other one is typed."""
    of = form(TOTAL, Row(kind="free", reports="htpldn.cs"), rollup=("[#]c1 = htpldn.cs![1]c1",))
    own = (OwnRow("#x1", "", 1, None, "Sở Khác"),)
    outside = Outside(units_of_plan=[RepeatedUnit("a1", "A")], by_unit={("a1", "htpldn.cs!1"): known(3)})
    found = sheet(of, own=own, outside=outside)
    assert [row.kind for row in found.rows[""]] == ["total", "free", "unit"]
    assert cell(found, "#x1 c1") == (values.EMPTY, "empty")
    assert coverage(found, "#x1 c1") == (0, 0)
    assert cell(found, "#a1 c1") == (known(3), "rollup")
    assert (found.unit_of("", "#x1"), found.unit_of("", "#a1"), found.unit_of("", "tong")) == ("", "a1", None)


def test_what_base_units_report_is_known_beside_what_was_typed() -> None:
    found = sheet(ROLLED, {"1 c1": "5"}, outside=reported(known(3), known(4)))
    base = found.from_base(("", "1", "1"))
    assert (base.value, base.covered, base.expected) == (known(7), 2, 2)


def test_a_relation_over_another_form_is_asked_from_its_own_row() -> None:
    of = form(TOTAL, offices(), relations=("[#]c2 <= cc.cs![1]",))
    outside = Outside(
        units_of_plan=[RepeatedUnit("a1", "A"), RepeatedUnit("b2", "B")],
        by_unit={("a1", "cc.cs!2"): known(3), ("b2", "cc.cs!2"): known(9)},
    )
    found = sheet(of, {"#a1 c2": "5", "#b2 c2": "5"}, outside=outside)
    verdicts = [judge(bound, found.outlook_of(bound)).holds for _, bound in found.plan.relations]
    assert verdicts == [False, True]
    [(_, plain)] = sheet(form(relations=("m:a = m:b",))).plan.relations
    assert sheet(form()).outlook_of(plain) is not None


# adjustments


def test_an_adjustment_is_added_to_what_base_units_give_and_stays_when_that_moves() -> None:
    for part, total in ((4, 6), (10, 12)):
        found = sheet(ROLLED, adjusted={"1 c1": 2}, outside=reported(known(part)))
        assert cell(found, "1 c1") == (known(total), "rollup")
        assert found["", "1", "1"].adjusted == 2


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("120", known(115)),
        ("-", known(-5)),
        ("", known(-5)),
        ("..", values.PENDING),
        ("⊘", values.OUT_OF_REMIT),
    ],
)
def test_an_adjustment_moves_a_number_and_makes_none(answer: str, value: Value) -> None:
    found = sheet(form(), {"1 c1": answer}, adjusted={"1 c1": -5})
    assert worth(found, "1 c1") == value


def test_an_adjusted_part_moves_its_total() -> None:
    assert worth(sheet(PARTS, {"1 c2": "90", "1 c3": "30"}, adjusted={"1 c2": 1}), "1 c1") == known(121)


def test_an_adjusted_total_moves_by_the_adjustment() -> None:
    assert cell(sheet(PARTS, {"1 c2": "9", "1 c3": "3"}, adjusted={"1 c1": 1}), "1 c1") == (
        known(13),
        "computed",
    )


def test_a_total_whose_part_is_missing_is_not_known_by_its_adjustment() -> None:
    assert not worth(sheet(PARTS, {"1 c2": "90"}, adjusted={"1 c1": 5}), "1 c1").known


def test_an_adjustment_has_the_decimals_of_its_column() -> None:
    of = form(columns=[column("1", scale=1)])
    assert worth(sheet(of, {"1 c1": "2"}, adjusted={"1 c1": 5}), "1 c1") == known(Fraction(5, 2))


# other times, estimates, units of measure, measures


def test_another_round_is_asked_of_the_surroundings() -> None:
    of = form(computed=("[1]c1 = [1]c2{year-1} - c3",))
    outside = Outside(rounds={("year-1", "1", "2"): known(412)})
    assert worth(sheet(of, {"1 c3": "3"}, outside=outside), "1 c1") == known(409)
    assert not worth(sheet(of, {"1 c3": "3"}), "1 c1").known


@pytest.mark.parametrize(
    ("answer", "value"),
    [("120+15", known(15)), ("135", values.EMPTY), ("-", known(0)), ("..", values.PENDING)],
)
def test_the_estimated_part_is_asked_for_by_name(answer: str, value: Value) -> None:
    of = form(computed=("c1 = c2:est",))
    assert worth(sheet(of, {"1 c2": answer}), "1 c1") == value


def test_the_estimated_part_of_a_cell_that_is_not_there_is_empty() -> None:
    assert sheet(form()).outlook.cell("", "", "9", "9", None, True) == values.EMPTY


def test_money_is_converted_by_what_each_column_says() -> None:
    """10a (18) is in nghìn đồng and 10b (18) in đồng."""
    of = form(
        columns=[column("1", unit="đồng"), column("2", unit="nghìn đồng"), column("3", unit="đồng")],
        computed=('c1 = convert(c2, "đồng")',),
        rollup=('c3 = convert(sum(cc.cs!c18), "đồng")',),
    )
    outside = Outside(
        forms={"cc.cs!18": [known(7)]}, units_of_measure={("cc.cs", "", "", "18"): "nghìn đồng"}
    )
    found = sheet(of, {"1 c2": "5"}, outside=outside)
    assert (worth(found, "1 c1"), worth(found, "1 c3")) == (known(5000), known(7000))


def test_the_unit_of_a_cell_that_is_not_there_is_unknown() -> None:
    assert sheet(form()).outlook.unit("", "", "9", "9") is None


def test_a_measure_is_asked_of_the_surroundings() -> None:
    outside = Outside(measures={("cc.viec", "same"): known(8)})
    assert worth(sheet(form(computed=("c1 = m:cc.viec{same}",)), outside=outside), "1 c1") == known(8)


# circles and gaps


CIRCLE = form(computed=("c1 = c2 + 1", "c2 = c3 + 1", "c3 = c1 + 1"), columns=map(column, "1234"))


def test_cells_that_define_one_another_in_a_circle_stay_empty() -> None:
    found = sheet(CIRCLE, {"1 c4": "1"})
    assert [worth(found, f"1 c{col}").kind for col in "123"] == [Kind.EMPTY] * 3
    assert found.circular == {("", "1", "1"), ("", "1", "2"), ("", "1", "3")}


def test_who_only_looks_at_a_circle_is_not_part_of_it() -> None:
    of = form(computed=("c1 = c2", "c2 = c3", "c3 = c2"))
    found = sheet(of)
    assert found.circular == {("", "1", "2"), ("", "1", "3")}


def test_a_figure_typed_into_a_circle_opens_it() -> None:
    found = sheet(CIRCLE, {"1 c1": "1"})
    assert [worth(found, f"1 c{col}") for col in "123"] == [known(1), known(3), known(2)]
    assert found.circular == set()


def test_a_cell_that_does_not_exist_is_empty() -> None:
    assert cell(sheet(form()), "9 c9") == (values.EMPTY, "empty")


def test_every_cell_that_exists_is_resolved() -> None:
    found = sheet(form(fixed("1"), fixed("2", only=("1",))))
    assert set(found.cells) == set(found.plan.spots)
    assert [row.key for row in found.rows[""]] == ["1", "2"]


# what is owed


NOTED = form(
    TOTAL,
    fixed("1"),
    fixed("2", only=("2",)),
    columns=[column("1"), column("2"), column("3", kind="text")],
    computed=("[tong]c1 = sum([*]c1)",),
)


def test_unanswered_cells_stand_in_printed_order_without_words_and_computed_ones() -> None:
    found = sheet(NOTED, {"1 c2": ".."})
    assert found.unanswered == (("", "tong", "2"), ("", "1", "1"), ("", "2", "2"))


@pytest.mark.parametrize(
    ("figures", "begun"),
    [
        ({}, False),
        ({"1 c1": ""}, False),
        ({"1 c1": "-"}, True),
        ({"1 c1": ".."}, True),
        ({"1 c3": "trên"}, True),
    ],
)
def test_a_sheet_is_begun_when_anything_is_answered(figures: dict[str, str | Figure], begun: bool) -> None:
    assert sheet(NOTED, figures).begun is begun


# what is asked of a sheet from outside


def provider() -> Form:
    return form(
        fixed("1"),
        fixed("2"),
        offices(),
        columns=[column("1"), column("2", kind="text")],
        computed=("[2]c1 = 5",),
    )


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("[1]c1 + [2]c1", known(125)),
        ("100 * [2]c1 / [1]c1", known(Fraction(25, 6))),
        ("sum([*]c1)", known(125)),
        ("[9]c1", values.EMPTY),
        ("[1]c1 + [9]c1", values.EMPTY),
        ("c1", values.EMPTY),
    ],
)
def test_an_expression_with_one_meaning_is_worth_something(rule: str, value: Value) -> None:
    assert sheet(provider(), {"1 c1": "120"}).worth(rule) == value


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("[1]c2", "trên"),
        ("[2]c2", ""),
        ("[9]c2", ""),
        ("c2", ""),
        ("[1]c2 + [2]c2", ""),
        ("x![1]c2", ""),
        ("[1]c2{same}", ""),
    ],
)
def test_the_words_of_a_cell_are_told(rule: str, told: str) -> None:
    assert sheet(provider(), {"1 c2": "trên"}).words(rule) == told


def test_rows_of_the_sheet_itself_are_resolved_with_it() -> None:
    """A closed office keeps its figures in the total."""
    of = form(TOTAL, offices(), computed=("[tong] = sum([*])",))
    own = [OwnRow("#z9", "", 1, "z9", "VPCC Đã đóng")]
    outside = Outside(units_of_plan=[RepeatedUnit("a1", "A")])
    found = sheet(of, {"#z9 c1": "3", "#a1 c1": "4"}, own=own, outside=outside)
    assert worth(found, "tong c1") == known(7)


def test_a_figure_as_stored_is_there_beside_its_worth() -> None:
    found = sheet(form(), {"1 c1": "120+15"})
    assert found["", "1", "1"].figure == figure.number(135, 15)


# rows of units


def test_a_unit_that_left_keeps_its_row_as_long_as_anything_stands_in_it() -> None:
    """Its row is stored with those beside it; without a figure nobody misses it."""
    of = form(TOTAL, fixed("I", "", offices(fixed("nam")), kind="group"))
    own = [OwnRow(f"I.#{unit}", "I", at, unit, unit) for at, unit in enumerate(("x", "a", "y", "z"))]
    outside = Outside(units_of_plan=[RepeatedUnit("a", "A")])
    found = sheet(of, {"I.#x c1": "1"}, own=own, outside=outside, adjusted={"I.#z c1": 2})
    assert [row.key for row in found.rows[""] if row.unit] == ["I.#x", "I.#a", "I.#z"]
    below = sheet(of, {"I.#y.nam c1": "1"}, own=own, outside=outside)
    assert [row.key for row in below.rows[""] if row.unit] == ["I.#a", "I.#y"]


# sums in one go


class _Given:
    """Values of cells by column; nothing else is asked for."""

    def __init__(self, given: list[Value]) -> None:
        self.given = given

    def cell(self, form: str, table: str, row: str, col: str, when: str | None, est: bool) -> Value:
        return self.given[int(col)]

    def cells(self, cells: Cells) -> list[Value]:
        raise NotImplementedError

    def measure(self, name: str, when: str | None) -> Value:
        raise NotImplementedError

    def unit(self, form: str, table: str, col: str, row: str) -> str | None:
        raise NotImplementedError


ANY_VALUE = st.sampled_from(
    [
        *(Value(kind) for kind in Kind if kind is not Kind.NUMBER),
        *(Value(kind, so_far=5) for kind in (Kind.EMPTY, Kind.PENDING, Kind.UNREADABLE)),
        known(0),
        known(7),
        known(Fraction(1, 3)),
    ]
)


@given(st.lists(ANY_VALUE, min_size=1, max_size=6))
def test_cells_added_in_one_go_come_to_what_the_rule_says_step_by_step(given_values: list[Value]) -> None:
    cells = [Cells("", "", ("1",), (str(at),), None, False, False) for at in range(len(given_values))]
    node: Node = cells[0]
    for part in cells[1:]:
        node = BinOp("+", node, part)
    together = added(given_values)
    if together is not None:
        assert together == evaluate(node, _Given(given_values))
        assert together == evaluate(Call("sum", tuple(cells)), _Given(given_values))
    else:
        assert {value.kind for value in given_values} & {Kind.INCOMPARABLE, Kind.UNDEFINED}
