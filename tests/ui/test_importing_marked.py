"""Marked copies from the page: of all faulty files or of one, counted, and a fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from judapp.ui.pages.importing import ImportPage
from tests.app.test_importing import changed
from tests.ui.conftest import settle
from tests.ui.test_importing import choose, nghe_an, page, read, shown

__all__ = ["nghe_an", "page", "shown"]  # fixtures


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a person chooses; no window of the desktop is opened."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    opened.clear()
    return folder


opened: list[str] = []


def wrong(nghe_an: Path, path: Path) -> Path:
    return changed(nghe_an, path, "Tổng số hồ sơ", "8596O")


def test_all_faulty_files_are_marked_and_the_folder_opens(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path, out: Path
) -> None:
    told: list[str] = []
    page.session.said.connect(lambda words, _: told.append(words))
    read(qtbot, page, wrong(nghe_an, tmp_path / "a.xlsx"))
    assert page.marked.button.isVisible()
    page.marked.button.click()
    assert not page.marked.button.isEnabled()  # one at a time
    page.marked.export()
    settle(qtbot, page.session)
    assert [path.name for path in out.iterdir()] == ["a (đánh dấu lỗi).xlsx"]
    assert told[-1] == "Đã ghi 1 tệp đánh dấu lỗi."
    assert opened == [str(out)]
    assert page.marked.button.isEnabled()
    assert not page.bar.isVisible()


def test_one_row_alone_is_marked_and_a_right_file_offers_nothing(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path, out: Path
) -> None:
    read(qtbot, page, nghe_an)
    assert not page.marked.button.isVisible()
    assert not page.marked.of_row.isEnabled()
    for name in ("a.xlsx", "b.xlsx"):
        read(qtbot, page, wrong(nghe_an, tmp_path / name))
    choose(qtbot, page, "b.xlsx")
    assert page.marked.of_row.isEnabled()
    page.marked.of_row.trigger()
    settle(qtbot, page.session)
    assert [path.name for path in out.iterdir()] == ["b (đánh dấu lỗi).xlsx"]


def test_a_file_changed_meanwhile_and_a_folder_not_to_be_written_are_told(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path, out: Path
) -> None:
    path = wrong(nghe_an, tmp_path / "a.xlsx")
    read(qtbot, page, path)
    changed(nghe_an, path, "Tổng số hồ sơ", "12O")
    page.marked.button.click()
    settle(qtbot, page.session)
    assert "1 tệp không ghi được" in page.bar.words.text()
    assert "FIL-007" in page.bar.words.text()
    out.rmdir()
    out.write_bytes(b"")
    read(qtbot, page, wrong(nghe_an, tmp_path / "c.xlsx"))
    page.marked.button.click()
    settle(qtbot, page.session)
    assert "EXP-002" in page.bar.words.text()


def test_nothing_is_written_where_no_folder_is_chosen(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    read(qtbot, page, wrong(nghe_an, tmp_path / "a.xlsx"))
    page.marked.export()
    assert page.marked.button.isEnabled()
    assert not page.marked.job.isVisible()
