"""The navigation at the left: the pages, as words or folded to icons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from judapp.ui import icons, theme
from judapp.ui.texts import t

WIDE, RAIL = 208, 52

PAGES: Sequence[tuple[str, str, str]] = (
    ("home", "WIN-home", "home"),
    ("entry", "WIN-entry", "edit"),
    ("import", "WIN-import", "import"),
    ("checks", "WIN-checks", "check"),
    ("export", "WIN-export", "export"),
    ("progress", "WIN-progress", "progress"),
    ("forms", "WIN-forms-page", "forms"),
    ("system", "WIN-system", "settings"),
)
"""Key, name and icon of each page, in the order of Ctrl+1 … ; the last one stands at the foot."""

MODULES = {
    "home": ("home", "HomePage"),
    "entry": ("entry", "EntryPage"),
    "import": ("importing", "ImportPage"),
    "checks": ("checks", "ChecksPage"),
    "export": ("export", "ExportPage"),
    "progress": ("progress", "ProgressPage"),
    "forms": ("forms", "FormsPage"),
    "system": ("system", "SystemPage"),
}
"""Module and class of each page; a page is made when it is first shown."""


class Navigation(QFrame):
    """Buttons of the pages; counts beside them where something waits."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, int] = {}
        self.folded = False
        for number, (key, _, _) in enumerate(PAGES, start=1):
            made = QPushButton()
            theme.role(made, "nav")
            made.setCheckable(True)
            made.setIconSize(QSize(20, 20))
            made.setAutoDefault(False)
            made.setProperty("number", number)
            made.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            self._group.addButton(made)
            self.buttons[key] = made
            if key == PAGES[-1][0]:
                column.addStretch(1)
            column.addWidget(made)
        theme.theme().changed.connect(self._draw)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Show icons alone, or icons with names."""
        self.folded = folded
        self.setFixedWidth(RAIL if folded else WIDE)
        self._draw()

    def select(self, key: str) -> None:
        """Mark the page that is shown."""
        self.buttons[key].setChecked(True)

    def count(self, key: str, number: int) -> None:
        """How many things wait on a page; 0 shows nothing."""
        self._counts[key] = number
        self._draw()

    def _draw(self) -> None:
        for number, (key, code, icon) in enumerate(PAGES, start=1):
            made = self.buttons[key]
            words = t(code)
            waiting = self._counts.get(key, 0)
            shown = f"  {words}" + (f"   {waiting}" if waiting else "")
            made.setText("" if self.folded else shown)
            made.setToolTip(f"{words}  (Ctrl+{number})")
            made.setAccessibleName(words)
            made.setIcon(icons.icon(icon, disabled=False))
            made.setMinimumHeight(36)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
