"""The panel beside the grid: what is known of the active cell, and the findings of the sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.pages.entry_lines import MARKS
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button, line

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.app.grid_view import FindingView, SheetView
    from judapp.domain.shape import CellKey

NARROW, WIDE = 300, 360
_HISTORY = 8
"""Changes of a cell shown at once; the history page has all."""
CELL, FINDINGS = range(2)


class SidePanel(QTabWidget):
    """“Ô này” and “Kiểm tra n”."""

    jumped = Signal(object)
    explain_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.cell = CellPanel()
        self.cell.explain_asked.connect(self.explain_asked)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.cell)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addTab(scroll, t("ENY-tab-cell"))
        self.findings = FindingList()
        self.findings.jumped.connect(self.jumped)
        self.addTab(self.findings, t("ENY-tab-checks-none"))

    def show_sheet(self, view: SheetView) -> None:
        """Show the findings of a sheet."""
        self.findings.show_findings(view.findings)
        number = len(view.findings)
        self.setTabText(FINDINGS, t("ENY-tab-checks", n=number) if number else t("ENY-tab-checks-none"))


class CellPanel(QWidget):
    """Everything known of one cell."""

    explain_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 8, 8)
        self._column.setSpacing(6)
        self.details: CellDetails | None = None
        self.say(None, asked=False, locked=True)

    def say(self, details: CellDetails | None, *, asked: bool, locked: bool) -> None:
        """Show a cell; ``asked``: a finding wants its explanation."""
        self.details = details
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if details is None:
            self._column.addWidget(Label(t("ENY-no-cell"), "hint", wrap=True))
            self._column.addStretch(1)
            return
        self._column.addWidget(Label(details.title[:1].upper() + details.title[1:], "strong", wrap=True))
        unit = f" ({details.unit})" if details.unit else ""
        self._column.addWidget(Label(" › ".join(details.path) + unit, "caption", wrap=True))
        self._column.addWidget(line())
        self._figures(details)
        if details.rule:
            self._column.addWidget(Label(details.rule, "caption", wrap=True))
        self._reason(details, asked=asked, locked=locked)
        if details.source:
            self._part(t("ENY-part-source"), details.source)
        if len(details.changes) > 1:
            self._column.addWidget(Label(t("ENY-part-history"), "section"))
            for change in details.changes[:_HISTORY]:
                words = t(
                    "ENY-history-line",
                    when=change.when,
                    who=change.who,
                    before=change.before or t("ENY-blank"),
                    after=change.after or t("ENY-blank"),
                )
                told = Label(words, "caption", wrap=True)
                told.setToolTip("\n".join(filter(None, (change.act, change.source))))
                self._column.addWidget(told)
        self._column.addStretch(1)

    def _figures(self, details: CellDetails) -> None:
        rows = [
            (t("ENY-now"), details.value, "strong"),
            (t("ENY-estimate"), f"{details.estimate} ≈" if details.estimate else "", ""),
            (t("ENY-adjusted"), details.adjusted, ""),
            (t("ENY-base"), details.base, ""),
        ]
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, (name, value, look) in enumerate(row for row in rows if row[1]):
            grid.addWidget(Label(name, "caption"), at, 0)
            shown = Label(value, look, copy=True, wrap=True)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(shown, at, 1)
        self._column.addWidget(inside)
        for words in (details.change, details.basis):
            if words:
                told = Label(words, "caption", wrap=True)
                told.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._column.addWidget(told)

    def _reason(self, details: CellDetails, *, asked: bool, locked: bool) -> None:
        if details.explanation:
            self._part(t("ENY-part-explanation"), details.explanation)
        if (asked or details.explanation) and not locked:
            words = t("ENY-explain-write" if asked else "ENY-explain-change")
            ask = button(words, partial(self.explain_asked.emit, details.key))
            ask.setToolTip("Shift+F2")
            self._column.addWidget(ask)

    def _part(self, head: str, words: str) -> None:
        self._column.addWidget(Label(head, "section"))
        self._column.addWidget(Label(words, wrap=True, copy=True))


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
