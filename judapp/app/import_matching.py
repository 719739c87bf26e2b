"""Recognising the worksheets of a workbook: which form, unit and period each is; nothing is written."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from judapp.app.form_finder import FormFinder
from judapp.app.import_candidates import (
    NEEDS_MAPPING,
    REJECTED,
    UNDECIDED,
    UNRECOGNISED,
    Candidate,
    Decision,
    Decisions,
    Wish,
)
from judapp.app.import_comparing import compare
from judapp.app.import_evidence import Evidence
from judapp.app.import_letters import tell_letters
from judapp.app.import_memory import columns_chosen, memory_of, unit_chosen
from judapp.app.import_periods import PeriodFinder
from judapp.app.import_units import UnitFinder, printed_unit
from judapp.app.marking_words import without_lists
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.excel.columns import looks
from judapp.excel.grid import GridSheet
from judapp.excel.header import TableColumns
from judapp.excel.identity import Identity, read_identity
from judapp.excel.letters import in_unicode
from judapp.excel.reader import MAX_UNPACKED, read_workbook
from judapp.excel.recognise import Header, read_header
from judapp.store.forms import StoredForm

_DOUBTS = ("MAP-005", "MAP-021", "MAP-022", "MAP-051")
"""What is said of a table whose columns are not those of the form."""


class Recogniser:
    """Reads workbooks for one preview; remembers between files what forms, units and periods are called."""

    def __init__(self, workspace: Workspace, wish: Wish, decisions: Decisions) -> None:
        """``wish`` is said of all files, ``decisions`` of single worksheets."""
        self._workspace = workspace
        self._wish = wish
        self._decisions = decisions
        self._forms = FormFinder(workspace)
        self._versions: dict[tuple[str, Period], StoredForm] = {}
        self._periods = PeriodFinder(workspace, wish)
        self._units = UnitFinder(workspace, lambda printed: unit_chosen(workspace, printed))

    def candidates(self, path: Path) -> list[Candidate]:
        """The worksheets of the file at ``path`` that are forms; a faulty file is one refused candidate."""
        try:
            status = path.stat()
            content = path.read_bytes() if status.st_size <= MAX_UNPACKED else None
        except OSError as error:
            return [_refused(path, unreachable(path, error))]
        try:
            read = in_unicode(read_workbook(path, content))
            identity = read_identity(path, content)
            found = self._of_grids(path, [sheet.sheet for sheet in read], identity)
            tell_letters(found, read)
        except JudappError as error:
            found = [_refused(path, error)]
        sha256 = hashlib.sha256(content).hexdigest() if content is not None else ""
        for candidate in found:
            candidate.sha256, candidate.modified = sha256, status.st_mtime
        return found

    def _of_grids(self, path: Path, grids: list[GridSheet], identity: Identity | None) -> list[Candidate]:
        """All worksheets that are forms; the best of the others where none is, so that it can be asked."""
        grids = without_lists(grids)
        if identity is not None and grids:
            return [self._of_template(path, grids[0], identity)]
        found = [self._candidate(path, grid) for grid in grids if grid.cells]
        if any(map(_says_form, found)):
            # A sheet beside them that is half a form is asked about; guides and lists are not.
            return [c for c in found if _says_form(c) or _is_half_a_form(c)]
        if not found:
            found = [self._candidate(path, grids[0] if grids else GridSheet("", {}))]
        return [max(found, key=lambda c: max((offer.matched for offer in c.offers), default=-1))]

    def _of_template(self, path: Path, grid: GridSheet, identity: Identity) -> Candidate:
        """A template of ours that came back: its hidden names say what it is, whatever its header says."""
        workspace = self._workspace
        decision = self._decision(path, grid)
        candidate = Candidate(path, grid.name, REJECTED, decision=decision, columns=decision.columns)
        candidate.version = next((v for v in workspace.versions.values() if v.sha256 == identity.form), None)
        candidate.unit = next((unit for unit in workspace.units if unit.uid == identity.unit), None)
        candidate.period = Period.parse(identity.period)
        candidate.header = read_header(grid)
        candidate.evidence = {what: Evidence("template") for what in ("form", "unit", "period")}
        wished = candidate.decision.period or self._wish.period
        version = candidate.version
        if candidate.unit is None or version is None or not workspace.serves(version.form, candidate.period):
            candidate.say("MAP-016")
        elif wished not in (None, candidate.period):
            candidate.say("MAP-003", period=candidate.period.name, wanted=_name(wished))
        else:
            candidate.span = candidate.header.span
            self._compare(candidate, grid)
        return candidate

    def _candidate(self, path: Path, grid: GridSheet) -> Candidate:
        header = read_header(grid)
        decision = self._decision(path, grid)
        candidate = Candidate(path, grid.name, header=header, decision=decision, columns=decision.columns)
        hint = decision.period or header.period or self._wish.period
        candidate.version = self._forms.find(candidate, grid, header, hint)
        if candidate.version is None:
            return candidate
        candidate.status = REJECTED
        candidate.period = self._periods.find(candidate, header)
        if candidate.period is None or any(finding.code == "MAP-003" for finding in candidate.findings):
            return candidate
        if self._of_period(candidate) and self._of_unit(candidate, header):
            candidate.span = self._periods.span(candidate, header)
            self._compare(candidate, grid)
            self._must_be_borne_out(candidate, grid)
        return candidate

    def _must_be_borne_out(self, candidate: Candidate, grid: GridSheet) -> None:
        """Without a printed number, figures left over or a unit that does not report the form are asked."""
        said = {finding.code for finding in candidate.findings}
        if "MAP-041" in said and said & {"MAP-023", "MAP-045", "MAP-049"}:
            candidate.findings = [f for f in candidate.findings if f.code != "MAP-041"]
            candidate.say("MAP-052", form=candidate.form.number)
            candidate.offers = self._forms.offers(grid)
            candidate.status = UNRECOGNISED

    def _of_period(self, candidate: Candidate) -> bool:
        """The version of the form for the period; says which form that period is on where it is another."""
        assert candidate.period is not None  # asked only where it is known
        form = candidate.form
        try:
            asked = form.number, candidate.period
            if asked not in self._versions:
                self._versions[asked] = self._workspace.version_for(*asked)
            candidate.version = self._versions[asked]
        except JudappError:
            now = self._workspace.serving(form.family, candidate.period)
            params = {"form": form.number, "period": candidate.period.name}
            if now is None:
                candidate.say("MAP-009", **params)
            else:
                params |= {"circular": form.circular, "now": now.form.number, "since": now.form.circular}
                candidate.say("MAP-044", **params)
            return False
        return True

    def _of_unit(self, candidate: Candidate, header: Header) -> bool:
        assert candidate.period is not None  # asked only where it is known
        workspace, day = self._workspace, candidate.period.last_day
        if candidate.decision.unit is not None:
            candidate.unit = workspace.units[candidate.decision.unit]
            candidate.evidence["unit"] = Evidence("hand")
        elif self._wish.unit is not None:
            unit = workspace.unit(self._wish.unit, candidate.period)
            printed, _ = self._printed_unit(candidate, header)
            if printed and unit not in self._units.named(printed, day, candidate.form):
                candidate.say("MAP-012", name=printed, wanted=workspace.units.name(unit.uid, day))
                return False
            candidate.unit = unit
            candidate.evidence["unit"] = Evidence("wish")
        else:
            candidate.unit = self._units.find(candidate, header, day)
        return candidate.unit is not None

    def _printed_unit(self, candidate: Candidate, header: Header) -> tuple[str, str]:
        assert candidate.period is not None  # asked only where it is known
        names = self._units.names(candidate.period.last_day)
        return printed_unit(header, candidate.form, names)

    def _compare(self, candidate: Candidate, grid: GridSheet) -> None:
        """Hold it against what there is; where columns are doubtful, as they were paired before, or asked."""
        told = list(candidate.findings)
        compare(self._workspace, candidate, grid)
        self._note_memory(candidate, grid)
        if not _doubts(candidate):
            return
        before = () if candidate.columns else self._as_before(candidate, grid)
        if before:
            again = replace(
                candidate, status=REJECTED, findings=told, changes=[], unchanged=0, columns=before, figures={}
            )
            compare(self._workspace, again, grid)
            if not _doubts(again):
                again.say("MAP-036", "info", form=candidate.form.number)
                for name in again.__struct_fields__:
                    setattr(candidate, name, getattr(again, name))
                return
        assert candidate.version is not None  # it was compared
        other = None if candidate.columns else self._forms.other(grid, candidate.version)
        if other is not None and candidate.decision.form is None:
            params = {"form": candidate.form.number, "other": other[0].form.number}
            params |= {"circular": other[0].form.circular}
            candidate.findings = [f for f in candidate.findings if f.code not in _DOUBTS]
            candidate.say("MAP-043", **params, matched=other[1].matched, columns=other[1].columns)
            candidate.offers = self._forms.offers(grid)
            candidate.status = REJECTED
        else:
            candidate.offers = self._forms.offers(grid)
            candidate.status = NEEDS_MAPPING

    def _as_before(self, candidate: Candidate, grid: GridSheet) -> tuple[TableColumns, ...]:
        version, sender, _ = candidate.target
        found = looks(grid, candidate.form.tables)
        return columns_chosen(self._workspace, sender, self._workspace.version(version).sha256, found)

    def _note_memory(self, candidate: Candidate, grid: GridSheet) -> None:
        """What to keep of the decision, where it is to hold for the next files."""
        if not candidate.decision.remember or candidate.version is None or candidate.header is None:
            return
        printed, _ = self._printed_unit(candidate, candidate.header)
        found = looks(grid, candidate.form.tables) if candidate.decision.columns else []
        candidate.memory = memory_of(candidate, printed, candidate.version.sha256, found)

    def _decision(self, path: Path, grid: GridSheet) -> Decision:
        return self._decisions.get((path, grid.name), UNDECIDED)


def _says_form(candidate: Candidate) -> bool:
    """Whether a worksheet is a form, known or not."""
    printed = candidate.header is not None and bool(candidate.header.number)
    return candidate.version is not None or printed or candidate.decision.form is not None


def _is_half_a_form(candidate: Candidate) -> bool:
    return any(2 * offer.matched >= offer.columns >= 2 for offer in candidate.offers)


def _doubts(candidate: Candidate) -> bool:
    return any(finding.code in _DOUBTS for finding in candidate.findings)


def _refused(path: Path, error: JudappError) -> Candidate:
    refused = Candidate(path, status=REJECTED)
    refused.say(error.code, **error.params)
    return refused


def unreachable(path: Path, error: OSError) -> JudappError:
    """Why a file that was there cannot be read now: FIL-004 or FIL-006."""
    if isinstance(error, FileNotFoundError):
        return JudappError("FIL-004", path=str(path))
    return JudappError("FIL-006", path=str(path), reason=error.strerror or "")


def _name(period: Period | None) -> Any:
    return "" if period is None else period.name
