"""The bubble under a cell that asks how "1.234" is meant: 1 or 2, arrows and Enter; Esc keeps the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

if TYPE_CHECKING:
    from judapp.domain.entry import Numbers

GRACE = 500
"""Milliseconds in which a key still belongs to the grid: who types a column has not seen it yet."""
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back by itself from another window or a menu."""
_NEXT = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_PREVIOUS = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HELD = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
)
"""Keys that are held down with others and say nothing alone."""


class NumberBubble(QFrame):
    """One bubble, moved to where it is needed. It never swallows a figure: other keys go to the grid."""

    chosen = Signal(object, str)
    """What it was opened for, and ``grouped`` or ``decimal``."""
    unanswered = Signal()
    """It is closed and nobody said which."""

    def __init__(self, parent: QWidget, grid: QWidget) -> None:
        """``grid`` gets the keys that are no answer, and the focus afterwards."""
        super().__init__(parent)
        theme.role(self, "card")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        self.question = Label("", "caption")
        column.addWidget(self.question)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column.addLayout(self._row)
        column.addWidget(Label(t("RDG-bubble-keys"), "caption"))
        self.grace = GRACE
        self.buttons: list[QPushButton] = []
        self._around, self._grid = parent, grid
        self._choices: Sequence[Numbers] = ()
        self.asked: Any = None
        """What it is open for, None where it is not."""
        self._at = 0
        self._shown = QElapsedTimer()
        self.hide()

    def ask(self, asked: object, text: str, choices: Sequence[tuple[Numbers, str]], cell: QRect) -> None:
        """Ask under ``cell`` (in the parent's coordinates) how ``text`` is meant."""
        self.asked, self._choices = asked, [choice for choice, _ in choices]
        self.question.setText(t("RDG-bubble", text=text))
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for at, (_, words) in enumerate(choices):
            made = button(f"{at + 1}   {words}", partial(self._choose, at), "chip")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setCheckable(True)
            self._row.addWidget(made)
            self.buttons.append(made)
        self._mark(0)
        self.setAccessibleName(self.question.text())
        self.setAccessibleDescription(" / ".join(made.text() for made in self.buttons))
        self.adjustSize()
        self._place(cell)
        self.show()
        self.raise_()
        self._shown.start()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_unanswered(self) -> None:
        """Leave the text as it is."""
        asked, self.asked = self.asked, None
        self.hide()
        if asked is not None:
            self.unanswered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
            return
        if self._shown.elapsed() < self.grace or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._pass_on(event)
        elif (
            event.text().isdecimal()
            and event.text().isascii()
            and 1 <= int(event.text()) <= len(self._choices)
        ):
            self._choose(int(event.text()) - 1)
        elif key in _NEXT or key in _PREVIOUS:
            self._mark((self._at + (1 if key in _NEXT else -1)) % len(self._choices))
        elif key in _TAKE:
            self._choose(self._at)
        else:
            self._pass_on(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.close_unanswered()

    def _mark(self, at: int) -> None:
        self._at = at
        for place, made in enumerate(self.buttons):
            made.setChecked(place == at)

    def _choose(self, at: int) -> None:
        asked, self.asked, choice = self.asked, None, self._choices[at]
        self.leave()
        if asked is not None:
            self.chosen.emit(asked, choice)

    def leave(self) -> None:
        """Leave the text as it is and go on in the grid."""
        self.close_unanswered()
        self._grid.setFocus()

    def _pass_on(self, event: QKeyEvent) -> None:
        """A key that is no answer: it goes where it was meant to, and the question is dropped."""
        if event.key() in _HELD:
            return
        self.leave()
        again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat())
        QApplication.sendEvent(self._grid, again)

    def _place(self, cell: QRect) -> None:
        room = self._around.rect()
        left = max(8, min(cell.right() - self.width(), room.right() - self.width() - 8))
        top = cell.bottom() + 2
        if top + self.height() > room.bottom():
            top = max(8, cell.top() - self.height() - 2)
        self.move(left, top)
