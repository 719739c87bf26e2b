"""Nhập liệu: the form itself as a grid one types into, checked while it is filled in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.pages.base import Page
from judapp.ui.pages.entry_head import Evidence, SheetHead
from judapp.ui.pages.entry_sheet import SheetArea, sheet_of
from judapp.ui.session import Session
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.grid_forms import FormChoice
    from judapp.app.grid_view import SheetView
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.ui.pages.entry_forms import FormList

_NO_FORM = ("FRM-001", "FRM-002")
"""The form does not exist, or not in this period."""


class EntryPage(Page):
    """One sheet, or the list of forms while none is chosen."""

    name = "entry"
    title = "WIN-entry"
    rail = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view: SheetView | None = None
        self._form = ""
        self._wanted: CellKey | None = None
        self._left_at: dict[tuple[str, str, str], CellKey] = {}
        self.sheet_head = SheetHead()
        self.sheet_head.picked.connect(self.open_form)
        self.head.top.insertWidget(0, self.sheet_head, 20)
        self.evidence = Evidence()
        self.head.add(self.evidence)
        self.area = SheetArea(session)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # while nothing is known yet
        self.stack.addWidget(self.area)
        self.body.addWidget(self.stack)
        self._keys()
        session.opened.connect(self._another_file)
        theme.theme().changed.connect(self._recolour)
        self._clear()

    @cached_property
    def forms(self) -> FormList:
        """The list to choose from; most who start the program go on with the form they left."""
        from judapp.ui.pages.entry_forms import FormList

        made = FormList()
        made.picked.connect(self.open_form)
        self.stack.addWidget(made)
        return made

    def _keys(self) -> None:
        area = self.area
        for keys, act in (
            ("F8", lambda: area.next_finding(1)),
            ("Shift+F8", lambda: area.next_finding(-1)),
            ("Shift+F2", area.explain),
            ("F5", area.add_row),
            ("Ctrl+-", area.remove_row),
            ("Ctrl+I", area.toggle_panel),
            ("Ctrl+Shift+H", area.toggle_head),
            ("Ctrl+PgUp", lambda: self.sheet_head.turn(-1)),
            ("Ctrl+PgDown", lambda: self.sheet_head.turn(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- what is shown

    def arrive(self, form: str = "", cell: CellKey | None = None, **place: Any) -> None:
        """Show a form (number or family), at a cell of it."""
        self.leave()
        if form:
            self._form = form
        self._wanted = (cell[0], cell[1], cell[2]) if cell else None

    def open_form(self, number: str) -> None:
        """Show another form."""
        self.leave()
        self._form, self._wanted = number, None
        self.refresh()

    def leave(self) -> None:
        """Keep what is being typed before something else is shown."""
        self.area.commit()
        key = self.area.grid.key()
        if self.view is not None and key is not None:
            self._left_at[sheet_of(self.view)] = key

    def refresh(self) -> None:
        """Ask for the sheet, or for the forms of the period where none is chosen."""
        form, unit, period, lang = self._form, self.session.unit, self.session.period, language()

        def work(workspace: Workspace) -> tuple[SheetView | None, tuple[FormChoice, ...]]:
            from judapp.app.grid import sheet_view
            from judapp.app.grid_forms import forms_for

            forms = forms_for(workspace, unit, period)
            try:
                return (sheet_view(workspace, form, unit, period, lang) if form else None), forms
            except JudappError as error:
                if error.code in _NO_FORM:  # another one has to be chosen in this period
                    return None, forms
                raise

        self.session.ask(self, work, self._show, topic="sheet")

    def _show(self, found: tuple[SheetView | None, tuple[FormChoice, ...]]) -> None:
        view, forms = found
        self.sheet_head.offer(forms)
        if view is None:
            self._show_forms(forms)
            return
        other = self.view is None or sheet_of(view) != sheet_of(self.view)
        if other:
            self.leave()  # what is being typed belongs to the sheet before
        # Another unit or period keeps row and column; another form begins where one types.
        here = self.area.grid.key() if self.view is not None and self.view.family == view.family else None
        self.view = view
        self._form = view.family
        self.stack.setCurrentWidget(self.area)
        wanted, self._wanted = self._wanted, None
        if wanted is None and other:
            wanted = self._left_at.get(sheet_of(view), here)
        self.area.show_sheet(view, wanted)
        self._show_head(view)
        if other and self.isVisible():
            self.area.grid.setFocus()

    def _show_forms(self, forms: tuple[FormChoice, ...]) -> None:
        self._clear()
        self.forms.show_forms(forms)
        self.stack.setCurrentWidget(self.forms)
        self.setFocusProxy(self.forms.table)

    def _clear(self) -> None:
        self.view = None
        self.stack.setCurrentIndex(0)
        self.head.title.show()
        self.head.say(t("ENY-choose-form"))
        self.head.hide_primary()
        self.sheet_head.hide()
        self.evidence.hide()

    def _show_head(self, view: SheetView) -> None:
        self.head.title.hide()
        self.sheet_head.show_sheet(view)
        self.sheet_head.show()
        self.evidence.show_sheet(view)
        self.evidence.show()
        locked = t(view.locked, since=view.since) if view.locked else ""
        self.head.say("   ".join(filter(None, (locked, view.title, view.days))))
        self.setFocusProxy(self.area.grid)
        wanted = t("ENY-submit") if not view.locked else t("ENY-take-back")
        if view.locked and view.locked != "ENY-locked-submitted":
            self.head.hide_primary()
        elif self.head.primary_button is None or self.head.primary_button.text() != wanted:
            self.head.primary(wanted, self.take_back if view.locked else self.submit)

    def _another_file(self) -> None:
        self._form, self._wanted = "", None
        self._left_at.clear()
        self._clear()

    def _recolour(self) -> None:
        if self.view is not None:
            self.area.show_sheet(self.view, None)
            self.area.panel.findings.recolour()
            self._show_head(self.view)

    # --- handing in

    def submit(self) -> None:
        """Hand the sheet in; where something blocks it, say what and how to get there."""
        self.area.commit()
        view = self.view
        if view is None:
            return
        blocked = view.count("error") or view.count("explain") or view.unanswered
        if blocked or view.state == "missing":
            self.area.acts.submit(view, self._refused)
            return
        from judapp.ui.pages.entry_dialogs import SubmitDialog

        dialog = SubmitDialog(self, view)
        dialog.accepted.connect(lambda: self.area.acts.submit(view, self._refused))
        dialog.open()

    def _refused(self, error: JudappError) -> None:
        view = self.view
        if view is None:
            return
        acts = []
        first = next((f.cell for f in view.findings if f.severity in ("error", "explain") and f.cell), None)
        if first is None and view.unanswered:
            first = view.unanswered[0]
        if first is not None:
            acts.append((t("ENY-to-cell"), lambda: self.area.go_to(first)))
        if view.unanswered:
            acts.append((t("ENY-fill", n=len(view.unanswered)), self.area.fill_nil))
        self.area.bar.tell(of_error(error, language()), *acts)

    def take_back(self) -> None:
        """Take a submitted sheet back, with a reason."""
        view = self.view
        if view is None:
            return
        from judapp.ui.pages.entry_dialogs import TakeBackDialog

        dialog = TakeBackDialog(self, view)
        dialog.accepted.connect(lambda: self.area.acts.take_back(view, dialog.words()))
        dialog.open()
