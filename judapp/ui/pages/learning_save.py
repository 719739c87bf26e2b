"""Saving an edited definition: in its place, or as a version of its own from a period on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.ui.pages.forms_dialogs import UseDialog
from judapp.ui.session import Session
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.learn_known import EditPlan
    from judapp.app.learn_study import Study
    from judapp.app.workspace import Workspace
    from judapp.store.operations import Applied


class VersionDialog(UseDialog):
    """From which period on the edited definition is valid, and whether sheets move to it at once."""

    def __init__(self, parent: QWidget, number: str, rounds: Sequence[str], period: Period) -> None:
        super().__init__(parent, number, rounds, period)
        self.setWindowTitle(t("LRP-version-title", number=number))
        self.verb.setText(t("LRP-version-do"))
        self.edit_plan: EditPlan | None = None
        self.move_too = QCheckBox()
        self.move_too.hide()
        self.body.insertWidget(self.body.count() - 1, self.move_too)

    def tell_edit(self, plan: EditPlan) -> None:
        """Say what saving the version from the period chosen on would do."""
        if plan.period != self.period():
            return
        self.edit_plan = plan
        self.lines.show_sentences(plan.sentences)
        self.move_too.setText(t("LRP-version-move", n=plan.staying))
        self.move_too.setVisible(plan.start is not None and plan.staying > 0)
        self.verb.setEnabled(plan.start is not None)
        self.resize(self.width(), max(self.heightForWidth(self.width()), self.minimumHeight()))


class EditSaver(QObject):
    """Asks what has to be asked, and saves an edited definition as one act that can be undone."""

    saved = Signal(int, int, bool)
    """The version that was edited, the one that has the changes now, and whether sheets are to be moved."""
    unchanged = Signal()
    refused = Signal(object)
    """Why it could not be saved (``JudappError``)."""
    left = Signal()
    """The person changed his mind."""

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner)
        self.owner = owner
        self.session = session

    def save(self, study: Study) -> None:
        """Save: ask from which period on where sheets use the version, else put it in its place."""

        def work(workspace: Workspace) -> EditPlan:
            from judapp.app.learn_known import edit_plan

            return edit_plan(workspace, study)

        self.session.ask(self, work, partial(self._planned, study), topic="save")

    def _planned(self, study: Study, plan: EditPlan) -> None:
        if not plan.changed:
            self.unchanged.emit()
        elif plan.used:
            self._ask(study, plan)
        else:
            self._act(study, None, move=False)

    def _ask(self, study: Study, plan: EditPlan) -> None:
        number = study.learned.form.number
        dialog = VersionDialog(self.owner.window(), number, plan.rounds, self.session.period)
        dialog.asked.connect(partial(self._plan, dialog, study))
        dialog.accepted.connect(lambda: self._act(study, dialog.edit_plan, move=_wanted(dialog.move_too)))
        dialog.rejected.connect(self.left)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.ask()

    def _plan(self, dialog: VersionDialog, study: Study, period: Period) -> None:
        def work(workspace: Workspace) -> EditPlan:
            from judapp.app.learn_known import edit_plan

            return edit_plan(workspace, study, period)

        self.session.ask(dialog, work, dialog.tell_edit, topic="plan")

    def _act(self, study: Study, plan: EditPlan | None, *, move: bool) -> None:
        assert study.known is not None  # a version is edited
        old = study.known.version
        made: list[int] = []

        def work(workspace: Workspace) -> Applied:
            from judapp.app.learn_known import save_edit

            before = set(workspace.versions)
            applied = save_edit(workspace, study, plan.start if plan is not None else None)
            made.extend(sorted(set(workspace.versions) - before))
            return applied

        def done(_: Applied) -> None:
            self.saved.emit(old, made[0] if made else old, move)

        number = study.learned.form.number
        told = t("LRP-saved-edit", form=number)
        if plan is not None:
            told = t("LRP-saved-version", form=number, start=plan.start)
        self.session.act(work, done, self._refused, said=told)

    def _refused(self, error: JudappError) -> None:
        self.refused.emit(error)


def _wanted(box: QCheckBox) -> bool:
    return not box.isHidden() and box.isChecked()
