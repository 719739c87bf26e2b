"""The lines around the grid: where one is and how it is read, the finding at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from judapp.ui import icons, theme
from judapp.ui.grid.model import STAND_IN
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button, line

if TYPE_CHECKING:
    from judapp.app.grid_view import FindingView

MARKS = {"error": "error", "explain": "explain", "warning": "warning", "info": "info"}
"""The mark of each severity."""


class AddressLine(QFrame):
    """Row and column of the active cell, the text as typed, and how it is read."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "card")
        self.setFixedHeight(theme.CONTROL)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        self.place = Label("", "strong")
        self.place.setMinimumWidth(96)
        row.addWidget(self.place)
        row.addWidget(line(upright=True))
        self.typed = Elided()
        row.addWidget(self.typed, 2)
        self.read = Elided("", "caption")
        self.read.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.read, 3)

    def say(self, place: str, typed: str, read: str) -> None:
        """Show the active cell."""
        self.place.setText(place)
        self.typed.say(typed)
        self.read.say(read)


class FindingStrip(QFrame):
    """The gravest finding of the active cell, else of the sheet, with the cells it speaks of."""

    jumped = Signal(object)
    explain_asked = Signal(object)
    confirm_asked = Signal(object)
    """Key of a cell whose stand-in is the figure of this period."""
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.ROW + 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._mark = QLabel()
        row.addWidget(self._mark)
        self.words = Elided()
        row.addWidget(self.words, 1)
        self.code = Label("", "caption")
        row.addWidget(self.code)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        row.addLayout(self._row)
        self._buttons: list[QPushButton] = []
        """Kept from one finding to the next: a key is not to wait until new ones are made."""
        self._acts: list[Callable[[], None]] = []
        self.more = button("", self.list_asked.emit, "link")
        row.addWidget(self.more)
        self.finding: FindingView | None = None

    def say(
        self, finding: FindingView | None, place: str, others: int, empty: str, *, locked: bool = False
    ) -> None:
        """Show a finding at ``place`` and how many others there are; ``empty`` where there is none."""
        self.finding = finding
        self._offer(list(self._offers(finding, locked=locked)) if finding is not None else [])
        self.more.setVisible(others > 0)
        self.more.setText(t("ENY-more-findings", n=others))
        self._mark.setVisible(finding is not None)
        self.code.setText(finding.code if finding is not None else "")
        if finding is None:
            self.words.say(empty)
            return
        self._mark.setPixmap(icons.mark(MARKS[finding.severity]))
        along = t("SHT-drawn-along", n=finding.drawn) if finding.drawn else ""
        self.words.say(" ".join(filter(None, (": ".join(filter(None, (place, finding.text))), along))))

    def _offers(self, finding: FindingView, *, locked: bool) -> Iterator[tuple[str, Callable[[], None]]]:
        """What can be done about a finding: the words of a button and its act."""
        cell = finding.cell
        for name, key in finding.jumps:
            yield t("ENY-jump", cell=name), partial(self.jumped.emit, key)
        if finding.code == STAND_IN and cell is not None and not locked:
            yield t("SHT-confirm"), partial(self.confirm_asked.emit, cell)
        if finding.severity == "explain" and cell is not None and not locked:
            yield t("ENY-explain-write"), partial(self.explain_asked.emit, cell)
        elif not finding.jumps and cell is not None:
            yield t("ENY-jump-here"), partial(self.jumped.emit, cell)

    def _offer(self, offers: list[tuple[str, Callable[[], None]]]) -> None:
        self._acts = [act for _, act in offers]
        for at, (words, _) in enumerate(offers):
            if at == len(self._buttons):
                self._buttons.append(button("", partial(self._do, at), "link"))
                self._row.addWidget(self._buttons[at])
            self._buttons[at].setText(words)
        for at, made in enumerate(self._buttons):
            made.setVisible(at < len(offers))

    def _do(self, at: int) -> None:
        self._acts[at]()

    def buttons(self) -> list[QPushButton]:
        """The buttons shown now."""
        return self._buttons[: len(self._acts)]
