"""Which version of a form is used from when, and sheets that stayed on another one: what an act would do."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from judapp.app.desk import period_name
from judapp.app.forms_view import short_circular
from judapp.app.versions import versions_of
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.messages import bilingual
from judapp.store import sheets
from judapp.store.sheets import OWN
from judapp.text import Bilingual


class UsePlan(Struct, frozen=True):
    """What using a version from a period on would do, before it is done."""

    version: int
    period: Period
    start: date
    """The day its round is reported on, from which this version is in force."""
    sentences: tuple[Bilingual, ...]


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
