"""What is typed is shown at once and written in order; views of the file that come later undo none of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.unstored import Kind, Sheet, Texts, Write

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView
    from judapp.app.live import LiveSheet, Patch
    from judapp.app.live_findings import Given
    from judapp.app.workspace import Workspace
    from judapp.domain.entry import Layer, Numbers
    from judapp.domain.shape import CellKey
    from judapp.store.operations import Applied
    from judapp.ui.grid.model import Batch, SheetModel


_NAMED = 40
"""Letters of a text that stand in its name."""


class _Ahead(Struct, eq=False):
    """A write that the whole view shown last does not include."""

    write: Write
    batch: Batch | None = None
    """Its texts as they wait in the grid, where the live sheet could not say what they make of it."""


class LiveWriting(QObject):
    """Every text goes into the live sheet and, in the same order, to the data file."""

    patched = Signal(object)
    """What became of the sheet (:class:`~judapp.app.live.Patch`)."""
    undone = Signal()
    """A write failed: what is stored has to be shown again."""
    held = Signal(object)
    """Texts of the sheet shown that could not be stored, by cell."""

    def __init__(self, session: Session, model: SheetModel) -> None:
        """``model`` shows texts that wait for the file to say what they make of the sheet."""
        super().__init__()
        self.session = session
        self._model = model
        self._live: LiveSheet | None = None
        self._ahead: list[_Ahead] = []
        self._held: dict[CellKey, Write] = {}
        self._answer: object = None
        model.under_way = lambda: session.writing
        session.held.connect(self._hold)

    @property
    def ordered(self) -> int:
        """How many writes were ordered; a view asked for now includes as many."""
        return self.session.ordered

    def begin(self, live: LiveSheet, included: int) -> SheetView:
        """Go on from a whole view with the first ``included`` writes in it; later ones are done again."""
        self._live = live
        self._ahead = [ahead for ahead in self._ahead if ahead.write.number > included]
        for ahead in self._ahead:
            if self._is_shown(ahead.write):
                self._enter(ahead, live)
        self._hold()
        return live.view

    def learn(self, live: LiveSheet, given: Given) -> None:
        """Complete the sheet by what others say of it, unless another one is shown by now."""
        if live is self._live:
            self.patched.emit(live.learn(given))

    def forget(self) -> None:
        """No sheet is shown any more."""
        self._live = None
        self._ahead.clear()
        self._hold()

    def is_shown(self, applied: object) -> bool:
        """Whether the act that just ended is one whose consequences are shown already."""
        return applied is not None and applied is self._answer

    def write(
        self,
        view: SheetView,
        texts: Texts,
        work: Callable[[Workspace, Texts], Applied],
        *,
        said: str = "",
        layer: Layer = "printed",
        numbers: Numbers = "ask",
    ) -> None:
        """Show ``texts`` and order the ``work`` that stores them; held ones are tried again, not twice."""
        sheet, live = sheet_of(view), self._live
        held = self._held if live is not None and sheet_of(live.view) == sheet else {}
        if texts and all(
            key in held and held[key].answers(key, text, layer, numbers) for key, text in texts.items()
        ):
            self.session.try_again()
            return
        self.session.ordered += 1
        write = Write(
            number=self.session.ordered,
            sheet=sheet,
            texts=dict(texts),
            work=work,
            name=lambda left: called(view, left),
            layer=layer,
            numbers=numbers,
            said=said,
            stored=lambda applied: self._stored(ahead, applied),
            failed=lambda: self._failed(ahead),
        )
        ahead = _Ahead(write)
        self._ahead.append(ahead)
        if live is None or not self._is_shown(write):
            ahead.batch = self._model.expect(write.texts)
        elif (patch := self._enter(ahead, live)) is not None:
            self.patched.emit(patch)
        self._hold()
        self.session.store(write)

    def _is_shown(self, write: Write) -> bool:
        return self._live is not None and sheet_of(self._live.view) == write.sheet

    def _enter(self, ahead: _Ahead, live: LiveSheet) -> Patch | None:
        write = ahead.write
        patch = live.enter(write.texts, layer=write.layer, numbers=write.numbers)
        if patch is None:
            ahead.batch = self._model.expect(write.texts)
        else:
            ahead.batch = None
            self._model.answered(write.texts)
        return patch

    def _stored(self, ahead: _Ahead, applied: Applied) -> None:
        if ahead.write.error is None:
            if ahead.batch is not None:
                ahead.batch.done = True
            self._answer = applied if ahead.batch is None else None
        elif self._is_shown(ahead.write):  # at last: its text stands there until the whole view comes
            self._model.expect(self._uncovered(ahead.write)).done = True

    def _failed(self, ahead: _Ahead) -> None:
        """The text stays in its cell, marked; what it had made of the sheet is taken back."""
        if ahead in self._ahead:
            self._ahead.remove(ahead)
        if ahead.batch is not None:
            ahead.batch.done = True
        if self._is_shown(ahead.write):
            self.undone.emit()

    def _uncovered(self, write: Write) -> dict[CellKey, str]:
        """What of a write was not typed over since."""
        later = {
            key
            for ahead in self._ahead
            if ahead.write.sheet == write.sheet and ahead.write.number > write.number
            for key in ahead.write.texts
        }
        return {key: text for key, text in write.texts.items() if key not in later}

    def _hold(self) -> None:
        """Mark what is typed into the sheet shown and is not stored."""
        self._held = {}
        texts: dict[CellKey, str] = {}
        for write in self.session.unstored:
            if write.kind == "figure" and self._is_shown(write):
                left = self._uncovered(write)
                self._held |= dict.fromkeys(left, write)
                texts |= left
        if texts != self._model.held:
            self._model.hold(texts, [key for key in texts if self._held[key].layer == "estimated"])
            self.held.emit(texts)


def sheet_of(view: SheetView) -> Sheet:
    """Which sheet a view is of."""
    return view.form, view.unit, view.period.code


def called(view: SheetView, texts: Texts, kind: Kind = "figure") -> str:
    """What was typed into a sheet, or about it, as people call it."""
    if len(texts) != 1:
        return t("UNS-cells", n=len(texts), form=view.form)
    from judapp.app.grid_text import place_of

    ((key, whole),) = texts.items()
    text = whole if len(whole) <= _NAMED else f"{whole[:_NAMED]}…"
    place = place_of(view, key, language())
    if kind != "figure":
        return t("UNS-reason" if kind == "reason" else "UNS-note", cell=place, text=text, form=view.form)
    return t("UNS-cell" if text else "UNS-emptied", cell=place, text=text, form=view.form)
