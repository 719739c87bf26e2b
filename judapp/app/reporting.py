"""Who stands below a unit in a round: who is there on its last day, and who reported and ended before.

A merger within a round takes nothing out of it: what a unit reported before it ended is part of the round
("tròn năm 2025 = Lào Cai cũ + Yên Bái đến 30/6 + tỉnh mới", domain study, section 2). A unit that ended and
reported nothing is not waited for: whoever carries on what it was reports.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from judapp.domain.period import Period
from judapp.domain.rows import RepeatedUnit
from judapp.domain.unit import Unit
from judapp.store import sheets

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace
    from judapp.domain.catalogue import Form, Row


def right_below(
    workspace: Workspace, unit: str, period: Period, families: Collection[str] | None = None
) -> list[Unit]:
    """The units that report to ``unit`` in a round, by code.

    Among them those that ended before its last day and answered something of ``families`` (None: of
    anything), also where they reported to a unit that ended without reporting.
    """
    day, units = period.last_day, workspace.units
    there = units.children(unit, day)
    ahead = units.left(unit, day)
    if not ahead:
        return there
    reported = reporters_of(workspace, period, families)
    gone: dict[str, Unit] = {}
    seen: set[str] = set()
    while ahead:
        own = ahead.pop()
        if own.uid in seen:
            continue
        seen.add(own.uid)
        if own.uid in reported:
            gone[own.uid] = own
        else:
            ahead += units.left(own.uid, day)

    def place(own: Unit) -> tuple[str, str]:
        state = units.state(own.uid, day) or units.latest(own.uid)
        return state.code, state.name

    return sorted([*there, *gone.values()], key=place) if gone else there


def reporters_of(workspace: Workspace, period: Period, families: Collection[str] | None) -> set[str]:
    """Uids of the units that answered something of ``families`` in a round; None: of anything."""
    answering = workspace.answering(period)
    chosen = answering if families is None else families
    return {unit for family in chosen for unit in answering.get(family, ())}


def answering_in(workspace: Workspace, period: Period) -> dict[str, frozenset[str]]:
    """The units that answered anything in a round, by form family; a workspace remembers it."""
    found: dict[str, set[str]] = {}
    for version, unit in sheets.answering(workspace.file, period):
        found.setdefault(workspace.version(version).form.family, set()).add(unit)
    return {family: frozenset(units) for family, units in found.items()}


def repeated_units(
    workspace: Workspace, plan: Row, form: Form, unit: str, period: Period
) -> list[RepeatedUnit]:
    """The units a row plan of ``form`` repeats for under ``unit``.

    Those of its kind, or those that owe or sent what it names.
    """
    from judapp.app.base_findings import families_below

    day, units = period.last_day, workspace.units
    families = [plan.reports] if plan.reports is not None else families_below(form)
    asked = None
    if plan.reports is not None:
        asked = {o.unit for o in workspace.obligations if o.family == plan.reports and o.holds_on(day)}
        asked |= workspace.answering(period).get(plan.reports, frozenset())
    found = []
    for own in right_below(workspace, unit, period, families):
        if plan.unit_kind not in (None, own.kind) or (asked is not None and own.uid not in asked):
            continue
        state = units.state(own.uid, day) or units.latest(own.uid)
        if plan.unit_subkind in (None, state.subkind):
            found.append(RepeatedUnit(own.uid, state.name))
    return found
