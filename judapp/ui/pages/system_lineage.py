"""A unit and what it was made of, as a picture: old ones at the left, the day, the new one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from judapp.ui import theme
from judapp.ui.texts import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judapp.app.units_view import Kin, Lineage

_LINE = 24
_ARM, _STEM = 24, 120
_MOST = 8
"""So many old units are drawn by name; the others are counted."""


class LineagePicture(QWidget):
    """Old units, a bracket, the day of the merger, an arrow, the new unit."""

    def __init__(self) -> None:
        super().__init__()
        self._olds: Sequence[str] = ()
        self._heirs: Sequence[str] = ()
        self._day = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme().changed.connect(self.update)

    def show_unit(self, unit: Lineage) -> None:
        """Draw a unit: what it was made of; of one that is no more, what it went into."""
        kin = unit.olds or unit.heirs
        names = _names(kin)
        self._day = f"{kin[0].day:%d/%m/%Y}" if kin else ""
        if unit.olds:
            self._olds, self._heirs = names, [unit.name]
        else:
            self._olds, self._heirs = ([unit.name], names) if kin else ([], [])
        self.setAccessibleName(f"{', '.join(self._olds)} – {self._day} → {', '.join(self._heirs)}")
        self.setVisible(bool(kin))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(13))
        left = max((metrics.horizontalAdvance(name) for name in self._olds), default=0)
        right = max((metrics.horizontalAdvance(name) for name in self._heirs), default=0)
        rows = max(len(self._olds), len(self._heirs), 1)
        return QSize(left + right + 2 * _ARM + _STEM + 32, rows * _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        own = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(theme.font(13))
        wide = max((metrics.horizontalAdvance(name) for name in self._olds), default=0)
        left = min(wide, (self.width() - 2 * _ARM - _STEM) // 2) + 16
        rows = max(len(self._olds), len(self._heirs), 1)
        middle = rows * _LINE / 2
        pen = QPen(own.line_strong, 1.5)
        bracket, stem = float(left + _ARM), float(left + _ARM + _STEM)
        painter.setPen(pen)
        self._arms(painter, self._olds, rows, float(left), bracket, bracket)
        self._arms(painter, self._heirs, rows, stem, stem + _ARM, stem)
        painter.drawLine(QPointF(bracket, middle), QPointF(stem, middle))
        if len(self._heirs) == 1:
            tip = stem + _ARM
            for rise in (-4, 4):
                painter.drawLine(QPointF(tip, middle), QPointF(tip - 6, middle + rise))
        painter.setFont(theme.font(12))
        painter.setPen(own.text_2)
        painter.drawText(int(bracket), int(middle) - 20, _STEM, 18, Qt.AlignmentFlag.AlignCenter, self._day)
        self._write(painter, self._olds, rows, 0, left - 8)
        self._write(painter, self._heirs, rows, int(stem) + _ARM + 8, self.width() - int(stem) - _ARM - 8)

    @staticmethod
    def _arms(
        painter: QPainter, names: Sequence[str], rows: int, start: float, end: float, joint: float
    ) -> None:
        """A short line at each name, joined by an upright one where there are several."""
        top = (rows - len(names)) / 2
        at = [(top + number + 0.5) * _LINE for number in range(len(names))]
        for y in at:
            painter.drawLine(QPointF(start, y), QPointF(end, y))
        if len(at) > 1:
            painter.drawLine(QPointF(joint, at[0]), QPointF(joint, at[-1]))

    @staticmethod
    def _write(painter: QPainter, names: Sequence[str], rows: int, left: int, width: int) -> None:
        painter.setFont(theme.font(13))
        painter.setPen(theme.tokens().text)
        metrics = QFontMetrics(painter.font())
        top = (rows - len(names)) / 2
        for number, name in enumerate(names):
            painter.drawText(
                left,
                int((top + number) * _LINE),
                max(0, width),
                _LINE,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0, width)),
            )


def _names(kin: Sequence[Kin]) -> list[str]:
    shown = [t("UNL-part", name=own.name) if own.part else own.name for own in kin]
    if len(shown) > _MOST:
        return [*shown[: _MOST - 1], t("UNS-and-others", n=len(shown) - _MOST + 1)]
    return shown
