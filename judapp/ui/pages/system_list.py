"""A unit list before it is written: what would become of every entry, what is not clear, one button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from judapp.messages import text
from judapp.ui import icons, theme
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Elided, Label, button
from judapp.ui.widgets.day_field import DayField
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from datetime import date

    from judapp.app.unit_lists import ListPlan

_MARKS = {
    "new": "ok",
    "merged": "ok",
    "renamed": "info",
    "mended": "info",
    "ended": "",
    "same": "",
    "unclear": "error",
}
_HIGH = 190
"""Pixels the questions take at most."""
_LOW = 400
"""Below this height the counts, which the chips tell as well, give way to the list."""


class ListPreview(QWidget):
    """The plan of one list; answers and another day make a new plan."""

    back_asked = Signal()
    planned_anew = Signal(object, dict)
    """The day and the answers the list is to be planned with."""
    write_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plan: ListPlan | None = None
        self.answers: dict[str, str] = {}
        self._only = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(button(t("UNS-back"), self.back_asked.emit, "link"))
        self.title = Elided("", "strong")
        head.addWidget(self.title, 1)
        head.addWidget(Label(t("UNS-from")))
        self.day = DayField()
        self.day.setAccessibleName(t("UNS-from"))
        self.day.editingFinished.connect(self._anew)
        head.addWidget(self.day)
        column.addLayout(head)
        self.counts = Label("", wrap=True)
        column.addWidget(self.counts)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.area)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(8)
        column.addLayout(self.chips)
        self.table = ListTable(
            "unit-list",
            [
                Head(t("UNS-col-what"), 100),
                Head(t("UNS-col-group"), 126),
                Head(t("UNS-col-name"), 216),
                Head(t("UNS-col-before")),
                Head(t("UNS-col-day"), 92),
                Head(t("UNS-col-cell"), 126),
            ],
        )
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        self.state = Label("", wrap=True)
        foot.addWidget(self.state, 1)
        self.write = button(t("UNS-write", n=0), self.write_asked.emit, "primary")
        foot.addWidget(self.write)
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def show_plan(self, plan: ListPlan) -> None:
        """Show another plan."""
        from judapp.app.unit_list_view import counted

        lang = language()
        self.plan = plan
        self.title.say(t("UNS-list-title", name=plan.path))
        self.day.show_day(plan.day)
        self.counts.setText("   ·   ".join(counted(plan, lang)))
        self._tell_unclear(plan)
        self._offer(plan)
        self._fill()
        n = plan.units + plan.persons + plan.owed
        self.write.setText(t("UNS-write", n=n))
        self.write.setEnabled(plan.clear and not plan.empty)
        if not plan.clear:
            self.state.setText(t("UNS-unclear", n=plan.errors + len(plan.questions)))
        elif plan.empty:
            self.state.setText(t("UNS-nothing-new"))
        else:
            self.state.setText(t("UNS-undoable"))

    # --- inside

    def _tell_unclear(self, plan: ListPlan) -> None:
        inside = QWidget()
        theme.role(inside, "plain")
        inside.setMinimumHeight(1)  # else Qt asks for the height sentences have on a narrower line
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for question in plan.questions:
            column.addWidget(
                _Question(question.key, t(question.code, **question.params), question.choices, self)
            )
        for finding in sorted(plan.findings, key=lambda f: f.rank):
            where = f"{finding.place.sheet} · {finding.place.cell}: " if finding.place.cell else ""
            words = f"{where}{t(finding.code, **finding.params)}"
            column.addWidget(_Told(finding.severity, words, finding.code))
        column.addStretch(1)
        self.area.setVisible(bool(plan.questions or plan.findings))
        self.area.setWidget(inside)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Questions take what they need, at most a part of the height: the list stays in sight."""
        self.counts.setVisible(self.height() >= _LOW)
        inside = self.area.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            wanted = layout.heightForWidth(max(300, self.width() - 24)) + 4
            self.area.setFixedHeight(min(wanted, _HIGH, max(48, self.height() // 4)))

    def answer(self, key: str, choice: str) -> None:
        """Keep an answer and have the list planned anew."""
        self.answers[key] = choice
        self._anew()

    def chosen_day(self) -> date | None:
        """The day the list is to hold from; the plan's where none is typed."""
        return self.day.day() or (self.plan.day if self.plan is not None else None)

    def _anew(self) -> None:
        if self.plan is not None and (self.chosen_day() != self.plan.day or self.answers):
            self.planned_anew.emit(self.chosen_day(), dict(self.answers))

    def _offer(self, plan: ListPlan) -> None:
        """Chips to look at one outcome alone."""
        from judapp.app.unit_list_outcome import ORDER
        from judapp.app.unit_list_view import what_name

        while (item := self.chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        counts = {what: sum(line.what == what for line in plan.lines) for what in ORDER}
        if not counts.get(self._only):
            self._only = ""
        shown: list[tuple[str, str]] = [("", t("UNS-all", n=len(plan.lines)))]
        shown += [(what, f"{what_name(what, language())} {n}") for what, n in counts.items() if n]
        for what, words in shown:
            chip = button(words, partial(self._narrow, what), "chip")
            chip.setCheckable(True)
            chip.setChecked(what == self._only)
            self.chips.addWidget(chip)
        self.chips.addStretch(1)

    def _narrow(self, what: str) -> None:
        self._only = what
        if self.plan is not None:
            self._offer(self.plan)
            self._fill()

    def _fill(self) -> None:
        from judapp.app.unit_list_outcome import ORDER
        from judapp.app.unit_list_view import group_name, what_name

        assert self.plan is not None  # shown only with a plan
        lang = language()
        self.table.show_rows(
            [
                Row(
                    (
                        Cell(
                            what_name(made.what, lang),
                            mark=_MARKS[made.what],
                            sort=ORDER.index(made.what),
                            dim=made.what == "same",
                        ),
                        group_name(made.group, lang),
                        Cell(made.name, strong=made.what not in ("same", "ended")),
                        "; ".join(
                            text("UNL-part", lang, name=old.name) if old.part else old.name
                            for old in made.before
                        ),
                        Cell(f"{made.day:%d/%m/%Y}" if made.day else "", sort=str(made.day or "")),
                        Cell(f"{made.spot.cell} · {made.spot.sheet}" if made.spot else "", dim=True),
                    ),
                    made,
                )
                for made in self.plan.lines
                if self._only in ("", made.what)
            ]
        )


class _Question(QWidget):
    """One question with its answers."""

    def __init__(self, key: str, words: str, choices: tuple[str, ...], preview: ListPreview) -> None:
        from judapp.app.unit_list_view import answer_name

        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(_sign("warning"), 0, Qt.AlignmentFlag.AlignTop)
        told = Label(f"{key.replace('!', ' · ')}: {words}", wrap=True, copy=True)
        row.addWidget(told, 1, Qt.AlignmentFlag.AlignTop)
        self.buttons: list[QPushButton] = []
        for choice in choices:
            do = button(answer_name(choice, language()), partial(preview.answer, key, choice))
            row.addWidget(do, 0, Qt.AlignmentFlag.AlignTop)
            self.buttons.append(do)


class _Told(QWidget):
    """One finding."""

    def __init__(self, severity: str, words: str, code: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(_sign(severity), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, wrap=True, copy=True), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(code, "caption"), 0, Qt.AlignmentFlag.AlignTop)


def _sign(mark: str) -> QLabel:
    sign = QLabel()
    sign.setPixmap(icons.mark(mark))
    sign.setContentsMargins(0, 2, 0, 0)
    return sign
