"""What is wrong with the figures of a worksheet among themselves: relations of the form, impossible values.

Nothing of it keeps a figure from being written: a wrong one is kept, marked and listed (ux 1.1). Only what
the worksheet says by itself is judged; whether it agrees with other forms and rounds is checked afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from judapp.app.checking import names_beyond
from judapp.app.import_candidates import Candidate
from judapp.app.import_reckoning import Alone
from judapp.app.workspace import Workspace
from judapp.domain.checking import Broken, broken_at, fault_of_figure, finding_of, told_of
from judapp.domain.figure import State
from judapp.domain.finding import Finding, Place
from judapp.domain.names import SheetNames
from judapp.domain.number import plain, unscaled
from judapp.domain.resolve import Resolved, resolve
from judapp.domain.shape import CellKey
from judapp.excel.mapped import Mapped

_PLAIN = (State.EMPTY, State.NIL, State.PENDING, State.OUT_OF_REMIT, State.UNREADABLE)
"""What no value is wrong with; what cannot be read the mapping has told already."""


def own_findings(candidate: Candidate, sheet: str, mapped: Mapped, ours: Alone) -> Iterator[Finding]:
    """Values a cell of the form cannot hold (CEL-005, CEL-006, CEL-007), each at its worksheet cell.

    ``ours`` is the form with the worksheet's figures in it, without the totals it gives.
    """
    spots = ours.plan.spots
    for key, read in mapped.figures.items():
        figure = read.figure
        if figure.value is not None and figure.value >= 0 and figure.estimate is None:
            continue  # as nearly all are
        spot = spots.get(key)
        if spot is None or figure.state in _PLAIN:
            continue
        code, params = fault_of_figure(figure, spot)
        if code:
            actual = figure.text if figure.value is None else plain(unscaled(figure.value, spot.scale))
            yield Finding(code, "error", _place(candidate, sheet, read.cell), params, actual=actual)


def relation_findings(
    workspace: Workspace, candidate: Candidate, sheet: str, mapped: Mapped, ours: Alone
) -> list[Finding]:
    """Relations of the form that the worksheet's figures break, each at a worksheet cell it speaks of.

    ``ours`` as for :func:`own_findings`. Severity and words are the form's own. Totals the worksheet reckons
    by formulas of its own are held against ours elsewhere (REL-003).
    """
    typed = candidate.figures.keys() & ours.plan.computed.keys()
    if ours.harmonious and not typed:
        return []
    given = _with_typed_totals(candidate, ours.whole)
    outward, plan = given.plan.outward, given.plan
    broken = [
        one
        for index in range(len(plan.relations))
        if index not in outward
        and (one := broken_at(given, index)) is not None
        and _of_this_worksheet(given, one)
    ]
    if not broken:
        return []
    names = SheetNames(plan, *names_beyond(workspace))
    found = []
    for one in told_of(broken):
        told = finding_of(given, one, "", names)
        cell = _cell(one, _main(told), mapped)
        found.append(replace(told, place=_place(candidate, sheet, cell)))
    return found


def _with_typed_totals(candidate: Candidate, ours: Resolved) -> Resolved:
    """The form with the totals somebody typed that differ from what their parts add up to."""
    computed = ours.plan.computed
    typed = {key: read.figure for key, read in candidate.figures.items() if key in computed}
    if not typed:
        return ours
    return resolve(replace(ours.sheet, figures={**ours.sheet.figures, **typed}), ours.context)


def _of_this_worksheet(given: Resolved, broken: Broken) -> bool:
    """Whether a relation speaks of nothing that base units report: those are not the sender's figures."""
    return all(given[key].origin != "rollup" for key in broken.cells)


def _main(told: Finding) -> CellKey | None:
    place = told.place
    return None if place.row is None or place.column is None else (place.table or "", place.row, place.column)


def _cell(broken: Broken, main: CellKey | None, mapped: Mapped) -> str | None:
    """The worksheet cell a broken relation is shown at: the one it is about, else another that is there."""
    for key in (*([main] if main else []), *broken.cells):
        read = mapped.figures.get(key) or mapped.totals.get(key)
        if read is not None:
            return read.cell
    return None


def _place(candidate: Candidate, sheet: str, cell: str | None) -> Place:
    return Place(path=str(candidate.path), sheet=sheet, cell=cell)
