"""What is done with whole rows of a sheet: added, named, put in order, removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.grid_view import RowLine, SheetView, TableView
    from judapp.app.workspace import Workspace
    from judapp.errors import JudappError
    from judapp.store.operations import Applied
    from judapp.ui.grid.menu import Offer
    from judapp.ui.pages.entry_sheet import SheetArea


class RowActs:
    """Acts on the active row of the grid; each asks what it needs, and is one operation."""

    def __init__(self, area: SheetArea) -> None:
        self._area, self._session, self._grid = area, area.session, area.grid
        self.waits = False
        """Whether what is typed is held until a row has come, or one is gone."""
        self._made = ""
        """Its key, once it is stored."""
        self._removed = False
        """Whether a row is gone by now: what was typed meanwhile is for the one in its place."""
        self._session.broken.connect(lambda _: self.give_up())

    def own(self) -> bool:
        """Whether the active row is one somebody added."""
        row, table = self._grid.currentIndex().row(), self._grid.sheet.table
        return table is not None and 0 <= row < len(table.rows) and table.rows[row].own

    def offers(self) -> list[Offer]:
        """What the menu of the cells offers for the active row."""
        from judapp.ui.grid.menu import Offer

        view, table, own = self._area.view, self._grid.sheet.table, self.own()
        if view is None or view.locked or table is None or not table.free:
            return []
        return [
            Offer(t("SHT-row-add"), self.add),
            Offer(t("SHT-row-rename"), self.rename, own),
            Offer(t("SHT-row-up"), partial(self.move, -1), own),
            Offer(t("SHT-row-down"), partial(self.move, 1), own),
            Offer(t("SHT-row-remove"), self.remove, own),
        ]

    def add(self) -> None:
        """Ask for the name of a row and add it, under the group the active cell is in."""
        view, table = self._area.view, self._grid.sheet.table
        if view is None or table is None or view.locked:
            return
        self._grid.commit()
        if not table.free:
            self._area.notice.tell(
                t("SHT-rows-of-units" if _of_units(table) else "SHT-rows-of-form", form=view.form)
            )
            return
        from judapp.ui.pages.entry_dialogs import RowDialog

        row = self._grid.currentIndex().row()
        dialog = RowDialog(self._area, table, table.rows[row].key if row >= 0 else "")

        def accepted() -> None:
            parent, label = dialog.parent_row(), dialog.words()
            made: list[str] = []

            def work(workspace: Workspace) -> Applied:
                from judapp.app.own_rows import add_row

                unit = workspace.units[view.unit]
                key, applied = add_row(workspace, view.form, unit, view.period, table.key, parent, label)
                made.append(key)
                return applied

            self.waits = True
            self._grid.held.begin()
            said = t("ENY-said-row-added", row=label)
            self._session.act(work, lambda _: self._stored(made[0]), self._not_done, said=said)

        dialog.accepted.connect(accepted)
        dialog.open()

    def shown(self) -> None:
        """A whole view is shown: where the new row is in it, what was typed meanwhile goes into that row."""
        if self._removed:
            self._removed = self.waits = False
            self._grid.held.give()
        if not self._made:
            return  # none is awaited, or the view is older than it
        made, self._made, self.waits = self._made, "", False
        key = self._grid.key()
        self._grid.await_row("")
        if key is not None and key[1] == made:
            self._grid.held.give()
        else:
            self._grid.held.drop()

    def give_up(self) -> bool:
        """Wait for no row any more; whether something was typed for one."""
        if not self.waits:
            return False
        typed = self._grid.held.any
        self.waits, self._made, self._removed = False, "", False
        self._grid.await_row("")
        self._grid.held.drop()
        return typed

    def _stored(self, key: str) -> None:
        if self.waits:
            self._made = key
            self._grid.await_row(key)

    def _gone(self) -> None:
        self._removed = self.waits

    def _not_done(self, error: JudappError) -> None:
        self.give_up()
        self._session.failed.emit(error)

    def rename(self) -> None:
        """Ask for another name of the active row."""
        found = self._at_hand()
        if found is None:
            return
        view, table, row = found
        from judapp.ui.pages.entry_dialogs import RenameDialog

        dialog = RenameDialog(self._area, row.label)

        def accepted() -> None:
            label = dialog.words()

            def work(workspace: Workspace) -> Applied:
                from judapp.app.own_rows import rename_row

                unit = workspace.units[view.unit]
                return rename_row(workspace, view.form, unit, view.period, table.key, row.key, label)

            self._session.act(work, said=t("SHT-said-renamed", row=label))

        dialog.accepted.connect(accepted)
        dialog.open()

    def move(self, by: int) -> None:
        """Let the active row change places with the one above (-1) or below (1)."""
        found = self._at_hand()
        if found is None:
            return
        view, table, row = found

        def work(workspace: Workspace) -> Applied:
            from judapp.app.own_rows import move_row

            unit = workspace.units[view.unit]
            return move_row(workspace, view.form, unit, view.period, table.key, row.key, by)

        def said(applied: Applied) -> str:
            return "" if applied.empty else t("SHT-said-moved", row=row.label)

        self._session.act(work, said=said)

    def remove(self) -> None:
        """Remove the active row; where it holds figures, say how many go with it and ask."""
        found = self._at_hand()
        if found is None:
            return
        view, table, row = found
        figures = figures_in(table, row)
        remove = partial(self._remove, view, table, row, with_figures=figures > 0)
        if not figures:
            remove()
            return
        from judapp.ui.dialogs import ActDialog
        from judapp.ui.widgets.basic import Label

        dialog = ActDialog(self._area, t("SHT-remove-title", row=row.label), t("SHT-remove-do"))
        dialog.body.addWidget(Label(t("SHT-remove-what", n=figures), wrap=True))
        dialog.accepted.connect(remove)
        dialog.open()

    def _remove(self, view: SheetView, table: TableView, row: RowLine, *, with_figures: bool) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.own_rows import remove_row

            return remove_row(
                workspace,
                view.form,
                workspace.units[view.unit],
                view.period,
                table.key,
                row.key,
                with_figures=with_figures,
            )

        self.waits = True
        self._grid.held.begin()
        said = t("ENY-said-row-removed", row=row.label)
        self._session.act(work, lambda _: self._gone(), self._not_done, said=said)

    def _at_hand(self) -> tuple[SheetView, TableView, RowLine] | None:
        """The active row, where it may be changed; says why where it may not."""
        view, table, at = self._area.view, self._grid.sheet.table, self._grid.currentIndex().row()
        if view is None or view.locked or table is None or not 0 <= at < len(table.rows):
            return None
        self._grid.commit()
        row = table.rows[at]
        if row.own:
            return view, table, row
        self._area.notice.tell(
            t("SHT-row-of-unit" if row.kind == "unit" else "SHT-row-of-form", row=row.label)
        )
        return None


def figures_in(table: TableView, row: RowLine) -> int:
    """How many cells of a row, and of the rows below it, were answered."""
    from judapp.domain.rows import is_within

    return sum(
        bool(cell.typed) and cell.kind in ("open", "words", "reported")
        for key, cell in table.cells.items()
        if is_within(key[1], row.key)
    )


def _of_units(table: TableView) -> bool:
    return any(row.kind == "unit" for row in table.rows)
