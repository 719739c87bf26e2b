"""“Bảng đơn vị”: units × the forms they owe in a round: received, missing, wrong, duplicate, late.

Two looks: what came in is one pass over the round and there at once; what is wrong in it is reckoned sheet by
sheet (:mod:`judapp.app.standings`) and may follow. Without a register of obligations nothing is called
missing (domain study, section 7): then a unit only could report a form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.board_forms import Asked, asked_of, below, former_area, waiting_files
from judapp.app.board_marks import NOT_OWED, ON_PAPER, Mark, marks_of
from judapp.app.desk import day_text
from judapp.app.home_forms import short
from judapp.app.overview import Standing
from judapp.app.standings import catch_up, known, remembered
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.messages import text
from judapp.store import received
from judapp.store.received import Arrival, Received
from judapp.store.sheets import Sheet as StoredSheet

RECEIVED, DRAFT, WITH_ERRORS, MISSING = "received", "draft", "errors", "missing"
PARTLY = "partly"
"""A file came that leaves cells unanswered."""
PAPER, EXCUSED, COULD, NOT_ASKED = "paper", "not_owed", "could", ""
"""It came on paper · nothing is owed this round · nobody says whether it is owed · not this unit's form."""
UNDECIDED = "duplicate"
"""Several files came and nobody chose between them: nothing is missing, and nothing is here yet."""

CAME = (RECEIVED, PARTLY, DRAFT, WITH_ERRORS, PAPER)
"""States in which something came of a unit; drafts count as on the first page and in coverage."""

ALL, LACKING, UNFINISHED = "all", "missing", "unfinished"
WRONG, TWICE, LATE = "wrong", "duplicate", "late"
FILTERS = (ALL, LACKING, UNFINISHED, WRONG, TWICE, LATE)

_AFTERWARDS = 366
"""Days after the deadline from which on a sheet is no late report but a past year being put in."""


class Form(Struct, frozen=True):
    """A form base units report, as a column."""

    version: int
    family: str
    number: str
    title: str
    registered: bool
    """Whether the register of obligations says who owes it."""
    due: date | None
    """The earliest deadline: units of another kind may have a later one."""
    owed: int
    """Units that owe it, without those that need not report this round."""
    came: int
    """Units something came from."""
    unfinished: int = 0
    """Those of them that left cells unanswered."""

    @property
    def short(self) -> str:
        """The number as people say it: "17a"."""
        return short(self.number)


class Cell(Struct, frozen=True):
    """One form of one unit."""

    state: str
    sheet: int | None = None
    errors: int = 0
    unexplained: int = 0
    unanswered: int = 0
    """Cells nobody answered, as long as the sheet is not handed in."""
    answered: int = 0
    """Cells that hold something."""
    checked: bool = True
    """Whether errors and the like were reckoned yet."""
    first: date | None = None
    """The day it came."""
    arrival: Arrival | None = None
    """The file it came from last, else who typed it."""
    edited: Arrival | None = None
    """Who typed into it last, after that file."""
    due: date | None = None
    """The unit's own deadline, where it is missing."""
    late: int = 0
    """Days after the deadline it came, or days it is overdue where it is missing."""
    waiting: tuple[str, ...] = ()
    """Names of files for the same sheet nobody chose between."""
    mark: Mark | None = None

    @property
    def came(self) -> bool:
        """Whether something came."""
        return self.state in CAME

    @property
    def number(self) -> int:
        """The number beside its mark: errors, or what the file leaves unanswered; 0 for none."""
        return self.errors or (self.unanswered if self.state == PARTLY else 0)

    @property
    def overdue(self) -> int:
        """Days it is missing after the deadline."""
        return self.late if self.state == MISSING else 0


class Line(Struct, frozen=True):
    """One unit with its cells, in the order of the forms."""

    unit: str
    code: str
    name: str
    kind: str
    area: str
    """The former district or area, "" where none is known."""
    cells: tuple[Cell, ...]

    @property
    def late(self) -> int:
        """Days overdue where something is missing, else the most days something came late."""
        return self.overdue or max((cell.late for cell in self.cells), default=0)

    @property
    def overdue(self) -> int:
        """The most days a form of this unit is overdue."""
        return max((cell.overdue for cell in self.cells), default=0)

    @property
    def complete(self) -> bool:
        """Whether everything owed came, every cell of it answered."""
        lacking = (MISSING, COULD, UNDECIDED)
        return not any(cell.state in lacking or cell.unanswered for cell in self.cells)

    def fits(self, which: str) -> bool:
        """Whether a filter of :data:`FILTERS` shows this unit."""
        if which == LACKING:
            return any(cell.state == MISSING for cell in self.cells)
        if which == UNFINISHED:
            return any(cell.unanswered for cell in self.cells)
        if which == WRONG:
            return any(cell.errors for cell in self.cells)
        if which == TWICE:
            return any(cell.waiting for cell in self.cells)
        return which == ALL or any(cell.came and cell.late for cell in self.cells)


class Chosen(Struct, frozen=True):
    """A cell of the board with what can be done about it."""

    unit: str
    name: str
    form: str
    imported: int | None
    """Id of the file it came from last, None where somebody typed it or nothing came."""
    errors: int
    may_mark: bool
    """Whether it can be said that nothing is owed, or that it came on paper: while no figures are there."""
    marked: bool
    """Whether one of these is said already."""


class UnitBoard(Struct, frozen=True):
    """The board of the units below ``head`` in a round."""

    head: str
    """Uid of the unit they report to."""
    period: Period
    on: date
    """The day deadlines are held against."""
    forms: tuple[Form, ...]
    lines: tuple[Line, ...]
    checked: bool
    """Whether every sheet that came was checked."""

    @property
    def registered(self) -> bool:
        """Whether anybody is known to owe anything here."""
        return any(form.registered for form in self.forms)

    def count(self, which: str) -> int:
        """Units a filter shows."""
        return sum(line.fits(which) for line in self.lines)

    def only(self, family: str) -> UnitBoard:
        """The same for one form: the units that have to do with it."""
        at = next((n for n, form in enumerate(self.forms) if form.family == family), None)
        if at is None:
            return self
        lines = [replace(line, cells=(line.cells[at],)) for line in self.lines]
        kept = tuple(line for line in lines if line.cells[0].state != NOT_ASKED)
        return replace(self, forms=(self.forms[at],), lines=kept)


def unit_board(workspace: Workspace, period: Period, unit: str, on: date, *, check: bool = True) -> UnitBoard:
    """The board for ``unit`` or, where nobody is below it, the unit it reports to.

    Without ``check`` only what is remembered of earlier checks is told, and nothing is reckoned.
    """
    catch_up(workspace)
    head, units = below(workspace, unit, period)
    waiting = waiting_files(workspace, period)
    asked = asked_of(workspace, period, units, waiting)
    made = _Maker(workspace, period, on, asked, waiting, check=check)
    lines = []
    for own in units:
        cells = tuple(made.cell(form, own) for form in asked)
        if any(cell.state != NOT_ASKED for cell in cells):
            lines.append(_line(workspace, period, own, cells))
    forms = tuple(_form(form, [line.cells[n] for line in lines]) for n, form in enumerate(asked))
    checked = all(cell.checked for line in lines for cell in line.cells)
    return UnitBoard(head, period, on, forms, tuple(lines), checked)


def cell_at(board: UnitBoard, unit: str, family: str) -> Chosen | None:
    """The cell of a unit and a form family; None where the board has none."""
    for line, form, cell in cells_of(board):
        if (line.unit, form.family) == (unit, family):
            open_ = cell.state in (MISSING, COULD, EXCUSED, PAPER)
            return Chosen(
                unit,
                line.name,
                form.number,
                cell.arrival.file if cell.arrival else None,
                cell.errors,
                open_,
                open_ and cell.mark is not None,
            )
    return None


def check_some(workspace: Workspace, sheets: Collection[int], period: Period) -> None:
    """Reckon some sheets of a round through, so that a board made next tells what is wrong in them."""
    catch_up(workspace)
    for stored in workspace.sheets_of(period):
        if stored.id in sheets:
            remembered(workspace, stored)


def unchecked(board: UnitBoard) -> list[int]:
    """The sheets of a board that were not checked yet, in its order."""
    return [
        cell.sheet
        for line in board.lines
        for cell in line.cells
        if cell.sheet is not None and not cell.checked
    ]


def cells_of(board: UnitBoard) -> Iterable[tuple[Line, Form, Cell]]:
    """Every cell with its unit and its form."""
    for line in board.lines:
        for form, cell in zip(board.forms, line.cells, strict=True):
            yield line, form, cell


class _Maker:
    """What is asked of the data file once for the whole board."""

    def __init__(
        self,
        workspace: Workspace,
        period: Period,
        on: date,
        asked: Sequence[Asked],
        waiting: Mapping[tuple[str, str], tuple[str, ...]],
        *,
        check: bool,
    ) -> None:
        self.workspace, self.period, self.on, self.check = workspace, period, on, check
        self.received = received.of_period(workspace.file, period)
        self.marks = marks_of(workspace, period)
        self.waiting = waiting
        families = {version: form.family for form in asked for version in form.versions}
        self.sheets: dict[tuple[str, str], StoredSheet] = {}
        for stored in workspace.sheets_of(period):
            family = families.get(stored.form)
            if family is not None and (
                stored.id in self.received or (family, stored.unit) not in self.sheets
            ):
                self.sheets[family, stored.unit] = stored

    def cell(self, form: Asked, unit: str) -> Cell:
        stored = self.sheets.get((form.family, unit))
        mark = self.marks.get((stored.form, unit)) if stored else None
        waiting = self.waiting.get((form.number, unit), ())
        came = self.received.get(stored.id) if stored else None
        if stored is None or came is None:
            return self._without(form, unit, stored, mark, waiting)
        own = remembered(self.workspace, stored) if self.check else known(self.workspace, stored)
        first = _day(came.arrivals[0].at) if came.arrivals else None
        if mark is not None and mark.kind == ON_PAPER:  # typing it over is the department's work
            first = min(filter(None, (first, _day(mark.at))))
        file, last = came.imported, came.arrivals[-1] if came.arrivals else None
        return replace(
            _standing(came, own, submitted=stored.state == "submitted"),
            sheet=stored.id,
            answered=came.answered,
            checked=own is not None,
            first=first,
            arrival=file or last,
            edited=last if file and last and last.op > file.op else None,
            late=_late(first, form.due_of(unit)),
            waiting=waiting,
            mark=mark,
        )

    def _without(
        self,
        form: Asked,
        unit: str,
        stored: StoredSheet | None,
        mark: Mark | None,
        waiting: tuple[str, ...],
    ) -> Cell:
        """Nothing came as figures."""
        sheet = stored.id if stored else None
        waited_for = not form.owing or unit in form.owing
        if mark is not None and (mark.kind == NOT_OWED or waited_for):
            state = EXCUSED if mark.kind == NOT_OWED else PAPER
            first = _day(mark.at) if mark.kind == ON_PAPER else None
            late = _late(first, form.due_of(unit))
            return Cell(state, sheet, first=first, late=late, waiting=waiting, mark=mark)
        if waiting:
            return Cell(UNDECIDED, sheet, waiting=waiting)
        if unit in form.owing:
            due = form.due_of(unit)
            return Cell(MISSING, sheet, due=due, late=max(0, (self.on - due).days) if due else 0)
        could = not form.owing and self.workspace.units[unit].kind in form.kinds
        return Cell(COULD if could else NOT_ASKED, sheet)


def _late(first: date | None, due: date | None) -> int:
    """Days after the deadline something came; 0 where figures of past years are put in afterwards."""
    days = (first - due).days if first and due else 0
    return days if 0 < days <= _AFTERWARDS else 0


def _standing(came: Received, own: Standing | None, *, submitted: bool) -> Cell:
    if own is None:
        return Cell(RECEIVED)
    state, unanswered = RECEIVED, 0 if submitted else own.unanswered
    if own.errors and not submitted:
        state = WITH_ERRORS
    elif unanswered:
        state = DRAFT if came.imported is None else PARTLY
    return Cell(state, errors=own.errors, unexplained=own.unexplained, unanswered=unanswered)


def _line(workspace: Workspace, period: Period, unit: str, cells: tuple[Cell, ...]) -> Line:
    day = period.last_day
    name = workspace.units.name(unit, day)
    if workspace.units.state(unit, day) is None and (end := workspace.units.latest(unit).valid_to):
        name = text("BOA-until", "vi", unit=name, day=day_text(end))
    return Line(
        unit,
        workspace.unit_code(unit, day),
        name,
        workspace.units[unit].kind,
        former_area(workspace, unit, day),
        cells,
    )


def _form(asked: Asked, cells: Sequence[Cell]) -> Form:
    owed = sum(cell.state not in (EXCUSED, NOT_ASKED) for cell in cells)
    return Form(
        asked.version,
        asked.family,
        asked.number,
        asked.title,
        bool(asked.owing),
        asked.due,
        owed,
        sum(cell.came for cell in cells),
        sum(cell.unanswered > 0 for cell in cells),
    )


def _day(at: str) -> date:
    """The day of the department's own calendar an act was done on."""
    return datetime.fromisoformat(at).astimezone().date()
