"""Nhập liệu: the form itself as a grid one types into, checked while it is filled in."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.pages.base import Page
from judapp.ui.pages.entry_head import Evidence, SheetHead
from judapp.ui.pages.entry_keys import card, install
from judapp.ui.pages.entry_live import sheet_of
from judapp.ui.pages.entry_regions import Region, Regions, take
from judapp.ui.pages.entry_sheet import SheetArea
from judapp.ui.pages.entry_steps import HeadActs
from judapp.ui.pages.entry_turning import Turning
from judapp.ui.session import Session
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from judapp.app.grid import Opening
    from judapp.app.grid_forms import FormChoice
    from judapp.app.grid_view import SheetView
    from judapp.app.live_findings import Given
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.ui.pages.entry_forms import FormList
    from judapp.ui.palette import Act

_QUIET = 4
"""Pauses of the session without a key before a sheet that was typed into is read again."""
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
        self.wanted: CellKey | None = None
        """The cell to be active in the sheet that comes."""
        self._left_at: dict[tuple[str, str, str], CellKey] = {}
        self.sheet_head: SheetHead = SheetHead()
        self.sheet_head.picked.connect(self.open_form)
        self.sheet_head.unit_picked.connect(lambda _: self.leave())
        self.heading = HeadActs(session, self.sheet_head)
        self.head.top.insertWidget(0, self.sheet_head, 20)
        self.evidence = Evidence()
        self.head.add(self.evidence)
        self.area: SheetArea = SheetArea(session)
        self.area.patched.connect(self._patched)
        self.area.acts.live.undone.connect(self.refresh)
        self.turning = Turning(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # while nothing is known yet
        self.stack.addWidget(self.area)
        self.body.addWidget(self.stack)
        self.regions: Regions = self._make_regions()
        install(self)
        session.opening.connect(self._another_asked_for)
        session.stayed.connect(self._this_stays)
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

    def _make_regions(self) -> Regions:
        """What F6 leads through: the head, the grid, the finding at hand, the notes, the panel."""
        area = self.area
        return Regions(
            self,
            (
                Region(self.sheet_head, partial(take, lambda: self.sheet_head.form), under=True),
                Region(area.grid, partial(take, lambda: area.grid)),
                Region(area.strip, partial(take, lambda: next(iter(area.strip.buttons()), area.strip.more))),
                Region(area.notes, area.notes.reach),
                Region(area.panel, partial(take, area.panel.tabBar)),
            ),
        )

    def acts(self) -> list[Act]:
        from judapp.ui.pages.entry_palette import acts_of_sheet

        return acts_of_sheet(self)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return card()

    def define(self) -> None:
        self.area.room.show_definition()

    # --- what is shown

    def arrive(self, form: str = "", cell: CellKey | None = None, **place: Any) -> None:
        """Show a form (number or family), at a cell of it."""
        self.leave()
        if form:
            self._form = form
        self.wanted = (cell[0], cell[1], cell[2]) if cell else None

    def whereabouts(self) -> Mapping[str, Any]:
        return {"form": self._form, "cell": self.area.grid.key()} if self._form else {}

    def may_leave(self, page: str, place: Mapping[str, Any]) -> bool:
        here = self.view
        if here is None or (page == self.name and place.get("form", "") in ("", here.form, here.family)):
            return True
        return self.session.may_leave(*sheet_of(here))

    def open_form(self, number: str) -> None:
        """Show another form."""
        self.leave()
        if not self.may_leave(self.name, {"form": number}):
            return
        self._form, self.wanted = number, None
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
        if not self.turning.ask((form, unit, period)):
            return
        wanted = self.wanted
        included = self.area.acts.live.ordered  # works are done in the order they are asked for

        shown = self.view
        again = shown is not None and form in (shown.form, shown.family)
        again = again and shown is not None and (unit, period) == (shown.unit, shown.period)

        def work(workspace: Workspace) -> tuple[Opening | None, tuple[FormChoice, ...]] | Exception:
            from judapp.app.grid import look_around, open_sheet
            from judapp.app.grid_forms import forms_for

            forms: tuple[FormChoice, ...] = ()
            try:
                forms = forms_for(workspace, unit, period)
                opening = open_sheet(workspace, form, unit, period, lang) if form else None
                if opening is not None and again:  # nothing that stands there already goes and comes back
                    opening.live.learn(look_around(workspace, opening))
                return opening, forms
            except JudappError as error:
                if error.code in _NO_FORM:  # another one has to be chosen in this period
                    return None, forms
                return error
            except Exception as error:  # noqa: BLE001  # told in the window's thread
                return error

        def answer(found: tuple[Opening | None, tuple[FormChoice, ...]] | Exception) -> None:
            if isinstance(found, Exception):
                self.turning.failed(found)
                return
            reached = False
            if (self._form, self.wanted) == (form, wanted):  # else somebody wants to go on from here
                self.wanted = None
            try:
                reached = self._show(*found, included, wanted)
                if self._form == form and self.view is not None:
                    self._form = self.view.family
            finally:
                self.turning.came(reached=reached)

        self.session.ask(self, work, answer, topic="sheet")

    def stay(self) -> None:
        """What was asked for cannot be shown: the sheet on the screen stays, in its own unit and period."""
        view, self.wanted = self.view, None
        if view is None:
            return
        if self.isVisible():
            self._form = view.family
            self.session.go(view.period, view.unit)
        else:
            self._stale = True  # asked for again when somebody looks

    def _something_changed(self, what: object = None) -> None:
        """What was typed here stands here already: the whole view is asked for once typing pauses."""
        if self.area.acts.live.is_shown(what):
            self._stale = True
            self.session.in_pause("sheet", super()._something_changed, pauses=_QUIET)
        else:
            super()._something_changed()

    def _patched(self, view: SheetView) -> None:
        former, self.view = self.view, view
        if former is None or former.state != view.state or former.findings != view.findings:
            self._show_head(view)

    def _show(
        self, opening: Opening | None, forms: tuple[FormChoice, ...], included: int, wanted: CellKey | None
    ) -> bool:
        """Show the answer; whether it is a sheet, with the cell that was wanted."""
        self.sheet_head.offer(forms)
        if opening is None:
            self._show_forms(forms)
            return False
        view = self.area.acts.live.begin(opening.live, included)
        other = self.view is None or sheet_of(view) != sheet_of(self.view)
        if other:
            self.leave()  # what is being typed belongs to the sheet before
        # Another unit or period keeps row and column; another form begins where one types.
        here = self.area.grid.key() if self.view is not None and self.view.family == view.family else None
        self.view = view
        self.stack.setCurrentWidget(self.area)
        there = self._left_at.get(sheet_of(view), here) if other else None
        self.area.show_sheet(view, wanted or there)
        self._show_head(view)
        if other and self.isVisible():
            self.area.grid.setFocus()
        if not opening.live.complete:
            self.session.stir()  # the sheet is painted before the worker takes turns with the window
            self._look_around(opening)
        return wanted is None or wanted == self.area.grid.key()

    def _look_around(self, opening: Opening) -> None:
        """Complete a sheet that is shown by what others say of it."""

        def work(workspace: Workspace) -> Given:
            from judapp.app.grid import look_around

            return look_around(workspace, opening)

        live = self.area.acts.live
        self.session.ask(self, work, lambda given: live.learn(opening.live, given), topic="around")

    def _show_forms(self, forms: tuple[FormChoice, ...]) -> None:
        self._clear()
        self.forms.show_forms(forms)
        self.stack.setCurrentWidget(self.forms)
        self.setFocusProxy(self.forms.table)

    def _clear(self) -> None:
        self.view = None
        self.area.acts.live.forget()
        self.stack.setCurrentIndex(0)
        self.head.title.show()
        self.head.say(t("ENY-choose-form"))
        self.head.hide_primary()
        self.sheet_head.hide()
        self.evidence.hide()

    def _show_head(self, view: SheetView) -> None:
        self.head.title.hide()
        self.sheet_head.show_sheet(view)
        self.heading.follow(view)
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

    def _another_asked_for(self) -> None:
        self.turning.pause()

    def _this_stays(self) -> None:
        self.turning.go_on()

    def _another_file(self) -> None:
        self.heading.forget()
        self.turning.forget()
        self._form, self.wanted = "", None
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
