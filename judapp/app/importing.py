"""Importing workbooks: read, recognise, preview old → new, then all as one operation (promise 6)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from judapp.app.context import SheetContext
from judapp.app.entering import keep_unit_rows
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.finding import Finding, Place
from judapp.domain.number import from_workbook, plain, round_half_up, unscaled
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.excel.grid import GridSheet
from judapp.excel.identity import Identity, read_identity
from judapp.excel.mapping import Mapped, ReadFigure, map_sheet
from judapp.excel.reader import SUFFIXES, read_workbook
from judapp.excel.recognise import Header, read_header, unit_names
from judapp.store import imports, sheets
from judapp.store.documents import keep
from judapp.store.forms import StoredForm
from judapp.store.operations import Applied, Writer
from judapp.text import fold

READY, APPLIED, UNCHANGED, REJECTED = "ready", "applied", "unchanged", "rejected"
UNRECOGNISED, DUPLICATE = "unrecognised", "duplicate"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell an import would change."""

    key: CellKey
    before: Figure
    after: Figure
    cell: str


@dataclass(slots=True)
class Candidate:
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person importing says about all files: a period and a unit to import for."""

    period: Period | None = None
    unit: str | None = None


def preview(workspace: Workspace, paths: Iterable[Path], wish: Wish | None = None) -> list[Candidate]:
    """What importing ``paths`` (workbooks or folders of them) would do; nothing is written.

    A fault of a file is a finding of that file, the others go on. Raises FIL-004 for a path not there.
    """
    wish = wish or Wish()
    candidates = [c for path in _files(paths) for c in _candidates(workspace, path, wish)]
    by_target = defaultdict(list)
    for candidate in candidates:
        if candidate.status == READY:
            by_target[candidate.target].append(candidate)
    for rivals in by_target.values():
        if len(rivals) > 1:
            _reject_rivals(rivals)
    return candidates


def apply_import(workspace: Workspace, candidates: Sequence[Candidate]) -> Applied:
    """Write every candidate that is ready, as one operation; afterwards it is ``applied`` or ``unchanged``.

    Each figure remembers file, sha-256, sheet and cell. Raises STA-002 and DBF-…; nothing is written then.
    """
    ready = [c for c in candidates if c.status == READY]
    changing = [c for c in ready if c.changes]
    touched = [stored.id for c in changing if (stored := workspace.stored(*c.target)) is not None]

    def build(writer: Writer) -> None:
        files: dict[Path, int] = {}
        for candidate in changing:
            if candidate.path not in files:
                files[candidate.path] = _keep_file(writer, candidate, changing)
            _write(workspace, writer, candidate, files[candidate.path])

    cells = sum(len(c.changes) for c in changing)
    applied = workspace.apply("import", f"Nhập {len(changing)} tệp, {cells} ô", build, touches=touched)
    for candidate in ready:
        candidate.status = APPLIED if candidate.changes else UNCHANGED
    return applied


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".")))
            found += sorted(p for p in inside if p.suffix.lower() in _LOOKED_AT)
        elif path.exists():
            found.append(path)
        else:
            raise JudappError("FIL-004", path=str(path))
    return found


_LOOKED_AT = (*SUFFIXES, ".xls", ".ods", ".xlsb", ".csv")
"""Files of a folder that are meant: those not read yet are named with what to do."""


def _candidates(workspace: Workspace, path: Path, wish: Wish) -> list[Candidate]:
    try:
        grids = read_workbook(path)
    except JudappError as error:
        refused = Candidate(path, status=REJECTED)
        refused.findings.append(Finding(error.code, "error", Place(path=str(path)), error.params))
        return [refused]
    identity = read_identity(path)
    if identity is not None and grids:
        return [_of_template(workspace, path, grids[0], identity, wish)]
    headers = [(grid, read_header(grid)) for grid in grids]
    with_form = [(grid, header) for grid, header in headers if header.number]
    if not with_form:
        candidate = Candidate(path, grids[0].name if grids else "")
        candidate.findings.append(Finding("MAP-001", "error", Place(path=str(path), sheet=candidate.sheet)))
        return [candidate]
    return [_candidate(workspace, path, grid, header, wish) for grid, header in with_form]


def _of_template(
    workspace: Workspace, path: Path, grid: GridSheet, identity: Identity, wish: Wish
) -> Candidate:
    """A template of ours that came back: its hidden names say what it is, whatever became of its header."""
    candidate = Candidate(path, grid.name, REJECTED)
    candidate.version = next((v for v in workspace.versions.values() if v.sha256 == identity.form), None)
    candidate.unit = next((unit for unit in workspace.units if unit.uid == identity.unit), None)
    candidate.period = Period.parse(identity.period)
    place = Place(path=str(path), sheet=grid.name)
    version = candidate.version
    if candidate.unit is None or version is None or not workspace.serves(version.form, candidate.period):
        candidate.findings.append(Finding("MAP-016", "error", place))
    elif wish.period is not None and wish.period != candidate.period:
        params = {"period": candidate.period.name, "wanted": wish.period.code}
        candidate.findings.append(Finding("MAP-003", "error", place, params))
    else:
        candidate.span = read_header(grid).span
        _compare(workspace, candidate, grid)
    return candidate


def _candidate(workspace: Workspace, path: Path, grid: GridSheet, header: Header, wish: Wish) -> Candidate:
    candidate = Candidate(path, grid.name)

    def fault(code: str, **params: Any) -> Candidate:
        candidate.findings.append(Finding(code, "error", Place(path=str(path), sheet=grid.name), params))
        return candidate

    known = [v for v in workspace.versions.values() if fold(v.form.number) == fold(header.number)]
    if not known:
        return fault("MAP-014", number=header.number)
    candidate.status = REJECTED
    period = header.period or wish.period
    if period is None:
        return fault("MAP-007")
    if wish.period is not None and header.period not in (None, wish.period):
        return fault("MAP-003", period=header.period_text, wanted=wish.period.code)
    candidate.period = period
    try:
        candidate.version = workspace.version_for(header.number, period)
    except JudappError:
        return fault("MAP-009", form=header.number, period=period.code)
    unit = _unit(workspace, header, period, wish)
    if unit is None:
        return fault("MAP-006", name=header.unit, day=period.last_day)
    if wish.unit is not None and header.unit and unit not in _named(workspace, header.unit, period):
        return fault("MAP-012", name=header.unit, wanted=workspace.units.name(unit.uid, period.last_day))
    candidate.unit, candidate.span = unit, header.span
    _compare(workspace, candidate, grid)
    return candidate


def _unit(workspace: Workspace, header: Header, period: Period, wish: Wish) -> Unit | None:
    if wish.unit is not None:
        return workspace.unit(wish.unit, period)
    named = _named(workspace, header.unit, period)
    return named[0] if len(named) == 1 else None


def _named(workspace: Workspace, text: str, period: Period) -> list[Unit]:
    for name in unit_names(text):
        found = workspace.units.by_name(name, period.last_day)
        if found:
            return found
    return []


def _compare(workspace: Workspace, candidate: Candidate, grid: GridSheet) -> None:
    """Map the worksheet and hold it against what the file has; only what differs would be written."""
    form, target = candidate.form, candidate.target
    stored, resolved = workspace.stored(*target), workspace.resolved(*target)
    plan = resolved.plan if resolved else workspace.plan(form, *target[1:])
    if stored and stored.span.stated and candidate.span.stated and stored.span != candidate.span:
        candidate.findings.append(
            Finding(
                "MAP-015",
                "error",
                Place(path=str(candidate.path), sheet=grid.name),
                {"span": candidate.span.text, "present": stored.span.text},
            )
        )
        return
    mapped = map_sheet(grid, plan, str(candidate.path))
    ours = _reckoned_alone(workspace, candidate, mapped)
    candidate.findings += _other_totals(candidate, grid.name, mapped, ours)
    agreed = {key for key, read in mapped.figures.items() if key in plan.computed and _says(read, ours, key)}
    candidate.figures = {key: read for key, read in mapped.figures.items() if key not in agreed}
    candidate.refused, candidate.own_rows = mapped.refused, mapped.own_rows
    candidate.reckoned = len(mapped.totals) + len(agreed)
    candidate.findings += mapped.findings
    if not mapped.figures:
        return
    present = sheets.figures(workspace.file, stored.id) if stored else {}
    for key, read in candidate.figures.items():
        before = present.get(key, EMPTY)
        if before == read.figure:
            candidate.unchanged += 1
        else:
            candidate.changes.append(Change(key, before, read.figure, read.cell))
    candidate.status = READY


def _reckoned_alone(workspace: Workspace, candidate: Candidate, mapped: Mapped) -> Resolved:
    """The file's figures reckoned through by themselves, without the totals it gives."""
    version, unit, period = candidate.target
    stored = workspace.stored(version, unit, period)
    present = sheets.own_rows(workspace.file, stored.id) if stored else {}
    own = {table: tuple(rows) for table, rows in present.items()}
    for table, row in mapped.own_rows:
        own[table] = (*own.get(table, ()), row)
    form = workspace.version(version).form
    alone = Sheet(form, unit, period, candidate.span, {}, own)
    computed = resolve(alone, SheetContext(workspace, alone)).plan.computed
    figures = {key: read.figure for key, read in mapped.figures.items() if key not in computed}
    return resolve(replace(alone, figures=figures), SheetContext(workspace, alone))


def _says(read: ReadFigure, ours: Resolved, key: CellKey) -> bool:
    """Whether a typed total says no more than its parts do: then it is reckoned, not reported."""
    number = ours[key].value.number
    figure = read.figure
    return (
        number is not None
        and figure.value is not None
        and unscaled(figure.value, ours.plan.spots[key].scale) == number
    )


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


def _reject_rivals(rivals: list[Candidate]) -> None:
    for candidate in rivals:
        other = next(r for r in rivals if r is not candidate)
        candidate.status = DUPLICATE
        candidate.findings.append(
            Finding(
                "MAP-013",
                "error",
                Place(path=str(candidate.path), sheet=candidate.sheet),
                {"other": other.path.name},
            )
        )


def _keep_file(writer: Writer, candidate: Candidate, all_of_them: Sequence[Candidate]) -> int:
    data = candidate.path.read_bytes()
    of_file = [c for c in all_of_them if c.path == candidate.path]
    minutes = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "sheets": [
            {
                "sheet": c.sheet,
                "form": c.version.form.number if c.version else None,
                "unit": c.unit.uid if c.unit else None,
                "period": c.period.code if c.period else None,
                "read": c.read,
                "written": len(c.changes),
                "unchanged": c.unchanged,
                "refused": c.refused,
                "findings": [f.code for f in c.findings],
            }
            for c in of_file
        ],
    }
    return imports.add_file(
        writer,
        keep(writer, data, candidate.path.name),
        candidate.path.name,
        msgspec.json.encode(minutes).decode(),
        candidate.unit.uid if candidate.unit else None,
    )


def _write(workspace: Workspace, writer: Writer, candidate: Candidate, file: int) -> None:
    version, unit, period = candidate.target
    begun = sheets.find(writer.file, form=version, unit=unit, period=period, layer=sheets.OWN)
    sheet = begun[-1].id if begun else sheets.begin(writer, version, unit, period, candidate.span)
    source = imports.add_sheet(writer, file, candidate.sheet)
    for table, row in candidate.own_rows:
        sheets.put_row(writer, sheet, table, row)
    plan = workspace.plan(candidate.form, unit, period)
    keep_unit_rows(writer, sheet, plan, [change.key for change in candidate.changes])
    writer.set_figures(
        sheet,
        [(*change.key, change.after) for change in candidate.changes],
        source,
        {change.key: change.cell for change in candidate.changes},
    )
