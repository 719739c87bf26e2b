"""Kỳ, hạn, biểu phải nộp: who owes which form from when, and which room and person prepares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QStackedWidget

from judapp.text import fold
from judapp.ui.pages.system_owed_dialogs import EndDialog, OweDialog
from judapp.ui.pages.system_section import Section
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Empty, Label, button
from judapp.ui.widgets.tables import ROW, Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from datetime import date

    from judapp.app.owed_view import NewOwed, OwedKey, OwedLine, OwedPage
    from judapp.app.unit_lists import ListPlan
    from judapp.app.workspace import Workspace
    from judapp.errors import JudappError
    from judapp.store.operations import Applied


class OwedSection(Section):
    """The obligations; without them nothing is called missing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.page: OwedPage | None = None
        self.bar = Bar("error")
        self.body.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("UNS-owed-search"))
        self.search.setAccessibleName(t("UNS-owed-search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        row.addWidget(self.search, 1)
        self.end = button(t("UNS-owed-end"), self.ask_end)
        self.end.setEnabled(False)
        row.addWidget(self.end)
        self.change = button(t("UNS-owed-people"), self.ask_change)
        self.change.setEnabled(False)
        row.addWidget(self.change)
        self.add = button(t("UNS-owed-add"), self.ask_add, icon="add")
        row.addWidget(self.add)
        self.body.addLayout(row)
        self.table = ListTable(
            "owed",
            [
                Head(t("UNS-col-form"), 150),
                Head(t("UNS-col-who"), 220),
                Head(t("UNS-col-days"), 190),
                Head(t("UNS-col-room")),
                Head(t("UNS-col-person"), 150),
            ],
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.table.opened.connect(lambda _: self.ask_change())
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.empty = Empty(t("UNS-owed-empty"), t("UNS-owed-add"), self.ask_add, t("UNS-owed-empty-hint"))
        self.lists.addWidget(self.empty)
        self.body.addWidget(self.lists, 1)
        self.body.addWidget(Label(t("UNS-owed-windows"), "caption", wrap=True))
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        def work(workspace: Workspace) -> OwedPage:
            from judapp.app.owed_view import owed_page
            from judapp.app.workspace import today

            return owed_page(workspace, today())

        self.session.ask(self, work, self._show, topic="owed")

    def _show(self, page: OwedPage) -> None:
        self.page = page
        if page.owed:
            self.said.emit(t("UNS-owed-sentence", n=page.owed, units=page.units))
        else:
            self.said.emit(t("UNS-owed-sentence-none"))
        self._fill()

    def _fill(self) -> None:
        if self.page is None:
            return
        words = fold(self.search.text())
        self.lists.setCurrentWidget(self.table if self.page.lines else self.empty)
        self.table.show_rows(
            [
                Row(
                    (
                        Cell(made.form, strong=True, tip=made.title),
                        Cell(made.who.in_language(language()), tip="\n".join(made.units[:20])),
                        Cell(_days(made.since, made.until), sort=made.since.isoformat()),
                        made.room,
                        made.person,
                    ),
                    made,
                )
                for made in self.page.lines
                if words in made.search
            ],
            keep=lambda made: made.keys[:1],
        )
        self._chosen()

    def selected(self) -> list[OwedLine]:
        """The lines selected."""
        rows = self.table.selectionModel().selectedRows()
        return [index.data(ROW).data for index in rows]

    def _writable(self) -> bool:
        facts = self.session.facts
        return facts is not None and not facts.read_only

    def _chosen(self) -> None:
        some = bool(self.selected()) and self._writable()
        self.end.setEnabled(some)
        self.change.setEnabled(some)
        self.add.setEnabled(self._writable())

    # --- acts

    def ask_add(self) -> None:
        """Ask who shall owe which forms."""
        if self.page is None:
            return
        dialog = OweDialog(self, self.page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(lambda new: self._plan(dialog, new))
        dialog.accepted.connect(lambda: self._owe(dialog.new()))
        dialog.open()

    def _plan(self, dialog: OweDialog, new: NewOwed) -> None:
        def work(workspace: Workspace) -> ListPlan:
            from judapp.app.owed_view import plan_owed

            return plan_owed(workspace, new)

        self.session.ask(dialog, work, lambda plan: dialog.tell(new, plan), topic="plan")

    def _owe(self, new: NewOwed) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.owed_view import owe

            return owe(workspace, new)

        self.session.act(work, failed=self._failed, said=t("UNS-owed-said", who=new.who))

    def ask_change(self) -> None:
        """Ask which room and person prepare what is selected."""
        chosen = self.selected()
        if not chosen or self.page is None or not self._writable():
            return
        from judapp.ui.pages.system_owed_dialogs import PeopleDialog

        dialog = PeopleDialog(self, self.page, chosen)
        keys = [key for made in chosen for key in made.keys]
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._prepare(keys, *dialog.people()))
        dialog.open()

    def _prepare(self, keys: list[OwedKey], room: str | None, person: str | None) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.owed_view import prepared_by

            return prepared_by(workspace, keys, room, person)

        self.session.act(work, failed=self._failed, said=t("UNS-owed-people-said", n=len(keys)))

    def ask_end(self) -> None:
        """Ask until when what is selected is owed."""
        keys = [key for made in self.selected() for key in made.keys]
        if not keys:
            return
        dialog = EndDialog(self, len(keys))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._end(keys, dialog.last()))
        dialog.open()

    def _end(self, keys: list[OwedKey], last: date) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.owed_view import end_owed

            return end_owed(workspace, keys, last)

        self.session.act(work, failed=self._failed, said=t("UNS-owed-ended", n=len(keys), last=last))

    def _failed(self, error: JudappError) -> None:
        from judapp.messages import of_error

        self.bar.tell(of_error(error, language()))


def _days(since: date, until: date | None) -> str:
    return f"{since:%d/%m/%Y} – {until:%d/%m/%Y}" if until else t("UNS-since", since=since)
