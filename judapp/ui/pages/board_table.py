"""The board as a table: a line a unit, a column a form, a mark a cell; the sums stand below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.pages.board_model import CELL, CENTRE, LEFT, BoardModel, Index
from judapp.ui.texts import t

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from judapp.app.board import Cell, Line, UnitBoard

_FORM, _LATE, _UNIT = 68, 96, 200
"""Widths: of a form, of the days, and the least of the unit's name."""
_MARK, _PAD = 16, 8

_MARKS = {
    "received": "ok",
    "partly": "draft",
    "draft": "draft",
    "errors": "error",
    "missing": "empty",
    "paper": "info",
    "not_owed": "remit",
}


class _Painter(QStyledItemDelegate):
    """Paints marks in the middle of their cells, with the number of errors beside."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = theme.tokens()
        row = index.model().rows[index.row()]  # type: ignore[attr-defined]  # ours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if isinstance(row, str):
            painter.fillRect(option.rect, own.surface_2)
            if index.column() == 0:
                painter.setPen(own.text_2)
                painter.setFont(theme.font(12, strong=True))
                inside = option.rect.adjusted(_PAD, 0, 0, 0)
                painter.drawText(inside, int(LEFT), row)
            return
        if selected:
            painter.fillRect(option.rect, own.sel)
            painter.setPen(own.accent)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        found = index.data(CELL)
        if found is row:
            self._words(painter, option.rect, index, row)
        else:
            self._cell(painter, option.rect, found)

    def _words(self, painter: QPainter, rect: QRect, index: Index, row: Line) -> None:
        own = theme.tokens()
        inside = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(theme.font(13))
        late = index.column() > 0
        if late and row.overdue:
            painter.drawPixmap(inside.left(), inside.center().y() - _MARK // 2, icons.mark("late"))
            inside.setLeft(inside.left() + _MARK + 4)
        painter.setPen(own.error if late and row.overdue else own.text if not late else own.text_2)
        words = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, int(LEFT), words)

    def _cell(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        own = theme.tokens()
        mark = _MARKS.get(cell.state, "")
        words = str(cell.number or "")
        painter.setFont(theme.font(12, strong=True))
        advance = painter.fontMetrics().horizontalAdvance(words) + 2 if words else 0
        marks = [mark] if mark else []
        if cell.waiting:
            marks.append("warning")
        width = len(marks) * (_MARK + 2) + advance
        x, y = rect.center().x() - width // 2 + 1, rect.center().y() - _MARK // 2 + 1
        for name in marks:
            painter.drawPixmap(x, y, icons.mark(name))
            x += _MARK + 2
            if words:
                painter.setPen(own.error if cell.errors else own.text_2)
                painter.drawText(QRect(x, rect.top(), advance, rect.height()), int(LEFT), words)
                x, words = x + advance, ""
        if not marks and cell.state == "could":
            painter.setPen(own.text_3)
            painter.drawText(rect, int(CENTRE), "·")


class BoardTable(QTableView):
    """The units; Enter or a double click opens a sheet, a click on the head of a form shows it alone."""

    opened = Signal(str, str)
    """Uid of the unit and family of the form to open."""
    picked = Signal(str, str)
    """Uid and family of the cell that became current; the first form where the unit itself did."""
    form_asked = Signal(str)
    """Family of the form whose head was clicked."""
    sort_asked = Signal(str)
    """``"unit"`` or ``"late"``: a head to sort by was clicked."""
    menu_asked = Signal(QPoint)
    """Where on the screen the menu of the current cell opens."""

    def __init__(self) -> None:
        super().__init__()
        self.board = BoardModel()
        self.setModel(self.board)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("board")
        self.setAccessibleName(t("BOP-table"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionsClickable(True)
        across.sectionClicked.connect(self._head_clicked)
        self.doubleClicked.connect(lambda _: self._open())
        self.selectionModel().currentChanged.connect(lambda *_: self._picked())

    # --- showing

    def show_lines(self, board: UnitBoard | None, rows: Sequence[Line | str]) -> None:
        """Show other lines; the current cell stays where it is still among them."""
        former = self.current()
        self.board.show(board, rows)
        self.clearSpans()
        for number, row in enumerate(rows):
            if isinstance(row, str):
                self.setSpan(number, 0, 1, self.board.columnCount())
        self._fit()
        place = self.board.place_of(*former) if former else None
        if place is not None and place[1] == 0:
            place = place[0], self.board.first_of(rows[place[0]]) + 1
        if place is None:
            first = next((n for n, row in enumerate(rows) if not isinstance(row, str)), None)
            place = None if first is None else (first, self.board.first_of(rows[first]) + 1)
        if place is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.board.index(*place), flags)
        self._picked()

    def current(self) -> tuple[str, str] | None:
        """Uid of the unit and family of the form at hand, None where nothing is shown."""
        index = self.currentIndex()
        if not index.isValid() or not self.board.forms:
            return None
        row = self.board.rows[index.row()]
        if isinstance(row, str):
            return None
        at = index.column() - 1
        if not 0 <= at < len(self.board.forms):
            at = self.board.first_of(row)
        return row.unit, self.board.forms[at].family

    def select(self, unit: str, family: str) -> None:
        """Make a cell the current one."""
        place = self.board.place_of(unit, family)
        if place is not None:
            self.setCurrentIndex(self.board.index(*place))

    def copy(self) -> None:
        """The whole table with its heads, as a spreadsheet pastes it."""
        columns = range(self.board.columnCount())
        across = Qt.Orientation.Horizontal
        lines = ["\t".join(str(self.board.headerData(c, across)) for c in columns)]
        for row in range(self.board.rowCount()):
            lines.append("\t".join(str(self.board.index(row, c).data() or "") for c in columns))
        QGuiApplication.clipboard().setText("\n".join(lines))

    # --- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = self.viewport().mapFromGlobal(event.globalPos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        elif (index := self.indexAt(where)).isValid():
            self.setCurrentIndex(index)
        self.menu_asked.emit(self.viewport().mapToGlobal(where))

    def _fit(self) -> None:
        """The name takes what the forms leave, and never less than it can be read in."""
        across, columns = self.horizontalHeader(), self.board.columnCount()
        if columns < 2:
            return
        taken = _FORM * (columns - 2) + _LATE
        across.resizeSection(0, max(_UNIT, self.viewport().width() - taken))
        for column in range(1, columns - 1):
            across.resizeSection(column, _FORM)
        across.resizeSection(columns - 1, _LATE)

    def _open(self) -> None:
        found = self.current()
        if found is not None:
            self.opened.emit(*found)

    def _picked(self) -> None:
        found = self.current()
        self.picked.emit(*(found or ("", "")))

    def _head_clicked(self, section: int) -> None:
        forms = self.board.forms
        if 0 < section <= len(forms):
            self.form_asked.emit(forms[section - 1].family)
        else:
            self.sort_asked.emit("unit" if section == 0 else "late")


class Sums(QWidget):
    """“Đã nộp”: how many units each form came from, under its column."""

    def __init__(self, table: BoardTable) -> None:
        super().__init__()
        self.table = table
        self.setFixedHeight(theme.ROW)
        self.setAccessibleName(t("BOA-sent"))
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        table.board.modelReset.connect(self._changed)

    def _changed(self) -> None:
        forms = self.table.board.forms
        self.setAccessibleDescription(", ".join(f"{form.short}: {form.came}/{form.owed}" for form in forms))
        self.setVisible(bool(forms))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        own, across = theme.tokens(), self.table.horizontalHeader()
        painter = QPainter(self)
        painter.fillRect(self.rect(), own.surface_2)
        painter.setPen(own.text)
        painter.setFont(theme.font(13, strong=True))
        painter.drawText(self.rect().adjusted(_PAD, 0, 0, 0), int(LEFT), t("BOA-sent"))
        for number, form in enumerate(self.table.board.forms, start=1):
            left = across.sectionViewportPosition(number)
            if left + across.sectionSize(number) > across.sectionSize(0) // 3:
                place = QRect(left, 0, across.sectionSize(number), self.height())
                painter.drawText(place, int(CENTRE), str(form.came))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == event.Type.ToolTip:
            at = self.table.horizontalHeader().logicalIndexAt(event.pos())  # type: ignore[attr-defined]  # help's
            forms = self.table.board.forms
            if 0 < at <= len(forms):
                form = forms[at - 1]
                code = "BOP-sum-tip-unfinished" if form.unfinished else "BOP-sum-tip"
                words = t(code, form=form.short, came=form.came, owed=form.owed, n=form.unfinished)
                QToolTip.showText(event.globalPos(), words, self)  # type: ignore[attr-defined]  # as above
                return True
        return super().event(event)
