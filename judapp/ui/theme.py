"""Colours, sizes and the style sheet: one set of tokens a theme; painters ask for them while they paint."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from judapp import paths
from judapp.ui import contrast, fonts

Choice = Literal["system", "light", "dark", "contrast"]

PAD, GAP, CONTROL, ROW = 16, 8, 32, 28


class Tokens(NamedTuple):
    """The colours of a theme; contrasts are those of the study."""

    bg: QColor
    surface: QColor
    surface_2: QColor
    line: QColor
    line_strong: QColor
    text: QColor
    text_2: QColor
    text_3: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    sel: QColor
    ok: QColor
    ok_tint: QColor
    warning: QColor
    warning_tint: QColor
    error: QColor
    error_tint: QColor
    explain: QColor
    explain_tint: QColor
    locked: QColor
    locked_tint: QColor
    computed_tint: QColor
    estimated: QColor
    estimated_tint: QColor
    remit: QColor
    remit_tint: QColor
    practice: QColor


def _tokens(*names: str) -> Tokens:
    return Tokens(*(QColor(name) for name in names))


LIGHT = _tokens(
    "#F4F6F8", "#FFFFFF", "#EDF1F5", "#D3DAE2", "#7E8A99", "#17202B", "#465364", "#5E6B7C",
    "#0B5CAD", "#094C90", "#FFFFFF", "#D9E9FA", "#146C43", "#E2F3E9", "#8A5200", "#FFF0CC",
    "#B3261E", "#FCE4E1", "#6A3AA8", "#EFE6FB", "#4B5866", "#E6EAEE", "#E9F0F7", "#00666F",
    "#DDF2F3", "#5E6B7C", "#EEEEF1", "#B8470B",
)  # fmt: skip
DARK = _tokens(
    "#12161C", "#1A2029", "#232B36", "#36414F", "#7C8A9B", "#E8EDF3", "#B7C2CF", "#97A5B5",
    "#74B6FA", "#9CCBFC", "#0C1116", "#1B3F66", "#62CE95", "#15372A", "#F2BA55", "#3D2E0D",
    "#FF9086", "#4A211E", "#C9ADF8", "#35284E", "#AAB6C4", "#2A323D", "#202B3A", "#63CDD6",
    "#10383D", "#97A5B5", "#25292F", "#FF9A5C",
)  # fmt: skip


class Theme(QObject):
    """The theme on screen; ``changed`` asks everything that keeps colours to take the new ones."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.choice: Choice = "system"
        self.family = ""
        self.contrast = False
        """Whether colours alone say nothing: the palette of high contrast is shown."""
        self._following = False

    @property
    def name(self) -> str:
        """``"light"``, ``"dark"`` or ``"contrast"``."""
        if self.contrast:
            return "contrast"
        return "dark" if self.tokens is DARK else "light"

    @property
    def border(self) -> int:
        """Pixels of a line that tells something, such as the one round a selection."""
        return 2 if self.contrast else 1

    def apply(self, app: QApplication, choice: Choice) -> None:
        """Show a theme; ``"system"`` follows what the desktop is set to, also later."""
        self.choice = choice
        self._follow()
        dark = choice == "dark"
        if choice in ("system", "contrast"):
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.contrast = choice == "contrast" or (choice == "system" and contrast.wanted())
        self.tokens = DARK if dark else LIGHT
        if self.contrast:
            self.tokens = Tokens(**contrast.colours(contrast.palette(app, dark=dark)))
        app.setPalette(_palette(self.tokens))
        sheet = _style_sheet(self.tokens)
        app.setStyleSheet(contrast.bolder(sheet) if self.contrast else sheet)
        self.changed.emit()

    def _follow(self) -> None:
        """Hear of another contrast of the desktop, once; another colour scheme the window hears of."""
        if not self._following:
            self._following = True
            hints = QGuiApplication.styleHints()
            hints.accessibility().contrastPreferenceChanged.connect(self._other_contrast)

    def _other_contrast(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.choice in ("system", "contrast"):
            self.apply(app, self.choice)


_theme: Theme | None = None


def theme() -> Theme:
    """The one theme of the program; made at the first call, in the window's thread."""
    global _theme  # noqa: PLW0603  # there is one screen
    if _theme is None:
        _theme = Theme()
    return _theme


def tokens() -> Tokens:
    """The colours now on screen."""
    return theme().tokens


def font(size: int, *, strong: bool = False) -> QFont:
    """The window's font at ``size`` pixels (12, 13, 14, 15, 18, 24, 32)."""
    made = QFont(theme().family or QApplication.font().family())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return fonts.clear(made)


def role(widget: QWidget, name: str) -> None:
    """Give ``widget`` one of the looks of the style sheet."""
    widget.setProperty("role", name)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _palette(own: Tokens) -> QPalette:
    palette = QPalette()
    kinds = {
        QPalette.ColorRole.Window: own.bg,
        QPalette.ColorRole.WindowText: own.text,
        QPalette.ColorRole.Base: own.surface,
        QPalette.ColorRole.AlternateBase: own.surface_2,
        QPalette.ColorRole.Text: own.text,
        QPalette.ColorRole.Button: own.surface,
        QPalette.ColorRole.ButtonText: own.text,
        QPalette.ColorRole.BrightText: own.error,
        QPalette.ColorRole.Highlight: own.sel,
        QPalette.ColorRole.HighlightedText: own.text,
        QPalette.ColorRole.Link: own.accent,
        QPalette.ColorRole.LinkVisited: own.accent,
        QPalette.ColorRole.ToolTipBase: own.surface,
        QPalette.ColorRole.ToolTipText: own.text,
        QPalette.ColorRole.PlaceholderText: own.text_3,
        QPalette.ColorRole.Light: own.surface,
        QPalette.ColorRole.Midlight: own.surface_2,
        QPalette.ColorRole.Mid: own.line,
        QPalette.ColorRole.Dark: own.line_strong,
        QPalette.ColorRole.Shadow: own.line_strong,
        QPalette.ColorRole.Accent: own.accent,
    }
    for kind, colour in kinds.items():
        palette.setColor(kind, colour)
    for kind in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, kind, own.text_3)
    return palette


def _style_sheet(own: Tokens) -> str:
    names = {name: colour.name() for name, colour in own._asdict().items()}
    ground = "dark" if own.surface.lightness() < 128 else "light"
    for name in ("chevron_down", "tick"):
        names[name] = (paths.resources() / "icons" / f"{name}_{ground}.svg").as_posix()
    return (paths.resources() / "window.qss").read_text("utf-8") % names
