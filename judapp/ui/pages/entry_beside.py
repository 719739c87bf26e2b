"""The panel beside the grid keeps to the active cell: asks once it rests, acts on it, shows nothing stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from judapp.ui.grid.explain_box import ExplainBox
from judapp.ui.grid.menu import Offer
from judapp.ui.grid.view import GridView
from judapp.ui.pages.entry_live import sheet_of
from judapp.ui.pages.entry_panel import SidePanel
from judapp.ui.pages.entry_words import Words
from judapp.ui.session import Session
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.app.grid_view import SheetView
    from judapp.app.relation_view import Place
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.errors import JudappError
    from judapp.store.operations import Applied

_SOON = 60
"""Milliseconds the active cell rests before its details are asked for."""

Asked = tuple[tuple[str, str, str], "CellKey"]
"""A sheet and a cell of it."""


class Beside(QObject):
    """Keeps the panel at the active cell of one grid, and does what is asked there."""

    explain_asked = Signal(object)
    """Key of the cell whose explanation is to be written."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        grid: GridView,
        panel: SidePanel,
        view: Callable[[], SheetView | None],
        go_to: Callable[[CellKey], None],
        refused: Callable[[JudappError], None],
    ) -> None:
        """``view`` is what is shown now, ``go_to`` makes a cell of it the active one."""
        super().__init__(parent)
        self.session, self.grid, self.panel = session, grid, panel
        self._around, self._view, self._go_to, self._refused = parent, view, go_to, refused
        self._words = Words(session)
        self.box = ExplainBox(parent, t("BSD-part-note"))
        self.box.kept.connect(self._noted)
        self.box.left.connect(grid.setFocus)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._ask)
        self._looked_back: set[tuple[str, str, str]] = set()
        """Sheets whose earlier rounds were reckoned already."""
        self._looking_back: tuple[str, str, str] | None = None
        session.opened.connect(self._another_file)
        panel.currentChanged.connect(self.rest)
        cell = panel.cell
        cell.place_asked.connect(self.open_place)
        cell.note_asked.connect(self.note)
        cell.adjust_asked.connect(self.adjust)
        cell.unadjust_asked.connect(self.take_away)
        cell.reading_asked.connect(self.read)
        panel.history.restore_asked.connect(self.restore)
        grid.offers.append(self.offers)

    # --- what is shown

    def rest(self) -> None:
        """Another cell is active, or something changed: show it once that stays so, and typing pauses."""
        if self.session.stirring:
            self._soon.stop()
            self.session.in_pause("cell", self._ask)
        else:
            self._soon.start()

    def _another_file(self) -> None:
        self._looked_back.clear()
        self._looking_back = None

    def forget(self) -> None:
        """Another sheet is shown: what the panel says is not of it."""
        self._soon.stop()
        self.box.hide()
        self.panel.show_cell(None)

    def _ask(self) -> None:
        view, key, lang = self._view(), self.grid.key(), language()
        if view is None or key is None or not self.panel.isVisible():
            return
        asked: Asked = sheet_of(view), key
        known = asked[0] in self._looked_back

        def work(workspace: Workspace) -> CellDetails | None:
            from judapp.app.grid_details import cell_details

            return cell_details(workspace, view.form, view.unit, view.period, key, lang, series=known)

        self.session.ask(self, work, lambda found: self._show(asked, found), topic="cell")
        if not known and self._looking_back != asked[0]:
            self._looking_back = asked[0]
            self._look_back(view, 1)

    def _look_back(self, view: SheetView, back: int) -> None:
        """Have the earlier rounds of a sheet reckoned one by one; what is typed meanwhile goes in between."""
        sheet = sheet_of(view)

        def work(workspace: Workspace) -> int:
            from judapp.app.grid_past import MOST, look_back

            look_back(workspace, view.form, view.unit, view.period, back)
            return MOST

        def done(most: int) -> None:
            if sheet != self._looking_back:
                return
            if back + 1 < most:
                self._look_back(view, back + 1)
            else:
                self._looking_back = None
                self._looked_back.add(sheet)
                self._ask()

        self.session.ask(self, work, done, topic="past")

    def _show(self, asked: Asked, details: CellDetails | None) -> None:
        """Show an answer, unless another cell is the active one by now: that one asks for itself."""
        view, key = self._view(), self.grid.key()
        if view is None or key is None or asked != (sheet_of(view), key):
            return
        cell = self.grid.sheet.cell_of(key)
        wanted = cell is not None and cell.severity == "explain"
        self.panel.show_cell(details, asked=wanted, locked=bool(view.locked))

    # --- acts

    def offers(self) -> Iterator[Offer]:
        """What the menu of the active cell offers: a note, an adjustment of the department."""
        view, key = self._view(), self.grid.key()
        if view is None or key is None:
            return
        cell = self.grid.sheet.cell_of(key)
        if cell is not None and (
            cell.explained or cell.severity == "explain"
        ):  # then the key means the reason
            yield Offer(t("RDG-menu-explain"), lambda: self.explain_asked.emit(key), enabled=not view.locked)
        else:
            noted = key in view.remarks
            words = t("BSD-menu-note-change" if noted else "BSD-menu-note")
            yield Offer(words, lambda: self.note(key), enabled=not view.locked and cell is not None)
        typed = cell is not None and cell.enterable
        yield Offer(t("RDG-menu-former"), lambda: self.restore_former(key), enabled=typed and not view.locked)
        details = self.panel.details
        if details is not None and details.key == key and details.adjustable:
            yield Offer(t("BSD-adjust"), lambda: self.adjust(key), enabled=not view.locked)

    def note(self, key: CellKey) -> None:
        """Write the note of a cell, in place."""
        view = self._view()
        if view is None or view.locked or self.grid.sheet.cell_of(key) is None:
            return
        self._go_to(key)
        place = self.grid.place_in(self._around, self.grid.currentIndex())
        words = self._words.of(view, key, "note", view.remarks.get(key, ""))
        self.box.open(key, t("BSD-note-why"), words, place)

    def _noted(self, key: CellKey, words: str) -> None:
        view = self._view()
        if view is None:
            return

        def work(workspace: Workspace, note: str) -> Applied:
            from judapp.app.noting import note_cell

            return note_cell(workspace, view.form, workspace.units[view.unit], view.period, key, note)

        said = t("BSD-said-noted" if words else "BSD-said-note-gone")
        self._words.keep(view, key, words, "note", work, said)

    def restore(self, key: CellKey, op: int) -> None:
        """Bring back the figure an operation left in a cell."""
        view = self._view()
        if view is None:
            return
        self.grid.commit()

        def work(workspace: Workspace) -> Applied:
            from judapp.app.restoring import restore

            return restore(workspace, view.form, workspace.units[view.unit], view.period, key, op)

        self._act(work, t("BSD-said-restored"))

    def restore_former(self, key: CellKey) -> None:
        """Bring back what stood in a cell before what it holds now."""
        view = self._view()
        if view is None:
            return
        self.grid.commit()

        def work(workspace: Workspace) -> Applied:
            from judapp.app.restoring import restore_former

            return restore_former(workspace, view.form, workspace.units[view.unit], view.period, key)

        self._act(work, t("RDG-said-former"))

    def adjust(self, key: CellKey) -> None:
        """Ask for the department's adjustment of a cell."""
        view, details = self._view(), self.panel.details
        if view is None or view.locked or details is None or details.key != key:
            return
        from judapp.ui.pages.entry_asking import AdjustDialog

        dialog = AdjustDialog(self._around, details, view.spots[key])

        def keep() -> None:
            delta, reason = dialog.words()

            def work(workspace: Workspace) -> Applied:
                from judapp.app.adjusting import adjust

                unit = workspace.units[view.unit]
                return adjust(workspace, view.form, unit, view.period, key, delta, reason)

            self._act(work, t("BSD-said-adjusted"))

        dialog.accepted.connect(keep)
        dialog.open()

    def take_away(self, key: CellKey) -> None:
        """Take the adjustment of a cell away."""
        view = self._view()
        if view is None:
            return

        def work(workspace: Workspace) -> Applied:
            from judapp.app.adjusting import take_away

            return take_away(workspace, view.form, workspace.units[view.unit], view.period, key)

        self._act(work, t("BSD-said-unadjusted"))

    def read(self, key: CellKey) -> None:
        """Ask how the department reads the column of a cell."""
        view, details = self._view(), self.panel.details
        if view is None or details is None or details.key != key:
            return
        from judapp.ui.pages.entry_asking import ReadingDialog

        dialog = ReadingDialog(self._around, details)

        def keep() -> None:
            words = dialog.words()

            def work(workspace: Workspace) -> Applied:
                from judapp.app.readings import keep_reading

                unit = workspace.units[view.unit]
                return keep_reading(workspace, view.form, unit, view.period, key, words)

            self._act(work, t("BSD-said-read"))

        dialog.accepted.connect(keep)
        dialog.open()

    def open_place(self, place: Place) -> None:
        """Go to a cell of another sheet or round; of this very sheet it becomes the active one."""
        view = self._view()
        here = view is not None and (place.form, place.unit, place.period) == (
            view.form,
            view.unit,
            view.period,
        )
        if here and place.cell is not None:
            self._go_to(place.cell)
            return
        self.grid.commit()
        self.session.go(unit=place.unit, period=place.period)
        self.session.show("entry", form=place.form, cell=place.cell)

    def _act(self, work: Callable[[Workspace], Applied], said: str) -> None:
        self.session.act(work, failed=self._refused, said=said)
