"""The two sides of pairing columns: those of the worksheet as a list, those of the form as its own tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTreeView

from judapp.ui import theme
from judapp.ui.pages.importing_list import mark_icon
from judapp.ui.pages.importing_pairs import LEAF, Pairs, Target
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.import_columns import FileColumn

ID = Qt.ItemDataRole.UserRole
LETTER, _HEAD, _SAMPLES, _IS = range(4)
_HEADS = 2
"""Lowest lines of a head shown: what tells a column from its neighbours; the tooltip has them all."""
_KEYS_OF_NUMBERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class FileColumns(QTableView):
    """The columns of the worksheet: head, samples, and what each is of the form."""

    typed = Signal(str)
    taken = Signal()
    freed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items = QStandardItemModel(0, _IS + 1, self)
        self._items.setHorizontalHeaderLabels(t("IMC-left-heads").split("|"))
        self.setModel(self._items)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        across = self.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        for column, width in ((LETTER, 48), (_SAMPLES, 150), (_IS, 220)):
            across.resizeSection(column, width)
        across.setSectionResizeMode(_HEAD, QHeaderView.ResizeMode.Stretch)

    def fill(self, pairs: Pairs) -> None:
        """Show the columns of another table."""
        self._items.setRowCount(0)
        for own in pairs.study.columns:
            items = [QStandardItem(text) for text in (own.letter, _heads(own), " · ".join(own.samples), "")]
            items[LETTER].setData(own.column, ID)
            for item in items:
                item.setToolTip(item.text())
            items[_HEAD].setToolTip(" › ".join(own.heads))
            if own.hidden:
                items[LETTER].setToolTip(t("IMC-hidden"))
                items[LETTER].setText(f"{own.letter} ({t('IMC-hidden')})")
            self._items.appendRow(items)
        self.show_pairs(pairs)

    def show_pairs(self, pairs: Pairs) -> None:
        """Show what each column is; what is only offered stands there as offered."""
        own = theme.tokens()
        for row in range(self._items.rowCount()):
            column, item = self._items.item(row, LETTER).data(ID), self._items.item(row, _IS)
            target, offered = pairs.of.get(column), pairs.offered(column)
            if target is not None:
                item.setText(pairs.name(target))
                item.setIcon(mark_icon("ok"))
                item.setForeground(own.text)
            elif offered is not None:
                to, offer = offered
                item.setText(t("IMC-offered", name=pairs.name(to), reason=offer.reason))
                item.setIcon(mark_icon("info"))
                item.setForeground(own.text_2)
            else:
                item.setText(t("IMC-none"))
                item.setIcon(mark_icon("empty"))
                item.setForeground(own.text_2)
            item.setToolTip(item.text())

    def first_open(self, pairs: Pairs) -> None:
        """Go to the first column nothing is said of."""
        rows = range(self._items.rowCount())
        at = next((row for row in rows if self._items.item(row, LETTER).data(ID) not in pairs.of), 0)
        if rows:
            self.selectRow(at)

    def column(self) -> int | None:
        """The worksheet column of the current row."""
        index = self.currentIndex()
        found = index.siblingAtColumn(LETTER).data(ID) if index.isValid() else None
        return None if found is None else int(found)

    def next_row(self) -> None:
        """Go one row down."""
        if (at := self.currentIndex().row() + 1) < self._items.rowCount():
            self.selectRow(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        plain = not event.modifiers() & ~_KEYS_OF_NUMBERS
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.taken.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.freed.emit()
        elif plain and letter.isalnum():
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)


def _heads(column: FileColumn) -> str:
    code = [f"({column.code})"] if column.code else []
    return " › ".join([*column.heads[-_HEADS:], *code]) or t("IMC-no-head")


class FormTree(QTreeView):
    """The head of the form as a tree: its leaves with their numbers, and the column each is in the file."""

    paired = Signal(tuple)
    absent = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._items = QStandardItemModel(0, 2, self)
        self._items.setHorizontalHeaderLabels(t("IMC-right-heads").split("|"))
        self._lines: dict[Target, QStandardItem] = {}
        self.setModel(self._items)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        across = self.header()
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setStretchLastSection(False)
        across.resizeSection(1, 150)
        self.doubleClicked.connect(lambda index: self._emit(self.paired, index))

    def fill(self, pairs: Pairs) -> None:
        """Show the head of another table."""
        self._items.setRowCount(0)
        self._lines = {}
        groups: dict[tuple[str, ...], QStandardItem] = {(): self._items.invisibleRootItem()}
        for target, column in pairs.columns.items():
            above = column.path[:-1]
            for depth in range(1, len(above) + 1):
                path = above[:depth]
                if path not in groups:
                    group = QStandardItem(path[-1])
                    group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    beside = QStandardItem("")
                    beside.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    groups[path[:-1]].appendRow([group, beside])
                    groups[path] = group
            line = QStandardItem(pairs.name(target))
            line.setData(target, ID)
            line.setToolTip(" › ".join(column.path) + (f" ({column.unit})" if column.unit else ""))
            self._lines[target] = line
            groups[above].appendRow([line, QStandardItem("")])
        self.expandAll()
        self.show_pairs(pairs)

    def show_pairs(self, pairs: Pairs) -> None:
        """Show which column of the file each is."""
        letters = {own.column: own.letter for own in pairs.study.columns}
        for target, line in self._lines.items():
            beside = self._items.itemFromIndex(line.index().siblingAtColumn(1))
            column = pairs.column_of(target)
            if column is not None:
                words, mark = t("IMC-is-column", letter=letters[column]), "ok"
            elif target[1] in pairs.absent:
                words, mark = t("IMC-absent"), "empty"
            else:
                words, mark = t("IMC-open"), "warning" if target[0] == LEAF else "empty"
            beside.setText(words)
            beside.setIcon(mark_icon(mark))

    def look_at(self, target: Target) -> None:
        """Make a column of the form the current one."""
        line = self._lines.get(target)
        if line is not None:
            self.setCurrentIndex(line.index())
            self.scrollTo(line.index())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._emit(self.absent, self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit(self.paired, self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _emit(self, signal: Any, index: QModelIndex) -> None:
        found = index.siblingAtColumn(0).data(ID) if index.isValid() else None
        if found is not None:
            signal.emit(tuple(found))
