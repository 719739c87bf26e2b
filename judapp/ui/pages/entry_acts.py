"""What the entry page writes: each act one operation on the sheet it was begun on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from judapp.ui.pages.entry_live import LiveWriting, sheet_of
from judapp.ui.pages.entry_words import Words
from judapp.ui.session import Session
from judapp.ui.texts import t
from judapp.ui.unstored import Texts

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView
    from judapp.app.pasting import Landing
    from judapp.app.workspace import Workspace
    from judapp.domain.entry import Layer, Numbers
    from judapp.domain.shape import CellKey
    from judapp.domain.unit import Unit
    from judapp.errors import JudappError
    from judapp.store.operations import Applied
    from judapp.ui.grid.model import SheetModel


class SheetActs:
    """Acts on one sheet; what is typed is shown at once, while it is on its way to the disk."""

    def __init__(self, session: Session, model: SheetModel) -> None:
        """``model`` shows texts that wait."""
        self.session = session
        self.live = LiveWriting(session, model)
        self.words = Words(session)

    def enter(
        self,
        view: SheetView,
        texts: Texts,
        *,
        label: str | None = None,
        layer: Layer = "printed",
        numbers: Numbers = "ask",
        said: str = "",
    ) -> None:
        """Keep what was typed; ``label`` names the act where the cells alone do not."""

        def work(workspace: Workspace, left: Texts) -> Applied:
            from judapp.app.entering import enter

            unit = _unit(workspace, view)
            return enter(workspace, view.form, unit, view.period, left, label, layer=layer, numbers=numbers)

        self.live.write(view, texts, work, said=said, layer=layer, numbers=numbers)

    def paste(
        self,
        view: SheetView,
        landing: Landing,
        *,
        layer: Layer = "printed",
        numbers: Numbers = "ask",
    ) -> None:
        """Keep what was pasted, under the number of cells it was shown with."""
        named = landing.named

        def work(workspace: Workspace, left: Texts) -> Applied:
            from judapp.app.entering import paste

            unit = _unit(workspace, view)
            at = workspace, view.form, unit, view.period
            return paste(*at, left, named=named, layer=layer, numbers=numbers)

        said = t("ENY-said-pasted", n=named)
        self.live.write(view, landing.texts, work, said=said, layer=layer, numbers=numbers)

    def fill_nil(self, view: SheetView) -> None:
        """Answer every open cell with không phát sinh."""
        keys = view.unanswered

        def work(workspace: Workspace, left: Texts) -> Applied:
            from judapp.app.filling import fill_nil

            return fill_nil(workspace, view.form, _unit(workspace, view), view.period, tuple(left))

        self.live.write(view, dict.fromkeys(keys, "-"), work, said=t("ENY-said-filled", n=len(keys)))

    def explain(self, view: SheetView, key: CellKey, reason: str) -> None:
        """Keep the explanation of a cell; without words it is taken away."""

        def work(workspace: Workspace, words: str) -> Applied:
            from judapp.app.entering import explain_cell
            from judapp.app.reasons import withdraw_reason

            unit = _unit(workspace, view)
            if not words:
                return withdraw_reason(workspace, view.form, unit, view.period, key)
            return explain_cell(workspace, view.form, unit, view.period, key, words)

        said = t("ENY-said-explained" if reason else "SHT-said-withdrawn")
        self.words.keep(view, key, reason, "reason", work, said)

    def submit(self, view: SheetView, refused: Callable[[JudappError], None]) -> None:
        """Hand the sheet in; ``refused`` is told what still blocks it."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.approving import submit

            return submit(workspace, view.form, _unit(workspace, view), view.period)

        said = t("ENY-said-submitted", form=view.form)
        self.session.act(work, failed=refused, said=said, whole=sheet_of(view))

    def take_back(self, view: SheetView, reason: str) -> None:
        """Take a submitted sheet back to work on it."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.approving import give_back

            return give_back(workspace, view.form, _unit(workspace, view), view.period, reason)

        self.session.act(work, said=t("ENY-said-taken-back", form=view.form))


def _unit(workspace: Workspace, view: SheetView) -> Unit:
    return workspace.units[view.unit]
