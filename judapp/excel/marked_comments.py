"""Comments appended to a worksheet: to its part of comments and to the drawing that holds their boxes.

Excel shows a comment only where a shape of a VML drawing belongs to it (ECMA-376 part 4, 19.4). Comments
that are there stay as they are; a cell has one comment, so ours stands below somebody's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from math import ceil

from judapp.domain.cell_name import Position, address
from judapp.domain.text_width import text_height
from judapp.excel.grid import MAX_COLUMN, MAX_ROW
from judapp.excel.marked_sheet import place
from judapp.excel.sheet_part import MAIN
from judapp.excel.splice import Element, Patch, elements, escaped, first, words

THREADED = "tc="
"""The author of a comment that stands for a conversation of Excel 365 is called so, and its id."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHAPE = re.compile(rb"_x0000_s(\d+)")
_KIND = b"_x0000_t202"
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*\Z")
_MAP = re.compile(rb"(<o:idmap\b[^>]*\bdata\s*=\s*[\"'])([\d,\s]*)")
_BLOCK = 1024
"""Shapes of one block of numbers; a drawing names the blocks it uses."""
_WIDE, _NARROWEST = 260.0, 60.0
"""Points of a box's width, and of the least height."""
_SIZE = 10
_SHAPE_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


class Comments:
    """The comments of a worksheet, as they are and with ours."""

    def __init__(self, part: bytes | None) -> None:
        """``part`` is the worksheet's part of comments in UTF-8, None where it has none."""
        self._part = part
        self._found: list[Element] = []
        self._authors: list[str] = []
        self._cells: dict[Position, Element] = {}
        self._threaded: set[Position] = set()
        if part is not None:
            self._read(part)

    def _read(self, part: bytes) -> None:
        self._found = elements(part, lambda path: len(path) <= 4)
        self._authors = [
            unescape(part[e.inside : e.close].decode(errors="replace")).strip()
            for e in self._found
            if e.path[1:] == ("authors", "author")
        ]
        for comment in self._found:
            at = place(comment.attributes.get("ref", ""))
            if comment.path[1:] == ("commentList", "comment") and at is not None:
                self._cells[at] = comment
                if self._author(comment).startswith(THREADED):
                    self._threaded.add(at)

    def _author(self, comment: Element) -> str:
        number = comment.attributes.get("authorId", "")
        return self._authors[int(number)] if number.isdecimal() and int(number) < len(self._authors) else ""

    def takes(self, position: Position) -> bool:
        """Whether a cell can bear our words: what stands for a conversation shows nothing else."""
        return position not in self._threaded

    def has(self, position: Position) -> bool:
        """Whether somebody's comment stands there, so that no box is to be drawn."""
        return position in self._cells

    def with_ours(self, texts: Mapping[Position, str], author: str, space: str = MAIN) -> bytes:
        """The part with our texts; only for cells that can bear them. ``space`` is its namespace if new."""
        if self._part is None:
            inside = "".join(_comment("", at, 0, text) for at, text in sorted(texts.items()))
            return (
                f'{_HEAD}<comments xmlns="{space}"><authors><author>{words(author)}</author></authors>'
                f"<commentList>{inside}</commentList></comments>"
            ).encode()
        patch = Patch(self._part)
        prefix = self._found[0].prefix
        number = sum(e.path[1:] == ("authors", "author") for e in self._found)
        authors, listed = first(self._found, "authors"), first(self._found, "commentList")
        one = f"<{prefix}author>{words(author)}</{prefix}author>"
        if authors is None:
            patch.insert(self._found[0].inside, f"<{prefix}authors>{one}</{prefix}authors>")
        else:
            patch.append(authors, one)
        fresh = []
        for at, text in sorted(texts.items()):
            own = self._cells.get(at)
            if own is None:
                fresh.append(_comment(prefix, at, number, text))
            elif self._author(own) == author:
                patch.replace(own.inside, own.close, f"<{prefix}text>{_run(prefix, text)}</{prefix}text>")
            else:
                self._add_below(patch, own, text)
        if listed is None:
            patch.append(self._found[0], f"<{prefix}commentList>{''.join(fresh)}</{prefix}commentList>")
        elif fresh:
            patch.append(listed, "".join(fresh))
        return patch.done()

    def _add_below(self, patch: Patch, comment: Element, text: str) -> None:
        """Put our words below somebody's, which stay as they are but for the run they become."""
        inside = [e for e in self._found if comment.start < e.start < comment.end]
        holder = next((e for e in inside if e.path[-1] == "text"), None)
        prefix = comment.prefix
        if holder is None:
            patch.append(comment, f"<{prefix}text>{_run(prefix, text)}</{prefix}text>")
            return
        part = patch.part[holder.inside : holder.close]
        plain = re.match(rb"\s*<(\w+:)?t[\s>]", part)
        if plain is not None:  # a text without runs becomes one: text and runs do not stand side by side
            patch.insert(holder.inside, f"<{prefix}r>")
            close = re.search(rb"</(?:\w+:)?t\s*>", part)
            at = holder.inside + (close.end() if close else len(part))
            patch.insert(at, f"</{prefix}r>{_run(prefix, chr(10) + text)}")
        else:
            patch.append(holder, _run(prefix, "\n" + text))


def _comment(prefix: str, at: Position, author: int, text: str) -> str:
    return (
        f'<{prefix}comment ref="{address(at)}" authorId="{author}"><{prefix}text>{_run(prefix, text)}'
        f"</{prefix}text></{prefix}comment>"
    )


def _run(prefix: str, text: str) -> str:
    text = words(escaped(text))
    return (
        f'<{prefix}r><{prefix}rPr><{prefix}sz val="{_SIZE}"/><{prefix}rFont val="Times New Roman"/>'
        f'<{prefix}family val="1"/></{prefix}rPr><{prefix}t xml:space="preserve">{text}</{prefix}t>'
        f"</{prefix}r>"
    )


def boxes(part: bytes | None, texts: Mapping[Position, str]) -> bytes:
    """The drawing with a box for each text, hidden until somebody points at its cell.

    ``part`` is the worksheet's drawing as it is, None where it has none. Office writes VML that is not always
    well-formed XML, so it is not parsed.
    """
    used = [int(number) for number in _SHAPE.findall(part or b"")]
    numbers = _numbers(used, len(texts))
    shapes = "".join(
        _box(number, at, text) for number, (at, text) in zip(numbers, sorted(texts.items()), strict=True)
    )
    blocks = sorted({number // _BLOCK for number in (*used, *numbers)} - {0})
    named = ",".join(map(str, blocks))
    if part is None:
        return (
            f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{named}"/>'
            f"</o:shapelayout>{_SHAPE_KIND}{shapes}</xml>"
        ).encode()
    end = _END.search(part)
    at = end.start() if end else len(part)
    kind = "" if _KIND in part else _SHAPE_KIND
    head = _MAP.sub(lambda m: m[1] + _joined(m[2], blocks).encode(), part[:at], count=1)
    # The prefixes are declared on each shape: nobody promises that the part calls them as we do.
    spaced = (kind + shapes).replace("<v:shape ", f"<v:shape {_SPACES} ")
    spaced = spaced.replace("<v:shapetype ", f"<v:shapetype {_SPACES} ")
    return head + spaced.encode() + part[at:]


def _joined(there: bytes, blocks: Sequence[int]) -> str:
    known = [int(number) for number in there.replace(b" ", b"").split(b",") if number.isdigit()]
    return ",".join(map(str, dict.fromkeys([*known, *blocks])))


def _numbers(used: Sequence[int], count: int) -> list[int]:
    """Numbers of shapes nobody has yet; the first of a block is the drawing's own."""
    found: list[int] = []
    number = max(used, default=_BLOCK)
    while len(found) < count:
        number += 1
        if number % _BLOCK:
            found.append(number)
    return found


def _box(number: int, at: Position, text: str) -> str:
    row, column = at
    height = max(_NARROWEST, ceil(text_height(text, _WIDE - 12, _SIZE)) + 14)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'margin-left:60pt;margin-top:2pt;width:{_WIDE:.0f}pt;height:{height:.0f}pt;z-index:1;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{_anchor(at, height)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _anchor(at: Position, height: float) -> str:
    """Left, top, right and bottom as column or row and pixels in it: beside the cell, within the sheet."""
    row, column = at
    wide, high = ceil(_WIDE / 48), ceil(height / 15)
    left = column if column + wide < MAX_COLUMN else column - wide - 2
    top = max(min(row - 2, MAX_ROW - high - 1), 0)
    return f"{left}, 12, {top}, 4, {left + wide}, 12, {top + high}, 4"
