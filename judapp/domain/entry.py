"""From what was typed or stands in a workbook to a figure: forgiving in reading, never guessing.

Text that is no figure of its cell is kept as it stands, state ``unreadable`` (promise 7).
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from judapp.domain import figure
from judapp.domain.arithmetic import NotReckoned, is_expression, reckon
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.number import (
    DIGITS,
    Ambiguous,
    format_en,
    format_vi,
    from_workbook,
    in_digits,
    parse_number,
    plain_signs,
    scaled,
)
from judapp.domain.period import FINAL_YEAR, Period
from judapp.domain.shape import Spot
from judapp.errors import JudappError
from judapp.text import Bilingual, clean, fold

Layer = Literal["printed", "estimated"]
"""The printed number of a cell, or the part of it that is estimated."""
Numbers = Literal["ask", "grouped", "decimal"]
"""How "1.234" is meant where both readings are possible: nobody knows yet, 1234, or 1,234."""

_LONGEST = 1_000
"""Letters of the longest text that is looked at as a figure with a unit; no figure is near."""
_SIGNS = {
    **dict.fromkeys("-–—−", figure.NIL),
    "⊘": figure.OUT_OF_REMIT,
    "khong phat sinh": figure.NIL,
    "khong": figure.NIL,
    "khong co": figure.NIL,
    "chua co so lieu": figure.PENDING,
    "chua co so": figure.PENDING,
    "chua co": figure.PENDING,
    "khong thuoc tham quyen": figure.OUT_OF_REMIT,
    "ngoai tham quyen": figure.OUT_OF_REMIT,
}
"""What stands for a state instead of a number, folded."""
_PENDING = re.compile(r"(\.{2,}|…+)\Z")
_WITH_ESTIMATE = re.compile(r"\+?([^+]+)\+([^+]+)\Z")
_SLIPS = str.maketrans(
    {**dict.fromkeys("Oo", "0"), **dict.fromkeys("lI|", "1"), **dict.fromkeys("'’‘`´", None)}
)
"""Signs typed for digits, or between them: "12O", "l5", "1'234"."""
_SHORT_UNITS = {"d": "dong", "vnd": "dong", "nghin d": "nghin dong", "trieu d": "trieu dong"}
"""How units of money are written in short, folded."""
_WITH_UNIT = re.compile(r"(\D*\d.*?)\s*([^\W\d_].*|%)\Z", re.DOTALL)
_TURNING = re.compile("[\u061c\u200f\u202b\u202e\u2067\u2068]")
"""Marks that let signs be shown in another order than they stand in."""
_NUMBER_ROW = str.maketrans("ăâêô\u0300\u0309\u0303\u0301\u0323đ", "1234567890")
"""What the keys 1 … 9, 0 give under the Vietnamese keyboard of Windows: four letters, five tones, đ."""


def is_nothing(text: str) -> bool:
    """Whether a text leaves a cell unanswered: none of its signs is seen, and none turns others around."""
    return not text or not (clean(text) or _TURNING.search(text))


def takes_estimates(period: Period) -> bool:
    """Whether figures of a round may hold an estimated part: preliminary ones (03/2019/TT-BTP Điều 6)."""
    return period.round != FINAL_YEAR and not period.cumulative


def typed(
    text: str,
    spot: Spot,
    period: Period,
    *,
    former: Figure = EMPTY,
    layer: Layer = "printed",
    numbers: Numbers = "ask",
) -> Figure:
    """The figure a person means by ``text`` in the cell ``spot``, where ``former`` stands.

    ``-`` is không phát sinh, ``..`` or ``…`` chưa có số liệu, ``⊘`` ngoài thẩm quyền (the words will do),
    nothing empties the cell. A bare number is the printed one and keeps the estimated part of ``former``;
    ``=12+30*2`` is what it comes to; ``120+15`` is 135, of which 15 estimated, in preliminary rounds
    (03/2019/TT-BTP Điều 6); raises ENT-001 in a final one. The cell's own unit may stand behind a number.
    "1.234" in a whole-number column is 1234, as everybody types it there; elsewhere ``numbers`` tells.

    In the layer "estimated" the text is the estimated part alone and nothing takes it away; the printed
    number stays. Raises ENT-003 where there is no printed number, ENT-004 for a text that is no number
    (a figure has no place to keep it), ENT-005 where the round has no such part.
    """
    if layer == "estimated":
        return _estimated(text, spot, period, former, numbers)
    sign = _sign(text, spot)
    if sign is not None:
        return sign
    read = [_read(part, spot, numbers) for part in _parts(text)]
    value = _together(read, spot)
    if value is None:
        return figure.unreadable(_kept(text))
    if len(read) == 1:
        return figure.number(value, former.estimate if takes_estimates(period) else None)
    if not takes_estimates(period):
        raise JudappError("ENT-001", address=spot.column.label, text=clean(text).removeprefix("+"))
    return figure.number(value, read[1].value)


def _estimated(text: str, spot: Spot, period: Period, former: Figure, numbers: Numbers) -> Figure:
    if not takes_estimates(period):
        raise JudappError("ENT-005", address=spot.column.label)
    sign = _sign(text, spot)
    if sign in (EMPTY, figure.PENDING):
        return former if former.value is None else figure.number(former.value)
    if former.value is None:
        raise JudappError("ENT-003", address=spot.column.label)
    value = 0 if sign == figure.NIL else _read(text, spot, numbers).value
    if value is None:
        raise JudappError("ENT-004", address=spot.column.label, text=clean(text))
    return figure.number(former.value, value)


def from_cell(content: str | float | int | None, spot: Spot, numbers: Numbers = "ask") -> Figure:
    """The figure a workbook cell with ``content`` holds for ``spot``.

    Doubles count as the decimals Excel shows. A whole number with more digits than it
    shows is not trusted, but kept as text. ``numbers`` is what was said of "1.234" for the whole file; while
    nobody said it such a text is no figure, in whole-number columns neither: a workbook was typed by others.
    """
    if content is None:
        return EMPTY
    if type(content) is int and not spot.scale and spot.kind != "text" and in_digits(content, 0):
        return figure.number(content)  # as nearly all are
    if isinstance(content, str):
        sign = _sign(content, spot)
        if sign is not None:
            return sign
        found = _number_by_hand(content, spot.unit)
        if isinstance(found, Ambiguous):
            found = {"ask": None, "grouped": found.grouped, "decimal": found.decimal}[numbers]
        return _figure(None if found is None else _kept_whole(found, spot.scale), content)
    stored, number = Decimal(content), from_workbook(content)
    whole = stored == stored.to_integral_value()
    shown = format(stored if whole else number, "f").replace(".", ",")
    if spot.kind == "text":
        return figure.words(shown)
    return _figure(None if whole and stored != number else scaled(number, spot.scale), shown)


def asked_of_cell(content: str | float | int | None, spot: Spot) -> Ambiguous | None:
    """The two readings of a text in a workbook cell; None where nothing is to ask (CEL-003)."""
    if not isinstance(content, str) or spot.kind == "text" or _sign(content, spot) is not None:
        return None
    found = _number_by_hand(content, spot.unit)
    return found if isinstance(found, Ambiguous) else None


def digits_of_row(text: str) -> str:
    """The digits meant by letters of Windows' Vietnamese number row: "ăêô" is 134; "" for any other text.

    Only where every sign is one of them, as the keys give them: a word in which two of them have become one
    letter ("ậ") no longer tells which key came first. Nobody types a figure with a 0 in front, so "đê" stays
    a word. Such letters are digits only where somebody types them: :func:`typed` keeps them as text, so that
    whoever asks this tells it and lets it be taken back.
    """
    signs = text.strip()
    if not signs or len(signs) > DIGITS or any(ord(sign) not in _NUMBER_ROW for sign in signs):
        return ""
    digits = signs.translate(_NUMBER_ROW)
    return "" if digits.startswith("0") and digits != "0" else digits


def two_readings(text: str, spot: Spot) -> Ambiguous | None:
    """The first number of ``text`` with two readings in the cell ``spot``; None where nothing is to ask."""
    if spot.kind == "text" or not spot.scale:
        return None
    return next((found for part in _parts(text) if (found := _read(part, spot, "ask").ambiguous)), None)


def unreadable_because(text: str, spot: Spot) -> tuple[str, dict[str, Any]]:
    """Why a kept text is no figure of the cell ``spot``: the code of the finding, and what it names."""
    named: dict[str, Any] = {"text": text}
    if isinstance(_number_by_hand(text, spot.unit), Ambiguous):
        return "CEL-013", named
    read = [_read(part, spot, "ask") for part in _parts(text)]
    why = next((part.why for part in read if part.why), "" if _together(read, spot) is not None else "digits")
    if why == "decimals":
        code = "CEL-012" if is_expression(text) else "CEL-002"
        return code, named | {"unit": spot.unit or "", "scale": str(spot.scale)}
    code = {"ambiguous": "CEL-013", "digits": "CEL-010", "zero": "CEL-011"}.get(why, "CEL-001")
    return code, named | {"guess": _perhaps(text)} if code == "CEL-001" else named


class _Read(Struct, frozen=True):
    """One number of a text, scaled; or ``why`` there is none, and what it might be."""

    value: int | None
    why: str = ""
    ambiguous: Ambiguous | None = None


def _parts(text: str) -> tuple[str, ...]:
    """The actual and the estimated part of "120+15"; any other text whole."""
    found = None if is_expression(text) else _WITH_ESTIMATE.match(text.strip())
    return (found[1], found[2]) if found else (text,)


def _together(read: list[_Read], spot: Spot) -> int | None:
    values = [part.value for part in read if part.value is not None]
    total = sum(values)
    return total if len(values) == len(read) and in_digits(total, spot.scale) else None


def _read(text: str, spot: Spot, numbers: Numbers) -> _Read:
    """The number a person means by ``text``: what it comes to, or is, with the cell's own unit behind it."""
    met: list[Ambiguous] = []

    def choose(number: Ambiguous) -> Decimal | None:
        if not spot.scale or numbers == "grouped":
            return number.grouped
        met.append(number)
        return number.decimal if numbers == "decimal" else None

    if is_expression(text) and not _TURNING.search(text):
        try:
            exact = reckon(text, choose)
        except NotReckoned as reason:
            return _Read(None, reason.why, met[0] if reason.why == "ambiguous" else None)
    else:
        number = _number_by_hand(text, spot.unit)
        if isinstance(number, Ambiguous) and (number := choose(number)) is None:
            return _Read(None, "ambiguous", met[0])
        if number is None:
            return _Read(None, "words")
        exact = Fraction(number)
    shifted = exact * 10**spot.scale
    if shifted.denominator != 1:
        return _Read(None, "decimals")
    value = shifted.numerator
    return _Read(value) if in_digits(value, spot.scale) else _Read(None, "digits")


def _number(text: str) -> Decimal | Ambiguous | None:
    """The number a text is; one whose signs may be shown in another order is none."""
    return None if len(text) > _LONGEST or _TURNING.search(text) else parse_number(text)


def _number_by_hand(text: str, unit: str | None) -> Decimal | Ambiguous | None:
    """:func:`_number` of what a person types: the cell's ``unit`` may stand behind it."""
    found = _number(text)
    if found is None and unit and len(text) <= _LONGEST:
        behind = _WITH_UNIT.match(text.strip())
        if behind is not None and _unit(behind[2]) == _unit(unit):
            return _number(behind[1])
    return found


def _kept_whole(number: Decimal, scale: int) -> int | None:
    """``number`` scaled; None where the column, or a spreadsheet, does not keep it to the last digit."""
    value = scaled(number, scale)
    return value if value is not None and in_digits(value, scale) else None


def _unit(text: str) -> str:
    folded = fold(text).rstrip(".")
    return _SHORT_UNITS.get(folded, folded)


def _perhaps(text: str) -> Bilingual:
    """What a text that is no number may have been meant as: told, never taken."""
    plain = plain_signs(text).strip().translate(_SLIPS).rstrip(".")
    found = parse_number(plain) if plain != text.strip() and any(map(str.isdecimal, text)) else None
    if not isinstance(found, Decimal):
        return Bilingual("", "")
    return Bilingual(f" (có thể là {format_vi(found)})", f" (it may be {format_en(found)})")


def _figure(value: int | None, text: str) -> Figure:
    return figure.unreadable(_kept(text)) if value is None else figure.number(value)


def _kept(text: str) -> str:
    """A text as it is kept; marks that turn the order of its signs are shown as what cannot be."""
    return clean(_TURNING.sub("\ufffd", text))


def _sign(text: str, spot: Spot) -> Figure | None:
    words = clean(text)
    if spot.kind == "text":
        return figure.words(words)
    if is_nothing(text):
        return EMPTY
    return figure.PENDING if _PENDING.match(words) else _SIGNS.get(fold(words))
