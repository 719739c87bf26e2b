"""Recognising the worksheets of a workbook: which form, unit and period each is; nothing is written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from judapp.app.import_candidates import REJECTED, UNDECIDED, Candidate, Decision, Decisions, Wish
from judapp.app.import_comparing import compare
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.excel.grid import GridSheet
from judapp.excel.identity import Identity, read_identity
from judapp.excel.reader import MAX_UNPACKED, read_workbook
from judapp.excel.recognise import Header, read_header, unit_names
from judapp.text import fold


class Recogniser:
    """Reads workbooks for one preview; remembers between files how units are called."""

    def __init__(self, workspace: Workspace, wish: Wish, decisions: Decisions) -> None:
        """``wish`` is said of all files, ``decisions`` of single worksheets."""
        self._workspace = workspace
        self._wish = wish
        self._decisions = decisions
        self._names: dict[date, dict[str, list[Unit]]] = {}

    def candidates(self, path: Path) -> list[Candidate]:
        """The worksheets of the file at ``path`` that are forms; a faulty file is one refused candidate."""
        try:
            status = path.stat()
            sha256 = _digest(path) if status.st_size <= MAX_UNPACKED else ""
        except OSError as error:
            return [_refused(path, unreachable(path, error))]
        try:
            found = self._of_grids(path, read_workbook(path))
        except JudappError as error:
            found = [_refused(path, error)]
        for candidate in found:
            candidate.sha256, candidate.modified = sha256, status.st_mtime
        return found

    def _of_grids(self, path: Path, grids: list[GridSheet]) -> list[Candidate]:
        identity = read_identity(path)
        if identity is not None and grids:
            return [self._of_template(path, grids[0], identity)]
        headers = [(grid, read_header(grid)) for grid in grids]
        with_form = [(grid, header) for grid, header in headers if header.number]
        if not with_form:
            candidate = Candidate(path, grids[0].name if grids else "")
            candidate.say("MAP-001")
            return [candidate]
        return [self._candidate(path, grid, header) for grid, header in with_form]

    def _of_template(self, path: Path, grid: GridSheet, identity: Identity) -> Candidate:
        """A template of ours that came back: its hidden names say what it is, whatever its header says."""
        workspace = self._workspace
        candidate = Candidate(path, grid.name, REJECTED, decision=self._decision(path, grid))
        candidate.version = next((v for v in workspace.versions.values() if v.sha256 == identity.form), None)
        candidate.unit = next((unit for unit in workspace.units if unit.uid == identity.unit), None)
        candidate.period = Period.parse(identity.period)
        candidate.header = read_header(grid)
        wished = candidate.decision.period or self._wish.period
        version = candidate.version
        if candidate.unit is None or version is None or not workspace.serves(version.form, candidate.period):
            candidate.say("MAP-016")
        elif wished not in (None, candidate.period):
            candidate.say("MAP-003", period=candidate.period.name, wanted=_name(wished))
        else:
            candidate.span = candidate.header.span
            compare(workspace, candidate, grid)
        return candidate

    def _candidate(self, path: Path, grid: GridSheet, header: Header) -> Candidate:
        decision = self._decision(path, grid)
        candidate = Candidate(path, grid.name, header=header, decision=decision)
        versions = self._workspace.versions.values()
        # Which version it is depends on the period; until that is known, any of them names the form.
        candidate.version = next((v for v in versions if fold(v.form.number) == fold(header.number)), None)
        if candidate.version is None:
            candidate.say("MAP-014", number=header.number)
            return candidate
        candidate.status = REJECTED
        wished = self._wish.period
        candidate.period = decision.period or header.period or wished
        if candidate.period is None:
            candidate.say("MAP-007")
        elif decision.period is None and wished is not None and header.period not in (None, wished):
            candidate.say("MAP-003", period=header.period_text, wanted=_name(wished))
        elif self._of_period(candidate, header) and self._of_unit(candidate, header):
            candidate.span = header.span
            compare(self._workspace, candidate, grid)
        return candidate

    def _of_period(self, candidate: Candidate, header: Header) -> bool:
        assert candidate.period is not None  # asked only where it is known
        try:
            candidate.version = self._workspace.version_for(header.number, candidate.period)
        except JudappError:
            candidate.say("MAP-009", form=header.number, period=candidate.period.name)
            return False
        return True

    def _of_unit(self, candidate: Candidate, header: Header) -> bool:
        assert candidate.period is not None  # asked only where it is known
        workspace, day = self._workspace, candidate.period.last_day
        named = self.named(header.unit, day)
        if candidate.decision.unit is not None:
            candidate.unit = workspace.units[candidate.decision.unit]
        elif self._wish.unit is not None:
            unit = workspace.unit(self._wish.unit, candidate.period)
            if header.unit and unit not in named:
                candidate.say("MAP-012", name=header.unit, wanted=workspace.units.name(unit.uid, day))
                return False
            candidate.unit = unit
        elif len(named) == 1:
            candidate.unit = named[0]
        else:
            candidate.say("MAP-006", name=header.unit, day=day)
        return candidate.unit is not None

    def named(self, text: str, day: date) -> list[Unit]:
        """The units a printed name means on ``day``."""
        if day not in self._names:
            known = self._names[day] = defaultdict(list)
            for unit in self._workspace.units:
                state = self._workspace.units.state(unit.uid, day)
                if state is not None:
                    known[fold(state.name)].append(unit)
        for name in unit_names(text):
            found = self._names[day].get(fold(name))
            if found:
                return found
        return []

    def _decision(self, path: Path, grid: GridSheet) -> Decision:
        return self._decisions.get((path, grid.name), UNDECIDED)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
