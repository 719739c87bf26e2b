"""Entering figures and reasons by hand: one act, one operation, checked where it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from judapp.app.workspace import Workspace
from judapp.domain.entry import typed
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.figure import Figure, words
from judapp.domain.names import SheetNames
from judapp.domain.number import plain
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE, Resolved
from judapp.domain.rows import OwnRow, SheetRow, free_key
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


class Entered(Struct, frozen=True):
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
    place = _place(workspace, number, unit, period)
    entries = [_entry(assignment, place.plan, period) for assignment in assignments]
    present = sheets.figures(workspace.file, place.sheet) if place.sheet else {}
    names = SheetNames(place.plan)
    entered = [
        Entered(
            key, names.cell(key).vi if key[0] != NOTES_TABLE else key[1], present.get(key, _EMPTY), figure
        )
        for key, figure in entries
    ]
    label = f"Nhập {len(entries)} ô, biểu {place.version.form.number}"
    return entered, _write(workspace, place, entries, label)


def enter(
    workspace: Workspace,
    number: str,
    unit: Unit,
    period: Period,
    texts: Mapping[CellKey, str],
    label: str | None = None,
) -> Applied:
    """Enter what was typed into cells of a sheet, by their keys, as one operation.

    A text is read as :func:`judapp.domain.entry.typed` reads it, one of the table "@" is kept as words.
    ``label`` is the act's name in undo and history; without it the cell, or how many there are, is named.
    Raises FRM-001/002, ADR-002 (no such cell), ENT-001, STA-002; nothing is entered then.
    """
    place = _place(workspace, number, unit, period)
    entries = []
    for key, text in texts.items():
        if key[0] == NOTES_TABLE:
            entries.append((key, words(clean(text))))
        elif key in place.plan.spots:
            entries.append((key, typed(text, place.plan.spots[key], period)))
        else:
            raise JudappError("ADR-002", form=place.version.form.number, address=f"[{key[1]}]c{key[2]}")
    return _write(workspace, place, entries, label or _label(place, entries))


def fill_nil(
    workspace: Workspace, number: str, unit: Unit, period: Period, keys: Sequence[CellKey]
) -> Applied:
    """Answer every cell of ``keys`` with không phát sinh, as one operation; raises as :func:`enter`."""
    form = workspace.version_for(number, period).form.number
    label = f"Điền “không phát sinh” vào {len(keys)} ô, biểu {form}"
    return enter(workspace, number, unit, period, dict.fromkeys(keys, "-"), label)


def paste(
    workspace: Workspace, number: str, unit: Unit, period: Period, texts: Mapping[CellKey, str]
) -> Applied:
    """Enter what was copied from a spreadsheet, as one operation; raises what :func:`enter` does."""
    label = f"Dán {len(texts)} ô, biểu {workspace.version_for(number, period).form.number}"
    return enter(workspace, number, unit, period, texts, label)


def add_row(
    workspace: Workspace, number: str, unit: Unit, period: Period, table: str, parent: str, label: str
) -> tuple[str, Applied]:
    """Add a row of the reporter's own under the row ``parent`` ("" at the top); its key, and what changed.

    Raises ENY-001 (no name), ENY-002 (the form has no such rows there), FRM-…, STA-002.
    """
    place = _place(workspace, number, unit, period)
    if not clean(label):
        raise JudappError("ENY-001")
    if (table, parent) not in free_places(place.plan):
        raise JudappError("ENY-002", form=place.version.form.number)
    present = sheets.own_rows(workspace.file, place.sheet).get(table, []) if place.sheet else []
    order = max((row.order for row in present if row.parent == parent), default=0) + 1
    row = OwnRow(free_key(parent), parent, order, None, clean(label))
    name = f"Thêm dòng “{row.label}”, biểu {place.version.form.number}"
    return row.key, _apply(
        workspace, place, "rows", name, lambda writer, own: sheets.put_row(writer, own, table, row)
    )


def remove_row(
    workspace: Workspace, number: str, unit: Unit, period: Period, table: str, key: str
) -> Applied:
    """Remove a row of the reporter's own that holds nothing.

    Raises ENY-003 (it holds figures), ENY-004 (no such row, or a row of the form), FRM-…, STA-002, STA-004.
    """
    version, plan, sheet = begun(workspace, number, unit, period)
    found = next(
        (row for row in sheets.own_rows(workspace.file, sheet).get(table, []) if row.key == key), None
    )
    if found is None or found.unit is not None:
        raise JudappError("ENY-004", form=version.form.number)
    if any(
        at == table and (row == key or row.startswith(f"{key}."))
        for at, row, _ in sheets.figures(workspace.file, sheet)
    ):
        raise JudappError("ENY-003", row=found.label)
    name = f"Bỏ dòng “{found.label}”, biểu {version.form.number}"
    return _apply(
        workspace,
        _Place(version, plan, sheet, unit, period),
        "rows",
        name,
        lambda writer, own: writer.delete("sheet_row", (own, table, key)),
    )


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


class _Place(Struct, frozen=True):
    """The sheet something is entered into; ``sheet`` is None where it is not begun yet."""

    version: StoredForm
    plan: Plan
    sheet: int | None
    unit: Unit
    period: Period


def _place(workspace: Workspace, number: str, unit: Unit, period: Period) -> _Place:
    version = workspace.version_for(number, period)
    return _Place(version, *_plan(workspace, version, unit, period), unit, period)


def _write(
    workspace: Workspace, place: _Place, entries: Sequence[tuple[CellKey, Figure]], label: str
) -> Applied:
    def build(writer: Writer, own: int) -> None:
        keep_unit_rows(writer, own, place.plan, [key for key, _ in entries])
        writer.set_figures(own, [(*key, figure) for key, figure in entries])

    return _apply(workspace, place, "set", label, build)


def _apply(
    workspace: Workspace, place: _Place, kind: str, label: str, build: Callable[[Writer, int], object]
) -> Applied:
    """One operation on a sheet, which is begun where it is not yet."""

    def begin(writer: Writer) -> None:
        own = place.sheet
        if own is None:
            span = workspace.span(place.version.form, place.period)
            own = sheets.begin(writer, place.version.id, place.unit.uid, place.period, span)
        build(writer, own)

    touches = [] if place.sheet is None else [place.sheet]
    return workspace.apply(kind, label, begin, touches=touches, sheet=place.sheet)


def _label(place: _Place, entries: Sequence[tuple[CellKey, Figure]]) -> str:
    verb = "Nhập" if any(figure.answered for _, figure in entries) else "Xóa"
    at = f"{len(entries)} ô"
    if len(entries) == 1:
        at = f"ô {short_name(place.plan, entries[0][0])}"
    return f"{verb} {at}, biểu {place.version.form.number}"


def short_name(plan: Plan, key: CellKey) -> str:
    """A cell in the fewest words: "I.2 cột (7)"; of a note slot its label."""
    table, row, column = key
    if table == NOTES_TABLE:
        labels = {slot.key: slot.label for note in plan.form.notes for slot in note.slots}
        return f"“{labels.get(row) or row}”"
    names = SheetNames(plan)
    code, label = names.column_name("", table, column)
    col = f"cột ({code})" if code else f"cột “{label}”"
    if len(plan.rows[table]) == 1:
        return col
    found = next(line for line in plan.rows[table] if line.key == row)
    return f"{row_path(names, table, found) or found.label} {col}"


def row_path(names: SheetNames, table: str, row: SheetRow) -> str:
    """The printed numbers of a row, "I.2"; with its label where only those above it have one: "1 - Nam"."""
    number, label = names.row_name("", table, row.key)
    return " ".join(filter(None, (number, "" if row.number else label))) if number else ""


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
    _, plan, _ = begun(workspace, number, unit, period)
    return explain_cell(workspace, number, unit, period, cell_key(address, plan), reason)


def explain_cell(
    workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey, reason: str
) -> Applied:
    """:func:`explain` for a cell by its key."""
    if not clean(reason):
        raise JudappError("ENT-002")
    version, plan, sheet = begun(workspace, number, unit, period)
    resolved = workspace.resolved(version.id, unit.uid, period)
    assert resolved is not None  # begun() found it
    former = [r for r in remarks.of_sheet(workspace.file, sheet) if r.cell == key and r.kind == EXPLANATION]

    def build(writer: Writer) -> None:
        remarks.put(
            writer,
            former[-1].uid if former else new_uid(),
            sheet,
            clean(reason),
            kind=EXPLANATION,
            cell=key,
            seen=seen_of(resolved, key),
        )

    label = f"Thuyết minh {SheetNames(plan).cell(key).vi}, biểu {version.form.number}"
    return workspace.apply("explain", label, build, touches=[sheet], sheet=sheet)


def seen_of(resolved: Resolved, key: CellKey) -> str:
    """A figure as a reason keeps it, so that another figure asks again; "" where there is none."""
    cell = resolved[key]
    if cell.figure.value is not None:
        return str(cell.figure.value)
    return "" if cell.value.number is None else plain(cell.value.number)


def history_of_cell(
    workspace: Workspace, number: str, unit: Unit, period: Period, address: str
) -> tuple[str, Plan, CellKey, list[history.CellChange]]:
    """Every change of one cell, newest first, with the cell's name; raises ADR-…, STA-004."""
    _, plan, sheet = begun(workspace, number, unit, period)
    key = cell_key(address, plan)
    return SheetNames(plan).cell(key).vi, plan, key, history.cell(workspace.file, sheet, key)
