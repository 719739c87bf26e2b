"""The session: what is asked comes back as plain data, what is written is told saved only when it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.ui.jobs import Task
from judapp.ui.session import Session, open_file

HALF = Period(2024, "H1")


@pytest.fixture
def at_work(qtbot: QtBot, session: Session, demo: Path) -> Session:
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.open(open_file(demo))
    session.go(period=HALF)
    return session


def settled(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.busy, timeout=20_000)


def type_in(value: str) -> Any:
    def work(workspace: Workspace) -> Any:
        return set_cells(workspace, "PL-STP", workspace.unit("40", HALF), HALF, [f"[VI.1]c1={value}"])[1]

    return work


def stored(session: Session, qtbot: QtBot) -> int | None:
    found: list[int | None] = []

    def work(workspace: Workspace) -> int | None:
        version = workspace.version_for("PL-STP", HALF)
        resolved = workspace.resolved(version.id, workspace.unit("40", HALF).uid, HALF)
        assert resolved is not None
        return resolved["", "VI.1", "1"].figure.value

    session.ask(session, work, found.append, topic="stored")
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_opening_tells_what_the_file_is(at_work: Session, demo: Path) -> None:
    assert at_work.facts is not None
    assert at_work.facts.path == demo
    assert at_work.facts.practice
    assert at_work.unit


def test_a_file_that_does_not_open_leaves_the_former_one_open(
    qtbot: QtBot, at_work: Session, tmp_path: Path
) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"no database")
    told: list[JudappError] = []
    at_work.open(open_file(tmp_path / "x.sqlite"), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "DBF-006"
    assert stored(at_work, qtbot) == 81452


def test_saved_is_told_only_after_the_commit_and_undo_brings_back_what_was(
    qtbot: QtBot, at_work: Session
) -> None:
    """Promise 4: "Đã lưu" appears only after the commit returned."""
    before = stored(at_work, qtbot)
    order: list[str] = []
    at_work.saving.connect(lambda: order.append("saving"))
    at_work.saved.connect(lambda at: order.append("saved"))
    at_work.act(type_in("7"), lambda _: order.append("then"))
    assert order == ["saving"]
    assert at_work.writing
    settled(qtbot, at_work)
    assert order == ["saving", "saved", "then"]
    assert stored(at_work, qtbot) == 7
    assert "PL-STP" in at_work.undoable[0].label
    with qtbot.waitSignal(at_work.changed):
        at_work.undo()
    settled(qtbot, at_work)
    assert stored(at_work, qtbot) == before
    assert at_work.redoable is not None
    at_work.redo()
    settled(qtbot, at_work)
    assert stored(at_work, qtbot) == 7


def test_acts_are_written_in_the_order_they_were_asked_for(qtbot: QtBot, at_work: Session) -> None:
    for value in ("1", "2", "3"):
        at_work.act(type_in(value))
    settled(qtbot, at_work)
    assert stored(at_work, qtbot) == 3


def test_an_act_that_fails_is_told_and_says_nothing_of_saved(qtbot: QtBot, at_work: Session) -> None:
    def work(workspace: Workspace) -> Any:
        return set_cells(workspace, "PL-STP", workspace.unit("40", HALF), HALF, ["[XX]c1=1"])[1]

    saved: list[object] = []
    at_work.saved.connect(saved.append)
    with qtbot.waitSignal(at_work.failed) as told:
        at_work.act(work)
    assert told.args is not None
    assert told.args[0].code.startswith("ADR")
    assert saved == []


def test_only_the_newest_question_of_an_owner_is_answered(qtbot: QtBot, at_work: Session) -> None:
    """A page that asked anew never shows the answer to its older question."""
    owner = QObject()
    seen: list[int] = []
    for number in range(5):
        at_work.ask(owner, partial(lambda number, _: number, number), seen.append, topic="x")
    settled(qtbot, at_work)
    assert seen == [4]


def test_an_owner_that_is_gone_is_not_answered(qtbot: QtBot, at_work: Session) -> None:
    import shiboken6

    owner = QObject()
    seen: list[int] = []
    at_work.ask(owner, lambda _: 1, seen.append)
    shiboken6.delete(owner)
    settled(qtbot, at_work)
    assert seen == []


def test_a_fault_of_ours_reaches_the_crash_dialog(qtbot: QtBot, at_work: Session) -> None:
    with qtbot.waitSignal(at_work.broken) as told:
        at_work.ask(at_work, lambda _: dict[str, int]()["nothing"], lambda _: None, topic="fault")
    assert told.args is not None
    assert isinstance(told.args[0], KeyError)


def test_long_work_can_be_stopped_and_says_so(qtbot: QtBot, at_work: Session) -> None:
    import threading

    at_it, go_on = threading.Event(), threading.Event()

    def work(_: Workspace, task: Task) -> str:
        at_it.set()
        go_on.wait(10)
        task.step(1, 2, "a")
        return "done"

    ended: list[str] = []
    task = at_work.long(work, ended.append, cancelled=lambda: ended.append("stopped"))
    qtbot.waitUntil(at_it.is_set)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["stopped"]


def test_closing_leaves_one_file(qtbot: QtBot, looks: object, demo: Path) -> None:
    """Promise 10: a closed file is one file, safe to copy."""
    made = Session(who="Lan")
    with qtbot.waitSignal(made.opened, timeout=20_000):
        made.open(open_file(demo))
    made.go(period=HALF)
    made.act(type_in("5"))
    made.close()
    assert [path.name for path in demo.parent.glob("demo.sqlite*")] == ["demo.sqlite"]
    with Workspace.open(demo, read_only=True) as workspace:
        assert workspace.file.row("select who from op order by id desc limit 1")[0] == "Lan"


def test_what_can_wait_is_done_once_typing_pauses_and_only_once(qtbot: QtBot, session: Session) -> None:
    """Typing is never held up by what nobody looks at meanwhile; whoever waits for quiet waits for it too."""
    done: list[str] = []
    session.pause_after(20)
    session.in_pause("steps", lambda: done.append("older"))
    session.in_pause("steps", lambda: done.append("steps"))
    session.in_pause("sheet", lambda: done.append("sheet"), pauses=3)
    assert session.busy
    assert session.stirring
    session.stir()
    assert done == []
    qtbot.waitUntil(lambda: done == ["steps"])
    assert session.stirring
    qtbot.waitUntil(lambda: done == ["steps", "sheet"])
    assert not session.stirring


def test_what_waited_is_dropped_with_the_file(qtbot: QtBot, at_work: Session) -> None:
    done: list[int] = []
    at_work.pause_after(60_000)
    at_work.in_pause("x", lambda: done.append(1))
    at_work.shut()
    settled(qtbot, at_work)
    assert done == []
