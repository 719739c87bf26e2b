"""Communes of a list: new ones, what each was made of, groups of old districts, totals and signers below."""

from __future__ import annotations

import re
from datetime import date

from judapp.app import commune_names as communes
from judapp.app import unit_list_words as words
from judapp.app.unit_list_rows import (
    COUNTED,
    LISTED,
    NUMERAL,
    TOTAL,
    SheetReader,
    entries,
    is_foot,
    is_numbered,
    padded,
    row_words,
)
from judapp.app.unit_list_said import ListSaid, OldSaid, Spot, UnitSaid
from judapp.domain.unit import COMMUNE
from judapp.excel.list_table import ListCell, ListRow, ListTable
from judapp.text import clean, fold


class CommuneReader(SheetReader):
    """A worksheet of communes; heads of groups hold for the rows below them."""

    def __init__(self, said: ListSaid) -> None:
        super().__init__(said)
        self.district = self.province = ""

    def read(self, table: ListTable) -> None:
        """Read every row; a commune may stand over several."""
        name, old = table.column(words.NAME), table.column(words.OLD_NAME)
        follows = name is not None and old is not None and name.index < old.index
        drafts: dict[str, _Draft] = {}
        current: _Draft | None = None
        last = 0
        for row, alone in entries(table):
            only = alone
            if only is None and communes.is_district(row.get(name).text) and not row.get(old).text:
                only = row.get(name).text  # a district with its code
            if only is not None and self._is_line(only):
                current = None
                continue
            if self._is_foot(table, row, gap=0 < last < row.number - 1):
                continue
            here, was = row.get(name), row.get(old)
            spot = Spot(table.sheet, (here if here.text else was).cell or f"A{row.number}")
            if here.text:
                current = self._named(table, row, here, drafts)
            elif not was.text:
                self.said.say("UNL-row", "error", Spot(table.sheet, f"A{row.number}"), text=row_words(row))
                current = None
            elif not follows or current is None:
                self.said.say("UNL-no-new", "error", spot, name=was.text)
                current = None
            last = row.number
            if current is not None and was.text:
                self._add_olds(table, row, was, current)
        self.said.units += [draft.done() for draft in drafts.values()]

    def _named(
        self, table: ListTable, row: ListRow, here: ListCell, drafts: dict[str, _Draft]
    ) -> _Draft | None:
        spot = Spot(table.sheet, here.cell)
        stated = row.get(table.column(words.TYPE)).text
        kind = communes.type_of(stated) or self.type
        full = communes.full_name(COUNTED.sub("", here.text), kind)
        if not communes.is_name(full):
            self.said.say("UNL-type" if full == "" else "UNL-name", "error", spot, name=here.text)
            return None
        if stated and communes.type_of(stated) != communes.kind_words(full):
            self.said.say("UNL-type-differs", "error", spot, name=full, type=stated)
            return None
        code = self.code(row.get(table.column(words.CODE)), table.sheet)
        since = self.day(row.get(table.column(words.FROM)), table.sheet)
        until = self.day(row.get(table.column(words.TO)), table.sheet)
        key = communes.spelled(full)
        known = drafts.get(key)
        if known is None:
            known = drafts[key] = _Draft(full, spot, code, since, until)
        elif code and known.code and code != known.code:
            self.said.say("UNL-two-codes", "error", spot, name=full, one=known.code, other=code)
        else:
            known.code, known.since = known.code or code, known.since or since
            known.until = known.until or until
        return known

    def _add_olds(self, table: ListTable, row: ListRow, was: ListCell, draft: _Draft) -> None:
        if was.cell in draft.read:
            return  # one cell merged over several rows
        draft.read.add(was.cell)
        spot = Spot(table.sheet, was.cell)
        district = row.get(table.column(words.DISTRICT)).text or self.district
        kind = communes.type_of(row.get(table.column(words.OLD_TYPE)).text)
        found = communes.old_units(COUNTED.sub("", was.text), kind, clean(district))
        if found.itself:
            draft.itself = True
        if found.unclear:
            self.said.say("UNL-old", "error", spot, name=found.unclear)
            return
        codes = [code for code in LISTED.split(row.get(table.column(words.OLD_CODE)).text) if code]
        if codes and len(codes) != len(found.units):
            self.said.say("UNL-old-codes", "error", spot, names=len(found.units), codes=len(codes))
            return
        province = row.get(table.column(words.PROVINCE)).text or self.province
        for number, unit in enumerate(found.units):
            code = unit.code or (padded(codes[number]) if codes else "")
            draft.olds.append(OldSaid(unit.name, spot, unit.whole, unit.district, code, clean(province)))

    def _is_line(self, text: str) -> bool:
        """Whether the only words of a row head a group: an old district, a kind, a former province."""
        bare = NUMERAL.sub("", text).strip(" :.")
        if communes.is_district(bare):
            self.district = clean(re.sub(r"\((?:cũ|trước đây)\)", "", bare))
        elif communes.type_of(bare):
            self.type = communes.type_of(bare)
        elif re.match(r"tinh \S", fold(bare)):
            self.province, self.district = clean(bare), ""
        else:
            return bool(TOTAL.match(fold(bare)))
        return True

    def _is_foot(self, table: ListTable, row: ListRow, *, gap: bool) -> bool:
        """Whether a row stands below the list: totals, signers, notes."""
        name = row.get(table.column(words.NAME)).text
        kind = communes.type_of(row.get(table.column(words.TYPE)).text)
        coded = re.fullmatch(r"\d{3,5}", row.get(table.column(words.CODE)).text)
        if is_numbered(table, row) or kind or coded or communes.full_name(name):
            return False
        if is_foot(table, row):
            return True
        rest = (words.CODE, words.TYPE, words.OLD_NAME, words.OLD_CODE, words.FROM)
        if any(row.get(table.column(role)).text for role in rest):
            return False
        return gap and not communes.full_name(name, self.type)


class _Draft:
    """A commune while its rows are read."""

    def __init__(self, name: str, spot: Spot, code: str, since: date | None, until: date | None) -> None:
        self.name, self.spot, self.code, self.since, self.until = name, spot, code, since, until
        self.olds: list[OldSaid] = []
        self.itself = False
        self.read: set[str] = set()

    def done(self) -> UnitSaid:
        return UnitSaid(
            COMMUNE,
            self.name,
            self.spot,
            communes.kind_words(self.name),
            self.code,
            self.since,
            self.until,
            tuple(self.olds),
            self.itself,
        )
