"""Xuất báo cáo: choose sheets, see what is in their way, sign, write, and prove what was written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.jobs import Task
from judapp.ui.pages.base import Page
from judapp.ui.pages.export_fields import ExportFields
from judapp.ui.pages.export_panel import ExportPanel
from judapp.ui.pages.export_table import PackageTable
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Empty, JobLine, button

if TYPE_CHECKING:
    from judapp.app.export_view import Package, SheetToExport
    from judapp.app.exporting import ExportedFile
    from judapp.app.workspace import Workspace
    from judapp.domain.period import Period
    from judapp.store.operations import Applied

_WIDE = 1400
"""From this width of the page the package has more room."""


class ExportPage(Page):
    """The sheets of the period at the left with signers and folder, the package at the right."""

    name = "export"
    title = "WIN-export"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.package: Package | None = None
        self.own = True
        """Whether the department's own sheets are listed, or those of base units."""
        self.running: Task | None = None
        self._former: dict[int, bool] = {}
        self._replaced = 0
        self._build()

    def _build(self) -> None:
        self.bar = Bar("error")
        self.body.addWidget(self.bar)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.job = JobLine()
        self.body.addWidget(self.job)
        whole = QWidget()
        sides = QHBoxLayout(whole)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.PAD)
        left = QVBoxLayout()
        left.setSpacing(8)
        sides.addLayout(left, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.all = QCheckBox(t("EXW-all"))
        self.all.clicked.connect(self._tick_all)
        row.addWidget(self.all)
        row.addStretch(1)
        self.chips: dict[bool, QPushButton] = {}
        for own in (True, False):
            chip = button("", partial(self._list, own), "chip")
            chip.setCheckable(True)
            self.chips[own] = chip
            row.addWidget(chip)
        left.addLayout(row)
        self.table = PackageTable()
        left.addWidget(self.table, 1)
        self.fields = ExportFields()
        left.addWidget(self.fields)
        self.panel = ExportPanel()
        sides.addWidget(self.panel)
        self.stack.addWidget(whole)
        self._whole = whole
        self._empty = Empty(t("EXW-empty-page"), t("EXW-to-entry"), partial(self.session.show, "entry"))
        self.stack.addWidget(self._empty)
        self.table.package.ticked.connect(self._ticked)
        self.table.opened.connect(self._open)
        self.table.looked.connect(self._look)
        self.fields.folder_changed.connect(self._ask_replaced)
        self.setFocusProxy(self.table)

    # --- asking

    def refresh(self) -> None:
        period = self.session.period

        def work(workspace: Workspace) -> Package:
            from judapp.app.export_view import package

            return package(workspace, period)

        self.session.ask(self, work, self._told)

    def _told(self, package: Package) -> None:
        if self.package is None or self.package.period != package.period:
            self._former = {}
            self.own = any(sheet.own for sheet in package.sheets) or not package.sheets
            self.table.package.chosen = set()
            self.panel.nothing_written()
            self.bar.hide()
        self.package = package
        chosen = self.table.package.chosen
        for sheet in package.sheets:
            # A tick somebody set stays; one nobody touched follows the state of the sheet.
            if sheet.chosen != self._former.get(sheet.id, False):
                (chosen.add if sheet.chosen else chosen.discard)(sheet.id)
        chosen &= {sheet.id for sheet in package.sheets}
        self._former = {sheet.id: sheet.chosen for sheet in package.sheets}
        self.fields.show_package(package)
        self._show()

    def _ask_replaced(self) -> None:
        folder, names = Path(self.fields.folder.text()), [sheet.file for sheet in self.chosen()]

        def work(_: Workspace) -> int:
            from judapp.app.export_view import replaced

            return replaced(folder, names)

        self.session.ask(self, work, self._told_replaced, topic="replaced")

    def _told_replaced(self, replaced: int) -> None:
        self._replaced = replaced
        self._plan()

    # --- showing

    def chosen(self) -> list[SheetToExport]:
        """The sheets ticked, those of base units too."""
        if self.package is None:
            return []
        return [sheet for sheet in self.package.sheets if sheet.id in self.table.package.chosen]

    def _listed(self) -> list[SheetToExport]:
        return [sheet for sheet in self.package.sheets if sheet.own == self.own] if self.package else []

    def _show(self) -> None:
        assert self.package is not None  # it was just told
        sheets = self.package.sheets
        counts = {own: sum(sheet.own == own for sheet in sheets) for own in (True, False)}
        for own, code in ((True, "EXW-own"), (False, "EXW-base")):
            self.chips[own].setText(t(code, n=counts[own]))
            self.chips[own].setChecked(own == self.own)
            self.chips[own].setVisible(all(counts.values()))
        self.table.show_sheets(self._listed())
        self.stack.setCurrentWidget(self._whole if sheets else self._empty)
        self._say()
        self._ticked()

    def _say(self) -> None:
        assert self.package is not None  # it was just told
        own = [sheet for sheet in self.package.sheets if sheet.own]
        if not self.package.sheets:
            self.head.say(t("EXW-say-nothing"))
        elif any(sheet.blocks.vi for sheet in own):
            blocked = sum(bool(sheet.blocks.vi) for sheet in own)
            self.head.say(t("EXW-say-blocked", blocked=blocked, n=len(own)))
        elif any(sheet.open for sheet in own):
            self.head.say(t("EXW-say-drafts", n=len(own)))
        else:
            self.head.say(t("EXW-say-ready", n=len(own)))

    def _ticked(self) -> None:
        listed, chosen = self._listed(), self.chosen()
        ticked = sum(sheet.id in self.table.package.chosen for sheet in listed)
        state = Qt.CheckState.PartiallyChecked
        if ticked in (0, len(listed)):
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        self.all.setTristate(state is Qt.CheckState.PartiallyChecked)
        self.all.setCheckState(state)
        if self.package is None or not self.package.sheets:
            self.head.hide_primary()
            return
        primary = self.head.primary_button or self.head.primary("", self.export)
        primary.setText(t("EXW-export", n=len(chosen)))
        primary.setEnabled(bool(chosen) and self.running is None)
        self._ask_replaced()

    def _plan(self) -> None:
        ticked, sheets = self.table.package.chosen, self.package.sheets if self.package else ()
        left = sum(sheet.own and bool(sheet.errors) and sheet.id not in ticked for sheet in sheets)
        self.panel.plan(self.chosen(), left, self._replaced)

    def _tick_all(self) -> None:
        listed = [sheet.id for sheet in self._listed()]
        self.table.package.tick(listed, on=not set(listed) <= self.table.package.chosen)

    def _list(self, own: bool) -> None:
        self.own = own
        self._show()

    def _open(self, sheet: SheetToExport) -> None:
        self.session.go(unit=sheet.unit)
        self.session.show("entry", form=sheet.form)

    def _look(self, sheet: SheetToExport) -> None:
        if sheet.errors or sheet.unexplained:
            self.session.show("checks", form=sheet.form, unit=sheet.unit)
        else:  # only unanswered cells are left, and those stand in the form
            self._open(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(440 if self.width() >= _WIDE else 340)

    # --- exporting

    def export(self) -> None:
        """Sign the sheets ticked where day or names changed, then write them."""
        assert self.package is not None  # without a package there is no button
        sheets = [sheet.id for sheet in self.chosen()]
        if not sheets or self.running is not None:
            return
        self.bar.hide()
        self.fields.remember()
        folder, period = Path(self.fields.folder.text()), self.package.period
        day, names = self.fields.changes(self.chosen())
        if day is None and not names:
            self._write(sheets, period, folder)
            return

        def work(workspace: Workspace) -> Applied:
            from judapp.app.export_view import sign

            return sign(workspace, sheets, day, names)

        def signed(_: Applied) -> None:
            self._write(sheets, period, folder)

        signing = sum(sheet.open for sheet in self.chosen())
        self.session.act(work, signed, self._failed, said=t("EXW-signed", n=signing))

    def _write(self, sheets: list[int], period: Period, folder: Path) -> None:
        lang = language()
        written = [0]

        def work(workspace: Workspace, task: Task) -> list[ExportedFile]:
            from judapp.app.exporting import export

            def step(done: int, total: int, name: str) -> None:
                written[0] = done
                task.step(done, total, name)

            return export(workspace, period, folder, lang=lang, sheets=sheets, step=step)

        def done(files: list[ExportedFile]) -> None:
            self._ended()
            self.panel.written(files, folder)
            self.session.said.emit(t("EXW-done", n=len(files)), False)

        def failed(error: JudappError) -> None:
            self._ended()
            self._failed(error)

        def cancelled() -> None:
            self._ended()
            self.bar.tell(t("EXW-stopped", n=written[0]), (t("EXW-again"), self.export))

        self.panel.nothing_written()
        self.running = self.session.long(work, done, failed, cancelled)
        self.job.follow(self.running, t("EXW-writing"))
        self._ticked()

    def _ended(self) -> None:
        self.running = None
        self._ticked()

    def _failed(self, error: JudappError) -> None:
        self.bar.tell(of_error(error, language()), (t("EXW-again"), self.export))
