"""Entering figures and reasons by hand: one act, one operation, checked where it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from judapp.app.drafts import settle
from judapp.app.signing import signing_label
from judapp.app.workspace import Workspace
from judapp.domain.arithmetic import is_expression
from judapp.domain.entry import Layer, Numbers, typed
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.figure import EMPTY, Figure, words
from judapp.domain.names import SheetNames
from judapp.domain.number import plain
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE, Resolved
from judapp.domain.rows import OwnRow, SheetRow, row_above
from judapp.domain.shape import CellKey, Plan, Spot, plan_of
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history, remarks, sheets
from judapp.store.forms import StoredForm
from judapp.store.operations import Applied, Writer, new_uid
from judapp.text import clean

_NOTE = re.compile(r"@:\[(\w+)\](?:c_?(\w+))?\Z")

EXPLANATION = "explain"
"""Kind of a remark that answers a finding which asks for a reason (thuyết minh)."""


Entries = list[tuple[CellKey, Figure]]


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
    ``ADDRESS:est=VALUE`` is the estimated part of a cell. Raises FRM-001/002, ADR-001 … 003, ENT-001,
    ENT-003 … 005, STA-002; nothing is entered then.
    """
    place = entry_place(workspace, number, unit, period)
    names = SheetNames(place.plan)
    entered: list[Entered] = []
    layers = set[Layer]()
    texts: dict[CellKey, str] = {}

    def read(stored: Mapping[CellKey, Figure]) -> Entries:
        entered.clear()
        present, entries = dict(stored), []
        for assignment in assignments:
            key, figure, layer = _entry(assignment, place.plan, period, present)
            name = names.cell(key).vi if key[0] != NOTES_TABLE else key[1]
            entered.append(Entered(key, name, present.get(key, EMPTY), figure))
            entries.append((key, figure))
            present[key] = figure
            texts[key] = assignment.partition("=")[2]
            layers.add(layer)
        return entries

    entries = read(_present(workspace, place))
    label = _label(place, texts, entries, "estimated" if layers == {"estimated"} else "printed")
    return entered, _write(workspace, place, list(texts), read, label)


def enter(
    workspace: Workspace,
    number: str,
    unit: Unit,
    period: Period,
    texts: Mapping[CellKey, str],
    label: str | None = None,
    *,
    layer: Layer = "printed",
    numbers: Numbers = "ask",
) -> Applied:
    """Enter what was typed into cells of a sheet, by their keys, as one operation.

    A text is read as :func:`judapp.domain.entry.typed` reads it, one of the table "@" is kept as words.
    ``label`` is the act's name in undo and history; without it the cell, or how many there are, is named,
    with the expression a figure was reckoned from ("Nhập ô I.2 cột (7) = 12+30*2, biểu …").
    Raises FRM-001/002, ADR-002 (no such cell), ENT-001, ENT-003 … 005, STA-002; nothing is entered then.
    """
    place = entry_place(workspace, number, unit, period)

    def read(present: Mapping[CellKey, Figure]) -> Entries:
        entries = []
        for key, text in texts.items():
            if key[0] == NOTES_TABLE:
                entries.append((key, words(clean(text))))
                continue
            spot, former = _spot(place, key), present.get(key, EMPTY)
            figure = typed(text, spot, period, former=former, layer=layer, numbers=numbers)
            entries.append((key, figure))
        return entries

    name = label or _label(place, texts, read(_present(workspace, place)), layer)
    return _write(workspace, place, list(texts), read, name)


def paste(
    workspace: Workspace,
    number: str,
    unit: Unit,
    period: Period,
    texts: Mapping[CellKey, str],
    *,
    named: int = 0,
    layer: Layer = "printed",
    numbers: Numbers = "ask",
) -> Applied:
    """Enter what was copied, as one act named by ``named`` cells, by all without; raises as :func:`enter`."""
    label = f"Dán {named or len(texts)} ô, biểu {workspace.version_for(number, period).form.number}"
    return enter(workspace, number, unit, period, texts, label, layer=layer, numbers=numbers)


class EntryPlace(Struct, frozen=True):
    """The sheet something is entered into; ``sheet`` is None where it is not begun yet."""

    version: StoredForm
    plan: Plan
    sheet: int | None
    unit: Unit
    period: Period


def entry_place(workspace: Workspace, number: str, unit: Unit, period: Period) -> EntryPlace:
    """Where something is entered; raises FRM-001, FRM-002."""
    version = workspace.version_for(number, period)
    return EntryPlace(version, *_plan(workspace, version, unit, period), unit, period)


def _write(
    workspace: Workspace,
    place: EntryPlace,
    keys: Sequence[CellKey],
    read: Callable[[Mapping[CellKey, Figure]], Entries],
    label: str,
) -> Applied:
    """Write what ``read`` makes of the figures of ``keys`` as they stand in the file at that moment."""

    def build(writer: Writer, own: int) -> None:
        entries = read(sheets.figures_at(writer.file, own, keys))
        keep_unit_rows(writer, own, place.plan, [key for key, figure in entries if figure.answered])
        writer.set_figures(own, [(*key, figure) for key, figure in entries])
        settle(writer, own, {key for key, _ in entries})

    return apply_to(workspace, place, "set", label, build)


def apply_to(
    workspace: Workspace,
    place: EntryPlace,
    kind: str,
    label: str,
    build: Callable[[Writer, int], object],
    *,
    reason: str | None = None,
) -> Applied:
    """One operation on a sheet, which is begun where it is not yet."""

    def begin(writer: Writer) -> None:
        own = place.sheet
        if own is None:
            span = workspace.span(place.version.form, place.period)
            own = sheets.begin(writer, place.version.id, place.unit.uid, place.period, span)
        build(writer, own)

    touches = [] if place.sheet is None else [place.sheet]
    return workspace.apply(kind, label, begin, touches=touches, reason=reason, sheet=place.sheet)


_MOST_SAID = 160
"""Letters of expressions in the name of an act; what is longer is cut there."""


def _label(
    place: EntryPlace,
    texts: Mapping[CellKey, str],
    entries: Sequence[tuple[CellKey, Figure]],
    layer: Layer,
) -> str:
    """What an act of typing is called, with the expressions its figures come from."""
    verb = "Nhập" if any(clean(text) for text in texts.values()) else "Xóa"
    if layer == "estimated":
        verb += " phần ước tính"
    sums = {
        key: clean(texts[key]).lstrip("=＝ ")
        for key, figure in entries
        if figure.value is not None and is_expression(texts[key])
    }
    said = ""
    if sums and len(sums) == len(entries) and len(set(sums.values())) == 1:
        said = f" = {sums[entries[0][0]]}"
    elif sums:
        each = "; ".join(f"{short_name(place.plan, key)} = {text}" for key, text in sums.items())
        said = f" ({each[:_MOST_SAID]}{'…' if len(each) > _MOST_SAID else ''})"
    return f"{verb} {_at(place, list(texts))}{said}, biểu {place.version.form.number}"


def _at(place: EntryPlace, keys: Sequence[CellKey]) -> str:
    return f"ô {short_name(place.plan, keys[0])}" if len(keys) == 1 else f"{len(keys)} ô"


def short_name(plan: Plan, key: CellKey) -> str:
    """A cell in the fewest words: "I.2 cột (7)"; of a note slot its label."""
    table, row, column = key
    if table == NOTES_TABLE:
        labels = {slot.key: slot.label for note in plan.form.notes for slot in note.slots}
        return f"“{labels.get(row) or signing_label(plan.form, row) or row}”"
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
    """Store the rows of units in the groups that figures are written into, in the order they stand in.

    So an office that closes keeps its row, and no row moves because somebody typed into another one.
    """
    wanted: set[tuple[str, str]] = set()
    for table, row, _ in keys:
        while row and (table, row) not in wanted:
            wanted.add((table, row))
            row = row_above(row)
    stored = sheets.own_rows(writer.file, sheet) if wanted else {}
    for table, rows in plan.rows.items():
        kept = {row.key for row in stored.get(table, ())}
        units = [(order, line) for order, line in enumerate(rows, start=1) if line.unit is not None]
        begun = {row_above(at.key) for _, at in units if (table, at.key) in wanted and at.key not in kept}
        for order, line in units:
            parent = row_above(line.key)
            if parent in begun:
                sheets.put_row(writer, sheet, table, OwnRow(line.key, parent, order, line.unit, line.label))


def _entry(
    assignment: str, plan: Plan, period: Period, present: Mapping[CellKey, Figure]
) -> tuple[CellKey, Figure, Layer]:
    address, equals, value = assignment.partition("=")
    if not equals:
        raise JudappError("ADR-001", address=assignment)
    note = _NOTE.match(address.strip())
    if note:
        return (NOTES_TABLE, note[1], note[2] or ""), words(clean(value)), "printed"
    named = _cell_named(address.strip(), plan)
    key = named.table, named.rows[0], named.cols[0]
    layer: Layer = "estimated" if named.est else "printed"
    figure = typed(value, plan.spots[key], period, former=present.get(key, EMPTY), layer=layer)
    return key, figure, layer


def cell_key(address: str, plan: Plan) -> CellKey:
    """The cell ``address`` ("[V.2]c1") names; raises ADR-001, ADR-002 (no such cell), ADR-003 (several)."""
    named = _cell_named(address, plan)
    if named.est:
        raise JudappError("ADR-002", form=plan.form.number, address=address)
    return named.table, named.rows[0], named.cols[0]


def _cell_named(address: str, plan: Plan) -> Cells:
    """The one cell of a sheet an address names, or its estimated part."""
    try:
        node = parse(address)
    except ExpressionError:
        raise JudappError("ADR-001", address=address) from None
    bound = instances(node, plan.shape)
    cells = [b.node for b in bound if isinstance(b.node, Cells)]
    if len(cells) > 1 or any(c.many for c in cells):
        raise JudappError("ADR-003", address=address)
    if not cells or cells[0].form or cells[0].when:
        raise JudappError("ADR-002", form=plan.form.number, address=address)
    return cells[0]


def _spot(place: EntryPlace, key: CellKey) -> Spot:
    spot = place.plan.spots.get(key)
    if spot is None:
        raise JudappError("ADR-002", form=place.version.form.number, address=f"[{key[1]}]c{key[2]}")
    return spot


def _present(workspace: Workspace, place: EntryPlace) -> Mapping[CellKey, Figure]:
    """What stands in the sheet as it was read last; another window may have changed it since."""
    if place.sheet is None:
        return {}
    resolved = workspace.resolved(place.version.id, place.unit.uid, place.period)
    return resolved.sheet.figures if resolved is not None else {}


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
