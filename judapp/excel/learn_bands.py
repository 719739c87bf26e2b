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
from judapp.excel.learn_around import is_fore
from judapp.excel.learn_bare import body_below, head_above
from judapp.excel.learn_codes import NumberRow
from judapp.excel.learn_labels import caption_unit, captioned_unit, units_in_row
from judapp.excel.learn_plane import FILLER, Plane
from judapp.excel.learn_row_words import row_number
from judapp.excel.learn_runs import BODY_ROLES, TABLE_ROLES, Runs, upright_lines
from judapp.text import fold

_MOST_STUBS = 3
_WIDE_TITLE = 30
_LEAVES_OF_ONE = 2
"""Rows a head may reach further down where only its first columns go so deep."""


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
    only_units: bool = False
    """Whether the head holds nothing but units of measure: its labels stand further above."""

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
        runs = Runs(plane, said)
        self.runs, self.numbers, self.ruled = runs.find(), runs.numbers, runs.ruled
        self.taken = {row for run in self.runs for row in run}
        self.others = {row for row, role in said.items() if role not in TABLE_ROLES}

    def find(self) -> list[Band]:
        parts = [part for run in self.runs for part in self._parts(run)]
        bands: list[Band] = []
        for part in parts:
            self._add(bands, part)
        return [band for band in bands if band.head and self._has_words(band)]

    def _has_words(self, band: Band) -> bool:
        wide = band.right - band.left + 1
        labels = [text for row in band.head for _, text in self.plane.texts_of(row)]
        return bool(labels) and (band.number is not None or bool(band.body)) and wide >= 1

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
        """A run by its looks and by what a person said of its rows; above a row of the head all is head."""
        part = self._part_by_looks(rows)
        said_head = {row for row in rows if self.said.get(row) == "head"}
        said_body = {row for row in rows if self.said.get(row) in BODY_ROLES}
        if not said_head and not said_body:
            return part
        used = {*part.head, *part.body, *said_head, *said_body}
        last, first = max(said_head, default=-1), min(said_body, default=len(self.plane.rows))
        head = {row for row in used if row < last or (row in part.head and row < first)} | said_head
        head -= said_body | {row for row in used if row in self.numbers and row not in said_head}
        body = used - head - ({part.number.row} if part.number else set())
        return _Part(tuple(sorted(head)), part.number, tuple(sorted(body)))

    def _part_by_looks(self, rows: Sequence[int]) -> _Part:
        number = next((self.numbers[row] for row in rows if row in self.numbers), None)
        if number is not None:
            above = tuple(row for row in rows if row < number.row)
            below = [row for row in rows if row > number.row]
            if any(True for row in above for _ in self.plane.texts_of(row)):
                units = self._unit_rows(below)
                return _Part((*above, *units), number, tuple(below[len(units) :]))
            units = self._unit_rows(below)
            if units:
                return _Part(tuple(units), number, tuple(below[len(units) :]), only_units=True)
            end = self._head_end(below)
            if end and not self._under_other_head(number.row):
                return _Part(tuple(below[:end]), number, tuple(below[end:]))
            return _Part((), number, tuple(below))
        end = self._head_end(rows)
        return _Part(tuple(rows[:end]), None, tuple(rows[end:]))

    def _under_other_head(self, row: int) -> bool:
        """Whether words stand right above a row without lines, as a head without lines does."""
        above = [text for _, text in self.plane.texts_of(row - 1)] if row else []
        fore = captioned_unit(above) is not None or any(is_fore(text) for text in above)
        return len(above) >= 2 and not fore

    def _unit_rows(self, below: Sequence[int]) -> list[int]:
        """Rows right below the numbers that hold nothing but units of measure."""
        found: list[int] = []
        for row in below:
            texts = [text for _, text in self.plane.texts_of(row)]
            captions = [text for text in texts if fold(text).strip(" :()") in ("don vi tinh", "dvt")]
            units = units_in_row([text for text in texts if text not in captions])
            alone = len(texts) == 1 and texts[0].startswith("(")
            if not units or not (len(units) > 1 or captions or alone):
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
        own = last[min(self._may_lead(rows[:end], left, right), len(last) - 1)]
        numbered = any(row in self.numbers for row in range(rows[-1] + 1, rows[-1] + 1 + _LEAVES_OF_ONE))
        if own - end <= _LEAVES_OF_ONE and (own < len(rows) or numbered):
            end = own
        bottom = rows[end - 1] if end else rows[0] - 1
        for index, row in enumerate(rows[:end]):  # a box of the head may reach further down
            for column, _ in self.plane.texts_of(row):
                box = self.plane.box(row, column)
                if index == 0 and left <= column <= right:
                    bottom = max(bottom, min(self._frame_end(box.bottom, column), rows[-1]))
        while end < len(rows) and rows[end] <= bottom:
            end += 1
        return end

    def _may_lead(self, head: Sequence[int], left: int, right: int) -> int:
        """How many leading columns may hold labels of the body: those with one label in the head."""
        for column in range(left, right):
            boxes = [self.plane.box(row, column) for row in head if self.plane.text(row, column)]
            if sum(box.left > left or box.right < right for box in boxes) > 1:
                return column - left
        return right - left

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
            upright = upright_lines(plane, row)
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
            bands[-1] = replace(before, head=(*before.head, *part.head), number=part.number, body=part.body)
            return
        head = part.head
        if before is not None and self._said_head_of(before, part):
            bands.pop()
            head, after = tuple(sorted({*before.head, *head})), before.above
            before = bands[-1] if bands else None
        if part.number is not None and (not part.head or part.only_units or self._only_said(part.head)):
            labels = head_above(self.plane, part.number, after, self.others)
            if not labels and before is not None and before.number is not None:
                labels = before.head
            head = tuple(sorted({*labels, *head})) if labels else head
        body = part.body
        if not body and head and (part.number is not None or not self.numbers):
            right = self._columns((*head, part.last))[1]
            body = body_below(self.plane, part.last, self.taken, right, self.others)
        if not head and part.number is None:
            return
        if not part.body and (units := self._unit_rows(body)):
            head, body = (*head, *units), body[len(units) :]
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
        return alone and part.number is not None and (not part.head or part.only_units)

    def _only_said(self, head: Sequence[int]) -> bool:
        """Whether rows without lines are a head only because a person said so."""
        return all(self.said.get(row) == "head" and not self.plane.ruled(row) for row in head)

    def _said_head_of(self, before: Band, part: _Part) -> bool:
        """Whether what stands above is only rows a person said to be of a head without lines."""
        alone = before.number is None and not before.body
        said = all(self.said.get(row) == "head" for row in before.head)
        return alone and said and part.number is not None and (not part.head or part.only_units)

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
