"""What would stand if figures were other ones: a second look at the same data file that writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure
from judapp.domain.period import Period
from judapp.domain.resolve import Sheet
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.store.obligations import Obligation
from judapp.store.sheets import OWN
from judapp.store.sheets import Sheet as StoredSheet


class Supposed(Struct, frozen=True):
    """Figures a sheet might get."""

    version: int
    unit: str
    period: Period
    figures: Mapping[CellKey, Figure]
    own_rows: tuple[tuple[str, OwnRow], ...] = ()


class Supposing(Workspace):
    """A workspace as if some sheets held other figures; nothing can be written through it."""

    def __init__(self, real: Workspace, supposed: Iterable[Supposed]) -> None:
        """``real`` goes on being what it is; registers and sheets it has reckoned are taken over."""
        super().__init__(real.file, who=real.who, machine=real.machine)
        self._supposed = {(one.version, one.unit, one.period): one for one in supposed}
        self.units, self.calendar, self.versions = real.units, real.calendar, real.versions
        begun = {key for key in self._supposed if real.stored(*key) is not None}
        self._new = {
            key: self._begun(number, one)
            for number, (key, one) in enumerate(self._supposed.items(), start=1)
            if key not in begun
        }
        self.obligations = [
            *real.obligations,
            *(Obligation(self.versions[v].form.family, unit, date.min) for v, unit, _ in self._new),
        ]

    def apply(self, *_: object, **__: object) -> None:  # type: ignore[override]  # whatever is asked
        """Nothing is written into what is only supposed."""
        raise NotImplementedError  # a fault of ours, if anybody asks

    def stored(self, version: int, unit: str, period: Period) -> StoredSheet | None:
        """The sheet, also one that would be begun."""
        return self._new.get((version, unit, period)) or super().stored(version, unit, period)

    def load(self, stored: StoredSheet) -> Sheet:
        """The content of a sheet with what is supposed in it."""
        key = (stored.form, stored.unit, stored.period)
        one = self._supposed.get(key)
        if one is None:
            return super().load(stored)
        form = self.version(stored.form).form
        sheet = (
            Sheet(form, stored.unit, stored.period, stored.span) if key in self._new else super().load(stored)
        )
        rows = {table: list(kept) for table, kept in sheet.own_rows.items()}
        for table, row in one.own_rows:
            rows.setdefault(table, []).append(row)
        return replace(
            sheet,
            figures={**sheet.figures, **one.figures},
            own_rows={table: tuple(kept) for table, kept in rows.items()},
        )

    def sheets_of(self, period: Period) -> list[StoredSheet]:
        """Every sheet of a period, with those that would be begun."""
        return [*super().sheets_of(period), *(s for key, s in self._new.items() if key[2] == period)]

    def answering(self, period: Period) -> Mapping[str, frozenset[str]]:
        """The units that answered anything, with those that would."""
        found = dict(super().answering(period))
        for version, unit, when in self._supposed:
            if when == period:
                family = self.versions[version].form.family
                found[family] = found.get(family, frozenset()) | {unit}
        return found

    def _begun(self, number: int, one: Supposed) -> StoredSheet:
        span = self.span(self.version(one.version).form, one.period)
        return StoredSheet(-number, "", one.version, one.unit, one.period, span, OWN, "draft", 0)
