"""An open data file with its registers, and the only way figures change: :meth:`Workspace.apply`."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import MAXYEAR, UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from judapp.app.context import SheetContext
from judapp.app.refusals import state_name, twice
from judapp.app.reporting import answering_in, repeated_units
from judapp.app.steady import SheetKey, SteadyContext, Watched
from judapp.domain.catalogue import Form, Level, Row
from judapp.domain.claim import Claim
from judapp.domain.live import Remembered
from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import DEPARTMENT, Calendar, Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import RepeatedUnit, expand
from judapp.domain.shape import Plan, plan_of
from judapp.domain.target import Target
from judapp.domain.unit import Unit, Units
from judapp.errors import JudappError
from judapp.store import calendar as stored_calendar
from judapp.store import documents, forms, history, measures, sheets, targets, undo, units
from judapp.store.database import DataFile
from judapp.store.documents import Document
from judapp.store.forms import StoredForm
from judapp.store.obligations import Obligation
from judapp.store.obligations import load as load_obligations
from judapp.store.operations import Applied, Operation, Writer, apply
from judapp.store.sheets import ADJUST, OWN
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import fold

OPEN_STATES = ("draft",)
"""States in which the figures of a sheet may change; every other one is left by a step of its own."""

_OF_SHEETS = frozenset({"sheet", "sheet_row", "remark", "setting", "snapshot"})
"""Tables beside the figures that no register is read from."""


class Workspace:
    """A data file at work. Registers are read once and again after an operation changed them."""

    def __init__(self, file: DataFile, *, who: str | None = None, machine: str | None = None) -> None:
        """``who`` and ``machine`` stand in the history; if not given, who is logged in and this computer."""
        self.file = file
        self.who = who or _person()
        self.machine = machine or platform.node() or "?"
        self._told = int(file.meta("ops") or 0)  # the newest operation a person at this window knows of
        self._resolved: dict[SheetKey, Resolved | None] = {}
        self._read_by: dict[SheetKey, frozenset[SheetKey]] = {}
        """The sheets that were looked at while one was reckoned."""
        self._watched: Watched = []
        self._reporting_days: dict[tuple[str, Period], date] = {}
        self._answering: dict[Period, dict[str, frozenset[str]]] = {}

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the data file at ``path``; raises what :meth:`DataFile.open` raises (DBF-…)."""
        return cls(DataFile.open(path, read_only=read_only))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; afterwards it is one file, safe to copy."""
        self.file.close()

    # --- writing

    def apply(
        self,
        kind: str,
        label: str,
        build: Callable[[Writer], object],
        *,
        touches: Iterable[int] = (),
        reason: str | None = None,
        sheet: int | None = None,
    ) -> Applied:
        """Carry out one operation; the only way anything in the file changes (design 4.4).

        ``touches`` are the sheets whose figures or remarks it may change: raises STA-002 where one of them is
        submitted. Raises what the disk or another program cause (DBF-…); nothing is changed then.
        """

        def guarded(writer: Writer) -> None:
            for own in touches:
                self._must_be_open(own)
            build(writer)

        operation = Operation(
            kind=kind,
            label=label,
            who=self.who,
            machine=self.machine,
            at=now(),
            reason=reason,
            sheet=sheet,
        )
        return self._done(apply(self.file, operation, guarded))

    def undo(self, op_id: int | None = None) -> tuple[str, Applied]:
        """Take back operation ``op_id``, or the newest one that stands; returns its name and what changed.

        Raises UND-001, UND-002, and STA-002 where a sheet it touched is submitted meanwhile; UND-003 where
        the newest is another window's and was not told here yet: asked again, it is taken back.
        """
        if op_id:
            found = history.operation(self.file, op_id)
        else:
            found = self._told_of(history.last_undoable(self.file, skip=FOUNDING))
        if found is None:
            raise JudappError("UND-002")
        for sheet in history.sheets_of(self.file, found.id):
            self._must_be_open(sheet)
        applied = undo.undo(self.file, found.id, who=self.who, machine=self.machine, at=now())
        return found.label, self._done(applied)

    def redo(self) -> tuple[str, Applied]:
        """Take back the newest undo that stands; raises UND-002 when there is none."""
        found = self._told_of(history.last_redoable(self.file))
        if found is None:
            raise JudappError("UND-002")
        return self.undo(found.id)

    def tell(self, op_id: int) -> None:
        """Note that everything up to operation ``op_id`` was shown: a bare undo may take it back."""
        self._told = max(self._told, op_id)

    def _told_of(self, found: history.OperationRecord | None) -> history.OperationRecord | None:
        """``found``, unless another window of the same file did it and nobody here was told (UND-003)."""
        if found is not None and found.id > self._told:
            self.tell(found.id)
            self._forget()
            raise JudappError("UND-003", label=found.label, who=found.who)
        return found

    def _done(self, applied: Applied) -> Applied:
        """Forget what the operation may have changed and nothing else: a grid asks again after every cell."""
        self.tell(applied.op_id or 0)
        self._answering.clear()
        if applied.tables <= _OF_SHEETS:
            years = [sheets.get(self.file, sheet).period.year for sheet in applied.sheets]
            earliest = min(years, default=MAXYEAR)
            # A round is reckoned from others of its own year and of earlier ones (Period.related).
            self._resolved = {key: found for key, found in self._resolved.items() if key[2].year < earliest}
            return applied
        self._forget()
        return applied

    def _forget(self) -> None:
        self._resolved.clear()
        self._reporting_days.clear()
        self._answering.clear()
        for name in ("units", "calendar", "versions", "measures", "indicators", "obligations"):
            with suppress(AttributeError):
                delattr(self, name)

    def _must_be_open(self, sheet: int) -> None:
        stored = sheets.get(self.file, sheet)
        if stored.state not in OPEN_STATES:
            raise JudappError(
                "STA-002",
                form=self.version(stored.form).form.number,
                unit=self.units.name(stored.unit, stored.period.last_day),
                state=state_name(stored.state),
            )

    # --- registers

    @cached_property
    def units(self) -> Units:
        """The register of units."""
        return units.load(self.file)

    @cached_property
    def calendar(self) -> Calendar:
        """Windows and deadlines."""
        return stored_calendar.load(self.file)

    @cached_property
    def versions(self) -> dict[int, StoredForm]:
        """Every form version by id."""
        return {version.id: version for version in forms.load(self.file)}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in measures.load_measures(self.file)}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by id, in their order."""
        return {indicator.id: indicator for indicator in measures.load_indicators(self.file)}

    @cached_property
    def obligations(self) -> list[Obligation]:
        """Who owes what."""
        return load_obligations(self.file)

    def targets(self) -> list[Target]:
        """All targets."""
        return targets.load(self.file)

    def claims(self) -> list[Claim]:
        """All published claims."""
        return targets.load_claims(self.file)

    def document(self, own: int) -> Document | None:
        """A document by id."""
        return documents.load(self.file).get(own)

    @property
    def owner(self) -> Unit:
        """The province the file belongs to."""
        return self.units[self.file.meta("owner") or ""]

    @property
    def practice(self) -> bool:
        """Whether this is practice or demonstration data, which is marked wherever it is shown."""
        return self.file.meta("practice") == "1"

    # --- units

    def unit(self, code: str, period: Period) -> Unit:
        """The unit with ``code`` as of the period's last day; raises UNT-001, UNT-002."""
        return self.units.by_code(code, period.last_day)

    def unit_code(self, uid: str, day: date) -> str:
        """The code of a unit on ``day``, else its newest one."""
        return (self.units.state(uid, day) or self.units.latest(uid)).code

    def repeated_units(self, plan: Row, form: Form, unit: str, period: Period) -> list[RepeatedUnit]:
        """The units a row plan of ``form`` repeats for under ``unit``."""
        return repeated_units(self, plan, form, unit, period)

    # --- forms

    def version(self, own: int) -> StoredForm:
        """A form version by id, also one no longer in the catalogue."""
        return self.versions.get(own) or forms.get(self.file, own)

    def version_for(self, number: str, period: Period) -> StoredForm:
        """The version of form ``number`` (or family) for ``period``.

        Raises FRM-001 (no such form), FRM-002 (no version of it for that period), FVR-001 (two versions are
        in force then: which one is meant is never guessed).
        """
        wanted = fold(number)
        named = [v for v in self.versions.values() if wanted in (fold(v.form.number), fold(v.form.family))]
        if not named:
            raise JudappError("FRM-001", form=number)
        fitting = [v for v in named if self.serves(v.form, period)]
        if not fitting:
            raise JudappError("FRM-002", form=number, period=period.code)
        if len(fitting) > 1:
            raise twice(fitting, period)
        return fitting[0]

    def serving(self, family: str, period: Period) -> StoredForm | None:
        """The version of a family for ``period``, None where there is none; of two the later one.

        For reckoning only, which must go on where a catalogue has two: :meth:`version_for` says it.
        """
        fitting = [v for v in self.versions.values() if v.form.family == family]
        fitting = [v for v in fitting if self.serves(v.form, period)]
        return max(fitting, key=lambda v: (v.form.valid_from, v.id), default=None)

    def serves(self, form: Form, period: Period) -> bool:
        """Whether this version is the one a round is reported on: the one in force when the report is due.

        So the year round of 2025, due in November, is on the forms of 17/2025/TT-BTP although its days end
        before that circular began. Where no deadline is known, the last day of the window decides.
        """
        return form.serves(period, self.reporting_day(form, period))

    def reporting_day(self, form: Form, period: Period) -> date:
        """The day that decides which version of a form a round is reported on (:meth:`serves`)."""
        known = self._reporting_days.get((form.regime, period))
        if known is None:
            window = self.calendar.window(form.regime, period)
            known = ((window.due or window.span.end) if window else None) or period.last_day
            self._reporting_days[form.regime, period] = known
        return known

    def versions_providing(self, measure: str) -> list[StoredForm]:
        """The form versions that give a measure, newest first, but for those that may not be compared."""
        return sorted(
            (v for v in self.versions.values() if any(p.measure == measure for p in v.form.provides)),
            key=lambda v: v.form.valid_from,
            reverse=True,
        )

    def span(self, form: Form, period: Period) -> Span:
        """The days of ``period`` in the regime of ``form``, not stated where no rule is known."""
        window = self.calendar.window(form.regime, period)
        return window.span if window else Span(None, None)

    def plan(self, form: Form, unit: str, period: Period) -> Plan:
        """The cells of ``form`` for a unit and period, with no row of a sheet's own."""
        return plan_of(
            form,
            {
                table.key: expand(table, lambda plan: self.repeated_units(plan, form, unit, period))
                for table in form.tables
            },
        )

    def level_of(self, form: Form, unit: Unit) -> Level | None:
        """At which level a unit reports a form: the one that names its kind, else the department's."""
        named = next((level for level in form.levels if unit.kind in level.unit_kinds), None)
        return named or next((level for level in form.levels if level.level == DEPARTMENT), None)

    # --- sheets

    def stored(self, version: int, unit: str, period: Period) -> StoredSheet | None:
        """The sheet of a unit on a form version in a period, None where none was begun."""
        found = sheets.find(self.file, form=version, unit=unit, period=period, layer=OWN)
        return found[-1] if found else None

    def resolved(self, version: int, unit: str, period: Period) -> Resolved | None:
        """The reckoned sheet, None where none was begun; kept until something changes."""
        key = (version, unit, period)
        if key not in self._resolved:
            self._resolved[key] = (
                None  # a form that refers to itself over another period finds nothing there yet
            )
            self._watched.append(set())
            try:
                stored = self.stored(version, unit, period)
                if stored is not None:
                    self._resolved[key] = self.resolve(self.load(stored), version)
            finally:
                self._read_by[key] = frozenset(self._watched.pop())
        for seen in self._watched:
            seen.add(key)
            seen |= self._read_by.get(key, frozenset())
        return self._resolved[key]

    def resolve(self, sheet: Sheet, version: int) -> Resolved:
        """Reckon a sheet on form ``version`` that need not be in the file; what it looks at is remembered."""
        own = (version, sheet.unit, sheet.period)
        context = SteadyContext(SheetContext(self, sheet), self._watched, own)
        return resolve(sheet, Remembered(context, context.passing))

    def load(self, stored: StoredSheet) -> Sheet:
        """The content of a stored sheet with the department's adjustments."""
        layers = sheets.find(
            self.file, form=stored.form, unit=stored.unit, period=stored.period, layer=ADJUST
        )
        adjusted = {
            key: figure.value
            for layer in layers
            for key, figure in sheets.figures(self.file, layer.id).items()
            if figure.value is not None
        }
        return Sheet(
            self.version(stored.form).form,
            stored.unit,
            stored.period,
            stored.span,
            sheets.figures(self.file, stored.id),
            {table: tuple(rows) for table, rows in sheets.own_rows(self.file, stored.id).items()},
            adjusted,
        )

    def sheets_of(self, period: Period) -> list[StoredSheet]:
        """Every sheet of a period."""
        return sheets.find(self.file, period=period, layer=OWN)

    def answering(self, period: Period) -> Mapping[str, frozenset[str]]:
        """The units (uid) that answered anything of a form family in a period, by family."""
        if period not in self._answering:
            self._answering[period] = answering_in(self, period)
        return self._answering[period]


FOUNDING = ("new", "catalogue")
"""Operations that make the file what it is; they are not undone by a bare undo."""


def now() -> str:
    """The present moment as the history writes it: ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def today() -> date:
    """The present day where the program runs; deadlines are days of the department's own calendar."""
    return datetime.now().astimezone().date()


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"
