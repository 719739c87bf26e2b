"""Dialogs of the obligations: forms to be owed, who prepares them, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label
from judapp.ui.widgets.day_field import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from judapp.app.owed_view import NewOwed, OwedLine, OwedPage
    from judapp.app.unit_lists import ListPlan


class OweDialog(ActDialog):
    """Who owes which forms from when; what it would write is said before."""

    asked = Signal(object)
    """What is said so far, to be planned; :meth:`tell` is to be given the plan."""

    def __init__(self, parent: QWidget, page: OwedPage) -> None:
        super().__init__(parent, t("UNS-owed-title"), t("UNS-owed-do"))
        self.setMinimumWidth(560)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.who = choice(page.who, page.who[1] if len(page.who) > 4 else page.who[0])
        self.forms = QLineEdit()
        self.forms.setPlaceholderText(t("UNS-owed-forms-hint"))
        completer = QCompleter([f"{number} – {title}" for number, title in page.forms], self.forms)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated.connect(self._take_form, Qt.ConnectionType.QueuedConnection)
        self.forms.setCompleter(completer)
        self.since = DayField(_today().replace(month=1, day=1))
        self.room = choice(("", *page.rooms), "")
        self.person = choice(("", *page.people), "")
        fields: tuple[tuple[str, QWidget], ...] = (
            ("UNS-col-who", self.who),
            ("UNS-col-forms", self.forms),
            ("UNS-from", self.since),
            ("UNS-col-room", self.room),
            ("UNS-col-person", self.person),
        )
        for row, (code, field) in enumerate(fields):
            grid.addWidget(Label(t(code)), row, 0)
            field.setAccessibleName(t(code))
            grid.addWidget(field, row, 1)
        self.body.addLayout(grid)
        self.words = Label("", wrap=True)
        self.words.setMinimumHeight(44)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        self.verb.setEnabled(False)
        for box in (self.who, self.room, self.person):
            box.editTextChanged.connect(self._ask)
        self.forms.textChanged.connect(self._ask)
        self.since.textChanged.connect(self._ask)
        self.forms.setFocus()

    def new(self) -> NewOwed:
        """What is said."""
        from judapp.app.owed_view import NewOwed

        forms = tuple(part.strip() for part in self.forms.text().replace(";", ",").split(",") if part.strip())
        since = self.since.day() or _today()
        return NewOwed(_words(self.who), forms, since, _words(self.room), _words(self.person))

    def tell(self, new: NewOwed, plan: ListPlan) -> None:
        """Say what owing would write, or what is not clear."""
        if new != self.new():
            return
        unclear = [t(q.code, **q.params) for q in plan.questions]
        unclear += [t(f.code, **f.params) for f in plan.findings if f.severity in ("error", "warning")]
        words = unclear[:3]
        if plan.clear:
            words.append(t("UNS-owed-would", n=plan.owed) if plan.owed else t("UNS-owed-already"))
        self.words.setText("\n".join(words))
        self.verb.setEnabled(plan.clear and not plan.empty)

    def _ask(self) -> None:
        self.verb.setEnabled(False)
        new = self.new()
        if new.who and new.forms and self.since.day() is not None:
            self.asked.emit(new)
        else:
            self.words.setText("")

    def _take_form(self, line: str) -> None:
        """A form picked from the list: its number alone is kept."""
        self.forms.setText(line.split(" – ", 1)[0])


class PeopleDialog(ActDialog):
    """The room and the person who prepare some forms; an empty field means nobody."""

    def __init__(self, parent: QWidget, page: OwedPage, chosen: Sequence[OwedLine]) -> None:
        super().__init__(parent, t("UNS-owed-people-title"), t("UNS-owed-people-do"))
        named = ", ".join(dict.fromkeys(made.form for made in chosen))
        self.body.addWidget(Label(t("UNS-owed-people-why", forms=named), wrap=True))
        self._rooms = {made.room for made in chosen}
        self._persons = {made.person for made in chosen}
        self.room = choice(("", *page.rooms), _common(self._rooms))
        self.person = choice(("", *page.people), _common(self._persons))
        for box, present in ((self.room, self._rooms), (self.person, self._persons)):
            if len(present) > 1 and (edit := box.lineEdit()):
                edit.setPlaceholderText(t("UNS-owed-as-they-are"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (code, field) in enumerate((("UNS-col-room", self.room), ("UNS-col-person", self.person))):
            grid.addWidget(Label(t(code)), row, 0)
            field.setAccessibleName(t(code))
            grid.addWidget(field, row, 1)
        self.body.addLayout(grid)
        self.room.setFocus()

    def people(self) -> tuple[str | None, str | None]:
        """Room and person; None leaves what differs from form to form as it is."""
        return _said(self.room, self._rooms), _said(self.person, self._persons)


class EndDialog(ActDialog):
    """The last day on which something is owed."""

    def __init__(self, parent: QWidget, n: int) -> None:
        super().__init__(parent, t("UNS-owed-end-title"), t("UNS-owed-end-do", n=n))
        self.body.addWidget(Label(t("UNS-owed-end-why", n=n), wrap=True))
        self.day = DayField(_today())
        self.day.textChanged.connect(lambda _: self.verb.setEnabled(self.day.day() is not None))
        self.day.setAccessibleName(t("UNS-owed-last"))
        self.body.addWidget(self.day)

    def last(self) -> date:
        """The day chosen."""
        return self.day.day() or _today()


def choice(offers: Sequence[str], present: str) -> QComboBox:
    """A field to pick from or type into; nothing is completed inline, because UniKey types letters again."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(offers))
    box.setCurrentText(present)
    completer = box.completer()
    if isinstance(completer, QCompleter):
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return box


def _common(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""


def _said(box: QComboBox, present: set[str]) -> str | None:
    return _words(box) or ("" if len(present) == 1 else None)


def _today() -> date:
    from judapp.app.workspace import today

    return today()


def _words(box: QComboBox) -> str:
    return " ".join(box.currentText().split())
