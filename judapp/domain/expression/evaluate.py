"""Reckoning: the value of an expression and the verdict on a relation, exactly (design 4, missing values)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from operator import mul, sub
from typing import Any, NamedTuple, Protocol

from msgspec.structs import replace

from judapp.domain.expression.binding import Bound
from judapp.domain.expression.convert import factor
from judapp.domain.expression.nodes import (
    RELATIONS,
    BinOp,
    Call,
    Cells,
    Compare,
    MeasureRef,
    Neg,
    Node,
    Num,
    Text,
    references,
)
from judapp.domain.number import Rational
from judapp.domain.value import (
    EMPTY,
    INCOMPARABLE,
    OUT_OF_REMIT,
    UNDEFINED,
    Kind,
    Value,
    graver,
    gravest,
    known,
)
from judapp.errors import JudappError
from judapp.text import fold

_PARTIAL = frozenset({Kind.EMPTY, Kind.PENDING, Kind.UNREADABLE})
"""A sum or a weighted average with such a part still has one of the others worth showing."""

_Function = Callable[[tuple[Node, ...], "Environment"], Value]


class Environment(Protocol):
    """Where the figures come from."""

    def cell(self, form: str, table: str, row: str, col: str, when: str | None, est: bool) -> Value:
        """The value of one cell; ``form`` is "" for the sheet itself."""

    def cells(self, cells: Cells) -> list[Value]:
        """The values of a reference to another form whose place is a pattern, sheet by sheet and in order."""

    def measure(self, name: str, when: str | None) -> Value:
        """The value of a measure."""

    def unit(self, form: str, table: str, col: str, row: str) -> str | None:
        """The unit of measure of a cell, None where none is stated."""


class Verdict(NamedTuple):
    """Whether a relation holds; None where it is skipped because a side has no number.

    ``left op right`` is the comparison spoken of: the first one that fails, else the first one skipped, else
    the first. ``failing`` is its index where the relation fails, ``why`` the reason where it is skipped;
    ``difference`` is left less right where both are known.
    """

    holds: bool | None
    left: Value
    right: Value
    op: str
    difference: Rational | None = None
    failing: int | None = None
    why: Kind | None = None


def evaluate(node: Node, env: Environment) -> Value:
    """The value of a bound calculation.

    By the table of missing values: a part that is empty, pending, unreadable, incomparable or undefined makes
    the whole so (the gravest wins); a sum then tells in ``so_far`` what is known. A part out of remit is left
    out of sums, averages, least and greatest, and alone, or in a product, makes the whole so. A quotient
    with denominator 0 is undefined. A sum of no cells at all is empty: nothing known is not 0.

    Raises DEF-131 and DEF-132 for a ``convert`` between units that cannot be converted; ValueError for a
    relation or an unbound reference, which have no value.
    """
    reckon = _RECKONED.get(type(node))
    if reckon is None:
        raise ValueError(f"no value: {node}")
    return reckon(node, env)


def judge(bound: Bound, env: Environment) -> Verdict:
    """Whether the relation of ``bound`` holds.

    ``=``, ``<=`` and ``>=`` hold within the tolerance, its end included. Of a chain each neighbouring pair is
    judged. ``both``: the two cells are both nonzero or both 0; ``exclusive``: not both are nonzero;
    ``nondecreasing``: not less than in the round before. A pair one of whose sides has no number is skipped.

    Raises what :func:`evaluate` does; ValueError for a node that is no relation.
    """
    return _judge(bound.node, env)


def _judge(node: Node, env: Environment) -> Verdict:
    if isinstance(node, Compare):
        return _compared([evaluate(part, env) for part in node.operands], node.ops, node.tolerance)
    match node:
        case Call("nondecreasing", (Cells() | MeasureRef() as now,)):
            return _compared([evaluate(now, env), evaluate(replace(now, when="prev"), env)], (">=",), 0)
        case Call(name, (one, other)) if name in RELATIONS:
            return _occurring(name, evaluate(one, env), evaluate(other, env))
    raise ValueError(f"no relation: {node}")


def _compared(values: list[Value], ops: tuple[str, ...], tolerance: Rational) -> Verdict:
    if len(ops) == 1:  # as most are
        return _pair(0, values[0], ops[0], values[1], tolerance)
    verdicts = [_pair(at, values[at], op, values[at + 1], tolerance) for at, op in enumerate(ops)]
    return min(verdicts, key=lambda verdict: _URGENCY.index(verdict.holds))


_URGENCY = (False, None, True)


def _pair(at: int, left: Value, op: str, right: Value, tolerance: Rational) -> Verdict:
    if left.number is None or right.number is None:
        return Verdict(None, left, right, op, why=gravest([left, right]))
    difference = left.number - right.number
    holds = _HOLDS[op](difference, tolerance)
    return Verdict(holds, left, right, op, difference, None if holds else at)


_HOLDS: dict[str, Callable[[Rational, Rational], bool]] = {
    "=": lambda difference, tolerance: -tolerance <= difference <= tolerance,
    "<=": lambda difference, tolerance: difference <= tolerance,
    ">=": lambda difference, tolerance: -difference <= tolerance,
    "!=": lambda difference, _: difference != 0,
    "<": lambda difference, _: difference < 0,
    ">": lambda difference, _: difference > 0,
}


def _occurring(name: str, left: Value, right: Value) -> Verdict:
    """The verdict on ``both`` and ``exclusive``: a known 0 has not occurred."""
    if left.number is None or right.number is None:
        return Verdict(None, left, right, name, why=gravest([left, right]))
    one, other = left.number != 0, right.number != 0
    holds = one == other if name == "both" else not (one and other)
    return Verdict(holds, left, right, name, failing=None if holds else 0)


def _cell(node: Cells, env: Environment) -> Value:
    if not node.many:
        return env.cell(node.form, node.table, node.rows[0], node.cols[0], node.when, node.est)
    values = _listed(node, env)
    if len(values) > 1:
        return INCOMPARABLE
    return values[0] if values else EMPTY


def added(values: list[Value]) -> Value | None:
    """The sum of the cells of a rule that only adds; None where it has to be taken as it is written.

    What cannot be compared takes with it what was added so far, so the order counts then.
    """
    if any(value.number is None and value.kind in _DROPPING for value in values):
        return None
    return _added(values)


_DROPPING = (Kind.INCOMPARABLE, Kind.UNDEFINED)


def _listed(node: Node, env: Environment) -> list[Value]:
    """The values an argument of sum, avg … stands for."""
    if not (isinstance(node, Cells) and node.many):
        return [evaluate(node, env)]
    if node.form:
        return env.cells(node)
    col = node.cols[0]
    return [env.cell("", node.table, row, col, node.when, node.est) for row in node.rows]


def _called(node: Call, env: Environment) -> Value:
    if node.name in RELATIONS:
        raise ValueError(f"no value: {node}")
    return _FUNCTIONS[node.name](node.args, env)


def _all(args: tuple[Node, ...], env: Environment) -> list[Value]:
    return [value for arg in args for value in _listed(arg, env)]


def _operation(node: BinOp, env: Environment) -> Value:
    return _binary(node.op, evaluate(node.left, env), evaluate(node.right, env))


def _binary(op: str, left: Value, right: Value) -> Value:
    if left.number is None or right.number is None:
        if op == "+":
            return _added([left, right])
        if op == "-":
            return _added([left, _times(right, -1)])
        return Value(gravest([left, right]))
    if op == "+":
        return known(left.number + right.number)
    if op == "/":
        return known(Fraction(left.number) / right.number) if right.number else UNDEFINED
    return known(_EXACT[op](left.number, right.number))


_EXACT: dict[str, Callable[[Rational, Rational], Rational]] = {"-": sub, "*": mul}


def _times(value: Value, factor: Rational) -> Value:
    number = None if value.number is None else value.number * factor
    return Value(value.kind, number, None if value.so_far is None else value.so_far * factor)


def _added(values: list[Value]) -> Value:
    """The sum, one pass over it: sums are most of what a sheet reckons."""
    total: Rational = 0
    there = False
    missing: Value | None = None
    for value in values:
        if value.number is not None:
            total += value.number
            there = True
        elif value.kind is not Kind.OUT_OF_REMIT:
            if missing is None or value.kind is not missing.kind:
                missing = value if missing is None or graver(value, missing) else missing
            if value.so_far is not None:
                total += value.so_far
                there = True
    if missing is None:
        return known(total) if there else OUT_OF_REMIT if values else EMPTY
    return Value(missing.kind, so_far=total) if there and missing.kind in _PARTIAL else Value(missing.kind)


def _numbers(values: list[Value]) -> list[Rational] | Value:
    """The numbers of ``values`` less those out of remit, or what stands for all where one is missing."""
    numbers = [value.number for value in values if value.number is not None]
    if len(numbers) == len(values):
        return numbers or EMPTY
    parts = [value for value in values if value.kind is not Kind.OUT_OF_REMIT]
    if not parts:
        return OUT_OF_REMIT
    return numbers if len(numbers) == len(parts) else Value(gravest(parts))


def _reduced(reduce: Callable[[list[Rational]], Rational]) -> _Function:
    def function(args: tuple[Node, ...], env: Environment) -> Value:
        numbers = _numbers(_all(args, env))
        return numbers if isinstance(numbers, Value) else known(reduce(numbers))

    return function


def _weighted(args: tuple[Node, ...], env: Environment) -> Value:
    values, weights = (_listed(arg, env) for arg in args)
    if len(values) != len(weights):
        return INCOMPARABLE
    pairs = [pair for pair in zip(values, weights, strict=True) if OUT_OF_REMIT not in pair]
    if not pairs:
        return OUT_OF_REMIT if values else EMPTY
    # A part that weighs nothing has no average to tell, and needs none.
    pairs = [pair for pair in pairs if pair[1].number != 0]
    whole = _mean(pairs)
    reported = [pair for pair in pairs if pair != (EMPTY, EMPTY)]
    if whole.kind is not Kind.EMPTY or not reported:
        return whole
    # Who has not reported at all is left out so far; one who told only half of it leaves the average open.
    return Value(Kind.EMPTY, so_far=_mean(reported).number)


def _mean(pairs: list[tuple[Value, Value]]) -> Value:
    products = [_binary("*", value, weight) for value, weight in pairs]
    total = _added([weight for _, weight in pairs])
    return _binary("/", _added(products), total) if pairs else UNDEFINED


def _absolute(args: tuple[Node, ...], env: Environment) -> Value:
    value = evaluate(args[0], env)
    if value.number is None:
        return Value(value.kind)
    return known(-value.number if value.number < 0 else value.number)


def _rounded(args: tuple[Node, ...], env: Environment) -> Value:
    """Half away from zero, as Vietnamese papers and Excel's ROUND do."""
    value = evaluate(args[0], env)
    assert isinstance(args[1], Num)
    scale = 10 ** int(args[1].value)
    if value.number is None:
        return Value(value.kind, so_far=None if value.so_far is None else _half_up(value.so_far, scale))
    return known(_half_up(value.number, scale))


def _half_up(number: Rational, scale: int) -> Fraction:
    magnitude = floor(abs(Fraction(number)) * scale + Fraction(1, 2))
    return Fraction(-magnitude if number < 0 else magnitude, scale)


def _chosen(args: tuple[Node, ...], env: Environment) -> Value:
    verdict = _judge(args[0], env)
    if verdict.why is not None:
        return Value(verdict.why)
    return evaluate(args[1] if verdict.holds else args[2], env)


def _converted(args: tuple[Node, ...], env: Environment) -> Value:
    value = evaluate(args[0], env)
    assert isinstance(args[1], Text)
    units = {unit or "?" for unit in _units(args[0], env)}
    if len({fold(unit) for unit in units}) > 1:
        raise JudappError("DEF-132", units=", ".join(sorted(units)))
    return _times(value, factor(min(units, default="?"), args[1].text))


def _units(node: Node, env: Environment) -> list[str | None]:
    return [
        env.unit(ref.form, ref.table, ref.cols[0] if ref.cols else "", row)
        for ref in references(node)
        if isinstance(ref, Cells)
        for row in ref.rows or ("",)
    ]


_FUNCTIONS: dict[str, _Function] = {
    "sum": lambda args, env: _added(_all(args, env)),
    "avg": _reduced(lambda numbers: Fraction(sum(numbers)) / len(numbers)),
    "min": _reduced(min),
    "max": _reduced(max),
    "count": _reduced(len),
    "wavg": _weighted,
    "abs": _absolute,
    "round": _rounded,
    "if": _chosen,
    "convert": _converted,
}
_RECKONED: dict[type, Callable[[Any, Environment], Value]] = {
    Num: lambda node, _: known(node.value),
    Cells: _cell,
    MeasureRef: lambda node, env: env.measure(node.name, node.when),
    Neg: lambda node, env: _times(evaluate(node.operand, env), -1),
    BinOp: _operation,
    Call: _called,
}
