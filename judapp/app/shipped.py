"""What the program ships by now and a data file founded with an earlier one does not have.

A file keeps the catalogue it was founded with. Definitions shipped since are offered: new ones, and ones the
program corrected meanwhile. Nothing that is in use changes, and what the department learned, changed or
dropped itself stays as it is; both are told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from judapp.app import seeds
from judapp.app.in_use import sheets_on
from judapp.app.targeting import SeedTarget, put_seed_target
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.expression.nodes import MeasureRef, references
from judapp.domain.expression.parser import parse
from judapp.domain.lint import decode
from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import WindowRule
from judapp.messages import bilingual
from judapp.store import calendar, forms, measures
from judapp.store.forms import Origin, StoredForm
from judapp.store.history import UNDO
from judapp.store.operations import Applied, Writer
from judapp.text import Bilingual, fold

SHIPPED = "shipped"
"""Kind of the operation that adds them; what it and the founding of the file gave is not the department's."""
_OURS = ("new", "catalogue", SHIPPED)
_DAY = timedelta(days=1)

Reason = Literal["own", "used", "days"]
"""Why a shipped definition is left out: the department has made its own of it, sheets are on the definition
it would replace, or another version holds the days it would be in force on."""


class Addition(Struct, frozen=True):
    """A shipped definition that would be added, and the days it would be in force on."""

    form: Form
    raw: bytes
    since: date
    until: date | None
    corrects: int | None
    """The version whose definition it takes the place of; no sheet uses that one."""
    closes: tuple[tuple[int, date], ...]
    """Earlier versions that end for it, each with its last day."""


class Left(Struct, frozen=True):
    """A shipped definition that is left out."""

    form: Form
    reason: Reason


class Shipped(Struct, frozen=True):
    """What adding what the program ships would do."""

    additions: tuple[Addition, ...] = ()
    left: tuple[Left, ...] = ()
    measures: tuple[Measure, ...] = ()
    """Measures that the added forms give, or indicators over them need."""
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[SeedTarget, ...] = ()
    """Targets everybody knows for those indicators."""
    windows: tuple[WindowRule, ...] = ()
    """Windows and deadlines of regimes the file knows nothing of."""

    @property
    def new(self) -> int:
        """How many forms the file does not have at all."""
        return sum(addition.corrects is None for addition in self.additions)

    @property
    def corrected(self) -> int:
        """How many it has as the program had them earlier."""
        return len(self.additions) - self.new

    @property
    def sentence(self) -> Bilingual:
        """What can be added, and what stays as the department has it; empty where nothing can be."""
        if not self.additions:
            return Bilingual("", "")
        counts = {"new": self.new, "corrected": self.corrected}
        code = "FMP-shipped-both" if self.new and self.corrected else "FMP-shipped-new"
        told = bilingual("FMP-shipped-corrected" if not self.new else code, **counts)
        if not self.left:
            return told
        return bilingual("FMP-shipped-left", told=told, n=len(self.left))


def missing(workspace: Workspace) -> Shipped:
    """Which shipped definitions the file does not have, what comes with them, and what is left out."""
    present = {version.sha256 for version in workspace.versions.values()}
    wanted = [raw for _, raw in seeds.form_files() if hashlib.sha256(raw).hexdigest() not in present]
    if not wanted:
        return Shipped()
    finder = _Finder(workspace)
    for form, raw in sorted(map(_read, wanted), key=lambda read: (read[0].family, read[0].valid_from)):
        finder.find(form, raw)
    return _with_measures(workspace, finder)


def add_shipped(workspace: Workspace) -> Applied:
    """Add what :func:`missing` finds, as one operation that can be undone."""
    found = missing(workspace)
    if not found.additions:
        return Applied()

    def build(writer: Writer) -> None:
        for addition in found.additions:
            for version, last in addition.closes:
                forms.close(writer, version, last)
            if addition.corrects is None:
                own = forms.add(writer, addition.raw)
            else:
                own = addition.corrects
                forms.redefine(writer, own, addition.raw)
            forms.put_in_force(writer, own, addition.since, addition.until)
        for rule in found.windows:
            calendar.put_rule(writer, rule)
        for measure in found.measures:
            measures.put_measure(writer, measure)
        for order, indicator in enumerate(found.indicators, len(workspace.indicators)):
            measures.put_indicator(writer, indicator, order)
        for target in found.targets:
            put_seed_target(writer, target)

    label = f"Thêm {len(found.additions)} biểu của chương trình vào danh mục"
    return workspace.apply(SHIPPED, label, build)


def _read(raw: bytes) -> tuple[Form, bytes]:
    form, faults = decode(raw)
    if form is None:
        raise ValueError(f"a shipped definition: {faults}")
    return form, raw


class _Finder:
    """Goes through the shipped definitions, the oldest of a form first, and finds a place for each."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.versions = forms.load_all(workspace.file)
        self.origins = forms.origins(workspace.file)
        self.days = {own: (v.form.valid_from, v.form.valid_to) for own, v in workspace.versions.items()}
        """In force, by version, as they stand after what was found so far."""
        self.additions: list[Addition] = []
        self.left: list[Left] = []

    def find(self, form: Form, raw: bytes) -> None:
        """Say what becomes of one shipped definition."""
        same = [version for version in self.versions if _same(version.form, form)]
        here = [version for version in same if version.id in self.days]
        if any(_equal(version.form, form) for version in here):
            return
        if any(self._is_own(version) for version in same):
            self.left.append(Left(form, "own"))
        elif any(sheets_on(self.workspace, version.id) for version in here):
            self.left.append(Left(form, "used"))
        else:
            placed = self._place(form, raw, here[-1] if here else None)
            self.left += [Left(form, "days")] if placed is None else []
            if placed is not None:
                self.additions.append(placed)
                self.days |= {own: (self.days[own][0], last) for own, last in placed.closes}
                if placed.corrects is not None:
                    self.days[placed.corrects] = (placed.since, placed.until)

    def _is_own(self, version: StoredForm) -> bool:
        """Whether the department made, changed or dropped a version; an undo of an addition is none of it."""
        origin = self.origins.get(version.id, Origin("", None))
        return origin.defined not in _OURS or origin.dropped not in (None, UNDO)

    def _place(self, form: Form, raw: bytes, former: StoredForm | None) -> Addition | None:
        """The days a definition would be in force on; None where they are taken."""
        since, until = form.valid_from, form.valid_to
        if former is not None:  # days that are not the definition's were set by the department and stay
            was = forms.defined(self.workspace.file, former.id)
            now = self.days[former.id]
            since = since if now[0] == was.valid_from else now[0]
            until = until if now[1] == was.valid_to else now[1]
        around = [v for v in self.versions if v.id in self.days and v is not former]
        around = [v for v in around if v.form.family == form.family or _same_number(v.form, form)]
        later = [self.days[v.id][0] for v in around if self.days[v.id][0] > since]
        later += [a.since for a in self.additions if a.form.family == form.family and a.since > since]
        if later and (until is None or until >= min(later)):
            until = min(later) - _DAY
        closes = []
        for version in around:
            start, last = self.days[version.id]
            if start > since or (last is not None and last < since):
                continue
            if not self._may_end(version, form, since):
                return None
            closes.append((version.id, since - _DAY))
        if until is not None and until < since:
            return None
        return Addition(form, raw, since, until, former.id if former else None, tuple(closes))

    def _may_end(self, version: StoredForm, form: Form, since: date) -> bool:
        """Whether a version that reaches over ``since`` may end the day before: no sheet would lose it."""
        if version.form.family != form.family or self.days[version.id][0] == since:
            return False
        if forms.defined(self.workspace.file, version.id).valid_from >= form.valid_from:
            return False  # a newer one that the department uses from an earlier day on
        on_it = sheets_on(self.workspace, version.id)
        return all(self.workspace.reporting_day(version.form, sheet.period) < since for sheet in on_it)


def _same(one: Form, other: Form) -> bool:
    """Whether two definitions are of one form as one circular has it."""
    return fold(one.circular) == fold(other.circular) and (
        one.family == other.family or _same_number(one, other)
    )


def _same_number(one: Form, other: Form) -> bool:
    return fold(one.number) == fold(other.number)


def _equal(one: Form, other: Form) -> bool:
    """Whether two definitions say the same, but for the days they are in force."""
    return replace(one, valid_from=other.valid_from, valid_to=other.valid_to) == other


def _with_measures(workspace: Workspace, finder: _Finder) -> Shipped:
    """What was found, with the measures, indicators, targets and windows the added forms need."""
    added = [addition.form for addition in finder.additions]
    shipped = seeds.measures()
    given = {provided.measure for form in added for provided in form.provides}
    indicators = [
        indicator
        for indicator in shipped.indicators
        if indicator.id not in workspace.indicators and given & _measures_of(indicator)
    ]
    needed = given.union(*map(_measures_of, indicators))
    by_id = {measure.id: measure for measure in shipped.measures}
    needed |= {part for name in needed if name in by_id and (part := by_id[name].part_of)}
    told = {indicator.id for indicator in indicators}
    regimes = {form.regime for form in added} - workspace.calendar.regimes
    return Shipped(
        tuple(finder.additions),
        tuple(finder.left),
        tuple(m for m in shipped.measures if m.id in needed and m.id not in workspace.measures),
        tuple(indicators),
        tuple(target for target in _targets() if target.indicator in told),
        tuple(rule for rule in seeds.windows() if rule.regime in regimes),
    )


def _measures_of(indicator: Indicator) -> set[str]:
    rules = [rule for rule in (indicator.numerator, indicator.denominator) if rule]
    named = (reference for rule in rules for reference in references(parse(rule)))
    return {reference.name for reference in named if isinstance(reference, MeasureRef)}


def _targets() -> Iterable[SeedTarget]:
    found: tuple[SeedTarget, ...] = seeds.targets(SeedTarget)
    return found
