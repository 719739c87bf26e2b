"""Where a rule holds: for each row, column, repeated row; and what is wrong with one that cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from judapp.domain.expression.binding import RowShape, Shape, TableShape, instances, problems
from judapp.domain.expression.nodes import Cells, Compare, references, unparse
from judapp.domain.expression.parser import parse
from tests.domain.expression.helpers import NOTARIES, columns, fixed, one_table

SEXES = one_table(
    RowShape("tong", "total"),
    *(RowShape(f"#x{n}{part}", "unit") for n in (1, 2) for part in ("", ".nam", ".nu")),
    cols=columns("1"),
)
"""13b-like: every commune with its rows Nam and Nữ."""


def texts(rule: str, shape: Shape = NOTARIES, table: str = "") -> list[str]:
    """The instances of ``rule`` as texts."""
    return [unparse(found.node) for found in instances(parse(rule), shape, table)]


def cells(rule: str, shape: Shape = NOTARIES) -> Iterator[Cells]:
    """The cells of the only instance of ``rule``."""
    [found] = instances(parse(rule), shape)
    for reference in references(found.node):
        assert isinstance(reference, Cells)
        yield reference


def test_a_rule_without_row_holds_for_each_row_that_is_no_heading() -> None:
    """Design 4: a column alone means "for each row", totals and groups included; a heading has no cells."""
    shape = one_table(
        RowShape("tong", "total"),
        RowShape("I", "group", frozenset()),
        RowShape("I.1"),
        cols=columns("1", "2"),
    )
    assert texts("c1 <= c2", shape) == ["[tong]c1 <= [tong]c2", "[I.1]c1 <= [I.1]c2"]


def test_a_rule_without_column_holds_for_each_column_that_is_added_up() -> None:
    """Averages, rates and words are never added up (domain 4)."""
    kinds = columns(
        "1", "2", "3", "4", "5", "6", c2="money", c3="decimal", c4="average", c5="rate", c6="text"
    )
    shape = one_table(*fixed("1", "2"), cols=kinds)
    assert texts("[1] = [2]", shape) == ["[1]c1 = [2]c1", "[1]c2 = [2]c2", "[1]c3 = [2]c3"]
    assert texts("[1]c4 <= [2]c4", shape) == ["[1]c4 <= [2]c4"]


def test_free_row_and_free_column_vary_independently() -> None:
    """c1 of each row against the same cell of row 1, for each column."""
    found = instances(parse("c1 >= [1]"), one_table(*fixed("1", "2"), cols=columns("1", "2")))
    assert [(b.row, b.col, unparse(b.node)) for b in found] == [
        ("1", "1", "[1]c1 >= [1]c1"),
        ("1", "2", "[1]c1 >= [1]c2"),
        ("2", "1", "[2]c1 >= [1]c1"),
        ("2", "2", "[2]c1 >= [1]c2"),
    ]


def test_an_instance_knows_its_rule_and_what_its_variables_stand_for() -> None:
    """An environment completes references to other forms from row, column and repeated row."""
    rule = parse("[#]c1 = [#.nam]c1 + [#.nu]c1")
    first, second = instances(rule, SEXES)
    assert (first.rule, first.row, first.col, first.repeated) == (rule, None, None, "#x1")
    assert unparse(second.node) == "[#x2]c1 = [#x2.nam]c1 + [#x2.nu]c1"


def test_stars_are_all_rows_of_a_level_but_totals() -> None:
    """``[I.*]`` direct children, ``[*]`` the top level, never a total row (it would be counted twice)."""
    shape = one_table(
        RowShape("tong", "total"),
        RowShape("tong.nam"),
        *fixed("I", "I.1", "I.1.a", "I.2"),
        RowShape("I.tong", "total"),
        RowShape("II", "group", frozenset()),
        *fixed("II.1"),
        cols=columns("1"),
    )
    assert texts("sum([*])", shape) == ["sum([I]c1)"]
    assert texts("sum([I.*])", shape) == ["sum([I.1 I.2]c1)"]
    assert texts("sum([*.*])", shape) == ["sum([I.1 I.2 II.1]c1)"]
    assert texts("sum([I.*.a])", shape) == ["sum([I.1.a]c1)"]
    assert texts("sum([*.nam])", shape) == ["sum(c1)"]  # a total's own parts are not of that level
    assert texts("sum([I.tong])", shape) == ["sum([I.tong]c1)"]


def test_stars_and_repeated_rows_together() -> None:
    """All "Nam" rows of all communes; all rows of each commune."""
    assert texts("sum([*.nam])", SEXES) == ["sum([#x1.nam #x2.nam]c1)"]
    assert texts("[#] = sum([#.*])", SEXES) == [
        "[#x1]c1 = sum([#x1.nam #x1.nu]c1)",
        "[#x2]c1 = sum([#x2.nam #x2.nu]c1)",
    ]
    assert texts("[#x2.nam] = 1", SEXES) == ["[#x2.nam]c1 = 1"]


def test_a_repeated_row_below_a_group() -> None:
    """``#`` stands for one segment at its own level only."""
    assert texts("[I.#]c2 >= 0") == ["[I.#p1]c2 >= 0", "[I.#p2]c2 >= 0"]
    assert texts("[#]c2 >= 0") == []


def test_star_keeps_many_even_for_one_row_and_for_none() -> None:
    """A group with one office is still a list; a group without any is a list of nothing, not a fault."""
    target, listed = cells("[II]c2 = sum([II.*]c2)")
    assert (target.rows, target.many) == (("II",), False)
    assert (listed.rows, listed.many) == (("II.#v1",), True)
    without = one_table(RowShape("I"), cols=columns("1"))
    _, nothing = cells("[I]c1 = sum([I.*]c1)", without)
    assert (nothing.rows, nothing.cols, nothing.many) == ((), ("1",), True)


def test_places_without_the_cell_are_left_out() -> None:
    """Cells that exist only in some rows (design 6): the rule holds where all its cells are."""
    shape = one_table(
        RowShape("1", cells=frozenset({"1", "2", "3"})),
        RowShape("2", cells=frozenset({"1", "2"})),
        cols=columns("1", "2", "3"),
    )
    assert texts("c1 = c2 + c3", shape) == ["[1]c1 = [1]c2 + [1]c3"]
    assert texts("[1] >= [2]", shape) == ["[1]c1 >= [2]c1", "[1]c2 >= [2]c2"]
    assert texts("sum([*]c3)", shape) == ["sum([1]c3)"]


def test_tables_are_named_or_meant() -> None:
    """Two tables in one form (17b): ``II:`` names one; without, the table the rule stands for is meant."""
    shape = {
        "I": TableShape(fixed("tong", "1"), columns("1")),
        "II": TableShape(fixed("tong", "1"), columns("1", "2")),
    }
    assert texts("II:[tong] >= [1]", shape, "I") == ["II:[tong]c1 >= I:[1]c1"]
    assert texts("I:c1 = II:c2", shape) == ["I:[tong]c1 = II:[tong]c2", "I:[1]c1 = II:[1]c2"]
    assert texts("c2 = c2", shape, "II") == ["II:[tong]c2 = II:[tong]c2", "II:[1]c2 = II:[1]c2"]
    assert texts("III:c1 = 0", shape) == texts("III:[1]c1 = 0", shape) == []


def test_other_forms_keep_what_was_written() -> None:
    """Their shape is not known here; "for each" and ``#`` are completed by the environment."""
    lists = 'convert(sum(cc.cs!II:c18, ht.xa![*]c2{same}), "đồng")'
    rule = f"[#x1]c1 = {lists} + cc.so![tong]c2:est + cc.so!c3 + cc.so![#]c1"
    _, one, two, single, column, repeated = cells(rule, SEXES)
    assert one == Cells("cc.cs", "II", (), ("18",), None, False, many=True)
    assert two == Cells("ht.xa", "", ("*",), ("2",), "same", False, many=True)
    assert single == Cells("cc.so", "", ("tong",), ("2",), None, True, many=False)
    assert column == Cells("cc.so", "", (), ("3",), None, False, many=True)
    assert repeated == Cells("cc.so", "", ("#",), ("1",), None, False, many=True)
    [alone] = cells("cc.so![tong]c2", SEXES)
    assert not alone.many
    [listed] = cells("sum(cc.so![tong]c2)", SEXES)
    assert listed.many  # the sheets of all base units
    [row] = cells("sum(cc.so![tong])", SEXES)
    assert row.cols == ()


def test_every_kind_of_node_is_carried_over() -> None:
    """Measures, numbers, texts and functions stay as they are; only references are bound."""
    rule = 'if(-c1 > 0.5, m:a{same} * c1, round(convert(c1, "đồng"), 2)) <= c1 ± 2'
    [found] = texts(rule, one_table(*fixed("1"), cols=columns("1")))
    assert found == rule.replace("c1", "[1]c1")
    assert texts("100 * m:a / m:b") == ["100 * m:a / m:b"]


def test_a_form_without_stub_has_one_nameless_row() -> None:
    """Commune forms of one row (21a): a column alone is enough to name a cell."""
    [found] = instances(parse("c1 = c2"), one_table(RowShape(""), cols=columns("1", "2")))
    assert isinstance(found.node, Compare)
    assert found.node.operands[0] == Cells("", "", ("",), ("1",), None, False, many=False)


@pytest.mark.parametrize(
    ("rule", "faults"),
    [
        ("[tong] = sum([*])", []),
        ("c2 = c3 + cc.cs!c99", []),
        ("100 * m:a / m:b", []),
        ("III:[tong]c2 = 0", [("DEF-121", {"table": "III"})]),
        ("[III] = [tong]", [("DEF-122", {"table": "", "row": "III"})]),
        ("sum([III.*]c2) = 0", [("DEF-122", {"table": "", "row": "III.*"})]),
        ("[II.#.nu] = 0", [("DEF-122", {"table": "", "row": "II.#.nu"})]),
        ("c2 = c7 + c7", [("DEF-123", {"table": "", "column": "7"})]),
        (
            "c8 = [III]c2 + [tong]c9",
            [
                ("DEF-123", {"table": "", "column": "8"}),
                ("DEF-122", {"table": "", "row": "III"}),
                ("DEF-123", {"table": "", "column": "9"}),
            ],
        ),
    ],
)
def test_faults_of_a_rule_are_found_all_at_once(rule: str, faults: list[object]) -> None:
    """Design 6: all faults of a definition at once, each once; another form's are another form's."""
    assert problems(parse(rule), NOTARIES) == faults


def test_a_cell_that_does_not_exist_is_a_fault_where_it_is_named() -> None:
    """``[2]c3`` where row 2 has no column 3; and a rule that holds nowhere says nothing."""
    shape = one_table(
        RowShape("1", cells=frozenset({"1"})),
        RowShape("2", cells=frozenset({"2"})),
        cols=columns("1", "2", "3"),
    )
    assert problems(parse("[2]c1 = 0"), shape) == [("DEF-124", {"table": "", "row": "2", "column": "1"})]
    assert problems(parse("sum([*]c3)"), shape) == [("DEF-124", {"table": "", "row": "*", "column": "3"})]
    assert problems(parse("[1] = [2]"), shape) == [("DEF-125", {})]
    assert problems(parse("c1 = c2"), shape) == [("DEF-125", {})]
