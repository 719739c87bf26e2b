"""Runs of rows that may be a table: framed ones and those of column numbers, not what is framed besides."""

from __future__ import annotations

from collections.abc import Mapping

from judapp.domain.learned import SheetRole
from judapp.excel.learn_around import is_foot, is_fore, is_note
from judapp.excel.learn_codes import number_rows
from judapp.excel.learn_labels import captioned_unit
from judapp.excel.learn_plane import Plane

BODY_ROLES: frozenset[SheetRole] = frozenset({"row", "total", "group", "repeated", "stub"})
TABLE_ROLES = BODY_ROLES | {"head", "number"}
_LINES_OF_BLOCKS = 4
"""Upright lines of a frame around the header blocks: three blocks side by side."""


class Runs:
    """The rows of a worksheet by their lines; ``said`` is what a person said of rows of the plane."""

    def __init__(self, plane: Plane, said: Mapping[int, SheetRole]) -> None:
        self.plane, self.said = plane, said
        self.numbers = {row.row: row for row in number_rows(plane, said)}
        """Rows of column numbers."""
        self.ruled = [self._ruled(row) for row in range(len(plane.rows))]
        """Whether each row is part of a frame."""

    def _ruled(self, row: int) -> bool:
        role = self.said.get(row)
        if role is not None:
            return role in TABLE_ROLES
        return self.plane.ruled(row)

    def find(self) -> list[list[int]]:
        """Rows one below the other that may be a table, without what stands around it in its frame."""
        runs: list[list[int]] = []
        for row in range(len(self.plane.rows)):
            if not self.ruled[row] and row not in self.numbers:
                framed = runs and runs[-1][-1] == row - 1 and self._outer_frame(row - 1, row)
                if not framed or row in self.said:
                    continue
            if runs and runs[-1][-1] == row - 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        found = [rows for run in runs if (rows := self._without_words_around(run))]
        return [run for run in found if not self._is_note_table(run)]

    def _without_words_around(self, run: list[int]) -> list[int]:
        """A run without framed blocks of the header above it and framed signers below."""
        start, until = 0, len(run)
        for index, row in enumerate(run):
            if row in self.numbers or row in self.said:
                break
            texts = [text for _, text in self.plane.texts_of(row)]
            if any(is_fore(text) for text in texts) or captioned_unit(texts) is not None:
                start = index + 1
        while 0 < start < len(run) and self._same_frame(run[start - 1], run[start]):
            start += 1  # the frame of the header blocks goes on
        for index in range(start, len(run)):
            if run[index] not in self.said and self._is_foot(run[index]) and index > start:
                until = index
                break
        return run[start:until]

    def _outer_frame(self, row: int, below: int) -> bool:
        """Whether the row below has nothing but the outer lines of a row."""
        lines, under = upright_lines(self.plane, row), upright_lines(self.plane, below)
        return len(under) == 2 and bool(lines) and under == [lines[0], lines[-1]]

    def _same_frame(self, row: int, below: int) -> bool:
        """Whether a row has none but the few upright lines of the one above, and no column numbers."""
        lines, under = upright_lines(self.plane, row), upright_lines(self.plane, below)
        few = 0 < len(under) <= len(lines) <= _LINES_OF_BLOCKS
        return few and set(under) <= set(lines) and below not in self.numbers

    def _is_foot(self, row: int) -> bool:
        """Whether a note, a signer or a date begins here, and no label of the head or the body."""
        texts = list(self.plane.texts_of(row))
        if not texts or len(texts) > 4 or (len(texts) == 1 and self._has_cells(row)):
            return False
        return all(is_foot(text) for _, text in texts)

    def _has_cells(self, row: int) -> bool:
        """Whether empty framed cells stand beside the words of a row, as those of figures do."""
        plane = self.plane
        ends = [column for column in range(len(plane.columns)) if plane.line_right(row, column)]
        return any(not plane.shown(row, column) for column in ends)

    def _is_note_table(self, run: list[int]) -> bool:
        """Whether a small table belongs to a note above it, as those of estimates do."""
        numbered = next((row for row in run if row in self.numbers), None)
        if (numbered is not None and numbered != run[0]) or any(row in self.said for row in run):
            return False
        for row in range(run[0] - 1, max(run[0] - 3, -1), -1):
            texts = [text for _, text in self.plane.texts_of(row)]
            if texts:
                return len(texts) == 1 and is_note(texts[0])
        return False


def upright_lines(plane: Plane, row: int) -> list[int]:
    """The columns a line is drawn right of, -1 for one left of the first."""
    return [column for column in range(-1, len(plane.columns)) if plane.line_right(row, column)]
