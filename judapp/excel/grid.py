"""A workbook as one flat thing: sheets of cells as they stand, without any meaning."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.cell_name import Position, address
from judapp.domain.number import from_workbook
from judapp.excel.faults import too_many_cells, unread
from judapp.excel.number_format import DateKind, date_kind, is_percent, shown
from judapp.text import clean

Content = str | float | int | None

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""The largest worksheet of Excel and of LibreOffice."""
MAX_CELLS = 1_000_000
"""Cells a workbook may hold; a province's own summary has some ten thousands."""
_MAX_MERGE_STEPS = 10_000_000


class Area(NamedTuple):
    """A block of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, position: Position) -> bool:
        """Whether the cell is one of the block."""
        return self.top <= position[0] <= self.bottom and self.left <= position[1] <= self.right

    def __str__(self) -> str:
        return f"{address((self.top, self.left))}:{address((self.bottom, self.right))}"


class Spans(Struct, frozen=True):
    """Numbers of rows or columns as sorted spans: a million hidden rows weigh as much as one."""

    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Spans:
        """The same numbers without overlaps; neighbours are joined."""
        joined: list[tuple[int, int]] = []
        for first, last in sorted(spans):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = joined[-1][0], max(last, joined[-1][1])
            else:
                joined.append((first, last))
        return cls(tuple(joined))

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self.spans, (number, MAX_ROW + 1)) - 1
        return at >= 0 and number <= self.spans[at][1]

    def __bool__(self) -> bool:
        return bool(self.spans)


class CellStyle(Struct, frozen=True, gc=False):
    """How a cell looks, as far as it says something about what it holds; made by :func:`cell_style`."""

    number_format: str = "General"
    bold: bool = False
    font: str = ""
    percent: bool = False
    date: DateKind = ""

    @property
    def legacy_font(self) -> bool:
        """Whether letters are those of TCVN3 (``.VnTime``) or VNI (``VNI-Times``), not of Unicode."""
        return self.font[:4].casefold().startswith((".vn", "vni-"))


@lru_cache(4096)
def cell_style(number_format: str, bold: bool = False, font: str = "") -> CellStyle:
    """The style of a number format (in Excel's English spelling), weight and font."""
    return CellStyle(number_format, bold, font, is_percent(number_format), date_kind(number_format))


GENERAL = cell_style("General")


class GridCell(Struct, frozen=True, gc=False):
    """One cell: what it holds or shows, the formula behind it and how it is shown.

    ``content`` is None for an empty cell. ``error`` is set for Excel's error values (``#REF!``), ``formula``
    for a formula (with "="); a formula without stored value has content None, one whose value is the empty
    text has "". Days are texts ``dd/mm/yyyy``, truth values ``TRUE`` and ``FALSE``. ``hidden``: nobody who
    looks at the sheet sees it, because its row or column is hidden or a merged cell lies over it. ``merged``
    is the block of which the cell is the first.
    """

    content: Content
    formula: str | None = None
    error: bool = False
    style: CellStyle = GENERAL
    hidden: bool = False
    comment: str | None = None
    merged: Area | None = None

    @property
    def number_format(self) -> str:
        return self.style.number_format

    @property
    def percent(self) -> bool:
        """Whether Excel shows a hundredfold with "%"."""
        return self.style.percent

    @property
    def is_date(self) -> bool:
        return bool(self.style.date)

    @property
    def bold(self) -> bool:
        return self.style.bold

    @property
    def font(self) -> str:
        return self.style.font

    @property
    def shown_decimal(self) -> Decimal | None:
        """The number a reader takes from the cell, unrounded: 0.9475 shown as "94,75%" is 94.75.

        Doubles count as the 15 digits Excel shows. None for what is no number.
        """
        if self.content is None or isinstance(self.content, str):
            return None
        number = from_workbook(self.content)
        return number.scaleb(2) if self.percent else number

    @property
    def shown_text(self) -> str:
        """What the cell prints, numbers as Vietnamese Excel prints them ("94,75%"); plain where unsure."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return shown(from_workbook(self.content), self.number_format)


class GridSheet(Struct, frozen=True, dict=True):
    """One worksheet. ``cells`` holds every cell with content, formula or comment."""

    name: str
    cells: Mapping[Position, GridCell]
    merges: tuple[Area, ...] = ()
    hidden_rows: Spans = Spans()
    hidden_columns: Spans = Spans()
    visible: bool = True

    def at(self, row: int, column: int) -> GridCell:
        """The cell there; an empty one where nothing stands."""
        return self.cells.get((row, column), _EMPTY)

    def texts(self) -> Iterator[tuple[Position, str]]:
        """Every cell holding text, in reading order."""
        return iter(self._texts)

    @cached_property
    def _texts(self) -> list[tuple[Position, str]]:
        return sorted(
            (position, content)
            for position, cell in self.cells.items()
            if isinstance(content := cell.content, str) and content.strip()
        )

    @cached_property
    def last_row(self) -> int:
        """The last row holding anything, 0 for an empty sheet."""
        return max((row for row, _ in self.cells), default=0)


_EMPTY = GridCell(None)


class SheetDraft:
    """A worksheet while it is read; ``budget`` is how many more cells the workbook may hold."""

    def __init__(self, name: str, budget: int = MAX_CELLS) -> None:
        self.name, self.budget = name, budget
        self.cells: dict[Position, GridCell] = {}
        self.merges: list[Area] = []
        self.comments: dict[Position, str] = {}
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []

    def check(self) -> None:
        """Raises FIL-003 where the sheet has become too large."""
        if len(self.cells) > self.budget:
            raise too_many_cells(self.budget)
        if len(self.merges) > self.budget:
            raise unread("RDG-merges")

    def done(self) -> GridSheet:
        """The sheet, with comments, merges and what they and hidden rows and columns hide in its cells."""
        self.check()
        rows, columns = Spans.of(self.hidden_rows), Spans.of(self.hidden_columns)
        merges = tuple(sorted(area for area in self.merges if area[:2] != area[2:]))
        for position, comment in self.comments.items():
            self.cells[position] = replace(self.cells.get(position, _EMPTY), comment=comment)
        self._merge(merges)
        if rows or columns:
            for position, cell in self.cells.items():
                if not cell.hidden and (position[0] in rows or position[1] in columns):
                    self.cells[position] = replace(cell, hidden=True)
        return GridSheet(self.name, self.cells, merges, rows, columns)

    def _merge(self, merges: tuple[Area, ...]) -> None:
        steps = 0
        for area in merges:
            anchor = area.top, area.left
            if anchor in self.cells:
                self.cells[anchor] = replace(self.cells[anchor], merged=area)
            size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            steps += min(size, len(self.cells))
            if steps > _MAX_MERGE_STEPS:
                raise unread("RDG-merges")
            for position in self._inside(area, size):
                if position != anchor:
                    self.cells[position] = replace(self.cells[position], hidden=True)

    def _inside(self, area: Area, size: int) -> list[Position]:
        if size > len(self.cells):
            return [position for position in self.cells if area.covers(position)]
        return [
            position
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
            if (position := (row, column)) in self.cells
        ]


_MAYBE_HORN = re.compile("(?:^|[\\sb-df-hj-np-tvxz\xa7\xae(/-])\u00ad(?!\\d)", re.IGNORECASE)
"""A soft hyphen where TCVN3 may mean ư: behind a consonant, not in a figure."""

_BEYOND_FONTS = re.compile("[\u0100-\u024f\u1ea0-\u1eff]")
"""Letters no legacy font has."""


def cell_text(text: str, style: CellStyle = GENERAL) -> str:
    """The text of a cell as it is kept: every line cleaned; letters of a legacy font are left alone."""
    # TCVN3 writes ư where Unicode has the soft hyphen; where the font is lost, the letters before tell.
    if "\u00ad" in text and (
        style.legacy_font or (_MAYBE_HORN.search(text) and not _BEYOND_FONTS.search(text))
    ):
        return cell_text(text.replace("\u00ad", "\ue0ad")).replace("\ue0ad", "\u00ad")
    return _cleaned(text) if len(text) < 300 else _lines(text)


def _lines(text: str) -> str:
    return "\n".join(map(clean, text.split("\n"))) if "\n" in text else clean(text)


_cleaned = lru_cache(8192)(_lines)  # the same labels stand in every unit's workbook
