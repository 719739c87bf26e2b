"""What moved since a sheet above was handed in: its frozen copy against what base units say by now.

The frozen copy never changes. A base unit's sheet stays open when the sheet above is locked, and the sheet
above follows it wherever nobody typed: what the window shows is the present figure, what was handed in is the
copy, and the difference is told here with the units and files that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from judapp.app.desk import unit_name
from judapp.app.grid_shares import sources_of
from judapp.app.grid_tables import number_text, places_of
from judapp.app.grid_text import figure_text
from judapp.app.home_forms import short
from judapp.app.import_candidates import READY, Candidate
from judapp.app.supposing import Supposed, Supposing
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.names import SheetNames
from judapp.domain.number import plain
from judapp.domain.period import Period
from judapp.domain.resolve import Cell, Resolved
from judapp.domain.shape import CellKey, Spot
from judapp.messages import bilingual, text
from judapp.store import documents, history, received, sheets, snapshots
from judapp.store.received import Arrival
from judapp.store.sheets import Sheet as StoredSheet
from judapp.store.snapshots import Snapshot
from judapp.text import Bilingual


class Cause(Struct, frozen=True):
    """A unit whose figures changed since, and the act that did it last."""

    unit: str
    """Uid."""
    name: str
    form: str
    """Number of its form."""
    arrival: Arrival | None
    """None where it is a file still to be applied."""
    file: str = ""
    """The file that moves it, "" where somebody typed."""


class MovedCell(Struct, frozen=True):
    """A cell that is not as it was handed in."""

    key: CellKey
    name: Bilingual
    sent: str
    """As a person reads it, "" where it was empty."""
    present: str
    causes: tuple[Cause, ...]
    """Empty where no base unit stands behind the change."""


class MovedSheet(Struct, frozen=True):
    """A sheet that was handed in, with the cells that moved since."""

    version: int
    form: str
    unit: str
    unit_name: str
    revision: int
    at: str
    """When it was handed in; ISO, UTC."""
    cells: tuple[MovedCell, ...]


def moved(workspace: Workspace, period: Period, unit: str | None = None) -> list[MovedSheet]:
    """The handed-in sheets of a round (of one unit, where given) that are not what they were then."""
    found = []
    for stored, snapshot in _handed_in(workspace, period, unit):
        cells = _Comparison(workspace, workspace, stored, snapshot).cells()
        if cells:
            found.append(_moved_sheet(workspace, stored, snapshot, cells))
    return found


def would_move(workspace: Workspace, candidates: Iterable[Candidate]) -> list[MovedSheet]:
    """The handed-in sheets whose figures an import would move, with those cells alone; nothing is written.

    ``candidates`` are looked at as far as they are ready. What moved before the import is not told again.
    """
    ready = [c for c in candidates if c.status == READY and c.writing and c.version and c.unit and c.period]
    periods = dict.fromkeys(c.target[2] for c in ready)
    sent = [pair for period in periods for pair in _handed_in(workspace, period)]
    if not sent:
        return []
    supposed: dict[tuple[int, str, Period], Supposed] = {}
    files: dict[tuple[str, Period], list[str]] = {}
    for candidate in ready:
        version, unit, period = candidate.target
        figures = {change.key: change.after for change in candidate.writing}
        supposed[candidate.target] = Supposed(version, unit, period, figures, tuple(candidate.own_rows))
        files.setdefault((unit, period), []).append(candidate.path.name)
    after = Supposing(workspace, supposed.values())
    found = []
    for stored, snapshot in sent:
        made = _Comparison(workspace, after, stored, snapshot, files)
        cells = made.cells(beside=workspace.resolved(stored.form, stored.unit, stored.period))
        if cells:
            found.append(_moved_sheet(workspace, stored, snapshot, cells))
    return found


def moved_sentence(sheets: Sequence[MovedSheet], *, ahead: bool = False) -> Bilingual:
    """“3 ô biểu tỉnh khác bản đã gửi”, ``ahead`` of an import “… sẽ khác …”; empty where nothing moved."""
    cells = sum(len(sheet.cells) for sheet in sheets)
    if not cells:
        return Bilingual("", "")
    forms = ", ".join(dict.fromkeys(short(sheet.form) for sheet in sheets))
    return bilingual("BOA-would-move" if ahead else "BOA-moved", n=cells, forms=forms)


def _handed_in(
    workspace: Workspace, period: Period, unit: str | None = None
) -> Iterator[tuple[StoredSheet, Snapshot]]:
    """The locked sheets of a round that read other sheets, each with its newest frozen copy."""
    for stored in workspace.sheets_of(period):
        form = workspace.version(stored.form).form
        reads = any("!" in rule.rule for group in (form.rollup, form.computed) for rule in group)
        if stored.state not in OPEN_STATES and reads and unit in (None, stored.unit):
            copies = snapshots.of_sheet(workspace.file, stored.id)
            if copies:
                yield stored, copies[-1]


def _moved_sheet(
    workspace: Workspace, stored: StoredSheet, snapshot: Snapshot, cells: Sequence[MovedCell]
) -> MovedSheet:
    return MovedSheet(
        stored.form,
        workspace.version(stored.form).form.number,
        stored.unit,
        unit_name(workspace, stored.unit, stored.period.last_day),
        snapshot.revision,
        snapshot.at,
        tuple(cells),
    )


class _SentCell(Struct):
    """One cell of a frozen copy, as :func:`judapp.app.approving.submit` keeps it."""

    cell: tuple[str, str, str]
    state: str
    value: str | None
    text: str | None = None
    estimate: int | None = None


class _Payload(Struct):
    head: str
    cells: tuple[_SentCell, ...]


class _Comparison:
    """One handed-in sheet against how it is reckoned in ``now``."""

    def __init__(
        self,
        workspace: Workspace,
        now: Workspace,
        stored: StoredSheet,
        snapshot: Snapshot,
        files: Mapping[tuple[str, Period], Sequence[str]] | None = None,
    ) -> None:
        """``files`` are those still to be applied, by unit and period."""
        self.workspace, self.now, self.stored = workspace, now, stored
        data = documents.read(workspace.file, snapshot.payload)
        self.payload = msgspec.json.decode(data, type=_Payload)
        self.files = files
        self._since: dict[int, list[Arrival]] | None = None

    def cells(self, beside: Resolved | None = None) -> list[MovedCell]:
        """The cells that differ from the copy; with ``beside`` only those that differ from that as well."""
        resolved = self.now.resolved(self.stored.form, self.stored.unit, self.stored.period)
        assert resolved is not None  # it was handed in
        sent = {tuple(cell.cell): cell for cell in self.payload.cells}
        names = SheetNames(resolved.plan)
        found = []
        for key, spot in resolved.plan.spots.items():
            cell, former = resolved[key], sent.get(key)
            if _said(cell) == _said_then(former):
                continue
            if beside is not None and _said(cell) == _said(beside[key]):
                continue
            causes = tuple(self._causes(resolved, key))
            found.append(MovedCell(key, names.cell(key), _told_then(former, spot), told(cell, spot), causes))
        return found

    def _causes(self, resolved: Resolved, key: CellKey) -> Iterator[Cause]:
        """The units behind a cell whose figures changed since the copy was made."""
        day = self.stored.period.last_day
        units: dict[tuple[str, str], None] = {}
        for place in sources_of(self.now, resolved, key):
            units.setdefault((place.unit, place.form))
        for unit, form in units:
            name = self.workspace.units.name(unit, day)
            if self.files is not None:
                for file in self.files.get((unit, self.stored.period), ()):
                    yield Cause(unit, name, form, None, file)
                continue
            for sheet in self.workspace.sheets_of(self.stored.period):
                since = self.since.get(sheet.id, ()) if sheet.unit == unit else ()
                if since and self.workspace.version(sheet.form).form.number == form:
                    yield Cause(unit, name, form, since[0], since[0].name)

    @property
    def since(self) -> dict[int, list[Arrival]]:
        """By sheet of the round, the acts after the copy was made; none where all is as it was then."""
        if self._since is None:
            own = [sheet.id for sheet in self.workspace.sheets_of(self.stored.period)]
            op = history.with_hash(self.workspace.file, self.payload.head) or 0
            acts = received.changed_since(self.workspace.file, op, own)
            self._since = {sheet: found for sheet, found in acts.items() if self._differs(sheet, op)}
        return self._since

    def _differs(self, sheet: int, op: int) -> bool:
        """Whether a sheet holds other figures than after operation ``op``."""
        present = sheets.figures(self.workspace.file, sheet)
        then = history.figures_after(self.workspace.file, sheet, op)
        return any(present.get(key, EMPTY) != figure for key, figure in then.items())


def told(cell: Cell, spot: Spot) -> str:
    """What a cell says to a person; "" where it is empty."""
    if cell.value.number is not None and (cell.figure.value is not None or not cell.figure.answered):
        return number_text(cell.value.number, places_of(spot))
    return figure_text(cell.figure, spot, "vi") if cell.figure.answered else ""


def _said(cell: Cell) -> tuple[str, str]:
    """What two copies of a cell are compared by: the number; where there is none, why."""
    number = cell.value.number
    if number is not None:
        return plain(number, 15), ""
    return cell.figure.state.name, cell.figure.text or ""


def _said_then(cell: _SentCell | None) -> tuple[str, str]:
    if cell is None:
        return State.EMPTY.name, ""
    return (cell.state, cell.text or "") if cell.value is None else (cell.value, "")


def _told_then(cell: _SentCell | None, spot: Spot) -> str:
    if cell is None:
        return ""
    if cell.value is not None and cell.state in (State.NUMBER.name, State.EMPTY.name):
        return number_text(Decimal(cell.value), places_of(spot))
    figure = Figure(State[cell.state], None, None, cell.text)
    return figure_text(figure, spot, "vi") if figure.answered else ""


def cause_words(cause: Cause, lang: str) -> str:
    """“Xã Nghi Lộc 17a: nghi loc (sua).xls, Lan 12/6 08:40”."""
    from judapp.app.grid import moment

    parts = [cause.file] if cause.file else []
    if cause.arrival is not None:
        parts.append(f"{cause.arrival.who} {moment(cause.arrival.at)}")
    detail = ", ".join(parts)
    return text("BOA-cause", lang, unit=cause.name, form=short(cause.form), detail=detail)
