"""The menu of the selected cells: clipboard, states that are hard to type, choices of a column."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from judapp.ui.grid.view import GridView
from judapp.ui.texts import t

_STATES = (("ENY-menu-nil", "-"), ("ENY-menu-pending", ".."), ("ENY-menu-remit", "⊘"))


def cell_menu(view: GridView) -> QMenu:
    """The menu over the selection of ``view``; shown by :func:`open_menu`."""
    menu = QMenu(view)
    menu.addAction(t("ENY-menu-cut"), view.cut)
    menu.addAction(t("ENY-menu-copy"), view.copy)
    menu.addAction(t("ENY-menu-paste"), view.paste)
    table = view.sheet.table
    column = view.currentIndex().column()
    leaf = table.columns[column] if table is not None and column >= 0 else None
    menu.addSeparator()
    if leaf is not None and leaf.kind == "text":
        for choice in leaf.choices:
            menu.addAction(choice, partial(view.fill, choice))
    else:
        for code, text in _STATES:
            menu.addAction(t(code), partial(view.fill, text))
    menu.addAction(t("ENY-menu-empty"), view.empty)
    if not view.fillable():
        for action in menu.actions()[3:]:
            action.setEnabled(False)
        menu.actions()[0].setEnabled(False)
        menu.actions()[2].setEnabled(False)
    return menu


def open_menu(view: GridView, at: QPoint | None = None) -> None:
    """Open the menu at ``at``, or under the active cell."""
    if at is None:
        at = view.visualRect(view.currentIndex()).bottomLeft()
    menu = cell_menu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(view.viewport().mapToGlobal(at))
