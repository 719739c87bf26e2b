"""What a file leaves open, as questions with buttons; examples of its own cells unfold below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

Act = Callable[[], object]
_MOST_EXAMPLES = 40


class Block(Struct, frozen=True):
    """One question: its words, buttons with what they do, and lines that show what is meant."""

    words: str
    acts: Sequence[tuple[str, Act]] = ()
    examples: Sequence[str] = ()
    more: str = ""
    """The words of the button that unfolds the examples; "" where they are shown at once."""
    tips: Sequence[str] = ()
    remembers: bool = False


class Questions(QWidget):
    """Questions one below the other; nothing is answered until a button is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.buttons: list[QPushButton] = []
        self.remember: QCheckBox | None = None
        self._parts: list[QWidget] = []
        self._blocks: list[Block] = []
        self.hide()

    def words(self) -> str:
        """All questions asked, a line each."""
        return "\n".join(block.words for block in self._blocks if block.words)

    def remembered(self) -> bool:
        """Whether the answer shall hold for the next files of the sender."""
        return self.remember is not None and self.remember.isChecked()

    def ask(self, blocks: Sequence[Block]) -> None:
        """Show other questions."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self.buttons, self.remember = [], [], None
        self._blocks = list(blocks)
        for block in blocks:
            self._show(block)
        self.setVisible(bool(blocks))

    def _show(self, block: Block) -> None:
        if block.words:
            self._add(Label(block.words, wrap=True, copy=True))
        made = [button(words, act) for words, act in block.acts]
        for one, tip in zip(made, block.tips, strict=False):
            one.setToolTip(tip)
        if block.examples and block.more:
            shown = button(block.more, None, "link", tip=block.more)
            lines = self._examples(block.examples)
            shown.clicked.connect(lambda: lines.setVisible(not lines.isVisible()))
            made.append(shown)
            self._flow(made)
            self._add(lines)
            lines.hide()
        else:
            if block.examples:
                self._add(self._examples(block.examples))
            self._flow(made)
        if block.remembers:
            self.remember = QCheckBox(t("IMD-remember"))
            self.remember.setToolTip(t("IMD-remember-tip"))
            self._add(self.remember)

    def _examples(self, lines: Sequence[str]) -> Label:
        shown = list(lines[:_MOST_EXAMPLES])
        if len(lines) > len(shown):
            shown.append(t("IMD-and-more", n=len(lines) - len(shown)))
        return Label("\n".join(shown), "caption", wrap=True, copy=True)

    def _flow(self, made: Sequence[QPushButton]) -> None:
        if made:
            flow = Flow()
            flow.fill(made)
            self._add(flow)
            self.buttons += made

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)
        part.show()


class Flow(QWidget):
    """Buttons side by side, in as many lines as their words need."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.buttons: list[QPushButton] = []

    def fill(self, buttons: Sequence[QPushButton]) -> None:
        """Show other buttons."""
        for former in self.buttons:
            former.hide()
            former.deleteLater()
        self.buttons = list(buttons)
        for made in self.buttons:
            made.setParent(self)
            made.show()
        self._lay(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self._lay(max(200, self.width()), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(self.width(), move=True)

    def _lay(self, width: int, *, move: bool) -> int:
        """Put the buttons into lines of ``width``; the height they take."""
        x = y = 0
        for made in self.buttons:
            size = made.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + theme.CONTROL + theme.GAP
            if move:
                made.setGeometry(x, y, min(size.width(), width), theme.CONTROL)
            x += size.width() + theme.GAP
        return y + theme.CONTROL if self.buttons else 0
