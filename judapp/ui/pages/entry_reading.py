"""How what is typed into the sheet is meant: its layer, "1.234", letters of the Vietnamese number row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from judapp.ui.grid.menu import Offer
from judapp.ui.grid.number_bubble import NumberBubble
from judapp.ui.grid.view import GridView
from judapp.ui.pages.entry_acts import SheetActs
from judapp.ui.pages.entry_live import sheet_of
from judapp.ui.texts import language, t
from judapp.ui.unstored import Texts
from judapp.ui.widgets.basic import Bar

if TYPE_CHECKING:
    from judapp.app.grid_fill import FillWay
    from judapp.app.grid_view import SheetView, TableView
    from judapp.app.pasting import Landing
    from judapp.domain.entry import Layer, Numbers
    from judapp.domain.shape import CellKey
    from judapp.errors import JudappError


class ReadingActs:
    """Enters what was typed into the layer shown; asks where it has two readings, tells what was read."""

    def __init__(
        self,
        area: QWidget,
        grid: GridView,
        acts: SheetActs,
        view: Callable[[], SheetView | None],
        notice: Bar,
        changed: Callable[[], None],
    ) -> None:
        """``area`` carries the bubble, ``view`` gives the sheet shown, ``changed`` shows another layer."""
        self._area, self._grid, self._acts, self._view = area, grid, acts, view
        self._notice, self._changed = notice, changed
        self._said: dict[tuple[str, str, str], Numbers] = {}
        """How "1.234" is meant, by sheet, for as long as the program runs."""
        self._open: tuple[SheetView, Texts, Layer] | None = None
        """Texts with two readings of which nobody said so far how they are meant."""
        self.bubble = NumberBubble(area, grid)
        self.bubble.chosen.connect(self._chosen)
        self.bubble.unanswered.connect(self.settle)
        grid.offers.append(self._offers)

    # --- the layer

    @property
    def layer(self) -> Layer:
        """The part of a figure that is shown and typed."""
        return self._grid.layer

    def begin(self) -> None:
        """Another sheet is shown: of its figures, as one finds it, the printed ones."""
        self.settle()
        self._grid.layer = "printed"

    def show_layer(self, layer: Layer) -> None:
        """Show and take the printed figures, or the estimated part of them."""
        if layer != self.layer:
            self._grid.commit()
            self.settle()
            self._grid.layer = layer
        self._changed()

    def table(self, table: TableView) -> TableView:
        """A table in the layer shown."""
        from judapp.app.layers import layered

        return layered(table, self.layer)

    # --- entering

    def enter(self, texts: Texts) -> None:
        """Keep what was typed; ask and tell what is not certain."""
        view = self._view()
        if view is None:
            return
        from judapp.app.meant import meant

        found = meant(view, texts, self.layer, self._numbers(view))
        self._enter(view, found.texts)
        if found.letters:
            self._tell_letters(view, found.letters)
        if found.asked:
            self.settle()
            self._open = view, found.asked, self.layer
            # The editor that was left takes the focus along once more; after that the bubble has it.
            QTimer.singleShot(0, self.bubble, self._ask)

    def settle(self) -> None:
        """Wait for no answer any more: a part that cannot stand as text stays as what is not stored."""
        asked, self._open = self._open, None
        if asked is None:
            return
        self.bubble.close_unanswered()
        view, texts, layer = asked
        if layer == "estimated":
            self._acts.enter(view, texts, layer=layer)

    def fill(self, texts: Texts, way: FillWay) -> None:
        """Keep what was copied from other cells of the sheet."""
        from judapp.app.grid_fill import fill_label

        view = self._view()
        if view is not None:
            self._enter(view, texts, fill_label(view.form, len(texts), way))

    def empty(self, texts: Texts) -> None:
        """Make cells empty, in the layer shown."""
        view = self._view()
        if view is not None:
            said = t("ENY-said-emptied", n=len(texts))
            self._acts.enter(view, texts, layer=self.layer, said=said)

    def paste(self, landing: Landing) -> None:
        """Keep what was pasted, in the layer shown."""
        view = self._view()
        if view is not None:
            self._acts.paste(view, landing, layer=self.layer, numbers=self._numbers(view))

    def why_shut(self, key: CellKey) -> JudappError | None:
        """What a cell waits for that takes nothing in the layer shown; None where it never takes anything."""
        from judapp.app.layers import why_shut

        view = self._view()
        return None if view is None else why_shut(view, key, self.layer)

    def read(self, key: CellKey, words: str) -> str:
        """How a text in a cell will be read."""
        from judapp.app.grid_text import reading

        view = self._view()
        if view is None:
            return ""
        return reading(view, key, words, language(), layer=self.layer, numbers=self._numbers(view))

    def _enter(self, view: SheetView, texts: Texts, label: str | None = None) -> None:
        from judapp.domain.resolve import NOTES_TABLE

        if texts:
            noted = all(key[0] == NOTES_TABLE for key in texts)
            layer: Layer = "printed" if noted else self.layer
            self._acts.enter(view, texts, label=label, layer=layer, numbers=self._numbers(view))

    # --- letters of the number row

    def _tell_letters(self, view: SheetView, letters: Texts) -> None:
        from judapp.app.meant import by_hand

        said = [
            t("CEL-004", text=text, digits=by_hand(text, view.spots[key])) for key, text in letters.items()
        ]
        more = t("ENY-more-findings", n=len(said) - 1) if len(said) > 1 else ""
        keep = (t("RDG-keep-text"), partial(self._keep_letters, view, letters))
        # In the estimated layer a text has no place.
        self._notice.tell(
            " ".join(filter(None, (said[0], more))), *([keep] if self.layer == "printed" else [])
        )

    def _keep_letters(self, told: SheetView, letters: Texts) -> None:
        from judapp.app.meant import still_digits

        view = self._view()
        self._notice.hide()
        self._grid.setFocus()
        if view is not None and sheet_of(view) == sheet_of(told):
            letters = still_digits(view, letters)  # what was typed over since stays
            if letters:
                self._acts.enter(view, letters)

    # --- two readings

    def follow(self) -> None:
        """Ask no more where the text that is asked about is gone: taken back, or typed over by another."""
        asked, view = self.bubble.asked, self._view()
        if asked is None or view is None:
            return
        _, texts, layer = asked
        if layer == "printed" and not self._left(view, texts):
            self.bubble.leave()

    def _left(self, view: SheetView, texts: Texts) -> Texts:
        """Those of ``texts`` that still stand in their cells."""
        from judapp.app.meant import stands

        sheet = self._grid.sheet
        return {
            key: text for key, text in texts.items() if sheet.waiting(key) == text or stands(view, key, text)
        }

    def _numbers(self, view: SheetView) -> Numbers:
        return self._said.get(sheet_of(view), "ask")

    def _ask(self) -> None:
        from judapp.app.meant import choices

        now = self._view()
        if self._open is None or now is None:
            return
        view, asked, _ = self._open
        key, text = next(iter(asked.items()))
        index = self._grid.sheet.index_of(key)
        if sheet_of(now) != sheet_of(view) or not index.isValid():
            self.settle()
            return
        place = self._grid.place_in(self._area, index)
        self.bubble.ask(self._open, text, choices(view, key, text, language()), place)

    def _chosen(self, asked: tuple[SheetView, Texts, Layer], numbers: Numbers) -> None:
        from judapp.app.meant import choices

        view, texts, layer = asked
        self._open = None
        key, text = next(iter(texts.items()))
        self._said[sheet_of(view)] = numbers
        now = self._view()
        if layer == "printed" and now is not None:
            texts = self._left(now, texts)
        if texts:
            self._acts.enter(view, texts, layer=layer, numbers=numbers)
        words = dict(choices(view, key, text, language()))[numbers]
        self._notice.tell(
            t("RDG-remembered", text=text, words=words), (t("RDG-ask-again"), partial(self._ask_again, view))
        )

    def _ask_again(self, view: SheetView) -> None:
        self._said.pop(sheet_of(view), None)
        self._notice.hide()
        self._grid.setFocus()

    def _offers(self) -> Iterator[Offer]:
        """The readings of a text that was kept because it has two."""
        from judapp.app.meant import choices

        view, key = self._view(), self._grid.key()
        if view is None or key is None or self.layer == "estimated":
            return
        cell = self._grid.sheet.cell(self._grid.currentIndex())
        if cell.state != "unreadable" or not cell.enterable:
            return
        text = cell.typed
        for numbers, words in choices(view, key, text, language()):
            act = partial(self._acts.enter, view, {key: text}, numbers=numbers)
            yield Offer(t("RDG-menu-meant", text=text, words=words), act, first=True)
