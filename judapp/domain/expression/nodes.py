"""The tree of an expression: what a relation, computed cell, rollup or indicator says, and its text."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from judapp.domain.number import Rational


class Num(Struct, frozen=True):
    """A decimal number as written: never negative, never an endless fraction."""

    value: Rational


class Text(Struct, frozen=True):
    """A text in double quotes: the unit of ``convert``."""

    text: str


class Ref(Struct, frozen=True):
    """A reference as written, to cells of this form (``form`` "") or of the form family named.

    ``row`` None means "for each row", ``col`` None "for each column"; one of them is always given.
    ``when`` is one of :data:`WHENS` or None for the sheet's own round; ``est`` asks for the estimated part.
    """

    form: str = ""
    table: str = ""
    row: tuple[str, ...] | None = None
    col: str | None = None
    when: str | None = None
    est: bool = False


class Cells(Struct, frozen=True):
    """A reference bound to a place.

    In this form (``form`` "") ``rows`` are existing row keys and ``cols`` one existing column. In another
    form they keep what was written: at most one row pattern and one column, none for "for each of the
    other", which the environment completes from the :class:`~judapp.domain.expression.binding.Bound`.
    ``many``: a list of cells, of which a function makes one value.
    """

    form: str
    table: str
    rows: tuple[str, ...]
    cols: tuple[str, ...]
    when: str | None
    est: bool
    many: bool


class MeasureRef(Struct, frozen=True):
    """A measure (``m:cc.giao_dich``): what indicators speak of instead of forms (design 4.5)."""

    name: str
    when: str | None = None


class Neg(Struct, frozen=True):
    """Unary minus."""

    operand: Node


class BinOp(Struct, frozen=True):
    """``left op right`` with op one of ``+ - * /``."""

    op: str
    left: Node
    right: Node


class Call(Struct, frozen=True):
    """A function of the language; :data:`~judapp.domain.expression.parser.ARITY` lists them."""

    name: str
    args: tuple[Node, ...]


class Compare(Struct, frozen=True):
    """A relation that chains: ``operands[i] ops[i] operands[i + 1]`` for each i, within ``tolerance``."""

    operands: tuple[Node, ...]
    ops: tuple[str, ...]
    tolerance: Rational = 0


Node = Num | Text | Ref | Cells | MeasureRef | Neg | BinOp | Call | Compare
Reference = Ref | Cells | MeasureRef

WHENS = ("prev", "same", "year-1", "final")
"""The round before, the same period a year ago, the year before, the final figures."""
AGGREGATES = frozenset({"sum", "avg", "wavg", "min", "max", "count"})
"""Functions that make one value of many cells; only they take a row pattern with ``*``."""
RELATIONS = frozenset({"both", "exclusive", "nondecreasing"})
"""Functions that are relations themselves."""

_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
_TIGHT = 3


def level(node: Node) -> int:
    """How tightly ``node`` binds: a sum 1, a product 2, everything else 3."""
    return _LEVELS[node.op] if isinstance(node, BinOp) else _TIGHT


def children(node: Node) -> tuple[Node, ...]:
    """The parts of ``node``, left to right."""
    if isinstance(node, BinOp):
        return node.left, node.right
    if isinstance(node, Neg):
        return (node.operand,)
    if isinstance(node, Call):
        return node.args
    return node.operands if isinstance(node, Compare) else ()


def references(node: Node) -> tuple[Reference, ...]:
    """Every cell and measure ``node`` speaks of, in the order written."""
    if isinstance(node, Ref | Cells | MeasureRef):
        return (node,)
    return tuple(found for child in children(node) for found in references(child))


def number_text(number: Rational) -> str:
    """A decimal number exactly, with a dot and no grouping, as the language and Excel's files write it."""
    value = Fraction(number)
    # 2**a * 5**b has at most as many binary digits as decimals are needed.
    places = value.denominator.bit_length() - 1
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return f"{whole}.{decimals}" if decimals else whole


def unparse(node: Node) -> str:
    """The canonical text of ``node``: reading it again gives the same tree.

    Only a bound reference to several rows has no such text; its rows are listed with spaces between them.
    """
    match node:
        case Num(value):
            return number_text(value)
        case Text(text):
            return f'"{text}"'
        case Ref():
            return _address(node, "" if node.row is None else ".".join(node.row), node.col)
        case Cells():
            return _address(node, " ".join(node.rows), node.cols[0] if node.cols else None)
        case MeasureRef(name, when):
            return f"m:{name}{_when(when)}"
        case Neg(operand):
            return f"-{_inside(operand, _TIGHT)}"
        case BinOp(op, left, right):
            return f"{_inside(left, _LEVELS[op])} {op} {_inside(right, _LEVELS[op] + 1)}"
        case Call(name, args):
            return f"{name}({', '.join(map(unparse, args))})"
        case _:
            pairs = zip(node.ops, node.operands[1:], strict=True)
            rest = "".join(f" {op} {unparse(part)}" for op, part in pairs)
            within = f" ± {number_text(node.tolerance)}" if node.tolerance else ""
            return unparse(node.operands[0]) + rest + within


def _inside(node: Node, least: int) -> str:
    return unparse(node) if level(node) >= least else f"({unparse(node)})"


def _address(ref: Ref | Cells, row: str, col: str | None) -> str:
    place = (f"[{row}]" if row else "") + ("" if col is None else f"c{col}")
    form = f"{ref.form}!" if ref.form else ""
    table = f"{ref.table}:" if ref.table else ""
    return form + table + place + _when(ref.when) + (":est" if ref.est else "")


def _when(when: str | None) -> str:
    return f"{{{when}}}" if when else ""
