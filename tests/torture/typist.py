"""A person at the real window who types a stack of paper and is killed sooner or later.

Run as ``python -m tests.torture.typist FILE --seed 1 --cells 5000 --first 17``. Every act goes in by key and
clipboard events; standard output tells one line before each act (``typing 18``) and one when the window says
"Đã lưu" (``saved 18``: all acts up to the 18th), ``closing`` and ``closed`` at the end. ``--last`` leaves
early, ``--restless`` has the log moved into the file in every short pause instead of after a minute of quiet,
``--careless`` takes the sync out of every commit, to prove that who looks for it would miss it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from judapp.ui import session
from tests.torture.paper import NUMBER, PERIOD, Step, stack

MOST_IN_FLIGHT = 6
"""Acts a quick person may have done while the first of them is still on its way to the disk."""


def tell(what: str, acts: int) -> None:
    """One line, unbuffered: what stands in the pipe was said, whatever happens to this process."""
    os.write(1, f"{what} {acts}\n".encode())


class Typist:
    """The window with the form open, and the hands at it."""

    def __init__(self, file: Path) -> None:
        """Open the window and the form, and wait until it is shown."""
        from judapp.ui import app as program
        from judapp.ui.pages.entry import EntryPage
        from judapp.ui.settings import settings
        from judapp.ui.texts import t
        from judapp.ui.window import MainWindow

        QStandardPaths.setTestModeEnabled(True)
        self.app = program.make_application()
        self.session = session.Session(who="Lan")
        self.session.broken.connect(self._broke)
        self.session.failed.connect(self._broke)
        self.window = MainWindow(self.session)
        settings().setValue("page", "entry")
        self._saved_words = t("WIN-saved", time="")
        self.typed = self.told = 0
        self.window.resize(1366, 697)
        self.window.show()
        self.window.activateWindow()
        self.session.open(session.open_file(file))
        self.until(lambda: self.session.facts is not None)
        self.session.go(period=PERIOD)
        self.session.show("entry", form=NUMBER)
        page = self.window.pages["entry"]
        assert isinstance(page, EntryPage)
        self.page = page
        self.until(lambda: page.view is not None and not self.session.busy)
        page.area.grid.setFocus()
        self.session.saved.connect(self.look)  # after the status line, which was there before

    @staticmethod
    def _broke(error: BaseException) -> None:
        """Nothing may go wrong while somebody types."""
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(3)

    def until(self, there: object) -> None:
        """Let the window live until ``there()``."""
        assert callable(there)
        while not there():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def look(self, _: object = None) -> None:
        """Tell what is confirmed, as soon as the status line says so."""
        if self.window.status.saved.text().startswith(self._saved_words) and self.typed > self.told:
            self.told = self.typed
            tell("saved", self.told)

    def do(self, step: Step) -> None:
        """One act: the cell, then real keys or the clipboard."""
        grid = self.page.area.grid
        grid.go(step.at)
        if step.kind == "paste":
            QApplication.clipboard().setText(step.block)
            QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            for sign in step.texts[step.at]:
                QTest.keyClick(grid.cells.editor or grid, Qt.Key(ord(sign)))
            QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)

    def type(self, steps: list[Step], first: int, seed: int) -> None:
        """All acts from ``first`` on, in bursts as a quick person does them."""
        draw = random.Random(seed)
        self.typed = self.told = first
        at = first
        while at < len(steps):
            for step in steps[at : at + draw.randint(1, MOST_IN_FLIGHT)]:
                at += 1
                tell("typing", at)
                self.do(step)
                self.typed = at
            self.until(self._stored)

    def _stored(self) -> bool:
        self.look()
        return self.told == self.typed

    def close(self) -> None:
        """Leave as a person does; the file is one file then."""
        self.until(lambda: not self.session.busy)
        tell("closing", self.told)
        self.window.close()


def be_careless() -> None:
    """Take the sync out of every commit, behind the program's back."""
    from judapp.store.database import DataFile

    honest = DataFile.open.__func__  # type: ignore[attr-defined]

    def careless(cls: type[DataFile], /, path: Path, **how: Any) -> DataFile:
        file: DataFile = honest(cls, path, **how)
        file.connection.execute("pragma synchronous = off")
        return file

    DataFile.open = classmethod(careless)  # type: ignore[assignment,method-assign]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--cells", type=int, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int)
    parser.add_argument("--restless", action="store_true")
    parser.add_argument("--careless", action="store_true")
    told = parser.parse_args()
    if told.careless:
        be_careless()
    if told.restless:
        session._QUIET = 1
    typist = Typist(told.file)
    tell("open", told.first)
    typist.type(stack(told.seed, told.cells)[: told.last], told.first, told.seed + told.first)
    typist.close()
    tell("closed", typist.told)


if __name__ == "__main__":
    main()
