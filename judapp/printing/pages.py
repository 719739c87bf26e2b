"""A4 pages as a PDF in memory: the fonts of official letters, a painter, the page's number at the foot."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from judapp import paths

_FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos", "Noto Serif")
"""The font of official letters (Nghị định 30/2020/NĐ-CP, Phụ lục I) and those of the same measures."""
_DOTS = 720
"""Dots an inch; a point is ten of them."""
POINT = _DOTS / 72
_MARGIN, _FOOT = 40.0, 26.0
"""Points around a page, and of these the ones its number stands in."""

_LETTERS = re.compile(rb"(?s)(?<=beginbfrange\n).*?(?=endbfrange)")
"""Where a font of the file says which letter each of its glyphs is."""
_ROW = re.compile(rb"\[[^\]]*\]")

_made: list[QGuiApplication] = []


def begin() -> None:
    """Make the Qt application fonts need, where no window made one; call before anything is measured."""
    if QGuiApplication.instance() is None:
        # A command has no screen to ask for; Windows needs none for its fonts.
        if sys.platform == "linux":
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _made.append(QGuiApplication(["judapp"]))


@cache
def families() -> tuple[str, ...]:
    """The fonts to use in their order; where none of those for letters is installed, the program's own."""
    begin()
    installed = set(QFontDatabase.families())
    found = tuple(family for family in _FAMILIES if family in installed)
    if found:
        return found
    for name in ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Italic.ttf"):
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))
    return ("Noto Sans",)


def font(size: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """The font of the document at ``size`` points."""
    made = QFont(list(families()))
    made.setPointSizeF(size)
    made.setBold(bold)
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


class Pages:
    """A document being drawn; distances are points from the upper left corner inside the margins."""

    def __init__(self, title: str, *, landscape: bool) -> None:
        """``title`` stands in the properties of the file."""
        begin()
        self._bytes = QByteArray()
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setTitle(title)
        self._writer.setCreator("judapp")
        self._writer.setResolution(_DOTS)
        way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
        margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        size = QPageSize(QPageSize.PageSizeId.A4)
        self._writer.setPageLayout(QPageLayout(size, way, margins, QPageLayout.Unit.Point))
        self.painter = QPainter(self._writer)
        area = self._writer.pageLayout().paintRect(QPageLayout.Unit.Point)
        self.width, self.height = area.width(), area.height() - _FOOT
        self.number = 1
        self._metrics: dict[str, QFontMetricsF] = {}

    def metrics(self, used: QFont) -> QFontMetricsF:
        """The measures of a font on these pages, in dots."""
        key = used.key()
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(used, self._writer)
        return self._metrics[key]

    def turn(self) -> None:
        """Begin the next page."""
        self._writer.newPage()
        self.number += 1

    def foot(self, words: str) -> None:
        """Write what stands at the foot of the page, in the middle."""
        area = QRectF(0, self.height * POINT, self.width * POINT, _FOOT * POINT)
        self.painter.setFont(font(9))
        self.painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), words)

    def finish(self) -> bytes:
        """The whole document."""
        self.painter.end()
        self._buffer.close()
        return _LETTERS.sub(_spaces, bytes(self._bytes.data()))


def _spaces(letters: re.Match[bytes]) -> bytes:
    """A space is a space: the fonts draw a tab with the same glyph, and Qt names that one."""
    return _ROW.sub(lambda row: row[0].replace(b"<0009>", b"<0020>"), letters[0])


def twice(draw: Callable[[int], tuple[bytes, int]]) -> bytes:
    """A document that says on each page how many there are: drawn once to count them, then with the count."""
    _, pages = draw(0)
    return draw(pages)[0]
