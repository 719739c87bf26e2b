"""The stub: numbers, labels and units of the rows, frozen at the left; it is the grid's row header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from judapp.ui import icons, theme
from judapp.ui.grid.head import word_width

if TYPE_CHECKING:
    from judapp.app.grid_view import RowLine, TableView

SIZE = 13
INDENT = 12
"""Pixels a label moves to the right with each level."""
SIDE = 8
_MARK = 16
_LEAST, _MOST = 140, 520
_RIM = 7
"""Pixels above and below the words of a row, together."""
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)

STRONG = ("total", "group")
"""Kinds of rows that stand in bold."""


class Stub(QHeaderView):
    """The rows' header: as many columns as the form prints left of its figures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.table: TableView | None = None
        self.widths: list[int] = []
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.ROW)
        self.setMinimumSectionSize(24)

    def measure(self, table: TableView, room: int) -> None:
        """Take the rows of ``table``; ``room`` is what the stub may take of the width."""
        self.table = table
        self.widths = _widths(table, max(_LEAST, min(_MOST, room)))
        self.setFixedWidth(max(1, sum(self.widths)))

    def height_of(self, row: int) -> int:
        """Pixels of height the label of a row needs."""
        assert self.table is not None  # measured first
        line = self.table.rows[row]
        tallest = theme.ROW
        for column, text in enumerate(line.stub):
            inside = self._inside(line, column, QRect(0, 0, self.widths[column], 10_000))
            metrics = QFontMetrics(theme.font(SIZE, strong=line.kind in STRONG))
            needed = metrics.boundingRect(inside, _WRAP, text).height() + _RIM
            tallest = max(tallest, needed)
        return tallest

    def sizeHint(self) -> QSize:
        return QSize(max(1, sum(self.widths)), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if self.table is None or logicalIndex >= len(self.table.rows):
            return
        own = theme.tokens()
        line = self.table.rows[logicalIndex]
        model = self.selectionModel()
        active = model is not None and model.currentIndex().row() == logicalIndex
        painter.save()
        painter.fillRect(rect, own.sel if active else own.surface_2)
        left = rect.left()
        for column, width in enumerate(self.widths):
            area = QRect(left, rect.top(), width, rect.height())
            painter.setFont(theme.font(SIZE, strong=line.kind in STRONG))
            painter.setPen(own.text)
            text = line.stub[column] if column < len(line.stub) else ""
            painter.drawText(self._inside(line, column, area), _WRAP, text)
            painter.setPen(own.line)
            painter.drawLine(area.topRight(), area.bottomRight())
            left += width
        if line.computed:
            at = QPoint(rect.right() - _MARK - 3, rect.center().y() - _MARK // 2 + 1)
            painter.drawPixmap(at, icons.mark("computed", _MARK))
        painter.setPen(own.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if line.kind == "total" and logicalIndex:
            painter.setPen(own.line_strong)
            painter.drawLine(rect.topLeft(), rect.topRight())
        painter.setPen(own.line_strong)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def _inside(self, line: RowLine, column: int, area: QRect) -> QRect:
        label = self.table is not None and column == self.table.label_column
        left = SIDE + (INDENT * line.level if label else 0)
        last = column == len(self.widths) - 1
        return area.adjusted(left, 0, -(_MARK + 4 if last and line.computed else SIDE), 0)


def _widths(table: TableView, room: int) -> list[int]:
    """Pixels of each column of the stub: numbers and units as wide as they are, the label within ``room``."""
    found = []
    for column, head in enumerate(table.stub):
        longest = word_width(head)
        if column == table.label_column:
            found.append(0)
            continue
        metrics = QFontMetrics(theme.font(SIZE, strong=True))
        texts = [metrics.horizontalAdvance(line.stub[column]) for line in table.rows]
        found.append(max(longest, min(110, max(texts, default=0) + 2 * SIDE + 2), 36))
    if not found:
        return []
    label = table.label_column
    wide = _LEAST
    for line in table.rows:
        metrics = QFontMetrics(theme.font(SIZE, strong=line.kind in STRONG))
        own = metrics.horizontalAdvance(line.stub[label]) + INDENT * line.level
        wide = max(wide, own + SIDE + (_MARK + 4 if line.computed else SIDE) + 2)
    found[label] = min(wide, max(_LEAST, room - sum(found)))
    return found
