"""“Tổng hợp vào biểu tỉnh”: what base units come to on each form above, against what stands there.

A cell above follows the base units by itself wherever nobody typed. So the act does two things only, both
shown before as old → new: it begins the sheets above that are not begun yet, and it lets cells follow again
where a person says so. A typed figure is never replaced silently, and an adjustment stays a line of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from judapp.app.adjusting import base_of, remark_of
from judapp.app.after_sending import told
from judapp.app.base_findings import families_below
from judapp.app.board import UnitBoard
from judapp.app.entering import cell_key
from judapp.app.grid import reckoned
from judapp.app.grid_source import adjusted_text, delta_text
from judapp.app.grid_tables import number_text, places_of
from judapp.app.home_forms import in_order, short
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.coverage import coverage
from judapp.domain.figure import EMPTY
from judapp.domain.names import SheetNames
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.store import history, sheets
from judapp.store.forms import StoredForm
from judapp.store.operations import Applied, Writer
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import Bilingual


class TypedCell(Struct, frozen=True):
    """A figure somebody typed where base units report: both stand beside one another."""

    key: CellKey
    name: Bilingual
    typed: str
    base: str
    """What the units come to, "" while none has reported."""
    covered: int
    expected: int
    by: str
    """Who typed it."""
    differs: bool
    """Whether the two are not the same number, also where they are shown alike."""


class AdjustedCell(Struct, frozen=True):
    """An adjustment of the department, kept whatever the units report."""

    key: CellKey
    name: Bilingual
    delta: str
    outcome: str
    """“40 → 37”."""
    reason: str


class NewCell(Struct, frozen=True):
    """A cell of a sheet that is not begun yet, as it will stand."""

    key: CellKey
    name: Bilingual
    value: str


class FormRollup(Struct, frozen=True):
    """One form above: what it stands on, what would become of it."""

    version: int
    number: str
    title: str
    locked: bool
    """Handed in: nothing is written; what moved since is told apart (:mod:`judapp.app.after_sending`)."""
    begun: bool
    following: int
    """Cells that follow the base units."""
    covered: int
    expected: int
    """Units that have reported, of those that should: the worst cell counts."""
    new: tuple[NewCell, ...]
    """What a sheet not begun yet will hold."""
    typed: tuple[TypedCell, ...]
    adjusted: tuple[AdjustedCell, ...]


def rollups(workspace: Workspace, board: UnitBoard) -> list[FormRollup]:
    """The forms above that the forms of a board are added up on, by number; nothing is written."""
    return [_rollup(workspace, board, version) for version in forms_above(workspace, board)]


def roll_up(workspace: Workspace, board: UnitBoard, follow: Mapping[int, Collection[CellKey]]) -> Applied:
    """Begin the sheets of form versions ``follow``, and let the cells named there follow base units again.

    One operation. Raises STA-002 where one is handed in, BOA-002 for a cell no base unit has reported: an
    answer is not given up for nothing.
    """
    chosen = {version.id: version for version in forms_above(workspace, board) if version.id in follow}
    before = {own: workspace.stored(own, board.head, board.period) for own in chosen}
    for own, keys in follow.items():
        resolved = reckoned(workspace, chosen[own], board.head, board.period)
        for key in keys:
            if not resolved.from_base(key).covered:
                raise JudappError(
                    "BOA-002", form=chosen[own].form.number, cell=SheetNames(resolved.plan).cell(key)
                )

    def build(writer: Writer) -> None:
        for own, version in chosen.items():
            stored = before[own]
            span = workspace.span(version.form, board.period)
            sheet = stored.id if stored else sheets.begin(writer, own, board.head, board.period, span)
            writer.set_figures(sheet, [(*key, EMPTY) for key in follow[own]])

    cells = sum(len(keys) for keys in follow.values())
    forms = ", ".join(short(version.form.number) for version in chosen.values())
    label = f"Tổng hợp vào biểu tỉnh {forms}" + (f", {cells} ô lấy lại số đơn vị" if cells else "")
    touches = [stored.id for stored in before.values() if stored is not None]
    return workspace.apply("rollup", label, build, touches=touches)


def follow_cells(
    workspace: Workspace, board: UnitBoard, number: str, addresses: Sequence[str]
) -> list[CellKey]:
    """The cells of form ``number`` with these addresses; raises FRM-001/002, ADR-001 … 003."""
    plan = reckoned(workspace, workspace.version_for(number, board.period), board.head, board.period).plan
    return [cell_key(address, plan) for address in addresses]


def forms_above(workspace: Workspace, board: UnitBoard) -> list[StoredForm]:
    """The forms of the unit above that are added up from forms of a board, by number."""
    reported = {form.family for form in board.forms}
    kind = workspace.units[board.head].kind
    found = [
        version
        for version in workspace.versions.values()
        if workspace.serves(version.form, board.period)
        and any(kind in level.unit_kinds for level in version.form.levels)
        and reported & set(families_below(version.form))
    ]
    return sorted(found, key=lambda version: in_order(version.form.number))


def _rollup(workspace: Workspace, board: UnitBoard, version: StoredForm) -> FormRollup:
    stored = workspace.stored(version.id, board.head, board.period)
    resolved = reckoned(workspace, version, board.head, board.period)
    names = SheetNames(resolved.plan)
    keys = list(resolved.plan.rollup)
    worst = coverage(resolved, keys) or (0, 0)
    return FormRollup(
        version.id,
        version.form.number,
        version.form.title,
        stored is not None and stored.state not in OPEN_STATES,
        stored is not None,
        sum(resolved[key].origin == "rollup" for key in keys),
        *worst,
        () if stored is not None else tuple(_new(resolved, names)),
        tuple(_typed(workspace, stored, resolved, names)) if stored else (),
        tuple(_adjusted(workspace, stored, resolved, names)) if stored else (),
    )


def _new(resolved: Resolved, names: SheetNames) -> Iterator[NewCell]:
    for key, spot in resolved.plan.spots.items():
        value = told(resolved[key], spot)
        if value:
            yield NewCell(key, names.cell(key), value)


def _typed(
    workspace: Workspace, stored: StoredSheet, resolved: Resolved, names: SheetNames
) -> Iterator[TypedCell]:
    for key in resolved.plan.rollup:
        cell, spot = resolved[key], resolved.plan.spots[key]
        if cell.origin not in ("stored", "reported"):
            continue
        base = resolved.from_base(key)
        number = base.value.number
        if not base.expected:
            continue  # nobody reports for this row
        changes: Sequence[history.CellChange] = history.cell(workspace.file, stored.id, key)
        yield TypedCell(
            key,
            names.cell(key),
            told(cell, spot),
            "" if number is None else number_text(number, places_of(spot)),
            base.covered,
            base.expected,
            changes[0].operation.who if changes else "",
            number is None or cell.value.number != number,
        )


def _adjusted(
    workspace: Workspace, stored: StoredSheet, resolved: Resolved, names: SheetNames
) -> Iterator[AdjustedCell]:
    for key, delta in resolved.sheet.adjustments.items():
        spot = resolved.plan.spots.get(key)
        if spot is None or not delta:
            continue
        kept = remark_of(workspace, stored.id, key)
        outcome = adjusted_text(base_of(resolved, key), delta, spot)
        yield AdjustedCell(key, names.cell(key), delta_text(delta, spot), outcome, kept.text if kept else "")
