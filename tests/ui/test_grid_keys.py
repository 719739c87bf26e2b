"""Excel's keys in the grid: moving, selecting, filling, typing over; real keys, wherever the focus is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView
from judapp.ui.grid import keys
from judapp.ui.grid.view import GridView
from judapp.ui.pages import entry_keys
from judapp.ui.texts import t
from tests.ui.grid_alone import ALT, CTRL, SHIFT, Alone, alone, focused, sheet

__all__ = ["alone", "sheet"]

K = Qt.Key
BLANK = CellView()
OUT = CellView(text="⊘", typed="⊘", state="remit")


def test_enter_and_tab_pass_over_totals_out_of_remit_and_go_on_in_the_next_line(alone: Alone) -> None:
    alone.change({(7, 0): OUT})
    alone.put(4, 0)
    assert alone.press(K.Key_Return) == (6, 0)  # over the total of II
    assert alone.press(K.Key_Return) == (8, 0)  # over the one out of remit
    assert alone.press(K.Key_Enter, SHIFT) == (6, 0)
    alone.put(25, 0)
    assert alone.press(K.Key_Return) == (2, 1)  # the next column's top
    assert alone.press(K.Key_Return, SHIFT) == (25, 0)
    alone.put(2, 10)
    assert alone.press(K.Key_Tab) == (3, 0)
    assert alone.press(K.Key_Tab, SHIFT) == (2, 10)
    alone.put(25, 10)
    assert alone.press(K.Key_Return) == (25, 10)  # there is no further one


def test_enter_after_tabs_returns_below_where_the_row_began(alone: Alone) -> None:
    alone.put(2, 3)
    assert alone.press(K.Key_Tab, times=3) == (2, 6)
    assert alone.press(K.Key_Return) == (3, 3)
    alone.press(K.Key_Tab, times=2)
    alone.press(K.Key_Left)  # a move of another kind begins anew
    assert alone.press(K.Key_Return) == (4, 4)


def test_arrows_ends_and_corners_move_as_in_excel(alone: Alone) -> None:
    alone.put(2, 3)
    assert alone.press(K.Key_Down) == (3, 3)
    assert alone.press(K.Key_Up, times=3) == (0, 3)  # also onto totals
    assert alone.press(K.Key_Up) == (0, 3)
    assert alone.press(K.Key_End) == (0, 10)
    assert alone.press(K.Key_Home) == (0, 0)
    assert alone.press(K.Key_End, CTRL) == (25, 10)
    assert alone.press(K.Key_Home, CTRL) == (0, 0)
    down = alone.press(K.Key_PageDown)
    assert 5 < down[0] < 20
    assert alone.press(K.Key_PageUp) == (0, 0)


def test_ctrl_and_an_arrow_lead_to_the_edge_of_the_filled_block(alone: Alone) -> None:
    alone.change(dict.fromkeys([(5, 2), (6, 2), (9, 2)], BLANK))
    alone.put(1, 2)
    stops = [alone.press(K.Key_Down, CTRL)[0] for _ in range(5)]
    assert stops == [4, 7, 8, 10, 25]
    stops = [alone.press(K.Key_Up, CTRL)[0] for _ in range(5)]
    assert stops == [10, 8, 7, 4, 0]
    assert alone.press(K.Key_Right, CTRL) == (0, 10)
    assert alone.press(K.Key_Left, CTRL) == (0, 0)


def test_shift_selects_from_the_active_cell_which_stays(alone: Alone) -> None:
    alone.put(6, 3)
    alone.press(K.Key_Down, SHIFT, 2)
    alone.press(K.Key_Right, SHIFT)
    assert (alone.at(), alone.area()) == ((6, 3), (6, 3, 8, 4))
    alone.press(K.Key_Up, SHIFT, 3)  # back over the beginning
    assert (alone.at(), alone.area()) == ((6, 3), (5, 3, 6, 4))
    alone.press(K.Key_End, SHIFT)
    assert alone.area() == (5, 3, 6, 10)
    alone.press(K.Key_Down, CTRL | SHIFT)
    assert alone.area() == (6, 3, 25, 10)
    alone.press(K.Key_Home, CTRL | SHIFT)
    assert (alone.at(), alone.area()) == ((6, 3), (0, 0, 6, 3))
    alone.press(K.Key_Down)
    assert alone.area() == (7, 3, 7, 3)


def test_columns_rows_block_and_everything_are_selected_by_key(alone: Alone) -> None:
    alone.put(6, 3)
    alone.press(K.Key_Space, CTRL)
    assert (alone.at(), alone.area()) == ((6, 3), (0, 3, 25, 3))
    alone.put(6, 3)
    alone.press(K.Key_Space, SHIFT)
    assert (alone.at(), alone.area()) == ((6, 3), (6, 0, 6, 10))
    alone.change(dict.fromkeys([*((10, n) for n in range(11)), *((n, 4) for n in range(26))], BLANK))
    alone.put(12, 2)
    alone.press(K.Key_A, CTRL)
    assert (alone.at(), alone.area()) == ((12, 2), (11, 0, 25, 3))
    alone.press(K.Key_A, CTRL)
    assert (alone.at(), alone.area()) == ((12, 2), (0, 0, 25, 10))


def test_enter_goes_round_inside_a_selection_as_in_excel(alone: Alone) -> None:
    alone.put(3, 1)
    alone.press(K.Key_Down, SHIFT, 3)
    alone.press(K.Key_Right, SHIFT)
    seen = [alone.press(K.Key_Return) for _ in range(6)]
    assert seen == [(4, 1), (6, 1), (3, 2), (4, 2), (6, 2), (3, 1)]  # over the total of II
    assert alone.area() == (3, 1, 6, 2)
    assert alone.press(K.Key_Tab) == (3, 2)
    assert alone.press(K.Key_Tab) == (4, 1)
    assert alone.press(K.Key_Tab, SHIFT) == (3, 2)


def test_a_sheet_on_which_nothing_waits_is_walked_cell_by_cell(alone: Alone) -> None:
    table = alone.sheet.tables[0]
    shut = CellView(text="1", state="", enterable=False)
    alone.change({(row, column): shut for row in range(len(table.rows)) for column in range(11)})
    alone.put(4, 0)
    assert alone.press(K.Key_Return) == (5, 0)
    assert alone.press(K.Key_Tab) == (5, 1)
    alone.type("7")
    assert alone.editor() is None
    assert alone.told == []


def test_typing_replaces_and_every_moving_key_keeps_it(alone: Alone) -> None:
    for key, held, to in (
        (K.Key_Return, Qt.KeyboardModifier.NoModifier, (7, 3)),
        (K.Key_Tab, Qt.KeyboardModifier.NoModifier, (6, 4)),
        (K.Key_Tab, SHIFT, (6, 2)),
        (K.Key_Up, Qt.KeyboardModifier.NoModifier, (5, 3)),
        (K.Key_Left, Qt.KeyboardModifier.NoModifier, (6, 2)),
        (K.Key_Home, Qt.KeyboardModifier.NoModifier, (6, 0)),
        (K.Key_Down, CTRL, (25, 3)),
        (K.Key_End, CTRL, (25, 10)),
    ):
        alone.put(6, 3)
        alone.type("42")
        assert alone.editor().text() == "42"
        assert alone.press(key, held) == to
        assert alone.editor() is None
        assert alone.told.pop() == ("entered", {alone.grid.sheet.key_of(alone.grid.sheet.index(6, 3)): "42"})


def test_f2_moves_in_the_text_and_again_moves_on(alone: Alone) -> None:
    alone.put(6, 1)
    alone.press(K.Key_F2)
    editor = alone.editor()
    assert editor.text() == "4971"
    assert not editor.hasSelectedText()
    alone.press(K.Key_Left)
    alone.press(K.Key_Home)
    alone.press(K.Key_Down)  # in the text there is no further line
    assert alone.at() == (6, 1)
    alone.type("1")
    assert editor.text() == "14971"
    alone.press(K.Key_F2)
    assert alone.press(K.Key_Left) == (6, 0)
    assert alone.texts() == {(6, 1): "14971"}


def test_esc_gives_the_former_text_back(alone: Alone) -> None:
    alone.put(6, 1)
    alone.type("8")
    alone.press(K.Key_Escape)
    assert alone.editor() is None
    assert alone.told == []
    assert alone.grid.currentIndex().data() == "4.971"
    assert alone.grid.hasFocus()


def test_delete_empties_the_selection_and_backspace_begins_anew(alone: Alone) -> None:
    alone.put(4, 1)
    alone.press(K.Key_Down, SHIFT, 2)
    alone.press(K.Key_Delete)
    assert alone.told == [("emptied", alone.told[0][1])]
    assert alone.texts() == {(4, 1): "", (6, 1): ""}
    alone.put(6, 1)
    alone.press(K.Key_Backspace)
    assert alone.editor().text() == ""
    alone.type("9")
    alone.press(K.Key_Return)
    assert alone.texts() == {(6, 1): "9"}


def test_a_total_that_may_be_typed_is_left_alone_where_several_cells_are_filled(alone: Alone) -> None:
    alone.change({(5, 1): CellView(text="… 68.006", kind="computed", state="partial")})
    alone.put(4, 1)
    alone.press(K.Key_Down, SHIFT, 2)
    alone.type("77")
    alone.press(K.Key_Return, CTRL)
    assert alone.texts() == {(4, 1): "77", (6, 1): "77"}
    alone.put(5, 1)
    alone.type("70")
    alone.press(K.Key_Return, CTRL)
    assert alone.texts() == {(5, 1): "70"}


@pytest.mark.parametrize("begin", ["closed", "typing"])
def test_ctrl_enter_puts_one_value_into_the_whole_selection_as_one_act(alone: Alone, begin: str) -> None:
    alone.put(4, 1)
    alone.press(K.Key_Down, SHIFT, 2)
    if begin == "typing":
        alone.type("77")
    alone.press(K.Key_Return, CTRL)
    assert alone.editor() is None
    assert len(alone.told) == 1
    assert alone.texts() == ({(4, 1): "77", (6, 1): "77"} if begin == "typing" else {(6, 1): "1195"})
    assert (alone.at(), alone.area()) == ((4, 1), (4, 1, 6, 1))


def test_ctrl_d_and_r_fill_from_the_first_line_or_from_the_cell_beside(alone: Alone) -> None:
    alone.put(3, 1)
    alone.press(K.Key_Down, SHIFT, 3)
    alone.press(K.Key_Right, SHIFT)
    alone.press(K.Key_D, CTRL)
    assert alone.told[-1][0] == "filled"
    assert alone.texts() == {(4, 1): "2945", (6, 1): "2945", (4, 2): "2753", (6, 2): "2753"}  # not the total
    alone.press(K.Key_R, CTRL)
    assert alone.texts() == {(3, 2): "2945", (4, 2): "1195", (6, 2): "4971"}
    alone.put(4, 1)
    alone.press(K.Key_D, CTRL)
    assert alone.texts() == {(4, 1): "2945"}
    alone.press(K.Key_R, CTRL)
    assert alone.texts() == {(4, 1): "5"}
    alone.put(6, 2)
    alone.press(K.Key_Apostrophe, CTRL)
    assert alone.texts() == {(6, 2): "64575"}  # a total is copied as its figure
    assert len(alone.told) == 5
    alone.put(0, 0)
    alone.press(K.Key_D, CTRL)
    alone.press(K.Key_R, CTRL)
    assert len(alone.told) == 5


def test_precedents_and_dependents_are_asked_for(alone: Alone) -> None:
    alone.press(K.Key_BracketLeft, CTRL)
    alone.press(K.Key_BracketRight, CTRL)
    assert alone.told == [("traced", False), ("traced", True)]


def test_the_mouse_selects_as_in_excel(qtbot: QtBot, alone: Alone) -> None:
    def middle(row: int, column: int) -> QPoint:
        return alone.grid.visualRect(alone.grid.sheet.index(row, column)).center()

    pane, left = alone.grid.viewport(), Qt.MouseButton.LeftButton
    alone.put(2, 0)
    alone.type("31")
    qtbot.mouseClick(pane, left, pos=middle(4, 2))
    assert alone.texts() == {(2, 0): "31"}  # a click elsewhere keeps what was typed
    assert alone.at() == (4, 2)
    qtbot.mouseClick(pane, left, SHIFT, middle(6, 4))
    assert (alone.at(), alone.area()) == ((4, 2), (4, 2, 6, 4))
    qtbot.mousePress(pane, left, pos=middle(6, 3))
    qtbot.mouseMove(pane, middle(7, 4))
    qtbot.mouseMove(pane, middle(4, 1))
    qtbot.mouseRelease(pane, left, pos=middle(4, 1))
    assert (alone.at(), alone.area()) == ((6, 3), (4, 1, 6, 3))
    qtbot.mouseClick(pane, Qt.MouseButton.RightButton, pos=middle(5, 2))
    assert alone.area() == (4, 1, 6, 3)  # the menu is over the selection
    qtbot.mouseClick(pane, Qt.MouseButton.RightButton, pos=middle(8, 2))
    assert alone.area() == (8, 2, 8, 2)
    qtbot.mouseClick(pane, left, pos=middle(6, 1))
    qtbot.mouseClick(pane, left, CTRL, middle(8, 3))  # one more, by itself
    assert len(alone.grid.areas()) == 2
    assert [alone.press(K.Key_Return) for _ in range(2)] == [(6, 1), (8, 3)]
    qtbot.mouseDClick(pane, left, pos=middle(6, 1))
    assert alone.editor().text() == "4971"
    alone.press(K.Key_Escape)


def test_a_drag_beyond_the_edge_goes_on_selecting(qtbot: QtBot, alone: Alone) -> None:
    pane, left = alone.grid.viewport(), Qt.MouseButton.LeftButton
    begin = alone.grid.visualRect(alone.grid.sheet.index(6, 3)).center()
    qtbot.mousePress(pane, left, pos=begin)
    qtbot.mouseMove(pane, QPoint(begin.x(), pane.height() + 20))
    qtbot.waitUntil(lambda: alone.area()[2] == 25, timeout=5000)
    qtbot.mouseRelease(pane, left, pos=QPoint(begin.x(), pane.height() + 20))
    assert (alone.at(), alone.area()) == ((6, 3), (6, 3, 25, 3))


def test_a_click_on_a_head_or_a_row_selects_all_of_it(qtbot: QtBot, alone: Alone) -> None:
    head, stub, left = alone.grid.head, alone.grid.stub, Qt.MouseButton.LeftButton
    x = head.sectionViewportPosition(2) + head.sectionSize(2) // 2
    qtbot.mouseClick(head.viewport(), left, pos=QPoint(x, head.height() - 4))
    assert alone.area() == (0, 2, 25, 2)
    y = stub.sectionViewportPosition(6) + 8
    qtbot.mouseClick(stub.viewport(), left, pos=QPoint(20, y))
    assert alone.area() == (6, 0, 6, 10)


class Watched(QObject):
    """Remembers what is painted of a grid's cells."""

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self.region = QRegion()
        grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_a_move_paints_the_two_cells_and_no_others_again(qtbot: QtBot, alone: Alone) -> None:
    watched = Watched(alone.grid)

    def painted() -> set[tuple[int, int]]:
        qtbot.wait(1)  # what was asked to be painted is
        region, watched.region = watched.region, QRegion()
        return {
            (row, column)
            for row in range(12)
            for column in range(11)
            if region.intersects(alone.grid.visualRect(alone.grid.sheet.index(row, column)))
        }

    alone.put(2, 2)
    painted()
    alone.press(K.Key_Down)
    assert painted() == {(2, 2), (3, 2)}
    alone.press(K.Key_Right, SHIFT)
    assert painted() == {(3, 2), (3, 3)}
    alone.press(K.Key_Down, SHIFT)
    assert painted() == {(3, 2), (3, 3), (4, 2), (4, 3)}
    alone.press(K.Key_Left)
    assert painted() == {(3, 1), (3, 2), (3, 3), (4, 2), (4, 3)}


def test_every_key_of_the_card_does_what_it_says_and_has_words() -> None:
    codes = [line.says for line in keys.LINES] + [line.says for line in entry_keys.LINES]
    assert all(t(code) for code in codes)
    names = [key for line in keys.LINES for key in line.acts]
    names += [key for line in entry_keys.LINES for key in line.acts]
    assert len(set(names)) == len(names)
    shown = dict(entry_keys.card())
    assert t(shown["Ctrl+D · Ctrl+R"]).startswith("điền xuống")
    assert "PgUp · PgDn" in shown
    for keys_shown in ("F2 · Esc", "Ctrl+Enter", "Shift+F2", "F5 · Ctrl+−", "Ctrl+[ · Ctrl+]", "Alt+↓"):
        assert any(keys_shown in line for line in shown), keys_shown


def test_a_key_that_means_nothing_here_is_left_to_others(alone: Alone) -> None:
    alone.put(6, 1)
    for key, held in ((K.Key_J, CTRL), (K.Key_F12, Qt.KeyboardModifier.NoModifier), (K.Key_J, ALT)):
        alone.press(key, held)
    assert alone.editor() is None
    assert alone.told == []
    assert focused() is alone.grid


def test_quickly_typed_figures_all_arrive_in_their_order(qtbot: QtBot, alone: Alone) -> None:
    """Keys reach the window one by one, as from a keyboard, and find the right widget by themselves."""
    alone.put(6, 0)
    window = alone.grid.window().windowHandle()
    figures = [str(number) for number in range(101, 121)]
    for figure in figures:
        for digit in figure:
            QTest.keyClick(window, Qt.Key(ord(digit)))
        QTest.keyClick(window, K.Key_Return)
    entered = [text for name, texts in alone.told for text in texts.values() if name == "entered"]
    rows = [alone._place(key)[0] for _, texts in alone.told for key in texts]
    assert entered == figures
    assert all(a < b for a, b in pairwise(rows))
