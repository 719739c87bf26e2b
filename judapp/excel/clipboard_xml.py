"""The exact numbers behind cells copied in Excel: its "XML Spreadsheet" of the clipboard (Excel 2003 XML).

Excel's HTML and text hold what a cell shows, rounded; this form beside them holds what it keeps.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element as Element

from judapp.domain.cell_name import Position

_MOST_BYTES = 16_000_000
_MOST_CELLS = 20_000
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def numbers_of(xml: bytes) -> Mapping[Position, str]:
    """The number of each cell, by row and column from 0, as written; nothing where it cannot be read."""
    if len(xml) > _MOST_BYTES:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml.rstrip(b"\0"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    table = next(root.iter(f"{_SS}Table"), None)
    return {} if table is None else _numbers(table)


def _numbers(table: Element) -> dict[Position, str]:
    found: dict[Position, str] = {}
    row = -1
    for line in table.iterchildren(f"{_SS}Row"):
        row = _at(line, row + 1)
        column = -1
        for cell in line.iterchildren(f"{_SS}Cell"):
            column = _at(cell, column + 1)
            data = cell.find(f"{_SS}Data")
            if data is not None and data.get(f"{_SS}Type") == "Number" and data.text:
                found[row, column] = data.text.strip()
                if len(found) > _MOST_CELLS:
                    return {}
            column += _number(cell, "MergeAcross")
        row += _number(line, "Span")
    return found


def _at(element: Element, following: int) -> int:
    """A place from 0: the one written, counted from 1, else the one that follows."""
    return _number(element, "Index", following + 1) - 1


def _number(element: Element, name: str, otherwise: int = 0) -> int:
    digits = element.get(f"{_SS}{name}", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else otherwise
