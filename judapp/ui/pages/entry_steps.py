"""Unit and way of the sheet in the page's head: who else reports the form, and how far this sheet is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.pages.entry_head import SheetHead
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label

if TYPE_CHECKING:
    from judapp.app.desk import UnitChoice
    from judapp.app.grid_steps import Step
    from judapp.app.grid_view import SheetView
    from judapp.app.workspace import Workspace

_MARKS = {"done": "ok", "now": "draft", "ahead": "empty"}


class HeadActs:
    """Answers what the head asks of the data file."""

    def __init__(self, session: Session, head: SheetHead) -> None:
        self._session, self._head = session, head
        self._view: SheetView | None = None
        self._known: tuple[str, str] = ("", "")
        self.card: StepCard | None = None
        head.unit_picked.connect(lambda uid: session.go(unit=uid))
        head.steps_asked.connect(self.show_steps)

    def follow(self, view: SheetView) -> None:
        """Have the units of the form at hand the head shows."""
        self._view = view
        wanted = view.form, view.period.code
        if wanted == self._known:
            return
        self._known = wanted

        def work(workspace: Workspace) -> tuple[UnitChoice, ...]:
            from judapp.app.grid_units import units_on_form

            return units_on_form(workspace, view.form, view.period)

        self._session.ask(self._head, work, self._head.offer_units, topic="units")

    def forget(self) -> None:
        """Ask anew: the register or the file may be another one."""
        self._known = ("", "")

    def show_steps(self) -> None:
        """Tell how far the sheet is."""
        view, lang = self._view, language()
        if view is None:
            return

        def work(workspace: Workspace) -> tuple[Step, ...]:
            from judapp.app.grid_steps import steps_of

            return steps_of(workspace, view, lang)

        self._session.ask(self._head, work, self._open, topic="steps")

    def _open(self, steps: tuple[Step, ...]) -> None:
        self.card = StepCard(self._head, steps)
        self.card.move(self._head.state.mapToGlobal(self._head.state.rect().bottomLeft()))
        self.card.show()


class StepCard(QFrame):
    """The steps one under the other; any click beside it or Esc closes it."""

    def __init__(self, parent: QWidget, steps: tuple[Step, ...]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.role(self, "card")
        self.setAccessibleName(t("SHT-steps-tip"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self.lines: list[str] = []
        for number, step in enumerate(steps, start=1):
            row = QHBoxLayout()
            row.setSpacing(8)
            mark = QLabel()
            mark.setPixmap(icons.mark(_MARKS[step.stage]))
            row.addWidget(mark)
            name = Label(f"{number} {step.name}", "strong" if step.stage != "ahead" else "hint")
            name.setMinimumWidth(96)
            row.addWidget(name)
            row.addWidget(Label(step.words, "caption"), 1)
            column.addLayout(row)
            self.lines.append(f"{number} {step.name}: {step.words}")
