"""Recognising one workbook and holding its cells against what the data file has; nothing is written here."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.refusals import state_name
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.catalogue import Form, Severity
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.finding import Finding, Place
from judapp.domain.number import from_workbook, plain, round_half_up, unscaled
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.domain.value import value_of
from judapp.errors import JudappError
from judapp.excel.grid import GridSheet
from judapp.excel.identity import Identity, read_identity
from judapp.excel.mapping import Mapped, ReadFigure, map_sheet
from judapp.excel.reader import MAX_UNPACKED, read_workbook
from judapp.excel.recognise import Header, period_of, read_header, unit_names
from judapp.store import sheets
from judapp.store.forms import StoredForm
from judapp.text import fold

READY, APPLIED, UNCHANGED, REJECTED = "ready", "applied", "unchanged", "rejected"
UNRECOGNISED, DUPLICATE = "unrecognised", "duplicate"


class Change(Struct, frozen=True):
    """One cell an import would change."""

    key: CellKey
    before: Figure
    after: Figure
    cell: str


class Decision(Struct, frozen=True):
    """What a person said about one worksheet, where the file says nothing, or two files say it twice."""

    unit: str | None = None
    """Uid of the unit it is of."""
    period: Period | None = None
    counts: bool | None = None
    """Of several worksheets for one sheet: whether this one is meant; None while nobody chose."""


UNDECIDED = Decision()
Decisions = Mapping[tuple[Path, str], Decision]
"""Decisions by file and worksheet."""


class Candidate(Struct):
    """One worksheet of one file: what it was recognised as, and what it would write.

    Control totals: ``read`` cells = ``changes`` + ``unchanged`` + ``reckoned`` + ``refused``.
    """

    path: Path
    sheet: str = ""
    status: str = UNRECOGNISED
    version: StoredForm | None = None
    unit: Unit | None = None
    period: Period | None = None
    span: Span = field(default_factory=lambda: Span(None, None))
    figures: dict[CellKey, ReadFigure] = field(default_factory=dict)
    own_rows: list[tuple[str, OwnRow]] = field(default_factory=list)
    """Rows of the reporter's own that the sheet has not yet, by table."""
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    reckoned: int = 0
    """Totals the file reckons by its own formulas: ours are reckoned anew, so they are not written."""
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    header: Header | None = None
    """What the worksheet prints of itself."""
    decision: Decision = UNDECIDED
    sha256: str = ""
    modified: float = 0.0
    """When the file was last saved, seconds since 1970."""

    @property
    def read(self) -> int:
        """Cells below the number row that hold something."""
        return len(self.figures) + self.reckoned + self.refused

    @property
    def recognised(self) -> bool:
        """Whether form, unit and period are known, so that it has a target."""
        return None not in (self.version, self.unit, self.period)

    @property
    def target(self) -> tuple[int, str, Period]:
        """The sheet a recognised worksheet is for: form version, unit, period."""
        if self.version is None or self.unit is None or self.period is None:
            raise ValueError(f"{self.path}: not recognised")
        return self.version.id, self.unit.uid, self.period

    @property
    def form(self) -> Form:
        """The form it was recognised as."""
        if self.version is None:
            raise ValueError(f"{self.path}: not recognised")
        return self.version.form

    def say(self, code: str, severity: Severity = "error", /, **params: Any) -> None:
        """Add a finding about the worksheet as a whole."""
        place = Place(path=str(self.path), sheet=self.sheet or None)
        self.findings.append(Finding(code, severity, place, params))


class Wish(Struct, frozen=True):
    """What the person importing says about all files: a period and a unit to import for."""

    period: Period | None = None
    unit: str | None = None


class Recogniser:
    """Reads workbooks for one preview; remembers between files how units are called."""

    def __init__(self, workspace: Workspace, wish: Wish, decisions: Decisions) -> None:
        """``wish`` is said of all files, ``decisions`` of single worksheets."""
        self._workspace = workspace
        self._wish = wish
        self._decisions = decisions
        self._names: dict[date, dict[str, list[Unit]]] = {}

    def candidates(self, path: Path) -> list[Candidate]:
        """The worksheets of the file at ``path`` that are forms; a faulty file is one refused candidate."""
        try:
            status = path.stat()
            sha256 = _digest(path) if status.st_size <= MAX_UNPACKED else ""
        except OSError as error:
            return [_refused(path, unreachable(path, error))]
        try:
            found = self._of_grids(path, read_workbook(path))
        except JudappError as error:
            found = [_refused(path, error)]
        for candidate in found:
            candidate.sha256, candidate.modified = sha256, status.st_mtime
        return found

    def _of_grids(self, path: Path, grids: list[GridSheet]) -> list[Candidate]:
        identity = read_identity(path)
        if identity is not None and grids:
            return [self._of_template(path, grids[0], identity)]
        headers = [(grid, read_header(grid)) for grid in grids]
        with_form = [(grid, header) for grid, header in headers if header.number]
        if not with_form:
            candidate = Candidate(path, grids[0].name if grids else "")
            candidate.say("MAP-001")
            return [candidate]
        return [self._candidate(path, grid, header) for grid, header in with_form]

    def _of_template(self, path: Path, grid: GridSheet, identity: Identity) -> Candidate:
        """A template of ours that came back: its hidden names say what it is, whatever its header says."""
        workspace = self._workspace
        candidate = Candidate(path, grid.name, REJECTED, decision=self._decision(path, grid))
        candidate.version = next((v for v in workspace.versions.values() if v.sha256 == identity.form), None)
        candidate.unit = next((unit for unit in workspace.units if unit.uid == identity.unit), None)
        candidate.period = Period.parse(identity.period)
        candidate.header = read_header(grid)
        wished = candidate.decision.period or self._wish.period
        version = candidate.version
        if candidate.unit is None or version is None or not workspace.serves(version.form, candidate.period):
            candidate.say("MAP-016")
        elif wished not in (None, candidate.period):
            candidate.say("MAP-003", period=candidate.period.name, wanted=_name(wished))
        else:
            candidate.span = candidate.header.span
            _compare(workspace, candidate, grid)
        return candidate

    def _candidate(self, path: Path, grid: GridSheet, header: Header) -> Candidate:
        decision = self._decision(path, grid)
        candidate = Candidate(path, grid.name, header=header, decision=decision)
        versions = self._workspace.versions.values()
        # Which version it is depends on the period; until that is known, any of them names the form.
        candidate.version = next((v for v in versions if fold(v.form.number) == fold(header.number)), None)
        if candidate.version is None:
            candidate.say("MAP-014", number=header.number)
            return candidate
        candidate.status = REJECTED
        wished = self._wish.period
        candidate.period = decision.period or header.period or wished
        if candidate.period is None:
            candidate.say("MAP-007")
        elif decision.period is None and wished is not None and header.period not in (None, wished):
            candidate.say("MAP-003", period=header.period_text, wanted=_name(wished))
        elif self._of_period(candidate, header) and self._of_unit(candidate, header):
            candidate.span = header.span
            _compare(self._workspace, candidate, grid)
        return candidate

    def _of_period(self, candidate: Candidate, header: Header) -> bool:
        assert candidate.period is not None  # asked only where it is known
        try:
            candidate.version = self._workspace.version_for(header.number, candidate.period)
        except JudappError:
            candidate.say("MAP-009", form=header.number, period=candidate.period.name)
            return False
        return True

    def _of_unit(self, candidate: Candidate, header: Header) -> bool:
        assert candidate.period is not None  # asked only where it is known
        workspace, day = self._workspace, candidate.period.last_day
        named = self.named(header.unit, day)
        if candidate.decision.unit is not None:
            candidate.unit = workspace.units[candidate.decision.unit]
        elif self._wish.unit is not None:
            unit = workspace.unit(self._wish.unit, candidate.period)
            if header.unit and unit not in named:
                candidate.say("MAP-012", name=header.unit, wanted=workspace.units.name(unit.uid, day))
                return False
            candidate.unit = unit
        elif len(named) == 1:
            candidate.unit = named[0]
        else:
            candidate.say("MAP-006", name=header.unit, day=day)
        return candidate.unit is not None

    def named(self, text: str, day: date) -> list[Unit]:
        """The units a printed name means on ``day``."""
        if day not in self._names:
            known = self._names[day] = defaultdict(list)
            for unit in self._workspace.units:
                state = self._workspace.units.state(unit.uid, day)
                if state is not None:
                    known[fold(state.name)].append(unit)
        for name in unit_names(text):
            found = self._names[day].get(fold(name))
            if found:
                return found
        return []

    def _decision(self, path: Path, grid: GridSheet) -> Decision:
        return self._decisions.get((path, grid.name), UNDECIDED)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(path: Path, error: JudappError) -> Candidate:
    refused = Candidate(path, status=REJECTED)
    refused.say(error.code, **error.params)
    return refused


def stated_period(candidate: Candidate) -> Period | None:
    """The period a worksheet says it is for, whatever it is imported for."""
    return period_of(candidate.header.period_text) if candidate.header else None


def unreachable(path: Path, error: OSError) -> JudappError:
    """Why a file that was there cannot be read now: FIL-004 or FIL-006."""
    if isinstance(error, FileNotFoundError):
        return JudappError("FIL-004", path=str(path))
    return JudappError("FIL-006", path=str(path), reason=error.strerror or "")


def _name(period: Period | None) -> Any:
    return "" if period is None else period.name


def _compare(workspace: Workspace, candidate: Candidate, grid: GridSheet) -> None:
    """Map the worksheet and hold it against what the file has; only what differs would be written."""
    form, target = candidate.form, candidate.target
    stored, resolved = workspace.stored(*target), workspace.resolved(*target)
    plan = resolved.plan if resolved else workspace.plan(form, *target[1:])
    if stored and stored.span.stated and candidate.span.stated and stored.span != candidate.span:
        candidate.say("MAP-015", span=candidate.span.text, present=stored.span.text)
        return
    mapped = map_sheet(grid, plan, str(candidate.path))
    ours = _reckoned_alone(workspace, candidate, mapped)
    candidate.findings += _other_totals(candidate, grid.name, mapped, ours)
    present = sheets.figures(workspace.file, stored.id) if stored else {}
    agreed = {key for key, read in mapped.figures.items() if key in plan.computed and _says(read, ours, key)}
    agreed |= {k for k, read in mapped.figures.items() if k not in present and _of_base(read, ours, k)}
    candidate.figures = {key: read for key, read in mapped.figures.items() if key not in agreed}
    candidate.refused, candidate.own_rows = mapped.refused, mapped.own_rows
    candidate.reckoned = len(mapped.totals) + len(agreed)
    candidate.findings += mapped.findings
    if not mapped.figures:
        return
    for key, read in candidate.figures.items():
        before = present.get(key, EMPTY)
        if before == read.figure:
            candidate.unchanged += 1
        else:
            candidate.changes.append(Change(key, before, read.figure, read.cell))
    if stored and candidate.changes and stored.state not in OPEN_STATES:
        name = workspace.units.name(stored.unit, stored.period.last_day)
        candidate.say("STA-002", form=form.number, unit=name, state=state_name(stored.state))
    else:
        candidate.status = READY


def _reckoned_alone(workspace: Workspace, candidate: Candidate, mapped: Mapped) -> Resolved:
    """The file's figures reckoned through by themselves, without the totals it gives."""
    alone = sheet_with(workspace, candidate, {}, mapped.own_rows)
    computed = resolve(alone, SheetContext(workspace, alone)).plan.computed
    figures = {key: read.figure for key, read in mapped.figures.items() if key not in computed}
    return resolve(replace(alone, figures=figures), SheetContext(workspace, alone))


def sheet_with(
    workspace: Workspace,
    candidate: Candidate,
    figures: Mapping[CellKey, Figure],
    added: list[tuple[str, OwnRow]],
) -> Sheet:
    """The sheet a candidate is for, holding ``figures``, with its own rows and those ``added``."""
    version, unit, period = candidate.target
    stored = workspace.stored(version, unit, period)
    present = sheets.own_rows(workspace.file, stored.id) if stored else {}
    own = {table: tuple(rows) for table, rows in present.items()}
    for table, row in added:
        own[table] = (*own.get(table, ()), row)
    return Sheet(workspace.version(version).form, unit, period, candidate.span, figures, own)


def _says(read: ReadFigure, ours: Resolved, key: CellKey) -> bool:
    """Whether a typed total says no more than its parts do: then it is reckoned, not reported."""
    number = ours[key].value.number
    figure = read.figure
    return (
        number is not None
        and figure.value is not None
        and unscaled(figure.value, ours.plan.spots[key].scale) == number
    )


def _of_base(read: ReadFigure, ours: Resolved, key: CellKey) -> bool:
    """Whether a figure is what base units report for that cell: it goes on following them."""
    if key not in ours.plan.rollup:
        return False
    value = value_of(read.figure, ours.plan.spots[key].scale)
    return value.known and value == ours.from_base(key).value


def _other_totals(candidate: Candidate, sheet: str, mapped: Mapped, ours: Resolved) -> Iterator[Finding]:
    """Totals the file reckons otherwise than the form: its formula leaves a row out, or adds one twice."""
    for key, total in mapped.totals.items():
        number = ours[key].value.number
        if number is None or isinstance(total.content, str):
            continue
        theirs = from_workbook(total.content)
        # A workbook keeps 15 digits: what differs only behind them is the same number.
        if from_workbook(float(number)) == theirs:
            continue
        yield Finding(
            "REL-003",
            "error",
            Place(path=str(candidate.path), sheet=sheet, cell=total.cell),
            {
                "theirs": theirs,
                "ours": round_half_up(number, 6).normalize(),
                "difference": abs(theirs - round_half_up(number, 6)),
            },
            expected=plain(number),
            actual=plain(theirs),
        )
