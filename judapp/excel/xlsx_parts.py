"""Which parts an .xlsx has and what they point to; and its styles, which many workbooks have in common."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element as Element

from judapp.excel.faults import refuse_repeated
from judapp.excel.grid import CellStyle, cell_style
from judapp.excel.number_format import BUILTIN
from judapp.excel.package import Package, parsed

TRUE = ("1", "true")
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Parts(NamedTuple):
    """Where an .xlsx keeps what a reader of looks needs; a part is "" where the workbook has none."""

    worksheets: list[str]
    """The visible ones, in the order of :func:`read_xlsx`."""
    shared_strings: str
    styles: str


def parts_of(package: Package) -> Parts:
    """The parts of an .xlsx that hold its visible worksheets, texts and styles."""
    main = main_part(package)
    related = targets(package, main)
    found = [part for _, part in worksheets(package.root(main), related)]
    return Parts(found, of_kind(related, "/sharedStrings"), of_kind(related, "/styles"))


class Tabs(NamedTuple):
    """What a workbook's main part says: its visible tabs by name and relation, and how it counts days."""

    tabs: tuple[tuple[str, str], ...]
    from_1904: bool


def tabs_of(book: Element) -> Tabs:
    """The visible tabs in their order."""
    entries = book.iterfind("{*}sheets/{*}sheet")
    tabs = tuple((e.get("name", ""), _relation(e)) for e in entries if e.get("state", "visible") == "visible")
    system = next((e for e in book.iter("{*}workbookPr")), None)
    return Tabs(tabs, system is not None and system.get("date1904") in TRUE)


def parts_of_tabs(tabs: Tabs, targets: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Name and part of every visible worksheet, by their tabs. Raises FIL-003 where one is named twice."""
    known = [(name, *targets.get(relation, ("", ""))) for name, relation in tabs.tabs]
    found = [(name, part) for name, kind, part in known if kind.endswith("/worksheet")]
    refuse_repeated([part.lower() for _, part in found])
    yield from found


def worksheets(book: Element, targets: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Name and part of every visible worksheet, by their tabs. Raises FIL-003 where one is named twice."""
    return parts_of_tabs(tabs_of(book), targets)


def main_part(package: Package) -> str:
    """The part that lists the worksheets."""
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    return of_kind(targets(package, ""), "/officeDocument")


def targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The parts another one points to: kind and name by relation."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return {}
    content = package.small(relations)
    return (
        _related(package.root(relations), folder)
        if content is None
        else _known_related(content, relations, folder)
    )


@lru_cache(64)
def _known_related(content: bytes, relations: str, folder: str) -> dict[str, tuple[str, str]]:
    """What a part points to that is the same in workbook after workbook."""
    return _related(parsed(content, relations), folder)


def _related(root: Element, folder: str) -> dict[str, tuple[str, str]]:
    return {
        r.get("Id", ""): (
            r.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, r.get("Target", ""))),
        )
        for r in root.iter(_REL)
        if r.get("TargetMode") != "External"
    }


def of_kind(targets: dict[str, tuple[str, str]], kind: str) -> str:
    """The part of a kind among those pointed to, "" where there is none."""
    return next((part for said, part in targets.values() if said.endswith(kind)), "")


def _relation(element: Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def styles_of(package: Package, part: str) -> dict[str, CellStyle]:
    """The styles by the number cells call them."""
    if not part or part not in package:
        return {}
    content = package.small(part)
    return _read_styles(package.root(part)) if content is None else _known_styles(content, part)


@lru_cache(64)
def _known_styles(content: bytes, part: str) -> dict[str, CellStyle]:
    """The styles of a part that comes again with every unit that fills in the same workbook."""
    return _read_styles(parsed(content, part))


def _read_styles(root: Element) -> dict[str, CellStyle]:
    codes = dict(BUILTIN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
    fonts = []
    for font in root.iterfind("{*}fonts/{*}font"):
        name, bold = font.find("{*}name"), font.find("{*}b")
        fonts.append(
            (
                bold is not None and bold.get("val", "1") in TRUE,
                "" if name is None else name.get("val", ""),
            )
        )
    found: dict[str, CellStyle] = {}
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        font_id = int(xf.get("fontId", "0"))
        bold_name = fonts[font_id] if 0 <= font_id < len(fonts) else (False, "")
        code = codes.get(int(xf.get("numFmtId", "0")), "General")
        found[str(len(found))] = cell_style(code, *bold_name)
    return found
