"""The panel beside the board: one cell told in full, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button

if TYPE_CHECKING:
    from judapp.app.board_detail import Detail


class BoardPanel(QFrame):
    """The facts of one cell."""

    sheet_asked = Signal()
    original_asked = Signal()
    marked_asked = Signal()
    not_owed_asked = Signal()
    paper_asked = Signal()
    take_back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "card")
        self.detail: Detail | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self.title = Label("", "section", wrap=True)
        column.addWidget(self.title)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.area, 1)
        acts = QHBoxLayout()
        acts.setSpacing(theme.GAP)
        self.open_sheet = button(t("BOP-open-sheet"), self.sheet_asked.emit)
        self.original = button(t("BOP-original"), self.original_asked.emit, tip=t("BOP-original-tip"))
        self.marked = button(t("BOP-marked"), self.marked_asked.emit, tip=t("BOP-marked-tip"))
        for made in (self.open_sheet, self.original):
            acts.addWidget(made)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addWidget(self.marked, 0, Qt.AlignmentFlag.AlignLeft)
        self.not_owed = button(t("BOP-not-owed"), self.not_owed_asked.emit, "link")
        self.paper = button(t("BOP-on-paper"), self.paper_asked.emit, "link")
        self.back = button(t("BOP-take-back"), self.take_back_asked.emit, "link")
        for link in (self.not_owed, self.paper, self.back):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        theme.theme().changed.connect(self._redraw)
        self._read_only = False
        self.show_detail(None)

    def show_detail(self, detail: Detail | None, *, read_only: bool = False) -> None:
        """Show a cell, or nothing."""
        self.detail, self._read_only = detail, read_only
        self._redraw()

    def _redraw(self) -> None:
        detail = self.detail
        self.title.setText(detail.title if detail else "")
        lines = QWidget()
        theme.role(lines, "plain")
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        for fact in detail.facts if detail else ():
            row = QHBoxLayout()
            row.setSpacing(8)
            mark = QLabel()
            mark.setFixedWidth(16)
            if fact.mark:
                mark.setPixmap(icons.mark(fact.mark))
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            words = Label(fact.words, wrap=True, copy=True)
            words.setToolTip(fact.tip)
            row.addWidget(words, 1)
            column.addLayout(row)
        column.addStretch(1)
        self.area.setWidget(lines)
        cell = detail.cell if detail else None
        came = cell is not None and cell.imported is not None
        may = cell is not None and cell.may_mark and not self._read_only
        marked = cell is not None and cell.marked
        self.open_sheet.setEnabled(cell is not None)
        self.original.setVisible(came)
        self.marked.setVisible(came and cell is not None and cell.errors > 0)
        self.not_owed.setVisible(may and not marked)
        self.paper.setVisible(may and not marked)
        self.back.setVisible(may and marked)
