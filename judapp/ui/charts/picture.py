"""A chart as a picture: on white, with title, unit, period, source, and whether it is practice data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from judapp.errors import JudappError
from judapp.ui import theme
from judapp.ui.charts import bullet, verdict
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.director_rows import BulletData

WIDTH = 640
MARGIN = 16
SCALE = 2
"""Pixels of a saved picture for each of the screen's: sharp on paper."""
_BAR = 420
_BAR_HEIGHT = 40
_WRAP = Qt.TextFlag.TextWordWrap


class Picture(Struct, frozen=True):
    """What a picture of a bullet bar says, in one language."""

    title: str
    """Indicator and unit."""
    place: str
    """Unit and period."""
    sentence: str
    legend: str
    """What the lines and the circle mean, with their figures."""
    source: str
    verdict: str
    bar: BulletData
    practice: bool
    lang: str


def size(picture: Picture) -> QSize:
    """How large it is on the screen."""
    return QSize(WIDTH, round(_Page(None, picture).lay_out()))


def draw(painter: QPainter, picture: Picture) -> None:
    """Draw it from the painter's origin; the same for pictures, drawings and paper."""
    painter.save()
    painter.fillRect(QRectF(0, 0, WIDTH, size(picture).height()), QColor("white"))
    _Page(painter, picture).lay_out()
    painter.restore()


def image(picture: Picture) -> QImage:
    """It as an image, twice as sharp as the screen."""
    whole = size(picture)
    made = QImage(whole * SCALE, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(SCALE)
    painter = QPainter(made)
    draw(painter, picture)
    painter.end()
    return made


def save_png(picture: Picture, path: Path) -> None:
    """Write it as PNG; raises EXP-002 where that cannot be done."""
    kept = QBuffer()
    QImageWriter(kept, QByteArray(b"png")).write(image(picture))
    _write(path, kept)


def save_svg(picture: Picture, path: Path) -> None:
    """Write it as SVG; raises EXP-002 where that cannot be done."""
    whole = size(picture)
    kept = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(kept)
    generator.setSize(whole)
    generator.setViewBox(QRect(0, 0, whole.width(), whole.height()))
    generator.setTitle(picture.title)
    painter = QPainter(generator)
    draw(painter, picture)
    painter.end()
    _write(path, kept)


def _write(path: Path, kept: QBuffer) -> None:
    try:
        path.write_bytes(kept.data().data())
    except OSError as error:
        raise JudappError("EXP-002", path=str(path), reason=error.strerror or str(error)) from error


def copy(picture: Picture) -> None:
    """Put it on the clipboard."""
    QGuiApplication.clipboard().setImage(image(picture))


class _Page:
    """Lays a picture out from top to bottom; without a painter it only measures."""

    def __init__(self, painter: QPainter | None, picture: Picture) -> None:
        self._painter = painter
        self._picture = picture
        self._y = float(MARGIN)
        self._ink = theme.LIGHT

    def lay_out(self) -> float:
        """Draw everything; returns the height."""
        picture, ink = self._picture, self._ink
        if picture.practice:
            self._words(t("PRG-practice"), 12, ink.practice, strong=True)
        self._words(picture.title, 15, ink.text, strong=True)
        self._words(picture.place, 12, ink.text_2)
        self._y += 8
        self._bar()
        self._y += 8
        self._words(picture.sentence, 13, ink.text)
        self._y += 4
        self._words(picture.legend, 12, ink.text_2)
        self._words(picture.source, 12, ink.text_2)
        return self._y + MARGIN - 4

    def _words(self, text: str, pixels: int, colour: QColor, *, strong: bool = False) -> None:
        if not text:
            return
        font = theme.font(pixels, strong=strong)
        room = QRectF(MARGIN, self._y, WIDTH - 2 * MARGIN, 10_000)
        needed = QFontMetricsF(font).boundingRect(room, _WRAP, text)
        if self._painter is not None:
            self._painter.setFont(font)
            self._painter.setPen(colour)
            self._painter.drawText(QRectF(room.x(), self._y, room.width(), needed.height() + 1), _WRAP, text)
        self._y += needed.height() + 4

    def _bar(self) -> None:
        bar, lang = self._picture.bar, self._picture.lang
        left = MARGIN + verdict.SIZE + 8
        if self._painter is not None:
            foot = QRectF(MARGIN, self._y + _BAR_HEIGHT - 20, verdict.SIZE, 20)
            verdict.paint(self._painter, foot, self._picture.verdict, self._ink)
            bullet.paint(self._painter, QRectF(left, self._y, _BAR, _BAR_HEIGHT), bar, bullet.paper(), lang)
            self._painter.setFont(theme.font(15, strong=True))
            self._painter.setPen(self._ink.text)
            beside = QRectF(left + _BAR + 12, foot.y(), WIDTH - left - _BAR - 12 - MARGIN, 20)
            self._painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, bar.value_text.in_language(lang))
            self._painter.setFont(theme.font(12))
            self._painter.setPen(self._ink.text_2)
            below = QRectF(left, self._y + _BAR_HEIGHT, _BAR, 18)
            self._painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
            self._painter.drawText(below, Qt.AlignmentFlag.AlignRight, bar.end_text.in_language(lang))
        self._y += _BAR_HEIGHT + 18
