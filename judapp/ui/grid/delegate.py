"""The field one types into, in the size of the grid; the cells themselves are drawn by the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from judapp.ui.grid.editor import CellEditor, EditingDelegate
from judapp.ui.grid.model import Index

if TYPE_CHECKING:
    from judapp.ui.grid.view import GridView

_PADDING = 8
"""Pixels left and right of the words of the field, as the style sheet and its place in the cell give them."""


class CellDelegate(EditingDelegate):
    """Gives the field the font of the figures, also when the zoom changes while somebody types."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        view.zoomed.connect(lambda _: self._dress())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        self._dress()
        return editor

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.view.sizeHintForColumn(index.column()), self.view.look.row)

    def _dress(self) -> None:
        if isinstance(self.editor, CellEditor):
            more = max(0, self.view.look.side - _PADDING)
            self.editor.setFont(self.view.look.cell[False].font)
            self.editor.setTextMargins(more, 0, more, 0)
