"""The sheet while somebody types into it: what a text makes of it, at once and without the data file.

Made in the worker's thread with everything the file knows, then handed to the window's thread for good. It
says exactly what the worker's view will say once the text is stored; where it cannot, it says nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.drafts import unconfirmed
from judapp.app.drawn_along import drawn_along
from judapp.app.grid_parts import finding_view, note_views, state_of
from judapp.app.grid_tables import CellMaker
from judapp.app.grid_view import FindingView, SheetView, TableView
from judapp.app.live_findings import Given, LiveFindings
from judapp.domain.entry import Layer, Numbers, typed
from judapp.domain.figure import EMPTY, Figure, words
from judapp.domain.finding import SEVERITIES, Finding
from judapp.domain.live import NotRecorded
from judapp.domain.names import SheetNames
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.text import clean

MOST = 4_000
"""Cells entered at once that are reckoned in the window's thread; more would hold it up noticeably."""


class Patch(Struct, frozen=True):
    """What a text made of the sheet."""

    view: SheetView
    """What is shown from now on."""
    cells: frozenset[CellKey]
    """Cells that look different: value, state or mark."""


class LiveSheet:
    """One sheet of one unit, reckoned as it is typed into."""

    def __init__(
        self, findings: LiveFindings, cells: CellMaker, view: SheetView, stored: str, lang: str
    ) -> None:
        """Use :func:`judapp.app.grid.open_sheet`; ``view`` is without figures and findings yet."""
        self._findings = findings
        self._cells = cells
        self._stored = stored
        """The state in the file, "" where nothing was entered yet."""
        self._lang = lang
        self._names = SheetNames(findings.resolved.plan)
        self._told: dict[int, tuple[Finding, FindingView]] = {}
        self._parts: dict[int, set[CellKey]] = {}
        self._shown: tuple[FindingView, ...] = ()
        figures = findings.resolved.sheet.figures
        self._stated = {
            key: figure.estimate for key, figure in figures.items() if figure.estimate is not None
        }
        self._tell()
        owed = [key for key in findings.resolved.unanswered if not cells.is_foreign(key)]
        self._owed, self._places = owed, [findings.reckoning.place(key) for key in owed]
        self.view = self._with(view, cells.tables())

    @property
    def complete(self) -> bool:
        """Whether it is held against other sheets already."""
        return self._findings.given is not None

    def learn(self, given: Given) -> Patch:
        """What the sheet looks like held against others, which it is from now on."""
        self._findings.learn(given)
        return self._patch({}, ())

    def enter(
        self, texts: Mapping[CellKey, str], *, layer: Layer = "printed", numbers: Numbers = "ask"
    ) -> Patch | None:
        """What the sheet looks like with ``texts`` entered, which are now part of it.

        None where only the file can tell; nothing is changed then.
        """
        if self.view.locked or len(texts) > MOST:
            return None
        try:
            figures = {key: self._read(key, text, layer, numbers) for key, text in texts.items()}
            touched = self._findings.put(figures)
        except (JudappError, KeyError, NotRecorded):
            return None  # the act itself tells why it is refused
        for key, figure in figures.items():
            if figure.estimate is None:
                self._stated.pop(key, None)
            else:
                self._stated[key] = figure.estimate
        begun, self._stored = not self._stored, self._stored or "draft"
        return self._patch(figures, self.view.spots if begun else touched)

    def _read(self, key: CellKey, text: str, layer: Layer, numbers: Numbers) -> Figure:
        """The figure a text is; KeyError for a cell the sheet does not have."""
        if key[0] == NOTES_TABLE:
            return words(clean(text))
        former = self._findings.resolved.sheet.figures.get(key, EMPTY)
        spot = self.view.spots[key]
        return typed(text, spot, self.view.period, former=former, layer=layer, numbers=numbers)

    def _patch(self, figures: Mapping[CellKey, Figure], touched: Iterable[CellKey]) -> Patch:
        before, view = self._cells.found, self.view
        self._tell()
        after, found = self._cells.found, dict.fromkeys(touched)
        found |= {key: None for key, finding in before.items() if after.get(key) is not finding}
        found |= {key: None for key in after if key not in before}
        tables, differing = list(view.tables), set[CellKey]()
        for at, table in enumerate(tables):
            made = {key: self._cells.cell(key) for key in found if key[0] == table.key and key in view.spots}
            other = {key: cell for key, cell in made.items() if cell != table.cells[key]}
            if other:
                tables[at] = replace(table, cells={**table.cells, **other})
                differing.update(other)
        for key in found:
            if key in view.spots:
                self._count(key)
        if any(key[0] == NOTES_TABLE for key in figures):
            now = self._findings.resolved.sheet
            view = replace(view, notes=tuple(note_views(now.form, now.figures)))
        self.view = self._with(view, tuple(tables))
        return Patch(self.view, frozenset(differing))

    def _with(self, view: SheetView, tables: tuple[TableView, ...]) -> SheetView:
        """``view`` with these tables and what is told and owed now."""
        owing = bool(self._owed) or self._findings.given is None
        owing = owing or unconfirmed(finding for finding, _ in self._told.values()) > 0
        counts = Counter(finding.severity for finding in self._shown)
        return replace(
            view,
            tables=tables,
            findings=self._shown,
            unanswered=tuple(self._owed),
            state=state_of(self._stored, self._findings.resolved, counts, owing=owing),
            estimated=sum(map(bool, self._stated.values())),
        )

    def _count(self, key: CellKey) -> None:
        """Put a cell among those nobody answered, or take it away."""
        cell = self._findings.resolved[key]
        place = self._findings.reckoning.place(key)
        at = bisect_left(self._places, place)
        owed = at < len(self._places) and self._places[at] == place
        open_now = (
            cell.origin == "empty" and self.view.spots[key].kind != "text" and not self._cells.is_foreign(key)
        )
        if owed and not open_now:
            del self._places[at], self._owed[at]
        elif open_now and not owed:
            self._places.insert(at, place)
            self._owed.insert(at, key)

    def _tell(self) -> None:
        """Put into words what is wrong now; what was said before is kept, and of a blank sheet nothing."""
        former, self._told = self._told, {}
        now = self._findings.resolved
        found, drawn = self._findings.tell() if self._stored else ([], [])
        along = drawn_along(now, [broken for _, broken in found], drawn, self._parts)
        for (finding, broken), rows in zip(found, along, strict=True):
            known = former.get(id(finding))
            if known is None or known[0] is not finding or known[1].drawn != rows:
                known = finding, finding_view(now, self._names, finding, broken, rows, self._lang)
            self._told[id(finding)] = known
        views = [view for _, view in self._told.values()]
        self._shown = tuple(sorted(views, key=lambda view: SEVERITIES.index(view.severity)))
        self._cells.mark(self._shown, estimating=bool(self._stated))
