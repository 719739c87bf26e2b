"""From one sheet to another: what is typed on the way belongs to the sheet that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.errors import JudappError

if TYPE_CHECKING:
    from judapp.domain.period import Period
    from judapp.ui.pages.entry import EntryPage

Asked = tuple[str, str, "Period"]
"""Form (number or family), uid of the unit, period."""


class Turning:
    """Holds keys back between the wish for another sheet, or another cell, and its coming.

    What was half typed before is kept in the sheet before. What is typed from then on is given to the sheet
    that was asked for, at the cell that becomes active there; where none comes it is dropped.
    """

    def __init__(self, page: EntryPage) -> None:
        self._page = page
        self._held = page.area.grid.held
        self._held.over(page, page.sheet_head)  # there one may turn on
        self._asked: Asked | None = None

    def ask(self, asked: Asked) -> bool:
        """A sheet is about to be asked for; False where it has to wait for its turn.

        It waits where something was typed for the one that was asked for before and is not shown yet.
        """
        page = self._page
        if self._asked is not None and self._held.any and asked != self._asked:
            if self._held.after(page.refresh):
                page.session.failed.emit(JudappError("TRN-002"))
            return False
        if self._asked is None and not self._turns(asked):
            return True
        page.leave()
        if page.area.rows.give_up():
            page.session.failed.emit(JudappError("TRN-002"))
        self._asked = asked
        self._held.begin()
        if page.area.isVisible():
            page.area.grid.setFocus()
        return True

    def came(self, *, reached: bool) -> None:
        """The answer is shown; ``reached``: it is the sheet, and the cell, that was asked for."""
        if self._asked is None:
            self._page.area.rows.shown()
            return
        self._asked = None
        if reached:
            self._held.give()
        else:
            self._held.drop()

    def failed(self, error: Exception) -> None:
        """There is no answer: the sheet on the screen stays, and with it its form, unit and period."""
        page, asked = self._page, self._asked
        page.area.rows.give_up()
        self._asked = None
        if asked is not None:
            self._held.drop()
            if self._asked is None:  # else yet another sheet is on its way by now
                page.stay()
        told = page.session.failed if isinstance(error, JudappError) else page.session.broken
        told.emit(error)

    def pause(self) -> None:
        """Another data file is asked for: what is typed from now on is not meant for this one."""
        self._page.leave()
        self._held.barred = True
        self._held.begin()

    def go_on(self) -> None:
        """That file does not come: what was typed meanwhile is for the sheet that stays."""
        self._held.barred = False
        if self._asked is None and not self._page.area.rows.waits:
            self._held.give()

    def forget(self) -> None:
        """Another data file is shown."""
        self._asked = None
        self._page.area.rows.give_up()
        if self._held.any:
            self._page.session.failed.emit(JudappError("TRN-003"))
        self._held.forget()

    def _turns(self, asked: Asked) -> bool:
        """Whether ``asked`` is another sheet than the one shown, or another cell of it was asked for."""
        form, unit, period = asked
        view = self._page.view
        if not form or view is None:
            return bool(form)
        other = form not in (view.form, view.family) or (unit, period) != (view.unit, view.period)
        return other or self._page.wanted is not None
