"""From a department's workbook to what it says: communes old and new, offices, rooms, persons, obligations.

Every row is either understood as a whole or told with its cell; an entry is never left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from judapp.app import commune_names as communes
from judapp.app import unit_list_words as words
from judapp.app.unit_list_communes import CommuneReader
from judapp.app.unit_list_rows import (
    COUNTED,
    LISTED,
    NUMERAL,
    TOTAL,
    SheetReader,
    entries,
    is_foot,
    is_numbered,
    row_words,
)
from judapp.app.unit_list_said import (
    ListSaid,
    OldSaid,
    OwedSaid,
    PersonSaid,
    SheetSaid,
    Spot,
    UnitSaid,
)
from judapp.domain.unit import AGENCY, ROOM
from judapp.excel.grid import GridSheet
from judapp.excel.letters import in_unicode
from judapp.excel.list_table import ListRow, ListTable, find_list, is_empty
from judapp.excel.reader import read_workbook
from judapp.text import clean, fold

_MISSING = {
    words.NAME: "UNL-column-name",
    words.ROOM_NAME: "UNL-column-room",
    words.PERSON: "UNL-column-person",
    words.FORMS: "UNL-column-forms",
}
_FORM_LIST = re.compile(r"\s*(?:[,;\n+]|\s(?:và|va)\s)\s*", re.IGNORECASE)


def read_list(path: Path) -> ListSaid:
    """What the workbook at ``path`` says, in any format imports read; raises FIL-… where none can."""
    said = ListSaid(path.name)
    grids = []
    for made in in_unicode(read_workbook(path)):
        grids.append(made.sheet)
        if made.letters:
            first, n = made.letters[0], len(made.letters)
            spot = Spot(made.sheet.name, first.cell)
            said.say("UNL-letters", "info", spot, charset=first.charset, n=n, text=first.after)
        for doubt in made.doubts:
            said.say("UNL-doubt", "error", Spot(made.sheet.name, doubt.cell), text=doubt.text)
    return _said_by(said, grids)


def _said_by(said: ListSaid, grids: Iterable[GridSheet]) -> ListSaid:
    """Add what worksheets say."""
    for grid in grids:
        if not is_empty(grid):
            _Sheet(said, grid).read()
    if not said.sheets and not any(finding.severity == "error" for finding in said.findings):
        said.say("UNL-nothing", "error", None)
    return said


class _Sheet(SheetReader):
    """One worksheet while it is read."""

    def __init__(self, said: ListSaid, grid: GridSheet) -> None:
        super().__init__(said)
        self.grid = grid

    def read(self) -> None:
        table = find_list(self.grid, words.role_of, words.needed)
        if table is None:
            if _looks_like_a_list(self.grid):
                self.said.say("UNL-no-head", "error", Spot(self.grid.name, "A1"))
            return
        table = _turned(table)
        roles = frozenset(column.role for column in table.columns if column.role)
        heads = " ".join(column.label for column in table.columns)
        above = [cell.text for cell in table.above]
        kind = words.sheet_kind(table.sheet, above, roles, heads)
        if not kind:
            self.said.say("UNL-kind", "error", Spot(table.sheet, table.columns[0].cell))
            return
        if not self._clear(table, kind):
            return
        for cell in table.unreadable:
            self.said.say("UNL-no-value", "error", Spot(table.sheet, cell.cell), text=cell.text)
        unread = [column.label for column in table.columns if not column.role]
        if unread:
            spot = Spot(table.sheet, table.columns[0].cell)
            self.said.say("UNL-unread-columns", "info", spot, columns="; ".join(unread))
        hidden = [row.number for row in table.rows if row.hidden]
        if hidden:
            self.said.say("UNL-hidden", "info", Spot(table.sheet, f"A{hidden[0]}"), n=len(hidden))
        said = communes.day_of_title(above)
        if said is not None and kind == words.COMMUNES:
            self.said.since = said
        before = len(self.said.units) + len(self.said.persons) + len(self.said.owed)
        {
            words.COMMUNES: lambda table, _: CommuneReader(self.said).read(table),
            words.OFFICES: self._offices,
            words.AGENCIES: self._offices,
            words.ROOMS: self._rooms,
            words.PERSONS: self._persons,
            words.OWED: self._owed,
        }[kind](table, kind)
        after = len(self.said.units) + len(self.said.persons) + len(self.said.owed)
        self.said.sheets.append(SheetSaid(table.sheet, kind, after - before))

    def _clear(self, table: ListTable, kind: str) -> bool:
        """Whether each needed column is there once; else says so."""
        name = {words.ROOMS: (words.ROOM_NAME, words.NAME), words.PERSONS: (words.PERSON, words.NAME)}
        wanted = name.get(kind, (words.FORMS,) if kind == words.OWED else (words.NAME,))
        spot = Spot(table.sheet, table.columns[0].cell)
        if not any(table.column(role) for role in wanted):
            self.said.say(_MISSING[wanted[0]], "error", spot)
            return False
        once = (words.NAME, words.CODE, words.OLD_NAME, words.OLD_CODE, words.FROM, words.TO)
        for role in once:
            if table.count(role) > 1:
                twice = [column.label for column in table.columns if column.role == role]
                at = Spot(table.sheet, [c.cell for c in table.columns if c.role == role][1])
                self.said.say("UNL-two-columns", "error", at, columns=" | ".join(twice))
                return False
        return True

    # --- offices, agencies, rooms, persons

    def _offices(self, table: ListTable, kind: str) -> None:
        for row in self._rows(table, words.NAME):
            cell = row.get(table.column(words.NAME))
            name, spot = clean(COUNTED.sub("", cell.text)), Spot(table.sheet, cell.cell)
            stated = row.get(table.column(words.TYPE)).text
            if kind == words.OFFICES:
                own, subkind = words.office_kind(name, stated or self.type or table.sheet)
                if not own:
                    self.said.say("UNL-office", "error", spot, name=name)
                    continue
            else:
                own, subkind = AGENCY, clean(stated) or words.DEPARTMENTS
            since = self.day(row.get(table.column(words.FROM)), table.sheet)
            until = self.day(row.get(table.column(words.TO)), table.sheet)
            was = row.get(table.column(words.OLD_NAME))
            # Names of offices bear commas and "và" themselves: several are told apart by ; or lines.
            olds = [clean(old) for old in re.split(r"[;\n]", was.text) if clean(old)]
            self.said.units.append(
                UnitSaid(
                    own,
                    name,
                    spot,
                    subkind,
                    clean(row.get(table.column(words.CODE)).text),
                    since,
                    until,
                    tuple(OldSaid(old, Spot(table.sheet, was.cell)) for old in olds),
                )
            )

    def _rooms(self, table: ListTable, _: str) -> None:
        role = words.ROOM_NAME if table.column(words.ROOM_NAME) else words.NAME
        for row in self._rows(table, role):
            cell = row.get(table.column(role))
            name, spot = clean(COUNTED.sub("", cell.text)), Spot(table.sheet, cell.cell)
            since = self.day(row.get(table.column(words.FROM)), table.sheet)
            until = self.day(row.get(table.column(words.TO)), table.sheet)
            code = clean(row.get(table.column(words.CODE)).text)
            self.said.units.append(UnitSaid(ROOM, name, spot, "phòng", code, since, until))
            people = row.get(table.column(words.PERSON))
            for person in filter(None, map(clean, LISTED.split(people.text))):
                self.said.persons.append(PersonSaid(person, Spot(table.sheet, people.cell), name))

    def _persons(self, table: ListTable, _: str) -> None:
        role = words.PERSON if table.column(words.PERSON) else words.NAME
        for row in self._rows(table, role):
            cell = row.get(table.column(role))
            room = clean(row.get(table.column(words.ROOM_NAME)).text)
            spot = Spot(table.sheet, cell.cell)
            self.said.persons.append(PersonSaid(clean(COUNTED.sub("", cell.text)), spot, room))

    # --- obligations

    def _owed(self, table: ListTable, _: str) -> None:
        for row in self._rows(table, words.FORMS):
            cell = row.get(table.column(words.FORMS))
            forms = tuple(filter(None, map(clean, _FORM_LIST.split(cell.text))))
            self.said.owed.append(
                OwedSaid(
                    clean(row.get(table.column(words.NAME)).text),
                    forms,
                    Spot(table.sheet, cell.cell),
                    self.day(row.get(table.column(words.FROM)), table.sheet),
                    self.day(row.get(table.column(words.TO)), table.sheet),
                    clean(row.get(table.column(words.ROOM_NAME)).text),
                    clean(row.get(table.column(words.PERSON)).text),
                )
            )

    # --- what all have in common

    def _rows(self, table: ListTable, role: str) -> Iterator[ListRow]:
        """The rows with an entry; lines that head groups and what stands below the list are left out."""
        last = 0
        for row, alone in entries(table):
            cell = row.get(table.column(role))
            if alone is not None and (re.match(r"[IVXLC]+\s*[.)]", alone) or TOTAL.match(fold(alone))):
                self.type = NUMERAL.sub("", alone)
                continue
            apart = last > 0 and row.number > last + 1
            below = not is_numbered(table, row) and (is_foot(table, row) or (apart and alone is not None))
            if not cell.text or below:
                if not below:
                    self.said.say(
                        "UNL-row", "error", Spot(table.sheet, f"A{row.number}"), text=row_words(row)
                    )
                continue
            last = row.number
            yield row


def _turned(table: ListTable) -> ListTable:
    """Of two columns of names (or codes) of which one says "mới", the other one is that of old units."""
    columns = list(table.columns)
    for role, old in ((words.NAME, words.OLD_NAME), (words.CODE, words.OLD_CODE)):
        same = [column for column in columns if column.role == role]
        new = [
            column for column in same if re.search(r"\bmoi\b|\bsau\b|hien nay|nhap vao", fold(column.label))
        ]
        if len(same) == 2 and len(new) == 1 and table.column(old) is None:
            [other] = [column for column in same if column is not new[0]]
            columns[columns.index(other)] = replace(other, role=old)
    return replace(table, columns=tuple(columns))


def _looks_like_a_list(grid: GridSheet) -> bool:
    """Whether at least three rows hold two cells or more: leaving it out would leave entries out."""
    rows: dict[int, int] = {}
    for (row, _), cell in grid.cells.items():
        if cell.content not in (None, ""):
            rows[row] = rows.get(row, 0) + 1
    return sum(count >= 2 for count in rows.values()) >= 3
