"""One table of a sheet as Qt's views read it; what is typed stands there at once, before it is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from judapp.ui.grid.weaving import weave
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView, FindingView, TableView
    from judapp.domain.shape import CellKey

Index = QModelIndex | QPersistentModelIndex
STAND_IN = "DRA-001"
"""Code of the finding at a figure of another round: typed again, it is one of this round."""
CELL = Qt.ItemDataRole.UserRole
"""The :class:`~judapp.app.grid_view.CellView` of an index."""
PENDING = Qt.ItemDataRole.UserRole + 1
"""The text that was typed and is not stored yet, None where there is none."""
_FEW = 64
"""So many changed cells are looked at one by one."""


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
        self._stand_ins: set[CellKey] = set()
        self._pending: dict[CellKey, tuple[str, Batch]] = {}
        self.held: Mapping[CellKey, str] = {}
        """Texts that could not be stored: they stay in their cells, marked."""
        self._parts: frozenset[CellKey] = frozenset()
        self.under_way: Callable[[], bool] = lambda: False
        """Whether an act is on its way to the disk, so that what is shown may not be what comes of it."""
        self._rows: dict[str, int] = {}
        self._columns: dict[str, int] = {}

    # --- what is shown

    def show(self, table: TableView, findings: tuple[FindingView, ...], *, editing: bool = False) -> bool:
        """Show a table, or what became of it; returns whether it was made anew (other rows or columns).

        While somebody is ``editing`` a cell of it that stays, rows and columns come and go around the cell.
        """
        former = self.table
        self._tell(findings)
        stored = {key for key, (_, batch) in self._pending.items() if batch.done}
        for key in stored:
            del self._pending[key]
        if self.differs(table) and editing and former is not None:
            weave(self, former, table, self._take)
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(table.columns) - 1))
            return True
        if self.differs(table):
            self.beginResetModel()
            self._take(table)
            self.endResetModel()
            return True
        self._take(table)
        before = former.cells if former is not None else {}
        changed = set(stored)
        if before is not table.cells:
            for key, cell in table.cells.items():
                known = before.get(key)
                if known is not cell and known != cell:
                    changed.add(key)
        self._announce(changed)
        return False

    def patch(
        self, table: TableView, findings: tuple[FindingView, ...], changed: Collection[CellKey]
    ) -> None:
        """Show what became of the table with the same rows and columns: the cells ``changed`` alone."""
        self._tell(findings)
        self._take(table)
        self._announce(changed)

    def _take(self, table: TableView) -> None:
        former, self.table = self.table, table
        if former is None or former.key != table.key or former.rows is not table.rows:
            self._rows = {line.key: at for at, line in enumerate(table.rows)}
        if former is None or former.key != table.key or former.columns is not table.columns:
            self._columns = {leaf.name: at for at, leaf in enumerate(table.columns)}

    def _tell(self, findings: tuple[FindingView, ...]) -> None:
        self._findings, self._stand_ins = {}, set()
        for finding in findings:
            if finding.cell is not None:
                self._findings.setdefault(finding.cell, finding)
                if finding.code == STAND_IN:  # maybe under a graver one
                    self._stand_ins.add(finding.cell)

    def _announce(self, cells: Collection[CellKey]) -> None:
        """Have cells looked at anew: one by one, or many of them as the rectangle round them."""
        places = [index for key in cells if (index := self.index_of(key)).isValid()]
        if len(places) <= _FEW:
            for at in places:
                self.dataChanged.emit(at, at)
            return
        rows, columns = [at.row() for at in places], [at.column() for at in places]
        self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(max(rows), max(columns)))

    def differs(self, table: TableView) -> bool:
        """Whether ``table`` has other rows or columns than the one shown."""
        former = self.table
        if former is None or former.key != table.key or former.columns != table.columns:
            return True
        if former.rows is table.rows:
            return False
        return [row.key for row in former.rows] != [row.key for row in table.rows]

    def forget(self) -> None:
        """Forget what is on its way: another sheet is shown."""
        self._pending.clear()

    def expect(self, texts: Mapping[CellKey, str]) -> Batch:
        """Show ``texts`` while they are on their way to the disk."""
        batch = Batch(texts)
        self._pending |= {key: (text, batch) for key, text in texts.items()}
        self._announce(texts)
        return batch

    def hold(self, texts: Mapping[CellKey, str], parts: Collection[CellKey] = ()) -> None:
        """Show ``texts`` as what could not be stored; others that were shown so no longer are.

        ``parts``: those that are estimated parts, and stand where these are shown.
        """
        former, self.held, self._parts = self.held, dict(texts), frozenset(parts)
        self._announce(former.keys() | texts.keys())

    def uncertain(self, key: CellKey) -> bool:
        """Whether a text is to be entered though it stands there already.

        It may not be what is stored, or nobody has confirmed it so far.
        """
        return key in self.held or key in self._stand_ins or self.under_way()

    def answered(self, texts: Collection[CellKey]) -> None:
        """Texts that waited were typed over: what the sheet says is shown again."""
        waiting = [key for key in texts if self._pending.pop(key, None) is not None]
        self._announce(waiting)

    # --- places

    def index_of(self, key: CellKey) -> QModelIndex:
        """The place of a cell; an invalid index where this table has none such."""
        table = self.table
        if table is None or key[0] != table.key:
            return QModelIndex()
        row, column = self._rows.get(key[1], -1), self._columns.get(key[2], -1)
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

    def cell_of(self, key: CellKey) -> CellView | None:
        """The cell ``key`` of the table shown; None where it has none such."""
        return None if self.table is None else self.table.cells.get(key)

    def finding(self, index: Index) -> FindingView | None:
        """The gravest finding shown at ``index``."""
        key = self.key_of(index)
        return self._findings.get(key) if key is not None else None

    def waiting(self, key: CellKey) -> str | None:
        """The text typed into a cell that is not stored yet, or could not be; None where there is none."""
        table = self.table
        if key in self.held and table is not None and table.estimates_alone == (key in self._parts):
            return self.held[key]
        found = self._pending.get(key)
        return found[0] if found is not None else None

    def typed(self, index: Index) -> str:
        """The text to edit: what was typed last, also while it is on its way."""
        key = self.key_of(index)
        waiting = self.waiting(key) if key is not None else None
        if waiting is not None:
            return waiting
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
            return self.waiting(self.table.key_at(index.row(), index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            waiting = self.waiting(self.table.key_at(index.row(), index.column()))
            return waiting if waiting is not None else self.cell(index).text
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
        if role != Qt.ItemDataRole.EditRole or key is None:
            return False
        cell = self.cell(index)
        again = cell.code == STAND_IN or cell.state == "unreadable"  # confirmed so, or to be asked about
        if text == self.typed(index) and not again and not self.uncertain(key):
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
        key = self.key_of(index)
        if key is not None and key in self.held:
            return t("UNS-tip", text=self.held[key])
        finding = self.finding(index)
        if finding is not None:
            return finding.text
        cell = self.cell(index)
        return cell.text if cell.left and len(cell.text) > 12 else None

    def _spoken(self, index: Index) -> str:
        """Column, row, value and finding, as a screen reader says a cell (ux study, section 4)."""
        from judapp.app.grid_spoken import spoken

        table, key = self.table, self.key_of(index)
        assert table is not None  # an index exists
        assert key is not None
        waiting, finding = self.waiting(key), self.finding(index)
        at = index.row(), index.column()
        words = spoken(table, *at, self.cell(index), language(), waiting=waiting, finding=finding)
        return f"{words}; {t('UNS-said')}" if key in self.held else words
