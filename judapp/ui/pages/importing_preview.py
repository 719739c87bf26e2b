"""Right of the list: one file's sheet old → new, what is wrong with it, and what a person may decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.pages.importing_grid import ARROW, PreviewGrid
from judapp.ui.pages.importing_list import mark_icon, status_of
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.import_preview import SheetPreview
    from judapp.app.import_view import FileRow, Rival

_MOST_LINES_HIGH = 152
"""Pixels of findings seen at once; the rest is scrolled to."""
Acts = list[tuple[str, Callable[[], object]]]

_ABOUT_RIVALS = ("MAP-013", "MAP-018")
_MARKS = {"error": "error", "explain": "explain", "warning": "warning", "info": "info"}


class PreviewPanel(QWidget):
    """One file; acts go out as signals, the page carries them out."""

    unit_asked = Signal(int)
    period_asked = Signal(int)
    own_period_asked = Signal(int, bool)
    """A file is to be taken into the period it states; True for all files of another period."""
    kept = Signal(int, bool)
    """Of several files for one sheet the one at this position counts, or none."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        top = QHBoxLayout()
        top.setSpacing(12)
        self.title = Elided("", "strong")
        top.addWidget(self.title, 1)
        self.only = QCheckBox(t("IMW-only-news"))
        self.only.setChecked(True)
        self.only.toggled.connect(lambda _: self._draw())
        top.addWidget(self.only)
        column.addLayout(top)
        under = QHBoxLayout()
        under.setSpacing(theme.GAP)
        self.mark = QLabel()
        under.addWidget(self.mark)
        self.about = Elided("", "caption")
        under.addWidget(self.about, 1)
        self.other_unit = button(t("IMW-other-unit"), lambda: self.unit_asked.emit(self.position), "link")
        under.addWidget(self.other_unit)
        column.addLayout(under)
        self.question = Label("", wrap=True)
        column.addWidget(self.question)
        self.acts = Flow()
        column.addWidget(self.acts)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(lambda _: self._draw())
        column.addWidget(self.tabs)
        self.grid = PreviewGrid()
        self.grid.looked_at.connect(self._look)
        column.addWidget(self.grid, 1)
        self.cell = Elided("", "caption")
        column.addWidget(self.cell)
        self.lines = QListWidget()
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.lines.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.lines.setAccessibleName(t("IMW-findings"))
        self.lines.itemClicked.connect(self._go)
        self.lines.itemActivated.connect(self._go)
        column.addWidget(self.lines)
        self.control = Label("", "caption", wrap=True, copy=True)
        column.addWidget(self.control)
        self.space = QWidget()
        column.addWidget(self.space, 1)
        self.position = -1
        self._sheet: SheetPreview | None = None
        self.clear()

    def clear(self) -> None:
        """Show nothing but how to begin."""
        self.position = -1
        self.title.say("")
        self.about.say(t("IMW-choose-row"))
        self.mark.hide()
        self._lay(None)
        self._ask("", [])
        self._findings(None)
        self.other_unit.hide()

    def show_row(self, row: FileRow, *, out: bool, elsewhere: int, others: int) -> None:
        """Show what is known of a file at once; its sheet follows (:meth:`show_sheet`).

        ``elsewhere`` files are of another period; ``others`` more are selected and lack the same.
        """
        self.position = row.position
        self.title.say(" › ".join(filter(None, (row.name, row.sheet))))
        mark, words = status_of(row, out=out)
        self.mark.setPixmap(icons.mark(mark))
        self.mark.show()
        self.about.say(" · ".join(filter(None, (words, row.form, row.unit))))
        self._lay(None)
        self._questions(row, elsewhere, others)
        self._findings(row)
        self.other_unit.setVisible(row.status in ("ready", "unchanged") and not row.rivals)

    def show_sheet(self, sheet: SheetPreview | None) -> None:
        """Show the sheet of the row shown."""
        if sheet is None or sheet.position != self.position:
            return
        self.about.say(" · ".join((sheet.form, sheet.unit, sheet.period)))
        self._lay(sheet)
        for note in sheet.notes:
            old = f"{note.before}{ARROW}" if note.before else ""
            self._line("info", t("IMW-note", label=note.label, value=f"{old}{note.after}"), note.source)
        self._fit_lines()

    # --- inside

    def _lay(self, sheet: SheetPreview | None) -> None:
        self._sheet = sheet
        known = sheet is not None
        for widget in (self.grid, self.cell, self.control, self.only):
            widget.setVisible(known)
        self.space.setVisible(not known)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for table in sheet.tables if sheet else ():
            self.tabs.addTab(table.title or t("IMW-table", n=self.tabs.count() + 1))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(self.tabs.count() > 1)
        self.control.setText(sheet.control if sheet else "")
        self._draw()

    def _draw(self) -> None:
        table = max(0, self.tabs.currentIndex())
        only = self.only.isChecked() and self._sheet is not None and bool(self._sheet.before)
        self.grid.show_table(self._sheet, table, only_news=only)
        self._look("")
        self.grid.first_news()

    def _look(self, words: str) -> None:
        self.cell.say(words or t("IMW-look-at-cell"))

    def _questions(self, row: FileRow, elsewhere: int, others: int) -> None:
        more = t("IMW-and-others", n=others) if others else ""
        if row.needs_unit:
            self._ask(more, [(t("IMW-choose-unit"), lambda: self.unit_asked.emit(row.position))])
        elif row.needs_period:
            self._ask(more, [(t("IMW-choose-period"), lambda: self.period_asked.emit(row.position))])
        elif row.stated is not None:
            from judapp.app.desk import period_name

            name = period_name(row.stated)
            acts: Acts = [
                (t("IMW-own-period", period=name), lambda: self.own_period_asked.emit(row.position, False))
            ]
            if elsewhere > 1:
                every = t("IMW-own-periods", n=elsewhere)
                acts.append((every, lambda: self.own_period_asked.emit(row.position, True)))
            self._ask("", acts)
        elif row.rivals:
            self._choose(row)
        else:
            self._ask("", [])

    def _choose(self, row: FileRow) -> None:
        newest = row.rivals[0]
        acts: Acts = []
        for rival in row.rivals:
            words = _keeping(rival, newest, len(row.rivals))
            acts.append((words, partial(self.kept.emit, rival.position, True)))
        none = t("IMW-keep-neither") if len(row.rivals) == 2 else t("IMW-keep-none")
        acts.append((none, lambda: self.kept.emit(row.position, False)))
        code = "IMW-rivals-differ" if row.rivals_differ else "IMW-rivals-alike"
        self._ask(t(code, n=len(row.rivals), cells=row.rivals_differ), acts)

    def _ask(self, words: str, acts: Acts) -> None:
        self.question.setText(words)
        self.question.setVisible(bool(words))
        self.acts.fill([button(text, act) for text, act in acts])

    def _findings(self, row: FileRow | None) -> None:
        self.lines.clear()
        told = () if row is None or not row.rivals else _ABOUT_RIVALS  # the question says it
        for finding in row.findings if row else ():
            if finding.code in told:
                continue
            self._line(_MARKS[finding.severity], f"{finding.text} ({finding.code})", finding.cell)
        self._fit_lines()

    def _line(self, mark: str, words: str, cell: str) -> None:
        item = QListWidgetItem(t("IMW-at-cell", cell=cell, text=words) if cell else words)
        item.setIcon(mark_icon(mark))
        item.setData(Qt.ItemDataRole.UserRole, cell)
        item.setToolTip(item.text())
        self.lines.addItem(item)

    def _fit_lines(self) -> None:
        """Give every line the height of its words; at most so much of the panel."""
        metrics = self.lines.fontMetrics()
        room = QRect(0, 0, max(120, self.width() - 60), 1000)
        wrapped = int(Qt.TextFlag.TextWordWrap)
        used = 2 * self.lines.frameWidth()
        for at in range(self.lines.count()):
            item = self.lines.item(at)
            height = max(24, metrics.boundingRect(room, wrapped, item.text()).height() + 8)
            item.setSizeHint(QSize(0, height))
            used += height
        self.lines.setVisible(self.lines.count() > 0)
        self.lines.setFixedHeight(min(used, _MOST_LINES_HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lines()

    def _go(self, item: QListWidgetItem) -> None:
        cell = item.data(Qt.ItemDataRole.UserRole)
        if self._sheet is None or not cell:
            return
        key = next((key for key, source in self._sheet.sources.items() if source == cell), None)
        if key is None:
            return
        table = next((at for at, view in enumerate(self._sheet.tables) if view.key == key[0]), 0)
        if table != self.tabs.currentIndex() and self.tabs.count() > 1:
            self.tabs.setCurrentIndex(table)
        self.grid.go_to(key)


def _keeping(rival: Rival, newest: Rival, count: int) -> str:
    when = f"{rival.modified:%d/%m %H:%M}"
    if count > 2:
        return t("IMW-keep-this", name=rival.name, when=when)
    return t("IMW-keep-newer" if rival is newest else "IMW-keep-older", when=when)


class Flow(QWidget):
    """Buttons side by side, in as many lines as their words need."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []

    def fill(self, buttons: Sequence[QPushButton]) -> None:
        """Show other buttons."""
        for former in self.buttons:
            former.hide()
            former.deleteLater()
        self.buttons = list(buttons)
        for made in self.buttons:
            made.setParent(self)
            made.show()
        self.setVisible(bool(self.buttons))
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        x = y = 0
        for made in self.buttons:
            size = made.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + theme.CONTROL + theme.GAP
            made.setGeometry(x, y, min(size.width(), self.width()), theme.CONTROL)
            x += size.width() + theme.GAP
        self.setFixedHeight(y + theme.CONTROL if self.buttons else 0)
