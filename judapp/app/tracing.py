"""From any figure down to the units behind it: their share, file, worksheet and cell, and who is missing."""

from __future__ import annotations

from msgspec import Struct

from judapp.app.adjusting import base_of, remark_of
from judapp.app.after_sending import told
from judapp.app.checks_view import address
from judapp.app.grid import moment, reckoned
from judapp.app.grid_shares import coverage_words, every_share, sources_of
from judapp.app.grid_source import base_text, delta_text
from judapp.app.relation_view import Place
from judapp.app.workspace import Workspace
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.store import history, received
from judapp.store.received import Arrival
from judapp.text import Bilingual


class TraceLine(Struct, frozen=True):
    """What one unit gives to a figure, and where it stands in what the unit sent."""

    unit: str
    """Uid."""
    name: str
    value: str
    form: str
    key: CellKey | None
    address: str
    """The cell of the unit's sheet, "[I]c2"; "" where the figure stands in none."""
    file: str
    """The name the file came with, "" where somebody typed the figure."""
    worksheet: str
    cell: str
    """The cell of that worksheet, "E14"; "" where the figure is reckoned from others of it."""
    imported: int | None
    """Id of the imported file, to have its bytes (:mod:`judapp.app.original_file`)."""
    who: str
    when: str


class Trace(Struct, frozen=True):
    """A figure with everything it stands on."""

    form: str
    name: Bilingual
    value: str
    origin: str
    """As :class:`judapp.domain.resolve.Cell` has it."""
    coverage: str
    base: str
    """What it is without the department's adjustment; "" where there is none."""
    delta: str
    reason: str
    lines: tuple[TraceLine, ...]
    waiting: tuple[str, ...]
    """Names of the units that have not reported."""
    without: tuple[str, ...]
    """Names of those that sent the form and left this cell open."""


def trace(
    workspace: Workspace, number: str, unit: str, period: Period, key: CellKey, lang: str = "vi"
) -> Trace:
    """Everything the cell ``key`` of ``unit`` (uid) stands on; a typed one stands on itself.

    Raises FRM-001, FRM-002; KeyError for a cell the sheet does not have.
    """
    version = workspace.version_for(number, period)
    resolved = reckoned(workspace, version, unit, period)
    cell, spot = resolved[key], resolved.plan.spots[key]
    shares, waiting = every_share(workspace, resolved, key)
    finder = _Finder(workspace, period)
    without = {name for place in sources_of(workspace, resolved, key) if (name := finder.sent(place))}
    lines = [finder.line(share.name, share.text, share.place) for share in shares]
    if not lines and cell.figure.answered:
        own = Place(version.form.number, unit, period, key)
        lines = [finder.line(workspace.units.name(unit, period.last_day), told(cell, spot), own)]
    stored = workspace.stored(version.id, unit, period)
    kept = remark_of(workspace, stored.id, key) if stored and cell.adjusted else None
    return Trace(
        version.form.number,
        SheetNames(resolved.plan).cell(key),
        told(cell, spot),
        cell.origin,
        coverage_words(resolved, key, lang),
        base_text(base_of(resolved, key), spot) if cell.adjusted else "",
        delta_text(cell.adjusted, spot),
        kept.text if kept else "",
        tuple(lines),
        tuple(name for name in waiting if name not in without),
        tuple(name for name in waiting if name in without),
    )


class _Finder:
    """Where figures of base sheets came from."""

    def __init__(self, workspace: Workspace, period: Period) -> None:
        self.workspace, self.period = workspace, period
        self.received = received.of_period(workspace.file, period)

    def line(self, name: str, value: str, place: Place) -> TraceLine:
        workspace = self.workspace
        found = self._arrival(place)
        arrival, cell = found if found else (None, "")
        return TraceLine(
            place.unit,
            name or workspace.units.name(place.unit, self.period.last_day),
            value,
            place.form,
            place.cell,
            address(place.cell) if place.cell else "",
            arrival.name if arrival else "",
            arrival.worksheet if arrival else "",
            cell,
            arrival.file if arrival else None,
            arrival.who if arrival else "",
            moment(arrival.at) if arrival else "",
        )

    def sent(self, place: Place) -> str:
        """The name of the unit of a place, where it sent anything; else ""."""
        resolved = self._resolved(place)
        stored = self.workspace.stored(resolved[0], place.unit, self.period) if resolved else None
        if stored is None or stored.id not in self.received:
            return ""
        return self.workspace.units.name(place.unit, self.period.last_day)

    def _arrival(self, place: Place) -> tuple[Arrival, str] | None:
        """The act that gave the figure, and the cell of the file; of a reckoned one that of its sheet."""
        resolved = self._resolved(place)
        if resolved is None:
            return None
        version, sheet = resolved
        stored = self.workspace.stored(version, place.unit, self.period)
        if stored is None or place.cell is None:
            return None
        for change in history.cell(self.workspace.file, stored.id, place.cell):
            if not change.after.answered:
                break
            done = change.operation
            if change.source is None:
                if done.kind in (history.UNDO, history.REDO):
                    continue
                return Arrival(done.id, done.at, done.who, 1), ""
            file = received.file_of_sheet(self.workspace.file, change.imported or 0)
            source = change.source
            arrival = Arrival(done.id, done.at, done.who, 1, file, source.file, source.sheet)
            return arrival, source.cell or ""
        came = self.received.get(stored.id)
        if came is None or sheet[place.cell].value.number is None:
            return None
        return (came.imported or came.arrivals[-1], "") if came.arrivals else None

    def _resolved(self, place: Place) -> tuple[int, Resolved] | None:
        for version in self.workspace.versions.values():
            if version.form.number == place.form:
                found = self.workspace.resolved(version.id, place.unit, self.period)
                if found is not None:
                    return version.id, found
        return None
