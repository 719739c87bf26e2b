"""How deep the lines of a body stand: by indents, typed blanks, numbering, dashes, and groups above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.cell_name import Position
from judapp.domain.learned import SheetRole
from judapp.excel.learn_row_words import Numbered, is_placeholder, is_total, names_only_units


class Line(Struct, frozen=True):
    """A line of the body as it is printed; ``row`` counts on the plane, ``cells`` on the worksheet."""

    row: int
    last_row: int
    number: Numbered | None
    label: str
    unit: str | None
    indent: int
    lead: int
    bold: bool
    dashed: bool
    cells: tuple[Position, ...]
    only: tuple[str, ...] = ()
    """Names of the columns that exist in it, where an "x" stands in the others."""
    whole: bool = False
    """Whether its label goes over the cells of figures."""
    level: int = 0
    example: bool = False
    """Whether it is one of names made up for such rows: "Xã 1", "Xã 2", "…"."""
    role: SheetRole | None = None
    """What a person said it is."""

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in it."""
        return self.number is None and not self.label

    @property
    def open(self) -> bool:
        """Whether it stands for rows that are not known yet."""
        if self.role is not None and self.role != "repeated":
            return False
        named = self.label and not self.example and not is_placeholder(self.label)
        return self.role == "repeated" or not named

    @property
    def total(self) -> bool:
        """Whether its words are those of a total."""
        return is_total(self.label)


_BELOW = re.compile(r"(?:trong đó|chia ra|bao gồm|gồm)\b", re.IGNORECASE)


def with_depths(lines: Sequence[Line]) -> list[Line]:
    """The lines with their depth: by indents or typed blanks, or by their numbering where that is more.

    Under a group whose rows are open, and under groups that only number or weight tells, lines stand one
    deeper although nothing pushes them in.
    """
    blanks = sorted({line.lead for line in lines if not line.blank})
    pushed = any(line.indent or line.lead for line in lines)
    heads = set() if pushed else _heads(lines)
    found: list[Line] = []
    stack: list[str] = []
    plain, under_head = 0, False
    for index, line in enumerate(lines):
        by_look = line.indent + (blanks.index(line.lead) if line.lead in blanks else 0)
        by_words = 0
        if line.total:
            by_words = _depth_of_total(lines, index, plain, stack)
            stack = stack if by_words else []
        elif line.number is not None and not line.open:
            by_words = _depth(stack, line.number)
        elif line.dashed:
            by_words = plain + 1 + _second_dash(lines, index)
        elif line.open:
            by_words = len(stack) if stack and _opens_group(lines, index, pushed) else 0
        elif _BELOW.match(line.label) and not pushed and found:
            by_words = plain + 1
        elif under_head and index not in heads:
            by_words = max(1, len(stack))
        under_head = bool(heads) and not line.total and (under_head or index in heads)
        level = max(by_look, by_words)
        if not line.dashed:
            plain = level
        found.append(replace(line, level=level))
    return found


def _heads(lines: Sequence[Line]) -> set[int]:
    """Lines that only their weight, or their number I or A, tells to be groups of the plain ones below them.

    At least two of them must have plain lines right below, else they are lines like the others.
    """

    def plain(line: Line) -> bool:
        return line.number is None and not (line.total or line.open or line.dashed or line.bold)

    numbered = any(line.number is not None for line in lines)
    found = set()
    for index, line in enumerate(lines):
        by_number = line.number is not None and line.number.style in ("I", "A")
        if by_number or (not numbered and line.bold and not (line.total or line.open or line.dashed)):
            found.add(index)
    opening = [index for index in found if index + 1 < len(lines) and plain(lines[index + 1])]
    return found if len(opening) > 1 else set()


def _depth_of_total(lines: Sequence[Line], index: int, plain: int, stack: Sequence[str]) -> int:
    """A total that is neither first nor last, and has numbered lines around it, is its group's."""
    if index in (0, len(lines) - 1) or not stack or not any(line.number for line in lines[index + 1 :]):
        return 0
    before = lines[index - 1]
    if before.number is not None and before.number.style == stack[0] and len(stack) == 1:
        return plain + 1 if stack[0] in ("I", "A") else plain
    return plain


def _second_dash(lines: Sequence[Line], index: int) -> bool:
    """Whether a "+" stands below lines that begin with another dash."""
    mark = lines[index].label[0]
    start = index
    while start > 0 and lines[start - 1].dashed:
        start -= 1
    return mark == "+" and lines[start].label[0] != mark


def _depth(stack: list[str], number: Numbered) -> int:
    """The depth of a number below those above it; remembers it."""
    style = number.style
    while stack and stack[-1] != style and _rank(stack[-1]) >= _rank(style):
        stack.pop()
    if not stack or stack[-1] != style:
        stack.append(style)
    return len(stack) - 1


def _rank(style: str) -> int:
    """How far in a way of numbering stands: A, I, 1, 1.1, 1.1.1, a."""
    order = ("A", "I", "1", "1.1", "1.1.1", "1.1.1.1")
    return order.index(style) if style in order else len(order)


def _opens_group(lines: Sequence[Line], index: int, pushed: bool) -> bool:
    """Whether an open line stands for rows of the group above it, although it is not pushed in.

    So it is where the group's words say for whom, or where several groups have open lines of their own.
    """
    if pushed:
        return False
    above = index - 1
    while above >= 0 and lines[above].open:
        above -= 1
    number = lines[above].number if above >= 0 else None
    style = number.style if number is not None else ""
    if style not in ("I", "A"):
        return False
    followed = [
        one
        for one, other in pairwise(lines)
        if one.number is not None and one.number.style == style and not one.open and other.open
    ]
    return len(followed) > 1 or names_only_units(lines[above].label)
