"""Fill helpers: what may be put into many empty cells at once, and what of it has to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.context import SheetContext
from judapp.app.drafts import mark, settle
from judapp.app.entering import apply_to, begun, enter, entry_place, keep_unit_rows
from judapp.app.own_rows import free_places
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.counterparts import counterparts
from judapp.domain.figure import Figure, State
from judapp.domain.number import in_digits
from judapp.domain.period import FINAL_YEAR, Period
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow, SheetRow, free_key, is_within, row_above
from judapp.domain.shape import CellKey, Spot
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import sheets
from judapp.store.operations import Applied, Writer
from judapp.text import fold


class Draft(Struct, frozen=True):
    """What an earlier round offers for the empty open cells of a sheet, from form ``form`` in ``period``."""

    form: str
    period: Period
    figures: Mapping[CellKey, Figure]
    rows: tuple[tuple[str, OwnRow], ...]
    """Rows somebody added there and that have no namesake here, each with its table."""
    unlike: bool
    """Whether the two rounds are about windows of unlike length."""


def fill_nil(
    workspace: Workspace, number: str, unit: Unit, period: Period, keys: Sequence[CellKey]
) -> Applied:
    """Answer every cell of ``keys`` with không phát sinh, as one operation; raises as ``enter``."""
    return _answer(workspace, number, unit, period, keys, "-", "không phát sinh")


def fill_pending(
    workspace: Workspace, number: str, unit: Unit, period: Period, keys: Sequence[CellKey]
) -> Applied:
    """Answer every cell of ``keys`` with chưa có số liệu, as one operation; raises as ``enter``."""
    return _answer(workspace, number, unit, period, keys, "..", "chưa có số liệu")


def _answer(
    workspace: Workspace,
    number: str,
    unit: Unit,
    period: Period,
    keys: Sequence[CellKey],
    sign: str,
    name: str,
) -> Applied:
    form = workspace.version_for(number, period).form.number
    label = f"Điền “{name}” vào {len(keys)} ô, biểu {form}"
    return enter(workspace, number, unit, period, dict.fromkeys(keys, sign), label)


def earlier_rounds(period: Period) -> tuple[Period, ...]:
    """The rounds whose figures are the likeliest stand-ins for those of ``period``, the likeliest first.

    The final year follows its preliminary round, and what runs on month by month the month before; else it is
    the same round a year earlier.
    """
    same = period.related("same")
    before = period.related("prev") if period.round == FINAL_YEAR or period.cumulative else None
    return tuple(found for found in (before, same) if found is not None)


def draft_of(workspace: Workspace, number: str, unit: Unit, period: Period) -> Draft | None:
    """What can be taken over into the empty open cells of a sheet; None where no earlier round has anything.

    Cells of an older version of the form are found by what they mean, rows somebody added by their name:
    those that are missing here are taken over too. Raises FRM-001, FRM-002.
    """
    version = workspace.version_for(number, period)
    stored = workspace.resolved(version.id, unit.uid, period)
    blank = Sheet(version.form, unit.uid, period, workspace.span(version.form, period))
    sheet = stored.sheet if stored is not None else blank
    context = SheetContext(workspace, sheet)
    level = workspace.level_of(version.form, unit)
    for before in earlier_rounds(period):
        there = context.sheet_of(version.form.family, unit.uid, before)
        if there is None:
            continue
        own = stored or resolve(sheet, context)
        rows = _missing_rows(own, there)
        if rows:
            kept = {table: sheet.own_rows.get(table, ()) for table in own.rows}
            more = {table: (*some, *(row for at, row in rows if at == table)) for table, some in kept.items()}
            own = resolve(replace(sheet, own_rows=more), context)
        figures = _taken(own, there, level.level if level else "")
        if figures:
            unlike = sheet.span.like(there.sheet.span) is False and period.round == before.round
            used = {key[:2] for key in figures}
            rows = [
                (table, row)
                for table, row in rows
                if any(at == table and is_within(key, row.key) for at, key in used)
            ]
            return Draft(there.sheet.form.number, before, figures, tuple(rows), unlike)
    return None


def take_draft(workspace: Workspace, number: str, unit: Unit, period: Period) -> tuple[Draft, Applied]:
    """Fill the cells :func:`draft_of` names, each marked as not confirmed, as one operation.

    Raises DRA-003 (nothing can be taken over), FRM-001, FRM-002, STA-002; nothing is filled then.
    """
    place = entry_place(workspace, number, unit, period)
    draft = draft_of(workspace, number, unit, period)
    if draft is None:
        raise JudappError("DRA-003")

    def build(writer: Writer, own: int) -> None:
        for table, row in draft.rows:
            sheets.put_row(writer, own, table, row)
        keep_unit_rows(writer, own, place.plan, draft.figures)
        writer.set_figures(own, [(*key, found) for key, found in draft.figures.items()])
        mark(writer, own, draft.figures, draft.period)

    label = f"Lấy nháp {len(draft.figures)} ô từ {draft.period.name.vi}, biểu {place.version.form.number}"
    return draft, apply_to(workspace, place, "draft", label, build)


def confirm(
    workspace: Workspace, number: str, unit: Unit, period: Period, keys: Sequence[CellKey]
) -> Applied:
    """Say that the stand-ins in ``keys`` are the figures of this round; raises FRM-…, STA-002, STA-004."""
    version, _, sheet = begun(workspace, number, unit, period)
    label = f"Xác nhận {len(keys)} ô số nháp, biểu {version.form.number}"
    return workspace.apply(
        "confirm", label, lambda writer: settle(writer, sheet, keys), touches=[sheet], sheet=sheet
    )


def _taken(own: Resolved, there: Resolved, level: str) -> dict[CellKey, Figure]:
    same = own.sheet.form is there.sheet.form
    across = counterparts(own.sheet.form, there.sheet.form)
    named = _Named(own, there)
    found = {}
    for key, spot in own.plan.spots.items():
        if spot.kind == "text" or own[key].origin != "empty":
            continue
        if spot.column.filled_by and level not in spot.column.filled_by:
            continue
        meant = named.row(key)
        at = (meant if same else across.cell(meant)) if meant is not None else None
        if at is not None and at in there.plan.spots:
            figure = _stand_in(there, at, spot)
            if figure is not None:
                found[key] = figure
    return found


def _stand_in(there: Resolved, key: CellKey, spot: Spot) -> Figure | None:
    """The figure a cell had, without an estimated part: that was of its own round."""
    cell = there[key]
    if cell.figure.state is State.NIL and not cell.adjusted:
        return figure.NIL
    if cell.value.number is None:
        return None
    value = cell.value.number * 10**spot.scale
    if value != int(value) or not in_digits(int(value), spot.scale):
        return None
    return figure.number(int(value))


def _missing_rows(own: Resolved, there: Resolved) -> list[tuple[str, OwnRow]]:
    """Rows somebody added there under a row this form takes such rows under, too, and did not add here."""
    places = set(free_places(own.plan))
    known = {(table, row_above(row.key), fold(row.label)) for table, rows in own.rows.items() for row in rows}
    found = []
    for table, rows in there.rows.items():
        beside = [row.order for row in own.sheet.own_rows.get(table, ())]
        first = max(beside, default=0)
        for order, row in enumerate(rows, start=first + 1):
            above = row_above(row.key)
            name = (table, above, fold(row.label))
            if _free(row) and (table, above) in places and name not in known:
                known.add(name)
                found.append((table, OwnRow(free_key(above), above, order, None, row.label)))
    return found


class _Named:
    """Rows somebody added have another key in every sheet: the row of the same name is meant."""

    def __init__(self, own: Resolved, there: Resolved) -> None:
        self._there: dict[tuple[str, str, str], str] = {}
        for table, rows in there.rows.items():
            for row in rows:
                if _free(row):
                    self._there.setdefault((table, row_above(row.key), fold(row.label)), row.key)
        self._own = {(table, row.key): row for table, rows in own.rows.items() for row in rows if _free(row)}

    def row(self, key: CellKey) -> CellKey | None:
        """``key`` with the row of the same name there, None where it has none."""
        table, row, column = key
        parts = row.split(".")
        for end in range(1, len(parts) + 1):
            line = self._own.get((table, ".".join(parts[:end])))
            if line is not None:
                there = self._there.get((table, row_above(line.key), fold(line.label)))
                return None if there is None else (table, ".".join([there, *parts[end:]]), column)
        return key


def _free(row: SheetRow) -> bool:
    return row.kind == "free" and row.unit is None
