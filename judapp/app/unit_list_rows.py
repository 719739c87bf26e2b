"""Rows of a list as all kinds of lists have them: entries, group lines, what stands below, codes and days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from judapp.app import commune_names as communes
from judapp.app import unit_list_words as words
from judapp.app.unit_list_said import ListSaid, Spot
from judapp.excel.list_table import ListCell, ListRow, ListTable
from judapp.text import clean, fold

FOOT = re.compile(
    r"nguoi lap|(?:pho )?giam doc|(?:pho )?chu tich|noi nhan|ghi chu|(?:.{1,30}, )?ngay .*thang|xac nhan"
    r"|\(?ky(?:,| ten| ghi)|tm\.|kt\.|(?:pho )?truong phong|nguon:"
)
TOTAL = re.compile(r"tong(?: cong| so)?\b|cong\s*(?::|\d|$)")
NUMERAL = re.compile(r"^(?:[ivxlc]{1,5}|[a-z]|\d{1,3})\s*[.)/-]\s*", re.IGNORECASE)
"""What numbers the heads of groups: "I.", "a)", "1."."""
COUNTED = re.compile(r"^\d{1,3}\s*[.)/-]\s*")
"""What numbers entries; letters with a point are kinds: "X. Nghi Lộc", "P. Vinh Tân"."""
LISTED = re.compile(r"\s*[,;\n]\s*")


class SheetReader:
    """One worksheet while its rows are read."""

    def __init__(self, said: ListSaid) -> None:
        self.said = said
        self.type = ""
        """The group the rows stand in, as its head says it."""

    def code(self, cell: ListCell, sheet: str) -> str:
        """The code in a cell; told where it is none."""
        code = clean(cell.text)
        if code and not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.\-_/]{0,19}", code):
            self.said.say("UNL-code", "error", Spot(sheet, cell.cell), code=code)
            return ""
        return padded(code)

    def day(self, cell: ListCell, sheet: str) -> date | None:
        """The day in a cell; told where it is none."""
        day = communes.day_in(cell.text)
        if cell.text and day is None:
            self.said.say("UNL-day", "error", Spot(sheet, cell.cell), text=cell.text)
        return day


def entries(table: ListTable) -> Iterator[tuple[ListRow, str | None]]:
    """Every row with the only words in it, None where several columns hold some."""
    named = {column.index for column in table.columns if column.role not in (words.NUMBER, words.UNUSED)}
    number = table.column(words.NUMBER)
    for row in table.rows:
        texts = {cell.cell: cell.text for index, cell in row.cells.items() if index in named}
        first = row.get(number)
        if first.text and not texts and not re.fullmatch(r"\d+", first.text):
            texts = {first.cell: first.text}  # a group's head written into the column of numbers
        if not texts:
            continue
        only = next(iter(texts.values())) if len(texts) == 1 else None
        yield row, only if not re.fullmatch(r"\d+", first.text) else None


def is_numbered(table: ListTable, row: ListRow) -> bool:
    """Whether a row bears a number of its own, as entries do and signers do not."""
    return bool(re.fullmatch(r"\d+", row.get(table.column(words.NUMBER)).text))


def is_foot(table: ListTable, row: ListRow) -> bool:
    """Whether a total, a signer or a note stands where names do; remarks beside an entry make none."""
    beside = {column.index for column in table.columns if column.role in (words.NOTE, words.UNUSED)}
    told = [fold(cell.text) for index, cell in sorted(row.cells.items()) if index not in beside]
    return bool(told) and (bool(TOTAL.match(told[0])) or any(map(FOOT.match, told)))


def row_words(row: ListRow) -> str:
    """What stands in a row, for telling it."""
    return " · ".join(dict.fromkeys(cell.text for cell in row.cells.values()))[:120]


def padded(code: str) -> str:
    """Official codes of communes have five digits; Excel drops the zeros before a number."""
    return code.zfill(5) if code.isdigit() and len(code) < 5 else code
