"""Words written about a cell, its explanation or its note: kept like figures, also where they fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from judapp.ui.pages.entry_live import called, sheet_of
from judapp.ui.session import Session
from judapp.ui.unstored import Write

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.store.operations import Applied

About = Literal["reason", "note"]


class Words:
    """Writes what somebody says of a cell, and knows what of it is not stored."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self,
        view: SheetView,
        key: CellKey,
        words: str,
        about: About,
        work: Callable[[Workspace, str], Applied],
        said: str,
    ) -> None:
        """Order the ``work`` that stores ``words``."""
        self._session.ordered += 1
        write = Write(
            number=self._session.ordered,
            sheet=sheet_of(view),
            kind=about,
            texts={key: words},
            work=lambda workspace, _: work(workspace, words),
            name=lambda left: called(view, left, about),
            said=said,
            stored=lambda _: None,
            failed=lambda: None,
        )
        self._session.store(write)

    def of(self, view: SheetView, key: CellKey, about: About, stored: str) -> str:
        """What is to be read of a cell: what was written last, also where it could not be stored."""
        held = [
            write.texts[key]
            for write in self._session.unstored
            if write.kind == about and write.sheet == sheet_of(view) and key in write.texts
        ]
        return held[-1] if held else stored
