"""Holding a recognised worksheet against what the data file has: what would change, what disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.import_candidates import READY, Candidate, Change
from judapp.app.import_numbers import ask, asks, said_of
from judapp.app.import_reckoning import Alone
from judapp.app.import_relations import own_findings, relation_findings
from judapp.app.import_sums import file_totals, is_same
from judapp.app.refusals import state_name
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.finding import Finding, Place
from judapp.domain.names import SheetNames
from judapp.domain.number import from_workbook, plain, round_half_up, unscaled
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey, Plan
from judapp.domain.value import value_of
from judapp.excel.grid import GridSheet
from judapp.excel.mapped import Mapped, ReadFigure, ReadTotal
from judapp.excel.mapping import map_sheet
from judapp.store import sheets
from judapp.store.sheets import Sheet as StoredSheet

_BARE = ("CEL-009", "CEL-017")
"""What is said of formulas without a stored value, where they hold figures."""


def compare(workspace: Workspace, candidate: Candidate, grid: GridSheet) -> None:
    """Map the worksheet and hold it against what the file has; only what differs would be written."""
    form, target = candidate.form, candidate.target
    stored = workspace.stored(*target)
    resolved = workspace.resolved(*target) if stored else None
    plan = resolved.plan if resolved else workspace.plan(form, *target[1:])
    if stored and stored.span.stated and candidate.span.stated and stored.span != candidate.span:
        candidate.say("MAP-015", span=candidate.span.text, present=stored.span.text)
        return
    mapped = map_sheet(grid, plan, str(candidate.path), candidate.columns, said_of(candidate.decision))
    ours = _reckoned_alone(workspace, candidate, mapped, plan, stored)
    _own_totals(mapped, ours)
    candidate.findings += _other_totals(candidate, grid.name, mapped, ours)
    present = sheets.figures(workspace.file, stored.id) if stored else {}
    given = mapped.figures.keys() & ours.plan.computed.keys()
    agreed = {key for key in given if _says(mapped.figures[key], ours, key)}
    if plan.rollup:
        agreed |= {k for k, read in mapped.figures.items() if k not in present and _of_base(read, ours, k)}
    candidate.totals = file_totals(mapped, ours)
    candidate.figures = mapped.figures
    if agreed:
        candidate.figures = {key: read for key, read in mapped.figures.items() if key not in agreed}
    candidate.refused, candidate.own_rows = mapped.refused, mapped.own_rows
    candidate.reckoned = len(mapped.totals) + len(agreed)
    candidate.findings += mapped.findings
    ask(workspace, candidate, grid, mapped, ours)
    if not mapped.figures:
        if not candidate.findings:
            candidate.say("CEL-020", form=form.number)
        return
    candidate.changes = [
        Change(key, before, read.figure, read.cell)
        for key, read in candidate.figures.items()
        if (before := present.get(key, EMPTY)) != read.figure
    ]
    candidate.unchanged = len(candidate.figures) - len(candidate.changes)
    if stored and candidate.changes and stored.state not in OPEN_STATES:
        name = workspace.units.name(stored.unit, stored.period.last_day)
        candidate.say("STA-002", form=form.number, unit=name, state=state_name(stored.state))
    else:
        _tell_kept(candidate, mapped, ours, present)
        if not asks(candidate):
            candidate.status = READY
    candidate.findings += own_findings(candidate, grid.name, mapped, ours)
    candidate.findings += relation_findings(workspace, candidate, grid.name, mapped, ours)


def _tell_kept(candidate: Candidate, mapped: Mapped, ours: Alone, present: Mapping[CellKey, Figure]) -> None:
    """Say how many figures the sheet has and the file leaves blank: they stay, whatever its sender meant.

    Of a file that still asks how its numbers are meant nothing is said: what is asked holds no figure yet.
    """
    spots = ours.plan.spots
    kept = [
        key
        for key, figure in present.items()
        if figure.state not in (State.EMPTY, State.PENDING)
        and key not in mapped.figures
        and key not in ours.plan.computed
        and key in spots
        and spots[key].kind != "text"
    ]
    if kept and not mapped.asked:
        first = min(kept, key=list(spots).index)
        candidate.say("MAP-053", "info", cells=len(kept), where=SheetNames(ours.plan).cell(first))


def _own_totals(mapped: Mapped, ours: Alone) -> None:
    """Make totals of what formulas give in computed cells of added rows: the plan read by has none there."""
    for key, (content, cell) in mapped.own_formulas.items():
        if key in ours.plan.computed:
            mapped.figures.pop(key, None)
            mapped.findings = [f for f in mapped.findings if f.place.cell != cell or f.code not in _BARE]
            if content is not None:
                mapped.totals[key] = ReadTotal(content, cell)


def _reckoned_alone(
    workspace: Workspace, candidate: Candidate, mapped: Mapped, plan: Plan, stored: StoredSheet | None
) -> Alone:
    """The file's figures reckoned through by themselves, without the totals it gives."""
    alone = _sheet_with(workspace, candidate, {}, mapped.own_rows, stored)
    rows = resolve(alone, SheetContext(workspace, alone)).plan if mapped.own_rows else plan
    computed = rows.computed
    figures = {key: read.figure for key, read in mapped.figures.items() if key not in computed}

    def reckoned() -> Resolved:
        return resolve(replace(alone, figures=figures), SheetContext(workspace, alone))

    if alone.own_rows:  # the plan is that of the sheet with them
        whole = reckoned()
        return Alone(whole.plan, figures, lambda: whole)
    return Alone(rows, figures, reckoned)


def sheet_with(
    workspace: Workspace,
    candidate: Candidate,
    figures: Mapping[CellKey, Figure],
    added: list[tuple[str, OwnRow]],
) -> Sheet:
    """The sheet a candidate is for, holding ``figures``, with its own rows and those ``added``."""
    return _sheet_with(workspace, candidate, figures, added, workspace.stored(*candidate.target))


def _sheet_with(
    workspace: Workspace,
    candidate: Candidate,
    figures: Mapping[CellKey, Figure],
    added: list[tuple[str, OwnRow]],
    stored: StoredSheet | None,
) -> Sheet:
    version, unit, period = candidate.target
    present = sheets.own_rows(workspace.file, stored.id) if stored else {}
    own = {table: tuple(rows) for table, rows in present.items()}
    for table, row in added:
        own[table] = (*own.get(table, ()), row)
    return Sheet(workspace.version(version).form, unit, period, candidate.span, figures, own)


def _says(read: ReadFigure, ours: Alone, key: CellKey) -> bool:
    """Whether a typed total says no more than its parts do: then it is reckoned, not reported."""
    number = ours.number(key)
    figure = read.figure
    return (
        number is not None
        and figure.value is not None
        and unscaled(figure.value, ours.plan.spots[key].scale) == number
    )


def _of_base(read: ReadFigure, ours: Alone, key: CellKey) -> bool:
    """Whether a figure is what base units report for that cell: it goes on following them."""
    if key not in ours.plan.rollup:
        return False
    value = value_of(read.figure, ours.plan.spots[key].scale)
    return value.known and value == ours.whole.from_base(key).value


def _other_totals(candidate: Candidate, sheet: str, mapped: Mapped, ours: Alone) -> Iterator[Finding]:
    """Totals the file reckons otherwise than the form: its formula leaves a row out, or adds one twice."""
    for key, total in mapped.totals.items():
        number = ours.number(key)
        if number is None or number == total.content or isinstance(total.content, str):
            continue
        theirs = from_workbook(total.content)
        if is_same(theirs, number):
            continue
        yield Finding(
            "REL-003",
            "error",
            Place(path=str(candidate.path), sheet=sheet, cell=total.cell),
            {
                "theirs": theirs,
                "ours": round_half_up(number, 6).normalize(),
                "difference": abs(theirs - round_half_up(number, 6)).normalize(),
            },
            expected=plain(number),
            actual=plain(theirs),
        )
