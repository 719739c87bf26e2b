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
from judapp.ui.acting import Acting
from judapp.ui.jobs import Cancelled, Task

if TYPE_CHECKING:
    from judapp.app.desk import Facts, Step
    from judapp.app.reading_files import Readers
    from judapp.app.workspace import Workspace
    from judapp.domain.period import Period

T = TypeVar("T")

_QUIET = 60_000
"""Milliseconds without a write after which the log is moved into the data file (promise 10)."""


class Session(Acting):
    """The open data file as the window sees it."""

    opening = Signal()
    """Another data file is asked for, or none: what is done from now on is not meant for the one shown."""
    stayed = Signal()
    """It does not come: the one shown stays open."""
    opened = Signal()
    """A data file was opened or closed; ``facts`` says which."""
    moved = Signal()
    """The period or the unit shown is another one."""
    steps = Signal()
    """What can be undone and redone changed."""
    noted = Signal(str, str)
    """What the page says of its selection, and the number a click on it copies ("" for none)."""
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
        self._readers: Readers | None = None
        self._newest: dict[tuple[int, str], object] = {}
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self._checkpoint)
        self.saving.connect(self._quiet.stop)
        self.settled.connect(self._quiet.start)
        self.saved.connect(self._stored)

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
    def busy(self) -> bool:
        """Whether the worker has anything to do, now or once typing pauses."""
        return self._worker.busy or self.stirring

    def go(self, period: Period | None = None, unit: str | None = None) -> None:
        """Show another period, unit, or both; not where something typed here would be left unstored."""
        former = self._period, self._unit
        wanted = period or self._period, unit or self._unit
        if wanted == former or not (former[0] is None or self.may_leave(former[1], former[0].code)):
            return
        self._period, self._unit = wanted
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

        The former file stays open where ``make`` fails, and where something typed into it is not stored.
        """
        asked = self._ask_for_another()

        def work() -> tuple[Facts, Period, str]:
            from judapp.app import desk
            from judapp.app.workspace import today

            self._backlog.must_be_empty()
            workspace = make()
            if self.who:
                workspace.who = self.who
            try:
                facts = desk.facts(workspace, today())
                period = desk.start_period(facts, today())
                found = facts, period, desk.start_unit(workspace, period)
            except BaseException:
                workspace.close()
                raise
            former, self._workspace, self._open = self._workspace, workspace, asked
            if former is not None:
                former.close()
            return found

        def opened(found: tuple[Facts, Period, str]) -> None:
            self._shown = asked
            self.facts, self._period, self._unit = found
            self._newest.clear()
            self.forget_later()
            self.opened.emit()
            self._ask_steps()
            if then is not None:
                then()

        self._worker.order(work, opened, self._stays(failed))

    def shut(self) -> None:
        """Close the data file; the window goes back to its first page. Not where something is not stored."""
        asked = self._ask_for_another()

        def work() -> None:
            self._backlog.must_be_empty()
            self._open = asked
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

        def shown(_: None) -> None:
            self._shown = asked
            self._newest.clear()
            self.forget_later()
            self._quiet.stop()
            self.facts, self.undoable, self.redoable = None, (), None
            self.opened.emit()

        self._worker.order(work, shown, self._stays(None))

    def work_as(self, who: str) -> None:
        """Say who works here; it stands in the history of every act from now on."""
        self.who = who

        def work(workspace: Workspace) -> None:
            workspace.who = who

        self.ask(self, work, self.changed.emit, topic="who")

    def close(self) -> None:
        """Finish what was ordered and close the data file; afterwards it is one file, safe to copy.

        What could not be stored by then (:meth:`finish`) is given up.
        """
        self._quiet.stop()
        self.forget_later()

        def work() -> None:
            if self._readers is not None:
                self._readers.close()
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

        self._worker.order(work, lambda _: None, lambda _: None)
        self._worker.close()
        self._writing, self.unstored = 0, ()
        self.facts = None

    # --- work

    def readers(self) -> Readers:
        """The processes that read files for the worker of this window; one stays warm till its end."""
        from judapp.app.reading_files import Readers

        if self._readers is None:
            self._readers = Readers()
        return self._readers

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

        def fault(error: BaseException) -> None:
            gone = isinstance(error, JudappError) and error.code == "UNS-004"
            if not gone:  # else nobody looks at it any more
                self._faults(None)(error)

        self._worker.order(self._with_file(work), answer, fault)

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

        self._worker.order(self._with_file(lambda workspace: work(workspace, task)), answer, fault)
        return task

    # --- inside

    def _ask_for_another(self) -> int:
        """Keep what is being typed, try again what is not stored; the number of the file asked for."""
        self.opening.emit()
        if self.unstored:
            self.try_again()
        self._asked += 1
        return self._asked

    def _stays(self, failed: Callable[[JudappError], None] | None) -> Callable[[BaseException], None]:
        """What is done where the file that was asked for does not come."""

        def told(error: BaseException) -> None:
            self.stayed.emit()
            self._faults(failed)(error)

        return told

    def _stored(self, _: object) -> None:
        self.in_pause("steps", self._ask_steps)

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


def open_file(path: Path, *, read_only: bool = False) -> Callable[[], Workspace]:
    """Opens ``path`` when it is called in the worker's thread."""

    def make() -> Workspace:
        from judapp.app.workspace import Workspace

        return Workspace.open(path, read_only=read_only)

    return make
