"""Taking a reason (thuyết minh) back; writing one is entering (:func:`judapp.app.entering.explain_cell`)."""

from __future__ import annotations

from judapp.app.entering import EXPLANATION, begun, short_name
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.store import remarks
from judapp.store.operations import Applied, Writer


def withdraw_reason(workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey) -> Applied:
    """Take the reason written for a cell away; the history keeps it. Raises FRM-…, STA-002, STA-004."""
    version, plan, sheet = begun(workspace, number, unit, period)
    kept = [r for r in remarks.of_sheet(workspace.file, sheet) if r.cell == key and r.kind == EXPLANATION]

    def build(writer: Writer) -> None:
        for reason in kept:
            remarks.remove(writer, reason.uid)

    label = f"Bỏ thuyết minh ô {short_name(plan, key)}, biểu {version.form.number}"
    return workspace.apply("explain", label, build, touches=[sheet], sheet=sheet)
