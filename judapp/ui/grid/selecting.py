"""The active cell and the selection of a table, as Excel has them: by key, by mouse, one end standing still.

The active cell is where the selection began and stays there while it grows; what is typed goes into it. Only
cells that look different are painted again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from judapp.ui.grid.frame import FramedTable
from judapp.ui.grid.model import Index
from judapp.ui.grid.painting import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from judapp.app.pasting import Area
    from judapp.domain.shape import CellKey

_FLAG = QItemSelectionModel.SelectionFlag
_DRAG_STEP = 40
"""Milliseconds between two rows or columns the selection takes while the mouse is held outside."""


class SelectingTable(FramedTable):
    """One table of a sheet in which cells are made active and selected."""

    moved = Signal(object)
    """Key of the active cell, None where there is none."""
    chosen = Signal()
    """Other cells are selected."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._dragging = False
        self._dragged_to = (0, 0)
        """The cell the mouse was pressed on or led to last: a hand that trembles in it selects nothing."""
        self._mouse = QPoint()
        self._beyond = QTimer(self, interval=_DRAG_STEP)
        self._beyond.timeout.connect(self._drag)

    # --- the active cell

    def key(self) -> CellKey | None:
        """The key of the active cell."""
        return self.sheet.key_of(self.currentIndex())

    def put(self, index: Index) -> None:
        """Make ``index`` the active cell and the only one selected, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect if index.isValid() else _FLAG.Clear)

    def go(self, key: CellKey) -> bool:
        """Make a cell the active one; whether this table has it."""
        index = self.sheet.index_of(key)
        if index.isValid():
            self.put(index)
            self.scrollTo(index)
        return index.isValid()

    def place_in(self, around: QWidget, index: Index) -> QRect:
        """Where a cell stands in the coordinates of ``around``, which the table is a part of."""
        place = self.visualRect(index)
        place.moveTopLeft(self.viewport().mapTo(around, place.topLeft()))
        return place

    # --- the selection

    def areas(self) -> tuple[Area, ...]:
        """The rectangles of the selection, none over another: a single one where they make one together."""
        from judapp.app.pasting import Area

        found = tuple(
            Area(part.top(), part.left(), part.bottom(), part.right())
            for part in parts_of(self.selectionModel().selection())
        )
        if len(found) < 2:
            return found
        whole = Area(
            min(part.top for part in found),
            min(part.left for part in found),
            max(part.bottom for part in found),
            max(part.right for part in found),
        )
        return (whole,) if whole.size == sum(part.size for part in found) else found

    def area(self) -> Area | None:
        """The one rectangle that is selected; None where nothing is, or areas apart from each other are.

        What lies between such areas is not selected, so no act may take it for their sake.
        """
        found = self.areas()
        return found[0] if len(found) == 1 else None

    def several(self) -> bool:
        """Whether more than one cell is selected."""
        return sum(area.size for area in self.areas()) > 1

    def far(self) -> tuple[int, int]:
        """The end of the selection that moves: across from the active cell, in the area it stands in."""
        at = self.currentIndex()
        area = next((part for part in self.areas() if part.holds(at.row(), at.column())), None)
        if area is None:
            return at.row(), at.column()
        row = area.top if at.row() == area.bottom else area.bottom
        return row, area.left if at.column() == area.right else area.right

    def extend_to(self, row: int, column: int) -> None:
        """Select from the active cell to another one."""
        at, there = self.currentIndex(), self.sheet.index(row, column)
        if at.isValid() and there.isValid():
            rows, columns = sorted((at.row(), row)), sorted((at.column(), column))
            self._select(rows[0], columns[0], rows[1], columns[1])
            self.scrollTo(there)

    def select_areas(self, areas: Sequence[Area]) -> None:
        """Select rectangles; the active cell stays where it lies inside one, else it is their first one."""
        at, first = self.currentIndex(), areas[0]
        if not any(area.holds(at.row(), at.column()) for area in areas):
            self.selectionModel().setCurrentIndex(self.sheet.index(first.top, first.left), _FLAG.NoUpdate)
        block = QItemSelection()
        for area in areas:
            part = QItemSelection(
                self.sheet.index(area.top, area.left), self.sheet.index(area.bottom, area.right)
            )
            block.merge(part, _FLAG.Select)  # where two lie over each other, a cell is selected once
        self.selectionModel().select(block, _FLAG.ClearAndSelect)

    def select_keys(self, keys: Iterable[CellKey]) -> bool:
        """Select these cells, the first of them active; whether this table has any."""
        places = [index for key in keys if (index := self.sheet.index_of(key)).isValid()]
        if places:
            block = QItemSelection()
            for index in places:
                block.select(index, index)
            self.put(places[0])
            self.selectionModel().select(block, _FLAG.ClearAndSelect)
            self.scrollTo(places[0])
        return bool(places)

    def _select(self, top: int, left: int, bottom: int, right: int) -> None:
        block = QItemSelection(self.sheet.index(top, left), self.sheet.index(bottom, right))
        self.selectionModel().select(block, _FLAG.ClearAndSelect)

    # --- what is painted again

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.head.light(current.column())
        if current.row() != previous.row():
            for row in (current.row(), previous.row()):
                if row >= 0:
                    top, height = self.stub.sectionViewportPosition(row), self.stub.sectionSize(row)
                    self.stub.viewport().update(0, top, self.stub.width(), height)
        self.moved.emit(self.sheet.key_of(current))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # The outline of cells beside those that changed; beyond the selection nothing has one.
        chosen = parts_of(self.selectionModel().selection())
        for changed in (*parts_of(selected), *parts_of(deselected)):
            for part in chosen:
                top, bottom = max(part.top(), changed.top() - 1), min(part.bottom(), changed.bottom() + 1)
                left, right = max(part.left(), changed.left() - 1), min(part.right(), changed.right() + 1)
                if top <= bottom and left <= right:
                    first = self.visualRect(self.sheet.index(top, left))
                    last = self.visualRect(self.sheet.index(bottom, right))
                    self.viewport().update(first.united(last))
        self.chosen.emit()

    # --- the mouse

    def commit(self) -> None:
        """Keep what is being typed, before another cell is active."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.commit()
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        held = event.modifiers()
        left = event.button() is Qt.MouseButton.LeftButton
        if left and held & Qt.KeyboardModifier.ShiftModifier and self.currentIndex().isValid():
            self.extend_to(index.row(), index.column())
        elif left and held & Qt.KeyboardModifier.ControlModifier:
            self.selectionModel().setCurrentIndex(index, _FLAG.Select)
        elif left or not self.selectionModel().isSelected(index):  # the menu is over the selection
            self.put(index)
        self._dragging, self._dragged_to = left, (index.row(), index.column())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragging:
            super().mouseMoveEvent(event)
            return
        self._mouse = event.position().toPoint()
        self._drag()
        if self.viewport().rect().contains(self._mouse):
            self._beyond.stop()
        elif not self._beyond.isActive():
            self._beyond.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        self._beyond.stop()

    def _drag(self) -> None:
        """Select up to the mouse; outside, one row or column further each time."""
        room = self.viewport().rect()
        table = self.sheet.table
        row, column = self.rowAt(self._mouse.y()), self.columnAt(self._mouse.x())
        far_row, far_column = self._dragged_to
        if row < 0:
            row = far_row + (1 if self._mouse.y() > room.bottom() else -1 if self._mouse.y() < 0 else 0)
        if column < 0:
            column = far_column + (1 if self._mouse.x() > room.right() else -1 if self._mouse.x() < 0 else 0)
        if table is not None:
            row = min(max(row, 0), len(table.rows) - 1)
            column = min(max(column, 0), len(table.columns) - 1)
        if (row, column) != self._dragged_to:
            self._dragged_to = row, column
            self.extend_to(row, column)
