"""From the start of the program to its first paint and to the first key typed, beside a bare window."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time() - float(os.environ["STARTED"]), flush=True)
        os._exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1280, 760)
window.show()
app.exec()
"""

PAINT = """
import gc, os, sys, time
gc.disable()  # as judapp.cli does before it opens the window
from judapp.ui import app as starting
from judapp.ui.window import MainWindow
class Window(MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time() - float(os.environ["STARTED"]), flush=True)
        os._exit(0)
starting.MainWindow = Window
from pathlib import Path
starting.run(Path(sys.argv[1]))
"""

TYPE = """
import gc, os, sys, time
gc.disable()  # as judapp.cli does before it opens the window
from pathlib import Path
from judapp.ui import app as starting
from PySide6.QtCore import QEvent, QTimer
from judapp.ui.window import MainWindow
class Window(MainWindow):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.session.opened.connect(self.enter)
        self.timer = QTimer(self, interval=1)
        self.timer.timeout.connect(self.look)
        self.timer.start()
    def enter(self):
        from judapp.domain.period import Period
        self.session.go(period=Period(2025, "H1"))
        self.session.show("entry", form="12b/BTP/BTTP/CC")
    def look(self):
        page = self.pages.get("entry")
        if page is not None and page.view is not None and page.area.grid.hasFocus():
            self.timer.stop()
            page.area.grid.viewport().installEventFilter(self)
            page.area.grid.viewport().update()
    def eventFilter(self, grid, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self.ready)
        return False
    def ready(self):
        print(time.time() - float(os.environ["STARTED"]), flush=True)
        os._exit(0)
starting.MainWindow = Window
from judapp.ui.settings import settings
settings().setValue("page", "entry")
starting.run(Path(sys.argv[1]))
"""


def seconds(code: str, file: Path, home: Path) -> float:
    """From spawning Python to what ``code`` prints."""
    env = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),  # an installed program is compiled; so is PySide6 here
        "STARTED": repr(time.time()),
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], env=env, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    demo = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build/demo/demo.sqlite"
    if not demo.exists():
        raise SystemExit("first: python3 dev.py demo --no-window")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        file = Path(shutil.copy(demo, home / "demo.sqlite"))
        codes = {"a bare window": BARE, "first paint": PAINT, "ready to type": TYPE}
        taken: dict[str, list[float]] = {what: [] for what in codes}
        for code in codes.values():
            seconds(code, file, home)  # compiles
        for _ in range(RUNS):
            for what, code in codes.items():
                taken[what].append(seconds(code, file, home))
    bare = statistics.median(taken["a bare window"])
    for what, found in taken.items():
        middle = statistics.median(found)
        print(f"{what:<20}{middle * 1000:8.0f} ms{middle / bare:8.2f} ×")


if __name__ == "__main__":
    main()
