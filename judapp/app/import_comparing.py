"""Holding a recognised worksheet against what the data file has: what would change, what disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.import_candidates import READY, Candidate, Change
from judapp.app.refusals import state_name
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.finding import Finding, Place
from judapp.domain.number import from_workbook, plain, round_half_up, unscaled
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.domain.value import value_of
from judapp.excel.grid import GridSheet
from judapp.excel.mapping import Mapped, ReadFigure, map_sheet
from judapp.store import sheets


def compare(workspace: Workspace, candidate: Candidate, grid: GridSheet) -> None:
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
