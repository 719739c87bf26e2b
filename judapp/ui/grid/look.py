"""How large a grid is at one zoom: its fonts, its sizes, and its words laid out once for every painting."""

from __future__ import annotations

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTextOption

from judapp.ui import theme

CELL, STUB, HEAD = 14, 13, 12
"""Pixels of the figures, of the rows' labels and of the heads at 100 % (ux study, section 2)."""
LEAST, USUAL, MOST = 70, 100, 200
"""Zoom in percent (ux study, section 4)."""

_KEPT = 6000
"""Laid out words a font keeps: more than any screen shows, less than any sheet could make of them."""
_LONGEST = 400
"""Letters of a text that are laid out; a cell may hold a megabyte that nobody could read as a figure."""

Line = tuple[QStaticText, int]
"""Words on one line and their width in pixels."""
Block = tuple[QStaticText, int]
"""Words broken into lines and their height in pixels."""


class Face:
    """One font of the grid, with all that was measured and laid out in it."""

    __slots__ = ("_blocks", "_lines", "_words", "font", "height", "metrics")

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height = self.metrics.height()
        self._lines: dict[str, Line] = {}
        self._blocks: dict[tuple[str, int, bool], Block] = {}
        self._words: dict[str, int] = {}

    def width(self, text: str) -> int:
        """Pixels a text takes on one line."""
        return self.metrics.horizontalAdvance(_one_line(text))

    def line(self, text: str) -> Line:
        """A text on one line, ready to be drawn."""
        found = self._lines.get(text)
        if found is None:
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            shown = _one_line(text)
            found = self._lines[text] = (_static(shown), self.metrics.horizontalAdvance(shown))
        return found

    def cut(self, text: str, width: int) -> Line:
        """A text on one line, ended by … where ``width`` pixels are too few for it."""
        found = self.line(text)
        if found[1] <= width:
            return found
        return self.line(self.metrics.elidedText(_one_line(text), Qt.TextElideMode.ElideRight, max(0, width)))

    def block(self, text: str, width: int, *, centred: bool) -> Block:
        """A text broken into lines of ``width`` pixels, ready to be drawn."""
        key = (text, width, centred)
        found = self._blocks.get(key)
        if found is None:
            if len(self._blocks) >= _KEPT:
                self._blocks.clear()
            made = _static(text[:_LONGEST].replace("\n", "\u2028"))  # Qt's sign for another line
            across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
            option = QTextOption(across)
            option.setWrapMode(QTextOption.WrapMode.WordWrap)
            made.setTextOption(option)
            made.setTextWidth(max(8, width))
            made.prepare(font=self.font)
            size: QSizeF = made.size()
            found = self._blocks[key] = (made, round(size.height() + 0.49))
        return found

    def word(self, text: str) -> int:
        """Pixels the longest word of a text takes."""
        found = self._words.get(text)
        if found is None:
            if len(self._words) >= _KEPT:
                self._words.clear()
            advance = self.metrics.horizontalAdvance
            found = self._words[text] = max((advance(word) for word in text[:_LONGEST].split()), default=0)
        return found


class Look:
    """Everything a grid measures with at one zoom."""

    def __init__(self, zoom: int) -> None:
        self.zoom = zoom
        self.row = self.px(theme.ROW)
        self.mark = max(6, self.px(7))
        """Pixels of a mark in a corner: smaller ones are specks."""
        self.side = max(self.mark + 1, self.px(8))
        """Pixels left and right of a figure: never fewer than a mark takes beside it."""
        self.cell = self._faces(CELL)
        """The font of figures, plain and strong."""
        self.stub = self._faces(STUB)
        self.head = self._faces(HEAD)

    def px(self, pixels: float) -> int:
        """Pixels on screen of what is ``pixels`` at 100 %."""
        return max(1, round(pixels * self.zoom / 100))

    def _faces(self, size: int) -> tuple[Face, Face]:
        return Face(theme.font(self.px(size))), Face(theme.font(self.px(size), strong=True))


_looks: dict[tuple[int, str], Look] = {}


def look_at(zoom: int) -> Look:
    """The look at a zoom; all grids share it."""
    key = (zoom, theme.theme().family)
    if key not in _looks:
        _looks[key] = Look(zoom)
    return _looks[key]


def _static(text: str) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # what is typed is never read as markup
    return made


def _one_line(text: str) -> str:
    text = text[:_LONGEST]
    return " ".join(text.split()) if "\n" in text or "\r" in text else text
