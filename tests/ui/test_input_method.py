"""Vietnamese typed into cells: UniKey takes letters back, input methods compose; nothing is lost."""

from __future__ import annotations

from itertools import takewhile

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView
from tests.ui.conftest import type_words
from tests.ui.grid_alone import Alone, alone, focused, sheet

__all__ = ["alone", "sheet"]

K = Qt.Key
WORDS = CellView(text="Hẻm", typed="Hẻm", kind="words", state="text", left=True)
BACK = "\b"

Stroke = tuple[str, str, str]
"""A key as it is pressed, what UniKey sends for it, and what then stands in the field."""

UNIKEY: dict[str, tuple[Stroke, ...]] = {
    "Telex Dduwowngf": (
        ("D", "D", "D"),
        ("d", f"{BACK}Đ", "Đ"),
        ("u", "u", "Đu"),
        ("w", f"{BACK}ư", "Đư"),
        ("o", "o", "Đưo"),
        ("w", f"{BACK}ơ", "Đươ"),
        ("n", "n", "Đươn"),
        ("g", "g", "Đương"),
        ("f", f"{BACK * 3}ờng", "Đường"),
    ),
    "Telex Duwowngfd": (  # the tone before the stroke of the first letter, as many type it
        ("D", "D", "D"),
        ("u", "u", "Du"),
        ("w", f"{BACK}ư", "Dư"),
        ("o", "o", "Dưo"),
        ("w", f"{BACK}ơ", "Dươ"),
        ("n", "n", "Dươn"),
        ("g", "g", "Dương"),
        ("f", f"{BACK * 3}ờng", "Dường"),
        ("d", f"{BACK * 5}Đường", "Đường"),
    ),
    "VNI D9u7o7ng2": (
        ("D", "D", "D"),
        ("9", f"{BACK}Đ", "Đ"),
        ("u", "u", "Đu"),
        ("7", f"{BACK}ư", "Đư"),
        ("o", "o", "Đưo"),
        ("7", f"{BACK}ơ", "Đươ"),
        ("n", "n", "Đươn"),
        ("g", "g", "Đương"),
        ("2", f"{BACK * 3}ờng", "Đường"),
    ),
    "VNI Duong972": (  # every mark behind the word
        ("D", "D", "D"),
        ("u", "u", "Du"),
        ("o", "o", "Duo"),
        ("n", "n", "Duon"),
        ("g", "g", "Duong"),
        ("9", f"{BACK * 5}Đuong", "Đuong"),
        ("7", f"{BACK * 4}ương", "Đương"),
        ("2", f"{BACK * 3}ờng", "Đường"),
    ),
}
"""A key that converts reaches no window: UniKey takes back what changes and types it anew."""


def send(preedit: str, commit: str = "", replaced: int = 0) -> None:
    """An input method's event, to whatever has the focus; it first takes ``replaced`` letters back."""
    event = QInputMethodEvent(preedit, [])
    if commit or replaced:
        event.setCommitString(commit, -replaced, replaced)
    QApplication.sendEvent(QApplication.focusObject(), event)


def unikey(sent: str) -> None:
    """UniKey's way: backspaces and letters as keys, to whatever has the focus."""
    for letter in sent:
        if letter == BACK:
            QTest.keyClick(focused(), K.Key_Backspace)
        else:
            type_words(focused(), letter)


@pytest.fixture(params=["words", "figure"])
def cell(request: pytest.FixtureRequest, alone: Alone) -> Alone:
    """A cell for words and one for a figure, both with something in them."""
    alone.change({(2, 0): WORDS})
    alone.put(2, 0 if request.param == "words" else 1)
    return alone


def kept(alone: Alone) -> list[str]:
    return [text for _, texts in alone.told for text in texts.values()]


@pytest.mark.parametrize("way", UNIKEY)
def test_unikey_writes_the_word_from_its_first_letter(cell: Alone, way: str) -> None:
    row, column = cell.at()
    for _, sent, shown in UNIKEY[way]:
        unikey(sent)
        assert cell.editor().text() == shown
    assert shown == "Đường"
    assert cell.press(K.Key_Return) == (row + 1, column)
    assert kept(cell) == ["Đường"]
    unikey("12")  # the next one too
    cell.press(K.Key_Return)
    assert kept(cell) == ["Đường", "12"]


@pytest.mark.parametrize("strokes", UNIKEY.values(), ids=UNIKEY)
def test_the_strokes_are_those_of_unikey(strokes: tuple[Stroke, ...]) -> None:
    """Of what stands there, only the letters behind the first that changes are taken back and typed anew."""
    before = ""
    for key, sent, shown in strokes:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, shown, strict=False)))
        assert sent == BACK * (len(before) - same) + shown[same:]
        assert (sent == key) == (shown == before + key)
        before = shown


@pytest.mark.parametrize("key", ["d", "9"])
def test_the_same_key_again_gives_the_letters_back_as_they_were_pressed(cell: Alone, key: str) -> None:
    """ "dd" is đ and "ddd" is dd in Telex; in VNI "d9" is đ and "d99" is d9."""
    for sent, shown in (("d", "d"), (f"{BACK}đ", "đ"), (f"{BACK}d{key}", f"d{key}")):
        unikey(sent)
        assert cell.editor().text() == shown
    cell.press(K.Key_Escape)
    assert cell.told == []


@pytest.mark.parametrize("way", UNIKEY)
def test_a_composition_begun_on_a_closed_cell_is_kept_whole(cell: Alone, way: str) -> None:
    row, column = cell.at()
    for _, _, preedit in UNIKEY[way]:  # what is composed after each key
        send(preedit)
        assert cell.editor() is not None
        assert cell.editor().composing == preedit
        assert cell.editor().text() == ""
        assert cell.grid.hasFocus()  # to move it would end the composition
    send("", "Đường")
    assert (cell.editor().text(), cell.editor().composing) == ("Đường", "")
    assert cell.editor().hasFocus()
    for preedit in (" ", "L", "Lá"):
        send(preedit)
    send("", "Láng")
    assert cell.editor().text() == "ĐườngLáng"
    assert cell.press(K.Key_Return) == (row + 1, column)
    assert kept(cell) == ["ĐườngLáng"]


def test_text_given_without_any_composition_opens_the_editor(cell: Alone) -> None:
    send("", "D")
    send("", "Đ", replaced=1)
    send("", "ư")
    assert cell.editor().text() == "Đư"
    cell.press(K.Key_Tab)
    assert kept(cell) == ["Đư"]


def test_a_word_is_given_while_the_next_is_begun(cell: Alone) -> None:
    send("Đường")
    send("L", "Đường ")
    assert (cell.editor().text(), cell.editor().composing) == ("Đường ", "L")
    send("Lá")
    cell.press(K.Key_Return)
    assert kept(cell) == ["Đường Lá"]


def test_digits_are_composed_and_typed(cell: Alone) -> None:
    send("1")
    send("12")
    send("", "12")
    type_words(focused(), "34")
    send("5")
    assert cell.editor().text() == "1234"
    cell.press(K.Key_Return)
    assert kept(cell) == ["12345"]


@pytest.mark.parametrize("begun", ["closed", "open"])
@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Tab])
def test_enter_takes_what_is_being_composed_and_moves(cell: Alone, key: Qt.Key, begun: str) -> None:
    before = cell.at()
    if begun == "open":
        type_words(focused(), "Phố ")
    send("Đường")
    assert cell.press(key) != before
    assert kept(cell) == ["Đường" if begun == "closed" else "Phố Đường"]
    assert cell.grid.hasFocus()
    type_words(focused(), "7")
    assert cell.editor().hasFocus()  # nothing of the composition is left
    cell.press(K.Key_Return)
    assert kept(cell)[1:] == ["7"]


def test_an_arrow_belongs_to_the_composition_as_long_as_there_is_one(cell: Alone) -> None:
    before = cell.at()
    send("Đường")
    assert cell.press(K.Key_Down) == before
    assert cell.press(K.Key_Left) == before
    assert cell.editor() is not None
    send("", "Đường")
    assert cell.press(K.Key_Down) != before
    assert kept(cell) == ["Đường"]


def test_esc_drops_the_composition_first_and_the_typing_then(cell: Alone) -> None:
    type_words(focused(), "Phố ")
    send("Đườ")
    cell.press(K.Key_Escape)
    assert (cell.editor().text(), cell.editor().composing) == ("Phố ", "")
    cell.press(K.Key_Escape)
    assert cell.editor() is None
    assert cell.told == []
    send("Đ")
    cell.press(K.Key_Escape)
    assert (cell.editor().text(), cell.editor().composing) == ("", "")
    cell.press(K.Key_Escape)
    assert cell.told == []


def test_a_click_elsewhere_keeps_what_is_being_composed(qtbot: QtBot, cell: Alone) -> None:
    send("Đường")
    where = cell.grid.visualRect(cell.grid.sheet.index(6, 4)).center()
    qtbot.mouseClick(cell.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert cell.at() == (6, 4)
    assert kept(cell) == ["Đường"]


@pytest.mark.parametrize("begun", ["closed", "open"])
def test_the_focus_that_leaves_keeps_what_is_being_composed(qtbot: QtBot, cell: Alone, begun: str) -> None:
    beside = QLineEdit(cell.grid)
    beside.move(QPoint(0, 0))
    beside.show()
    if begun == "open":
        type_words(focused(), "Phố ")
    send("Đường")
    qtbot.mouseClick(beside, Qt.MouseButton.LeftButton)
    assert kept(cell) == ["Đường" if begun == "closed" else "Phố Đường"]
    assert beside.hasFocus()
    assert cell.editor() is None


def test_ctrl_enter_takes_what_is_being_composed_for_all_cells(cell: Alone) -> None:
    row, column = cell.at()
    cell.press(K.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    send("Đường")
    cell.press(K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert cell.texts() == {(row, column): "Đường", (row + 1, column): "Đường"}
    assert len(cell.told) == 1


def test_a_cell_that_takes_nothing_takes_no_composition(alone: Alone) -> None:
    alone.put(0, 0)
    assert not alone.grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    send("Đ")
    send("", "Đường")
    assert alone.editor() is None
    alone.change({(0, 0): CellView()})  # its parts are missing now: it may be typed
    assert alone.grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    send("", "5")
    assert alone.editor().text() == "5"
    alone.press(K.Key_Escape)


def test_nothing_completes_or_rewrites_what_is_typed(cell: Alone) -> None:
    hints = cell.grid.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
    for text in ("1", "12", "123", "1234", "12345"):
        send(text)
        assert cell.editor().composing == text
    send("", "12345")
    assert cell.editor().completer() is None
    assert cell.editor().text() == "12345"  # dots come after it is kept
    assert cell.editor().inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText


def test_keys_held_down_and_keys_of_another_widget_do_no_harm(cell: Alone) -> None:
    before = cell.at()
    for _ in range(5):
        QTest.keyPress(focused(), K.Key_1)  # auto-repeat: presses without releases
    QTest.keyRelease(focused(), K.Key_1)
    assert cell.editor().text() == "11111"
    QTest.keyPress(focused(), K.Key_Return)
    assert cell.at() == (before[0] + 1, before[1])
    QTest.keyRelease(focused(), K.Key_Return)
    assert kept(cell) == ["11111"]
