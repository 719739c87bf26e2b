"""Small dialogs of the window: who works here, a round of another year, the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from judapp.domain.period import FINAL_YEAR, HALF_YEAR, PRELIMINARY_YEAR, ROUNDS, Period
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button

FIRST_YEAR, LAST_YEAR = 2000, 2100


class ActDialog(QDialog):
    """Title = the act, body, and two buttons: the verb and "Đóng"; Esc closes."""

    def __init__(self, parent: QWidget, title: str, verb: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(t("WIN-close"), self.reject))
        self.verb = button(verb, self.accept, "primary")
        self.verb.setDefault(True)
        self.verb.setVisible(bool(verb))
        row.addWidget(self.verb)
        column.addLayout(row)


class PersonDialog(ActDialog):
    """Who works here."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, t("WIN-person-title"), t("WIN-person-do"))
        self.body.addWidget(Label(t("WIN-person-why"), wrap=True))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(t("WIN-person-title"))
        self.field.setMaxLength(80)
        self.body.addWidget(self.field)
        self.field.textChanged.connect(lambda words: self.verb.setEnabled(bool(words.strip())))
        self.field.selectAll()
        self.field.setFocus()

    def name(self) -> str:
        """The name given."""
        return " ".join(self.field.text().split())


class OtherPeriodDialog(ActDialog):
    """A round of any year."""

    def __init__(self, parent: QWidget, year: int) -> None:
        super().__init__(parent, t("WIN-other-period-title"), t("WIN-other-period-do"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.year = QSpinBox()
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(year)
        self.year.setAccessibleName(t("WIN-year"))
        row.addWidget(Label(t("WIN-year")))
        row.addWidget(self.year)
        self.rounds = QComboBox()
        self.rounds.setAccessibleName(t("WIN-round"))
        row.addWidget(Label(t("WIN-round")))
        row.addWidget(self.rounds, 1)
        self.body.addLayout(row)
        self.year.valueChanged.connect(self._name_rounds)
        self._name_rounds(year)

    def period(self) -> Period:
        """The round chosen."""
        return Period(self.year.value(), str(self.rounds.currentData()))

    def _name_rounds(self, year: int) -> None:
        chosen = max(0, self.rounds.currentIndex())
        self.rounds.clear()
        for kind in (HALF_YEAR, PRELIMINARY_YEAR, FINAL_YEAR, *ROUNDS[3:]):
            self.rounds.addItem(Period(year, kind).name.in_language(language()), kind)
        self.rounds.setCurrentIndex(chosen)


class KeysDialog(ActDialog):
    """The keys, everywhere and in the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, t("KEY-title"))
        self.setMinimumSize(620, 460)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        at = 0
        for section in ("window", "grid", "lists"):
            grid.addWidget(Label(t(f"KEY-{section}"), "section"), at, 0, 1, 2)
            at += 1
            for entry in t(f"KEY-{section}-keys").split("|"):
                keys, _, what = entry.partition(": ")
                grid.addWidget(Label(keys, "strong"), at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Label(what, wrap=True), at, 1)
                at += 1
        grid.setRowStretch(at, 1)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)
