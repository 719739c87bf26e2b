"""“Kiểm tra”: the findings of the sheet; they lead to their cells and follow the active one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from judapp.ui import icons
from judapp.ui.pages.entry_lines import MARKS
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.grid_view import FindingView
    from judapp.domain.shape import CellKey


class FindingList(QListWidget):
    """The findings of the sheet, the gravest first; choosing one leads to its cell."""

    jumped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setIconSize(QSize(16, 16))
        self.setSpacing(3)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(t("ENY-tab-checks-none"))
        self._findings: tuple[FindingView, ...] = ()
        self.itemClicked.connect(self._jump)
        self.itemActivated.connect(self._jump)

    def show_findings(self, findings: tuple[FindingView, ...]) -> None:
        """Show other findings; nothing is done where they are the same."""
        if findings == self._findings and self.count():
            return
        at = self.currentRow()
        self._findings = findings
        self.clear()
        for finding in findings:
            place = f"{finding.where[:1].upper()}{finding.where[1:]}\n" if finding.where else ""
            item = QListWidgetItem(QIcon(icons.mark(MARKS[finding.severity])), f"{place}{finding.text}")
            item.setToolTip(finding.code)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _said(finding))
            self.addItem(item)
        if not findings:
            item = QListWidgetItem(QIcon(icons.mark("ok")), t("ENY-no-findings"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(min(at, len(findings) - 1))

    def recolour(self) -> None:
        """Draw the marks in the colours of another theme."""
        for at, finding in enumerate(self._findings):
            self.item(at).setIcon(QIcon(icons.mark(MARKS[finding.severity])))

    def follow(self, key: CellKey | None) -> None:
        """Mark the finding of the active cell."""
        row = next((at for at, f in enumerate(self._findings) if key is not None and f.cell == key), -1)
        if row >= 0 and self._findings[self.currentRow()].cell != key:
            self.setCurrentRow(row)
        elif row < 0:
            self.setCurrentRow(-1)

    def next_after(self, by: int) -> FindingView | None:
        """The finding after or before the one marked, round again at the end; only those with a cell."""
        with_cell = [at for at, finding in enumerate(self._findings) if finding.cell is not None]
        if not with_cell:
            return None
        now = self.currentRow()
        if by > 0:
            row = next((at for at in with_cell if at > now), with_cell[0])
        else:
            row = next((at for at in reversed(with_cell) if at < now), with_cell[-1])
        self.setCurrentRow(row)
        return self._findings[row]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _jump(self, item: QListWidgetItem) -> None:
        row = self.row(item)
        if row < len(self._findings) and self._findings[row].cell is not None:
            self.jumped.emit(self._findings[row].cell)


_SEVERITIES = {
    "error": "BSD-error",
    "explain": "BSD-explain",
    "warning": "BSD-warning",
    "info": "BSD-info",
}


def _said(finding: FindingView) -> str:
    """A finding for who does not see its mark: the severity, the place, the sentence."""
    return ". ".join(filter(None, (t(_SEVERITIES[finding.severity]), finding.where, finding.text)))
