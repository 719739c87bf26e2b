"""What the panel beside the grid asks: an adjustment with its reason, how the department reads a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label

if TYPE_CHECKING:
    from judapp.app.grid_details import CellDetails
    from judapp.domain.shape import Spot

_LINES = 4
_LONGEST = 2_000


class AdjustDialog(ActDialog):
    """A delta and its reason; what the cell will be is said while one types."""

    def __init__(self, parent: QWidget, details: CellDetails, spot: Spot) -> None:
        super().__init__(parent, t("BSD-adjust-title", cell=details.title), t("BSD-adjust-do"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        from judapp.app.grid_source import base_text

        self._spot, self._base = spot, details.base
        self.body.addWidget(Label(" › ".join(details.path), "caption", wrap=True))
        self.body.addWidget(Label(t("BSD-adjust-why"), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        former = details.adjustment
        self.base = Label(f"{base_text(details.base, spot)} {details.unit}".rstrip(), "strong", wrap=True)
        self.delta = QLineEdit(former.typed if former is not None else "")
        self.delta.setAccessibleName(t("BSD-delta"))
        self.delta.setPlaceholderText(t("BSD-delta-hint"))
        self.delta.setMaxLength(60)
        self.outcome = Label("", "caption", wrap=True)
        self.reason = QLineEdit(former.reason if former is not None else "")
        self.reason.setAccessibleName(t("ENY-reason"))
        self.reason.setMaxLength(400)
        self.reason.setCursorPosition(0)
        fields: tuple[tuple[str, QWidget], ...] = (
            (t("BSD-before-adjusting"), self.base),
            (t("BSD-delta"), self.delta),
            ("", self.outcome),
            (t("ENY-reason"), self.reason),
        )
        for row, (name, field) in enumerate(fields):
            told = Label(name, "caption")
            told.setBuddy(field)
            grid.addWidget(told, row, 0)
            grid.addWidget(field, row, 1)
        self.body.addLayout(grid)
        self.delta.textChanged.connect(self._tell)
        self.reason.textChanged.connect(self._tell)
        self.delta.selectAll()
        self.delta.setFocus()
        self._tell()

    def words(self) -> tuple[str, str]:
        """The delta as typed, and the reason."""
        return self.delta.text().strip(), self.reason.text().strip()

    def _tell(self) -> None:
        """What the figure will be, or why the delta cannot be read; the verb waits for both."""
        from judapp.app.adjusting import read_delta
        from judapp.app.grid_source import adjusted_text
        from judapp.errors import JudappError
        from judapp.messages import text

        delta, reason = self.words()
        told, sound = "", False
        if delta:
            try:
                told = t(
                    "BSD-result", value=adjusted_text(self._base, read_delta(delta, self._spot), self._spot)
                )
                sound = True
            except JudappError as error:
                told = text(error.code, language(), **error.params)
        self.outcome.setText(told)
        self.verb.setEnabled(sound and bool(reason))


class ReadingDialog(ActDialog):
    """How the department reads a column where no source explains it."""

    def __init__(self, parent: QWidget, details: CellDetails) -> None:
        super().__init__(parent, t("BSD-reading-title", what=details.reads), t("BSD-reading-do"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(Label(" › ".join(details.path), "caption", wrap=True))
        self.body.addWidget(Label(t("BSD-reading-why"), wrap=True))
        self.field = QPlainTextEdit(details.reading)
        self.field.setAccessibleName(t("BSD-reading-name"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 20)
        self.body.addWidget(self.field)
        self._before = details.reading
        self.field.textChanged.connect(self._changed)
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self._changed()

    def words(self) -> str:
        """What was written; nothing takes the reading away."""
        return " ".join(self.field.toPlainText().split())[:_LONGEST]

    def _changed(self) -> None:
        self.verb.setEnabled(self.words() != self._before)
