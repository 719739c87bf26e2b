"""Small widgets every page uses: labels, buttons, bars, empty regions, progress of a job."""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.jobs import Task
from judapp.ui.texts import t

WIDEST_SENTENCE = 760
"""Pixels beyond which a sentence is hard to read."""


class Label(QLabel):
    """A plain text in one of the looks of the style sheet; ``wrap`` breaks it into lines."""

    def __init__(self, text: str = "", look: str = "", *, wrap: bool = False, copy: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if look:
            theme.role(self, look)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if copy:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class Elided(QLabel):
    """One line that ends in "…" where it has no room; the whole text is its tooltip then."""

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if look:
            theme.role(self, look)
        self._whole = ""
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._fit()

    def whole(self) -> str:
        """The text with nothing left out."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
        )
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Button(QPushButton):
    """A button whose icon follows the theme and the look it stands on."""

    def __init__(self, text: str, icon: str = "", size: int = 20) -> None:
        self._icon, self._size = icon, size
        self._before: list[QWidget] = []
        """Who had the focus before the mouse was pressed, and what that stands in: an editor goes with it."""
        super().__init__(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon:
            self.setIconSize(QSize(size, size))
            self.draw()
            theme.theme().changed.connect(self.draw)

    @Slot()
    def draw(self) -> None:
        """Draw the icon in the colours now on screen."""
        made = icons.icon(
            self._icon, size=self._size, checkable=self.isCheckable(), disabled=not self.isEnabled()
        )
        self.setIcon(made)

    def setCheckable(self, checkable: bool) -> None:  # Qt's own
        super().setCheckable(checkable)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Qt would give it the focus before this event, and nobody would know who had it.
        self._before = _line_of(QApplication.focusWidget())
        if self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click acts and leaves: whoever types goes on typing where he was, as beside Excel's ribbon."""
        super().mouseReleaseEvent(event)
        if not shiboken6.isValid(self):  # what it did made the page anew
            return
        before, self._before = self._before, []
        if self.window().focusWidget() is not self:
            return
        for former in before:
            if (
                shiboken6.isValid(former)
                and former is not self
                and former.isVisible()
                and former.isEnabled()
                and former.focusPolicy() != Qt.FocusPolicy.NoFocus
                and former.window() is self.window()
            ):
                former.setFocus()
                return

    def _redraw(self) -> None:
        if self._icon:
            self.draw()


def _line_of(widget: QWidget | None) -> list[QWidget]:
    """A widget and what it stands in, from the inside out."""
    found = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found


class Field(Button):
    """A button that shows what is chosen, and ends in "…" where it has no room."""

    def __init__(self, icon: str, tip: str) -> None:
        super().__init__("", icon)
        theme.role(self, "field")
        self._whole, self._tip = "", tip
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def say(self, text: str) -> None:
        """Show another choice."""
        self._whole = text
        self.setAccessibleName(f"{self._tip}: {text}")
        self.updateGeometry()
        self._fit()

    def whole(self) -> str:
        """The choice with nothing left out."""
        return self._whole

    def sizeHint(self) -> QSize:
        advance = self.fontMetrics().horizontalAdvance
        return QSize(self._rim() + advance(self._whole), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(96, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _rim(self) -> int:
        """What border, padding and icon take of the width."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _fit(self) -> None:
        room = max(0, self.width() - self._rim())
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._tip if shown == self._whole else f"{self._whole}\n{self._tip}")


def button(
    text: str, slot: Callable[[], object] | None = None, look: str = "plain", *, icon: str = "", tip: str = ""
) -> QPushButton:
    """A button that does ``slot``; buttons with an icon alone have a name for screen readers."""
    made = Button(text, icon)
    theme.role(made, look)
    made.setCursor(Qt.CursorShape.PointingHandCursor if look == "link" else Qt.CursorShape.ArrowCursor)
    if tip:
        made.setToolTip(tip)
    if not text:
        made.setAccessibleName(tip)
    if slot is not None:
        made.clicked.connect(lambda _checked=False: slot())
    return made


def line(*, upright: bool = False) -> QFrame:
    """A thin line between regions."""
    made = QFrame()
    theme.role(made, "column-line" if upright else "line")
    return made


class Empty(QWidget):
    """An empty region: why it is empty in one sentence, and one button for what to do next."""

    def __init__(
        self, sentence: str, button_text: str = "", slot: Callable[[], object] | None = None, hint: str = ""
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        self.sentence = Label(sentence, "sentence", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMaximumWidth(WIDEST_SENTENCE)
        # Between stretches: aligned in the column, a label would be as high as it is at the column's width.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sentence, 10)
        row.addStretch(1)
        column.addLayout(row)
        if hint:
            note = Label(hint, "hint", wrap=True)
            note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(note)
        self.button: QPushButton | None = None
        if button_text:
            self.button = button(button_text, slot)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class Bar(QFrame):
    """A line under the page's head that stays until somebody deals with it."""

    def __init__(self, kind: str = "error") -> None:
        super().__init__()
        self.kind = kind
        theme.role(self, f"bar-{kind}")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        self._mark = QLabel()
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self.words = Label("", wrap=True, copy=True)
        row.addWidget(self.words, 1)
        self._buttons = QHBoxLayout()
        row.addLayout(self._buttons)
        self._close = button("", self.hide, "tool", icon="dismiss", tip=t("WIN-close"))
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, words: str, *acts: tuple[str, Callable[[], object]]) -> None:
        """Show a sentence with the ways out."""
        self._mark.setPixmap(icons.mark(self.kind))
        self.words.setText(words)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text, act in acts:
            self._buttons.addWidget(button(text, act, "plain"))
        self.show()


class JobLine(QFrame):
    """What a long work is at, how long it still takes, and "Hủy"."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        row.addWidget(self.bar)
        self.words = Elided("", "caption")
        row.addWidget(self.words, 1)
        self.stop = button(t("WIN-cancel"))
        row.addWidget(self.stop)
        self._task: Task | None = None
        self._started = 0.0
        self.stop.clicked.connect(self._cancel)
        self.hide()

    def follow(self, task: Task, words: str) -> None:
        """Show ``task`` from now on until it ends; ``words`` until its first step."""
        self._task = task
        self._started = time.monotonic()
        self.bar.setRange(0, 0)
        self.words.say(words)
        self.stop.setEnabled(True)
        task.stepped.connect(self._step)
        task.ended.connect(self._end)
        self.show()

    @Slot(int, int, str)
    def _step(self, done: int, total: int, name: str) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        spent = time.monotonic() - self._started
        left = spent / done * (total - done) if done else 0.0
        code = "WIN-step-left" if done and left >= 1 else "WIN-step"
        self.words.say(t(code, done=done, total=total, name=name, seconds=round(left)))

    @Slot()
    def _end(self) -> None:
        self._task = None
        self.hide()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setEnabled(False)
            self.words.say(t("WIN-stopping"))
