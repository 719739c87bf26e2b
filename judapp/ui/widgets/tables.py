"""Lists as tables: right-aligned numbers, sorting by a click, copying as a spreadsheet understands it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, field
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from judapp.ui import icons, theme
from judapp.ui.settings import settings

Index = QModelIndex | QPersistentModelIndex
_SORT = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1
_PADDING = 5
"""Pixels, besides the 3 every style leaves."""


class Head(Struct, frozen=True):
    """A column: what its head says, how wide it starts, and whether it holds numbers.

    ``width`` 0 takes what is left over.
    """

    text: str
    width: int = 0
    numbers: bool = False
    centred: bool = False


class Cell(Struct, frozen=True):
    """A cell: its text, a mark before it, what it sorts by where that is not its text, and a tooltip."""

    text: str = ""
    mark: str = ""
    sort: Any = None
    tip: str = ""
    strong: bool = False
    dim: bool = False


class Row(Struct, frozen=True):
    """A line of the list; ``data`` is what it stands for."""

    cells: Sequence[Cell | str]
    data: Any = None
    strong: bool = field(default=False)


class ListModel(QAbstractTableModel):
    """Rows of a list; everything is replaced at once."""

    def __init__(self, heads: Sequence[Head] = (), rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self.rows = list(rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.heads):
            return None
        head = self.heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return head.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(head))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, head = self.rows[index.row()], self.heads[index.column()]
        if role == ROW:
            return row
        found = row.cells[index.column()]
        cell = found if isinstance(found, Cell) else Cell(found)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == _SORT:
            return cell.text if cell.sort is None else cell.sort
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(head))
        if role == Qt.ItemDataRole.DecorationRole and cell.mark:
            return _mark(cell.mark)
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or cell.text
        if role == Qt.ItemDataRole.FontRole and (cell.strong or row.strong):
            return _strong()
        if role == Qt.ItemDataRole.ForegroundRole and cell.dim:
            return theme.tokens().text_2
        return None


def _alignment(head: Head) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignLeft
    if head.numbers:
        across = Qt.AlignmentFlag.AlignRight
    elif head.centred:
        across = Qt.AlignmentFlag.AlignHCenter
    return across | Qt.AlignmentFlag.AlignVCenter


def _mark(name: str) -> QPixmap:
    return icons.mark(name)


def _strong() -> QFont:
    return theme.font(13, strong=True)


class _Padded(QStyledItemDelegate):
    """Texts stand as far from the edge of their cell as those of the heads do."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.tokens().sel)
        inside = QStyleOptionViewItem(option)
        inside.rect = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        # The row is painted already, and a style would wash marks out on a selected one.
        inside.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        super().paint(painter, inside, index)


class ListTable(QTableView):
    """A list one goes through with the keyboard: Enter or a double click opens, Ctrl+C copies with heads."""

    opened = Signal(object)
    """The ``data`` of the row that was asked to open."""
    chosen = Signal(object)
    """The ``data`` of the row that became current, None where none is."""

    def __init__(self, name: str, heads: Sequence[Head], *, sortable: bool = True) -> None:
        """``name`` is the key under which column widths are remembered."""
        super().__init__()
        self.name = name
        self.list = ListModel(heads)
        self.order = QSortFilterProxyModel()
        self.order.setSourceModel(self.list)
        self.order.setSortRole(_SORT)
        self.setModel(self.order)
        self.setObjectName(name)
        self.setItemDelegate(_Padded(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setMinimumSectionSize(28)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._widths(heads)
        if sortable:
            self.setSortingEnabled(True)
            self.order.sort(-1)
            across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.chosen.emit(_data(now)))
        across.sectionResized.connect(self._remember)

    def show_rows(self, rows: Sequence[Row], keep: Callable[[Any], object] | None = None) -> None:
        """Show other rows; the current one stays where ``keep`` gives the same key for its data."""
        former = self.current()
        wanted = keep(former) if keep and former is not None else None
        self.list.show(rows)
        at = 0
        if keep is not None and wanted is not None:
            at = next((n for n, row in enumerate(self.list.rows) if keep(row.data) == wanted), 0)
        if rows:
            self.selectRow(self.order.mapFromSource(self.list.index(at, 0)).row())

    def current(self) -> Any:
        """The ``data`` of the current row, None where none is."""
        return _data(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The whole list with its heads, as a spreadsheet pastes it."""
        heads = [head.text for head in self.list.heads]
        lines = ["\t".join(heads)]
        for row in range(self.order.rowCount()):
            cells = [str(self.order.index(row, column).data() or "") for column in range(len(heads))]
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _open(self, index: QModelIndex) -> None:
        data = _data(index)
        if data is not None:
            self.opened.emit(data)

    def _widths(self, heads: Sequence[Head]) -> None:
        across = self.horizontalHeader()
        kept = settings().value(f"columns/{self.name}")
        widths = [int(width) for width in kept] if isinstance(kept, list) and len(kept) == len(heads) else []
        metrics = QFontMetrics(theme.font(12, strong=True))
        for number, head in enumerate(heads):
            if head.width == 0:
                across.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            else:
                least = metrics.horizontalAdvance(head.text) + 20
                across.resizeSection(number, widths[number] if widths else max(head.width, least))

    def _remember(self) -> None:
        if self.isVisible() and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            across = self.horizontalHeader()
            widths = [across.sectionSize(number) for number in range(across.count())]
            settings().setValue(f"columns/{self.name}", widths)


def _data(index: Index) -> Any:
    row = index.data(ROW) if index.isValid() else None
    return row.data if isinstance(row, Row) else None
