"""One table of a sheet as Qt's views read it; what is typed stands there at once, before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView, FindingView, TableView
    from judapp.domain.shape import CellKey

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
"""The :class:`~judapp.app.grid_view.CellView` of an index."""
PENDING = Qt.ItemDataRole.UserRole + 1
"""The text that was typed and is not stored yet, None where there is none."""


class Batch(Struct):
    """Texts entered together; ``done`` once they are stored, so that the next view may replace them."""

    texts: Mapping[CellKey, str]
    done: bool = False


class SheetModel(QAbstractTableModel):
    """Rows and figure columns of one table; the stub is the rows' header."""

    entered = Signal(object)
    """Texts by cell key a person typed into the editor."""

    def __init__(self) -> None:
        super().__init__()
        self.table: TableView | None = None
        self._findings: dict[CellKey, FindingView] = {}
        self._pending: dict[CellKey, tuple[str, Batch]] = {}

    # --- what is shown

    def show(self, table: TableView, findings: tuple[FindingView, ...]) -> bool:
        """Show a table, or what became of it; returns whether it was made anew (other rows or columns)."""
        former = self.table
        self._findings = {}
        for finding in findings:
            if finding.cell is not None:
                self._findings.setdefault(finding.cell, finding)
        stored = {key for key, (_, batch) in self._pending.items() if batch.done}
        for key in stored:
            del self._pending[key]
        if self.differs(table):
            self.beginResetModel()
            self.table = table
            self.endResetModel()
            return True
        self.table = table
        for row, line in enumerate(table.rows):
            for column, leaf in enumerate(table.columns):
                key = (table.key, line.key, leaf.name)
                before, after = former.cells.get(key) if former else None, table.cells.get(key)
                if key in stored or (before is not after and before != after):
                    at = self.index(row, column)
                    self.dataChanged.emit(at, at)
        return False

    def differs(self, table: TableView) -> bool:
        """Whether ``table`` has other rows or columns than the one shown."""
        former = self.table
        if former is None or former.key != table.key or former.columns != table.columns:
            return True
        return [row.key for row in former.rows] != [row.key for row in table.rows]

    def forget(self) -> None:
        """Forget what is not stored yet: another sheet is shown."""
        self._pending.clear()

    def expect(self, texts: Mapping[CellKey, str]) -> Batch:
        """Show ``texts`` while they are on their way to the disk."""
        batch = Batch(texts)
        for key, text in texts.items():
            self._pending[key] = (text, batch)
            index = self.index_of(key)
            if index.isValid():
                self.dataChanged.emit(index, index)
        return batch

    # --- places

    def index_of(self, key: CellKey) -> QModelIndex:
        """The place of a cell; an invalid index where this table has none such."""
        table = self.table
        if table is None or key[0] != table.key:
            return QModelIndex()
        row = next((at for at, line in enumerate(table.rows) if line.key == key[1]), -1)
        column = next((at for at, leaf in enumerate(table.columns) if leaf.name == key[2]), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def key_of(self, index: Index) -> CellKey | None:
        """The key of the place ``index``."""
        if self.table is None or not index.isValid():
            return None
        return self.table.key_at(index.row(), index.column())

    def cell(self, index: Index) -> CellView:
        """The cell at ``index``."""
        assert self.table is not None  # an index exists
        return self.table.cell(index.row(), index.column())

    def finding(self, index: Index) -> FindingView | None:
        """The gravest finding shown at ``index``."""
        key = self.key_of(index)
        return self._findings.get(key) if key is not None else None

    def typed(self, index: Index) -> str:
        """The text to edit: what was typed last, also while it is on its way."""
        key = self.key_of(index)
        waiting = self._pending.get(key) if key is not None else None
        if waiting is not None:
            return waiting[0]
        cell = self.cell(index)
        return "" if cell.kind == "computed" else cell.typed

    # --- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.cell(index).enterable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.table is None:
            return None
        if role == CELL:
            return self.cell(index)
        if role == PENDING:
            waiting = self._pending.get(self.table.key_at(index.row(), index.column()))
            return waiting[0] if waiting is not None else None
        if role == Qt.ItemDataRole.DisplayRole:
            waiting = self._pending.get(self.table.key_at(index.row(), index.column()))
            return waiting[0] if waiting is not None else self.cell(index).text
        if role == Qt.ItemDataRole.EditRole:
            return self.typed(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self.key_of(index)
        text = str(value)
        if role != Qt.ItemDataRole.EditRole or key is None or text == self.typed(index):
            return False
        self.entered.emit({key: text})
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self.table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return " ".join(filter(None, self.table.rows[section].stub))
        column = self.table.columns[section]
        code = f"({column.code})" if column.code else ""
        return " ".join(filter(None, (code, " › ".join(column.path), column.unit)))

    def _tip(self, index: Index) -> str | None:
        finding = self.finding(index)
        if finding is not None:
            return finding.text
        cell = self.cell(index)
        return cell.text if cell.left and len(cell.text) > 12 else None

    def _spoken(self, index: Index) -> str:
        """Path, row, value and finding, as a screen reader says a cell (ux study, section 4)."""
        from judapp.ui.texts import t

        cell, finding = self.cell(index), self.finding(index)
        value = cell.text
        if cell.state in _STATES:
            value = t(_STATES[cell.state])
        column = self.headerData(index.column(), Qt.Orientation.Horizontal)
        row = self.headerData(index.row(), Qt.Orientation.Vertical)
        return "; ".join(filter(None, (column, row, value, finding.text if finding else "")))


_STATES = {
    "nil": "ENY-value-nil",
    "pending": "ENY-value-pending",
    "remit": "ENY-value-remit",
    "empty": "ENY-value-empty",
    "undefined": "ENY-value-undefined",
}
