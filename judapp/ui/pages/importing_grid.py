"""The preview of one sheet: the form's rows and columns, old struck out → new, marks at what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPolygon,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.preview import FormPreview

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView, TableView
    from judapp.app.import_preview import SheetPreview
    from judapp.domain.shape import CellKey

_KEY = Qt.ItemDataRole.UserRole
ARROW, UNLIKE = " → ", " ≠ "
_PAD, _CORNER, _BAR = 8, 7, 3
_NARROWEST, _WIDEST = 64, 230
_HEAD_LINES = 3
_WIDEST_STUB = 0.42
"""Share of the width the labels of rows may take."""


class PreviewGrid(FormPreview):
    """One table of a form as it would be."""

    space = Signal()
    """The current cell is to be taken out of what is written, or in again."""

    def __init__(self) -> None:
        self._items = QStandardItemModel()
        super().__init__(self._items, t("IMW-preview"))
        self.sheet: SheetPreview | None = None
        self._table: TableView | None = None
        self.setItemDelegate(_Delegate(self))
        self.setStyleSheet("QTableCornerButton::section { background: palette(alternate-base); border: 0; }")
        self.verticalHeader().setStyleSheet(
            "QHeaderView { background: palette(base); }"
            "QHeaderView::section { font-weight: 400; font-size: 13px; padding: 0 8px; }"
        )
        self.selectionModel().currentChanged.connect(self._moved)

    def show_table(self, sheet: SheetPreview | None, table: int, *, only_news: bool) -> None:
        """Show a table of ``sheet``; with ``only_news`` the rows alone in which there is anything to see."""
        self.sheet = sheet
        self._table = sheet.tables[table] if sheet else None
        self._items.clear()
        if sheet is None or self._table is None:
            return
        view = self._table
        rows = [
            at
            for at in range(len(view.rows))
            if not only_news
            or any(sheet.shown(view.key_at(at, column)) for column in range(len(view.columns)))
        ]
        self._items.setColumnCount(len(view.columns))
        metrics = QFontMetrics(theme.font(14))
        widths = [_NARROWEST] * len(view.columns)
        for shown, at in enumerate(rows):
            for column in range(len(view.columns)):
                key = view.key_at(at, column)
                if key not in view.cells:
                    item = QStandardItem()
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                else:
                    words = _words(sheet, key, view.cells[key])
                    item = QStandardItem(words)
                    item.setData(key, _KEY)
                    widths[column] = max(widths[column], metrics.horizontalAdvance(words) + 2 * _PAD + 4)
                self._items.setItem(shown, column, item)
            row = view.rows[at]
            head = QStandardItem("   " * row.level + " ".join(filter(None, row.stub[:2])))
            head.setToolTip(head.text().strip())
            self._items.setVerticalHeaderItem(shown, head)
        self._heads(view, [min(width, _WIDEST) for width in widths])
        self._fit_stub()

    def go_to(self, key: CellKey) -> bool:
        """Make the cell ``key`` the current one; False where it is not shown."""
        for row in range(self._items.rowCount()):
            for column in range(self._items.columnCount()):
                index = self._items.index(row, column)
                if index.data(_KEY) == key:
                    self.setCurrentIndex(index)
                    self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                    return True
        return False

    def first_news(self) -> None:
        """Bring the first cell that changes into view."""
        if self.sheet is None:
            return
        for row in range(self._items.rowCount()):
            for column in range(self._items.columnCount()):
                key = self._items.index(row, column).data(_KEY)
                if key is not None and self.sheet.news(key):
                    self.scrollTo(self._items.index(row, column))
                    return

    def key(self) -> CellKey | None:
        """The key of the current cell, None where none is."""
        index = self.currentIndex()
        found = index.data(_KEY) if index.isValid() else None
        return None if found is None else tuple(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.space.emit()
        else:
            super().keyPressEvent(event)

    def words(self, sheet: SheetPreview, key: CellKey) -> str:
        """What a cell of the sheet would hold."""
        return next((view.cells[key].text for view in sheet.tables if key in view.cells), "")

    def place(self, sheet: SheetPreview, key: CellKey) -> str:
        """A cell by its row and column, “I.2 Phòng số 2 · cột (3)”."""
        view = next(view for view in sheet.tables if view.key == key[0])
        return _place(view, key)

    def cell(self, key: CellKey) -> CellView | None:
        """A cell of the table shown."""
        return self._table.cells.get(key) if self._table else None

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())  # what is over is its own anyway

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit_stub()

    def _heads(self, view: TableView, widths: list[int]) -> None:
        metrics = QFontMetrics(theme.font(12, strong=True))
        highest = 0
        for at, column in enumerate(view.columns):
            words, widths[at] = _fitted(column.label, metrics, widths[at])
            text = "\n".join(filter(None, (words, f"({column.code})" if column.code else "")))
            item = QStandardItem(text)
            unit = f" ({column.unit})" if column.unit else ""
            item.setToolTip(" › ".join(column.path) + unit)
            self._items.setHorizontalHeaderItem(at, item)
            self.setColumnWidth(at, widths[at])
            area = QRect(0, 0, widths[at] - 18, 1000)
            height = metrics.boundingRect(area, int(Qt.TextFlag.TextWordWrap), text).height()
            highest = max(highest, height)
        self.horizontalHeader().setFixedHeight(highest + 12)

    def _fit_stub(self) -> None:
        rows = range(self._items.rowCount())
        metrics = QFontMetrics(theme.font(13))
        labels = [self._items.verticalHeaderItem(row).text() for row in rows]
        needed = max((metrics.horizontalAdvance(label) for label in labels), default=0) + 22
        self.verticalHeader().setFixedWidth(max(60, min(needed, int(self.width() * _WIDEST_STUB))))
        self.updateGeometries()

    def _moved(self, now: QModelIndex, _: QModelIndex) -> None:
        key = now.data(_KEY) if now.isValid() else None
        if key is None or self.sheet is None or self._table is None:
            self.looked_at.emit("")
            return
        self.looked_at.emit(_told(self.sheet, self._table, key))


def _place(view: TableView, key: CellKey) -> str:
    row = next(line for line in view.rows if line.key == key[1])
    column = next(leaf for leaf in view.columns if leaf.name == key[2])
    at = row.path if row.label in row.path else f"{row.path} {row.label}".strip()
    head = " › ".join(column.path)
    col = t("IMW-column", column=f"({column.code}) {head}" if column.code else head)
    return " · ".join(filter(None, (at, col)))


def _told(sheet: SheetPreview, view: TableView, key: CellKey) -> str:
    """A cell in one line: row, column, old → new, where it is from, what another file says, what is wrong."""
    words = view.cells[key].text if key in sheet.left else _words(sheet, key, view.cells[key])
    parts = [f"{_place(view, key)}: {words or t('IMW-empty-cell')}"]
    if key in sheet.left:
        parts.append(t("IMD-cell-left", value=sheet.left[key] or t("IMW-empty-cell")))
    if source := sheet.sources.get(key):
        parts.append(t("IMW-from-cell", cell=source))
    elif key in sheet.before:
        parts.append(t("IMW-follows"))
    if (other := sheet.rivals.get(key)) is not None:
        said = other.value or t("IMW-empty-cell")
        parts.append(t("IMD-rival-says", name=other.name, value=said, cell=other.cell or "–"))
    return " · ".join(parts)


def _words(sheet: SheetPreview, key: CellKey, cell: CellView) -> str:
    empty = t("IMW-empty-cell")
    if sheet.choosing and (other := sheet.rivals.get(key)) is not None:
        return f"{cell.text or empty}{UNLIKE}{other.value or empty}"
    if key in sheet.left:
        return " ".join(filter(None, (cell.text, sheet.left[key])))
    before = sheet.before.get(key)
    if not before:
        return cell.text
    return f"{before}{ARROW}{cell.text or empty}"


def _fitted(label: str, metrics: QFontMetrics, width: int) -> tuple[str, int]:
    """A head's words in at most three lines, its column made wider for them first, then the words shorter."""

    def lines(words: str) -> float:
        area = QRect(0, 0, width - 18, 1000)
        return (
            metrics.boundingRect(area, int(Qt.TextFlag.TextWordWrap), words).height() / metrics.lineSpacing()
        )

    longest = max((metrics.horizontalAdvance(word) for word in label.split()), default=0) + 20
    width = min(max(width, longest), _WIDEST)
    while lines(label) > _HEAD_LINES + 0.5 and width < 132:
        width += 12
    words = label
    while lines(words) > _HEAD_LINES + 0.5 and " " in words:
        words = words.rstrip("…").rstrip().rpartition(" ")[0] + "…"
    return words, width


class _Delegate(QStyledItemDelegate):
    """Draws cells: grounds and corners as the entry grid does, the bar and the struck figure of a change."""

    def __init__(self, grid: PreviewGrid) -> None:
        super().__init__(grid)
        self.grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        own = theme.tokens()
        area: QRect = option.rect
        key, sheet = index.data(_KEY), self.grid.sheet
        cell = self.grid.cell(key) if key is not None else None
        painter.save()
        if cell is None or sheet is None:
            painter.fillRect(area, own.surface_2)
            painter.restore()
            return
        state = option.state
        ground = own.surface
        if cell.severity == "error":
            ground = own.error_tint
        elif cell.kind in ("computed", "rollup"):
            ground = own.computed_tint
        painter.fillRect(area, own.sel if state & QStyle.StateFlag.State_Selected else ground)
        if cell.severity:
            ink = own.error if cell.severity == "error" else own.warning
            painter.setBrush(ink)
            painter.setPen(Qt.PenStyle.NoPen)
            left, top = area.left(), area.top()
            painter.drawPolygon(
                QPolygon([QPoint(left, top), QPoint(left + _CORNER, top), QPoint(left, top + _CORNER)])
            )
        if key in sheet.rivals:
            painter.setBrush(own.warning)
            painter.setPen(Qt.PenStyle.NoPen)
            right, top = area.right() + 1, area.top()
            painter.drawPolygon(
                QPolygon([QPoint(right, top), QPoint(right - _CORNER, top), QPoint(right, top + _CORNER)])
            )
        if key in sheet.written:
            painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), own.accent)
        elif key in sheet.left:
            painter.setPen(own.text_2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(area.left(), area.top(), _BAR, area.height() - 1))
        self._figures(painter, area.adjusted(_PAD, 0, -_PAD, 0), cell, sheet, key)
        painter.restore()

    def _figures(
        self, painter: QPainter, area: QRect, cell: CellView, sheet: SheetPreview, key: CellKey
    ) -> None:
        own = theme.tokens()
        plain, struck = theme.font(14), theme.font(14)
        struck.setStrikeOut(True)
        before, empty = sheet.before.get(key, ""), t("IMW-empty-cell")
        parts: list[tuple[str, QFont, Any]] = []
        other = sheet.rivals.get(key)
        if sheet.choosing and other is not None:
            strong = theme.font(14, strong=True)
            parts = [(cell.text or empty, strong, own.text), (UNLIKE, plain, own.text_2)]
            parts.append((other.value or empty, plain, own.text))
        elif key in sheet.left:
            parts = [(f"{cell.text} " if cell.text else "", plain, own.text)]
            parts.append((sheet.left[key], struck, own.text_2))
        elif before:
            strong = theme.font(14, strong=key in sheet.written)
            parts = [(before, struck, own.text_2), (ARROW, plain, own.text_2)]
            parts.append((cell.text or empty, strong, own.text))
        else:
            parts.append((cell.text, plain, own.text))
        widths = [QFontMetrics(font).horizontalAdvance(words) for words, font, _ in parts]
        x = area.left() if cell.left and len(parts) == 1 else max(area.left(), area.right() + 1 - sum(widths))
        for (words, font, ink), width in zip(parts, widths, strict=True):
            painter.setFont(font)
            painter.setPen(ink)
            room = QRect(x, area.top(), area.right() + 1 - x, area.height())
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            x += width
