"""“Ô này”: what is known of the active cell, the figure first and what it stands on below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.charts.spark_line import SparkLine
from judapp.ui.pages.entry_facts import Fact, Facts
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button, line

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.domain.shape import CellKey

_MARK = 16


class CellPanel(QWidget):
    """Everything known of one cell."""

    explain_asked = Signal(object)
    note_asked = Signal(object)
    adjust_asked = Signal(object)
    unadjust_asked = Signal(object)
    reading_asked = Signal(object)
    """Key of the cell; the words there are already stand in ``details``."""
    place_asked = Signal(object)
    """A cell of another sheet or round to go to (``Place``)."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 8, 8)
        self._column.setSpacing(6)
        self.details: CellDetails | None = None
        self.meaning: QWidget = self
        """Where it begins to say what the column or row means."""
        self.rounds: Facts | None = None
        """The link that shows the figure of every round."""
        self._asked, self._locked, self._rounds = False, True, False
        self._draw()

    def say(self, details: CellDetails | None, *, asked: bool, locked: bool) -> None:
        """Show a cell; ``asked``: a finding wants its explanation."""
        if (details, asked, locked) != (self.details, self._asked, self._locked):
            self.details, self._asked, self._locked = details, asked, locked
            self._draw()

    def redraw(self) -> None:
        """Draw everything anew, in the colours of another theme."""
        self._draw()

    # --- drawing

    def _draw(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        details, self.meaning, self.rounds = self.details, self, None
        if details is None:
            self._column.addWidget(Label(t("ENY-no-cell"), "hint", wrap=True))
        else:
            self._head(details)
            self._figures(details)
            self._same(details)
            self._past(details)
            self._units(details)
            self._source(details)
            self._said(details)
            self._meaning(details)
        self._column.addStretch(1)

    def _head(self, details: CellDetails) -> None:
        self._words(heading(details), "strong")
        unit = f" ({details.unit})" if details.unit else ""
        self._words(" › ".join(details.path) + unit, "caption")
        self._column.addWidget(line())

    def _figures(self, details: CellDetails) -> None:
        split, adjustment = details.split, details.adjustment
        facts = [Fact(t("ENY-now"), split.value, strong=True)]
        if split.estimate:
            facts.append(Fact(t("BSD-estimated"), f"{split.estimate} ≈", inset=True))
            facts.append(Fact(t("BSD-actual"), split.actual, inset=True))
        if adjustment is not None:
            facts.append(Fact(t("BSD-before-adjusting"), adjustment.base, inset=True))
            facts.append(Fact(t("ENY-adjusted"), f"{adjustment.delta} ±", inset=True))
        self._column.addWidget(Facts(facts, t("ENY-now")))
        if adjustment is not None:
            said = t("BSD-adjusted-because", reason=adjustment.reason, by=adjustment.by)
            self._words(said, "caption")
        if details.apart:
            self._words(details.apart, "caption")
        if details.rule:
            self._words(details.rule, "caption")
        if self._locked or not (details.adjustable and (details.rolled or adjustment is not None)):
            return
        acts = [(t("BSD-adjust" if adjustment is None else "BSD-adjust-change"), self.adjust_asked)]
        if adjustment is not None:
            acts.append((t("BSD-adjust-remove"), self.unadjust_asked))
        self._acts(details.key, acts)

    def _same(self, details: CellDetails) -> None:
        same = details.same
        if not (same.base or same.basis):
            return
        go = partial(self.place_asked.emit, same.place) if same.place is not None and same.base else None
        self._column.addWidget(line())
        if same.base:
            under = same.basis
            self._column.addWidget(Facts([Fact(t("ENY-base"), same.base, go, under=under)]))
        else:
            self._words(same.basis[:1].upper() + same.basis[1:], "caption")
        if same.change:
            self._change(same.change)
        if (self._asked or details.explanation) and not self._locked:
            words = t("ENY-explain-write" if self._asked else "ENY-explain-change")
            self._acts(details.key, [(words, self.explain_asked)], tip="Shift+F2")

    def _change(self, words: str) -> None:
        """How the figure moved; the diamond says that a reason is asked for."""
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        told = Label(words, wrap=True, copy=True)
        told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(told, 1)
        if self._asked:
            mark = QLabel()
            mark.setPixmap(icons.mark("explain"))
            mark.setFixedSize(QSize(_MARK, _MARK))
            mark.setAccessibleName(t("BSD-explain-asked"))
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(inside)

    def _past(self, details: CellDetails) -> None:
        points = details.past
        if not points:
            return
        said = "; ".join(f"{point.short} {point.text}" for point in points)
        spark = SparkLine(points, t("BSD-series", values=said))
        spark.chosen.connect(self.place_asked)
        self._column.addWidget(spark)
        self._turns(details)
        words = t("BSD-rounds-hide" if self._rounds else "BSD-rounds", n=len(points))
        self.rounds = Facts([Fact(words, "", self.toggle_rounds)])
        self._column.addWidget(self.rounds)
        if self._rounds:
            facts = []
            for point in reversed(points):
                go = None if point.place is None else partial(self.place_asked.emit, point.place)
                mark = "" if point.number is None else (" ●" if point.final else " ○")
                name = point.name[:1].upper() + point.name[1:]
                under = "" if point.note == details.same.basis else point.note
                facts.append(Fact(name, point.text + mark, go, under=under))
            self._column.addWidget(Facts(facts, t("BSD-rounds-name")))
            self._words(t("BSD-rounds-marks"), "hint")

    def _turns(self, details: CellDetails) -> None:
        """What changed on the way, the newest change first."""
        told = [turn for point in reversed(details.past) for turn in point.turns]
        for turn in dict.fromkeys(told):
            if turn != details.same.basis:
                self._words(turn, "caption")

    def toggle_rounds(self) -> None:
        """Show the figure of every round, or the line alone; it stays so at other cells."""
        self._rounds = not self._rounds
        self._draw()
        if self.rounds is not None:
            self.rounds.setFocus()

    def _units(self, details: CellDetails) -> None:
        shares = details.shares
        if not (shares.lines or shares.waiting):
            return
        self._words(t("BSD-part-units"), "section")
        if shares.coverage:
            self._words(shares.coverage, "caption")
        facts = [
            Fact(share.name, share.text, partial(self.place_asked.emit, share.place))
            for share in shares.lines
        ]
        if shares.rest:
            facts.append(Fact(t("BSD-rest", n=shares.rest), shares.rest_text))
        if facts:
            self._column.addWidget(Facts(facts, t("BSD-part-units")))
        if shares.waiting and (facts or len(shares.waiting) > 1):
            told = self._words(t("BSD-waiting", n=len(shares.waiting), names=_few(shares.waiting)), "caption")
            told.setToolTip("\n".join(shares.waiting))

    def _source(self, details: CellDetails) -> None:
        if details.source and details.source != details.shares.coverage:
            self._part(t("ENY-part-source"), details.source)

    def _said(self, details: CellDetails) -> None:
        """What people wrote at the cell: the reason asked for, and a note nobody asked for."""
        if details.explanation:
            self._part(t("ENY-part-explanation"), details.explanation)
        if details.note:
            self._part(t("BSD-part-note"), details.note)
            self._words(details.note_by, "caption")
        if not self._locked:
            words = t("BSD-note-change" if details.note else "BSD-note-write")
            acts = [(words, self.note_asked)]
            if details.adjustable and not details.rolled and details.adjustment is None:
                acts.append((t("BSD-adjust"), self.adjust_asked))
            self._acts(details.key, acts)

    def _meaning(self, details: CellDetails) -> None:
        self.meaning = self._words(t("BSD-part-meaning"), "section")
        for said in details.meaning:
            self._words(said, "", copy=True)
        if not details.meaning:
            self._words(t("BSD-meaning-none"), "caption")
        if details.reading:
            self._words(t("BSD-reading", words=details.reading), "", copy=True)
        if not self._locked and (details.reading or not details.meaning):
            words = t("BSD-reading-change" if details.reading else "BSD-reading-write")
            self._acts(details.key, [(words, self.reading_asked)])

    def _part(self, head: str, words: str) -> None:
        self._words(head, "section")
        self._words(words, "", copy=True)

    def _words(self, words: str, look: str, *, copy: bool = False) -> Label:
        made = Label(words, look, wrap=True, copy=copy)
        self._column.addWidget(made)
        return made

    def _acts(self, key: CellKey, acts: list[tuple[str, SignalInstance]], *, tip: str = "") -> None:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words, asked in acts:
            made = button(words, partial(asked.emit, key), tip=tip)
            row.addWidget(made)
        row.addStretch(1)
        self._column.addWidget(inside)


def heading(details: CellDetails) -> str:
    """The cell as a heading; a column and its number stay on one line."""
    title = details.title.replace(" (", "\u00a0(")
    return title[:1].upper() + title[1:]


_NAMED = 3


def _few(names: tuple[str, ...]) -> str:
    """The first names of many; the tooltip has all."""
    return ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
