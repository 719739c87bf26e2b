"""The theme of high contrast: the system's own palette for every colour, no tints, lines of two pixels.

Marks, words and hatches stay, because meaning is never colour alone (ux study, section 2).
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

READABLE, LARGE = 7.0, 4.5
"""Least contrast of words, and of what is not read letter by letter (WCAG 1.4.6 and 1.4.3)."""
_STEPS = 20

_Role = QPalette.ColorRole


def wanted() -> bool:
    """Whether the desktop asks for high contrast."""
    hints = QGuiApplication.styleHints()  # kept while what it gives is asked: it takes that with it
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def palette(app: QApplication, *, dark: bool) -> QPalette:
    """The palette of the desktop where it is one of high contrast, else black on white or white on black."""
    if wanted():
        app.setPalette(QPalette())  # without ours the desktop's own one shows
        return QPalette(app.palette())
    if dark:
        return _plain("#000000", "#FFFFFF", "#FFFF00", "#1AEBFF", "#A6A6A6")
    return _plain("#FFFFFF", "#000000", "#00009F", "#37006E", "#595959")


def colours(system: QPalette) -> dict[str, QColor]:
    """Every token by its name; words keep their contrast on whatever they may stand on."""
    surface, text = system.color(_Role.Base), system.color(_Role.Text)
    if ratio(text, surface) < READABLE:  # no palette of high contrast: its own words could not be read
        surface, text = QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black)
    choices = (system.color(_Role.Link), system.color(_Role.Highlight), text)
    accent = next(choice for choice in choices if ratio(choice, surface) >= LARGE)
    grey = system.color(QPalette.ColorGroup.Disabled, _Role.Text)
    quiet = grey if ratio(grey, surface) >= LARGE else _mixed(text, surface, text, LARGE)
    inks = ("text", "text_2", "ok", "warning", "error", "explain", "locked", "estimated", "remit", "practice")
    tints = ("ok", "warning", "error", "explain", "locked", "computed", "estimated", "remit")
    return {
        **dict.fromkeys(inks, text),
        **{f"{name}_tint": surface for name in tints},
        **dict.fromkeys(("bg", "surface", "surface_2"), surface),
        "line": _mixed(text, surface, text, LARGE),
        "line_strong": text,
        "text_3": quiet,
        "accent": accent,
        "accent_hover": text,
        "on_accent": surface if ratio(surface, accent) >= LARGE else text,
        "sel": _mixed(system.color(_Role.Highlight), surface, text),
    }


def bolder(sheet: str) -> str:
    """A style sheet with every line one pixel thicker and the room inside it one pixel less."""
    return _RULE.sub(lambda rule: _bolder(rule.group()), sheet)


_RULE = re.compile(r"\{[^}]*\}")
_BORDER = re.compile(r"(border(?:-left|-right|-top|-bottom)?: )(\d)px")
_PADDING = re.compile(r"(padding: )([^;]+)")
_THIN = re.compile(r"(m(?:ax|in)-(?:height|width): )1px")


def _bolder(rule: str) -> str:
    # In a rule of a state the border grew already: its padding is said beside it, and grows with it.
    if not _BORDER.search(rule) and "padding" in rule:
        return rule
    rule = _BORDER.sub(lambda found: f"{found[1]}{int(found[2]) + 1}px", rule)
    rule = _PADDING.sub(lambda found: found[1] + _less(found[2]), rule)
    return _THIN.sub(r"\g<1>2px", rule)


def _less(paddings: str) -> str:
    sizes = (int(size.removesuffix("px")) for size in paddings.split())
    return " ".join(f"{max(0, size - 1)}px" for size in sizes)


def ratio(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 … 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: QColor, ground: QColor, text: QColor, least: float = 0.0) -> QColor:
    """``colour`` over ``ground``: as little as gives ``least`` contrast, or as much as ``text`` bears."""
    steps = [_between(ground, colour, step / _STEPS) for step in range(_STEPS + 1)]
    if least:
        return next((found for found in steps if ratio(found, ground) >= least), colour)
    return next(found for found in reversed(steps) if ratio(text, found) >= READABLE)


def _between(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        *(
            a + (b - a) * share
            for a, b in zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index]  # a tuple; its types say object
        )
    )


def _plain(ground: str, text: str, link: str, highlight: str, grey: str) -> QPalette:
    made = QPalette(QColor(ground))
    for role in (_Role.Base, _Role.Window):
        made.setColor(role, QColor(ground))
    made.setColor(_Role.Text, QColor(text))
    made.setColor(_Role.Link, QColor(link))
    made.setColor(_Role.Highlight, QColor(highlight))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Text, QColor(grey))
    return made
