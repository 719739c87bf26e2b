"""From a figure down: the units behind it with their shares, file, worksheet and cell; who has not sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from judapp.messages import of_error
from judapp.ui.dialogs import ActDialog
from judapp.ui.pages.board_dialogs import fit
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.tracing import Trace, TraceLine
    from judapp.app.workspace import Workspace
    from judapp.domain.period import Period
    from judapp.domain.shape import CellKey
    from judapp.errors import JudappError
    from judapp.ui.jobs import Task
    from judapp.ui.session import Session


class TraceDialog(ActDialog):
    """The units behind a figure; Enter or a double click opens the cell of a unit's own sheet."""

    def __init__(self, parent: QWidget, session: Session, found: Trace, period: Period) -> None:
        super().__init__(parent, t("BOT-title"), t("BOT-open"))
        self.session, self.period = session, period
        fit(self, parent, 900, 480)
        name = found.name.in_language(language())
        self.body.addWidget(
            Label(
                t("BOT-figure", form=found.form, cell=name, value=found.value or "…"), "sentence", wrap=True
            )
        )
        if found.coverage:
            self.body.addWidget(Label(found.coverage, "caption"))
        if found.delta:
            words = t("BOA-trace-adjusted", delta=found.delta, base=found.base, reason=found.reason)
            self.body.addWidget(Label(words, wrap=True))
        heads = t("BOT-heads").split("|")
        widths = (290, 90, 0, 190)
        self.table = ListTable(
            "trace",
            [
                Head(text, width, numbers=n == 1)
                for n, (text, width) in enumerate(zip(heads, widths, strict=True))
            ],
        )
        self.table.setAccessibleName(t("BOT-title"))
        rows = [_row(line) for line in found.lines]
        for code, names in (("BOT-without", found.without), ("BOT-not-sent", found.waiting)):
            rows += [Row([Cell(name, dim=True), "", Cell(t(code), dim=True), ""]) for name in names]
        self.table.show_rows(rows)
        self.table.chosen.connect(lambda _: self._allow())
        self.table.opened.connect(lambda _: self.accept())
        self.body.addWidget(self.table, 1)
        self.original = button(t("BOP-original"), self._save, tip=t("BOP-original-tip"))
        self.body.addWidget(self.original, 0, Qt.AlignmentFlag.AlignLeft)
        self.accepted.connect(self._go)
        self._allow()
        self.table.setFocus()

    def _allow(self) -> None:
        line: TraceLine | None = self.table.current()
        self.verb.setEnabled(line is not None)
        self.original.setEnabled(line is not None and line.imported is not None)

    def _go(self) -> None:
        line: TraceLine | None = self.table.current()
        if line is None:
            return
        self.session.go(period=self.period, unit=line.unit)
        place = {"cell": line.key} if line.key is not None else {}
        self.session.show("entry", form=line.form, **place)

    def _save(self) -> None:
        line: TraceLine | None = self.table.current()
        if line is not None and line.imported is not None:
            session = self.session

            def written(path: Path) -> None:
                session.said.emit(t("BOP-original-written", file=path.name), False)

            def failed(error: JudappError) -> None:
                session.said.emit(of_error(error, language()), False)

            save_original(self, session, line.imported, written, failed)


def _row(line: TraceLine) -> Row:
    where = " › ".join(filter(None, (line.file, line.worksheet, line.cell)))
    typed = t("BOA-typed") if line.who else ""
    return Row(
        [line.name, line.value, Cell(where or typed, tip=where), f"{line.who} {line.when}".strip()], line
    )


def show_trace(
    session: Session, owner: QWidget, number: str, unit: str, period: Period, key: CellKey
) -> None:
    """Show the units behind a cell of the sheet of ``unit`` (uid)."""
    lang = language()

    def work(workspace: Workspace) -> Trace:
        from judapp.app.tracing import trace

        return trace(workspace, number, unit, period, key, lang)

    def show(found: Trace) -> None:
        dialog = TraceDialog(owner.window(), session, found, period)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    session.ask(owner, work, show, topic="units behind")


def save_original(
    owner: QWidget,
    session: Session,
    imported: int,
    written: Callable[[Path], None],
    failed: Callable[[JudappError], None],
) -> None:
    """Ask where to, and write the file with id ``imported`` as it came; nothing there is written over."""
    folder = QFileDialog.getExistingDirectory(owner, t("BOP-original-folder"))
    if not folder:
        return

    def work(workspace: Workspace, task: Task) -> Path:
        from judapp.app.original_file import write_original

        del task  # one file, at once
        return write_original(workspace, imported, Path(folder))

    session.long(work, written, failed)
