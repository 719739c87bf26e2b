"""Which cell of a worksheet is which cell of a form: by codes, labels and numbers, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from judapp.domain.catalogue import Severity, Table
from judapp.domain.cell_name import address
from judapp.domain.figure import State, words
from judapp.domain.figure import number as figure_of
from judapp.domain.finding import Finding, Place
from judapp.domain.layout import EXPLANATIONS_TITLE
from judapp.domain.number import DIGITS
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.rows import SheetRow
from judapp.domain.shape import CellKey, Plan, spot_of
from judapp.domain.stubs import stub_places
from judapp.excel.formulas import circular
from judapp.excel.grid import Content, GridCell, GridSheet
from judapp.excel.header import Header, TableColumns, find_header
from judapp.excel.imprint import printed_of
from judapp.excel.imprint_mapping import as_before, learn
from judapp.excel.left_below import left_below
from judapp.excel.mapped import UNSAID, Asked, Line, Mapped, ReadFigure, ReadTotal, Said
from judapp.excel.overlooked import doubt_of, overlooked
from judapp.excel.reading_cells import ReadCell, read_cell, times
from judapp.excel.row_finder import RowFinder
from judapp.excel.slots import read_slots
from judapp.text import fold

_DATE_LINE = re.compile(r"ngay\W.*thang\W.*nam")
_SAYS_NOTHING = frozenset({"x", "X", "-", "–", "—"})
"""What forms and their senders put into cells that a row does not have."""
_NO_TOTAL = frozenset({"CEL-014", "CEL-015", "CEL-016"})
"""Findings of cells whose content is no total, whatever formula it comes from."""
_PLACEHOLDER = re.compile(r"[.…\s]*\Z")

_DIGITS: int = 10**DIGITS
_WHOLE: dict[int, tuple[Plan, frozenset[CellKey]]] = {}
_MOST_PLANS = 64


def map_sheet(
    sheet: GridSheet,
    plan: Plan,
    path: str,
    paired: Sequence[TableColumns] = (),
    said: Said = UNSAID,
) -> Mapped:
    """The figures of ``sheet`` for a form whose rows are those of ``plan``.

    A row that is not of the form, stands twice or bears another label than its number says is left out with a
    finding; a table whose columns are not found or doubtful gives nothing (MAP-005, MAP-021, -022, -051).
    ``paired`` are columns a person paired by hand, ``said`` what somebody said of the file's numbers.
    """
    printed = None if paired or said.factors else printed_of(sheet)
    known = None if printed is None else as_before(printed, plan)
    if known is not None:
        return known
    mapped = _mapped(sheet, plan, path, paired, said)
    if printed is not None:
        learn(sheet, printed, plan, mapped, _whole_numbers(plan))
    return mapped


def _mapped(sheet: GridSheet, plan: Plan, path: str, paired: Sequence[TableColumns], said: Said) -> Mapped:
    mapped = Mapped()
    start, last = 1, None
    for table in plan.form.tables:
        by_hand = next((own for own in paired if own.table == table.key), None)
        header = find_header(sheet, table, start, by_hand)
        mapped.headers[table.key] = header
        doubt = doubt_of(header, plan.form, table, Place(path=path, sheet=sheet.name))
        if doubt is not None:
            mapped.findings.append(doubt)
        elif header.columns:
            start = _Body(sheet, plan, table, path, header, mapped, said).read()
            mapped.findings += overlooked(sheet, header, plan.form, start - 1, path)
            last = header
    slots = read_slots(sheet, plan.form.notes, start)
    for slot, (text, cell) in slots.items():
        mapped.figures[NOTES_TABLE, slot, ""] = ReadFigure(words(text), cell)
    if last is not None:
        finding, cells = left_below(sheet, last, start, {cell for _, cell in slots.values()}, path)
        mapped.findings += [finding] if finding else []
        mapped.refused += cells
    return mapped


class _Body:
    """Walks the rows below a header, finding each printed row near the one found last."""

    def __init__(
        self,
        sheet: GridSheet,
        plan: Plan,
        table: Table,
        path: str,
        header: Header,
        mapped: Mapped,
        said: Said,
    ) -> None:
        self.said = said
        self.sheet, self.plan, self.path, self.mapped = sheet, plan, path, mapped
        self.table = table.key
        self.header = header
        self.columns = header.columns
        self.leaves = table.leaf_by_name
        self.finder = RowFinder(plan.rows[table.key], table)
        self.whole = frozenset[CellKey]() if said.factors else _whole_numbers(plan)
        self.end = _end_of_body(sheet, plan, table, header.row + 1)
        self.number_column, self.label_column = self._stub_columns(table)
        self.taken: set[str] = set()
        """Rows found so far that held something."""

    def _stub_columns(self, table: Table) -> tuple[int | None, int | None]:
        """Where numbers and labels of rows stand: by the head, beside the figures, by the labels found."""
        by_stub = {index: column for column, index in self.header.stubs.items()}
        places = stub_places(table.stub)
        if places.label is None:
            return None, None
        first = min(self.header.columns)
        label = by_stub.get(places.label, first - len(table.stub) + places.label)
        if not self.header.by_hand and not any(self._known_labels(label)):
            label = max([label, *range(first - 1, 0, -1)], key=self._labels_in)
        if places.number is None:
            return None, label
        return by_stub.get(places.number, label + places.number - places.label), label

    def _labels_in(self, column: int) -> int:
        """How many labels of the form's rows stand in a column of the worksheet."""
        return sum(self._known_labels(column))

    def _known_labels(self, column: int) -> Iterator[bool]:
        return (self.finder.knows(self._text(row, column)) for row in range(self.header.row + 1, self.end))

    def read(self) -> int:
        """Read the body; the row below which the next table or the notes may begin."""
        if self.label_column is None:
            return self._single_row()
        below = self.header.row
        for row in range(self.header.row + 1, self.end):
            if self._row(row):
                below = row
        return below + 1

    def _single_row(self) -> int:
        """A form without stub has one row: the first below the header that holds anything."""
        for row in range(self.header.row + 1, self.end):
            filled = self._filled(row)
            if filled and not self._holds_codes(row):
                self._take(row, self.finder.rows[0], filled)
                return self._rows_too_many(row + 1)
        return self.header.row + 1

    def _rows_too_many(self, row: int) -> int:
        """Rows of figures right below the only one a form has: whose they are nobody knows."""
        while row < self.end and (more := self._filled(row)):
            if all(isinstance(cell.content, str | None) for cell in more.values()):
                break
            self._refuse(row, more, "MAP-049", form=self.plan.form.number, row=row, cells=len(more))
            row += 1
        return row

    def _row(self, row: int) -> bool:
        if self.header.repeated(self.sheet, row) or self._holds_codes(row):
            return True
        number = self._text(row, self.number_column)
        label = self._text(row, self.label_column)
        filled = self._filled(row)
        if not number and not label:
            if filled:
                self._refuse(row, filled, "MAP-008", number="", label="", form=self.plan.form.number)
            return bool(filled)
        found, fits = self.finder.find(number, label)
        if found is None and filled:
            found, fits = self._own_row(label), True
        if found is None:
            if label and _PLACEHOLDER.match(label):  # a dotted line of the form, as it was printed
                filled = {column: cell for column, cell in filled.items() if _says_something(cell)}
            self.finder.astray |= any(map(str.isalpha, label))
            if filled:
                self._refuse(row, filled, "MAP-008", number=number, label=label, form=self.plan.form.number)
            return bool(filled)
        if self.finder.astray and not self.finder.stands_alone(found):
            if filled:  # whose "- Nam" this is, only the row above could say
                self._refuse(row, filled, "MAP-008", number=number, label=label, form=self.plan.form.number)
        elif found.key in self.taken:
            self.mapped.lines.append(Line(self.table, row, found.key, label))
            if filled:  # a line left blank beside the filled one asks nobody anything
                self._refuse(row, filled, "MAP-010", number=number or label)
                self.finder.astray = True
        elif not fits:
            self.finder.astray = True
            params = {
                "number": number,
                "label": label,
                "expected": found.label,
                "form": self.plan.form.number,
            }
            self._refuse(row, filled, "MAP-011", **params)
        else:
            self.finder.found(found)
            if filled:
                self.taken.add(found.key)
            self.mapped.lines.append(Line(self.table, row, found.key, label))
            self._take(row, found, filled)
        return True

    def _holds_codes(self, row: int) -> bool:
        """Whether a row right below the head numbers the columns of a form that prints no numbers there.

        1, 2, 3 without a label, or -1, -2, -3 as Excel makes of them. Where rows have no labels, 1, 2, 3 may
        be figures as well: then only if others stand below.
        """
        if row > self.header.row + 2:
            return False
        filled = self._filled(row)
        codes = [_whole(filled[column].content) for column in sorted(filled)]
        if len(filled) < max(2, len(self.columns)):
            return False
        if codes == [-at for at in range(1, len(codes) + 1)]:
            return True
        if codes != list(range(1, len(codes) + 1)):
            return False
        if self.label_column is None:
            return bool(self._filled(row + 1))
        return len(self._text(row, self.label_column)) < 2

    def _own_row(self, label: str) -> SheetRow | None:
        """A row of the reporter's own, where the plan lets rows be added."""
        own = self.finder.own_row(label, numbered=self.number_column is None)
        if own is None:
            return None
        self.mapped.own_rows.append((self.table, own[0]))
        return own[1]

    def _filled(self, row: int) -> dict[int, GridCell]:
        cells = self.sheet.cells
        return {
            column: cell
            for column in self.columns
            if (cell := cells.get((row, column))) and (cell.content is not None or cell.formula)
        }

    def _take(self, row: int, found: SheetRow, filled: Mapping[int, GridCell]) -> None:
        figures, whole = self.mapped.figures, self.whole
        for column, cell in filled.items():
            name = self.columns[column]
            key = (self.table, found.key, name)
            where = address((row, column))
            content = cell.content
            if type(content) is int and key in whole and -_DIGITS < content < _DIGITS and _is_bare(cell):
                figures[key] = ReadFigure(figure_of(content), where)  # as nearly all are
                continue
            if not found.has(name):
                if not _says_something(cell):
                    continue
                params = {"number": found.number or "", "label": found.label, "form": self.plan.form.number}
                self._refuse(row, {column: cell}, "MAP-008", **params)
                continue
            spot = self.plan.spots.get(key) or spot_of(self.plan.form, found, self.leaves[name])
            if unclear := self._merged(row, column, cell):
                self.mapped.refused += 1
                self._finding(unclear, where, text=cell.shown_text, block=str(cell.merged or ""))
                continue
            computed = key in self.plan.computed
            if computed and cell.content is None and not circular(self.sheet, (row, column)):
                continue  # a total of our own template that nobody reckoned yet
            factor = self.said.factors.get((self.table, name), 1)
            if cell.formula and found.kind == "free" and key not in self.plan.spots:
                self.mapped.own_formulas[key] = times(cell.content, factor), where
            read = read_cell(self.sheet, (row, column), cell, spot, self.said.numbers, factor)
            content = times(cell.content, factor)
            if computed and content is not None and self._total(read, cell):
                self.mapped.totals[key] = ReadTotal(content, where)
                continue
            if read.asked is not None:
                self.mapped.asked.append(Asked(where, str(cell.content), read.asked))
            elif isinstance(cell.content, str) and read.figure.value is not None:
                self.mapped.typed.append(cell.content)
            if read.code:
                self._finding(read.code, where, read.severity, **read.params)
            if read.figure.answered:
                self.mapped.figures[key] = ReadFigure(read.figure, where)

    def _merged(self, row: int, column: int, cell: GridCell) -> str:
        """Why merging leaves open which cell of the form a figure is of: the code of a finding, or ""."""
        sheet = self.sheet
        if cell.hidden and row not in sheet.hidden_rows and column not in sheet.hidden_columns:
            return "CEL-019"  # under a merged block: nobody who sent it saw it
        block = cell.merged
        if block is None:
            return ""
        beside = any(block.left <= other <= block.right for other in self.columns if other != column)
        below = any(
            self._text(other, self.label_column) for other in range(row + 1, min(block.bottom, self.end) + 1)
        )
        return "CEL-018" if beside or below else ""

    def _total(self, read: ReadCell, cell: GridCell) -> bool:
        """Whether a computed cell is reckoned by the file too: held against ours, not written."""
        if cell.error or read.code in _NO_TOTAL:
            return False
        # A reckoned average has more decimals than a typed one; old formats give no formula with it.
        unrounded = read.figure.text is not None and not isinstance(cell.content, str)
        follows = read.figure.state in (State.PENDING, State.OUT_OF_REMIT)  # as its parts do
        return bool(cell.formula) or unrounded or follows

    def _refuse(self, row: int, cells: Mapping[int, GridCell], code: str, /, **params: object) -> None:
        self.mapped.refused += len(cells)
        self._finding(code, address((row, self.label_column or min(self.columns))), **params)

    def _finding(self, code: str, cell: str, severity: Severity = "error", /, **params: object) -> None:
        place = Place(path=self.path, sheet=self.sheet.name, cell=cell)
        self.mapped.findings.append(Finding(code, severity, place, params))

    def _text(self, row: int, column: int | None) -> str:
        if column is None:
            return ""
        content = self.sheet.at(row, column).content
        if isinstance(content, float) and content.is_integer():
            content = int(content)
        return "" if content is None else str(content).strip()


def _whole(content: Content) -> int | None:
    number = str(content).strip()
    return int(float(number)) if re.fullmatch(r"-?\d{1,3}(\.0)?", number) else None


def _says_something(cell: GridCell) -> bool:
    content = "" if cell.content is None else str(cell.content).strip()
    return content not in _SAYS_NOTHING and not _PLACEHOLDER.match(content)


def _whole_numbers(plan: Plan) -> frozenset[CellKey]:
    """The cells of a plan that hold whole numbers and are not computed; the same for every file."""
    known = _WHOLE.get(id(plan))
    if known is None or known[0] is not plan:
        if len(_WHOLE) >= _MOST_PLANS:
            _WHOLE.clear()
        keys = {key for key, spot in plan.spots.items() if not spot.scale and spot.kind != "text"}
        known = _WHOLE[id(plan)] = plan, frozenset(keys - plan.computed.keys())
    return known[1]


def _is_bare(cell: GridCell) -> bool:
    """Whether there is nothing to a cell but its number."""
    return cell.formula is None and cell.merged is None and not (cell.hidden or cell.style.percent)


def _end_of_body(sheet: GridSheet, plan: Plan, table: Table, start: int) -> int:
    """The first row that is none of ``table``: another table's title, a note, place and date, the signers."""
    notes = [fold(note.text.split("{")[0])[:30] for note in plan.form.notes]
    texts = (plan.form.estimate, EXPLANATIONS_TITLE, *plan.form.explanations)
    notes += [fold(text)[:30] for text in texts if text]
    starts = tuple(note for note in notes if len(note.strip(" *-+:.")) > 3)
    titles = {fold(signer.title) for signer in plan.form.signatures}
    titles |= {fold(other.title) for other in plan.form.tables if other.title and other.key != table.key}
    for (row, _), text in sheet.texts():
        folded = fold(text)
        if row >= start and (
            folded in titles or _DATE_LINE.search(folded) or (starts and folded.startswith(starts))
        ):
            return row
    return sheet.last_row + 1
