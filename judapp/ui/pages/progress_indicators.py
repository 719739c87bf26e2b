"""The second tab: every indicator with its bar in a table, filters with counts, and the cells beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from judapp.errors import JudappError
from judapp.ui import theme
from judapp.ui.charts import bullet, verdict
from judapp.ui.pages import progress_words as words
from judapp.ui.pages.progress_panel import NARROWEST, WIDEST, Panel
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button
from judapp.ui.widgets.tables import ROW, Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.director import Front
    from judapp.app.director_rows import IndicatorRow

Index = QModelIndex | QPersistentModelIndex

FILTERS: tuple[tuple[str, Callable[[IndicatorRow], bool]], ...] = (
    ("PRG-filter-all", bool),
    ("PRG-filter-missed", lambda row: row.verdict == "missed"),
    ("PRG-filter-fell", lambda row: row.fell),
    ("PRG-filter-untold", lambda row: row.mark == "untold"),
)
_MARK, _NAME, _VALUE, _UNIT, _BAR, _TARGET, _DIFFERENCE, _SAME, _CHANGE = range(9)
_GIVES_WAY = (_BAR, _SAME, _CHANGE, _UNIT, _TARGET, _DIFFERENCE)
"""Columns that make room for the cells, in this order; the panel shows the same."""
_NAME_NEEDS = 200


class _Verdicts(QStyledItemDelegate):
    """Draws the verdict's mark; its word is in the model, for copying and screen readers."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _ground(self, painter, option, index)
        row = _row(index)
        if row is not None:
            verdict.paint(painter, QRectF(_area(option)), row.mark, theme.tokens())


class _Bars(QStyledItemDelegate):
    """Draws small bullet bars."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = _ground(self, painter, option, index)
        row = _row(index)
        if row is not None and row.bullet is not None:
            own = theme.tokens()
            area = QRectF(_area(option)).adjusted(8, 0, -8, 0)
            colours = bullet.ink(own, ground=own.sel if selected else own.surface)
            bullet.paint(painter, area, row.bullet, colours, language(), label=False)


class Indicators(QWidget):
    """All indicators; Enter or a click shows the cells of one."""

    def __init__(self, failed: Callable[[JudappError], object]) -> None:
        super().__init__()
        self._failed = failed
        self._front: Front | None = None
        self._filter = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._chips())
        across = QHBoxLayout()
        across.setSpacing(theme.PAD)
        column.addLayout(across, 1)
        self.table = self._table()
        across.addWidget(self.table, 1)
        self.panel = Panel(failed)
        self.panel.hide()
        self.panel.closed.connect(self.close_panel)
        across.addWidget(self.panel)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_panel)

    def _chips(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        self.chips: list[QPushButton] = []
        group = QButtonGroup(self)
        for number, _ in enumerate(FILTERS):
            chip = button("", look="chip")
            chip.setCheckable(True)
            chip.setChecked(number == 0)
            chip.clicked.connect(lambda _checked=False, number=number: self._choose(number))
            group.addButton(chip)
            line.addWidget(chip)
            self.chips.append(chip)
        line.addStretch(1)
        self.none = Label("", "hint")
        line.addWidget(self.none)
        return line

    def _table(self) -> ListTable:
        heads = [t(code) for code in words.HEADS]
        made = _Table(
            "indicators",
            [
                Head("", 32, centred=True),
                Head(heads[_NAME]),
                Head(heads[_VALUE], 128, numbers=True),
                Head(heads[_UNIT], 88),
                Head(heads[_BAR], 140),
                Head(heads[_TARGET], 104, numbers=True),
                Head(heads[_DIFFERENCE], 116, numbers=True),
                Head(heads[_SAME], 120, numbers=True),
                Head(heads[_CHANGE], 120, numbers=True),
            ],
        )
        made.setAccessibleName(t("PRG-tab-indicators"))
        made.setItemDelegateForColumn(_MARK, _Verdicts(made))
        made.setItemDelegateForColumn(_BAR, _Bars(made))
        made.opened.connect(self._show)
        made.clicked.connect(lambda index: self._show(_row(index)))
        made.chosen.connect(self._follow)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._menu)
        return made

    def show_front(self, front: Front) -> None:
        """Show other figures; the indicator looked at stays."""
        self._front = front
        for chip, (code, fits) in zip(self.chips, FILTERS, strict=True):
            chip.setText(t(code, n=sum(map(fits, front.rows))))
        looked_at, self.panel.row = self.panel.row, None  # rows that come and go are not looked at
        self._fill()
        if looked_at is not None:
            row = next((row for row in front.rows if row.id == looked_at.id), None)
            if row is None:
                self._forget()
            else:
                self.panel.row = looked_at
                self.panel.show_row(row, front)

    def open(self, own: str) -> None:
        """Show the cells of the indicator with id ``own``."""
        if self._front is None:
            return
        row = next((row for row in self._front.rows if row.id == own), None)
        if row is None:
            return
        if not FILTERS[self._filter][1](row):
            self.chips[0].setChecked(True)
            self._choose(0)
        at = next(n for n, line in enumerate(self.table.list.rows) if line.data.id == own)
        self.table.selectRow(self.table.order.mapFromSource(self.table.list.index(at, 0)).row())
        self.table.setFocus()
        self._show(row)

    def close_panel(self) -> None:
        """Give the table all the room, and the keys."""
        self._forget()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _choose(self, number: int) -> None:
        self._filter = number
        self._fill()

    def _fill(self) -> None:
        if self._front is None:
            return
        fits = FILTERS[self._filter][1]
        ranks = [_ranks(self._front.rows, at) for at in range(3)]
        shown = [_line(row, [rank[row.id] for rank in ranks]) for row in self._front.rows if fits(row)]
        self.table.show_rows(shown, keep=lambda row: row.id)
        self.none.setText("" if shown else t("PRG-filter-none"))

    def _show(self, row: IndicatorRow | None) -> None:
        if row is None or self._front is None:
            return
        self.panel.show_row(row, self._front)
        self.panel.show()
        self._fit()

    def _forget(self) -> None:
        self.panel.row = None
        self.panel.hide()
        self._fit()

    def _follow(self, row: IndicatorRow | None) -> None:
        if row is not None and self.panel.row is not None and self._front is not None:
            self.panel.show_row(row, self._front)

    def _fit(self) -> None:
        """Hide columns the open panel shows as well until the names have room."""
        self.panel.setFixedWidth(max(NARROWEST, min(WIDEST, self.width() * 2 // 5)))
        room = self.width() - (self.panel.width() + theme.PAD if not self.panel.isHidden() else 0)
        header = self.table.horizontalHeader()
        for at in _GIVES_WAY:
            self.table.setColumnHidden(at, False)
        for at in _GIVES_WAY:
            taken = sum(header.sectionSize(n) for n in range(header.count()) if n != _NAME)
            if room - taken >= _NAME_NEEDS:
                break
            self.table.setColumnHidden(at, True)

    def _menu(self, at: QPoint) -> None:
        row = _row(self.table.indexAt(at))
        if row is not None and self._front is not None:
            words.menu_of(row, self._front, self._failed)(self.table).popup(
                self.table.viewport().mapToGlobal(at)
            )


class _Table(ListTable):
    """A list whose copy has no column of bars."""

    def copy(self) -> None:
        shown = [_row(self.order.index(n, 0)) for n in range(self.order.rowCount())]
        QGuiApplication.clipboard().setText(words.as_lines(row for row in shown if row is not None))


def _row(index: Index) -> IndicatorRow | None:
    line = index.data(ROW) if index.isValid() else None
    return line.data if isinstance(line, Row) else None


def _ground(
    delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem, index: Index
) -> bool:
    """Draw an empty cell with its selection; whether it is selected."""
    shown = QStyleOptionViewItem(option)
    delegate.initStyleOption(shown, index)
    shown.text = ""
    widget = shown.widget
    widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
    return bool(shown.state & QStyle.StateFlag.State_Selected)


def _area(option: QStyleOptionViewItem) -> QRect:
    return option.rect


def _ranks(rows: Sequence[IndicatorRow], at: int) -> dict[str, int]:
    """The places of indicators by an exact figure, the unknown ones first."""
    known = [(figure, row.id) for row in rows if (figure := row.exact[at]) is not None]
    ordered = sorted(known, key=lambda pair: pair[0])
    return {row.id: -1 for row in rows} | {own: place for place, (_, own) in enumerate(ordered)}


def _line(row: IndicatorRow, places: Sequence[int]) -> Row:
    value, difference, change = places
    told = words.cells(row)
    name, sentence = told[_NAME], row.sentence.in_language(language())
    sorts = {_VALUE: value, _BAR: value, _DIFFERENCE: difference, _CHANGE: change}
    found = [Cell(text, sort=sorts.get(at)) for at, text in enumerate(told)]
    found[_MARK] = Cell(told[_MARK], sort=_GRAVITY.index(row.mark))
    found[_NAME] = Cell(name, tip=sentence)
    if row.due.vi:
        due = t("PRG-due", months=row.months, due=row.due.in_language(language()))
        found[_TARGET] = Cell(told[_TARGET], tip=due)
        found[_DIFFERENCE] = Cell(told[_DIFFERENCE], sort=difference, tip=due)
    found[_BAR] = Cell("", sort=value, tip=words.tip(row))
    return Row(found, row)


_GRAVITY = ("missed", "untold", "met", "none", "gone")
