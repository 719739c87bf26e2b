"""A day, typed as it is printed: 01/7/2025, 1.7.2025 or 01072025."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QLineEdit

from judapp.ui.texts import t

_DAY = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*\Z|\s*(\d{2})(\d{2})(\d{4})\s*\Z")


class DayField(QLineEdit):
    """The day typed; None while it is no day."""

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self.setPlaceholderText(t("UNS-day-hint"))
        self.setFixedWidth(116)
        if day is not None:
            self.show_day(day)

    def show_day(self, day: date) -> None:
        """Show another day."""
        self.setText(f"{day:%d/%m/%Y}")

    def day(self) -> date | None:
        """The day typed, None where it is none."""
        found = _DAY.match(self.text())
        if found is None:
            return None
        days, month, year = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, days)
        except ValueError:
            return None
