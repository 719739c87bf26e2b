"""Formulas nobody stored a value with: what plain sums come to, exactly; and formulas that need themselves.

Programs that write workbooks without reckoning them leave formulas bare. The four operations
and SUM over cells of the same worksheet are reckoned here as Excel would; anything else is nobody's guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from judapp.domain.cell_name import Position, column_number
from judapp.domain.number import from_workbook
from judapp.excel.grid import GridSheet

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<range>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}\s*:\s*\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?![\w.(!])"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?![\w.(!:])"
    r"|(?P<name>SUM)(?=\s*\()"
    r"|(?P<sign>[-+*/(),]))"
)
_REFERENCE = re.compile(
    r'"(?:[^"]|"")*"'
    r"|'(?:[^']|'')*'!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
    r"|[\w.]+!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
    r"|(?<![\w.$])(?P<own>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?)(?![\w.(!])"
)
"""References of a formula; those to other worksheets, and what stands in quotes, are passed over."""
_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)\Z")
_LONGEST = 2_000
_MOST_CELLS = 10_000
"""Cells of one range, or met on the way of one formula, that are looked at."""
_DEEPEST = 40
"""Brackets of one formula, formulas one rests on: far more than in any table, few enough for the stack."""
_BITS = 4096


class Unreckonable(Exception):
    """A formula that is not reckoned here; ``circular`` where no program can."""

    def __init__(self, *, circular: bool = False) -> None:
        """What it is, without words: a finding says it."""
        super().__init__()
        self.circular = circular


def reckoned(sheet: GridSheet, position: Position) -> Fraction:
    """What the formula at ``position`` comes to; raises Unreckonable."""
    return _Reckoner(sheet).cell(position)


def circular(sheet: GridSheet, position: Position) -> bool:
    """Whether the formula at ``position`` needs its own result, by whatever way."""
    met: set[Position] = set()
    left = _MOST_CELLS
    ahead = [position]
    while ahead:
        for block in _named(sheet, ahead.pop()):
            left -= len(block)
            if left < 0:  # no formula a person wrote
                return False
            if position in block:
                return True
            new = [at for at in block if at not in met and sheet.at(*at).formula]
            met.update(new)
            ahead += new
    return False


def _named(sheet: GridSheet, position: Position) -> Iterator[Sequence[Position]]:
    """The blocks of the same worksheet that the formula of a cell names."""
    formula = sheet.at(*position).formula
    if formula and len(formula) <= _LONGEST:
        for match in _REFERENCE.finditer(formula):
            if match["own"]:
                yield _block(match["own"])


def _block(name: str) -> Sequence[Position]:
    """The cells of "D5" or "D5:E9"; none where it is far larger than a table."""
    first, _, last = name.partition(":")
    (top, left), (bottom, right) = _position(first), _position(last or first)
    top, bottom = sorted((top, bottom))
    left, right = sorted((left, right))
    if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
        return ()
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _position(name: str) -> Position:
    match = _CELL.match(name.strip())
    assert match is not None  # the tokens let nothing else through
    return int(match[2]), column_number(match[1])


class _Reckoner:
    """The formulas one formula needs, each reckoned once."""

    def __init__(self, sheet: GridSheet) -> None:
        self.sheet = sheet
        self.known: dict[Position, Fraction | None] = {}
        """Results; None while a cell is being reckoned."""
        self.left = _MOST_CELLS

    def cell(self, position: Position) -> Fraction:
        """The number of a cell as a term of a formula: an empty cell is 0, a text is no number."""
        self.left -= 1
        cell = self.sheet.at(*position)
        if self.left < 0 or cell.error or cell.is_date or isinstance(cell.content, str):
            raise Unreckonable
        if cell.content is not None:
            return Fraction(from_workbook(cell.content))
        if cell.formula is None:
            return Fraction(0)
        if position not in self.known:
            if len(cell.formula) > _LONGEST or list(self.known.values()).count(None) >= _DEEPEST:
                raise Unreckonable
            self.known[position] = None
            self.known[position] = _Sum(self, cell.formula.removeprefix("=")).read()
        found = self.known[position]
        if found is None:
            raise Unreckonable(circular=True)
        if found.numerator.bit_length() + found.denominator.bit_length() > _BITS:
            raise Unreckonable
        return found


class _Sum:
    """One formula, read from left to right by the usual precedence."""

    def __init__(self, book: _Reckoner, text: str) -> None:
        self.book = book
        self.nested = 0
        self.next = 0
        self.tokens: list[tuple[str, str]] = []
        text = text.rstrip()
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise Unreckonable
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()

    def read(self) -> Fraction:
        found = self._terms()
        if self.next != len(self.tokens):
            raise Unreckonable
        return found

    def _take(self, *signs: str) -> str:
        """The next sign if it is one of ``signs``; "" otherwise."""
        if self.next < len(self.tokens) and self.tokens[self.next][1] in signs:
            self.next += 1
            return self.tokens[self.next - 1][1]
        return ""

    def _terms(self) -> Fraction:
        found = self._factors()
        while sign := self._take("+", "-"):
            found += self._factors() if sign == "+" else -self._factors()
        return found

    def _factors(self) -> Fraction:
        found = self._one()
        while sign := self._take("*", "/"):
            by = self._one()
            if sign == "/" and not by:
                raise Unreckonable
            found = found * by if sign == "*" else found / by
        return found

    def _one(self) -> Fraction:
        if sign := self._take("+", "-"):
            self._deeper()
            return self._one() if sign == "+" else -self._one()
        if self._take("("):
            self._deeper()
            found = self._terms()
            self._close()
            return found
        kind, text = self.tokens[self.next] if self.next < len(self.tokens) else ("", "")
        self.next += 1
        if kind == "number":
            return Fraction(text)
        if kind == "cell":
            return self.book.cell(_position(text))
        if kind == "name" and self._take("("):
            self._deeper()
            return self._arguments()
        raise Unreckonable

    def _deeper(self) -> None:
        self.nested += 1
        if self.nested > _DEEPEST:
            raise Unreckonable

    def _arguments(self) -> Fraction:
        found = Fraction(0)
        while True:
            if self.next < len(self.tokens) and self.tokens[self.next][0] == "range":
                found += self._added(self.tokens[self.next][1])
                self.next += 1
            else:
                found += self._terms()
            if not self._take(","):
                break
        self._close()
        return found

    def _added(self, name: str) -> Fraction:
        """The numbers of a block. Excel's SUM passes over texts: here nobody reckons on without them."""
        block = _block(name)
        if not block:
            raise Unreckonable
        return sum((self.book.cell(at) for at in block), start=Fraction(0))

    def _close(self) -> None:
        if not self._take(")"):
            raise Unreckonable
