"""How a cell looks, and the field one types into: fills, marks and states as the study draws them (ux 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from judapp.ui import theme
from judapp.ui.grid.model import CELL, PENDING, Index
from judapp.ui.grid.stub import STRONG

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView
    from judapp.ui.grid.view import GridView

SIZE = 14
SIDE = 8
_MARK = 7
_OVER = 0.4
"""How much of a cell's own fill the selection covers."""


class CellEditor(QLineEdit):
    """The field in a cell. In entering the arrows commit and move; in editing (F2) they move in the text."""

    def __init__(self, parent: QWidget, *, left: bool) -> None:
        super().__init__(parent)
        theme.role(self, "cell")
        self.setFrame(False)
        self.setFont(theme.font(SIZE))
        self.setAlignment(Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight)
        self.entering = True
        self.numeric = not left

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keypad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        if self.numeric and keypad and event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            self.insert(",")  # whatever the system calls decimal, a figure here has a comma
        else:
            super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Paints cells and runs the editor for one grid."""

    typing = Signal(str)
    """The text in the open editor."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self.view = view
        self.editor: CellEditor | None = None

    # --- looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = theme.tokens()
        cell: CellView = index.data(CELL)
        waiting: str | None = index.data(PENDING)
        area: QRect = option.rect
        painter.save()
        heading = cell.kind == "absent" and self.view.is_heading(index.row())
        painter.fillRect(area, own.surface_2 if heading else _fill(cell))
        if cell.state == "remit" or (cell.kind == "absent" and not heading):
            painter.fillRect(area, QBrush(own.line, Qt.BrushStyle.BDiagPattern))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        active = index == self.view.currentIndex()
        if selected and not active:
            cover = QColor(own.sel)
            cover.setAlphaF(_OVER)
            painter.fillRect(area, cover)
        painter.setPen(own.line)
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._words(painter, area, index, cell, waiting)
        _marks(painter, area, cell)
        if selected and not active:
            self._outline(painter, area, index)
        if active:
            focused = self.view.hasFocus() or self.editor is not None
            painter.setPen(QPen(own.accent if focused else own.line_strong, 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _words(
        self, painter: QPainter, area: QRect, index: Index, cell: CellView, waiting: str | None
    ) -> None:
        own = theme.tokens()
        strong = self.view.kind_of(index.row()) in STRONG
        painter.setFont(theme.font(SIZE, strong=strong))
        text = cell.text if waiting is None else waiting
        painter.setPen(own.text_3 if cell.state == "partial" and waiting is None else own.text)
        inside = area.adjusted(SIDE, 0, -SIDE, 0)
        left = cell.left if waiting is None else cell.kind == "words"
        if left:
            metrics = QFontMetrics(painter.font())
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        across = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, int(across | Qt.AlignmentFlag.AlignVCenter), text)
        if cell.kind == "reported" and text:
            width = min(inside.width(), QFontMetrics(painter.font()).horizontalAdvance(text))
            painter.setPen(QPen(own.text_2, 1, Qt.PenStyle.DotLine))
            foot = area.bottom() - 5
            painter.drawLine(inside.right() - width, foot, inside.right(), foot)

    def _outline(self, painter: QPainter, area: QRect, index: Index) -> None:
        """The line round a selection, where the neighbour is not selected."""
        chosen = self.view.selectionModel()
        model = index.model()
        painter.setPen(theme.tokens().accent)
        row, column = index.row(), index.column()
        edges = (
            (row - 1, column, area.topLeft(), area.topRight()),
            (row + 1, column, area.bottomLeft(), area.bottomRight()),
            (row, column - 1, area.topLeft(), area.bottomLeft()),
            (row, column + 1, area.topRight(), area.bottomRight()),
        )
        for at_row, at_column, start, end in edges:
            beside = model.index(at_row, at_column)
            if not (beside.isValid() and chosen.isSelected(beside)):
                painter.drawLine(start, end)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        strong = self.view.kind_of(index.row()) in STRONG
        metrics = QFontMetrics(theme.font(SIZE, strong=strong))
        return QSize(metrics.horizontalAdvance(str(index.data())) + 2 * SIDE + 2, theme.ROW)

    # --- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell: CellView = index.data(CELL)
        editor = CellEditor(parent, left=cell.kind == "words")
        editor.entering = self.view.entering
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.textChanged.connect(self.typing)
        self.editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Only once: a new view that arrives while somebody types changes nothing in the field.
        if isinstance(editor, CellEditor) and not editor.property("begun"):
            editor.setProperty("begun", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEditor):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -3, -3))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, CellEditor)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._key(watched, event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Commit and move where the key says so; whether it did."""
        way = self.view.way_of(event)
        if way is None and not (editor.entering and self.view.is_arrow(event)):
            return False
        self.commit(editor)
        if way is not None:
            self.view.step(way)
        else:
            self.view.arrow(event)
        return True

    def commit(self, editor: CellEditor) -> None:
        """Keep what stands in the editor and close it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _fill(cell: CellView) -> QColor:
    """One fill a cell, the first that holds (ux study, section 4)."""
    own = theme.tokens()
    if cell.kind == "absent" or cell.state == "remit":
        return own.remit_tint
    if cell.severity == "error":
        return own.error_tint
    if cell.severity == "explain":
        return own.explain_tint
    if cell.kind in ("computed", "rollup"):
        return own.computed_tint
    return own.surface_2 if cell.kind == "foreign" else own.surface


def _marks(painter: QPainter, area: QRect, cell: CellView) -> None:
    """The gravest finding top left, a written reason top right, estimate and adjustment at the foot."""
    own = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, cell.severity is not None or cell.explained)
    left, top = area.left(), area.top()
    if cell.severity == "error":
        corner = [QPoint(left, top), QPoint(left + _MARK + 1, top), QPoint(left, top + _MARK + 1)]
        _shape(painter, corner, own.error, filled=True)
    elif cell.severity == "explain":
        _shape(painter, _diamond(left + 1, top + 1), own.explain, filled=True)
    elif cell.severity == "warning":
        peak = [QPoint(left + 5, top + 2), QPoint(left + 9, top + 9), QPoint(left + 1, top + 9)]
        _shape(painter, peak, own.warning, filled=False)
    if cell.explained:
        _shape(painter, _diamond(area.right() - _MARK - 2, top + 1), own.explain, filled=False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(theme.font(12, strong=True))
    if cell.estimated:
        painter.setPen(own.estimated)
        painter.drawText(QPoint(left + 3, area.bottom() - 2), "≈")
    if cell.adjusted:
        painter.setPen(own.text_2)
        painter.drawText(QPoint(area.right() - 10, area.bottom() - 2), "±")


def _diamond(left: int, top: int) -> list[QPoint]:
    half = (_MARK + 1) // 2
    return [
        QPoint(left + half, top),
        QPoint(left + 2 * half, top + half),
        QPoint(left + half, top + 2 * half),
        QPoint(left, top + half),
    ]


def _shape(painter: QPainter, points: list[QPoint], colour: QColor, *, filled: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen if filled else QPen(colour, 1.2))
    painter.setBrush(QBrush(colour) if filled else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygon(points))
    painter.setBrush(Qt.BrushStyle.NoBrush)
