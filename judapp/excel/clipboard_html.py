"""Tables on the clipboard as Excel, LibreOffice Calc and others write them in HTML.

Read from text that was already copied: nothing is fetched, and of entities only HTML's own names are known.
Which of the shown text and the number behind it counts is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element
from msgspec import Struct

from judapp.errors import JudappError

MOST_LETTERS = 8_000_000
"""Of markup; Excel spends some three hundred letters on a cell."""
MOST_CELLS = 20_000
_WIDEST = 1_000
"""What a browser takes of a span, too (HTML standard, 4.9.11)."""
_HIGHEST = 65_534

_HEADER = re.compile(r"(?:\s*Version:\d[^<]*)?", re.IGNORECASE)
"""What Windows puts before the markup ("HTML Format")."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SEPARATOR = re.compile(r'mso-displayed-(decimal|thousand)-separator\s*:\s*"\\?(.)"')
_BREAK, _BLOCK = "\x1d", "\x1e"
"""Where a line or a paragraph ends, while text is gathered; no page holds these signs."""
_BLOCKS = re.compile(f"[ \\t\\r\\n\\f]*{_BLOCK}[ \\t\\r\\n\\f{_BLOCK}]*")
_LINES = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("style", "script", "head", "title", "comment", "template"))


class CopiedCell(Struct, frozen=True):
    """A cell as it was copied."""

    text: str = ""
    """What it shows; lines apart by a line feed."""
    raw: str = ""
    """The number behind it as the program wrote it, with a decimal point; "" where it wrote none."""
    number: bool = False
    """Whether the program says that the shown text is a number."""
    covered: bool = False
    """Whether it lies under a merged cell, whose first place holds what stands there."""


class CopiedTable(Struct, frozen=True):
    """Rows of equal length, and which of them were hidden."""

    rows: tuple[tuple[CopiedCell, ...], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    decimal: str = ""
    """The sign before decimals of the program that copied, "" where it does not say."""
    thousand: str = ""


def table_of(html: str) -> CopiedTable | None:
    """The table in ``html``, several one below the other; None where there is none.

    Raises ENY-005 where there is more than any form takes.
    """
    root = _parsed(html)
    if root is None:
        return None
    tables = [table for table in root.iter("table") if _outer(table)]
    if not any(True for table in tables for _ in table.iter("td", "th")):
        return None
    layout = _Layout(excel=_by_excel(root))
    for table in tables:
        layout.add(table)
    separators = dict(_SEPARATOR.findall(html[:65_536]))
    return layout.done(separators.get("decimal", ""), separators.get("thousand", ""))


def text_of(html: str) -> str:
    """What a page says, without its looks."""
    root = _parsed(html)
    return "" if root is None else _text(root)


def _parsed(html: str) -> Element | None:
    if len(html) > MOST_LETTERS:
        raise JudappError("ENY-005")
    header = _HEADER.match(html)
    html = _NOT_XML.sub("\ufffd", html[header.end() :] if header else html)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True, huge_tree=False
    )
    parser.feed(html.encode("utf-8"))
    try:
        return cast("Element | None", parser.close())
    except etree.XMLSyntaxError:  # nothing at all in it
        return None


def _by_excel(root: Element) -> bool:
    return any("excel" in (meta.get("content") or "").casefold() for meta in root.iter("meta"))


def _outer(table: Element) -> bool:
    return next(table.iterancestors("table"), None) is None


def _own_rows(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not of one inside a cell."""
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from part.iterchildren("tr")


class _Layout:
    """Lays cells out over rows and columns as a browser does."""

    def __init__(self, *, excel: bool) -> None:
        self.excel = excel
        self.rows: list[list[CopiedCell]] = []
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._unseen: dict[int, list[bool]] = {}
        self._count = 0

    def add(self, table: Element) -> None:
        for at in _hidden_columns(table):
            self.hidden_columns.add(at)
        waiting: dict[int, int] = {}  # column: rows that a cell above still covers
        for row in _own_rows(table):
            if _is_hidden(row):
                self.hidden.add(len(self.rows))
            self.rows.append(self._row(row, waiting))

    def _row(self, row: Element, waiting: dict[int, int]) -> list[CopiedCell]:
        cells: list[CopiedCell] = []
        below: dict[int, int] = {}

        def pass_covered() -> None:
            while waiting.get(len(cells), 0):
                waiting[len(cells)] -= 1
                self._put(cells, _COVERED)

        for cell in row.iterchildren("td", "th"):
            pass_covered()
            at, high = len(cells), _span(cell, "rowspan", _HIGHEST)
            for n in range(_span(cell, "colspan", _WIDEST)):
                self._put(cells, _COVERED if n else self._cell(cell))
                below[at + n] = high - 1
            self._unseen.setdefault(at, []).append(_is_hidden(cell))
        while any(left and column >= len(cells) for column, left in waiting.items()):
            if waiting.get(len(cells), 0):
                pass_covered()
            else:
                self._put(cells, CopiedCell())
        waiting.update({column: left for column, left in below.items() if left})
        return cells

    def _put(self, cells: list[CopiedCell], cell: CopiedCell) -> None:
        self._count += 1
        if self._count > MOST_CELLS:
            raise JudappError("ENY-005")
        cells.append(cell)

    def _cell(self, cell: Element) -> CopiedCell:
        text = _text(cell)
        raw = (cell.get("sdval") or cell.get("x:num") or "").strip()
        if raw == "x:num":  # an attribute without a value: what is shown is all there is
            raw = ""
        said = "x:num" in cell.attrib or (self.excel and cell.get("align") == "right")
        return CopiedCell(text, raw, number=bool(text) and said and "x:str" not in cell.attrib)

    def done(self, decimal: str, thousand: str) -> CopiedTable:
        # Excel ends a table with a hidden row without words, which only holds the widths of columns.
        while self.rows and len(self.rows) - 1 in self.hidden and not any(c.text for c in self.rows[-1]):
            self.hidden.discard(len(self.rows) - 1)
            self.rows.pop()
        width = max(map(len, self.rows), default=0)
        if width * len(self.rows) > MOST_CELLS:
            raise JudappError("ENY-005")
        unseen = {at for at, signs in self._unseen.items() if signs and all(signs)}
        return CopiedTable(
            tuple((*row, *[CopiedCell()] * (width - len(row))) for row in self.rows),
            frozenset(self.hidden),
            frozenset(at for at in self.hidden_columns | unseen if at < width),
            decimal,
            thousand,
        )


_COVERED = CopiedCell(covered=True)


def _span(cell: Element, name: str, most: int) -> int:
    digits = (cell.get(name) or "1").strip()[:9]
    return max(1, min(most, int(digits))) if digits.isascii() and digits.isdigit() else 1


def _is_hidden(element: Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _hidden_columns(table: Element) -> Iterator[int]:
    at = 0
    for column in table.iter("col"):
        if next(column.iterancestors("table"), None) is not table:
            continue
        width = _span(column, "span", _WIDEST)
        if _is_hidden(column):
            yield from range(at, at + width)
        at += width
        if at > MOST_CELLS:
            return


def _text(element: Element) -> str:
    """What stands in an element: blanks run together, a line for every break and paragraph."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        edge = _BLOCK if node.tag in _LINES else " " if node.tag in ("td", "th") else ""
        if event == "start":
            if node.tag in _SILENT:
                walk.skip_subtree()
            else:
                parts += (_BREAK if node.tag == "br" else edge, node.text or "")
        elif node is not element:
            parts += (edge, node.tail or "")
    whole = _BLOCKS.sub(_BREAK, "".join(parts).strip(" \t\r\n\f" + _BLOCK))
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in whole.split(_BREAK)]
    return "\n".join(lines).replace("\xa0", " ").strip()
