"""The line at the foot: whether everything is on the disk, what was just done, the findings, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout

from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.unstored import cells, reason
from judapp.ui.widgets.basic import Elided, Label, button, line

if TYPE_CHECKING:
    from datetime import datetime

HEIGHT = 26
_TOLD = 6000
"""Milliseconds a done act is told."""


class StatusBar(QFrame):
    """ "Đã lưu lúc 10:24:07" appears only after the commit returned; until then "Đang ghi…".

    While anything typed could not be stored it says of how many cells, why, and offers to store it again.
    """

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
        self.again = button(t("UNS-again"), session.try_again, "link")
        self.again.hide()
        row.addWidget(self.again)
        row.addWidget(line(upright=True))
        self.told = Elided("", "caption")
        row.addWidget(self.told, 1)
        self.undo = button(t("WIN-undo-word"), self._undo, "link")
        self.undo.hide()
        row.addWidget(self.undo)
        self.aside = button("", self._copy_sum, "link", tip=t("PST-copy-sum"))
        self.aside.hide()
        row.addWidget(self.aside)
        self._sum = ""
        self._at: datetime | None = None
        row.addWidget(line(upright=True))
        self.file = Label("", "caption")
        row.addWidget(self.file)
        self._timer = QTimer(self, singleShot=True, interval=_TOLD)
        self._timer.timeout.connect(self._quiet)
        session.saving.connect(self._say)
        session.saved.connect(self.stored)
        session.said.connect(self.tell)
        session.noted.connect(self.note)
        session.opened.connect(self._show_file)
        session.settled.connect(self._say)
        session.held.connect(self._hold)
        self._show_file()
        self._hold()

    def stored(self, at: datetime) -> None:
        """The commit returned at ``at``."""
        self._at = at
        self._say()

    def _say(self) -> None:
        held = self.session.unstored
        if self.session.writing:
            words = t("WIN-saving")
        elif held:
            words = t("UNS-status", n=cells(held))
        else:
            words = (
                t("WIN-nothing-typed") if self._at is None else t("WIN-saved", time=f"{self._at:%H:%M:%S}")
            )
        self.saved.setText(words)

    def _hold(self) -> None:
        """Say why something is not stored for as long as it is not."""
        self._say()
        why = self._why()
        self.saved.setToolTip(why)
        self.again.setToolTip(why)
        self.again.setVisible(bool(why))
        if not self._timer.isActive():
            self._quiet()

    def _why(self) -> str:
        held = self.session.unstored
        return of_error(reason(held[0].error), language()) if held else ""

    def tell(self, words: str, undoable: bool) -> None:
        """Say what was done, for a few seconds."""
        self.told.say(words)
        self.undo.setVisible(undoable)
        self._timer.start()

    def note(self, words: str, number: str = "") -> None:
        """What the page says beside it, the sum of the selection; a click copies ``number``."""
        self._sum = number
        self.aside.setText(words)
        self.aside.setVisible(bool(words))
        self.aside.setEnabled(bool(number))

    def _copy_sum(self) -> None:
        QGuiApplication.clipboard().setText(self._sum)
        self.tell(t("PST-said-sum", total=self._sum), False)

    def _undo(self) -> None:
        self._quiet()
        self.session.undo()

    def _quiet(self) -> None:
        self._timer.stop()
        self.told.say(self._why())
        self.undo.hide()

    def _show_file(self) -> None:
        facts = self.session.facts
        self._at = None
        self._say()
        self.file.setText("" if facts is None else facts.path.name)
        self.file.setToolTip("" if facts is None else str(facts.path))
