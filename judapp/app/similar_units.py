"""Figures of a unit beside those of units like it: what is usual in a cell, and what is not (CMP-003).

The other units are those with the same form and round in the data file or, where one has none yet, with the
same round a year before. Median and median absolute deviation: one wild number moves neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from statistics import median_low
from typing import Any, NamedTuple

from judapp.app.workspace import Workspace
from judapp.domain.checking import place_of
from judapp.domain.expression.binding import ADDED_UP
from judapp.domain.finding import Finding
from judapp.domain.number import plain, unscaled
from judapp.domain.period import Period
from judapp.domain.shape import CellKey, Spot
from judapp.domain.unit import COMMUNE
from judapp.store import sheets
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import Bilingual, fold

_FEWEST = 8
"""Other units with a figure in a cell, before anything is said of one."""
_WIDE, _SMALL, _SHARE = 8, 20, Fraction(1, 4)
"""How many spreads (median absolute deviations, at least a quarter of the median) a figure lies off to be
told, and below which difference nothing is: small communes have small numbers."""
_TIMES = 3
"""A figure told is more than so many times the largest usual one."""
_MOST = 5
"""Cells told of one sheet, the farthest first."""

Sort = tuple[str, str]
"""Kind of a unit, and the first word of its name: numbers of a xã and of a phường differ in size."""
_ALIKE = {
    (COMMUNE, "xa"): Bilingual("xã", "communes"),
    (COMMUNE, "phuong"): Bilingual("phường", "wards"),
}
Numbers = Mapping[CellKey, int]
"""Scaled numbers of one unit by cell."""


class Like(NamedTuple):
    """What is known of one cell over all units of a sort, the one judged among them."""

    median: int
    low: int
    """Between this and ``high`` lie nine units of ten."""
    high: int
    spread: Fraction


class SimilarUnits:
    """What is usual in the cells of one form and round, by sort of unit; reckoned once for all units."""

    def __init__(
        self, workspace: Workspace, version: int, period: Period, also: Mapping[str, Numbers] | None = None
    ) -> None:
        """``also`` are numbers of units that are not in the file yet; they stand before those that are."""
        self._workspace, self._day = workspace, period.last_day
        self._sorts: dict[str, Sort] = {}
        by_unit: dict[str, dict[CellKey, int]] = {}
        for round_ in (period, period.related("same")):
            if round_ is not None:
                stored = sheets.figures_of_form(workspace.file, version, round_)
                for sheet, figures in stored.items():
                    unit = sheets.get(workspace.file, sheet).unit
                    if unit not in by_unit:
                        by_unit[unit] = {k: f.value for k, f in figures.items() if f.value is not None}
        for unit, numbers in (also or {}).items():
            by_unit[unit] = {**by_unit.get(unit, {}), **numbers}
        values: dict[Sort, dict[CellKey, list[int]]] = defaultdict(lambda: defaultdict(list))
        for unit, of_unit in by_unit.items():
            of_sort = values[self._sort(unit)]
            for key, value in of_unit.items():
                of_sort[key].append(value)
        self._like = {
            sort: {key: like for key, of in keys.items() if (like := _described(of))}
            for sort, keys in values.items()
        }

    def like(self, unit: str) -> Mapping[CellKey, Like]:
        """What is usual for a unit's sort; cells with too few units are not there."""
        return self._like.get(self._sort(unit), {})

    def far(self, unit: str, numbers: Numbers, spots: Mapping[CellKey, Spot]) -> list[CellKey]:
        """The cells of a unit far from what is usual, the farthest first, a few at most."""
        like = self.like(unit)
        found: list[tuple[Fraction, CellKey]] = []
        for key, value in numbers.items():
            of = like.get(key)
            if of is None or value <= _TIMES * of.high or value - of.median <= _WIDE * of.spread:
                continue
            spot = spots.get(key)
            if spot is None or spot.kind not in ADDED_UP or value - of.median <= _SMALL * 10**spot.scale:
                continue
            found.append(((value - of.median) / max(of.spread, Fraction(1)), key))
        return [key for _, key in sorted(found, key=lambda one: one[0], reverse=True)[:_MOST]]

    def words(self, unit: str, key: CellKey, value: int, spot: Spot) -> dict[str, Any]:
        """What CMP-003 says of a cell."""
        of = self.like(unit)[key]
        return {
            "unit": self._workspace.units.name(unit, self._day),
            "alike": _ALIKE.get(self._sort(unit), Bilingual("đơn vị", "units")),
            "value": unscaled(value, spot.scale),
            "measure": (spot.unit or "").lower(),
            "low": unscaled(of.low, spot.scale),
            "high": unscaled(of.high, spot.scale),
        }

    def _sort(self, unit: str) -> Sort:
        if unit not in self._sorts:
            name = self._workspace.units.name(unit, self._day)
            self._sorts[unit] = self._workspace.units[unit].kind, fold(name).split(" ")[0]
        return self._sorts[unit]


class SimilarOfRound:
    """CMP-003 for the sheets of one round: what is usual is reckoned once a form."""

    def __init__(self, workspace: Workspace, period: Period) -> None:
        """Nothing is looked up before a sheet is asked about."""
        self._workspace, self._period = workspace, period
        self._of_form: dict[int, SimilarUnits] = {}

    def findings(self, stored: StoredSheet) -> Iterator[Finding]:
        """The typed figures of a sheet that lie far from those of similar units."""
        if stored.form not in self._of_form:
            self._of_form[stored.form] = SimilarUnits(self._workspace, stored.form, self._period)
        similar = self._of_form[stored.form]
        resolved = self._workspace.resolved(stored.form, stored.unit, stored.period)
        if resolved is None or not similar.like(stored.unit):
            return
        sheet, plan = resolved.sheet, resolved.plan
        numbers = {
            k: f.value for k, f in sheet.figures.items() if f.value is not None and k not in plan.computed
        }
        code = self._workspace.unit_code(sheet.unit, self._period.last_day)
        for key in similar.far(sheet.unit, numbers, plan.spots):
            params = similar.words(sheet.unit, key, numbers[key], plan.spots[key])
            place = place_of(resolved, code, key)
            yield Finding("CMP-003", "warning", place, params, actual=plain(params["value"]))


def _described(values: list[int]) -> Like | None:
    if len(values) <= _FEWEST:
        return None
    values.sort()
    median = median_low(values)
    deviation = median_low(sorted(abs(value - median) for value in values))
    cut = max(1, len(values) // 20)
    spread = max(deviation * Fraction(3, 2), abs(median) * _SHARE)
    return Like(median, values[cut], values[-1 - cut], spread)
