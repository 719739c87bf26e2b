"""One finding in full: the relation with its figures, fields to mend them, the box for a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from judapp.text import clean
from judapp.ui import icons, theme
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.checks_view import Line
    from judapp.app.relation_view import Part, Place
    from judapp.domain.shape import CellKey
    from judapp.text import Bilingual

_STARTERS = ("CHP-starter-merger", "CHP-starter-remit")
_FIELD = 150


class Draft(Struct):
    """What was typed about a finding and not kept yet; it waits while others are looked at."""

    figures: dict[CellKey, str] = field(default_factory=dict)
    reason: str | None = None


class ReasonBox(QPlainTextEdit):
    """Three lines for a reason; Ctrl+Enter keeps it, Tab goes on."""

    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 20)
        self.setAccessibleName(t("CHP-reason"))
        self.setPlaceholderText(t("CHP-reason-hint"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class Detail(QScrollArea):
    """The finding that is current; made anew for each."""

    mend_asked = Signal(object, object)
    """The line, and the texts typed by cell."""
    reason_asked = Signal(object, str)
    place_asked = Signal(object)
    """A place to jump to."""
    copy_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.line: Line | None = None
        self.fields: dict[CellKey, QLineEdit] = {}
        self.reason: ReasonBox | None = None
        self._drafts: dict[str, Draft] = {}

    def show_line(self, line: Line | None) -> None:
        """Show another finding; what was typed about the former one waits until it comes back."""
        if line is not None and line == self.line:
            return
        focused = QApplication.focusWidget()
        typing = focused is not None and self.isAncestorOf(focused)
        self.line = line
        self.fields, self.reason = {}, None
        card = QFrame()
        theme.role(card, "card")
        if line is not None:
            _Making(self, line, card)
        self.setWidget(card)
        if typing:  # the keys must not be lost with the field they went to
            self._focus()

    def _focus(self) -> None:
        """To the first thing that can be typed."""
        for field_ in self.fields.values():
            field_.setFocus()
            field_.selectAll()
            return
        (self.reason or self).setFocus()

    def forget(self, own: str) -> None:
        """What was typed about the finding with an id is kept now."""
        self._drafts.pop(own, None)

    def draft(self, own: str) -> Draft:
        """What waits for the finding with an id."""
        return self._drafts.setdefault(own, Draft())

    def refuse(self, words: str) -> None:
        """Say under the fields why something was not kept."""
        refused = self.findChild(Bar)
        if refused is not None:
            refused.tell(words)
            self.ensureWidgetVisible(refused)


def _flowing(words: str, look: str = "", *, copy: bool = False) -> Label:
    """A text that is as high as its lines at the width there is; the card must not scroll for nothing."""
    made = Label(words, look, wrap=True, copy=copy)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


class _Making:
    """The parts of a finding's card, from top to bottom."""

    def __init__(self, detail: Detail, line: Line, card: QWidget) -> None:
        self.detail = detail
        self.line = line
        self.lang = language()
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(16, 12, 16, 8)
        self.column.setSpacing(4)
        self._place()
        self._relation()
        self._change()
        self._mending()
        self._reason()
        self.column.addWidget(Bar("error"))
        self.column.addSpacing(8)
        if line.locked:
            self.add(_flowing(t("CHP-locked"), "caption"))
        self._acts()
        self.column.addStretch(1)

    def say(self, words: Bilingual) -> str:
        return words.in_language(self.lang)

    def add(self, widget: QWidget, above: int = 0) -> None:
        if above:
            self.column.addSpacing(above)
        self.column.addWidget(widget)

    def section(self, words: str) -> None:
        self.add(Label(words, "section"), 12)

    def _place(self) -> None:
        line = self.line
        self.add(Elided(t("CHP-sheet", form=line.place.form, unit=line.unit_name), "caption"))
        if line.where.vi:
            self.add(_flowing(self.say(line.where), "strong", copy=True))

    def _relation(self) -> None:
        line = self.line
        row = QHBoxLayout()
        row.setSpacing(8)
        mark = QLabel()
        mark.setPixmap(icons.mark(line.kind, 20))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = self.say(line.rule if line.rule.vi else line.sentence)
        sentence = _flowing(words, "sentence", copy=True)
        row.addWidget(sentence, 1)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        if line.worked.vi:
            self.add(_flowing(self.say(line.worked), "title", copy=True), 8)
            missed = _flowing(self.say(line.missed), "strong")
            self.add(missed)
        told = [self.say(words) for words in (line.status, line.hint) if words.vi]
        if line.drawn:
            told.append(t("CHP-drawn", n=line.drawn))
        for words in told:
            self.add(_flowing(words, "caption", copy=True), 4)

    def _change(self) -> None:
        change = self.line.change
        if change is None:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        figures = (
            ("CHP-now", change.now),
            ("CHP-before", change.before),
            ("CHP-moved", change.difference),
            ("CHP-rate", change.percent),
        )
        for at, (code, words) in enumerate(figures):
            if words.vi:
                row, column = at % 2, 3 * (at // 2)
                grid.addWidget(Label(t(code), "caption"), row, column)
                figure = Label(self.say(words), "strong", copy=True)
                figure.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(figure, row, column + 1)
        grid.setColumnMinimumWidth(2, 24)
        grid.setColumnStretch(5, 1)
        self.column.addSpacing(8)
        self.column.addLayout(grid)
        self.add(_flowing(self.say(change.basis), "caption"), 4)

    def _mending(self) -> None:
        line = self.line
        mendable = not line.locked and any(part.editable for part in line.parts)
        if not mendable and len(line.parts) < 2:  # the sentence has said the only figure
            return
        self.section(t("CHP-mend-here" if mendable else "CHP-figures"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for at, part in enumerate(line.parts):
            self._part(grid, at, part)
        self.column.addLayout(grid)
        if not mendable:
            return
        acts = QHBoxLayout()
        acts.setSpacing(8)
        if line.total is not None:
            reckoned = self.say(line.total.reckoned)
            acts.addWidget(button(t("CHP-take-total", number=reckoned), self._take_total, "link"))
        acts.addStretch(1)
        self.keep = button(t("CHP-mend"), self._mend)
        self.keep.setObjectName("mend")
        acts.addWidget(self.keep)
        self.column.addSpacing(4)
        self.column.addLayout(acts)
        self._typed()

    def _part(self, grid: QGridLayout, row: int, part: Part) -> None:
        name = Elided(self.say(part.name))
        name.setToolTip(self.say(part.full))
        grid.addWidget(name, row, 0)
        key = part.place.cell
        if part.editable and key is not None:
            field_ = QLineEdit(self.detail.draft(self.line.id).figures.get(key, part.text))
            field_.setAlignment(Qt.AlignmentFlag.AlignRight)
            field_.setFixedWidth(_FIELD)
            field_.setPlaceholderText(t("CHP-no-figure"))
            field_.setAccessibleName(self.say(part.full))
            field_.setObjectName("part")
            field_.textEdited.connect(lambda _: self._typed())
            field_.returnPressed.connect(self._mend)
            self.detail.fields[key] = field_
            grid.addWidget(field_, row, 1)
        else:
            shown = Label(self.say(part.shown), copy=True)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            shown.setFixedWidth(_FIELD)
            shown.setContentsMargins(0, 4, 9, 4)
            grid.addWidget(shown, row, 1)
        if len(self.line.parts) > 1:
            go = button(
                "",
                self._go(part.place),
                "tool",
                icon="arrow_right",
                tip=t("CHP-to", name=self.say(part.name)),
            )
            grid.addWidget(go, row, 2)

    def _go(self, place: Place) -> Callable[[], object]:
        return partial(self.detail.place_asked.emit, place)

    def _changed(self) -> dict[CellKey, str]:
        """The texts that are not what stands there."""
        present = {part.place.cell: part.text for part in self.line.parts}
        fields = self.detail.fields
        return {key: text for key, at in fields.items() if (text := at.text()) != present[key]}

    def _typed(self) -> None:
        changed = self._changed()
        self.detail.draft(self.line.id).figures = changed
        self.keep.setEnabled(bool(changed))
        self.keep.setText(t("CHP-mend-n", n=len(changed)) if len(changed) > 1 else t("CHP-mend"))

    def _mend(self) -> None:
        changed = self._changed()
        if changed:
            self.detail.mend_asked.emit(self.line, changed)

    def _take_total(self) -> None:
        total = self.line.total
        assert total is not None  # the button stands only where there is one
        self.detail.mend_asked.emit(self.line, {total.part.place.cell: ""})

    def _reason(self) -> None:
        line = self.line
        if not line.asks_reason:
            return
        self.section(t("CHP-reason"))
        if line.locked:
            self.add(_flowing(line.reason or t("CHP-no-reason"), copy=True))
            return
        box = ReasonBox()
        draft = self.detail.draft(line.id)
        box.setPlainText(line.reason if draft.reason is None else draft.reason)
        self.detail.reason = box
        self.add(box)
        row = QHBoxLayout()
        row.setSpacing(4)
        for code in _STARTERS:
            row.addWidget(button(t(code), partial(self._start, code), "link"))
        row.addStretch(1)
        self.column.addLayout(row)
        below = QHBoxLayout()
        self.waiting = Label("", "caption")
        below.addWidget(self.waiting, 1)
        self.keep_reason = button(t("CHP-keep-reason"), self._keep, tip=t("CHP-keep-reason-tip"))
        self.keep_reason.setObjectName("keep_reason")
        below.addWidget(self.keep_reason)
        self.column.addLayout(below)
        box.textChanged.connect(self._written)
        box.kept.connect(self._keep)
        self._written()

    def _start(self, code: str) -> None:
        box = self.detail.reason
        assert box is not None  # the starters stand below it
        if not clean(box.toPlainText()):
            box.setPlainText(t(code).removesuffix("…"))
        box.moveCursor(box.textCursor().MoveOperation.End)
        box.setFocus()

    def _written(self) -> None:
        box = self.detail.reason
        assert box is not None  # its own signal
        words = box.toPlainText()
        differs = clean(words) != clean(self.line.reason)
        self.detail.draft(self.line.id).reason = words if differs else None
        self.keep_reason.setEnabled(differs and bool(clean(words)))
        self.waiting.setText(t("CHP-not-kept") if differs and clean(words) else "")

    def _keep(self) -> None:
        if self.keep_reason.isEnabled() and self.detail.reason is not None:
            self.detail.reason_asked.emit(self.line, self.detail.reason.toPlainText())

    def _acts(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(t("CHP-to-cell"), self._go(self.line.place), tip=t("CHP-to-cell-tip")))
        row.addWidget(button(t("CHP-copy"), partial(self.detail.copy_asked.emit, self.line)))
        row.addStretch(1)
        row.addWidget(Label(self.line.code, "hint", copy=True))
        self.column.addLayout(row)
