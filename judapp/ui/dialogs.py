"""Small dialogs of the window: who works here, a round of another year, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
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
        row = self.acts = QHBoxLayout()
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
    """The keys of the page shown and those everywhere; where the page has its own, F1 again goes further."""

    def __init__(self, parent: QWidget, page: Sequence[tuple[str, str]] = ()) -> None:
        """``page``: keys, and the code of what they do; accepted, what the thing at hand means is asked."""
        super().__init__(parent, t("KEY-title"), t("KEY-definition") if page else "")
        self._further = bool(page)
        self.setMinimumSize(620, 460)
        if page:
            self.resize(720, 600)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        if page:
            self._add(t("KEY-grid"), [(keys, t(code)) for keys, code in page])
        for section in ("window",) if page else ("window", "lists"):
            lines = [entry.partition(": ") for entry in t(f"KEY-{section}-keys").split("|")]
            self._add(t(f"KEY-{section}"), [(keys, what) for keys, _, what in lines])
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1 and self._further:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _add(self, title: str, lines: list[tuple[str, str]]) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Label(title, "section"), at, 0, 1, 2)
        for row, (keys, what) in enumerate(lines, start=at + 1):
            self._grid.addWidget(Label(keys, "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(what, wrap=True), row, 1)
