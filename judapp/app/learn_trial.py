"""A form tried out before it is in the catalogue: one types into it and sees its sums and findings.

Nothing is stored: the figures live in the object alone, the units are made up and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.checking import cell_of, message
from judapp.app.grid_tables import tables_of
from judapp.app.grid_view import DRAFT, ERRORS, FindingView, SheetView
from judapp.domain import value as values
from judapp.domain.catalogue import Form, Row
from judapp.domain.checking import check_sheet
from judapp.domain.entry import typed
from judapp.domain.expression.nodes import Cells
from judapp.domain.finding import SEVERITIES
from judapp.domain.names import SheetNames
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Sheet, resolve
from judapp.domain.rows import OwnRow, RepeatedUnit, row_key, unit_key
from judapp.domain.shape import CellKey
from judapp.domain.value import Value
from judapp.messages import text

_UNIT = "trial"
_SAMPLES = ("m1", "m2")
"""Made-up units and free rows: two of each, so that a sum has something to add."""


class Trial(Struct, frozen=True):
    """A sheet nobody stores."""

    sheet: Sheet
    lang: str


def begin(form: Form, year: int, lang: str = "vi") -> Trial:
    """An empty sheet of ``form`` in its first round of ``year``; the form must be free of faults."""
    form = replace(form, rollup=())  # no base unit reports here: figures are typed
    period = Period(year, form.rounds[0])
    own = {table.key: tuple(_free_rows(table.rows, lang)) for table in form.tables}
    return Trial(Sheet(form, _UNIT, period, Span(None, None), own_rows=own), lang)


def enter(trial: Trial, texts: Mapping[CellKey, str]) -> Trial:
    """The sheet with what was typed, read as the entry page reads it; raises ENT-001."""
    plan = resolve(trial.sheet, _Outside(trial.lang)).plan
    figures = dict(trial.sheet.figures)
    for key, words in texts.items():
        if key in plan.spots:
            figures[key] = typed(words, plan.spots[key], trial.sheet.period)
    return replace(trial, sheet=replace(trial.sheet, figures=figures))


def view(trial: Trial) -> SheetView:
    """The sheet as the entry grid shows it."""
    sheet, lang = trial.sheet, trial.lang
    form = sheet.form
    resolved = resolve(sheet, _Outside(lang))
    names = SheetNames(resolved.plan)
    found = [
        FindingView(f.code, f.severity, message(f, lang), _where(names, cell_of(f), lang), cell_of(f))
        for f in check_sheet(resolved, "")
    ]
    findings = tuple(sorted(found, key=lambda f: SEVERITIES.index(f.severity)))
    level = form.levels[0].level if form.levels else ""
    return SheetView(
        form=form.number,
        family=form.family,
        title=form.title,
        circular=form.circular,
        evidence=form.evidence.level,
        sources=form.evidence.sources,
        open_points=form.evidence.open,
        unit=_UNIT,
        unit_name="",
        period=sheet.period,
        days="",
        state=ERRORS if any(f.severity == "error" for f in findings) else DRAFT,
        locked="",
        since="",
        tables=tables_of(resolved, findings, level, locked=False),
        notes=(),
        findings=findings,
        explanations={},
        unanswered=resolved.unanswered,
        spots=resolved.plan.spots,
    )


def _where(names: SheetNames, key: CellKey | None, lang: str) -> str:
    return names.cell(key).in_language(lang) if key else ""


def _free_rows(plans: Iterable[Row], lang: str, parent: str = "") -> Iterator[OwnRow]:
    """Free rows wherever the form has such, as if somebody had added them."""
    for plan in plans:
        if plan.kind == "free":
            keys = [unit_key(parent, sample) for sample in _SAMPLES]
            for at, key in enumerate(keys, start=1):
                yield OwnRow(key, parent, at, None, text("LRP-sample-row", lang, n=at))
        elif plan.kind == "unit":
            keys = [unit_key(parent, sample) for sample in _SAMPLES]
        else:
            keys = [row_key(parent, plan)]
        for key in keys:
            yield from _free_rows(plan.children, lang, key)


class _Outside:
    """Nothing lies outside a sheet that is tried out: no other period, no other form, no base units."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        """Two made-up units for every plan that repeats."""
        del plan
        for at, sample in enumerate(_SAMPLES, start=1):
            yield RepeatedUnit(sample, text("LRP-sample-unit", self._lang, n=at))

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        """Never known here."""
        del cells, row_unit, row
        return [values.EMPTY]

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        """Never known here."""
        del form, table, row, col
        return None

    def measure(self, name: str, when: str | None) -> Value:
        """Never known here."""
        del name, when
        return values.EMPTY
