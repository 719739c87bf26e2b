"""The clipboard both ways in the real window: what fits is pasted at once, all else is shown first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from judapp.app.copying import OWN_MIME
from judapp.ui.grid import clipboard
from judapp.ui.pages.entry import EntryPage
from judapp.ui.pages.entry_paste import PasteDialog
from tests.ui.conftest import settle
from tests.ui.entry_page import FORM, Entry, at, dialog_of, entry, text

__all__ = ["entry"]

DATA = Path(__file__).parents[1] / "data" / "clipboard"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def copied(text: str = "", html: str = "", **forms: bytes) -> None:
    """Put something on the clipboard as another program does."""
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    for name, content in forms.items():
        data.setData(name, content)
    QGuiApplication.clipboard().setMimeData(data)


def paste(qtbot: QtBot, page: EntryPage, row: str, column: str, *more: Qt.Key) -> None:
    """Press Ctrl+V at a cell, after ``more`` keys held with Shift."""
    page.area.go_to(at(page, row, column))
    for key in more:
        qtbot.keyClick(page.area.grid, key, SHIFT)
    qtbot.keyClick(page.area.grid, Qt.Key.Key_V, CONTROL)
    settle(qtbot, page.session)


def asked(page: EntryPage) -> PasteDialog:
    found = dialog_of(page)
    assert isinstance(found, PasteDialog)
    return found


def accept(qtbot: QtBot, page: EntryPage, dialog: PasteDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(qtbot, page.session)


def choose(qtbot: QtBot, option: QWidget) -> None:
    """Tick an option with the keyboard."""
    option.setFocus()
    qtbot.keyClick(option, Qt.Key.Key_Space)


def shown(page: EntryPage, *rows: str, column: str) -> list[str]:
    return [text(page, at(page, row, column)) for row in rows]


def test_html_of_excel_and_calc_is_pasted_with_the_numbers_behind_it(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    copied("1.234\t9", '<table><tr><td sdval="1234">1.234<td sdval="9" sdnum="1033;1066;0">9</table>')
    paste(qtbot, page, "I.1", "1")
    assert (text(page, at(page, "I.1", "1")), text(page, at(page, "I.1", "2"))) == ("1.234", "9")
    assert page.session.undoable[0].label == f"Dán 2 ô, biểu {FORM}"
    # One cell fills the selection; the block repeats over twice its height.
    copied("5")
    paste(qtbot, page, "I.1", "1", Qt.Key.Key_Down)
    assert shown(page, "I.1", "I.2", column="1") == ["5", "5"]
    page.session.undo()
    page.session.undo()
    settle(qtbot, page.session)
    assert text(page, at(page, "I.1", "2")) == "3.671"


def test_what_does_not_fit_is_shown_in_the_forms_own_layout_first(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    copied("9\r\n99\r\n12O\r\n")  # the second one meets the total of II
    paste(qtbot, page, "I.3", "1")
    dialog = asked(page)
    assert dialog.windowTitle() == f"Dán 3 × 1 vào {FORM}, từ I.3 cột (1)"
    assert dialog.counts.text() == "1 ô ghi · 1 ô bỏ qua · 1 chữ không đọc được (giữ nguyên, báo lỗi)"
    assert dialog.verb.text() == "Dán 1 ô"
    model = dialog.grid.preview
    before = text(page, at(page, "I.3", "1"))
    assert model.index(0, 0).data() == f"{before} → 9"
    assert model.index(2, 0).data() == "✕ 12O"
    assert "bỏ qua “99”" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "“99”" in dialog.cell.whole()  # the first cell to look at is the current one
    dialog.grid.setFocus()
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Down)
    assert "không phải là số" in dialog.cell.whole()
    assert not dialog.grab().isNull()
    said: list[str] = []
    page.session.said.connect(lambda words, _: said.append(words))
    accept(qtbot, page, dialog)
    assert shown(page, "I.3", "II.1", column="1") == ["9", "12O"]
    # The act has one name, before and after.
    assert (page.session.undoable[0].label, said[-1]) == (f"Dán 1 ô, biểu {FORM}", "Đã dán 1 ô.")
    # Esc leaves everything as it was.
    copied("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n23\n24\n25\n26")
    paste(qtbot, page, "I.3", "1")
    dialog = asked(page)
    assert "ô ngoài biểu" in dialog.counts.text()
    steps = page.session.undoable[0]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert page.session.undoable[0] == steps


def test_options_are_worked_by_keys_and_show_at_once_what_they_do(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    copied("15\t60\n7\t10\n8\t50")  # the first row is the total of the two
    paste(qtbot, page, "I.1", "1")
    dialog = asked(page)
    assert dialog.total.text() == "Dòng đầu giống dòng Tổng số: bỏ qua?"
    assert dialog.total.isVisible()
    assert not dialog.total.isChecked()
    assert not dialog.heads.isVisible()
    assert not dialog.numbers.isVisible()
    choose(qtbot, dialog.total)
    assert dialog.verb.text() == "Dán 4 ô"
    choose(qtbot, dialog.transpose)
    assert dialog.windowTitle().startswith("Dán 2 × ")
    choose(qtbot, dialog.transpose)
    accept(qtbot, page, dialog)
    assert shown(page, "I.1", "I.2", column="1") == ["7", "8"]
    assert shown(page, "I.1", "I.2", column="2") == ["10", "50"]


def test_labels_and_numbers_copied_along_are_lined_up_when_asked(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    assert page.view is not None
    labels = {line.path: line.label for line in page.view.tables[0].rows}
    copied(f"A\t(2)\t(1)\n{labels['I.2']}\t22\t21\n{labels['I.1']}\t12\t11")
    paste(qtbot, page, "I.3", "3")
    dialog = asked(page)
    assert dialog.labels.text() == "Xếp theo nhãn: 2/2 dòng khớp nhãn của biểu"
    assert dialog.heads.isVisible()
    choose(qtbot, dialog.labels)
    assert dialog.counts.text() == "4 ô ghi"
    accept(qtbot, page, dialog)
    assert shown(page, "I.1", "I.2", column="1") == ["11", "21"]
    assert shown(page, "I.1", "I.2", column="2") == ["12", "22"]


def test_two_readings_are_asked_once_a_paste(qtbot: QtBot, entry: Entry) -> None:
    page = entry("TH-13", "2026-H1")
    view = page.view
    assert view is not None
    cells = view.tables[0].cells
    place = next(key for key, spot in view.spots.items() if spot.scale and cells[key].kind == "open")
    page.area.go_to(place)
    copied("1.234\n5.678")
    qtbot.keyClick(page.area.grid, Qt.Key.Key_V, CONTROL)
    dialog = asked(page)
    assert dialog.question.text() == "2 ô viết như “1.234”, nghĩa là:"
    assert (dialog.grouped.text(), dialog.decimal.text()) == ("1 nghìn 234", "1 phẩy 234")
    assert not dialog.verb.isEnabled()
    assert dialog.options().numbers == "ask"  # nothing is chosen beforehand
    choose(qtbot, dialog.decimal)
    assert "2 chữ không đọc được" in dialog.counts.text()  # the column has fewer decimals
    choose(qtbot, dialog.grouped)
    assert dialog.verb.isEnabled()
    accept(qtbot, page, dialog)
    assert text(page, place) == "1.234,00"


def test_hidden_rows_and_rounded_numbers_are_told_and_taken_only_when_chosen(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry()
    html = '<table><tr><td>7<tr style="display:none"><td>8<tr><td>9x</table>'
    copied("7\n8\n9x", html)
    paste(qtbot, page, "I.1", "1")
    dialog = asked(page)  # because of "9x"
    assert dialog.hidden.isChecked()
    assert dialog.verb.text() == "Dán 1 ô"
    choose(qtbot, dialog.hidden)
    assert dialog.verb.text() == "Dán 2 ô"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    copied("12", '<table><tr><td sdval="12.4" sdnum="1033;1066;0">12</table>')
    paste(qtbot, page, "I.1", "1")
    dialog = asked(page)
    assert dialog.rounded.isVisible()
    assert "bảng tính gốc hiện “12”" in dialog.cell.whole()
    choose(qtbot, dialog.rounded)
    accept(qtbot, page, dialog)
    assert text(page, at(page, "I.1", "1")) == "12"


def test_what_is_no_block_of_cells_is_refused_with_a_sentence(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    before = page.session.undoable[:1]
    image = QMimeData()
    image.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.xlsx"), QUrl.fromLocalFile("/tmp/b.xlsx")])
    page.area.go_to(at(page, "I.1", "1"))
    unseen = QMimeData()
    unseen.setText(" \t \r\n\u00a0\u200b")
    for data, said in (
        (image, "PST-002"),
        (files, "PST-003"),
        (None, "ENY-005"),
        (QMimeData(), "ENY-006"),
        (unseen, "ENY-006"),
    ):
        if data is None:
            copied("1" * 1_000_001)
        else:
            QGuiApplication.clipboard().setMimeData(data)
        qtbot.keyClick(page.area.grid, Qt.Key.Key_V, CONTROL)
        assert page.area.bar.isVisible()
        assert said in page.area.bar.words.text()
    settle(qtbot, page.session)
    assert page.session.undoable[:1] == before
    # What is no block cannot be copied either; the clipboard stays.
    grid = page.area.grid
    copied("trước")
    page.area.go_to(at(page, "I.1", "1"))
    grid.select_keys([at(page, "I.1", "1"), at(page, "I.3", "2")])
    assert not clipboard.copy(grid)
    assert "PST-001" in page.area.bar.words.text()
    assert QGuiApplication.clipboard().text() == "trước"


def test_copied_cells_are_numbers_for_others_and_as_typed_for_this_grid(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    grid = page.area.grid
    page.area.go_to(at(page, "I.1", "1"))
    for sign in "120+15":
        qtbot.keyClick(grid.cells.editor or grid, sign)
    qtbot.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    page.area.go_to(at(page, "I.1", "1"))
    qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "135\t3671"
    assert 'x:num="135"' in data.html()
    assert data.hasFormat(OWN_MIME)
    paste(qtbot, page, "I.2", "1")
    assert page.view is not None
    key = at(page, "I.2", "1")
    assert page.view.tables[0].cells[key].typed == "120+15"
    # Cutting empties what may be emptied, as one act; a total stays.
    page.area.go_to(at(page, "I", "1"))
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    total = text(page, at(page, "II", "1"))
    qtbot.keyClick(grid, Qt.Key.Key_X, CONTROL)
    settle(qtbot, page.session)
    assert text(page, at(page, "I.1", "1")) == ""
    assert text(page, at(page, "II", "1")) == total
    page.session.undo()
    settle(qtbot, page.session)
    assert text(page, at(page, "I.1", "1")) == "135"


def test_cells_are_copied_with_the_head_and_pasted_back_by_their_labels(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    grid = page.area.grid
    page.area.go_to(at(page, "I.1", "2"))
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_C, CONTROL | SHIFT)
    data = QGuiApplication.clipboard().mimeData()
    assert "(2)" in data.text()
    assert data.text().splitlines()[-1].endswith("\t2945")
    assert not data.hasFormat(OWN_MIME)
    paste(qtbot, page, "II.1", "1")
    dialog = asked(page)
    choose(qtbot, dialog.labels)
    assert dialog.counts.text() == "2 ô ghi"
    assert [cell.row for cell in dialog.landing.placed] == [2, 3]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_sum_of_the_selection_stands_in_the_status_bar_and_a_click_copies_it(
    qtbot: QtBot, entry: Entry
) -> None:
    page = entry()
    grid = page.area.grid
    window = page.window()
    aside = window.status.aside  # type: ignore[attr-defined]  # the main window's
    page.area.go_to(at(page, "I.1", "2"))
    qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: aside.text() == "Tổng 7.236 · Trung bình 3.618 · Đếm 2")
    assert aside.isVisible()
    qtbot.mouseClick(aside, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "7236"
    assert window.status.told.whole() == "Đã sao chép tổng 7236."  # type: ignore[attr-defined]
    page.session.show("checks")
    assert not aside.isVisible()
    page.session.show("entry")
    qtbot.waitUntil(aside.isVisible)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: not aside.isVisible())
    settle(qtbot, page.session)
