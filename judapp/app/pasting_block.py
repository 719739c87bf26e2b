"""What a spreadsheet put on the clipboard, cell by cell: the text it shows and the exact number behind it.

Excel and Calc copy the same cells in several forms. Text alone says what a cell shows, HTML also which cells
are merged, hidden or numbers, and often the number itself. Here it is decided which of them counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from msgspec import Struct

from judapp.domain.cell_name import Position
from judapp.domain.entry import is_nothing
from judapp.domain.number import (
    Ambiguous,
    decimals_of,
    from_workbook,
    parse_number,
    round_half_up,
    truncate,
)
from judapp.errors import JudappError
from judapp.excel.clipboard_html import CopiedCell, CopiedTable, table_of, text_of
from judapp.excel.clipboard_xml import numbers_of

MOST_LETTERS = 1_000_000
MOST_CELLS = 20_000
"""More than any form has; what comes beyond is no piece of a form."""

_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|[^\t\r\n]*')
_LAST_LINES = re.compile(r"(?:[\r\n]+[ \u00a0]*)+\Z")
"""Lines without anything below text that is no table: nobody copied them to empty figures."""
_LONGEST_RAW = 400
"""Digits of the longest double written out."""
_EXACT_DIGITS = 15
"""Digits a spreadsheet shows and keeps of a number (IEEE 754 double)."""
_FIGURE = re.compile(r"[(\-−]?\s*\d[\d.,\s]*\)?")
_POWER = re.compile(r"[-−]?\d(?:[.,](\d+))?E[+-]?\d{1,3}\Z", re.IGNORECASE)
_SPACES = re.compile("[\\s\x00-\x1f\ufffd]+")
"""What Calc writes differently in its two forms: breaks and tabs inside a cell."""
_TOO_NARROW = re.compile(r"#{2,}\Z")
_TWO_READINGS = re.compile(r"(?<![\d.,])([1-9]\d{0,2},\d{3})(?![\d.,])")

Matrix = list[list[str]]


class Piece(Struct, frozen=True):
    """One copied cell.

    ``exact`` is the number behind ``shown``, as one would type it unmistakably ("12,3450" for 12.345, since
    "12,345" has two readings); "" where only the shown text is known. ``doubtful``: the cell shows another
    number than the one behind it, by more than rounding.
    """

    shown: str = ""
    exact: str = ""
    rounded: str = ""
    """The number that was shown of the exact one, as one would type it."""
    doubtful: bool = False
    covered: bool = False
    """Under a merged cell: nothing to paste, not even emptiness."""

    @property
    def text(self) -> str:
        """What is typed for it."""
        return self.exact or self.shown


class Block(Struct, frozen=True):
    """Rows of pieces, all of one length; ``hidden`` are those that were not seen where they were copied."""

    rows: tuple[tuple[Piece, ...], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    whole: tuple[tuple[Piece, ...], ...] = ()
    """The rows with those that were hidden, where they come from another form of the same copy."""
    own: bool = False
    """Whether it was copied in this program, exactly as typed."""

    def seen(self, *, hidden: bool) -> tuple[tuple[Piece, ...], ...]:
        """The rows to paste, with or without what was hidden."""
        if hidden:
            return self.whole or self.rows
        columns = [at for at in range(len(self.rows[0])) if at not in self.hidden_columns]
        return tuple(
            tuple(row[at] for at in columns)
            for number, row in enumerate(self.rows)
            if number not in self.hidden_rows
        )

    @property
    def single(self) -> bool:
        """Whether one cell alone was copied, and nothing was hidden beside it."""
        return len(self.rows) == 1 and len(self.rows[0]) == 1 and not self.whole

    @property
    def hides(self) -> bool:
        """Whether anything was hidden, and something was not."""
        return bool(self.hidden_rows or self.hidden_columns or self.whole)


def copied_block(text: str, html: str = "", xml: bytes = b"") -> Block:
    """What was copied as ``text``, as ``html`` and as Excel's "XML Spreadsheet", as far as there is any.

    Raises ENY-005 (too much), ENY-006 (nothing there).
    """
    table = None
    if html:
        try:
            table = table_of(html)
            text = text if table is not None or not is_nothing(text) else text_of(html)
        except JudappError:  # too much markup, but perhaps no more than a form's worth of text
            if is_nothing(text):
                raise
    if table is None:
        text = _LAST_LINES.sub("", text)
    return block_of(text, table, numbers_of(xml) if table is not None and xml else None)


def block_of(
    text: str, table: CopiedTable | None = None, numbers: Mapping[Position, str] | None = None
) -> Block:
    """What was copied as ``text``, as an HTML ``table``, and with exact ``numbers`` beside the table.

    The table counts where there is one. Raises ENY-005 (too much), ENY-006 (nothing there).
    """
    if table is None or all(is_nothing(cell.text) for row in table.rows for cell in row):
        return Block(_level([[Piece(cell) for cell in row] for row in matrix_of(text)]))
    exact = _agreeing(table, numbers or {})
    rows = _level(
        [
            [_piece(cell, table, exact.get((row, column), "")) for column, cell in enumerate(cells)]
            for row, cells in enumerate(table.rows)
        ]
    )
    hidden_rows, hidden_columns = table.hidden_rows, table.hidden_columns
    if len(hidden_rows) == len(rows) or len(hidden_columns) == len(rows[0]):
        hidden_rows = hidden_columns = frozenset()  # nothing would be left
    return Block(rows, hidden_rows, hidden_columns, _unseen(text, rows))


def _unseen(text: str, rows: tuple[tuple[Piece, ...], ...]) -> tuple[tuple[Piece, ...], ...]:
    """All rows, where the text has more than the table: Calc leaves hidden ones out of its HTML alone.

    Nothing where the rows of the table are not found again among those of the text, in their order.
    """
    try:
        found = _level([[Piece(cell) for cell in row] for row in matrix_of(text)])
    except JudappError:  # no text beside the table, or too much of it
        return ()
    if len(found[0]) == len(rows[0]) and len(found) > len(rows):
        return _filled_up(found, rows)
    if len(found) == len(rows) and len(found[0]) > len(rows[0]):
        turned = _filled_up(tuple(zip(*found, strict=True)), tuple(zip(*rows, strict=True)))
        return tuple(zip(*turned, strict=True))
    return ()


def _filled_up(
    found: tuple[tuple[Piece, ...], ...], rows: tuple[tuple[Piece, ...], ...]
) -> tuple[tuple[Piece, ...], ...]:
    """``rows``, with those of ``found`` between them that they leave out."""
    whole = list(found)
    at = 0
    for row in rows:
        while at < len(found) and not all(map(_same, found[at], row)):
            at += 1
        if at == len(found):
            return ()
        whole[at] = row
        at += 1
    return tuple(whole)


def _same(one: Piece, other: Piece) -> bool:
    return _SPACES.sub("", one.shown) == _SPACES.sub("", other.shown)


def _level(rows: list[list[Piece]]) -> tuple[tuple[Piece, ...], ...]:
    width = max(map(len, rows))
    if width * len(rows) > MOST_CELLS:
        raise JudappError("ENY-005")
    missing = Piece(covered=True)  # nothing was copied for these places, not even emptiness
    return tuple((*row, *[missing] * (width - len(row))) for row in rows)


# --- text


def matrix_of(text: str) -> Matrix:
    """The cells of copied text, row by row.

    A cell in quotes may hold line breaks, tabs and doubled quotes; an apostrophe before a cell marks it as
    text for a spreadsheet and is no part of it. Raises ENY-005 (too much), ENY-006 (nothing there).
    """
    if len(text) > MOST_LETTERS:
        raise JudappError("ENY-005")
    text = text.rstrip("\0")  # some programs copy the sign that ends a text in memory
    rows: Matrix = [[]]
    count = at = 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # the pattern matches nothing at all too
        quoted = found[1]
        cell = found[0] if quoted is None else quoted.replace('""', '"')
        rows[-1].append(cell.removeprefix("'"))
        count += 1
        if count > MOST_CELLS:
            raise JudappError("ENY-005")
        at = found.end()
        if at >= len(text):
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):  # the break behind the last row begins no other
            break
        rows.append([])
    if all(is_nothing(cell) for row in rows for cell in row):
        raise JudappError("ENY-006")
    return rows


# --- the number behind a text


def _piece(cell: CopiedCell, table: CopiedTable, number: str) -> Piece:
    if cell.covered:
        return Piece(covered=True)
    raw = cell.raw or number
    if raw:
        return _with_number(cell.text, raw)
    if cell.number and table.decimal and table.decimal != table.thousand:
        return Piece(cell.text, _by_separators(cell.text, table.decimal, table.thousand))
    return Piece(cell.text)


def _with_number(shown: str, raw: str) -> Piece:
    number = _number(raw)
    if number is None:
        return Piece(shown)
    if is_nothing(shown):  # a format that shows nothing, like ";;;"
        return Piece("", typed_text(number), doubtful=True)
    sign = "%" if shown.rstrip().endswith("%") else ""
    number = number.scaleb(2) if sign else number
    rounded = _shown_number(number, shown)
    if rounded is not None:
        return Piece(shown, typed_text(number) + sign, typed_text(rounded) + sign)
    # A day or words show no number, and are what was meant.
    return Piece(shown, doubtful=not sign and parse_number(shown) is not None)


def _number(raw: str) -> Decimal | None:
    """The number a program wrote; None where it has more digits than a spreadsheet keeps."""
    try:
        number = Decimal(raw) if len(raw) <= _LONGEST_RAW and raw.isascii() else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LONGEST_RAW:
        return None
    if len(number.as_tuple().digits) <= _EXACT_DIGITS:
        return number
    rounded = from_workbook(float(number))
    whole = number == number.to_integral_value()
    return None if whole and rounded != number else rounded


def _shown_number(number: Decimal, shown: str) -> Decimal | None:
    """The number ``shown`` says, where it is ``number`` rounded or cut, perhaps with words around it."""
    body = shown.strip()
    power = _POWER.match(body)
    if power:
        mantissa = Decimal(body.replace("−", "-").replace(",", "."))
        form = f".{len(power[1] or '')}E"
        return mantissa if format(number, form) == format(mantissa, form) else None
    if _TOO_NARROW.match(body):
        return number
    figures = _FIGURE.findall(body)
    if len(figures) != 1:
        return None
    negative = body.startswith(("-", "−", "("))
    read = parse_number(figures[0].strip().strip("()-−").strip(" .,"))
    for option in (read.grouped, read.decimal) if isinstance(read, Ambiguous) else (read,):
        if option is None:
            continue
        meant = -option if negative else option
        if meant == number:
            return meant
        exact, places = Fraction(number), decimals_of(option)
        if meant in (round_half_up(exact, places), truncate(exact, places)):
            return meant
    return None


def _by_separators(shown: str, decimal: str, thousand: str) -> str:
    """The number shown in a program that said how it writes numbers; "" where it is none."""
    body = shown.strip().replace("−", "-")
    percent = body.endswith("%")
    body = body.removesuffix("%").strip()
    negative = body.startswith(("-", "("))
    body = body.strip("()-").strip()
    pattern = rf"\d{{1,3}}(?:{re.escape(thousand or ' ')}\d{{3}})+|\d+"
    if not re.fullmatch(rf"(?:{pattern})(?:{re.escape(decimal)}\d+)?", body) or not body.isascii():
        return ""
    digits = body.replace(thousand, "") if thousand else body
    number = Decimal(digits.replace(decimal, "."))
    return typed_text(-number if negative else number) + ("%" if percent else "")


def typed_text(number: Decimal) -> str:
    """``number`` as one types it, with one reading: no grouping, a decimal comma, "12,3450" for 12.345."""
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return unmistakable("0" if digits in ("", "-0", "-") else digits.replace(".", ","))


def unmistakable(text: str) -> str:
    """A text whose every "1,234" is a decimal, as one types it without a second reading: "1,2340"."""
    return _TWO_READINGS.sub(r"\g<1>0", text)


def _agreeing(table: CopiedTable, numbers: Mapping[Position, str]) -> Mapping[Position, str]:
    """``numbers``, unless one of them is not what the table shows there: then they are of other cells."""
    for (row, column), raw in numbers.items():
        inside = row < len(table.rows) and column < len(table.rows[0])
        number = _number(raw)
        if not inside:
            return {}
        cell = table.rows[row][column]
        if number is None or not cell.number:
            continue
        shown = cell.text.rstrip()
        if parse_number(shown) is not None and _shown_number(number, shown) is None:
            return {}
    return numbers
