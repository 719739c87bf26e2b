"""Which version of a form is used from when, and sheets that stayed on another one: what an act would do."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from judapp.app.desk import period_name
from judapp.app.forms_view import short_circular
from judapp.app.versions import plan_move, versions_of
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.messages import bilingual
from judapp.store import sheets
from judapp.store.sheets import OWN
from judapp.text import Bilingual

_SHOWN = 6
"""Sheets that cannot be moved told one by one; the others are counted."""


class UsePlan(Struct, frozen=True):
    """What using a version from a period on would do, before it is done."""

    version: int
    period: Period
    start: date
    """The day its round is reported on, from which this version is in force."""
    sentences: tuple[Bilingual, ...]


class MoveOutlook(Struct, frozen=True):
    """What moving sheets to a newer version would do."""

    old: int
    new: int
    sheets: int
    """Sheets that can be moved."""
    sentences: tuple[Bilingual, ...]
    refused: tuple[Bilingual, ...]
    """Why sheets cannot be moved; one of them stops the whole act."""


def use_plan(workspace: Workspace, version: int, period: Period) -> UsePlan:
    """What :func:`judapp.app.versions.use_from` would do."""
    form = workspace.version(version).form
    start = workspace.reporting_day(form, period)
    told = [bilingual("FMP-use-start", form=form.number, start=start, period=period_name(period))]
    staying = 0
    for other in versions_of(workspace, form.family):
        own = other.form
        if other.id == version:
            continue
        name = bilingual("FMP-version", number=own.number, circular=short_circular(own.circular))
        if own.valid_from > start:
            told.append(bilingual("FMP-use-later", version=name, day=own.valid_from))
        elif own.valid_to is None or own.valid_to >= start:
            told.append(bilingual("FMP-use-ends", version=name, day=start - timedelta(days=1)))
        begun = sheets.find(workspace.file, form=other.id, layer=OWN)
        staying += sum(start <= workspace.reporting_day(own, sheet.period) for sheet in begun)
    if staying:
        told.append(bilingual("FMP-use-staying", n=staying))
    return UsePlan(version, period, start, tuple(told))


def movable(workspace: Workspace, old: int, new: int) -> int:
    """How many sheets stand on ``old`` in periods that ``new`` serves; 0 for versions of two forms."""
    before, after = workspace.version(old).form, workspace.version(new).form
    if old == new or before.family != after.family:
        return 0
    begun = sheets.find(workspace.file, form=old, layer=OWN)
    return sum(workspace.serves(after, sheet.period) for sheet in begun)


def move_outlook(workspace: Workspace, old: int, new: int) -> MoveOutlook:
    """What :func:`judapp.app.versions.move_sheets` would do with the proposed mapping.

    Raises what :func:`judapp.app.versions.plan_move` raises (FVR-…).
    """
    plan = plan_move(workspace, old, new)
    going = [move for move in plan.moves if move.refused is None]
    placed = sum(len(move.content.figures) for move in going)
    told = [bilingual("FMP-move-sheets", n=len(going), cells=placed)]
    if plan.left:
        told.append(bilingual("FMP-move-left", n=plan.left))
    rows = sum(len(move.rows_left) for move in going)
    if rows:
        told.append(bilingual("FMP-move-rows-left", n=rows))
    refused = [move.refused for move in plan.moves if move.refused is not None]
    shown = refused[:_SHOWN]
    if len(refused) > _SHOWN:
        shown.append(bilingual("FMP-move-refused-more", n=len(refused) - _SHOWN))
    return MoveOutlook(old, new, len(going), tuple(told), tuple(shown))
