"""Calling a unit otherwise: a mistake mended, or a new name from a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label
from judapp.ui.widgets.day_field import DayField

if TYPE_CHECKING:
    from judapp.app.units_view import UnitLine


class UnitDialog(ActDialog):
    """Name and code of a unit, and whether they were wrong or are new."""

    def __init__(self, parent: QWidget, unit: UnitLine) -> None:
        super().__init__(parent, t("UNS-edit-title", name=unit.name), t("UNS-edit-do"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.name = QLineEdit(unit.name)
        self.name.setAccessibleName(t("UNS-col-name"))
        self.code = QLineEdit(unit.code)
        self.code.setAccessibleName(t("UNS-col-code"))
        for row, (words, field) in enumerate((("UNS-col-name", self.name), ("UNS-col-code", self.code))):
            grid.addWidget(Label(t(words)), row, 0)
            grid.addWidget(field, row, 1)
        self.body.addLayout(grid)
        self.mend = QRadioButton(t("UNS-edit-mend"))
        self.rename = QRadioButton(t("UNS-edit-rename"))
        self.mend.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.mend)
        group.addButton(self.rename)
        self.body.addWidget(self.mend)
        self.body.addWidget(self.rename)
        self.day = DayField(_tomorrow(unit.since))
        self.day.setAccessibleName(t("UNS-from"))
        self.day.setEnabled(False)
        self.rename.toggled.connect(self.day.setEnabled)
        self.body.addWidget(self.day)
        self._since = unit.since
        for changed in (self.name.textChanged, self.day.textChanged, self.rename.toggled):
            changed.connect(lambda *_: self._allow())
        self.name.selectAll()
        self.name.setFocus()

    def said(self) -> tuple[str, str, date | None]:
        """Name, code, and the day of a new name."""
        return self.name.text(), self.code.text(), self.day.day() if self.rename.isChecked() else None

    def _allow(self) -> None:
        day = self.day.day()
        dated = not self.rename.isChecked() or (day is not None and day > self._since)
        self.verb.setEnabled(bool(self.name.text().strip()) and dated)


def _tomorrow(since: date) -> date:
    """Today, or the day after the beginning where that is still to come."""
    from datetime import timedelta

    from judapp.app.workspace import today

    return max(today(), since + timedelta(days=1))
