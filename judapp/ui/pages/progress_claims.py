"""The third tab: what was published, and what can be reckoned; what does not hold first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.charts.verdict import SIZE, VerdictMark
from judapp.ui.pages.progress_regions import Inside, Region, card
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import WIDEST_SENTENCE, Empty, Label, button, line

if TYPE_CHECKING:
    from judapp.app.director import Front
    from judapp.app.director_claims import ClaimRow

_FIGURES = 150
"""Width of a column of figures."""
_WIDEST = WIDEST_SENTENCE + 2 * (_FIGURES + theme.GAP) + 2 * theme.PAD + SIZE + theme.GAP
"""Wider the sentences would be hard to read."""


class Claims(QScrollArea):
    """Every published figure of the unit and period."""

    indicator_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.entries: dict[str, QWidget] = {}

    def show_front(self, front: Front) -> None:
        """Show other claims."""
        at = self.verticalScrollBar().value()
        self.entries = {}
        if not front.claims:
            self.setWidget(Empty(t("PRG-no-claims")))
            return
        inside = Inside()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 12, 0, 0)
        across = QHBoxLayout()
        outer.addLayout(across)
        outer.addStretch(1)
        frame, column = card()
        frame.setMaximumWidth(_WIDEST)
        across.addWidget(frame, 1)
        across.addStretch(0)
        column.addLayout(_heads())
        for claim in front.claims:
            column.addWidget(line())
            entry = self._entry(claim)
            self.entries[claim.uid] = entry
            column.addWidget(entry)
        self.setWidget(inside)
        self.verticalScrollBar().setValue(at)

    def open(self, uid: str) -> None:
        """Bring a claim into view."""
        entry = self.entries.get(uid)
        if entry is not None:
            self.ensureWidgetVisible(entry, 0, theme.PAD)
            entry.setFocus()

    def _entry(self, claim: ClaimRow) -> QWidget:
        lang = language()
        made = Region(claim.brief.in_language(lang) or claim.name.in_language(lang))
        across = QHBoxLayout(made)
        across.setContentsMargins(theme.PAD, 10, theme.PAD, 10)
        across.setSpacing(theme.GAP)
        name = t("PRG-kind-claim" if claim.grave else "PRG-claim-fine")
        across.addWidget(VerdictMark("claim" if claim.grave else "none", name), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        across.addLayout(told, 1)
        title = QHBoxLayout()
        title.setSpacing(theme.GAP)
        title.addWidget(Label(claim.name.in_language(lang), "strong"))
        see = button(t("PRG-see-indicator"), partial(self.indicator_asked.emit, claim.indicator), "link")
        title.addWidget(see)
        title.addStretch(1)
        told.addLayout(title)
        for saying in claim.sayings:
            told.addWidget(Label(saying.sentence.in_language(lang), wrap=True, copy=True))
        for text in (claim.document.in_language(lang), claim.note):
            if text:
                told.addWidget(Label(text, "caption", wrap=True, copy=True))
        for number in (claim.printed, claim.recomputed):
            figure = Label(number.in_language(lang), "strong", wrap=True, copy=True)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            figure.setFixedWidth(_FIGURES)
            across.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        return made


def _heads() -> QHBoxLayout:
    across = QHBoxLayout()
    across.setContentsMargins(theme.PAD, 6, theme.PAD, 6)
    across.setSpacing(theme.GAP)
    across.addStretch(1)
    for code in ("PRG-published", "PRG-recomputed"):
        head = Label(t(code), "section")
        head.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.setFixedWidth(_FIGURES)
        across.addWidget(head)
    return across
