"""The line at the foot: whether everything is on the disk, what was just done, the findings, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from judapp.ui import theme
from judapp.ui.session import Session
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button, line

if TYPE_CHECKING:
    from datetime import datetime

HEIGHT = 26
_TOLD = 6000
"""Milliseconds a done act is told."""


class StatusBar(QFrame):
    """ "Đã lưu lúc 10:24:07" appears only after the commit returned; until then "Đang ghi…"."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme.role(self, "status")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        self.saved = Label("", "caption")
        row.addWidget(self.saved)
        row.addWidget(line(upright=True))
        self.told = Elided("", "caption")
        row.addWidget(self.told, 1)
        self.undo = button(t("WIN-undo-word"), self._undo, "link")
        self.undo.hide()
        row.addWidget(self.undo)
        self.aside = Label("", "caption")
        row.addWidget(self.aside)
        row.addWidget(line(upright=True))
        self.file = Label("", "caption")
        row.addWidget(self.file)
        self._timer = QTimer(self, singleShot=True, interval=_TOLD)
        self._timer.timeout.connect(self._quiet)
        session.saving.connect(self._saving)
        session.saved.connect(self.stored)
        session.said.connect(self.tell)
        session.opened.connect(self._show_file)
        session.settled.connect(self._not_stored)
        self._show_file()

    def _saving(self) -> None:
        self.saved.setText(t("WIN-saving"))

    def stored(self, at: datetime) -> None:
        """The commit returned at ``at``."""
        self.saved.setText(t("WIN-saving") if self.session.writing else t("WIN-saved", time=f"{at:%H:%M:%S}"))

    def tell(self, words: str, undoable: bool) -> None:
        """Say what was done, for a few seconds."""
        self.told.say(words)
        self.undo.setVisible(undoable)
        self._timer.start()

    def note(self, words: str) -> None:
        """What the page says beside it: sum of the selection, findings of the sheet."""
        self.aside.setText(words)

    def _undo(self) -> None:
        self._quiet()
        self.session.undo()

    def _quiet(self) -> None:
        self._timer.stop()
        self.told.say("")
        self.undo.hide()

    def _not_stored(self) -> None:
        if not self.session.writing and self.saved.text() == t("WIN-saving"):
            self.saved.setText(t("WIN-not-saved"))

    def _show_file(self) -> None:
        facts = self.session.facts
        self.saved.setText("" if facts is None else t("WIN-nothing-typed"))
        self.file.setText("" if facts is None else facts.path.name)
        self.file.setToolTip("" if facts is None else str(facts.path))
