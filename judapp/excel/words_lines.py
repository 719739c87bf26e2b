"""The printed lines above and below a table, each with its place, sorted into the blocks a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from judapp.domain.cell_name import Position
from judapp.domain.learned import Guess, Problem, SheetRole
from judapp.excel.blank import BlankSheet
from judapp.excel.grid import Area
from judapp.text import clean, fold

_SAME_BLOCK = 0.34
"""Share two cells' columns must have in common for the lower to go on with the upper."""
_LABEL_WORDS = 9
"""Words the longest label before a value has ("Ngày nhận báo cáo (BC) của đơn vị")."""


class PrintedCell(Struct, frozen=True):
    """One visible cell with text: its place, the columns it lies over, its lines and looks."""

    position: Position
    area: Area
    lines: tuple[str, ...]
    bold: bool
    centred: bool


class PrintedLine(Struct, frozen=True):
    """One line of a cell."""

    text: str
    cell: PrintedCell

    @property
    def position(self) -> Position:
        """Where its cell stands."""
        return self.cell.position


class Reading:
    """What was found so far: roles of cells, guesses with their cells, problems."""

    def __init__(self) -> None:
        self.roles: dict[Position, SheetRole] = {}
        self.guesses: list[Guess] = []
        self.problems: list[Problem] = []

    def mark(self, lines: Iterable[PrintedLine], role: SheetRole) -> None:
        """Say what the cells of ``lines`` are; the first word on a cell stands."""
        for line in lines:
            self.roles.setdefault(line.position, role)


def cells_of(sheet: BlankSheet, first_row: int, last_row: int) -> list[PrintedCell]:
    """The visible texts of some rows in reading order; rules drawn with signs ("-----") left out."""
    found = []
    for row, column in sorted(sheet.grid.cells):
        cell = sheet.at(row, column)
        if not first_row <= row <= last_row or cell.hidden:
            continue
        lines = tuple(line for part in cell.shown_text.split("\n") if (line := clean(part)))
        if not any(re.search(r"[\w…]|\.\.", line) for line in lines):
            continue
        look = sheet.look(row, column)
        area = cell.merged or Area(row, column, row, column)
        found.append(PrintedCell((row, column), area, lines, look.bold, look.align == "center"))
    return found


def joined_labels(cells: Sequence[PrintedCell]) -> list[PrintedCell]:
    """``cells``, with labels that stand alone ("Biểu số:") joined to their value in the next cell."""
    found: list[PrintedCell] = []
    for cell in cells:
        before = found[-1] if found else None
        if (
            before is not None
            and before.position[0] == cell.position[0]
            and len(before.lines) == len(cell.lines) == 1
            and _goes_on(before.lines[0], cell.lines[0])
        ):
            area = Area(before.area.top, before.area.left, before.area.bottom, cell.area.right)
            text = f"{before.lines[0]} {cell.lines[0]}"
            found[-1] = PrintedCell(before.position, area, (text,), before.bold, before.centred)
            continue
        found.append(cell)
    return found


_ALONE = re.compile(r"(?:bieu|mau|bieu mau|mau bieu)(?: so)?|ky hieu bieu")
_LAW_ALONE = re.compile(r"\(?ban hanh(?: kem)?(?: theo)?")
_WHO_ALONE = re.compile(r"[-+*]? ?(?:ten )?(?:don vi|co quan)(?: gui| lap| nhan| tiep nhan)?(?: bao cao)?")
_OTHER_BLOCK = re.compile(r"(?:thong tu|quyet dinh|ban hanh|bieu so|mau so|ngay|bc|bao cao|so:|/)\b")
"""How lines of the block beside a label without value begin."""
_UNIT_ALONE = re.compile(r"\(?(?:don vi tinh|dvt)")


def _goes_on(label: str, value: str) -> bool:
    """Whether ``value`` in the next cell is what ``label`` waits for."""
    alone = fold(label).rstrip(" :")
    if _ALONE.fullmatch(alone):
        return bool(re.search(r"\d", value)) and len(value.split()) <= 3
    if _LAW_ALONE.fullmatch(alone):
        return fold(value).startswith(("thong tu", "quyet dinh", "cong van", "nghi dinh"))
    if _WHO_ALONE.fullmatch(alone) or _UNIT_ALONE.fullmatch(alone):
        other = _OTHER_BLOCK.match(fold(value))
        return ":" not in value and not is_capital(value) and not value.startswith("(") and not other
    return False


def streams(cells: Sequence[PrintedCell]) -> list[list[PrintedLine]]:
    """The blocks of ``cells``: each the lines one below the other in about the same columns."""
    found: list[list[PrintedCell]] = []
    for cell in cells:
        best, most = None, 0.0
        for stream in found:
            last = stream[-1]
            if last.area.bottom < cell.position[0] and not _spans_over(last, cell):
                share = _shared(last.area, cell.area)
                if share >= most and share >= _SAME_BLOCK:
                    best, most = stream, share
        if best is None:
            found.append([cell])
        else:
            best.append(cell)
    return [[PrintedLine(text, cell) for cell in stream for text in cell.lines] for stream in found]


def _spans_over(upper: PrintedCell, lower: PrintedCell) -> bool:
    """Whether a centred line goes over far more columns than the lines of a block above it: a title."""
    widths = [cell.area.right - cell.area.left + 1 for cell in (upper, lower)]
    return lower.centred and not upper.centred and 2 * widths[1] >= 3 * widths[0]


def _shared(upper: Area, lower: Area) -> float:
    """Columns two cells have in common as a share of all they have; 1 where they begin together."""
    if upper.left == lower.left:
        return 1.0
    common = min(upper.right, lower.right) - max(upper.left, lower.left) + 1
    every = max(upper.right, lower.right) - min(upper.left, lower.left) + 1
    return max(0, common) / every


def is_capital(text: str) -> bool:
    """Whether a line is written in capitals, as titles are; words in parentheses do not count."""
    letters = [sign for sign in re.sub(r"\([^)]*\)", "", text) if sign.isalpha()]
    return len(letters) >= 2 and sum(sign.isupper() for sign in letters) >= 0.8 * len(letters)


def after_label(text: str, pattern: re.Pattern[str]) -> str | None:
    """What follows the longest beginning of ``text`` whose folding ``pattern`` matches whole, or None."""
    words = text.replace(":", ": ", 1).split()
    for count in range(min(len(words), _LABEL_WORDS), 0, -1):
        if pattern.fullmatch(fold(" ".join(words[:count])).rstrip(" :.-–")):
            rest = clean(text.replace(":", ": ", 1)).split(" ", count)
            value = rest[count] if len(rest) > count else ""
            return value.lstrip(":–- ").strip()
    return None


def places(lines: Iterable[PrintedLine]) -> tuple[Position, ...]:
    """The cells of ``lines``, each once, in order."""
    return tuple(dict.fromkeys(line.position for line in lines))
