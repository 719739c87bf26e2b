"""Step 3 of learning a form: one types into it and sees its sums and findings; nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.grid.view import GridView
from judapp.ui.pages.entry_lines import AddressLine, FindingStrip
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, button

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView
    from judapp.app.learn_trial import Trial
    from judapp.app.pasting import Pasting
    from judapp.domain.catalogue import Form
    from judapp.domain.shape import CellKey


class TrialPane(QWidget):
    """A grid of the new form with sample units."""

    told = Signal(str)
    """The sentence of state, after every change."""

    def __init__(self) -> None:
        super().__init__()
        self.view: SheetView | None = None
        self._trial: Trial | None = None
        self._past: list[Trial] = []
        self._form: Form | None = None
        self._table = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.bar = Bar("error")
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.address = AddressLine()
        row.addWidget(self.address, 1)
        self.clear = button(t("LRP-trial-clear"), self.forget)
        row.addWidget(self.clear)
        column.addLayout(row)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        column.addWidget(self.tabs)
        self.grid = GridView()
        self.grid.setAccessibleName(t("LRP-try"))
        column.addWidget(self.grid, 1)
        self.strip = FindingStrip()
        column.addWidget(self.strip)
        self.tabs.currentChanged.connect(self._show_table)
        self.grid.entered.connect(self._enter)
        self.grid.emptied.connect(self._enter)
        self.grid.pasted.connect(self._paste)
        self.grid.refused.connect(self._refuse)
        self.grid.moved.connect(lambda _: self._show_cell())
        self.grid.typing.connect(self._typing)
        self.strip.jumped.connect(self._go)
        self.strip.more.hide()
        self.strip.list_asked.connect(self._next)

    def try_out(self, form: Form) -> None:
        """Show ``form``; what was typed into the same form before is still there."""
        if form == self._form:
            return
        self._form = form
        self.forget()

    def forget(self) -> None:
        """Begin with an empty sheet."""
        from judapp.app import learn_trial
        from judapp.app.workspace import today

        if self._form is None:
            return
        self.bar.hide()
        self.grid.sheet.forget()
        self._trial = learn_trial.begin(self._form, today().year, language())
        self._past = []
        self._table = 0
        self._show()

    def _show(self) -> None:
        from judapp.app import learn_trial

        assert self._trial is not None  # begun
        self.view = learn_trial.view(self._trial)
        titles = [table.title or str(at + 1) for at, table in enumerate(self.view.tables)]
        if titles != [self.tabs.tabText(at) for at in range(self.tabs.count())]:
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for title in titles:
                self.tabs.addTab(title)
            self.tabs.blockSignals(False)
        self.tabs.setVisible(len(titles) > 1)
        self._show_table(self._table)
        found = len(self.view.findings)
        self.told.emit(t("LRP-trial-findings", n=found) if found else t("LRP-trial-state"))

    def _show_table(self, at: int) -> None:
        if self.view is None or at < 0:
            return
        self._table = min(at, len(self.view.tables) - 1)
        if self.tabs.currentIndex() != self._table:
            self.tabs.setCurrentIndex(self._table)
        self.grid.show_table(self.view.tables[self._table], self.view.findings)
        self.grid.begin()
        self._fit_head()
        self._show_cell()

    def _enter(self, texts: dict[CellKey, str]) -> None:
        from judapp.app import learn_trial

        if self._trial is None:
            return
        try:
            entered = learn_trial.enter(self._trial, texts)
        except JudappError as error:
            self._refuse(error)
        else:
            self._past.append(self._trial)
            self._trial = entered
            self.bar.hide()
        self._show()

    def undo(self) -> bool:
        """Take back what was typed last; whether there was anything."""
        if self._past:
            self._trial = self._past.pop()
            self._show()
            return True
        return False

    def _paste(self, pasting: Pasting) -> None:
        if self.view is not None:
            from judapp.ui.pages.entry_paste import receive

            table = self.view.tables[self._table]
            receive(self, self.view, table, pasting, lambda landing: self._enter(landing.texts))

    def _refuse(self, error: JudappError) -> None:
        self.bar.tell(of_error(error, language()))

    def _show_cell(self) -> None:
        key = self.grid.key()
        if self.view is None or key is None:
            self.address.say("", "", "")
            self.strip.say(None, "", 0, t("LRP-trial-hint"))
            return
        from judapp.app.grid_text import address_of

        typed = self.grid.sheet.typed(self.grid.currentIndex())
        self.address.say(address_of(self.view, key), typed, self._read(key, typed))
        findings = self.view.findings
        shown = next((f for f in findings if f.cell == key), next(iter(findings), None))
        place = address_of(self.view, shown.cell) if shown is not None and shown.cell is not None else ""
        self.strip.say(shown, place, len(findings) - (shown is not None), t("LRP-trial-hint"))

    def _typing(self, words: str) -> None:
        key = self.grid.key()
        if key is not None:
            self.address.typed.say(words)
            self.address.read.say(self._read(key, words))

    def _read(self, key: CellKey, words: str) -> str:
        from judapp.app.grid_text import reading

        assert self.view is not None  # a cell is active
        return reading(self.view, key, words, language())

    def _go(self, key: CellKey) -> None:
        if self.view is not None:
            self._show_table(self.view.table_of(key[0]))
            self.grid.go(key)
            self.grid.setFocus()

    def _next(self) -> None:
        """Go to the finding after the one shown."""
        if self.view is None:
            return
        cells = list(dict.fromkeys(f.cell for f in self.view.findings if f.cell is not None))
        if cells:
            shown = self.strip.finding.cell if self.strip.finding is not None else None
            self._go(cells[(cells.index(shown) + 1) % len(cells) if shown in cells else 0])

    def _fit_head(self) -> None:
        self.grid.show_compact(self.grid.crowded())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()
