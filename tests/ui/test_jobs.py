"""Work happens away from the window's thread: in order, told in the window's thread, stopped at a step."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from judapp.ui.jobs import Cancelled, Task, Worker


def test_works_run_in_order_in_one_other_thread_and_answers_come_to_this_one(qtbot: QtBot) -> None:
    worker = Worker()
    here = threading.get_ident()
    seen: list[tuple[int, int, int]] = []
    for number in range(50):
        worker.order(
            partial(lambda number: (number, threading.get_ident()), number),
            lambda got: seen.append((*got, threading.get_ident())),
            lambda error: pytest.fail(repr(error)),
        )
    qtbot.waitUntil(lambda: not worker.busy)
    worker.close()
    assert [number for number, _, _ in seen] == list(range(50))
    assert {there for _, there, _ in seen} == {seen[0][1]} != {here}
    assert {told for _, _, told in seen} == {here}


def test_a_fault_of_a_work_is_told_and_the_next_work_runs(qtbot: QtBot) -> None:
    worker = Worker()
    told: list[Any] = []
    worker.order(lambda: 1 // 0, told.append, told.append)
    worker.order(lambda: "next", told.append, told.append)
    qtbot.waitUntil(lambda: not worker.busy)
    worker.close()
    assert isinstance(told[0], ZeroDivisionError)
    assert told[1] == "next"


def test_nothing_is_begun_while_the_window_shows_what_a_key_means(qtbot: QtBot) -> None:
    """The figure stands there first; the disk is next."""
    worker = Worker()
    begun: list[int] = []
    worker.give_way()
    worker.order(lambda: begun.append(1), lambda _: None, lambda error: pytest.fail(repr(error)))
    assert begun == []
    qtbot.waitUntil(lambda: begun == [1])
    worker.give_way()
    worker.close()  # waits for nothing any more


def test_closing_finishes_what_was_ordered() -> None:
    """What a person did last is written before the program ends."""
    worker = Worker()
    done: list[int] = []
    for number in range(20):
        worker.order(partial(done.append, number), lambda _: None, lambda _: None)
    worker.close()
    assert done == list(range(20))


def test_a_task_reports_and_ends_at_the_step_after_it_was_cancelled(qtbot: QtBot) -> None:
    task = Task()
    steps: list[tuple[int, int, str]] = []
    task.stepped.connect(lambda *step: steps.append(step))
    task.step(1, 3, "a.xlsx")
    task.cancel()
    with pytest.raises(Cancelled):
        task.step(2, 3, "b.xlsx")
    assert steps == [(1, 3, "a.xlsx")]


def test_steps_do_not_flood_the_window(qtbot: QtBot) -> None:
    task = Task()
    steps: list[int] = []
    task.stepped.connect(lambda done, total, name: steps.append(done))
    for number in range(10_000):
        task.step(number, 10_000, "x")
    task.step(10_000, 10_000, "x")
    assert steps[-1] == 10_000
    assert len(steps) < 200
