"""What a person decides about single files: of which unit, for which period, which of two counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from judapp.ui.texts import language, t
from judapp.ui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from judapp.app.import_asking import FormChoice
    from judapp.app.import_columns import ColumnStudy
    from judapp.app.import_units import UnitOffer
    from judapp.app.import_view import FileRow
    from judapp.app.importing import Candidate
    from judapp.app.workspace import Workspace
    from judapp.ui.pages.importing import ImportPage
    from judapp.ui.pages.importing_columns import ColumnsDialog

    Decide = Callable[[Workspace, Sequence[Candidate]], Sequence[Candidate]]


class Decider(QObject):
    """Asks, has the files read again as decided, and shows them on the page."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__(page)
        self.page = page
        self.picker: Picker | None = None
        self.dialog: ColumnsDialog | None = None
        self._waiting: list[Decide] = []
        self._turn = 0
        self.busy = False
        """Whether something decided is not on the list yet."""

    def alike(self, row: FileRow) -> list[int]:
        """The positions a decision about ``row`` holds for: it, and those selected that lack the same."""
        selected = set(self.page.table.selected())
        lacking = [
            other.position
            for other in self.page.rows
            if other.position in selected
            and (other.needs_unit, other.needs_period) == (row.needs_unit, row.needs_period)
        ]
        lone = not (row.needs_unit or row.needs_period)  # forms and columns are each file's own
        return [row.position] if lone or row.position not in lacking else lacking

    def ask_unit(self, position: int, *, remember: bool = False) -> None:
        """Let a unit be picked; those with a name like the printed one stand first."""
        found, period, lang = self.page.found, self.page.session.period, language()

        def work(workspace: Workspace) -> tuple[UnitOffer, ...]:
            from judapp.app.import_units import unit_offers

            return unit_offers(workspace, found[position], period, lang)

        def offer(units: tuple[UnitOffer, ...]) -> None:
            likely = t("IMW-likely")
            choices = [
                Choice(
                    unit.name,
                    unit.uid,
                    aside=unit.reason,
                    group=likely if unit.likely else unit.group,
                    also=unit.key,
                )
                for unit in units
            ]
            self._pick(
                t("WIN-unit-search"),
                choices,
                lambda uid: self.answer(position, {"unit": uid}, remember=remember),
            )

        self.page.session.ask(self, work, offer, topic="units")

    def ask_form(self, position: int, *, remember: bool = False) -> None:
        """Let a form be picked; then the columns are paired with it."""
        found, period, lang = self.page.found, self.page.session.period, language()

        def work(workspace: Workspace) -> tuple[FormChoice, ...]:
            from judapp.app.import_asking import form_choices

            return form_choices(workspace, found[position], period, lang)

        def offer(forms: tuple[FormChoice, ...]) -> None:
            choices = [
                Choice(
                    f"{form.number} {form.title}",
                    form.number,
                    aside=form.reason,
                    group=t("IMD-form-fits") if form.reason else t("IMD-form-others"),
                )
                for form in forms
            ]
            self._pick(
                t("IMD-form-search"),
                choices,
                lambda number: self.pair(position, number, remember=remember),
            )

        self.page.session.ask(self, work, offer, topic="forms")

    def open(self, position: int, what: str, form: str, remember: bool) -> None:
        """Open what an answer needs: a list of units, forms or periods, or the pairing of columns."""
        if what == "unit":
            self.ask_unit(position, remember=remember)
        elif what == "period":
            self.ask_period(position)
        elif what == "form":
            self.ask_form(position, remember=remember)
        else:
            self.pair(position, form, remember=remember)

    def pair(self, position: int, form: str, *, remember: bool = False) -> None:
        """Let the columns of a worksheet be paired with those of ``form``."""
        found, lang = self.page.found, language()

        def work(workspace: Workspace) -> ColumnStudy:
            from judapp.app.import_columns import column_study

            return column_study(workspace, found[position], form, lang)

        def show(study: ColumnStudy) -> None:
            from judapp.ui.pages.importing_columns import ColumnsDialog

            self.dialog = ColumnsDialog(self.page, study, found[position].path.name, remember=remember)
            self.dialog.another.connect(lambda: self._another(position))
            if self.dialog.exec():
                said = {"form": study.form, "columns": self.dialog.columns}
                self.answer(position, said, remember=self.dialog.remember.isChecked())
            self.dialog.deleteLater()
            self.dialog = None

        self.page.session.ask(self, work, show, topic="columns")

    def _another(self, position: int) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.ask_form(position)

    def answer(self, position: int, said: Mapping[str, Any], remember: bool = False) -> None:
        """Say what a worksheet is, and of those selected that lack the same."""
        self._assign(position, **said, **({"remember": True} if remember else {}))

    def leave(self, position: int, cell: str, out: bool) -> None:
        """Take a cell of a worksheet out of what is written, or in again."""

        def decide(_: Workspace, found: Sequence[Candidate]) -> Sequence[Candidate]:
            from judapp.app.importing import leave_out

            return leave_out(found, position, [cell], out=out)

        self._decide(decide)

    def ask_period(self, position: int) -> None:
        """Let a period be picked."""
        facts = self.page.session.facts
        assert facts is not None  # files were read
        lang = language()
        choices = [
            Choice(choice.name.in_language(lang), choice.period, aside=choice.days.in_language(lang))
            for choice in facts.periods
        ]
        self._pick(t("WIN-period-search"), choices, lambda period: self._assign(position, period=period))

    def take_own_period(self, position: int, every: bool) -> None:
        """Take a file, or all that are of another period, into the period it states."""
        rows = [row for row in self.page.rows if row.stated is not None]
        wanted = [(row.position, row.stated) for row in rows if every or row.position == position]
        period = self.page.session.period

        def decide(workspace: Workspace, found: Sequence[Candidate]) -> Sequence[Candidate]:
            from judapp.app.importing import Wish, assign

            for at, stated in wanted:
                readers = self.page.session.readers()
                found = assign(workspace, found, [at], Wish(period=period), readers, period=stated)
            return found

        self._decide(decide)

    def keep(self, position: int, counts: bool) -> None:
        """Let one of several files for one sheet count, or none of them."""

        def decide(_: Workspace, found: Sequence[Candidate]) -> Sequence[Candidate]:
            from judapp.app.importing import keep_one

            return keep_one(found, position, keep=counts)

        self._decide(decide)

    def close(self) -> None:
        """Close what is open."""
        if self.picker is not None:
            self.picker.close()
        if self.dialog is not None:
            self.dialog.reject()

    def _assign(self, position: int, **said: Any) -> None:
        row = next(row for row in self.page.rows if row.position == position)
        positions = self.alike(row)
        wished = self.page.session.period

        def decide(workspace: Workspace, found: Sequence[Candidate]) -> Sequence[Candidate]:
            from judapp.app.importing import Wish, assign

            return assign(
                workspace, found, positions, Wish(period=wished), self.page.session.readers(), **said
            )

        self._decide(decide)

    def forget(self) -> None:
        """Nobody waits for decisions any more: their files were put away."""
        self.close()
        self._waiting = []
        self.busy = False
        self._turn += 1

    def _decide(self, decide: Decide) -> None:
        """Carry out a decision; one made meanwhile waits, for it is about what this one leaves."""
        if self.busy:
            self._waiting.append(decide)
            return
        self.busy = True
        given, told, lang, turn = self.page.found, self.page.rows, language(), self._turn

        def work(workspace: Workspace) -> tuple[Sequence[Candidate], tuple[FileRow, ...]]:
            from judapp.app.import_view import file_rows

            found = decide(workspace, given)
            return found, file_rows(workspace, found, lang, former=(given, told))

        def then(answer: tuple[Sequence[Candidate], tuple[FileRow, ...]]) -> None:
            if turn != self._turn:
                return
            self.busy = False
            self.page.decided(*answer)
            if self._waiting:
                self._decide(self._waiting.pop(0))

        self.page.session.ask(self, work, then, topic="decide")

    def _pick(self, hint: str, choices: Sequence[Choice], picked: Callable[[Any], object]) -> None:
        if self.picker is not None:
            self.picker.deleteLater()
        self.picker = Picker(self.page, hint)
        self.picker.picked.connect(picked)
        self.picker.fill(choices, nothing=t("WIN-nothing-found"))
        self.picker.open_below(self.page.panel.title)
