"""The exchange of packages as a person reads it: rooms to pack for, and what a package that came would do."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from judapp.app.desk import period_name
from judapp.app.grid_text import figure_text
from judapp.app.packing import owed_by, rooms
from judapp.app.unpacking import CHOSEN, TAKEN, Arrival, Incoming, plan_of_sheet, version_of
from judapp.app.workspace import Workspace
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.messages import text


class DifferenceLine(Struct, frozen=True):
    """A difference in words: the cell, what stands here, what the package says."""

    cell: str
    before: str
    after: str


class RoomChoice(Struct, frozen=True):
    """A room of the department, with the numbers of the forms it prepares in a period."""

    uid: str
    name: str
    forms: tuple[str, ...]


class ArrivalLine(Struct, frozen=True):
    """One sheet of a package; ``position`` names it when it is taken."""

    position: int
    form: str
    unit: str
    period: str
    cells: int
    rows: int
    remarks: int
    status: str
    words: str
    """The status in words."""
    reason: str
    """Why it cannot be taken, "" where it can."""
    taken: bool
    """Whether it is taken unless somebody says otherwise."""
    choosable: bool
    """Whether it is taken where a person says so: both offices changed it, or the package is older."""
    differences: tuple[DifferenceLine, ...]


class ArrivalView(Struct, frozen=True):
    """A package that came."""

    head: str
    lines: tuple[ArrivalLine, ...]
    adds: tuple[str, ...]
    """What comes into the registers, in sentences."""
    told: tuple[str, ...] = ()
    """What differs in the registers and stays, in sentences."""

    @property
    def taken(self) -> int:
        """Sheets that are taken unless somebody says otherwise."""
        return sum(line.taken for line in self.lines)


def room_choices(workspace: Workspace, period: Period) -> tuple[RoomChoice, ...]:
    """The rooms of the department in ``period``, also those that prepare nothing."""
    day = period.last_day
    found = []
    for room in rooms(workspace, day):
        families = {o.family for o in owed_by(workspace, room.uid, day)}
        serving = (workspace.serving(family, period) for family in families)
        numbers = sorted({version.form.number for version in serving if version is not None})
        found.append(RoomChoice(room.uid, workspace.units.name(room.uid, day), tuple(numbers)))
    return tuple(found)


def arrival_view(workspace: Workspace, arrival: Arrival, lang: str = "vi") -> ArrivalView:
    """What came; sheets that are only there to be compared with where they would be written."""
    manifest, added = arrival.package.manifest, arrival.additions
    head = text(
        "RPK-from",
        lang,
        room=manifest.room_name,
        period=period_name(Period.parse(manifest.period)),
        who=manifest.made_by,
        machine=manifest.machine,
        when=f"{datetime.fromisoformat(manifest.made_at).astimezone():%H:%M %d/%m/%Y}",
    )
    adds = []
    if added.anything:
        counts = {name: len(getattr(added, name)) for name in ("units", "forms", "people", "obligations")}
        adds.append(text("RPK-adds", lang, **counts))
    if added.dropped:
        adds.append(text("RPK-drops", lang, n=len(added.dropped)))
    if added.replaced:
        adds.append(text("RPK-replaces", lang, n=len(added.replaced)))
    told = [text("RPK-different", lang, n=added.different)] if added.different else []
    lines = (
        _line(workspace, position, one, lang)
        for position, one in enumerate(arrival.incoming)
        if not one.sheet.background or one.status in TAKEN
    )
    return ArrivalView(head, tuple(lines), tuple(adds), tuple(told))


def differences(workspace: Workspace, one: Incoming, lang: str = "vi") -> tuple[DifferenceLine, ...]:
    """The cells of a sheet that stand otherwise in the package, by the names people use for them."""
    version = version_of(workspace, one.sheet.form)
    if version is None:
        return ()
    figures = {cell.key: cell.after if cell.after.answered else cell.before for cell in one.cells}
    plan = plan_of_sheet(workspace, version, one.sheet, one.period, figures)
    names = SheetNames(plan)
    found = []
    for cell in one.cells:
        spot = plan.spots.get(cell.key)
        if spot is None:  # words around the tables, or a row that is gone
            told = f"[{cell.key[1]}]", cell.before.text or "", cell.after.text or ""
        else:
            before, after = (figure_text(figure, spot, lang) for figure in (cell.before, cell.after))
            told = names.cell(cell.key).in_language(lang), before, after
        found.append(DifferenceLine(*told))
    return tuple(found)


def _line(workspace: Workspace, position: int, one: Incoming, lang: str) -> ArrivalLine:
    return ArrivalLine(
        position=position,
        form=one.sheet.number,
        unit=one.unit,
        period=period_name(one.period).in_language(lang),
        cells=len(one.cells),
        rows=one.rows,
        remarks=one.remarks,
        status=one.status,
        words=text("RPS-compared" if one.sheet.background else f"RPS-{one.status}", lang),
        reason=text(one.code, lang, **one.params) if one.code else "",
        taken=one.status in TAKEN,
        choosable=one.status in CHOSEN,
        differences=differences(workspace, one, lang),
    )
