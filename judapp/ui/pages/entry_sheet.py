"""One sheet to work on: address line and tools, the grid, the finding at hand, notes, the panel beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.grid.explain_box import ExplainBox
from judapp.ui.grid.view import GridView
from judapp.ui.pages.entry_acts import SheetActs
from judapp.ui.pages.entry_lines import AddressLine, FindingStrip, NoteSlots
from judapp.ui.pages.entry_panel import FINDINGS, NARROW, WIDE, SidePanel
from judapp.ui.session import Session
from judapp.ui.settings import settings
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, button

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.app.grid_view import CellView, SheetView
    from judapp.app.pasting import Landing
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.errors import JudappError

_FOLDED_BELOW = 1200
"""Pixels of width under which the panel is shown only when asked for."""
_SPACIOUS = 1600
_SOON = 60
"""Milliseconds the active cell rests before its details are asked for."""


class SheetArea(QWidget):
    """The sheet shown; everything typed goes to the data file through the session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.view: SheetView | None = None
        self._table = 0
        self._unfolded: bool | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        left = QVBoxLayout()
        left.setSpacing(6)
        row.addLayout(left, 1)
        self.bar = Bar("error")
        left.addWidget(self.bar)
        left.addLayout(self._tool_row())
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        left.addWidget(self.tabs)
        self.grid = GridView()
        self.grid.setAccessibleName(t("WIN-entry"))
        left.addWidget(self.grid, 1)
        self.strip = FindingStrip()
        left.addWidget(self.strip)
        self.notes = NoteSlots()
        left.addWidget(self.notes)
        self.panel = SidePanel()
        row.addWidget(self.panel)
        self.box = ExplainBox(self)
        self.acts = SheetActs(session, self.grid.expect)
        self._details_soon = QTimer(self, singleShot=True, interval=_SOON)
        self._details_soon.timeout.connect(self._ask_details)
        self._connect()

    def _tool_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.address = AddressLine()
        row.addWidget(self.address, 1)
        self.fill = button("", self.fill_nil)
        row.addWidget(self.fill)
        self.add = button(t("ENY-add-row"), self.add_row, icon="add", tip="F5")
        row.addWidget(self.add)
        self.remove = button(t("ENY-remove-row"), self.remove_row, tip="Ctrl+−")
        row.addWidget(self.remove)
        self.compact = button("", self.toggle_head, "tool", icon="table", tip=t("ENY-compact"))
        self.compact.setCheckable(True)
        row.addWidget(self.compact)
        self.fold = button("", self.toggle_panel, "tool", icon="document", tip=t("ENY-panel"))
        self.fold.setCheckable(True)
        row.addWidget(self.fold)
        return row

    def _connect(self) -> None:
        grid = self.grid
        self.tabs.currentChanged.connect(self._show_table)
        grid.entered.connect(self._entered)
        grid.emptied.connect(self._emptied)
        grid.pasted.connect(self._pasted)
        grid.refused.connect(self.refuse)
        grid.moved.connect(self._moved)
        grid.typing.connect(self._typing)
        grid.chosen.connect(self._chosen)
        self.notes.entered.connect(self._entered)
        self.strip.jumped.connect(self.go_to)
        self.strip.explain_asked.connect(self.explain)
        self.strip.list_asked.connect(self._list_findings)
        self.panel.jumped.connect(self.go_to)
        self.panel.explain_asked.connect(self.explain)
        self.box.kept.connect(self._explained)
        self.box.left.connect(self.grid.setFocus)

    # --- what is shown

    def show_sheet(self, view: SheetView, wanted: CellKey | None) -> None:
        """Show a sheet, or what became of the one shown; ``wanted`` becomes the active cell."""
        other = self.view is None or sheet_of(view) != sheet_of(self.view)
        self.view = view
        if other:
            self.box.hide()
            self.panel.cell.say(None, asked=False, locked=True)  # what it says is of another sheet
            self.grid.sheet.forget()
            self.bar.hide()
            self._table = 0
        self._show_tabs(view)
        self._show_table(view.table_of(wanted[0]) if wanted else self._table)
        self.notes.show_sheet(view)
        self.panel.show_sheet(view)
        if wanted is not None:
            self.grid.go(wanted)
        if other:
            self._fit_head()
        self._show_cell()
        self.panel.findings.follow(self.grid.key())
        self._details_soon.start()

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
        self.grid.show_table(self.view.tables[self._table], self.view.findings)
        self.grid.begin()
        if other:
            self._fit_head()
        self._show_tools(self.view)

    def _show_tools(self, view: SheetView) -> None:
        table = view.tables[self._table]
        left = len(view.unanswered)
        self.fill.setText(t("ENY-fill", n=left))
        self.fill.setVisible(bool(left) and not view.locked)
        self.add.setVisible(bool(table.free) and not view.locked)
        self.remove.setVisible(bool(table.free) and not view.locked)
        self.compact.setVisible(table.levels > (2 if table.numbered else 1))
        self._enable_remove()

    def _enable_remove(self) -> None:
        row, table = self.grid.currentIndex().row(), self.grid.sheet.table
        self.remove.setEnabled(table is not None and 0 <= row < len(table.rows) and table.rows[row].own)

    # --- the active cell

    def go_to(self, key: CellKey) -> None:
        """Make a cell of the sheet the active one, in whichever table it stands."""
        if self.view is None:
            return
        self._show_table(self.view.table_of(key[0]))
        self.grid.go(key)
        self.grid.setFocus()

    def next_finding(self, by: int) -> None:
        """Go to the next or previous finding."""
        finding = self.panel.findings.next_after(by)
        if finding is not None and finding.cell is not None:
            self.go_to(finding.cell)

    def commit(self) -> None:
        """Keep everything that is being typed."""
        self.grid.commit()
        self.notes.commit()
        if not self.box.isHidden():
            self.box.keep()

    def _moved(self, key: CellKey | None) -> None:
        self._show_cell()
        self.panel.findings.follow(key)
        self._enable_remove()
        self._details_soon.start()

    def _show_cell(self) -> None:
        key = self.grid.key()
        if self.view is None or key is None:
            self.address.say("", "", "")
            self.strip.say(None, "", 0, "")
            return
        from judapp.app.grid_text import address_of

        typed = self.grid.sheet.typed(self.grid.currentIndex())
        self.address.say(address_of(self.view, key), typed, self._selected() or self._read(key, typed))
        findings = self.view.findings
        shown = next((f for f in findings if f.cell == key), next(iter(findings), None))
        hint = "ENY-hint" if self.view.state == "missing" and not self.view.locked else "ENY-clean"
        place = address_of(self.view, shown.cell) if shown is not None and shown.cell is not None else ""
        others = len(findings) - (shown is not None)
        self.strip.say(shown, place, others, t(hint), locked=bool(self.view.locked))

    def _typing(self, words: str) -> None:
        key = self.grid.key()
        if key is not None:
            self.address.typed.say(words)
            self.address.read.say(self._read(key, words))

    def _read(self, key: CellKey, words: str) -> str:
        from judapp.app.grid_text import reading

        assert self.view is not None  # a cell is active
        return reading(self.view, key, words, language())

    def _chosen(self) -> None:
        if words := self._selected():
            self.address.read.say(words)

    def _selected(self) -> str:
        """What several selected cells come to, "" for one alone."""
        area, table = self.grid.area(), self.grid.sheet.table
        if area is None or table is None or (area.top, area.left) == (area.bottom, area.right):
            return ""
        from judapp.app.grid_text import summary

        return summary(table, area, language())

    def _ask_details(self) -> None:
        view, key, lang = self.view, self.grid.key(), language()
        if view is None or key is None or not self.panel.isVisible():
            return

        def work(workspace: Workspace) -> CellDetails | None:
            from judapp.app.grid_details import cell_details

            return cell_details(workspace, view.form, view.unit, view.period, key, lang)

        self.session.ask(self, work, self._show_details, topic="cell")

    def _show_details(self, details: CellDetails | None) -> None:
        cell = self._cell(details.key) if details is not None else None
        asked = cell is not None and cell.severity == "explain"
        locked = self.view is None or bool(self.view.locked)
        self.panel.cell.say(details, asked=asked, locked=locked)

    def _cell(self, key: CellKey) -> CellView | None:
        table = self.grid.sheet.table
        return None if table is None else table.cells.get(key)

    # --- acts

    def fill_nil(self) -> None:
        """Answer every open cell with không phát sinh."""
        self.grid.commit()
        if self.view is not None and self.view.unanswered:
            self.acts.fill_nil(self.view)

    def _entered(self, texts: dict[CellKey, str]) -> None:
        if self.view is not None:
            self.acts.enter(self.view, texts)

    def _emptied(self, texts: dict[CellKey, str]) -> None:
        if self.view is not None:
            self.acts.empty(self.view, texts)

    def _pasted(self, landing: Landing) -> None:
        view = self.view
        if view is None:
            return
        if landing.fits and landing.texts:
            self.acts.paste(view, landing.texts)
            return
        from judapp.ui.pages.entry_dialogs import PasteDialog

        dialog = PasteDialog(self, view, landing)
        dialog.accepted.connect(lambda: self.acts.paste(view, landing.texts))
        dialog.open()

    def refuse(self, error: JudappError) -> None:
        """Tell why something was not done."""
        self.bar.tell(of_error(error, language()))

    def explain(self, key: CellKey | None = None) -> None:
        """Write the explanation of a cell, in place."""
        key = key or self.grid.key()
        if self.view is None or key is None or self.view.locked:
            return
        cell = self._cell(key)
        if cell is None or not (cell.explained or cell.severity == "explain"):
            return
        self.go_to(key)
        asked = next((f.text for f in self.view.findings if f.cell == key), t("ENY-explain"))
        words = self.view.explanations.get(key, "")
        place = self.grid.visualRect(self.grid.currentIndex())
        place.moveTopLeft(self.grid.viewport().mapTo(self, place.topLeft()))
        self.box.open(key, asked, words, place)

    def _explained(self, key: CellKey, words: str) -> None:
        if self.view is not None:
            self.acts.explain(self.view, key, words)

    def add_row(self) -> None:
        """Ask for the name of a row and add it."""
        view, table = self.view, self.grid.sheet.table
        if view is None or table is None or not table.free or view.locked:
            return
        self.grid.commit()
        from judapp.ui.pages.entry_dialogs import RowDialog

        dialog = RowDialog(self, table)
        dialog.accepted.connect(
            lambda: self.acts.add_row(view, table.key, dialog.parent_row(), dialog.words(), self._go_to_row)
        )
        dialog.open()

    def _go_to_row(self, key: str) -> None:
        """Go to a row that the next view will show."""
        self.grid.await_row(key)

    def remove_row(self) -> None:
        """Remove the active row, if it is one's own and empty."""
        table, row = self.grid.sheet.table, self.grid.currentIndex().row()
        if self.view is None or table is None or not self.remove.isEnabled() or self.view.locked:
            return
        self.grid.commit()
        self.acts.remove_row(self.view, table.key, table.rows[row].key, table.rows[row].label)

    # --- room

    def toggle_head(self) -> None:
        """Show the whole tree of heads, or names and numbers alone; remembered for this form."""
        if self.view is not None:
            compact = not self.grid.compact
            settings().setValue(f"compact/{self.view.form}", compact)
            self.grid.show_compact(compact)
            self.compact.setChecked(compact)

    def toggle_panel(self) -> None:
        """Show or hide the panel beside the grid."""
        self._unfolded = self.panel.isHidden()
        self._arrange()
        self._details_soon.start()

    def _list_findings(self) -> None:
        self._unfolded = True
        self._arrange()
        self.panel.setCurrentIndex(FINDINGS)

    def _fit_head(self) -> None:
        if self.view is None:
            return
        kept = settings().value(f"compact/{self.view.form}")
        compact = self.grid.crowded() if kept is None else str(kept).lower() == "true"
        self.grid.show_compact(compact)
        self.compact.setChecked(compact)

    def _arrange(self) -> None:
        wide = self.width() >= _FOLDED_BELOW
        shown = wide if self._unfolded is None else self._unfolded
        self.panel.setVisible(shown)
        self.panel.setFixedWidth(WIDE if self.width() >= _SPACIOUS else NARROW)
        self.fold.setChecked(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._fit_head()


def sheet_of(view: SheetView) -> tuple[str, str, str]:
    """Which sheet a view is of."""
    return view.form, view.unit, view.period.code
