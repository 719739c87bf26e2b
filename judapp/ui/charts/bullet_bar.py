"""The bullet bar on the screen: it says what is under the pointer, opens its cells, and can be copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from judapp.ui import theme
from judapp.ui.charts import bullet
from judapp.ui.texts import language

if TYPE_CHECKING:
    from judapp.app.director_rows import BulletData

_LABELLED, _BARE = 40, 20
WIDEST = 560


class BulletBar(QWidget):
    """A bar as wide as there is room, with the level above its line."""

    def __init__(self, data: BulletData, tip: str, menu: Callable[[QWidget], QMenu]) -> None:
        """``tip`` is read out and shown on hover; ``menu`` makes the context menu."""
        super().__init__()
        self.data = data
        self._menu = menu
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)
        self.setMaximumWidth(WIDEST)
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, _LABELLED if self.data.level is not None else _BARE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = bullet.ink(theme.tokens())
        bullet.paint(painter, QRectF(self.rect()), self.data, colours, language())
        painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(self).popup(event.globalPos())
