"""Rows a reporter adds to a sheet: made, named, put in order, removed; each one operation.

A row keeps its key whatever becomes of its name and place, so its figures and their history stay with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from judapp.app.entering import EntryPlace, apply_to, begun, entry_place
from judapp.app.workspace import Workspace
from judapp.domain.figure import EMPTY
from judapp.domain.period import Period
from judapp.domain.rows import OwnRow, free_key, is_within
from judapp.domain.shape import Plan
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import remarks, sheets
from judapp.store.operations import Applied, Writer
from judapp.text import clean


def free_places(plan: Plan) -> list[tuple[str, str]]:
    """Where a reporter may add rows: table and key of the row above them, "" at the top of a table."""
    found = [(table.key, "") for table in plan.form.tables if any(row.kind == "free" for row in table.rows)]
    found += [
        (table, row.key)
        for table, rows in plan.rows.items()
        for row in rows
        if any(child.kind == "free" for child in row.plan.children)
    ]
    return found


def add_row(
    workspace: Workspace, number: str, unit: Unit, period: Period, table: str, parent: str, label: str
) -> tuple[str, Applied]:
    """Add a row of the reporter's own under the row ``parent`` ("" at the top); its key, and what changed.

    Raises ENY-001 (no name), ENY-002 (the form has no such rows there), FRM-…, STA-002.
    """
    place = entry_place(workspace, number, unit, period)
    if not clean(label):
        raise JudappError("ENY-001")
    if (table, parent) not in free_places(place.plan):
        raise JudappError("ENY-002", form=place.version.form.number)
    present = sheets.own_rows(workspace.file, place.sheet).get(table, []) if place.sheet else []
    order = max((row.order for row in present if row.parent == parent), default=0) + 1
    row = OwnRow(free_key(parent), parent, order, None, clean(label))
    name = f"Thêm dòng “{row.label}”, biểu {place.version.form.number}"
    return row.key, apply_to(
        workspace, place, "rows", name, lambda writer, own: sheets.put_row(writer, own, table, row)
    )


def rename_row(
    workspace: Workspace, number: str, unit: Unit, period: Period, table: str, key: str, label: str
) -> Applied:
    """Give a row of the reporter's own another name.

    Raises ENY-001 (no name), ENY-004 (no such row, or a row of the form), FRM-…, STA-002, STA-004.
    """
    place, found, _ = _own(workspace, number, unit, period, table, key)
    if not clean(label):
        raise JudappError("ENY-001")
    named = replace(found, label=clean(label))
    name = f"Đổi tên dòng “{found.label}” thành “{named.label}”, biểu {place.version.form.number}"
    return apply_to(
        workspace, place, "rows", name, lambda writer, own: sheets.put_row(writer, own, table, named)
    )


def move_row(
    workspace: Workspace, number: str, unit: Unit, period: Period, table: str, key: str, by: int
) -> Applied:
    """Let a row of the reporter's own change places with the one before it (``by`` -1) or behind it (1).

    Nothing happens where there is none. Raises ENY-004 (no such row, or a row of the form), FRM-…, STA-002,
    STA-004.
    """
    place, found, present = _own(workspace, number, unit, period, table, key)
    beside = _beside(place.plan, table, found, present)
    at = beside.index(found)
    if not 0 <= at + by < len(beside):
        return Applied()
    orders = [row.order for row in beside]
    if len(set(orders)) < len(orders):
        orders = list(range(1, len(orders) + 1))
    beside[at], beside[at + by] = beside[at + by], beside[at]

    def build(writer: Writer, own: int) -> None:
        for order, row in zip(orders, beside, strict=True):
            sheets.put_row(writer, own, table, replace(row, order=order))

    way = "lên" if by < 0 else "xuống"
    name = f"Chuyển dòng “{found.label}” {way}, biểu {place.version.form.number}"
    return apply_to(workspace, place, "rows", name, build)


def remove_row(
    workspace: Workspace,
    number: str,
    unit: Unit,
    period: Period,
    table: str,
    key: str,
    *,
    with_figures: bool = False,
) -> Applied:
    """Remove a row of the reporter's own, its figures and remarks too where ``with_figures`` says so.

    Raises ENY-003 (it holds figures), ENY-004 (no such row, or a row of the form), FRM-…, STA-002, STA-004.
    """
    place, found, present = _own(workspace, number, unit, period, table, key)
    assert place.sheet is not None  # the row is stored
    figures = [
        at for at in sheets.figures(workspace.file, place.sheet) if at[0] == table and is_within(at[1], key)
    ]
    if figures and not with_figures:
        raise JudappError("ENY-003", row=found.label, n=len(figures))
    said = [
        remark.uid
        for remark in remarks.of_sheet(workspace.file, place.sheet)
        if remark.cell is not None and remark.cell[0] == table and is_within(remark.cell[1], key)
    ]

    def build(writer: Writer, own: int) -> None:
        writer.set_figures(own, [(*at, EMPTY) for at in figures])
        for uid in said:
            remarks.remove(writer, uid)
        for row in present:
            if is_within(row.key, key):
                writer.delete("sheet_row", (own, table, row.key))

    also = f" cùng {len(figures)} ô số liệu" if figures else ""
    name = f"Bỏ dòng “{found.label}”{also}, biểu {place.version.form.number}"
    return apply_to(workspace, place, "rows", name, build)


def _own(
    workspace: Workspace, number: str, unit: Unit, period: Period, table: str, key: str
) -> tuple[EntryPlace, OwnRow, list[OwnRow]]:
    """The sheet, the row ``key`` somebody added to it, and the repeated rows of its table in their order."""
    version, plan, sheet = begun(workspace, number, unit, period)
    present = sheets.own_rows(workspace.file, sheet).get(table, [])
    found = next((row for row in present if row.key == key), None)
    if found is None or found.unit is not None:
        raise JudappError("ENY-004", form=version.form.number)
    return EntryPlace(version, plan, sheet, unit, period), found, present


def _beside(plan: Plan, table: str, found: OwnRow, present: Sequence[OwnRow]) -> list[OwnRow]:
    """The stored rows among which ``found`` is shown, in their order: a group may repeat several kinds."""
    shown = {line.key: line for line in plan.rows[table]}
    kind, stored = shown[found.key].plan, {row.key: row for row in present if row.parent == found.parent}
    return [stored[key] for key, line in shown.items() if line.plan is kind and key in stored]
