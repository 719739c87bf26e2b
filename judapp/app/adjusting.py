"""“Điều chỉnh của Sở”: a delta the department adds to a figure, with its reason (design 4.3).

The figure of the base units stays as it is; the delta is a layer of its own and stays when the base moves,
which is told (RUP-004). Its reason is a remark at the cell and stands in the history as that of the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from judapp.app.entering import apply_to, cell_key, entry_place, keep_unit_rows, short_name
from judapp.app.grid_view import PENDING
from judapp.app.workspace import Workspace
from judapp.domain.checking import place_of
from judapp.domain.expression.binding import ADDED_UP
from judapp.domain.figure import EMPTY
from judapp.domain.figure import number as number_figure
from judapp.domain.finding import Finding
from judapp.domain.names import SheetNames
from judapp.domain.number import Ambiguous, Rational, format_vi, parse_number, plain, scaled, unscaled
from judapp.domain.period import DEPARTMENT, Period
from judapp.domain.resolve import Resolved, Sheet
from judapp.domain.shape import CellKey, Spot
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import remarks, sheets
from judapp.store.operations import Applied, Writer, new_uid
from judapp.store.remarks import Remark
from judapp.store.sheets import ADJUST
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import clean

ADJUSTMENT = "adjust"
"""Kind of the operation, and of the remark that holds the reason and the base it was made about."""


def adjustable(workspace: Workspace, resolved: Resolved, key: CellKey) -> bool:
    """Whether the department may adjust a cell: a figure that adds up, on its own sheet, not a sum itself."""
    spot = resolved.plan.spots.get(key)
    if spot is None or spot.kind not in ADDED_UP:
        return False
    level = workspace.level_of(resolved.sheet.form, workspace.units[resolved.sheet.unit])
    cell = resolved[key]
    if level is None or level.level != DEPARTMENT or cell.origin not in _ADJUSTED:
        return False
    return cell.origin != "stored" or cell.value.known  # nothing is added to what is no figure


_ADJUSTED = ("stored", "rollup", "empty")


def base_of(resolved: Resolved, key: CellKey) -> Rational | None:
    """What a cell is without its adjustment; 0 where nobody gives it, None where it is not known."""
    cell = resolved[key]
    if cell.value.number is None:
        return 0 if cell.origin == "empty" and not cell.adjusted else None
    return cell.value.number - unscaled(cell.adjusted, resolved.plan.spots[key].scale)


def read_delta(text: str, spot: Spot) -> int:
    """The delta a person means ("+5", "-3", "1.200"), scaled; raises BSD-003 for what is none, BSD-004 for 0.

    What may be read in two ways in a column with decimals is refused and told, as BSD-003.
    """
    found = parse_number(text)
    if isinstance(found, Ambiguous) and not spot.scale:
        found = found.grouped
    delta = scaled(found, spot.scale) if isinstance(found, Decimal) else None
    if delta is None:
        raise JudappError("BSD-003", text=clean(text)[:40])
    if delta == 0:
        raise JudappError("BSD-004")
    return delta


def adjust(
    workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey, text: str, reason: str
) -> Applied:
    """Adjust a cell by ``text`` (instead of what it was adjusted by before), as one operation.

    Raises FRM-001/002, STA-002, ENT-002 (no reason), BSD-003, BSD-004, BSD-005 (such a cell is not adjusted),
    BSD-006 (the figure would fall below 0).
    """
    place = entry_place(workspace, number, unit, period)
    resolved = _open_cell(workspace, number, unit, period, key)
    spot = resolved.plan.spots[key]
    delta, said = read_delta(text, spot), clean(reason)
    if not said:
        raise JudappError("ENT-002")
    base, change = base_of(resolved, key), unscaled(delta, spot.scale)
    name = short_name(place.plan, key)
    if base is not None and base + change < 0:
        raise JudappError("BSD-006", cell=name, base=base, delta=change)
    former = remark_of(workspace, place.sheet, key) if place.sheet is not None else None

    def build(writer: Writer, own: int) -> None:
        keep_unit_rows(writer, own, place.plan, [key])
        span = sheets.get(workspace.file, own).span
        layer = sheets.begin(writer, place.version.id, unit.uid, period, span, ADJUST)
        writer.set_figures(layer, [(*key, number_figure(delta))])
        remarks.put(
            writer,
            former.uid if former else new_uid(),
            own,
            said,
            kind=ADJUSTMENT,
            cell=key,
            seen=seen_base(resolved, key),
        )

    sign = "+" if delta > 0 else ""
    label = f"Điều chỉnh của Sở {sign}{format_vi(change)} ở ô {name}, biểu {place.version.form.number}"
    return apply_to(workspace, place, ADJUSTMENT, label, build, reason=said)


def adjust_at(
    workspace: Workspace, number: str, unit: Unit, period: Period, adjustment: str, reason: str
) -> Applied:
    """:func:`adjust` for a cell by its address, "[I.2]c7=-3"; "[I.2]c7=" takes its adjustment away.

    Raises ADR-001 … 003 as well.
    """
    address, equals, delta = adjustment.partition("=")
    if not equals:
        raise JudappError("ADR-001", address=adjustment)
    key = cell_key(address.strip(), entry_place(workspace, number, unit, period).plan)
    if not clean(delta):
        return take_away(workspace, number, unit, period, key)
    return adjust(workspace, number, unit, period, key, delta, reason)


def take_away(workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey) -> Applied:
    """Take the adjustment of a cell away, with its reason; the history keeps both. Raises as :func:`adjust`.

    Nothing is written where there is none.
    """
    place = entry_place(workspace, number, unit, period)
    version, own = place.version, place.sheet
    layers = sheets.find(workspace.file, form=version.id, unit=unit.uid, period=period, layer=ADJUST)
    if own is None or not layers:
        return Applied()
    kept = remark_of(workspace, own, key)

    def build(writer: Writer, _: int) -> None:
        for layer in layers:
            writer.set_figures(layer.id, [(*key, EMPTY)])
        if kept is not None:
            remarks.remove(writer, kept.uid)

    label = f"Bỏ điều chỉnh của Sở ở ô {short_name(place.plan, key)}, biểu {version.form.number}"
    return apply_to(workspace, place, ADJUSTMENT, label, build)


def _open_cell(workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey) -> Resolved:
    version = workspace.version_for(number, period)
    resolved = workspace.resolved(version.id, unit.uid, period)
    if resolved is None:
        sheet = Sheet(version.form, unit.uid, period, workspace.span(version.form, period))
        resolved = workspace.resolve(sheet, version.id)
    if not adjustable(workspace, resolved, key):
        raise JudappError("BSD-005", form=version.form.number)
    return resolved


def remark_of(workspace: Workspace, sheet: int, key: CellKey) -> Remark | None:
    """The reason of the adjustment of a cell, with the operation that wrote it."""
    kept = [r for r in remarks.of_sheet(workspace.file, sheet) if r.kind == ADJUSTMENT and r.cell == key]
    return kept[-1] if kept else None


def seen_base(resolved: Resolved, key: CellKey) -> str:
    """The base as a reason keeps it; "" where it is not known."""
    base = base_of(resolved, key)
    return "" if base is None else plain(base, 15)


def bases_of(workspace: Workspace, stored: StoredSheet) -> dict[CellKey, str]:
    """The base each adjustment of a sheet was made about, as :func:`seen_base` writes it."""
    kept = remarks.of_sheet(workspace.file, stored.id)
    return {r.cell: r.seen or "" for r in kept if r.kind == ADJUSTMENT and r.cell is not None}


def findings_of_adjustments(
    resolved: Resolved, bases: Iterable[tuple[CellKey, str]], unit_code: str
) -> Iterator[Finding]:
    """RUP-004 for every adjustment whose base is another one by now."""
    for key, seen in bases:
        finding = base_moved(resolved, key, seen, unit_code)
        if finding is not None:
            yield finding


def base_moved(resolved: Resolved, key: CellKey, seen: str, unit_code: str) -> Finding | None:
    """RUP-004 where the figure under an adjustment is not the one it was made about; else None."""
    if key not in resolved.plan.spots or not resolved[key].adjusted:
        return None
    now = seen_base(resolved, key)
    if now == seen:
        return None
    delta = unscaled(resolved[key].adjusted, resolved.plan.spots[key].scale)
    return Finding(
        "RUP-004",
        "warning",
        place_of(resolved, unit_code, key),
        {
            "cell": SheetNames(resolved.plan).cell(key),
            "delta": delta,
            "before": Decimal(seen) if seen else PENDING,
            "now": Decimal(now) if now else PENDING,
        },
        expected=seen,
        actual=now,
    )
