"""Where the tables of a blank are: rows of the head, of the column numbers, of the body, and the columns.

A table is told by its lines; where none are drawn, by its row of column numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.learned import SheetRole
from judapp.excel.grid import Area
from judapp.excel.learn_around import is_foot, is_fore, is_note
from judapp.excel.learn_bare import body_below, head_above
from judapp.excel.learn_codes import NumberRow, number_rows
from judapp.excel.learn_labels import caption_unit, unit_alone
from judapp.excel.learn_plane import FILLER, Plane
from judapp.excel.learn_row_words import row_number
from judapp.text import fold

BODY_ROLES: frozenset[SheetRole] = frozenset({"row", "total", "group", "repeated", "stub"})
_TABLE_ROLES = BODY_ROLES | {"head", "number"}
_MOST_STUBS = 3
_WIDE_TITLE = 30


class Band(Struct, frozen=True):
    """One table on the plane: rows and columns counted as there."""

    head: tuple[int, ...]
    number: NumberRow | None
    body: tuple[int, ...]
    left: int
    right: int
    repeats: tuple[int, ...] = ()
    """Rows of the head printed again on a further page."""
    above: int = 0
    """The row below the table before it: what stands between belongs to this one."""

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row, top to bottom."""
        number = (self.number.row,) if self.number else ()
        return tuple(sorted({*self.head, *number, *self.body, *self.repeats}))


class _Part(Struct, frozen=True):
    """A run of rows: with a head of its own, a body, or both."""

    head: tuple[int, ...]
    number: NumberRow | None
    body: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.rows[0]

    @property
    def last(self) -> int:
        return self.rows[-1]

    @property
    def rows(self) -> list[int]:
        number = [self.number.row] if self.number else []
        return sorted({*self.head, *number, *self.body})


def find_bands(plane: Plane, hints: Mapping[int, SheetRole]) -> list[Band]:
    """The tables of a worksheet, top to bottom; ``hints`` say what worksheet rows are."""
    said = {index: role for row, role in hints.items() if (index := plane.index_of_row(row)) is not None}
    return _Finder(plane, said).find()


class _Finder:
    def __init__(self, plane: Plane, said: Mapping[int, SheetRole]) -> None:
        self.plane, self.said = plane, said
        self.numbers = {row.row: row for row in number_rows(plane) if said.get(row.row, "number") == "number"}
        self.ruled = [self._ruled(row) for row in range(len(plane.rows))]

    def _ruled(self, row: int) -> bool:
        role = self.said.get(row)
        if role is not None:
            return role in _TABLE_ROLES
        return self.plane.ruled(row)

    def find(self) -> list[Band]:
        parts = [part for run in self._runs() for part in self._parts(run)]
        bands: list[Band] = []
        for part in parts:
            self._add(bands, part)
        return [band for band in bands if band.head and self._has_words(band)]

    def _has_words(self, band: Band) -> bool:
        wide = band.right - band.left + 1
        labels = [text for row in band.head for _, text in self.plane.texts_of(row)]
        return bool(labels) and (band.number is not None or bool(band.body)) and wide >= 1

    # runs of rows

    def _runs(self) -> list[list[int]]:
        runs: list[list[int]] = []
        for row in range(len(self.plane.rows)):
            if not self.ruled[row] and row not in self.numbers:
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
            if any(is_fore(text) for text in texts) or (
                len(texts) == 1 and caption_unit(texts[0]) is not None
            ):
                start = index + 1
        for index in range(start, len(run)):
            if run[index] not in self.said and self._is_foot(run[index]) and index > start:
                until = index
                break
        return run[start:until]

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

    # parts of a run

    def _parts(self, run: list[int]) -> list[_Part]:
        starts = [0]
        numbers = [index for index, row in enumerate(run) if row in self.numbers]
        for before, index in pairwise(numbers):
            top = index
            while top - 1 > before and self._head_like(run[top - 1]):
                top -= 1
            if top < index:
                starts.append(top)
        bounds = [*starts, len(run)]
        return [self._part(run[first:last]) for first, last in pairwise(bounds)]

    def _head_like(self, row: int) -> bool:
        """Whether a row has words right of its first column, or lies in a box that has."""
        plane = self.plane
        columns = [c for c in range(len(plane.columns)) if plane.line_right(row, c)]
        if not columns:
            columns = [column for column, _ in plane.texts_of(row)]
        right = columns[min(_MOST_STUBS, len(columns) - 1) :]
        return any(not FILLER.match(plane.shown(row, column)) for column in right)

    def _part(self, rows: Sequence[int]) -> _Part:
        said_head = tuple(row for row in rows if self.said.get(row) == "head")
        number = next((self.numbers[row] for row in rows if row in self.numbers), None)
        if said_head:
            rest = [row for row in rows if row not in said_head and (number is None or row != number.row)]
            return _Part(said_head, number, tuple(row for row in rest if row > min(said_head)))
        if number is not None:
            above = tuple(row for row in rows if row < number.row)
            below = [row for row in rows if row > number.row]
            if any(True for row in above for _ in self.plane.texts_of(row)):
                units = self._unit_rows(below)
                return _Part((*above, *units), number, tuple(below[len(units) :]))
            end = self._head_end(below)
            if end and not self._under_other_head(number.row):
                return _Part(tuple(below[:end]), number, tuple(below[end:]))
            return _Part((), number, tuple(below))
        if any(row in self.said and self.said[row] in BODY_ROLES for row in rows):
            first = next(i for i, row in enumerate(rows) if self.said.get(row) in BODY_ROLES)
            return _Part(tuple(rows[:first]), None, tuple(rows[first:]))
        end = self._head_end(rows)
        return _Part(tuple(rows[:end]), None, tuple(rows[end:]))

    def _under_other_head(self, row: int) -> bool:
        """Whether words stand right above a row without lines, as a head without lines does."""
        above = [text for _, text in self.plane.texts_of(row - 1)] if row else []
        return len(above) >= 2 and not any(is_fore(text) for text in above)

    def _unit_rows(self, below: Sequence[int]) -> list[int]:
        """Rows right below the numbers that hold nothing but units of measure."""
        found: list[int] = []
        for row in below:
            texts = [text for _, text in self.plane.texts_of(row)]
            units = [text for text in texts if unit_alone(text) is not None]
            captions = [text for text in texts if fold(text).strip(" :()") in ("don vi tinh", "dvt")]
            alone = len(texts) == 1 and texts[0].startswith("(")
            several = len(units) > 1 or bool(captions)
            if not units or len(units) + len(captions) < len(texts) or not (several or alone):
                break
            found.append(row)
        return found

    def _head_end(self, rows: Sequence[int]) -> int:
        """How many of the rows are head: all down to the last words right of the labels of the body.

        The cells of figures are empty in a blank; only leading columns hold words below the head.
        """
        if not rows:
            return 0
        left, right = self._columns(rows)
        last: list[int] = []
        for leading in range(min(_MOST_STUBS, right - left) + 1):
            found = 0
            for index, row in enumerate(rows):
                words = range(left + leading, right + 1)
                if any(self._is_word(row, c, left, right, top=not index) for c in words):
                    found = index + 1
            last.append(found)
        end = last[-1]
        bottom = rows[end - 1] if end else rows[0] - 1
        for index, row in enumerate(rows[:end]):  # a box of the head may reach further down
            for column, _ in self.plane.texts_of(row):
                box = self.plane.box(row, column)
                if index == 0 and left <= column <= right:
                    bottom = max(bottom, min(self._frame_end(box.bottom, column), rows[-1]))
        while end < len(rows) and rows[end] <= bottom:
            end += 1
        return end

    def _frame_end(self, row: int, column: int) -> int:
        """The last row of the frame a cell stands in: empty cells below it without a line between."""
        plane = self.plane
        if not any(plane.line_below(below, column) for below in range(row, len(plane.rows))):
            return row
        while not plane.line_below(row, column) and not plane.shown(row + 1, column):
            row += 1
        return row

    def _is_word(self, row: int, column: int, left: int, right: int, *, top: bool) -> bool:
        """Whether words of the head end in this cell; below its ``top`` row a label over all is a group's."""
        box = self.plane.box(row, column)
        if not top and box.right >= right > left and box.top == row and self._names_group(box, left):
            return False
        if box.bottom != row:
            return False
        if not isinstance(self.plane.cell(box.top, box.left).content, str):
            return False
        return not FILLER.match(self.plane.shown(row, column))

    def _names_group(self, box: Area, left: int) -> bool:
        """Whether a box over all figures is a group's label, alone in its row or behind a number."""
        if box.left <= left:
            return self._alone(box.top)
        first = self.plane.box(box.top, left)
        number = self.plane.text(first.top, first.left)
        return box.left == left + 1 and first.top == box.top and (not number or bool(row_number(number)))

    def _alone(self, row: int) -> bool:
        return len(list(self.plane.texts_of(row))) == 1 and row not in self.numbers

    def _columns(self, rows: Iterable[int]) -> tuple[int, int]:
        """First and last column of rows by their lines, else by their words."""
        plane = self.plane
        lefts: list[int] = []
        rights: list[int] = []
        for row in rows:
            upright = [c for c in range(-1, len(plane.columns)) if plane.line_right(row, c)]
            if len(upright) >= 2 and self.ruled[row]:
                lefts.append(upright[0] + 1)
                rights.append(upright[-1])
        if lefts:
            return min(lefts), max(rights)
        boxes = [plane.box(row, column) for row in rows for column, _ in plane.texts_of(row)]
        return min((box.left for box in boxes), default=0), max((box.right for box in boxes), default=0)

    # tables of parts

    def _add(self, bands: list[Band], part: _Part) -> None:
        """Put a part to the table before it, or begin another one."""
        before = bands[-1] if bands else None
        after = before.rows[-1] + 1 if before else 0
        words_between = before is not None and any(
            True for row in range(after, part.first) for _ in self.plane.texts_of(row)
        )
        if before is not None and self._continues(before, part, words_between):
            repeats = (*before.repeats, *part.head, *((part.number.row,) if part.number else ()))
            bands[-1] = replace(before, body=(*before.body, *part.body), repeats=tuple(sorted(repeats)))
            return
        if before is not None and self._completes(before, part, words_between):
            bands[-1] = replace(before, number=part.number, body=part.body)
            return
        head = part.head
        if part.number is not None and not head:
            head = head_above(self.plane, part.number, after)
            if not head and before is not None and before.number is not None:
                head = before.head
        body = part.body
        if not body and head and (part.number is not None or not self.numbers):
            body = body_below(self.plane, part.last, self.numbers, self._columns((*head, part.last))[1])
        if not head and part.number is None:
            return
        used = (*head, *((part.number.row,) if part.number else ()))
        own = [row for row in used if row >= after] or list(part.body)
        left, right = self._columns(own if any(self.ruled[row] for row in own) else [*own, *body])
        if part.number is not None:
            left = min(left, *part.number.codes)
            right = max(right, *(self.plane.box(part.number.row, c).right for c in part.number.codes))
        head = self._without_title(head, left, right)
        repeated, body = self._repeated_heads(part.number, head, body)
        bands.append(Band(head, part.number, body, left, right, repeated, after))

    def _completes(self, before: Band, part: _Part, words_between: bool) -> bool:
        """Whether a part is the numbers of a head that stands above some empty rows."""
        alone = before.number is None and not before.body and not words_between
        return alone and part.number is not None and not part.head

    def _continues(self, before: Band, part: _Part, words_between: bool) -> bool:
        if part.number is None and not part.head:
            return True
        if words_between:
            return False
        if before.number is not None and part.number is not None:
            same = part.number.printed == before.number.printed
            return same and (not part.head or self._words(part.head) == self._words(before.head))
        if not before.body and part.number is None:  # the body begins below some empty rows
            left, right = self._columns(part.head)
            return left >= before.left and right <= before.right and self._head_end(part.head) == 0
        return False

    def _words(self, rows: Iterable[int]) -> list[str]:
        return [fold(text) for row in rows for _, text in self.plane.texts_of(row)]

    def _repeated_heads(
        self, number: NumberRow | None, head: Sequence[int], body: Sequence[int]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rows of a body that print the numbers or the head again, and the others."""
        again = {
            row
            for row in body
            if number is not None and row in self.numbers and self.numbers[row].printed == number.printed
        }
        heads = [self._words([row]) for row in head]
        again |= {row for row in body if len(words := self._words([row])) > 2 and words in heads}
        return tuple(sorted(again)), tuple(row for row in body if row not in again)

    def _without_title(self, head: tuple[int, ...], left: int, right: int) -> tuple[int, ...]:
        """A head without a title written over its whole width within the frame."""
        rows = list(head)
        while len(rows) > 1 and right > left:
            texts = list(self.plane.texts_of(rows[0]))
            if len(texts) != 1:
                break
            column, text = texts[0]
            box = self.plane.box(rows[0], column)
            below = self.plane.shown(box.bottom + 1, left)
            wide = box.left <= left and box.right >= right
            title = caption_unit(text) is not None or (text.isupper() and len(text) > _WIDE_TITLE)
            stub = below and len(list(self.plane.texts_of(box.bottom + 1))) > 1 and title
            if not wide or not (stub or title):
                break
            rows = [row for row in rows if row > box.bottom]
        return tuple(rows)
