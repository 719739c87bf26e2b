"""Two versions of a form side by side, and what changed from the one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import theme
from judapp.ui.pages.forms_changes import MIDDLE, ChangesList
from judapp.ui.pages.forms_printed import PaneHead
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Elided, Empty, button

if TYPE_CHECKING:
    from judapp.app.forms_changes import VersionsCompared
    from judapp.app.forms_view import FormLine


class CompareForms(QWidget):
    """The pane of two versions; what it shows is asked for by the page."""

    left = Signal()
    asked = Signal(int, int)
    """Two versions to hold against one another, the older first."""
    move_asked = Signal(int, int)
    """Sheets on the older of the two shown are to be moved to the newer."""

    def __init__(self) -> None:
        super().__init__()
        self.compared: VersionsCompared | None = None
        self._versions: tuple[FormLine, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.head = PaneHead(t("FMP-back"))
        self.head.back.clicked.connect(self.left.emit)
        self.only = QCheckBox(t("FMP-only-changes"))
        self.only.setChecked(True)
        self.only.toggled.connect(lambda _: self._draw())
        self.head.row.addWidget(self.only)
        column.addWidget(self.head)
        choices = QHBoxLayout()
        choices.setSpacing(0)
        self.old, self.new = _versions(t("FMP-older")), _versions(t("FMP-newer"))
        choices.addWidget(self.old, 1)
        self.swap = button("", self._swap, "tool", icon="arrow_right", tip=t("FMP-swap"))
        middle = QWidget()
        middle.setFixedWidth(MIDDLE)
        inside = QHBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignCenter)
        choices.addWidget(middle)
        choices.addWidget(self.new, 1)
        column.addLayout(choices)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.list = ChangesList()
        self.stack.addWidget(self.list)
        self.stack.addWidget(
            Empty(t("FMP-no-change"), t("FMP-show-all"), lambda: self.only.setChecked(False))
        )
        self.moving = QWidget()
        foot = QHBoxLayout(self.moving)
        foot.setContentsMargins(0, 0, 0, 0)
        self.standing = Elided("")
        foot.addWidget(self.standing, 1)
        self.move_sheets = button(t("FMP-move"), self._move)
        foot.addWidget(self.move_sheets)
        self.moving.hide()
        column.addWidget(self.moving)
        self.old.activated.connect(self._ask)
        self.new.activated.connect(self._ask)
        self.setFocusProxy(self.list)
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left.emit)

    def offer(self, versions: tuple[FormLine, ...], shown: int) -> tuple[int, int]:
        """Offer versions of a form, newest first; the pair to begin with: ``shown`` and the one before."""
        self._versions = versions
        for box in (self.old, self.new):
            box.clear()
            for line in versions:
                words = t("FMP-version-valid", number=line.number, circular=line.circular,
                          valid=line.valid.in_language(language()))  # fmt: skip
                box.addItem(words, line.version)
        at = next((n for n, line in enumerate(versions) if line.version == shown), 0)
        new = at if at + 1 < len(versions) else max(0, at - 1)
        self.old.setCurrentIndex(min(new + 1, len(versions) - 1))
        self.new.setCurrentIndex(new)
        return self.old.currentData(), self.new.currentData()

    def show_compared(self, compared: VersionsCompared, *, read_only: bool) -> None:
        """Show what two versions have in common and what not."""
        self.compared = compared
        number = compared.new.number
        if compared.old.number != number:
            number = t("FMP-compare-numbers", old=compared.old.number, new=number)
        self.head.title.setText(number)
        self.head.sentence.say(compared.summary.in_language(language()))
        self.standing.say(t("FMP-move-stand", n=compared.movable))
        self.moving.setVisible(bool(compared.movable) and not read_only)
        self._draw()

    def _draw(self) -> None:
        if self.compared is None:
            return
        lines = self.compared.shown(changes_only=self.only.isChecked())
        self.list.show_lines(lines)
        self.stack.setCurrentIndex(0 if lines else 1)

    def _ask(self) -> None:
        self.asked.emit(self.old.currentData(), self.new.currentData())

    def _move(self) -> None:
        if self.compared is not None:
            self.move_asked.emit(self.compared.old.version, self.compared.new.version)

    def _swap(self) -> None:
        old, new = self.old.currentIndex(), self.new.currentIndex()
        self.old.setCurrentIndex(new)
        self.new.setCurrentIndex(old)
        self._ask()


def _versions(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made
