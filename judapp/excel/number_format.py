"""Number formats of workbooks: which say percent or day, and what a number looks like under one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from judapp.domain.number import format_vi, round_half_up

DateKind = Literal["", "date", "time", "datetime", "elapsed"]

BUILTIN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The formats Excel numbers without spelling them in the file (ECMA-376 part 1, 18.8.30)."""

# Quoted text, one escaped sign, one sign's width or fill; conditions, colours and languages in brackets.
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SIMPLE = re.compile(r"(#,##)?0(?:\.(0+))?(%)?\Z")
_LONGEST = 255

_FIRST_DAY_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465  # 31/12/9999


@lru_cache(1024)
def _bare(code: str) -> str:
    """The first section of a format without what only decorates."""
    return _LITERAL.sub("", code[:_LONGEST]).partition(";")[0]


def is_percent(code: str) -> bool:
    """Whether a format multiplies by a hundred: "0.00%", but not '0" %"'."""
    return "%" in _bare(code)


def date_kind(code: str) -> DateKind:
    """What a format makes of a number: a day, a time, both, a span of time, or "" for a plain number."""
    bare = _bare(code).casefold()
    if bare == "general":
        return ""
    if _ELAPSED.search(bare):
        return "elapsed"
    day, hour = any(c in bare for c in "yd"), any(c in bare for c in "hs")
    if day and hour:
        return "datetime"
    if day or ("m" in bare and not hour):
        return "date"
    return "time" if hour else ""


def date_text(number: float, kind: DateKind, *, from_1904: bool = False) -> str | None:
    """The day or time Excel shows for ``number``: ``dd/mm/yyyy``, ``hh:mm``, or both.

    None where Excel shows only ####. Day 60 of the older system is Excel's own 29/02/1900.
    """
    if not 0 <= number <= _LAST_SERIAL + 1:
        return None
    if kind == "date":
        return _day(int(number), from_1904)
    seconds = round(number * 86_400)
    if kind == "elapsed":
        return _clock(seconds)
    days, seconds = divmod(seconds, 86_400)
    clock = _clock(seconds)
    if kind == "time":
        return clock
    day = _day(days, from_1904)
    return day if day is None or not seconds else f"{day} {clock}"


def _day(days: int, from_1904: bool) -> str | None:
    if days > _LAST_SERIAL - (1462 if from_1904 else 0):
        return None
    if from_1904:
        return f"{_FIRST_DAY_1904 + timedelta(days):%d/%m/%Y}"
    if days in (0, 60):  # days there never were
        return "00/01/1900" if days == 0 else "29/02/1900"
    return f"{date(1899, 12, 31 if days < 60 else 30) + timedelta(days):%d/%m/%Y}"


def _clock(seconds: int) -> str:
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text


def shown(number: Decimal, code: str) -> str:
    """``number`` as Vietnamese Excel prints it under the usual formats (``#,##0.00``, ``0%``); else plainly.

    A percentage keeps its sign under every format: 0.9475 is never shown as 0,9475 where Excel shows 94,75 %.
    """
    percent = is_percent(code)
    value = number.scaleb(2) if percent else number
    simple = _SIMPLE.match(_bare(code))
    if simple:
        value = round_half_up(Fraction(value), len(simple[2] or ""))
    text = format_vi(value)
    if not (simple and simple[1]):
        text = text.replace(".", "")
    return f"{text}%" if percent else text
