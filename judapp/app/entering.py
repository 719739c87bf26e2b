"""Entering figures and reasons by hand: one act, one operation, checked where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judapp.app.workspace import Workspace
from judapp.domain.entry import typed
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.figure import Figure, words
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey, Plan, plan_of
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history, remarks, sheets
from judapp.store.forms import StoredForm
from judapp.store.operations import Applied, Writer, new_uid
from judapp.text import clean

_NOTE = re.compile(r"@:\[(\w+)\](?:c_?(\w+))?\Z")

EXPLANATION = "explain"
"""Kind of a remark that answers a finding which asks for a reason (thuyết minh)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One cell after entering: its key, its name for people, before and after."""

    key: CellKey
    name: str
    before: Figure
    after: Figure


def set_cells(
    workspace: Workspace, number: str, unit: Unit, period: Period, assignments: Sequence[str]
) -> tuple[list[Entered], Applied]:
    """Enter ``ADDRESS=VALUE`` pairs into the sheet of ``unit`` for ``period``, begun if it is not yet.

    A value is read as :func:`judapp.domain.entry.typed` reads it; text that is no figure is kept and marked.
    Raises FRM-001/002, ADR-001 … 003, ENT-001, STA-002; nothing is entered then.
    """
    version = workspace.version_for(number, period)
    plan, sheet = _plan(workspace, version, unit, period)
    names = SheetNames(plan)
    entries = [_entry(assignment, plan, period) for assignment in assignments]
    present = sheets.figures(workspace.file, sheet) if sheet else {}
    entered = [
        Entered(
            key, names.cell(key).vi if key[0] != NOTES_TABLE else key[1], present.get(key, _EMPTY), figure
        )
        for key, figure in entries
    ]

    def build(writer: Writer) -> None:
        span = workspace.span(version.form, period)
        own = sheet or sheets.begin(writer, version.id, unit.uid, period, span)
        keep_unit_rows(writer, own, plan, [key for key, _ in entries])
        writer.set_figures(own, [(*key, figure) for key, figure in entries])

    label = f"Nhập {len(entries)} ô, biểu {version.form.number}"
    applied = workspace.apply("set", label, build, touches=[sheet] if sheet else [], sheet=sheet)
    return entered, applied


def keep_unit_rows(writer: Writer, sheet: int, plan: Plan, keys: Iterable[CellKey]) -> None:
    """Store the rows of units that figures are written into: an office that closes keeps its row."""
    wanted = {key[:2] for key in keys}
    for table, rows in plan.rows.items():
        for order, row in enumerate(rows, start=1):
            if row.unit is not None and (table, row.key) in wanted:
                parent = row.key.rpartition(".")[0]
                sheets.put_row(writer, sheet, table, OwnRow(row.key, parent, order, row.unit, row.label))


_EMPTY = words("")


def _entry(assignment: str, plan: Plan, period: Period) -> tuple[CellKey, Figure]:
    address, equals, value = assignment.partition("=")
    if not equals:
        raise JudappError("ADR-001", address=assignment)
    note = _NOTE.match(address.strip())
    if note:
        return (NOTES_TABLE, note[1], note[2] or ""), words(clean(value))
    key = cell_key(address.strip(), plan)
    return key, typed(value, plan.spots[key], period)


def cell_key(address: str, plan: Plan) -> CellKey:
    """The cell ``address`` ("[V.2]c1") names; raises ADR-001, ADR-002 (no such cell), ADR-003 (several)."""
    try:
        node = parse(address)
    except ExpressionError:
        raise JudappError("ADR-001", address=address) from None
    bound = instances(node, plan.shape)
    cells = [b.node for b in bound if isinstance(b.node, Cells)]
    if len(cells) > 1 or any(c.many for c in cells):
        raise JudappError("ADR-003", address=address)
    if not cells or cells[0].form or cells[0].when or cells[0].est:
        raise JudappError("ADR-002", form=plan.form.number, address=address)
    return cells[0].table, cells[0].rows[0], cells[0].cols[0]


def _plan(workspace: Workspace, version: StoredForm, unit: Unit, period: Period) -> tuple[Plan, int | None]:
    stored = workspace.stored(version.id, unit.uid, period)
    if stored is None:
        return workspace.plan(version.form, unit.uid, period), None
    resolved = workspace.resolved(version.id, unit.uid, period)
    return (resolved.plan if resolved else plan_of(version.form, {})), stored.id


def begun(workspace: Workspace, number: str, unit: Unit, period: Period) -> tuple[StoredForm, Plan, int]:
    """The form version, cells and id of a sheet; raises STA-004 where it was not begun."""
    version = workspace.version_for(number, period)
    plan, sheet = _plan(workspace, version, unit, period)
    if sheet is None:
        raise JudappError(
            "STA-004",
            form=version.form.number,
            unit=workspace.units.name(unit.uid, period.last_day),
            period=period.code,
        )
    return version, plan, sheet


def explain(
    workspace: Workspace, number: str, unit: Unit, period: Period, address: str, reason: str
) -> Applied:
    """Keep a reason (thuyết minh) for a cell, with the figure it was written about.

    Raises ENT-002 for an empty reason, ADR-…, STA-002, STA-004.
    """
    if not clean(reason):
        raise JudappError("ENT-002")
    version, plan, sheet = begun(workspace, number, unit, period)
    key = cell_key(address, plan)
    seen = sheets.figures(workspace.file, sheet).get(key)
    former = [r for r in remarks.of_sheet(workspace.file, sheet) if r.cell == key and r.kind == EXPLANATION]

    def build(writer: Writer) -> None:
        remarks.put(
            writer,
            former[-1].uid if former else new_uid(),
            sheet,
            clean(reason),
            kind=EXPLANATION,
            cell=key,
            seen="" if seen is None or seen.value is None else str(seen.value),
        )

    label = f"Thuyết minh {SheetNames(plan).cell(key).vi}, biểu {version.form.number}"
    return workspace.apply("explain", label, build, touches=[sheet], sheet=sheet)


def history_of_cell(
    workspace: Workspace, number: str, unit: Unit, period: Period, address: str
) -> tuple[str, Plan, CellKey, list[history.CellChange]]:
    """Every change of one cell, newest first, with the cell's name; raises ADR-…, STA-004."""
    _, plan, sheet = begun(workspace, number, unit, period)
    key = cell_key(address, plan)
    return SheetNames(plan).cell(key).vi, plan, key, history.cell(workspace.file, sheet, key)
