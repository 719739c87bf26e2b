"""Bảng đơn vị with real events: filters, one form, the cell beside, marks, reminders, rolling up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from judapp.app.grid import reckoned
from judapp.app.workspace import Workspace
from judapp.ui.pages.board import BoardTab
from judapp.ui.pages.board_dialogs import MovedDialog, ReasonDialog, RollupDialog, TemplatesDialog
from judapp.ui.pages.board_trace import TraceDialog
from judapp.ui.pages.importing import ImportPage
from tests import board_world as world
from tests.board_world import BASE, H1
from tests.ui.conftest import Opened, settle

Shown = Callable[..., BoardTab]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.sqlite"
    world.province(path).close()
    return path


@pytest.fixture
def shown(qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The board of the practice province over a data file."""

    def show(path: Path, period: str = "2026-H1", unit: str = "TH", **place: Any) -> BoardTab:
        monkeypatch.setattr("judapp.app.workspace.today", lambda: world.ON)
        window = opened(path, period, unit)
        window.session.show("import", tab="board", **place)
        settle(qtbot, window.session)
        page = window.pages["import"]
        assert isinstance(page, ImportPage)
        assert page.tabs.board is not None
        return page.tabs.board

    return show


def lines(board: BoardTab) -> list[str]:
    """The units shown, group heads as well."""
    model = board.table.board
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def pick(qtbot: QtBot, board: BoardTab, row: int, column: int = 1) -> None:
    index = board.table.board.index(row, column)
    board.table.scrollTo(index)
    qtbot.mouseClick(board.table.viewport(), LEFT, pos=board.table.visualRect(index).center())
    settle(qtbot, board.session)


def press(qtbot: QtBot, board: BoardTab, button: QPushButton) -> None:
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, board.session)


def facts(board: BoardTab) -> list[str]:
    return [fact.words for fact in board.panel.detail.facts] if board.panel.detail else []


def test_the_board_says_who_sent_what_and_filters_show_them(qtbot: QtBot, shown: Shown, file: Path) -> None:
    board = shown(file)
    head = board.window().pages["import"].head.sentence.whole()  # type: ignore[attr-defined]
    assert head.startswith("5/24 đơn vị đã nộp đủ biểu 10a; thiếu 18, đều quá hạn 2 ngày")
    assert [chip.text() for chip in board.chips.values()] == [
        "Tất cả 24", "Thiếu 18", "Dở dang 1", "Sai 1", "Trùng 0", "Muộn 1",
    ]  # fmt: skip
    press(qtbot, board, board.chips["wrong"])
    assert len(lines(board)) == 1
    assert board.table.board.index(0, 1).data() == "✕1"
    press(qtbot, board, board.chips["missing"])
    assert board.table.board.index(0, 2).data() == "2 ngày"


def test_what_a_file_leaves_unanswered_stands_in_its_cell_and_can_be_filtered(
    qtbot: QtBot, shown: Shown, file: Path, tmp_path: Path
) -> None:
    with Workspace.open(file) as workspace:
        cells = world.figures(7)
        del cells["c13"], cells["c14"]
        office = world.offices(workspace)[6]
        world.imported(workspace, world.sent(workspace, office, cells, tmp_path / "dở.xlsx"))
    board = shown(file)
    assert board.chips["unfinished"].text() == "Dở dang 2"
    press(qtbot, board, board.chips["unfinished"])
    assert len(lines(board)) == 2
    index = board.table.board.index(1, 1)
    assert index.data() == "◐2"
    assert index.data(Qt.ItemDataRole.ToolTipRole).endswith("đã nhận, còn 2 ô chưa trả lời")
    pick(qtbot, board, 1)
    assert "còn 2 ô chưa trả lời" in facts(board)


def test_where_nothing_is_left_unanswered_nothing_offers_to_show_it(
    qtbot: QtBot, shown: Shown, file: Path
) -> None:
    with Workspace.open(file) as workspace:
        world.typed(workspace, world.offices(workspace)[3], world.figures(4))
    board = shown(file)
    assert not board.chips["unfinished"].isVisible()
    assert board.chips["wrong"].isVisible()


def test_the_cell_at_hand_is_told_beside_and_opens_its_sheet(qtbot: QtBot, shown: Shown, file: Path) -> None:
    board = shown(file)
    pick(qtbot, board, 0)
    told = facts(board)
    assert any("van phong 1.xlsx" in words for words in told)
    assert "Vào biểu tỉnh 10b, dòng 1" in told
    assert board.panel.original.isVisible()
    assert not board.panel.not_owed.isVisible()
    asked: list[tuple[str, dict[str, Any]]] = []
    board.session.asked_for.connect(lambda page, place: asked.append((page, place)))
    qtbot.keyClick(board.table, Qt.Key.Key_Return)
    settle(qtbot, board.session)
    assert asked == [("entry", {"form": BASE})]
    assert board.session.unit != ""


def test_home_leads_to_the_missing_ones_of_a_form(qtbot: QtBot, shown: Shown, file: Path) -> None:
    board = shown(file, filter="missing", form=BASE)
    assert len(lines(board)) == 18
    assert board.only.text() == "Chỉ 10a"
    press(qtbot, board, board.only)
    assert not board.only.isVisible()


def test_a_click_on_the_head_shows_that_form_only_and_again_all(
    qtbot: QtBot, shown: Shown, tmp_path: Path
) -> None:
    world.many(tmp_path / "b.sqlite", alarming=True).close()
    board = shown(tmp_path / "b.sqlite", "2024-Y")
    across = board.table.horizontalHeader()
    every = len(lines(board))
    at = QPoint(across.sectionViewportPosition(2) + 10, 8)
    qtbot.mouseClick(across.viewport(), LEFT, pos=at)
    settle(qtbot, board.session)
    assert [form.short for form in board.table.board.forms] == ["17a"]
    assert len(lines(board)) < every
    qtbot.mouseClick(across.viewport(), LEFT, pos=QPoint(across.sectionViewportPosition(1) + 10, 8))
    settle(qtbot, board.session)
    assert len(lines(board)) == every
    assert lines(board)[0].startswith("Tổ chức hành nghề công chứng:")
    qtbot.mouseClick(across.viewport(), LEFT, pos=QPoint(8, 8))
    settle(qtbot, board.session)
    press(qtbot, board, board.groups)
    menu = next(m for m in board.findChildren(QMenu) if m.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert len(lines(board)) == every - 3


def test_marks_are_written_with_their_reason_and_taken_back(qtbot: QtBot, shown: Shown, file: Path) -> None:
    board = shown(file)
    pick(qtbot, board, 10)
    press(qtbot, board, board.panel.not_owed)
    dialog = board.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.verb.isEnabled()
    dialog.field.setText("Tạm ngừng")
    press(qtbot, board, dialog.verb)
    assert board.table.board.index(10, 1).data() == "–"
    assert "Lý do: Tạm ngừng" in facts(board)
    press(qtbot, board, board.panel.back)
    assert board.table.board.index(10, 1).data() == "○"
    press(qtbot, board, board.panel.paper)
    assert board.table.board.index(10, 1).data() == "▤"
    board.session.undo()
    settle(qtbot, board.session)
    assert board.table.board.index(10, 1).data() == "○"


def test_the_menu_of_a_cell_opens_with_the_mouse_and_the_keyboard(
    qtbot: QtBot, shown: Shown, file: Path
) -> None:
    board = shown(file)
    pick(qtbot, board, 10)
    other = board.table.visualRect(board.table.board.index(0, 1)).center()
    for reason, at, expected in (
        (QContextMenuEvent.Reason.Keyboard, other, "Không phải báo cáo kỳ này (ghi lý do)"),
        (QContextMenuEvent.Reason.Mouse, other, "Tệp gốc"),
    ):
        where = board.table.viewport().mapToGlobal(at)
        QApplication.sendEvent(board.table.viewport(), QContextMenuEvent(reason, at, where))
        [menu] = [m for m in board.findChildren(QMenu) if m.isVisible()]
        assert expected in [act.text() for act in menu.actions()]
        menu.close()
        QApplication.processEvents()


def test_reminders_go_to_the_clipboard_and_into_a_workbook(
    qtbot: QtBot, shown: Shown, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = shown(file, filter="missing")
    press(qtbot, board, board.copy)
    assert QGuiApplication.clipboard().text().count("Đề nghị") == 18
    path = tmp_path / "đôn đốc"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(qtbot, board, board.remind)
    assert openpyxl.load_workbook(f"{path}.xlsx").worksheets[0].max_row > 18
    assert "18 đơn vị" in board.told.words.text()


def test_templates_and_the_original_file_go_where_a_person_says(
    qtbot: QtBot, shown: Shown, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = shown(file)
    folder = tmp_path / "gửi"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    press(qtbot, board, board.templates)
    dialog = board.findChild(TemplatesDialog)
    assert isinstance(dialog, TemplatesDialog)
    assert dialog.missing.isChecked()
    press(qtbot, board, dialog.verb)
    assert len(list(folder.glob("*.xlsx"))) == 18
    pick(qtbot, board, 0)
    press(qtbot, board, board.panel.original)
    assert (folder / "van phong 1.xlsx").is_file()


def test_rolling_up_shows_what_it_does_and_does_it_as_one_act(qtbot: QtBot, shown: Shown, file: Path) -> None:
    board = shown(file)
    assert board.roll.text() == "Tổng hợp vào biểu tỉnh 10b"
    press(qtbot, board, board.roll)
    dialog = board.findChild(RollupDialog)
    assert isinstance(dialog, RollupDialog)
    assert dialog.left.text() == "Lập 1 phiếu của tỉnh."
    press(qtbot, board, dialog.verb)
    assert board.session.undoable[0].label.startswith("Tổng hợp vào biểu tỉnh")
    QApplication.processEvents()
    press(qtbot, board, board.roll)
    again = board.findChildren(RollupDialog)[-1]
    assert not again.verb.isEnabled()
    again.reject()


def test_what_moved_since_the_province_handed_in_is_told_with_the_units(
    qtbot: QtBot, shown: Shown, file: Path
) -> None:
    with Workspace.open(file) as workspace:
        world.hand_in(workspace)
        world.typed(workspace, world.offices(workspace)[1], {"c1": 99})
    board = shown(file)
    assert board.moved.isVisible()
    assert board.moved.words.text() == "3 ô biểu tỉnh (10b) khác bản đã gửi."
    board.acts.show_moved(board.view)  # type: ignore[arg-type]
    dialog = board.findChild(MovedDialog)
    assert isinstance(dialog, MovedDialog)
    top = dialog.items.item(0)
    assert (top.child(0, 1).text(), top.child(0, 2).text()) == ("180", "258")
    dialog.reject()


def test_a_figure_of_the_province_leads_to_the_cell_of_the_unit_and_its_file(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    with Workspace.open(file) as workspace:
        resolved = reckoned(workspace, workspace.version_for(world.ABOVE, H1), world.head(workspace).uid, H1)
        office = world.offices(workspace)[0].uid
        row = next(row.key for row in resolved.rows[""] if row.unit == office)
    window = opened(file, "2026-H1", "TH")
    window.session.show("entry", form=world.ABOVE, cell=("", row, "3"))
    settle(qtbot, window.session)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window.session)
    dialog = window.findChild(TraceDialog)
    assert isinstance(dialog, TraceDialog)
    line = dialog.table.current()
    assert (line.value, line.file, bool(line.cell)) == ("40", "van phong 1.xlsx", True)
    assert dialog.original.isEnabled()
    asked: list[tuple[str, dict[str, Any]]] = []
    window.session.asked_for.connect(lambda page, place: asked.append((page, place)))
    dialog.accept()
    settle(qtbot, window.session)
    assert asked == [("entry", {"form": BASE, "cell": line.key})]
    assert window.session.unit == office


def test_a_round_without_base_forms_says_so(qtbot: QtBot, shown: Shown, file: Path) -> None:
    board = shown(file, "2023-Y", "40")
    assert board.stack.currentIndex() == 0
    assert board.nothing.sentence.text() == "Kỳ này không biểu nào thu từ đơn vị."
    assert not board.foot.isVisible()


def test_files_dropped_on_the_board_lead_back_to_the_files(
    qtbot: QtBot, shown: Shown, file: Path, tmp_path: Path
) -> None:
    board = shown(file)
    page = board.window().pages["import"]  # type: ignore[attr-defined]
    (tmp_path / "x.xlsx").write_bytes(b"\xff\xd8")
    board.session.show("import", paths=[tmp_path / "x.xlsx"])
    settle(qtbot, board.session)
    assert not page.tabs.on_board
    assert page.rows
