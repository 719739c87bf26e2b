"""Writing into the open data file: acts in the order they were done, and what of the typing is not stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from judapp.errors import JudappError
from judapp.ui.jobs import Worker
from judapp.ui.pauses import Pauses
from judapp.ui.unstored import Backlog, Outcome, Sheet, Write, reason

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace

T = TypeVar("T")

_PATIENCE = 8.0
"""Seconds that whoever leaves a sheet waits while what was not stored is tried again."""


class Acting(Pauses):
    """Acts on the data file, done by the worker; every act first stores what was not stored so far."""

    changed = Signal(object)
    """Something was written (``Applied``, or None where only its consequences are known)."""
    saving = Signal()
    saved = Signal(object)
    """The moment the last commit returned (local ``datetime``)."""
    settled = Signal()
    """An act ended, well or not."""
    said = Signal(str, bool)
    """A sentence for the status bar; True where it can be undone."""
    failed = Signal(object)
    """A fault of the input or the surroundings (``JudappError``) nobody else shows."""
    broken = Signal(object)
    """A fault of ours: the crash dialog tells it."""
    held = Signal()
    """Something typed could not be stored, or is not :attr:`unstored` any more."""
    stays = Signal()
    """Somebody wanted to leave a sheet of which not everything could be stored."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unstored: tuple[Write, ...] = ()
        """What was typed and could not be stored, in the order it was typed."""
        self.ordered = 0
        """How many writes of typed texts were ordered; a view asked for now includes as many."""
        self._workspace: Workspace | None = None
        self._asked = self._shown = self._open = 0
        """Of the files asked for, by number: the newest, the one the window shows, the worker's."""
        self._worker = Worker(self)
        self._backlog = Backlog()  # of the worker's thread
        self._writing = 0

    @property
    def writing(self) -> bool:
        """Whether something asked for is not on the disk yet."""
        return self._writing > 0

    def stir(self) -> None:
        """Somebody is typing: what can wait waits on, and the window goes first."""
        self._worker.give_way()
        super().stir()

    # --- acts

    def act(
        self,
        work: Callable[[Workspace], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[JudappError], None] | None = None,
        *,
        said: str | Callable[[T], str] = "",
        whole: Sheet | None = None,
    ) -> None:
        """Write, in the order asked for; afterwards everything that shows figures is asked to redraw.

        ``whole``: a sheet of which everything typed has to be stored before (UNS-002).
        """

        def answer(result: T) -> None:
            if then is not None:
                then(result)
            self.changed.emit(result)
            words = said(result) if callable(said) else said
            if words:
                self.said.emit(words, True)

        self._order(
            lambda workspace: self._backlog.carry_out(workspace, work, whole=whole),
            answer,
            self._faults(failed),
        )

    def undo(self) -> None:
        """Give up the newest text that is not stored; where there is none, take back the newest act."""
        self._step_back(lambda workspace: workspace.undo(), "WIN-undone", newest=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step_back(lambda workspace: workspace.redo(), "WIN-redone")

    def undo_to(self, op_id: int) -> None:
        """Take back the act ``op_id`` alone."""
        self._step_back(lambda workspace: workspace.undo(op_id), "WIN-undone")

    # --- what was typed

    def store(self, write: Write) -> None:
        """Store what was typed; where that fails, it waits among :attr:`unstored`."""
        self._order(lambda workspace: self._backlog.carry_out(workspace, write=write))

    def try_again(self) -> None:
        """Store what could not be stored, and tell where it cannot yet."""
        self._order(self._backlog.carry_out, asked=True)

    def give_up(self) -> None:
        """Give up everything that is not stored."""
        self._order(lambda _: self._backlog.give_up())

    def may_leave(self, *place: str) -> bool:
        """Whether everything typed into ``place`` is stored; if not, it is tried again, and told in vain.

        ``place`` is a sheet, or the unit and the period of one. The window waits meanwhile, so that keys that
        follow are typed where one is then.
        """
        if not self._holds(place):
            return True
        self.try_again()
        self._worker.flush(_PATIENCE)
        if self._holds(place):
            self.stays.emit()
        return not self._holds(place)

    def finish(self) -> bool:
        """Wait until all acts are done, trying again what failed; whether everything typed is stored."""
        if self.unstored:
            self.try_again()
        if self.writing:
            self._worker.flush()
        return not self.unstored

    def _holds(self, place: tuple[str, ...]) -> bool:
        return any(write.sheet[-len(place) :] == place for write in self.unstored)

    # --- inside

    def _order(
        self,
        work: Callable[[Workspace], Outcome],
        answer: Callable[[Any], None] | None = None,
        fault: Callable[[BaseException], None] | None = None,
        *,
        asked: bool = False,
    ) -> None:
        """Order ``work``; ``asked``: what still cannot be stored is told though it was told before."""
        self._writing += 1
        self.stir()
        self.saving.emit()

        def ended(outcome: Outcome) -> None:
            former, self.unstored = self.unstored, outcome.waiting
            act = answer is not None and not outcome.given_up
            self._end(stored=bool(outcome.stored) or (act and outcome.error is None))
            for write, applied in outcome.stored:
                write.stored(applied)
                self.changed.emit(applied)
                if write.said:
                    self.said.emit(write.said, not applied.empty)
            for write in outcome.refused:
                write.failed()
            if former or self.unstored:
                self.held.emit()
            self._tell(outcome, asked=asked)
            if act and answer is not None and outcome.error is None:
                answer(outcome.result)
            elif outcome.error is not None and fault is not None:
                fault(outcome.error)

        def broke(error: BaseException) -> None:
            self._end(stored=False)
            self._faults(None)(error)

        self._worker.order(self._with_file(work), ended, broke)

    def _tell(self, outcome: Outcome, *, asked: bool) -> None:
        """Say why something was not stored, each reason once, and what was given up."""
        from judapp.ui.texts import t

        if outcome.given_up:
            self.said.emit(
                t("UNS-given-up", name="; ".join(write.called for write in outcome.given_up)), False
            )
        told = outcome.refused or (outcome.waiting[:1] if asked else ())
        for error in dict.fromkeys(write.error for write in told):
            self.failed.emit(reason(error))
        for error in dict.fromkeys(write.error for write in outcome.refused):
            if not isinstance(error, JudappError):
                self.broken.emit(error)

    def _step_back(self, work: Callable[[Workspace], Any], code: str, *, newest: bool = False) -> None:
        from judapp.ui.texts import t

        def answer(result: Any) -> None:
            label, applied = result
            self.changed.emit(applied)
            if not applied.kept:
                words = t(code, label=label)
            else:
                done = applied.figures
                part = "WIN-undone-part" if code == "WIN-undone" else "WIN-redone-part"
                words = t(part, label=label, done=done, all=done + applied.kept, kept=applied.kept)
            self.said.emit(words, False)

        def fault(error: BaseException) -> None:
            if isinstance(error, JudappError) and error.code == "UND-002":
                self.said.emit(t("WIN-nothing-to-undo"), False)
            else:
                if isinstance(error, JudappError) and error.code == "UND-003":
                    self.changed.emit(None)  # what another window did is shown before anybody takes it back
                self._faults(None)(error)

        back = self._backlog.take_back if newest else self._backlog.carry_out
        self._order(lambda workspace: back(workspace, work), answer, fault)

    def _with_file(self, work: Callable[[Workspace], T]) -> Callable[[], T]:
        """``work`` on the file that is shown now; UNS-004 where another one, or none, is open by then."""
        shown = self._shown

        def on_file() -> T:
            if self._workspace is None or self._open != shown:
                raise JudappError("UNS-004")
            return work(self._workspace)

        return on_file

    def _end(self, *, stored: bool) -> None:
        self._writing -= 1
        self.settled.emit()
        if stored:
            from datetime import datetime  # after the first paint

            self.saved.emit(datetime.now().astimezone())

    def _faults(self, failed: Callable[[JudappError], None] | None) -> Callable[[BaseException], None]:
        def told(error: BaseException) -> None:
            if not isinstance(error, JudappError):
                self.broken.emit(error)
            elif failed is not None:
                failed(error)
            else:
                self.failed.emit(error)

        return told
