"""The catalogue as a list: areas and circulars at the left, a search above, the chosen form told below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import theme
from judapp.ui.pages.forms_tree import ALL, AreaTree
from judapp.ui.pages.forms_tree import WIDTH as TREE_WIDTH
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Elided, Empty, Label, button
from judapp.ui.widgets.tables import ROW, Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.forms_view import Catalogue, FormLine, Scope

NUMBER, TITLE, CIRCULAR, VALID, SIZE, EVIDENCE, SERVES, SHEETS = range(8)
_NARROW, _MIDDLE = 640, 900
"""Below these widths of the list, columns that the chosen form says again are left out."""
_LOW = 400
"""Below this height the list has all the room."""
_MARKS = {"incomplete": "warning", "partial": "info"}


class FormsList(QWidget):
    """What is looked at (:attr:`shown`) stays until another catalogue comes."""

    opened = Signal(int)
    """A form version to show as it prints."""
    compared = Signal(int)
    exported = Signal(int)
    use_asked = Signal(int)
    edit_asked = Signal(int)
    add_asked = Signal()
    shipped_asked = Signal()
    """Forms the program ships and the file does not have are to be added."""

    def __init__(self) -> None:
        super().__init__()
        self.catalogue: Catalogue | None = None
        self.shown: tuple[FormLine, ...] = ()
        self.read_only = False
        """Whether nothing in the data file may be changed."""
        self._wanted = 0
        self._empty: Empty | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        self.tree = AreaTree()
        self.tree.picked.connect(self._fill)
        row.addWidget(self.tree)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        row.addLayout(column, 1)
        self.shipped = Bar("info")
        self._offered = ""
        """What was offered last: a person who closed the bar is not asked the same again."""
        column.addWidget(self.shipped)
        column.addLayout(self._searching())
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.table = self._table()
        self.stack.addWidget(self.table)
        self.about = AboutForm()
        column.addWidget(self.about)
        self.about.view.clicked.connect(partial(self._ask, self.opened))
        self.about.compare.clicked.connect(partial(self._ask, self.compared))
        self.about.export.clicked.connect(partial(self._ask, self.exported))
        self.setFocusProxy(self.table)

    def _searching(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("FMP-search"))
        self.search.setAccessibleName(t("FMP-search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(420)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        row.addWidget(self.search, 4)
        self.chips: dict[bool, QPushButton] = {}
        for this_period in (False, True):
            chip = button("", partial(self._narrow, this_period), "chip")
            chip.setCheckable(True)
            chip.setChecked(not this_period)
            self.chips[this_period] = chip
            row.addWidget(chip)
        row.addStretch(1)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        return row

    def _table(self) -> ListTable:
        table = ListTable(
            "forms",
            [
                Head(t("FMP-head-number"), 172),
                Head(t("FMP-head-title")),
                Head(t("FMP-head-circular"), 132),
                Head(t("FMP-head-valid"), 170),
                Head(t("FMP-head-size"), 104),
                Head(t("FMP-head-evidence"), 142),
                Head(t("FMP-head-serves"), 72),
                Head(t("FMP-head-sheets"), 62, numbers=True),
            ],
        )
        table.setAccessibleName(t("FMP-list"))
        table.opened.connect(lambda line: self.opened.emit(line.version))
        table.chosen.connect(self._chosen)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        return table

    # --- showing

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Show the forms; what is looked at and chosen stays where it still exists."""
        self.catalogue = catalogue
        self.tree.show_catalogue(catalogue)
        serving = sum(line.serves for line in catalogue.lines)
        self.chips[False].setText(t("FMP-chip-all", n=len(catalogue.lines)))
        self.chips[True].setText(t("FMP-chip-serves", n=serving, period=catalogue.period))
        self._fill()

    def offer_shipped(self, words: str) -> None:
        """Say which forms of the program are not in the file, with the way to add them; nothing for ""."""
        if not words:
            self.shipped.hide()
        elif words != self._offered:
            self.shipped.tell(words, (t("FMP-shipped-add"), self.shipped_asked.emit))
        self._offered = words

    def choose(self, version: int) -> None:
        """Make a form the current one, whatever was looked at."""
        self._wanted = version
        if self.catalogue is not None and version not in [line.version for line in self.shown]:
            self.search.clear()
            self._everywhere()
        self._go_to_wanted()

    def neighbour(self, version: int, step: int) -> int:
        """The form ``step`` lines below in the list as it is sorted, 0 where it ends."""
        order = [
            self.table.order.index(row, 0).data(ROW).data.version
            for row in range(self.table.order.rowCount())
        ]
        at = order.index(version) + step if version in order else -1
        return order[at] if 0 <= at < len(order) else 0

    def scope(self) -> Scope:
        """The part of the catalogue that is looked at."""
        from judapp.app.forms_view import Scope

        area, circular = self.tree.place()
        return Scope(area, circular, self.chips[True].isChecked())

    def _fill(self) -> None:
        if self.catalogue is None:
            return
        words, scope = self.search.text(), self.scope()
        self.shown = self.catalogue.found(words, scope)
        self.table.show_rows([_row(line) for line in self.shown], keep=lambda line: line.version)
        self._go_to_wanted()
        if self.shown:
            self.stack.setCurrentWidget(self.table)
        else:
            self._nothing(words, scope)
        self._fit()

    def _nothing(self, words: str, scope: Scope) -> None:
        from judapp.app.forms_view import Scope

        assert self.catalogue is not None  # asked for by _fill
        if self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
        act = (t("FMP-add"), self.add_asked.emit)
        if scope != Scope():
            act = (t("FMP-everywhere"), self._everywhere)
        self._empty = Empty(self.catalogue.nothing(words, scope).in_language(language()), *act)
        self.stack.addWidget(self._empty)
        self.stack.setCurrentWidget(self._empty)

    def _everywhere(self) -> None:
        """Look at the whole catalogue for the same words."""
        self._check(False)
        self.tree.go(ALL)
        self._fill()

    def _go_to_wanted(self) -> None:
        at = next((n for n, row in enumerate(self.table.list.rows) if row.data.version == self._wanted), -1)
        if at >= 0:
            self._wanted = 0
            row = self.table.order.mapFromSource(self.table.list.index(at, 0)).row()
            self.table.selectRow(row)
            self.table.scrollTo(self.table.order.index(row, 0))

    def _chosen(self, line: FormLine | None) -> None:
        alone = line is None or sum(other.family == line.family for other in self._all()) < 2
        self.about.show_line(line, alone=alone)

    def _all(self) -> tuple[FormLine, ...]:
        return self.catalogue.lines if self.catalogue is not None else ()

    # --- acts

    def _narrow(self, this_period: bool) -> None:
        self._check(this_period)
        self._fill()

    def _check(self, this_period: bool) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key == this_period)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _ask(self, signal: Any) -> None:
        line = self.table.current()
        if line is not None:
            signal.emit(line.version)

    def _menu(self, at: QPoint) -> None:
        if self.table.current() is None:
            return
        menu = QMenu(self.table)
        acts: list[tuple[str, Callable[[], object]]] = [
            (t("FMP-view"), partial(self._ask, self.opened)),
            (t("FMP-compare"), partial(self._ask, self.compared)),
            (t("FMP-edit"), partial(self._ask, self.edit_asked)),
            (t("FMP-use-from"), partial(self._ask, self.use_asked)),
            (t("FMP-export"), partial(self._ask, self.exported)),
            (t("FMP-copy-table"), self.table.copy),
        ]
        usable = self.table.current().evidence != "incomplete" and not self.read_only
        for words, act in acts:
            made = menu.addAction(words)
            made.triggered.connect(lambda _=False, act=act: act())
            made.setEnabled(usable or words != t("FMP-use-from"))
            if words == t("FMP-edit"):
                made.setEnabled(not self.read_only)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    # --- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.shown:
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what the chosen form says again, where there is no room for it."""
        room = self.width() - TREE_WIDTH - theme.PAD
        for column in (VALID, SIZE):
            self.table.setColumnHidden(column, room < _MIDDLE)
        self.table.setColumnHidden(CIRCULAR, room < _NARROW)
        self.about.setVisible(bool(self.shown) and self.height() >= _LOW)


class AboutForm(QFrame):
    """The chosen form in words: its whole title, how well it is known, what uses it; and what can be done."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAD, 10, theme.PAD, 10)
        column.setSpacing(4)
        self.title = Elided("", "strong")
        column.addWidget(self.title)
        self.place = Elided("", "caption")
        column.addWidget(self.place)
        self.evidence = Label("", wrap=True)
        column.addWidget(self.evidence)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        self.use = Elided("", "caption")
        foot.addWidget(self.use, 1)
        self.view = button(t("FMP-view"))
        self.compare = button(t("FMP-compare"))
        self.export = button(t("FMP-export"))
        for made in (self.view, self.compare, self.export):
            foot.addWidget(made)
        column.addLayout(foot)

    def show_line(self, line: FormLine | None, *, alone: bool) -> None:
        """Show another form; nothing where none is chosen. ``alone``: it has no other version."""
        for made in (self.view, self.compare, self.export):
            made.setEnabled(line is not None)
        if line is None:
            return
        self.compare.setEnabled(not alone)
        self.compare.setToolTip(t("FMP-alone") if alone else "")
        from judapp.app.forms_view import told

        lang = language()
        self.title.say(f"{line.number}  {line.title}")
        valid = line.valid.in_language(lang)
        self.place.say(t("FMP-about", circular=line.issued, valid=valid, size=line.size))
        meaning = line.evidence_meaning.in_language(lang)
        self.evidence.setText(meaning[:1].upper() + meaning[1:])
        self.use.say(told(line, lang))


def _row(line: FormLine) -> Row:
    lang = language()
    evidence = line.evidence_name.in_language(lang)
    return Row(
        (
            Cell(line.number, sort=line.order, strong=True),
            line.title,
            Cell(line.circular, tip=line.issued),
            Cell(line.valid.in_language(lang), sort=line.since.toordinal()),
            Cell(line.size, sort=line.cells),
            Cell(evidence, _MARKS.get(line.evidence, ""), tip=line.evidence_meaning.in_language(lang)),
            Cell("", "ok" if line.serves else "", sort=not line.serves,
                 tip=t("FMP-serves" if line.serves else "FMP-serves-not")),
            Cell(t("FMP-count", n=line.sheets) if line.sheets else "", sort=line.sheets),
        ),
        line,
    )  # fmt: skip
