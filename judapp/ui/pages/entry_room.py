"""Who gets how much room on the entry page: the head of the grid, its size, the panel, the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.ui.grid.zoom import keep_zoom, kept_zoom
from judapp.ui.pages.entry_panel import CELL, FINDINGS, NARROW, WIDE
from judapp.ui.settings import settings

if TYPE_CHECKING:
    from judapp.ui.pages.entry_sheet import SheetArea

_FOLDED_BELOW = 1200
"""Pixels of width under which the panel is shown only when asked for."""
_SPACIOUS = 1600
_HIGH = 700
"""Pixels of height from which the notes below the form are open by themselves."""


class Room:
    """Shows and hides what stands around the grid of ``area``; what somebody chose is remembered."""

    def __init__(self, area: SheetArea) -> None:
        self._area = area
        self._unfolded: bool | None = None
        grid, tools = area.grid, area.tools
        tools.compact_asked.connect(self.toggle_head)
        tools.panel_asked.connect(self.toggle_panel)
        tools.zoom_asked.connect(grid.set_zoom)
        grid.set_zoom(kept_zoom())
        grid.zoomed.connect(self._zoomed)
        tools.show_zoom(grid.zoom)

    def toggle_head(self) -> None:
        """Show the whole tree of heads, or names and numbers alone; remembered for this form."""
        view, grid = self._area.view, self._area.grid
        if view is not None:
            compact = not grid.compact
            settings().setValue(f"compact/{view.form}", compact)
            grid.show_compact(compact)
            self._area.tools.compact.setChecked(compact)

    def fit_head(self) -> None:
        """Show the head as it was chosen for this form, else as the room allows."""
        view, grid = self._area.view, self._area.grid
        if view is None:
            return
        kept = settings().value(f"compact/{view.form}")
        compact = grid.crowded() if kept is None else str(kept).lower() == "true"
        grid.show_compact(compact)
        self._area.tools.compact.setChecked(compact)

    def toggle_panel(self) -> None:
        """Show or hide the panel beside the grid."""
        self._unfolded = self._area.panel.isHidden()
        self._place()
        self._area.ask_details()

    def show_definition(self) -> None:
        """Show what the active cell means, in the panel."""
        self._open(CELL)
        self._area.panel.show_meaning()
        self._area.ask_details()

    def list_findings(self) -> None:
        """Show the findings, in the panel."""
        self._open(FINDINGS)

    def arrange(self) -> None:
        """Take another size of the page."""
        self._place()
        self.fit_head()

    def _open(self, tab: int) -> None:
        self._unfolded = True
        self._place()
        self._area.panel.setCurrentIndex(tab)

    def _place(self) -> None:
        area = self._area
        shown = area.width() >= _FOLDED_BELOW if self._unfolded is None else self._unfolded
        area.panel.setVisible(shown)
        area.panel.setFixedWidth(WIDE if area.width() >= _SPACIOUS else NARROW)
        area.tools.panel.setChecked(shown)
        area.notes.make_room(spacious=area.height() >= _HIGH)

    def _zoomed(self, percent: int) -> None:
        keep_zoom(percent)
        self._area.tools.show_zoom(percent)
        self.fit_head()
