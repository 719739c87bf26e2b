"""How a worksheet of a known look was mapped, so that the next one of it needs only its numbers taken.

The mapping (``mapping``) looks at heads, labels, merged cells and formulas; of the figures it takes it asks
no more than that they are numbers. A :class:`Lesson` is kept only where that can be shown for every cell that
may differ, and used only for a worksheet that has everything else as the one it was learned from. A file that
anything had to be said of is never learned from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from judapp.domain.cell_name import Position, address
from judapp.domain.figure import Figure
from judapp.domain.figure import number as figure_of
from judapp.domain.shape import CellKey, Plan
from judapp.excel.formulas import circular
from judapp.excel.grid import GridSheet
from judapp.excel.header import Header, is_of_words, printed_code
from judapp.excel.heads import plain, tree_of
from judapp.excel.imprint import BARE, Printed, number_of_rest, parts_at
from judapp.excel.learn_codes import read_code
from judapp.excel.mapped import Line, Mapped, ReadFigure, ReadTotal

_MOST_LESSONS = 8
"""Lessons of one look: whoever reports on lines for each of its units has a plan of its own."""
_OFTEN = 3
"""Worksheets of one look that are tried to be learned from."""


_MOST_LOOKS = 200_000
"""Cells held against merged blocks while learning; beyond that a worksheet is no form."""


class _Taken(NamedTuple):
    """A cell whose number is taken: which of the parts it is, for which cell of the form, and where it is."""

    at: int
    key: CellKey
    cell: str


class Lesson:
    """What the mapping of one worksheet for one plan says for all others of its look."""

    def __init__(
        self,
        plan: Plan,
        printed: Printed,
        headers: Mapping[str, Header],
        figures: list[_Taken],
        totals: list[_Taken],
        top: int,
    ) -> None:
        """``top`` is the first row that says anything of a table."""
        self.plan, self.headers, self.top = plan, headers, top
        self._words = dict(printed.others)
        self._figures = [(key, cell) for _, key, cell in figures]
        self._totals = [(key, cell) for _, key, cell in totals]
        self._figure_parts = parts_at([one.at for one in figures])
        self._total_parts = parts_at([one.at for one in totals])
        taken = {one.at for one in figures}
        look = printed.imprint
        self._fixed = parts_at([slot.at for slot in look.numbers.values() if slot.at not in taken])
        self._fixed_numbers = self._fixed(printed.rests)
        taken = {one.at for one in totals}
        self._fixed_in = parts_at([slot.at for slot in look.results.values() if slot.at not in taken])
        self._fixed_results = self._fixed_in(printed.texts)
        self._labels = _labels(plan)

    def mapped(self, printed: Printed) -> Mapped | None:
        """What the mapping gives for another worksheet; None where that has to be read whole."""
        if self._fixed(printed.rests) != self._fixed_numbers:
            return None
        if self._fixed_in(printed.texts) != self._fixed_results or not self._says_nothing_else(printed):
            return None
        figures = {
            key: ReadFigure(_figure(rest), cell)
            for rest, (key, cell) in zip(self._figure_parts(printed.rests), self._figures, strict=True)
            if len(rest) > BARE
        }
        totals = {
            key: ReadTotal(int(text), cell)
            for text, (key, cell) in zip(self._total_parts(printed.texts), self._totals, strict=True)
        }
        return Mapped(figures=figures, totals=totals, headers=dict(self.headers))

    def _says_nothing_else(self, printed: Printed) -> bool:
        """Whether texts that differ stand above everything that is looked at, and are no label or code."""
        first, other = self._words, printed.others
        known = printed.imprint.words
        for at in {*first, *other}:
            before, now = first.get(at, known[at]), other.get(at, known[at])
            if before != now and (
                at[0] >= self.top
                or self._speaks(before)
                or self._speaks(now)
                or not plain(before)
                or not plain(now)
            ):
                return False
        return True

    def _speaks(self, text: str) -> bool:
        return plain(text) in self._labels or read_code(text) is not None


@lru_cache(20_000)  # most are small numbers that were met before
def _figure(rest: str) -> Figure:
    return figure_of(number_of_rest(rest))


def as_before(printed: Printed, plan: Plan) -> Mapped | None:
    """What the mapping gives, where it was learned from a worksheet of the same look; else None."""
    known: Lesson | None = printed.imprint.lessons.get(id(plan))
    return known.mapped(printed) if known is not None and known.plan is plan else None


def learn(sheet: GridSheet, printed: Printed, plan: Plan, mapped: Mapped, whole: frozenset[CellKey]) -> None:
    """Keep what the mapping of ``sheet`` says of its look; ``whole`` are cells of whole numbers."""
    look = printed.imprint
    if look.tried >= _OFTEN:
        return
    look.tried += 1
    made = _lesson(sheet, printed, plan, mapped, whole)
    again = made.mapped(printed) if made is not None else None
    if made is None or again is None:
        return
    same = list(again.figures.items()) == list(mapped.figures.items())
    if same and list(again.totals.items()) == list(mapped.totals.items()):
        look.tried = 0
        look.lessons[id(plan)] = made
        if len(look.lessons) > _MOST_LESSONS:
            look.lessons.pop(next(iter(look.lessons)))


def _lesson(
    sheet: GridSheet, printed: Printed, plan: Plan, mapped: Mapped, whole: frozenset[CellKey]
) -> Lesson | None:
    look, headers = printed.imprint, mapped.headers
    told = mapped.findings or mapped.refused or mapped.asked or mapped.typed
    if told or mapped.own_rows or mapped.own_formulas or sheet.hidden_rows or sheet.hidden_columns:
        return None
    if any(not h.certain or h.by_hand or h.differing or h.twice for h in headers.values()):
        return None
    rows = [line.row for line in mapped.lines]
    names = [(line.table, line.key) for line in mapped.lines]
    if len({*rows}) < len(rows) or len({*names}) < len(names):
        return None
    figures: list[_Taken] = []
    totals: list[_Taken] = []
    varying: set[Position] = set()
    for line in mapped.lines:
        for column, name in headers[line.table].columns.items():
            at, key = (line.row, column), (line.table, line.key, name)
            number, result = look.numbers.get(at), look.results.get(at)
            if number is not None and key in whole and not number.style.percent:
                figures.append(_Taken(number.at, key, address(at)))
                varying.add(at)
            elif result is not None and _is_total(sheet, plan, at, key) and not result.style.percent:
                totals.append(_Taken(result.at, key, address(at)))
                varying.add(at)
    rows_of = {at[0] for at in varying}
    first, last = min(rows_of, default=0), max(rows_of, default=0)
    near = [area for area in sheet.merges if area.bottom >= first and area.top <= last]
    if len(near) * len(varying) > _MOST_LOOKS or any(area.covers(at) for area in near for at in varying):
        return None
    texts: dict[int, list[str]] = defaultdict(list)
    for (row, _), cell in sheet.cells.items():
        if isinstance(cell.content, str):
            texts[row].append(cell.content)
    for line in mapped.lines:
        if line.row in rows_of and not _asks_nothing(texts[line.row], headers[line.table], line):
            return None
    if any(_may_be_repeated(sheet, header, row, varying) for row in rows_of for header in headers.values()):
        return None
    if _strange(sheet, list(headers.values()), varying):
        return None
    return Lesson(plan, printed, headers, figures, totals, _top(sheet, plan))


def _is_total(sheet: GridSheet, plan: Plan, at: Position, key: CellKey) -> bool:
    """Whether a formula is a total of the file's own, whatever whole number it gives."""
    spot = plan.spots.get(key)
    return key in plan.computed and spot is not None and spot.kind != "text" and not circular(sheet, at)


def _asks_nothing(texts: Sequence[str], header: Header, line: Line) -> bool:
    """Whether a row is one of the body by its words alone, whatever figures stand in it."""
    return is_of_words(texts) and (line.row > header.row + 2 or len(line.label) > 1)


def _may_be_repeated(sheet: GridSheet, header: Header, row: int, varying: set[Position]) -> bool:
    """Whether figures may make a row look like the number row that comes again on a further page."""
    return bool(header.codes) and all(
        (row, column) in varying or printed_code(sheet.at(row, column).content) == code
        for column, code in header.codes.items()
    )


def _strange(sheet: GridSheet, headers: Sequence[Header], varying: set[Position]) -> bool:
    """Whether numbers stand in columns of a body that are not the form's: their heads are looked at."""
    for at, cell in sheet.cells.items():
        above = [header for header in headers if header.row < at[0]]
        if above and at not in varying and cell.content is not None and not isinstance(cell.content, str):
            nearest = max(above, key=lambda header: header.row)
            if at[1] not in nearest.columns and at[1] not in nearest.stubs:
                return True
    return False


def _labels(plan: Plan) -> frozenset[str]:
    """The labels of a form's heads and label columns, as they are compared."""
    found: set[str] = set()
    for table in plan.form.tables:
        found |= tree_of(table).known
        found |= {plain(stub.label) for stub in table.stub}
    return frozenset(found)


def _top(sheet: GridSheet, plan: Plan) -> int:
    """The first row in which a label of the form or anything like a code stands."""
    labels = _labels(plan)
    rows = [
        row
        for (row, _), cell in sheet.cells.items()
        if read_code(cell.content) is not None
        or (isinstance(cell.content, str) and plain(cell.content) in labels)
    ]
    return min(rows, default=0)
