"""How wide the figure columns of a grid are, and which heads stand over them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from judapp.ui.grid.head import word_width
from judapp.ui.grid.stub import STRONG

if TYPE_CHECKING:
    from collections.abc import Collection

    from judapp.app.grid_head import HeadBox
    from judapp.app.grid_view import TableView
    from judapp.ui.grid.look import Look

COUNT, MONEY, WORDS = 84, 124, 120
"""Pixels a column of counts, of money and of words starts with at 100 %."""
WIDEST = 160
"""Heads alone never make a column wider."""


def good_width(look: Look, table: TableView, column: int, figures: int) -> int:
    """Pixels a column needs for its ``figures`` and for the longest word above it."""
    usual = look.px({"money": MONEY, "text": WORDS}.get(table.columns[column].kind, COUNT))
    own = [box.text for box in table.head if box.column == column and box.columns == 1]
    return max(usual, figures, *(word_width(look, text) for text in own))


def figures_widths(look: Look, table: TableView) -> list[int]:
    """Pixels the longest figure of each column needs."""
    strong = {line.key: line.kind in STRONG for line in table.rows}
    longest: dict[tuple[str, bool], str] = {}
    for (part, line, name), cell in table.cells.items():
        if part == table.key and not cell.left and line in strong:
            place = name, strong[line]
            if len(cell.text) > len(longest.get(place, "")):
                longest[place] = cell.text
    return [
        max(figure_width(look, longest.get((leaf.name, bold), ""), strong=bold) for bold in (False, True))
        for leaf in table.columns
    ]


def figure_width(look: Look, text: str, *, strong: bool) -> int:
    """Pixels of the column that one figure needs."""
    return look.cell[strong].width(text) + 2 * look.side + 2


def spread(widths: list[int], room: int, widest: int, fixed: Collection[int] = ()) -> list[int]:
    """The widths, larger where ``room`` is left: heads then take fewer lines; ``fixed`` ones stay."""
    widths = list(widths)
    room -= sum(widths)
    growing = [at for at, width in enumerate(widths) if width < widest and at not in fixed]
    while room > 0 and growing:
        share = max(1, room // len(growing))
        for at in growing:
            step = min(share, widest - widths[at], room)
            widths[at] += step
            room -= step
        growing = [at for at in growing if widths[at] < widest]
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


class ByHand:
    """Widths of columns that a person chose, remembered for a form; pixels at 100 %."""

    def __init__(self, form: str = "") -> None:
        """``form`` names them in the settings; without one nothing is remembered beyond this window."""
        self.form = form
        self._place = f"widths/{form}" if form else ""
        self._widths: dict[str, int] = _kept(self._place)

    def of(self, table: TableView, look: Look) -> dict[int, int]:
        """Pixels on screen by number of the column."""
        return {
            at: look.px(self._widths[name])
            for at, leaf in enumerate(table.columns)
            if (name := f"{table.key}/{leaf.name}") in self._widths
        }

    def take(self, table: TableView, column: int, look: Look, width: int) -> None:
        """A person made a column ``width`` pixels wide."""
        name = f"{table.key}/{table.columns[column].name}"
        self._widths[name] = round(width * 100 / look.zoom)

    def forget(self) -> None:
        """Let the program choose every width again."""
        self._widths.clear()

    def keep(self) -> None:
        """Put them where the next start finds them."""
        from judapp.ui.settings import settings

        if self._place:
            settings().setValue(self._place, json.dumps(self._widths))


def _kept(place: str) -> dict[str, int]:
    from judapp.ui.settings import settings

    if not place:
        return {}
    try:
        found = json.loads(str(settings().value(place, "{}")))
        return {str(name): int(width) for name, width in found.items()}
    except (ValueError, TypeError, AttributeError):  # what stands there is nobody's width
        return {}
