"""Above the list: filters with their counts, and a field to find a file, unit or form among a thousand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from judapp.text import fold
from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import button

if TYPE_CHECKING:
    from judapp.app.import_view import FileRow

_FEW = 8
"""Files up to which nobody needs to search."""
_PAUSE = 150
"""Milliseconds without a key after which the list is looked through."""


class Chips(QWidget):
    """One of several filters with their counts, and words to find."""

    def __init__(self, changed: Callable[[str], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for name in ("all", "look", "ready"):
            chip = button("", None, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _=False, name=name: changed(name))
            self.group.addButton(chip)
            self.chips[name] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("IMD-search"))
        self.search.setAccessibleName(t("IMD-search"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(168)
        row.addWidget(self.search)
        self._typed = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typed.timeout.connect(lambda: changed(self.chosen()))
        self.search.textChanged.connect(lambda _: self._typed.start())
        self.chips["all"].setChecked(True)

    def count(self, *, every: int, look: int, ready: int) -> None:
        """Say how many rows each filter shows."""
        self.search.setVisible(every > _FEW)
        self.chips["all"].setText(t("IMW-chip-all", n=every))
        self.chips["look"].setText(t("IMW-chip-look", n=look))
        self.chips["ready"].setText(t("IMW-chip-ready", n=ready))

    def chosen(self) -> str:
        """The filter in force."""
        return next(name for name, chip in self.chips.items() if chip.isChecked())

    def choose(self, name: str) -> None:
        """Put a filter in force; what is searched for is forgotten."""
        self.chips[name].setChecked(True)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def wanted(self, rows: Sequence[FileRow]) -> list[FileRow]:
        """The rows the filter and the words let through, those to look at first."""
        chosen = self.chosen()
        words = fold(self.search.text()).split()
        found = [
            row
            for row in rows
            if (chosen == "all" or (row.attention if chosen == "look" else row.writes))
            and (not words or _has(row, words))
        ]
        return sorted(found, key=lambda row: not row.attention)


def _has(row: FileRow, words: Sequence[str]) -> bool:
    inside = fold(f"{row.name} {row.sheet} {row.form} {row.unit} {row.folder}")
    return all(word in inside for word in words)
