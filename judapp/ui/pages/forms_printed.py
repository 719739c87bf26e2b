"""One form as it prints, with what is known of it beside, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.pages.forms_facts import FormFacts
from judapp.ui.pages.forms_paper import PaperView
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.forms_view import FormDetails

_SIDE, _WIDE_SIDE, _WIDE = 320, 380, 1500
"""Pixels of the facts, and from which width of the pane they have more."""
_NARROW = 900
"""Below this width sheet and facts are tabs."""


class PaneHead(QWidget):
    """The way back, what is shown, and its acts at the right; below it the sentence."""

    def __init__(self, back: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.GAP)
        column.addLayout(self.row)
        self.back = button(back, None, "link", icon="chevron_left")
        self.row.addWidget(self.back)
        self.title = Label("", "title")
        self.title.setMinimumHeight(theme.CONTROL)
        self.row.addWidget(self.title)
        self.row.addStretch(1)
        self.sentence = Elided("", "sentence")
        column.addWidget(self.sentence)


class PrintedForm(QWidget):
    """The pane of one form; Esc goes back, Ctrl+PgUp and Ctrl+PgDn to its neighbours in the list."""

    left = Signal()
    opened = Signal(int)
    stepped = Signal(int)
    compared = Signal(int)
    exported = Signal(int)
    use_asked = Signal(int)
    edit_asked = Signal(int)
    entered = Signal(str)
    """The number of a form to fill in."""

    def __init__(self) -> None:
        super().__init__()
        self.details: FormDetails | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.head = PaneHead(t("FMP-back"))
        self.head.back.clicked.connect(self.left.emit)
        column.addWidget(self.head)
        self._acts()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.addTab(t("FMP-tab-sheet"))
        self.tabs.addTab(t("FMP-tab-facts"))
        self.tabs.currentChanged.connect(self._fit)
        column.addWidget(self.tabs)
        sides = QHBoxLayout()
        sides.setSpacing(theme.PAD)
        column.addLayout(sides, 1)
        self.sheet = QWidget()
        left = QVBoxLayout(self.sheet)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.GAP)
        self.paper = PaperView()
        left.addWidget(self.paper, 1)
        left.addLayout(self._zooming())
        sides.addWidget(self.sheet, 1)
        self.facts = FormFacts()
        self.facts.opened.connect(self.opened.emit)
        sides.addWidget(self.facts)
        self.setFocusProxy(self.paper)
        for keys, act in (
            ("Esc", self.left.emit),
            ("Ctrl+PgUp", lambda: self.stepped.emit(-1)),
            ("Ctrl+PgDown", lambda: self.stepped.emit(1)),
            ("Ctrl+0", self.paper.fit_width),
            ("Ctrl++", lambda: self.paper.zoom(1)),
            ("Ctrl+=", lambda: self.paper.zoom(1)),
            ("Ctrl+-", lambda: self.paper.zoom(-1)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _acts(self) -> None:
        row = self.head.row
        self.previous = button("", lambda: self.stepped.emit(-1), "tool", icon="chevron_left",
                               tip=t("FMP-previous"))  # fmt: skip
        self.next = button("", lambda: self.stepped.emit(1), "tool", icon="chevron_right", tip=t("FMP-next"))
        self.compare = button(t("FMP-compare"), lambda: self.compared.emit(self.version))
        self.edit = button(t("FMP-edit"), lambda: self.edit_asked.emit(self.version))
        self.use = button(t("FMP-use-from"), lambda: self.use_asked.emit(self.version))
        self.export = button(t("FMP-export"), lambda: self.exported.emit(self.version))
        self.enter = button(t("FMP-enter"), self._enter, "primary")
        self.more = button("", self._more, "tool", icon="more", tip=t("FMP-more"))
        self.more.setAccessibleName(t("FMP-more"))
        acts = (self.compare, self.edit, self.use, self.export)
        for made in (self.previous, self.next, *acts, self.more, self.enter):
            row.addWidget(made)

    def _more(self) -> None:
        """The acts there is no room for."""
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """What else can be done with the form, where its head is too narrow to show it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for made in (self.edit, self.use, self.export):
            act = menu.addAction(made.text())
            act.setEnabled(made.isEnabled())
            act.triggered.connect(lambda _=False, made=made: made.click())
        return menu

    def _zooming(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.about = Elided("", "caption")
        row.addWidget(self.about, 1)
        self.smaller = button("−", lambda: self.paper.zoom(-1), "tool", tip=t("FMP-smaller"))
        self.smaller.setAccessibleName(t("FMP-smaller"))
        self.percent = Label("", "caption")
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.percent.setMinimumWidth(48)
        self.larger = button("+", lambda: self.paper.zoom(1), "tool", tip=t("FMP-larger"))
        self.larger.setAccessibleName(t("FMP-larger"))
        self.fit = button(t("FMP-fit"), self.paper.fit_width, "link")
        for made in (self.smaller, self.percent, self.larger, self.fit):
            row.addWidget(made)
        self.paper.zoomed.connect(self._zoomed)
        return row

    @property
    def version(self) -> int:
        """The form version shown, 0 before the first."""
        return self.details.line.version if self.details is not None else 0

    def show_details(self, details: FormDetails, *, before: bool, behind: bool, read_only: bool) -> None:
        """Show a form; ``before`` and ``behind`` say whether the list goes on there."""
        same = self.details is not None and self.details.picture == details.picture
        self.details = details
        line = details.line
        self.head.title.setText(line.number)
        self.head.sentence.say(line.title)
        if not same:
            self.paper.show_picture(details.picture, f"{line.number} {line.title}")
        way = "FMP-landscape" if details.picture.landscape else "FMP-portrait"
        self.about.say(t("FMP-paper", paper=details.picture.paper, way=t(way), size=line.size))
        self.facts.show_details(details)
        self.previous.setEnabled(before)
        self.next.setEnabled(behind)
        alone = len(details.versions) < 2
        self.compare.setEnabled(not alone)
        self.compare.setToolTip(t("FMP-alone") if alone else "")
        self.edit.setEnabled(not read_only)
        self.edit.setToolTip(t("WIN-read-only") if read_only else "")
        incomplete = line.evidence == "incomplete"
        self.use.setEnabled(not (read_only or incomplete))
        self.use.setToolTip(t("WIN-read-only") if read_only else t("FMP-not-entered") if incomplete else "")
        self.enter.setVisible(line.serves and not incomplete)

    def _enter(self) -> None:
        if self.details is not None:
            self.entered.emit(self.details.line.number)

    def _zoomed(self) -> None:
        self.percent.setText(t("FMP-percent", n=self.paper.percent))
        self.fit.setEnabled(not (self.paper.fitting and self.paper.whole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _NARROW
        for made in (self.edit, self.use, self.export):
            made.setVisible(not narrow)
        self.more.setVisible(narrow)
        self.tabs.setVisible(narrow)
        facts = self.tabs.currentIndex() == 1
        self.sheet.setVisible(not (narrow and facts))
        self.facts.setVisible(facts or not narrow)
        if narrow:
            self.facts.setMinimumWidth(0)
            self.facts.setMaximumWidth(16_777_215)
        else:
            self.facts.setFixedWidth(_WIDE_SIDE if self.width() >= _WIDE else _SIDE)
