"""Trang chính with real events: what it says, where its buttons lead, who prepares a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.pages.home import HomePage
from judapp.ui.pages.home_person import PersonOfForm
from judapp.ui.session import Session, open_file
from judapp.ui.widgets.basic import Empty

Shown = Callable[..., HomePage]
H1 = Period.parse("2026-H1")
LEFT = Qt.MouseButton.LeftButton
FORM, SHEET, BASE, ERRORS, EXPLAIN, DUE, PERSON = range(7)


@pytest.fixture
def shown(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    """The page alone over a data file: ``shown(path, "2026-H1", "TH", today)``."""
    made: list[HomePage] = []

    def show(
        path: Path, period: str, unit: str, today: date, size: tuple[int, int] = (1158, 590)
    ) -> HomePage:
        monkeypatch.setattr("judapp.app.workspace.today", lambda: today)
        with qtbot.waitSignal(session.opened, timeout=20_000):
            session.open(open_file(path))
        at = Period.parse(period)
        found: list[str] = []
        session.ask(session, lambda workspace: workspace.unit(unit, at).uid, found.append, topic="test")
        qtbot.waitUntil(lambda: bool(found), timeout=10_000)
        session.go(period=at, unit=found[0])
        page = HomePage(session)
        made.append(page)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        settle(qtbot, session)
        return page

    yield show
    settle(qtbot, session)


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.busy, timeout=60_000)


def cells(page: HomePage, column: int) -> list[str]:
    order = page.forms.table.order
    return [str(order.index(row, column).data()) for row in range(order.rowCount())]


def click(qtbot: QtBot, page: HomePage, row: int, column: int, double: bool = False) -> None:
    table = page.forms.table
    at = table.visualRect(table.order.index(row, column)).center()
    if double:
        qtbot.mouseClick(table.viewport(), LEFT, pos=at)
        qtbot.mouseDClick(table.viewport(), LEFT, pos=at)
    else:
        qtbot.mouseClick(table.viewport(), LEFT, pos=at)


def links(page: HomePage) -> dict[str, QPushButton]:
    """The buttons of what is to do, by what screen readers call them."""
    return {found.accessibleName(): found for found in page.todos.card.findChildren(QPushButton)}


def asked(qtbot: QtBot, session: Session, act: Callable[[], Any]) -> tuple[str, dict[str, Any]]:
    with qtbot.waitSignal(session.asked_for, timeout=5_000) as blocker:
        act()
    assert blocker.args is not None
    return blocker.args[0], blocker.args[1]


def test_the_page_says_where_the_round_stands(shown: Shown, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    assert page.head.title.text() == "Sơ bộ 6 tháng 2025"
    assert page.head.sentence.whole().startswith("Còn 5 ngày đến hạn gửi Bộ (25/6/2025). 0/2 biểu đã trình")
    assert cells(page, FORM) == ["12b/BTP/BTTP/CC · Công chứng", "17c/BTP/HTQTCT/CT · Chứng thực"]
    assert cells(page, SHEET) == ["Đang nhập", "Chưa nhập"]
    assert cells(page, EXPLAIN) == ["31", "–"]
    assert cells(page, DUE) == ["25/6/2025", "25/6/2025"]
    assert page.forms.chips["open"].text() == "Chưa xong 2"
    assert page.todos.count.text() == "2"
    assert page.forms.table.isColumnHidden(BASE)


def test_every_state_leads_to_where_it_is_dealt_with(
    qtbot: QtBot, shown: Shown, session: Session, demo: Path
) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    explain = links(page)["Xem: 12b: 31 cần thuyết minh"]
    place = {"form": "12b/BTP/BTTP/CC", "severity": "explain"}
    assert asked(qtbot, session, lambda: qtbot.mouseClick(explain, LEFT)) == ("checks", place)
    assert asked(qtbot, session, lambda: click(qtbot, page, 0, EXPLAIN)) == ("checks", place)
    entered = "entry", {"form": "17c/BTP/HTQTCT/CT"}
    assert asked(qtbot, session, lambda: click(qtbot, page, 1, SHEET, double=True)) == entered
    page.forms.table.selectRow(1)
    assert asked(qtbot, session, lambda: qtbot.keyClick(page.forms.table, Qt.Key.Key_Return)) == entered


def test_a_count_of_nothing_leads_nowhere(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    with qtbot.assertNotEmitted(session.asked_for):
        click(qtbot, page, 0, ERRORS)
        click(qtbot, page, 1, EXPLAIN)


def test_enter_goes_on_at_once(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    button = page.head.primary_button
    assert button is not None
    assert button.text() == "Nhập biểu 17c"
    qtbot.waitUntil(button.hasFocus)
    entered = "entry", {"form": "17c/BTP/HTQTCT/CT"}
    assert asked(qtbot, session, lambda: qtbot.keyClick(button, Qt.Key.Key_Return)) == entered


def test_filters_count_and_show_what_they_say(
    qtbot: QtBot, shown: Shown, session: Session, demo: Path
) -> None:
    session.who = "Lê Thu Hà"
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 28))
    chips = page.forms.chips
    assert [chip.text() for chip in chips.values()] == ["Tất cả 2", "Của tôi 1", "Chưa xong 2", "Quá hạn 2"]
    qtbot.mouseClick(chips["mine"], LEFT)
    assert [cells(page, PERSON)] == [["Lê Thu Hà"]]
    qtbot.mouseClick(chips["all"], LEFT)
    assert len(cells(page, FORM)) == 2


def test_an_empty_filter_says_why_and_leads_back(qtbot: QtBot, shown: Shown, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    qtbot.mouseClick(page.forms.chips["late"], LEFT)
    qtbot.waitUntil(lambda: any(found.isVisible() for found in page.forms.findChildren(Empty)))
    [empty] = [found for found in page.forms.findChildren(Empty) if found.isVisible()]
    assert empty.sentence.text() == "Không có biểu nào quá hạn."
    assert not page.forms.table.isVisible()
    assert empty.button is not None
    qtbot.mouseClick(empty.button, LEFT)
    assert page.forms.table.isVisible()
    assert len(cells(page, FORM)) == 2


def test_a_new_file_offers_its_first_steps(
    qtbot: QtBot, shown: Shown, session: Session, tmp_path: Path
) -> None:
    from judapp.app.founding import new_file

    path = tmp_path / "a.sqlite"
    new_file(path, "40", date(2026, 1, 1)).close()
    page = shown(path, "2026-H1", "40", date(2026, 6, 12))
    assert page.todos.title.text() == "BẮT ĐẦU"
    assert page.head.primary_button is not None
    assert page.head.primary_button.text() == "Nhập biểu đầu tiên"
    assert not page.forms.table.isVisible()
    assert page.forms.others.isVisible()
    assert not page.forms.fold.isVisible()
    units = links(page)["Nhập: Nhập danh sách 130 xã, phường và xã cũ → xã mới từ Excel."]
    led = "system", {"section": "units"}
    assert asked(qtbot, session, lambda: qtbot.mouseClick(units, LEFT)) == led
    page.forms.others.setFocus()
    entered = "entry", {"form": "10b/TP/CC"}
    assert asked(qtbot, session, lambda: qtbot.keyClick(page.forms.others, Qt.Key.Key_Return)) == entered


def test_nothing_to_do_is_said(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2018-Y", "TH", date(2019, 1, 10))
    [see] = page.todos.card.findChildren(QPushButton)
    assert asked(qtbot, session, lambda: qtbot.mouseClick(see, LEFT)) == ("progress", {})
    assert cells(page, BASE) == ["3/3"]
    assert cells(page, SHEET) == ["–"]
    looked = asked(qtbot, session, lambda: click(qtbot, page, 0, BASE))
    assert looked == ("import", {"tab": "board", "form": "13a/BTP/HTQTCT/HT"})


def test_more_than_seven_things_to_do_are_folded(qtbot: QtBot, shown: Shown, demo: Path) -> None:
    from msgspec.structs import replace

    from judapp.app.home import Act, Board, Todo
    from judapp.text import Bilingual

    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    words = Bilingual("Xem", "Look")
    todos = tuple(
        Todo("error", Bilingual(f"{n}: 1 lỗi", f"{n}: 1 error"), Act(words, "checks")) for n in range(9)
    )
    board = page.todos._board
    assert isinstance(board, Board)
    page.todos.show_todos(replace(board, todos=todos))
    assert len(links(page)) == 7  # six and the button for the rest
    more = links(page)[""]
    assert more.text() == "Còn 3 việc"
    qtbot.mouseClick(more, LEFT)
    qtbot.waitUntil(lambda: len(links(page)) == 9)


def test_the_form_goes_to_whoever_is_named(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    page.forms.table.selectRow(1)
    choose(qtbot, page, "Người làm…")
    dialog = wait_for_dialog(qtbot, page)
    assert dialog.name() == "Lê Thu Hà"
    edit = dialog.field.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "Tran Van Moi")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cells(page, PERSON)[1] == "Tran Van Moi", timeout=10_000)
    session.undo()
    qtbot.waitUntil(lambda: cells(page, PERSON)[1] == "Lê Thu Hà", timeout=10_000)


def test_nobody_can_be_put_down_too(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    choose(qtbot, page, "Người làm…")
    dialog = wait_for_dialog(qtbot, page)
    qtbot.mouseClick(dialog.release, LEFT)
    qtbot.waitUntil(lambda: cells(page, PERSON)[0] == "chưa giao", timeout=10_000)


def test_closing_the_dialog_changes_nothing(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    choose(qtbot, page, "Người làm…")
    dialog = wait_for_dialog(qtbot, page)
    with qtbot.assertNotEmitted(session.changed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        settle(qtbot, session)


def test_the_menu_opens_checks_and_exports(qtbot: QtBot, shown: Shown, session: Session, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    form = {"form": "12b/BTP/BTTP/CC"}
    assert asked(qtbot, session, lambda: choose(qtbot, page, "Mở")) == ("entry", form)
    exported = asked(qtbot, session, lambda: choose(qtbot, page, "Xuất biểu này"))
    assert exported == ("export", form)
    checks = asked(qtbot, session, lambda: choose(qtbot, page, "Xem chỗ cần kiểm tra"))
    assert checks == ("checks", {**form, "severity": ""})


def test_the_right_click_means_the_row_under_it(
    qtbot: QtBot, shown: Shown, session: Session, demo: Path
) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    table = page.forms.table
    at = table.visualRect(table.order.index(1, 0)).center()
    where = table.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where)
    QApplication.sendEvent(table.viewport(), event)
    menu = open_menu(qtbot, page)
    assert table.current().number == "17c/BTP/HTQTCT/CT"
    export = next(act for act in menu.actions() if act.text() == "Xuất biểu này")
    assert not export.isEnabled()  # nothing was entered
    menu.close()


def test_what_is_typed_elsewhere_shows_at_once(
    qtbot: QtBot, shown: Shown, session: Session, demo: Path
) -> None:
    page = shown(demo, "2026-Y1", "TH", date(2026, 11, 10))
    assert cells(page, SHEET) == ["Chưa nhập"] * 3
    at, unit = session.period, session.unit

    def enter(workspace: Any) -> Any:
        from judapp.app.entering import set_cells

        return set_cells(workspace, "21b/TP/HTPLDN", workspace.units[unit], at, ["c1=5"])[1]

    version = "21b/TP/HTPLDN"
    session.act(enter)
    qtbot.waitUntil(lambda: cells(page, SHEET)[1] != "Chưa nhập", timeout=10_000)
    button = page.head.primary_button
    assert button is not None
    assert button.text().startswith("Tiếp tục biểu 21b")
    page_name, place = asked(qtbot, session, lambda: qtbot.mouseClick(button, LEFT))
    assert (page_name, place["form"]) == ("entry", version)
    assert place["cell"][2] == "1"


def test_a_narrow_page_stacks_its_regions(qtbot: QtBot, shown: Shown, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    assert page.regions.direction() is QBoxLayout.Direction.LeftToRight
    page.resize(880, 480)
    qtbot.waitUntil(lambda: page.regions.direction() is QBoxLayout.Direction.TopToBottom)
    qtbot.waitUntil(lambda: page.forms.y() > page.todos.y() + 60)
    assert page.forms.table.width() >= 800


def test_everything_is_reached_with_the_keyboard(qtbot: QtBot, shown: Shown, demo: Path) -> None:
    page = shown(demo, "2025-H1", "TH", date(2025, 6, 20))
    button = page.head.primary_button
    assert button is not None
    qtbot.waitUntil(button.hasFocus)
    reached: list[QWidget | None] = []
    for _ in range(20):
        focused = QApplication.focusWidget()
        if focused in reached:
            break
        reached.append(focused)
        qtbot.keyClick(focused or page, Qt.Key.Key_Tab)
    wanted = [*links(page).values(), page.forms.more, page.forms.table, page.forms.others, page.forms.fold]
    assert {id(widget) for widget in wanted} <= {id(widget) for widget in reached}
    assert any(chip in reached for chip in page.forms.chips.values())


def choose(qtbot: QtBot, page: HomePage, act: str) -> None:
    """Open the menu of the current form and click an act."""
    qtbot.mouseClick(page.forms.more, LEFT)
    menu = open_menu(qtbot, page)
    action = next(found for found in menu.actions() if found.text() == act)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def open_menu(qtbot: QtBot, page: HomePage) -> QMenu:
    def menus() -> list[QMenu]:
        return [menu for menu in page.forms.findChildren(QMenu) if menu.isVisible()]

    qtbot.waitUntil(lambda: len(menus()) == 1)
    return menus()[0]


def wait_for_dialog(qtbot: QtBot, page: HomePage) -> PersonOfForm:
    def dialogs() -> list[PersonOfForm]:
        return [found for found in page.findChildren(PersonOfForm) if found.isVisible()]

    qtbot.waitUntil(lambda: len(dialogs()) == 1, timeout=10_000)
    return dialogs()[0]
