"""A list of lines under heads: a head is read but cannot be chosen."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

ENTRY = Qt.ItemDataRole.UserRole
"""The head or line itself."""
Index = QModelIndex | QPersistentModelIndex
HeadT = TypeVar("HeadT")
LineT = TypeVar("LineT")


class HeadedModel(QAbstractListModel, Generic[HeadT, LineT]):
    """Heads and lines, one below the other; who inherits it says which is which, and how each is told."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[HeadT | LineT] = []

    def is_head(self, entry: HeadT | LineT) -> bool:
        """Whether an entry is a head."""
        raise NotImplementedError

    def told(self, entry: HeadT | LineT) -> str:
        """An entry in words, to be shown and read out."""
        raise NotImplementedError

    def show_entries(self, entries: list[HeadT | LineT]) -> None:
        """Show other heads and lines."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.is_head(self.entries[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(entry)
        return None
