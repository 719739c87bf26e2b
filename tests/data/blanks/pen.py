"""A pen for blanks drawn by hand: a worksheet is sketched as lines of text, one cell beside the other.

In a sketch cells are parted by ``|``. ``<`` belongs to the merged cell at its left, ``^`` to the one above;
``.`` is an empty framed cell, ``~`` an empty one without the line at its left, ``'`` one without the line
above (merges that a clerk only drew). A cell may begin with ``*`` (bold), ``>`` (one step of Excel's indent
each), ``_`` (a blank each) and ``#`` (a number, not a text); ``\\n`` breaks a line.
"""

from __future__ import annotations

from base64 import b64decode

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_THIN = Side(style="thin")
_FONT = "Times New Roman"


class Pen:
    """Draws on one worksheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    def put(
        self, area: str, words: object, *, bold: bool = False, italic: bool = False, align: str = "center"
    ) -> None:
        """Words in a cell, merged over ``area`` where that is a block."""
        first = area.partition(":")[0]
        cell = self.sheet[first]
        cell.value = words
        cell.font = Font(name=_FONT, size=11, bold=bold, italic=italic)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if ":" in area:
            self.sheet.merge_cells(area)

    def lines(self, first: str, words: str, *, last: str = "", **look: object) -> None:
        """Lines one below the other, each a cell of its own, merged to column ``last`` where given."""
        column, row = first.rstrip("0123456789"), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for step, line in enumerate(words.split("\n")):
            area = f"{column}{row + step}"
            self.put(f"{area}:{last}{row + step}" if last else area, line, **look)  # type: ignore[arg-type]

    def table(self, first: str, sketch: str, *, bold: bool = False, turned: bool = False) -> None:
        """A framed block of cells as sketched, see the module; ``turned`` writes upright from below."""
        column = self.sheet[first].column
        row = self.sheet[first].row
        cells = [[cell.strip() for cell in line.split("|")] for line in sketch.strip("\n").split("\n")]
        self._frame(cells, row, column)
        for down, line in enumerate(cells):
            for right, mark in enumerate(line):
                if mark not in ("<", "^", ".", "~", "'", ""):
                    self._write(row + down, column + right, mark, bold, turned)
                    self._merge(cells, down, right, row, column)

    def _frame(self, cells: list[list[str]], row: int, column: int) -> None:
        for down, line in enumerate(cells):
            for right, mark in enumerate(line):
                below = (
                    cells[down + 1][right] if down + 1 < len(cells) and right < len(cells[down + 1]) else ""
                )
                beside = line[right + 1] if right + 1 < len(line) else ""
                self.sheet.cell(row + down, column + right).border = Border(
                    left=None if mark == "~" else _THIN,
                    right=None if beside == "~" else _THIN,
                    top=None if mark == "'" else _THIN,
                    bottom=None if below == "'" else _THIN,
                )

    def _write(self, row: int, column: int, mark: str, bold: bool, turned: bool) -> None:
        cell = self.sheet.cell(row, column)
        if mark.startswith("*"):
            mark, bold = mark[1:], True
        indent = len(mark) - len(mark.lstrip(">"))
        mark = mark.lstrip(">")
        blanks = len(mark) - len(mark.lstrip("_"))
        mark = mark.lstrip("_")
        if mark.startswith("#"):
            cell.value = int(mark[1:])
        else:
            cell.value = " " * blanks + mark.replace("\\n", "\n")
        left = indent or blanks
        cell.font = Font(name=_FONT, size=11, bold=bold)
        cell.alignment = Alignment(
            horizontal="left" if left else None if isinstance(cell.value, int) else "center",
            vertical="center", wrap_text=True, indent=indent, text_rotation=90 if turned else 0,
        )  # fmt: skip

    def _merge(self, cells: list[list[str]], down: int, right: int, row: int, column: int) -> None:
        wide = high = 1
        while right + wide < len(cells[down]) and cells[down][right + wide] == "<":
            wide += 1
        while down + high < len(cells) and cells[down + high][right] == "^":
            high += 1
        if wide > 1 or high > 1:
            self.sheet.merge_cells(
                start_row=row + down, end_row=row + down + high - 1,
                start_column=column + right, end_column=column + right + wide - 1,
            )  # fmt: skip

    def widths(self, **letters: float) -> None:
        """Widths of columns by their letters."""
        for letter, width in letters.items():
            self.sheet.column_dimensions[letter].width = width

    def formatted(self, first: int, last: int, columns: int) -> None:
        """Rows that hold nothing and have a look, as a clerk leaves them who once coloured whole columns."""
        look = Font(name=_FONT, size=13)
        for row in range(first, last + 1):
            for column in range(1, columns + 1):
                self.sheet[f"{get_column_letter(column)}{row}"].font = look


def page(name: str) -> tuple[Workbook, Worksheet, Pen]:
    """A workbook whose one worksheet is called ``name``, and a pen for it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    return book, sheet, Pen(sheet)


class Logo(Image):
    """A picture of one dot; openpyxl would need Pillow to open one."""

    def __init__(self) -> None:
        self.width = self.height = 40
        self.format = "png"

    def _data(self) -> bytes:
        return b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
