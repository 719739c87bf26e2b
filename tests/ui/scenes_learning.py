"""The guided page "Thêm biểu mẫu từ tệp trống" in every state it can be in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from judapp.app.forms_moving import MoveOutlook, move_outlook
from judapp.app.learn_edit import remove
from judapp.app.versions import edit_form, use_from
from judapp.app.workspace import Workspace
from judapp.domain.learned import Learned
from judapp.domain.period import Period
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
    host, pane = _host(stage)
    pane.open_blank(draw_blank(stage.empty.parent / name, **how))
    stage.settle()
    return host, pane


def _host(stage: Stage) -> tuple[QWidget, LearnPane]:
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(theme.PAD, 8, theme.PAD, 12)
    pane = LearnPane(stage.window.session)
    column.addWidget(pane)
    host.resize(stage.window.width() - _RAIL, stage.window.height() - _ABOVE_AND_BELOW)
    host.show()
    return host, pane


def _edited(stage: Stage, number: str) -> tuple[QWidget, LearnPane]:
    """A version of the demonstration's catalogue on the page."""
    stage.open(stage.demo, "2026-H1", "TH")
    host, pane = _host(stage)
    found: list[int] = []
    session = stage.window.session
    session.ask(
        host,
        lambda w: next(v.id for v in w.versions.values() if v.form.number == number),
        found.append,
        topic="scene",
    )
    stage.settle()
    pane.open_version(found[0], number)
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


def _edit(stage: Stage) -> QWidget:
    return _edited(stage, "10b/TP/CC")[0]


def _edit_changed(stage: Stage) -> QWidget:
    """A column came in the middle, a relation was typed that names a column there is not."""
    host, pane = _edited(stage, "10b/TP/CC")
    pane.insert("$.tables[0].columns[1].children[1].children[0]")
    pane.edit("$.tables[0].columns[1].children[1].children[1].label", "Hợp đồng về quyền sử dụng đất ở")
    pane.edit("$.relations[+]", "c2 <= c99")
    pane.edit("$.title", "SỐ TỔ CHỨC HÀNH NGHỀ VÀ KẾT QUẢ HOẠT ĐỘNG CÔNG CHỨNG")
    pane.look.begin()
    stage.settle()
    return host


def _edit_incomplete(stage: Stage) -> QWidget:
    host, pane = _edited(stage, "24/BTP/TGPL")
    pane.look.parts.go_to("$.evidence.open[0]")
    stage.settle()
    return host


def _edit_version(stage: Stage) -> QWidget:
    from judapp.ui.pages.learning_save import EditSaver, VersionDialog

    host, pane = _edited(stage, "10b/TP/CC")
    pane.edit("$.title", "TÊN MỚI")
    assert pane.study is not None  # open
    saver = EditSaver(stage.window, stage.window.session)
    saver.save(pane.study)
    stage.settle()
    host.close()
    return stage.window.findChildren(VersionDialog)[-1]


def moved_outlook(demo: Path, folder: Path) -> MoveOutlook:
    """What moving sheets to a version without two of the columns would do, on a copy of the demonstration."""
    copy = Path(shutil.copy(demo, folder / "chuyen.sqlite"))
    period = Period(2026, "H1")
    with Workspace.open(copy) as workspace:
        old = next(v for v in workspace.versions.values() if v.form.number == "10b/TP/CC")
        rules: dict[str, tuple[()]] = {"relations": (), "computed": (), "rollup": (), "provides": ()}
        form = replace(old.form, valid_from=workspace.reporting_day(old.form, period), **rules)
        learned = Learned(form, "", {}, (), ())
        for path in ("$.tables[0].columns[0]", "$.tables[0].columns[0].children[0].children[0]"):
            learned = remove(learned, path)
        form = learned.form
        edit_form(workspace, old.id, form)
        new = max(workspace.versions)
        use_from(workspace, new, period)
        return move_outlook(workspace, old.id, new)


SCENES_LEARNING: dict[str, Scene] = {
    "learning": _looked,
    "learning-problems": _problems,
    "learning-ods": _old,
    "learning-trial": _tried,
    "learning-refused": _refused,
    "learning-edit": _edit,
    "learning-edit-changed": _edit_changed,
    "learning-edit-incomplete": _edit_incomplete,
    "learning-edit-version": _edit_version,
}
"""By name, for tests/ui/scenes.py."""
