"""A rule that names another form is held against that form."""

from __future__ import annotations

from datetime import date
from typing import Any

from judapp.domain.catalogue import Form
from judapp.domain.lint import lint_catalogue
from tests.domain.builders import column, fixed, form, offices

BASE = form(family="cc.cs", number="10a", columns=map(column, "12"))


def faults(*forms: Form) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for _, fault in lint_catalogue(forms, (), ())]


def above(*rollup: str, **more: Any) -> Form:
    return form(fixed("1"), offices(), number="10b", rollup=rollup, columns=map(column, "123"), **more)


def test_a_rule_over_rows_and_columns_that_are_there_is_clean() -> None:
    assert faults(BASE, above("[#]c1 = cc.cs![1]c1", "[1]c2 = sum(cc.cs!c2)")) == []


def test_a_family_nobody_is_of_is_a_fault() -> None:
    assert faults(above("[1]c1 = sum(cc.cs!c1)")) == [("$.rollup[0].rule", "DEF-022")]


def test_a_version_that_is_not_in_force_with_the_form_does_not_count() -> None:
    ended = form(family="cc.cs", number="12a", valid_from=date(2019, 1, 1), valid_to=date(2025, 10, 31))
    assert faults(ended, above("[1]c1 = sum(cc.cs!c1)")) == [("$.rollup[0].rule", "DEF-022")]
    assert faults(ended, form(computed=("[1]c1 = cc.cs![1]c1{year-1}",))) == []


def test_a_row_column_or_table_that_is_not_there_is_a_fault() -> None:
    wrong = ("[1]c1 = sum(cc.cs!c9)", "[1]c2 = sum(cc.cs![9]c1)", "[1]c3 = sum(cc.cs!II:c1)")
    assert faults(BASE, above(*wrong)) == [(f"$.rollup[{n}].rule", "DEF-023") for n in range(3)]


def test_a_rule_for_each_column_needs_every_one_of_them() -> None:
    """Column 3 of this form has none in the other."""
    assert faults(BASE, above("[#] = cc.cs![1]")) == [("$.rollup[0].rule", "DEF-023")]


def test_a_reference_without_a_row_means_the_same_row_or_the_only_one() -> None:
    two = form(fixed("1"), fixed("2"), family="cc.cs", number="10a")
    assert faults(two, form(fixed("1"), fixed("2"), rollup=("c1 = sum(cc.cs!c1)",))) == []
    assert faults(two, form(fixed("3"), rollup=("[3]c1 = sum(cc.cs!c1)",))) == [
        ("$.rollup[0].rule", "DEF-023")
    ]
