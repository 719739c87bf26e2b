"""The entry page: blank, half filled, wrong, with a history, pasting, finding words, larger and smaller."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from judapp.ui.grid.clipboard import paste
from judapp.ui.pages.entry import EntryPage

if TYPE_CHECKING:
    from typing import Any

    from judapp.app.workspace import Workspace
    from tests.ui.scenes import Scene, Stage

_APPENDIX = "PL-STP"


def _show(
    stage: Stage, file: str, period: str, unit: str, form: str, row: str = "", column: str = ""
) -> EntryPage:
    """The page on a form, at a cell by the printed number of its row, as if it were opened now."""
    stage.open(getattr(stage, file), period, unit)
    stage.page("entry", form=form)
    page = stage.window.pages["entry"]
    assert isinstance(page, EntryPage)
    area = page.area
    area.grid.set_zoom(100)
    area.search.bar.leave()
    area.tools.layers["printed"].click()
    area.panel.setCurrentIndex(0)
    area.grid.setFocus()
    table = area.grid.sheet.table
    if row and table is not None:
        key = next(line.key for line in table.rows if row in (line.path, line.key))
        area.grid.go((table.key, key, column))
        _rested(stage, page)
    return page


def _rested(stage: Stage, page: EntryPage) -> None:
    """The panel tells of the active cell only after a moment; nobody waits for that here."""
    page.area.beside._ask()
    stage.settle()


def _at(
    file: str,
    period: str,
    unit: str,
    form: str,
    row: str = "",
    column: str = "",
    then: Callable[[Stage, EntryPage], QWidget | None] | None = None,
) -> Scene:
    """``then`` does something on the page, and gives what else is to be looked at."""

    def scene(stage: Stage) -> QWidget:
        page = _show(stage, file, period, unit, form, row, column)
        found = then(stage, page) if then is not None else None
        stage.settle()
        return found or stage.window

    return scene


def _half(stage: Stage) -> QWidget:
    stage.open(stage.empty, "2026-H1", "40")
    stage.write(
        _APPENDIX,
        "[I.1]c1=12",
        "[I.2]c1=-",
        "[III.1]c1=1234",
        "[III.2]c1=⊘",
        "[III.3]c1=..",
        "[III.4]c1=45+12",
        "[III.5]c1=1.203",
    )
    _show(stage, "empty", "2026-H1", "40", _APPENDIX, row="III.1", column="1")
    return stage.window


def _problem(stage: Stage) -> QWidget:
    """A wrong sum, a word for a number, a big change."""
    stage.open(stage.demo, "2023-Y", "40")
    stage.write(_APPENDIX, "[V.2]c1=90932", "[V.3]c1=12O")
    _show(stage, "demo", "2023-Y", "40", _APPENDIX, row="V.3", column="1")
    return stage.window


def _locked(stage: Stage) -> QWidget:
    stage.open(stage.demo, "2026-H1", "TH")
    session = stage.window.session
    period, unit = session.period, session.unit

    def work(workspace: Workspace) -> Any:
        from judapp.app.approving import submit

        return submit(workspace, "TH-13", workspace.units[unit], period)

    session.act(work)
    stage.settle()
    _show(stage, "demo", "2026-H1", "TH", "TH-13")
    return stage.window


def _estimates(stage: Stage) -> QWidget:
    page = _show(stage, *_OFFICES, row="I.1", column="5")
    table = page.area.grid.sheet.table
    assert table is not None
    rows = {line.path: line.key for line in table.rows}
    stage.write(
        _OFFICES[3],
        f"[{rows['I.1']}]c5=160000000+28945000",
        f"[{rows['I.2']}]c5=170000000+17204000",
        f"[{rows['I.1']}]c3=3000+565",
    )
    page.area.tools.layers["estimated"].click()
    stage.settle()
    return stage.window


def _history(stage: Stage, page: EntryPage) -> None:
    page.area.panel.setCurrentIndex(page.area.panel.count() - 1)


def _paste(stage: Stage, page: EntryPage) -> QWidget:
    rows = ("75.817\t72.010\t3.807", "7.811\t7.435\t376", "3.671\t1.23O\t106", "2.945\t2.753\tkhông rõ")
    QGuiApplication.clipboard().setText("\n".join(rows))
    page.area.grid.put(page.area.grid.sheet.index(0, 1))
    paste(page.area.grid)
    stage.settle()
    QGuiApplication.clipboard().clear()
    return stage.window.findChildren(QDialog)[-1]


def _find(stage: Stage, page: EntryPage) -> None:
    page.area.search.look()
    QTest.keyClicks(page.area.search.bar.field, "phong cong chung")


def _explain(stage: Stage, page: EntryPage) -> None:
    page.area.explain()


def _selected(stage: Stage, page: EntryPage) -> None:
    page.area.grid.extend_to(8, 4)


def _zoomed(percent: int) -> Callable[[Stage, EntryPage], None]:
    def zoom(stage: Stage, page: EntryPage) -> None:
        page.area.grid.set_zoom(percent)

    return zoom


_OFFICES = ("demo", "2025-H1", "TH", "12b/BTP/BTTP/CC")

SCENES_ENTRY: dict[str, Scene] = {
    "entry-blank": _at("empty", "2026-H1", "40", "10b/TP/CC"),
    "entry": _at("demo", "2026-H1", "TH", "10b/TP/CC", row="I.2", column="15"),
    "entry-12b": _at(*_OFFICES, row="I.1", column="4"),
    "entry-two-tables": _at("demo", "2024-Y", "TH", "17c/BTP/HTQTCT/CT"),
    "entry-11c": _at("demo", "2012-Y", "TH", "11c"),
    "entry-selection": _at(*_OFFICES, row="I.1", column="2", then=_selected),
    "entry-paste": _at(*_OFFICES, then=_paste),
    "entry-find": _at(*_OFFICES, then=_find),
    "entry-explain": _at(*_OFFICES, row="I.1", column="4", then=_explain),
    "entry-small": _at(*_OFFICES, row="I.1", column="4", then=_zoomed(70)),
    "entry-large": _at(*_OFFICES, row="I.1", column="4", then=_zoomed(200)),
    "entry-problem": _problem,
    "entry-history": _at("demo", "2023-Y", "40", _APPENDIX, row="V.2", column="1", then=_history),
    "entry-half": _half,
    "entry-estimates": _estimates,
    "entry-locked": _locked,
}
"""By name, for tests/ui/scenes.py; the first ones change nothing."""
