"""The estimated part of cells: stated, or the sum of what was stated of the parts; never guessed."""

from __future__ import annotations

import pytest

from judapp.domain.estimates import estimated_part
from judapp.domain.resolve import Resolved
from judapp.domain.value import EMPTY, Kind, Value, known
from tests.domain.builders import TOTAL, column, fixed, form, sheet

SUMS = form(
    TOTAL,
    fixed("I", "", fixed("1"), fixed("2")),
    fixed("II"),
    columns=(column("1"), column("2"), column("3")),
    computed=("[I] = sum([I.*])", "[tong] = [I] + [II]", "c1 = c2 + c3"),
)


def part(of: Resolved, row: str, col: str = "2") -> Value:
    return estimated_part(of, ("", row, col))


def test_a_figure_has_the_part_that_was_stated() -> None:
    found = sheet(SUMS, {"I.1 c2": "120+15", "I.2 c2": "7", "II c2": "-", "II c3": ".."})
    assert part(found, "I.1") == known(15)
    assert part(found, "I.2") == EMPTY
    assert part(found, "II") == known(0)
    assert part(found, "II", "3").kind is Kind.PENDING


def test_a_sum_has_the_sum_of_what_was_stated() -> None:
    found = sheet(
        SUMS,
        {"I.1 c2": "120+15", "I.2 c2": "30+5", "II c2": "-", "I.1 c3": "1+1", "I.2 c3": "-", "II c3": "-"},
    )
    assert part(found, "I") == known(20)
    assert part(found, "tong") == known(20)
    assert part(found, "I.1", "1") == known(16)
    assert part(found, "tong", "1") == known(21)


def test_a_sum_of_which_a_part_is_not_stated_is_known_in_part() -> None:
    found = sheet(SUMS, {"I.1 c2": "120+15", "I.2 c2": "30", "II c2": "4+1"})
    assert part(found, "I") == Value(Kind.EMPTY, so_far=15)
    assert part(found, "tong") == Value(Kind.EMPTY, so_far=16)
    assert part(sheet(SUMS, {"I.1 c2": "120", "I.2 c2": "30"}), "I") == EMPTY


def test_a_part_out_of_remit_is_left_out() -> None:
    found = sheet(SUMS, {"I.1 c2": "120+15", "I.2 c2": "⊘", "I.1 c3": "⊘", "I.2 c3": "⊘"})
    assert part(found, "I") == known(15)
    assert part(found, "I", "3") == EMPTY


def test_a_total_typed_by_hand_has_its_own() -> None:
    found = sheet(SUMS, {"I c2": "200+9", "I.1 c2": "120+15"})
    assert part(found, "I") == known(9)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("c1 = c2 - c3", known(10)),
        ("c1 = -c3 + c2", known(10)),
        ("c1 = 2 * c2", EMPTY),
        ("c1 = c2 / c3", EMPTY),
        ("c1 = c2 + 2 * c3", EMPTY),
        ("c1 = max(c2, c3)", EMPTY),
        ("c1 = c2 + c3{prev}", EMPTY),
        ("c1 = c2:est", EMPTY),
    ],
)
def test_only_sums_and_differences_of_the_sheets_own_cells_have_one(rule: str, expected: Value) -> None:
    found = sheet(form(fixed("1"), computed=(rule,)), {"1 c2": "120+15", "1 c3": "20+5"})
    assert part(found, "1", "1") == expected


def test_definitions_in_a_circle_have_none() -> None:
    found = sheet(form(fixed("1"), computed=("c1 = c2", "c2 = c1")))
    assert found.circular
    assert part(found, "1", "1") == EMPTY
