"""The frame: context always visible, pages by key, language and theme without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from judapp.domain.period import Period
from judapp.ui import texts, theme
from judapp.ui.app import make_application
from judapp.ui.navigation import PAGES, RAIL, WIDE
from judapp.ui.pages.system import SystemPage
from judapp.ui.pages.system_file import FileSection
from judapp.ui.settings import recent_files, settings
from judapp.ui.widgets.picker import Picker
from judapp.ui.window import MainWindow

from .conftest import Opened, settle, type_words


@pytest.fixture(autouse=True)
def vietnamese_and_light(looks: QApplication) -> None:
    texts.speak("vi")
    theme.theme().apply(looks, "light")


def test_without_a_file_the_first_page_offers_three_ways_to_begin(window: MainWindow) -> None:
    assert window.stack.currentWidget() is window.start
    assert not window.navigation.isVisible()
    window.start.province.click()
    assert window.start.picker.list.count() == 34
    window.start.picker.close()
    assert {window.start.begin.text(), window.start.open.text(), window.start.practice.text()} == {
        "Bắt đầu", "Mở tệp có sẵn…", "Dùng thử tỉnh thực hành",
    }  # fmt: skip


def test_a_new_file_is_made_for_the_province_typed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    qtbot.mouseClick(window.start.province, Qt.MouseButton.LeftButton)
    type_words(window.start.picker.search, "nghệ")
    qtbot.keyClick(window.start.picker.search, Qt.Key.Key_Return)
    assert window.start.province.text() == "Tỉnh Nghệ An (40)"
    assert window.start.path.text().endswith("NgheAn.sqlite")
    window.start.path.setText(str(tmp_path / "moi.sqlite"))
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        qtbot.mouseClick(window.start.begin, Qt.MouseButton.LeftButton)
    settle(qtbot, window.session)
    assert window.session.facts is not None
    assert window.session.facts.owner_name.endswith("Nghệ An")
    assert not window.session.facts.practice
    assert window.page_name == "home"
    assert recent_files() == [tmp_path / "moi.sqlite"]


def test_without_a_province_nothing_is_made_and_the_reason_is_said(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.start.begin, Qt.MouseButton.LeftButton)
    assert window.start.bar.isVisible()
    assert window.session.facts is None


def test_a_file_that_is_no_data_file_is_a_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "anh.sqlite").write_bytes(b"\xff\xd8\xff\xe0 JPEG")
    window.open_path(tmp_path / "anh.sqlite")
    qtbot.waitUntil(window.start.bar.isVisible)
    assert "(DBF-006)" in window.start.bar.words.text()


def test_practice_data_is_framed_named_and_told_in_the_title(opened: Opened, demo: Path) -> None:
    """Promise: practice data is always marked."""
    window = opened(demo)
    assert window.context.practice.isVisible()
    assert window.windowTitle().startswith("THỰC HÀNH")
    colour = theme.tokens().practice
    picture = window.grab().toImage()
    assert picture.pixelColor(1, 300) == colour
    assert picture.pixelColor(picture.width() - 2, 300) == colour


def test_ctrl_and_a_number_open_the_pages(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    window = opened(demo)
    keys = (
        Qt.Key.Key_1,
        Qt.Key.Key_2,
        Qt.Key.Key_3,
        Qt.Key.Key_4,
        Qt.Key.Key_5,
        Qt.Key.Key_6,
        Qt.Key.Key_7,
        Qt.Key.Key_8,
    )
    for (name, _, _), key in zip(PAGES, keys, strict=True):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.page_name == name
        assert window.navigation.buttons[name].isChecked()
        settle(qtbot, window.session)


def test_the_period_is_picked_by_typing_and_the_page_stays(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    window = opened(demo)
    window.show_page("system")
    qtbot.keyClick(
        window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    picker = window.context.period_picker
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClicks(picker.search, "2024-H1")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert window.session.period == Period(2024, "H1")
    assert window.page_name == "system"
    assert not picker.isVisible()


def test_a_unit_is_found_without_marks_and_prefix(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    window = opened(demo, period="2024-H1", unit="40")
    before = window.session.unit
    qtbot.mouseClick(window.context.unit, Qt.MouseButton.LeftButton)
    picker = window.context.unit_picker
    settle(qtbot, window.session)
    qtbot.keyClicks(picker.search, "lao cai")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert window.session.unit != before
    settle(qtbot, window.session)
    assert "Lào Cai" in window.context.unit.whole()


def test_the_palette_finds_acts_by_their_other_names(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    """MISA's "nhập khẩu" and English "import" find the same act."""
    window = opened(demo)
    for words in ("nhap khau", "import"):
        window.show_page("system")
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        palette = window.findChild(Picker)
        assert palette is not None
        settle(qtbot, window.session)
        qtbot.keyClicks(palette.search, words)
        qtbot.keyClick(palette.search, Qt.Key.Key_Return)
        assert window.page_name == "import", words


def test_language_changes_everything_with_words_and_keeps_the_place(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    window = opened(demo, period="2024-H1", unit="40")
    window.show_page("system")
    window.speak("en")
    settle(qtbot, window.session)
    assert window.page_name == "system"
    assert window.session.period == Period(2024, "H1")
    shown = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "HISTORY" in shown
    assert "NHẬT KÝ" not in shown
    window.speak("vi")
    settle(qtbot, window.session)
    assert settings().value("language") == "vi"


def test_the_theme_changes_at_once(opened: Opened, demo: Path) -> None:
    window = opened(demo)
    window.show_page("system")
    window.show_theme("dark")
    picture = window.grab().toImage()
    assert picture.pixelColor(400, picture.height() - 60).lightness() < 60
    window.show_theme("light")
    assert window.grab().toImage().pixelColor(400, picture.height() - 60).lightness() > 200


def test_high_contrast_is_chosen_by_hand_and_remembered(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    window = opened(demo)
    window.show_page("system")
    page = window.pages["system"]
    assert isinstance(page, SystemPage)
    settings_section = page.sections["file"]
    assert isinstance(settings_section, FileSection)
    chip = next(made for made in settings_section.themes.buttons() if made.text() == "Tương phản cao")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert theme.theme().contrast
    assert settings().value("theme") == "contrast"
    make_application()  # the next start
    assert theme.theme().contrast
    window.show_theme("light")
    assert not theme.theme().contrast


def test_the_navigation_folds_by_key_and_where_the_window_is_narrow(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    window = opened(demo)
    window.show_page("system")
    assert window.navigation.width() == WIDE
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.navigation.width() == RAIL
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: window.navigation.width() == RAIL)


def test_a_file_dropped_anywhere_goes_to_the_import_page(
    qtbot: QtBot, opened: Opened, demo: Path, tmp_path: Path
) -> None:
    window = opened(demo)
    asked: list[tuple[str, dict[str, object]]] = []
    window.session.asked_for.connect(lambda page, place: asked.append((page, place)))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.xlsx"))])
    way, held, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), way, mime, held, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), way, mime, held, none))
    assert asked == [("import", {"paths": [tmp_path / "a.xlsx"]})]
    settle(qtbot, window.session)


def test_size_place_and_page_are_remembered(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    window = opened(demo)
    window.show_page("progress")
    settle(qtbot, window.session)
    assert settings().value("page") == "progress"
    assert recent_files() == [demo]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[QDialog]]:
    """Answers the next dialogs with a result instead of waiting for a person; which dialogs they were."""

    def answer(result: int) -> list[QDialog]:
        seen: list[QDialog] = []

        def run(dialog: QDialog) -> int:
            seen.append(dialog)
            return result

        monkeypatch.setattr(QDialog, "exec", run)
        return seen

    return answer


def test_a_fault_of_ours_is_told_with_the_time_until_which_all_is_stored(
    opened: Opened, demo: Path, answered: Callable[[int], list[QDialog]]
) -> None:
    from judapp.ui.crash_dialog import CrashDialog

    window = opened(demo)
    seen = answered(1)
    window.broke(ValueError("made up for the test"))
    [dialog] = seen
    assert isinstance(dialog, CrashDialog)
    assert "made up for the test" in dialog.text
    assert window.isVisible(), "going on is possible"


def test_the_name_given_stands_in_the_history(
    qtbot: QtBot,
    opened: Opened,
    demo: Path,
    answered: Callable[[int], list[QDialog]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from judapp.ui.dialogs import PersonDialog

    window = opened(demo)
    answered(1)
    monkeypatch.setattr(PersonDialog, "name", lambda self: "Minh")
    qtbot.mouseClick(window.context.person, Qt.MouseButton.LeftButton)
    settle(qtbot, window.session)
    found: list[str] = []
    window.session.ask(window, lambda workspace: workspace.who, found.append, topic="who?")
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["Minh"]
