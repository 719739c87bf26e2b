"""The font of the window: the system's own on Windows, the bundled Noto Sans elsewhere."""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from judapp import paths

NATIVE, BUNDLED = "Segoe UI", "Noto Sans"
STYLES = ("Regular", "SemiBold", "Italic")


@cache
def load() -> str:
    """Make the window's font ready, once, and give the name of its family."""
    if sys.platform == "win32" and QFontDatabase.hasFamily(NATIVE):
        return NATIVE
    for style in STYLES:
        path = paths.resources() / "fonts" / f"NotoSans-{style}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise ValueError(f"no font in {path}")
    return BUNDLED


def clear(font: QFont) -> QFont:
    """The same font with its marks told apart: hinted, the bundled one shows ã as ā at 12 to 15 pixels."""
    if font.family() == BUNDLED:
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
