"""A sheet that is being typed into: after each figure only what depends on it is reckoned and judged anew.

What lies outside the sheet does not change meanwhile: it was recorded when the sheet was resolved
(:class:`Remembered`). What was not recorded is :class:`NotRecorded`, never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.catalogue import Row
from judapp.domain.checking import Broken, broken_at, fault_at, finding_of, told_of
from judapp.domain.expression.evaluate import evaluate
from judapp.domain.expression.nodes import Cells
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding
from judapp.domain.names import SheetNames
from judapp.domain.resolve import Cell, Context, Resolved
from judapp.domain.rows import RepeatedUnit
from judapp.domain.shape import CellKey, Plan, cells_named, leading_out
from judapp.domain.value import Value
from judapp.text import Bilingual

_T = TypeVar("_T")


class NotRecorded(LookupError):
    """Something outside the sheet is needed that nobody asked for while it was resolved."""


class Remembered:
    """A context that keeps what it was answered; without one behind it, it knows nothing else."""

    def __init__(self, context: Context | None, passing: Collection[object] = ()) -> None:
        """Ask ``context`` what is not known yet; answers in ``passing`` change with the sheet itself."""
        self._context = context
        self._passing = passing
        self.answers: dict[object, list[Value] | Value | str | None] = {}
        """By what was asked: the arguments of a method."""

    def apart(self) -> Remembered:
        """What is known so far and lasts, with nothing behind it."""
        made = Remembered(None)
        made.answers = {asked: told for asked, told in self.answers.items() if asked not in self._passing}
        return made

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        """The units a plan repeats for; they are asked for once, before anything is reckoned."""
        if self._context is None:
            raise NotRecorded(plan.label)
        return self._context.units(plan)

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        """Values of cells beyond the sheet."""
        asked = cells, row_unit, row
        if asked not in self.answers:
            if self._context is None:
                raise NotRecorded(cells.form)
            self.answers[asked] = self._context.outside(cells, row_unit, row)
        found = self.answers[asked]
        assert isinstance(found, list)
        return found

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        """The unit of measure of a cell of another form."""
        asked = form, table, row, col
        if asked not in self.answers:
            if self._context is None:
                raise NotRecorded(form)
            self.answers[asked] = self._context.unit_of_measure(form, table, row, col)
        found = self.answers[asked]
        assert found is None or isinstance(found, str)
        return found

    def measure(self, name: str, when: str | None) -> Value:
        """A measure."""
        asked = name, when
        if asked not in self.answers:
            if self._context is None:
                raise NotRecorded(name)
            self.answers[asked] = self._context.measure(name, when)
        found = self.answers[asked]
        assert isinstance(found, Value)
        return found


class Ties(Struct, frozen=True):
    """What of a plan stands on what; the same for every sheet with the same rows."""

    above: Mapping[CellKey, Collection[CellKey]]
    """The cells reckoned from a cell, without those reckoned from them in turn."""
    judging: Mapping[CellKey, Collection[int]]
    """The relations of the plan that speak of a cell."""


def ties_of(plan: Plan) -> Ties:
    """The ties of ``plan``; remembered with it."""
    found = _ties.get(id(plan))  # the plan is kept, so that no other one has its id meanwhile
    if found is None:
        if len(_ties) >= _CACHED_TIES:
            _ties.pop(next(iter(_ties)))
        found = _ties[id(plan)] = plan, _ties_of(plan)
    return found[1]


_CACHED_TIES = 16
_ties: dict[int, tuple[Plan, Ties]] = {}


def _ties_of(plan: Plan) -> Ties:
    above: dict[CellKey, dict[CellKey, None]] = {}
    parts = {key: list(cells_named(node)) for key, node in plan.computed.items()}
    for rules in (parts, {key: cells_named(node) for key, node in plan.rollup.items()}):
        for key, cells in rules.items():
            for part in cells:
                above.setdefault(part, {})[key] = None
    judging: dict[CellKey, dict[int, None]] = {}
    for index, (_, bound) in enumerate(plan.relations):
        target = plan.defining.get(index)
        for key in cells_named(bound.node) if target is None else (target, *parts[target]):
            judging.setdefault(key, {})[index] = None
    return Ties(above, judging)


class Beyond(Struct, frozen=True):
    """What lies outside a sheet, as far as it may be needed while the sheet is typed into."""

    answers: Mapping[object, list[Value] | Value | str | None]
    """As :class:`Remembered` keeps them."""
    reported: Mapping[CellKey, Cell]
    """What base units report, by cell."""


def look_beyond(resolved: Resolved, context: Remembered) -> Beyond:
    """Ask whatever outside a sheet may be needed, also what was not needed yet.

    ``resolved`` was resolved in ``context``. A typed figure hides what base units report, and a condition the
    branch that was not taken.
    """
    plan = resolved.plan
    for key in plan.rollup:
        if resolved[key].figure.answered:
            resolved.from_base(key)
    for node in plan.computed.values() if plan.looks_out else ():
        for ref in leading_out(node):
            evaluate(ref, resolved.outlook)
    for index in sorted(plan.outward):
        bound = plan.relations[index][1]
        for ref in leading_out(bound.node):
            evaluate(ref, resolved.outlook_of(bound))
    alone = {key: cell for key, cell in resolved.reported.items() if not any(cells_named(plan.rollup[key]))}
    return Beyond(context.apart().answers, alone)


class _Typed(Resolved):
    """A resolved sheet whose figures change; only :class:`Reckoning` puts any into it."""

    def __init__(self, resolved: Resolved, context: Context) -> None:
        self.figures = dict(resolved.sheet.figures)
        self._before: dict[CellKey, Figure | None] = {}
        self._cells_before: dict[CellKey, Cell] = {}
        self._awaiting_before: set[CellKey] = set()
        self._begin(replace(resolved.sheet, figures=self.figures), context, resolved.plan)
        self._cells.update(resolved.cells)
        self._awaiting = set(resolved.awaiting)
        self._base = dict(resolved.reported)

    def put(self, figures: Mapping[CellKey, Figure], stale: Collection[CellKey]) -> Collection[CellKey]:
        """Take ``figures`` and reckon the cells ``stale``; the ones that are other than before.

        Raises NotRecorded; :meth:`take_back` is to follow then.
        """
        self._before = {key: self.figures.get(key) for key in figures}
        self._cells_before = {key: self._cells.pop(key) for key in stale}
        self._awaiting_before = self._awaiting.copy()
        self._awaiting.difference_update(stale)
        for key in stale:
            self._base.pop(key, None)
        self._take(figures)
        return [key for key, cell in self._cells_before.items() if self[key] != cell]

    def know(self, reported: Mapping[CellKey, Cell]) -> None:
        """Take what base units report; it is the same whatever is typed."""
        self._base.update(reported)

    def take_back(self) -> None:
        """Be as before the last :meth:`put`."""
        self._take(self._before)
        self._cells.update(self._cells_before)
        self._base = {key: cell for key, cell in self._base.items() if key not in self._cells_before}
        self._awaiting = self._awaiting_before
        self._open.clear()

    def _take(self, figures: Mapping[CellKey, Figure | None]) -> None:
        for key, figure in figures.items():
            if figure is None or not figure.answered:
                self.figures.pop(key, None)
            else:
                self.figures[key] = figure


class Reckoning:
    """A sheet with its findings while figures change, as ``check_sheet`` says them."""

    def __init__(self, resolved: Resolved, context: Remembered, unit_code: str, names: SheetNames) -> None:
        """Begin with ``resolved``, which stays as it is, and was resolved in ``context``.

        ``unit_code`` and ``names`` as in ``check_sheet``. What was asked so far is known; :meth:`learn` tells
        the rest.
        """
        self.resolved: Resolved = resolved
        self._places = {key: at for at, key in enumerate(resolved.plan.spots)}
        self._unit_code = unit_code
        self._names = names
        self._faults: dict[int, Finding] = {}
        self._broken: dict[int, Broken] = {}
        self._findings: dict[int, Finding] = {}
        self._wordings: dict[int, Bilingual] = {}
        self._judge(resolved.plan.spots, range(len(resolved.plan.relations)))
        self._known = context.apart()
        self._typed = _Typed(resolved, self._known)
        self.resolved = self._typed

    def learn(self, beyond: Beyond) -> None:
        """Know what lies outside."""
        self._known.answers.update(beyond.answers)
        self._typed.know(beyond.reported)

    def put(self, figures: Mapping[CellKey, Figure]) -> Collection[CellKey]:
        """Take other figures; their cells and all that are reckoned from them, whether they changed or not.

        Raises NotRecorded where something outside is needed that was not recorded; nothing is changed then.
        """
        stale, judging = self.above(figures), ties_of(self.resolved.plan).judging
        try:
            changed = self._typed.put(figures, stale)
            self._judge(changed, {index for key in changed for index in judging.get(key, ())})
        except NotRecorded:
            self._typed.take_back()
            raise
        return stale

    @property
    def findings(self) -> Iterator[tuple[Finding, Broken | None]]:
        """What is wrong, in the order of ``check_sheet``; with the relation behind it, if it is one's."""
        for place in sorted(self._faults):
            yield self._faults[place], None
        told = {id(broken) for broken in told_of(self.broken)}
        for index in sorted(self._broken):
            broken = self._broken[index]
            if id(broken) in told:
                if index not in self._findings:
                    self._findings[index] = finding_of(
                        self.resolved, broken, self._unit_code, self._names, self._wordings
                    )
                yield self._findings[index], broken

    @property
    def broken(self) -> list[Broken]:
        """The relations that do not hold, also those drawn along by others."""
        return [self._broken[index] for index in sorted(self._broken)]

    def place(self, key: CellKey) -> int:
        """The place of a cell in printed order."""
        return self._places[key]

    def above(self, figures: Iterable[CellKey]) -> dict[CellKey, None]:
        """The cells ``figures`` and everything reckoned from them."""
        found: dict[CellKey, None] = {}
        above = ties_of(self.resolved.plan).above
        ahead = [key for key in figures if key in self._places]
        while ahead:
            key = ahead.pop()
            if key not in found:
                found[key] = None
                ahead.extend(above.get(key, ()))
        return found

    def _judge(self, cells: Iterable[CellKey], relations: Iterable[int]) -> None:
        broken = {index: broken_at(self.resolved, index) for index in relations}
        for key in cells:
            fault = fault_at(self.resolved, key, self._unit_code)
            _set(self._faults, self._places[key], fault)
        for index, found in broken.items():
            self._findings.pop(index, None)
            _set(self._broken, index, found)


def _set(found: dict[int, _T], at: int, what: _T | None) -> None:
    if what is None:
        found.pop(at, None)
    else:
        found[at] = what
