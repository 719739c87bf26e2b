"""Units of money."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judapp.domain.expression.convert import factor
from judapp.errors import JudappError


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Nghìn đồng", "đồng", 1_000),
        ("1.000 đồng", "nghìn đồng", 1),
        ("triệu đồng", "nghìn đồng", 1_000),
        ("tỷ đồng", "đồng", 10**9),
        ("đồng", "tỷ đồng", Fraction(1, 10**9)),
        ("việc", "Việc", 1),
    ],
)
def test_factors_are_exact(source: str, target: str, expected: int | Fraction) -> None:
    """Domain 7: one form asks for nghìn đồng, its sister for đồng."""
    assert factor(source, target) == expected


@pytest.mark.parametrize(("source", "target"), [("việc", "đồng"), ("đồng", "USD"), ("người", "việc")])
def test_an_unknown_pair_is_told(source: str, target: str) -> None:
    """A unit is never guessed."""
    with pytest.raises(JudappError) as caught:
        factor(source, target)
    assert (caught.value.code, caught.value.params) == ("DEF-131", {"source": source, "target": target})
