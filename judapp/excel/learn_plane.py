"""A blank worksheet as it is seen: only visible rows and columns, counted from 0, with boxes and lines.

A merge is one box with its text; lines between cells say which empty cells belong to a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from judapp.domain.cell_name import Position
from judapp.excel.blank import BlankSheet
from judapp.excel.blank_looks import Looks
from judapp.excel.grid import Area, GridCell

_ROWS_BELOW = 60
"""Rows with lines kept below the last text: more of them say nothing new."""

FILLER = re.compile(r"[\sxX×.…_\-–—+*/0⊘]*\Z")
"""What blanks print into cells of figures: "x" where there is none, dots, dashes, zeros."""


class Plane:
    """Visible cells of a worksheet by row and column from 0."""

    def __init__(self, sheet: BlankSheet) -> None:
        self.sheet = sheet
        grid = sheet.grid
        shown = {at: text for at in grid.cells if (text := sheet.text(*at))}
        merges = [(area, self._seen_at(area)) for area in grid.merges]
        for area, at in merges:
            anchor = (area.top, area.left)
            if at is not None and at != anchor and (text := grid.at(*anchor).shown_text):
                shown[at] = text
        last_text = max((row for row, _ in shown), default=0)
        lined = {at for at, look in sheet.looks.items() if look.borders}
        last_row = min(max((row for row, _ in lined), default=0), last_text + _ROWS_BELOW)
        last_column = max((column for _, column in (*shown, *lined)), default=0)
        self.rows = [r for r in range(1, max(last_row, last_text) + 1) if r not in grid.hidden_rows]
        self.columns = [c for c in range(1, last_column + 1) if c not in grid.hidden_columns]
        self._row_at = {row: index for index, row in enumerate(self.rows)}
        self._column_at = {column: index for index, column in enumerate(self.columns)}
        self.texts: dict[Position, str] = {
            at: text for where, text in shown.items() if (at := self._dense(where)) is not None
        }
        self._anchors = {
            dense: (area.top, area.left)
            for area, at in merges
            if at is not None and (dense := self._dense(at)) is not None
        }
        self._boxes: dict[Position, Area] = {}
        for area, _ in merges:
            self._put_box(area)
        self._texts_by_row: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            self._texts_by_row.setdefault(row, []).append(column)

    def _seen_at(self, area: Area) -> Position | None:
        """The first visible cell of a merge."""
        grid = self.sheet.grid
        row = next((r for r in range(area.top, area.bottom + 1) if r not in grid.hidden_rows), None)
        column = next((c for c in range(area.left, area.right + 1) if c not in grid.hidden_columns), None)
        return None if row is None or column is None else (row, column)

    def _dense(self, position: Position) -> Position | None:
        row, column = self._row_at.get(position[0]), self._column_at.get(position[1])
        return None if row is None or column is None else (row, column)

    def _put_box(self, area: Area) -> None:
        rows = [i for r in range(area.top, area.bottom + 1) if (i := self._row_at.get(r)) is not None]
        right = min(area.right, self.columns[-1] if self.columns else 0)
        columns = [i for c in range(area.left, right + 1) if (i := self._column_at.get(c)) is not None]
        if not rows or not columns or len(rows) * len(columns) == 1:
            return
        box = Area(rows[0], columns[0], rows[-1], columns[-1])
        for row in rows:
            for column in columns:
                self._boxes[row, column] = box

    def real(self, position: Position) -> Position:
        """The worksheet's own row and column."""
        return self.rows[position[0]], self.columns[position[1]]

    def reals(self, positions: Iterable[Position]) -> tuple[Position, ...]:
        """The worksheet's own rows and columns of several cells."""
        return tuple(map(self.real, positions))

    def index_of_row(self, row: int) -> int | None:
        """The visible row that is worksheet row ``row``."""
        return self._row_at.get(row)

    def text(self, row: int, column: int) -> str:
        """The text that starts in this cell."""
        return self.texts.get((row, column), "")

    def cell(self, row: int, column: int) -> GridCell:
        """The cell with all it holds; of a merge whose first row is hidden, what it shows."""
        at = self._anchors.get((row, column)) or self.real((row, column))
        return self.sheet.at(*at)

    def look(self, row: int, column: int) -> Looks:
        """How a cell looks."""
        return self.sheet.look(*self.real((row, column)))

    def lead(self, row: int, column: int) -> int:
        """Blanks typed before the text."""
        return self.sheet.lead.get(self.real((row, column)), 0)

    def box(self, row: int, column: int) -> Area:
        """The merge a cell belongs to, or the cell alone."""
        return self._boxes.get((row, column)) or Area(row, column, row, column)

    def shown(self, row: int, column: int) -> str:
        """The text of the box the cell belongs to."""
        box = self.box(row, column)
        return self.texts.get((box.top, box.left), "")

    def texts_of(self, row: int) -> Iterator[tuple[int, str]]:
        """Texts that start in a row: column and text, from the left."""
        for column in self._texts_by_row.get(row, ()):
            yield column, self.texts[row, column]

    def line_right(self, row: int, column: int) -> bool:
        """Whether a line is drawn between a cell and the next one to its right (-1: left of the first)."""
        if column >= 0 and self._same_box((row, column), (row, column + 1)):
            return False
        return self._has(row, column, "r") or self._has(row, column + 1, "l")

    def line_below(self, row: int, column: int) -> bool:
        """Whether a line is drawn between a cell and the one below it (-1: above the first)."""
        if row >= 0 and self._same_box((row, column), (row + 1, column)):
            return False
        return self._has(row, column, "b") or self._has(row + 1, column, "t")

    def _same_box(self, one: Position, other: Position) -> bool:
        box = self._boxes.get(one)
        return box is not None and box is self._boxes.get(other)

    def _has(self, row: int, column: int, side: str) -> bool:
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.columns)):
            return False
        return side in self.look(row, column).borders

    def ruled(self, row: int) -> bool:
        """Whether a row is part of a frame: lines between its cells, of a single cell also above or below."""
        upright = [column for column in range(-1, len(self.columns)) if self.line_right(row, column)]
        return len(upright) > 2 or (
            len(upright) == 2
            and any(
                self.line_below(row, column) or self.line_below(row - 1, column)
                for column in range(max(upright[0], 0), upright[-1] + 1)
            )
        )
