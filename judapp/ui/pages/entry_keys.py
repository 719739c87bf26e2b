"""The keys the entry page answers around its grid, and the card of all keys of the page (F1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from judapp.ui.grid import keys
from judapp.ui.grid.keys import shown_keys

if TYPE_CHECKING:
    from judapp.ui.pages.entry import EntryPage

Act = Callable[["EntryPage"], object]


class Line(Struct, frozen=True):
    """What some keys do: their acts by the keys' portable names, the words and the keys of the card."""

    says: str
    acts: Mapping[str, Act]
    shown: str = ""


LINES: tuple[Line, ...] = (
    Line(
        "KEY-find",
        {
            "Ctrl+F": lambda page: page.area.search.look(),
            "F3": lambda page: page.area.search.step(1),
            "Shift+F3": lambda page: page.area.search.step(-1),
        },
    ),
    Line("KEY-go", {"Ctrl+G": lambda page: page.area.search.go()}),
    Line(
        "KEY-findings",
        {"F8": lambda page: page.area.next_finding(1), "Shift+F8": lambda page: page.area.next_finding(-1)},
    ),
    Line("KEY-explain", {"Shift+F2": lambda page: page.area.explain()}),
    Line(
        "KEY-rows",
        {"F5": lambda page: page.area.rows.add(), "Ctrl+-": lambda page: page.area.rows.remove()},
    ),
    Line(
        "KEY-move-row",
        {
            "Alt+Shift+Up": lambda page: page.area.rows.move(-1),
            "Alt+Shift+Down": lambda page: page.area.rows.move(1),
        },
    ),
    Line(
        "KEY-forms",
        {
            "Ctrl+PgUp": lambda page: page.sheet_head.turn(-1),
            "Ctrl+PgDown": lambda page: page.sheet_head.turn(1),
        },
    ),
    Line(
        "KEY-units",
        {
            "Alt+PgUp": lambda page: page.sheet_head.turn_unit(-1),
            "Alt+PgDown": lambda page: page.sheet_head.turn_unit(1),
        },
    ),
    Line(
        "KEY-tables",
        {
            "Ctrl+Tab": lambda page: page.area.turn_table(1),
            "Ctrl+Shift+Tab": lambda page: page.area.turn_table(-1),
        },
    ),
    Line(
        "KEY-regions",
        {"F6": lambda page: page.regions.turn(1), "Shift+F6": lambda page: page.regions.turn(-1)},
    ),
    Line("KEY-panel", {"Ctrl+I": lambda page: page.area.room.toggle_panel()}),
    Line("KEY-head", {"Ctrl+Shift+H": lambda page: page.area.room.toggle_head()}),
    Line("KEY-card", {}, "F1"),
)
"""Keys of the page; they work wherever the focus is on it, also in the open editor of a cell."""


def install(page: EntryPage) -> None:
    """Make the shortcuts of ``page``."""
    for line in LINES:
        for key, act in line.acts.items():
            shortcut = QShortcut(QKeySequence(key, QKeySequence.SequenceFormat.PortableText), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(act, page))


def card() -> tuple[tuple[str, str], ...]:
    """Keys and the code of what they do: the grid's first, then the page's."""
    return (*keys.card(), *((line.shown or shown_keys(line.acts), line.says) for line in LINES))
