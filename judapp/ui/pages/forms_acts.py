"""What is done with forms from their page: files out and in, from when one is used, sheets moved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui.session import Session
from judapp.ui.settings import settings
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from judapp.app.forms_files import AddedForm
    from judapp.app.forms_moving import MoveOutlook
    from judapp.app.forms_use import UsePlan
    from judapp.app.workspace import Workspace
    from judapp.domain.moving import CellMapping
    from judapp.domain.period import Period
    from judapp.store.operations import Applied
    from judapp.ui.pages.forms_dialogs import UseDialog
    from judapp.ui.pages.forms_moving import MoveDialog


class FormActs:
    """Asks, has the worker do it, and tells in ``bar`` what could not be done; nothing is shown besides."""

    def __init__(self, owner: QWidget, session: Session, bar: Bar) -> None:
        self.owner = owner
        self.session = session
        self.bar = bar

    # --- forms as files

    def export(self, version: int) -> None:
        """Ask where to, and write a form as one file for other departments."""

        def work(workspace: Workspace) -> str:
            from judapp.app.forms_files import proposed_name

            return proposed_name(workspace, version)

        self.session.ask(self.owner, work, partial(self._export_to, version), topic="export")

    def _export_to(self, version: int, name: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self.owner, t("FMP-export-where"), str(Path(folder()) / name), t("FMP-form-files")
        )
        if not chosen:
            return
        remember(Path(chosen).parent)

        def work(workspace: Workspace) -> Path | JudappError:
            from judapp.app.forms_files import write_form_file

            try:
                return write_form_file(workspace, version, Path(chosen))
            except JudappError as error:
                return error

        def told(path: Path | JudappError) -> None:
            if isinstance(path, JudappError):
                again = (t("FMP-again"), partial(self._export_to, version, name))
                self.bar.tell(of_error(path, language()), again)
            else:
                self.bar.hide()
                self.session.said.emit(t("FMP-exported", path=str(path)), False)

        self.session.ask(self.owner, work, told, topic="write")

    def add_form_file(self, path: Path, then: Callable[[int], None]) -> None:
        """Take a form file into the catalogue, or tell all its faults; ``then`` gets the form version."""
        found: list[AddedForm] = []

        def work(workspace: Workspace) -> Applied:
            from judapp.app.forms_files import add_form_file

            found.append(add_form_file(workspace, path))
            return found[0].applied

        def done(_: Applied) -> None:
            self.bar.hide()
            then(found[0].version)

        def said(_: Applied) -> str:
            return t("FMP-known" if found[0].known else "FMP-added-form", number=found[0].number)

        def failed(error: JudappError) -> None:
            faults = getattr(error, "faults", ())
            if len(faults) > 1:
                from judapp.ui.pages.forms_dialogs import FaultsDialog

                FaultsDialog(self.owner.window(), path.name, faults).open()
            else:
                self._refused(error)

        self.session.act(work, done, failed, said=said)

    # --- from which period on

    def ask_use(self, version: int) -> None:
        """Ask from which period on a form is to be used, saying what that does."""

        def work(workspace: Workspace) -> tuple[str, tuple[str, ...]]:
            form = workspace.version(version).form
            return form.number, form.rounds

        self.session.ask(self.owner, work, lambda found: self._open_use(version, *found), topic="use")

    def _open_use(self, version: int, number: str, rounds: tuple[str, ...]) -> None:
        from judapp.ui.pages.forms_dialogs import UseDialog

        dialog = UseDialog(self.owner.window(), number, rounds, self.session.period)
        dialog.asked.connect(partial(self._plan_use, dialog, version))
        dialog.accepted.connect(lambda: self._use(number, dialog.plan))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.ask()

    def _plan_use(self, dialog: UseDialog, version: int, period: Period) -> None:
        def work(workspace: Workspace) -> UsePlan:
            from judapp.app.forms_use import use_plan

            return use_plan(workspace, version, period)

        self.session.ask(dialog, work, dialog.tell, topic="use")

    def _use(self, number: str, plan: UsePlan | None) -> None:
        if plan is None:
            return

        def work(workspace: Workspace) -> Applied:
            from judapp.app.versions import use_from

            return use_from(workspace, plan.version, plan.period)

        told = t("FMP-used-from", number=number, start=plan.start)
        self.session.act(work, lambda _: self.bar.hide(), self._refused, said=told)

    # --- sheets of an older version

    def ask_move(self, old: int, new: int) -> None:
        """Say what moving sheets from one version to another does, and do it when that is wanted."""

        def opened(outlook: MoveOutlook | JudappError) -> None:
            if isinstance(outlook, JudappError):
                self._refused(outlook)
            else:
                self._open_move(outlook)

        self.session.ask(self.owner, _outlook(old, new, None), opened, topic="move")

    def _open_move(self, outlook: MoveOutlook) -> None:
        from judapp.ui.pages.forms_moving import MoveDialog

        dialog = MoveDialog(self.owner.window(), outlook)
        dialog.asked.connect(partial(self._plan_move, dialog, outlook.old, outlook.new))
        dialog.accepted.connect(lambda: self._move(dialog.outlook))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _plan_move(self, dialog: MoveDialog, old: int, new: int, mapping: CellMapping) -> None:
        def told(outlook: MoveOutlook | JudappError) -> None:
            if isinstance(outlook, JudappError):
                dialog.reject()
                self._refused(outlook)
            else:
                dialog.tell(outlook)

        self.session.ask(dialog, _outlook(old, new, mapping), told, topic="move")

    def _move(self, outlook: MoveOutlook) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.versions import move_sheets

            return move_sheets(workspace, outlook.old, outlook.new, outlook.mapping)

        told = t("FMP-moved-said", n=outlook.sheets)
        self.session.act(work, lambda _: self.bar.hide(), self._refused, said=told)

    def _refused(self, error: JudappError, *acts: Any) -> None:
        self.bar.tell(of_error(error, language()), *acts)


def _outlook(
    old: int, new: int, mapping: CellMapping | None
) -> Callable[[Workspace], MoveOutlook | JudappError]:
    def work(workspace: Workspace) -> MoveOutlook | JudappError:
        from judapp.app.forms_moving import move_outlook

        try:
            return move_outlook(workspace, old, new, mapping)
        except JudappError as error:
            return error

    return work


def folder() -> str:
    """Where forms and blanks were looked for last."""
    return str(settings().value("forms_folder", ""))


def remember(path: Path) -> None:
    """Look there first the next time."""
    settings().setValue("forms_folder", str(path))
