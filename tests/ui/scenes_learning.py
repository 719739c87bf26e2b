"""The guided page "Thêm biểu mẫu từ tệp trống" in every state it can be in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.pages.learning import LearnPane
from tests.learned_case import draw_blank

if TYPE_CHECKING:
    from tests.ui.scenes import Scene, Stage

_BLANKS = Path(__file__).parents[1] / "data" / "blanks"
_RAIL, _ABOVE_AND_BELOW = 52, 74
"""What navigation, context bar and status bar take of the window."""


def _pane(stage: Stage, name: str, **how: bool) -> tuple[QWidget, LearnPane]:
    """The page as wide as in the window, with a blank read."""
    stage.open(stage.empty, "2026-H1", "40")
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(theme.PAD, 8, theme.PAD, 12)
    pane = LearnPane(stage.window.session)
    column.addWidget(pane)
    host.resize(stage.window.width() - _RAIL, stage.window.height() - _ABOVE_AND_BELOW)
    host.show()
    pane.open_blank(draw_blank(stage.empty.parent / name, **how))
    stage.settle()
    return host, pane


def _looked(stage: Stage) -> QWidget:
    return _pane(stage, "99b.xlsx")[0]


def _problems(stage: Stage) -> QWidget:
    host, pane = _pane(stage, "99b hai cột (3).xlsx", twice=True, groups=True)
    pane.edit("$.title", "")
    pane.look.parts.go_to("$.tables[0].columns[2]", edit=True)
    stage.settle()
    return host


def _old(stage: Stage) -> QWidget:
    host, pane = _pane(stage, "99b.xlsx")
    pane.open_blank(_BLANKS / "13a-2013.ods")
    stage.settle()
    return host


def _tried(stage: Stage) -> QWidget:
    host, pane = _pane(stage, "99b.xlsx")
    pane.try_out()
    assert pane.trial.view is not None  # shown
    table = pane.trial.view.tables[0]
    row = table.rows[1].key
    pane.trial.grid.entered.emit({("", row, "2"): "12", ("", row, "3"): "7", ("", row, "4"): "3"})
    pane.trial.grid.go(("", row, "2"))
    stage.settle()
    return host


def _refused(stage: Stage) -> QWidget:
    return _pane(stage, "99b.xlsx", filled=True)[0]


SCENES_LEARNING: dict[str, Scene] = {
    "learning": _looked,
    "learning-problems": _problems,
    "learning-ods": _old,
    "learning-trial": _tried,
    "learning-refused": _refused,
}
"""By name, for tests/ui/scenes.py."""
