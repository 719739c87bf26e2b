"""Which cell of a worksheet is which cell of a form: by codes, labels and numbers, never by position."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from judapp.domain.catalogue import Table
from judapp.domain.cell_name import address
from judapp.domain.entry import from_cell
from judapp.domain.figure import Figure, State, unreadable, words
from judapp.domain.finding import Finding, Place
from judapp.domain.layout import EXPLANATIONS_TITLE
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.rows import OwnRow, SheetRow, free_key
from judapp.domain.shape import CellKey, Plan, spot_of
from judapp.domain.stubs import stub_places
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.header import Header, find_header
from judapp.excel.slots import read_slots
from judapp.text import clean, fold

_NUMBERED = re.compile(r"\s*([IVXLC]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s+(.*)", re.IGNORECASE | re.DOTALL)
_DATE_LINE = re.compile(r"ngay\W.*thang\W.*nam")
_PLACEHOLDER = re.compile(r"[.…\s]*\Z")


class ReadFigure(Struct, frozen=True):
    """A figure and the worksheet cell it comes from."""

    figure: Figure
    cell: str


class ReadTotal(Struct, frozen=True):
    """What a file's own formula gives for a computed cell, and where it stands."""

    content: str | float | int
    cell: str


class Mapped(Struct):
    """The figures of one worksheet by cell of the form, rows of its own, and what could not be read."""

    figures: dict[CellKey, ReadFigure] = field(default_factory=dict)
    own_rows: list[tuple[str, OwnRow]] = field(default_factory=list)
    """Free rows the file has and the sheet has not yet, by table."""
    findings: list[Finding] = field(default_factory=list)
    totals: dict[CellKey, ReadTotal] = field(default_factory=dict)
    """Computed cells the file reckons by a formula of its own: held against ours, not written."""
    refused: int = 0
    """Cells holding something that was not taken: their rows are not of this form."""

    @property
    def read(self) -> int:
        """Every cell below the header, under a column of the form, that holds something."""
        return len(self.figures) + len(self.totals) + self.refused


def map_sheet(sheet: GridSheet, plan: Plan, path: str) -> Mapped:
    """The figures of ``sheet`` for a form whose rows are those of ``plan``.

    A row that is not of the form, stands twice or bears another label than its number says is left out with a
    finding; a table whose columns are not found gives nothing (MAP-005).
    """
    mapped = Mapped()
    start = 1
    for table in plan.form.tables:
        header = find_header(sheet, table, start)
        if header.missing:
            params = {
                "form": plan.form.number,
                "matched": len(table.leaves) - header.missing,
                "columns": len(table.leaves),
            }
            place = Place(path=path, sheet=sheet.name)
            mapped.findings.append(Finding("MAP-005", "error", place, params))
        else:
            start = _Body(sheet, plan, table, path, header, mapped).read()
    for slot, (text, cell) in read_slots(sheet, plan.form.notes, start).items():
        mapped.figures[NOTES_TABLE, slot, ""] = ReadFigure(words(text), cell)
    return mapped


class _Body:
    """Walks the rows below a header, finding each printed row near the one found last."""

    def __init__(
        self, sheet: GridSheet, plan: Plan, table: Table, path: str, header: Header, mapped: Mapped
    ) -> None:
        self.sheet, self.plan, self.path, self.mapped = sheet, plan, path, mapped
        self.table = table.key
        self.header = header
        self.columns = header.columns
        self.leaves = table.leaf_by_name
        self.plans = table.rows
        by_stub = {index: column for column, index in header.stubs.items()}
        left = min(header.columns) - len(table.stub)
        places = stub_places(table.stub)
        self.number_column, self.label_column = (
            None if place is None else by_stub.get(place, left + place)
            for place in (places.number, places.label)
        )
        self.rows = plan.rows[table.key]
        self.free = self._free_parents(table)
        self.end = _end_of_body(sheet, plan, table, header.row + 1)
        self.seen: set[str] = set()
        """Rows found so far, and of these those that held something."""
        self.taken: set[str] = set()
        self.last = ""
        self.added = 0

    def _free_parents(self, table: Table) -> set[str]:
        """Keys of the rows under which rows of the reporter's own may stand; "" at the top."""
        found = {"" for row in table.rows if row.kind == "free"}
        for row in self.rows:
            if row.kind != "free" and any(child.kind == "free" for child in row.plan.children):
                found.add(row.key)
        return found

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
            if filled:
                self._take(row, self.rows[0], filled)
                return row + 1
        return self.header.row + 1

    def _row(self, row: int) -> bool:
        number = self._text(row, self.number_column)
        label = self._text(row, self.label_column)
        filled = self._filled(row)
        if not number and not label:
            if filled:
                self._refuse(row, filled, "MAP-008", number="", label="", form=self.plan.form.number)
            return bool(filled)
        found, fits = self._find(number, label)
        if found is None:
            found = self._own_row(label, filled)
            fits = True
        if found is None:
            if filled and not _PLACEHOLDER.match(label):
                self._refuse(row, filled, "MAP-008", number=number, label=label, form=self.plan.form.number)
            return bool(filled)
        if found.key in self.taken:
            if filled:  # a line left blank beside the filled one asks nobody anything
                self._refuse(row, filled, "MAP-010", number=number or label)
        elif not fits:
            params = {
                "number": number,
                "label": label,
                "expected": found.label,
                "form": self.plan.form.number,
            }
            self._refuse(row, filled, "MAP-011", **params)
        else:
            self.seen.add(found.key)
            if filled:
                self.taken.add(found.key)
            self.last = found.key
            self._take(row, found, filled)
        return True

    def _find(self, number: str, label: str) -> tuple[SheetRow | None, bool]:
        """The plan's row and whether its label is the one printed.

        The label decides, the printed number among rows of the same label; near the row found last first, for
        numbering and labels ("- Nam") come again in every group.
        """
        inner = _NUMBERED.match(label) if not number else None
        if inner is not None:
            number, label = inner[1], inner[2]
        wanted = fold(label).strip(" -–+:")
        same = [row for row in self.rows if _plain(row.label) == wanted] if wanted else []
        numbered = [row for row in same if number and row.number == number.strip(" .)")]
        nearest = self._nearest(numbered or same)
        if nearest is not None:
            return nearest, True
        if inner is not None:  # "I. Thừa phát lại" may be a label as it stands
            whole = [row for row in self.rows if _plain(row.label) == fold(f"{inner[0]}").strip()]
            if whole:
                return self._nearest(whole), True
        by_number = [r for r in self.rows if number and r.number == number.strip(" .)") and r.kind != "unit"]
        return self._nearest([row for row in by_number if row.key not in self.seen or not label]), not label

    def _nearest(self, rows: list[SheetRow]) -> SheetRow | None:
        """The row closest to the one found last: below, beside, beside its groups; unseen ones first."""
        if not rows:
            return None
        parts = self.last.split(".") if self.last else []

        def distance(row: SheetRow) -> tuple[bool, int]:
            own = row.key.split(".")
            common = 0
            while common < min(len(own) - 1, len(parts)) and own[common] == parts[common]:
                common += 1
            return row.key in self.seen, -common

        return min(rows, key=distance)

    def _own_row(self, label: str, filled: Mapping[int, GridCell]) -> SheetRow | None:
        """A row of the reporter's own, where the plan lets rows be added; only one that holds something."""
        if not filled or not label or _PLACEHOLDER.match(label):
            return None
        parents = [
            key for key in self.free if key == "" or self.last == key or self.last.startswith(f"{key}.")
        ]
        if not parents:
            return None
        parent = max(parents, key=len)
        plans = self.plans if not parent else next(r for r in self.rows if r.key == parent).plan.children
        plan = next(child for child in plans if child.kind == "free")
        self.added += 1
        known = sum(row.kind == "free" for row in self.rows)
        own = OwnRow(free_key(parent), parent, known + self.added, None, clean(label))
        self.mapped.own_rows.append((self.table, own))
        return SheetRow(own.key, "free", own.label, None, 0, plan, None, frozenset(plan.only) or None)

    def _filled(self, row: int) -> dict[int, GridCell]:
        return {
            column: cell
            for column in self.columns
            if (cell := self.sheet.at(row, column)).content is not None or cell.formula
        }

    def _take(self, row: int, found: SheetRow, filled: Mapping[int, GridCell]) -> None:
        for column, cell in filled.items():
            name = self.columns[column]
            key = (self.table, found.key, name)
            where = address((row, column))
            if not found.has(name):
                params = {"number": found.number or "", "label": found.label, "form": self.plan.form.number}
                self._refuse(row, {column: cell}, "MAP-008", **params)
                continue
            spot = spot_of(self.plan.form, found, self.leaves[name])
            if cell.error:
                figure = unreadable(str(cell.content))
                self._finding("CEL-008", where, text=str(cell.content))
            elif cell.content is None:
                if key in self.plan.computed:
                    continue  # a total of our own template that nobody reckoned yet
                figure = unreadable(str(cell.formula))
                self._finding("CEL-009", where, text=str(cell.formula))
            else:
                figure = from_cell(cell.content, spot)
                # A reckoned average has more decimals than a typed one; old formats give no formula with it.
                unrounded = figure.text is not None and not isinstance(cell.content, str)
                follows = figure.state in (State.PENDING, State.OUT_OF_REMIT)  # as its parts do
                if key in self.plan.computed and (cell.formula or unrounded or follows):
                    self.mapped.totals[key] = ReadTotal(cell.content, where)
                    continue
                if figure.text is not None and spot.kind != "text":
                    self._finding("CEL-001", where, text=figure.text)
            if figure.answered:
                self.mapped.figures[key] = ReadFigure(figure, where)

    def _refuse(self, row: int, cells: Mapping[int, GridCell], code: str, **params: object) -> None:
        self.mapped.refused += len(cells)
        self._finding(code, address((row, self.label_column or min(self.columns))), **params)

    def _finding(self, code: str, cell: str, **params: object) -> None:
        place = Place(path=self.path, sheet=self.sheet.name, cell=cell)
        self.mapped.findings.append(Finding(code, "error", place, params))

    def _text(self, row: int, column: int | None) -> str:
        if column is None:
            return ""
        content = self.sheet.at(row, column).content
        if isinstance(content, float) and content.is_integer():
            content = int(content)
        return "" if content is None else str(content).strip()


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


def _plain(label: str) -> str:
    return fold(label).strip(" -–+:")
