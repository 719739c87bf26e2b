"""What a file leaves open, a person decides on the page: unit, period, which of two files counts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.pages.importing import ImportPage
from tests.app.test_importing import SEEDS, changed, replaced
from tests.ui.conftest import settle
from tests.ui.test_importing import choose, drop, nghe_an, page, press, read, shown, statuses

__all__ = ["nghe_an", "page", "shown"]  # fixtures


def test_of_two_files_for_one_sheet_a_button_chooses(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81454)
    read(qtbot, page, tmp_path / "a.xlsx")
    drop(page, tmp_path / "b.xlsx")  # beside the first one
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "duplicate", "b.xlsx": "duplicate"}
    choose(qtbot, page, "a.xlsx")
    assert "khác nhau 1 ô" in page.panel.questions.words()
    press(qtbot, page, "Giữ tệp mới hơn")
    assert statuses(page) == {"a.xlsx": "left_out", "b.xlsx": "ready"}
    press(qtbot, page, "Bỏ cả hai")
    assert statuses(page) == {"a.xlsx": "left_out", "b.xlsx": "left_out"}
    for position in (0, 1):  # two decisions in a row: the second is about what the first leaves
        page.decider.keep(position, True)
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "left_out", "b.xlsx": "ready"}
    press(qtbot, page, "Bỏ cả hai")
    assert statuses(page) == {"a.xlsx": "left_out", "b.xlsx": "left_out"}


def test_a_unit_that_is_not_known_is_picked_by_typing(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, replaced(nghe_an, tmp_path / "a.xlsx", "tỉnh Nghệ An", "tỉnh Nghệ Tĩnh"))
    assert statuses(page) == {"a.xlsx": "unclear"}
    press(qtbot, page, "Đơn vị khác")
    picker = page.decider.picker
    assert picker is not None
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClicks(picker.search, "lao cai")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    [row] = page.rows
    assert (row.status, row.unit) == ("ready", "Tỉnh Lào Cai")


def test_a_period_that_does_not_fit_is_picked(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    page.session.go(period=Period(2022, "H1"))  # the form is not that old, and the file states no period
    read(qtbot, page, replaced(nghe_an, tmp_path / "a.xlsx", "6 tháng đầu năm 2024", "……"))
    assert statuses(page) == {"a.xlsx": "unclear"}
    press(qtbot, page, "Chọn kỳ")
    picker = page.decider.picker
    assert picker is not None
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClicks(picker.search, "6 thang 2024")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    [row] = page.rows
    assert (row.status, row.target_period) == ("unchanged", Period(2024, "H1"))


def test_files_of_other_periods_wait_for_a_decision(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    changed(SEEDS / "pl-stp_40_2023-Y.xlsx", tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 5)
    changed(SEEDS / "pl-stp_31_2024-Y.xlsx", tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 5)
    read(qtbot, page, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert set(statuses(page).values()) == {"other_period"}
    press(qtbot, page, "Nhập cả 2 tệp")
    assert [row.period.vi for row in page.rows] == ["Chính thức năm 2023", "Chính thức năm 2024"]
    assert "other_period" not in statuses(page).values()


def test_another_period_in_the_context_bar_reads_the_files_anew(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    read(qtbot, page, changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453))
    assert statuses(page) == {"a.xlsx": "ready"}
    page.session.go(period=Period(2023, "H1"))
    settle(qtbot, page.session)
    assert statuses(page) == {"a.xlsx": "other_period"}


def test_files_dropped_while_figures_are_written_are_read_afterwards(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    changed(nghe_an, tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 81454)
    read(qtbot, page, tmp_path / "a.xlsx")
    page.apply()
    drop(page, tmp_path / "b.xlsx")
    settle(qtbot, page.session)
    assert statuses(page) == {"b.xlsx": "ready"}
    assert page.rows[0].changes == 1


def test_files_dropped_while_nothing_could_be_written_are_read_beside_the_others(
    qtbot: QtBot, page: ImportPage, nghe_an: Path, tmp_path: Path
) -> None:
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 81453)
    read(qtbot, page, tmp_path / "a.xlsx")
    changed(nghe_an, tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 9)
    replaced(nghe_an, tmp_path / "b.xlsx", "tỉnh Nghệ An", "tỉnh Nghệ Tĩnh")
    page.apply()
    drop(page, tmp_path / "b.xlsx")
    settle(qtbot, page.session)
    assert sorted(statuses(page)) == ["a.xlsx", "b.xlsx"]
    assert "FIL-007" in page.bar.words.text()
