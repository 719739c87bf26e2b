"""Numbers as Vietnamese papers and workbooks write them; exact, never through binary floats."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from math import floor

from msgspec import Struct

from judapp.text import visible

Rational = int | Fraction

INT64_MAX = 2**63 - 1

DIGITS = 15
"""As many as a spreadsheet keeps of a number (promise 3)."""

_LONGEST = 1_000
"""Characters of the longest text looked at; no figure is near, and hostile text stays cheap."""
_SIGNS = str.maketrans(
    {
        **{chr(0xFF01 + at): chr(0x21 + at) for at in range(94)},  # full-width, as input methods type them
        **dict.fromkeys("−–—‐‑", "-"),
        **dict.fromkeys("\t\u00a0\u2007\u2009\u202f\u3000", " "),
    }
)
# Groups of three stand behind one to three digits that are no leading zero.
_GROUPED_VI = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+)(?:,\d+)?\Z")
_GROUPED_EN = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?\Z")
_UNGROUPED = re.compile(r"\d+(?:[.,]\d+)?\Z")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z")

_EXCEL = Context(prec=15)
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


class Ambiguous(Struct, frozen=True):
    """A text with two honest readings, e.g. "1.234": ``grouped`` 1234 or ``decimal`` 1.234."""

    grouped: Decimal
    decimal: Decimal


def parse_number(text: str) -> Decimal | Ambiguous | None:
    """Read a number typed or printed in Vietnam: ``1.234.567,89``, ``(1.234)`` for a negative one.

    Spaces may group (``1 234 567``); English grouping (``1,234,567.89``) is read where it can mean nothing
    else. A single point or comma before exactly three digits ("1.234", "1,234") is :class:`Ambiguous`. None
    for a text that is no number: "120²", "12 15" and digits of two lines are not run together.
    """
    if len(text) > _LONGEST:
        return None
    body = plain_signs(text).strip()
    negative = body.startswith(("-", "("))
    if body.startswith("("):
        if not body.endswith(")"):
            return None
        body = body[1:-1].strip()
    elif body.startswith(("-", "+")):
        body = body[1:].lstrip()
    if not body.isascii():  # other scripts have digits too
        return None
    if _TWO_READINGS.match(body):
        return Ambiguous(_decimal(negative, body, ".,"), _decimal(negative, body, ""))
    if _GROUPED_VI.match(body):
        return _decimal(negative, body, ". ")
    if _GROUPED_EN.match(body):
        return _decimal(negative, body, ",")
    return _decimal(negative, body, "") if _UNGROUPED.match(body) else None


def plain_signs(text: str) -> str:
    """``text`` in the signs of a keyboard: full-width letters, dashes and spaces of every kind made plain."""
    return visible(text).translate(_SIGNS)


def _decimal(negative: bool, body: str, grouping: str) -> Decimal:
    digits = body.translate(dict.fromkeys(map(ord, grouping)))
    return Decimal(f"{'-' if negative else ''}{digits.replace(',', '.')}")


def from_workbook(number: float | int) -> Decimal:
    """The decimal Excel shows for a stored number: 15 significant digits, e.g. 0.1 + 0.2 gives 0.3.

    Excel keeps every number as a binary double, so a whole number has no more digits than that either.
    """
    return Decimal(number).normalize(_EXCEL)


def scaled(number: Decimal, scale: int) -> int | None:
    """``number`` as a 64-bit integer of 10**-scale (TGPL 0,5 at scale 1 is 5).

    None where it has more decimals than the column, or does not fit: the caller reports it, nobody rounds.
    """
    if not number.is_finite():
        return None
    if not scale and number.adjusted() < DIGITS:  # as nearly all are
        whole = int(number)
        return whole if whole == number else None
    shifted: Fraction = Fraction(number) * 10**scale
    if shifted.denominator != 1 or abs(shifted.numerator) > INT64_MAX:
        return None
    return shifted.numerator


def in_digits(value: int, scale: int) -> bool:
    """Whether a spreadsheet keeps the scaled integer ``value`` to the last digit: no more than 15 of them.

    Zeros behind the comma count as none, those before it as digits: 10^15 has 16.
    """
    whole, decimals = divmod(abs(value), 10**scale)
    return whole < 10**DIGITS and (not decimals or len(str(abs(value)).rstrip("0")) <= DIGITS)


def unscaled(value: int, scale: int) -> Rational:
    """The number a scaled integer stands for; whole columns stay plain integers."""
    return value if scale == 0 else Fraction(value, 10**scale)


def round_half_up(number: Rational, places: int) -> Decimal:
    """``number`` at ``places`` decimals, halves away from zero as Vietnamese papers do; for showing only."""
    return _at_places(number, places, Fraction(1, 2))


def truncate(number: Rational, places: int) -> Decimal:
    """``number`` cut after ``places`` decimals: how a wrongly published rate is recognised."""
    return _at_places(number, places, 0)


def _at_places(number: Rational, places: int, nudge: Rational) -> Decimal:
    magnitude = floor(abs(Fraction(number)) * 10**places + nudge)
    return Decimal(-magnitude if number < 0 else magnitude).scaleb(-places, _EXACT)


def decimals_of(printed: Decimal) -> int:
    """How many decimals a printed number shows: 96 has none, 98.2 one, 94.75 two."""
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_vi(number: Decimal | Rational, places: int | None = None) -> str:
    """``number`` as Vietnamese paper prints it: dots group, a comma before decimals, "−" for minus.

    ``places`` rounds half-up; without it a decimal is shown as it is, a fraction with at most 6 decimals.
    """
    return format_en(number, places).translate(str.maketrans(",.", ".,"))


def format_en(number: Decimal | Rational, places: int | None = None) -> str:
    """As :func:`format_vi`, the way English writes it: ``1,234,567.89``."""
    if isinstance(number, int):  # most figures; a tenth of the time the fraction takes
        body = format(abs(number), ",") + (f".{'0' * places}" if places else "")
        return f"−{body}" if number < 0 else body
    if places is not None:
        shown = round_half_up(Fraction(number), places)
        body = format(shown.copy_abs(), ",f")
    elif isinstance(number, Fraction):
        shown = round_half_up(number, 6)
        body = _without_trailing_zeros(format(shown.copy_abs(), ",f"))
    else:
        shown = Decimal(number)
        body = format(shown.copy_abs(), ",f")
    return f"−{body}" if shown < 0 else body


def plain(number: Decimal | Rational, places: int = 6) -> str:
    """``number`` for machines: an ASCII decimal rounded half-up to ``places``, without trailing zeros."""
    if isinstance(number, int):  # most figures
        return str(number)
    return _without_trailing_zeros(format(round_half_up(Fraction(number), places), "f"))


def _without_trailing_zeros(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
