"""How far each sheet is, remembered: what 130 communes' sheets are worth is reckoned once, and again only
where something changed.
"""

from __future__ import annotations

from collections import defaultdict
from weakref import WeakKeyDictionary

from msgspec import Struct, field

from judapp.app.overview import Standing, standing
from judapp.app.workspace import Workspace
from judapp.store import history, sheets
from judapp.store.sheets import Sheet as StoredSheet

_NEWS = 64
"""So many operations since the last look are looked through one by one; after more, everything is new."""


class _Known(Struct):
    newest: int = 0
    """The operation up to which this is true."""
    by_unit: dict[str, dict[int, Standing]] = field(default_factory=lambda: defaultdict(dict))


_known: WeakKeyDictionary[Workspace, _Known] = WeakKeyDictionary()


def catch_up(workspace: Workspace) -> None:
    """Forget what changed since the last look: the sheets of units an operation touched.

    Sheets of a base unit are read together with its other sheets only (another round, another form). After
    an operation that touched no sheet, or the registers beside sheets, everything is forgotten.
    """
    kept = _known.setdefault(workspace, _Known())
    news = history.operations(workspace.file, _NEWS)
    newest = news[0].id if news else 0
    fresh = [record.id for record in news if record.id > kept.newest]
    if len(fresh) == _NEWS:
        kept.by_unit.clear()
        fresh = []
    for own in fresh:
        touched = history.sheets_of(workspace.file, own)
        if not touched or history.changed_registers(workspace.file, own):
            kept.by_unit.clear()
        for sheet in touched:
            kept.by_unit.pop(sheets.get(workspace.file, sheet).unit, None)
    kept.newest = newest


def remembered(workspace: Workspace, stored: StoredSheet) -> Standing:
    """How far the sheet of a base unit is; true since the last :func:`catch_up`."""
    of_unit = _known[workspace].by_unit[stored.unit]
    if stored.id not in of_unit:
        of_unit[stored.id] = standing(workspace, stored)
    return of_unit[stored.id]


def known(workspace: Workspace, stored: StoredSheet) -> Standing | None:
    """:func:`remembered`, but None where it would have to be reckoned now."""
    return _known[workspace].by_unit.get(stored.unit, {}).get(stored.id)
