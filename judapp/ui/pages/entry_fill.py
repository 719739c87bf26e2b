"""Fill helpers of the entry page: nothing occurred, not yet known, the period before as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judapp.app.filling import Draft
    from judapp.app.grid_view import SheetView
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.store.operations import Applied
    from judapp.ui.grid.menu import Offer
    from judapp.ui.pages.entry_sheet import SheetArea


class FillActs:
    """Acts that fill many cells of the sheet shown; each is one operation and says how many before."""

    def __init__(self, area: SheetArea) -> None:
        self._area, self._session, self._grid = area, area.session, area.grid

    def pending(self) -> None:
        """Answer every open cell with chưa có số liệu."""
        view = self._open_sheet()
        if view is None or not view.unanswered:
            return
        keys = view.unanswered

        def work(workspace: Workspace) -> Applied:
            from judapp.app.filling import fill_pending

            return fill_pending(workspace, view.form, workspace.units[view.unit], view.period, keys)

        self._session.act(work, said=t("SHT-said-pending", n=len(keys)))

    def draft(self) -> None:
        """Ask whether the figures of the period before are to stand in for those that are missing."""
        view = self._open_sheet()
        if view is None:
            return

        def work(workspace: Workspace) -> Draft | None:
            from judapp.app.filling import draft_of

            return draft_of(workspace, view.form, workspace.units[view.unit], view.period)

        self._session.ask(self._area, work, lambda draft: self._offer(view, draft), topic="draft")

    def _offer(self, view: SheetView, draft: Draft | None) -> None:
        if draft is None:
            self._area.notice.tell(t("DRA-003"))
            return
        from judapp.ui.dialogs import ActDialog
        from judapp.ui.widgets.basic import Label

        n = len(draft.figures)
        dialog = ActDialog(self._area, t("SHT-draft-title"), t("SHT-draft-do", n=n))
        name = draft.period.name.in_language(language())
        lines = [t("SHT-draft-what", n=n, period=name, form=draft.form)]
        if draft.rows:
            lines.append(t("SHT-draft-rows", n=len(draft.rows)))
        if draft.unlike:
            lines.append(t("SHT-draft-unlike"))
        for line in lines:
            dialog.body.addWidget(Label(line, wrap=True))
        dialog.body.addWidget(Label(t("SHT-draft-then"), "caption", wrap=True))
        dialog.accepted.connect(lambda: self._take(view, name))
        dialog.open()

    def _take(self, view: SheetView, name: str) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.filling import take_draft

            return take_draft(workspace, view.form, workspace.units[view.unit], view.period)[1]

        self._session.act(work, said=lambda applied: t("SHT-said-draft", n=applied.figures, period=name))

    def confirm(self, keys: Sequence[CellKey]) -> None:
        """Say that stand-ins are the figures of this period."""
        view = self._open_sheet()
        if view is None or not keys:
            return
        wanted = tuple(keys)

        def work(workspace: Workspace) -> Applied:
            from judapp.app.filling import confirm

            return confirm(workspace, view.form, workspace.units[view.unit], view.period, wanted)

        self._session.act(work, said=t("SHT-said-confirmed", n=len(wanted)))

    def confirm_selected(self) -> None:
        """Confirm the stand-ins among the selected cells."""
        chosen = {self._grid.sheet.key_of(at) for at in self._grid.selectionModel().selectedIndexes()}
        self.confirm([key for key in self.drafts() if key in chosen])

    def confirm_all(self) -> None:
        """Confirm every stand-in of the sheet."""
        self.confirm(self.drafts())

    def offers(self) -> list[Offer]:
        """What the menu of the cells offers where stand-ins are selected."""
        from judapp.ui.grid.menu import Offer

        view = self._area.view
        if view is None or view.locked or not self.drafts():
            return []
        return [Offer(t("SHT-confirm-selected"), self.confirm_selected)]

    def drafts(self) -> list[CellKey]:
        """The cells that hold a stand-in nobody confirmed."""
        from judapp.app.drafts import UNCONFIRMED

        view = self._area.view
        found = view.findings if view is not None else ()
        return [finding.cell for finding in found if finding.code == UNCONFIRMED and finding.cell is not None]

    def _open_sheet(self) -> SheetView | None:
        """The sheet shown with everything typed kept, None where it takes nothing."""
        self._grid.commit()
        view = self._area.view
        return None if view is None or view.locked else view
