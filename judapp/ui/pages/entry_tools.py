"""The row of tools over the grid: which part of a figure is shown, fill helpers, rows, head, zoom, panel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import button

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView, TableView
    from judapp.domain.entry import Layer


class ToolRow(QWidget):
    """Says what was asked for; the sheet's area does it."""

    layer_asked = Signal(str)
    """``printed`` or ``estimated``: which part of a figure the grid shows and takes."""
    nil_asked = Signal()
    pending_asked = Signal()
    draft_asked = Signal()
    confirm_asked = Signal(bool)
    """Stand-ins are confirmed: True for all of the sheet, False for the selected ones."""
    add_asked = Signal()
    rename_asked = Signal()
    move_asked = Signal(int)
    """-1 up, 1 down."""
    remove_asked = Signal()
    compact_asked = Signal()
    panel_asked = Signal()
    zoom_asked = Signal(int)
    """Per cent."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.layers: dict[Layer, QPushButton] = {}
        row.addWidget(self._layer_switch())
        self.fill = button(t("SHT-fill"), self.offer_fills)
        row.addWidget(self.fill)
        self.add = button(t("SHT-add-row"), self.add_asked.emit, icon="add", tip=t("SHT-add-row-tip"))
        row.addWidget(self.add)
        self.rows = button(t("SHT-rows"), self.offer_rows, tip=t("SHT-rows-tip"))
        row.addWidget(self.rows)
        row.addStretch(1)
        self.compact = button(t("SHT-compact"), self.compact_asked.emit, "chip", tip=t("ENY-compact"))
        self.compact.setCheckable(True)
        row.addWidget(self.compact)
        self.zoom = button(t("SHT-zoom", percent=100), self.offer_zooms, tip=t("SHT-zoom-tip"))
        row.addWidget(self.zoom)
        self.panel = button("", self.panel_asked.emit, "tool", icon="document", tip=t("ENY-panel"))
        self.panel.setCheckable(True)
        row.addWidget(self.panel)
        self.unanswered = self.drafts = 0
        self.own = False
        """Whether the active row is one somebody added."""

    def _layer_switch(self) -> QWidget:
        self.switch = QWidget()
        row = QHBoxLayout(self.switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        group = QButtonGroup(self)
        layers: tuple[tuple[Layer, str], ...] = (
            ("printed", "SHT-layer-printed"),
            ("estimated", "SHT-layer-estimated"),
        )
        for layer, code in layers:
            made = button(t(code), partial(self.layer_asked.emit, layer), "chip", tip=t("SHT-layer-tip"))
            made.setCheckable(True)
            group.addButton(made)
            row.addWidget(made)
            self.layers[layer] = made
        self.layers["printed"].setChecked(True)
        return self.switch

    # --- what is shown

    def show_sheet(self, view: SheetView, table: TableView) -> None:
        """Show what this sheet takes."""
        from judapp.app.drafts import UNCONFIRMED

        self.unanswered = len(view.unanswered)
        self.drafts = sum(finding.code == UNCONFIRMED for finding in view.findings)
        self.switch.setVisible(view.estimates)
        self.fill.setVisible(not view.locked)
        self.add.setVisible(bool(table.free) and not view.locked)
        self.rows.setVisible(bool(table.free) and not view.locked)
        self.compact.setVisible(table.levels > (2 if table.numbered else 1))

    def show_layer(self, layer: Layer) -> None:
        """Show which part of a figure the grid is at."""
        self.layers[layer].setChecked(True)

    def show_zoom(self, percent: int) -> None:
        """Show how large the grid is drawn."""
        self.zoom.setText(t("SHT-zoom", percent=percent))

    # --- menus

    def offer_fills(self) -> None:
        """Open the helpers that fill open cells."""
        self._open(self.fill_menu(), self.fill)

    def fill_menu(self) -> QMenu:
        """What open cells may be filled with, each with how many they are."""
        menu = QMenu(self)
        menu.addAction(t("ENY-fill", n=self.unanswered), self.nil_asked.emit)
        menu.addAction(t("SHT-fill-draft"), self.draft_asked.emit)
        menu.addAction(t("SHT-fill-pending", n=self.unanswered), self.pending_asked.emit)
        for action in menu.actions():
            action.setEnabled(self.unanswered > 0)
        if self.drafts:
            menu.addSeparator()
            menu.addAction(t("SHT-confirm-selected"), partial(self.confirm_asked.emit, False))
            menu.addAction(t("SHT-confirm-all", n=self.drafts), partial(self.confirm_asked.emit, True))
        return menu

    def offer_rows(self) -> None:
        """Open what can be done with the active row."""
        self._open(self.row_menu(), self.rows)

    def row_menu(self) -> QMenu:
        """Acts on the active row; only rows somebody added are changed."""
        menu = QMenu(self)
        menu.addAction(t("SHT-row-rename"), self.rename_asked.emit)
        menu.addAction(t("SHT-row-up"), partial(self.move_asked.emit, -1))
        menu.addAction(t("SHT-row-down"), partial(self.move_asked.emit, 1))
        menu.addAction(t("SHT-row-remove"), self.remove_asked.emit)
        for action in menu.actions():
            action.setEnabled(self.own)
        return menu

    def offer_zooms(self) -> None:
        """Open the sizes."""
        from judapp.ui.grid.zoom import LEVELS

        menu = QMenu(self)
        for percent in LEVELS:
            menu.addAction(t("SHT-zoom-to", percent=percent), partial(self.zoom_asked.emit, percent))
        self._open(menu, self.zoom)

    def _open(self, menu: QMenu, under: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
