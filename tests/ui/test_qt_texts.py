"""ux.md, section 8: no English is left in what Qt itself shows; keys, numbers and days stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QErrorMessage,
    QFileDialog,
    QGroupBox,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from judapp.ui.qt_texts import QtTexts, speak

TEXTS = QtTexts().texts
PAIRS = [(context, source, text) for context, texts in TEXTS.items() for source, text in texts.items()]
PLAIN = re.compile(r"[\d.,…\s%]*|…+|\.{3}")  # says nothing in any language


class Asked(QtTexts):
    """Remembers what Qt asked for in vain."""

    def __init__(self) -> None:
        super().__init__()
        self.in_vain: set[tuple[str, str]] = set()

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        found = super().translate(context, source, disambiguation, n)
        if found is None and source:
            self.in_vain.add((context, source))
        return found


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[Asked]:
    made = Asked()
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


def left_in_english(asked: Asked) -> set[tuple[str, str]]:
    """Keys keep their names; the second is how Qt asks whether a language runs from right to left."""
    return {
        (context, source)
        for context, source in asked.in_vain
        if context not in ("QShortcut", "QGuiApplication")
        and not re.fullmatch(r"(Alt\+)?(Left|Right|Up)|%1%|%p%", source)  # keys, and Qt's own percent
    }


def words(root: QWidget) -> set[str]:
    """What a widget and all in it show or tell a screen reader."""
    found: set[str] = set()
    for part in (root, *root.findChildren(QObject)):
        if isinstance(part, QWidget):
            found |= {part.windowTitle(), part.toolTip(), part.accessibleName(), part.accessibleDescription()}
        if isinstance(part, (QLabel, QAbstractButton, QAction)):
            found.add(part.text())
        if isinstance(part, QGroupBox):
            found.add(part.title())
        if isinstance(part, QComboBox):
            found |= {part.itemText(row) for row in range(part.count())}
        if isinstance(part, QHeaderView) and part.count():
            across = range(part.model().columnCount())
            found |= {str(part.model().headerData(n, Qt.Orientation.Horizontal)) for n in across}
    return {text for text in found if not PLAIN.fullmatch(text)}


def file_dialog(qtbot: QtBot, folder: Path, accept: QFileDialog.AcceptMode) -> QFileDialog:
    made = QFileDialog(None, "", str(folder))
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.setAcceptMode(accept)
    made.setViewMode(QFileDialog.ViewMode.Detail)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("accept", list(QFileDialog.AcceptMode), ids=lambda mode: mode.name)
def test_file_dialog_has_no_english(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, accept: QFileDialog.AcceptMode
) -> None:
    speak("en")  # a window before this test may have left Vietnamese behind
    (tmp_path / "Bieu 10b.xlsx").touch()
    before = words(file_dialog(qtbot, tmp_path, accept))
    assert {"File &name:", "Date Modified"} <= before
    asked = Asked()
    qapp.installTranslator(asked)
    try:
        shown = words(file_dialog(qtbot, tmp_path, accept))
    finally:
        qapp.removeTranslator(asked)
        speak("vi")
    files = {text for text in shown if "/" in text or text.startswith(tmp_path.name)}
    assert shown & before <= files
    assert {"Tê&n tệp:", "Sửa lần cuối", "Tên", "Cỡ", "Loại"} <= shown
    assert left_in_english(asked) <= {("QFileSystemModel", tmp_path.anchor)}


def test_context_menu_of_a_line_of_text(qtbot: QtBot, vietnamese: Asked) -> None:
    line = QLineEdit("12")
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    texts = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts == ["&Hoàn tác", "&Làm lại", "&Cắt", "&Sao chép", "&Dán", "Xóa", "Chọn tất cả"]
    assert not left_in_english(vietnamese)


def test_other_widgets_ask_for_nothing_that_is_missing(qtbot: QtBot, vietnamese: Asked) -> None:
    for widget in (QCalendarWidget(), QSpinBox(), QErrorMessage(), QInputDialog(), QProgressDialog()):
        qtbot.addWidget(widget)
        widget.show()
    for edit in (QPlainTextEdit("x"), QTextEdit("x")):
        qtbot.addWidget(edit)
        assert "&Dán" in {
            action.text().partition("\t")[0] for action in edit.createStandardContextMenu().actions()
        }
    assert not left_in_english(vietnamese)


def test_standard_buttons_are_vietnamese(qtbot: QtBot, vietnamese: Asked) -> None:
    """Closing a question is “Đóng”; “Hủy” only stops running work, as in the progress dialog."""
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setDetailedText("…")
    shown = {
        button: box.addButton(button).text()
        for button in QMessageBox.StandardButton
        if button not in NO_BUTTONS
    }
    assert shown[QMessageBox.StandardButton.Ok] == "Đồng ý"
    assert shown[QMessageBox.StandardButton.Cancel] == "Đóng"
    assert shown[QMessageBox.StandardButton.Yes] == "&Có"
    assert "Xem chi tiết" in {button.text() for button in box.buttons()}
    assert not left_in_english(vietnamese)
    assert TEXTS["QProgressDialog"]["Cancel"] == "Hủy"


NO_BUTTONS = (
    QMessageBox.StandardButton.NoButton,
    QMessageBox.StandardButton.Default,
    QMessageBox.StandardButton.Escape,
    QMessageBox.StandardButton.FlagMask,
    QMessageBox.StandardButton.ButtonMask,
)


def test_keys_numbers_and_days_are_not_touched(vietnamese: Asked) -> None:
    native = QKeySequence.SequenceFormat.NativeText
    for keys in ("Ctrl+Shift+K", "Ctrl+PgDown", "Del", "Home", "F1"):
        assert QKeySequence(keys).toString(native) == keys
    assert QKeySequence("Alt+Left").toString(native) == "Alt+←"
    locale = QLocale("vi_VN")
    assert locale.toString(QDate(2026, 6, 30), "dd/MM/yyyy") == "30/06/2026"
    assert locale.toString(1_234_567) == "1.234.567"
    assert vietnamese.translate("QGuiApplication", "QT_LAYOUT_DIRECTION") is None


@pytest.mark.parametrize(("context", "source", "text"), PAIRS)
def test_translation_keeps_what_qt_fills_in(context: str, source: str, text: str) -> None:
    assert sorted(re.findall(r"%\w", text)) == sorted(re.findall(r"%\w", source))
    assert text.count("&") == source.count("&"), "the key that picks it"
    assert text[-1].isspace() == source[-1].isspace()
    assert text.strip()
    assert not re.search(r"\b(OK|Cancel|Lỗi không xác định)\b", text)


def test_keys_of_one_menu_differ() -> None:
    for context in ("QLineEdit", "QWidgetTextControl"):
        keys = [
            match[1].casefold() for text in TEXTS[context].values() if (match := re.search(r"&(\w)", text))
        ]
        assert len(set(keys)) == len(keys)
