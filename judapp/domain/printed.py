"""What a printed form is made of: texts in boxes on a grid of worksheet cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from judapp.domain.cell_name import Position
from judapp.domain.text_width import PADDING, text_height

Role = Literal[
    "block_left",
    "block_centre",
    "block_right",
    "title",
    "table_title",
    "unit_of_measure",
    "head",
    "number",
    "row_number",
    "label",
    "row_unit",
    "cell",
    "note",
    "estimate",
    "explanation",
    "place_and_date",
    "signer",
    "signer_note",
]
"""What a box is; drawing gives each role its look."""

FONT_SIZES: Mapping[Role, int] = {
    "block_left": 10, "block_centre": 11, "block_right": 10, "title": 13, "table_title": 11,
    "unit_of_measure": 11, "head": 11, "number": 10, "row_number": 11, "label": 11, "row_unit": 11,
    "cell": 11,
    "note": 10, "estimate": 10, "explanation": 10, "place_and_date": 11, "signer": 11, "signer_note": 11,
}  # fmt: skip
"""Points of Times New Roman: boxes are made for these sizes, so whatever draws them uses these."""

BOLD_ROLES: frozenset[Role] = frozenset({"title", "table_title", "head", "signer"})
"""Roles printed in bold everywhere; items may be bold besides."""

USUAL_HEIGHT = 15.75
"""Points of a row that holds one line."""
INDENT = 9.0
"""Points a label moves to the right with each level."""
_HIGHEST = 409.0
"""Excel knows no higher row."""
_RIM = 3.0


class Box(Struct, frozen=True):
    """A rectangle of worksheet cells; one cell where ``rows`` and ``columns`` are 1."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        """The lowest row of the rectangle."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The rightmost column of the rectangle."""
        return self.column + self.columns - 1

    @property
    def positions(self) -> list[Position]:
        """Its cells, row by row."""
        return [
            (row, column)
            for row in range(self.row, self.row + self.rows)
            for column in range(self.column, self.column + self.columns)
        ]


class Item(Struct, frozen=True):
    """A printed text: box, role, words; ``bold`` for group and total rows, ``level`` indents it.

    An item of the role "cell" has no words: a framed place without a figure, or figure cells made one.
    """

    box: Box
    role: Role
    text: str
    bold: bool = False
    level: int = 0


class Band(Struct, frozen=True):
    """The rows one table takes: head (tree and number row), body, and the columns of stub and figures."""

    table: str
    first_head_row: int
    number_row: int | None
    """The row of column numbers; None where nothing is printed."""
    first_row: int
    last_row: int
    first_column: int
    first_figure_column: int
    last_column: int


Span = tuple[int, int]
"""First and last worksheet column of one column of a table."""


class Page(Struct):
    """A worksheet coming together: items and the heights they need, over columns of known widths (points)."""

    widths: Sequence[float]
    items: list[Item] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def put(
        self,
        role: Role,
        text: str,
        row: int,
        span: Span,
        *,
        rows: int = 1,
        bold: bool = False,
        level: int = 0,
    ) -> Box:
        """Print ``text`` over the columns of ``span``."""
        box = Box(row, span[0], rows, span[1] - span[0] + 1)
        self.items.append(Item(box, role, text, bold, level))
        return box

    def needed(self, role: Role, text: str, span: Span, *, bold: bool = False, level: int = 0) -> float:
        """Points of height ``text`` takes over the columns of ``span``."""
        width = sum(self.widths[span[0] - 1 : span[1]]) - PADDING - level * INDENT
        height = text_height(text, width, FONT_SIZES[role], bold=bold or role in BOLD_ROLES)
        return min(_HIGHEST, max(USUAL_HEIGHT, height + _RIM))

    def raise_row(self, row: int, height: float) -> None:
        """Make ``row`` at least ``height`` points high."""
        if height > self.height(row):
            self.heights[row] = round(height, 2)

    def height(self, row: int) -> float:
        """Points of height of ``row``."""
        return self.heights.get(row, USUAL_HEIGHT)
