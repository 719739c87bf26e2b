"""A single cell can stay out of an import and in sight, and the minutes tell it; stopping leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from judapp.app.import_view import FileRow
from judapp.app.minutes import last_imports, minutes
from judapp.text import Bilingual
from judapp.ui.jobs import Task
from judapp.ui.pages.importing import ImportPage
from judapp.ui.pages.importing_chips import Chips
from judapp.ui.pages.importing_progress import TimeLeft, left_words
from tests.app.test_importing import changed, submitted
from tests.ui.conftest import settle
from tests.ui.test_importing import (
    asked,
    choose,
    click,
    figures,
    nghe_an,
    operations,
    page,
    press,
    read,
    shown,
)

__all__ = ["nghe_an", "page", "shown"]  # fixtures
ONLINE = ("", "VI.1", "1")


@pytest.fixture
def two_changes(nghe_an: Path, tmp_path: Path) -> Path:
    """A file of which two cells are new."""
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    return changed(path, path, "Tổng số hồ sơ", 85962)


def test_space_takes_one_cell_out_and_the_minutes_tell_it(
    qtbot: QtBot, page: ImportPage, two_changes: Path
) -> None:
    read(qtbot, page, two_changes)
    panel, grid = page.panel, page.panel.grid
    assert page.outlook.whole() == "Sẽ ghi 1 tệp: 0 ô mới, 2 ô thay đổi."
    grid.setFocus()
    assert grid.go_to(ONLINE)
    assert panel.leave.isVisible()
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    settle(qtbot, page.session)
    assert page.outlook.whole() == "Sẽ ghi 1 tệp: 0 ô mới, 1 ô thay đổi."
    assert grid.key() == ONLINE  # one can go on where one was
    assert grid.model().rowCount() == 2  # it stays in sight
    assert "để lại, tệp ghi 81.453" in panel.cell.whole()
    assert panel.control.text().startswith("Đọc 10 ô = ghi 1 + không đổi 8 + để lại 1")
    assert page.table.rows[0].left == 1
    click(qtbot, panel.leave)
    settle(qtbot, page.session)
    assert page.outlook.whole() == "Sẽ ghi 1 tệp: 0 ô mới, 2 ô thay đổi."
    click(qtbot, panel.leave)
    settle(qtbot, page.session)
    before = asked(qtbot, page, figures)
    page.apply()
    settle(qtbot, page.session)
    after = asked(qtbot, page, figures)
    assert sum(before[key] != figure for key, figure in after.items()) == 1

    def notes(workspace: object) -> list[str]:
        kept = minutes(workspace, last_imports(workspace, 1)[0].op)  # type: ignore[arg-type]
        return [note.vi for note in kept.written[0].notes]

    assert "Người nhập để lại 1 ô: D52." in asked(qtbot, page, notes)


def test_with_all_its_cells_out_a_file_is_left_aside(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453))
    page.panel.grid.go_to(ONLINE)
    qtbot.keyClick(page.panel.grid, Qt.Key.Key_Space)
    settle(qtbot, page.session)
    assert not page.go.isEnabled()
    assert page.outlook.whole() == "Không có ô nào để ghi trong 1 tệp."


def test_stopped_while_writing_nothing_is_written(
    qtbot: QtBot, page: ImportPage, two_changes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(qtbot, page, two_changes)
    before, state = asked(qtbot, page, operations), asked(qtbot, page, figures)
    step: Callable[..., None] = Task.step

    def stopped(task: Task, done: int, total: int, name: str) -> None:
        task.cancel()  # as the button does while the worker writes
        step(task, done, total, name)

    monkeypatch.setattr(Task, "step", stopped)
    page.apply()
    settle(qtbot, page.session)
    monkeypatch.undo()
    assert asked(qtbot, page, operations) == before
    assert asked(qtbot, page, figures) == state
    assert not page.job.isVisible()
    assert page.go.isEnabled()  # and it can be done after all
    page.apply()
    settle(qtbot, page.session)
    assert asked(qtbot, page, operations) == before + 1


def test_an_import_whose_sheet_was_handed_in_says_why_it_stays(
    qtbot: QtBot, page: ImportPage, two_changes: Path
) -> None:
    read(qtbot, page, two_changes)
    page.apply()
    settle(qtbot, page.session)
    assert page.last.undo.isEnabled()
    page.session.act(submitted)
    settle(qtbot, page.session)
    page.refresh()
    settle(qtbot, page.session)
    assert "đã trình duyệt (PL-STP Tỉnh Nghệ An)" in page.last.words.whole()
    assert not page.last.undo.isEnabled()


def test_minutes_are_kept_as_a_pdf(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "biên bản.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))

    def press_pdf() -> None:
        if page.minutes.dialog is not None and page.minutes.dialog.isVisible():
            click(qtbot, page.minutes.dialog.pdf)

    opened = QTimer(page, interval=5)
    opened.timeout.connect(press_pdf)
    opened.start()
    click(qtbot, page.last.minutes)
    settle(qtbot, page.session)
    opened.stop()
    qtbot.waitUntil(path.exists, timeout=5_000)
    assert path.read_bytes().startswith(b"%PDF")


def test_differing_cells_of_two_files_come_first(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    for name, value in (("a.xlsx", 81453), ("b.xlsx", 81454)):
        changed(nghe_an, tmp_path / name, "Hồ sơ đăng ký trực tuyến", value)
        changed(tmp_path / name, tmp_path / name, "Tổng số hồ sơ", 85962)
    read(qtbot, page, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    choose(qtbot, page, "a.xlsx")
    grid = page.panel.grid
    assert [grid.model().index(row, 0).data() for row in range(grid.model().rowCount())] == [
        "81.453 ≠ 81.454"
    ]
    line = page.panel.lines.item(0).text()
    assert "81.453 (ô D52) ≠ 81.454 (ô D52 của b.xlsx)" in line
    press(qtbot, page, "Bỏ cả hai")
    assert "Chưa ghi tệp nào" in page.panel.questions.words()


def test_a_file_is_found_among_many(qtbot: QtBot, looks: object) -> None:
    rows = [row_of(at, name) for at, name in enumerate(("xã Nghi Lộc.xlsx", "Tân Kỳ.xls", "nghi diên.ods"))]
    shown: list[str] = []
    chips = Chips(shown.append)
    qtbot.addWidget(chips)
    chips.count(every=len(rows), look=0, ready=0)
    assert chips.search.isHidden()  # nobody needs to search three files
    chips.count(every=1008, look=0, ready=0)
    assert not chips.search.isHidden()
    qtbot.keyClicks(chips.search, "nghi")
    qtbot.waitUntil(lambda: shown == ["all"], timeout=5_000)
    assert [row.name for row in chips.wanted(rows)] == ["xã Nghi Lộc.xlsx", "nghi diên.ods"]
    chips.choose("all")
    assert chips.wanted(rows) == rows


def row_of(position: int, name: str) -> FileRow:
    """A row of a file nothing is known of but its name."""
    return FileRow(
        position=position, path=Path(name), name=name, folder="", sheet="", form="", unit="",
        period=Bilingual("", ""), target_period=None, status="unchanged", new=0, changed=0, unchanged=0,
        reckoned=0, refused=0, read=0, findings=(),
    )  # fmt: skip


def test_the_time_left_counts_down_and_does_not_jump(looks: object) -> None:
    left = TimeLeft()
    assert left.after(0, 100, 0.0) is None
    assert left.after(1, 100, 3.0) is None  # what came before the first file tells nothing of the others
    assert left.after(3, 100, 3.5) is None
    said = [left.after(1 + 10 * second, 100, 3.0 + second) for second in range(1, 9)]
    assert all(value is not None for value in said)
    assert [round(value or 0) for value in said] == [9, 8, 7, 6, 5, 4, 3, 2]
    steady = TimeLeft()
    steady.after(1, 100, 0.0)
    first = steady.after(11, 100, 1.0)
    slower = steady.after(20, 100, 2.0)  # a tenth slower: nobody is told more than before
    assert first is not None
    assert slower is not None
    assert slower <= first
    much = steady.after(21, 100, 20.0)
    assert much is not None
    assert much > 60


def test_time_left_is_said_as_exactly_as_it_is_known(looks: object) -> None:
    assert [left_words(seconds) for seconds in (0.4, 4.2, 23.0, 88.0, 130.0)] == [
        "1 giây", "4 giây", "25 giây", "90 giây", "2 phút"
    ]  # fmt: skip
