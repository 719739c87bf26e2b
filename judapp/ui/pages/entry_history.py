"""“Nhật ký”: everything that ever stood in the active cell; any of it can be brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.pages.entry_cell import heading
from judapp.ui.pages.entry_facts import Fact, Facts
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button, line

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.app.grid_source import ChangeLine

AT_ONCE = 8
"""Changes shown before somebody asks for the rest."""


class HistoryPanel(QWidget):
    """The changes of one cell, newest first."""

    restore_asked = Signal(object, int)
    """Key of the cell, and the operation whose figure shall come back."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 8, 8)
        self._column.setSpacing(2)
        self.details: CellDetails | None = None
        self._locked, self._all = True, False
        self._draw()

    def say(self, details: CellDetails | None, *, locked: bool) -> None:
        """Show the history of a cell; ``locked``: nothing can be brought back."""
        if (details, locked) == (self.details, self._locked):
            return
        if details is None or self.details is None or details.key != self.details.key:
            self._all = False
        self.details, self._locked = details, locked
        self._draw()

    def shown(self) -> int:
        """How many changes are on screen."""
        number = len(self.details.changes) if self.details is not None else 0
        return number if self._all else min(number, AT_ONCE)

    def _draw(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        details = self.details
        if details is None:
            self._words(t("ENY-no-cell"), "hint")
        else:
            self._words(heading(details), "strong")
            if not details.changes:
                self._words(t("BSD-no-history"), "hint")
            for change in details.changes[: self.shown()]:
                self._change(details, change)
            rest = len(details.changes) - self.shown()
            if rest:
                self._column.addSpacing(4)
                self._column.addWidget(Facts([Fact(t("BSD-history-more", n=rest), "", self.show_all)]))
        self._column.addStretch(1)

    def show_all(self) -> None:
        """Show every change."""
        self._all = True
        self._draw()

    def _change(self, details: CellDetails, change: ChangeLine) -> None:
        self._column.addSpacing(4)
        self._column.addWidget(line())
        self._column.addSpacing(2)
        self._words(t("BSD-typed" if change.typed else "BSD-by", who=change.who, when=change.when), "caption")
        blank = t("ENY-blank") if not change.adjusting else t("BSD-no-adjustment")
        moved = t("BSD-moved", before=change.before or blank, after=change.after or blank)
        if change.adjusting:
            moved = t("BSD-moved-adjustment", moved=moved)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        told = Label(moved, "strong", wrap=True, copy=True)
        said = t("BSD-moved-said", when=change.when, who=change.who, moved=moved, act=change.act)
        told.setAccessibleName(said)
        row.addWidget(told, 1)
        if change.restorable and not self._locked:
            ask = partial(self.restore_asked.emit, details.key, change.op)
            back = button(t("BSD-restore"), ask, "link", tip=t("BSD-restore-tip", figure=change.after))
            back.setAccessibleDescription(said)
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(inside)
        if not change.typed:
            self._words(change.act, "caption")
        if change.source:
            self._words(change.source, "caption")

    def _words(self, words: str, look: str) -> Label:
        made = Label(words, look, wrap=True, copy=True)
        self._column.addWidget(made)
        return made
