"""A form drawn as it prints, on paper in the colours of the theme; as wide as there is room, or larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from judapp.ui import fonts, theme

if TYPE_CHECKING:
    from judapp.app.form_picture import FormPicture, PictureBox

_MARGIN = 28
"""Points of white paper around the form."""
_PAD = 3.0
"""Points between a line and the words beside it."""
_SERIFS = ("Times New Roman", "Liberation Serif")
"""The font forms are printed in, or one with the same widths."""
_SMALLEST_LETTERS = 5
SMALLEST, LARGEST = 0.4, 3.0
"""Pixels a point."""
READABLE = 0.85
"""Below this zoom letters are guessed, not read: a form that is wider starts so, and is scrolled."""
_STEP = 1.2
_ACROSS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class Paper(QWidget):
    """The sheet itself; its size follows the zoom."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: FormPicture | None = None
        self.zoom = 1.0
        self._fonts: list[QFont] = []
        self.setMouseTracking(True)

    def show_picture(self, picture: FormPicture) -> None:
        """Draw another form."""
        self.picture = picture
        family = next((name for name in _SERIFS if QFontDatabase.hasFamily(name)), "")
        self._fonts = [_font(box, family) for box in picture.boxes]
        self.stand(self.zoom)

    def stand(self, zoom: float) -> None:
        """Take another size."""
        self.zoom = zoom
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        if self.picture is None:
            return QSize(0, 0)
        return QSize(
            round((self.picture.width + 2 * _MARGIN) * self.zoom),
            round((self.picture.height + 2 * _MARGIN) * self.zoom),
        )

    def area_of(self, box: PictureBox) -> QRect:
        """Where a box stands on the widget."""
        left, top = (box.left + _MARGIN) * self.zoom, (box.top + _MARGIN) * self.zoom
        return QRectF(left, top, box.width * self.zoom, box.height * self.zoom).toAlignedRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        own = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(event.rect(), own.surface)
        painter.setPen(own.line)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            boxes = list(zip(self.picture.boxes, self._fonts, strict=True))
            seen = [(box, font) for box, font in boxes if self.area_of(box).intersects(event.rect())]
            painter.setPen(QPen(own.text_2, 1))
            for box, _ in seen:
                if box.framed:
                    painter.drawRect(self.area_of(box).adjusted(0, 0, -1, -1))
            painter.scale(self.zoom, self.zoom)
            painter.translate(_MARGIN, _MARGIN)
            painter.setPen(own.text)
            for box, font in seen:
                if box.text:
                    painter.setFont(font)
                    painter.drawText(_inside(box), _flags(box), box.text)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        """What is too small to be read stands in the tooltip."""
        from judapp.app.form_picture import box_at

        at = event.pos()
        box = None
        if self.picture is not None:
            box = box_at(self.picture, at.x() / self.zoom - _MARGIN, at.y() / self.zoom - _MARGIN)
        QToolTip.showText(event.globalPos(), box.text if box is not None else "", self)


class PaperView(QScrollArea):
    """The sheet with its scroll bars; Ctrl and the wheel zoom, Ctrl+0 fits the width again."""

    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.paper = Paper()
        self.fitting = True
        """Whether the sheet follows the width of the view."""
        self._whole = False
        """Whether it does so however small its letters become: somebody asked for it."""
        self.setWidget(self.paper)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setCornerWidget(QWidget())  # Fusion draws a frame of its own there
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_picture(self, picture: FormPicture, name: str) -> None:
        """Draw another form, called ``name`` by screen readers; from its top."""
        self.setAccessibleName(name)
        self.paper.show_picture(picture)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    @property
    def percent(self) -> int:
        """The size on screen, 100 where a point is a pixel and a third, as programs for paper have it."""
        return round(self.paper.zoom * 75)

    @property
    def whole(self) -> bool:
        """Whether the whole width of the sheet is seen."""
        return self.paper.width() <= self.viewport().width()

    def fit_width(self) -> None:
        """Make the sheet as wide as the view, also when that changes."""
        self.fitting = self._whole = True
        self._fit()

    def zoom(self, step: int) -> None:
        """One size larger or smaller."""
        self.fitting = False
        self._stand(self.paper.zoom * _STEP**step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _fit(self) -> None:
        if not self.fitting or self.paper.picture is None:
            return
        # As if it had to be scrolled: else the scroll bar comes and goes with the width it takes.
        room = self.width() - 2 - self.verticalScrollBar().sizeHint().width()
        zoom = room / (self.paper.picture.width + 2 * _MARGIN)
        self._stand(zoom if self._whole else max(READABLE, zoom))

    def _stand(self, zoom: float) -> None:
        self.paper.stand(min(LARGEST, max(SMALLEST, zoom)))
        self.zoomed.emit()


def _font(box: PictureBox, family: str) -> QFont:
    """The font of a box, smaller where it is not the one the box was made for and has no room."""
    made = theme.font(12, strong=box.bold)
    if family:
        made = QFont(family)
        made.setWeight(QFont.Weight.Bold if box.bold else QFont.Weight.Normal)
    made.setItalic(box.italic)
    fonts.clear(made)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # it is drawn at any size
    for size in range(round(box.size), _SMALLEST_LETTERS - 1, -1):
        made.setPixelSize(size)
        if not box.text or _fits(box, QFontMetricsF(made)):
            break
    return made


def _fits(box: PictureBox, metrics: QFontMetricsF) -> bool:
    inside = _inside(box)
    unbounded = QRectF(0, 0, inside.width(), 10_000)
    if metrics.boundingRect(unbounded, _flags(box), box.text).height() > box.height + 1:
        return False
    return all(metrics.horizontalAdvance(word) <= inside.width() + 1 for word in box.text.split())


def _inside(box: PictureBox) -> QRectF:
    left = box.left + _PAD + box.indent
    return QRectF(left, box.top, max(1.0, box.left + box.width - _PAD - left), box.height)


def _flags(box: PictureBox) -> int:
    down = Qt.AlignmentFlag.AlignTop if box.from_top else Qt.AlignmentFlag.AlignVCenter
    return int(_ACROSS[box.across] | down | Qt.TextFlag.TextWordWrap)
