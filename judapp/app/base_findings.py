"""What is wrong between a sheet and the sheets of base units it is added up from.

A sheet about other days, or on a version of the form that does not serve the period, is never reckoned with:
it is told (design 3: "an expression over unequal windows gives a finding, not a value"). A figure somebody
typed over what all base units report is kept, and told.
"""

from __future__ import annotations

from collections.abc import Iterator

from judapp.app.context import Reason, SheetContext
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.checking import place_of
from judapp.domain.expression.nodes import Ref, references
from judapp.domain.expression.parser import parse
from judapp.domain.finding import Finding
from judapp.domain.names import SheetNames
from judapp.domain.number import plain
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey

_CODES: dict[Reason, str] = {"window": "RUP-001", "version": "RUP-002"}


def findings_of_base(workspace: Workspace, resolved: Resolved, unit_code: str) -> Iterator[Finding]:
    """What is told of the sheets below, and of what somebody typed over them.

    RUP-001 other days, RUP-002 another version, RUP-003 a typed figure that is not what they add up to,
    RUP-005 a unit that ended and the one that carries it on both reported.
    """
    yield from unlike(workspace, resolved, unit_code)
    yield from ended(workspace, resolved, unit_code)
    yield from filter(None, (typed_over(resolved, key, unit_code) for key in resolved.plan.rollup))


def families_below(form: Form) -> list[str]:
    """The families a form is rolled up from, each once."""
    rules = (reference for rule in form.rollup for reference in references(parse(rule.rule)))
    return list(dict.fromkeys(ref.form for ref in rules if isinstance(ref, Ref) and ref.form))


def unlike(workspace: Workspace, resolved: Resolved, unit_code: str) -> Iterator[Finding]:
    """RUP-001 and RUP-002, for each unit whose sheet is not reckoned with."""
    families = families_below(resolved.sheet.form)
    if not families:
        return
    sheet = resolved.sheet
    context = SheetContext(workspace, sheet)
    for family in families:
        for unit in context.reporters(family, None, sheet.period):
            base = context.sheet_of(family, unit, sheet.period)
            reason = context.unlike(base, None) if base else None
            if base is None or reason is None:
                continue
            yield Finding(
                _CODES[reason],
                "error",
                place_of(resolved, unit_code, None),
                {
                    "form": base.sheet.form.number,
                    "circular": base.sheet.form.circular,
                    "unit": workspace.units.name(unit, sheet.period.last_day),
                    "days": base.sheet.span.text,
                    "own_days": sheet.span.text,
                },
            )


def ended(workspace: Workspace, resolved: Resolved, unit_code: str) -> Iterator[Finding]:
    """RUP-005: whether the figures of who carries a unit on hold those of the unit, only people know."""
    sheet, units = resolved.sheet, workspace.units
    day = sheet.period.last_day
    context = SheetContext(workspace, sheet)
    for family in families_below(sheet.form):
        reported = workspace.answering(sheet.period).get(family, frozenset())
        for unit in context.reporters(family, None, sheet.period):
            end = units.latest(unit).valid_to
            if end is None or unit not in reported or units.state(unit, day) is not None:
                continue
            heirs = [units.name(own.uid, day) for own in units.successors(unit, day) if own.uid in reported]
            if heirs:
                params = {"unit": units.name(unit, day), "day": end, "heirs": ", ".join(heirs)}
                yield Finding("RUP-005", "warning", place_of(resolved, unit_code, None), params)


def typed_over(resolved: Resolved, key: CellKey, unit_code: str) -> Finding | None:
    """RUP-003 at the cell ``key``, None where base units say the same, or not all of them have spoken."""
    cell = resolved[key]
    if cell.origin not in ("stored", "reported") or cell.value.number is None:
        return None
    base = resolved.from_base(key)
    told = base.value.number
    if told is None or base.covered < base.expected or told == cell.value.number:
        return None
    name = SheetNames(resolved.plan).cell(key)
    return Finding(
        "RUP-003",
        "warning",
        place_of(resolved, unit_code, key),
        {"cell": name, "value": cell.value.number, "base": told, "units": base.expected},
        expected=plain(told),
        actual=plain(cell.value.number),
    )
