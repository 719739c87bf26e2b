"""Section of Hệ thống: the data file, language and theme, and the history with undo of single acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout

from judapp.ui import theme
from judapp.ui.pages.system_section import Section
from judapp.ui.session import Session
from judapp.ui.settings import settings
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Elided, Label, button, line
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.journal import Entry
    from judapp.app.workspace import Workspace


class FileSection(Section):
    """Where the file is, how the window looks, what happened."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.body.addLayout(self._file())
        self.body.addWidget(line())
        self.body.addLayout(self._looks())
        self.body.addWidget(line())
        head = QHBoxLayout()
        head.addWidget(Label(t("SYS-history"), "section"))
        self.chain = Elided("", "caption")
        head.addWidget(self.chain, 1)
        self.verify = button(t("SYS-verify"), self._verify)
        head.addWidget(self.verify)
        self.undo = button(t("SYS-undo"), self._undo)
        self.undo.setEnabled(False)
        head.addWidget(self.undo)
        self.body.addLayout(head)
        self.table = ListTable(
            "history",
            [
                Head(t("SYS-number"), 60, numbers=True),
                Head(t("SYS-when"), 150),
                Head(t("SYS-who"), 140),
                Head(t("SYS-what")),
                Head(t("SYS-state"), 130),
            ],
        )
        self.table.chosen.connect(self._chosen)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        facts = self.session.facts
        assert facts is not None  # a page is only shown with a file
        self.path.say(str(facts.path))
        self.said.emit(t("SYS-sentence", owner=facts.owner_name))
        self.session.ask(self, _entries, self._show)

    def _file(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(t("SYS-file"), "section"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.path = Elided("")
        row.addWidget(self.path, 1)
        row.addWidget(button(t("SYS-folder"), self._folder))
        self.backup = button(t("SYS-backup"), self._backup)
        row.addWidget(self.backup)
        column.addLayout(row)
        return column

    def _looks(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(t("SYS-language")))
        self.languages = self._chips(row, (("vi", "Tiếng Việt"), ("en", "English")), language())
        self.languages.buttonClicked.connect(lambda made: self._window_do("speak", made.property("key")))
        row.addStretch(1)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(Label(t("SYS-theme")))
        themes = (
            ("system", t("SYS-theme-system")),
            ("light", t("SYS-light")),
            ("dark", t("SYS-dark")),
            ("contrast", t("SYS-contrast")),
        )
        self.themes = self._chips(below, themes, theme.theme().choice)
        self.themes.buttonClicked.connect(lambda made: self._window_do("show_theme", made.property("key")))
        below.addStretch(1)
        column.addLayout(below)
        return column

    def _chips(self, row: QHBoxLayout, entries: tuple[tuple[str, str], ...], chosen: str) -> QButtonGroup:
        group = QButtonGroup(self)
        for key, words in entries:
            made = button(words, None, "chip")
            made.setCheckable(True)
            made.setChecked(key == chosen)
            made.setProperty("key", key)
            group.addButton(made)
            row.addWidget(made)
        return group

    def _window_do(self, act: str, key: str) -> None:
        getattr(self.window(), act)(key)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self.table.show_rows(
            [
                Row(
                    (
                        Cell(str(e.id), sort=e.id),
                        Cell(f"{e.at.astimezone():%d/%m/%Y %H:%M:%S}", sort=e.at.timestamp()),
                        e.who,
                        Cell(e.label, tip=e.reason or e.label),
                        Cell(t("SYS-undone") if e.undone else "", dim=True),
                    ),
                    e,
                )
                for e in entries
            ],
            keep=lambda e: e.id,
        )

    def _chosen(self, entry: Entry | None) -> None:
        self.undo.setEnabled(entry is not None and entry.undoable)

    def _undo(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self.session.undo_to(entry.id)

    def _verify(self) -> None:
        self.chain.say(t("SYS-verifying"))

        def work(workspace: Workspace) -> list[str]:
            from judapp.app.safekeeping import verify

            return [t(p.code, **p.params) for p in verify(workspace.file.path, deep=False)]

        def show(found: list[str]) -> None:
            self.chain.say(" ".join(found) if found else t("SYS-whole"))

        self.session.ask(self, work, show, topic="verify")

    def _folder(self) -> None:
        facts = self.session.facts
        if facts is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(facts.path.parent)))

    def _backup(self) -> None:
        kept = str(settings().value("backup_folder", ""))
        folder = QFileDialog.getExistingDirectory(self, t("SYS-backup"), kept)
        if not folder:
            return
        settings().setValue("backup_folder", folder)

        def work(workspace: Workspace) -> Path:
            from judapp.app.safekeeping import backup

            return backup(workspace.file.path, Path(folder))

        self.session.ask(
            self, work, lambda path: self.session.said.emit(t("SYS-backed-up", path=str(path)), False)
        )


def _entries(workspace: Workspace) -> tuple[Entry, ...]:
    from judapp.app.journal import entries

    return entries(workspace)
