"""Small dialogs of the forms' page: faults of a form file, from when a form is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from judapp.domain.period import Period
from judapp.ui.dialogs import FIRST_YEAR, LAST_YEAR, ActDialog
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label

if TYPE_CHECKING:
    from judapp.app.forms_use import UsePlan
    from judapp.domain.catalogue import Fault
    from judapp.text import Bilingual

_WIDTH, _LINE = 560, 500
"""Pixels of a dialog of sentences, and of the sentences at least."""


class FaultsDialog(ActDialog):
    """Why a form file was not taken: every fault with its place in the file, to be copied and sent back."""

    def __init__(self, parent: QWidget, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(parent, t("FMP-faults-title"), t("FMP-faults-copy"))
        self.setMinimumSize(_WIDTH, 320)
        self.body.addWidget(Label(t("FMP-faults", name=name, n=len(faults)), wrap=True))
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setAccessibleName(t("FMP-faults-title"))
        told = (f"{fault.path}: {t(fault.code, **fault.params)} ({fault.code})" for fault in faults)
        self.lines.setPlainText("\n".join(told))
        self.body.addWidget(self.lines, 1)

    def accept(self) -> None:
        """Copy the faults; the dialog stays until it is closed."""
        QGuiApplication.clipboard().setText(self.lines.toPlainText())


class UseDialog(ActDialog):
    """From which period on a form is used, and what that does to its other versions."""

    asked = Signal(object)
    """A period was chosen; :meth:`tell` is to be given what it would do."""

    def __init__(self, parent: QWidget, number: str, rounds: Sequence[str], period: Period) -> None:
        super().__init__(parent, t("FMP-use-title", number=number), t("FMP-use-do"))
        self.setMinimumWidth(_WIDTH)
        self.plan: UsePlan | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        self.year = QSpinBox()
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(period.year)
        self.year.setAccessibleName(t("WIN-year"))
        row.addWidget(Label(t("WIN-year")))
        row.addWidget(self.year)
        self.rounds = QComboBox()
        self.rounds.setAccessibleName(t("WIN-round"))
        for kind in rounds:
            self.rounds.addItem("", kind)
        self.rounds.setCurrentIndex(max(0, self.rounds.findData(period.round)))
        row.addWidget(Label(t("WIN-round")))
        row.addWidget(self.rounds, 1)
        self.body.addLayout(row)
        self.lines = Lines()
        self.body.addWidget(self.lines)
        self.body.addStretch(1)
        self.verb.setEnabled(False)
        self.year.setFocus()
        self.year.valueChanged.connect(self.ask)
        self.rounds.currentIndexChanged.connect(self.ask)

    def period(self) -> Period:
        """The period chosen."""
        return Period(self.year.value(), str(self.rounds.currentData()))

    def ask(self) -> None:
        """Have it told what the period chosen would do."""
        for at in range(self.rounds.count()):
            named = Period(self.year.value(), str(self.rounds.itemData(at)))
            self.rounds.setItemText(at, named.name.in_language(language()))
        self.verb.setEnabled(False)
        self.asked.emit(self.period())

    def tell(self, plan: UsePlan) -> None:
        """Say what using the form from the period chosen would do."""
        if plan.period != self.period():
            return
        self.plan = plan
        self.lines.show_sentences(plan.sentences)
        self.verb.setEnabled(True)
        self.resize(self.width(), max(self.heightForWidth(self.width()), self.minimumHeight()))


class Lines(QWidget):
    """Sentences one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(6)

    def show_sentences(self, sentences: Sequence[Bilingual]) -> None:
        """Show other sentences in the language on screen."""
        self.show_words([words.in_language(language()) for words in sentences])

    def show_words(self, sentences: Sequence[str]) -> None:
        """Show other sentences."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words in sentences:
            said = Label(words, wrap=True, copy=True)
            said.setMinimumWidth(_LINE)  # else room is kept as if it were a narrow column
            self._column.addWidget(said)
