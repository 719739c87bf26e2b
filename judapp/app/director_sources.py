"""From a figure back to its cells: which cell of which sheet, what stands there, and how it got there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from judapp.domain.coverage import cover
from judapp.domain.expression.binding import instances
from judapp.domain.expression.explain import Names, explain
from judapp.domain.expression.nodes import MeasureRef, references
from judapp.domain.expression.parser import parse
from judapp.domain.figure import State
from judapp.domain.indicator import Amount, Source
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.resolve import Cell, Resolved
from judapp.domain.shape import CellKey, Plan, cells_named
from judapp.domain.unit import Unit
from judapp.messages import bilingual
from judapp.report import overview_sentences as say
from judapp.report.overview_sentences import BLANK, UNKNOWN, number
from judapp.store import history
from judapp.text import Bilingual

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace
    from judapp.store.forms import StoredForm
    from judapp.store.sheets import Sheet as StoredSheet

_SIGNS = {State.NIL: Bilingual("–", "–"), State.OUT_OF_REMIT: Bilingual("⊘", "⊘")}


class SourceCell(Struct, frozen=True):
    """A cell a figure comes from, or the one that would give a figure that is missing."""

    form: str
    """Number of its form."""
    unit: str
    """Uid of its unit."""
    unit_name: str
    period: Period
    address: str
    """As rules write it, ``[VI.1]c1``."""
    cell: CellKey
    name: Bilingual
    """What is printed at its row and column."""
    value: Bilingual
    origin: Bilingual
    """The workbook and its cell, or who typed it when, or that it is reckoned."""


class Part(Struct, frozen=True):
    """The numerator or the denominator of an indicator: what it counts, its worth, its cells."""

    label: Bilingual
    words: Bilingual
    value: Bilingual
    note: Bilingual
    """Days and basis, blank where there is nothing to say."""
    cells: tuple[SourceCell, ...]


class SourceBook:
    """Finds the cells behind amounts in one workspace; sheets are looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sheets: dict[tuple[str, str, str], tuple[StoredSheet, Resolved] | None] = {}

    def part(self, label: Bilingual, rule: str, amount: Amount, unit: Unit, period: Period) -> Part:
        """An amount with the rule it was read by, traced back."""
        cells = [cell for source in amount.sources for cell in self._cells(source)]
        if not amount.sources and not amount.value.known:
            cells = self._wanted(rule, unit, period)
        value = number(amount.value.number)
        if amount.qualifier:
            code = "PRG-at-least" if amount.qualifier == "lower" else "PRG-about"
            value = bilingual(code, value=value)
        days = bilingual("PRG-days", span=amount.span.text) if amount.value.known else BLANK
        note = say.joined(" · ", [amount.basis or BLANK, days])
        return Part(label, self.words(rule), value, note, tuple(cells))

    def words(self, rule: str) -> Bilingual:
        """A rule over measures in words; a measure alone by its label."""
        node = parse(rule)
        measures = self._workspace.measures
        if isinstance(node, MeasureRef) and node.name in measures:
            return Bilingual(measures[node.name].label, measures[node.name].label_en)
        labels = {m.id: Bilingual(m.label, m.label_en) for m in measures.values()}
        return Bilingual(
            *(explain(node, cast(Names, _MeasureNames(labels, lang)), lang) for lang in ("vi", "en"))
        )

    def basis(self, amounts: Iterable[Amount], open_states: Iterable[str]) -> Iterator[Bilingual]:
        """One sentence on the sheets amounts were read from: which forms, how many units, drafts or not."""
        found = [self._sheet(source) for amount in amounts for source in amount.sources]
        sheets = {stored.id: (stored, resolved) for stored, resolved in filter(None, found)}.values()
        if sheets:
            yield say.basis(
                list(dict.fromkeys(resolved.sheet.form.number for _, resolved in sheets)),
                drafts=any(stored.state in open_states for stored, _ in sheets),
                units=len({stored.unit for stored, _ in sheets}),
            )

    def coverage(self, amounts: Iterable[Amount]) -> tuple[int, int] | None:
        """Base units that have reported, of those that should; None where nothing was rolled up."""
        by_unit: dict[str | None, tuple[int, int]] = {}
        for amount in amounts:
            for source in amount.sources:
                found = self._sheet(source)
                if found is not None:
                    cover(found[1], _keys(found[1].plan, source.address), by_unit)
        if not by_unit:
            return None
        return sum(a for a, _ in by_unit.values()), sum(b for _, b in by_unit.values())

    def _cells(self, source: Source) -> list[SourceCell]:
        found = self._sheet(source)
        if found is None:
            return []
        stored, resolved = found
        names = SheetNames(resolved.plan)
        return [
            SourceCell(
                source.form,
                stored.unit,
                self._workspace.units.name(stored.unit, stored.period.last_day),
                stored.period,
                source.address,
                key,
                names.cell(key),
                _shown(resolved[key]),
                self._origin(stored, key, resolved[key]),
            )
            for key in _keys(resolved.plan, source.address)
        ]

    def _wanted(self, rule: str, unit: Unit, period: Period) -> list[SourceCell]:
        """The cells that would give an amount nobody has answered yet."""
        workspace, found = self._workspace, []
        for reference in references(parse(rule)):
            name = reference.name if isinstance(reference, MeasureRef) else ""
            for version in workspace.versions_providing(name):
                if not (workspace.serves(version.form, period) and self._reports(version, unit, period)):
                    continue
                plan = workspace.plan(version.form, unit.uid, period)
                provided = next(p for p in version.form.provides if p.measure == name)
                found += [
                    SourceCell(
                        version.form.number,
                        unit.uid,
                        workspace.units.name(unit.uid, period.last_day),
                        period,
                        provided.cells,
                        key,
                        SheetNames(plan).cell(key),
                        UNKNOWN,
                        bilingual("PRG-origin-empty"),
                    )
                    for key in _keys(plan, provided.cells)
                ]
        return found

    def _reports(self, version: StoredForm, unit: Unit, period: Period) -> bool:
        """Whether ``unit`` has begun the form, or owes it."""
        workspace, day = self._workspace, period.last_day
        return workspace.stored(version.id, unit.uid, period) is not None or any(
            (owed.family, owed.unit) == (version.form.family, unit.uid) and owed.holds_on(day)
            for owed in workspace.obligations
        )

    def _sheet(self, source: Source) -> tuple[StoredSheet, Resolved] | None:
        key = (source.form, source.unit, source.period)
        if key not in self._sheets:
            self._sheets[key] = self._find(source)
        return self._sheets[key]

    def _find(self, source: Source) -> tuple[StoredSheet, Resolved] | None:
        workspace, period = self._workspace, Period.parse(source.period)
        for stored in workspace.sheets_of(period):
            if (
                workspace.version(stored.form).form.number == source.form
                and workspace.unit_code(stored.unit, period.last_day) == source.unit
            ):
                resolved = workspace.resolved(stored.form, stored.unit, period)
                return None if resolved is None else (stored, resolved)
        return None

    def _origin(self, stored: StoredSheet, key: CellKey, cell: Cell) -> Bilingual:
        if cell.origin == "computed":
            return bilingual("PRG-origin-computed")
        if cell.origin == "rollup":
            return bilingual("PRG-origin-rollup", covered=cell.covered, expected=cell.expected)
        changes = history.cell(self._workspace.file, stored.id, key)
        if not changes:
            return bilingual("PRG-origin-empty")
        source, operation = changes[0].source, changes[0].operation
        if source is None:
            day = datetime.fromisoformat(operation.at).astimezone().date()
            return bilingual("PRG-origin-typed", who=operation.who, day=day)
        return bilingual("PRG-origin-file", file=source.file, sheet=source.sheet, cell=source.cell or "?")


class _MeasureNames:
    """The names of measures in one language; a rule over measures names nothing else."""

    def __init__(self, labels: dict[str, Bilingual], lang: str) -> None:
        self._labels = labels
        self._lang = lang

    def measure_name(self, name: str) -> str:
        """The label of a measure, else its id."""
        return self._labels[name].in_language(self._lang) if name in self._labels else name


def _keys(plan: Plan, address: str) -> list[CellKey]:
    """The cells a rule over one sheet names, each once."""
    bound = instances(parse(address), plan.shape)
    found = [key for instance in bound for key in cells_named(instance.node)]
    return list(dict.fromkeys(found))


def _shown(cell: Cell) -> Bilingual:
    """What stands in a cell: its number, the sign of its state, or the words nobody could read."""
    if cell.figure.state in _SIGNS:
        return _SIGNS[cell.figure.state]
    if cell.figure.state is State.UNREADABLE:
        return Bilingual(cell.figure.text or "", cell.figure.text or "")
    return number(cell.value.number)
