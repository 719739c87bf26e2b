"""What differs between two versions, in two halves: the older at the left, the newer at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from judapp.ui import theme
from judapp.ui.texts import language, t
from judapp.ui.widgets.headed_list import ENTRY, HeadedModel, Index

if TYPE_CHECKING:
    from judapp.app.forms_changes import ChangeLine

MIDDLE = 116
"""Pixels of the sign and its word between the halves."""
_SIGN = 24
_SIDE, _RIM = 10, 5
_SECTION = 30
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class ChangesModel(HeadedModel[str, "ChangeLine"]):
    """Lines under the heads of their sections."""

    def show(self, lines: Sequence[ChangeLine]) -> None:
        """Show other lines; those of one section stand together already."""
        entries: list[str | ChangeLine] = []
        section = ""
        for line in lines:
            own = line.section.in_language(language())
            if own != section:
                entries.append(own)
                section = own
            entries.append(line)
        self.show_entries(entries)

    def is_head(self, entry: str | ChangeLine) -> bool:
        return isinstance(entry, str)

    def told(self, entry: str | ChangeLine) -> str:
        return entry if isinstance(entry, str) else told(entry)


def told(line: ChangeLine) -> str:
    """A line in full, to be read out: what happened, old, new, why."""
    lang = language()
    old, new = (words.in_language(lang) or "–" for words in (line.old, line.new))
    note = line.note.in_language(lang)
    said = t("FMP-change", what=line.what.in_language(lang), old=old, new=new)
    return f"{said}. {note}" if note else said


class ChangesList(QListView):
    """One goes through it with the arrow keys; Ctrl+C copies all of it as a spreadsheet pastes it."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = ChangesModel()
        self.setModel(self.changes)
        self.setItemDelegate(_Halves(self))
        self.setAccessibleName(t("FMP-changes"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_lines(self, lines: Sequence[ChangeLine]) -> None:
        """Show other lines, from their top."""
        self.changes.show(lines)
        if lines:
            self.setCurrentIndex(self.changes.index(1))
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # lines are as high as their words at this width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """All lines with heads."""
        lang = language()
        lines = [t("FMP-copy-heads").replace("|", "\t")]
        for line in self.changes.entries:
            if not isinstance(line, str):
                cells = (line.section, line.sign, line.what, line.old, line.new, line.note)
                words = (cell if isinstance(cell, str) else cell.in_language(lang) for cell in cells)
                lines.append("\t".join(" ".join(word.split()) for word in words))
        QGuiApplication.clipboard().setText("\n".join(lines))


class _Halves(QStyledItemDelegate):
    """Old at the left, sign and word in the middle, new at the right; reasons below over the whole width."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(ENTRY)
        width = self._view.viewport().width()
        if isinstance(entry, str):
            return QSize(width, _SECTION)
        half = half_width(width)
        high = max(_height(*_words(entry, new=new), half) for new in (False, True))
        return QSize(width, max(theme.ROW, high + _note_height(entry, width)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, own = index.data(ENTRY), theme.tokens()
        area: QRect = option.rect
        painter.save()
        if isinstance(entry, str):
            painter.fillRect(area, own.surface_2)
            painter.setFont(theme.font(12, strong=True))
            painter.setPen(own.text_2)
            painter.drawText(area.adjusted(_SIDE, 0, -_SIDE, 0), Qt.AlignmentFlag.AlignVCenter, entry)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_line(painter, area, entry, selected=selected)
        painter.setPen(own.line)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    def _paint_line(self, painter: QPainter, area: QRect, line: ChangeLine, *, selected: bool) -> None:
        own = theme.tokens()
        if selected:
            painter.fillRect(area, own.sel)
        half = half_width(area.width())
        below = _note_height(line, area.width())
        high = area.height() - below - 1
        left = QRect(area.left(), area.top(), half, high)
        middle = QRect(left.right() + 1, area.top(), MIDDLE, high)
        right = QRect(middle.right() + 1, area.top(), area.right() - middle.right(), high)
        tint = _tint(line.sign)
        for place, new in ((left, False), (right, True)):
            words, above = _words(line, new=new)
            if words and tint is not None and not selected:
                painter.fillRect(place.adjusted(1, 1, -1, -1), tint)
            _paint_words(painter, place, words, above)
        self._paint_sign(painter, middle, line)
        if below:
            painter.setFont(theme.font(12))
            painter.setPen(own.text_2)
            note = QRect(area.left(), area.top() + high, area.width(), below).adjusted(_SIDE, 0, -_SIDE, 0)
            painter.drawText(note, _WRAP, line.note.in_language(language()))

    def _paint_sign(self, painter: QPainter, area: QRect, line: ChangeLine) -> None:
        own = theme.tokens()
        painter.setFont(theme.font(15, strong=True))
        painter.setPen(own.text if line.sign else own.text_3)
        high = QFontMetrics(theme.font(13)).height() + 2 * _RIM
        sign = QRect(area.left() + 4, area.top(), _SIGN, high)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, line.sign or "=")
        painter.setFont(theme.font(12))
        painter.setPen(own.text_2)
        word = QRect(sign.right(), area.top(), area.right() - sign.right(), high)
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, line.what.in_language(language()))


def half_width(width: int) -> int:
    """Pixels of each half of a list so wide."""
    return (width - MIDDLE) // 2


def _words(line: ChangeLine, *, new: bool) -> tuple[str, str]:
    """The words of one half, and those in small letters below them."""
    own = line.new if new else line.old
    return own.in_language(language()), line.above_new if new else line.above_old


def _height(words: str, above: str, width: int) -> int:
    if not words:
        return 0
    high = _wrapped(words, width - 2 * _SIDE, 13) + 2 * _RIM
    return high + _wrapped(above, width - 2 * _SIDE, 12) if above else high


def _note_height(line: ChangeLine, width: int) -> int:
    note = line.note.in_language(language())
    return _wrapped(note, width - 2 * _SIDE, 12) + _RIM if note else 0


def _wrapped(words: str, width: int, size: int) -> int:
    metrics = QFontMetrics(theme.font(size))
    return metrics.boundingRect(QRect(0, 0, max(40, width), 10_000), _WRAP, words).height()


def _paint_words(painter: QPainter, area: QRect, words: str, above: str) -> None:
    own = theme.tokens()
    inside = area.adjusted(_SIDE, _RIM, -_SIDE, 0)
    painter.setFont(theme.font(13))
    painter.setPen(own.text)
    painter.drawText(inside, _WRAP, words)
    if words and above:
        painter.setFont(theme.font(12))
        painter.setPen(own.text_2)
        painter.drawText(inside.adjusted(0, _wrapped(words, inside.width(), 13), 0, 0), _WRAP, above)


def _tint(sign: str) -> QColor | None:
    own = theme.tokens()
    return {"+": own.ok_tint, "−": own.remit_tint, "→": own.computed_tint, "≠": own.computed_tint}.get(sign)
