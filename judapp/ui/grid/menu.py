"""The menu of the selected cells: clipboard, states that are hard to type, fills, and what the page adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from judapp.ui.grid import clipboard, filling
from judapp.ui.grid.view import GridView
from judapp.ui.texts import t

_STATES = (("ENY-menu-nil", "-"), ("ENY-menu-pending", ".."), ("ENY-menu-remit", "⊘"))


class Offer(Struct, frozen=True):
    """Something the page around a grid can do with the active cell; ``text`` with its key behind a tab."""

    text: str
    act: Callable[[], object]
    enabled: bool = True
    first: bool = False
    """Whether it stands with the states: what the cell may hold."""


Offers = Callable[[], Iterable[Offer]]
"""What a part of the page offers at the active cell, asked for as the menu opens."""


def cell_menu(view: GridView, *, states_first: bool = False) -> QMenu:
    """The menu over the selection of ``view``; shown by :func:`open_menu`.

    ``states_first`` puts what a cell may hold before the clipboard: so the arrow keys find it at once.
    """
    menu = QMenu(view)
    offers = [offer for ask in view.offers for offer in ask()]
    contents = partial(_contents, offers=[offer for offer in offers if offer.first])
    parts: list[Callable[[GridView, QMenu], None]] = [_clipboard, contents]
    for part in reversed(parts) if states_first else parts:
        part(view, menu)
        menu.addSeparator()
    _fills(view, menu)
    menu.addSeparator()
    for offer in offers:
        if not offer.first:
            _add(menu, offer.text, offer.act, offer.enabled)
    return menu


def open_menu(view: GridView, at: QPoint | None = None) -> None:
    """Open the menu at ``at``, or under the active cell with the states first (Alt+↓)."""
    menu = cell_menu(view, states_first=at is None)
    if at is None:
        at = view.visualRect(view.currentIndex()).bottomLeft()
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(view.viewport().mapToGlobal(at))


def _clipboard(view: GridView, menu: QMenu) -> None:
    _add(menu, t("ENY-menu-cut"), partial(clipboard.cut, view), view.fillable())
    _add(menu, t("ENY-menu-copy"), partial(clipboard.copy, view))
    _add(menu, t("RDG-menu-copy-heads"), partial(clipboard.copy, view, heads=True))
    _add(menu, t("ENY-menu-paste"), partial(clipboard.paste, view), view.fillable())


def _contents(view: GridView, menu: QMenu, *, offers: Iterable[Offer]) -> None:
    """What the selected cells may hold: choices of a column of words, else states; and nothing at all."""
    for offer in offers:
        _add(menu, offer.text, offer.act, offer.enabled)
    table, column, fillable = view.sheet.table, view.currentIndex().column(), view.fillable()
    leaf = table.columns[column] if table is not None and column >= 0 else None
    if leaf is not None and leaf.kind == "text":
        for choice in leaf.choices:
            _add(menu, choice.replace("&", "&&"), partial(view.fill, choice), fillable)
    elif view.layer == "printed":
        for code, text in _STATES:
            _add(menu, t(code), partial(view.fill, text), fillable)
    _add(menu, t("ENY-menu-empty"), view.empty, fillable)


def _fills(view: GridView, menu: QMenu) -> None:
    areas, at, fillable = view.areas(), view.currentIndex(), view.fillable()
    # Of areas apart from each other the act itself says why it is not done.
    below = at.row() > 0 or any(area.bottom > area.top for area in areas)
    beside = at.column() > 0 or any(area.right > area.left for area in areas)
    _add(menu, t("RDG-menu-down"), partial(filling.fill_down, view), fillable and below)
    _add(menu, t("RDG-menu-right"), partial(filling.fill_right, view), fillable and beside)


def _add(menu: QMenu, text: str, act: Callable[[], object], enabled: bool = True) -> None:
    menu.addAction(text, act).setEnabled(enabled)
