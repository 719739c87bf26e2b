"""Selected cells as other programs take them: text for any, HTML with exact numbers for Excel and Calc.

Numbers stand without grouping and with a decimal comma, as Vietnamese Excel reads them; the HTML says the
number itself, so that every language of Excel (``x:num``) and Calc (``sdval``) takes the same.
"""

from __future__ import annotations

import html
import re
from decimal import Decimal

import msgspec
from msgspec import Struct

from judapp.app.grid_head import HeadBox
from judapp.app.grid_tables import ungrouped
from judapp.app.grid_view import CellView, TableView
from judapp.app.pasting import Area
from judapp.app.pasting_block import MOST_CELLS, Block, Piece, unmistakable

OWN_MIME = "application/x-judapp-cells"
"""Cells as typed, for this program alone: "120+15" is a number elsewhere, but a split figure here."""
_ENGLISH, _VIETNAMESE = "1033", "1066"
"""Windows' numbers of languages (LCID), as ``sdnum`` names that of ``sdval`` and that of its format."""
_FORMULA_SIGNS = ("=", "+", "-", "@", "'")
_SPLIT = re.compile(r"[^+]+\+[^+]+\Z")

_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
    '<meta http-equiv="content-type" content="text/html; charset=utf-8"><style><!--\n'
    'table {mso-displayed-decimal-separator:"\\,"; mso-displayed-thousand-separator:"\\.";}\n'
    "--></style></head><body><!--StartFragment--><table>"
)
_FOOT = "</table><!--EndFragment--></body></html>"


class Copied(Struct, frozen=True):
    """One selection in every form it is put on the clipboard."""

    text: str
    html: str
    own: bytes


class _Own(Struct, frozen=True, forbid_unknown_fields=True):
    cells: list[list[str]]


def copied(table: TableView, area: Area, *, heads: bool = False) -> Copied:
    """The cells of ``area``; with ``heads`` under the labels and numbers of their columns, behind those of
    their rows."""
    lines, marked = _with_heads(table, area) if heads else ([], [])
    typed: list[list[str]] = []
    for row in range(area.top, area.bottom + 1):
        cells = [table.cell(row, column) for column in range(area.left, area.right + 1)]
        stub = list(table.rows[row].stub) if heads else []
        lines.append([guarded(words) for words in stub] + [copied_cell(cell) for cell in cells])
        marked.append("".join([_words(words) for words in stub] + [_marked(cell) for cell in cells]))
        typed.append([unmistakable(cell.typed) for cell in cells])
    text = "\n".join("\t".join(map(_quoted, line)) for line in lines)
    body = "".join(f"<tr>{line}</tr>\n" for line in marked)
    # What was copied with its labels is for paper and other programs; here it would be read like theirs.
    own = b"" if heads else msgspec.json.encode(_Own(typed))
    return Copied(text, f"{_HEAD}\n{body}{_FOOT}", own)


def own_block(data: bytes) -> Block | None:
    """What was copied in this program; None where ``data`` is not what it writes."""
    try:
        cells = msgspec.json.decode(data, type=_Own).cells
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not cells or not cells[0] or len(cells) * len(cells[0]) > MOST_CELLS:
        return None
    if any(len(row) != len(cells[0]) for row in cells):
        return None
    return Block(tuple(tuple(Piece(text) for text in row) for row in cells), own=True)


def copied_cell(cell: CellView) -> str:
    """One cell as text without grouping; a sum that is not complete is not given away as one."""
    if cell.state == "":
        return plain_number(cell)
    if cell.state == "partial":
        return ""
    text = cell.typed or cell.text
    return guarded(text) if cell.state in ("text", "unreadable") else text


def plain_number(cell: CellView) -> str:
    """The number a cell shows, without grouping: "1234567,50"."""
    return ungrouped(cell.text)


def guarded(text: str) -> str:
    """Words that a spreadsheet would reckon or change, behind the apostrophe that keeps them words."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def exact_number(cell: CellView) -> Decimal | None:
    """The number of a cell to the last digit the program keeps; None where it holds none."""
    if cell.state != "":
        return None
    # A split figure ("120+15") is what it shows, which has all its decimals; a rate shows fewer than it has.
    exact = plain_number(cell) if not cell.typed or _SPLIT.match(cell.typed) else cell.typed
    return Decimal(exact.replace(",", "."))


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


# --- HTML


def _marked(cell: CellView) -> str:
    number = exact_number(cell)
    if number is None:
        return _words("" if cell.state == "partial" else cell.typed or cell.text)
    exact = format(number, "f")
    places = len(plain_number(cell).partition(",")[2])
    return (
        f'<td align="right" x:num="{exact}" sdval="{exact}" sdnum="{_ENGLISH};{_VIETNAMESE};'
        f'{_format(places, ",")}" style=\'mso-number-format:"{_format(places, ".")}"\'>'
        f"{html.escape(plain_number(cell))}</td>"
    )


def _format(places: int, decimal: str) -> str:
    return f"0{decimal}{'0' * places}" if places else "0"


def _words(text: str) -> str:
    if not text:
        return "<td></td>"
    lines = "<br>".join(html.escape(line) for line in text.splitlines()).replace("\t", "&#9;")
    return f'<td x:str sdnum="{_ENGLISH};0;@" style=\'mso-number-format:"\\@"\'>{lines}</td>'


# --- labels


def _with_heads(table: TableView, area: Area) -> tuple[list[list[str]], list[str]]:
    """The rows of the head over ``area``: as cells of text, and as HTML with its merged boxes."""
    stub = len(table.stub)
    width = stub + area.wide
    lines = [[""] * width for _ in range(table.levels)]
    marked: list[dict[int, str]] = [{} for _ in range(table.levels)]
    for box, first, columns in (*_stub_boxes(table), *_figure_boxes(table, area, stub)):
        lines[box.row][first] = guarded(box.text)
        spans = f' rowspan="{box.rows}"' if box.rows > 1 else ""
        spans += f' colspan="{columns}"' if columns > 1 else ""
        marked[box.row][first] = (
            f"<td{spans} style='mso-number-format:\"\\@\"' x:str>{_escaped(box.text)}</td>"
        )
    return lines, ["".join(line[at] for at in sorted(line)) for line in marked]


def _stub_boxes(table: TableView) -> list[tuple[HeadBox, int, int]]:
    return [(box, box.column, box.columns) for box in table.stub_head]


def _figure_boxes(table: TableView, area: Area, stub: int) -> list[tuple[HeadBox, int, int]]:
    """The boxes over the columns of ``area``, cut to them."""
    found = []
    for box in table.head:
        first, last = max(box.column, area.left), min(box.column + box.columns - 1, area.right)
        if first <= last:
            found.append((box, stub + first - area.left, last - first + 1))
    return found


def _escaped(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.splitlines())
