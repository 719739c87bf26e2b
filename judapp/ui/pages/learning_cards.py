"""What a person has to look at first: faults, open questions, proposed relations, each answered in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

if TYPE_CHECKING:
    from judapp.app.learn_view import Decision

_MARKS = {"fault": "error", "problem": "warning", "relation": "info"}
_MOST_BUTTONS = 4
"""Choices shown as buttons; more are a list to open."""
_LOWEST = 68
"""Pixels of height kept for cards where there are any that need them."""
_BESIDE = 230
"""Pixels controls may take to stand beside the words; wider ones stand below."""


class DecisionCard(QFrame):
    """One thing to decide. Enter takes what stands there, Del drops it."""

    answered = Signal(str, str)
    accepted = Signal(str)
    dropped = Signal(str)
    mend_asked = Signal(str)
    looked = Signal(object)
    """The worksheet cells this is about."""

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision
        theme.role(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(decision.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        mark = QLabel()
        shape = "error" if decision.grave else "warning" if decision.doubtful else _MARKS[decision.kind]
        mark.setPixmap(icons.mark(shape))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        row.addLayout(column, 1)
        column.addWidget(Label(decision.words, wrap=True))
        said = " · ".join(filter(None, (decision.why.rstrip("."), decision.where)))
        if said:
            column.addWidget(Label(said, "caption", wrap=True))
        self.field: QLineEdit | None = None
        self.list: QComboBox | None = None
        self.controls = controls = self._controls()
        self.setAccessibleDescription(said)
        for made in controls:
            made.setAccessibleDescription(decision.words)
        wide = sum(made.sizeHint().width() + theme.GAP for made in controls) > _BESIDE
        self.flow = Flow()
        self.flow.fill(controls)
        if wide:
            column.addWidget(self.flow)
        else:
            for made in controls:
                row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
            self.flow.hide()

    def accept(self) -> None:
        """What Enter does: take the proposal, the careful answer or what was typed; a fault is led to."""
        own = self.decision
        if own.kind == "fault":
            self.mend_asked.emit(own.path)
        elif own.choices:
            self.controls[0].setFocus()  # which one is not for Enter to say
        elif self.field is not None and self.field.text().strip() != own.value:
            self.answered.emit(own.path, self.field.text())
        else:
            self.accepted.emit(own.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.accept()
        elif event.key() == Qt.Key.Key_Delete and self.decision.kind == "relation":
            self.dropped.emit(self.decision.path)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked.emit(self.decision.cells)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.looked.emit(self.decision.cells)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.tokens().accent, 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
            painter.end()

    def _controls(self) -> list[QWidget]:
        own = self.decision
        if own.kind == "fault":
            return [button(t("LRP-fix"), partial(self.mend_asked.emit, own.path))]
        if own.kind == "relation":
            return [
                button(t("LRP-accept"), partial(self.accepted.emit, own.path)),
                button(t("LRP-drop"), partial(self.dropped.emit, own.path)),
            ]
        if own.choices and len(own.choices) <= _MOST_BUTTONS:
            return [
                button(choice.words, partial(self.answered.emit, own.path, choice.value))
                for choice in own.choices
            ]
        if own.choices:
            return [self._list()]
        made: list[QWidget] = []
        if own.free:
            made += [self._field(), button(t("LRP-accept"), self.accept)]
        else:
            made += [
                button(t("LRP-seen"), partial(self.accepted.emit, own.path)),
                button(t("LRP-fix"), partial(self.mend_asked.emit, own.path)),
            ]
        return made

    def _list(self) -> QComboBox:
        own = self.decision
        self.list = made = QComboBox()
        made.setAccessibleName(own.words)
        made.setPlaceholderText(t("LRP-choose"))
        for choice in own.choices:
            made.addItem(choice.words, choice.value)
        made.setCurrentIndex(-1)
        made.setMinimumWidth(160)
        made.activated.connect(lambda at: self.answered.emit(own.path, made.itemData(at)))
        return made

    def _field(self) -> QLineEdit:
        self.field = made = QLineEdit(self.decision.value)
        made.setAccessibleName(self.decision.words)
        made.setFixedWidth(130)
        made.returnPressed.connect(self.accept)
        return made


class Decisions(QScrollArea):
    """All that is to be decided, the gravest first; no higher than what there is."""

    answered = Signal(str, str)
    accepted = Signal(str)
    dropped = Signal(str)
    mend_asked = Signal(str)
    looked = Signal(object)
    all_accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[DecisionCard] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        theme.role(self._inside, "plain")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.setWidget(self._inside)
        self.every: QPushButton | None = None
        self._shown: tuple[Decision, ...] = ()
        self.hide()

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Show what is left; the focus goes on to what took the place of the answered one."""
        if tuple(decisions) == self._shown:
            return
        self._shown = tuple(decisions)
        focused = next((at for at, card in enumerate(self.cards) if card.isAncestorOf(self._focus())), -1)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards, self.every = [], None
        relations = [d for d in decisions if d.kind == "relation" and not d.doubtful]
        for decision in decisions:
            if len(relations) > 1 and decision is relations[0]:
                self.every = button(t("LRP-accept-all", n=len(relations)), self.all_accepted.emit, "link")
                self._column.addWidget(self.every, 0, Qt.AlignmentFlag.AlignLeft)
            card = DecisionCard(decision)
            card.answered.connect(self.answered)
            card.accepted.connect(self.accepted)
            card.dropped.connect(self.dropped)
            card.mend_asked.connect(self.mend_asked)
            card.looked.connect(self.looked)
            self._column.addWidget(card)
            self.cards.append(card)
        self._column.addStretch(1)
        self.setVisible(bool(decisions))
        self.updateGeometry()
        if focused >= 0 and self.cards:
            self.cards[min(focused, len(self.cards) - 1)].setFocus()

    def stops(self) -> list[QWidget]:
        """What the Tab key stops at, top down."""
        found: list[QWidget] = [] if self.every is None else [self.every]
        for card in self.cards:
            found += [card, *card.controls]
        return found

    def minimumSizeHint(self) -> QSize:
        return QSize(_LOWEST, min(_LOWEST, self.sizeHint().height()))

    def sizeHint(self) -> QSize:
        width = max(200, self.viewport().width())
        return QSize(width, self._column.heightForWidth(width) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # cards have their height once they are dressed
        return super().eventFilter(watched, event)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self


class Flow(QWidget):
    """Controls side by side, in as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.controls: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, controls: Sequence[QWidget]) -> None:
        """Hold these controls."""
        self.controls = list(controls)
        for made in self.controls:
            made.setParent(self)
            made.show()
        self._lay(self.width())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(width, place=False)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(self.width())

    def _lay(self, width: int, *, place: bool = True) -> int:
        x = y = 0
        for made in self.controls:
            wanted = min(max(made.sizeHint().width(), made.minimumWidth()), max(1, width))
            if x and x + wanted > width:
                x, y = 0, y + theme.CONTROL + theme.GAP
            if place:
                made.setGeometry(x, y, wanted, theme.CONTROL)
            x += wanted + theme.GAP
        return y + theme.CONTROL if self.controls else 0
