"""What the buttons of the board do: reminders, templates, marks, rolling up, the file as it came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.pages.board_dialogs import MovedDialog, ReasonDialog, RollupDialog, TemplatesDialog
from judapp.ui.pages.board_trace import save_original
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, JobLine

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QDialog

    from judapp.app.board import Chosen, UnitBoard
    from judapp.app.board_detail import BoardView
    from judapp.app.rolling_up import FormRollup
    from judapp.app.workspace import Workspace
    from judapp.errors import JudappError
    from judapp.store.operations import Applied
    from judapp.ui.jobs import Task
    from judapp.ui.session import Session


class BoardActs:
    """The acts of one board; ``told`` is the bar they are told in, ``job`` the line of long ones."""

    def __init__(self, owner: QWidget, session: Session, told: Bar, job: JobLine) -> None:
        self.owner, self.session, self.told, self.job = owner, session, told, job

    # --- reminders

    def remind_as_workbook(self, board: UnitBoard, units: Collection[str]) -> None:
        """Ask where to, and write the list."""
        name = t("BOP-list-file", period=board.period.code)
        path, _ = QFileDialog.getSaveFileName(self.owner, t("BOP-list"), name, t("BOP-list-kinds"))
        if not path:
            return
        wanted = Path(path if path.lower().endswith(".xlsx") else f"{path}.xlsx")

        def work(workspace: Workspace, task: Task) -> tuple[Path, int]:
            from judapp.app.reminders import reminders, write_reminders

            del task  # one file, at once
            found = reminders(board, units)
            return write_reminders(workspace, board, found, wanted), len(found)

        def then(done: tuple[Path, int]) -> None:
            self._written(t("BOP-list-written", n=done[1], file=done[0].name), done[0])

        self.session.long(work, then, self._failed)

    def copy_reminders(self, board: UnitBoard, units: Collection[str]) -> None:
        """Put the messages into the clipboard."""

        def work(workspace: Workspace) -> tuple[str, int]:
            from judapp.app.reminders import as_text, reminders

            del workspace  # the board says it all; the worker loads what writes lists
            found = reminders(board, units)
            return as_text(found), len(found)

        def then(told: tuple[str, int]) -> None:
            words, n = told
            if words:
                QGuiApplication.clipboard().setText(words)
            self.session.said.emit(t("BOP-copied", n=n) if n else t("BOP-nothing-to-ask"), False)

        self.session.ask(self.owner, work, then, topic="reminders")

    # --- templates

    def make_templates(self, board: UnitBoard, units: Collection[str]) -> None:
        """Ask which and where to, and write the workbooks units fill in."""
        from judapp.app.board import EXCUSED, MISSING, NOT_ASKED, cells_of

        cells = [(line, form, cell) for line, form, cell in cells_of(board) if line.unit in units]
        missing = [(line.unit, form.number) for line, form, cell in cells if cell.state == MISSING]
        every = [
            (line.unit, form.number) for line, form, cell in cells if cell.state not in (NOT_ASKED, EXCUSED)
        ]
        dialog = TemplatesDialog(self.owner, len(missing), len(every))

        def go() -> None:
            folder = QFileDialog.getExistingDirectory(self.owner, t("BOP-templates-folder"))
            if folder:
                self._write_templates(board, missing if dialog.missing.isChecked() else every, Path(folder))

        self._open(dialog, go)

    def _write_templates(self, board: UnitBoard, wanted: Sequence[tuple[str, str]], folder: Path) -> None:
        def work(workspace: Workspace, task: Task) -> int:
            from judapp.app.reminders import write_templates

            return len(write_templates(workspace, board, wanted, folder, task.step))

        def then(written: int) -> None:
            self._written(t("BOP-templates-written", n=written), folder)

        task = self.session.long(work, then, self._failed)
        self.job.follow(task, t("BOP-templates-title"))

    # --- marks

    def say_not_owed(self, cell: Chosen) -> None:
        """Ask why, and write that nothing is owed this round."""
        dialog = ReasonDialog(self.owner, cell.name, cell.form)
        period = self.session.period

        def write() -> None:
            reason = dialog.reason()

            def work(workspace: Workspace) -> Applied:
                from judapp.app.board_marks import say_not_owed

                return say_not_owed(workspace, cell.form, workspace.units[cell.unit], period, reason)

            self._write(work, t("BOP-said-not-owed"))

        self._open(dialog, write)

    def say_on_paper(self, cell: Chosen) -> None:
        """Write that it came on paper."""
        period = self.session.period

        def work(workspace: Workspace) -> Applied:
            from judapp.app.board_marks import say_on_paper

            return say_on_paper(workspace, cell.form, workspace.units[cell.unit], period)

        self._write(work, t("BOP-said-paper"))

    def take_back(self, cell: Chosen) -> None:
        """Take such a mark back."""
        period = self.session.period

        def work(workspace: Workspace) -> Applied:
            from judapp.app.board_marks import take_back

            return take_back(workspace, cell.form, workspace.units[cell.unit], period)

        self._write(work, t("BOA-mark-cleared"))

    # --- up and down

    def roll_up(self, board: UnitBoard) -> None:
        """Show what rolling up would do, and do it."""

        def look(workspace: Workspace) -> list[FormRollup]:
            from judapp.app.rolling_up import rollups

            return rollups(workspace, board)

        def show(forms: list[FormRollup]) -> None:
            dialog = RollupDialog(self.owner, forms)

            def write() -> None:
                follow = dialog.follow()

                def work(workspace: Workspace) -> Applied:
                    from judapp.app.rolling_up import roll_up

                    return roll_up(workspace, board, follow)

                self._write(work, t("BOP-rolled"))

            self._open(dialog, write)

        self.session.ask(self.owner, look, show, topic="rollup")

    def show_moved(self, view: BoardView) -> None:
        """Show the cells that are not what was handed in."""
        self._open(MovedDialog(self.owner, view.moved), lambda: None)

    def save_original(self, cell: Chosen) -> None:
        """Ask where to, and write the file as it came; nothing there is written over."""

        def written(path: Path) -> None:
            self._written(t("BOP-original-written", file=path.name), path)

        if cell.imported is not None:
            save_original(self.owner, self.session, cell.imported, written, self._failed)

    def save_marked(self, cell: Chosen) -> None:
        """Ask where to, and write the file as it came with its faults marked."""
        folder, imported, period = "", cell.imported, self.session.period
        if imported is not None:
            folder = QFileDialog.getExistingDirectory(self.owner, t("BOP-marked-folder"))
        if not folder or imported is None:
            return

        def work(workspace: Workspace, task: Task) -> Path:
            from judapp.app.marked_original import mark_original

            del task  # one file, at once
            made = mark_original(workspace, imported, cell.unit, period, Path(folder))
            return made.path or Path(folder)

        def then(path: Path) -> None:
            self._written(t("BOP-marked-written", file=path.name), path)

        self.session.long(work, then, self._failed)

    # --- inside

    def _open(self, dialog: QDialog, accepted: Callable[[], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(accepted)
        dialog.open()

    def _write(self, work: Callable[[Workspace], Applied], said: str) -> None:
        self.told.hide()
        self.session.act(work, None, self._failed, said=said)

    def _written(self, words: str, path: Path) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._look("info")
        self.told.tell(words, (t("BOP-open"), show))

    def _failed(self, error: JudappError) -> None:
        self._look("error")
        self.told.tell(of_error(error, language()))

    def _look(self, kind: str) -> None:
        self.told.kind = kind
        theme.role(self.told, f"bar-{kind}")
