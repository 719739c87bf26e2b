"""The findings as a list: a head for each form and unit, a line for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.texts import language, t
from judapp.ui.widgets.headed_list import ENTRY, HeadedModel, Index

if TYPE_CHECKING:
    from judapp.app.checks_view import Line

_PAD = 8
COUNTS = {
    "error": "CHP-count-error",
    "explain": "CHP-count-explain",
    "warning": "CHP-count-warning",
    "info": "CHP-count-info",
    "explained": "CHP-count-explained",
}
"""How many there are of each kind, in words."""


class GroupHead(Struct, frozen=True):
    """The sheet the lines below are about."""

    name: str
    counts: str


class FindingsModel(HeadedModel["GroupHead", "Line"]):
    """The findings under the sheets they are about."""

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines; those of one sheet stand together already."""
        entries: list[GroupHead | Line] = []
        at = 0
        while at < len(lines):
            sheet = _sheet(lines[at])
            end = next((n for n in range(at, len(lines)) if _sheet(lines[n]) != sheet), len(lines))
            counted = Counter(line.kind for line in lines[at:end])
            counts = ", ".join(t(code, n=counted[kind]) for kind, code in COUNTS.items() if counted[kind])
            first = lines[at]
            name = t("CHP-sheet", form=first.place.form, unit=first.unit_name)
            entries += [GroupHead(name, counts), *lines[at:end]]
            at = end
        self.show_entries(entries)

    def row_of(self, own: str) -> int:
        """Where the line with an id stands, -1 where it is gone."""
        for row, entry in enumerate(self.entries):
            if not isinstance(entry, GroupHead) and entry.id == own:
                return row
        return -1

    def is_head(self, entry: GroupHead | Line) -> bool:
        return isinstance(entry, GroupHead)

    def told(self, entry: GroupHead | Line) -> str:
        return f"{entry.name}: {entry.counts}" if isinstance(entry, GroupHead) else told(entry)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            entry = self.entries[index.row()]
            return None if isinstance(entry, GroupHead) else told(entry)
        return super().data(index, role)


def _sheet(line: Line) -> tuple[str, str]:
    return line.place.form, line.place.unit


def told(line: Line) -> str:
    """A finding in full, to be copied or read out: place, sentence, code, reason."""
    lang = language()
    where = " · ".join(filter(None, (line.place.form, line.unit_name, line.where.in_language(lang))))
    code = f" ({line.code})" if line.code else ""
    reason = f"\n{t('CHP-told-reason', reason=line.reason)}" if line.reason else ""
    return f"{where}: {line.sentence.in_language(lang)}{code}{reason}"


class FindingsList(QListView):
    """One goes through it with the arrow keys; Enter and a double click lead to the cell."""

    chosen = Signal(object)
    """The line that became current, None where none is."""
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.findings = FindingsModel()
        self.setModel(self.findings)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("findings")
        self.setAccessibleName(t("CHP-list"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(320)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)

    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        self.chosen.emit(self.current())

    def current(self) -> Line | None:
        """The line that is current."""
        entry = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        return None if isinstance(entry, GroupHead) else entry

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; where the current one is gone, the one that took its place becomes current."""
        former, row = self.current(), self.currentIndex().row()
        self.findings.show(lines)
        at = self.findings.row_of(former.id) if former else -1
        if at < 0:
            at = max(0, row)
        self._go(at)

    def go_to(self, own: str) -> None:
        """Make the line with an id current."""
        self._go(self.findings.row_of(own))

    def walk(self, step: int) -> None:
        """To the next or former finding, round the end."""
        entries = self.findings.entries
        row = self.currentIndex().row()
        for away in range(1, len(entries) + 1):
            at = (row + step * away) % len(entries)
            if not isinstance(entries[at], GroupHead):
                self._go(at)
                return

    def _go(self, row: int) -> None:
        entries = self.findings.entries
        near = sorted(
            (n for n, entry in enumerate(entries) if not isinstance(entry, GroupHead)),
            key=lambda n: (n < row, abs(n - row)),
        )
        if not near:
            self.chosen.emit(None)
            return
        index = self.findings.index(near[0])
        if self.currentIndex() == index:
            self.chosen.emit(self.current())
        self.setCurrentIndex(index)
        if near[0] == 1:
            self.scrollToTop()
        else:
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            line = self.current()
            if line is not None:
                QGuiApplication.clipboard().setText(told(line))
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        entry = index.data(ENTRY) if index.isValid() else None
        if entry is not None and not isinstance(entry, GroupHead):
            self.opened.emit(entry)


class _Painter(QStyledItemDelegate):
    """Mark, place, figures; the column number always stays whole, because it tells the lines apart."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY)
        area: QRect = option.rect
        state = option.state
        painter.save()
        if isinstance(entry, GroupHead):
            self._head(painter, area, entry)
        else:
            self._line(painter, area, state, entry)
        painter.restore()

    def _head(self, painter: QPainter, area: QRect, head: GroupHead) -> None:
        own = theme.tokens()
        painter.fillRect(area, own.surface_2)
        painter.setFont(theme.font(12))
        painter.setPen(own.text_2)
        inside = area.adjusted(_PAD, 0, -_PAD, 0)
        width = _write(painter, inside, head.counts, right=True)
        painter.setFont(theme.font(12, strong=True))
        painter.setPen(own.text)
        _write(painter, inside.adjusted(0, 0, -width - 2 * _PAD, 0), head.name)

    def _line(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, line: Line) -> None:
        own, lang = theme.tokens(), language()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, own.sel)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, own.surface_2)
        painter.setPen(own.line)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawPixmap(inside.left(), inside.top() + (inside.height() - 16) // 2, icons.mark(line.kind))
        inside.setLeft(inside.left() + 16 + _PAD)
        painter.setFont(theme.font(13))
        painter.setPen(own.text)
        row, column = line.row.in_language(lang), line.column.in_language(lang)
        tail = f" · {column}" if row and column else column
        metrics = QFontMetrics(painter.font())
        short = line.short.in_language(lang)
        left = metrics.horizontalAdvance(row + tail)
        room = max(inside.width() - left - 2 * _PAD, inside.width() * 55 // 100) if tail else inside.width()
        shown = QRect(inside)
        shown.setLeft(inside.right() - min(room, metrics.horizontalAdvance(short) + 2) + 1)
        painter.setPen(own.text if selected else own.text_2)
        _write(painter, shown, short, right=bool(tail))
        painter.setPen(own.text)
        inside.setRight(shown.left() - 2 * _PAD)
        tail_width = metrics.horizontalAdvance(tail) + 2
        used = _write(painter, inside.adjusted(0, 0, -tail_width, 0), row)
        _write(painter, inside.adjusted(used, 0, 0, 0), tail)


def _write(painter: QPainter, area: QRect, words: str, *, right: bool = False) -> int:
    """Write into ``area``, cut at the end where there is no room; the width taken."""
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.width()))
    across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, int(across | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)
