"""The questions of the entry page: each names the act, says what will happen, and offers the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView, TableView


class WordsDialog(ActDialog):
    """Asks for a line of words; the verb waits until there is one."""

    def __init__(self, parent: QWidget, title: str, verb: str, why: str, name: str, words: str = "") -> None:
        super().__init__(parent, title, verb)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(Label(why, wrap=True))
        self.field = QLineEdit(words)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(name)
        self.field.setMaxLength(400)
        self.body.addWidget(self.field)
        self.field.textChanged.connect(lambda words: self.verb.setEnabled(bool(words.strip())))
        self.verb.setEnabled(bool(words.strip()))
        self.field.selectAll()
        self.field.setFocus()

    def words(self) -> str:
        """What was written."""
        return self.field.text().strip()


class TakeBackDialog(WordsDialog):
    """Why a submitted sheet is taken back."""

    def __init__(self, parent: QWidget, view: SheetView) -> None:
        super().__init__(
            parent,
            t("ENY-take-back-title", form=view.form, unit=view.unit_name),
            t("ENY-take-back"),
            t("ENY-take-back-why"),
            t("ENY-reason"),
        )


class RowDialog(WordsDialog):
    """The name of a row to add, and where, if there are several places."""

    def __init__(self, parent: QWidget, table: TableView, row: str) -> None:
        """``row`` is the key of the active row: a new one is offered in its group first."""
        super().__init__(
            parent, t("ENY-add-row-title"), t("ENY-add-row-do"), t("ENY-add-row-why"), t("ENY-row-name")
        )
        self.places = QComboBox()
        self.places.setAccessibleName(t("ENY-row-under"))
        for key, label in table.free:
            self.places.addItem(label or t("ENY-row-top"), key)
        around = [at for at, (key, _) in enumerate(table.free) if key and f"{row}.".startswith(f"{key}.")]
        self.places.setCurrentIndex(around[-1] if around else 0)
        if len(table.free) > 1:
            self.body.insertWidget(1, self.places)
        else:
            self.places.setParent(self)
            self.places.hide()

    def parent_row(self) -> str:
        """Key of the row it is added under, "" at the top."""
        return str(self.places.currentData() or "")


class RenameDialog(WordsDialog):
    """Another name for a row somebody added."""

    def __init__(self, parent: QWidget, label: str) -> None:
        super().__init__(
            parent,
            t("SHT-rename-title", row=label),
            t("SHT-rename-do"),
            t("SHT-rename-why"),
            t("ENY-row-name"),
            label,
        )


class SubmitDialog(ActDialog):
    """What is handed in."""

    def __init__(self, parent: QWidget, view: SheetView) -> None:
        super().__init__(parent, t("ENY-submit-title", form=view.form), t("ENY-submit"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cells = [cell for table in view.tables for cell in table.cells.values()]
        self.body.addWidget(
            Label(
                t(
                    "ENY-submit-what",
                    unit=view.unit_name,
                    explained=sum(cell.explained for cell in cells),
                    warnings=view.count("warning"),
                    nil=sum(cell.state == "nil" for cell in cells),
                ),
                wrap=True,
            )
        )
        self.body.addWidget(Label(t("ENY-submit-then"), "caption", wrap=True))
