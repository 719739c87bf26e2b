"""The preview of a paste: the rows and columns of the form it touches, and what becomes of each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from judapp.ui import theme
from judapp.ui.grid.model import Index
from judapp.ui.texts import language, t
from judapp.ui.widgets.preview import FormPreview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from judapp.app.grid_view import CellView, TableView
    from judapp.app.pasting import Landing, Placed
    from judapp.domain.entry import Layer
    from judapp.domain.shape import CellKey, Spot

_ARROW = " → "
_CROSS = "✕ "
_PAD = 8
_NARROWEST, _WIDEST, _WIDEST_STUB = 72, 260, 320
_PLACED = Qt.ItemDataRole.UserRole
_HIGHEST_HEAD = 124
_MEASURED = 400
"""Cells looked at for the width of the columns; a paste may hold twenty thousand."""


class PreviewModel(QAbstractTableModel):
    """Rows and columns of the form a landing touches, and those beyond it."""

    def __init__(self) -> None:
        super().__init__()
        self.table: TableView | None = None
        self.spots: Mapping[CellKey, Spot] = {}
        self.layer: Layer = "printed"
        self.rows: list[int] = []
        self.columns: list[int] = []
        self._placed: dict[tuple[int, int], Placed] = {}

    def show(self, table: TableView, spots: Mapping[CellKey, Spot], landing: Landing, layer: Layer) -> None:
        """Show where a paste lands in the part ``layer`` of the figures of ``table``."""
        from judapp.app.layers import layered

        self.beginResetModel()
        self.table, self.spots, self.layer = layered(table, layer), spots, layer
        self._placed = {(cell.row, cell.column): cell for cell in landing.placed}
        self.rows = sorted({cell.row for cell in landing.placed})
        self.columns = sorted({cell.column for cell in landing.placed})
        self.endResetModel()

    def placed(self, index: Index) -> Placed | None:
        """What lands at ``index``."""
        return self._placed.get((self.rows[index.row()], self.columns[index.column()]))

    def cell(self, index: Index) -> CellView | None:
        """The cell of the form there; None beyond it."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        table = self.table
        if table is None or row >= len(table.rows) or column >= len(table.columns):
            return None
        return table.cell(row, column)

    def after(self, placed: Placed) -> str:
        """What will stand there."""
        from judapp.app.grid_text import figure_text
        from judapp.domain.figure import EMPTY, number

        figure, table = placed.figure, self.table
        if figure is None or table is None:
            return placed.text
        spot = self.spots.get(table.key_at(placed.row, placed.column))
        if figure.text is not None or spot is None:
            return figure.text or ""
        if self.layer == "estimated":  # the printed number stays
            figure = EMPTY if figure.estimate is None else number(figure.estimate)
        words = figure_text(figure, spot, language())
        return words if figure.value is not None else words.partition(" ")[0]

    def told(self, index: Index) -> str:
        """A cell in one line: where it is, what stands there and what comes, and why not."""
        placed, cell = self.placed(index), self.cell(index)
        row = self.headerData(index.row(), Qt.Orientation.Vertical)
        column = str(self.headerData(index.column(), Qt.Orientation.Horizontal)).replace("\n", " ")
        where = " · ".join(filter(None, (row, column)))
        before = cell.text if cell is not None else ""
        if placed is None:
            return f"{where}: {before or t('PST-blank')}"
        if placed.outcome in ("skipped", "outside"):
            code = "PST-cell-skipped" if placed.outcome == "skipped" else "PST-cell-outside"
            return f"{where}: {t(code, text=placed.text)}"
        if placed.ambiguous:
            return f"{where}: {t('PST-cell-ask', text=placed.text)}"
        if placed.outcome == "unreadable":
            said = t("PST-cell-unreadable", text=placed.text)
        elif placed.outcome == "refused":
            said = t(placed.why, address=column, text=placed.text)
        else:
            said = f"{before or t('PST-blank')}{_ARROW}{self.after(placed) or t('PST-blank')}"
        shown = t("PST-cell-shown", text=placed.shown) if placed.shown else ""
        return f"{where}: " + " · ".join(filter(None, (said, shown)))

    # --- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == _PLACED:
            return self.placed(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return "".join(words for words, _ in self.parts(index))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index)
        return None

    def parts(self, index: Index) -> list[tuple[str, str]]:
        """The words of a cell with how they are written: ``old``, ``new``, ``bad`` or ``""``."""
        placed, cell = self.placed(index), self.cell(index)
        before = cell.text if cell is not None else ""
        if placed is None or placed.outcome == "skipped":
            return [(before, "")]
        if placed.outcome == "outside":
            return [(placed.text, "")]
        if placed.outcome in ("unreadable", "refused") or placed.ambiguous:
            return [(("? " if placed.ambiguous else _CROSS) + placed.text, "bad")]
        after = self.after(placed)
        if after == before:
            return [(after, "")]
        return [(before, "old"), (_ARROW if before else "", ""), (after or t("PST-blank"), "new")]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        table = self.table
        if role != Qt.ItemDataRole.DisplayRole or table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            row = self.rows[section]
            if row >= len(table.rows):
                return t("PST-beyond")
            line = table.rows[row]
            return line.path if line.label in line.path else " ".join(filter(None, (line.path, line.label)))
        column = self.columns[section]
        if column >= len(table.columns):
            return t("PST-beyond")
        leaf = table.columns[column]
        return "\n".join(filter(None, (leaf.label, f"({leaf.code})" if leaf.code else "")))


class PreviewTable(FormPreview):
    """The preview of a paste."""

    def __init__(self) -> None:
        self.preview = PreviewModel()
        super().__init__(self.preview, t("PST-preview"))
        self.setItemDelegate(_Delegate(self))
        self.selectionModel().currentChanged.connect(self._moved)

    def show_landing(
        self, table: TableView, spots: Mapping[CellKey, Spot], landing: Landing, layer: Layer
    ) -> None:
        """Show where a paste lands, from the first cell that is not simply written on."""
        self.preview.show(table, spots, landing, layer)
        metrics = QFontMetrics(theme.font(14))
        rows = self.preview.rowCount()
        high = min(rows, max(1, _MEASURED // max(1, self.preview.columnCount())))
        for column in range(self.preview.columnCount()):
            words = [str(self.preview.index(row, column).data()) for row in range(high)]
            width = max((metrics.horizontalAdvance(text) for text in words), default=0) + 2 * _PAD + 4
            self.setColumnWidth(column, min(max(width, _NARROWEST), _WIDEST))
        self._fit_head()
        labels = [str(self.preview.headerData(row, Qt.Orientation.Vertical)) for row in range(rows)]
        needed = max((metrics.horizontalAdvance(label) for label in labels), default=0) + 20
        self.verticalHeader().setFixedWidth(min(max(needed, 60), _WIDEST_STUB))
        first = next((cell for cell in landing.placed if cell.outcome != "write" or cell.ambiguous), None)
        if first is None:
            first = next(iter(landing.placed), None)
        if first is not None:
            at = self.preview.index(
                self.preview.rows.index(first.row), self.preview.columns.index(first.column)
            )
            self.setCurrentIndex(at)
            self.scrollTo(at)

    def _fit_head(self) -> None:
        """Give the head the height the labels take over their columns, up to a quarter of the preview."""
        metrics = QFontMetrics(theme.font(12, strong=True))
        wrapped = int(Qt.TextFlag.TextWordWrap)
        highest = 0
        for column in range(self.preview.columnCount()):
            room = QRect(0, 0, self.columnWidth(column) - 18, 1000)
            words = str(self.preview.headerData(column, Qt.Orientation.Horizontal))
            highest = max(highest, metrics.boundingRect(room, wrapped, words).height())
        self.horizontalHeader().setFixedHeight(min(highest + 14, _HIGHEST_HEAD))

    def _moved(self, now: QModelIndex) -> None:
        self.looked_at.emit(self.preview.told(now) if now.isValid() else "")


class _Delegate(QStyledItemDelegate):
    """Grey is passed over, a hatch lies outside, a cross cannot be read; an old figure is struck out."""

    def __init__(self, view: PreviewTable) -> None:
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = theme.tokens()
        area: QRect = option.rect
        placed: Placed | None = index.data(_PLACED)
        cell = self.view.preview.cell(index)
        painter.save()
        bad = placed is not None and (placed.outcome in ("unreadable", "refused") or placed.ambiguous)
        idle = placed is None or placed.outcome in ("skipped", "outside")
        painter.fillRect(area, own.error_tint if bad else own.surface_2 if idle else own.surface)
        if cell is None or cell.kind == "absent":
            painter.fillRect(area, QBrush(own.line_strong, Qt.BrushStyle.BDiagPattern))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(own.accent)
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        inks = {"old": own.text_2, "bad": own.error}
        parts = self.view.preview.parts(index)
        fonts = [_font(how) for _, how in parts]
        widths = [
            QFontMetrics(font).horizontalAdvance(words) for (words, _), font in zip(parts, fonts, strict=True)
        ]
        inside = area.adjusted(_PAD, 0, -_PAD, 0)
        left = bad or (cell is not None and cell.left)
        x = inside.left() if left else max(inside.left(), inside.right() + 1 - sum(widths))
        for (words, how), font, width in zip(parts, fonts, widths, strict=True):
            painter.setFont(font)
            painter.setPen(inks.get(how, own.text_3 if idle else own.text))
            room = QRect(x, area.top(), max(0, inside.right() + 1 - x), area.height())
            text = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
            x += width
        painter.restore()


def _font(how: str) -> QFont:
    font = theme.font(14, strong=how == "new")
    font.setStrikeOut(how == "old")
    return font
