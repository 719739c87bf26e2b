"""The round a printed period means, in every way people write it; what is no round is told from it."""

from __future__ import annotations

import re
from functools import lru_cache

from judapp.domain.period import Period
from judapp.text import fold

_YEAR = r"(?<!\d)(20\d\d|19\d\d)(?!\d)"
_ENFORCEMENT = re.compile(rf"(?<!\d)(\d{{1,2}}) thang\D*nam thi hanh an {_YEAR}")
_HALF = re.compile(
    r"(?<![\d./])0?6 ?(?:thang|th|t)\b(?: dau)?(?: cua)?(?: nam)?\W{0,3}(?:nam )?\W{0,2}" + _YEAR
    + rf"|sau thang(?: dau)?(?: cua)?(?: nam)?\W{{0,3}}{_YEAR}"
)  # fmt: skip
_PRELIMINARY = re.compile(
    rf"so bo(?: ca| tron)? ?(?:1 |mot )?nam\D{{0,3}}{_YEAR}|nam {_YEAR}\W{{0,3}}so bo|so bo {_YEAR}"
)
_FINAL = re.compile(
    rf"(?<!\d)(?:nam|12 thang)(?: chinh thuc| bao cao| cua nam| nam)?\D{{0,3}}{_YEAR}"
    rf"|chinh thuc(?: ca| tron)?(?: nam)?\D{{0,3}}{_YEAR}|ca nam\D{{0,3}}{_YEAR}"
)
_BARE = re.compile(rf"\W*{_YEAR}\W*\Z")
_OTHER = re.compile(
    r"\buoc\b|ke hoach|du kien|du bao"
    r"|\bquy\b\W*(?:[ivx]+|\d|mot|hai|ba|bon)\b|\bcuoi nam\b|\bthang \d{1,2}\b|\btuan \d"
    r"|(?<![\d./])(?!(?:0?6|12) ?(?:thang|th|t)\b)\d{1,2} ?(?:thang|th)\b|\bgiai doan\b|nhiem ky"
    r"|(?:ba|chin|bay|tam|muoi|mot|hai|bon|nam) thang"
)


@lru_cache(4096)
def period_of(text: str) -> Period | None:
    """The round a printed period means: "6 tháng đầu năm 2024", "6T/2026", "sơ bộ năm 2026"; None if unclear.

    Two years in one line, a quarter, a month or other months than a round has mean nothing.
    """
    folded = fold(text)
    if found := _ENFORCEMENT.search(folded):
        months = int(found[1])
        return Period(int(found[2]), f"E{months:02d}") if 1 <= months <= 12 else None
    if "thi hanh an" in folded and "thang" in folded:
        return None
    years = set(re.findall(_YEAR, folded))
    if len(years) != 1 or _OTHER.search(folded):
        return None
    year = int(years.pop())
    if _HALF.search(folded):
        return Period(year, "H1")
    if "6 thang" in folded or "6 t" in folded:
        return None
    if _PRELIMINARY.search(folded):
        return Period(year, "Y1")
    if _FINAL.search(folded) or _BARE.match(folded):
        return Period(year, "Y")
    return None


def is_other_time(text: str) -> bool:
    """Whether a text names a time no round is about: "Quý I/2026", "9 tháng năm 2026"."""
    folded = fold(text)
    return "thi hanh an" not in folded and bool(_OTHER.search(folded)) and period_of(text) is None
