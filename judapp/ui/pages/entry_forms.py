"""The forms of a period, for the entry page without a form chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from judapp.ui.pages.entry_head import STATES, state_words
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Empty
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.grid_forms import FormChoice


class FormList(QWidget):
    """Number, title and state of every form; Enter opens one."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        heads = (
            Head(t("ENY-head-form"), 150),
            Head(t("ENY-head-title")),
            Head(t("ENY-head-area"), 190),
            Head(t("ENY-head-state"), 140),
        )
        self.table = ListTable("entry-forms", heads)
        self.table.opened.connect(lambda number: self.picked.emit(str(number)))
        self._stack.addWidget(self.table)
        self._stack.addWidget(Empty(t("ENY-no-forms"), hint=t("ENY-no-forms-hint")))

    def show_forms(self, forms: tuple[FormChoice, ...]) -> None:
        """Show the forms of a period."""
        self._stack.setCurrentIndex(0 if forms else 1)
        rows = [
            Row(
                (
                    Cell(form.number, strong=form.owed),
                    Cell(form.title, tip=form.circular),
                    form.area,
                    Cell(state_words(form.state), mark=STATES.get(form.state, STATES["submitted"])[0]),
                ),
                form.number,
            )
            for form in forms
        ]
        self.table.show_rows(rows, keep=lambda number: number)
