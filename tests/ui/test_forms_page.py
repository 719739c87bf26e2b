"""Biểu mẫu by mouse and keyboard: find a form, see it as it prints, compare versions, forms as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp.app import seeds
from judapp.app.forms_moving import MoveOutlook
from judapp.app.learning import form_file
from judapp.app.workspace import Workspace
from judapp.text import Bilingual
from judapp.ui.pages.forms import FormsPage
from judapp.ui.pages.forms_dialogs import FaultsDialog, UseDialog
from judapp.ui.pages.forms_moving import MoveDialog
from judapp.ui.settings import settings
from judapp.ui.widgets.basic import Label
from tests.domain.builders import TOTAL, form
from tests.ui.conftest import Opened, settle, type_words

FORM, OLD_FORM, ALONE = "10b/TP/CC", "12b/BTP/BTTP/CC", "PL-STP"
Shown = Callable[..., FormsPage]


@pytest.fixture
def forms(qtbot: QtBot, opened: Opened, demo: Path) -> Shown:
    """Shows the page on the demonstration, half year of 2026."""

    def show(period: str = "2026-H1", unit: str = "TH", **place: object) -> FormsPage:
        settings().setValue("page", "home")
        window = opened(demo, period, unit)
        window.session.show("forms", **place)
        settle(qtbot, window.session)
        page = window.pages["forms"]
        assert isinstance(page, FormsPage)
        qtbot.waitUntil(lambda: page.catalogue is not None)
        return page

    return show


def listed(page: FormsPage) -> list[str]:
    return [line.number for line in page.list.shown]


def choose(page: FormsPage, number: str) -> None:
    assert page.catalogue is not None
    page.list.choose(next(line.version for line in page.catalogue.lines if line.number == number))


def press(qtbot: QtBot, page: FormsPage, made: QWidget) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)


def key(qtbot: QtBot, page: FormsPage, widget: QWidget, *keys: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    for one in keys:
        qtbot.keyClick(widget, one, held)
    settle(qtbot, page.session)


def open_form(qtbot: QtBot, page: FormsPage, number: str) -> None:
    choose(page, number)
    page.list.table.setFocus()
    key(qtbot, page, page.list.table, Qt.Key.Key_Return)


def saves_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def opens(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def drop(page: FormsPage, *paths: Path) -> tuple[bool, bool]:
    """Drop files on the page; whether it took the drag and the drop."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action = QPoint(300, 300), Qt.DropAction.CopyAction
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, action, data, button, none)
    page.dragEnterEvent(enter)
    dropped = QDropEvent(QPointF(where), action, data, button, none)
    page.dropEvent(dropped)
    return enter.isAccepted(), dropped.isAccepted()


# --- finding


def test_the_sentence_says_what_there_is_and_what_the_period_uses(forms: Shown) -> None:
    page = forms()
    said = page.head.sentence.whole()
    assert page.catalogue is not None
    assert said.startswith(f"{len(page.catalogue.lines)} biểu thuộc ")
    assert "dùng cho Sơ bộ 6 tháng 2026" in said
    assert page.head.primary_button is not None
    assert page.head.primary_button.text() == "Thêm biểu mẫu từ tệp trống…"


def test_words_without_marks_find_forms_and_enter_leads_to_them(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    key(qtbot, page, page, Qt.Key.Key_F, ctrl=True)
    assert page.list.search.hasFocus()
    type_words(page.list.search, "17/2025 cong chung")
    assert FORM in listed(page)
    assert OLD_FORM not in listed(page)
    key(qtbot, page, page.list.search, Qt.Key.Key_Return)
    assert page.list.table.hasFocus()


def test_forms_the_program_ships_and_the_file_lacks_are_offered_quietly_and_added(
    qtbot: QtBot, forms: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = forms()
    bar = page.list.shipped
    assert not bar.isVisible()
    shipped = [*seeds.form_files(), (Path("moi.json"), form_file(form(TOTAL)))]
    monkeypatch.setattr(seeds, "form_files", lambda: shipped)
    page.ask_again()
    qtbot.waitUntil(bar.isVisible)
    assert bar.words.text() == "Chương trình có 1 biểu chưa có trong tệp này."
    bar.hide()  # closed by the person: not asked the same again
    page.ask_again()
    settle(qtbot, page.session)
    assert not bar.isVisible()
    bar.show()
    [add] = [made for made in bar.findChildren(QPushButton) if made.text() == "Thêm vào danh mục"]
    press(qtbot, page, add)
    qtbot.waitUntil(lambda: "01/THU" in listed(page))
    assert not bar.isVisible()


def test_no_hit_says_where_it_was_sought_and_offers_every_circular(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    page.list.tree.go(("công chứng", "Thông tư 03/2019"))
    type_words(page.list.search, "10b")
    empty = page.list.stack.currentWidget()
    assert empty is not None
    said = [label.text() for label in empty.findChildren(Label)]
    assert said == ["Không có biểu nào khớp “10b” trong Thông tư 03/2019."]
    offer = empty.findChild(QPushButton)
    assert isinstance(offer, QPushButton)
    assert offer.text() == "Tìm ở mọi thông tư"
    press(qtbot, page, offer)
    assert FORM in listed(page)
    assert page.list.search.text() == "10b"


def test_an_area_a_circular_and_the_period_narrow_the_list(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    page.list.tree.setFocus()
    page.list.tree.go(("công chứng", ""))
    assert {FORM, OLD_FORM} <= set(listed(page))
    assert page.list.tree.branches["công chứng", ""].isExpanded()
    press(qtbot, page, page.list.chips[True])
    assert FORM in listed(page)
    assert OLD_FORM not in listed(page)


def test_the_chosen_form_is_told_below_the_list(forms: Shown) -> None:
    page = forms()
    choose(page, FORM)
    about = page.list.about
    assert about.title.whole().startswith(FORM)
    assert "Thông tư số 17/2025/TT-BTP ngày 24/10/2025" in about.place.whole()
    assert about.evidence.text().startswith("Một phần: ")
    assert about.use.whole() == "Dùng cho kỳ đang xem. Đã có 1 phiếu."


def test_another_period_says_anew_which_forms_serve_it(qtbot: QtBot, forms: Shown) -> None:
    page = forms("2025-H1")
    choose(page, FORM)
    assert page.list.about.use.whole().startswith("Không dùng cho kỳ đang xem.")


# --- as it prints


def test_enter_shows_the_form_as_it_prints_and_esc_leads_back(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    open_form(qtbot, page, FORM)
    pane = page.printed
    assert page.stack.currentWidget() is pane
    assert not page.head.isVisible()
    assert pane.head.title.text() == FORM
    assert pane.paper.paper.picture is not None
    said = [label.text() for label in pane.facts.findChildren(Label)]
    assert "ĐIỂM CHƯA RÕ  7" in said
    assert any("Phần mềm mẫu cơ sở dữ liệu công chứng" in words for words in said)
    key(qtbot, page, pane.paper, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    assert page.head.isVisible()
    assert page.list.table.current().number == FORM


def test_the_sheet_is_drawn_with_the_words_of_the_form(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    open_form(qtbot, page, FORM)
    drawn = page.printed.paper.paper.grab().toImage()
    dark = sum(
        drawn.pixelColor(x, y).lightness() < 90
        for x in range(0, drawn.width(), 3)
        for y in range(0, drawn.height(), 3)
    )
    assert dark > 500


def test_ctrl_and_the_wheel_zoom_and_ctrl_0_fits_the_width(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    open_form(qtbot, page, ALONE)
    view = page.printed.paper
    before = view.percent
    centre = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        centre, view.viewport().mapToGlobal(centre), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.percent > before
    assert page.printed.fit.isEnabled()
    key(qtbot, page, view, Qt.Key.Key_0, ctrl=True)
    assert view.percent == before
    assert view.whole


def test_a_wide_form_starts_readable_and_fits_when_asked(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    open_form(qtbot, page, FORM)
    view = page.printed.paper
    assert not view.whole
    press(qtbot, page, page.printed.fit)
    assert view.whole


def test_neighbours_in_the_list_are_one_key_away(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    open_form(qtbot, page, FORM)
    order = listed(page)
    key(qtbot, page, page.printed.paper, Qt.Key.Key_PageDown, ctrl=True)
    assert page.printed.head.title.text() == order[order.index(FORM) + 1]
    key(qtbot, page, page.printed.paper, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, ctrl=True)
    assert page.printed.head.title.text() == order[order.index(FORM) - 1]


def test_a_form_of_the_period_leads_to_its_entry(qtbot: QtBot, forms: Shown) -> None:
    page = forms(form=FORM)
    assert page.printed.enter.isVisible()
    press(qtbot, page, page.printed.enter)
    window = page.window()
    assert getattr(window, "page_name", "") == "entry"


def test_an_incomplete_form_is_neither_entered_nor_used(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    assert page.catalogue is not None
    weak = next((line for line in page.catalogue.lines if line.evidence == "incomplete"), None)
    assert weak is not None
    page.open_form(weak.version)
    settle(qtbot, page.session)
    assert not page.printed.enter.isVisible()
    assert not page.printed.use.isEnabled()
    said = [label.text() for label in page.printed.facts.findChildren(Label)]
    assert "Chưa đủ (chỉ xem, bổ sung bằng biểu trống; không nhập, không gửi)." in said


# --- two versions


def test_two_versions_stand_side_by_side_with_signs(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    choose(page, FORM)
    press(qtbot, page, page.list.about.compare)
    pane = page.compare
    assert page.stack.currentWidget() is pane
    assert pane.old.currentText().startswith(OLD_FORM)
    assert pane.new.currentText().startswith(FORM)
    shown = [entry for entry in pane.list.changes.entries if not isinstance(entry, str)]
    assert {entry.sign for entry in shown} == {"+", "−", "→", "≠"}
    pane.only.click()
    everything = [entry for entry in pane.list.changes.entries if not isinstance(entry, str)]
    assert "" in {entry.sign for entry in everything}
    assert len(everything) > len(shown)
    key(qtbot, page, pane.list, Qt.Key.Key_C, ctrl=True)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0] == "Phần\tDấu\tThay đổi\tBản trước\tBản sau\tGhi chú"
    assert len(copied) == len(everything) + 1
    key(qtbot, page, pane.list, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list


def test_the_versions_can_change_places(qtbot: QtBot, forms: Shown) -> None:
    page = forms(form=FORM)
    press(qtbot, page, page.printed.compare)
    press(qtbot, page, page.compare.swap)
    assert page.compare.old.currentText().startswith(FORM)
    assert page.compare.compared is not None
    assert page.compare.compared.new.number == OLD_FORM
    press(qtbot, page, page.compare.head.back)
    assert page.stack.currentWidget() is page.printed


def test_a_form_of_one_version_cannot_be_compared_and_says_why(qtbot: QtBot, forms: Shown) -> None:
    page = forms(form=ALONE)
    assert not page.printed.compare.isEnabled()
    assert page.printed.compare.toolTip().startswith("Danh mục chỉ có một bản")
    page.back()
    assert not page.list.about.compare.isEnabled()
    with qtbot.waitSignal(page.session.said):
        page.list.compared.emit(page.list.table.current().version)  # as the menu does
    assert page.stack.currentWidget() is page.list


# --- from which period on


def test_a_form_is_used_from_a_period_on_and_says_before_what_that_does(qtbot: QtBot, forms: Shown) -> None:
    page = forms(form=FORM)
    press(qtbot, page, page.printed.use)
    dialog = page.window().findChildren(UseDialog)[-1]
    assert dialog.windowTitle() == f"Dùng biểu {FORM} từ kỳ"
    dialog.year.setValue(2025)
    settle(qtbot, page.session)
    said = [label.text() for label in dialog.lines.findChildren(Label) if label.isVisible()]
    assert any("hết hiệu lực ngày" in words and OLD_FORM in words for words in said)
    assert any("phiếu đã lập từ ngày đó vẫn ở bản cũ" in words for words in said)
    press(qtbot, page, dialog.verb)
    assert page.printed.details is not None
    assert page.printed.details.line.since.year == 2025
    page.session.undo()
    settle(qtbot, page.session)
    assert page.printed.details.line.valid.vi == "từ 01/11/2025"


def test_sheets_that_stayed_are_moved_to_the_newer_version(qtbot: QtBot, forms: Shown) -> None:
    page = forms(form=FORM)
    press(qtbot, page, page.printed.use)
    use = page.window().findChildren(UseDialog)[-1]
    use.year.setValue(2025)
    settle(qtbot, page.session)
    press(qtbot, page, use.verb)
    press(qtbot, page, page.printed.compare)
    assert page.compare.moving.isVisible()
    assert page.compare.standing.whole().startswith("1 phiếu thuộc kỳ dùng bản sau")
    press(qtbot, page, page.compare.move_sheets)
    dialog = page.window().findChildren(MoveDialog)[-1]
    said = [label.text() for label in dialog.lines.findChildren(Label)]
    assert said[0].startswith("1 phiếu được chuyển, ")
    press(qtbot, page, dialog.verb)
    assert not page.compare.moving.isVisible()


def test_an_outlook_that_refuses_offers_no_verb(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    why = Bilingual("Phiếu đã duyệt.", "Approved.")
    dialog = MoveDialog(page, MoveOutlook(1, 2, 0, (), (why,)))
    dialog.open()
    assert not dialog.verb.isVisible()
    said = [label.text() for label in dialog.lines.findChildren(Label)]
    assert said == ["Chưa chuyển được, vì:", "Phiếu đã duyệt."]
    dialog.close()


# --- forms as files


def test_a_form_goes_out_as_one_file(
    qtbot: QtBot, forms: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = forms(form=FORM)
    saves_to(monkeypatch, tmp_path / "10b.json")
    press(qtbot, page, page.printed.export)
    assert json.loads((tmp_path / "10b.json").read_bytes())["number"] == FORM


def test_where_it_cannot_be_written_another_place_is_offered(
    qtbot: QtBot, forms: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = forms()
    choose(page, FORM)
    saves_to(monkeypatch, tmp_path / "khong co" / "10b.json")
    press(qtbot, page, page.list.about.export)
    assert page.bar.isVisible()
    assert "(EXP-002)" in page.bar.words.text()
    saves_to(monkeypatch, tmp_path / "10b.json")
    again = page.bar.findChildren(QPushButton)
    press(qtbot, page, next(made for made in again if made.text() == "Chọn nơi khác…"))
    assert (tmp_path / "10b.json").exists()
    assert not page.bar.isVisible()


def test_a_form_of_another_department_comes_in_and_can_be_undone(
    qtbot: QtBot, forms: Shown, monkeypatch: pytest.MonkeyPatch, demo: Path, tmp_path: Path
) -> None:
    page = forms()
    made = _form_file(demo, tmp_path, number="99x/TP/CC", family="cc.moi")
    opens(monkeypatch, made)
    press(qtbot, page, page.import_file)
    assert "99x/TP/CC" in listed(page)
    assert page.list.table.current().number == "99x/TP/CC"
    page.session.undo()
    settle(qtbot, page.session)
    assert "99x/TP/CC" not in listed(page)


def test_a_faulty_form_file_tells_all_its_faults_and_adds_nothing(
    qtbot: QtBot, forms: Shown, tmp_path: Path
) -> None:
    page = forms()
    before = listed(page)
    faulty = tmp_path / "bieu.json"
    faulty.write_text('{"number": 10}', encoding="utf-8")
    assert drop(page, faulty) == (True, True)
    settle(qtbot, page.session)
    dialog = page.window().findChildren(FaultsDialog)[-1]
    lines = dialog.lines.toPlainText().split("\n")
    assert len(lines) > 5
    assert lines[0].startswith("$.")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "\n".join(lines)
    dialog.close()
    assert listed(page) == before


# --- blanks


def test_a_blank_that_is_dropped_opens_the_guided_page(qtbot: QtBot, forms: Shown, tmp_path: Path) -> None:
    page = forms()
    blank = tmp_path / "trong.xlsx"
    blank.write_bytes(b"no workbook")
    assert drop(page, blank) == (True, True)
    settle(qtbot, page.session)
    assert page.stack.currentWidget() is page.learn
    page.learn.left.emit()
    assert page.stack.currentWidget() is page.list


def test_the_primary_button_asks_for_a_blank(
    qtbot: QtBot, forms: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = forms()
    blank = tmp_path / "trong.xls"
    blank.write_bytes(b"no workbook")
    opens(monkeypatch, blank)
    assert page.head.primary_button is not None
    press(qtbot, page, page.head.primary_button)
    assert page.stack.currentWidget() is page.learn


def test_several_files_are_left_to_the_window(forms: Shown, tmp_path: Path) -> None:
    page = forms()
    assert drop(page, tmp_path / "a.xlsx", tmp_path / "b.xlsx") == (False, False)
    assert drop(page, tmp_path / "a.docx") == (False, False)


def test_a_form_that_was_learned_is_shown_as_it_prints(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    page.learn.added.emit(FORM)
    settle(qtbot, page.session)
    assert page.stack.currentWidget() is page.printed
    assert page.printed.head.title.text() == FORM


# --- acts elsewhere


def test_the_right_click_offers_the_acts_of_a_form(qtbot: QtBot, forms: Shown) -> None:
    page = forms()
    choose(page, FORM)
    page.list.table.customContextMenuRequested.emit(QPoint(10, 10))
    menu = page.list.table.findChildren(QMenu)[-1]
    assert [act.text() for act in menu.actions()] == [
        "Xem tờ biểu", "So sánh bản", "Sửa định nghĩa…", "Dùng từ kỳ…", "Xuất biểu mẫu…", "Sao chép bảng",
    ]  # fmt: skip
    menu.close()


def _form_file(demo: Path, folder: Path, **other: str) -> Path:
    """A form of the demonstration under another number, as another department would send it."""
    import msgspec

    with Workspace.open(demo, read_only=True) as workspace:
        form = next(v.form for v in workspace.versions.values() if v.form.number == FORM)
    path = folder / "nơi khác.json"
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(form, **other)))
    return path
