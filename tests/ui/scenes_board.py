"""Scenes of the board: nothing collected, nearly all there, much missing and wrong, its two dialogs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from PySide6.QtWidgets import QWidget

from judapp.app.adjusting import adjust_at
from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from tests import board_world as world

if TYPE_CHECKING:
    from .scenes import Scene, Stage


def _board(stage: Stage, on: date, **place: Any) -> Any:
    """The board as it is seen on a day."""
    with mock.patch("judapp.app.workspace.today", return_value=on):
        stage.page("import", tab="board", **place)
        stage.settle()
    page: Any = stage.window.pages["import"]
    return page.tabs.board


def _empty(stage: Stage) -> QWidget:
    stage.open(stage.empty, "2026-H1", "40")
    _board(stage, date(2026, 6, 12))
    return stage.window


def _many(*, alarming: bool) -> Scene:
    def scene(stage: Stage) -> QWidget:
        path = stage.demo.with_name("don-vi-nhieu.sqlite" if alarming else "don-vi.sqlite")
        if not path.exists():
            path.write_bytes(_drawn(alarming))
        stage.open(path, "2024-Y", "TH")
        board = _board(stage, world.YEAR_ON, filter="all")
        if alarming:
            wrong = next(line for line in board.view.board.lines if line.fits("wrong"))
            at = next(n for n, cell in enumerate(wrong.cells) if cell.errors)
            board.table.select(wrong.unit, board.view.board.forms[at].family)
            stage.settle()
        return stage.window

    return scene


@cache
def _drawn(alarming: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        world.many(path, alarming=alarming).close()
        return path.read_bytes()


def _offices(stage: Stage, name: str, change: Callable[[Workspace], object] | None = None) -> Any:
    path = stage.demo.with_name(f"cong-chung-{name}.sqlite")
    if not path.exists():
        with world.province(path) as workspace:
            if change is not None:
                change(workspace)
    stage.open(path, "2026-H1", "TH")
    return _board(stage, world.ON, filter="all")


def _typed_over(workspace: Workspace) -> None:
    from judapp.app.grid import reckoned

    own = world.head(workspace)
    version = workspace.version_for(world.ABOVE, world.H1)
    resolved = reckoned(workspace, version, own.uid, world.H1)
    rows = {row.unit: row.key for row in resolved.rows[""] if row.unit}
    first, second = (rows[office.uid] for office in world.offices(workspace)[:2])
    set_cells(workspace, world.ABOVE, own, world.H1, [f"[{first}]c2=50"])
    adjust_at(workspace, world.ABOVE, own, world.H1, f"[{second}]c1=-2", "Trùng hai công chứng viên")


def _rollup(stage: Stage) -> QWidget:
    board = _offices(stage, "tong", _typed_over)
    board.roll.click()
    stage.settle()
    return _last(board, "RollupDialog")


def _corrected(workspace: Workspace) -> None:
    world.hand_in(workspace)
    world.typed(workspace, world.offices(workspace)[1], {"c1": 99})


def _moved(stage: Stage) -> QWidget:
    board = _offices(stage, "sua", _corrected)
    board.acts.show_moved(board.view)
    stage.settle()
    return _last(board, "MovedDialog")


def _trace(stage: Stage) -> QWidget:
    from judapp.ui.pages.board_trace import show_trace

    board = _offices(stage, "tong", _typed_over)
    show_trace(board.session, board, world.ABOVE, board.view.board.head, world.H1, ("", "tong", "2"))
    stage.settle()
    return _last(stage.window, "TraceDialog")


def _last(board: QWidget, kind: str) -> QWidget:
    return [made for made in board.findChildren(QWidget) if type(made).__name__ == kind][-1]


SCENES_BOARD: dict[str, Scene] = {
    "board-empty": _empty,
    "board": _many(alarming=False),
    "board-alarming": _many(alarming=True),
    "board-rollup": _rollup,
    "board-moved": _moved,
    "board-trace": _trace,
}
