"""What every section of Hệ thống has: a body, and a sentence for the head of the page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from judapp.ui.session import Session


class Section(QWidget):
    """One form at the right of the page; it is asked to refresh when it is seen."""

    said = Signal(str)
    """The sentence that answers what one looks for here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)

    def refresh(self) -> None:
        """Ask for what is shown and show it."""

    def arrive(self, **place: Any) -> None:
        """Take a place another page leads to; a refresh follows."""
