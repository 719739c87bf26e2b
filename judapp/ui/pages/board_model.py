"""What the board's table shows: a line a unit, a column a form, in groups where units are grouped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.board import Cell, Form, Line, UnitBoard

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
"""The cell of the board, the line at the unit and at the days, None at the head of a group."""


class BoardModel(QAbstractTableModel):
    """Units with their cells, in groups where they are grouped; everything is replaced at once."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: tuple[Form, ...] = ()
        self.rows: list[Line | str] = []

    def show(self, board: UnitBoard | None, rows: Sequence[Line | str]) -> None:
        """Show other units; a text is the head of a group."""
        self.beginResetModel()
        self.forms = board.forms if board else ()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.forms) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        form = self.forms[section - 1] if 0 < section <= len(self.forms) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return form.short if form else t("BOP-unit") if section == 0 else t("BOP-late-head")
        if role == Qt.ItemDataRole.ToolTipRole and form is not None:
            due = t("BOP-due", due=_day(form.due)) if form.due else t("BOP-no-due")
            return f"{form.number} · {form.title}\n{due}\n{t('BOP-head-tip')}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(CENTRE if form else LEFT)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        at = index.column() - 1
        cell = row.cells[at] if 0 <= at < len(self.forms) else None
        if role == CELL:
            return cell if cell is not None else row
        if role == Qt.ItemDataRole.DisplayRole:
            return _sign_of(cell) if cell else row.name if at < 0 else late_words(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._tip(row, at, cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(CENTRE if cell else LEFT)
        return None

    def _tip(self, row: Line, at: int, cell: Cell | None) -> str:
        if cell is None:
            return f"{row.code} · {row.name}" if at < 0 else late_words(row)
        from judapp.app.board_detail import cell_words

        lines = [f"{row.name} · {self.forms[at].short}: {cell_words(cell).in_language(language())}"]
        if cell.waiting:
            lines.append(t("BOP-waiting", n=len(cell.waiting), files=", ".join(cell.waiting)))
        return "\n".join(lines)

    def first_of(self, row: Line | str) -> int:
        """The first form a unit has to do with."""
        cells = () if isinstance(row, str) else row.cells
        return next((at for at, cell in enumerate(cells) if cell.state), 0)

    def place_of(self, unit: str, family: str) -> tuple[int, int] | None:
        """Row and column of a cell; None where it is not shown."""
        row = next(
            (n for n, own in enumerate(self.rows) if not isinstance(own, str) and own.unit == unit), None
        )
        if row is None:
            return None
        column = next((n for n, form in enumerate(self.forms, start=1) if form.family == family), 0)
        return row, column


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def late_words(line: Line) -> str:
    """“2 ngày”, “–” where nothing is late."""
    if not line.late:
        return "–"
    return t("BOP-overdue-days" if line.overdue else "BOP-late-days", n=line.late)


def _sign_of(cell: Cell) -> str:
    from judapp.app.board_words import sign_of

    return sign_of(cell)


def _day(day: Any) -> str:
    from judapp.app.desk import day_text

    return day_text(day)
