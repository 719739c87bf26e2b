"""From an unknown worksheet to its figures: form chosen, columns paired, read, applied, all on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from judapp.ui.pages.importing import ImportPage
from tests import board_world
from tests.import_world import founded
from tests.ui.conftest import settle
from tests.ui.test_importing import Shown, press, read, shown, statuses

__all__ = ["shown"]  # a fixture
SENT = Path(__file__).parents[1] / "data" / "import"


@pytest.fixture
def page(shown: Shown, tmp_path: Path) -> ImportPage:
    """The page over a made-up province without figures, in the year of form 17a."""
    path = tmp_path / "tinh.sqlite"
    founded(path).close()
    return shown(path, "2024-Y")


@pytest.fixture
def answers(page: ImportPage, qtbot: QtBot) -> Iterator[list[int]]:
    """Accepts the pairing as soon as it is shown; what it said of how many columns."""
    told: list[int] = []

    def accept() -> None:
        dialog = page.decider.dialog
        if dialog is not None and dialog.isVisible():
            told.append(dialog.pairs.paired)
            dialog.remember.click()
            qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    timer = QTimer(page, interval=5)
    timer.timeout.connect(accept)
    timer.start()
    yield told
    timer.stop()


def test_columns_in_another_order_are_paired_and_read(
    qtbot: QtBot, page: ImportPage, answers: list[int]
) -> None:
    read(qtbot, page, SENT / "columns-swapped.xlsx")
    if statuses(page) != {"columns-swapped.xlsx": "needs_mapping"}:
        page.decider.pair(0, "17a/BTP/HTQTCT/CT")
    else:
        press(qtbot, page, "Ghép cột với 17a")
    settle(qtbot, page.session)
    assert answers == [3]
    assert statuses(page) == {"columns-swapped.xlsx": "ready"}
    [candidate] = page.found
    assert candidate.decision.remember
    assert candidate.decision.form == "17a/BTP/HTQTCT/CT"
    figures = {key[2]: read.figure.value for key, read in candidate.figures.items()}
    assert sorted(value for value in figures.values() if value is not None) == [78, 356, 1204]
    cells = {read.cell for read in candidate.figures.values()}
    assert cells == {"A10", "B10", "C10"}
    page.apply()
    settle(qtbot, page.session)
    assert statuses(page) == {"columns-swapped.xlsx": "applied"}


def test_for_a_worksheet_nobody_recognises_a_form_is_picked_by_typing(qtbot: QtBot, page: ImportPage) -> None:
    read(qtbot, page, SENT / "no-form.xlsx")
    assert statuses(page) == {"no-form.xlsx": "unrecognised"}
    press(qtbot, page, "Biểu khác")
    picker = page.decider.picker
    assert picker is not None
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClicks(picker.search, "17a")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    shown = QTimer(page, interval=5)
    found: list[str] = []

    def close() -> None:
        dialog = page.decider.dialog
        if dialog is not None and dialog.isVisible():
            found.append(dialog.state.whole())
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    shown.timeout.connect(close)
    shown.start()
    settle(qtbot, page.session)
    qtbot.waitUntil(lambda: bool(found), timeout=5_000)
    shown.stop()
    assert "còn" in found[0]
    assert statuses(page) == {"no-form.xlsx": "unrecognised"}  # closed: nothing was said


def test_enter_opens_what_a_file_asks(qtbot: QtBot, page: ImportPage) -> None:
    read(qtbot, page, SENT / "unit-alike.xlsx")
    [row] = page.rows
    assert row.needs_unit
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    picker = page.decider.picker
    assert picker is not None
    qtbot.waitUntil(picker.isVisible)
    picker.close()


def test_a_correction_of_what_was_sent_is_told_before_it_is_applied(
    qtbot: QtBot, shown: Shown, tmp_path: Path
) -> None:
    with board_world.province(tmp_path / "a.sqlite") as workspace:
        board_world.hand_in(workspace)
        unit = board_world.offices(workspace)[0]
        cells = board_world.figures(1) | {"c3": 41, "c2": 43}
        file = board_world.sent(workspace, unit, cells, tmp_path / "sửa.xlsx")
    page = shown(tmp_path / "a.sqlite", "2026-H1")
    read(qtbot, page, file)
    assert page.sent.isVisible()
    assert page.sent.words.text().endswith("ô biểu tỉnh (10b) sẽ khác bản đã gửi")
    page.apply()
    settle(qtbot, page.session)
    assert not page.sent.isVisible()
