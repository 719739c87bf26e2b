"""After a click beside the grid one types on where one was: no digit is lost on a button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from judapp.ui.window import MainWindow
from tests.ui.conftest import settle
from tests.ui.entry_page import Entry, at, entry, text, type_in

__all__ = ["entry"]


def test_a_digit_after_a_click_on_a_button_goes_into_the_active_cell(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    grid, window = page.area.grid, page.window()
    assert isinstance(window, MainWindow)
    key = at(page, "I.1", "3")
    buttons: list[QAbstractButton] = [window.context.undo, page.area.tools.panel, page.sheet_head.form]
    window.activateWindow()
    for number, button in enumerate(buttons):
        grid.go(key)
        grid.setFocus()
        type_in(qtbot, page, f"50{number}")
        grid.go(key)
        qtbot.keyClick(grid, "7")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        window.activateWindow()  # the offscreen platform does not, where a popup closed
        qtbot.waitUntil(window.isActiveWindow)
        settle(qtbot, page.session)
        assert grid.hasFocus(), button.toolTip()
        qtbot.keyClick(grid, "8")
        assert grid.cells.editor is not None
        qtbot.keyClick(grid.cells.editor, Qt.Key.Key_Return)
        settle(qtbot, page.session)
        assert text(page, key) == "8"


def test_a_button_reached_by_tab_keeps_the_focus(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    button = page.area.tools.panel
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.hasFocus()
