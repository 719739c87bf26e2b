"""Đơn vị & sáp nhập: the register with what each unit was made of, and its list from Excel."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from judapp.text import fold
from judapp.ui import theme
from judapp.ui.pages.system_lineage import LineagePicture
from judapp.ui.pages.system_list import ListPreview
from judapp.ui.pages.system_section import Section
from judapp.ui.session import Session
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Bar, Elided, Empty, Label, button, line
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from datetime import date

    from judapp.app.unit_lists import ListPlan
    from judapp.app.units_view import Lineage, UnitLine, UnitsPage
    from judapp.app.workspace import Workspace
    from judapp.errors import JudappError
    from judapp.store.operations import Applied

_CHIPS = {
    "commune": "UNS-chip-commune",
    "former": "UNS-chip-former",
    "notary": "UNS-chip-notary",
    "agency": "UNS-chip-agency",
    "thads": "UNS-chip-thads",
    "room": "UNS-chip-room",
}


class UnitsSection(Section):
    """The list, one unit in full, and the preview of a list that is imported."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.page: UnitsPage | None = None
        self._group = ""
        self._list: Path | None = None
        self.bar = Bar("error")
        self.body.addWidget(self.bar)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.stack.addWidget(self._register())
        self.preview = ListPreview()
        self.preview.back_asked.connect(self._back)
        self.preview.planned_anew.connect(self._plan)
        self.preview.write_asked.connect(self._write)
        self.stack.addWidget(self.preview)
        self.setFocusProxy(self.table)
        session.opened.connect(self._other_file)

    # --- parts

    def _register(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("UNS-search"))
        self.search.setAccessibleName(t("UNS-search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        row.addWidget(self.search, 1)
        self.template = button(t("UNS-template"), self.save_template)
        row.addWidget(self.template)
        self.load = button(t("UNS-import"), self.choose_list, icon="import")
        row.addWidget(self.load)
        column.addLayout(row)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(8)
        column.addLayout(self.chips)
        self.table = ListTable(
            "register",
            [
                Head(t("UNS-col-code"), 130),
                Head(t("UNS-col-name"), 260),
                Head(t("UNS-col-days"), 190),
                Head(t("UNS-col-made")),
            ],
        )
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.edit())
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.empty = Empty(t("UNS-empty"), t("UNS-import"), self.choose_list, t("UNS-empty-hint"))
        self.lists.addWidget(self.empty)
        column.addWidget(self.lists, 1)
        self.about = _About()
        self.about.edit.clicked.connect(lambda _checked=False: self.edit())
        column.addWidget(self.about)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), whole)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        return whole

    # --- what is shown

    def refresh(self) -> None:
        facts = self.session.facts
        self.load.setEnabled(facts is not None and not facts.read_only)
        self.about.edit.setEnabled(facts is not None and not facts.read_only)

        def work(workspace: Workspace) -> UnitsPage:
            from judapp.app.units_view import units_page
            from judapp.app.workspace import today

            return units_page(workspace, today())

        self.session.ask(self, work, self._show, topic="units")
        if self._list is not None and self.stack.currentWidget() is not self.preview:
            self._plan(None, {})
        elif self.preview.plan is not None and self.stack.currentWidget() is self.preview:
            self._plan(self.preview.chosen_day(), self.preview.answers)

    def arrive(self, **place: Any) -> None:
        wanted = place.get("list")
        if wanted is not None:
            self.open_list(Path(wanted))

    def _show(self, page: UnitsPage) -> None:
        self.page = page
        if self.stack.currentWidget() is not self.preview:
            self._say(page)
        if self._group not in page.counts:
            self._group = next((group for group in _CHIPS if group in page.counts), "")
        self._offer()
        self._fill()

    def _say(self, page: UnitsPage) -> None:
        communes = page.counts.get("commune", 0)
        if not communes:
            self.said.emit(t("UNS-sentence-none", n=page.expected) if page.expected else t("UNS-sentence-no"))
        else:
            former = page.counts.get("former", 0)
            code = "UNS-sentence" if page.merged else "UNS-sentence-alone"
            self.said.emit(t(code, communes=communes, former=former, merged=page.merged))

    def _offer(self) -> None:
        assert self.page is not None  # shown once it is there
        while (item := self.chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for group, code in _CHIPS.items():
            if n := self.page.counts.get(group):
                chip: QPushButton = button(t(code, n=n), partial(self._narrow, group), "chip")
                chip.setCheckable(True)
                chip.setChecked(group == self._group)
                self.chips.addWidget(chip)
        self.chips.addStretch(1)

    def _narrow(self, group: str) -> None:
        self._group = group
        self._offer()
        self._fill()

    def _fill(self) -> None:
        if self.page is None:
            return
        words = fold(self.search.text())
        shown = [
            made for made in self.page.lines if (words in made.key if words else made.group == self._group)
        ]
        self.lists.setCurrentWidget(self.table if self.page.lines else self.empty)
        self.table.show_rows(
            [
                Row(
                    (
                        made.code,
                        Cell(made.name, strong=True),
                        Cell(_days(made.since, made.until), sort=made.since.isoformat()),
                        Cell(_kin(made), tip="\n".join(made.made_of or made.went_into)),
                    ),
                    made,
                )
                for made in shown
            ],
            keep=lambda made: made.uid,
        )
        self.about.setVisible(bool(shown))

    def _chosen(self, made: UnitLine | None) -> None:
        if made is None:
            return
        uid = made.uid

        def work(workspace: Workspace) -> Lineage:
            from judapp.app.units_view import lineage

            return lineage(workspace, uid)

        self.session.ask(self, work, self.about.show_unit, topic="lineage")

    # --- acts

    def choose_list(self) -> None:
        """Ask for a workbook and preview the list in it."""
        name, _ = QFileDialog.getOpenFileName(self, t("UNS-import"), "", t("UNS-workbooks"))
        if name:
            self.open_list(Path(name))

    def open_list(self, path: Path) -> None:
        """Preview the list in the workbook at ``path``."""
        self._list = path
        self.preview.answers = {}
        self.preview.plan = None
        self.said.emit(t("UNS-reading", name=path.name))
        self._plan(None, {})

    def _plan(self, day: date | None, answers: dict[str, str]) -> None:
        path = self._list
        if path is None:
            return

        def work(workspace: Workspace) -> ListPlan | JudappError:
            from judapp.app.unit_lists import Options, read_and_plan
            from judapp.errors import JudappError

            try:
                return read_and_plan(workspace, path, Options(day, answers))
            except JudappError as error:
                return error

        self.session.ask(self, work, self._planned, topic="list")

    def _planned(self, plan: ListPlan | JudappError) -> None:
        from judapp.errors import JudappError
        from judapp.messages import of_error
        from judapp.ui.texts import language

        if isinstance(plan, JudappError):
            self._list = None
            self.bar.tell(of_error(plan, language()))
            return
        self.bar.hide()
        self.preview.show_plan(plan)
        self.stack.setCurrentWidget(self.preview)
        n = plan.units + plan.persons + plan.owed
        writable = plan.clear and not plan.empty
        self.said.emit(t("UNS-would", n=n, day=plan.day) if writable else self.preview.state.text())

    def _write(self) -> None:
        plan = self.preview.plan
        if plan is None:
            return

        def work(workspace: Workspace) -> Applied:
            from judapp.app.unit_lists import apply_list

            return apply_list(workspace, plan)

        def failed(error: JudappError) -> None:
            from judapp.messages import of_error
            from judapp.ui.texts import language

            self.bar.tell(of_error(error, language()))
            self._plan(self.preview.chosen_day(), self.preview.answers)

        n = plan.units + plan.persons + plan.owed
        self.session.act(work, lambda _: self._back(), failed, said=t("UNS-written", n=n, name=plan.path))

    def _other_file(self) -> None:
        """A list that was looked at was meant for the file before."""
        self._list = None
        self.preview.plan = None
        self.bar.hide()
        self.stack.setCurrentIndex(0)

    def _back(self) -> None:
        self._other_file()
        self.table.setFocus()
        self.refresh()

    def save_template(self) -> None:
        """Ask where the list to fill in shall be, and write it."""
        name, _ = QFileDialog.getSaveFileName(
            self, t("UNS-template"), t("UNS-template-name"), t("UNS-workbook")
        )
        if not name:
            return
        path = Path(name if name.endswith(".xlsx") else f"{name}.xlsx")

        def work(workspace: Workspace) -> Path:
            from judapp.app.unit_list_template import write_template
            from judapp.app.workspace import today

            write_template(workspace, path, today())
            return path

        self.session.ask(
            self,
            work,
            lambda made: self.session.said.emit(t("UNS-template-said", path=str(made)), False),
            topic="template",
        )

    def edit(self) -> None:
        """Ask how the chosen unit is called, and from when."""
        made = self.table.current()
        if made is None or not self.about.edit.isEnabled():
            return
        from judapp.ui.pages.system_unit_dialog import UnitDialog

        dialog = UnitDialog(self, made)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._change(made, *dialog.said()))
        dialog.open()

    def _change(self, made: UnitLine, name: str, code: str, since: date | None) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.units_view import change_unit

            return change_unit(workspace, made.uid, name, code, since)

        self.session.act(work, said=t("UNS-changed", name=name))


class _About(QWidget):
    """One unit: since when, what it was made of, where that stands."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(line())
        row = QHBoxLayout()
        row.setSpacing(theme.PAD)
        words = QVBoxLayout()
        words.setSpacing(4)
        self.name = Elided("", "strong")
        self.states = Label("", "caption", wrap=True)
        self.picture = LineagePicture()
        words.addWidget(self.name)
        words.addWidget(self.picture)
        words.addWidget(self.states)
        row.addLayout(words, 1)
        self.edit = button(t("UNS-edit"))
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.hide()

    def show_unit(self, unit: Lineage) -> None:
        """Show another unit."""
        code = "UNS-unit-ended" if unit.until else "UNS-unit"
        self.name.say(t(code, name=unit.name, since=unit.since, until=unit.until))
        self.picture.show_unit(unit)
        told = []
        for state in unit.states:
            words = f"{_days(state.since, state.until)}: {state.name} ({state.code})"
            told.append(f"{words} · {t('UNS-source', source=state.source)}" if state.source else words)
        self.states.setText("\n".join(told))
        self.show()


def _days(since: date, until: date | None) -> str:
    return f"{since:%d/%m/%Y} – {until:%d/%m/%Y}" if until else t("UNS-since", since=since)


def _kin(made: UnitLine) -> str:
    if made.made_of:
        return ", ".join(made.made_of)
    return t("UNS-into", names=", ".join(made.went_into)) if made.went_into else ""
