"""Every page and dialog of the window in its empty, normal and problem state, on the demonstration's data."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from judapp.domain.period import Period
from judapp.ui.session import Session, open_file
from judapp.ui.window import MainWindow

from .scenes_board import SCENES_BOARD
from .scenes_entry import SCENES_ENTRY
from .scenes_exchange import SCENES_EXCHANGE
from .scenes_import import SCENES_IMPORT
from .scenes_learning import SCENES_LEARNING, moved_outlook
from .scenes_system import SCENES_SYSTEM

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace

_PATIENCE = 20_000


@dataclass
class Stage:
    """A window and the files a scene may use; nothing here is anybody's own."""

    window: MainWindow
    demo: Path
    """A copy of the demonstration's data file that scenes change."""
    empty: Path
    """A new data file of Nghệ An."""
    sent: Path
    """A folder of workbooks as offices send them, one of them broken, two for one sheet."""

    def settle(self) -> None:
        """Wait until the worker is idle and everything it answered is on screen."""
        session = self.window.session
        loop = QEventLoop()
        timer = QTimer(interval=2)
        quiet = 0

        def look() -> None:
            nonlocal quiet
            quiet = 0 if session.busy else quiet + 1
            if quiet > 3:
                loop.quit()

        timer.timeout.connect(look)
        timer.start()
        limit = QTimer(singleShot=True, interval=_PATIENCE)
        limit.timeout.connect(lambda: loop.exit(1))
        limit.start()
        assert loop.exec() == 0, "the worker is still busy"

    def open(self, path: Path, period: str, unit: str) -> None:
        """Show a data file at a period and unit."""
        session = self.window.session
        if session.facts is None or session.facts.path != path:
            session.open(open_file(path))
            self.settle()
        at = Period.parse(period)
        found: list[str] = []
        session.ask(self.window, lambda w: w.unit(unit, at).uid, found.append, topic="scene")
        self.settle()
        session.go(at, found[0])
        self.settle()

    def page(self, name: str, **place: Any) -> QWidget:
        """Show a page and wait for it."""
        self.window.show_page(name, **place)
        self.settle()
        self.settle()
        return self.window

    def write(self, form: str, *assignments: str) -> None:
        """Type into the sheet of the period and unit shown."""
        session = self.window.session
        period, unit = session.period, session.unit

        def work(workspace: Workspace) -> Any:
            from judapp.app.entering import set_cells

            return set_cells(workspace, form, workspace.units[unit], period, assignments)[1]

        session.act(work)
        self.settle()


Scene = Callable[[Stage], QWidget]


def _start(stage: Stage) -> QWidget:
    stage.window.session.shut()
    stage.settle()
    return stage.window


def _start_problem(stage: Stage) -> QWidget:
    _start(stage)
    stage.window.start.open_path(Path(__file__))
    stage.settle()
    return stage.window


def _at(file: str, period: str, unit: str, page: str, **place: Any) -> Scene:
    def scene(stage: Stage) -> QWidget:
        stage.open(getattr(stage, file), period, unit)
        return stage.page(page, **place)

    return scene


def _wrong(stage: Stage) -> None:
    """One form with a wrong sum, a word for a number and a big change."""
    stage.open(stage.demo, "2023-Y", "40")
    stage.write("PL-STP", "[V.2]c1=90932", "[V.3]c1=12O")


def _checks_problem(stage: Stage) -> QWidget:
    _wrong(stage)
    return stage.page("checks")


def _home_problem(stage: Stage) -> QWidget:
    _wrong(stage)
    return stage.page("home")


def _import_read(stage: Stage) -> QWidget:
    stage.open(stage.demo, "2026-H1", "TH")
    return stage.page("import", paths=[stage.sent])


def _progress_tab(index: int) -> Scene:
    def scene(stage: Stage) -> QWidget:
        stage.open(stage.demo, "2024-H1", "40")
        stage.page("progress")
        page: Any = stage.window.pages["progress"]
        page.tabs.setCurrentIndex(index)
        stage.settle()
        return stage.window

    return scene


def _palette(stage: Stage) -> QWidget:
    stage.open(stage.demo, "2026-H1", "TH")
    stage.page("home")
    stage.window.ask_palette()
    stage.settle()
    found = stage.window._palette
    assert found is not None
    return found


def _periods(stage: Stage) -> QWidget:
    stage.open(stage.demo, "2026-H1", "TH")
    stage.window.context.pick_period()
    return stage.window.context.period_picker


def _units(stage: Stage) -> QWidget:
    stage.open(stage.demo, "2026-H1", "TH")
    stage.window.context.pick_unit()
    stage.settle()
    return stage.window.context.unit_picker


def _dialog(make: Callable[[Stage], QWidget]) -> Scene:
    def scene(stage: Stage) -> QWidget:
        made = make(stage)
        made.show()
        stage.settle()
        return made

    return scene


def _keys(stage: Stage) -> QWidget:
    from judapp.ui.dialogs import KeysDialog
    from judapp.ui.pages.entry_keys import card

    return KeysDialog(stage.window, card())


def _person(stage: Stage) -> QWidget:
    from judapp.ui.dialogs import PersonDialog

    return PersonDialog(stage.window, "Lan")


def _other_period(stage: Stage) -> QWidget:
    from judapp.ui.dialogs import OtherPeriodDialog

    return OtherPeriodDialog(stage.window, 2026)


def _crash(stage: Stage) -> QWidget:
    from judapp.ui.crash_dialog import CrashDialog

    try:
        raise ValueError("10b/TP/CC")
    except ValueError as error:
        return CrashDialog(stage.window, error, "10:24:07")


def _forms_page(stage: Stage) -> Any:
    stage.open(stage.demo, "2026-H1", "TH")
    stage.page("forms")
    page: Any = stage.window.pages["forms"]
    page.back()
    page.list.search.clear()
    stage.settle()
    return page


def _forms(stage: Stage) -> QWidget:
    _forms_page(stage)
    return stage.window


def _forms_nothing(stage: Stage) -> QWidget:
    page = _forms_page(stage)
    page.list.tree.go(("công chứng", "Thông tư 17/2025"))
    page.list.search.setText("12d")
    stage.settle()
    return stage.window


def _form(number: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        _forms_page(stage)
        return stage.page("forms", form=number)

    return scene


def _forms_compare(stage: Stage) -> QWidget:
    page = _forms_page(stage)
    line = next(line for line in page.catalogue.lines if line.number == "10b/TP/CC")
    page.open_versions(line.version)
    stage.settle()
    return stage.window


def _forms_faults(stage: Stage) -> QWidget:
    from judapp.ui.pages.forms_dialogs import FaultsDialog

    page = _forms_page(stage)
    faulty = stage.sent / "bieu.json"
    faulty.write_text('{"number": 10}', encoding="utf-8")
    page.add_form_file(faulty)
    stage.settle()
    return stage.window.findChildren(FaultsDialog)[-1]


def _forms_use(stage: Stage) -> QWidget:
    from judapp.ui.pages.forms_dialogs import UseDialog

    page = _forms_page(stage)
    line = next(line for line in page.catalogue.lines if line.number == "10b/TP/CC")
    page.form_acts.ask_use(line.version)
    stage.settle()
    dialog = stage.window.findChildren(UseDialog)[-1]
    dialog.year.setValue(2025)
    stage.settle()
    return dialog


def _forms_move(stage: Stage) -> QWidget:
    from judapp.ui.pages.forms_moving import MoveDialog

    return MoveDialog(stage.window, moved_outlook(stage.demo, stage.empty.parent))


SCENES: dict[str, Scene] = {
    "start": _start,
    "start-problem": _start_problem,
    "home-empty": _at("empty", "2026-H1", "40", "home"),
    "home": _at("demo", "2026-H1", "TH", "home"),
    "home-problem": _home_problem,
    "entry-empty": _at("empty", "2026-H1", "40", "entry"),
    "import-empty": _at("empty", "2026-H1", "40", "import"),
    "import": _import_read,
    "checks-empty": _at("empty", "2026-H1", "40", "checks"),
    "checks": _checks_problem,
    "export-empty": _at("empty", "2026-H1", "40", "export"),
    "export": _at("demo", "2026-H1", "TH", "export"),
    "progress-empty": _at("empty", "2026-H1", "40", "progress"),
    "progress": _progress_tab(0),
    "progress-indicators": _progress_tab(1),
    "progress-claims": _progress_tab(2),
    "progress-nation": _at("demo", "2024-H1", "VN", "progress"),
    "forms": _forms,
    "forms-nothing": _forms_nothing,
    "forms-printed": _form("10b/TP/CC"),
    "forms-printed-long": _form("PL-STP"),
    "forms-compare": _forms_compare,
    "forms-faults": _forms_faults,
    "forms-use": _forms_use,
    "forms-move": _dialog(_forms_move),
    "system": _at("demo", "2026-H1", "TH", "system"),
    "palette": _palette,
    "periods": _periods,
    "units": _units,
    "keys": _dialog(_keys),
    "person": _dialog(_person),
    "other-period": _dialog(_other_period),
    "crash": _dialog(_crash),
}
SCENES |= SCENES_LEARNING | SCENES_ENTRY | SCENES_IMPORT | SCENES_BOARD | SCENES_EXCHANGE | SCENES_SYSTEM
"""By name; in this order, because some change the data file others look at."""


@contextmanager
def stage(folder: Path, demo: Path, size: tuple[int, int]) -> Iterator[Stage]:
    """A window of ``size`` logical pixels with its files in ``folder``; the demonstration is copied."""
    from datetime import date

    from judapp.app.founding import new_file

    copy = Path(shutil.copy(demo, folder / "NgheAn.sqlite"))
    new_file(folder / "moi.sqlite", "40", date(2026, 6, 1)).close()
    sent = folder / "gui"
    shutil.copytree(demo.parent / "thuc-hanh", sent)
    (sent / "anh chup.xlsx").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    first = sorted(sent.glob("10b*.xlsx"))[0]
    shutil.copy(first, sent / "10b (sửa).xlsx")
    window = MainWindow(Session(who="Lan"))
    window.session.pause_after(1)  # nobody types on: what waits for a pause is waited for by no scene
    window.resize(*size)
    window.show()
    try:
        yield Stage(window, copy, folder / "moi.sqlite", sent)
    finally:
        window.close()
        shiboken6.delete(window)  # a style sheet set later would dress it all again
