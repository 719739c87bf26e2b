"""How wide the figure columns of a grid are, and which heads stand over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtGui import QFontMetrics

from judapp.ui import theme
from judapp.ui.grid.delegate import SIDE, SIZE
from judapp.ui.grid.head import word_width
from judapp.ui.grid.stub import STRONG

if TYPE_CHECKING:
    from judapp.app.grid_head import HeadBox
    from judapp.app.grid_view import TableView

COUNT, MONEY, WORDS = 84, 124, 120
"""Pixels a column of counts, of money and of words starts with."""
WIDEST = 160
"""Heads alone never make a column wider."""


def good_width(table: TableView, column: int) -> int:
    """Pixels a column needs for its figures and for the longest word above it."""
    usual = {"money": MONEY, "text": WORDS}.get(table.columns[column].kind, COUNT)
    own = [box.text for box in table.head if box.column == column and box.columns == 1]
    return max(usual, figures_width(table, column), *(word_width(text) for text in own))


def figures_width(table: TableView, column: int) -> int:
    """Pixels the longest figure of a column needs."""
    name = table.columns[column].name
    longest = {False: "", True: ""}
    for line in table.rows:
        cell = table.cells.get((table.key, line.key, name))
        if cell is not None and not cell.left:
            strong = line.kind in STRONG
            longest[strong] = max(longest[strong], cell.text, key=len)
    return max(
        QFontMetrics(theme.font(SIZE, strong=strong)).horizontalAdvance(text) + 2 * SIDE + 2
        for strong, text in longest.items()
    )


def spread(widths: list[int], room: int) -> list[int]:
    """The widths, larger where ``room`` is left: heads then take fewer lines."""
    widths = list(widths)
    room -= sum(widths)
    growing = [at for at, width in enumerate(widths) if width < WIDEST]
    while room > 0 and growing:
        share = max(1, room // len(growing))
        for at in growing:
            step = min(share, WIDEST - widths[at], room)
            widths[at] += step
            room -= step
        growing = [at for at in growing if widths[at] < WIDEST]
    return widths


def shown_boxes(table: TableView, *, compact: bool) -> tuple[tuple[HeadBox, ...], tuple[HeadBox, ...], int]:
    """The heads over stub and figures, and their rows; ``compact``: only names and numbers of columns."""
    if not compact:
        return table.stub_head, table.head, table.levels
    foot = table.levels - (1 if table.numbered else 0)

    def leaves(boxes: tuple[HeadBox, ...]) -> tuple[HeadBox, ...]:
        return tuple(
            replace(box, row=1 if box.number else 0, rows=1)
            for box in boxes
            if box.number or (box.columns == 1 and box.row + box.rows == foot)
        )

    return leaves(table.stub_head), leaves(table.head), 2 if table.numbered else 1
