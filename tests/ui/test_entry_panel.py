"""The panel beside the grid: what it says of the active cell, and what can be done there (ux 3.2)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui.grid.menu import cell_menu
from judapp.ui.pages.entry import EntryPage
from judapp.ui.pages.entry_asking import AdjustDialog, ReadingDialog
from judapp.ui.pages.entry_facts import Facts
from judapp.ui.pages.entry_panel import CELL, FINDINGS, HISTORY, NARROW, WIDE
from tests.ui.conftest import settle, type_words
from tests.ui.entry_page import FORM, Entry, Key, at, dialog_of, entry, text, type_in

__all__ = ["entry"]

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def rest(qtbot: QtBot, page: EntryPage, key: Key) -> None:
    """Make a cell the active one and wait until the panel tells of it as it is now."""
    page.area.go_to(key)
    panel = page.area.panel
    qtbot.waitUntil(lambda: panel.details is not None and panel.details.key == key)
    settle(qtbot, page.session)
    qtbot.wait(80)  # the active cell rests
    settle(qtbot, page.session)


def tab(qtbot: QtBot, page: EntryPage, index: int) -> None:
    bar = page.area.panel.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(index).center())
    settle(qtbot, page.session)


def said(widget: QWidget) -> str:
    """Everything that can be read on a page of the panel."""
    return "\n".join(
        label.accessibleName() if isinstance(label, Facts) else label.text()
        for label in widget.findChildren(QLabel)
        if not label.isHidden()
    )


def buttons(panel: QWidget) -> list[QPushButton]:
    """The buttons a page of the panel shows now; those drawn before may not be gone yet."""
    return [made for made in panel.findChildren(QPushButton) if made.isVisibleTo(panel)]


def facts_in(panel: QWidget) -> list[Facts]:
    return [made for made in panel.findChildren(Facts) if made.isVisibleTo(panel)]


def press(qtbot: QtBot, panel: QWidget, words: str) -> None:
    [button] = [made for made in buttons(panel) if made.text() == words]
    qtbot.mouseClick(button, LEFT)


def test_the_panel_tells_the_source_and_the_same_period(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    key, panel = at(page, "I.1", "4"), page.area.panel.cell
    rest(qtbot, page, key)
    details = panel.details
    assert details is not None
    assert (details.value, details.same.base) == ("106", "72")
    assert ".xlsx" in details.source
    assert "Kỳ này: 106" in said(panel)
    assert "Cùng kỳ: 72" in said(panel)
    assert "tăng 34 (47,2 %)" in said(panel)
    assert "Viết thuyết minh" in [button.text() for button in buttons(panel)]
    type_in(qtbot, page, "100")
    rest(qtbot, page, key)
    assert panel.details is not None
    assert (panel.details.value, panel.details.source.startswith("Lan gõ lúc")) == ("100", True)
    assert [change.after for change in panel.details.changes] == ["100", "106"]
    before = panel.details.same.place
    assert before is not None
    [same] = [facts for facts in facts_in(panel) if facts.facts[0].name == "Cùng kỳ"]
    qtbot.keyClick(same, Qt.Key.Key_Tab)  # to the link
    qtbot.keyClick(same, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert (page.session.period, page.area.grid.key()) == (Period(2024, "H1"), key)


def test_an_answer_about_another_cell_is_never_shown(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    one, other = at(page, "I.1", "4"), at(page, "I.2", "3")
    shown: list[tuple[Key | None, Key]] = []
    panel, former = page.area.panel, page.area.panel.show_cell

    def record(details: Any, **more: Any) -> None:
        if details is not None:
            shown.append((page.area.grid.key(), details.key))
        former(details, **more)

    panel.show_cell = record  # type: ignore[method-assign]
    rest(qtbot, page, one)
    for _ in range(3):
        page.area.beside._ask()  # on its way while the active cell moves on
        page.area.go_to(other)
        settle(qtbot, page.session)
        page.area.beside._ask()
        page.area.go_to(one)
        settle(qtbot, page.session)
    rest(qtbot, page, other)
    assert shown
    assert all(active == told for active, told in shown)
    page.area.beside._ask()
    page.session.show("entry", form="17c/BTP/HTQTCT/CT")
    page.session.go(period=Period(2024, "Y"))
    settle(qtbot, page.session)
    assert all(active == told for active, told in shown)


def typed_over(unit: str, key: Key, workspace: Any) -> Any:
    """Ten figures one after the other, each an act of its own; the last one answers."""
    from judapp.app.entering import enter

    at_ = Period(2025, "H1")
    for figure in range(90, 99):
        enter(workspace, FORM, workspace.units[unit], at_, {key: str(figure)})
    return enter(workspace, FORM, workspace.units[unit], at_, {key: "99"})


def test_the_history_of_a_cell_brings_any_figure_back_as_an_act_of_its_own(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry()
    key, history = at(page, "I.1", "4"), page.area.panel.history
    page.session.act(partial(typed_over, page.session.unit, key))
    settle(qtbot, page.session)
    tab(qtbot, page, HISTORY)
    rest(qtbot, page, key)
    assert history.shown() == 8
    assert "98 → 99" in said(history)
    assert "Lan gõ, " in said(history)
    [more] = history.findChildren(Facts)
    assert more.facts[0].name == "Xem thêm 3 lần thay đổi"
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Tab)
    qtbot.keyClick(more, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert history.shown() == 11
    assert ".xlsx › " in said(history)
    back = [button for button in buttons(history) if button.text() == "Lấy lại số này"]
    assert len(back) == 10  # all but the figure that stands there
    qtbot.mouseClick(back[-1], LEFT)  # the figure of the file
    settle(qtbot, page.session)
    assert text(page, key) == "106"
    assert page.session.undoable[0].label == "Lấy lại số 106 ô I.1 cột (4), biểu 12b/BTP/BTTP/CC"
    rest(qtbot, page, key)
    assert "99 → 106" in said(history)
    tab(qtbot, page, CELL)
    assert "Trở lại nhờ: Lấy lại số 106" in said(page.area.panel.cell)
    page.session.undo()
    settle(qtbot, page.session)
    assert text(page, key) == "99"


def test_shift_f2_writes_a_note_where_nobody_asks_for_a_reason(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    assert page.view is not None
    key, box = at(page, "I.1", "1"), page.area.beside.box
    assert page.view.tables[0].cells[key].severity is None
    rest(qtbot, page, key)
    QTest.keyClick(page.area.grid, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert box.isVisible()
    type_words(box.field, "Chờ chị Hà đối chiếu")
    qtbot.keyClick(box.field, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, page.session)
    assert not box.isVisible()
    assert page.view.tables[0].cells[key].noted
    rest(qtbot, page, key)
    panel = page.area.panel.cell
    assert "Chờ chị Hà đối chiếu" in said(panel)
    press(qtbot, panel, "Sửa ghi chú")
    assert box.field.toPlainText() == "Chờ chị Hà đối chiếu"
    qtbot.keyClick(box.field, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(box.field, Qt.Key.Key_Delete)
    qtbot.keyClick(box.field, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, page.session)
    assert not page.view.tables[0].cells[key].noted
    assert page.session.undoable[0].label.startswith("Bỏ ghi chú ô I.1 cột (1)")
    page.area.go_to(at(page, "I.1", "4"))  # a finding asks here
    QTest.keyClick(page.area.grid, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert page.area.box.isVisible()
    assert not box.isVisible()
    qtbot.keyClick(page.area.box.field, Qt.Key.Key_Escape)
    assert "Thuyết minh…" in offered(page)
    page.area.go_to(key)
    assert "Ghi chú…" in offered(page)


def offered(page: EntryPage) -> list[str]:
    """What the menu of the active cell offers."""
    return [action.text().partition("\t")[0] for action in cell_menu(page.area.grid).actions()]


def reported(qtbot: QtBot, page: EntryPage, figures: tuple[int, ...]) -> list[str]:
    """Have the first offices report as many cases on their own sheets; their uids."""
    session = page.session
    period, owner = session.period, session.unit
    found: list[str] = []

    def work(workspace: Any) -> Any:
        from judapp.app.entering import set_cells

        for office, figure in zip(
            workspace.units.children(owner, period.last_day, "notary"), figures, strict=False
        ):
            cells = [f"c2={figure}", f"c3={figure}", "c5=0"]
            _, applied = set_cells(workspace, "10a/TP/CC", office, period, cells)
            found.append(office.uid)
        return applied

    session.act(work)
    settle(qtbot, session)
    return found


def test_a_rolled_up_figure_is_adjusted_with_a_reason_and_leads_to_its_units(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry("10b/TP/CC", "2027-H1", "TH")
    units = reported(qtbot, page, (40, 70))
    key, panel = ("", f"I.#{units[0]}", "2"), page.area.panel.cell
    rest(qtbot, page, key)
    press(qtbot, panel, "Điều chỉnh của Sở…")
    dialog = dialog_of(page)
    assert isinstance(dialog, AdjustDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.delta, "12O")
    assert "không đọc được" in dialog.outcome.text()
    dialog.delta.clear()
    qtbot.keyClicks(dialog.delta, "-3")
    assert dialog.outcome.text() == "⇒ 40 → 37"
    assert not dialog.verb.isEnabled()
    type_words(dialog.reason, "Đếm trùng")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page.view is not None
    cell = page.view.tables[0].cells[key]
    assert (cell.text, cell.adjusted) == ("37", True)
    rest(qtbot, page, key)
    assert "Số gốc: 40; Điều chỉnh của Sở: −3 ±" in said(panel)
    assert "Điều chỉnh vì: Đếm trùng (Lan, " in said(panel)
    tab(qtbot, page, HISTORY)
    assert "Điều chỉnh: không → −3" in said(page.area.panel.history)
    tab(qtbot, page, CELL)
    press(qtbot, panel, "Bỏ điều chỉnh")
    settle(qtbot, page.session)
    assert text(page, key) == "40"
    rest(qtbot, page, ("", "tong", "2"))
    assert "Cộng từ 2/2 đơn vị đã báo cáo" in said(panel)
    [shares] = [facts for facts in facts_in(panel) if len(facts.facts) == 2 and facts.facts[0].link]
    assert [fact.value for fact in shares.facts] == ["70", "40"]
    shares.setFocus()
    qtbot.keyClick(shares, Qt.Key.Key_Tab)
    qtbot.keyClick(shares, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert (page.view.form, page.session.unit) == ("10a/TP/CC", units[1])
    assert page.area.grid.key() == ("", "1", "2")


def test_the_departments_reading_is_written_where_no_source_explains(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    panel = page.area.panel.cell
    rest(qtbot, page, ("", "tong", "7"))
    assert "Chưa có nguồn giải thích cột, dòng này." in said(panel)
    press(qtbot, panel, "Ghi cách hiểu của Sở…")
    dialog = dialog_of(page)
    assert isinstance(dialog, ReadingDialog)
    assert "cột (7) Phí công chứng" in dialog.windowTitle()
    type_words(dialog.field, "Phí đã thu trong kỳ")
    qtbot.mouseClick(dialog.verb, LEFT)
    settle(qtbot, page.session)
    rest(qtbot, page, at(page, "I.2", "7"))
    assert "Sở hiểu: Phí đã thu trong kỳ" in said(panel)
    page.define()  # the second F1
    qtbot.waitUntil(lambda: not panel.meaning.visibleRegion().isEmpty())


def test_a_locked_sheet_tells_everything_and_offers_nothing(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    page.submit()
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    rest(qtbot, page, at(page, "I.1", "7"))
    panel = page.area.panel
    assert "Kỳ này: " in said(panel.cell)
    assert buttons(panel.cell) == []
    tab(qtbot, page, HISTORY)
    assert buttons(panel.history) == []
    QTest.keyClick(page.area.grid, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert not page.area.beside.box.isVisible()


def test_nothing_is_cut_and_everything_has_a_name_at_both_widths(qtbot: QtBot, entry: Entry) -> None:
    page = entry("10b/TP/CC", "2026-H1", "TH")
    panel = page.area.panel
    for width, size in ((NARROW, (1366, 697)), (WIDE, (1920, 1009))):
        page.window().resize(*size)
        qtbot.waitUntil(partial(lambda wide: panel.width() == wide, width))
        rest(qtbot, page, ("", "tong", "2"))
        panel.cell.toggle_rounds()
        settle(qtbot, page.session)
        qtbot.waitUntil(lambda: whole(panel.widget(CELL)) == [])
        tab(qtbot, page, FINDINGS)
        tab(qtbot, page, HISTORY)
        qtbot.waitUntil(lambda: whole(panel.widget(HISTORY)) == [])
        tab(qtbot, page, CELL)
    assert panel.tabBar().accessibleName()
    pages = [panel.widget(index) for index in (CELL, HISTORY)]
    assert [made.accessibleName() for made in pages if made] == ["Ô này", "Nhật ký"]
    assert all(made.text() or made.accessibleName() for made in panel.cell.findChildren(QPushButton))
    assert all(made.accessibleName() for made in facts_in(panel.cell))


def whole(page: QWidget | None) -> list[str]:
    """What does not fit into a page of the panel: too wide for it, or lower than its words need."""
    assert isinstance(page, QScrollArea)
    inside, room = page.widget(), page.viewport().width()
    assert inside is not None
    assert inside.width() <= room
    faults = []
    for widget in inside.findChildren(QWidget):
        if widget.isHidden() or not isinstance(widget, QLabel | QPushButton | QLineEdit):
            continue
        right = widget.mapTo(inside, widget.rect().topRight()).x()
        if right >= room or widget.width() < min(widget.minimumSizeHint().width(), room):
            faults.append(f"{widget.width()} of {room}: {widget.accessibleName() or widget.objectName()}")
        needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else 0
        if widget.height() < needed:
            faults.append(f"{widget.height()} of {needed} high: {widget.accessibleName()}")
    return faults
