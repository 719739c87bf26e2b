"""Which form, unit and period a worksheet is: read from what it prints, never from file or sheet names."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from judapp.domain.period import Period, Span
from judapp.excel.grid import GridSheet
from judapp.text import clean, fold

_NUMBER = re.compile(r"bi[eể]u\s*(?:s[oố]|m[aẫ]u(?:\s*s[oố])?)?\s*[:：]?\s*(\S.*)", re.IGNORECASE)
_UNIT = re.compile(r"đơn vị báo cáo\s*[:：]?\s*(.*)", re.IGNORECASE)
_PERIOD = re.compile(r"kỳ báo cáo\s*[:：]\s*(.*)", re.IGNORECASE)
_ENFORCEMENT = re.compile(r"(\d{1,2}) thang\D*nam thi hanh an (\d{4})")
_HALF = re.compile(r"6 thang(?: dau)?(?: nam)?\D{0,3}(\d{4})")
_PRELIMINARY = re.compile(r"so bo nam\D{0,3}(\d{4})|nam (\d{4}) \(so bo\)")
_YEAR = re.compile(r"nam(?: chinh thuc)?\D{0,3}(\d{4})")
_DAY = r"(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})"
_SPAN = re.compile(rf"từ ngày\s+{_DAY}\s*(?:đến|–|-)\s*(?:hết\s+)?(?:ngày\s+)?{_DAY}", re.IGNORECASE)


class Header(Struct, frozen=True):
    """What a worksheet says about itself; "" and None where it says nothing."""

    number: str
    unit: str
    period_text: str
    period: Period | None
    span: Span


def read_header(sheet: GridSheet) -> Header:
    """The header blocks of ``sheet``, wherever they stand."""
    number = unit = period = ""
    span = Span(None, None)
    for _, text in sheet.texts():
        for line in text.split("\n"):
            if not number and (found := _NUMBER.match(line)) and fold(line).startswith("bieu so"):
                number = clean(found[1])
            elif not unit and (found := _UNIT.match(line)):
                unit = clean(found[1])
            elif not period and (found := _PERIOD.match(line)):
                period = clean(found[1])
            if not span.stated and (found := _SPAN.search(line)):
                span = _span(found)
    return Header(number, unit, period, period_of(period), span)


def _span(found: re.Match[str]) -> Span:
    day, month, year, to_day, to_month, to_year = (int(part) for part in found.groups())
    try:
        return Span(date(year, month, day), date(to_year, to_month, to_day))
    except ValueError:
        return Span(None, None)


def period_of(text: str) -> Period | None:
    """The round a printed period means: "6 tháng đầu năm 2024", "sơ bộ năm 2026"; None if unclear."""
    folded = fold(text)
    if found := _ENFORCEMENT.search(folded):
        months = int(found[1])
        return Period(int(found[2]), f"E{months:02d}") if 1 <= months <= 12 else None
    if found := _HALF.search(folded):
        return Period(int(found[1]), "H1")
    if found := _PRELIMINARY.search(folded):
        return Period(int(found[1] or found[2]), "Y1")
    if found := _YEAR.search(folded):
        return Period(int(found[1]), "Y")
    return None


def unit_names(text: str) -> list[str]:
    """The names a printed unit may stand for, the fullest first: "Sở Tư pháp tỉnh X" also means "tỉnh X"."""
    whole = clean(text)
    shorter = re.sub(
        r"^(sở tư pháp|cục thi hành án dân sự|thi hành án dân sự|ubnd|ủy ban nhân dân)\s+",
        "",
        whole,
        flags=re.IGNORECASE,
    )
    return list(dict.fromkeys([whole, shorter, re.sub(r"\s*\(.*\)\s*$", "", shorter)]))
