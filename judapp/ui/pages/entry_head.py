"""The head of the entry page: which form, its state, how well it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from judapp.ui import icons
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Elided, Field, button

if TYPE_CHECKING:
    from judapp.app.desk import UnitChoice
    from judapp.app.grid_forms import FormChoice
    from judapp.app.grid_view import SheetView
    from judapp.ui.widgets.picker import Picker

STATES = {
    "missing": ("empty", "ENY-state-missing"),
    "draft": ("draft", "ENY-state-draft"),
    "errors": ("error", "ENY-state-errors"),
    "checked": ("ok", "ENY-state-checked"),
    "submitted": ("submitted", "ENY-state-submitted"),
}
"""Mark and words of each state of a sheet."""

EVIDENCE = {
    "verbatim": "ENY-evidence-verbatim",
    "partial": "ENY-evidence-partial",
    "incomplete": "ENY-evidence-incomplete",
    "learned": "ENY-evidence-learned",
    "department": "ENY-evidence-department",
}


class SheetHead(QWidget):
    """‹ form › with its state and one sentence of counts."""

    picked = Signal(str)
    """Number of the form to show."""
    unit_picked = Signal(str)
    """Uid of the unit to show."""
    steps_asked = Signal()
    """How far the sheet is, step by step."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[FormChoice, ...] = ()
        self._units: tuple[UnitChoice, ...] = ()
        self._form = self._unit = ""
        self._picker: Picker | None = None
        self._unit_picker: Picker | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.back = button("", lambda: self.turn(-1), "tool", icon="chevron_left", tip=t("ENY-previous-form"))
        self.form = button("", self.pick, "field", icon="document")
        self.form.setToolTip(t("ENY-pick-form"))
        self.form.setMinimumWidth(110)
        self.ahead = button("", lambda: self.turn(1), "tool", icon="chevron_right", tip=t("ENY-next-form"))
        for widget in (self.back, self.form, self.ahead):
            row.addWidget(widget)
        row.addSpacing(8)
        self.unit_back = button(
            "", lambda: self.turn_unit(-1), "tool", icon="chevron_left", tip=t("SHT-previous-unit")
        )
        self.unit = Field("building", t("SHT-pick-unit"))
        self.unit.clicked.connect(lambda _checked=False: self.pick_unit())
        self.unit.setMaximumWidth(260)
        self.unit_ahead = button(
            "", lambda: self.turn_unit(1), "tool", icon="chevron_right", tip=t("SHT-next-unit")
        )
        for widget in (self.unit_back, self.unit, self.unit_ahead):
            row.addWidget(widget)
        row.addSpacing(8)
        self._mark = QLabel()
        row.addWidget(self._mark)
        self.state = button("", self.steps_asked.emit, "link", tip=t("SHT-steps-tip"))
        row.addWidget(self.state)
        row.addSpacing(8)
        self.counts = Elided("", "caption")
        row.addWidget(self.counts, 1)

    def offer(self, forms: tuple[FormChoice, ...]) -> None:
        """The forms of the period, for the picker and the arrows."""
        self._forms = forms
        self._arrows()

    def show_sheet(self, view: SheetView) -> None:
        """Say which form this is and how it stands."""
        self._form, self._unit = view.form, view.unit
        self.form.setText(view.form)
        self.unit.say(view.unit_name)
        mark, code = STATES.get(view.state, STATES["submitted"])
        self._mark.setPixmap(icons.mark(mark))
        self.state.setText(t(code))
        self.counts.say(counted(view))
        self._arrows()

    def offer_units(self, units: tuple[UnitChoice, ...]) -> None:
        """The units that report the form, for the picker and the arrows."""
        self._units = units
        self._arrows()

    def pick_unit(self) -> None:
        """Open the list of units that report this form."""
        from judapp.ui.widgets.picker import Choice, Picker

        if self._unit_picker is None:
            self._unit_picker = Picker(self, t("SHT-search-unit"), width=420)
            self._unit_picker.picked.connect(lambda uid: self.unit_picked.emit(str(uid)))
        lang = language()
        self._unit_picker.fill(
            [
                Choice(unit.name, unit.uid, unit.code, unit.group.in_language(lang), unit.key)
                for unit in self._units
            ],
            self._unit,
            t("WIN-nothing-found"),
        )
        self._unit_picker.open_below(self.unit)

    def turn_unit(self, by: int) -> None:
        """Go to the unit before or after this one."""
        at = self._unit_at()
        if at >= 0 and 0 <= at + by < len(self._units):
            self.unit_picked.emit(self._units[at + by].uid)

    def _unit_at(self) -> int:
        return next((n for n, unit in enumerate(self._units) if unit.uid == self._unit), -1)

    def pick(self) -> None:
        """Open the list of forms."""
        from judapp.ui.widgets.picker import Choice, Picker

        if self._picker is None:
            self._picker = Picker(self, t("ENY-search-form"), width=620)
            self._picker.picked.connect(lambda number: self.picked.emit(str(number)))
        self._picker.fill(
            [
                Choice(f"{form.number}  {form.title}", form.number, state_words(form.state), "", form.key)
                for form in self._forms
            ],
            self._form,
            t("WIN-nothing-found"),
        )
        self._picker.open_below(self.form)

    @property
    def picker(self) -> Picker | None:
        """The list of forms, once it was opened."""
        return self._picker

    @property
    def unit_picker(self) -> Picker | None:
        """The list of units, once it was opened."""
        return self._unit_picker

    def turn(self, by: int) -> None:
        """Go to the form before or after this one."""
        at = self._at()
        if at >= 0 and 0 <= at + by < len(self._forms):
            self.picked.emit(self._forms[at + by].number)

    def _at(self) -> int:
        return next((n for n, form in enumerate(self._forms) if form.number == self._form), -1)

    def _arrows(self) -> None:
        at = self._at()
        self.back.setEnabled(at > 0)
        self.ahead.setEnabled(0 <= at < len(self._forms) - 1)
        at = self._unit_at()
        self.unit_back.setEnabled(at > 0)
        self.unit_ahead.setEnabled(0 <= at < len(self._units) - 1)


def state_words(state: str) -> str:
    """The state of a sheet in words."""
    return t(STATES.get(state, STATES["submitted"])[1])


def counted(view: SheetView) -> str:
    """What is to be looked at on the sheet, in one line."""
    parts = [
        t(code, n=number)
        for code, number in (
            ("ENY-count-errors", view.count("error")),
            ("ENY-count-explain", view.count("explain")),
            ("ENY-count-warnings", view.count("warning")),
            ("ENY-count-unanswered", len(view.unanswered)),
            ("ENY-count-estimated", view.estimated),
        )
        if number
    ]
    return " · ".join(parts)


def evidence_tip(view: SheetView) -> str:
    """Where the form is known from, and what no source settles."""
    lines = [t("ENY-evidence-circular", circular=view.circular)]
    lines += [t("ENY-evidence-source", source=source) for source in view.sources]
    lines += [t("ENY-evidence-open", point=point) for point in view.open_points]
    return "\n".join(lines)


class Evidence(QWidget):
    """How well the form is known; sources and open points are said when asked."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._mark = QLabel()
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self.level = button("", self._open, "link")
        row.addWidget(self.level)
        self._view: SheetView | None = None

    def show_sheet(self, view: SheetView) -> None:
        """Say it of this sheet's form."""
        self._view = view
        self._mark.setPixmap(icons.mark("info"))
        self.level.setText(t(EVIDENCE[view.evidence]))
        self.level.setToolTip(evidence_tip(view))

    def _open(self) -> None:
        if self._view is None:
            return
        from judapp.ui.dialogs import ActDialog
        from judapp.ui.widgets.basic import Label

        dialog = ActDialog(self, t("ENY-evidence-title", form=self._view.form))
        dialog.body.addWidget(Label(evidence_tip(self._view), wrap=True, copy=True))
        dialog.setMinimumWidth(640)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
