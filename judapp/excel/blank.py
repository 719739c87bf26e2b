"""A ministry's blank as it is seen: the cells of its visible worksheets and how they look.

The cells come from the readers imports use; looks are read in a second pass over the same file. Macros,
protection, pictures and colours are not looked at and never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from judapp.domain.cell_name import Position
from judapp.errors import JudappError
from judapp.excel.blank_looks import PLAIN, Looks, LooksDraft
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.reader import MAX_UNPACKED, OLE, ZIP, guarded, read_workbook

__all__ = ["BlankSheet", "Looks", "legacy_texts", "read_blank"]


class BlankSheet(Struct, frozen=True):
    """One visible worksheet of a blank."""

    grid: GridSheet
    looks: Mapping[Position, Looks]
    """Every visible cell with any look, also an empty one with lines. A merge's lines lie on its rim."""
    lead: Mapping[Position, int]
    """Blanks before a text, as typed to push a label in; cells without are not there."""
    widths: Mapping[int, float]
    """Widths of columns in characters, where the file states them."""

    def at(self, row: int, column: int) -> GridCell:
        """The cell there; an empty one where nothing stands."""
        return self.grid.at(row, column)

    def text(self, row: int, column: int) -> str:
        """What the cell prints, cleaned; "" where it is empty or nobody sees it."""
        cell = self.grid.at(row, column)
        return "" if cell.hidden else cell.shown_text

    def look(self, row: int, column: int) -> Looks:
        """How the cell looks; plain where nothing is said."""
        return self.looks.get((row, column), PLAIN)


def legacy_texts(sheet: BlankSheet) -> dict[Position, str]:
    """The cells whose letters are those of a TCVN3 or VNI font, with its name: as they stand they are wrong.

    Such letters lie below U+0100; a text with others is Unicode, whatever its font is called.
    """
    return {
        position: sheet.at(*position).font
        for position, content in sheet.grid.texts()
        if sheet.at(*position).style.legacy_font and "\x80" <= max(content) <= "\xff"
    }


def read_blank(path: Path) -> list[BlankSheet]:
    """The visible worksheets that hold anything a person sees, of an .xlsx, .xlsm, .xls or .ods.

    Raises LRN-010 for an empty file, FIL-001 (password), FIL-002 (no workbook, with what it is), FIL-003
    (damaged or too large), FIL-004 (not there), FIL-006 (cannot be opened), LRN-011 for a workbook kept in a
    format that says nothing of looks (.xlsb, .csv), LRN-012 where nothing stands in it.
    """
    guarded(path, _refuse_by_head)
    grids = read_workbook(path)
    drafts = guarded(path, _read_looks)
    found = [
        BlankSheet(grid, draft.settled(grid), _seen(draft, grid), draft.widths)
        for grid, draft in zip(grids, drafts, strict=True)
        if any(not cell.hidden and cell.shown_text for cell in grid.cells.values())
    ]
    if not found:
        raise JudappError("LRN-012", name=path.name)
    return found


def _refuse_by_head(head: bytes, path: Path) -> None:
    if not head.strip(b"\0 \t\r\n"):
        raise JudappError("LRN-010", name=path.name)


def _read_looks(head: bytes, path: Path) -> Sequence[LooksDraft]:
    if head.startswith(OLE):
        from judapp.excel.blank_xls import xls_looks

        return xls_looks(path.read_bytes())
    if not head.startswith(ZIP):
        raise JudappError("LRN-011", name=path.name, kind="CSV")
    from judapp.excel.package import Package

    with Package(path, MAX_UNPACKED) as package:
        if "content.xml" in package:
            from judapp.excel.blank_ods import ods_looks

            return ods_looks(package)
        if "xl/workbook.bin" in package:
            raise JudappError("LRN-011", name=path.name, kind=".xlsb")
        from judapp.excel.blank_xlsx import xlsx_looks

        return xlsx_looks(package)


def _seen(draft: LooksDraft, grid: GridSheet) -> dict[Position, int]:
    return {position: blanks for position, blanks in draft.lead.items() if not grid.at(*position).hidden}
