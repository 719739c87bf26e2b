"""The stub: numbers, labels and units of the rows, frozen at the left; it is the grid's row header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from judapp.ui import icons, theme
from judapp.ui.grid.head import word_width
from judapp.ui.grid.look import USUAL, Look, look_at

if TYPE_CHECKING:
    from judapp.app.grid_view import RowLine, TableView

INDENT = 12
"""Pixels a label moves to the right with each level."""
SIDE = 8
_MARK = 16
_LEAST, _MOST = 140, 520
_NUMBERS = 36, 110
"""Least and most pixels of a column of the stub that holds no labels."""
_RIM = 7
"""Pixels above and below the words of a row, together."""
_LOWEST = 24

STRONG = ("total", "group")
"""Kinds of rows that stand in bold."""


class Stub(QHeaderView):
    """The rows' header: as many columns as the form prints left of its figures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.look = look_at(USUAL)
        self.table: TableView | None = None
        self.widths: list[int] = []
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.ROW)
        self.setMinimumSectionSize(_LOWEST)

    def zoom(self, look: Look) -> None:
        """Take another size."""
        self.look = look
        self.setMinimumSectionSize(min(look.px(_LOWEST), look.row))
        self.setDefaultSectionSize(look.row)

    def measure(self, table: TableView, room: int) -> None:
        """Take the rows of ``table``; ``room`` is what the stub may take of the width."""
        self.table = table
        px = self.look.px
        self.widths = _widths(self.look, table, max(px(_LEAST), min(px(_MOST), room)))
        self.setFixedWidth(max(1, sum(self.widths)))

    def follow(self, table: TableView) -> None:
        """Take what became of the table; only other words are drawn again."""
        former, self.table = self.table, table
        if former is None or former.rows != table.rows:
            self.viewport().update()

    def height_of(self, row: int) -> int:
        """Pixels of height the label of a row needs."""
        assert self.table is not None  # measured first
        line = self.table.rows[row]
        face, rim = self.look.stub[line.kind in STRONG], self.look.px(_RIM)
        tallest = self.look.row
        for column, text in enumerate(line.stub):
            room = self._inside(line, column, 0, self.widths[column])[1]
            if "\n" in text or face.width(text) > room:  # one line fits into every row
                tallest = max(tallest, face.block(text, room, centred=False)[1] + rim)
        return tallest

    def sizeHint(self) -> QSize:
        return QSize(max(1, sum(self.widths)), theme.ROW)  # Qt's own would ask for the words of 200 rows

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """A selection changes nothing here; the active row is drawn again as Qt does it."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if self.table is None or logicalIndex >= len(self.table.rows):
            return
        own = theme.tokens()
        line = self.table.rows[logicalIndex]
        model = self.selectionModel()
        active = model is not None and model.currentIndex().row() == logicalIndex
        painter.fillRect(rect, own.sel if active else own.surface_2)
        face = self.look.stub[line.kind in STRONG]
        painter.setFont(face.font)
        painter.setPen(own.text)
        left, edges = rect.left(), []
        for column, width in enumerate(self.widths):
            text = line.stub[column] if column < len(line.stub) else ""
            if text:
                x, room = self._inside(line, column, left, width)
                words, height = face.block(text, room, centred=False)
                painter.drawStaticText(x, rect.top() + (rect.height() - height) // 2, words)
            left += width
            edges.append(left - 1)
        painter.setPen(own.line)
        for edge in edges:
            painter.drawLine(edge, rect.top(), edge, rect.bottom())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if line.computed:
            side = self.look.px(_MARK)
            at = QPoint(rect.right() - side - 3, rect.center().y() - side // 2 + 1)
            painter.drawPixmap(at, icons.mark("computed", side))
        painter.setPen(own.line_strong)
        if line.kind == "total" and logicalIndex:
            painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the table beside it scrolls and zooms

    def _inside(self, line: RowLine, column: int, left: int, width: int) -> tuple[int, int]:
        """Where the words of a column begin, and the pixels they have."""
        px = self.look.px
        label = self.table is not None and column == self.table.label_column
        before = px(SIDE) + (px(INDENT) * line.level if label else 0)
        last = column == len(self.widths) - 1
        after = px(_MARK) + 4 if last and line.computed else px(SIDE)
        return left + before, width - before - after


def _widths(look: Look, table: TableView, room: int) -> list[int]:
    """Pixels of each column of the stub: numbers and units as wide as they are, the label within ``room``."""
    px, least = look.px, look.px(_LEAST)
    narrow, wide_enough = (px(pixels) for pixels in _NUMBERS)
    found = []
    for column, head in enumerate(table.stub):
        longest = word_width(look, head)
        if column == table.label_column:
            found.append(0)
            continue
        texts = [look.stub[True].width(line.stub[column]) for line in table.rows]
        found.append(max(longest, min(wide_enough, max(texts, default=0) + 2 * px(SIDE) + 2), narrow))
    if not found:
        return []
    label = table.label_column
    wide = least
    for line in table.rows:
        own = look.stub[line.kind in STRONG].width(line.stub[label]) + px(INDENT) * line.level
        wide = max(wide, own + px(SIDE) + (px(_MARK) + 4 if line.computed else px(SIDE)) + 2)
    found[label] = min(wide, max(least, room - sum(found)))
    return found
