"""The bar over the grid: words to find and which of how many is shown, or the place to go to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, button

_FIELD = 280
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """One line that opens over the grid; Enter goes on, Esc leaves it. It looks nothing up itself."""

    changed = Signal(str)
    """Other words to find."""
    stepped = Signal(int)
    """1 for the next place found, -1 for the one before."""
    went = Signal(str)
    """The place to go to."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(4)
        self.field = QLineEdit()
        self.field.setFixedWidth(_FIELD)
        self.field.textEdited.connect(self._edited)
        self.field.installEventFilter(self)
        row.addWidget(self.field)
        self.told = Elided("", "caption")
        row.addWidget(self.told, 1)
        self.before = button(
            "", lambda: self.stepped.emit(-1), "tool", icon="chevron_left", tip=t("FND-previous")
        )
        self.after = button("", lambda: self.stepped.emit(1), "tool", icon="chevron_right", tip=t("FND-next"))
        self.close_it = button("", self.leave, "tool", icon="dismiss", tip=t("FND-close"))
        for made in (self.before, self.after, self.close_it):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the words stay where one types
            row.addWidget(made)
        self.finding = True
        self._words = ""
        self.hide()

    def look(self) -> None:
        """Ask for words to find; those of last time stand there, selected."""
        self._open(finding=True, hint=t("FND-look"), words=self._words)

    def go(self) -> None:
        """Ask for a place to go to."""
        self._open(finding=False, hint=t("FND-go"), words="")

    def words(self) -> str:
        """The words to find."""
        return self._words

    def tell(self, words: str) -> None:
        """Say which of how many places is shown, or what is wrong with the place named."""
        self.told.say(words)

    def leave(self) -> None:
        """Close the bar."""
        self.hide()
        self.left.emit()

    def _open(self, *, finding: bool, hint: str, words: str) -> None:
        self.finding = finding
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setText(words)
        self.field.selectAll()
        self.told.say("")
        self.before.setVisible(finding)
        self.after.setVisible(finding)
        self.show()
        self.field.setFocus()

    def _edited(self, words: str) -> None:
        if self.finding:
            self._words = words
            self.changed.emit(words)
        else:
            self.told.say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if self.finding:
                    self.stepped.emit(-1 if back else 1)
                else:
                    self.went.emit(self.field.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
