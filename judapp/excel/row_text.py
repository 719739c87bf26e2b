"""The rows of a worksheet part as every program spells them: taken as text, several times as fast as a tree.

Only what is spelt exactly so is taken: then the text itself shows that it is sound. Anything else – blanks
between tags, a comment, rich text in a cell, a prefix – gives None, and the part is read as XML.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BEGIN, _END, _ROW_END = "<sheetData>", "</sheetData>", "</row>"
_HEAD = re.compile(
    r"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?:UTF|utf)-8["'])?"""
    r"""(?: standalone=["']\w+["'])?\s*\?>)?"""
    r"\s*<worksheet\b"
)
_ODD = bytes(sign for sign in range(0x20) if sign not in b"\t\n")
"""What XML forbids or reads as something else (a carriage return)."""
_ATTRIBUTES = r'(?: [\w:]+="[^"<&\n\t]*")*'
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
_DRAWN = re.compile(
    r'(?:<row(?: (?!hidden=|ht="0)[\w:]+="[^"<&\n\t]*")*+'
    r'(?:/>|>(?:<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?/>)*+</row>))++'
)
"""Rows that only have looks: borders drawn down to the last row."""
_MOST = 4 << 20
"""Signs of rows that are taken as text; a tree read piece by piece takes less memory for more."""
_ROW = re.compile(rf"<row({_ATTRIBUTES})(/?)>")
_SPACE = r'(?: xml:space="preserve")?'
_FORMULA, _INLINE = rf"<f{_ATTRIBUTES}(?:/>|>[^<]*</f>)", rf"<is><t{_SPACE}(?:/>|>[^<]*</t>)</is>"
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="(\w+)")?'
    r"(?: ?/>|><v>([0-9]{1,15})</v></c>"
    rf"|>((?:{_FORMULA})?(?:<v(?: ?/>|{_SPACE}>[^<]*</v>))?(?:{_INLINE})?)</c>))"
)
_PARTS = re.compile(
    rf"(?:<f({_ATTRIBUTES})(?:/>|>([^<]*)</f>))?(?:<v(?: ?/>|{_SPACE}>([^<]*)</v>))?"
    rf"(?:<is><t{_SPACE}(?:/>|>([^<]*)</t>)</is>)?"
)
_LONG = 400
_ENTITY = re.compile("&(?:(amp|lt|gt|quot|apos)|#(?:x([0-9A-Fa-f]{1,9})|([0-9]{1,9})));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ALLOWED = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

SpeltCell = tuple[str, str, str, str, str, str, str]
"""The whole cell, letters and number of its place, style, type, its value where that is nothing but digits,
else its parts as they are spelt. What is not there is ""."""


class SpeltRow(NamedTuple):
    """A row: its attributes and its cells."""

    attributes: dict[str, str]
    cells: list[SpeltCell]


def rows_text(content: bytes) -> tuple[bytes, str] | None:
    """The part with an empty ``sheetData``, and the text that stood in it; None where it may not be text."""
    if len(content.translate(None, _ODD)) != len(content):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if text.count(_BEGIN) != 1 or text.count(_END) != 1 or not _HEAD.match(text):
        return None
    at, end = text.index(_BEGIN) + len(_BEGIN), text.index(_END)
    return f"{text[:at]}{text[end:]}".encode(), text[at:end]


def spelt_rows(content: bytes) -> tuple[bytes, list[SpeltRow]] | None:
    """The part with an empty ``sheetData``, and the rows that stood there; None for an unusual spelling."""
    found = rows_text(content)
    if found is None:
        return None
    shell, text = found
    if len(content) > _MOST:
        text = _DRAWN.sub("", text)
        if len(text) > _MOST:
            return None
    at, end = 0, len(text)
    rows: list[SpeltRow] = []
    while at < end:
        row = _ROW.match(text, at, end)
        if row is None:
            return None
        at = row.end()
        attributes = dict(attributes_of(row[1]))
        cells: list[SpeltCell] = []
        if not row[2]:
            close = text.find(_ROW_END, at, end)
            cells = _CELL.findall(text, at, close) if close >= at else []
            # Cells side by side from tag to tag, each in its row: nothing else stands there.
            said = attributes.get("r")
            if sum([len(cell[0]) if cell[2] == said else -1 for cell in cells]) != close - at:
                return None
            at = close + len(_ROW_END)
        rows.append(SpeltRow(attributes, cells))
    return shell, rows


class CellParts(NamedTuple):
    """What stands in a cell: None for an element that is not there."""

    formula_says: dict[str, str]
    formula: str | None
    value: str | None
    inline: str | None


def cell_parts(spelt: str) -> CellParts:
    """The parts of a cell with more than digits."""
    return _known_parts(spelt) if len(spelt) < _LONG else _parts(spelt)


def _parts(spelt: str) -> CellParts:
    found = _PARTS.match(spelt)
    assert found is not None  # it is part of the cell's own pattern
    says, formula, value, inline = found.groups()
    return CellParts(
        dict(attributes_of(says or "")),
        None if says is None else meant(formula or ""),
        meant(value or "") if "<v" in spelt else None,
        meant(inline or "") if "<is>" in spelt else None,
    )


_known_parts = lru_cache(8192)(_parts)  # labels and formulas come again in the workbook of every unit


def meant(text: str) -> str:
    """The text that is spelt with entities. Raises ValueError for one that XML does not know by itself."""
    if "&" not in text:
        return text
    if text.count("&") != len(_ENTITY.findall(text)):
        raise ValueError(text[:40])
    return _ENTITY.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    name, sixteen, ten = found.groups()
    if name:
        return _NAMED[name]
    sign = chr(int(sixteen, 16) if sixteen else int(ten))
    if not _ALLOWED.match(sign):
        raise ValueError(found[0])
    return sign


def attributes_of(spelt: str) -> list[tuple[str, str]]:
    """Names and values of attributes."""
    return _ATTRIBUTE.findall(spelt)
