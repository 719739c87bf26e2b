"""The grammar (design 4, Address and Expressions), and that a wrong text is one clear fault."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.expression.nodes import (
    AGGREGATES,
    WHENS,
    BinOp,
    Call,
    Compare,
    MeasureRef,
    Neg,
    Node,
    Num,
    Ref,
    Text,
    unparse,
)
from judapp.domain.expression.parser import ARITY, MAX_PARTS, ExpressionError, parse
from judapp.errors import JudappError

C1, C2, C3 = Ref(col="1"), Ref(col="2"), Ref(col="3")


@pytest.mark.parametrize(
    "rule",
    [
        "c2 = c3 + c5",
        "0 <= c4 <= c3",
        "c1 = c2 + c3 + c4 = c5 + c6",
        "[I] = sum([I.*])",
        "[#] = [#.nam] + [#.nu]",
        "II:[tong] = sum(II:[*])",
        "[17] = [6] - [8]",
        "[2] = [17]{year-1} - [chuyen_so]",
        "nondecreasing([3])",
        "c20 = wavg(ht.xa!c20, ht.xa!c19)",
        '[tong]c18 = convert(sum(cc.cs!c18), "đồng")',
        "100 * m:hotich.truc_tuyen / m:hotich.tong",
        "both(c7, c8)",
    ],
)
def test_every_example_of_the_design_reads_and_is_canonical(rule: str) -> None:
    """Design 4 gives these as the language."""
    assert unparse(parse(rule)) == rule


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("c2", C2),
        ("c12", Ref(col="12")),
        ("c10a", Ref(col="10a")),
        ("c_sao", Ref(col="_sao")),
        ("[I.1]", Ref(row=("I", "1"))),
        ("[I.1]c2", Ref(row=("I", "1"), col="2")),
        ("[chuyen_so]", Ref(row=("chuyen_so",))),
        ("[Đ.a-b]", Ref(row=("Đ", "a-b"))),
        ("sum([I.*.nu])", Call("sum", (Ref(row=("I", "*", "nu")),))),
        ("[#ab12]c2", Ref(row=("#ab12",), col="2")),
        ("II:c2", Ref(table="II", col="2")),
        ("ht.xa!II:[#]c2{same}:est", Ref("ht.xa", "II", ("#",), "2", "same", est=True)),
        ("cc.cs!c2", Ref("cc.cs", "", None, "2")),
        ("c2:est", Ref(col="2", est=True)),
        ("c2:[I]", Ref(table="c2", row=("I",))),
        ("m:cc.giao_dich", MeasureRef("cc.giao_dich")),
        ("m:cc.giao_dich{year-1}", MeasureRef("cc.giao_dich", "year-1")),
        ("1.5", Num(Fraction(3, 2))),
        ("2.0", Num(2)),
    ],
)
def test_references_and_numbers(text: str, node: Node) -> None:
    """Every part of an address; a column is called "c" and its code or key."""
    assert parse(text) == node


@pytest.mark.parametrize("when", WHENS)
def test_times(when: str) -> None:
    """{prev} {same} {year-1} {final} and no other."""
    assert parse(f"[3]{{{when}}}") == Ref(row=("3",), when=when)


def test_whole_numbers_stay_plain_integers() -> None:
    """Reckoning with integers is exact and fast."""
    assert [
        type(node.value) for node in (parse("2"), parse("2.0"), parse("2.5")) if isinstance(node, Num)
    ] == [
        int,
        int,
        Fraction,
    ]


def test_products_before_sums_and_left_to_right() -> None:
    """1 - 2 - 3 is (1 - 2) - 3; * and / bind tighter than + and -, a minus sign tightest."""
    assert parse("c1 - c2 - c3") == BinOp("-", BinOp("-", C1, C2), C3)
    assert parse("c1 + c2 * c3") == BinOp("+", C1, BinOp("*", C2, C3))
    assert parse("-c1 * c2") == BinOp("*", Neg(C1), C2)
    assert parse("(c1 + c2) * c3") == BinOp("*", BinOp("+", C1, C2), C3)


def test_comparisons_chain_and_carry_a_tolerance() -> None:
    """Sums of figures rounded to nghìn or triệu đồng may differ by 1 - 2 (domain 3)."""
    assert parse("c1 = c2 <= c3") == Compare((C1, C2, C3), ("=", "<="))
    assert parse("c1 = c2 ± 2") == Compare((C1, C2), ("=",), 2)
    assert parse("c1 = c2 +-0.5") == Compare((C1, C2), ("=",), Fraction(1, 2))
    assert parse("c1 = c2 + -0.5") == Compare((C1, BinOp("+", C2, Neg(Num(Fraction(1, 2))))), ("=",))


ARGUMENTS = {
    "sum": (1, None), "avg": (1, None), "min": (1, None), "max": (1, None), "count": (1, None), "abs": (1, 1),
    "wavg": (2, 2), "round": (2, 2), "if": (3, 3), "convert": (2, 2),
    "both": (2, 2), "exclusive": (2, 2), "nondecreasing": (1, 1),
}  # fmt: skip


@pytest.mark.parametrize(("name", "least", "most"), [(name, *limits) for name, limits in ARGUMENTS.items()])
def test_every_function_takes_so_many_arguments(name: str, least: int, most: int | None) -> None:
    """One fewer or one more is DEF-103; an open list takes any number."""
    sorts = {("if", 0): "c1 = c2", ("round", 1): "2", ("convert", 1): '"đồng"'}

    def call(count: int) -> str:
        return f"{name}({', '.join(sorts.get((name, at), 'c1') for at in range(count))})"

    for fits in (least, most or 9):
        assert unparse(parse(call(fits))) == call(fits)
    for wrong in (least - 1, most + 1 if most else 0):
        with pytest.raises(ExpressionError, match="DEF-103"):
            parse(call(wrong))
    assert ARITY.keys() == ARGUMENTS.keys()


def test_decomposed_letters_read_like_composed_ones() -> None:
    """macOS writes NFD; the key [nữ] must not depend on the machine it was typed on."""
    assert parse(unicodedata.normalize("NFD", "[nữ]")) == parse("[nữ]")


def test_spaces_mean_nothing_between_parts() -> None:
    """Also no-break spaces and line ends, as they come from a document."""
    assert parse(" c1\u00a0=\n sum ( [*] , c2 ) ") == parse("c1=sum([*],c2)")


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("c1 = = c2", "DEF-101", 5),
        ("c1 c2", "DEF-101", 3),
        ("(c1 = c2)", "DEF-101", 4),
        ("c1 ? c2", "DEF-101", 3),
        ("xyz", "DEF-101", 0),
        ("c1 = [I", "DEF-101", 5),
        ("1,5", "DEF-101", 1),
        ("sum(c1 c2)", "DEF-101", 7),
        ("both(c1, c2) = c3", "DEF-101", 13),
        ("ht.xa!", "DEF-101", 0),
        ("c1 + tong(c2)", "DEF-102", 5),
        ("sum()", "DEF-103", 0),
        ("c1 + abs(c1, c2)", "DEF-103", 5),
        ("wavg(c1)", "DEF-103", 0),
        ("", "DEF-104", 0),
        ("c1 = ", "DEF-104", 5),
        ("(c1 + c2", "DEF-104", 8),
        ("c1 + c2 ± 2", "DEF-105", 8),
        ("c1 = (c2 ± 2)", "DEF-105", 9),
        ("c1 = c2 ± 2 ± 2", "DEF-105", 12),
        ("c1 = c2 ± c3", "DEF-101", 10),
        ("c1 = both(c2, c3)", "DEF-106", 5),
        ("c1 + nondecreasing(c2)", "DEF-106", 5),
        ("c1{last}", "DEF-107", 3),
        ("m:a{}", "DEF-107", 4),
        ("convert(c1, c2)", "DEF-108", 12),
        ("round(c1, c2)", "DEF-108", 10),
        ("round(c1, 10)", "DEF-108", 10),
        ("round(c1, 1.5)", "DEF-108", 10),
        ("if(c1, c2, c3)", "DEF-108", 3),
        ("nondecreasing(c1{same})", "DEF-108", 14),
        ("nondecreasing(c1 + c2)", "DEF-108", 14),
        ("[]", "DEF-109", 1),
        ("[I..1]", "DEF-109", 1),
        ("[I 1]", "DEF-109", 1),
        ("c1 = [I.*]", "DEF-110", 6),
        ("sum([I.*] * 2)", "DEF-110", 5),
        ("nondecreasing([*])", "DEF-110", 15),
        ("(" * 50 + "c1" + ")" * 50, "DEF-111", 40),
        ("-" * 50 + "c1", "DEF-111", 40),
        ("(c1) + " * 9 + "(" * 50 + "c1" + ")" * 50, "DEF-111", 7 * 9 + 40),
        ("+".join(["1"] * 201), "DEF-111", 400),
        ("c1 = 12345678901234567890", "DEF-111", 5),
    ],
)
def test_a_wrong_text_is_told_with_its_place(text: str, code: str, position: int) -> None:
    """Style: an error says where and what; the place counted from 1 is for people."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.position) == (code, position)
    assert caught.value.params["place"] == position + 1


def test_the_message_of_a_fault_can_name_what_was_written() -> None:
    """The parameters hold the sign, the function, what is known, what was expected."""

    def params(text: str) -> dict[str, object]:
        with pytest.raises(JudappError) as caught:
            parse(text)
        return {name: value for name, value in caught.value.params.items() if name != "place"}

    assert params("c1 = xyz") == {"sign": "xyz"}
    assert params("tong(c1)") == {"name": "tong", "known": ", ".join(ARITY)}
    assert params("abs()") == {"name": "abs", "expected": "1", "given": 0}
    assert params("sum()") == {"name": "sum", "expected": "≥ 1", "given": 0}
    assert params("1 + both(c1, c2)") == {"name": "both"}
    assert params("c1{nay}") == {"when": "nay", "known": "prev, same, year-1, final"}
    assert params("convert(c1, 2)") == {"name": "convert", "argument": 2}
    assert params("[I.]") == {"row": "I."}
    assert params("[I.*]c1") == {"row": "I.*"}


def test_the_longest_chain_allowed_can_still_be_walked() -> None:
    """The limits keep every recursion far from the end of the call stack."""
    text = " + ".join(["c1"] * MAX_PARTS)
    assert unparse(parse(text)) == text
    assert parse("(" * 39 + "c1" + ")" * 39) == C1
    assert parse("9" * 19) == Num(10**19 - 1)


_WORD = st.text("abIVXđữs_19", min_size=1, max_size=6)
_IDENT = _WORD.filter(lambda word: not word[0].isdigit())
_DOTTED = st.lists(_IDENT, min_size=1, max_size=3).map(".".join)
_WHEN = st.none() | st.sampled_from(WHENS)
_SEGMENT = _WORD | st.just("#") | _WORD.map("#{}".format) | st.just("a-b")
_PLACE = st.one_of(
    st.tuples(st.lists(_SEGMENT, min_size=1, max_size=3).map(tuple), st.none() | _WORD),
    st.tuples(st.none(), _WORD),
)


def _refs(star: bool) -> st.SearchStrategy[Node]:
    def made(
        form: str, table: str, place: tuple[tuple[str, ...] | None, str | None], when: str | None, est: bool
    ) -> Node:
        row, col = place
        return Ref(form, table, (*row, "*") if star and row else row, col, when, est)

    table = st.just("") | _IDENT.filter(lambda name: name != "m")
    return st.builds(made, st.just("") | _DOTTED, table, _PLACE, _WHEN, st.booleans())


_NUMBERS = st.builds(lambda n, p: Fraction(n, 10**p), st.integers(0, 10**15), st.integers(0, 3)).map(
    lambda value: Num(value.numerator if value.denominator == 1 else value)
)
_LEAVES: st.SearchStrategy[Node] = st.one_of(
    _NUMBERS, _refs(star=False), st.builds(MeasureRef, _DOTTED, _WHEN)
)


def _compares(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    ops = st.lists(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), min_size=1, max_size=3)
    return ops.flatmap(
        lambda ops: st.builds(
            lambda operands, tolerance: Compare(operands, tuple(ops), tolerance.value),
            st.tuples(*[parts] * (len(ops) + 1)),
            _NUMBERS,
        )
    )


def _calculations(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    listed = parts | _refs(star=True)
    return st.one_of(
        st.builds(Neg, parts),
        st.builds(BinOp, st.sampled_from("+-*/"), parts, parts),
        st.builds(
            lambda name, args: Call(name, tuple(args)),
            st.sampled_from(sorted(AGGREGATES - {"wavg"})),
            st.lists(listed, min_size=1, max_size=3),
        ),
        st.tuples(listed, listed).map(lambda args: Call("wavg", args)),
        parts.map(lambda part: Call("abs", (part,))),
        st.builds(lambda part, places: Call("round", (part, Num(places))), parts, st.integers(0, 9)),
        st.builds(lambda part, unit: Call("convert", (part, Text(unit))), parts, st.text("đồngtỷ1.0 ")),
        st.tuples(_compares(parts) | _relation_calls(parts), parts, parts).map(lambda args: Call("if", args)),
    )


def _relation_calls(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.builds(Call, st.sampled_from(["both", "exclusive"]), st.tuples(parts, parts))
    return pairs | st.builds(
        lambda row, col: Call("nondecreasing", (Ref(row=row, col=col),)), st.tuples(_WORD), st.none() | _WORD
    )


_TREES = st.recursive(_LEAVES, _calculations, max_leaves=12)
EXPRESSIONS = _TREES | _compares(_TREES) | _relation_calls(_TREES)


@given(EXPRESSIONS)
def test_text_and_tree_are_one(node: Node) -> None:
    """parse(unparse(node)) == node: a stored rule means what was meant."""
    assert parse(unparse(node)) == node


_SIGNS = [
    "c1", "[I.*]", "[#", "]", "(", ")", ",", "sum(", "if(", "both(", "convert(", '"đồng"', '"', "±", "+-",
    "+", "-", "*", "/", "=", "<=", "<>", "!", "ht.xa!", "II:", "m:", "m:a.b", "{same}", "{x}", ":est",
    "1", "1.5", ".", " ",
]  # fmt: skip
_SNIPPETS = st.lists(st.sampled_from(_SIGNS), max_size=20).map("".join)


@given(st.text() | _SNIPPETS)
def test_no_text_at_all_breaks_the_parser(text: str) -> None:
    """Whatever a person or a file writes is read, or is an ExpressionError whose place lies in the text."""
    try:
        node = parse(text)
    except ExpressionError as error:
        place = error.position
    else:
        place = 0
        assert parse(unparse(node)) == node
    assert 0 <= place <= len(unicodedata.normalize("NFC", text))
