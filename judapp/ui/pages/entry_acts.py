"""What the entry page writes: each act one operation on the sheet it was begun on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from judapp.ui.session import Session
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.domain.unit import Unit
    from judapp.errors import JudappError
    from judapp.store.operations import Applied
    from judapp.ui.grid.model import Batch

Expect = Callable[[Mapping["CellKey", str]], "Batch"]


class SheetActs:
    """Acts on one sheet; what is typed stands in the grid while it is on its way to the disk."""

    def __init__(self, session: Session, expect: Expect) -> None:
        """``expect`` shows texts at once, and is told when they are stored."""
        self.session = session
        self._expect = expect

    def enter(self, view: SheetView, texts: Mapping[CellKey, str]) -> None:
        """Keep what was typed."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import enter

            return enter(workspace, view.form, _unit(workspace, view), view.period, texts)

        self._write(texts, work)

    def paste(self, view: SheetView, texts: Mapping[CellKey, str]) -> None:
        """Keep what was pasted."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import paste

            return paste(workspace, view.form, _unit(workspace, view), view.period, texts)

        self._write(texts, work, t("ENY-said-pasted", n=len(texts)))

    def empty(self, view: SheetView, texts: Mapping[CellKey, str]) -> None:
        """Make cells empty."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import enter

            return enter(workspace, view.form, _unit(workspace, view), view.period, texts)

        self._write(texts, work, t("ENY-said-emptied", n=len(texts)))

    def fill_nil(self, view: SheetView) -> None:
        """Answer every open cell with không phát sinh."""
        keys = view.unanswered

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import fill_nil

            return fill_nil(workspace, view.form, _unit(workspace, view), view.period, keys)

        self._write(dict.fromkeys(keys, "-"), work, t("ENY-said-filled", n=len(keys)))

    def explain(self, view: SheetView, key: CellKey, reason: str) -> None:
        """Keep the explanation of a cell."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import explain_cell

            return explain_cell(workspace, view.form, _unit(workspace, view), view.period, key, reason)

        self.session.act(work, said=t("ENY-said-explained"))

    def add_row(
        self, view: SheetView, table: str, parent: str, label: str, then: Callable[[str], None]
    ) -> None:
        """Add a row of the reporter's own; ``then`` gets its key."""
        made: list[str] = []

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import add_row

            key, applied = add_row(
                workspace, view.form, _unit(workspace, view), view.period, table, parent, label
            )
            made.append(key)
            return applied

        self.session.act(work, lambda _: then(made[0]), said=t("ENY-said-row-added", row=label))

    def remove_row(self, view: SheetView, table: str, key: str, label: str) -> None:
        """Remove an empty row of the reporter's own."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.entering import remove_row

            return remove_row(workspace, view.form, _unit(workspace, view), view.period, table, key)

        self.session.act(work, said=t("ENY-said-row-removed", row=label))

    def submit(self, view: SheetView, refused: Callable[[JudappError], None]) -> None:
        """Hand the sheet in; ``refused`` is told what still blocks it."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.approving import submit

            return submit(workspace, view.form, _unit(workspace, view), view.period)

        self.session.act(work, failed=refused, said=t("ENY-said-submitted", form=view.form))

    def take_back(self, view: SheetView, reason: str) -> None:
        """Take a submitted sheet back to work on it."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.approving import give_back

            return give_back(workspace, view.form, _unit(workspace, view), view.period, reason)

        self.session.act(work, said=t("ENY-said-taken-back", form=view.form))

    def _write(
        self, texts: Mapping[CellKey, str], work: Callable[[Workspace], Applied], said: str = ""
    ) -> None:
        batch = self._expect(texts)

        def stored(_: Applied) -> None:
            batch.done = True

        self.session.act(work, stored, said=said)


def _unit(workspace: Workspace, view: SheetView) -> Unit:
    return workspace.units[view.unit]
