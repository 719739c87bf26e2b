"""Which units a rolled-up cell or a total stands on: each with its share, and who has not reported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec import Struct

from judapp.app.context import SheetContext
from judapp.app.grid_tables import number_text, places_of
from judapp.app.relation_view import Place
from judapp.app.workspace import Workspace
from judapp.domain.coverage import coverage
from judapp.domain.expression.binding import ADDED_UP
from judapp.domain.expression.nodes import Cells, references
from judapp.domain.number import Rational
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, cells_named
from judapp.domain.value import Kind
from judapp.messages import text

SHOWN = 8
"""Units told one by one; the others together."""


class Share(Struct, frozen=True):
    """What one unit (or row) gives to a cell."""

    name: str
    text: str
    number: Rational
    place: Place
    """The cell it is reported in: of the unit's own sheet where it has one, else of this sheet."""


class Shares(Struct, frozen=True):
    """The units behind a cell, the largest first; nothing where it stands on none but itself."""

    lines: tuple[Share, ...] = ()
    rest: int = 0
    """How many more there are."""
    rest_text: str = ""
    """What those come to; "" where figures of this kind do not add up."""
    coverage: str = ""
    """How many units have reported."""
    waiting: tuple[str, ...] = ()
    """Who has not."""


def shares_of(workspace: Workspace, resolved: Resolved, key: CellKey, lang: str) -> Shares:
    """The units behind a rolled-up cell, or behind the rows of units a total adds up."""
    found, waiting = every_share(workspace, resolved, key)
    spot = resolved.plan.spots[key]
    shown, rest = found[:SHOWN], found[SHOWN:]
    if len(rest) == 1:  # one more line says more than "the rest (1)"
        shown, rest = found, []
    adds_up = spot.kind in ADDED_UP
    together = number_text(sum(share.number for share in rest), places_of(spot)) if adds_up and rest else ""
    return Shares(tuple(shown), len(rest), together, coverage_words(resolved, key, lang), waiting)


def every_share(
    workspace: Workspace, resolved: Resolved, key: CellKey
) -> tuple[list[Share], tuple[str, ...]]:
    """All units behind a cell with their shares, the largest first, and the names of who is missing."""
    told = _Shares(workspace, resolved, key)
    found = sorted(told.shares(), key=lambda share: (-share.number, share.name))
    return found, told.waiting


def sources_of(workspace: Workspace, resolved: Resolved, key: CellKey) -> list[Place]:
    """Every cell of a base unit a figure is made of, also through computed cells.

    A unit that has no sheet yet has a place without a cell. Units come in the order they are reckoned in,
    whether they have reported or not.
    """
    told = _Shares(workspace, resolved, key)
    found: dict[Place, None] = {}
    ahead, seen = [key], set[CellKey]()
    while ahead:
        at = ahead.pop(0)
        if at in seen:
            continue
        seen.add(at)
        found |= dict.fromkeys(told.sources(at))
        if at in resolved.plan.computed and resolved[at].origin in ("computed", "empty"):
            ahead += cells_named(resolved.plan.computed[at])
    return list(found)


def coverage_words(resolved: Resolved, key: CellKey, lang: str) -> str:
    """How many base units a cell stands on, also through cells it is the sum of; "" where on none."""
    covered, expected = coverage(resolved, [key]) or (0, 0)
    if not expected:
        return ""
    return text("RUP-coverage" if covered else "RUP-none", lang, covered=covered, expected=expected)


class _Shares:
    """Goes through the units behind one cell."""

    def __init__(self, workspace: Workspace, resolved: Resolved, key: CellKey) -> None:
        self.workspace = workspace
        self.resolved = resolved
        self.key = key
        self.context = SheetContext(workspace, resolved.sheet)
        self._waiting: list[str] = []

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has not reported; known once the shares were gone through."""
        return tuple(dict.fromkeys(self._waiting))

    def shares(self) -> Iterator[Share]:
        """Every unit that gives something; one cell of one row stands on nobody else."""
        summed = self.resolved[self.key].origin in ("computed", "reported")
        if summed:
            for leaf in self._leaves():
                yield from self._of_row(leaf)
        elif self.key in self.resolved.plan.rollup:
            yield from self._of_units(self.key)
            if self.resolved[self.key].origin == "stored":
                self._waiting.clear()  # the department gave the figure itself and waits for nobody

    def _leaves(self) -> list[CellKey]:
        """The cells of other rows in the same column that a total is made of, down to those it adds."""
        computed = self.resolved.plan.computed
        ahead, leaves, seen = [self.key], list[CellKey](), set[CellKey]()
        while ahead:
            at = ahead.pop(0)
            if at in seen:
                continue
            seen.add(at)
            parts = [part for part in cells_named(computed[at]) if part != at] if at in computed else []
            if parts and all(part[2] == at[2] and part[1] != at[1] for part in parts):
                ahead += parts
            elif at != self.key:
                leaves.append(at)
        return leaves

    def _of_row(self, leaf: CellKey) -> Iterator[Share]:
        """What the row of a total gives: from the unit that reported it, or as it stands here."""
        cell, sheet = self.resolved[leaf], self.resolved.sheet
        row = self.resolved.plan.spots[leaf].row
        number = cell.value.number
        if number is None:
            if cell.expected:
                self._waiting.append(row.label)
            return
        if not row.unit and cell.origin == "rollup":  # a fixed row the communes report: by commune
            yield from self._of_units(leaf)
            return
        places = self.sources(leaf) if cell.origin == "rollup" and not cell.adjusted else []
        place = places[0] if len(places) == 1 else Place(sheet.form.number, sheet.unit, sheet.period, leaf)
        yield Share(row.label, number_text(number, places_of(self.resolved.plan.spots[leaf])), number, place)

    def _of_units(self, key: CellKey) -> Iterator[Share]:
        """What each base unit gives to one rolled-up cell."""
        for place in self.sources(key):
            value = self.resolved.from_base(key, _OneUnit(self.context, place.unit)).value
            number = value.number
            if value.kind is Kind.OUT_OF_REMIT:
                continue  # nothing is owed here
            name = self.workspace.units.name(place.unit, self.resolved.sheet.period.last_day)
            if number is None:
                self._waiting.append(name)
            else:
                shown = number_text(number, places_of(self.resolved.plan.spots[key]))
                yield Share(name, shown, number, place)

    def sources(self, key: CellKey) -> list[Place]:
        """The cells of base units a rolled-up cell is read from, one for each unit that reports it."""
        rule = self.resolved.plan.rollup.get(key)
        if rule is None:
            return []
        found: dict[str, Place] = {}
        period, unit = self.resolved.sheet.period, self.resolved.unit_of(*key[:2])
        for ref in references(rule):
            if isinstance(ref, Cells) and ref.form and ref.when is None:
                for uid in self.context.reporters(ref.form, unit, period):
                    found.setdefault(uid, self._place(ref, uid, period, key))
        return list(found.values())

    def _place(self, ref: Cells, unit: str, period: Period, key: CellKey) -> Place:
        """The cell of a base unit's sheet that a reference means; the sheet alone where there is none yet."""
        base = self.context.sheet_of(ref.form, unit, period)
        if base is None:
            version = self.workspace.serving(ref.form, period)
            return Place(version.form.number if version else ref.form, unit, period, None)
        table = ref.table or base.sheet.form.tables[0].key
        shape = base.plan.shape.get(table)
        rows = [
            row
            for pattern in ref.rows or (key[1],)
            for row in (shape.matching(tuple(pattern.split(".")), None) if shape else ())
        ]
        keys = [(table, row, col) for row, col in product(rows, ref.cols or (key[2],))]
        there = next((own for own in keys if own in base.plan.spots), None)
        return Place(base.sheet.form.number, unit, period, there)


class _OneUnit(SheetContext):
    """The surroundings of a sheet as if one unit alone reported."""

    def __init__(self, whole: SheetContext, unit: str) -> None:
        self.__dict__.update(whole.__dict__)  # what was looked up already is looked up for every unit
        self._whole = whole
        self._only = unit

    def reporters(self, family: str, row_unit: str | None, period: Period) -> list[str]:
        return [unit for unit in self._whole.reporters(family, row_unit, period) if unit == self._only]
