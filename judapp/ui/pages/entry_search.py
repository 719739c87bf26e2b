"""Ways to a cell of the sheet shown: finding words, going to a place by name, following a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui.grid.find_bar import FindBar
from judapp.ui.pages.board_trace import show_trace
from judapp.ui.session import Session
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.grid_trace import Traced
    from judapp.app.grid_view import SheetView
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.ui.grid.view import GridView
    from judapp.ui.pages.entry_sheet import SheetArea


class CellSearch(QObject):
    """Looks up what the find bar asks for and shows it, while the focus stays in the bar."""

    def __init__(
        self, session: Session, area: SheetArea, grid: GridView, sheet: Callable[[], SheetView | None]
    ) -> None:
        """``sheet`` is the sheet shown in ``area``."""
        super().__init__(area)
        self._session, self._area, self._grid, self._sheet = session, area, grid, sheet
        self._begun: CellKey | None = None
        self._shown: CellKey | None = None
        """A place in the notes that was found last; of a cell the grid knows itself."""
        self.bar = FindBar()
        self.bar.changed.connect(self._look)
        self.bar.stepped.connect(self.step)
        self.bar.went.connect(self._go)
        self.bar.left.connect(self._leave)
        grid.traced.connect(self._trace)

    def look(self) -> None:
        """Open the bar to find something."""
        self._grid.commit()
        self._begun, self._shown = self._grid.key(), None
        self.bar.look()

    def go(self) -> None:
        """Open the bar to go to a place."""
        self._grid.commit()
        self.bar.go()

    def step(self, by: int) -> None:
        """Show the next (1) or the previous (-1) place found; ask for words where there are none."""
        view = self._sheet()
        if view is None:
            return
        if not self.bar.words().strip():
            self.look()
            return
        self._grid.commit()
        hits = self._hits(view)
        here = self._shown or self._grid.key()
        if not hits or here is None:
            self._tell(hits, -1)
            return
        order = _order(view)
        at = order.get(here, 0)
        places = [order.get(hit, 0) for hit in hits]
        if by > 0:
            found = next((n for n, place in enumerate(places) if place > at), 0)
        else:
            found = next((n for n in reversed(range(len(places))) if places[n] < at), len(places) - 1)
        self._reveal(hits, found)

    def _look(self, words: str) -> None:
        """Show the first place in or after the row the search began at."""
        view = self._sheet()
        if view is None:
            return
        hits = self._hits(view)
        if not hits:
            self._tell(hits, -1)
            return
        order = _order(view)
        begun = 0
        if self._begun is not None:
            table, row, _ = self._begun
            begun = order.get((table, row, view.tables[view.table_of(table)].columns[0].name), 0)
        self._reveal(hits, next((n for n, hit in enumerate(hits) if order.get(hit, 0) >= begun), 0))

    def _hits(self, view: SheetView) -> tuple[CellKey, ...]:
        from judapp.app.grid_search import found

        return found(view, self.bar.words())

    def _reveal(self, hits: tuple[CellKey, ...], at: int) -> None:
        key = hits[at]
        if self._area.notes.show_place(key) is not None:
            self._shown = key
        else:
            self._shown = None
            self._area.show_cell(key)
        self._tell(hits, at)

    def _tell(self, hits: tuple[CellKey, ...], at: int) -> None:
        if not self.bar.words().strip():
            self.bar.tell("")
        else:
            self.bar.tell(f"{at + 1}/{len(hits)}" if hits else t("FND-none"))

    def _go(self, words: str) -> None:
        from judapp.app.grid_search import place_of

        view, here = self._sheet(), self._grid.key()
        if view is None or here is None:
            return
        try:
            key = place_of(view, words, here)
        except JudappError as error:
            self.bar.tell(of_error(error, language()))
            return
        self._area.show_cell(key)
        self.bar.leave()

    def _leave(self) -> None:
        field = self._area.notes.fields.get(self._shown) if self._shown is not None else None
        (self._grid if field is None else field).setFocus()

    # --- following a figure

    def _trace(self, onward: bool) -> None:
        """Select the cells the active one is reckoned from, or those reckoned from it."""
        view, key = self._sheet(), self._grid.key()
        if view is None or key is None:
            return

        def work(workspace: Workspace) -> Traced:
            from judapp.app.grid_trace import traced

            return traced(workspace, view.form, view.unit, view.period, key, onward=onward)

        def told(found: Traced) -> None:
            if self._grid.key() != key:
                return  # somebody went on
            cells = found.cells
            if cells:
                self._area.show_cell(cells[0])
                self._grid.select_keys(cell for cell in cells if cell[0] == cells[0][0])
                self._grid.setFocus()
            self._session.said.emit(t(found.said, n=len(cells)), False)
            if found.said == "FND-from-units":
                show_trace(self._session, self._grid, view.form, view.unit, view.period, key)

        self._session.ask(self, work, told, topic="trace")


def _order(view: SheetView) -> dict[CellKey, int]:
    """The order in which a sheet is read: tables, rows, columns, the places in the notes."""
    cells = [
        (table.key, line.key, leaf.name)
        for table in view.tables
        for line in table.rows
        for leaf in table.columns
    ]
    slots = [part.key for note in view.notes for part in note.parts if not isinstance(part, str)]
    return {key: at for at, key in enumerate(cells + slots)}
