"""What stands in the cells of a grid: fills, lines, figures, marks and the selection, drawn in one go.

The view asks for whole regions instead of one cell at a time: what Qt asks Python about every single cell
would cost more than the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionRange, QLine, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion, QStaticText
from PySide6.QtWidgets import QAbstractItemView

from judapp.ui import theme
from judapp.ui.grid.marks import hatch, marked, paint_marks
from judapp.ui.grid.stub import STRONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judapp.app.grid_view import CellView, TableView
    from judapp.ui.grid.frame import FramedTable
    from judapp.ui.theme import Tokens

_OVER = 0.4
"""How much of a cell's own fill the selection covers."""

Stretch = tuple[int, int, int]
"""Number of a row or column, where it begins in the viewport, and its pixels."""
Words = tuple[int, int, QStaticText]


class _Spot(NamedTuple):
    """A cell to draw."""

    row: int
    column: int
    area: QRect
    cell: CellView | None
    """None where the form has no cell."""
    text: str
    waiting: bool


def paint_cells(view: FramedTable, region: QRegion) -> None:
    """Draw what lies in ``region`` of the viewport of ``view``."""
    table = view.sheet.table
    if table is None or not table.columns:
        return
    painter = QPainter(view.viewport())
    own = theme.tokens()
    chosen = _Chosen(view)
    spots = list(_spots(view, table, region))
    _fills(painter, view, table, spots, own)
    if chosen.many:
        _covers(painter, spots, chosen, own)
    _lines(painter, view, region, own)
    _texts(painter, view, table, spots, own)
    _corners(painter, view, spots, own)
    if view.sheet.held:
        _unstored(painter, view, table, spots, own)
    if chosen.many:
        _outline(painter, spots, chosen, own)
    _active(painter, view, spots, own)
    painter.end()


def columns_in(view: FramedTable, rect: QRect) -> list[Stretch]:
    """The columns that ``rect`` of the viewport shows."""
    head = view.head
    first, last = head.visualIndexAt(rect.left()), head.visualIndexAt(rect.right())
    if first < 0:
        return []
    return [
        (at, head.sectionViewportPosition(at), size)
        for at in range(first, head.count() if last < 0 else last + 1)
        if (size := head.sectionSize(at))
    ]


def rows_in(view: FramedTable, rect: QRect) -> list[Stretch]:
    """The rows that ``rect`` of the viewport shows."""
    stub = view.stub
    first, last = stub.visualIndexAt(rect.top()), stub.visualIndexAt(rect.bottom())
    if first < 0:
        return []
    return [
        (at, stub.sectionViewportPosition(at), size)
        for at in range(first, stub.count() if last < 0 else last + 1)
        if (size := stub.sectionSize(at))
    ]


def _rects(region: QRegion) -> list[QRect]:
    found: list[QRect] = list(region)  # type: ignore[call-overload]  # its types do not say that it can be
    return found


def _spots(view: FramedTable, table: TableView, region: QRegion) -> Iterator[_Spot]:
    cells, key, lines, waiting = table.cells, table.key, table.rows, view.sheet.waiting
    seen: set[tuple[int, int]] = set()
    several = region.rectCount() > 1
    for rect in _rects(region):
        columns = [(at, left, width, table.columns[at].name) for at, left, width in columns_in(view, rect)]
        for row, top, height in rows_in(view, rect):
            line = lines[row].key
            for column, left, width, name in columns:
                if several:
                    if (row, column) in seen:
                        continue
                    seen.add((row, column))
                place = (key, line, name)
                cell = cells.get(place)
                typed = waiting(place) if cell is not None else None
                text = typed if typed is not None else cell.text if cell is not None else ""
                yield _Spot(row, column, QRect(left, top, width, height), cell, text, typed is not None)


def _fills(painter: QPainter, view: FramedTable, table: TableView, spots: list[_Spot], own: Tokens) -> None:
    headings: dict[int, bool] = {}
    lines = hatch(own.line, view.zoom, view.devicePixelRatioF())
    for row, _, area, cell, _, _ in spots:
        if cell is None:
            if row not in headings:
                headings[row] = _is_heading(table, row)
            if headings[row]:
                painter.fillRect(area, own.surface_2)
                continue
        elif cell.state != "remit":
            fill = _fill(cell, own, estimates=table.estimates_alone)
            if fill is not own.surface:  # that is the ground of the view
                painter.fillRect(area, fill)
            continue
        painter.fillRect(area, own.remit_tint)
        painter.setBrushOrigin(area.topLeft())  # so that scrolled cells and new ones fit together
        painter.fillRect(area, lines)


def _fill(cell: CellView, own: Tokens, *, estimates: bool) -> QColor:
    """One fill a cell, the first that holds (ux study, section 4).

    ``estimates``: the layer of the estimated parts is shown, in which they have a tint of their own.
    """
    if cell.severity == "error":
        return own.error_tint
    if cell.severity == "explain":
        return own.explain_tint
    if cell.kind in ("computed", "rollup"):
        return own.computed_tint
    if cell.kind == "foreign":
        return own.surface_2
    return own.estimated_tint if estimates and cell.text else own.surface


def _is_heading(table: TableView, row: int) -> bool:
    """Whether a row is a line of words over the ones below, without any figure."""
    key, line = table.key, table.rows[row].key
    return not any((key, line, leaf.name) in table.cells for leaf in table.columns)


def _lines(painter: QPainter, view: FramedTable, region: QRegion, own: Tokens) -> None:
    found = []
    for rect in _rects(region):
        columns, rows = columns_in(view, rect), rows_in(view, rect)
        if columns and rows:
            left, top = columns[0][1], rows[0][1]
            right, foot = columns[-1][1] + columns[-1][2] - 1, rows[-1][1] + rows[-1][2] - 1
            found += [QLine(left, at + size - 1, right, at + size - 1) for _, at, size in rows]
            found += [QLine(at + size - 1, top, at + size - 1, foot) for _, at, size in columns]
    painter.setPen(own.line)
    painter.drawLines(found)


def _texts(painter: QPainter, view: FramedTable, table: TableView, spots: list[_Spot], own: Tokens) -> None:
    look = view.look
    side = look.side
    groups: dict[tuple[bool, bool], list[Words]] = {}
    dotted: list[QLine] = []
    for row, _, area, cell, text, waiting in spots:
        if not text or cell is None:
            continue
        strong = table.rows[row].kind in STRONG
        face = look.cell[strong]
        if cell.kind == "words" if waiting else cell.left:
            words, width = face.cut(text, area.width() - 2 * side)
            x = area.left() + side
        else:
            words, width = face.line(text)
            x = area.right() + 1 - side - width
        y = area.top() + (area.height() - face.height) // 2
        dim = cell.state == "partial" and not waiting
        groups.setdefault((strong, dim), []).append((x, y, words))
        if cell.kind == "reported":
            foot = y + face.height - 1
            dotted.append(QLine(x, foot, x + width, foot))
    for (strong, dim), all_words in groups.items():
        painter.setFont(look.cell[strong].font)
        painter.setPen(own.text_3 if dim else own.text)
        draw = painter.drawStaticText
        for x, y, words in all_words:
            draw(x, y, words)
    if dotted:
        painter.setPen(QPen(own.text_2, max(1, look.px(1)), Qt.PenStyle.DotLine))
        painter.drawLines(dotted)


def _corners(painter: QPainter, view: FramedTable, spots: list[_Spot], own: Tokens) -> None:
    current = view.currentIndex()
    active = current.row(), current.column()
    found = [
        (spot.area, spot.cell)
        for spot in spots
        if spot.cell is not None and marked(spot.cell) and (spot.row, spot.column) != active
    ]
    if not found:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for area, cell in found:
        paint_marks(painter, area, cell, own, view.look)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _unstored(
    painter: QPainter, view: FramedTable, table: TableView, spots: list[_Spot], own: Tokens
) -> None:
    """A broken frame round every text that could not be stored, within the one of the active cell."""
    held, thick = view.sheet.held, max(1, view.look.px(1))
    found = [spot.area for spot in spots if table.key_at(spot.row, spot.column) in held]
    pen = QPen(own.error, thick, Qt.PenStyle.DashLine)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    inset = 3 * thick
    painter.drawRects([area.adjusted(inset, inset, -inset - 1, -inset - 1) for area in found])


def parts_of(selection: QItemSelection) -> list[QItemSelectionRange]:
    """The rectangles a selection is made of."""
    return [selection.at(place) for place in range(selection.count())]


class _Chosen:
    """What is selected, asked without an index a cell."""

    def __init__(self, view: FramedTable) -> None:
        current = view.currentIndex()
        self.row, self.column = current.row(), current.column()
        self._ranges = [
            (found.top(), found.left(), found.bottom(), found.right())
            for found in parts_of(view.selectionModel().selection())
        ]
        alone = len(self._ranges) == 1 and self._ranges[0][:2] == self._ranges[0][2:]
        self.many = bool(self._ranges) and not (alone and self.active(*self._ranges[0][:2]))

    def active(self, row: int, column: int) -> bool:
        """Whether that is the active cell, which keeps its own fill."""
        return row == self.row and column == self.column

    def __call__(self, row: int, column: int) -> bool:
        """Whether a cell is selected."""
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._ranges
        )


def _covers(painter: QPainter, spots: list[_Spot], chosen: _Chosen, own: Tokens) -> None:
    cover = QColor(own.sel)
    cover.setAlphaF(_OVER)
    for row, column, area, *_ in spots:
        if chosen(row, column) and not chosen.active(row, column):
            painter.fillRect(area, cover)


def _outline(painter: QPainter, spots: list[_Spot], chosen: _Chosen, own: Tokens) -> None:
    """The line round a selection, where the neighbour is not selected."""
    found: list[QLine] = []
    for row, column, area, *_ in spots:
        if not chosen(row, column):
            continue
        left, top, right, foot = area.left(), area.top(), area.right(), area.bottom()
        if not chosen(row - 1, column):
            found.append(QLine(left, top, right, top))
        if not chosen(row + 1, column):
            found.append(QLine(left, foot, right, foot))
        if not chosen(row, column - 1):
            found.append(QLine(left, top, left, foot))
        if not chosen(row, column + 1):
            found.append(QLine(right, top, right, foot))
    painter.setPen(QPen(own.accent, theme.theme().border))
    painter.drawLines(found)


def _active(painter: QPainter, view: FramedTable, spots: list[_Spot], own: Tokens) -> None:
    current = view.currentIndex()
    row, column = current.row(), current.column()
    spot = next((spot for spot in spots if spot.row == row and spot.column == column), None)
    if spot is None:
        return
    area = spot.area
    at_work = view.hasFocus() or view.state() == QAbstractItemView.State.EditingState
    thick = 1 + theme.theme().border
    pen = QPen(own.accent if at_work else own.line_strong, thick)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawRect(QRect(area.topLeft() + QPoint(1, 1), area.bottomRight() - QPoint(thick, thick)))
    if spot.cell is not None and marked(spot.cell):  # within the border, so that its state stays in sight
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, area, spot.cell, own, view.look, rim=thick)
