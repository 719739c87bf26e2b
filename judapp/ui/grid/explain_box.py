"""The box under a cell in which its explanation is written: Ctrl+Enter keeps it, Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

_WIDTH, _LINES = 380, 3
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back by itself from another window or a menu."""
_TABBING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ReasonField(QPlainTextEdit):
    """A field of a few lines that loses nothing an input method has begun."""

    def __init__(self) -> None:
        super().__init__()
        self._composing = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = event.preeditString()
        super().inputMethodEvent(event)

    @property
    def composing(self) -> bool:
        """Whether an input method is at a word."""
        return bool(self._composing)

    def settle(self) -> None:
        """Take what is being composed as it stands."""
        if self._composing:
            QGuiApplication.inputMethod().commit()
        if self._composing:  # no input method of the system answered
            given = QInputMethodEvent()
            given.setCommitString(self._composing)
            QApplication.sendEvent(self, given)


class ExplainBox(QFrame):
    """One box, moved to where it is needed; what was written is kept when the focus leaves it."""

    kept = Signal(object, str)
    """Key of the cell and the words."""
    left = Signal()
    """It is closed and nobody chose who has the keys now; whoever clicked elsewhere is there already."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        """``name`` is what a screen reader calls the words; those of an explanation without it."""
        super().__init__(parent)
        theme.role(self, "card")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self.question = Label("", "caption", wrap=True)
        column.addWidget(self.question)
        self.field = ReasonField()
        self.field.setAccessibleName(name or t("ENY-explain"))
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(Label(t("ENY-explain-keys"), "caption"), 1)
        keep = button(t("ENY-explain-keep"), self.keep)
        keep.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else leaving the field would keep it already
        row.addWidget(keep)
        column.addLayout(row)
        self._around = parent
        self.key: object = None
        self._before = ""
        self.hide()

    def open(self, key: object, question: str, words: str, cell: QRect) -> None:
        """Show it under ``cell`` (in the parent's coordinates) with what is written already."""
        self.key, self._before = key, words
        self.question.setText(question)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 20)
        self.field.setPlainText(words)
        self.setFixedWidth(min(_WIDTH, self._around.width() - 16))
        self.adjustSize()
        self.move(self._place(cell))
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def _place(self, cell: QRect) -> QPoint:
        """Under the cell, else over it, else beside it: the cell stays in sight wherever that can be."""
        room, wide, high = self._around.rect().adjusted(8, 8, -8, -8), self.width(), self.height()
        left = max(room.left(), min(cell.left(), room.right() - wide))
        if cell.bottom() + 2 + high <= room.bottom():
            return QPoint(left, cell.bottom() + 2)
        if cell.top() - 2 - high >= room.top():
            return QPoint(left, cell.top() - 2 - high)
        top = max(room.top(), min(cell.top(), room.bottom() - high))
        if cell.right() + 2 + wide <= room.right():
            return QPoint(cell.right() + 2, top)
        return QPoint(max(room.left(), cell.left() - 2 - wide), top)

    def keep(self) -> None:
        """Keep what was written, if it is something else than before; no words take it away."""
        self.field.settle()
        words = self.field.toPlainText().strip()
        key, before = self.key, self._before
        self._close()
        if key is not None and words != before:
            self.kept.emit(key, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _PASSING and self.key is not None:  # else it is being closed
                self.keep()
                if event.reason() in _TABBING:
                    self.left.emit()  # what comes next in the order of tabs means nothing here
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Escape and not self.field.composing:
                self._close()
                return True
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        focused = self.window().focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        self.key = None
        self.hide()
        if here:
            self.left.emit()
