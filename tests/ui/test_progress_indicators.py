"""The table of indicators: every figure with its operator, filters that count, cells one click away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.charts.bullet_bar import BulletBar
from tests.progress_case import alarm
from tests.ui.conftest import Opened, settle
from tests.ui.progress_page import LEFT, click, click_row, hears, link, names_shown, show


def test_the_table_has_every_figure_with_its_operator(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    alarm(demo)
    page = show(qtbot, opened, demo)
    model = page.indicators.table.list
    lines = {
        row.data.id: [str(model.index(at, column).data()).replace("\u00a0", " ") for column in range(9)]
        for at, row in enumerate(model.rows)
    }
    assert lines["lltp.giai_quyet"] == [
        "Chưa đạt", "Giải quyết hồ sơ lý lịch tư pháp",
        "97,06", "%", "", "> 97,06 %", "−0,0028 điểm %", "…", "…",
    ]  # fmt: skip
    assert lines["dvc.truc_tuyen"] == [
        "Đạt", "Đăng ký trực tuyến",
        "94,75", "%", "", "≥ 70 %", "+24,75 điểm %", "83,66 %", "+11,09 điểm %",
    ]  # fmt: skip


def test_filters_have_counts_and_show_only_what_they_say(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    alarm(demo)
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(1)
    chips = page.indicators.chips
    assert [chip.text() for chip in chips] == [
        "Tất cả 9",
        "Chưa đạt 3",
        "Giảm so với cùng kỳ 2",
        "Chưa tính được 0",
    ]
    click(qtbot, chips[1])
    assert len(names_shown(page)) == 3
    click(qtbot, chips[2])
    assert names_shown(page) == ["Việc công chứng", "Hồ sơ lý lịch tư pháp tiếp nhận"]
    click(qtbot, chips[3])
    assert names_shown(page) == []
    assert page.indicators.none.text() == "Không có chỉ tiêu thống kê nào như vậy."
    page.open_indicator("cc.viec")  # what is asked for is shown, whatever the filter
    assert chips[0].isChecked()
    assert len(names_shown(page)) == 9


def test_a_click_opens_the_cells_and_the_arrow_keys_follow(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(1)
    assert not page.indicators.panel.isVisible()
    click_row(qtbot, page, 0)
    panel = page.indicators.panel
    assert panel.isVisible()
    hears(
        qtbot,
        panel,
        "Biểu PL-STP · Tỉnh Nghệ An · dòng VI.1 Hồ sơ đăng ký trực tuyến · cột (1)",
        "Tệp pl-stp_40_2024-H1.xlsx · trang tính PL-STP · ô D52",
        "Mức giao: suy ra từ số công bố",
    )
    qtbot.keyClick(page.indicators.table, Qt.Key.Key_Down)
    assert panel.title.text() == "Khai sinh, khai tử, kết hôn trực tuyến"
    qtbot.keyClick(page.indicators.table, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert page.indicators.table.hasFocus()
    qtbot.keyClick(page.indicators.table, Qt.Key.Key_Return)
    assert panel.isVisible()


def test_the_cells_are_one_click_from_the_panel(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo, unit="CUM-TPTW", period="2024-Y")
    asked: list[tuple[str, dict[str, Any]]] = []
    page.session.asked_for.disconnect()  # the entry page is not what this test is about
    page.session.asked_for.connect(lambda name, place: asked.append((name, place)))
    page.open_indicator("tcpl.xa")
    with qtbot.waitSignal(page.session.moved):
        click(qtbot, link(qtbot, page.indicators.panel, "Tới ô"))
    assert asked == [("entry", {"form": "PL-STP", "cell": ("", "III.7", "1")})]
    assert page.session.period == Period(2024, "Y")
    settle(qtbot, page.session)
    assert page.place.text() == "Thành phố Hà Nội · năm 2024"


def test_the_open_panel_takes_its_room_from_columns_it_shows_itself(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(1)
    table = page.indicators.table
    assert not any(table.isColumnHidden(column) for column in range(9))
    click_row(qtbot, page, 0)
    assert table.isColumnHidden(4)
    assert not any(table.isColumnHidden(column) for column in (0, 1, 2, 5, 6))
    assert table.columnWidth(1) >= 200
    page.window().resize(1920, 1009)
    qtbot.waitUntil(lambda: not table.isColumnHidden(4))


def test_sorting_is_by_the_exact_figure_and_the_unknown_stand_together(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    alarm(demo)
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(1)
    header = page.indicators.table.horizontalHeader()
    difference = 6
    at = QPoint(header.sectionViewportPosition(difference) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    shown_first = [
        str(page.indicators.table.order.index(row, difference).data()).replace("\u00a0", " ")
        for row in range(9)
    ]
    known = [text for text in shown_first if text]
    assert known == [
        "−1.000 cuộc",
        "−4,97 điểm %",
        "−0,50 điểm %",
        "−0,0028 điểm %",
        "+24,75 điểm %",
        "+26,94 điểm %",
    ]
    assert shown_first in (["", "", "", *known], [*known, "", "", ""])


def test_copying_gives_words_for_marks_and_no_column_of_bars(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(1)
    page.indicators.table.setFocus()
    qtbot.keyClick(page.indicators.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == [
        "Đánh giá", "Chỉ tiêu thống kê", "Giá trị", "Đơn vị tính",
        "Mức giao", "Chênh lệch", "Cùng kỳ", "Thay đổi",
    ]  # fmt: skip
    assert lines[1][:3] == ["Đạt", "Đăng ký trực tuyến", "94,75"]
    assert len(lines) == 6


def test_a_bar_has_a_menu_on_both_tabs(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    bar = page.overview.findChildren(BulletBar)[0]
    _ask_menu(bar, bar.rect().center())
    _choose(qtbot, "Sao chép số liệu")
    assert "94,75" in QGuiApplication.clipboard().text()
    page.tabs.setCurrentIndex(1)
    table = page.indicators.table
    _ask_menu(table.viewport(), table.visualRect(table.order.index(0, 4)).center())
    _choose(qtbot, "Sao chép ảnh")
    assert QGuiApplication.clipboard().image().width() == 1280


def _ask_menu(widget: QWidget, at: QPoint) -> None:
    from PySide6.QtGui import QContextMenuEvent

    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QGuiApplication.sendEvent(widget, event)


def _choose(qtbot: QtBot, text: str) -> None:
    menu = QGuiApplication.instance().activePopupWidget()  # type: ignore[union-attr]  # a QApplication
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == text)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_the_picture_is_shown_as_a_table_by_a_key(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    page.overview.setFocus()
    qtbot.keyClick(page.overview, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentIndex() == 1
    qtbot.keyClick(page.indicators.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentIndex() == 0
