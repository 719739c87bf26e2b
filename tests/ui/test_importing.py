"""Files are dropped, looked at, applied as one act and taken back whole; the window stays alive meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from judapp.app.paper import write_form
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure
from judapp.domain.period import Period
from judapp.store import history, sheets
from judapp.store.operations import Writer
from judapp.ui import theme
from judapp.ui.pages import importing_reading
from judapp.ui.pages.importing import ImportPage
from judapp.ui.pages.importing_minutes import MinutesDialog
from judapp.ui.settings import settings
from tests.app.test_importing import SEEDS, changed
from tests.practice_sheets import practice_file
from tests.ui.conftest import Opened, settle

YEAR = Period(2018, "Y")
NUMBER = "13a/BTP/HTQTCT/HT"
FILES = 130


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Form 13a of 130 communes of the practice province, and a picture among them that is no workbook."""
    folder = tmp_path_factory.mktemp("nộp")
    with practice_file(folder.parent / f"{folder.name}.sqlite") as source:
        version = source.version_for(NUMBER, YEAR)
        model = next(sheet for sheet in sheets.find(source.file) if sheet.form == version.id)
        figures = sheets.figures(source.file, model.id)
        communes = [
            u.uid for u in source.units if u.kind == "commune" and source.units.state(u.uid, YEAR.last_day)
        ]

        def fill(writer: Writer) -> None:
            for unit in communes[:FILES]:
                own = sheets.begin(writer, version.id, unit, YEAR, source.span(version.form, YEAR))
                writer.set_figures(own, [(*key, figure) for key, figure in figures.items()])

        source.apply("set", "130 xã", fill)
        for unit in communes[:FILES]:
            stored, resolved = source.stored(version.id, unit, YEAR), source.resolved(version.id, unit, YEAR)
            assert stored is not None
            assert resolved is not None
            write_form(source, stored, resolved, folder / f"{source.unit_code(unit, YEAR.last_day)}.xlsx")
    (folder / "ảnh chụp.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A practice file that knows the units and has no figures."""
    with practice_file(tmp_path / "dữ liệu.sqlite", figures=False) as made:
        return made.file.path


Shown = Callable[..., ImportPage]


@pytest.fixture
def shown(qtbot: QtBot, opened: Opened) -> Shown:
    """The page over a data file: ``shown(path, "2024-H1")``."""

    def show(path: Path, period: str) -> ImportPage:
        settings().setValue("page", "import")
        page = opened(path, period).pages["import"]
        assert isinstance(page, ImportPage)
        return page

    return show


@pytest.fixture
def page(demo: Path, shown: Shown) -> ImportPage:
    """The page over the demonstration, in the half year of 2024."""
    return shown(demo, "2024-H1")


@pytest.fixture
def nghe_an() -> Path:
    return SEEDS / "pl-stp_40_2024-H1.xlsx"


def drop(page: ImportPage, *paths: Path) -> None:
    """Drop files onto the page as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window = page.window()
    at = page.mapTo(window, page.rect().center())
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, data, buttons, keys))


def read(qtbot: QtBot, page: ImportPage, *paths: Path) -> None:
    drop(page, *paths)
    settle(qtbot, page.session)


def choose(qtbot: QtBot, page: ImportPage, name: str) -> None:
    """Click the row of a file and wait for its preview."""
    position = next(row.position for row in page.rows if row.name == name)
    page.table.select(position)
    index = page.table.currentIndex()
    qtbot.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(index).center()
    )
    settle(qtbot, page.session)


def press(qtbot: QtBot, page: ImportPage, words: str) -> None:
    """Click the button of the panel that begins with ``words``, and wait for what it does."""
    found = next(made for made in page.panel.questions.buttons if made.text().startswith(words))
    click(qtbot, found)
    settle(qtbot, page.session)


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def statuses(page: ImportPage) -> dict[str, str]:
    return {row.name: row.status for row in page.rows}


def asked(qtbot: QtBot, page: ImportPage, work: Callable[[Workspace], Any]) -> Any:
    """What the data file says."""
    answers: list[Any] = []
    page.session.ask(page, work, answers.append, topic="test")
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


def operations(workspace: Workspace) -> int:
    return len(history.operations(workspace.file, 1000))


def figures(workspace: Workspace) -> dict[tuple[str, tuple[str, str, str]], Figure]:
    return {
        (sheet.uid, key): figure
        for sheet in sheets.find(workspace.file)
        for key, figure in sheets.figures(workspace.file, sheet.id).items()
    }


def test_an_empty_page_says_what_to_bring_and_what_the_last_import_did(page: ImportPage) -> None:
    assert page.region.isVisible()
    assert page.last.isVisible()
    assert "24 tệp" in page.last.words.whole()
    assert page.head.sentence.whole()
    assert not page.go.isVisible()


def test_130_files_are_read_applied_and_taken_back_as_one(
    qtbot: QtBot, shown: Shown, empty: Path, folder: Path
) -> None:
    page = shown(empty, "2018-Y")
    before = asked(qtbot, page, operations)
    read(qtbot, page, folder)
    assert page.head.sentence.whole() == "131 tệp · 130 sẵn sàng · 1 không nhận"
    assert page.outlook.whole() == "Sẽ ghi 130 tệp: 2.860 ô mới, 0 ô thay đổi; bỏ qua 1 tệp."
    assert page.go.text() == "Áp dụng 130 tệp"
    broken = page.rows[-1]
    assert (broken.name, broken.status) == ("ảnh chụp.xlsx", "rejected")
    assert "ảnh JPEG" in broken.findings[0].text
    assert page.table.rows[page.table.current()] == broken  # what somebody should look at stands first
    assert asked(qtbot, page, operations) == before  # nothing is written by looking

    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert asked(qtbot, page, operations) == before + 1
    assert page.head.sentence.whole() == "131 tệp · 130 đã nhập · 1 không nhận"
    assert len(asked(qtbot, page, figures)) == 2860
    assert page.last.words.whole().startswith("Đã nhập 130 tệp lúc ")
    assert not page.go.isVisible()

    click(qtbot, page.last.undo)
    settle(qtbot, page.session)
    assert asked(qtbot, page, figures) == {}
    assert page.head.sentence.whole() == "131 tệp · 130 sẵn sàng · 1 không nhận"
    assert page.go.text() == "Áp dụng 130 tệp"


def test_cancelling_leaves_nothing_half_done(qtbot: QtBot, shown: Shown, empty: Path, folder: Path) -> None:
    page = shown(empty, "2018-Y")
    before = asked(qtbot, page, operations)
    drop(page, folder)
    qtbot.waitUntil(page.job.isVisible, timeout=10_000)
    assert not page.go.isVisible()
    click(qtbot, page.job.stop)
    settle(qtbot, page.session)
    assert page.rows == ()
    assert page.region.isVisible()
    assert not page.job.isVisible()
    assert asked(qtbot, page, operations) == before
    read(qtbot, page, folder)  # and it can be begun anew
    assert len(page.rows) == FILES + 1


def test_rows_appear_while_files_are_read(
    qtbot: QtBot, shown: Shown, empty: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_reading, "_TOLD_EVERY", 0.0)
    page = shown(empty, "2018-Y")
    arrived: list[int] = []
    page.reader.arrived.connect(lambda rows: arrived.append(len(rows)))
    read(qtbot, page, folder)
    assert arrived == [1] * (FILES + 1)


def test_the_window_stays_alive_while_130_files_are_imported(
    qtbot: QtBot, shown: Shown, empty: Path, folder: Path
) -> None:
    page = shown(empty, "2018-Y")
    timer = QTimer(page, interval=5)
    gaps: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer.timeout.connect(beat)
    longest = []
    for _ in range(4):  # what another program takes from this one now and then is not the window's fault
        gaps.clear()
        last = time.perf_counter()
        timer.start()
        read(qtbot, page, folder)
        page.apply()
        settle(qtbot, page.session)
        timer.stop()
        longest.append(max(gaps))
        if longest[-1] < 0.1:
            return
        page.session.undo()
        settle(qtbot, page.session)
        page.dismiss()
        settle(qtbot, page.session)
    pytest.fail(f"the window stood still: {longest}")


def test_the_preview_shows_old_and_new_and_where_it_is_from(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", "12O"))
    choose(qtbot, page, "a.xlsx")
    panel, grid = page.panel, page.panel.grid
    assert panel.about.whole() == "PL-STP · Sở Tư pháp tỉnh Nghệ An · Sơ bộ 6 tháng 2024"
    assert grid.model().rowCount() == 1
    assert grid.model().index(0, 0).data() == "81.452 → 12O"
    assert panel.control.text() == "Đọc 10 ô = ghi 1 + không đổi 9"
    [line] = [panel.lines.item(at).text() for at in range(panel.lines.count())]
    assert line.startswith("Ô D")
    assert "“12O” không phải là số" in line
    area = panel.lines.visualItemRect(panel.lines.item(0))
    qtbot.mouseClick(panel.lines.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert grid.currentIndex().isValid()
    assert "VI.1 Hồ sơ đăng ký trực tuyến" in panel.cell.whole()
    assert "của tệp" in panel.cell.whole()
    qtbot.mouseClick(panel.only, Qt.MouseButton.LeftButton, pos=QPoint(8, panel.only.height() // 2))
    assert grid.model().rowCount() > 1


def test_space_takes_a_file_out_and_in_again(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    changed(SEEDS / "pl-stp_10_2024-H1.xlsx", tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    read(qtbot, page, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert page.go.text() == "Áp dụng 2 tệp"
    choose(qtbot, page, "a.xlsx")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.go.text() == "Áp dụng 1 tệp"
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)  # of several, those that are out come in
    assert page.go.text() == "Áp dụng 2 tệp"
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert not page.go.isEnabled()
    choose(qtbot, page, "b.xlsx")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    click(qtbot, page.go)
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "ready", "b.xlsx": "applied"}


def test_a_file_changed_meanwhile_is_not_written_and_can_be_read_again(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    path = changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    read(qtbot, page, path)
    changed(nghe_an, path, "Hồ sơ đăng ký trực tuyến", 81454)
    click(qtbot, page.go)
    settle(qtbot, page.session)
    assert page.bar.isVisible()
    assert "đã thay đổi sau khi xem trước" in page.bar.words.text()
    again = next(b for b in page.bar.findChildren(QPushButton) if b.text() == "Đọc lại")
    click(qtbot, again)
    settle(qtbot, page.session)
    assert not page.bar.isVisible()
    click(qtbot, page.go)
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "applied"}


def test_a_path_that_is_gone_is_told_and_the_list_stays(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, nghe_an)
    read(qtbot, page, tmp_path / "không có.xlsx")
    assert "FIL-004" in page.bar.words.text()
    assert list(statuses(page)) == [nghe_an.name]


def test_filters_show_what_is_to_be_looked_at(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    (tmp_path / "b.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    read(qtbot, page, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    chips = page.chips.chips
    assert [chip.text() for chip in chips.values()] == ["Tất cả 2", "Cần xem 1", "Sẵn sàng 1"]
    click(qtbot, chips["look"])
    assert [row.name for row in page.table.rows.values()] == ["b.xlsx"]
    click(qtbot, chips["ready"])
    assert [row.name for row in page.table.rows.values()] == ["a.xlsx"]
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines()[1].startswith("a.xlsx\tPL-STP\tTỉnh Nghệ An")
    click(qtbot, page.away)
    settle(qtbot, page.session)
    assert page.region.isVisible()


def test_ctrl_z_anywhere_gives_the_files_back(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453))
    click(qtbot, page.go)
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "applied"}
    page.session.undo()
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "ready"}
    page.session.redo()
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "unchanged"}


def test_minutes_are_shown_and_kept_as_a_workbook(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Biên bản.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    seen: list[str] = []

    def answer() -> None:
        dialog = page.minutes.dialog
        assert isinstance(dialog, MinutesDialog)
        seen.append(dialog.windowTitle())
        seen.append(dialog.digest.whole())
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    def look() -> None:
        if page.minutes.dialog is not None:
            timer.stop()
            answer()

    timer = QTimer(page, interval=20)
    timer.timeout.connect(look)
    timer.start()
    click(qtbot, page.last.minutes)
    qtbot.waitUntil(path.exists, timeout=10_000)
    settle(qtbot, page.session)
    assert seen[0] == "Biên bản nhập tệp số 1"
    assert "sha-256" in seen[1]


def test_files_and_folders_are_chosen_in_the_system_s_dialogs(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "a.xlsx")], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    click(qtbot, page.region.files)
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "ready"}
    changed(SEEDS / "pl-stp_10_2024-H1.xlsx", tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    click(qtbot, page.add_folder)
    settle(qtbot, page.session)
    assert list(statuses(page)) == ["a.xlsx", "b.xlsx"]


def test_marks_follow_the_theme(qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path) -> None:
    read(qtbot, page, changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453))

    def mark() -> QImage:
        index = page.table.model().index(0, 5)
        return QIcon(index.data(Qt.ItemDataRole.DecorationRole)).pixmap(16, 16).toImage()

    light, app = mark(), QApplication.instance()
    assert isinstance(app, QApplication)
    theme.theme().apply(app, "dark")
    assert mark() != light
    theme.theme().apply(app, "light")
    assert mark() == light


def test_files_are_put_away_whatever_is_still_under_way(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453))
    page.decider.keep(0, True)
    drop(page, nghe_an)
    page.dismiss()
    settle(qtbot, page.session)
    assert page.rows == ()
    assert page.region.isVisible()
    assert not page.job.isVisible()
