"""Tiến độ: where the province stands, in sentences with bars; every indicator; every published figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from judapp.ui.pages.base import Page
from judapp.ui.pages.progress_claims import Claims
from judapp.ui.pages.progress_indicators import Indicators
from judapp.ui.pages.progress_overview import Overview
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Empty, Label

if TYPE_CHECKING:
    from judapp.app.director import Front
    from judapp.app.director_sources import SourceCell
    from judapp.app.workspace import Workspace

OVERVIEW, INDICATORS, CLAIMS = range(3)


class ProgressPage(Page):
    """The director's page: the answer first, then the figures, then the cells they come from."""

    name = "progress"
    title = "WIN-progress"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.front: Front | None = None
        self._wanted: dict[str, Any] = {}
        self.place = Label("", "caption")
        self.head.add(self.place)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.stack.addWidget(self.tabs)
        self.overview = Overview(session.failed.emit)
        self.indicators = Indicators(session.failed.emit)
        self.claims = Claims()
        self.tabs.addTab(self.overview, t("PRG-tab-overview"))
        self.tabs.addTab(self.indicators, t("PRG-tab-indicators"))
        self.tabs.addTab(self.claims, t("PRG-tab-claims"))
        self._empty: QWidget | None = None
        self.overview.indicator_asked.connect(self.open_indicator)
        self.overview.claim_asked.connect(self.open_claim)
        self.overview.home_asked.connect(lambda: session.show("home"))
        self.overview.all_asked.connect(lambda: self.tabs.setCurrentIndex(INDICATORS))
        self.indicators.panel.cell_asked.connect(self._go_to)
        self.indicators.panel.claim_asked.connect(self.open_claim)
        self.claims.indicator_asked.connect(self.open_indicator)
        as_table = QShortcut(QKeySequence("Ctrl+T"), self)
        as_table.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        as_table.activated.connect(self._as_table)

    def arrive(self, **place: Any) -> None:
        """Take ``indicator`` (its id), ``claim`` (its uid) or ``tab`` (0 – 2); shown with the next answer."""
        self._wanted = place

    def refresh(self) -> None:
        """Reckon the page anew; what is shown stays until then."""
        unit, period = self.session.unit, self.session.period

        def work(workspace: Workspace) -> Front:
            from judapp.app.director import front

            return front(workspace, unit, period)

        self.session.ask(self, work, self.show_front)

    def show_front(self, front: Front) -> None:
        """Show what was reckoned."""
        self.front = front
        lang = language()
        self.head.say(front.headline.in_language(lang))
        self.place.setText(f"{front.unit_name} · {front.period.name.in_language(lang)}")
        if front.empty is not None:
            self._show_empty(front.empty.in_language(lang))
            return
        self.overview.show_front(front)
        self.indicators.show_front(front)
        self.claims.show_front(front)
        self.stack.setCurrentWidget(self.tabs)
        wanted, self._wanted = self._wanted, {}
        if "tab" in wanted:
            self.tabs.setCurrentIndex(wanted["tab"])
        if "indicator" in wanted:
            self.open_indicator(wanted["indicator"])
        if "claim" in wanted:
            self.open_claim(wanted["claim"])

    def open_indicator(self, own: str) -> None:
        """Show an indicator with its cells."""
        self.tabs.setCurrentIndex(INDICATORS)
        self.indicators.open(own)

    def open_claim(self, uid: str) -> None:
        """Show a published figure."""
        self.tabs.setCurrentIndex(CLAIMS)
        self.claims.open(uid)

    def _as_table(self) -> None:
        self.tabs.setCurrentIndex(OVERVIEW if self.tabs.currentIndex() == INDICATORS else INDICATORS)

    def _go_to(self, cell: SourceCell) -> None:
        self.session.go(period=cell.period, unit=cell.unit)
        self.session.show("entry", form=cell.form, cell=cell.cell)

    def _show_empty(self, sentence: str) -> None:
        if self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = Empty(sentence, t("PRG-to-entry"), lambda: self.session.show("entry"))
        self.stack.addWidget(self._empty)
        self.stack.setCurrentWidget(self._empty)
