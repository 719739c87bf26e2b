"""The tree: canonical text, references."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judapp.domain.expression.nodes import Cells, MeasureRef, Num, Ref, number_text, references, unparse
from judapp.domain.expression.parser import parse


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("c1=c2+c3+c4=c5+c6", "c1 = c2 + c3 + c4 = c5 + c6"),
        ("0≤c4 ≤ c3", "0 <= c4 <= c3"),
        ("c1 <> c2", "c1 != c2"),
        ("c1 ≠ c2", "c1 != c2"),
        ("c1 ≥ c2+-2", "c1 >= c2 ± 2"),
        ("(c1 + c2) - (c3 - c4)", "c1 + c2 - (c3 - c4)"),
        ("(c1 * c2) / (c3 * 1.50)", "c1 * c2 / (c3 * 1.5)"),
        ("c1 + (c2 + c3)", "c1 + (c2 + c3)"),
        ("c1 + (c2 - c3)", "c1 + (c2 - c3)"),
        ("c1 * (c2 * c3)", "c1 * (c2 * c3)"),
        ("c1 * (c2 / c3)", "c1 * (c2 / c3)"),
        ("(c1 - c2) * (c3 + c4)", "(c1 - c2) * (c3 + c4)"),
        ("-(c1 + c2) * - c3", "-(c1 + c2) * -c3"),
        ("if( c1>0 ,c2,0 )", "if(c1 > 0, c2, 0)"),
        ('convert( cc.cs![tong]c18,"đồng" )', 'convert(cc.cs![tong]c18, "đồng")'),
        ("II:[I.#.nữ]c_sao{same}:est", "II:[I.#.nữ]c_sao{same}:est"),
        ("100*m:hotich.truc_tuyen{prev}/m:hotich.tong", "100 * m:hotich.truc_tuyen{prev} / m:hotich.tong"),
    ],
)
def test_canonical_text(written: str, canonical: str) -> None:
    """One way of writing: one space around operators, ASCII comparisons, no needless brackets."""
    assert unparse(parse(written)) == canonical
    assert unparse(parse(canonical)) == canonical


def test_bound_references_have_a_text_too() -> None:
    """A bound reference reads like the address people use; several rows are listed."""
    assert unparse(Cells("", "II", ("I.#ab",), ("2",), "prev", True, False)) == "II:[I.#ab]c2{prev}:est"
    assert unparse(Cells("", "", ("1", "2"), ("2",), None, False, True)) == "[1 2]c2"
    assert unparse(Cells("cc.cs", "", (), ("2",), None, False, True)) == "cc.cs!c2"
    assert unparse(Cells("cc.cs", "", ("tong",), (), None, False, True)) == "cc.cs![tong]"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (120, "120"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(105, 10), "10.5"),
        (Fraction(1, 10**6), "0.000001"),
        (Fraction(4), "4"),
        (10**18 + Fraction(1, 4), "1000000000000000000.25"),
    ],
)
def test_numbers_are_written_exactly(number: int | Fraction, text: str) -> None:
    """Promise 3: no binary float, no exponent, no rounding."""
    assert number_text(number) == text


def test_references_in_the_order_written() -> None:
    """Findings lead to their cells from left to right, through every kind of node."""
    node = parse("if(c1 > -c2 * 1, sum([*]c3, ht.xa!c4), m:a.b{same}) = round(c5, 1)")
    assert references(node) == (
        Ref(col="1"),
        Ref(col="2"),
        Ref(row=("*",), col="3"),
        Ref(form="ht.xa", col="4"),
        MeasureRef("a.b", "same"),
        Ref(col="5"),
    )
    assert references(Num(1)) == ()
