"""What will be written, and after that what was: files, cells compared, their sha-256."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label, button
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.export_view import SheetToExport
    from judapp.app.exporting import ExportedFile

_HASH = 8
"""Letters of a digest shown; the tooltip and the copy have all."""


class ExportPanel(QFrame):
    """The package at the right: first what it will be, then what it became."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "card")
        self.files: Sequence[ExportedFile] = ()
        self.folder = Path()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(Label(t("EXW-package"), "section"))
        self._plan = _lines(column)
        self._head = Label(t("EXW-result"), "section")
        column.addSpacing(12)
        column.addWidget(self._head)
        self._result = _lines(column)
        self._acts = QWidget()
        row = QHBoxLayout(self._acts)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        self.open_folder = button(t("EXW-open-folder"), self._open_folder)
        row.addWidget(self.open_folder)
        self.copy_list = button(t("EXW-copy-list"), self._copy)
        row.addWidget(self.copy_list)
        row.addStretch(1)
        column.addWidget(self._acts)
        self.table = ListTable("exported", [Head(t("EXW-file")), Head(t("EXW-hash"), 84)])
        self.table.opened.connect(self._open_file)
        column.addSpacing(8)
        column.addWidget(self.table, 1)
        self._told: dict[QVBoxLayout, Sequence[tuple[str, str]]] = {}
        self._planned: Sequence[SheetToExport] = ()
        theme.theme().changed.connect(self._redraw)
        self.nothing_written()

    def plan(self, chosen: Sequence[SheetToExport], left: int, replaced: int) -> None:
        """Say what pressing the button would write; ``left`` sheets with errors were not ticked."""
        told = [("", t("EXW-plan", n=len(chosen)))]
        drafts = sum(sheet.open for sheet in chosen)
        blocked = sum(bool(sheet.blocks.vi) for sheet in chosen)
        if drafts:
            told.append(("draft", t("EXW-plan-drafts", n=drafts)))
        if blocked:
            told.append(("warning", t("EXW-plan-blocked", n=blocked)))
        if left:
            told.append(("error", t("EXW-plan-left", n=left)))
        if replaced:
            told.append(("info", t("EXW-plan-replaced", n=replaced)))
        if chosen:
            told.append(("info", t("EXW-plan-besides")))
        self._tell(self._plan, told)
        self._planned = chosen
        self._list()

    def nothing_written(self) -> None:
        """Show no result: another period is shown, or a package is being written."""
        self.files = ()
        self._head.hide()
        self._acts.hide()
        self._tell(self._result, [])
        self._list()

    def written(self, files: Sequence[ExportedFile], folder: Path) -> None:
        """Show what was written."""
        self.files, self.folder = files, folder
        forms = [file for file in files if file.form]
        told = [("ok", t("EXW-written", n=len(forms), cells=sum(file.cells for file in forms)))]
        if len(forms) < len(files):
            told.append(("ok", t("EXW-written-progress")))
        self._tell(self._result, told)
        self._head.show()
        self._acts.show()
        self._list()

    def _list(self) -> None:
        """The files written, before that those that would be."""
        if self.files:
            self.table.show_rows([_row(file) for file in self.files])
        else:
            self.table.show_rows([Row([Cell(sheet.file, dim=True), ""]) for sheet in self._planned])

    def _tell(self, lines: QVBoxLayout, told: Sequence[tuple[str, str]]) -> None:
        """Sentences one below the other, each with a mark."""
        self._told[lines] = told
        while (item := lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for mark, words in told:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            if mark:
                shown = QLabel()
                shown.setPixmap(icons.mark(mark))
                row.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(words, "" if mark else "sentence", wrap=True, copy=True), 1)
            lines.addWidget(line)

    def _redraw(self) -> None:
        """Draw the marks in the colours of another theme."""
        for lines, told in list(self._told.items()):
            self._tell(lines, told)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def _open_file(self, file: ExportedFile) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.path)))

    def _copy(self) -> None:
        """File and digest, a line each, as sha256sum writes and checks them."""
        QGuiApplication.clipboard().setText("\n".join(f"{f.sha256}  {f.path.name}" for f in self.files))


def _row(file: ExportedFile) -> Row:
    digest = Cell(file.sha256[:_HASH], tip=file.sha256, dim=True)
    return Row([Cell(file.path.name, tip=str(file.path)), digest], file)


def _lines(column: QVBoxLayout) -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(6)
    column.addLayout(lines)
    return lines
