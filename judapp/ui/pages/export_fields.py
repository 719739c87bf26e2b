"""Who signs, when, and where the files go: the fields below the list of a package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from judapp.ui.settings import settings
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.export_view import Package, SheetToExport
    from judapp.domain.period import Period

_ROLES = {"preparer": "EXW-preparer", "checker": "EXW-checker", "head": "EXW-head"}
_PERIOD = "{period}"
"""Stands for the period's code in the folder that is remembered, so that each period gets its own."""


class ExportFields(QWidget):
    """Day, three names, folder; what is left empty leaves the sheets as they are."""

    folder_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self.day = QLineEdit()
        self.day.setPlaceholderText(t("EXW-day-hint"))
        self.names = {role: QLineEdit() for role in _ROLES}
        fields = [(self.day, "EXW-day"), *((self.names[role], code) for role, code in _ROLES.items())]
        for column, (field, code) in enumerate(fields):
            label = Label(t(code), "caption")
            label.setBuddy(field)
            field.setAccessibleName(t(code))
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        self.printed = Elided("", "caption")
        grid.addWidget(self.printed, 2, 0, 1, 4)
        grid.addWidget(Label(t("EXW-folder"), "caption"), 3, 0)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(t("EXW-folder"))
        grid.addWidget(self.folder, 4, 0, 1, 3)
        grid.addWidget(button(t("EXW-choose-folder"), self.choose), 4, 3)
        self._package: Package | None = None
        self.day.textChanged.connect(self._show_printed)
        self.folder.editingFinished.connect(self.folder_changed)

    def show_package(self, package: Package) -> None:
        """Take what stands in the sheets, else who signed last; what is being typed is not disturbed."""
        former, self._package = self._package, package
        if former is None or former.period != package.period:
            self.day.setText(package.place_and_date)
            for role, field in self.names.items():
                field.setText(package.signers[role] or str(settings().value(f"export/{role}", "")))
            self.folder.setText(self._suggested(package.period))
        elif former != package:
            for field, was, now in (
                (self.day, former.place_and_date, package.place_and_date),
                *((self.names[role], former.signers[role], package.signers[role]) for role in _ROLES),
            ):
                if was != now:
                    field.setText(now)
        self._show_printed()

    def _suggested(self, period: Period) -> str:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = str(settings().value("export/folder", "")) or str(Path(documents) / "judapp" / _PERIOD)
        return kept.replace(_PERIOD, period.code)

    def choose(self) -> None:
        """Ask for the folder."""
        folder = QFileDialog.getExistingDirectory(self, t("EXW-folder"), self.folder.text())
        if folder:
            self.folder.setText(str(Path(folder)))
            self.folder_changed.emit()

    def changes(self, chosen: Sequence[SheetToExport]) -> tuple[str | None, dict[str, str]]:
        """What must be written into ``chosen`` before they go out: day (None: leave it), names by role.

        An empty field leaves what stands, unless it was emptied.
        """
        if self._package is None:
            return None, {}
        shown, sheets = self._package, [sheet for sheet in chosen if sheet.open]
        day = self.day.text().strip()
        to_date = (day or shown.place_and_date) and any(sheet.place_and_date != day for sheet in sheets)
        names = {}
        for role, field in self.names.items():
            name = field.text().strip()
            signed = [sheet.signed[role] for sheet in sheets if role in sheet.signed]
            if (name or shown.signers[role]) and any(present != name for present in signed):
                names[role] = name
        return (day if to_date else None), names

    def remember(self) -> None:
        """Remember folder and names for the next time."""
        if self._package is not None:
            folder = self.folder.text().replace(self._package.period.code, _PERIOD)
            settings().setValue("export/folder", folder)
        for role, field in self.names.items():
            settings().setValue(f"export/{role}", field.text().strip())

    def _show_printed(self) -> None:
        package, typed = self._package, self.day.text()
        if package is None or not typed.strip():
            self.printed.say(t("EXW-printed-nothing"))
            return
        from judapp.app.signing import day_of, signing_line

        if day_of(typed) is None:
            self.printed.say(t("EXW-printed", line=typed.strip()))
        else:
            self.printed.say(t("EXW-printed", line=signing_line(typed, package.place)))
