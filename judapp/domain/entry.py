"""From what was typed or stands in a workbook to a figure: forgiving in reading, never guessing.

Text that is no figure of its cell is kept as it stands, state ``unreadable`` (promise 7).
"""

from __future__ import annotations

import re
from decimal import Decimal

from judapp.domain import figure
from judapp.domain.figure import Figure
from judapp.domain.number import INT64_MAX, Ambiguous, from_workbook, parse_number, scaled
from judapp.domain.period import FINAL_YEAR, Period
from judapp.domain.shape import Spot
from judapp.errors import JudappError
from judapp.text import clean, fold

_SIGNS = {
    **dict.fromkeys("-–—−", figure.NIL),
    "⊘": figure.OUT_OF_REMIT,
    "khong phat sinh": figure.NIL,
    "chua co so lieu": figure.PENDING,
    "khong thuoc tham quyen": figure.OUT_OF_REMIT,
    "ngoai tham quyen": figure.OUT_OF_REMIT,
}
"""What stands for a state instead of a number, folded."""
_PENDING = re.compile(r"(\.{2,}|…+)\Z")
_WITH_ESTIMATE = re.compile(r"\+?([^+]+)\+([^+]+)\Z")


def typed(text: str, spot: Spot, period: Period) -> Figure:
    """The figure a person means by ``text`` in the cell ``spot``.

    ``-`` is không phát sinh, ``..`` or ``…`` chưa có số liệu, ``⊘`` ngoài thẩm quyền (the words will do),
    nothing empties the cell. ``120+15`` is 135, of which 15 estimated, in preliminary rounds (03/2019/TT-BTP
    Điều 6); raises ENT-001 in a final one. "1.234" in a whole-number column is 1234, as everybody types it
    there.
    """
    sign = _sign(text, spot)
    if sign is not None:
        return sign
    parts = _WITH_ESTIMATE.match(text.strip())
    if parts:
        actual, estimated = (_scaled(part, spot, typing=True) for part in parts.groups())
        if actual is not None and estimated is not None and abs(actual + estimated) <= INT64_MAX:
            if period.round == FINAL_YEAR or period.cumulative:
                raise JudappError("ENT-001", address=spot.column.label)
            return figure.number(actual + estimated, estimated)
    return _figure(_scaled(text, spot, typing=True), text)


def from_cell(content: str | float | int | None, spot: Spot) -> Figure:
    """The figure a workbook cell with ``content`` holds for ``spot``.

    Doubles count as the decimals Excel shows. A whole number with more digits than it
    shows is not trusted, but kept as text.
    """
    if content is None:
        return figure.EMPTY
    if isinstance(content, str):
        sign = _sign(content, spot)
        return sign if sign is not None else _figure(_scaled(content, spot, typing=False), content)
    stored, number = Decimal(content), from_workbook(content)
    whole = stored == stored.to_integral_value()
    shown = format(stored if whole else number, "f").replace(".", ",")
    if spot.kind == "text":
        return figure.words(shown)
    return _figure(None if whole and stored != number else scaled(number, spot.scale), shown)


def _figure(value: int | None, text: str) -> Figure:
    return figure.unreadable(clean(text)) if value is None else figure.number(value)


def _sign(text: str, spot: Spot) -> Figure | None:
    words = clean(text)
    if spot.kind == "text":
        return figure.words(words)
    if not words:
        return figure.EMPTY
    return figure.PENDING if _PENDING.match(words) else _SIGNS.get(fold(words))


def _scaled(text: str, spot: Spot, *, typing: bool) -> int | None:
    number = parse_number(text)
    if isinstance(number, Ambiguous):
        if not typing or spot.scale:
            return None
        number = number.grouped
    return scaled(number, spot.scale) if isinstance(number, Decimal) else None
