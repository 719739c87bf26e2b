"""The command palette: pages, forms, units, periods and acts, found by a word of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from judapp.ui.navigation import PAGES
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from judapp.app.desk import UnitChoice
    from judapp.app.grid_forms import FormChoice
    from judapp.app.workspace import Workspace
    from judapp.domain.period import Period


class Act(Struct, frozen=True):
    """Something the window can do."""

    code: str
    """Its name in the catalogue; ``<code>-also`` are the words it is found by besides."""
    do: Callable[[], object]
    keys: str = ""
    blocked: str = ""


class Palette(Picker):
    """Ctrl+K: everything by its name; each line shows its key."""

    def __init__(self, parent: QWidget, session: Session, acts: Callable[[], Sequence[Act]]) -> None:
        super().__init__(parent, t("WIN-palette-hint"), width=640, height=460)
        self.session = session
        self._window = parent
        self._acts = acts
        self._found: tuple[tuple[FormChoice, ...], tuple[UnitChoice, ...]] = ((), ())
        self.picked.connect(lambda do: do())

    def ask(self) -> None:
        """Open it over the window; forms and units come as soon as they are known."""
        self._fill()
        self.open_centred(self._window)
        if self.session.facts is None:
            return
        period, unit = self.session.period, self.session.unit

        def show(found: Any) -> None:
            self._found = found
            self._fill()

        self.session.ask(self, lambda workspace: _things(workspace, unit, period), show)

    def _fill(self) -> None:
        choices = [*self._pages(), *self._commands()]
        if self.session.facts is not None:
            choices += [*self._forms(), *self._periods(), *self._units()]
        self.fill(choices, None, t("WIN-nothing-found"))

    def _pages(self) -> list[Choice]:
        if self.session.facts is None:
            return []
        return [
            Choice(
                t(code), lambda key=key: self.session.show(key), f"Ctrl+{number}", t("WIN-pages"), also=key
            )
            for number, (key, code, _) in enumerate(PAGES, start=1)
        ]

    def _commands(self) -> list[Choice]:
        return [
            Choice(t(act.code), act.do, act.keys, t("WIN-acts"), t(f"{act.code}-also"), act.blocked)
            for act in self._acts()
        ]

    def _forms(self) -> list[Choice]:
        return [
            Choice(
                f"{form.number}  {form.title.capitalize()}",
                lambda form=form: self.session.show("entry", form=form.number),
                form.area,
                t("WIN-forms"),
                f"# {form.area}",
            )
            for form in self._found[0]
        ]

    def _periods(self) -> list[Choice]:
        assert self.session.facts is not None
        return [
            Choice(
                choice.name.in_language(language()),
                lambda choice=choice: self.session.go(period=choice.period),
                choice.period.code,
                t("WIN-periods"),
                choice.period.code,
            )
            for choice in self.session.facts.periods
        ]

    def _units(self) -> list[Choice]:
        return [
            Choice(
                unit.name, lambda unit=unit: self.session.go(unit=unit.uid), unit.code, t("WIN-units"), "@"
            )
            for unit in self._found[1]
        ]


def _things(
    workspace: Workspace, unit: str, period: Period
) -> tuple[tuple[FormChoice, ...], tuple[UnitChoice, ...]]:
    from judapp.app.desk import units_for
    from judapp.app.grid_forms import forms_for

    return forms_for(workspace, unit, period), units_for(workspace, period)
