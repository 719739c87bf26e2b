"""The keys of the grid: one table of what each does, from which the card of keys (F1) is made too.

The keys are Excel's (ux study, section 4). Those the page around the grid answers stand in
``pages/entry_keys``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from judapp.ui.grid import clipboard, filling, moving

if TYPE_CHECKING:
    from judapp.app.grid_moves import Reach, Way
    from judapp.ui.grid.view import GridView

Act = Callable[["GridView"], object]


class Line(Struct, frozen=True):
    """What some keys do: their acts by the keys' portable names, and the words of the card.

    ``typing``: also while the editor is open, after what was typed is kept: ``"always"``, ``"entering"``
    (not where F2 or a double click opened it, then they belong to the text) or ``"never"``. ``shown`` is how
    the keys stand on the card, their names where it is "".
    """

    says: str
    acts: Mapping[str, Act]
    typing: str = "never"
    shown: str = ""


def _moves(reach: Reach, keys: Mapping[Way, str]) -> dict[str, Act]:
    """The keys of some ways, and the same with Shift, which selects."""
    found: dict[str, Act] = {}
    for way, key in keys.items():
        found[key] = partial(moving.move, way=way, reach=reach)
        found[_shifted(key)] = partial(moving.extend, way=way, reach=reach)
    return found


def _shifted(key: str) -> str:
    held, _, name = key.rpartition("+")
    return "+".join(filter(None, (held, "Shift", name)))


LINES: tuple[Line, ...] = (
    Line("KEY-type", {}, shown="0 … 9 · a … z"),
    Line("KEY-edit", {"F2": lambda view: view.edit_in_place()}, shown="F2 · Esc"),
    Line(
        "KEY-enter",
        {"Return": partial(moving.step, way="down"), "Shift+Return": partial(moving.step, way="up")},
        "always",
    ),
    Line(
        "KEY-tab",
        {"Tab": partial(moving.step, way="right"), "Shift+Tab": partial(moving.step, way="left")},
        "always",
    ),
    Line(
        "KEY-arrows",
        _moves("cell", {"up": "Up", "down": "Down", "left": "Left", "right": "Right"}),
        "entering",
        "← ↑ → ↓",
    ),
    Line(
        "KEY-edge",
        _moves("edge", {"up": "Ctrl+Up", "down": "Ctrl+Down", "left": "Ctrl+Left", "right": "Ctrl+Right"}),
        "entering",
        "Ctrl+← ↑ → ↓",
    ),
    Line("KEY-row-ends", _moves("end", {"left": "Home", "right": "End"}), "entering", "Home · End"),
    Line("KEY-pages", _moves("page", {"up": "PgUp", "down": "PgDown"}), "entering", "PgUp · PgDn"),
    Line(
        "KEY-corners",
        {
            "Ctrl+Home": partial(moving.to_corner, last=False),
            "Ctrl+End": partial(moving.to_corner, last=True),
            "Ctrl+Shift+Home": partial(moving.to_corner, last=False, extending=True),
            "Ctrl+Shift+End": partial(moving.to_corner, last=True, extending=True),
        },
        "entering",
        "Ctrl+Home · Ctrl+End",
    ),
    Line("KEY-shift", {}, shown="Shift+…"),
    Line("KEY-lines", {"Ctrl+Space": moving.select_columns, "Shift+Space": moving.select_rows}),
    Line("KEY-block", {"Ctrl+A": moving.select_block}),
    Line("KEY-empty", {"Del": lambda view: view.empty(), "Backspace": lambda view: view.empty_and_edit()}),
    Line("KEY-states", {"Alt+Down": lambda view: view.open_menu()}, "always", "- · .. · Alt+↓"),
    Line("KEY-sum", {}, shown="=12+30*2"),
    Line("KEY-fill", {"Ctrl+D": filling.fill_down, "Ctrl+R": filling.fill_right}),
    Line("KEY-above", {"Ctrl+'": filling.take_above}),
    Line("KEY-all", {"Ctrl+Return": filling.fill_selection}, "always"),
    Line(
        "KEY-clipboard",
        {
            "Ctrl+C": clipboard.copy,
            "Ctrl+X": clipboard.cut,
            "Ctrl+V": clipboard.paste,
            "Ctrl+Shift+C": partial(clipboard.copy, heads=True),
            "Ctrl+Ins": clipboard.copy,
            "Shift+Del": clipboard.cut,
            "Shift+Ins": clipboard.paste,
        },
        shown="Ctrl+C · Ctrl+X · Ctrl+V",
    ),
    Line(
        "KEY-trace",
        {"Ctrl+[": lambda view: view.trace(onward=False), "Ctrl+]": lambda view: view.trace(onward=True)},
    ),
)
"""Keys the grid answers itself."""

_NAMES = {
    "Return": "Enter",
    "PgDown": "PgDn",
    "Del": "Delete",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "-": "−",
}


def shown_keys(keys: Mapping[str, object]) -> str:
    """Portable names of keys as the card says them: "Ctrl+Return" is "Ctrl+Enter"."""
    return " · ".join(_shown(key) for key in keys)


def _shown(key: str) -> str:
    held, plus, name = key.rpartition("+")
    return held + plus + _NAMES.get(name, name)


def card() -> tuple[tuple[str, str], ...]:
    """Keys and the code of what they do, for the card of keys."""
    return tuple((line.shown or shown_keys(line.acts), line.says) for line in LINES)


def act_of(event: QKeyEvent, *, typing: str = "") -> Act | None:
    """What a key does; ``typing`` says how the editor is open ("entering", "editing"), "" where it is not."""
    found = _table().get(_pressed(event))
    if found is None:
        return None
    line, act = found
    if typing and line.typing != "always" and line.typing != typing:
        return None
    return act


def types(event: QKeyEvent) -> bool:
    """Whether a key types text: letters made with the right Alt key are told as Ctrl and Alt by Windows."""
    text, held = event.text(), event.modifiers()
    command, alternate = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    plain = not held & (command | alternate | Qt.KeyboardModifier.MetaModifier)
    return bool(text) and text.isprintable() and (plain or bool(held & command and held & alternate))


@cache
def _table() -> dict[str, tuple[Line, Act]]:
    return {key: (line, act) for line in LINES for key, act in line.acts.items()}


def _pressed(event: QKeyEvent) -> str:
    """The key as the table names it: both Enters are one, Tab back is Tab with Shift."""
    held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    elif key == Qt.Key.Key_Backtab:
        key, held = Qt.Key.Key_Tab, held | Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(key | held.value).toString(QKeySequence.SequenceFormat.PortableText)
