"""A text that is not stored: kept in the order it was typed, tried again with every act, given up by name.

Whatever keeps a text from the disk (no room, another program at the file, a submitted sheet, a fault of
ours), nothing of it is dropped silently: it waits here until it is stored, typed over by one that is, or
given up by the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field

from judapp.errors import JudappError

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace
    from judapp.domain.entry import Layer, Numbers
    from judapp.domain.shape import CellKey
    from judapp.store.operations import Applied

Sheet = tuple[str, str, str]
"""Number of the form, uid of the unit, code of the period."""
Texts = Mapping["CellKey", str]
Kind = Literal["figure", "reason", "note"]
"""What a text is of its cell: the figure or words in it, its explanation, its note."""

_OF_THE_FILE = "DBF-"
"""What hinders one write of the file hinders the next: so far nothing is tried out of its order."""


class Write(Struct, eq=False, kw_only=True):
    """What one act of typing puts into a sheet, from the key that ends it until it is stored or given up."""

    number: int
    """Its place among all writes ordered since the program began."""
    sheet: Sheet
    kind: Kind = "figure"
    texts: Texts
    work: Callable[[Workspace, Texts], Applied]
    name: Callable[[Texts], str]
    """What people call it: "ô I.2 · (7) “12”, biểu …"."""
    layer: Layer = "printed"
    numbers: Numbers = "ask"
    said: str = ""
    stored: Callable[[Applied], None]
    failed: Callable[[], None]
    """Called in the window's thread, where it was tried the first time and is not stored."""
    error: BaseException | None = None
    """Why it was not stored when it was tried last; None where it never failed."""

    @property
    def called(self) -> str:
        """What people call what is left of it."""
        return self.name(self.texts)

    def replaces(self, other: Write) -> bool:
        """Whether its texts stand where those of ``other`` would, had they been stored before."""
        where = self.sheet, self.kind, self.layer
        return where == (other.sheet, other.kind, other.layer) and self.number > other.number

    def answers(self, key: CellKey, text: str, layer: Layer, numbers: Numbers) -> bool:
        """Whether it says exactly this of a cell."""
        return self.texts.get(key) == text and self.layer == layer and self.numbers == numbers


def cells(writes: Iterable[Write]) -> int:
    """How many cells hold a text that is not stored."""
    return len({(write.sheet, key) for write in writes for key in write.texts})


def reason(error: BaseException | None) -> JudappError:
    """Why a text is not stored, as people are told it; a fault of ours as what it is (UNS-003)."""
    return error if isinstance(error, JudappError) else JudappError("UNS-003")


class Outcome(Struct):
    """What became of one order in the worker's thread."""

    stored: list[tuple[Write, Applied]] = field(default_factory=list)
    refused: list[Write] = field(default_factory=list)
    """Writes that failed for the first time."""
    waiting: tuple[Write, ...] = ()
    """Everything that is not stored now."""
    given_up: tuple[Write, ...] = ()
    result: Any = None
    error: BaseException | None = None
    """Why the act itself was not done."""


class Backlog:
    """The writes that are not stored. It lives in the worker's thread; the window sees outcomes."""

    def __init__(self) -> None:
        self._waiting: list[Write] = []

    def carry_out(
        self,
        workspace: Workspace,
        work: Callable[[Workspace], Any] | None = None,
        *,
        write: Write | None = None,
        whole: Sheet | None = None,
    ) -> Outcome:
        """Store what waits, in the order it was typed, then ``write``, then do ``work``.

        Where the file takes nothing, ``work`` is not tried either; nor where a text of the sheet ``whole``,
        which has to be complete for it, is not stored (UNS-002).
        """
        if write is not None:
            self._waiting.append(write)
        outcome = Outcome()
        outcome.error = self._store(workspace, outcome)
        missing = [held for held in self._waiting if held.sheet == whole]
        if outcome.error is None and missing:
            outcome.error = JudappError("UNS-002", n=cells(missing), form=missing[0].sheet[0])
        if outcome.error is None and work is not None:
            try:
                outcome.result = work(workspace)
            except BaseException as error:  # noqa: BLE001  # told in the window's thread, never swallowed
                outcome.error = error
        outcome.waiting = tuple(self._waiting)
        return outcome

    def take_back(self, workspace: Workspace, work: Callable[[Workspace], Any]) -> Outcome:
        """Give up the newest write that is not stored; only where there is none, do ``work``."""
        if not self._waiting:
            return self.carry_out(workspace, work)
        newest = self._waiting.pop()
        return Outcome(given_up=(newest,), waiting=tuple(self._waiting))

    def give_up(self) -> Outcome:
        """Give up everything that is not stored."""
        gone, self._waiting = tuple(self._waiting), []
        return Outcome(given_up=gone)

    def must_be_empty(self) -> None:
        """Raises UNS-001 where something is not stored: the file it belongs to stays open."""
        if self._waiting:
            raise JudappError("UNS-001", n=cells(self._waiting))

    def _store(self, workspace: Workspace, outcome: Outcome) -> BaseException | None:
        """Try all; what keeps the file from taking anything, None where it does."""
        stopped: BaseException | None = None
        for write in tuple(self._waiting):
            error = stopped
            if error is None:
                try:
                    applied = write.work(workspace, write.texts)
                except BaseException as fault:  # noqa: BLE001  # as above
                    error = fault
                else:
                    self._waiting.remove(write)
                    self._typed_over(write)
                    outcome.stored.append((write, applied))
                    continue
            if isinstance(error, JudappError) and error.code.startswith(_OF_THE_FILE):
                stopped = error
            if write.error is None:
                outcome.refused.append(write)
            write.error = error
        return stopped

    def _typed_over(self, stored: Write) -> None:
        """Of what failed for a reason of its own nothing is left where something later is stored."""
        for write in tuple(self._waiting):
            if stored.replaces(write):
                write.texts = {key: text for key, text in write.texts.items() if key not in stored.texts}
                if not write.texts:
                    self._waiting.remove(write)
