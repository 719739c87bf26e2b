"""One sheet to work on: address line and tools, the grid, the finding at hand, notes, the panel beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.grid.explain_box import ExplainBox
from judapp.ui.grid.view import GridView
from judapp.ui.pages.entry_acts import SheetActs
from judapp.ui.pages.entry_beside import Beside
from judapp.ui.pages.entry_fill import FillActs
from judapp.ui.pages.entry_foot import SheetFoot
from judapp.ui.pages.entry_lines import AddressLine, FindingStrip
from judapp.ui.pages.entry_live import sheet_of
from judapp.ui.pages.entry_panel import SidePanel
from judapp.ui.pages.entry_reading import ReadingActs
from judapp.ui.pages.entry_room import Room
from judapp.ui.pages.entry_rows import RowActs
from judapp.ui.pages.entry_search import CellSearch
from judapp.ui.pages.entry_sum import SumOfSelection
from judapp.ui.pages.entry_tools import ToolRow
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView
    from judapp.app.live import Patch
    from judapp.app.pasting import Pasting
    from judapp.domain.shape import CellKey
    from judapp.errors import JudappError


class SheetArea(QWidget):
    """The sheet shown; everything typed goes to the data file through the session."""

    patched = Signal(object)
    """What is shown from now on (``SheetView``), after something was typed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.view: SheetView | None = None
        self._table = 0
        self._refusal = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        left = QVBoxLayout()
        left.setSpacing(6)
        row.addLayout(left, 1)
        self.bar = Bar("error")
        left.addWidget(self.bar)
        self.notice = Bar("info")
        left.addWidget(self.notice)
        self.tools = ToolRow()
        left.addWidget(self.tools)
        self.address = AddressLine()
        left.addWidget(self.address)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        left.addWidget(self.tabs)
        self.grid = GridView()
        self.grid.setAccessibleName(t("WIN-entry"))
        self.search = CellSearch(session, self, self.grid, lambda: self.view)
        left.addWidget(self.search.bar)
        left.addWidget(self.grid, 1)
        self.strip = FindingStrip()
        left.addWidget(self.strip)
        self.notes = SheetFoot()
        left.addWidget(self.notes)
        self.panel = SidePanel()
        row.addWidget(self.panel)
        self.box = ExplainBox(self)
        self.acts = SheetActs(session, self.grid.sheet)
        self.acts.live.patched.connect(self.show_patch)
        self.acts.live.held.connect(self._show_held)
        self.reading = ReadingActs(
            self, self.grid, self.acts, lambda: self.view, self.notice, self._show_layer
        )
        self.rows = RowActs(self)
        self.fills = FillActs(self)
        self.beside = Beside(self, session, self.grid, self.panel, lambda: self.view, self.go_to, self.refuse)
        SumOfSelection(self.grid, session)
        self.room = Room(self)
        self._connect()

    def _connect(self) -> None:
        grid, tools = self.grid, self.tools
        tools.nil_asked.connect(self.fill_nil)
        tools.pending_asked.connect(self.fills.pending)
        tools.draft_asked.connect(self.fills.draft)
        tools.confirm_asked.connect(self._confirm)
        tools.add_asked.connect(self.rows.add)
        tools.remove_asked.connect(self.rows.remove)
        tools.rename_asked.connect(self.rows.rename)
        tools.move_asked.connect(self.rows.move)
        grid.offers += [self.rows.offers, self.fills.offers]
        self.tabs.currentChanged.connect(self._show_table)
        tools.layer_asked.connect(self.reading.show_layer)
        for done in (grid.entered, grid.filled, grid.emptied, grid.pasted):
            done.connect(self._done)
        grid.entered.connect(self.reading.enter)
        grid.filled.connect(self.reading.fill)
        grid.emptied.connect(self.reading.empty)
        grid.pasted.connect(self._pasted)
        grid.refused.connect(self.refuse)
        grid.shut.connect(self._shut)
        grid.moved.connect(self._moved)
        grid.typing.connect(self._typing)
        self.notes.entered.connect(self.reading.enter)
        self.strip.jumped.connect(self.go_to)
        self.strip.explain_asked.connect(self.explain)
        self.strip.confirm_asked.connect(lambda key: self.fills.confirm([key]))
        self.strip.list_asked.connect(self.room.list_findings)
        self.panel.jumped.connect(self.go_to)
        self.panel.explain_asked.connect(self.explain)
        self.beside.explain_asked.connect(self.explain)
        self.box.kept.connect(self._explained)
        self.box.left.connect(self.grid.setFocus)

    # --- what is shown

    def show_sheet(self, view: SheetView, wanted: CellKey | None) -> None:
        """Show a sheet, or what became of the one shown; ``wanted`` becomes the active cell."""
        other = self.view is None or sheet_of(view) != sheet_of(self.view)
        longer = self.view is None or _rows(view) != _rows(self.view)
        self.view = view
        if other:
            self.box.hide()
            self.reading.begin()
            self.beside.forget()
            self.grid.sheet.forget()
            self.bar.hide()
            self.notice.hide()
            self.search.bar.hide()  # what it found was in another sheet
            self.grid.remember_as(view.form)
            self._table = 0
        self._show_tabs(view)
        self._show_table(view.table_of(wanted[0]) if wanted else self._table)
        self.notes.show_sheet(view)
        self.panel.show_sheet(view)
        if wanted is not None:
            self.grid.go(wanted)
        if other or longer:
            self.room.fit_head()
        if other:
            self.grid.scrollToTop()  # what was scrolled to was found under another head
            self.grid.scrollTo(self.grid.currentIndex())
        self._show_cell()
        self.reading.follow()
        self.panel.findings.follow(self.grid.key())
        self.beside.rest()

    def show_patch(self, patch: Patch) -> None:
        """Show what a text made of the sheet: nothing is touched but what differs."""
        self.view = view = patch.view
        table = self.reading.table(view.tables[self._table])
        self.grid.patch(table, view.findings, [key for key in patch.cells if key[0] == table.key])
        self._show_tools(view)
        self._show_cell()
        self.reading.follow()
        self.session.in_pause("findings", self._show_findings)
        self.patched.emit(view)

    def _show_held(self, texts: dict[CellKey, str]) -> None:
        """Show what could not be stored: in its place, marked, and said where it is the active one."""
        self.notes.hold(texts)
        if self.view is not None:
            self.notes.show_sheet(self.view)
        self._show_cell()

    def _show_findings(self) -> None:
        if self.view is not None:
            self.panel.show_sheet(self.view)
            self.panel.findings.follow(self.grid.key())
            self.notes.show_sheet(self.view)

    def _show_tabs(self, view: SheetView) -> None:
        titles = [table.title or str(at + 1) for at, table in enumerate(view.tables)]
        if titles != [self.tabs.tabText(at) for at in range(self.tabs.count())]:
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for title in titles:
                self.tabs.addTab(title)
            self.tabs.blockSignals(False)
        self.tabs.setVisible(len(titles) > 1)

    def _show_table(self, at: int) -> None:
        if self.view is None or at < 0:
            return
        other = at != self._table
        if other:
            self.grid.commit()
        self._table = min(at, len(self.view.tables) - 1)
        if self.tabs.currentIndex() != self._table:
            self.tabs.setCurrentIndex(self._table)
        self.grid.show_table(self.reading.table(self.view.tables[self._table]), self.view.findings)
        part = self.view.tables[self._table].title
        self.grid.setAccessibleName(t("GRD-name", form=self.view.form, table=f", {part}" if part else ""))
        self.grid.begin()
        if other:
            self.room.fit_head()
        self._show_tools(self.view)

    def _show_tools(self, view: SheetView) -> None:
        self.tools.show_sheet(view, view.tables[self._table])
        self.tools.show_layer(self.reading.layer)
        self.tools.own = self.rows.own()

    def turn_table(self, by: int) -> None:
        """Show the next or previous table of the form, the last one followed by the first."""
        if self.tabs.count() > 1:
            self.tabs.setCurrentIndex((self._table + by) % self.tabs.count())
            self.grid.setFocus()

    # --- the active cell

    def go_to(self, key: CellKey) -> None:
        """Make a cell of the sheet the active one, in whichever table it stands, and type there."""
        self.show_cell(key)
        self.grid.setFocus()

    def show_cell(self, key: CellKey) -> None:
        """Make a cell the active one; the focus stays where it is."""
        if self.view is not None:
            self._show_table(self.view.table_of(key[0]))
            self.grid.go(key)

    def next_finding(self, by: int) -> None:
        """Go to the next or previous finding."""
        self._show_findings()
        finding = self.panel.findings.next_after(by)
        if finding is not None and finding.cell is not None:
            self.go_to(finding.cell)

    def commit(self) -> None:
        """Keep everything that is being typed."""
        self.grid.commit()
        self.reading.settle()
        self.notes.commit()
        for box in (self.box, self.beside.box):
            if not box.isHidden():
                box.keep()

    def _moved(self, key: CellKey | None) -> None:
        self._show_cell()
        self.panel.findings.follow(key)
        self.tools.own = self.rows.own()
        self.beside.rest()

    def _show_cell(self) -> None:
        key = self.grid.key()
        if self.view is None or key is None:
            self.address.say("", "", "")
            self.strip.say(None, "", 0, "")
            return
        from judapp.app.grid_text import address_of

        editor = self.grid.cells.editor
        typed = self.grid.sheet.typed(self.grid.currentIndex()) if editor is None else editor.text()
        read = t("UNS-said") if key in self.grid.sheet.held else self.reading.read(key, typed)
        self.address.say(address_of(self.view, key), typed, read)
        findings = self.view.findings
        shown = next((f for f in findings if f.cell == key), next(iter(findings), None))
        hint = "ENY-hint" if self.view.state == "missing" and not self.view.locked else "ENY-clean"
        place = address_of(self.view, shown.cell) if shown is not None and shown.cell is not None else ""
        others = len(findings) - (shown is not None)
        self.strip.say(shown, place, others, t(hint), locked=bool(self.view.locked))

    def _typing(self, words: str) -> None:
        self.session.stir()
        key = self.grid.key()
        if key is not None:
            self.address.typed.say(words)
            self.address.read.say(self.reading.read(key, words))

    def _show_layer(self) -> None:
        """Show the other layer of the table: printed figures, or what is estimated of them."""
        self._show_table(self._table)
        self._show_cell()
        self.grid.setFocus()

    def ask_details(self) -> None:
        """Have the panel tell of the active cell."""
        self.beside.rest()

    # --- acts

    def fill_nil(self) -> None:
        """Answer every open cell with không phát sinh."""
        self.grid.commit()
        if self.view is not None and self.view.unanswered:
            self.acts.fill_nil(self.view)

    def _confirm(self, everything: bool) -> None:
        if everything:
            self.fills.confirm_all()
        else:
            self.fills.confirm_selected()

    def _pasted(self, pasting: Pasting) -> None:
        view = self.view
        if view is not None:
            from judapp.ui.pages.entry_paste import receive

            receive(self, view, view.tables[self._table], pasting, self.reading.paste)

    def _shut(self, key: CellKey) -> None:
        """Say what a cell waits for that nothing can be typed into yet."""
        why = self.reading.why_shut(key)
        if why is not None:
            self.refuse(why)

    def refuse(self, error: JudappError) -> None:
        """Tell why something was not done, until something else is."""
        self._refusal = of_error(error, language())
        self.bar.tell(self._refusal)

    def _done(self) -> None:
        if self.bar.words.text() == self._refusal:
            self.bar.hide()

    def explain(self, key: CellKey | None = None) -> None:
        """Write the explanation of a cell, in place."""
        key = key or self.grid.key()
        if self.view is None or key is None or self.view.locked:
            return
        cell = self.grid.sheet.cell_of(key)
        if cell is None:
            return
        if not (cell.explained or cell.severity == "explain"):  # nobody asks: a note of one's own
            self.beside.note(key)
            return
        self.go_to(key)
        asked = next((f.text for f in self.view.findings if f.cell == key), t("ENY-explain"))
        words = self.acts.words.of(self.view, key, "reason", self.view.explanations.get(key, ""))
        self.box.open(key, asked, words, self.grid.place_in(self, self.grid.currentIndex()))

    def _explained(self, key: CellKey, words: str) -> None:
        if self.view is not None:
            self.acts.explain(self.view, key, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room.arrange()


def _rows(view: SheetView) -> tuple[int, ...]:
    return tuple(len(table.rows) for table in view.tables)
