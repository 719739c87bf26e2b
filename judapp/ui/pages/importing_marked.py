"""Sending faults back: marked copies of the senders' workbooks, of all files or of the one looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import JobLine, button

if TYPE_CHECKING:
    from judapp.app.import_view import FileRow
    from judapp.app.marking import MarkedCopy
    from judapp.app.workspace import Workspace
    from judapp.ui.jobs import Task
    from judapp.ui.pages.importing import ImportPage


class MarkedDesk(QObject):
    """The button at the foot of the page, the same act for one row, and the writing itself."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__(page)
        self._page = page
        self._task: Task | None = None
        self._rows: Sequence[FileRow] = ()
        self._written = 0
        self.button = button(t("MRK-button"), self.export)
        self.button.setToolTip(t("MRK-button-tip"))
        self.button.hide()
        self.job = JobLine()
        self.of_row = QAction(t("MRK-row"), page.table)
        self.of_row.triggered.connect(self.export_row)
        self.of_row.setEnabled(False)
        page.table.addAction(self.of_row)
        page.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        page.table.picked.connect(self._picked)

    def offer(self, rows: Sequence[FileRow], *, busy: bool) -> None:
        """Offer what can be marked in ``rows``; not while they are read or written."""
        self._rows = rows
        self.button.setVisible(any(row.faulty for row in rows))
        self.button.setEnabled(not busy and self._task is None)
        self._picked(self._page.table.current())

    def export(self) -> None:
        """Write a marked copy of every file that has faults, into a folder a person chooses."""
        self._export(None)

    def export_row(self) -> None:
        """Write the marked copy of the file looked at."""
        self._export([self._page.table.current()])

    def _picked(self, position: int) -> None:
        row = next((row for row in self._rows if row.position == position), None)
        self.of_row.setEnabled(row is not None and row.faulty and self.button.isEnabled())

    def _export(self, positions: Collection[int] | None) -> None:
        if self._task is not None:
            return
        chosen = QFileDialog.getExistingDirectory(self._page, t("MRK-choose-folder"))
        if chosen:
            self._write(Path(chosen), positions)

    def _write(self, folder: Path, positions: Collection[int] | None) -> None:
        found, lang = self._page.found, language()

        def work(workspace: Workspace, task: Task) -> tuple[MarkedCopy, ...]:
            from judapp.app.marking import marked_copies

            def step(done: int, total: int, name: str) -> None:
                self._written = done
                task.step(done, total, name)

            return marked_copies(workspace, found, folder, lang, positions=positions, step=step)

        def done(copies: tuple[MarkedCopy, ...]) -> None:
            self._end()
            self._tell(copies, folder)

        def failed(error: JudappError) -> None:
            self._end()
            self._page.bar.tell(of_error(error, language()))

        def cancelled() -> None:
            self._end()
            self._page.session.said.emit(t("MRK-stopped", n=self._written), False)

        self._page.bar.hide()
        self._written = 0
        self._task = self._page.session.long(work, done, failed, cancelled)
        self.job.follow(self._task, t("MRK-writing"))
        self.button.setEnabled(False)

    def _end(self) -> None:
        self._task = None
        self.button.setEnabled(True)
        self._picked(self._page.table.current())

    def _tell(self, copies: Sequence[MarkedCopy], folder: Path) -> None:
        written = [copy for copy in copies if copy.path is not None]
        faults = [copy.fault for copy in copies if copy.fault is not None]
        if faults:
            first = of_error(faults[0], language())
            self._page.bar.tell(
                t("MRK-done-some", n=len(written), left=len(faults), first=first),
                (t("MRK-open-folder"), lambda: _show(folder)),
            )
        else:
            self._page.session.said.emit(t("MRK-done" if written else "MRK-nothing", n=len(written)), False)
        if written:
            _show(folder)


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
