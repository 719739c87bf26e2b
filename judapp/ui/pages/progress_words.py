"""An indicator as tooltip, picture and lines to paste, in the language on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from judapp.errors import JudappError
from judapp.ui.charts.menu import chart_menu
from judapp.ui.charts.picture import Picture
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.app.director import Front
    from judapp.app.director_rows import IndicatorRow

VERDICTS = {
    "met": "PRG-verdict-met",
    "missed": "PRG-verdict-missed",
    "untold": "PRG-verdict-untold",
    "none": "PRG-verdict-none",
    "gone": "PRG-verdict-gone",
}
HEADS = (
    "PRG-column-verdict",
    "PRG-column-name",
    "PRG-column-value",
    "PRG-column-unit",
    "PRG-column-bar",
    "PRG-column-target",
    "PRG-column-difference",
    "PRG-column-same",
    "PRG-column-change",
)


def verdict_text(row: IndicatorRow) -> str:
    """The verdict in a word or two."""
    return t(VERDICTS[row.mark])


def legend(row: IndicatorRow) -> str:
    """What the lines and the circle of its bar mean, with their figures."""
    lang = language()
    said = []
    if row.target.vi:
        said.append(t("PRG-legend-target", target=row.target.in_language(lang)))
    if row.due.vi:
        said.append(t("PRG-legend-due", months=row.months, due=row.due.in_language(lang)))
    if row.bullet is not None and row.bullet.same_period is not None:
        said.append(t("PRG-legend-same", value=row.same_period.in_language(lang)))
    if row.bullet is not None and row.bullet.coverage_text.vi:
        said.append(t("PRG-legend-part", coverage=row.bullet.coverage_text.in_language(lang)))
    whole = "; ".join(said)
    return whole[:1].upper() + whole[1:]


def tip(row: IndicatorRow) -> str:
    """What hovering over its bar tells: value, pair, the marks."""
    lang = language()
    value = row.bullet.value_text if row.bullet is not None else row.value
    lines = [
        f"{row.name.in_language(lang)}: {value.in_language(lang)}",
        row.pair.in_language(lang),
        legend(row),
    ]
    return "\n".join(filter(None, lines))


def source(row: IndicatorRow) -> str:
    """Where its figures and its target come from, for the foot of a picture."""
    lang = language()
    forms = dict.fromkeys(t("PRG-source-form", form=cell.form, unit=cell.unit_name) for cell in row.sources)
    said = [t("PRG-source", sources="; ".join(forms))] if forms else []
    if row.evidence.vi:
        said.append(f"{row.evidence.in_language(lang)}.")
    return " ".join(said)


def picture(row: IndicatorRow, front: Front) -> Picture | None:
    """Its bar as a picture; None where there is no bar."""
    if row.bullet is None:
        return None
    lang = language()
    return Picture(
        title=f"{row.name.in_language(lang)} ({row.unit.in_language(lang)})",
        place=f"{front.unit_name} · {front.period.name.in_language(lang)}",
        sentence=row.sentence.in_language(lang),
        legend=legend(row),
        source=source(row),
        verdict=row.mark,
        bar=row.bullet,
        practice=front.practice,
        lang=lang,
    )


def cells(row: IndicatorRow) -> list[str]:
    """Its texts under :data:`HEADS`; the bar has none."""
    lang = language()
    texts = (row.name, row.value, row.unit)
    rest = (row.target, row.difference, row.same_period, row.change)
    return [
        verdict_text(row),
        *(text.in_language(lang) for text in texts),
        "",
        *(text.in_language(lang) for text in rest),
    ]


def as_lines(rows: Iterable[IndicatorRow]) -> str:
    """Indicators as a spreadsheet pastes them, with heads; without the column of bars."""
    lines: list[Sequence[str]] = [[t(code) for code in HEADS], *map(cells, rows)]
    bar = HEADS.index("PRG-column-bar")
    return "\n".join("\t".join(text for at, text in enumerate(line) if at != bar) for line in lines)


def menu_of(
    row: IndicatorRow, front: Front, failed: Callable[[JudappError], object]
) -> Callable[[QWidget], QMenu]:
    """Makes the menu of its bar."""
    return lambda parent: chart_menu(parent, lambda: picture(row, front), lambda: as_lines([row]), failed)
