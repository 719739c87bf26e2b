"""The bar at the top: period, unit, search, undo and redo, who works here, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from judapp.ui import theme
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Elided, Field, Label, button, line

if TYPE_CHECKING:
    from judapp.app.desk import PeriodChoice, UnitChoice
    from judapp.app.workspace import Workspace
    from judapp.domain.period import Period
    from judapp.ui.widgets.picker import Picker

HEIGHT = 48


class ContextBar(QFrame):
    """Always there: what figures are shown, and the acts every page has."""

    palette_asked = Signal()
    person_asked = Signal()
    help_asked = Signal()
    other_period_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme.role(self, "context")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        self.practice = Label(t("WIN-practice"), "practice")
        row.addWidget(self.practice)
        self._period_word = Label(t("WIN-period"), "caption")
        row.addWidget(self._period_word)
        self.period = Field("calendar", t("WIN-period-tip"))
        row.addWidget(self.period)
        self.days = Elided("", "caption")
        row.addWidget(self.days, 2)
        self._unit_word = Label(t("WIN-unit"), "caption")
        row.addWidget(self._unit_word)
        self.unit = Field("building", t("WIN-unit-tip"))
        row.addWidget(self.unit)
        row.addStretch(1)
        self.search = button(t("WIN-search"), self.palette_asked.emit, "field", icon="search")
        self.search.setToolTip("Ctrl+K")
        row.addWidget(self.search)
        self.undo = button("", session.undo, "tool", icon="undo", tip=t("WIN-undo-nothing"))
        self.redo = button("", session.redo, "tool", icon="redo", tip=t("WIN-redo-nothing"))
        self.steps = button("", self._list_steps, "tool", icon="chevron_down", tip=t("WIN-steps"))
        for tool in (self.undo, self.steps, self.redo):
            row.addWidget(tool)
        row.addWidget(line(upright=True))
        self.person = button("", self.person_asked.emit, "tool", icon="person", tip=t("WIN-person-tip"))
        row.addWidget(self.person)
        row.addWidget(button("", self.help_asked.emit, "tool", icon="help", tip=t("WIN-help-tip")))
        self._pickers: dict[str, Picker] = {}
        self.period.clicked.connect(self.pick_period)
        self.unit.clicked.connect(self.pick_unit)
        session.opened.connect(self._show)
        session.moved.connect(self._show)
        session.steps.connect(self._show_steps)
        session.held.connect(self._show_steps)
        self._show()

    @property
    def period_picker(self) -> Picker:
        """The list of periods."""
        return self._picker("period", 520, self._go_period)

    @property
    def unit_picker(self) -> Picker:
        """The list of units."""
        return self._picker("unit", 420, self._go_unit)

    def _picker(self, name: str, width: int, take: Callable[[Any], None]) -> Picker:
        if name not in self._pickers:
            from judapp.ui.widgets.picker import Picker

            hint = t("WIN-period-search" if name == "period" else "WIN-unit-search")
            self._pickers[name] = Picker(self, hint, width=width)
            self._pickers[name].picked.connect(take)
        return self._pickers[name]

    def pick_period(self) -> None:
        """Open the list of periods."""
        facts = self.session.facts
        if facts is None:
            return
        from judapp.ui.widgets.picker import Choice

        lang = language()
        choices = [
            Choice(
                choice.name.in_language(lang),
                choice.period,
                self._aside(choice),
                t(f"WIN-group-{choice.group}"),
                choice.period.code,
            )
            for choice in facts.periods
        ]
        choices.append(Choice(t("WIN-other-period"), None))
        self.period_picker.fill(choices, self.session.period, t("WIN-nothing-found"))
        self.period_picker.open_below(self.period)

    def pick_unit(self) -> None:
        """Open the list of units of the period."""
        if self.session.facts is None:
            return
        from judapp.ui.widgets.picker import Choice

        period = self.session.period
        self.unit_picker.fill([], None, t("WIN-nothing-found"))
        self.unit_picker.open_below(self.unit)

        def show(units: tuple[UnitChoice, ...]) -> None:
            choices = [Choice(u.name, u.uid, u.code, u.group.in_language(language()), u.code) for u in units]
            self.unit_picker.fill(choices, self.session.unit, t("WIN-nothing-found"))

        self.session.ask(self, lambda workspace: _units(workspace, period), show, topic="units")

    def squeeze(self, width: int) -> None:
        """Leave out words where the window is narrow."""
        narrow, very = width < 1180, width < 1000
        self.search.setText("" if very else t("WIN-search"))
        for word in (self._period_word, self._unit_word):
            word.setVisible(not very and self.session.facts is not None)
        self.days.setVisible(not narrow and self.session.facts is not None)
        self.person.setText("" if narrow else self.session.who)
        most = 190 if very else 240 if narrow else 320
        for field in (self.period, self.unit):
            field.setMaximumWidth(most)

    def _aside(self, choice: PeriodChoice) -> str:
        days = choice.days.in_language(language())
        return t("WIN-period-aside", days=days, sheets=choice.sheets) if choice.sheets else days

    def _go_period(self, period: Period | None) -> None:
        if period is None:
            self.other_period_asked.emit()
        else:
            self.session.go(period=period)

    def _go_unit(self, uid: str) -> None:
        self.session.go(unit=uid)

    def _show(self) -> None:
        facts = self.session.facts
        known = facts is not None
        for widget in (self.period, self.unit, self.undo, self.redo, self.steps, self.search):
            widget.setVisible(known)
        self.practice.setVisible(facts is not None and facts.practice)
        self.squeeze(self.window().width())
        if facts is None:
            return
        lang, period = language(), self.session.period
        choice = next((c for c in facts.periods if c.period == period), None)
        self.period.say(choice.name.in_language(lang) if choice else period.name.in_language(lang))
        self.days.say(choice.days.in_language(lang) if choice else "")
        uid = self.session.unit
        self.session.ask(self, lambda w: _name(w, uid, period), self.unit.say, topic="name")
        self._show_steps()

    def _show_steps(self) -> None:
        steps, again, held = self.session.undoable, self.session.redoable, self.session.unstored
        self.undo.setEnabled(bool(steps) or bool(held))
        self.redo.setEnabled(again is not None)
        self.steps.setEnabled(bool(steps))
        newest = t("UNS-undo", name=held[-1].called) if held else steps[0].label if steps else ""
        self.undo.setToolTip(t("WIN-undo", label=newest) if newest else t("WIN-undo-nothing"))
        self.redo.setToolTip(t("WIN-redo", label=again.label) if again else t("WIN-redo-nothing"))

    def _list_steps(self) -> None:
        menu = QMenu(self)
        for step in self.session.undoable:
            moment = step.at.astimezone()
            act = menu.addAction(f"{moment:%d/%m %H:%M}   {step.label}   {step.who}")
            act.triggered.connect(lambda _checked=False, own=step.op_id: self.session.undo_to(own))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.steps.mapToGlobal(QPoint(0, self.steps.height())))


def _units(workspace: Workspace, period: Period) -> tuple[UnitChoice, ...]:
    from judapp.app.desk import units_for

    return units_for(workspace, period)


def _name(workspace: Workspace, uid: str, period: Period) -> str:
    from judapp.app.desk import unit_name

    return unit_name(workspace, uid, period.last_day)
