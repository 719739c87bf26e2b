"""The files read for an import as a list: what each was recognised as, what it changes, whether it is taken.

The model is Qt's own: while files are read, painting a row must not wait for the thread that reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from judapp.ui import icons, theme
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.import_view import FileRow
    from judapp.domain.period import Period

Key = tuple[Path, str]
"""A worksheet of a file: what stays the same when files are read again."""

_POSITION = Qt.ItemDataRole.UserRole
_SORT = Qt.ItemDataRole.UserRole + 1
_FILE, _FORM, _UNIT, _PERIOD, _CHANGES, _RESULT = range(6)
_WIDTHS = {_FORM: 70, _UNIT: 108, _PERIOD: 74, _CHANGES: 60, _RESULT: 160}
_NARROW_WIDTHS = {_FORM: 60, _UNIT: 92, _PERIOD: 74, _CHANGES: 60, _RESULT: 128}
_NARROW = 560
"""Pixels of the list below which the period stands in the tooltip only, and the others are narrower."""
_STATUSES = {
    "ready": ("ok", "IMP-ready"),
    "unchanged": ("info", "IMP-unchanged"),
    "applied": ("approved", "IMP-applied"),
    "duplicate": ("warning", "IMP-duplicate"),
    "left_out": ("empty", "IMW-status-left-out"),
    "same": ("info", "IMD-status-same"),
    "needs_mapping": ("warning", "IMP-needs_mapping"),
    "unclear": ("warning", "IMW-status-unclear"),
    "other_period": ("warning", "IMW-status-other-period"),
    "locked": ("locked", "IMW-status-locked"),
    "rejected": ("error", "IMP-rejected"),
    "unrecognised": ("error", "IMP-unrecognised"),
}


def key_of(row: FileRow) -> Key:
    """Which worksheet a row is."""
    return row.path, row.sheet


def short_period(period: Period) -> str:
    """A period in a narrow column; its whole name is the tooltip."""
    if period.cumulative:
        return t("IMW-short-E", months=int(period.round[1:]), year=str(period.year))
    return t(
        {"H1": "IMW-short-H1", "Y1": "IMW-short-Y1", "Y": "IMW-short-Y"}[period.round], year=str(period.year)
    )


def status_of(row: FileRow, *, out: bool) -> tuple[str, str]:
    """Mark and words of what will become, or became, of a row; ``out`` where a person took it out."""
    if row.writes and (out or (row.left and not row.changes)):
        return "empty", t("IMW-status-taken-out")
    mark, code = _STATUSES[row.status]
    if row.status == "ready" and (row.left or row.attention):
        faults = sum(finding.severity in ("error", "warning") for finding in row.findings)
        if row.left and faults:
            return "warning", t("IMD-status-look-out", faults=faults, n=row.left)
        if row.left:
            return "ok", t("IMD-status-cells-out", n=row.left)
        return "warning", t("IMW-status-look", n=faults)
    return mark, t(code)


class FileTable(QTableView):
    """The list; Space takes the selected files in or out."""

    toggled = Signal(set, bool)
    """Positions of rows, and whether they are taken in now."""
    picked = Signal(int)
    """The position of the row shown beside the list, -1 for none."""
    opened = Signal(int)
    """Enter or a double click: the position of a row whose question is to be answered."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, FileRow] = {}
        self._lines: dict[int, QStandardItem] = {}
        """The first item of each row by its position: a list of a thousand files is not searched through."""
        self._items = QStandardItemModel(0, _RESULT + 1, self)
        self._items.setHorizontalHeaderLabels(t("IMW-heads").split("|"))
        self._items.setSortRole(_SORT)
        self._filling = False
        self.setModel(self._items)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(t("IMW-list"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(48)
        across.setStyleSheet("QHeaderView::section { padding: 4px 4px; }")  # above the words of the items
        across.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        self._items.horizontalHeaderItem(_CHANGES).setTextAlignment(_RIGHT)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._narrow: bool | None = None
        self._one_period = True
        self._items.itemChanged.connect(self._checked)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._position(index)))

    # --- showing

    def show_rows(self, rows: Sequence[FileRow], out: Collection[Key]) -> None:
        """Show other rows; the current one stays where its worksheet is still among them."""
        former = self.rows.get(self.current())
        self._filling = True
        self.rows, self._lines = {}, {}
        self._items.setRowCount(0)
        self._filling = False
        self.add_rows(rows, out)
        self._one_period = len({row.period for row in rows if row.period.vi}) < 2
        self.setColumnHidden(_PERIOD, self._one_period or bool(self._narrow))
        wanted = next((r.position for r in rows if former is not None and key_of(r) == key_of(former)), None)
        at = None if wanted is None else self._row_of(wanted)
        if rows:
            self.setCurrentIndex(self._items.index(at or 0, _FILE))
        else:
            self.picked.emit(-1)

    def add_rows(self, rows: Sequence[FileRow], out: Collection[Key]) -> None:
        """Put rows below those shown."""
        self._filling = True
        times = Counter(row.path for row in rows)
        for row in rows:
            self.rows[row.position] = row
            items = _cells(row, out=key_of(row) in out, named=times[row.path] > 1)
            self._lines[row.position] = items[_FILE]
            self._items.appendRow(items)
        self._filling = False

    def current(self) -> int:
        """The position of the current row, -1 where there is none."""
        return self._position(self.currentIndex())

    def selected(self) -> list[int]:
        """The positions of all selected rows, from the top."""
        return sorted(self._position(index) for index in self.selectionModel().selectedRows(_FILE))

    def select_first(self) -> None:
        """Make the topmost row the current one."""
        if self._items.rowCount():
            self.select(self._position(self._items.index(0, _FILE)))

    def select(self, position: int) -> None:
        """Make a row the current one."""
        at = self._row_of(position)
        if at is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._items.index(at, _FILE), flags)

    def copy(self) -> None:
        """The whole list with its heads, as a spreadsheet pastes it."""
        columns = range(self._items.columnCount())
        lines = [[self._items.horizontalHeaderItem(column).text() for column in columns]]
        for row in range(self._items.rowCount()):
            lines.append([self._items.item(row, column).text().strip() for column in columns])
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines))

    # --- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow is not self._narrow:
            self._narrow = narrow
            for column, width in (_NARROW_WIDTHS if narrow else _WIDTHS).items():
                self.horizontalHeader().resizeSection(column, width)
            self.setColumnHidden(_PERIOD, self._one_period or narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            chosen = {at for at in self.selected() if self.rows[at].writes}
            if chosen:
                taken = any(self._lines[at].checkState() == Qt.CheckState.Unchecked for at in chosen)
                self.toggled.emit(chosen, taken)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _checked(self, item: QStandardItem) -> None:
        if not self._filling and item.column() == _FILE and item.isCheckable():
            self.toggled.emit({item.data(_POSITION)}, item.checkState() == Qt.CheckState.Checked)

    def _moved(self, now: QModelIndex, _: QModelIndex) -> None:
        if not self._filling:
            self.picked.emit(self._position(now))

    def mark(self, position: int, *, out: bool) -> None:
        """Show a row as taken in or out."""
        at = self._row_of(position)
        if at is None:
            return
        self._filling = True
        first = self._items.item(at, _FILE)
        if first.isCheckable():
            first.setCheckState(Qt.CheckState.Unchecked if out else Qt.CheckState.Checked)
        _say(self._items.item(at, _RESULT), self.rows[position], out=out)
        self._filling = False

    def redraw_marks(self) -> None:
        """Draw the marks anew: the theme is another one."""
        for at in range(self._items.rowCount()):
            first, result = self._items.item(at, _FILE), self._items.item(at, _RESULT)
            row = self.rows[first.data(_POSITION)]
            out = first.isCheckable() and first.checkState() == Qt.CheckState.Unchecked
            self._filling = True
            _say(result, row, out=out)
            self._filling = False

    def _position(self, index: QModelIndex) -> int:
        found = index.siblingAtColumn(_FILE).data(_POSITION) if index.isValid() else None
        return -1 if found is None else int(found)

    def _row_of(self, position: int) -> int | None:
        line = self._lines.get(position)
        return None if line is None else line.row()


_ROOM = "\u2002"
"""Between a number at the right edge and the mark of the next column."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _cells(row: FileRow, *, out: bool, named: bool) -> list[QStandardItem]:
    """The items of a row; ``named`` where the worksheet must be named to tell it from others of its file."""
    from judapp.messages import write

    name = f"{row.name} › {row.sheet}" if named else row.name
    first = QStandardItem(name)
    first.setData(row.position, _POSITION)
    whole = f"{row.folder}\n{row.name}" + (f" › {row.sheet}" if row.sheet else "")
    first.setToolTip("\n".join(filter(None, (whole, row.period.in_language(language())))))
    if row.writes:
        first.setCheckable(True)
        first.setCheckState(Qt.CheckState.Unchecked if out else Qt.CheckState.Checked)
    changes = QStandardItem((write(row.changes, language()) if row.read else "–") + _ROOM)
    changes.setTextAlignment(_RIGHT)
    changes.setToolTip(row.control)
    result = QStandardItem()
    _say(result, row, out=out)
    items = [
        first,
        QStandardItem(row.form or "?"),
        QStandardItem(row.choose or row.unit or "?"),
        QStandardItem(short_period(row.target_period) if row.target_period else "?"),
        changes,
        result,
    ]
    for column, item in enumerate(items):
        item.setEditable(False)
        item.setData(item.text().casefold(), _SORT)
        if column in (_FORM, _UNIT):
            item.setToolTip(row.unit if column == _UNIT and row.unit else item.text())
    items[_PERIOD].setToolTip(row.period.in_language(language()))
    changes.setData(row.changes, _SORT)
    return items


def _say(item: QStandardItem, row: FileRow, *, out: bool) -> None:
    mark, words = status_of(row, out=out)
    item.setText(words)
    item.setIcon(mark_icon(mark))
    item.setToolTip("\n".join(finding.text for finding in row.findings[:8]) or words)


def mark_icon(name: str) -> QIcon:
    """A mark for an item, the same where it is selected: the style would wash it out."""
    made, picture = QIcon(), icons.mark(name)
    made.addPixmap(picture, QIcon.Mode.Normal)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made
