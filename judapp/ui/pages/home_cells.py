"""How a form is written in a line of the first page, and the bar of the units that handed in."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.tables import ROW, Cell, Row

if TYPE_CHECKING:
    from datetime import date

    from judapp.app.home_forms import Base, FormLine

# Code of the head, width, whether it holds numbers
HEADS: tuple[tuple[Any, ...], ...] = (
    ("HOM-col-form", 0),
    ("HOM-col-sheet", 116),
    ("HOM-col-base", 112),
    ("HOM-col-errors", 48, True),
    ("HOM-col-explain", 92, True),
    ("HOM-col-due", 116),
    ("HOM-col-person", 120),
)
OTHER_HEADS: tuple[tuple[Any, ...], ...] = (
    ("HOM-col-form", 160),
    ("HOM-col-title", 0),
    ("HOM-col-due", 116),
)

_STATES = {
    "missing": ("empty", "HOM-state-missing"),
    "draft": ("draft", "HOM-state-draft"),
    "errors": ("error", "HOM-state-errors"),
    "checked": ("ok", "HOM-state-checked"),
    "submitted": ("submitted", "HOM-state-submitted"),
    "returned": ("returned", "HOM-state-returned"),
}
_OFFICES = ("Ủy ban nhân dân", "UBND", "Phòng Tư pháp", "Sở Tư pháp", "Bộ Tư pháp")
_NAMES = 12
"""So many missing units a tooltip names."""

_BAR, _THICK, _PADDING = 36, 6, 8


def form_row(line: FormLine, place: int) -> Row:
    """A form of the round; ``place`` is where its number sorts it."""
    mark, state = _STATES.get(line.state, ("", ""))
    base = line.base
    errors = line.errors + (base.errors if base else 0)
    explain = line.unexplained + (base.unexplained if base else 0)
    begun = line.state not in ("", "missing") or base is not None
    return Row(
        (
            _form(line, place),
            Cell(t(state) if state else "–", mark, tip=line.reason),
            _base(base),
            _count(errors, begun, line.errors, base.errors if base else 0, base),
            _count(explain, begun, line.unexplained, base.unexplained if base else 0, base),
            _due(line),
            Cell(line.person or t("HOM-nobody") if line.state else "–", dim=not line.person),
        ),
        line,
    )


def other_row(line: FormLine, place: int) -> Row:
    """A form of the round nobody was asked for."""
    number = Cell(line.number, sort=place, tip=_wrapped(line.title))
    return Row((number, Cell(_sentence_case(line.title)), _due(line)), line)


def _form(line: FormLine, place: int) -> Cell:
    area = line.area[:1].upper() + line.area[1:]
    return Cell(f"{line.number} · {area}", tip=_wrapped(line.title), sort=place)


def _count(total: int, begun: bool, own: int, below: int, base: Base | None) -> Cell:
    if not begun:
        return Cell("–", sort=-1, dim=True)
    tip = ""
    if below and base is not None:
        tip = t("HOM-counts-tip", own=own, units=base.received, base=below)
    return Cell(str(total), sort=total, tip=tip, strong=total > 0, dim=total == 0)


def _base(base: Base | None) -> Cell:
    if base is None:
        return Cell("–", sort=-1.0, dim=True)
    share = Fraction(base.received, base.expected)
    tip = t("HOM-base-tip", received=base.received, expected=base.expected, percent=share * 100)
    if base.missing:
        names = ", ".join(base.missing[:_NAMES]) + (" …" if len(base.missing) > _NAMES else "")
        tip += "\n" + _wrapped(t("HOM-base-missing", names=names))
    return Cell(f"{base.received}/{base.expected}", sort=float(share), tip=tip)


def _due(line: FormLine) -> Cell:
    base = line.base
    due: date | None = line.due or (base.due if base and not line.state else None)
    days = max(line.overdue_days, base.overdue_days if base else 0)
    if due is None:
        return Cell("–", sort="9", tip=t("HOM-due-unknown"), dim=True)
    from judapp.app.desk import day_text

    tip = _wrapped(t("HOM-due-tip", due=day_text(due), source=line.due_source)) if line.due_source else ""
    if days:
        tip = "\n".join(filter(None, (t("HOM-late-tip", n=days), tip)))
    return Cell(day_text(due), "late" if days else "", sort=due.isoformat(), tip=tip)


def _sentence_case(title: str) -> str:
    """A title printed in capitals as a line of running text; offices keep theirs."""
    if not title.isupper():
        return title
    words = title[:1] + title[1:].lower()
    for office in _OFFICES:
        words = words.replace(office.lower(), office)
    return words


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 72)


class Bars(QStyledItemDelegate):
    """A bar of how many of the units handed in, with the two numbers right of it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        row = index.data(ROW)
        base = row.data.base if isinstance(row, Row) else None
        own = theme.tokens()
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, own.sel)
        if base is not None:
            track = QRect(area.left() + _PADDING, area.center().y() - _THICK // 2, _BAR, _THICK)
            painter.fillRect(track, own.line)
            track.setWidth(round(_BAR * base.received / base.expected))
            painter.fillRect(track, own.accent)
        painter.setPen(own.text if base else own.text_2)
        painter.setFont(theme.font(13))
        words = area.adjusted(_PADDING + (_BAR + 6 if base else 0), 0, -_PADDING, 0)
        way = Qt.AlignmentFlag.AlignRight if base else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, way | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()
