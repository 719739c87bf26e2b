"""What is known of one cell: where its figure comes from, what it was before, who stands behind it."""

from __future__ import annotations

from msgspec import Struct

from judapp.app.adjusting import adjustable, base_of, remark_of
from judapp.app.checking import names_beyond
from judapp.app.entering import EXPLANATION
from judapp.app.grid import moment, reckoned
from judapp.app.grid_head import paths_of
from judapp.app.grid_past import PastPoint, Same, past_points, same_period
from judapp.app.grid_same import Past
from judapp.app.grid_shares import Shares, coverage_words, shares_of
from judapp.app.grid_source import ChangeLine, base_text, delta_text, lines_of, source_of
from judapp.app.grid_tables import number_text, places_of, ungrouped
from judapp.app.grid_text import figure_text
from judapp.app.noting import note_of
from judapp.app.readings import own_reading, printed_meaning, spoken_of
from judapp.app.workspace import Workspace
from judapp.domain.expression.evaluate import evaluate
from judapp.domain.expression.explain import explain
from judapp.domain.names import SheetNames
from judapp.domain.number import Rational, unscaled
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Spot
from judapp.domain.value import Kind
from judapp.messages import text
from judapp.store import history, remarks, sheets
from judapp.store.sheets import ADJUST
from judapp.store.sheets import Sheet as StoredSheet


class Adjustment(Struct, frozen=True):
    """What the department added to a figure."""

    base: str
    """The figure without it; "…" where that is not known."""
    delta: str
    typed: str
    """The delta as one would type it again."""
    reason: str
    by: str
    """Who wrote it and when."""


class Split(Struct, frozen=True):
    """The figure of this period: printed, of it estimated, the rest actual; "" where there is no estimate."""

    value: str
    estimate: str = ""
    actual: str = ""


class CellDetails(Struct, frozen=True):
    """One cell, for the panel beside the grid; what does not apply is empty."""

    key: CellKey
    title: str
    path: tuple[str, ...]
    unit: str
    split: Split
    adjustment: Adjustment | None
    adjustable: bool
    rolled: bool
    """Whether base units give the figure: then an adjustment is the one way to change it here."""
    base: Rational | None
    """The figure an adjustment goes on top of; None where it is not known."""
    rule: str
    """How the program reckons it, in words."""
    apart: str
    """That a reported total, or a figure typed over base units, is not what its parts come to."""
    same: Same
    past: tuple[PastPoint, ...]
    shares: Shares
    meaning: tuple[str, ...]
    """What the form itself says of the column or row."""
    reading: str
    """How the department reads it."""
    reads: str
    """The column or row such a reading speaks of."""
    source: str
    explanation: str
    note: str
    note_by: str
    changes: tuple[ChangeLine, ...]

    @property
    def value(self) -> str:
        """The figure of this period."""
        return self.split.value


def cell_details(
    workspace: Workspace,
    number: str,
    unit: str,
    period: Period,
    key: CellKey,
    lang: str = "vi",
    *,
    series: bool = True,
) -> CellDetails | None:
    """Everything about the cell ``key``; None where the form has no such cell (its rows may have changed).

    Without ``series`` the rounds before the last one are left out: sheets of many years, and of the base
    units under them, are not reckoned in one go while somebody may be typing (:func:`look_back`).
    """
    version = workspace.version_for(number, period)
    resolved = reckoned(workspace, version, unit, period)
    spot = resolved.plan.spots.get(key)
    if spot is None:
        return None
    stored = workspace.stored(version.id, unit, period)
    layers = sheets.find(workspace.file, form=version.id, unit=unit, period=period, layer=ADJUST)
    own, changes = lines_of(
        workspace, stored.id if stored else None, layers[-1].id if layers else None, key, spot, lang
    )
    cell, past = resolved[key], Past(workspace, resolved, key)
    names = SheetNames(resolved.plan, *names_beyond(workspace))
    rule = resolved.plan.computed.get(key) if cell.origin in ("computed", "reported") else None
    if cell.origin == "rollup":
        rule = resolved.plan.rollup.get(key)
    table = next(table for table in version.form.tables if table.key == key[0])
    column = [leaf.name for leaf in table.leaves].index(key[2])
    note, note_by = _note(workspace, stored, key, lang)
    return CellDetails(
        key=key,
        title=names.cell(key).in_language(lang),
        path=paths_of(table)[column],
        unit=spot.unit or "",
        split=_split(resolved, key, spot, lang),
        adjustment=_adjustment(workspace, stored, resolved, key, spot, lang),
        adjustable=adjustable(workspace, resolved, key),
        rolled=cell.origin == "rollup",
        base=base_of(resolved, key),
        rule=text("ENY-rule", lang, rule=explain(rule, names, lang)) if rule is not None else "",
        apart=_apart(resolved, key, spot, lang),
        same=same_period(past, lang),
        past=past_points(past, lang) if series else (),
        shares=shares_of(workspace, resolved, key, lang),
        meaning=printed_meaning(resolved, key),
        reading=own_reading(workspace, resolved, key),
        reads=spoken_of(resolved.plan, key, lang),
        source=source_of(own, spot, lang) or coverage_words(resolved, key, lang),
        explanation=_explanation(workspace, stored, key),
        note=note,
        note_by=note_by,
        changes=changes,
    )


def _split(resolved: Resolved, key: CellKey, spot: Spot, lang: str) -> Split:
    cell = resolved[key]
    figure = cell.figure
    if figure.answered and not cell.adjusted:
        shown = figure_text(figure, spot, lang)
    elif cell.value.number is not None:
        shown = number_text(cell.value.number, places_of(spot))
    else:
        shown = text(_NO_NUMBER[cell.value.kind], lang)
        if cell.value.so_far is not None:
            so_far = number_text(cell.value.so_far, places_of(spot))
            shown = text("BSD-so-far", lang, why=shown, value=so_far)
    if figure.value is None or figure.estimate is None:
        return Split(shown)
    parts = (figure.estimate, figure.value - figure.estimate)
    estimate, actual = (number_text(unscaled(part, spot.scale), places_of(spot)) for part in parts)
    return Split(shown, estimate, actual)


_NO_NUMBER = {
    Kind.OUT_OF_REMIT: "ENY-value-remit",
    Kind.UNDEFINED: "ENY-value-undefined",
    Kind.EMPTY: "ENY-value-empty",
    Kind.PENDING: "ENY-value-pending",
    Kind.INCOMPARABLE: "ENY-value-incomparable",
    Kind.UNREADABLE: "ENY-value-unreadable",
}


def _adjustment(
    workspace: Workspace, stored: StoredSheet | None, resolved: Resolved, key: CellKey, spot: Spot, lang: str
) -> Adjustment | None:
    delta = resolved[key].adjusted
    if not delta or stored is None:
        return None
    kept = remark_of(workspace, stored.id, key)
    typed = ungrouped(delta_text(delta, spot))
    by = _by(workspace, kept.op, lang) if kept else ""
    return Adjustment(
        base_text(base_of(resolved, key), spot),
        delta_text(delta, spot),
        typed,
        kept.text if kept else "",
        by,
    )


def _apart(resolved: Resolved, key: CellKey, spot: Spot, lang: str) -> str:
    """A total typed before its parts, or a figure typed over base units, against what those come to."""
    cell = resolved[key]
    now = cell.value.number
    if cell.origin == "reported":
        parts = evaluate(resolved.plan.computed[key], resolved.outlook)
        equal, apart = "BSD-parts-equal", "BSD-parts-off"
    elif cell.origin == "stored" and key in resolved.plan.rollup:
        parts = resolved.from_base(key).value
        equal, apart = "BSD-units-equal", "BSD-units-off"
    else:
        return ""
    shown = parts.number if parts.number is not None else parts.so_far
    if shown is None or now is None:
        return ""
    total = number_text(shown, places_of(spot))
    if parts.number is None:
        return text("BSD-parts-so-far", lang, total=total)
    if parts.number == now:
        return text(equal, lang, total=total)
    off = number_text(abs(now - parts.number), places_of(spot))
    return text(apart, lang, total=total, off=off)


def _explanation(workspace: Workspace, stored: StoredSheet | None, key: CellKey) -> str:
    kept = remarks.of_sheet(workspace.file, stored.id) if stored else []
    reasons = [r.text for r in kept if r.cell == key and r.kind == EXPLANATION]
    return reasons[-1] if reasons else ""


def _note(workspace: Workspace, stored: StoredSheet | None, key: CellKey, lang: str) -> tuple[str, str]:
    """The note at a cell, and who wrote it when."""
    kept = note_of(workspace, stored.id, key) if stored else None
    return ("", "") if kept is None else (kept.text, _by(workspace, kept.op, lang))


def _by(workspace: Workspace, op: int, lang: str) -> str:
    done = history.operation(workspace.file, op)
    return "" if done is None else text("BSD-by", lang, who=done.who, when=moment(done.at))
