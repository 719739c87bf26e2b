"""What to do on the first page: a sentence and a button each, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judapp.app.home import Act, Board, Todo

SIDE = 304
"""Width beside the table."""

_SHOWN = 7
_STACKED_HEIGHT = 132
_LEAST = 64
_LINE = 26
"""Height of a line of one sentence, that of its button."""


class TodosRegion(QWidget):
    """“Việc cần làm”, or in a new file what to begin with."""

    asked = Signal(object)
    """The act of the button pressed."""
    progress_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        self.title = Label(t("HOM-todos"), "section")
        self.title.setMinimumHeight(theme.CONTROL)
        self.count = Label("", "section")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        column.addLayout(head)
        self.card = QFrame()
        theme.role(self.card, "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.addWidget(self.area)
        column.addWidget(self.card, 1)
        column.addStretch(0)
        self._shown: tuple[object, ...] | None = None
        self._board: Board | None = None
        self._all = False
        self._stacked = False
        theme.theme().changed.connect(self._redraw)

    def show_todos(self, board: Board) -> None:
        """Show what is to do now; what is already shown stays, and with it the focus."""
        now = (board.name, board.todos, board.steps, bool(board.forms))
        if now != self._shown:
            if self._shown is None or self._shown[0] != board.name:
                self._all = False
            self._shown, self._board = now, board
            self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def stack(self, *, stacked: bool, width: int) -> None:
        """Stand over the table, over the whole width and no higher than needed; or beside it."""
        self._stacked = stacked
        if stacked:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
        else:
            self.setFixedWidth(width)
        self._fit()

    @Slot()
    def _redraw(self) -> None:
        board = self._board
        if board is None:
            return
        todos = board.steps or board.todos
        self.title.setText(t("HOM-steps") if board.steps else t("HOM-todos"))
        self.count.setText(str(len(todos)) if todos and not board.steps else "")
        lines = QWidget()
        theme.role(lines, "plain")
        lines.setMinimumHeight(1)  # else Qt asks for the height the sentences had on a narrower line
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if todos:
            self._fill(column, todos, numbered=bool(board.steps))
        else:
            self._fill_empty(column, asked=bool(board.forms))
        column.addStretch(1)
        self.area.setWidget(lines)
        self._fit()

    def _fill(self, column: QVBoxLayout, todos: Sequence[Todo], *, numbered: bool) -> None:
        shown = todos if self._all or len(todos) <= _SHOWN else todos[: _SHOWN - 1]
        for number, todo in enumerate(shown, start=1):
            if number > 1:
                column.addWidget(line())
            row = _Line(todo, number if numbered else 0)
            row.asked.connect(self.asked)
            column.addWidget(row)
        if len(shown) < len(todos):
            column.addWidget(line())
            more = button(t("HOM-more-todos", n=len(todos) - len(shown)), self._show_all, "link")
            column.addLayout(_link_row(more))

    def _fill_empty(self, column: QVBoxLayout, *, asked: bool) -> None:
        """Nothing is left to do, or nobody was asked for anything."""
        words = Label(t("HOM-nothing-to-do") if asked else t("HOM-nothing-asked"), wrap=True)
        words.setContentsMargins(12, 8, 12, 2 if asked else 10)
        column.addWidget(words)
        if asked:
            see = button(t("HOM-see-progress"), self.progress_asked.emit, "link")
            column.addLayout(_link_row(see))

    def _show_all(self) -> None:
        self._all = True
        self._redraw()
        self.area.setFocus()

    def _fit(self) -> None:
        """As high as its lines, as far as there is room."""
        inside = self.area.widget()
        if inside is None:
            return
        layout, wide = inside.layout(), max(1, self.width() - 2)
        high = inside.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            high = layout.heightForWidth(wide)
        edge = 2 * theme.theme().border
        self.card.setMaximumHeight(edge + (min(high, _STACKED_HEIGHT) if self._stacked else high))
        self.card.setMinimumHeight(edge + min(high, _LEAST))


def _link_row(link: QPushButton) -> QHBoxLayout:
    """A link whose words stand in line with the sentences."""
    row = QHBoxLayout()
    row.setContentsMargins(6, 2, 6, 4)
    row.addWidget(link)
    row.addStretch(1)
    return row


class _Line(QWidget):
    """One thing to do: mark or number, sentence, button."""

    asked = Signal(object)

    def __init__(self, todo: Todo, number: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(8)
        sign = QLabel(str(number)) if number else QLabel()
        if number:
            theme.role(sign, "strong")
        else:
            sign.setPixmap(icons.mark(todo.mark))
        sign.setFixedWidth(16)
        sign.setContentsMargins(0, 0 if number else 1, 0, 0)
        sign.setFixedHeight(_LINE)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        sentence = todo.sentence.in_language(language())
        words = Label(sentence, wrap=True)
        words.setContentsMargins(0, 3, 0, 3)
        row.addWidget(words, 1)
        act: Act = todo.act
        do = button(act.words.in_language(language()), lambda: self.asked.emit(act), "link")
        do.setAccessibleName(f"{act.words.in_language(language())}: {sentence}")
        row.addWidget(do, 0, Qt.AlignmentFlag.AlignTop)
