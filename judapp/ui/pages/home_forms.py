"""The forms of the round on the first page: own sheet, base units, findings, deadline, person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.pages.home_cells import HEADS, OTHER_HEADS, Bars, form_row, other_row
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Button, Empty, Label, button
from judapp.ui.widgets.tables import ROW, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.home import Board
    from judapp.app.home_forms import FormLine

_BASE, _ERRORS, _EXPLAIN = 2, 3, 4
_CHIPS: dict[str, tuple[str, str, Callable[[FormLine], bool]]] = {
    "all": ("HOM-chip-all", "", bool),
    "mine": ("HOM-chip-mine", "HOM-none-mine", lambda line: line.mine),
    "open": ("HOM-chip-open", "HOM-none-open", lambda line: not line.done),
    "late": ("HOM-chip-late", "HOM-none-late", lambda line: line.late),
}


class FormsRegion(QWidget):
    """The table of forms with its filters, and below it the forms nobody was asked for."""

    opened = Signal(object)
    looked = Signal(str, str)
    """Form number and severity of the findings to look at; severity "" for all."""
    units_asked = Signal(str)
    """Number of the form whose units are to be looked at."""
    exported = Signal(object)
    person_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[FormLine, ...] = ()
        self._others: tuple[FormLine, ...] = ()
        self._me = ""
        self._read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.chips: dict[str, QPushButton] = {}
        column.addLayout(self._head())
        self.table = ListTable("home-forms", [Head(t(code), *rest) for code, *rest in HEADS])
        self.table.setItemDelegateForColumn(_BASE, Bars(self.table))
        self.table.setAccessibleName(t("HOM-forms"))
        self._connect(self.table)
        self.table.clicked.connect(self._clicked)
        column.addWidget(self.table, 3)
        self.nothing = QVBoxLayout()
        column.addLayout(self.nothing)
        self.others_head = QWidget()
        head = QHBoxLayout(self.others_head)
        head.setContentsMargins(0, 0, 0, 0)
        self.others_title = Label("", "section")
        self.others_title.setMinimumHeight(theme.CONTROL)
        self.others_title.setToolTip(t("HOM-others-tip"))
        self.fold = _Fold()
        self.fold.clicked.connect(self._fold)
        head.addWidget(self.others_title)
        head.addStretch(1)
        head.addWidget(self.fold)
        column.addWidget(self.others_head)
        self.others = _Aside("home-others", [Head(t(code), *rest) for code, *rest in OTHER_HEADS])
        self.others.setAccessibleName(t("HOM-others-tip"))
        self._connect(self.others)
        column.addWidget(self.others, 2)
        column.addStretch(0)
        self._unfolded: bool | None = None

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.title = Label(t("HOM-forms"), "section")
        self.title.setMinimumHeight(theme.CONTROL)
        row.addWidget(self.title)
        row.addSpacing(4)
        group = QButtonGroup(self)
        for key in _CHIPS:
            chip = button("", None, "chip")
            chip.setCheckable(True)
            chip.setChecked(key == "all")
            chip.clicked.connect(self._filter)
            group.addButton(chip)
            row.addWidget(chip)
            self.chips[key] = chip
        row.addStretch(1)
        self.more = button("", self._menu_of_current, "tool", icon="more", tip=t("HOM-menu"))
        row.addWidget(self.more)
        return row

    def show_forms(self, board: Board, me: str, *, read_only: bool) -> None:
        """Show the forms of another board; filter and current row stay."""
        self._lines, self._others, self._me, self._read_only = board.forms, board.others, me, read_only
        for key, (code, _, fits) in _CHIPS.items():
            self.chips[key].setText(t(code, n=sum(map(fits, self._lines))))
        self.others.show_rows([other_row(line, place) for place, line in enumerate(self._others)], _number)
        code = "HOM-others" if self._lines else "HOM-usable"
        self.others_title.setText(t(code, n=len(self._others)))
        self.table.setColumnHidden(_BASE, not any(line.base for line in self._lines))
        self._filter()

    # --- filter and room

    def _filter(self) -> None:
        key = next(key for key, chip in self.chips.items() if chip.isChecked())
        _, none, fits = _CHIPS[key]
        rows: list[Row] = [form_row(line, place) for place, line in enumerate(self._lines) if fits(line)]
        self.table.show_rows(rows, _number)
        known = bool(self._lines)
        for widget in (self.title, self.more, *self.chips.values()):
            widget.setVisible(known)
        self.table.setVisible(bool(rows))
        self.more.setEnabled(bool(rows))
        while (item := self.nothing.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()
        if known and not rows:
            words = t(none, name=self._me) if key == "mine" else t(none)
            hint = t("HOM-none-mine-hint") if key == "mine" else ""
            self.nothing.addWidget(Empty(words, t("HOM-show-all"), self._show_all, hint))
        self._arrange(len(rows))

    def _show_all(self) -> None:
        self.chips["all"].setChecked(True)
        self._filter()
        self.table.setFocus()

    def _arrange(self, rows: int) -> None:
        """Tables are as high as their rows; the one with most of them takes what is left.

        The other forms stand open below where there is room for both tables, until somebody folds them.
        """
        needed = 4 * theme.CONTROL
        for table, count in ((self.table, rows), (self.others, len(self._others))):
            head = table.horizontalHeader().sizeHint().height()
            table.setMaximumHeight(head + count * theme.ROW + 4)
            table.setMinimumHeight(head + theme.ROW + 4)
            needed += table.maximumHeight()
        fits = not self._lines or needed <= self.height()
        unfolded = fits if self._unfolded is None else self._unfolded
        has = bool(self._others)
        self.others_head.setVisible(has)
        self.fold.setVisible(bool(self._lines))
        self.fold.turn(unfolded=unfolded)
        self.others.setVisible(has and unfolded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.table.order.rowCount())

    def _fold(self) -> None:
        self._unfolded = not self.others.isVisible()
        self._arrange(self.table.order.rowCount())

    # --- what a click does

    def _clicked(self, index: QModelIndex) -> None:
        line = _line(index)
        if line is None or (not line.state and line.base is None):
            return
        at, base = index.column(), line.base
        if at == _BASE and base is not None:
            self.units_asked.emit(base.number)
        elif at in (_ERRORS, _EXPLAIN):
            severity = "error" if at == _ERRORS else "explain"
            own, below = line.errors, base.errors if base else 0
            if at == _EXPLAIN:
                own, below = line.unexplained, base.unexplained if base else 0
            if own or below:
                self.looked.emit(line.number if own or base is None else base.number, severity)

    def _menu_of_current(self) -> None:
        self._menu(self.table, self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _connect(self, table: ListTable) -> None:
        table.opened.connect(self.opened)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(lambda where: self._menu_at(table, where))

    def _menu_at(self, table: ListTable, where: QPoint) -> None:
        index = table.indexAt(where)
        if index.isValid():
            table.setCurrentIndex(index)
        self._menu(table, table.viewport().mapToGlobal(where))

    def _menu(self, table: ListTable, where: QPoint) -> None:
        line: FormLine | None = table.current()
        if line is None:
            return
        menu = QMenu(self)
        menu.setObjectName("home-menu")
        menu.addAction(t("HOM-menu-open"), lambda: self.opened.emit(line))
        menu.addAction(t("HOM-menu-checks"), lambda: self.looked.emit(line.number, ""))
        export = menu.addAction(t("HOM-menu-export"), lambda: self.exported.emit(line))
        export.setEnabled(line.state not in ("", "missing"))
        menu.addSeparator()
        person = menu.addAction(t("HOM-menu-person"), lambda: self.person_asked.emit(line))
        person.setEnabled(bool(line.state) and not self._read_only)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)


class _Fold(Button):
    """Folds a table away, or opens it."""

    def __init__(self) -> None:
        super().__init__("", "chevron_down")
        theme.role(self, "tool")

    def turn(self, *, unfolded: bool) -> None:
        """Point down over an open table, right where it is folded away."""
        self._icon = "chevron_down" if unfolded else "chevron_right"
        tip = t("HOM-fold") if unfolded else t("HOM-unfold")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.draw()


class _Aside(ListTable):
    """A second table of a page: its row is marked only while it has the focus."""

    def show_rows(self, rows: Sequence[Row], keep: Callable[[Any], object] | None = None) -> None:
        super().show_rows(rows, keep)
        if not self.hasFocus():
            self.clearSelection()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectRow(max(0, self.currentIndex().row()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()


def _line(index: QModelIndex) -> FormLine | None:
    row = index.data(ROW)
    return row.data if isinstance(row, Row) else None


def _number(line: FormLine) -> str:
    return line.number
