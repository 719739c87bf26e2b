"""The sheets of a package as a list with boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from judapp.ui import icons, theme
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.export_view import SheetToExport

Index = QModelIndex | QPersistentModelIndex
FORM, UNIT, STATE, NOTE = range(4)
_BOX = 16
SHEET = Qt.ItemDataRole.UserRole
_STATES = {
    "draft": ("EXW-state-draft", "draft"),
    "errors": ("EXW-state-errors", "error"),
    "checked": ("EXW-state-checked", "ok"),
    "submitted": ("EXW-state-submitted", "submitted"),
}
"""Word and mark of each state of a sheet."""


class PackageModel(QAbstractTableModel):
    """One row a sheet; the first column can be ticked."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[SheetToExport] = []
        self.chosen: set[int] = set()
        """Ids of the sheets ticked, also of those not listed now."""
        self._heads = [t(code) for code in ("EXW-form", "EXW-unit", "EXW-state", "EXW-note")]

    def show(self, sheets: Iterable[SheetToExport]) -> None:
        """List other sheets; what is ticked stays so."""
        self.beginResetModel()
        self.sheets = list(sheets)
        self.endResetModel()

    def tick(self, ids: Iterable[int], *, on: bool) -> None:
        """Tick sheets, or take the ticks away."""
        self.chosen = self.chosen | set(ids) if on else self.chosen - set(ids)
        if self.sheets:
            self.dataChanged.emit(self.index(0, FORM), self.index(len(self.sheets) - 1, FORM))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.sheets)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        sheet = self.sheets[index.row()]
        if role == SHEET:
            return sheet
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == FORM:
            return Qt.CheckState.Checked if sheet.id in self.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(sheet, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            lang = language()
            more = {FORM: sheet.title, STATE: sheet.note.in_language(lang)}
            return more.get(index.column()) or "\n".join(
                filter(None, (self._words(sheet, index.column()), sheet.evidence.in_language(lang)))
            )
        return None

    def _words(self, sheet: SheetToExport, column: int) -> str:
        if column == FORM:
            return sheet.form
        if column == UNIT:
            return sheet.unit_name
        if column == STATE:
            return t(_STATES[sheet.state][0])
        blocks = sheet.blocks.in_language(language())
        return t("EXW-left", blocks=blocks) if blocks else sheet.evidence.in_language(language())


class PackageTable(QTableView):
    """Space ticks, Enter opens the sheet, "Xem" leads to what is in the way."""

    opened = Signal(object)
    looked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.package = PackageModel()
        self.setModel(self.package)
        self.setObjectName("package")
        self.setAccessibleName(t("EXW-list"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((FORM, 150), (STATE, 120)):
            across.resizeSection(column, width)
        for column in (UNIT, NOTE):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Painter(self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(SHEET)))

    def show_sheets(self, sheets: Sequence[SheetToExport]) -> None:
        """List other sheets, the current one stays."""
        former = self.currentIndex().data(SHEET) if self.currentIndex().isValid() else None
        self.package.show(sheets)
        at = next((n for n, sheet in enumerate(sheets) if former and sheet.id == former.id), 0)
        if sheets:
            self.setCurrentIndex(self.package.index(at, FORM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sheet = self.currentIndex().data(SHEET) if self.currentIndex().isValid() else None
        if sheet is not None and event.key() == Qt.Key.Key_Space:
            self._turn(sheet)
        elif sheet is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(sheet)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on_link = self._link_at(event) is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if on_link else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == FORM:
            if box_area(self.visualRect(index)).adjusted(-8, -8, 8, 8).contains(event.position().toPoint()):
                self._turn(index.data(SHEET))
        elif (sheet := self._link_at(event)) is not None:
            self.looked.emit(sheet)

    def _turn(self, sheet: SheetToExport) -> None:
        self.package.tick([sheet.id], on=sheet.id not in self.package.chosen)

    def _link_at(self, event: QMouseEvent) -> SheetToExport | None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or index.column() != NOTE:
            return None
        sheet: SheetToExport = index.data(SHEET)
        if not sheet.blocks.vi or not link_area(self.visualRect(index)).contains(event.position().toPoint()):
            return None
        return sheet


def link_area(cell: QRect) -> QRect:
    """Where "Xem" stands in a cell."""
    width = QFontMetrics(theme.font(13)).horizontalAdvance(t("EXW-look")) + 2
    return QRect(cell.right() - width - 8, cell.top(), width, cell.height())


def box_area(cell: QRect) -> QRect:
    """Where the box to tick stands in a cell."""
    return QRect(cell.left() + 8, cell.top() + (cell.height() - _BOX) // 2, _BOX, _BOX)


class _Painter(QStyledItemDelegate):
    """Words in line with their head; a box to tick, a mark for a state, a way to what is in the way."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        sheet: SheetToExport = index.data(SHEET)
        own, area = theme.tokens(), option.rect
        painter.save()
        if option.state & option.state.State_Selected:
            painter.fillRect(area, own.sel)
        painter.setFont(theme.font(13))
        inside = area.adjusted(8, 0, -8, 0)
        quiet = index.column() == NOTE and not sheet.blocks.vi
        if index.column() == FORM:
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            _draw_box(painter, box_area(area), ticked=ticked)
            inside.setLeft(inside.left() + 24)
        elif index.column() == STATE:
            top = inside.top() + (inside.height() - 16) // 2
            painter.drawPixmap(inside.left(), top, icons.mark(_STATES[sheet.state][1]))
            inside.setLeft(inside.left() + 24)
        elif index.column() == NOTE and not quiet:
            link = link_area(area)
            painter.setPen(own.accent)
            painter.drawText(
                link, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), t("EXW-look")
            )
            inside.setRight(link.left() - 8)
        painter.setPen(own.text_2 if quiet else own.text)
        words = QFontMetrics(painter.font()).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


def _draw_box(painter: QPainter, box: QRect, *, ticked: bool) -> None:
    own = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(own.accent if ticked else own.line_strong)
    painter.setBrush(own.accent if ticked else own.surface)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if ticked:
        painter.setPen(QPen(own.on_accent, 2))
        x, y = box.left(), box.top()
        painter.drawPolyline([QPointF(x + 3.5, y + 8), QPointF(x + 7, y + 11.5), QPointF(x + 12.5, y + 4.5)])
    painter.restore()
