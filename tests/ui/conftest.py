"""A window for tests: the real application set-up, settings thrown away, worker ended with the test."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.pages.base import Page
from judapp.ui.session import Session, open_file
from judapp.ui.window import MainWindow

Opened = Callable[..., MainWindow]


@pytest.fixture(scope="module", autouse=True)
def collected_here() -> Iterator[None]:
    """As in the program: garbage is collected in the window's thread, never in the worker's."""
    gc.collect()
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def fresh_settings(throwaway_home: Path) -> Iterator[None]:
    """No test sees what another one made the window remember, nor what a person's window remembers."""
    from PySide6.QtCore import QStandardPaths

    from judapp.ui.settings import settings

    QStandardPaths.setTestModeEnabled(True)  # Windows asks no environment variable for its folders
    settings().clear()
    yield
    settings().clear()


@pytest.fixture
def looks(qapp: QApplication) -> QApplication:
    """The application as the program sets it up: fonts, theme, Vietnamese."""
    from judapp.ui.app import make_application

    return make_application()


@pytest.fixture
def session(qtbot: QtBot, looks: QApplication) -> Iterator[Session]:
    """A session without a data file; its worker ends with the test."""
    made = Session(who="Lan")
    made.pause_after(1)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    """The window without a data file, 1366 × 697 as on the smallest usual screen."""
    made = MainWindow(session)
    made.resize(1366, 697)
    made.show()
    qtbot.waitExposed(made)
    yield made
    settle(qtbot, session)
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> Opened:
    """Opens a data file in the window: ``opened(path, period="2024-H1", unit="40")``, and waits for it."""

    def open_it(path: Path, period: str = "", unit: str = "") -> MainWindow:
        with qtbot.waitSignal(window.session.opened, timeout=20_000):
            window.session.open(open_file(path))
        if period:
            window.session.go(period=Period.parse(period))
        if unit:
            found: list[str] = []
            at = window.session.period
            window.session.ask(window, lambda w: w.unit(unit, at).uid, found.append, topic="test")
            qtbot.waitUntil(lambda: bool(found), timeout=10_000)
            window.session.go(unit=found[0])
        settle(qtbot, window.session)
        return window

    return open_it


def settle(qtbot: QtBot, session: Session) -> None:
    """Wait until the worker has nothing left to do and every answer was shown."""
    qtbot.waitUntil(lambda: not session.busy, timeout=60_000)
    QApplication.processEvents()  # what an answer made is laid out, and with that shown, by events of its own


def show_page(qtbot: QtBot, page: Page, path: Path, period: Period, height: int) -> None:
    """Show a page by itself, as wide as on the smallest usual screen, on a data file and a period."""
    session = page.session
    qtbot.addWidget(page)
    page.resize(1158, height)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.open(open_file(path))
    session.go(period=period)
    page.show()
    qtbot.waitExposed(page)
    settle(qtbot, session)


def type_words(widget: QWidget, words: str) -> None:
    """Real key events for any letter; ``qtbot.keyClicks`` knows only Latin-1."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)
