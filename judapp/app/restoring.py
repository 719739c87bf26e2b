"""Bringing back a figure that stood in a cell before: “Lấy lại số này”, one operation of its own."""

from __future__ import annotations

from judapp.app.entering import begun, keep_unit_rows, short_name
from judapp.app.workspace import Workspace
from judapp.domain.figure import State
from judapp.domain.number import format_vi, unscaled
from judapp.domain.period import Period
from judapp.domain.shape import CellKey, Plan
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history
from judapp.store.history import CellChange
from judapp.store.operations import Applied, Writer, as_cell

RESTORE = "restore"
"""Kind of the operation."""


def restore(
    workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey, op_id: int
) -> Applied:
    """Put back what operation ``op_id`` left in a cell: the figure with its estimate, a state, or the text.

    It keeps the worksheet it was imported from. Nothing is written where the cell holds it already. Raises
    FRM-001/002, STA-002, STA-004, ADR-002 (no such cell), BSD-001 (that operation did not change the cell),
    BSD-002 (the program reckons the cell by now).
    """
    version, plan, sheet = begun(workspace, number, unit, period)
    form = version.form.number
    if key not in plan.spots:
        raise JudappError("ADR-002", form=form, address=f"[{key[1]}]c{key[2]}")
    change = next((c for c in history.cell(workspace.file, sheet, key) if c.operation.id == op_id), None)
    if change is None or not change.after.answered:
        raise JudappError("BSD-001", cell=short_name(plan, key), form=form)
    resolved = workspace.resolved(version.id, unit.uid, period)
    assert resolved is not None  # begun() found it
    cell = resolved[key]
    if cell.origin == "rollup" or (cell.origin == "computed" and cell.value.known):
        raise JudappError("BSD-002", cell=short_name(plan, key), form=form)
    address = change.source.cell if change.source else None

    def build(writer: Writer) -> None:
        keep_unit_rows(writer, sheet, plan, [key])
        writer.set_cells(sheet, [(key, as_cell(change.after), change.imported, address)])

    label = f"Lấy lại {_what(change, plan, key)} ô {short_name(plan, key)}, biểu {form}"
    return workspace.apply(RESTORE, label, build, touches=[sheet], sheet=sheet)


def restore_former(workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey) -> Applied:
    """Put back what stood in a cell before what it holds now ("Lấy lại số trước").

    Raises RDG-001 where nothing else stood there; else as :func:`restore`.
    """
    version, plan, sheet = begun(workspace, number, unit, period)
    if key not in plan.spots:
        raise JudappError("ADR-002", form=version.form.number, address=f"[{key[1]}]c{key[2]}")
    changes = history.cell(workspace.file, sheet, key)
    now = changes[0].after if changes else None
    former = next((change for change in changes if change.after.answered and change.after != now), None)
    if former is None:
        raise JudappError("RDG-001", cell=short_name(plan, key), form=version.form.number)
    return restore(workspace, number, unit, period, key, former.operation.id)


def _what(change: CellChange, plan: Plan, key: CellKey) -> str:
    """The figure as the operation is named with it: "số 352.400.000", "chữ “12O”", "“không phát sinh”"."""
    figure = change.after
    if figure.value is not None:
        return f"số {format_vi(unscaled(figure.value, plan.spots[key].scale))}"
    if figure.text is not None:
        return f"chữ “{figure.text[:40]}”"
    return _STATES[figure.state]


_STATES = {
    State.NIL: "“không phát sinh”",
    State.PENDING: "“chưa có số liệu”",
    State.OUT_OF_REMIT: "“không thuộc thẩm quyền”",
}
