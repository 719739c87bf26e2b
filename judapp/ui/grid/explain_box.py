"""The box under a cell in which its explanation is written: Ctrl+Enter keeps it, Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

_WIDTH, _LINES = 380, 3
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back by itself from another window or a menu."""


class ExplainBox(QFrame):
    """One box, moved to where it is needed; what was written is kept when the focus leaves it."""

    kept = Signal(object, str)
    """Key of the cell and the words."""
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.role(self, "card")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self.question = Label("", "caption", wrap=True)
        column.addWidget(self.question)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(t("ENY-explain"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 20)
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
        self.field.setPlainText(words)
        self.setFixedWidth(min(_WIDTH, self._around.width() - 16))
        self.adjustSize()
        room = self._around.rect()
        left = max(8, min(cell.left(), room.right() - self.width() - 8))
        top = cell.bottom() + 2
        if top + self.height() > room.bottom():
            top = max(8, cell.top() - self.height() - 2)
        self.move(left, top)
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def keep(self) -> None:
        """Keep what was written, if it is something else than before."""
        words = self.field.toPlainText().strip()
        key, before = self.key, self._before
        self._close()
        if key is not None and words and words != before:
            self.kept.emit(key, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _PASSING:
                self.keep()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        self.key = None
        self.hide()
        self.left.emit()
