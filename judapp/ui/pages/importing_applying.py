"""Applying what was read: one act, with a count while it is prepared, and stopped as a whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from judapp.errors import JudappError
from judapp.ui.jobs import Cancelled, Task
from judapp.ui.pages.importing_progress import ImportJob
from judapp.ui.pages.importing_reading import Reading
from judapp.ui.session import Session
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.import_view import FileRow
    from judapp.app.importing import Candidate
    from judapp.app.workspace import Workspace
    from judapp.store.operations import Applied

_STOPPED = "IMD-stopped"


class Applier(QObject):
    """Writes everything that is ready and taken, as one act."""

    written = Signal(int, object)
    """The operation it was (0 where nothing changed), and the candidates as they are now."""
    failed = Signal(object)
    """The ``JudappError`` for which nothing was written, None where a person stopped it."""

    def __init__(self, parent: QObject, session: Session, job: ImportJob) -> None:
        super().__init__(parent)
        self._session = session
        self._job = job
        self.busy = False
        """Whether something is being written whose outcome is not on the list yet."""

    def apply(self, found: Sequence[Candidate], skip: Collection[int]) -> None:
        """Write ``found`` but those at the positions ``skip``."""
        lang = language()
        rows: list[FileRow] = []
        task = Task(self)

        def step(done: int, total: int, name: str) -> None:
            try:
                task.step(done, total, name)
            except Cancelled:  # a fault of nobody, and an act knows no other way to end without writing
                raise JudappError(_STOPPED) from None

        def work(workspace: Workspace) -> Applied:
            from judapp.app.import_view import file_rows
            from judapp.app.importing import apply_import

            applied = apply_import(workspace, found, skip, step)
            rows.extend(file_rows(workspace, found, lang))
            return applied

        def ended() -> None:
            self.busy = False
            task.ended.emit()
            task.deleteLater()

        def then(applied: Applied) -> None:
            ended()
            self.written.emit(applied.op_id or 0, Reading(found, tuple(rows)))

        def failed(error: JudappError) -> None:
            ended()
            self.failed.emit(None if error.code == _STOPPED else error)

        self.busy = True
        self._job.write(task)
        self._session.act(work, then, failed, said=lambda applied: t("IMW-said", cells=applied.figures))
