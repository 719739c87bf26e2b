"""The first tab: at most six sentences with their bars; beside them what needs a look and the basis."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QWidget

from judapp.errors import JudappError
from judapp.ui import theme
from judapp.ui.charts.bullet_bar import BulletBar
from judapp.ui.charts.verdict import VerdictMark
from judapp.ui.pages import progress_words as words
from judapp.ui.pages.progress_regions import Inside, Opening, card, clear, note, section
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import WIDEST_SENTENCE, Elided, Label, button, line

if TYPE_CHECKING:
    from judapp.app.director import Attention, Front
    from judapp.app.director_rows import IndicatorRow

MOST = 6
"""Sentences told; the table has the others."""
_VALUE = 112
"""Least width of the value beside a bar: bars with one axis are as long as one another."""
_BESIDE, _SENTENCE = 1160, 620
"""From which width bars stand beside the sentences, and how wide these are then."""
_MAX = 16_777_215
"""As wide as Qt allows."""
_WIDE = 1300
"""From this width the right column is wider."""


class Statement(Opening):
    """An indicator: its sentence, its bar, and where its target comes from.

    The bar stands under the sentence, on a wide screen beside it; either way bars begin at one line.
    """

    def __init__(self, row: IndicatorRow, front: Front, failed: Callable[[JudappError], object]) -> None:
        lang = language()
        super().__init__(f"{words.verdict_text(row)}: {row.sentence.in_language(lang)}")
        self.row = row
        self._menu = words.menu_of(row, front, failed)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.PAD, 10, theme.PAD, 10)
        across.setSpacing(theme.GAP)
        mark = VerdictMark(row.mark, words.verdict_text(row))
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        # Widths are limited on what stands in a row: a column would reckon the height for its own width.
        self._told = QWidget()
        self._inner = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._told)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(2)
        across.addWidget(self._told, 1)
        across.addStretch(0)
        self.sentence = Label(row.sentence.in_language(lang), "sentence", wrap=True)
        self._inner.addWidget(self.sentence)
        self._bars = QWidget()
        if row.bullet is not None:
            self._fill(row)
        self._inner.addWidget(self._bars, 1, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE
        self._inner.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._inner.setSpacing(theme.PAD if wide else 2)
        self._bars.setVisible(wide or self.row.bullet is not None)  # its empty place keeps sentences in line
        self._told.setMaximumWidth(_MAX if wide else WIDEST_SENTENCE)
        self.sentence.setMinimumWidth(_SENTENCE if wide else 0)
        self.sentence.setMaximumWidth(_SENTENCE if wide else _MAX)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(self).popup(event.globalPos())

    def _fill(self, row: IndicatorRow) -> None:
        assert row.bullet is not None
        beside = QHBoxLayout(self._bars)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        bottom = Qt.AlignmentFlag.AlignBottom
        bar = BulletBar(row.bullet, words.tip(row), self._menu)
        beside.addWidget(bar, 4, bottom)
        known = row.bullet.value is not None
        value = Label(row.bullet.value_text.in_language(language()) if known else "", "strong")
        value.setMinimumWidth(_VALUE)
        beside.addWidget(value, 0, bottom)
        aside = row.bullet.coverage_text if row.bullet.coverage_text.vi else row.evidence
        beside.addWidget(Elided(aside.in_language(language()), "caption"), 3, bottom)


class Alert(Opening):
    """Something to look at, in one sentence."""

    def __init__(self, item: Attention) -> None:
        sentence = item.sentence.in_language(language())
        super().__init__(sentence)
        self.item = item
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.PAD, 6, theme.PAD, 6)
        across.setSpacing(theme.GAP)
        across.addWidget(VerdictMark(item.kind, t(_KINDS[item.kind])), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(sentence, wrap=True), 1)


_KINDS = {
    "fall": "PRG-kind-fall",
    "rise": "PRG-kind-rise",
    "claim": "PRG-kind-claim",
    "missing": "PRG-kind-missing",
    "coverage": "PRG-kind-coverage",
}


class Overview(QScrollArea):
    """The answer in one minute."""

    indicator_asked = Signal(str)
    claim_asked = Signal(str)
    home_asked = Signal()
    all_asked = Signal()

    def __init__(self, failed: Callable[[JudappError], object]) -> None:
        super().__init__()
        self._failed = failed
        self.setWidgetResizable(True)
        inside = Inside()
        self.setWidget(inside)
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 12, 0, 0)
        across.setSpacing(theme.PAD)
        self._left, self.statements = card()
        self._right, self.side = card()
        across.addWidget(self._left, 1, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)

    def show_front(self, front: Front) -> None:
        """Show other figures."""
        clear(self.statements)
        for number, row in enumerate(front.rows[:MOST]):
            if number:
                self.statements.addWidget(line())
            statement = Statement(row, front, self._failed)
            statement.opened.connect(lambda own=row.id: self.indicator_asked.emit(own))
            self.statements.addWidget(statement)
        if len(front.rows) > MOST:
            self.statements.addWidget(line())
            self.statements.addWidget(self._all(len(front.rows)))
        self._left.setVisible(bool(front.rows))
        clear(self.side)
        self._show_attention(front)
        self.side.addSpacing(8)
        self.side.addWidget(line())
        self.side.addWidget(section(t("PRG-basis")))
        for sentence in front.basis:
            self.side.addWidget(note(sentence.in_language(language())))
        self.side.addSpacing(12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(360 if self.width() >= _WIDE else 320)

    def _all(self, count: int) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(theme.PAD + 18, 4, theme.PAD, 4)
        across.addWidget(button(t("PRG-all", n=count), self.all_asked.emit, "link"))
        across.addStretch(1)
        return made

    def _show_attention(self, front: Front) -> None:
        count = f"{t('PRG-attention')}  {len(front.attention)}" if front.attention else t("PRG-attention")
        self.side.addWidget(section(count))
        if not front.attention:
            self.side.addWidget(note(t("PRG-attention-none")))
        for item in front.attention:
            alert = Alert(item)
            alert.opened.connect(lambda item=item: self._lead(item))
            self.side.addWidget(alert)

    def _lead(self, item: Attention) -> None:
        if item.leads == "indicator":
            self.indicator_asked.emit(item.about)
        elif item.leads == "claim":
            self.claim_asked.emit(item.about)
        else:
            self.home_asked.emit()
