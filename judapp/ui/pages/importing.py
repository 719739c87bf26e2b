"""Nhập tệp: drop files, see what was recognised and what would change, apply all of it as one act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.pages.base import Page
from judapp.ui.pages.board_tabs import BoardTabs
from judapp.ui.pages.importing_applying import Applier
from judapp.ui.pages.importing_chips import Chips
from judapp.ui.pages.importing_decide import Decider
from judapp.ui.pages.importing_drop import DropRegion, LastImport
from judapp.ui.pages.importing_list import FileTable, Key, key_of
from judapp.ui.pages.importing_marked import MarkedDesk
from judapp.ui.pages.importing_minutes import MinutesDesk
from judapp.ui.pages.importing_preview import PreviewPanel, scrolled
from judapp.ui.pages.importing_progress import ImportJob
from judapp.ui.pages.importing_reading import Reader, Reading
from judapp.ui.pages.importing_sent import SentBar
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Elided, button

if TYPE_CHECKING:
    from judapp.app.import_asking import Looked
    from judapp.app.import_view import FileRow
    from judapp.app.importing import Candidate
    from judapp.app.minutes import Import
    from judapp.app.workspace import Workspace
    from judapp.ui.session import Session

_AGAIN = ("FIL-004", "FIL-006", "FIL-007", "MAP-017", "STA-002")
"""Faults after which reading the files again is the way on."""


class ImportPage(Page):
    """The page; candidates are handed back to the worker as they came, only their rows are looked at here.

    Files dropped anywhere on the window arrive as ``paths``.
    """

    name = "import"
    title = "WIN-import"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._read = Reading()
        self._out: set[Key] = set()
        self._waiting: list[Path] = []
        self._applied = 0
        self._build()
        for keys, act in (
            ("Ctrl+O", self.choose_files),
            ("Ctrl+Return", self.apply),
            ("Ctrl+Enter", self.apply),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        session.opened.connect(self.dismiss)
        theme.theme().changed.connect(self._repaint)

    # --- making

    def _build(self) -> None:
        self.tabs = BoardTabs(self, self._say)
        self.add_files = button(t("IMW-add-files"), self.choose_files, icon="add")
        self.add_folder = button(t("IMW-add-folder"), self.choose_folder, icon="folder")
        self.head.add(self.add_files)
        self.head.add(self.add_folder)
        self.bar = Bar("error")
        self.body.addWidget(self.bar)
        self.minutes = MinutesDesk(self, self.session)
        self.last = LastImport(self.minutes.show, self.session.undo_to)
        self.body.addWidget(self.last)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.region = DropRegion(self.choose_files, self.choose_folder)
        self.stack.addWidget(self.region)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.PAD)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.GAP)
        self.chips = Chips(lambda _: self._fill())
        beside.addWidget(self.chips)
        self.table = FileTable()
        self.table.toggled.connect(self._toggle)
        self.table.picked.connect(self._pick)
        beside.addWidget(self.table, 1)
        self.split.addWidget(left)
        self.panel = PreviewPanel()
        self.table.opened.connect(lambda _: self.panel.answer_first())
        self.split.addWidget(scrolled(self.panel))
        self.split.setSizes([560, 440])
        self.split.setStretchFactor(0, 56)
        self.split.setStretchFactor(1, 44)
        left.setMinimumWidth(420)
        self.panel.setMinimumWidth(340)
        column.addWidget(self.split, 1)
        self.job = ImportJob()
        column.addWidget(self.job)
        self.sent = SentBar(self.session)
        column.addWidget(self.sent)
        self.marked = MarkedDesk(self)
        column.addWidget(self.marked.job)
        self.foot = self._foot()
        column.addWidget(self.foot)
        self.stack.addWidget(work)
        self.reader = Reader(self, self.session, self.job)
        self.reader.arrived.connect(lambda rows: self.table.add_rows(rows, self._out))
        self.reader.came.connect(self._came)
        self.reader.stopped.connect(self._stopped)
        self.applier = Applier(self, self.session, self.job)
        self.applier.written.connect(self._written)
        self.applier.failed.connect(self._not_written)
        self.decider = Decider(self)
        self.panel.unit_asked.connect(self.decider.ask_unit)
        self.panel.period_asked.connect(self.decider.ask_period)
        self.panel.own_period_asked.connect(self.decider.take_own_period)
        self.panel.kept.connect(self.decider.keep)
        self.panel.answered.connect(self.decider.answer)
        self.panel.opened.connect(self.decider.open)
        self.panel.cell_left.connect(self.decider.leave)

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.outlook = Elided("", "sentence")
        row.addWidget(self.outlook, 1)
        row.addWidget(self.marked.button)
        self.away = button(t("IMW-dismiss"), self.dismiss)
        row.addWidget(self.away)
        self.go = button("", self.apply, "primary")
        self.go.setToolTip(t("IMW-apply-tip"))
        row.addWidget(self.go)
        return foot

    # --- Page

    def arrive(self, **place: Any) -> None:
        self.tabs.arrive(**place)
        paths = place.get("paths")
        if paths:
            self.read([Path(path) for path in paths])

    def refresh(self) -> None:
        self.tabs.refresh()
        applied = self._applied

        def work(workspace: Workspace) -> Import | None:
            from judapp.app.minutes import last_imports

            return next(iter(last_imports(workspace, 1)), None)

        def told(last: Import | None) -> None:
            stands = last is not None and last.op == applied and not last.undone
            if applied and self._applied == applied and not stands:
                self._applied = 0
                self.read_again()
            self._tell_last(last)

        self.session.ask(self, work, told, topic="last")
        if self._read.found and not (self._applied or self._at_it):
            self.read_again()
        self._say()

    @property
    def _at_it(self) -> bool:
        """Whether something is being read, decided or written whose outcome is not on the list yet."""
        return self.applier.busy or self.reader.busy or self.decider.busy

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.decider.close()

    # --- reading

    def choose_files(self) -> None:
        """Ask for workbooks."""
        paths, _ = QFileDialog.getOpenFileNames(self, t("IMW-choose-files"), "", t("IMW-kinds"))
        if paths:
            self.read([Path(path) for path in paths])

    def choose_folder(self) -> None:
        """Ask for a folder of workbooks."""
        path = QFileDialog.getExistingDirectory(self, t("IMW-choose-folder"))
        if path:
            self.read([Path(path)])

    def read(self, paths: Sequence[Path]) -> None:
        """Read workbooks and folders of them, beside those read before that are not applied yet."""
        if self.session.facts is None:
            return
        self.tabs.show_import()
        if self._applied and not self.applier.busy:
            self._forget()
        if self._at_it:
            self._waiting += paths
            return
        self.bar.hide()
        self.chips.choose("all")
        self._fill()
        self.reader.read(paths, self._read.found)
        self._at_work()

    def read_again(self) -> None:
        """Read the same files anew, with what was decided about them."""
        self.bar.hide()
        self.reader.read_again(self._read.found)
        self._at_work()

    def _at_work(self) -> None:
        self.last.hide()
        self.stack.setCurrentIndex(1)
        self._say()

    def _stopped(self, error: JudappError | None) -> None:
        self._waiting = []
        if error is not None:
            self.bar.tell(of_error(error, language()))
        self.show_read(self._read)

    def _came(self, result: Reading) -> None:
        focused, first = QApplication.focusWidget(), not self.rows
        self.show_read(result)
        if first:
            self.table.select_first()
        if focused is None or not self.panel.isAncestorOf(focused):
            self.table.setFocus()

    def show_read(self, result: Reading) -> None:
        """Show what was read, or decided about it; files dropped meanwhile are read now."""
        self._read = result
        self.stack.setCurrentIndex(1 if result.rows else 0)
        self.setFocusProxy(self.table if result.rows else self.region.files)
        self._fill()
        self._say()
        self.sent.look(self._read, done=bool(self._applied))
        if self._waiting and not self.decider.busy:
            paths, self._waiting = self._waiting, []
            self.read(paths)

    def decided(self, found: Sequence[Candidate], rows: tuple[FileRow, ...]) -> None:
        """Show candidates about which something was decided."""
        self.show_read(Reading(found, rows))

    @property
    def found(self) -> Sequence[Candidate]:
        """The candidates, for the worker's eyes only."""
        return self._read.found

    @property
    def rows(self) -> tuple[FileRow, ...]:
        """What is on the list, whatever its filter."""
        return self._read.rows

    def dismiss(self) -> None:
        """Put everything read away; nothing was written of it."""
        self._forget()
        self.bar.hide()
        self.show_read(self._read)
        self.ask_again()

    def _forget(self) -> None:
        self.reader.forget()
        self.decider.forget()
        self._waiting = []
        self._applied = 0
        self._read = Reading()
        self._out.clear()
        self.chips.choose("all")

    # --- showing

    def _fill(self) -> None:
        self.table.show_rows(self.chips.wanted(self.rows), self._out)

    def _skipped(self) -> set[int]:
        return {row.position for row in self.rows if key_of(row) in self._out}

    def _say(self) -> None:
        """Sentences, counts and buttons, as the state of the page wants them."""
        reading = self.reader.busy
        for added in (self.add_files, self.add_folder):
            added.setVisible((bool(self.rows) or reading) and not self.tabs.on_board)
            added.setEnabled(not self.applier.busy)
        if self.tabs.on_board:
            return
        self.chips.setVisible(bool(self.rows))
        self.chips.setEnabled(not reading)
        self.marked.offer(self.rows, busy=self._at_it)
        self.foot.setVisible(not (reading or self.applier.busy))
        self.away.setEnabled(not self.applier.busy)
        self.away.setText(t("IMW-more") if self._applied else t("IMW-dismiss"))
        self.go.hide()
        self.outlook.say("")
        if reading or not self.rows:
            self.head.say(t("IMW-sentence-reading" if reading else "IMW-sentence"))
            return
        from judapp.app.import_view import outlook, summary, totals

        every, found = totals(self.rows), totals(self.rows, self._skipped())
        ready = sum(row.writes for row in self.rows)
        self.head.say(summary(every, language()))
        self.chips.count(every=len(self.rows), look=every.attention, ready=ready)
        if self._applied and not found.ready:
            self.outlook.say(t("IMW-done"))
            return
        self.outlook.say(outlook(found, language()))
        read_only = self.session.facts is not None and self.session.facts.read_only
        self.go.show()
        self.go.setText(t("IMW-apply", n=found.ready))
        self.go.setEnabled(bool(found.ready) and not self.applier.busy and not read_only)
        self.go.setToolTip(t("WIN-read-only") if read_only else t("IMW-apply-tip"))

    def _tell_last(self, last: Import | None) -> None:
        read_only = self.session.facts is None or self.session.facts.read_only
        mine = bool(self._applied) and last is not None and last.op == self._applied
        shown = last if mine or not (self.rows or self.reader.busy) else None
        self.last.tell(shown, just_now=mine, read_only=read_only)

    def _repaint(self) -> None:
        """Marks are pictures in the colours of the theme."""
        self.table.redraw_marks()
        self.last.redraw_mark()
        self._pick(self.table.current())

    def _toggle(self, positions: Collection[int], taken: bool) -> None:
        for row in self.rows:
            if row.position in positions:
                (self._out.discard if taken else self._out.add)(key_of(row))
                self.table.mark(row.position, out=not taken)
        self._say()

    def _pick(self, position: int) -> None:
        row = next((row for row in self.rows if row.position == position), None)
        if row is None:
            self.panel.clear()
            return
        elsewhere = sum(other.stated is not None for other in self.rows)
        others = len(self.decider.alike(row)) - 1
        self.panel.show_row(row, out=key_of(row) in self._out, elsewhere=elsewhere, others=others)
        found, period, lang = self._read.found, self.session.period, language()

        def work(workspace: Workspace) -> Looked:
            from judapp.app.import_asking import looked_at

            return looked_at(workspace, found, position, period, lang)

        self.session.ask(self, work, self.panel.show_looked, topic="preview")

    # --- writing

    def apply(self) -> None:
        """Write everything that is ready and taken, as one act."""
        if not self._at_it and self.go.isVisible() and self.go.isEnabled():
            self.bar.hide()
            self.applier.apply(self._read.found, self._skipped())
            self._say()

    def _written(self, op: int, result: Reading) -> None:
        self._applied = op
        self.chips.choose("all")
        self.show_read(result)

    def _not_written(self, error: JudappError | None) -> None:
        """Nothing was written: a person stopped, or something stands in the way."""
        self.show_read(self._read)
        if error is None:
            self.session.said.emit(t("IMD-stopped"), False)
            return
        again = [(t("IMW-read-again"), self.read_again)] if error.code in _AGAIN else []
        self.bar.tell(of_error(error, language()), *again)
