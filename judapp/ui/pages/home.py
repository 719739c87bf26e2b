"""Trang chính: what is due, what to do next, where every form of the round stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout

from judapp.ui.pages.base import Page
from judapp.ui.pages.home_forms import FormsRegion
from judapp.ui.pages.home_person import put_down
from judapp.ui.pages.home_todos import SIDE, TodosRegion
from judapp.ui.session import Session
from judapp.ui.texts import language

if TYPE_CHECKING:
    from judapp.app.home import Act, Board
    from judapp.app.home_forms import FormLine
    from judapp.app.workspace import Workspace

STACKED_BELOW = 1000
"""Width of the page (the window without its navigation) below which the regions stand over each other."""


class HomePage(Page):
    """What to do at the left, the forms at the right; one over the other where it is narrow."""

    name = "home"
    title = "WIN-home"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.regions = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.regions.setSpacing(16)
        self.todos = TodosRegion()
        self.forms = FormsRegion()
        self.regions.addWidget(self.todos)
        self.regions.addWidget(self.forms, 1)
        self.body.addLayout(self.regions, 1)
        self.todos.asked.connect(self._do)
        self.todos.progress_asked.connect(lambda: session.show("progress"))
        self.forms.opened.connect(self._open)
        self.forms.looked.connect(lambda form, severity: session.show("checks", form=form, severity=severity))
        self.forms.units_asked.connect(lambda form: session.show("import", tab="board", form=form))
        self.forms.exported.connect(lambda line: session.show("export", form=line.number))
        self.forms.person_asked.connect(lambda line: put_down(self, line))
        self._primary: Act | None = None
        self._greeted = False

    def refresh(self) -> None:
        period, unit, me = self.session.period, self.session.unit, self.session.who

        def work(workspace: Workspace) -> Board:
            from judapp.app import home
            from judapp.app import workspace as at_work

            return home.board(workspace, period, unit, at_work.today(), me)

        self.session.ask(self, work, self._show)

    def _show(self, board: Board) -> None:
        lang = language()
        facts = self.session.facts
        self.head.title.setText(board.name.in_language(lang))
        self.head.say(board.sentence.in_language(lang))
        self.todos.show_todos(board)
        self.forms.show_forms(board, self.session.who, read_only=facts is not None and facts.read_only)
        self._primary = board.primary
        self._show_primary()
        self._greet()

    def _show_primary(self) -> None:
        if self._primary is None:
            self.head.hide_primary()
            return
        words = self._primary.words.in_language(language())
        button = self.head.primary_button
        if button is None:
            self.head.primary(words, self._go_on)
        else:  # the same button, so that the focus stays on it
            button.setText(words)

    def _greet(self) -> None:
        """The first time, Enter goes on where typing stopped."""
        button = self.head.primary_button
        if self._greeted or button is None or not self.isVisible():
            return
        self._greeted = True
        button.setFocus()

    def _go_on(self) -> None:
        if self._primary is not None:
            self._do(self._primary)

    def _do(self, act: Act) -> None:
        if act.unit:
            self.session.go(unit=act.unit)
        self.session.show(act.page, **act.place)

    def _open(self, line: FormLine) -> None:
        """A form of one's own is entered; one that only base units report is looked at among the findings."""
        if line.state:
            self.session.show("entry", form=line.number)
        else:
            self.session.show("checks", form=line.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    # --- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        stacked = self.width() < STACKED_BELOW
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self.regions.direction() != way:
            self.regions.setDirection(way)
        self.todos.stack(stacked=stacked, width=SIDE if self.width() < 1500 else SIDE + 40)
