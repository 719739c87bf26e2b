"""What the window is about: the open data file, its period and unit, and everything asked of it.

Pages hold no workspace: they order work that runs in the worker's thread on the open workspace and returns
plain data (``ask`` reads, ``act`` writes, ``long`` reports and can be stopped).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from judapp.errors import JudappError
from judapp.ui.jobs import Cancelled, Task, Worker

if TYPE_CHECKING:
    from judapp.app.desk import Facts, Step
    from judapp.app.workspace import Workspace
    from judapp.domain.period import Period

T = TypeVar("T")

_QUIET = 60_000
"""Milliseconds without a write after which the log is moved into the data file (promise 10)."""


class Session(QObject):
    """The open data file as the window sees it."""

    opened = Signal()
    """A data file was opened or closed; ``facts`` says which."""
    moved = Signal()
    """The period or the unit shown is another one."""
    changed = Signal(object)
    """Something was written (``Applied``, or None where only its consequences are known)."""
    saving = Signal()
    saved = Signal(object)
    """The moment the last commit returned (local ``datetime``)."""
    settled = Signal()
    """An act ended, well or not."""
    steps = Signal()
    """What can be undone and redone changed."""
    said = Signal(str, bool)
    """A sentence for the status bar; True where it can be undone."""
    failed = Signal(object)
    """A fault of the input or the surroundings (``JudappError``) nobody else shows."""
    broken = Signal(object)
    """A fault of ours: the crash dialog tells it."""
    asked_for = Signal(str, dict)
    """A page to open, and the place on it."""

    def __init__(self, parent: QObject | None = None, *, who: str = "") -> None:
        super().__init__(parent)
        self.facts: Facts | None = None
        self.who = who
        self.undoable: tuple[Step, ...] = ()
        self.redoable: Step | None = None
        self._period: Period | None = None
        self._unit = ""
        self._workspace: Workspace | None = None
        self._worker = Worker(self)
        self._newest: dict[tuple[int, str], object] = {}
        self._writing = 0
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self._checkpoint)

    # --- what is shown

    @property
    def period(self) -> Period:
        """The period shown; only while a file is open."""
        assert self._period is not None, "no data file is open"
        return self._period

    @property
    def unit(self) -> str:
        """Uid of the unit shown."""
        return self._unit

    @property
    def writing(self) -> bool:
        """Whether something asked for is not on the disk yet."""
        return self._writing > 0

    @property
    def busy(self) -> bool:
        """Whether the worker has anything to do."""
        return self._worker.busy

    def go(self, period: Period | None = None, unit: str | None = None) -> None:
        """Show another period, unit, or both."""
        before = self._period, self._unit
        self._period, self._unit = period or self._period, unit or self._unit
        if before != (self._period, self._unit):
            self.moved.emit()

    def show(self, page: str, **place: Any) -> None:
        """Open the page called ``page`` at a place it understands."""
        self.asked_for.emit(page, place)

    # --- the data file

    def open(
        self,
        make: Callable[[], Workspace],
        then: Callable[[], None] | None = None,
        failed: Callable[[JudappError], None] | None = None,
    ) -> None:
        """Open the workspace ``make`` returns, called in the worker's thread; the former one is closed.

        The former file stays open where ``make`` fails.
        """

        def work() -> tuple[Facts, Period, str]:
            from judapp.app import desk
            from judapp.app.workspace import today

            workspace = make()
            former, self._workspace = self._workspace, workspace
            if former is not None:
                former.close()
            if self.who:
                workspace.who = self.who
            facts = desk.facts(workspace, today())
            period = desk.start_period(facts, today())
            return facts, period, desk.start_unit(workspace, period)

        def opened(found: tuple[Facts, Period, str]) -> None:
            self.facts, self._period, self._unit = found
            self._newest.clear()
            self.opened.emit()
            self._ask_steps()
            if then is not None:
                then()

        self._worker.order(work, opened, self._faults(failed))

    def shut(self) -> None:
        """Close the data file; the window goes back to its first page."""
        self._newest.clear()

        def work() -> None:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

        def shown(_: None) -> None:
            self._quiet.stop()
            self.facts, self.undoable, self.redoable = None, (), None
            self.opened.emit()

        self._worker.order(work, shown, self._faults(None))

    def work_as(self, who: str) -> None:
        """Say who works here; it stands in the history of every act from now on."""
        self.who = who

        def work(workspace: Workspace) -> None:
            workspace.who = who

        self.ask(self, work, self.changed.emit, topic="who")

    def close(self) -> None:
        """Finish what was ordered and close the data file; afterwards it is one file, safe to copy."""
        self._quiet.stop()

        def work() -> None:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

        self._worker.order(work, lambda _: None, lambda _: None)
        self._worker.close()
        self.facts = None

    # --- work

    def ask(
        self,
        owner: QObject,
        work: Callable[[Workspace], T],
        then: Callable[[T], None],
        *,
        topic: str = "",
    ) -> None:
        """Read; ``then`` gets the answer unless ``owner`` is gone or asked anew about ``topic`` meanwhile."""
        token = object()
        key = id(owner), topic
        self._newest[key] = token

        def answer(result: T) -> None:
            if self._newest.get(key) is token and shiboken6.isValid(owner):
                then(result)

        self._worker.order(lambda: self._with_file(work), answer, self._faults(None))

    def act(
        self,
        work: Callable[[Workspace], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[JudappError], None] | None = None,
        *,
        said: str | Callable[[T], str] = "",
    ) -> None:
        """Write, in the order asked for; afterwards everything that shows figures is asked to redraw."""
        self._begin()

        def answer(result: T) -> None:
            self._end()
            if then is not None:
                then(result)
            self.changed.emit(result)
            words = said(result) if callable(said) else said
            if words:
                self.said.emit(words, True)

        def fault(error: BaseException) -> None:
            self._end(stored=False)
            self._faults(failed)(error)

        self._worker.order(lambda: self._with_file(work), answer, fault)

    def long(
        self,
        work: Callable[[Workspace, Task], T],
        then: Callable[[T], None],
        failed: Callable[[JudappError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Long work in the worker; it reports through the task and ends at a step once cancelled."""
        task = Task(self)

        def answer(result: T) -> None:
            task.ended.emit()
            then(result)
            task.deleteLater()

        def fault(error: BaseException) -> None:
            task.ended.emit()
            if not isinstance(error, Cancelled):
                self._faults(failed)(error)
            elif cancelled is not None:
                cancelled()
            task.deleteLater()

        self._worker.order(lambda: self._with_file(lambda workspace: work(workspace, task)), answer, fault)
        return task

    def undo(self) -> None:
        """Take back the newest act that stands."""
        self._step_back(lambda workspace: workspace.undo(), "WIN-undone")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step_back(lambda workspace: workspace.redo(), "WIN-redone")

    def undo_to(self, op_id: int) -> None:
        """Take back the act ``op_id`` alone."""
        self._step_back(lambda workspace: workspace.undo(op_id), "WIN-undone")

    # --- inside

    def _step_back(self, work: Callable[[Workspace], Any], code: str) -> None:
        from judapp.ui.texts import t

        def told(result: Any) -> str:
            label, applied = result
            return t(code, label=label, cells=applied.figures, kept=applied.kept)

        self._begin()

        def answer(result: Any) -> None:
            self._end()
            self.changed.emit(result[1])
            self.said.emit(told(result), False)

        def fault(error: BaseException) -> None:
            self._end(stored=False)
            if isinstance(error, JudappError) and error.code == "UND-002":
                self.said.emit(t("WIN-nothing-to-undo"), False)
            else:
                self._faults(None)(error)

        self._worker.order(lambda: self._with_file(work), answer, fault)

    def _with_file(self, work: Callable[[Workspace], T]) -> T:
        assert self._workspace is not None, "no data file is open"
        return work(self._workspace)

    def _begin(self) -> None:
        self._writing += 1
        self._quiet.stop()
        self.saving.emit()

    def _end(self, *, stored: bool = True) -> None:
        self._writing -= 1
        self._quiet.start()
        self.settled.emit()
        if stored:
            from datetime import datetime  # after the first paint

            self.saved.emit(datetime.now().astimezone())
            self._ask_steps()

    def _ask_steps(self) -> None:
        """What can be undone, and which periods have figures, as they are now."""

        def work(workspace: Workspace) -> tuple[Facts, tuple[Step, ...], Step | None]:
            from judapp.app import desk
            from judapp.app.workspace import today

            return desk.facts(workspace, today()), desk.undoable(workspace), desk.redoable(workspace)

        def told(found: tuple[Facts, tuple[Step, ...], Step | None]) -> None:
            self.facts, self.undoable, self.redoable = found
            self.steps.emit()

        self.ask(self, work, told, topic="steps")

    def _checkpoint(self) -> None:
        self.ask(self, lambda workspace: workspace.file.checkpoint(), lambda _: None, topic="checkpoint")

    def _faults(self, failed: Callable[[JudappError], None] | None) -> Callable[[BaseException], None]:
        def told(error: BaseException) -> None:
            if not isinstance(error, JudappError):
                self.broken.emit(error)
            elif failed is not None:
                failed(error)
            else:
                self.failed.emit(error)

        return told


def open_file(path: Path, *, read_only: bool = False) -> Callable[[], Workspace]:
    """Opens ``path`` when it is called in the worker's thread."""

    def make() -> Workspace:
        from judapp.app.workspace import Workspace

        return Workspace.open(path, read_only=read_only)

    return make
