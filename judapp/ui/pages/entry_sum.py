"""The sum of the selection, said in the status bar once the selection rests; a click there copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from judapp.ui.texts import language

if TYPE_CHECKING:
    from judapp.ui.grid.view import GridView
    from judapp.ui.session import Session

_SOON = 30
"""Milliseconds: a selection that grows with a held key is summed once, not at every cell."""


class SumOfSelection(QObject):
    """Follows the selection of a grid and the figures in it."""

    def __init__(self, grid: GridView, session: Session) -> None:
        super().__init__(grid)
        self._grid, self._session = grid, session
        self._said = ""
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.say)
        grid.chosen.connect(self._soon.start)
        grid.sheet.dataChanged.connect(self._changed)
        grid.sheet.modelReset.connect(self._soon.start)
        grid.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say it again when the page is seen again."""
        if event.type() is QEvent.Type.Show:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        if self._said:  # a single cell, as while typing, has no sum
            self._soon.start()

    def say(self) -> None:
        """Say what the selection comes to now; nothing for one cell."""
        from judapp.app.selection_sum import SelectionSum, selection_sum

        table, areas = self._grid.sheet.table, self._grid.areas()
        found = SelectionSum()
        if table is not None and areas and self._grid.isVisible():
            found = selection_sum(table, areas, language())
        if found.words or self._said:
            self._said = found.words
            self._session.noted.emit(found.words, found.total)
