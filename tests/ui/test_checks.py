"""Kiểm tra by mouse and keyboard: a finding is understood, mended where it stands, and gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from judapp.app.checks_view import Line
from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.ui.pages.checks import ChecksPage
from judapp.ui.session import Session
from judapp.ui.widgets.basic import Bar, Empty, Label
from tests.practice_sheets import practice_file
from tests.ui.conftest import settle, show_page

YEAR, HALF, BEFORE = Period(2023, "Y"), Period(2026, "H1"), Period(2025, "H1")
Opened = Callable[[Path, Period], ChecksPage]


@pytest.fixture(scope="module")
def practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice file, made once; nobody changes it."""
    path = tmp_path_factory.mktemp("practice") / "a.sqlite"
    with practice_file(path):
        return path


@pytest.fixture
def practice(practice_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(practice_made, tmp_path / "a.sqlite"))


@pytest.fixture
def checks(qtbot: QtBot, session: Session) -> Opened:
    """Opens the page on a data file and a period."""

    def open_it(path: Path, period: Period) -> ChecksPage:
        page = ChecksPage(session)
        show_page(qtbot, page, path, period, 600)
        return page

    return open_it


def change(path: Path, form: str, unit: str, period: Period, *pairs: str) -> Path:
    with Workspace.open(path) as workspace:
        set_cells(workspace, form, workspace.unit(unit, period), period, pairs)
    return path


def row_of_office(path: Path, number: int) -> str:
    """The row of a notary office in 10b."""
    with Workspace.open(path, read_only=True) as workspace:
        version, unit = workspace.version_for("10b/TP/CC", HALF), workspace.unit("TH", HALF)
        return workspace.plan(version.form, unit.uid, HALF).rows[""][number].key


def three_errors(path: Path) -> Path:
    first, second = row_of_office(path, 2), row_of_office(path, 3)
    return change(path, "10b/TP/CC", "TH", HALF, f"[{first}]c2=3663", f"[{second}]c4=12O", "[I]c7=5")


def field_of(page: ChecksPage, row: str, column: str) -> QLineEdit:
    return page.detail.fields["", row, column]


def retype(qtbot: QtBot, field: QLineEdit, words: str) -> None:
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    qtbot.keyClicks(field, words)


def words_of(page: ChecksPage) -> list[str]:
    return [label.text() for label in page.detail.findChildren(Label)]


def asked(session: Session) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    session.asked_for.connect(lambda page, place: found.append((page, place)))
    return found


def test_a_wrong_part_is_mended_in_place_and_the_finding_goes_at_once(
    qtbot: QtBot, session: Session, checks: Opened, demo: Path
) -> None:
    page = checks(change(demo, "PL-STP", "40", YEAR, "[V.2]c1=90932"), YEAR)
    assert page.head.sentence.whole() == "Còn 1 lỗi."
    assert page.head.primary_button is None
    assert "174.152 ≠ 90.932 + 19.426 + 21.917 + 41.878 = 174.153" in words_of(page)
    field = field_of(page, "V.2", "1")
    assert field.text() == "90.932"
    retype(qtbot, field, "90931")
    with qtbot.waitSignal(session.changed, timeout=10_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert page.list.findings.entries == []
    assert page.head.sentence.whole().startswith("Không còn lỗi")
    assert isinstance(page.stack.currentWidget(), Empty)
    session.undo()
    settle(qtbot, session)
    assert page.head.sentence.whole() == "Còn 1 lỗi."
    assert field_of(page, "V.2", "1").text() == "90.932"


def test_after_one_is_mended_the_next_is_current_and_the_rest_is_counted(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    page = checks(three_errors(practice), HALF)
    assert page.head.sentence.whole() == "Còn 3 lỗi."
    first, second = [e for e in page.list.findings.entries if hasattr(e, "id")][:2]
    assert page.list.current() == first
    assert first.code == "CEL-001"
    assert first.place.cell is not None
    retype(qtbot, field_of(page, first.place.cell[1], "4"), "120")
    button = page.detail.findChild(QPushButton, "mend")
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert page.head.sentence.whole() == "Còn 2 lỗi."
    assert page.list.current() == second
    assert page.list.hasFocus()


def test_several_parts_typed_are_one_act(qtbot: QtBot, session: Session, checks: Opened, demo: Path) -> None:
    page = checks(change(demo, "PL-STP", "40", YEAR, "[V.2]c1=90932"), YEAR)
    retype(qtbot, field_of(page, "V.3", "1"), "19427")
    retype(qtbot, field_of(page, "V.1", "1"), "174154")
    button = page.detail.findChild(QPushButton, "mend")
    assert button is not None
    assert button.text() == "Sửa 2 ô"
    qtbot.keyClick(field_of(page, "V.1", "1"), Qt.Key.Key_Return)
    settle(qtbot, session)
    assert page.list.findings.entries == []
    assert session.undoable[0].label.startswith("Nhập 2 ô")


def test_what_is_typed_and_not_kept_waits_while_another_finding_is_looked_at(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    page = checks(three_errors(practice), HALF)
    line = page.list.current()
    assert line is not None
    assert line.place.cell is not None
    retype(qtbot, field_of(page, line.place.cell[1], "4"), "12")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    other = page.list.current()
    assert other is not None
    assert other != line
    assert field_of(page, "I", "7").hasFocus()  # who types goes on typing
    qtbot.keyClick(page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert field_of(page, line.place.cell[1], "4").text() == "12"


def test_a_total_typed_too_early_is_left_to_the_program_by_one_click(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    page = checks(change(practice, "10b/TP/CC", "TH", HALF, "[I]c7=5"), HALF)
    [take] = [b for b in page.detail.findChildren(QPushButton) if b.text().startswith("Lấy số tự tính")]
    assert take.text() == "Lấy số tự tính 2.038.205.000"
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    left = [entry.code for entry in page.list.findings.entries if isinstance(entry, Line)]
    assert left == ["CMP-004"]  # a half year of five months after one of six is no fault


def test_the_keys_filter_and_walk(qtbot: QtBot, session: Session, checks: Opened, practice: Path) -> None:
    page = checks(three_errors(practice), HALF)
    assert page.chips["error"].text() == "Lỗi 3"
    qtbot.keyClick(page.list, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.kind == "explain"
    assert isinstance(page.stack.currentWidget(), Empty)
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.chips["error"].isChecked()
    seen = []
    for _ in range(4):
        line = page.list.current()
        assert line is not None
        seen.append(line.id)
        qtbot.keyClick(page, Qt.Key.Key_F8)
    assert len(set(seen)) == 3
    assert seen[3] == seen[0]


def test_enter_leads_to_the_cell_and_a_part_to_its_own(
    qtbot: QtBot, session: Session, checks: Opened, demo: Path
) -> None:
    page = checks(change(demo, "PL-STP", "40", YEAR, "[V.2]c1=90932"), YEAR)
    found = asked(session)
    line = page.list.current()
    assert line is not None
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert found == [("entry", {"form": "PL-STP", "cell": ("", "V.1", "1")})]
    assert session.unit == line.place.unit
    settle(qtbot, session)
    [go] = [b for b in page.detail.findChildren(QPushButton) if b.accessibleName().startswith("Tới V.3 ")]
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert found[1] == ("entry", {"form": "PL-STP", "cell": ("", "V.3", "1")})
    settle(qtbot, session)


def test_the_sentence_is_copied_with_its_place_and_code(
    qtbot: QtBot, session: Session, checks: Opened, demo: Path
) -> None:
    page = checks(change(demo, "PL-STP", "40", YEAR, "[V.2]c1=90932"), YEAR)
    qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("PL-STP · Sở Tư pháp tỉnh Nghệ An · dòng V.1 ")
    assert copied.endswith("174.152 ≠ 174.153, lệch 1. (REL-001)")


def test_a_reason_is_written_kept_by_ctrl_enter_and_listed_to_be_changed(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    page = checks(practice, BEFORE)
    assert page.head.sentence.whole() == "Không còn lỗi; còn 31 chỗ cần thuyết minh."
    box = page.detail.reason
    line = page.list.current()
    assert box is not None
    assert line is not None
    [starter] = [b for b in page.detail.findChildren(QPushButton) if b.text() == "Do sáp nhập đơn vị …"]
    qtbot.mouseClick(starter, Qt.MouseButton.LeftButton)
    assert box.hasFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    bar = page.detail.findChild(Bar)
    assert bar is not None
    assert bar.isVisible()  # a bare starter is refused, and stays as it was typed
    assert box.toPlainText() == "Do sáp nhập đơn vị "
    qtbot.keyClicks(box, "Phong Cong chung so 1 va so 4.")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert page.head.sentence.whole() == "Không còn lỗi; còn 30 chỗ cần thuyết minh."
    assert page.list.current() != line
    qtbot.mouseClick(page.chips["explained"], Qt.MouseButton.LeftButton)
    kept = page.list.current()
    assert kept is not None
    assert kept.place == line.place
    again = page.detail.reason
    assert again is not None
    assert again.toPlainText() == "Do sáp nhập đơn vị Phong Cong chung so 1 va so 4."


def test_a_place_from_another_page_shows_that_sheet_alone(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    row = row_of_office(practice, 2)
    change(three_errors(practice), "TH-13", "TH", HALF, "[#th23d7579d]c1=99999")
    page = checks(practice, HALF)
    total = page.chips["error"].text()
    page.arrive(form="10b/TP/CC", cell=("", row, "2"))
    page.ask_again()
    settle(qtbot, session)
    assert page.chips["error"].text() == "Lỗi 3"
    assert page.only.text() == "10b/TP/CC"
    line = page.list.current()
    assert line is not None
    assert line.place.cell == ("", row, "2")
    qtbot.mouseClick(page.only, Qt.MouseButton.LeftButton)
    assert page.chips["error"].text() == total != "Lỗi 3"
    assert not page.only.isVisible()


def test_an_empty_period_says_what_to_do_next(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    page = checks(practice, Period(2026, "Y"))
    found = asked(session)
    empty = page.stack.currentWidget()
    assert isinstance(empty, Empty)
    assert empty.button is not None
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert found == [("entry", {})]


def test_a_clean_period_leads_on_to_export(
    qtbot: QtBot, session: Session, checks: Opened, practice: Path
) -> None:
    page = checks(practice, HALF)
    found = asked(session)
    primary = page.head.primary_button
    assert primary is not None
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert found == [("export", {})]
