"""Areas marked apart with Ctrl and a click: no act writes a cell between them, in the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView
from judapp.ui.grid.menu import cell_menu
from judapp.ui.pages.entry import EntryPage
from judapp.ui.pages.entry_paste import PasteDialog
from tests.ui.conftest import settle
from tests.ui.entry_page import FORM, Entry, Key, at, dialog_of, entry, text
from tests.ui.grid_alone import CTRL, SHIFT, Alone, alone, sheet

__all__ = ["alone", "entry", "sheet"]

K = Qt.Key
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


# --- the grid alone


def middle(alone: Alone, row: int, column: int) -> QPoint:
    return alone.grid.visualRect(alone.grid.sheet.index(row, column)).center()


def mark(qtbot: QtBot, alone: Alone, *places: tuple[int, int]) -> None:
    """Click the first place, the others with Ctrl held; the hand is never quite still."""
    pane = alone.grid.viewport()
    for turn, place in enumerate(places):
        spot = middle(alone, *place)
        qtbot.mousePress(pane, LEFT, CTRL if turn else PLAIN, spot)
        qtbot.mouseMove(pane, spot + QPoint(1, 1))
        qtbot.mouseRelease(pane, LEFT, CTRL if turn else PLAIN, spot + QPoint(1, 1))


def test_cells_marked_apart_stay_marked_and_nothing_between_them_is(qtbot: QtBot, alone: Alone) -> None:
    mark(qtbot, alone, (2, 0), (4, 2))
    grid = alone.grid
    chosen = {(index.row(), index.column()) for index in grid.selectionModel().selectedIndexes()}
    assert chosen == {(2, 0), (4, 2)}
    assert grid.area() is None
    assert grid.several()
    alone.press(K.Key_Right, SHIFT)  # from the area the active cell stands in
    assert (alone.at(), alone.area()) == ((4, 2), (4, 2, 4, 3))


def test_cells_marked_one_by_one_that_make_a_rectangle_are_one(qtbot: QtBot, alone: Alone) -> None:
    mark(qtbot, alone, (2, 1), (3, 2), (3, 1), (2, 2))
    assert alone.area() == (2, 1, 3, 2)
    alone.press(K.Key_D, CTRL)
    assert alone.told[-1][0] == "filled"
    assert set(alone.texts()) == {(3, 1), (3, 2)}


def test_whole_columns_and_rows_are_those_of_the_marked_cells(qtbot: QtBot, alone: Alone) -> None:
    mark(qtbot, alone, (2, 0), (4, 2), (6, 2))
    alone.press(K.Key_Space, CTRL)
    assert [(part.left, part.right) for part in alone.grid.areas()] == [(0, 0), (2, 2)]
    chosen = alone.grid.selectionModel().selectedIndexes()
    assert len(chosen) == len(set(chosen)) == 2 * alone.grid.sheet.rowCount()


def test_ctrl_a_takes_the_block_though_cells_at_its_corners_are_marked(qtbot: QtBot, alone: Alone) -> None:
    blank = CellView()
    alone.change(dict.fromkeys([*((5, n) for n in range(11)), *((n, 3) for n in range(26))], blank))
    mark(qtbot, alone, (0, 0), (4, 2))
    alone.press(K.Key_A, CTRL)
    assert alone.area() == (0, 0, 4, 2)


@pytest.mark.parametrize("key", [K.Key_D, K.Key_R])
def test_a_fill_from_one_cell_into_areas_apart_is_refused(qtbot: QtBot, alone: Alone, key: Qt.Key) -> None:
    mark(qtbot, alone, (2, 0), (4, 2))
    alone.press(key, CTRL)
    [(name, error)] = alone.told
    assert (name, error.code) == ("refused", "PST-005")


# --- every act, on the page


def apart(page: EntryPage) -> set[Key]:
    """Mark two cells that span a rectangle of nine."""
    marked = [at(page, "I.1", "3"), at(page, "I.3", "5")]
    grid = page.area.grid
    page.area.go_to(marked[0])
    for turn, key in enumerate(marked):
        where = grid.visualRect(grid.sheet.index_of(key)).center()
        QTest.mouseClick(grid.viewport(), LEFT, CTRL if turn else PLAIN, where)
    return set(marked)


def ctrl(key: Qt.Key) -> Callable[[QtBot, EntryPage], None]:
    return lambda qtbot, page: qtbot.keyClick(page.area.grid, key, CTRL)


def menu(words: str) -> Callable[[QtBot, EntryPage], None]:
    def choose(qtbot: QtBot, page: EntryPage) -> None:
        found = next(act for act in cell_menu(page.area.grid).actions() if act.text().startswith(words))
        assert found.isEnabled()
        found.trigger()

    return choose


def pasted(words: str) -> Callable[[QtBot, EntryPage], None]:
    def paste(qtbot: QtBot, page: EntryPage) -> None:
        QGuiApplication.clipboard().setText(words)
        qtbot.keyClick(page.area.grid, K.Key_V, CTRL)

    return paste


def typed_for_all(qtbot: QtBot, page: EntryPage) -> None:
    grid = page.area.grid
    for sign in "77":
        qtbot.keyClick(grid.cells.editor or grid, sign)
    qtbot.keyClick(grid.cells.editor, K.Key_Return, CTRL)


ACTS = [
    (ctrl(K.Key_D), "PST-005", None),
    (ctrl(K.Key_R), "PST-005", None),
    (menu("Chép xuống"), "PST-005", None),
    (menu("Chép sang phải"), "PST-005", None),
    (ctrl(K.Key_X), "PST-001", None),
    (menu("Cắt"), "PST-001", None),
    (pasted("1\t2\n3\t4"), "PST-004", None),
    (pasted("777"), "", "777"),
    (typed_for_all, "", "77"),
    (menu("– Không phát sinh"), "", "–"),
    (menu("Để trống"), "", ""),
    (lambda qtbot, page: qtbot.keyClick(page.area.grid, K.Key_Delete), "", ""),
]


def test_every_act_on_areas_apart_writes_the_marked_cells_or_says_why_not(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    page.window().activateWindow()

    def figures() -> dict[Key, str]:
        assert page.view is not None
        return {key: cell.text for key, cell in page.view.tables[0].cells.items() if cell.kind == "open"}

    before = figures()
    for act, said, becomes in ACTS:
        marked = apart(page)
        steps = len(page.session.undoable)
        act(qtbot, page)
        settle(qtbot, page.session)
        after = figures()
        changed = {key for key in before if after[key] != before[key]}
        if said:
            assert said in page.area.bar.words.text()
            assert not page.area.bar.isHidden()
            assert (changed, len(page.session.undoable)) == (set(), steps)
            continue
        assert page.area.bar.isHidden()  # what was refused before is told no longer
        assert changed == marked
        assert {after[key] for key in marked} == {becomes}
        page.session.undo()
        settle(qtbot, page.session)
        assert figures() == before


def test_one_cell_that_meets_a_total_among_the_marked_ones_is_shown_first(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    total, figure = at(page, "I", "1"), at(page, "I.2", "3")
    before = text(page, total)
    page.area.go_to(total)
    grid = page.area.grid
    QTest.mouseClick(grid.viewport(), LEFT, CTRL, grid.visualRect(grid.sheet.index_of(figure)).center())
    QGuiApplication.clipboard().setText("6")
    qtbot.keyClick(grid, K.Key_V, CTRL)
    dialog = dialog_of(page)
    assert isinstance(dialog, PasteDialog)
    assert dialog.windowTitle() == f"Dán một ô vào 2 vùng đang chọn của {FORM}"
    assert dialog.counts.text() == "1 ô ghi · 1 ô bỏ qua"
    qtbot.keyClick(dialog, K.Key_Return)
    settle(qtbot, page.session)
    assert (text(page, figure), text(page, total)) == ("6", before)
    assert text(page, at(page, "I.1", "2")) == "3.671"
