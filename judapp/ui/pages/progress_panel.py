"""Where a figure comes from: its definition, the cells with the way to them, the target and its document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judapp.errors import JudappError
from judapp.ui import theme
from judapp.ui.charts.bullet_bar import BulletBar
from judapp.ui.charts.verdict import VerdictMark
from judapp.ui.pages import progress_words as words
from judapp.ui.pages.progress_regions import Inside, section
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button, line

if TYPE_CHECKING:
    from judapp.app.director import Front
    from judapp.app.director_claims import ClaimRow
    from judapp.app.director_rows import IndicatorRow
    from judapp.app.director_sources import Part, SourceCell

NARROWEST, WIDEST = 320, 392


class Panel(QFrame):
    """The side panel of the indicator looked at."""

    cell_asked = Signal(object)
    """A ``SourceCell`` to go to."""
    claim_asked = Signal(str)
    closed = Signal()

    def __init__(self, failed: Callable[[JudappError], object]) -> None:
        super().__init__()
        theme.role(self, "card")
        self.row: IndicatorRow | None = None
        """The indicator looked at."""
        self._failed = failed
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(theme.PAD, 0, 8, 0)
        self.title = Label("", "strong", wrap=True)
        head.addWidget(self.title, 1)
        shut = button("", self.closed.emit, "tool", icon="dismiss", tip=t("PRG-close-panel"))
        head.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)

    def show_row(self, row: IndicatorRow, front: Front) -> None:
        """Show an indicator."""
        if row is self.row:
            return
        same = self.row is not None and self.row.id == row.id
        at = self._scroll.verticalScrollBar().value() if same else 0
        self.row = row
        lang = language()
        self.title.setText(row.name.in_language(lang))
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.PAD, 0, theme.PAD, 8)
        column.setSpacing(4)
        column.addLayout(self._stand(row, front))
        for part in row.parts:
            column.addWidget(line())
            self._part(column, part)
        if row.definition.vi:
            column.addWidget(
                Label(t("PRG-defined", source=row.definition.in_language(lang)), "caption", wrap=True)
            )
        if row.target.vi:
            column.addWidget(line())
            self._target(column, row)
        claims = [claim for claim in front.claims if claim.indicator == row.id]
        if claims:
            column.addWidget(line())
            column.addWidget(section(t("PRG-claims"), inset=0))
            for claim in claims:
                self._claim(column, claim)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        self._scroll.verticalScrollBar().setValue(at)

    def _stand(self, row: IndicatorRow, front: Front) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        across = QHBoxLayout()
        across.setSpacing(theme.GAP)
        mark = VerdictMark(row.mark, words.verdict_text(row))
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(row.sentence.in_language(language()), wrap=True, copy=True), 1)
        column.addLayout(across)
        if row.bullet is not None:
            column.addWidget(BulletBar(row.bullet, words.tip(row), words.menu_of(row, front, self._failed)))
            if said := words.legend(row):
                column.addWidget(Label(said, "caption", wrap=True))
        return column

    def _part(self, column: QVBoxLayout, part: Part) -> None:
        lang = language()
        head = QHBoxLayout()
        head.addWidget(section(part.label.in_language(lang).upper(), inset=0), 1)
        head.addWidget(_figure(part.value.in_language(lang)))
        column.addLayout(head)
        column.addWidget(Label(part.words.in_language(lang), wrap=True))
        if part.note.vi:
            column.addWidget(Label(part.note.in_language(lang), "caption", wrap=True))
        if not part.cells:
            column.addWidget(Label(t("PRG-no-cell"), "hint", wrap=True))
        for cell in part.cells:
            column.addWidget(self._cell(cell, alone=len(part.cells) == 1))

    def _cell(self, cell: SourceCell, *, alone: bool) -> QWidget:
        """A cell and the way to it; one that stands alone is worth what its part is, said above it."""
        lang = language()
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(theme.GAP)
        told = QVBoxLayout()
        told.setSpacing(0)
        place = t("PRG-cell", form=cell.form, unit=cell.unit_name, cell=cell.name.in_language(lang))
        told.addWidget(Label(place, wrap=True))
        told.addWidget(Label(cell.origin.in_language(lang), "caption", wrap=True))
        across.addLayout(told, 1)
        if not alone:
            across.addWidget(Label(cell.value.in_language(lang), copy=True), 0, Qt.AlignmentFlag.AlignTop)
        go = button(t("PRG-to-cell"), partial(self.cell_asked.emit, cell), "link")
        go.setAccessibleName(f"{t('PRG-to-cell')}: {place}")
        across.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _target(self, column: QVBoxLayout, row: IndicatorRow) -> None:
        lang = language()
        head = QHBoxLayout()
        head.addWidget(section(t("PRG-target"), inset=0), 1)
        head.addWidget(_figure(row.target.in_language(lang)))
        column.addLayout(head)
        for text in (row.document, row.evidence, row.target_source):
            if text.vi:
                look = "" if text is row.document else "caption"
                column.addWidget(Label(text.in_language(lang), look, wrap=True, copy=True))

    def _claim(self, column: QVBoxLayout, claim: ClaimRow) -> None:
        across = QHBoxLayout()
        across.setSpacing(theme.GAP)
        kind = "claim" if claim.grave else "none"
        name = t("PRG-kind-claim" if claim.grave else "PRG-claim-fine")
        across.addWidget(VerdictMark(kind, name), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(claim.sayings[0].sentence.in_language(language()), wrap=True), 1)
        see = button(t("PRG-see"), partial(self.claim_asked.emit, claim.uid), "link")
        across.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(across)


def _figure(text: str) -> Label:
    made = Label(text, "strong", copy=True)
    made.setContentsMargins(0, 8, 0, 4)
    return made
