"""A list to pick from by typing: marks and case do not matter; nothing is completed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from judapp.text import fold
from judapp.ui import theme
from judapp.ui.widgets.basic import Label

_ITEM = Qt.ItemDataRole.UserRole
_MOST = 300
"""Lines shown at once; typing one more letter brings what is looked for."""


class Choice(Struct, frozen=True):
    """One line: its name, what stands at the right, the group it belongs to, and why it cannot be taken."""

    text: str
    data: Any
    aside: str = ""
    group: str = ""
    also: str = ""
    """Further words it is found by: synonyms, codes."""
    blocked: str = ""


class _Lines(QStyledItemDelegate):
    """Name at the left, aside at the right; a group's head as a small line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(0, 22 if index.data(_ITEM) is None else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        own = theme.tokens()
        choice = index.data(_ITEM)
        area: QRect = option.rect
        painter.save()
        if choice is None:
            painter.setFont(theme.font(12, strong=True))
            painter.setPen(own.text_2)
            inside = area.adjusted(12, 4, -12, 0)
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, index.data())
        else:
            state = option.state
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(area, own.sel)
            inside = area.adjusted(12, 0, -12, 0)
            painter.setFont(theme.font(12))
            aside = choice.blocked or choice.aside
            width = min(QFontMetrics(painter.font()).horizontalAdvance(aside), inside.width() // 2)
            painter.setPen(own.text_2)
            metrics = QFontMetrics(painter.font())
            right = QRect(inside.right() - width, inside.top(), width + 1, inside.height())
            painter.drawText(
                right,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                metrics.elidedText(aside, Qt.TextElideMode.ElideRight, width),
            )
            painter.setFont(theme.font(13))
            painter.setPen(own.text_3 if choice.blocked else own.text)
            left = inside.adjusted(0, 0, -(width + 12 if aside else 0), 0)
            shown = QFontMetrics(painter.font()).elidedText(
                choice.text, Qt.TextElideMode.ElideRight, left.width()
            )
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class Picker(QFrame):
    """A popup with a search field over a list; Enter takes the line, Esc closes."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, hint: str, *, width: int = 420, height: int = 420) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        theme.role(self, "card")
        self._size = QSize(width, height)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        column.addWidget(self.search)
        self.list = QListWidget()
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.list, 1)
        self.nothing = Label("", "hint", wrap=True)
        self.nothing.hide()
        column.addWidget(self.nothing)
        self._choices: Sequence[Choice] = ()
        self._filter: Callable[[str, Choice], bool] | None = None
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._take)

    def fill(self, choices: Sequence[Choice], current: Any = None, nothing: str = "") -> None:
        """Give it its lines; ``current`` is the data of the one shown first."""
        self._choices = choices
        self.nothing.setText(nothing)
        self._find(self.search.text())
        for at in range(self.list.count()):
            choice = self.list.item(at).data(_ITEM)
            if choice is not None and choice.data == current:
                self.list.setCurrentRow(at)
                break

    def open_below(self, anchor: QWidget) -> None:
        """Show it below ``anchor``, within the window."""
        window = anchor.window().geometry()
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        size = self._size.boundedTo(QSize(window.width() - 16, window.bottom() - at.y() - 8))
        x = max(window.left() + 8, min(at.x(), window.right() - size.width() - 8))
        self.setGeometry(QRect(QPoint(x, at.y()), size))
        self.search.clear()
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def open_centred(self, window: QWidget) -> None:
        """Show it at the top of ``window``, in the middle."""
        area = window.geometry()
        size = self._size.boundedTo(QSize(area.width() - 16, area.height() - 80))
        self.setGeometry(QRect(QPoint(area.center().x() - size.width() // 2, area.top() + 60), size))
        self.search.clear()
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._move(8 if key == Qt.Key.Key_PageDown else -8)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._take(item)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        words = fold(text).split()
        self.list.clear()
        group, shown = "", 0
        for choice in self._choices:
            if words and not all(
                word in fold(f"{choice.text} {choice.also} {choice.group}") for word in words
            ):
                continue
            if shown == _MOST:
                break
            if choice.group and choice.group != group:
                head = QListWidgetItem(choice.group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            group = choice.group
            item = QListWidgetItem(choice.text)
            item.setData(_ITEM, choice)
            item.setToolTip(choice.text)
            self.list.addItem(item)
            shown += 1
        self.nothing.setVisible(shown == 0 and bool(self.nothing.text()))
        self._move(1, start=-1)

    def _move(self, by: int, start: int | None = None) -> None:
        at = self.list.currentRow() if start is None else start
        step = 1 if by > 0 else -1
        found = None
        at += by
        while 0 <= at < self.list.count() or (found is None and 0 <= at - by < self.list.count()):
            at = max(0, min(at, self.list.count() - 1))
            if self.list.item(at).data(_ITEM) is not None:
                found = at
                break
            at += step
            if not 0 <= at < self.list.count():
                break
        if found is not None:
            self.list.setCurrentRow(found)

    def _take(self, item: QListWidgetItem) -> None:
        choice = item.data(_ITEM)
        if choice is None or choice.blocked:
            return
        self.close()
        self.picked.emit(choice.data)
