"""Hệ thống with real events: the register, a list before it is written, forms owed, the first run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from judapp.app.founding import new_file
from judapp.app.unit_list_reading import read_list
from judapp.app.workspace import Workspace
from judapp.domain.unit import COMMUNE
from judapp.ui.pages.system import SystemPage
from judapp.ui.pages.system_owed import OwedSection
from judapp.ui.pages.system_owed_dialogs import EndDialog, OweDialog, PeopleDialog
from judapp.ui.pages.system_unit_dialog import UnitDialog
from judapp.ui.pages.system_units import UnitsSection
from judapp.ui.window import MainWindow
from tests.unit_list_case import everything, unclear, write

from .conftest import Opened, settle, type_words

LEFT = Qt.MouseButton.LeftButton
AFTER = date(2025, 7, 1)


@pytest.fixture
def nghe_an(tmp_path: Path) -> Path:
    path = tmp_path / "nghe-an.sqlite"
    new_file(path, "40").close()
    return path


def section(qtbot: QtBot, window: MainWindow, name: str) -> Any:
    window.show_page("system", section=name)
    settle(qtbot, window.session)
    page = window.pages["system"]
    assert isinstance(page, SystemPage)
    return page.sections[name]


@pytest.fixture
def shown(opened: Opened, nghe_an: Path) -> MainWindow:
    return opened(nghe_an)


def told(qtbot: QtBot, window: MainWindow, work: Callable[[Workspace], Any]) -> Any:
    found: list[Any] = []
    window.session.ask(window, work, found.append, topic="test")
    settle(qtbot, window.session)
    return found[0]


def communes(workspace: Workspace) -> list[str]:
    found = (workspace.units.state(u.uid, AFTER) for u in workspace.units if u.kind == COMMUNE)
    return sorted(state.name for state in found if state)


def table(units: UnitsSection) -> list[str]:
    return [str(units.table.order.index(row, 1).data()) for row in range(units.table.order.rowCount())]


def buttons(widget: Any, words: str) -> list[QPushButton]:
    return [
        found for found in widget.findChildren(QPushButton) if found.text() == words and found.isVisible()
    ]


def test_a_list_is_chosen_looked_at_written_and_undone(
    qtbot: QtBot, shown: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units: UnitsSection = section(qtbot, shown, "units")
    assert "130 xã, phường" in shown.pages["system"].head.sentence.whole()
    source = everything(tmp_path / "danh sach.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(source), ""))
    assert units.empty.button is not None
    qtbot.mouseClick(units.empty.button, LEFT)
    settle(qtbot, shown.session)
    assert units.preview.isVisible()
    assert told(qtbot, shown, communes) == [], "looking writes nothing"
    assert units.preview.write.isEnabled()
    qtbot.mouseClick(units.preview.write, LEFT)
    settle(qtbot, shown.session)
    assert len(told(qtbot, shown, communes)) == 7
    assert not units.preview.isVisible()
    assert "Xã Nghi Lộc" in table(units)
    qtbot.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, shown.session)
    assert told(qtbot, shown, communes) == []


def test_what_is_not_clear_is_answered_in_place_and_nothing_is_written_before(
    qtbot: QtBot, shown: MainWindow, tmp_path: Path
) -> None:
    units: UnitsSection = section(qtbot, shown, "units")
    units.open_list(everything(tmp_path / "a.xlsx"))
    settle(qtbot, shown.session)
    qtbot.mouseClick(units.preview.write, LEFT)
    settle(qtbot, shown.session)
    units.open_list(unclear(tmp_path / "b.xlsx"))
    settle(qtbot, shown.session)
    assert not units.preview.write.isEnabled()
    [mend] = buttons(units.preview, "Sửa lỗi chính tả")
    qtbot.mouseClick(mend, LEFT)
    settle(qtbot, shown.session)
    assert buttons(units.preview, "Sửa lỗi chính tả") == []
    assert not units.preview.write.isEnabled(), "a name without its kind is mended in the file"
    right = write(tmp_path / "b.xlsx", {"Xã phường": [("Mã", "Tên xã"), ("17830", "Xã Phúc Lọc")]})
    assert read_list(right).units
    units.open_list(right)
    settle(qtbot, shown.session)
    [mend] = buttons(units.preview, "Sửa lỗi chính tả")
    qtbot.mouseClick(mend, LEFT)
    settle(qtbot, shown.session)
    qtbot.mouseClick(units.preview.write, LEFT)
    settle(qtbot, shown.session)
    assert "Xã Phúc Lọc" in told(qtbot, shown, communes)


def test_a_later_day_makes_it_a_new_name(qtbot: QtBot, shown: MainWindow, tmp_path: Path) -> None:
    units: UnitsSection = section(qtbot, shown, "units")
    units.open_list(write(tmp_path / "a.xlsx", {"Xã phường": [("Mã", "Tên xã"), ("1", "Xã A")]}))
    settle(qtbot, shown.session)
    qtbot.mouseClick(units.preview.write, LEFT)
    settle(qtbot, shown.session)
    units.open_list(write(tmp_path / "b.xlsx", {"Xã phường": [("Mã", "Tên xã"), ("1", "Xã B")]}))
    settle(qtbot, shown.session)
    assert buttons(units.preview, "Đổi tên từ ngày đó") == []
    units.preview.day.selectAll()
    qtbot.keyClicks(units.preview.day, "01/3/2026")
    qtbot.keyClick(units.preview.day, Qt.Key.Key_Return)
    settle(qtbot, shown.session)
    [rename] = buttons(units.preview, "Đổi tên từ ngày đó")
    qtbot.mouseClick(rename, LEFT)
    settle(qtbot, shown.session)
    qtbot.mouseClick(units.preview.write, LEFT)
    settle(qtbot, shown.session)
    assert told(qtbot, shown, communes) == ["Xã A"]
    assert table(units) == ["Xã B"]


def test_a_file_that_is_no_workbook_is_told_in_a_bar(qtbot: QtBot, shown: MainWindow, tmp_path: Path) -> None:
    units: UnitsSection = section(qtbot, shown, "units")
    picture = tmp_path / "anh.xlsx"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    units.open_list(picture)
    settle(qtbot, shown.session)
    assert "JPEG" in units.bar.words.text()
    assert not units.preview.isVisible()


def test_a_unit_is_found_by_what_it_was_made_of_and_drawn(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    window = opened(demo, period="2026-H1", unit="TH")
    units: UnitsSection = section(qtbot, window, "units")
    type_words(units.search, "thuc hanh 004 a")
    settle(qtbot, window.session)
    assert table(units) == ["Xã Thực Hành 004", "Xã Thực Hành 004 A"]
    assert units.about.name.whole() == "Xã Thực Hành 004 (từ 01/07/2025)"
    assert "Xã Thực Hành 004 A, Xã Thực Hành 004 B" in units.about.picture.accessibleName()
    units.table.setFocus()
    qtbot.keyClick(units.table, Qt.Key.Key_Return)
    [dialog] = units.findChildren(UnitDialog)
    dialog.name.setText("Xã Thực Hành Bốn")
    qtbot.mouseClick(dialog.verb, LEFT)
    settle(qtbot, window.session)
    units.search.clear()
    assert "Xã Thực Hành Bốn" in table(units)


def test_a_list_to_fill_in_is_saved(
    qtbot: QtBot, shown: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units: UnitsSection = section(qtbot, shown, "units")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mau"), ""))
    qtbot.mouseClick(units.template, LEFT)
    settle(qtbot, shown.session)
    assert [sheet.kind for sheet in read_list(tmp_path / "mau.xlsx").sheets] == [
        "communes", "communes", "offices", "agencies", "rooms", "persons", "owed",
    ]  # fmt: skip


def test_forms_are_put_down_assigned_and_ended(qtbot: QtBot, shown: MainWindow) -> None:
    owed: OwedSection = section(qtbot, shown, "owed")
    assert owed.empty.isVisible()
    assert owed.empty.button is not None
    qtbot.mouseClick(owed.empty.button, LEFT)
    [dialog] = owed.findChildren(OweDialog)
    dialog.who.setCurrentText("Sở Tư pháp")
    dialog.forms.setText("10b, 99z")
    settle(qtbot, shown.session)
    assert "99z" in dialog.words.text()
    assert not dialog.verb.isEnabled()
    dialog.forms.setText("10b")
    dialog.person.setCurrentText("Lan")
    settle(qtbot, shown.session)
    assert dialog.verb.isEnabled()
    qtbot.mouseClick(dialog.verb, LEFT)
    settle(qtbot, shown.session)
    [line] = owed.page.lines if owed.page else ()
    assert (line.form, line.person) == ("10b/TP/CC", "Lan")
    owed.table.selectRow(0)
    owed.ask_change()
    [people] = owed.findChildren(PeopleDialog)
    people.room.setCurrentText("Phòng Bổ trợ tư pháp")
    qtbot.mouseClick(people.verb, LEFT)
    settle(qtbot, shown.session)
    assert owed.page is not None
    assert owed.page.lines[0].room == "Phòng Bổ trợ tư pháp"
    owed.table.selectRow(0)
    qtbot.mouseClick(owed.end, LEFT)
    [end] = owed.findChildren(EndDialog)
    end.day.setText("31/12/2099")
    qtbot.mouseClick(end.verb, LEFT)
    settle(qtbot, shown.session)
    assert owed.page.lines[0].until == date(2099, 12, 31)
    owed.table.selectRow(0)
    owed.ask_end()
    owed.findChildren(EndDialog)[-1].day.setText("01/01/2000")
    qtbot.mouseClick(owed.findChildren(EndDialog)[-1].verb, LEFT)
    settle(qtbot, shown.session)
    assert owed.page.lines == ()


def test_the_first_run_takes_the_list_along(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = window.start
    start._picked(("Tỉnh Nghệ An", "40"))
    assert start.units.text() == "Danh sách 130 xã, phường"
    start.path.setText(str(tmp_path / "moi.sqlite"))
    source = everything(tmp_path / "danh sach.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(source), ""))
    qtbot.mouseClick(start.choose, LEFT)
    assert "danh sach.xlsx" in start.list_name.whole()
    qtbot.mouseClick(start.begin, LEFT)
    qtbot.waitUntil(lambda: window.page_name == "system", timeout=20_000)
    settle(qtbot, window.session)
    settle(qtbot, window.session)
    page = window.pages["system"]
    assert isinstance(page, SystemPage)
    units = page.sections["units"]
    assert isinstance(units, UnitsSection)
    assert units.preview.isVisible()
    assert units.preview.write.isEnabled()
