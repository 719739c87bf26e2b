"""The forms of a round as the first page lists them: own sheet, base units below, deadline, person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.app.overview import (
    DRAFT,
    MISSING,
    SUBMITTED,
    WITH_ERRORS,
    Standing,
    persons_of,
    standing,
    window_of,
)
from judapp.app.people import same_name
from judapp.app.reporting import right_below
from judapp.app.standings import remembered
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.store import history, received, sheets
from judapp.store.forms import StoredForm
from judapp.store.sheets import Sheet as StoredSheet

CHECKED, RETURNED, NOT_OWN = "checked", "returned", ""
"""Nothing left to mend or answer · handed in once and open again · a form only base units report."""

STATES = (RETURNED, WITH_ERRORS, MISSING, DRAFT, CHECKED, SUBMITTED)
"""What an own sheet can be, the one that wants somebody most first."""

_DIGITS = re.compile(r"(\d+)")


class Base(Struct, frozen=True):
    """What the units below reported on one form."""

    number: str
    expected: int
    received: int
    missing: tuple[str, ...]
    """Names of the units nothing came from."""
    with_errors: int
    """Units whose sheet has errors."""
    errors: int
    unexplained: int
    due: date | None
    overdue_days: int
    """0 unless somebody is missing after the deadline."""


class FormLine(Struct, frozen=True):
    """One form of the round; counts are those of the own sheet."""

    version: int
    family: str
    number: str
    title: str
    area: str
    state: str
    """One of :data:`STATES`, or :data:`NOT_OWN`."""
    errors: int
    unexplained: int
    unanswered: int
    base: Base | None
    due: date | None
    due_source: str
    """The document the deadline stands in, "" where none is known."""
    overdue_days: int
    person: str
    mine: bool
    reason: str = ""
    """Why it was returned."""

    @property
    def short(self) -> str:
        """The number as people say it: "10b"."""
        return short(self.number)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do here."""
        base = self.base is None or self.base.received == self.base.expected
        return self.state == SUBMITTED or (self.state == NOT_OWN and base)

    @property
    def late(self) -> bool:
        """Whether the own sheet, or one of a base unit, is overdue."""
        return self.overdue_days > 0 or (self.base is not None and self.base.overdue_days > 0)


def short(number: str) -> str:
    """The first part of a form number, as people say it: "10b" of "10b/TP/CC"."""
    return number.split("/")[0]


def form_lines(workspace: Workspace, period: Period, unit: Unit, today: date, me: str) -> list[FormLine]:
    """The forms ``unit`` owes or began in ``period``, and those the units below it owe or began.

    What base units report stands in the line of the form that reads it, else in a line of its own.
    """
    round_ = _Round(workspace, period, unit, today, me)
    own = [round_.own(version) for version in round_.own_versions()]
    base = round_.base()
    lines = []
    for line in own:
        form = workspace.version(line.version).form
        read = [family for family in base if family == line.family or reads(form, family)]
        lines.append(round_.with_base(line, [base.pop(family) for family in read]))
    lines += [round_.base_only(found) for found in base.values()]
    return sorted(lines, key=lambda line: in_order(line.number))


def other_forms(
    workspace: Workspace, period: Period, unit: Unit, today: date, lines: Iterable[FormLine]
) -> list[FormLine]:
    """Forms of the catalogue that serve the round and that ``unit`` could report, but nobody asked it to."""
    listed = {line.family for line in lines if line.state != NOT_OWN}
    round_ = _Round(workspace, period, unit, today, "")
    found = [
        round_.line(version, Standing(MISSING, 0, 0, 0))
        for version in workspace.versions.values()
        if version.form.family not in listed
        and workspace.serves(version.form, period)
        and any(unit.kind in level.unit_kinds for level in version.form.levels)
    ]
    return sorted(found, key=lambda line: in_order(line.number))


class _Round:
    """What is asked of the workspace once for all forms of a round."""

    def __init__(self, workspace: Workspace, period: Period, unit: Unit, today: date, me: str) -> None:
        self.workspace, self.period, self.unit, self.today, self.me = workspace, period, unit, today, me
        self.day = period.last_day
        self.persons = persons_of(workspace, self.day)
        self.sheets = workspace.sheets_of(period)
        self.answered = sheets.answered(workspace.file, period)

    def own_versions(self) -> list[StoredForm]:
        owed = {
            o.family for o in self.workspace.obligations if o.unit == self.unit.uid and o.holds_on(self.day)
        }
        begun = {sheet.form for sheet in self.sheets if sheet.unit == self.unit.uid}
        families = {self.workspace.version(own).form.family for own in begun}
        asked = [
            version
            for version in self.workspace.versions.values()
            if version.form.family in owed - families and self.workspace.serves(version.form, self.period)
        ]
        return [*asked, *(self.workspace.version(own) for own in sorted(begun))]

    def own(self, version: StoredForm) -> FormLine:
        stored = self.workspace.stored(version.id, self.unit.uid, self.period)
        if stored is None:
            return self.line(version, Standing(MISSING, 0, 0, 0))
        found = standing(self.workspace, stored)
        if stored.state == DRAFT and stored.revision:
            reason = _why_returned(self.workspace, stored)
            return self.line(version, Standing(RETURNED, *_counts(found)), reason)
        if found.state == DRAFT and not any(_counts(found)):
            return self.line(version, Standing(CHECKED, 0, 0, 0))
        return self.line(version, found)

    def line(self, version: StoredForm, own: Standing, reason: str = "") -> FormLine:
        form = version.form
        window = window_of(self.workspace, form, self.unit.uid, self.period)
        due = window.due if window and own.state != NOT_OWN else None
        late = (self.today - due).days if due and own.state not in (SUBMITTED, NOT_OWN) else 0
        person = self.persons.get((form.family, self.unit.uid), "")
        return FormLine(
            version.id,
            form.family,
            form.number,
            form.title,
            form.area,
            own.state,
            *_counts(own),
            None,
            due,
            window.source if window and due else "",
            max(0, late),
            person,
            bool(person) and same_name(person, self.me),
            reason,
        )

    # --- base units

    def base(self) -> dict[str, _Below]:
        """What the units below owe or sent, by family."""
        units = self.workspace.units
        below = {child.uid for child in right_below(self.workspace, self.unit.uid, self.period)}
        present = {uid for uid in below if units.state(uid, self.day) is not None}
        found: dict[str, _Below] = {}
        serving = [v for v in self.workspace.versions.values() if self.workspace.serves(v.form, self.period)]
        marks = {(m.form, m.unit): m.kind for m in received.marks(self.workspace.file, self.period)}
        for obligation in self.workspace.obligations:
            if obligation.unit in present and obligation.holds_on(self.day):
                for version in serving:
                    if version.form.family != obligation.family:
                        continue
                    said = marks.get((version.id, obligation.unit))
                    if said == received.ON_PAPER:
                        found.setdefault(obligation.family, _Below(version)).paper.add(obligation.unit)
                    if said != received.NOT_OWED:
                        entry = found.setdefault(obligation.family, _Below(version))
                        entry.expected.add(obligation.unit)
        for sheet in self.sheets:
            if sheet.unit in below and sheet.id in self.answered:
                version = self.workspace.version(sheet.form)
                entry = found.setdefault(version.form.family, _Below(version))
                entry.expected.add(sheet.unit)
                entry.sheets[sheet.unit] = sheet
        return found

    def with_base(self, line: FormLine, found: list[_Below]) -> FormLine:
        if not found:
            return line
        # A form that reads several of base units is rare; the one with most units stands for them.
        base = self._summed(max(found, key=lambda below: len(below.expected)))
        return _with(line, base)

    def base_only(self, found: _Below) -> FormLine:
        return _with(self.line(found.version, Standing(NOT_OWN, 0, 0, 0)), self._summed(found))

    def _summed(self, found: _Below) -> Base:
        counted = [remembered(self.workspace, sheet) for sheet in found.sheets.values()]
        paper = found.paper - found.sheets.keys()
        missing = sorted(found.expected - found.sheets.keys() - paper)
        units = self.workspace.units
        window = window_of(self.workspace, found.version.form, min(found.expected), self.period)
        due = window.due if window else None
        late = (self.today - due).days if due and missing else 0
        return Base(
            found.version.form.number,
            len(found.expected),
            len(found.sheets) + len(paper),
            tuple(sorted(units.name(uid, self.day) for uid in missing)),
            sum(own.errors > 0 for own in counted),
            sum(own.errors for own in counted),
            sum(own.unexplained for own in counted),
            due,
            max(0, late),
        )


class _Below(Struct):
    version: StoredForm
    expected: set[str] = field(default_factory=set)
    sheets: dict[str, StoredSheet] = field(default_factory=dict)
    paper: set[str] = field(default_factory=set)
    """Units whose sheet came on paper: nobody asks for it any more."""


def _with(line: FormLine, base: Base) -> FormLine:
    return replace(line, base=base)


def _counts(own: Standing) -> tuple[int, int, int]:
    return own.errors, own.unexplained, own.unanswered


def reads(form: Form, family: str) -> bool:
    """Whether a rule of ``form`` speaks of cells of the forms of ``family``."""
    rules = (rule.rule for group in (form.rollup, form.computed, form.relations) for rule in group)
    return any(f"{family}!" in rule for rule in rules)


def _why_returned(workspace: Workspace, stored: StoredSheet) -> str:
    steps = history.operations(workspace.file, 20, stored.id)
    return next((step.reason or "" for step in steps if step.kind == "return"), "")


def in_order(number: str) -> list[tuple[bool, int, str]]:
    """Form numbers as people sort them: 9 before 10b, words after numbers."""
    parts = [part for part in _DIGITS.split(number) if part]
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part.casefold()) for part in parts]
