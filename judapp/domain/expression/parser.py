"""Reading the language: text to tree, or one fault with its place."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Any

from judapp.domain.expression.nodes import (
    AGGREGATES,
    RELATIONS,
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
)
from judapp.errors import JudappError

ARITY: dict[str, tuple[int, int | None]] = {
    "sum": (1, None),
    "avg": (1, None),
    "wavg": (2, 2),
    "min": (1, None),
    "max": (1, None),
    "count": (1, None),
    "abs": (1, 1),
    "round": (2, 2),
    "if": (3, 3),
    "both": (2, 2),
    "exclusive": (2, 2),
    "nondecreasing": (1, 1),
    "convert": (2, 2),
}
"""Every function with the least and the most arguments it takes (None: any number)."""

MAX_PARTS = 200
"""Numbers, references and calls in one expression: far above any real rule, far below the call stack."""
MAX_DEPTH = 40
MAX_DIGITS = 19
"""As many digits as the largest figure of a data file has."""

_NOTHING = re.compile("")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PLACES = re.compile(r"[0-9](?![0-9.])")
_TEXT = re.compile(r'"([^"]*)"')
_MEASURE = re.compile(r"m:([^\W\d]\w*(?:\.\w+)*)(?:\{([^}]*)\})?")
_FUNCTION = re.compile(r"([^\W\d]\w*)\s*\(")
_REFERENCE = re.compile(
    r"(?:(?P<form>[^\W\d]\w*(?:\.\w+)*)!)?"
    r"(?:(?P<table>[^\W\d]\w*):)?"
    r"(?:\[(?P<row>[^\]]*)\](?:c(?P<cell>\w+))?|c(?P<col>\w+))"
    r"(?:\{(?P<when>[^}]*)\})?"
    r"(?P<est>:est(?!\w))?"
)
_ROW = re.compile(r"(?:\*|#|#?[\w-]+)(?:\.(?:\*|#|#?[\w-]+))*\Z")
_COMPARISON = re.compile(r"<=|>=|!=|<>|[=<>≤≥≠]")
_CANONICAL = {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!="}
_TOLERANCE = re.compile(r"±|\+-")
_SUM = re.compile(r"\+(?!-)|-")
_PRODUCT = re.compile(r"[*/]")
_WORD = re.compile(r"\w+|.", re.DOTALL)


class ExpressionError(JudappError):
    """A text that is no expression.

    ``position`` is the 0-based place of the fault in the composed (NFC) text; ``params["place"]`` the same
    place counted from 1, for people.
    """

    def __init__(self, code: str, position: int, **params: Any) -> None:
        super().__init__(code, place=position + 1, **params)
        self.position = position


def parse(text: str) -> Node:
    """The tree of a relation, a computed cell, a rollup or an indicator.

    Raises :class:`ExpressionError`: DEF-101 unexpected sign, DEF-102 unknown function, DEF-103 number of
    arguments, DEF-104 the text ends too early, DEF-105 ± elsewhere than after a comparison, DEF-106 a
    relation inside a calculation, DEF-107 unknown time, DEF-108 an argument of the wrong sort, DEF-109 no row
    pattern, DEF-110 ``*`` outside sum, avg, wavg, min, max, count, DEF-111 too long or too deep.
    """
    return _Parser(unicodedata.normalize("NFC", text)).whole()


class _Parser:
    """One reading of one text, by recursive descent; ``at`` is always at the next sign, never at a space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.parts = 0
        self.depth = 0
        self.stars: list[tuple[int, str]] = []
        """Row patterns with ``*`` that no function has taken yet."""
        self._take(_NOTHING)

    def whole(self) -> Node:
        node = self._relation()
        if self.at < len(self.text):
            raise self._unexpected()
        if self.stars:
            position, row = self.stars[0]
            raise ExpressionError("DEF-110", position, row=row)
        return node

    def _relation(self) -> Node:
        function = _FUNCTION.match(self.text, self.at)
        if function and function[1] in RELATIONS:
            return self._call(function)
        operands, ops = [self._sum()], []
        while found := self._take(_COMPARISON):
            ops.append(_CANONICAL.get(found[0], found[0]))
            operands.append(self._sum())
        if not ops:
            return operands[0]
        tolerance = self._number() if self._take(_TOLERANCE) else 0
        return Compare(tuple(operands), tuple(ops), tolerance)

    def _sum(self) -> Node:
        node = self._product()
        while found := self._take(_SUM):
            node = BinOp(found[0], node, self._product())
        return node

    def _product(self) -> Node:
        node = self._unary()
        while found := self._take(_PRODUCT):
            node = BinOp(found[0], node, self._unary())
        return node

    def _unary(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError("DEF-111", self.at)
        node = Neg(self._unary()) if self._skip("-") else self._part()
        self.depth -= 1
        return node

    def _part(self) -> Node:
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise ExpressionError("DEF-111", self.at)
        if self._skip("("):
            node = self._sum()
            self._expect(")")
            return node
        start = self.at
        if _NUMBER.match(self.text, start):
            return Num(self._number())
        if found := _FUNCTION.match(self.text, start):
            if found[1] in RELATIONS:
                raise ExpressionError("DEF-106", start, name=found[1])
            return self._call(found)
        if found := self._take(_MEASURE):
            return MeasureRef(found[1], self._when(found, 2))
        if found := self._take(_REFERENCE):
            return self._reference(found)
        raise self._unexpected()

    def _number(self) -> int | Fraction:
        start = self.at
        found = self._take(_NUMBER)
        if not found:
            raise self._unexpected()
        if len(found[0].replace(".", "")) > MAX_DIGITS:
            raise ExpressionError("DEF-111", start)
        value = Fraction(found[0])
        return value.numerator if value.denominator == 1 else value

    def _reference(self, found: re.Match[str]) -> Ref:
        row = found["row"]
        if row is not None:
            if not _ROW.match(row):
                raise ExpressionError("DEF-109", found.start("row"), row=row)
            if "*" in row:
                self.stars.append((found.start("row"), row))
        return Ref(
            found["form"] or "",
            found["table"] or "",
            None if row is None else tuple(row.split(".")),
            found["cell"] or found["col"],
            self._when(found, "when"),
            found["est"] is not None,
        )

    def _when(self, found: re.Match[str], group: int | str) -> str | None:
        when = found[group]
        if when is not None and when not in WHENS:
            raise ExpressionError("DEF-107", found.start(group), when=when, known=", ".join(WHENS))
        return when

    def _call(self, found: re.Match[str]) -> Call:
        name, start = found[1], self.at
        if name not in ARITY:
            raise ExpressionError("DEF-102", start, name=name, known=", ".join(ARITY))
        self._take(_FUNCTION)
        args: list[Node] = []
        if not self._skip(")"):
            args.append(self._argument(name, 0))
            while self._skip(","):
                args.append(self._argument(name, len(args)))
            self._expect(")")
        least, most = ARITY[name]
        if len(args) < least or (most is not None and len(args) > most):
            expected = f"≥ {least}" if most is None else str(least)
            raise ExpressionError("DEF-103", start, name=name, expected=expected, given=len(args))
        return Call(name, tuple(args))

    def _argument(self, name: str, index: int) -> Node:
        start, stars = self.at, len(self.stars)
        node: Node | None
        if (name, index) == ("convert", 1):
            node = Text(found[1]) if (found := self._take(_TEXT)) else None
        elif (name, index) == ("round", 1):
            node = Num(int(found[0])) if (found := self._take(_PLACES)) else None
        elif (name, index) == ("if", 0):
            node = self._relation()
            node = node if _is_relation(node) else None
        else:
            node = self._sum()
            if name == "nondecreasing" and not (isinstance(node, Ref | MeasureRef) and node.when is None):
                node = None
            elif name in AGGREGATES and isinstance(node, Ref):
                del self.stars[stars:]
        if node is None:
            raise ExpressionError("DEF-108", start, name=name, argument=index + 1)
        return node

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
            while self.text[self.at : self.at + 1].isspace():
                self.at += 1
        return found

    def _skip(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at) and self._take(_WORD) is not None

    def _expect(self, sign: str) -> None:
        if not self._skip(sign):
            raise self._unexpected()

    def _unexpected(self) -> ExpressionError:
        if self.at == len(self.text):
            return ExpressionError("DEF-104", self.at)
        if _TOLERANCE.match(self.text, self.at):
            return ExpressionError("DEF-105", self.at)
        return ExpressionError("DEF-101", self.at, sign=_WORD.findall(self.text, self.at)[0])


def _is_relation(node: Node) -> bool:
    return isinstance(node, Compare) or (isinstance(node, Call) and node.name in RELATIONS)
