"""A document of sentences and lists: title, facts, tables whose heads come again on every page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen, QTextLayout, QTextOption

from judapp.printing.pages import POINT, Pages, font, twice

_SIZE, _SMALL = 9.0, 7.5
"""Points of the words in a table, and of what stands small below them."""
_PAD = 3.0
_HEAD_GROUND, _LINE = QColor("#EDEFF3"), QColor("#8A93A3")


class Column(Struct, frozen=True):
    """A column: its head, its share of the width, and whether it holds numbers (at the right)."""

    head: str
    share: float
    numbers: bool = False


class Entry(Struct, frozen=True):
    """What stands in a cell: words (lines of their own by a line feed), and small ones below them."""

    words: str = ""
    small: str = ""


class List(Struct, frozen=True):
    """A table with its title."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Entry]]


class Paper(Struct, frozen=True):
    """A document: office above, title, a mark such as “SỐ LIỆU THỰC HÀNH”, facts, and lists."""

    title: str
    office: str
    facts: Sequence[str]
    lists: Sequence[List]
    mark: str = ""
    foot: str = "{page}/{pages}"
    """What stands at the foot of every page; ``{page}`` and ``{pages}`` are numbers."""


def render(paper: Paper, *, landscape: bool = True) -> bytes:
    """The document as a PDF; its words can be searched for and copied."""

    broken: _Broken = {}

    def draw(pages: int) -> tuple[bytes, int]:
        drawn = _Drawing(paper, pages, broken, landscape=landscape)
        return drawn.whole(), drawn.pages.number

    return twice(draw)


_Broken = dict[tuple[str, str, float], list[str]]


class _Words(Struct, frozen=True):
    """One line of words with its font."""

    text: str
    small: bool = False


class _Drawing:
    """One pass over the document, from the top of the first page downwards."""

    def __init__(self, paper: Paper, count: int, broken: _Broken, *, landscape: bool) -> None:
        """``broken`` keeps the lines texts were broken into, for the pass after this one."""
        self.paper, self.count, self.broken = paper, count, broken
        self.pages = Pages(paper.title, landscape=landscape)
        self.y = 0.0
        self.plain, self.small, self.strong = font(_SIZE), font(_SMALL), font(_SIZE, bold=True)
        self.line = self.pages.metrics(self.plain).lineSpacing() / POINT

    def whole(self) -> bytes:
        paper = self.paper
        middle = Qt.AlignmentFlag.AlignHCenter
        if paper.office:
            self._sentence(paper.office, font(12, bold=True))
        if paper.mark:
            self._sentence(paper.mark, font(11, bold=True))
        self.y += 6
        self._sentence(paper.title, font(14, bold=True), middle)
        self.y += 4
        for fact in paper.facts:
            self._sentence(fact, font(12))
        for table in paper.lists:
            self.y += 8
            if self.y + 4 * self.line > self.pages.height:
                self._turn()
            self._sentence(table.title, font(12, bold=True))
            self.y += 2
            self._table(table)
        self._foot()
        return self.pages.finish()

    def _sentence(
        self, text: str, used: QFont, across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        lines = self._broken(text, used, self.pages.width)
        height = self.pages.metrics(used).lineSpacing() / POINT
        for line in lines:
            if self.y + height > self.pages.height:
                self._turn()
            area = QRectF(0, self.y * POINT, self.pages.width * POINT, height * POINT)
            self.pages.painter.setFont(used)
            self.pages.painter.drawText(area, int(across | Qt.AlignmentFlag.AlignVCenter), line)
            self.y += height

    def _table(self, table: List) -> None:
        whole = sum(column.share for column in table.columns)
        widths = [self.pages.width * column.share / whole for column in table.columns]
        heads = [
            [_Words(line) for line in self._broken(column.head, self.strong, width - 2 * _PAD)]
            for column, width in zip(table.columns, widths, strict=True)
        ]
        self._head(table, widths, heads)
        for row in table.rows:
            cells = [self._lines(entry, width - 2 * _PAD) for entry, width in zip(row, widths, strict=True)]
            while any(cells):
                room = int((self.pages.height - self.y - 2 * _PAD) / self.line)
                needed = max(map(len, cells))
                if room < min(needed, 3):
                    self._turn()
                    self._head(table, widths, heads)
                    continue
                shown = [lines[:room] for lines in cells]
                self._strip(table, widths, shown)
                cells = [lines[room:] for lines in cells]

    def _head(self, table: List, widths: Sequence[float], heads: Sequence[Sequence[_Words]]) -> None:
        self._strip(table, widths, heads, head=True)

    def _strip(
        self,
        table: List,
        widths: Sequence[float],
        cells: Sequence[Sequence[_Words]],
        *,
        head: bool = False,
    ) -> None:
        painter = self.pages.painter
        height = max(1, *map(len, cells)) * self.line + 2 * _PAD
        x = 0.0
        for column, width, lines in zip(table.columns, widths, cells, strict=True):
            box = QRectF(x * POINT, self.y * POINT, width * POINT, height * POINT)
            if head:
                painter.fillRect(box, _HEAD_GROUND)
            painter.setPen(QPen(_LINE, 0.5 * POINT))
            painter.drawRect(box)
            painter.setPen(QColor("black"))
            for at, line in enumerate(lines):
                used = self.strong if head else self.small if line.small else self.plain
                measure = self.pages.metrics(used)
                left = x + _PAD
                if column.numbers and not head:
                    left = x + width - _PAD - measure.horizontalAdvance(line.text) / POINT
                base = self.y + _PAD + at * self.line + measure.ascent() / POINT
                painter.setFont(used)
                painter.drawText(QPointF(left * POINT, base * POINT), line.text)
            x += width
        self.y += height

    def _lines(self, entry: Entry, width: float) -> list[_Words]:
        found = [_Words(line) for line in self._broken(entry.words, self.plain, width)]
        return found + [_Words(line, small=True) for line in self._broken(entry.small, self.small, width)]

    def _broken(self, text: str, used: QFont, width: float) -> list[str]:
        """``text`` in lines no wider than ``width`` points; words that are too long are broken as well."""
        key = text, used.key(), width
        if key not in self.broken:
            self.broken[key] = self._break(text, used, width)
        return self.broken[key]

    def _break(self, text: str, used: QFont, width: float) -> list[str]:
        found: list[str] = []
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        measure = self.pages.metrics(used)
        for part in text.split("\n") if text else ():
            if measure.horizontalAdvance(part) <= width * POINT:
                found.append(part)
                continue
            layout = QTextLayout(part, used, self.pages.painter.device())
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width * POINT)
                # Qt counts in UTF-16; nothing of a name lies outside its first plane but an emoji.
                units = part.encode("utf-16-le")
                piece = units[2 * line.textStart() : 2 * (line.textStart() + line.textLength())]
                found.append(piece.decode("utf-16-le", "ignore").rstrip())
            layout.endLayout()
        return found

    def _turn(self) -> None:
        self._foot()
        self.pages.turn()
        self.y = 0.0

    def _foot(self) -> None:
        self.pages.foot(self.paper.foot.format(page=self.pages.number, pages=self.count))
