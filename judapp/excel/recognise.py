"""What a worksheet prints about itself: number of the form, unit, period, days, and in which cells.

Only what stands there is read; which form, unit and period of this data file that means is decided elsewhere
(``app/import_matching.py``). Labels come in every habit: on one line with their value, in the cell before it,
in the cell above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from judapp.domain.cell_name import Position, address
from judapp.domain.period import Period, Span
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.imprint import printed_of
from judapp.excel.periods import is_other_time, period_of
from judapp.text import clean, fold

__all__ = ["Header", "Said", "number_key", "period_of", "read_header"]

Topic = Literal["number", "weak_number", "unit", "receiver", "period", "days", "office", "place", "time"]

_NUMBER = re.compile(
    r"\W*(?:ký\s+hiệu\s+)?(?:bi[ểêe]u(?:\s+m[ẫâa]u)?|m[ẫâa]u(?:\s+bi[ểêe]u)?)\s*(?P<so>s[ốôo])?\s*[:：.]?\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"\d{1,3}\s?[a-zđ]?(?![\w.,])(?:\s*[/–—-]\s*\w[\w.]*)*", re.IGNORECASE)
_LABELLED: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "receiver",
        re.compile(r"\W*(?:đơn vị|cơ quan|nơi)\s+(?:tiếp\s+)?nhận(?:\s+báo cáo)?\s*[:：]?\s*(.*)", re.I),
    ),
    (
        "unit",
        re.compile(
            r"\W*(?:tên\s+)?(?:(?:đơn vị|cơ quan|tổ chức)\s+(?:gửi\s+|lập\s+|thực hiện\s+)?(?:báo cáo|bc)"
            r"|(?:đơn vị|cơ quan|nơi)\s+(?:gửi|nộp|lập)(?:\s+biểu)?|tên (?:đơn vị|cơ quan|tổ chức)"
            r"|đơn vị(?=\s*[:：]))\s*[:：]?\s*(.*)",
            re.I,
        ),
    ),
    ("period", re.compile(r"\W*(?:kỳ báo cáo|kỳ bc|kì báo cáo|kỳ số liệu)\s*[:：]?\s*(.*)", re.I)),
)
_OFFICE = re.compile(
    r"\W*(?:ubnd|uy ban nhan dan|van phong cong chung|vpcc|phong cong chung|phong cc|so tu phap|phong tu phap"
    r"|(?:chi )?cuc thi hanh an|thi hanh an dan su|(?:xa|phuong|thi tran)(?= )|trung tam tro giup phap ly"
    r")"
)
_MUCH = 90
"""Letters a line of a letterhead has at most; longer ones are sentences."""
_PLACE = re.compile(r"\W*(?P<place>[^,;:()]{2,60}?)\s*,\s*ngay\W.*thang\W.*nam")
_ABOUT_LAW = re.compile(
    r"thong tu|quyet dinh|nghi dinh|ban hanh|cong van|ngay nhan|\bluat\b|\bngay\b|ke hoach|nghi quyet|nguon"
    r"|lay tu|so voi|cong bo"
)
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DAY = r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})"
_SPAN = re.compile(
    rf"(?:từ\s*(?:ngày)?\s*[:：]?\s*)?{_DAY}\s*(?:đến|–|—|-|tới)\s*(?:hết\s+)?(?:ngày)?\s*[:：]?\s*{_DAY}",
    re.IGNORECASE,
)
_DAYS_BEHIND = re.compile(r"[\s(,;]*từ\s+(?:ngày\b|\d).*", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:xa|phuong|thi tran|dac khu|huyen|quan|tinh|thanh pho|thi xa|so) ")
_MAY_SAY = re.compile(r"^\W*[BbMmKk]|,\s*ng", re.IGNORECASE)
"""Lines that may be a number or a place and date, wherever they stand."""
_MOST_ROWS = 25
"""Rows from the first text on in which a letterhead, a title or days are looked for."""
_LONGEST_NUMBER = 30
_BLANK = re.compile(r"[\s.…_\-–:]*\Z")


class Said(Struct, frozen=True):
    """Words and the cell they stand in."""

    text: str
    cell: str
    row: int = 0


class Header(Struct, frozen=True):
    """What a worksheet says about itself; "" and None where it says nothing."""

    number: str
    unit: str
    period_text: str
    period: Period | None
    span: Span
    number_cell: str = ""
    numbers: tuple[Said, ...] = ()
    """Every number printed as such, top to bottom: two mean two forms on one sheet."""
    weak_numbers: tuple[Said, ...] = ()
    """Numbers in a title or without "số" ("Biểu 17a"), which columns must bear out."""
    unit_cell: str = ""
    offices: tuple[Said, ...] = ()
    """Names in the letterhead ("UBND XÃ NGHI LỘC"), top to bottom."""
    places: tuple[Said, ...] = ()
    """Places of "Nghi Lộc, ngày … tháng … năm …"."""
    period_cell: str = ""
    other_time: bool = False
    """Whether the period says a time no report is for, as a quarter."""
    span_cell: str = ""


class _Line(Struct, frozen=True):
    """What one printed line begins, and the value behind it."""

    topic: Topic
    value: str


@lru_cache(16384)
def _topic(line: str) -> _Line | None:
    """What a line says; the same lines stand in every unit's workbook."""
    if len(line) > 300:
        return None
    folded = fold(line)
    if not folded or (len(folded) < 40 and folded.replace(".", "").replace(",", "").isdigit()):
        return None
    if folded.startswith(("bieu", "mau", "(bieu", "ky hieu")) and (found := _NUMBER.match(line)):
        value = clean(found["value"])
        if found["so"]:
            return _Line("number", "" if _BLANK.match(value) else value)
        if code := _CODE.match(value):
            return _Line("number" if "/" in code[0] else "weak_number", code[0])
    for topic, pattern in _LABELLED:
        found = pattern.match(_DAYS_BEHIND.sub("", line) if topic == "period" else line)
        if found and (topic != "unit" or not folded.startswith("don vi:") or _is_office(found[1])):
            return _Line(topic, "" if _BLANK.match(found[1]) else clean(found[1]).strip(" .…;"))
    if "tu ngay" in folded or _SPAN.search(line):
        return _Line("days", line)
    if _PLACE.match(folded):
        return _Line("place", clean(line[: line.find(",")]))
    if len(folded) <= _MUCH and _is_office(line):
        return _Line("office", clean(line))
    if len(folded) <= 2 * _MUCH and not _ABOUT_LAW.search(folded):
        years = set(_ANY_YEAR.findall(folded))
        if len(years) == 1 and (period_of(line) or is_other_time(line)):
            return _Line("time", clean(line))
    return None


def _is_office(line: str) -> bool:
    """Whether a line begins as an office's name does; "Sở" is told from "Số" by its marks."""
    return bool(_OFFICE.match(fold(line))) or line.strip().casefold().startswith("sở ")


def read_header(sheet: GridSheet) -> Header:
    """The header blocks of ``sheet``, wherever they stand."""
    return _Reading(sheet).header()


class _Reading:
    """Goes through a sheet's lines once and keeps what was said first."""

    def __init__(self, sheet: GridSheet) -> None:
        self.sheet = sheet
        self.numbers: list[Said] = []
        self.weak: list[Said] = []
        self.offices: list[Said] = []
        self.places: list[Said] = []
        self.times: list[Said] = []
        self.unit = self.period = Said("", "")
        self.span, self.span_cell = Span(None, None), ""
        self.top = 0
        self._positions: list[Position] = []
        self._printed = printed_of(sheet)

    def header(self) -> Header:
        for position, content in self._texts():
            self.top = self.top or position[0]
            lines = content.split("\n")
            far = position[0] - self.top > 2 * _MOST_ROWS
            for line, following in zip(lines, [*lines[1:], ""], strict=True):
                if far and not _MAY_SAY.search(line):
                    continue  # a list of a hundred thousand lines says nothing below its head
                found = _topic(line)
                if found is not None:
                    self._take(_continued(found, following), position, line)
        stated = self.period if self.period.text else self._time()
        number = next((said for said in self.numbers if said.text), Said("", ""))
        return Header(
            number=number.text,
            unit=self.unit.text,
            period_text=stated.text,
            period=period_of(stated.text),
            span=self.span,
            number_cell=number.cell,
            numbers=tuple(said for said in self.numbers if said.text),
            weak_numbers=tuple(self.weak),
            unit_cell=self.unit.cell,
            offices=tuple(self.offices),
            places=tuple(self.places),
            period_cell=stated.cell,
            other_time=is_other_time(stated.text),
            span_cell=self.span_cell,
        )

    def _texts(self) -> Iterator[tuple[Position, str]]:
        """The texts in reading order; of a look that is known, only those that say something."""
        printed = self._printed
        if printed is None:
            return self.sheet.texts()
        look = printed.imprint
        if look.topics is None:
            said = (at for at, text in look.in_order if any(map(_topic, text.split("\n"))))
            look.topics = frozenset(said)
        self.top = look.in_order[0][0][0] if look.in_order else 0
        return iter([(at, printed.word_at(at)) for at in sorted(look.topics.union(printed.others))])

    def _take(self, found: _Line, position: Position, line: str) -> None:
        near = position[0] - self.top < _MOST_ROWS
        said = Said(found.value, address(position), position[0])
        match found.topic:
            case "number":
                self.numbers.append(said if said.text else self._number_beside(position))
            case "weak_number" if near:
                self.weak.append(said)
            case "unit" if not self.unit.text and near:
                self.unit = said if said.text else self._beside(position)
            case "period" if not self.period.text:
                self.period = said if said.text else self._period_beside(position)
                if not self.span.stated and _SPAN.search(line):
                    self._days(position, line)
            case "days" if not self.span.stated and near:
                self._days(position, line)
            case "office" if near:
                self.offices.append(said)
            case "place":
                self.places.append(said)
            case "time" if near:
                self.times.append(said)

    def _time(self) -> Said:
        """The period of a title without "Kỳ báo cáo"; nothing where two titles say two."""
        meant = {(period_of(said.text), is_other_time(said.text)) for said in self.times}
        return self.times[0] if len(meant) == 1 else Said("", "")

    def _beside(self, position: Position) -> Said:
        """The value of a label that ends its cell: in the next filled cell to the right, else below."""
        for at in (self._right_of(position), self._below(position)):
            if at is None:
                continue
            text = self._at(at).shown_text
            line = text.split("\n")[0]
            if not _BLANK.match(line) and _topic_name(line) in (None, "office", "time", "weak_number"):
                return Said(clean(line), address(at), at[0])
        return Said("", "")

    def _number_beside(self, position: Position) -> Said:
        """The number in the next cell; a title that stands there is none."""
        found = self._beside(position)
        is_number = bool(_CODE.match(found.text)) or (
            " " not in found.text and len(found.text) <= _LONGEST_NUMBER
        )
        return found if is_number else Said("", "")

    def _period_beside(self, position: Position) -> Said:
        """The period in the next cell; days or a receiver that stand there are none."""
        found = self._beside(position)
        return found if period_of(found.text) or is_other_time(found.text) else Said("", "")

    def _right_of(self, position: Position) -> Position | None:
        places = self._places(position[0])
        for at in places[bisect_left(places, (position[0], position[1] + 1)) :]:
            if at[0] != position[0]:
                return None
            if self._at(at).content is not None:
                return at
        return None

    def _places(self, row: int) -> list[Position]:
        """The cells in reading order; of a look that is known, those of its head where that has the row."""
        if self._printed is not None and row < self._printed.head_end:
            return self._printed.imprint.head_order
        self._positions = self._positions or sorted(self.sheet.cells)
        return self._positions

    def _at(self, position: Position) -> GridCell:
        printed = self._printed
        return self.sheet.at(*position) if printed is None else printed.cell_at(position, self.sheet)

    def _below(self, position: Position) -> Position | None:
        merged = self._at(position).merged
        at = ((merged.bottom if merged else position[0]) + 1, position[1])
        return at if self._at(at).content is not None else None

    def _days(self, position: Position, line: str) -> None:
        found = _SPAN.search(line)
        if found is None:  # the days may stand in cells of their own, as dates
            found = _SPAN.search(" ".join(self._row(position)))
        if found is not None:
            self.span = _span(found)
            self.span_cell = address(position)

    def _row(self, position: Position) -> Iterator[str]:
        at: Position | None = position
        while at is not None:
            yield self._at(at).shown_text
            at = self._right_of(at)


def _continued(found: _Line, following: str) -> _Line:
    """A labelled value with the line below it, where only the two together are a name or a period."""
    both = f"{found.value} {clean(following)}".strip()
    if found.topic == "unit" and found.value and _GOES_ON.match(fold(following)):
        return _Line("unit", both)
    if found.topic == "period" and found.value and period_of(found.value) is None and period_of(both):
        return _Line("period", both)
    return found


def _topic_name(line: str) -> Topic | None:
    found = _topic(line)
    return found.topic if found else None


def _span(found: re.Match[str]) -> Span:
    day, month, year, to_day, to_month, to_year = (int(part) for part in found.groups())
    try:
        return Span(date(year, month, day), date(to_year, to_month, to_day))
    except ValueError:
        return Span(None, None)


_DASHES: Mapping[int, str] = {ord(sign): "/" for sign in "-–—‐‑⁄\\"}


@lru_cache(4096)
def number_key(number: str) -> str:
    """A printed number for comparing: "17 a / BTP–HTQTCT" and "17A/BTP/HTQTCT" are one, "01" is "1"."""
    key = re.sub(r"\s+", "", fold(number)).translate(_DASHES).strip("/.:,;()[]")
    return re.sub(r"^0+(?=\d)", "", key)
