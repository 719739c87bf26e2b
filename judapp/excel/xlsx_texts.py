"""The texts of an .xlsx as its XML spells them: shared ones, runs with a font of their own, escaped signs."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from judapp.excel.faults import too_many_cells
from judapp.excel.grid import MAX_CELLS, CellStyle
from judapp.excel.package import Package, local

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def shared_strings(package: Package, part: str) -> list[tuple[str, str]]:
    """The texts cells point to, each with the legacy font of a run of it, if there is one."""
    if not part or part not in package:
        return []
    found: list[tuple[str, str]] = []
    for item in package.elements(part, "{*}si"):
        found.append(rich(item))
        if len(found) > MAX_CELLS:
            raise too_many_cells(MAX_CELLS)
    return found


def rich(item: Element) -> tuple[str, str]:
    """Text of runs without readings in another script (``rPh``); and the legacy font of one of them."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return item[0].text or "", ""
    texts: list[str] = []
    font = ""
    for element in item.iter("{*}t", "{*}rFont"):
        if local(element) == "rFont":
            name = element.get("val", "")
            font = name if CellStyle(font=name).legacy_font else font
            continue
        above = element.getparent()
        if above is None or local(above) != "rPh":
            texts.append(element.text or "")
    return "".join(texts), font


def unescaped(text: str) -> str:
    """Signs XML cannot hold are written ``_x000D_``; a text that looks so by itself, ``_x005F_x000D_``."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
