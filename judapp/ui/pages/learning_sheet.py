"""The blank's worksheet as it stands, every row and cell in the tint and letter of its role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from judapp.ui import theme
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.learn_picture import Picture, PictureCell
    from judapp.domain.cell_name import Position

_CELL = Qt.ItemDataRole.UserRole
_PAD = 4
_INDENT = 10
_LEAST, _MOST = 26, 320
"""Pixels a column takes at least and at most."""
_SMALLEST, _LARGEST = 0.8, 1.5
"""How far columns may be from their widths in the workbook; words are drawn smaller here than there."""
_LONGEST_WORD = 160
_MARGIN = 58
_ROW = 24
_HIGHEST = 400

TINTS = {
    "block": "estimated_tint",
    "head": "computed_tint",
    "number": "locked_tint",
    "stub": "surface_2",
    "unit_of_measure": "estimated_tint",
    "row": "surface",
    "total": "ok_tint",
    "group": "explain_tint",
    "repeated": "warning_tint",
    "note": "estimated_tint",
    "signer": "estimated_tint",
}
"""The token of each role; a cell of no use has the ground of the window, its row a hatch."""

_MENU = (
    ("number", "LRP-menu-number"),
    ("head", "LRP-menu-head"),
    ("row", "LRP-menu-row-role"),
    ("total", "LRP-menu-total"),
    ("group", "LRP-menu-group"),
    ("repeated", "LRP-menu-repeated"),
    ("block", "LRP-menu-block"),
    ("note", "LRP-menu-note"),
    ("signer", "LRP-menu-signer"),
    ("unused", "LRP-menu-unused"),
)


class SheetPicture(QTableView):
    """A worksheet to look at: a click says which cell, a right click changes the role of a row."""

    picked = Signal(object)
    """The worksheet cell that was clicked (``Position``)."""
    role_given = Signal(int, object)
    """A worksheet row and its role; None leaves it to the program."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.given: frozenset[int] = frozenset()
        """Worksheet rows whose role a person said."""
        self.marked: frozenset[Position] = frozenset()
        """Worksheet cells that are framed."""
        self.fixed = False
        """Whether the roles of rows only show how they were read: the sheet is not read again."""
        self._places: dict[Position, tuple[int, int]] = {}
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(self))
        self.margin = _Margin(self)
        self.setVerticalHeader(self.margin)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(t("LRP-sheet-name"))
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setMinimumSectionSize(_LEAST)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        across.setFixedHeight(22)
        across.setStyleSheet("QHeaderView::section { font-weight: 400; padding: 2px 0; }")
        self.setStyleSheet("QTableCornerButton::section { background: palette(alternate-base); border: 0; }")
        self.selectionModel().currentChanged.connect(self._moved)

    def show_picture(self, picture: Picture, given: frozenset[int]) -> None:
        """Show a worksheet, or what became of its roles."""
        same = self.picture is not None and self.picture.sheet == picture.sheet
        at = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self.picture, self.given, self.marked = picture, given, frozenset()
        self.selectionModel().blockSignals(True)
        self._items.clear()
        self.clearSpans()
        self._items.setRowCount(len(picture.rows))
        self._items.setColumnCount(len(picture.columns))
        from judapp.domain.cell_name import column_letters

        self._items.setHorizontalHeaderLabels([column_letters(column) for column in picture.columns])
        taken: set[tuple[int, int]] = set()
        for cell in picture.cells:
            item = QStandardItem(cell.text)
            item.setData(cell, _CELL)
            item.setToolTip(cell.text)
            self._items.setItem(cell.row, cell.column, item)
            taken |= {
                (cell.row + down, cell.column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
        self._places = {cell.position: (cell.row, cell.column) for cell in picture.cells}
        self._lay_out()
        self._spread(picture, taken)
        self._heights()
        self.selectionModel().blockSignals(False)
        if same:
            self.verticalScrollBar().setValue(at[0])
            self.horizontalScrollBar().setValue(at[1])

    def mark(self, cells: tuple[Position, ...]) -> None:
        """Frame the cells a part of the definition was read from and bring the first into view."""
        self.marked = frozenset(cells)
        place = next((self._places[cell] for cell in cells if cell in self._places), None)
        if place is not None:
            self.scrollTo(self._items.index(*place))
        self.viewport().update()

    def rect_of(self, position: Position) -> QRect:
        """Where a worksheet cell stands in the view."""
        place = self._places.get(position)
        return self.visualRect(self._items.index(*place)) if place is not None else QRect()

    def row_of(self, row: int) -> int:
        """The place of a worksheet's row among those shown, -1 where it is hidden."""
        rows = self.picture.rows if self.picture is not None else ()
        return rows.index(row) if row in rows else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.picture is not None and event.size().width() != event.oldSize().width():
            self._lay_out()
            self._heights()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.rowAt(event.pos().y() - self.viewport().y())
        if row >= 0 and not self.fixed:
            self.row_menu(row).popup(event.globalPos())

    def row_menu(self, row: int) -> QMenu:
        """What a row (by its place) may be."""
        assert self.picture is not None  # a row was clicked
        number, now = self.picture.rows[row], self.picture.roles[row]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = menu.addAction(t("LRP-menu-row", row=number))
        title.setEnabled(False)
        menu.addSeparator()
        for role, code in _MENU:
            act = menu.addAction(t(code))
            act.setCheckable(True)
            act.setChecked(role == now)
            act.triggered.connect(lambda _=False, role=role: self.role_given.emit(number, role))
        if number in self.given:
            menu.addSeparator()
            act = menu.addAction(t("LRP-menu-self"))
            act.triggered.connect(lambda _=False: self.role_given.emit(number, None))
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pick(self.indexAt(event.position().toPoint()))

    def _moved(self, now: QModelIndex, _: QModelIndex) -> None:
        if self.hasFocus():  # with the keyboard; a click is told when it ends
            self._pick(now)

    def _pick(self, index: QModelIndex) -> None:
        cell = index.data(_CELL) if index.isValid() else None
        if cell is not None:
            self.picked.emit(cell.position)

    def _lay_out(self) -> None:
        """Widths as in the workbook, all made narrower or wider together so that the sheet fills the view."""
        picture = self.picture
        assert picture is not None  # shown
        wanted = [min(max(_LEAST, width * 7 + 5), _MOST) for width in picture.widths]
        room = self.viewport().width() or self.width() - _MARGIN
        scale = min(max(room / sum(wanted), _SMALLEST), _LARGEST) if wanted and room > 0 else 1.0
        least = [_LEAST] * len(wanted)
        for cell in picture.cells:
            if cell.columns == 1 and cell.text and (cell.borders or cell.rows > 1):
                metrics = QFontMetrics(font_of(cell))
                word = max(map(metrics.horizontalAdvance, cell.text.split()), default=0)
                least[cell.column] = max(least[cell.column], min(word + 2 * _PAD + 2, _LONGEST_WORD))
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, max(least[column], int(width * scale)))

    def _spread(self, picture: Picture, taken: set[tuple[int, int]]) -> None:
        """Merges, and texts that run over the empty cells right of them, as Excel shows them."""
        for cell in picture.cells:
            columns = cell.columns
            if cell.rows == 1 and not cell.borders and cell.text:
                needed = QFontMetrics(font_of(cell)).horizontalAdvance(cell.text) + 2 * _PAD
                width = sum(self.columnWidth(cell.column + at) for at in range(columns))
                after = cell.column + columns
                while width < needed and after < len(picture.columns) and (cell.row, after) not in taken:
                    width += self.columnWidth(after)
                    taken.add((cell.row, after))
                    columns, after = columns + 1, after + 1
            if cell.rows > 1 or columns > 1:
                self.setSpan(cell.row, cell.column, cell.rows, columns)

    def _heights(self) -> None:
        picture = self.picture
        assert picture is not None  # shown
        heights = [_ROW] * len(picture.rows)
        for cell in sorted(picture.cells, key=lambda c: c.rows):
            if not cell.text:
                continue
            width = sum(
                self.columnWidth(cell.column + at)
                for at in range(self.columnSpan(cell.row, cell.column))
                if cell.column + at < len(picture.columns)
            )
            area = QRect(0, 0, max(10, width - 2 * _PAD - cell.indent * _INDENT), 10_000)
            metrics = QFontMetrics(font_of(cell))
            needed = metrics.boundingRect(area, _flags(cell), cell.text).height() + 6
            own = range(cell.row, min(cell.row + cell.rows, len(heights)))
            short = min(needed, _HIGHEST) - sum(heights[row] for row in own)
            if short > 0:
                for row in own:
                    heights[row] += -(-short // len(own))
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)


def font_of(cell: PictureCell) -> QFont:
    """The font a cell is drawn in; sizes of the workbook are left out, 12 is the least one can read."""
    made = theme.font(12, strong=cell.bold)
    made.setItalic(cell.italic)
    return made


def _flags(cell: PictureCell) -> int:
    across = {"center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}.get(
        cell.align, Qt.AlignmentFlag.AlignLeft
    )
    return int(across | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class _Delegate(QStyledItemDelegate):
    """Draws cells: tint, words, the workbook's own lines, and a frame round those that are meant."""

    def __init__(self, sheet: SheetPicture) -> None:
        super().__init__(sheet)
        self.sheet = sheet

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        own = theme.tokens()
        area: QRect = option.rect
        cell: PictureCell | None = index.data(_CELL)
        painter.save()
        ground = own.surface
        if cell is not None and cell.role in TINTS:
            ground = getattr(own, TINTS[cell.role])
        painter.fillRect(area, ground)
        if self._unused(index.row()):
            hatch(painter, area, own.line)
        if cell is None:
            painter.restore()
            return
        painter.setFont(font_of(cell))
        painter.setPen(own.text)
        inside = area.adjusted(_PAD + cell.indent * _INDENT, 0, -_PAD, 0)
        painter.setClipRect(area)
        painter.drawText(inside, _flags(cell), cell.text)
        painter.setPen(QPen(own.line_strong, 1))
        sides = {
            "l": (area.topLeft(), area.bottomLeft()),
            "t": (area.topLeft(), area.topRight()),
            "r": (area.topRight(), area.bottomRight()),
            "b": (area.bottomLeft(), area.bottomRight()),
        }
        for side in cell.borders:
            painter.drawLine(*sides[side])
        if cell.position in self.sheet.marked or option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(own.accent, 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(_LEAST, _ROW)

    def _unused(self, row: int) -> bool:
        picture = self.sheet.picture
        return picture is not None and row < len(picture.roles) and picture.roles[row] == "unused"


class _Margin(QHeaderView):
    """Left of the rows: the letter of their role, and the row's number in the worksheet."""

    def __init__(self, sheet: SheetPicture) -> None:
        super().__init__(Qt.Orientation.Vertical, sheet)
        self.sheet = sheet
        self.setFixedWidth(_MARGIN)
        self.setMinimumSectionSize(_ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMouseTracking(True)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        picture = self.sheet.picture
        if picture is None or logicalIndex >= len(picture.rows):
            return
        own = theme.tokens()
        role = picture.roles[logicalIndex]
        painter.save()
        tint: QColor = getattr(own, TINTS[role]) if role in TINTS else own.surface
        painter.fillRect(rect, tint)
        if role == "unused":
            hatch(painter, rect, own.line)
        painter.setPen(own.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        number = picture.rows[logicalIndex]
        painter.setPen(own.text)
        painter.setFont(theme.font(13, strong=True))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(
            QRect(rect.left() + 2, rect.top(), 22, rect.height()), middle, picture.letters[logicalIndex]
        )
        painter.setPen(own.accent if number in self.sheet.given else own.text_2)
        painter.setFont(theme.font(12, strong=number in self.sheet.given))
        place = rect.adjusted(24, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
        painter.restore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.logicalIndexAt(event.pos())
        if row >= 0 and not self.sheet.fixed:
            self.sheet.row_menu(row).popup(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.setToolTip(self.role_at(event.position().toPoint()))

    def role_at(self, at: QPoint) -> str:
        """What the row at a point is, in words."""
        from judapp.app.learn_picture import ROLE_NAMES

        row, picture = self.logicalIndexAt(at), self.sheet.picture
        return t(ROLE_NAMES[picture.roles[row]]) if picture is not None and row >= 0 else ""


def hatch(painter: QPainter, area: QRect, ink: QColor) -> None:
    """The hatch of what is not used."""
    brush = QBrush(ink, Qt.BrushStyle.BDiagPattern)
    painter.fillRect(area, brush)
