"""The box in which a reason is written: beside its cell at every zoom and edge, and with an input method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from judapp.ui.grid.explain_box import ExplainBox

ROOM = (957, 545)


@pytest.fixture
def around(qtbot: QtBot, looks: QApplication) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QLineEdit())
    made.resize(*ROOM)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def box(around: QWidget) -> ExplainBox:
    return ExplainBox(around)


def kept(box: ExplainBox) -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = []
    box.kept.connect(lambda key, words: found.append((key, words)))
    return found


@pytest.mark.parametrize("zoom", [70, 100, 200])
@pytest.mark.parametrize("across", [0, 0.5, 1])
@pytest.mark.parametrize("down", [0, 0.5, 1])
def test_it_stands_whole_beside_its_cell(box: ExplainBox, zoom: int, across: float, down: float) -> None:
    wide, high = 124 * zoom // 100, 28 * zoom // 100
    cell = QRect(int(across * (ROOM[0] - wide)), int(down * (ROOM[1] - high)), wide, high)
    box.open("k", "Tăng 47,2 % so với cùng kỳ. " * 3, "", cell)
    place = box.geometry()
    assert QRect(0, 0, *ROOM).contains(place)
    assert not place.intersects(cell)
    assert box.field.height() >= 3 * box.field.fontMetrics().lineSpacing()
    box.keep()


def test_it_stays_inside_where_there_is_room_on_neither_side(box: ExplainBox, around: QWidget) -> None:
    around.resize(420, 200)
    box.open("k", "Vì sao?", "", QRect(100, 90, 124, 28))
    assert around.rect().contains(box.geometry())


def test_words_are_kept_by_ctrl_enter_and_by_leaving_and_dropped_by_esc(
    qtbot: QtBot, box: ExplainBox, around: QWidget
) -> None:
    found = kept(box)
    box.open("a", "Vì sao?", "", QRect(10, 40, 80, 28))
    qtbot.keyClicks(box.field, "Mot")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)  # a line of its own
    qtbot.keyClicks(box.field, "hai")
    qtbot.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    box.open("b", "Vì sao?", "cũ", QRect(10, 40, 80, 28))
    qtbot.keyClicks(box.field, " moi")
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    box.open("c", "Vì sao?", "như trước", QRect(10, 40, 80, 28))
    box.keep()  # nothing else than before
    box.open("d", "Vì sao?", "", QRect(10, 40, 80, 28))
    qtbot.keyClicks(box.field, "ba")
    other = around.findChild(QLineEdit)
    assert other is not None
    other.setFocus()
    box.open("e", "Vì sao?", "bỏ đi", QRect(10, 40, 80, 28))
    box.field.clear()
    box.keep()
    assert found == [("a", "Mot\nhai"), ("d", "ba"), ("e", "")]


def test_whoever_clicks_elsewhere_is_there_and_not_brought_back(
    qtbot: QtBot, box: ExplainBox, around: QWidget
) -> None:
    """Else what is typed next would go into the cell that was left."""
    back: list[None] = []
    box.left.connect(lambda: back.append(None))
    other = around.findChild(QLineEdit)
    assert other is not None
    for words in ("", "ba"):
        box.open("d", "Vì sao?", "", QRect(10, 40, 80, 28))
        qtbot.keyClicks(box.field, words)
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
        assert not box.isVisible()
        assert other.hasFocus()
    assert back == []
    box.open("e", "Vì sao?", "", QRect(10, 40, 80, 28))
    qtbot.keyClick(box.field, Qt.Key.Key_Tab)
    box.open("f", "Vì sao?", "", QRect(10, 40, 80, 28))
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    box.open("g", "Vì sao?", "", QRect(10, 40, 80, 28))
    box.keep()
    assert len(back) == 3


def test_what_an_input_method_has_begun_is_kept_and_esc_ends_only_that(qtbot: QtBot, box: ExplainBox) -> None:
    found = kept(box)
    box.open("k", "Vì sao?", "Do ", QRect(10, 40, 80, 28))
    QApplication.sendEvent(box.field, QInputMethodEvent("đườ", []))
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert box.isVisible()
    QApplication.sendEvent(box.field, QInputMethodEvent("đường", []))
    qtbot.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert found == [("k", "Do đường")]
