"""The dialog that tells a fault of ours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from judapp.ui import icons
from judapp.ui.crash import RESTART, report
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button


class CrashDialog(QDialog):
    """Says that the program failed, until when everything is stored, and offers to go on or to leave."""

    def __init__(self, parent: QWidget | None, error: BaseException, saved: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("CRA-title"))
        self.setMinimumWidth(560)
        self.text = report(error)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        head = QHBoxLayout()
        mark = Label("")
        mark.setPixmap(icons.mark("error", 24))
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = t("CRA-saved", time=saved) if saved else t("CRA-nothing-saved")
        head.addWidget(Label(words, "sentence", wrap=True), 1)
        column.addLayout(head)
        column.addWidget(Label(t("CRA-what"), "caption", wrap=True))
        self.details = QPlainTextEdit(self.text)
        self.details.setReadOnly(True)
        self.details.setMinimumHeight(180)
        column.addWidget(self.details)
        row = QHBoxLayout()
        row.addWidget(button(t("CRA-copy"), self._copy, "link"))
        row.addWidget(button(t("CRA-keep"), self._keep, "link"))
        row.addStretch(1)
        row.addWidget(button(t("CRA-leave"), lambda: self.done(0)))
        row.addWidget(button(t("CRA-go-on"), self.reject))
        again = button(t("CRA-restart"), lambda: self.done(RESTART), "primary")
        row.addWidget(again)
        column.addLayout(row)
        again.setFocus()

    def reject(self) -> None:
        self.done(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def _keep(self) -> None:
        name = f"judapp-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        path, _ = QFileDialog.getSaveFileName(self, t("CRA-keep"), name, "*.txt")
        if path:
            Path(path).write_text(self.text, "utf-8")
