"""The panel beside the grid: the active cell, the findings of the sheet, the history of the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QTabWidget, QWidget

from judapp.ui import theme
from judapp.ui.pages.entry_cell import CellPanel
from judapp.ui.pages.entry_findings import FindingList
from judapp.ui.pages.entry_history import HistoryPanel
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.app.grid_view import SheetView

NARROW, WIDE = 300, 360
CELL, FINDINGS, HISTORY = range(3)


class SidePanel(QTabWidget):
    """“Ô này”, “Kiểm tra n” and “Nhật ký”. What cannot be seen is not drawn before it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName(t("BSD-panel"))
        self.tabBar().setAccessibleName(t("BSD-panel"))
        self.tabBar().setExpanding(False)
        self.cell = CellPanel()
        self.findings = FindingList()
        self.history = HistoryPanel()
        self.jumped = self.findings.jumped
        self.explain_asked = self.cell.explain_asked
        self.addTab(_scrolled(self.cell, t("ENY-tab-cell")), t("ENY-tab-cell"))
        self.addTab(self.findings, t("ENY-tab-checks-none"))
        self.addTab(_scrolled(self.history, t("BSD-tab-history")), t("BSD-tab-history"))
        self._shown: tuple[CellDetails | None, bool, bool] = (None, False, True)
        self._seeks_meaning = False
        self.currentChanged.connect(self._draw)
        theme.theme().changed.connect(self.cell.redraw)

    @property
    def details(self) -> CellDetails | None:
        """What is known of the cell told last, whichever page is in front."""
        return self._shown[0]

    def show_sheet(self, view: SheetView) -> None:
        """Show the findings of a sheet."""
        self.findings.show_findings(view.findings)
        number = len(view.findings)
        self.setTabText(FINDINGS, t("ENY-tab-checks", n=number) if number else t("ENY-tab-checks-none"))

    def show_cell(self, details: CellDetails | None, *, asked: bool = False, locked: bool = True) -> None:
        """Show a cell; ``asked``: a finding wants its explanation; ``locked``: nothing can be changed."""
        former, self._shown = self._shown[0], (details, asked, locked)
        page, focus = self.currentWidget(), QApplication.focusWidget()
        inside = page is not None and focus is not None and page.isAncestorOf(focus)
        self._draw()
        if isinstance(page, QScrollArea):
            if inside and focus is not None and not focus.isVisible():  # it was drawn anew
                page.setFocus()
            if details is None or former is None or details.key != former.key:
                page.verticalScrollBar().setValue(0)
        self._seek()

    def show_meaning(self) -> None:
        """Bring what the active cell means into sight, now or as soon as it is known."""
        self.setCurrentIndex(CELL)
        self._seeks_meaning = True
        self._seek()

    def _seek(self) -> None:
        page = self.widget(CELL)
        if self._seeks_meaning and self._shown[0] is not None and isinstance(page, QScrollArea):
            self._seeks_meaning = False
            self.cell.adjustSize()
            page.ensureWidgetVisible(self.cell.meaning, 0, self.height() // 2)

    def _draw(self) -> None:
        details, asked, locked = self._shown
        shown = self.currentIndex()
        if shown == CELL or details is None:
            self.cell.say(details, asked=asked, locked=locked)
        if shown == HISTORY or details is None:
            self.history.say(details, locked=locked)


def _scrolled(inside: QWidget, name: str) -> QScrollArea:
    """A page of the panel that scrolls up and down, also by keyboard."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    scroll.setAccessibleName(name)
    return scroll
