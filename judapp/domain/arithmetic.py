"""Sums typed into a cell behind an equals sign ("=12+30*2"), reckoned exactly and never run as a program."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from judapp.domain.number import Ambiguous, parse_number, plain_signs

LONGEST = 200
"""Letters of the longest expression: more than anybody types into a cell, and cheap to reckon."""
DEEPEST = 20
"""Brackets within brackets."""

Choose = Callable[[Ambiguous], Decimal | None]
"""Which of two readings of a number is meant; None where nobody can say."""

_TOKEN = re.compile(r"\d[\d., ]*|[-+*/()]")
_AS_ASCII = str.maketrans({"×": "*", "x": "*", "X": "*", "·": "*", "÷": "/", ":": "/"})


class NotReckoned(Exception):  # never leaves the domain as a fault
    """An expression without a result: ``why`` is ``syntax``, ``ambiguous`` or ``zero`` (a division by it)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why: Final = why


def is_expression(text: str) -> bool:
    """Whether a text is meant to be reckoned: it begins with an equals sign, as in a spreadsheet."""
    return text[:LONGEST].lstrip().startswith(("=", "＝"))


def reckon(text: str, choose: Choose) -> Fraction:
    """What the expression ``text`` comes to: + − × (``*``, ``x``, ``·``) : (``/``, ``÷``) and brackets.

    Numbers are those of Vietnamese paper; ``choose`` decides where one has two readings. Raises
    :class:`NotReckoned` for anything else: a name, a percent sign, more than :data:`LONGEST` letters.
    """
    if len(text) > LONGEST:
        raise NotReckoned("syntax")
    body = plain_signs(text).strip().removeprefix("=").translate(_AS_ASCII)
    reader = _Reader(_tokens(body), choose)
    result = reader.sum(0)
    if reader.token:
        raise NotReckoned("syntax")
    return result


def _tokens(body: str) -> list[str]:
    found, at = [], 0
    while at < len(body):
        if body[at] == " ":
            at += 1
            continue
        match = _TOKEN.match(body, at)
        if match is None or not match[0].isascii():
            raise NotReckoned("syntax")
        found.append(match[0].strip())
        at = match.end()
    return found


class _Reader:
    """Goes through the parts of one expression, products before sums, each from the left."""

    def __init__(self, tokens: list[str], choose: Choose) -> None:
        self._tokens = iter(tokens)
        self._choose = choose
        self.token = next(self._tokens, "")

    def _next(self) -> str:
        former, self.token = self.token, next(self._tokens, "")
        return former

    def sum(self, depth: int) -> Fraction:
        result = self._product(depth)
        while self.token and self.token in "+-":
            sign = -1 if self._next() == "-" else 1
            result += sign * self._product(depth)
        return result

    def _product(self, depth: int) -> Fraction:
        result = self._signed(depth)
        while self.token and self.token in "*/":
            if self._next() == "*":
                result *= self._signed(depth)
                continue
            divisor = self._signed(depth)
            if not divisor:
                raise NotReckoned("zero")
            result /= divisor
        return result

    def _signed(self, depth: int) -> Fraction:
        """A number or a bracket, with at most one sign before it."""
        negative = self.token == "-"
        if self.token in ("-", "+"):
            self._next()
        found = self._bracket(depth) if self.token == "(" else self._number()
        return -found if negative else found

    def _bracket(self, depth: int) -> Fraction:
        if depth == DEEPEST:
            raise NotReckoned("syntax")
        self._next()
        result = self.sum(depth + 1)
        if self._next() != ")":
            raise NotReckoned("syntax")
        return result

    def _number(self) -> Fraction:
        number = parse_number(self._next()) if self.token[:1].isdigit() else None
        if isinstance(number, Ambiguous):
            number = self._choose(number)
            if number is None:
                raise NotReckoned("ambiguous")
        if number is None:
            raise NotReckoned("syntax")
        return Fraction(number)
