"""Right of the list: one file's sheet old → new, what is wrong with it, and what a person may decide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.pages.importing_grid import ARROW, PreviewGrid
from judapp.ui.pages.importing_list import mark_icon, status_of
from judapp.ui.pages.importing_questions import Act, Block, Questions
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.import_asking import Answer, Looked, Question
    from judapp.app.import_preview import SheetPreview
    from judapp.app.import_view import FileRow, Rival
    from judapp.domain.shape import CellKey

_MOST_LINES_HIGH, _LINES_SHARE = 152, 0.24
"""Pixels of findings seen at once, and their share of the panel; the rest is scrolled to."""
_LEAST_GRID = 132
"""Pixels of the sheet that stay in sight whatever is asked: the panel is scrolled where it has less room."""
_MOST_DIFFERENCES = 200
_KEY = Qt.ItemDataRole.UserRole + 1
_ASKED = ("CEL-003", "CMP-002", "CMP-005", "LET-001")
_ABOUT_RIVALS = ("MAP-004", "MAP-018")
_MARKS = {"error": "error", "explain": "explain", "warning": "warning", "info": "info"}


class PreviewPanel(QWidget):
    """One file; acts go out as signals, the page carries them out."""

    unit_asked = Signal(int)
    period_asked = Signal(int)
    own_period_asked = Signal(int, bool)
    """A file is to be taken into the period it states; True for all files of another period."""
    kept = Signal(int, bool)
    """Of several files for one sheet the one at this position counts, or none."""
    answered = Signal(int, dict, bool)
    """What was said of a worksheet, by the names of a decision's fields, and whether to remember it."""
    opened = Signal(int, str, str, bool)
    """What an answer needs: "unit", "form", "columns" or "period", a form, and whether to remember it."""
    cell_left = Signal(int, str, bool)
    """A cell of the worksheet is taken out of what is written, or in again."""

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
        self.why = Elided("", "caption")
        column.addWidget(self.why)
        self.questions = Questions()
        column.addWidget(self.questions)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(lambda _: self._draw())
        column.addWidget(self.tabs)
        self.grid = PreviewGrid()
        self.grid.setMinimumHeight(_LEAST_GRID)
        self.grid.looked_at.connect(self._look)
        column.addWidget(self.grid, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)
        self.cell = Elided("", "caption")
        below.addWidget(self.cell, 1)
        self.leave = button("", self._leave, "link")
        below.addWidget(self.leave)
        column.addLayout(below)
        self.grid.space.connect(self._leave)
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
        self._row: FileRow | None = None
        self._asked: list[Block] = []
        """What the row itself asks, before its worksheet is looked at."""
        self._opens: list[Answer] = []
        self.clear()

    def clear(self) -> None:
        """Show nothing but how to begin."""
        self.position = -1
        self.title.say("")
        self.about.say(t("IMW-choose-row"))
        self.mark.hide()
        self._row = None
        self.why.hide()
        self._lay(None)
        self.questions.ask([])
        self._findings(None)
        self.other_unit.hide()

    def show_row(self, row: FileRow, *, out: bool, elsewhere: int, others: int) -> None:
        """Show what is known of a file at once; its sheet follows (:meth:`show_sheet`).

        ``elsewhere`` files are of another period; ``others`` more are selected and lack the same.
        """
        again = row.position == self.position and self._sheet is not None
        self.position = row.position
        self.title.say(" › ".join(filter(None, (row.name, row.sheet))))
        mark, words = status_of(row, out=out)
        self.mark.setPixmap(icons.mark(mark))
        self.mark.show()
        self.about.say(" · ".join(filter(None, (words, row.form, row.unit))))
        self._row = row
        if not again:  # else what is shown stays until what is new arrives: nothing flickers
            self.why.hide()
            self._lay(None)
        self._asked, self._opens = self._of_row(row, elsewhere, others), []
        self.questions.ask(self._asked)
        self._findings(row)
        self.other_unit.setVisible(row.status in ("ready", "unchanged") and not row.rivals)

    def show_looked(self, looked: Looked) -> None:
        """Show what the worksheet of the row shown asks, and its sheet."""
        if looked.position != self.position or self._row is None:
            return
        self.why.say(looked.evidence)
        self.why.setVisible(bool(looked.evidence))
        self._opens = [a for question in looked.questions for a in question.answers if a.opens]
        self.questions.ask([*self._asked, *(self._block(question) for question in looked.questions)])
        sheet = looked.sheet
        former = self.grid.key() if self.grid.hasFocus() else None
        if sheet is None:
            self._lay(None)
            return
        self.about.say(" · ".join((sheet.form, sheet.unit, sheet.period)))
        self._lay(sheet)
        if former is not None:
            self.grid.go_to(former)
        self._findings(self._row)
        self._differences(sheet)
        for note in sheet.notes:
            old = f"{note.before}{ARROW}" if note.before else ""
            self._line("info", t("IMW-note", label=note.label, value=f"{old}{note.after}"), note.source)
        self._fit_lines()

    def answer_first(self) -> None:
        """Open the list or the pairing the first question needs; else its first button has the focus."""
        for answer in self._opens:
            self._answer(answer)
            return
        if self.questions.buttons:
            self.questions.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    # --- inside

    def _lay(self, sheet: SheetPreview | None) -> None:
        self._sheet = sheet
        known = sheet is not None
        for widget in (self.grid, self.cell, self.control, self.only):
            widget.setVisible(known)
        self.leave.hide()
        self.space.setVisible(not known)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for table in sheet.tables if sheet else ():
            self.tabs.addTab(table.title or t("IMW-table", n=self.tabs.count() + 1))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(self.tabs.count() > 1)
        self.control.setText("\n".join(filter(None, (sheet.control, sheet.totals))) if sheet else "")
        self._draw()

    def _draw(self) -> None:
        table = max(0, self.tabs.currentIndex())
        sheet = self._sheet
        only = (
            self.only.isChecked() and sheet is not None and bool(sheet.before or sheet.rivals or sheet.left)
        )
        self.grid.show_table(self._sheet, table, only_news=only)
        self._look("")
        self.grid.first_news()

    def _look(self, words: str) -> None:
        self.cell.say(words or t("IMW-look-at-cell"))
        key, sheet = self.grid.key(), self._sheet
        ready = self._row is not None and self._row.writes and sheet is not None and key is not None
        out = ready and sheet is not None and key in sheet.left
        self.leave.setVisible(ready and sheet is not None and (out or key in sheet.written))
        self.leave.setText(t("IMD-take-cell") if out else t("IMD-leave-cell"))

    def _leave(self) -> None:
        key, sheet = self.grid.key(), self._sheet
        if not self.leave.isVisible() or sheet is None or key is None:
            return
        self.cell_left.emit(self.position, sheet.sources[key], key not in sheet.left)

    def _of_row(self, row: FileRow, elsewhere: int, others: int) -> list[Block]:
        if row.needs_unit or row.needs_period or row.needs_form:
            return [Block(t("IMW-and-others", n=others))] if others else []
        if row.stated is not None:
            from judapp.app.desk import period_name

            name = period_name(row.stated)
            acts: list[tuple[str, Act]] = [
                (t("IMW-own-period", period=name), lambda: self.own_period_asked.emit(row.position, False))
            ]
            if elsewhere > 1:
                every = t("IMW-own-periods", n=elsewhere)
                acts.append((every, lambda: self.own_period_asked.emit(row.position, True)))
            return [Block("", acts)]
        return [self._choose(row)] if row.rivals else []

    def _choose(self, row: FileRow) -> Block:
        newest, oldest = row.rivals[0], row.rivals[-1]
        by_name = len(row.rivals) > 2 or newest.modified == oldest.modified
        acts: list[tuple[str, Act]] = []
        for rival in row.rivals:
            words = _keeping(rival, newest, by_name=by_name)
            acts.append((words, partial(self.kept.emit, rival.position, True)))
        none = t("IMW-keep-neither") if len(row.rivals) == 2 else t("IMW-keep-none")
        acts.append((none, lambda: self.kept.emit(row.position, False)))
        lines = [_rival_line(rival, own=rival.position == row.position) for rival in row.rivals]
        words = t("IMD-rivals", n=len(row.rivals), cells=row.rivals_differ)
        chosen = next((rival for rival in row.rivals if rival.counts), None)
        said = t("IMD-rivals-chosen", name=chosen.name) if chosen else t("IMD-rivals-none")
        return Block(f"{words} {said}", acts, examples=lines)

    def _block(self, question: Question) -> Block:
        acts: list[tuple[str, Act]] = [
            (answer.words, partial(self._answer, answer)) for answer in question.answers
        ]
        tips = [answer.tip for answer in question.answers]
        return Block(question.words, acts, question.examples, question.more, tips, question.remembers)

    def _answer(self, answer: Answer) -> None:
        remember = self.questions.remembered()
        if answer.opens:
            self.opened.emit(self.position, answer.opens, answer.form, remember)
        else:
            self.answered.emit(self.position, dict(answer.said), remember)

    def _differences(self, sheet: SheetPreview) -> None:
        """What two files say differently, first of all, while nobody chose."""
        if not sheet.choosing:
            return
        for key, other in list(sheet.rivals.items())[:_MOST_DIFFERENCES]:
            words = t(
                "IMD-difference",
                cell=self.grid.place(sheet, key),
                own=_or_empty(self.grid.words(sheet, key)),
                own_cell=sheet.sources.get(key, "–"),
                other=_or_empty(other.value),
                other_cell=other.cell or "–",
                name=other.name,
            )
            self._line("warning", words, "", key)

    def _findings(self, row: FileRow | None) -> None:
        self.lines.clear()
        told = _ASKED if row is None or not row.rivals else (*_ASKED, *_ABOUT_RIVALS)  # the question says it
        for finding in row.findings if row else ():
            if finding.code in told:
                continue
            self._line(_MARKS[finding.severity], f"{finding.text} ({finding.code})", finding.cell)
        self._fit_lines()

    def _line(self, mark: str, words: str, cell: str, key: CellKey | None = None) -> None:
        item = QListWidgetItem(t("IMW-at-cell", cell=cell, text=words) if cell else words)
        item.setIcon(mark_icon(mark))
        item.setData(Qt.ItemDataRole.UserRole, cell)
        item.setData(_KEY, key)
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
        most = _MOST_LINES_HIGH if self._sheet is None else int(self.height() * _LINES_SHARE)
        self.lines.setFixedHeight(min(used, max(56, min(most, _MOST_LINES_HIGH))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), _LEAST_GRID)  # Qt reckons it for labels as narrow as they can be

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lines()

    def _go(self, item: QListWidgetItem) -> None:
        cell, key = item.data(Qt.ItemDataRole.UserRole), item.data(_KEY)
        if self._sheet is None or not (cell or key):
            return
        if key is None:
            key = next((key for key, source in self._sheet.sources.items() if source == cell), None)
        if key is None:
            return
        table = next((at for at, view in enumerate(self._sheet.tables) if view.key == key[0]), 0)
        if table != self.tabs.currentIndex() and self.tabs.count() > 1:
            self.tabs.setCurrentIndex(table)
        self.grid.go_to(key)


def _keeping(rival: Rival, newest: Rival, *, by_name: bool) -> str:
    when = f"{rival.modified.day}/{rival.modified.month} {rival.modified:%H:%M}"
    if by_name:
        return t("IMW-keep-this", name=rival.name, when=when)
    return t("IMW-keep-newer" if rival is newest else "IMW-keep-older", when=when)


def _rival_line(rival: Rival, *, own: bool) -> str:
    code = "IMD-rival-shown" if own else "IMD-rival"
    return t(code, name=rival.name, when=f"{rival.modified:%H:%M %d/%m/%Y}", n=rival.changes)


def _or_empty(words: str) -> str:
    return words or t("IMW-empty-cell")


def scrolled(panel: QWidget) -> QScrollArea:
    """The panel where it can be scrolled on a low screen."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(360)
    area.setWidget(panel)
    return area
