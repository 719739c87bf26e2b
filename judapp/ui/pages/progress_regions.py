"""Regions of the progress page: cards, their heads and notes, and regions that open something."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.widgets.basic import Label


class Inside(QWidget):
    """What scrolls: as high as its wrapped sentences need at the width there is, not at a narrower one."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "plain")

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Region(QFrame):
    """A region the keyboard can stand on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        own = theme.tokens()
        if self.testAttribute(Qt.WidgetAttribute.WA_Hover) and self.underMouse():
            painter.fillRect(self.rect(), own.surface_2)
        if self.hasFocus():
            painter.setPen(QPen(own.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class Opening(Region):
    """A region that opens something by a click, Enter or the space bar."""

    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def card() -> tuple[QFrame, QVBoxLayout]:
    """A card and the column inside it."""
    frame = QFrame()
    theme.role(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 4, 1, 4)
    column.setSpacing(0)
    return frame, column


def section(text: str, *, inset: int = theme.PAD) -> Label:
    """The head of a part of a card."""
    made = Label(text, "section")
    made.setContentsMargins(inset, 8, inset, 4)
    return made


def note(text: str) -> Label:
    """A sentence in a card."""
    made = Label(text, wrap=True)
    made.setContentsMargins(theme.PAD, 4, theme.PAD, 4)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
