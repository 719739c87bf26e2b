"""Step 2 of learning a form: the worksheet at the left, what was read from it at the right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.pages.learning_cards import Decisions
from judapp.ui.pages.learning_list import PartTree
from judapp.ui.pages.learning_sheet import SheetPicture
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label

if TYPE_CHECKING:
    from judapp.app.learn_view import LearnView
    from judapp.domain.cell_name import Position

_PANEL, _WIDE_PANEL = 520, 680
"""Width of the definition, and from which width of the page on it takes the greater one."""
_SPACIOUS = 1500
_CARDS_SHARE = 0.46
"""Of the height the things to decide may take; the rest of them is scrolled to."""


class LookPane(QWidget):
    """A blank and its definition side by side; what a person does with them goes out as signals."""

    edited = Signal(str, str)
    """A path of the definition and the value to put there."""
    accepted = Signal(str)
    dropped = Signal(str)
    all_accepted = Signal()
    role_given = Signal(int, object)
    inserted = Signal(str)
    sheet_asked = Signal(str)
    """Another worksheet is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.view: LearnView | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        left = QVBoxLayout()
        left.setSpacing(4)
        row.addLayout(left, 1)
        self.sheet = SheetPicture()
        left.addWidget(self.sheet, 1)
        self.sheets = QTabBar()
        self.sheets.setDrawBase(False)
        self.sheets.setExpanding(False)
        left.addWidget(self.sheets)
        left.addWidget(Elided(t("LRP-legend"), "caption"))
        self.panel = QWidget()
        row.addWidget(self.panel)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Label(t("LRP-definition"), "section"))
        self.state = Elided("", "strong")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.state, 1)
        column.addLayout(top)
        self.decisions = Decisions()
        column.addWidget(self.decisions)
        self.parts = PartTree()
        column.addWidget(self.parts, 1)
        self._connect()

    def _connect(self) -> None:
        self.sheet.picked.connect(self._picked)
        self.sheet.role_given.connect(self.role_given)
        self.sheets.currentChanged.connect(self._other_sheet)
        queued = Qt.ConnectionType.QueuedConnection  # an editor or button is done before it is made anew
        for source in (self.decisions, self.parts):
            source.accepted.connect(self.accepted, queued)
            source.dropped.connect(self.dropped, queued)
            source.looked.connect(self.sheet.mark)
        self.decisions.answered.connect(self.edited, queued)
        self.decisions.all_accepted.connect(self.all_accepted, queued)
        self.decisions.mend_asked.connect(self.mend)
        self.parts.edited.connect(self.edited, queued)
        self.parts.inserted.connect(self.inserted, queued)

    def show_view(self, view: LearnView, given: frozenset[int], *, known: bool = False) -> None:
        """Show a blank, or what became of it; ``given`` are the worksheet rows whose role a person said.

        ``known``: a form of the catalogue, whose sheet is not read again.
        """
        self.view = view
        self.sheet.fixed = known
        names = list(view.sheets)
        self.sheets.blockSignals(True)
        if names != [self.sheets.tabText(at) for at in range(self.sheets.count())]:
            while self.sheets.count():
                self.sheets.removeTab(0)
            for name in names:
                self.sheets.addTab(name)
        self.sheets.setCurrentIndex(names.index(view.picture.sheet) if view.picture.sheet in names else 0)
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(names) > 1)
        if self.sheet.picture is not view.picture or self.sheet.given != given:
            self.sheet.show_picture(view.picture, given)
        self.state.say(view.state)
        self.decisions.show_decisions(view.decisions)
        self.parts.show_parts(view.parts, known=known)
        for one, other in pairwise((self.sheets, *self.decisions.stops(), self.parts)):
            self.setTabOrder(one, other)  # cards are made later than what stands below them

    def begin(self) -> None:
        """Put the focus where there is something to do."""
        if self.decisions.cards:
            self.decisions.cards[0].setFocus()
            self.decisions.ensureWidgetVisible(self.decisions.cards[0])
        else:
            self.parts.setFocus()

    def mend(self, path: str) -> None:
        """Open the editor of the part at ``path``."""
        if self.parts.go_to(path, edit=True):
            self.sheet.mark(self.parts.cells_of(self.parts.current_path()))

    def _picked(self, cell: Position) -> None:
        if self.view is None:
            return
        from judapp.app.learn_view import part_at

        part = part_at(self.view.parts, cell)
        if part is not None:
            self.parts.go_to(part.path)
        self.sheet.mark(part.cells if part is not None else (cell,))

    def _other_sheet(self, at: int) -> None:
        if self.view is not None and self.sheets.tabText(at) != self.view.picture.sheet:
            self.sheet_asked.emit(self.sheets.tabText(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = _WIDE_PANEL if self.width() >= _SPACIOUS else _PANEL
        self.panel.setFixedWidth(min(width, max(320, self.width() // 2)))
        self.decisions.setMaximumHeight(max(96, int(self.height() * _CARDS_SHARE)))
