"""A form as it prints, as boxes in points: what a painter needs and nothing else (no Qt, no workbook)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from judapp.domain.catalogue import Form
from judapp.domain.cell_name import Position
from judapp.domain.layout import Heading, Layout, layout
from judapp.domain.print_look import CENTRED, FRAMED, FROM_THE_RIGHT, FROM_THE_TOP, ITALIC
from judapp.domain.printed import BOLD_ROLES, FONT_SIZES, INDENT, USUAL_HEIGHT, Item
from judapp.domain.rows import expand

Across = Literal["left", "center", "right"]


class PictureBox(Struct, frozen=True):
    """A text in its box; points from the top left corner of the sheet."""

    left: float
    top: float
    width: float
    height: float
    text: str
    size: float
    """Points of the letters."""
    bold: bool
    italic: bool
    framed: bool
    across: Across
    from_top: bool
    indent: float
    """Points the words begin further right."""


class FormPicture(Struct, frozen=True):
    """A form as it prints, without figures."""

    width: float
    height: float
    paper: str
    """"A4" or "A3"."""
    landscape: bool
    boxes: tuple[PictureBox, ...]


def blank_picture(form: Form) -> FormPicture:
    """The form as a blank prints: a line for repeated rows, dots where the department writes."""
    rows = {table.key: expand(table, lambda _: ()) for table in form.tables}
    return picture(layout(form, rows, Heading()))


def picture(laid: Layout) -> FormPicture:
    """The boxes of a layout, every cell of its tables with its lines."""
    across = _edges([(width * 7 + 5) * 0.75 for width in laid.widths])
    down = _edges([laid.heights.get(row, USUAL_HEIGHT) for row in range(1, laid.last_row + 1)])
    boxes = [_box(item, across, down) for item in laid.items]
    taken = {(item.box.row, item.box.column) for item in laid.items}
    boxes += [_cell(position, across, down) for position in laid.cells.values() if position not in taken]
    return FormPicture(across[-1], down[-1], laid.paper, laid.form.print.landscape, tuple(boxes))


def box_at(shown: FormPicture, x: float, y: float) -> PictureBox | None:
    """The box under a point, None beside all of them."""
    for box in shown.boxes:
        if box.left <= x < box.left + box.width and box.top <= y < box.top + box.height:
            return box
    return None


def _edges(sizes: Sequence[float]) -> list[float]:
    return [0.0, *accumulate(sizes)]


def _box(item: Item, across: Sequence[float], down: Sequence[float]) -> PictureBox:
    box, role = item.box, item.role
    left, top = across[box.column - 1], down[box.row - 1]
    return PictureBox(
        left,
        top,
        across[box.last_column] - left,
        down[box.last_row] - top,
        item.text,
        FONT_SIZES[role],
        item.bold or role in BOLD_ROLES,
        role in ITALIC,
        role in FRAMED,
        "center" if role in CENTRED else "right" if role in FROM_THE_RIGHT else "left",
        role in FROM_THE_TOP,
        item.level * INDENT,
    )


def _cell(position: Position, across: Sequence[float], down: Sequence[float]) -> PictureBox:
    row, column = position
    left, top = across[column - 1], down[row - 1]
    size = FONT_SIZES["cell"]
    return PictureBox(
        left, top, across[column] - left, down[row] - top, "", size, False, False, True, "right", False, 0.0
    )
