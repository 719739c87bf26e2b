"""The field one types into, in its cell: what is written there is kept, however it is left.

Nothing is completed or written differently while a key or an input method is at work: UniKey takes letters
back and types others, an input method of the system composes in the field itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from judapp.ui import theme
from judapp.ui.grid.model import CELL, Index

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView
    from judapp.ui.grid.view import GridView

SIZE = 14


class CellEditor(QLineEdit):
    """The field in a cell. In entering the arrows commit and move; in editing (F2) they move in the text."""

    def __init__(self, parent: QWidget, host: QWidget, *, left: bool) -> None:
        """``host`` has the focus while a composition goes on that began before the field was open."""
        super().__init__(parent)
        self._host = self._composed_at = host
        theme.role(self, "cell")
        self.setFrame(False)
        self.setFont(theme.font(SIZE))
        self.setAlignment(Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight)
        hint = Qt.InputMethodHint
        plain = hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase
        self.setInputMethodHints(plain if left else plain | hint.ImhPreferNumbers)
        self.entering = True
        self.numeric = not left
        self.composing = ""
        """What an input method has begun and not given yet."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = event.preeditString()
        self._composed_at = self if self.hasFocus() else self._host
        super().inputMethodEvent(event)

    def settle(self, *, keep: bool = True) -> None:
        """End what an input method is composing: taken as it stands, whoever goes on meant to keep it."""
        if not self.composing:
            return
        method = QGuiApplication.inputMethod()
        if keep:
            method.commit()
        else:
            method.reset()
        if self.composing:  # no input method of the system answered
            given = QInputMethodEvent()
            given.setCommitString(self.composing if keep else "")
            QApplication.sendEvent(self._composed_at, given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keypad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        if self.numeric and keypad and event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            self.insert(",")  # whatever the system calls decimal, a figure here has a comma
        else:
            super().keyPressEvent(event)
        event.accept()  # what means nothing in the text means nothing else either


class EditingDelegate(QStyledItemDelegate):
    """Runs the editor of one grid."""

    typing = Signal(str)
    """The text in the open editor."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self.view = view
        self.editor: CellEditor | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell: CellView = index.data(CELL)
        editor = CellEditor(parent, self.view, left=cell.kind == "words")
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
            editor.settle()
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -3, -3))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, CellEditor)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self.view.typed_key(watched, event)
        ):
            return True
        return super().eventFilter(watched, event)

    def commit(self, editor: CellEditor) -> None:
        """Keep what stands in the editor and close it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def drop(self, editor: CellEditor) -> None:
        """Close the editor and keep nothing."""
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
