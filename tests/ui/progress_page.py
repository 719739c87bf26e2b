"""The progress page in a window, and what is seen and clicked on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp.ui.pages.progress import ProgressPage
from judapp.ui.pages.progress_overview import Statement
from judapp.ui.settings import settings
from tests.ui.conftest import Opened, settle

LEFT = Qt.MouseButton.LeftButton


def show(qtbot: QtBot, opened: Opened, path: Path, unit: str = "40", period: str = "2024-H1") -> ProgressPage:
    """Open a data file on the progress page and wait for its answer; no other page is made."""
    settings().setValue("page", "progress")
    window = opened(path, period, unit)
    page = window.page("progress")
    assert isinstance(page, ProgressPage)
    settle(qtbot, window.session)
    qtbot.waitUntil(lambda: page.front is not None and _all_shown(page))
    return page


def _all_shown(page: ProgressPage) -> bool:
    """Whether what was made for the newest answer is on the screen; Qt shows new widgets a turn later."""
    made = page.overview.findChildren(Statement)
    return not page.tabs.isVisible() or all(statement.isVisible() for statement in made)


def texts(widget: QWidget) -> list[str]:
    """What is written in a region, with plain spaces."""
    return [label.text().replace("\u00a0", " ") for label in widget.findChildren(QLabel) if label.isVisible()]


def click(qtbot: QtBot, target: QWidget) -> None:
    """Click into the middle of a widget."""
    qtbot.mouseClick(target, LEFT, pos=target.rect().center())


def click_row(qtbot: QtBot, page: ProgressPage, row: int, column: int = 1) -> None:
    """Click a row of the table of indicators."""
    table = page.indicators.table
    at = table.visualRect(table.order.index(row, column)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=at)


def names_shown(page: ProgressPage) -> list[str]:
    """The names in the table of indicators, as sorted and filtered."""
    order = page.indicators.table.order
    return [str(order.index(row, 1).data()) for row in range(order.rowCount())]


def link(qtbot: QtBot, parent: QWidget, text: str) -> QPushButton:
    """The button ``text`` of a region, once it is seen."""

    def found() -> list[QPushButton]:
        links = parent.findChildren(QPushButton)
        return [one for one in links if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def hears(qtbot: QtBot, widget: QWidget, *wanted: str) -> None:
    """Wait until a region says all of ``wanted``."""
    qtbot.waitUntil(lambda: set(wanted) <= set(texts(widget)))
