"""What is known of one cell: where its figure comes from, what it was a year ago, why it is so."""

from __future__ import annotations

from msgspec import Struct

from judapp.app.checking import names_beyond
from judapp.app.context import SheetContext
from judapp.app.entering import EXPLANATION
from judapp.app.grid import moment, reckoned
from judapp.app.grid_head import paths_of
from judapp.app.grid_tables import number_text, places_of
from judapp.app.grid_text import figure_text
from judapp.app.measuring import amount
from judapp.app.workspace import Workspace
from judapp.domain.comparison import change_of_count, change_of_rate
from judapp.domain.counterparts import counterparts
from judapp.domain.coverage import coverage
from judapp.domain.expression.binding import instances
from judapp.domain.expression.explain import explain
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import parse
from judapp.domain.names import SheetNames
from judapp.domain.number import Rational, unscaled
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Spot
from judapp.domain.unit import Unit
from judapp.domain.value import Kind
from judapp.messages import text
from judapp.store import history, remarks
from judapp.store.forms import StoredForm
from judapp.store.history import CellChange


class ChangeLine(Struct, frozen=True):
    """One change of a cell: when, by whom, what it was before and after, and from which file if from one."""

    when: str
    who: str
    act: str
    before: str
    after: str
    source: str


class CellDetails(Struct, frozen=True):
    """One cell, for the panel beside the grid; what does not apply is empty."""

    key: CellKey
    title: str
    path: tuple[str, ...]
    unit: str
    value: str
    estimate: str
    adjusted: str
    rule: str
    """How the program reckons it, in words."""
    base: str
    """The figure of the same period a year ago."""
    basis: str
    """What that figure is, or why there is none."""
    change: str
    source: str
    explanation: str
    changes: tuple[ChangeLine, ...]


def cell_details(
    workspace: Workspace, number: str, unit: str, period: Period, key: CellKey, lang: str = "vi"
) -> CellDetails | None:
    """Everything about the cell ``key``; None where the form has no such cell (its rows may have changed)."""
    version = workspace.version_for(number, period)
    resolved = reckoned(workspace, version, unit, period)
    spot = resolved.plan.spots.get(key)
    if spot is None:
        return None
    stored = workspace.stored(version.id, unit, period)
    changes = history.cell(workspace.file, stored.id, key) if stored else []
    kept = remarks.of_sheet(workspace.file, stored.id) if stored else []
    reasons = [r.text for r in kept if r.cell == key and r.kind == EXPLANATION]
    cell = resolved[key]
    estimate = cell.figure.estimate
    names = SheetNames(resolved.plan, *names_beyond(workspace))
    rule = resolved.plan.computed.get(key) if cell.origin in ("computed", "reported") else None
    if cell.origin == "rollup":
        rule = resolved.plan.rollup.get(key)
    base, basis, change = _same_period(workspace, version, unit, resolved, key, lang)
    table = next(table for table in version.form.tables if table.key == key[0])
    column = [leaf.name for leaf in table.leaves].index(key[2])
    return CellDetails(
        key=key,
        title=names.cell(key).in_language(lang),
        path=paths_of(table)[column],
        unit=spot.unit or "",
        value=_value(resolved, key, spot, lang),
        estimate=number_text(unscaled(estimate, spot.scale), places_of(spot)) if estimate else "",
        adjusted=number_text(unscaled(cell.adjusted, spot.scale), places_of(spot)) if cell.adjusted else "",
        rule=text("ENY-rule", lang, rule=explain(rule, names, lang)) if rule is not None else "",
        base=base,
        basis=basis,
        change=change,
        source=_source(changes[0], lang)
        if changes and changes[0].after.answered
        else _coverage(resolved, key, lang),
        explanation=reasons[-1] if reasons else "",
        changes=tuple(_line(found, spot, lang) for found in changes),
    )


def _value(resolved: Resolved, key: CellKey, spot: Spot, lang: str) -> str:
    cell = resolved[key]
    if cell.figure.answered and not cell.adjusted:
        return figure_text(cell.figure, spot, lang)
    if cell.value.number is not None:
        return number_text(cell.value.number, places_of(spot))
    return text(_NO_NUMBER[cell.value.kind], lang)


_NO_NUMBER = {
    Kind.OUT_OF_REMIT: "ENY-value-remit",
    Kind.UNDEFINED: "ENY-value-undefined",
    Kind.EMPTY: "ENY-value-empty",
    Kind.PENDING: "ENY-value-pending",
    Kind.INCOMPARABLE: "ENY-value-incomparable",
    Kind.UNREADABLE: "ENY-value-unreadable",
}
# same period


def _same_period(
    workspace: Workspace, version: StoredForm, unit: str, resolved: Resolved, key: CellKey, lang: str
) -> tuple[str, str, str]:
    """The figure of the same period, what it is or why there is none, and the change in words."""
    spot = resolved.plan.spots[key]
    before = resolved.sheet.period.related("same")
    if before is None or spot.kind == "text":
        return "", "", ""
    earlier = workspace.resolved(version.id, unit, before)
    if earlier is not None and key in earlier.plan.spots:
        number, basis = earlier[key].value.number, text("ENY-basis-same", lang, period=before.name)
        like = resolved.sheet.span.like(earlier.sheet.span)
        months = (resolved.sheet.span.months, earlier.sheet.span.months)
    else:
        found = _by_measure(workspace, resolved, key, workspace.units[unit], before, lang)
        if found is None:
            return "", _no_base(workspace, resolved, unit, key, before, lang), ""
        number, basis, like, months = found
    if number is None:
        return "", text("ENY-basis-none", lang, period=before.name), ""
    base = number_text(number, places_of(spot))
    if like is False:
        return base, basis, text("CMP-004", lang, months=months[0], base_months=months[1])
    value = resolved[key].value.number
    return base, basis, "" if value is None else _change(value, number, spot, lang)


def _no_base(
    workspace: Workspace, resolved: Resolved, unit: str, key: CellKey, before: Period, lang: str
) -> str:
    """Why a cell has no figure of the same period: nothing is there, or the form was replaced meanwhile."""
    form = resolved.sheet.form
    other = SheetContext(workspace, resolved.sheet).sheet_of(form.family, unit, before)
    if other is None or counterparts(form, other.sheet.form).cell(key) is not None:
        return text("ENY-basis-none", lang, period=before.name)
    return text("FVR-not-comparable", lang, form=other.sheet.form.number, period=before.name)


def _by_measure(
    workspace: Workspace, resolved: Resolved, key: CellKey, unit: Unit, before: Period, lang: str
) -> tuple[Rational | None, str, bool | None, tuple[int | None, int | None]] | None:
    """The same quantity from another form or from predecessors, where the form says which one it is."""
    for provided in resolved.sheet.form.provides:
        bound = instances(parse(provided.cells), resolved.plan.shape)
        node = bound[0].node if len(bound) == 1 else None
        if not isinstance(node, Cells) or node.many or not provided.comparable:
            continue
        if (node.table, node.rows[0], node.cols[0]) != key:
            continue
        found = amount(workspace, provided.measure, unit, before)
        if found.value.number is None or not found.comparable:
            return None
        basis = found.basis.in_language(lang) if found.basis else provided.note or ""
        spans = resolved.sheet.span, found.span
        return found.value.number, basis, spans[0].like(spans[1]), (spans[0].months, spans[1].months)
    return None


def _change(value: Rational, base: Rational, spot: Spot, lang: str) -> str:
    if value == base:
        return text("ENY-change-none", lang)
    up = value > base
    if spot.kind in ("rate", "average"):
        difference = number_text(abs(change_of_rate(value, base).absolute), places_of(spot))
        codes = ("ENY-points-up", "ENY-points-down") if spot.kind == "rate" else ("ENY-more", "ENY-less")
        return text(codes[0] if up else codes[1], lang, difference=difference)
    change = change_of_count(value, base)
    if change.percent is None:
        return text("ENY-change-from-zero", lang, value=number_text(value, places_of(spot)))
    difference = number_text(abs(change.absolute), places_of(spot))
    code = "ENY-change-up" if up else "ENY-change-down"
    return text(code, lang, difference=difference, percent=abs(change.percent))


def _coverage(resolved: Resolved, key: CellKey, lang: str) -> str:
    """How many base units a cell stands on, also through cells it is the sum of; "" where on none."""
    covered, expected = coverage(resolved, [key]) or (0, 0)
    if not expected:
        return ""
    return text("RUP-coverage" if covered else "RUP-none", lang, covered=covered, expected=expected)


# history


def _source(change: CellChange, lang: str) -> str:
    done = change.operation
    if change.source is not None:
        where = {"file": change.source.file, "sheet": change.source.sheet, "cell": change.source.cell or "?"}
        return text("ENY-source-file", lang, who=done.who, when=moment(done.at), **where)
    if done.kind == "set":
        return text("ENY-source-typed", lang, who=done.who, when=moment(done.at))
    return text("ENY-source-act", lang, act=done.label, who=done.who, when=moment(done.at))


def _line(change: CellChange, spot: Spot, lang: str) -> ChangeLine:
    done, source = change.operation, change.source
    act = done.label
    if done.kind in (history.UNDO, history.REDO):
        act = text("ENY-undo" if done.kind == history.UNDO else "ENY-redo", lang, act=done.label)
    return ChangeLine(
        moment(done.at),
        done.who,
        act,
        figure_text(change.before, spot, lang),
        figure_text(change.after, spot, lang),
        f"{source.file} › {source.sheet} › {source.cell or '?'}" if source else "",
    )
