"""The regions of the entry page, one after the other with F6; a line shows in which one the keys are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from judapp.ui import theme

_LINE = 2
_GAP = 1
"""Pixels between the line and its region."""


class Region(Struct, frozen=True):
    """A part of the page: ``reach`` brings the keys to it, and says whether anything there takes them."""

    widget: QWidget
    reach: Callable[[], bool]
    under: bool = False
    """Whether its line stands below it, as under a title."""


class _Line(QWidget):
    """2 px in the accent colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.tokens().accent)
        painter.end()


class Regions(QObject):
    """Leads from region to region of a page, and marks the one that has the focus."""

    def __init__(self, page: QWidget, regions: Sequence[Region]) -> None:
        super().__init__(page)
        self._page = page
        self._regions = tuple(regions)
        self._shown = -1
        self.line = _Line(page)
        for region in self._regions:
            region.widget.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # there are widgets
        app.focusChanged.connect(self._follow)

    def current(self) -> int:
        """The region that has the focus, -1 for none."""
        focused = QApplication.focusWidget()
        if focused is None:
            return -1
        return next(
            (at for at, region in enumerate(self._regions) if _within(region.widget, focused)),
            -1,
        )

    def turn(self, by: int) -> None:
        """Go to the next (1) or previous (-1) region that is shown and takes keys."""
        at = self.current()
        if at < 0 and by < 0:
            at = 0
        for step in range(1, len(self._regions) + 1):
            region = self._regions[(at + by * step) % len(self._regions)]
            if region.widget.isVisible() and region.reach():
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PLACED and self._shown >= 0 and watched is self._regions[self._shown].widget:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self, _: QWidget | None, focused: QWidget | None) -> None:
        if focused is None:
            return  # another window has it for a while
        at = self.current()
        if at != self._shown:
            self._shown = at
            self._place()

    def _place(self) -> None:
        region = self._regions[self._shown] if self._shown >= 0 else None
        if region is None or not region.widget.isVisible():
            self.line.hide()
            return
        shape = region.widget.rect()
        corner = shape.bottomLeft() + QPoint(0, _GAP) if region.under else QPoint(0, -_LINE - _GAP)
        corner = region.widget.mapTo(self._page, corner)
        self.line.setGeometry(corner.x(), corner.y(), shape.width(), _LINE)
        self.line.show()
        self.line.raise_()


_PLACED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


def take(first: Callable[[], QWidget]) -> bool:
    """Give a widget the keys, if it is shown and takes any."""
    widget = first()
    able = widget.isVisible() and widget.isEnabled()
    if able:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    return able


def _within(widget: QWidget, focused: QWidget) -> bool:
    return widget is focused or widget.isAncestorOf(focused)
