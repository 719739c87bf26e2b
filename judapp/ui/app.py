"""Starting the window: paint first, load what is heavy afterwards, in the worker."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from judapp import __version__
from judapp.ui import crash, fonts, texts, theme
from judapp.ui.garbage import GarbageCollector
from judapp.ui.session import Session
from judapp.ui.settings import recent_files, settings
from judapp.ui.window import MainWindow


def make_application() -> QApplication:
    """The Qt application with font, style and the remembered language and theme."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("judapp")
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    theme.theme().family = fonts.load()
    app.setFont(theme.font(13))
    kept = settings()
    texts.speak(str(kept.value("language", "vi")))
    choices: dict[str, theme.Choice] = {"light": "light", "dark": "dark", "contrast": "contrast"}
    theme.theme().apply(app, choices.get(str(kept.value("theme")), "system"))
    return app


def person() -> str:
    """Who works here: the name given last, else who is logged in."""
    import getpass

    try:
        return str(settings().value("who", "")) or getpass.getuser()
    except (OSError, KeyError):
        return "?"


def run(file: Path | None = None) -> int:
    """Open the window, with the data file ``file`` or the one opened last; the program's exit code."""
    crash.quiet_qt()
    app = make_application()
    collector = GarbageCollector(app)
    while True:
        first = file or next(iter(recent_files()), None)
        window = MainWindow(Session(who=person()), expecting=first is not None)
        hook = crash.CrashHook(window.broke)
        window.restore()
        window.painted.connect(partial(_after_first_paint, window, first))
        window.show()
        code = app.exec()
        hook.remove()
        if not window.restart_asked:
            collector.stop()
            return code
        file = None
        window.deleteLater()


def _after_first_paint(window: MainWindow, file: Path | None) -> None:
    window.speak_qt()
    if file is not None:
        window.open_path(file)
