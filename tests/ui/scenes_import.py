"""Scenes of the page Nhập tệp: every state a file can be in, on workbooks as offices send them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tests.import_world import founded

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace

    from .scenes import Stage

SENT = Path(__file__).parents[1] / "data" / "import"


def world(stage: Stage) -> Path:
    """The data file of a made-up province, without figures."""
    path = stage.empty.parent / "tinh bia.sqlite"
    if not path.exists():
        founded(path).close()
    return path


def _read(stage: Stage, period: str, *names: str, look: str = "") -> Any:
    """The page with files of the folder read, the one whose name begins with ``look`` shown."""
    from judapp.domain.period import Period
    from judapp.ui.session import open_file

    session = stage.window.session
    path = world(stage)
    if session.facts is None or session.facts.path != path:
        session.open(open_file(path))
        stage.settle()
    session.go(Period.parse(period))
    stage.settle()
    stage.page("import")
    page: Any = stage.window.pages["import"]
    page.dismiss()
    page.marked.job.hide()  # where the scene before showed it at work
    stage.settle()
    stage.page("import", paths=[SENT / name for name in names])
    if look:
        page.table.select(next(row.position for row in page.rows if row.name.startswith(look)))
        stage.settle()
    return page


def _reads(period: str, *names: str, look: str = "") -> Callable[[Stage], QWidget]:
    def scene(stage: Stage) -> QWidget:
        _read(stage, period, *names, look=look)
        return stage.window

    return scene


def _cells_out(stage: Stage) -> QWidget:
    page = _read(stage, "2012-Y", "tidy-11a.xlsx")
    sheet = page.panel._sheet
    key = next(key for key in sheet.sources if key in sheet.written)
    page.decider.leave(page.rows[0].position, sheet.sources[key], True)
    stage.settle()
    page.panel.grid.go_to(key)
    page.panel.grid.setFocus()
    stage.settle()
    return stage.window


def _applied(stage: Stage) -> QWidget:
    page = _read(stage, "2018-Y", "tidy-13a.xlsx", "picture.xlsx")
    page.apply()
    stage.settle()
    stage.settle()
    return stage.window


def _minutes(stage: Stage) -> QWidget:
    from judapp.ui.pages.importing_minutes import MinutesDialog

    _applied(stage)
    found: list[Any] = []

    def work(workspace: Workspace) -> Any:
        from judapp.app.minutes import last_imports, minutes
        from judapp.app.minutes_out import minutes_facts

        kept = minutes(workspace, last_imports(workspace, 1)[0].op)
        return kept, minutes_facts(kept, "vi")

    stage.window.session.ask(stage.window, work, found.append, topic="scene")
    stage.settle()
    stage.window.session.undo()
    stage.settle()
    dialog = MinutesDialog(stage.window, *found[0])
    dialog.show()
    stage.settle()
    return dialog


def _columns(name: str, form: str, period: str) -> Callable[[Stage], QWidget]:
    def scene(stage: Stage) -> QWidget:
        from judapp.app.import_columns import ColumnStudy, column_study
        from judapp.ui.pages.importing_columns import ColumnsDialog

        page = _read(stage, period, name)
        found: list[ColumnStudy] = []
        candidate = page.found[0]
        stage.window.session.ask(
            stage.window, lambda w: column_study(w, candidate, form), found.append, topic="scene"
        )
        stage.settle()
        dialog = ColumnsDialog(stage.window, found[0], name, remember=False)
        dialog.show()
        stage.settle()
        return dialog

    return scene


def _progress(stage: Stage) -> QWidget:
    from judapp.ui.jobs import Task

    page = _read(stage, "2018-Y", "tidy-13a.xlsx")
    task = Task(page)
    page.job.read(task)
    begun = time.monotonic() - 4.2
    page.job._left._first = (begun, 1)
    page.job._step(84, 164, "Tan Ky.xls")
    page.foot.hide()
    return stage.window


def _marked(stage: Stage) -> QWidget:
    """Marked copies being written for the senders."""
    from judapp.ui.jobs import Task
    from judapp.ui.texts import t

    page = _read(stage, "2012-Y", "total-wrong.xlsx", "tidy-11a.xlsx")
    task = Task(page)
    page.marked.job.follow(task, t("MRK-writing"))
    task.stepped.emit(1, 2, "total-wrong.xlsx")
    stage.settle()
    return stage.window


def _sent(stage: Stage) -> QWidget:
    """A correction of what the province has sent already."""
    from tests import board_world

    path, file = stage.empty.parent / "da gui.sqlite", stage.empty.parent / "sua.xlsx"
    with board_world.province(path) as workspace:
        board_world.hand_in(workspace)
        cells = board_world.figures(1) | {"c3": 41, "c2": 43}
        board_world.sent(workspace, board_world.offices(workspace)[0], cells, file)
    stage.open(path, "2026-H1", "TH")
    return stage.page("import", paths=[file])


SCENES_IMPORT = {
    "import-unit": _reads("2024-Y", "unit-former.xlsx"),
    "import-form": _reads("2018-Y", "number-missing-13a.xlsx", "no-form.xlsx"),
    "import-mapping": _reads("2018-Y", "codes-missing.xlsx", "one-code-missing.xlsx", "columns-swapped.xlsx"),
    "import-columns": _columns("columns-swapped.xlsx", "17a/BTP/HTQTCT/CT", "2024-Y"),
    "import-columns-codes": _columns("one-code-missing.xlsx", "13a/BTP/HTQTCT/HT", "2018-Y"),
    "import-rivals": _reads("2024-Y", "duplicate", look="Nghi Loc"),
    "import-same": _reads("2024-Y", "same-bytes"),
    "import-points": _reads("2024-Y", "text-ambiguous.xlsx"),
    "import-thousands": _reads("2026-H1", "thousands-said.xlsx", "thousands-not-said.xlsx"),
    "import-letters": _reads("2012-Y", "tcvn3-11a.xlsx"),
    "import-totals": _reads("2012-Y", "total-wrong.xlsx"),
    "import-marked": _marked,
    "import-cells-out": _cells_out,
    "import-alike": _reads("2024-Y", "unit-alike.xlsx"),
    "import-sent": _sent,
    "import-progress": _progress,
    "import-applied": _applied,
    "import-minutes": _minutes,
}
