"""Who prepares a form: a name chosen or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judapp.app.home_forms import FormLine
    from judapp.app.workspace import Workspace
    from judapp.store.operations import Applied
    from judapp.ui.pages.base import Page


class PersonOfForm(ActDialog):
    """The name of who prepares a form; nobody is possible too."""

    def __init__(self, parent: QWidget, form: str, names: Sequence[str], present: str) -> None:
        super().__init__(parent, t("HOM-person-title", form=form), t("HOM-person-do"))
        self.released = False
        self.body.addWidget(Label(t("HOM-person-why"), wrap=True))
        self.field = QComboBox()
        self.field.setEditable(True)
        self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.field.addItems(list(names))
        self.field.setCurrentText(present)
        self.field.setAccessibleName(t("HOM-col-person"))
        completer = self.field.completer()
        if isinstance(completer, QCompleter):  # never completed inline: UniKey types letters again
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.body.addWidget(self.field)
        if present:
            self.release = button(t("HOM-person-release"), self._release, "link")
            self.body.addWidget(self.release, 0, Qt.AlignmentFlag.AlignLeft)
        self.field.editTextChanged.connect(self._allow)
        self._allow(present)
        self.field.setFocus()
        if edit := self.field.lineEdit():
            edit.selectAll()

    def name(self) -> str:
        """The name given."""
        return " ".join(self.field.currentText().split())

    def _allow(self, words: str) -> None:
        self.verb.setEnabled(bool(words.strip()))

    def _release(self) -> None:
        self.released = True
        self.accept()


def put_down(page: Page, line: FormLine) -> None:
    """Ask who prepares a form, and write it."""
    session = page.session
    period, unit = session.period, session.unit

    def names(workspace: Workspace) -> list[str]:
        from judapp.app.people import people

        return [person.name for person in people(workspace)]

    def ask(known: list[str]) -> None:
        if session.who and session.who not in known:
            known.insert(0, session.who)
        dialog = PersonOfForm(page, line.number, known, line.person)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: write(dialog.name(), released=dialog.released))
        dialog.open()

    def write(name: str, *, released: bool) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app import people

            if released:
                return people.release(workspace, line.family, unit, period)
            return people.put_down(workspace, line.family, unit, period, name)

        said = t("HOM-released-said", form=line.number)
        if not released:
            said = t("HOM-person-said", form=line.number, name=name)
        session.act(work, said=said)

    session.ask(page, names, ask, topic="people")
