"""What all pages share: finding without marks, lists by keyboard, sentences that are never cut unseen."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp.ui.crash import CrashHook, report
from judapp.ui.jobs import Task
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Bar, Elided, Empty, JobLine
from judapp.ui.widgets.picker import Choice, Picker
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

from .conftest import type_words


@pytest.fixture
def picker(qtbot: QtBot, looks: QApplication) -> Iterator[Picker]:
    below = QWidget()
    qtbot.addWidget(below)
    made = Picker(below, "Tìm")
    made.fill(
        [
            Choice("Xã Nghi Lộc", "a", "17827", "xã, phường"),
            Choice("Phường Vinh Phú", "b", "16681", "xã, phường"),
            Choice("VPCC An Bình", "c", "", "tổ chức hành nghề", also="notary"),
            Choice("Trình duyệt", "d", blocked="còn 2 lỗi", group="lệnh"),
        ],
        "b",
        "Không có dòng nào khớp.",
    )
    made.show()
    yield made
    below.close()


def shown(picker: Picker) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def test_lines_stand_under_their_group_and_the_present_one_is_chosen(picker: Picker) -> None:
    assert shown(picker) == [
        "xã, phường", "Xã Nghi Lộc", "Phường Vinh Phú",
        "tổ chức hành nghề", "VPCC An Bình",
        "lệnh", "Trình duyệt",
    ]  # fmt: skip
    assert picker.list.currentItem().text() == "Phường Vinh Phú"


@pytest.mark.parametrize("words", ["nghi loc", "NGHI", "lộc nghi", "xa nghi"])
def test_marks_case_and_order_do_not_matter(qtbot: QtBot, picker: Picker, words: str) -> None:
    taken: list[Any] = []
    picker.picked.connect(taken.append)
    type_words(picker.search, words)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert taken == ["a"]


def test_nothing_is_completed_while_a_person_types(qtbot: QtBot, picker: Picker) -> None:
    """UniKey sends a backspace and the letter again: the field holds what was typed and nothing more."""
    qtbot.keyClicks(picker.search, "Ng")
    qtbot.keyClick(picker.search, Qt.Key.Key_Backspace)
    qtbot.keyClicks(picker.search, "ghi")
    assert picker.search.text() == "Nghi"


def test_arrows_skip_the_heads_of_groups(qtbot: QtBot, picker: Picker) -> None:
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.list.currentItem().text() == "VPCC An Bình"
    qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert picker.list.currentItem().text() == "Phường Vinh Phú"
    for _ in range(9):
        qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert picker.list.currentItem().text() == "Xã Nghi Lộc"
    for _ in range(9):
        qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.list.currentItem().text() == "Trình duyệt"


def test_what_may_not_be_done_is_shown_with_its_reason_and_not_taken(qtbot: QtBot, picker: Picker) -> None:
    taken: list[Any] = []
    picker.picked.connect(taken.append)
    type_words(picker.search, "trình")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert taken == []
    assert picker.isVisible()


def test_without_a_hit_it_says_so(qtbot: QtBot, picker: Picker) -> None:
    qtbot.keyClicks(picker.search, "zzz")
    assert picker.nothing.isVisible()
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert picker.isVisible()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=20))
def test_whatever_is_typed_only_lines_that_hold_every_word_stay(picker: Picker, words: str) -> None:
    from judapp.text import fold

    picker.search.setText(words)
    typed = fold(picker.search.text()).split()
    for row in range(picker.list.count()):
        choice = picker.list.item(row).data(Qt.ItemDataRole.UserRole)
        if choice is not None:
            assert all(word in fold(f"{choice.text} {choice.also} {choice.group}") for word in typed)


@pytest.fixture
def table(qtbot: QtBot, looks: QApplication) -> ListTable:
    made = ListTable("thu", [Head("Biểu"), Head("Lỗi", 60, numbers=True)])
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show_rows(
        [
            Row(("10b", Cell("9", sort=9)), "ten"),
            Row(("12b", Cell("10", sort=10)), "twelve"),
            Row(("17c", Cell("2", sort=2)), "seventeen"),
        ]
    )
    made.show()
    return made


def test_numbers_sort_as_numbers_and_stand_at_the_right(qtbot: QtBot, table: ListTable) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [table.order.index(row, 0).data() for row in range(3)] == ["17c", "10b", "12b"]
    alignment = Qt.AlignmentFlag(table.order.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole))
    assert alignment & Qt.AlignmentFlag.AlignRight


def test_enter_opens_the_row_and_ctrl_c_copies_with_heads(qtbot: QtBot, table: ListTable) -> None:
    opened: list[Any] = []
    table.opened.connect(opened.append)
    table.setFocus()
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["twelve"]
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Biểu\tLỗi\n10b\t9\n12b\t10\n17c\t2"


def test_the_current_row_stays_current_when_rows_change(qtbot: QtBot, table: ListTable) -> None:
    table.selectRow(2)
    table.show_rows([Row(("17c", "1"), "seventeen"), Row(("10b", "1"), "ten")], keep=lambda data: data)
    assert table.current() == "seventeen"


def test_a_line_without_room_ends_in_dots_and_tells_the_whole(qtbot: QtBot, looks: QApplication) -> None:
    label = Elided("Sở Tư pháp tỉnh Nghệ An, số liệu 6 tháng đầu năm 2026")
    qtbot.addWidget(label)
    label.resize(120, 24)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole()
    label.resize(900, 24)
    assert label.text() == label.whole()
    assert label.toolTip() == ""


def test_a_bar_offers_the_way_out(qtbot: QtBot, looks: QApplication) -> None:
    bar = Bar("error")
    qtbot.addWidget(bar)
    done: list[int] = []
    bar.tell("Ổ D: hết chỗ.", ("Ghi lại", lambda: done.append(1)))
    again = next(b for b in bar.findChildren(QPushButton) if b.text() == "Ghi lại")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert done == [1]
    bar.tell("Khác.")
    assert not any(b.text() == "Ghi lại" and b.isVisible() for b in bar.findChildren(QPushButton))


def test_an_empty_region_says_why_and_what_next(qtbot: QtBot, looks: QApplication) -> None:
    done: list[int] = []
    empty = Empty("Không còn lỗi.", "Trình duyệt", lambda: done.append(1))
    qtbot.addWidget(empty)
    assert empty.button is not None
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == [1]


def test_a_job_tells_its_steps_and_is_stopped_by_its_button(qtbot: QtBot, looks: QApplication) -> None:
    line = JobLine()
    line.resize(800, 40)
    qtbot.addWidget(line)
    task = Task()
    line.follow(task, "Đang đọc")
    line.show()
    task.step(3, 10, "Tan Ky.xls")
    assert line.words.whole().startswith("3/10: Tan Ky.xls")
    qtbot.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    assert task.cancelled
    assert line.words.whole() == t("WIN-stopping")
    task.ended.emit()
    assert not line.isVisible()


def test_a_fault_nobody_caught_is_brought_to_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    told: list[BaseException] = []
    hook = CrashHook(told.append)
    try:
        error = ValueError("a")
        sys.excepthook(ValueError, error, None)
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        hook.remove()
    assert told[0] is error
    assert isinstance(told[1], ZeroDivisionError)
    assert "ZeroDivisionError" in report(told[1])
