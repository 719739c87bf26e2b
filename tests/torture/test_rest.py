"""At rest: the log goes into the file after a minute of quiet, a closed file is one, undo outlives a kill."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from judapp.app.workspace import Workspace
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from judapp.ui import session as sessions
from tests.torture.killing import Death, command, copy_as_killed, figures, run_and_kill, states
from tests.torture.paper import COUNTS, new_file, stack
from tests.torture.typist import Typist
from tests.ui.conftest import collected_here, fresh_settings

__all__ = ["collected_here", "fresh_settings"]

SitDown = Callable[[Path], Typist]


@pytest.fixture
def sit_down(qapp: QApplication) -> Iterator[SitDown]:
    """Opens a window on a file; it is closed with the test at the latest."""
    made: list[Typist] = []

    def open_it(path: Path) -> Typist:
        made.append(Typist(path))
        return made[-1]

    yield open_it
    for typist in made:
        typist.window.close()


def is_one(path: Path) -> bool:
    """One file, in DELETE mode (bytes 18 and 19 of the header say so)."""
    return path.read_bytes()[18:20] == b"\1\1" and not any(part.exists() for part in companions(path))


def test_after_a_minute_of_quiet_the_file_alone_has_everything(
    monkeypatch: pytest.MonkeyPatch, place: Path, tmp_path: Path, sit_down: SitDown
) -> None:
    """Promise 10: what a person copies while the window is open and quiet is whole."""
    assert sessions._QUIET == 60_000
    monkeypatch.setattr(sessions, "_QUIET", 1)
    new_file(place).close()
    typist = sit_down(place)
    log = companions(place)[0]
    steps = stack(5, 30)
    for step in steps:
        typist.do(step)
    typist.until(lambda: not typist.session.writing and log.exists() and not log.stat().st_size)
    copy = Path(shutil.copy(place, tmp_path / "copy.sqlite"))
    typist.close()
    for path in (copy, place):
        with Workspace.open(path) as workspace:
            assert figures(workspace) == states(steps)[-1]
            assert verify(workspace.file, deep=True) == []


def test_the_window_closes_with_what_stands_in_the_editor_and_what_is_on_its_way(
    place: Path, sit_down: SitDown
) -> None:
    """Closing keeps what was typed last, without Enter, and leaves one file."""
    new_file(place).close()
    typed = sit_down(place)
    steps = stack(7, 40)
    for step in steps:
        typed.do(step)
    grid = typed.page.area.grid
    left = COUNTS[-1]
    grid.go(left)
    for sign in "424242":
        QTest.keyClick(grid.cells.editor or grid, Qt.Key(ord(sign)))
    typed.window.close()
    assert is_one(place)
    with Workspace.open(place, read_only=True) as workspace:
        assert figures(workspace) == {**states(steps)[-1], left: 424_242}
    assert is_one(place)


def test_what_was_typed_before_a_kill_is_taken_back_in_the_next_window(
    place: Path, tmp_path: Path, sit_down: SitDown
) -> None:
    """The list of steps is there with its names, Ctrl+Z and Ctrl+Y go on where the killed window was."""
    new_file(place).close()
    steps = stack(8, 60)
    told = run_and_kill(command(place, 8, 60, 0), 0, Death(30, 0.005), tmp_path / "errors.txt")
    with Workspace.open(copy_as_killed(place, tmp_path / "killed.sqlite")) as workspace:
        acts = int(workspace.file.meta("ops") or "") - 1
    assert acts >= told.saved > 3
    known = states(steps)
    typist = sit_down(place)
    typist.until(lambda: not typist.session.busy)
    labels = [step.label for step in typist.session.undoable]
    assert len(labels) == min(20, acts)
    for back in (1, 2, 3):
        QTest.keyClick(typist.page.area.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        typist.until(lambda: not typist.session.busy)
        assert [step.label for step in typist.session.undoable][: len(labels) - back] == labels[back:]
        for key in steps[acts - back].texts:
            shown = typist.page.area.grid.sheet.index_of(key).data()
            assert shown.replace(".", "") == str(known[acts - back].get(key, ""))
    QTest.keyClick(typist.page.area.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    typist.close()
    with Workspace.open(place) as workspace:
        assert figures(workspace) == known[acts - 2]
        assert verify(workspace.file, deep=True) == []
