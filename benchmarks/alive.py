"""How long the window is ever held up while the files of 130 communes are read, previewed and imported."""

from __future__ import annotations

import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from judapp.app.entering import set_cells
from judapp.app.paper import write_form
from judapp.app.practice import practice_file
from judapp.domain.period import Period
from judapp.domain.unit import COMMUNE

FILES = 130
FORM, PERIOD = "13a/BTP/HTQTCT/HT", Period(2018, "Y")
BEAT = 2
"""Milliseconds between two beats of the timer that tells how late the event loop is."""


def make_files(folder: Path) -> tuple[Path, Path]:
    """A practice file without figures, and a folder with a filled form of each of 130 communes."""
    chance = random.Random(1)
    empty, sent = folder / "a.sqlite", folder / "gui"
    practice_file(empty, figures=False).close()
    with practice_file(folder / "b.sqlite", figures=False) as source:
        day = PERIOD.last_day
        communes = [u for u in source.units if u.kind == COMMUNE and source.units.state(u.uid, day)]
        for number, unit in enumerate(communes[:FILES]):
            version = source.version_for(FORM, PERIOD)
            plan = source.plan(version.form, unit.uid, PERIOD)
            cells = [key for key in plan.spots if key not in plan.computed]
            values = [f"[{row}]c{col}={chance.randrange(500)}" for _, row, col in cells]
            set_cells(source, FORM, unit, PERIOD, values)
            stored, resolved = (
                source.stored(version.id, unit.uid, PERIOD),
                source.resolved(version.id, unit.uid, PERIOD),
            )
            assert stored is not None
            assert resolved is not None
            write_form(source, stored, resolved, sent / f"{number:03}.xlsx")
    return empty, sent


class Pulse:
    """Beats as often as the event loop lets it, and remembers the longest pauses."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.gaps: list[float] = []
        self.timer = QTimer(interval=BEAT)
        self.timer.timeout.connect(self.beat)
        self.timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self.last) * 1000)
        self.last = now

    def told(self, what: str) -> None:
        found = sorted(self.gaps)
        seconds = sum(found) / 1000
        late = found[-1] if found else 0.0
        usual = found[len(found) * 99 // 100] if found else 0.0
        print(f"{what:<34}{seconds:7.2f} s   longest pause{late:7.1f} ms   99 %{usual:6.1f} ms")
        self.gaps.clear()


def wait(until: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    loop.exec()


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = name
        from judapp.ui.app import make_application
        from judapp.ui.session import Session, open_file
        from judapp.ui.window import MainWindow

        file, sent = make_files(Path(name))
        app = make_application()
        window = MainWindow(Session(who="đo"))
        window.resize(1366, 697)
        window.show()
        session = window.session
        session.open(open_file(file))
        wait(lambda: session.facts is not None and not session.busy)
        session.go(period=PERIOD)
        window.show_page("import")
        wait(lambda: not session.busy)
        pulse = Pulse()
        window.show_page("import", paths=[sent])
        wait(lambda: not session.busy)
        pulse.told(f"{FILES} files read and previewed")
        page = window.pages["import"]
        page.apply()  # type: ignore[attr-defined]  # the import page has it
        wait(lambda: not session.busy)
        pulse.told("applied as one operation")
        window.show_page("home")
        wait(lambda: not session.busy)
        pulse.told("home shown afterwards")
        window.close()
        app.quit()


if __name__ == "__main__":
    sys.exit(main())
