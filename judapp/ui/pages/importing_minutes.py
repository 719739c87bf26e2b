"""The minutes of an import on screen, and out as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QTabWidget, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Elided, Label, button
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judapp.app.minutes import MinuteLine, Minutes
    from judapp.app.workspace import Workspace
    from judapp.ui.session import Session

_WIDTHS = (220, 96, 150, 124, 52, 52, 80, 64, 84, 0)


class MinutesDesk(QObject):
    """Shows minutes asked for, and keeps them where a person wants them."""

    def __init__(self, page: QWidget, session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self.dialog: MinutesDialog | None = None

    def show(self, op: int) -> None:
        """Show the minutes of the import that operation ``op`` was."""
        lang = language()

        def work(workspace: Workspace) -> tuple[Minutes, list[str]]:
            from judapp.app.minutes import minutes
            from judapp.app.minutes_out import minutes_facts

            found = minutes(workspace, op)
            return found, minutes_facts(found, lang)

        self._session.ask(self, work, lambda answer: self._open(*answer), topic="minutes")

    def _open(self, found: Minutes, facts: Sequence[str]) -> None:
        self.dialog = MinutesDialog(self._page, found, facts)
        if self.dialog.exec():
            self._keep(found, self.dialog.path)
        self.dialog.deleteLater()
        self.dialog = None

    def _keep(self, found: Minutes, path: Path | None) -> None:
        op, lang = found.head.op, language()
        if path is None:
            return

        def work(workspace: Workspace) -> Path:
            from judapp.app.minutes_out import keep_minutes

            return keep_minutes(workspace, op, path, lang)

        def kept(to: Path) -> None:
            self._session.said.emit(t("IMW-minutes-kept", path=str(to)), False)

        self._session.ask(self, work, kept, topic="keep")


class MinutesDialog(ActDialog):
    """Files written and left out, with the sentences above them; the verb keeps them as a workbook."""

    def __init__(self, parent: QWidget, found: Minutes, facts: Sequence[str]) -> None:
        """``facts`` are the sentences above the lists."""
        number = str(found.head.number)
        super().__init__(parent, t("IMW-minutes-title", number=number), t("IMW-minutes-save"))
        self.found = found
        self.path: Path | None = None
        """Where the workbook shall stand."""
        self.pdf = button(
            t("IMD-save-pdf"), lambda: self._keep_as(".pdf", t("IMD-save-pdf"), t("IMD-pdf-files"))
        )
        self.acts.insertWidget(self.acts.count() - 1, self.pdf)
        self.resize(min(1240, max(900, parent.window().width() - 80)), 560)
        self.body.addWidget(Label(t("IMW-minutes-title", number=number), "title"))
        for fact in (found.unit, *facts):
            self.body.addWidget(Label(fact, copy=True))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        self.written = _table("minutes-written", found.written)
        tabs.addTab(self.written, t("IMW-minutes-tab-written", n=len(found.written)))
        self.left_out = _table("minutes-left-out", found.left_out)
        tabs.addTab(self.left_out, t("IMW-minutes-tab-left-out", n=len(found.left_out)))
        self.body.addWidget(tabs, 1)
        self.digest = Elided("", "caption")
        self.body.addWidget(self.digest)
        for table in (self.written, self.left_out):
            table.chosen.connect(self._tell)
        self._tell(self.written.current())

    def accept(self) -> None:
        """Ask where the workbook shall stand; the minutes stay open where the person thinks better of it."""
        self._keep_as(".xlsx", t("IMW-minutes-save"), t("IMW-excel-files"))

    def _keep_as(self, suffix: str, title: str, kinds: str) -> None:
        name = f"{t('IMW-minutes-file', number=str(self.found.head.number))}{suffix}"
        path, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        if path:
            chosen = Path(path)
            self.path = chosen if chosen.suffix.lower() == suffix else Path(f"{path}{suffix}")
            super().accept()

    def _tell(self, line: MinuteLine | None) -> None:
        words = t("IMW-digest", name=line.file, folder=line.folder, sha256=line.sha256) if line else ""
        self.digest.say(words)


def _table(name: str, lines: Sequence[MinuteLine]) -> ListTable:
    names = t("IMW-minutes-columns").split("|")
    heads = [
        Head(text, width, 4 <= at <= 8) for at, (text, width) in enumerate(zip(names, _WIDTHS, strict=True))
    ]
    table = ListTable(name, heads)
    table.show_rows([Row(_cells(line), line) for line in lines])
    return table


def _cells(line: MinuteLine) -> list[Cell | str]:
    from judapp.messages import write

    lang = language()
    counts = (line.read, line.written, line.unchanged, line.reckoned, line.refused)
    notes = [note.in_language(lang) for note in line.notes]
    return [
        Cell(" › ".join(filter(None, (line.called, line.sheet)))),
        line.form,
        line.unit,
        line.period.in_language(lang),
        *(Cell(write(count, lang), sort=count) for count in counts),
        Cell(" ".join(notes), tip="\n".join(notes)),
    ]
