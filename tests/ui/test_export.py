"""Xuất báo cáo by mouse and keyboard: choose, sign, write, stop, mend what went wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from judapp.app import exporting, paper
from judapp.app.approving import submit
from judapp.app.entering import set_cells
from judapp.domain.period import Period
from judapp.ui.pages.export import ExportPage
from judapp.ui.pages.export_table import FORM, NOTE, box_area, link_area
from judapp.ui.session import Session
from judapp.ui.settings import settings
from judapp.ui.widgets.basic import Label
from tests.practice_sheets import practice_file
from tests.ui.conftest import settle, show_page

HALF, BEFORE = Period(2026, "H1"), Period(2025, "H1")
Opened = Callable[[Path, Period], ExportPage]


@pytest.fixture(scope="module")
def practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice file with one form wrong and one submitted, made once; nobody changes it."""
    path = tmp_path_factory.mktemp("practice") / "a.sqlite"
    with practice_file(path) as workspace:
        unit = workspace.unit("TH", HALF)
        set_cells(workspace, "10b/TP/CC", unit, HALF, ["[I]c7=5"])
        submit(workspace, "21b/TP/HTPLDN", unit, HALF)
    return path


@pytest.fixture
def practice(practice_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(practice_made, tmp_path / "a.sqlite"))


@pytest.fixture
def export_page(qtbot: QtBot, session: Session, tmp_path: Path) -> Opened:
    """Opens the page on a data file and a period, with a folder of its own."""

    def open_it(path: Path, period: Period) -> ExportPage:
        page = ExportPage(session)
        show_page(qtbot, page, path, period, 620)
        page.fields.folder.setText(str(tmp_path / "xuất" / period.code))
        return page

    return open_it


def ticked(page: ExportPage) -> list[str]:
    return [sheet.form for sheet in page.chosen()]


def press(qtbot: QtBot, page: ExportPage) -> None:
    primary = page.head.primary_button
    assert primary is not None
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)


def told(page: ExportPage) -> list[str]:
    return [label.text() for label in page.panel.findChildren(Label) if label.isVisible()]


def click_cell(qtbot: QtBot, page: ExportPage, form: str, column: int, where: Any) -> None:
    row = next(n for n, sheet in enumerate(page.table.package.sheets) if sheet.form == form)
    cell = page.table.visualRect(page.table.package.index(row, column))
    at: QPoint = where(cell).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_what_is_sound_is_ticked_and_what_is_wrong_says_why(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path
) -> None:
    page = export_page(practice, HALF)
    assert page.head.sentence.whole().startswith("1/3 biểu của Sở còn vướng")
    assert ticked(page) == ["21b/TP/HTPLDN", "TH-13"]
    primary = page.head.primary_button
    assert primary is not None
    assert primary.text() == "Xuất 2 biểu"
    notes = {
        s.form: page.table.package.index(n, NOTE).data() for n, s in enumerate(page.table.package.sheets)
    }
    assert notes["10b/TP/CC"] == "còn 1 lỗi"
    assert notes["21b/TP/HTPLDN"] == "vẽ theo định nghĩa (nguyên văn)"
    assert "1 biểu có lỗi, chưa chọn." in told(page)
    assert "1 biểu chưa trình duyệt, in dấu BẢN NHÁP ở đầu biểu." in told(page)


def test_boxes_are_ticked_by_mouse_by_space_and_all_at_once(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path
) -> None:
    page = export_page(practice, HALF)
    click_cell(qtbot, page, "10b/TP/CC", FORM, box_area)
    assert len(ticked(page)) == 3
    assert page.all.checkState() is Qt.CheckState.Checked
    settle(qtbot, session)
    assert "1 biểu được chọn còn vướng." in told(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert len(ticked(page)) == 2
    assert page.all.checkState() is Qt.CheckState.PartiallyChecked
    page.all.click()
    assert len(ticked(page)) == 3
    page.all.click()
    assert ticked(page) == []
    primary = page.head.primary_button
    assert primary is not None
    assert not primary.isEnabled()
    settle(qtbot, session)


def test_look_leads_to_the_findings_of_that_sheet_and_enter_to_the_sheet(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path
) -> None:
    page = export_page(practice, HALF)
    found: list[tuple[str, dict[str, Any]]] = []
    session.asked_for.connect(lambda name, place: found.append((name, place)))
    sheet = page.table.package.sheets[0]
    click_cell(qtbot, page, "10b/TP/CC", NOTE, link_area)
    assert found == [("checks", {"form": "10b/TP/CC", "unit": sheet.unit})]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert found[1] == ("entry", {"form": "10b/TP/CC"})
    settle(qtbot, session)


def test_signing_and_writing_are_one_press_and_the_result_is_proved(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = export_page(practice, HALF)
    qtbot.keyClicks(page.fields.day, "18/6/2026")
    assert page.fields.printed.whole() == "In ra: Thực Hành, ngày 18 tháng 6 năm 2026"
    qtbot.keyClicks(page.fields.names["preparer"], "Lan")
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.panel.files != (), timeout=30_000)
    settle(qtbot, session)
    folder = Path(page.fields.folder.text())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert {entry["form"] for entry in manifest["files"]} == {"21b/TP/HTPLDN", "TH-13", ""}
    cells = sum(file.cells for file in page.panel.files)
    written = f"{cells:,}".replace(",", ".")
    assert f"2 biểu đã ghi, đọc lại khớp hoàn toàn ({written} ô)." in told(page)
    assert session.undoable[0].label == "Ghi ngày ký, người ký vào 1 biểu"  # the submitted one keeps its own
    assert (page.fields.day.text(), page.fields.names["preparer"].text()) == ("18/6/2026", "Lan")
    qtbot.mouseClick(page.panel.copy_list, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [f"{entry['sha256']}  {entry['path']}" for entry in manifest["files"]]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    qtbot.mouseClick(page.panel.open_folder, Qt.MouseButton.LeftButton)
    assert opened == [str(folder)]


def test_a_sheet_ticked_later_is_signed_like_the_others(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path
) -> None:
    page = export_page(practice, HALF)
    qtbot.keyClicks(page.fields.names["preparer"], "Lan")
    for _ in range(2):
        press(qtbot, page)
        qtbot.waitUntil(lambda: page.panel.files != (), timeout=30_000)
        settle(qtbot, session)
        if len(ticked(page)) == 2:
            click_cell(qtbot, page, "10b/TP/CC", FORM, box_area)
            page.panel.nothing_written()
    assert page.package is not None
    assert [s.signed["preparer"] for s in page.package.sheets if s.open] == ["Lan", "Lan"]
    assert len(session.undoable) >= 2


def test_folder_and_names_are_remembered_and_each_period_gets_its_own_folder(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path, tmp_path: Path
) -> None:
    page = export_page(practice, HALF)
    qtbot.keyClicks(page.fields.names["head"], "Ha")
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.panel.files != (), timeout=30_000)
    settle(qtbot, session)
    assert settings().value("export/folder") == str(tmp_path / "xuất" / "{period}")
    session.go(period=BEFORE)
    settle(qtbot, session)
    assert page.fields.folder.text() == str(tmp_path / "xuất" / "2025-H1")
    assert page.fields.names["head"].text() == "Ha"
    assert page.panel.files == ()


def test_a_file_that_cannot_be_written_is_a_sentence_with_a_second_try(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path, tmp_path: Path
) -> None:
    page = export_page(practice, HALF)
    blocked = tmp_path / "tệp"
    blocked.write_text("x", encoding="utf-8")
    page.fields.folder.setText(str(blocked))
    press(qtbot, page)
    qtbot.waitUntil(page.bar.isVisible, timeout=30_000)
    assert "EXP-002" in page.bar.words.text()
    settle(qtbot, session)
    blocked.unlink()
    [again] = [b for b in page.bar.findChildren(QPushButton) if b.text() == "Thử lại"]
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.panel.files != (), timeout=30_000)
    assert not page.bar.isVisible()
    settle(qtbot, session)


def test_stopping_keeps_whole_files_and_says_how_many(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = export_page(practice, HALF)
    write_form = paper.write_form

    def slowly(*args: Any) -> int:
        cells = write_form(*args)
        assert page.running is not None
        page.running.cancel()  # as "Hủy" does, at a moment a test can rely on
        return cells

    monkeypatch.setattr(exporting, "write_form", slowly)
    press(qtbot, page)
    qtbot.waitUntil(page.bar.isVisible, timeout=30_000)
    settle(qtbot, session)
    folder = Path(page.fields.folder.text())
    assert len(list(folder.iterdir())) == 1
    assert page.bar.words.text().startswith("Đã dừng. 1 tệp ghi xong")
    assert page.running is None
    assert not page.job.isVisible()


def test_a_tick_somebody_set_stays_when_figures_change(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path
) -> None:
    page = export_page(practice, HALF)
    click_cell(qtbot, page, "TH-13", FORM, box_area)
    assert ticked(page) == ["21b/TP/HTPLDN"]
    session.act(lambda w: set_cells(w, "10b/TP/CC", w.unit("TH", HALF), HALF, ["[I]c7="])[1])
    settle(qtbot, session)
    settle(qtbot, session)
    assert ticked(page) == ["10b/TP/CC", "21b/TP/HTPLDN"]


def test_a_period_without_figures_leads_to_entry(
    qtbot: QtBot, session: Session, export_page: Opened, practice: Path
) -> None:
    page = export_page(practice, Period(2026, "Y"))
    assert page.stack.currentWidget() is page._empty
    assert page.head.primary_button is None
    assert page.head.sentence.whole() == "Kỳ này chưa có số liệu để xuất."
