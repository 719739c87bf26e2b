"""The first page: no data file is open yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from judapp.app.provinces import communes_of, provinces
from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.text import fold
from judapp.ui.session import Session, open_file
from judapp.ui.settings import recent_files
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Elided, Label, button
from judapp.ui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace

PATTERN = "judapp (*.sqlite)"


class StartPage(QWidget):
    """Welcome: a new file for a province, a file that is there already, or the practice province."""

    language_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.bar = Bar("error")
        outer.addWidget(self.bar)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        outer.addWidget(scroll, 1)
        inside = QWidget()
        scroll.setWidget(inside)
        middle = QHBoxLayout(inside)
        middle.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        middle.addLayout(column, 4)
        middle.addStretch(1)
        column.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(Label(t("STR-welcome"), "key"))
        head.addStretch(1)
        for lang, name in (("vi", "Tiếng Việt"), ("en", "English")):
            choose = button(name, partial(self.language_asked.emit, lang), "chip")
            choose.setCheckable(True)
            choose.setChecked(lang == language())
            head.addWidget(choose)
        column.addLayout(head)
        column.addWidget(Label(t("STR-what"), "sentence", wrap=True))
        column.addSpacing(8)
        column.addLayout(self._new_file())
        column.addSpacing(16)
        column.addLayout(self._others())
        self.recent = QVBoxLayout()
        self.recent.setSpacing(2)
        column.addLayout(self.recent)
        column.addStretch(2)
        self.show_recent()

    def _new_file(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label(t("STR-province")), 0, 0)
        self.province = button(t("STR-province-hint"), self._pick, "field")
        self.province.setAccessibleName(t("STR-province"))
        self.code = ""
        self.picker = Picker(self, t("STR-province-hint"))
        self.picker.picked.connect(self._picked)
        grid.addWidget(self.province, 0, 1)
        grid.addWidget(Label(t("STR-place")), 1, 0)
        self.path = QLineEdit()
        self.path.setAccessibleName(t("STR-place"))
        grid.addWidget(self.path, 1, 1)
        grid.addWidget(button(t("STR-change"), self._choose_place), 1, 2)
        self.units = Label(t("UNS-start-list"))
        grid.addWidget(self.units, 2, 0)
        grid.addLayout(self._units_list(), 2, 1, 1, 2)
        self.begin = button(t("STR-begin"), self._begin, "primary")
        grid.addWidget(self.begin, 3, 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _units_list(self) -> QHBoxLayout:
        """The province's own communes: a workbook to be looked at right after the file is made, or later."""
        self.list: Path | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        self.choose = button(t("UNS-import"), self._choose_list, icon="import")
        row.addWidget(self.choose)
        self.later = button(t("UNS-start-later"), self._list_later, "link")
        row.addWidget(self.later)
        self.list_name = Elided(t("UNS-start-is-later"), "caption")
        row.addWidget(self.list_name, 1)
        return row

    def _others(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.open = button(t("STR-open"), self.choose_file, icon="document")
        row.addWidget(self.open)
        self.practice = button(t("STR-practice"), self._practice, icon="play")
        row.addWidget(self.practice)
        row.addStretch(1)
        return row

    def show_recent(self) -> None:
        """List the files opened last."""
        while (item := self.recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        found = recent_files()
        if found:
            self.recent.addWidget(Label(t("STR-recent"), "section"))
        for path in found:
            entry = QWidget()
            row = QHBoxLayout(entry)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(button(path.name, partial(self.open_path, path), "link"))
            row.addWidget(Elided(str(path.parent), "caption"), 1)
            self.recent.addWidget(entry)

    def choose_file(self) -> None:
        """Ask for a data file and open it."""
        name, _ = QFileDialog.getOpenFileName(self, t("STR-open"), str(_documents()), PATTERN)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open the data file at ``path``; a fault is told here with its ways out."""
        self.session.open(open_file(path), failed=lambda error: self.fault(path, error))

    def fault(self, path: Path, error: JudappError) -> None:
        """Tell why ``path`` was not opened, and offer to read it where that is possible."""
        acts: list[tuple[str, Callable[[], object]]] = []
        if error.code in ("DBF-002", "DBF-005"):
            acts.append((t("STR-read-only"), lambda: self._go(open_file(path, read_only=True))))
        self.bar.tell(of_error(error, language()), *acts)

    def _begin(self) -> None:
        code, path = self.code, self.path.text().strip()
        if not code:
            self.bar.tell(t("STR-province-missing"))
            self.province.setFocus()
            return

        def make() -> Workspace:
            from judapp.app.founding import new_file

            return new_file(Path(path), code)

        wanted = self.list
        self._go(make, lambda: self._show_list(wanted))

    def _practice(self) -> None:
        folder = _documents()
        path = next(
            made for n in range(1, 1000) if not (made := folder / f"judapp-thuc-hanh-{n}.sqlite").exists()
        )

        def make() -> Workspace:
            from judapp.app.practice import practice_file

            return practice_file(path)

        self._go(make)

    def _show_list(self, path: Path | None) -> None:
        if path is not None:
            self._list_later()
            self.session.show("system", section="units", list=path)

    def _choose_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, t("UNS-import"), str(_documents()), t("UNS-workbooks"))
        if name:
            self.list = Path(name)
            self.list_name.say(t("UNS-start-chosen", name=self.list.name))

    def _list_later(self) -> None:
        self.list = None
        self.list_name.say(t("UNS-start-is-later"))

    def _go(self, make: Callable[[], Workspace], then: Callable[[], object] | None = None) -> None:
        self.bar.hide()
        for act in (self.begin, self.open, self.practice):
            act.setEnabled(False)

        def ready() -> None:
            for act in (self.begin, self.open, self.practice):
                act.setEnabled(True)

        def done() -> None:
            ready()
            if then is not None:
                then()

        def fault(error: JudappError) -> None:
            ready()
            self.bar.tell(of_error(error, language()))

        self.session.open(make, done, fault)

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, t("STR-place"), self.path.text(), PATTERN)
        if name:
            self.path.setText(name if name.endswith(".sqlite") else f"{name}.sqlite")

    def _pick(self) -> None:
        choices = [Choice(name, (name, code), code, also=code) for name, code in provinces()]
        self.picker.fill(choices, None, t("WIN-nothing-found"))
        self.picker.open_below(self.province)

    def _picked(self, province: tuple[str, str]) -> None:
        name, self.code = province
        self.province.setText(f"{name} ({self.code})")
        if n := communes_of(self.code):
            self.units.setText(t("UNS-start-list-of", n=n))
        plain = "".join(part.capitalize() for part in _ascii(name).split())
        self.path.setText(str(_documents() / f"{plain}.sqlite"))
        self.begin.setFocus()


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _ascii(words: str) -> str:
    short = fold(words).removeprefix("tinh ").removeprefix("thanh pho ")
    return "".join(sign if sign.isalnum() or sign == " " else "" for sign in short)
