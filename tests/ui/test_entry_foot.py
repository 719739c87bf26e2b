"""What stands below the form: filled in place, proposed, never stored by itself, folded when low."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle, type_words
from tests.ui.entry_page import Entry, entry

__all__ = ["entry"]

SHARE, ALL, DAY, HEAD = (("@", slot, "") for slot in ("nhan", "tong", "place_and_date", "signer3"))


def test_a_proposal_is_shown_grey_and_stored_only_when_it_is_taken(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    foot, fields = page.area.notes, page.area.notes.fields
    for key in (SHARE, ALL):
        fields[key].setFocus()
        fields[key].selectAll()
        qtbot.keyClick(fields[key], Qt.Key.Key_Delete)
        qtbot.keyClick(fields[key], Qt.Key.Key_Return)
    settle(qtbot, page.session)
    page.area.session.show("entry", form=page.view.form)  # type: ignore[union-attr]
    settle(qtbot, page.session)
    assert (fields[SHARE].text(), fields[SHARE].placeholderText()) == ("", "23")
    assert foot.take.isVisible()
    assert foot.take.text() == "Nhận số gợi ý 23/23"
    acts = len(page.session.undoable)
    page.area.commit()  # leaving takes nothing over
    settle(qtbot, page.session)
    assert len(page.session.undoable) == acts
    fields[SHARE].setFocus()
    qtbot.keyClicks(fields[SHARE], "21")  # typed over the proposal
    qtbot.keyClick(fields[SHARE], Qt.Key.Key_Return)
    settle(qtbot, page.session)
    qtbot.mouseClick(foot.take, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert (fields[SHARE].text(), fields[ALL].text()) == ("21", "23")
    assert not foot.take.isVisible()
    page.session.undo()
    settle(qtbot, page.session)
    assert (fields[SHARE].text(), fields[ALL].text()) == ("21", "")


def test_signers_and_the_day_are_written_as_printed_and_offered_again(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    foot = page.area.notes
    assert foot.reach()
    fields = foot.fields
    assert fields[DAY].placeholderText().startswith("Thực Hành, ngày ")
    fields[DAY].setFocus()
    type_words(fields[DAY], "18/6/2026")
    fields[HEAD].setFocus()
    type_words(fields[HEAD], "Trần Thị Hà")
    page.area.grid.setFocus()
    settle(qtbot, page.session)
    assert fields[DAY].text() == "Thực Hành, ngày 18 tháng 6 năm 2026"
    assert [step.label for step in page.session.undoable[:2]] == [
        "Nhập ô “GIÁM ĐỐC”, biểu 12b/BTP/BTTP/CC",
        "Nhập ô “Nơi, ngày ký”, biểu 12b/BTP/BTTP/CC",
    ]
    page.session.go(period=type(page.session.period)(2026, "H1"))
    settle(qtbot, page.session)
    assert page.view is not None
    assert page.view.form == "10b/TP/CC"
    assert page.area.notes.fields[HEAD].placeholderText() == "Trần Thị Hà"
    assert page.area.notes.fields[HEAD].text() == ""


def test_the_foot_is_one_line_where_the_window_is_low_and_f6_reaches_it(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    foot = page.area.notes
    assert not foot.lines.isVisible()
    assert foot.words.whole() == "đã điền 3/7 chỗ"
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for _ in range(4):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_F6)
        if page.focusWidget() in foot.fields.values():
            break
    assert page.focusWidget() in foot.fields.values()
    assert foot.lines.isVisible()
    qtbot.mouseClick(foot.unfold, Qt.MouseButton.LeftButton)
    assert not foot.lines.isVisible()
    other = entry("17c/BTP/HTQTCT/CT", "2024-Y", "TH")
    other.window().resize(1366, 1000)
    qtbot.waitUntil(lambda: other.area.height() >= 700)
    assert not other.area.notes.lines.isVisible()  # as somebody chose it
