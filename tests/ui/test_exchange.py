"""“Gói của phòng” in the window: what would change is shown; of two changes a person chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from judapp.app.packing import pack, room_named
from judapp.app.unpacking import new_file_of
from judapp.app.workspace import Workspace
from judapp.store.room_package import read_package
from judapp.ui.pages.system_exchange import ExchangeSection
from judapp.ui.pages.system_package import ArrivalDialog
from judapp.ui.window import MainWindow
from tests.rooms import H1, clerk_file, enter, first_cell
from tests.ui.conftest import Opened, settle

PAGE = "judapp.ui.pages.system_exchange"


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, Path]:
    """The clerk's file, and the package in which the room changed a figure."""
    clerk = clerk_file(tmp_path / "clerk.sqlite")
    out, back = tmp_path / "out.judapp", tmp_path / "back.judapp"
    with Workspace.open(clerk, read_only=True) as workspace:
        pack(workspace, room_named(workspace, "BTTP", H1.last_day), H1, out)
    room, _ = new_file_of(tmp_path / "room.sqlite", out)
    with room:
        enter(room, 71)
        pack(room, room_named(room, "BTTP", H1.last_day), H1, back)
    return clerk, back


def figure(path: Path) -> str:
    with Workspace.open(path, read_only=True) as workspace:
        cell = first_cell(workspace)
        version = workspace.version_for("10b/TP/CC", H1)
        [duty] = [o for o in workspace.obligations if o.family == "cc.so"]
        resolved = workspace.resolved(version.id, duty.unit, H1)
        assert resolved is not None
        return next(str(c.figure.value) for k, c in resolved.cells.items() if f"[{k[1]}]c{k[2]}" == cell)


def section(window: MainWindow) -> ExchangeSection:
    window.session.show("system", section="exchange")
    found = window.pages["system"].findChild(ExchangeSection)
    assert isinstance(found, ExchangeSection)
    return found


def receive(page: ExchangeSection, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{PAGE}.QFileDialog.getOpenFileName", lambda *_: (str(package), ""))
    page.receive_button.click()


def answer(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, *, take: bool = False) -> list[object]:
    """Let a dialog be looked at as a person does, then its verb be pressed."""
    shown: list[object] = []

    def run(dialog: ArrivalDialog) -> int:
        dialog.show()
        qtbot.waitExposed(dialog)
        shown.append([line.status for line in dialog._view.lines])
        shown.append([str(dialog.cells.order.index(0, at).data()) for at in (1, 2)])
        if take:
            dialog.take.setFocus()
            qtbot.keyClick(dialog.take, Qt.Key.Key_Space)
        shown.append(dialog.verb.isEnabled())
        if dialog.verb.isEnabled():
            qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
        return dialog.result()

    monkeypatch.setattr("judapp.ui.dialogs.ActDialog.exec", run)
    return shown


def test_a_package_is_shown_taken_and_undone(
    qtbot: QtBot, opened: Opened, packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, back = packages
    before = figure(clerk)
    window = opened(clerk, "2026-H1")
    shown = answer(monkeypatch, qtbot)
    receive(section(window), back, monkeypatch)
    settle(qtbot, window.session)
    assert shown == [["changed"], [before, "71"], True]
    assert figure(clerk) == "71"
    window.session.undo()
    settle(qtbot, window.session)
    assert figure(clerk) == before


def test_where_both_changed_nothing_is_taken_unless_ticked(
    qtbot: QtBot, opened: Opened, packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, back = packages
    with Workspace.open(clerk) as workspace:
        enter(workspace, 72)
    window = opened(clerk, "2026-H1")
    page = section(window)
    shown = answer(monkeypatch, qtbot)
    receive(page, back, monkeypatch)
    settle(qtbot, window.session)
    assert shown == [["both"], ["72", "71"], False]
    assert figure(clerk) == "72"
    shown = answer(monkeypatch, qtbot, take=True)
    receive(page, back, monkeypatch)
    settle(qtbot, window.session)
    assert shown[-1] is True
    assert figure(clerk) == "71"


def test_the_package_of_the_chosen_room_is_written(
    qtbot: QtBot, opened: Opened, packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = opened(packages[0], "2026-H1")
    page = section(window)
    settle(qtbot, window.session)
    assert [page.table.order.index(row, 0).data() for row in range(2)] == [
        "Phòng Bổ trợ tư pháp",
        "Phòng Phổ biến, giáo dục pháp luật",
    ]
    wanted = tmp_path / "phong.judapp"
    monkeypatch.setattr(f"{PAGE}.QFileDialog.getSaveFileName", lambda *_: (str(wanted), ""))
    monkeypatch.setattr(f"{PAGE}.QDesktopServices.openUrl", lambda _: True)
    qtbot.mouseClick(page.send_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window.session)
    assert read_package(wanted.read_bytes()).manifest.room_name == "Phòng Bổ trợ tư pháp"
