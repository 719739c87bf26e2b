"""Importing workbooks: preview old → new, decide what is unclear, then all as one operation (promise 6)."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from judapp.app.drafts import settle
from judapp.app.entering import keep_unit_rows
from judapp.app.import_candidates import (
    APPLIED,
    DUPLICATE,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Candidate,
    Change,
    Decision,
    Decisions,
    Wish,
)
from judapp.app.import_matching import Recogniser, unreachable
from judapp.app.minutes import minutes_of_file
from judapp.app.workspace import Workspace
from judapp.domain.figure import EMPTY
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.excel.reader import SUFFIXES
from judapp.store import imports, sheets
from judapp.store.documents import keep
from judapp.store.operations import Applied, Writer

__all__ = [
    "APPLIED", "DUPLICATE", "READY", "REJECTED", "UNCHANGED", "UNRECOGNISED", "Candidate", "Change",
    "Decision", "Wish", "apply_import", "assign", "keep_one", "preview", "read_again",
]  # fmt: skip

Step = Callable[[int, int, str], object]
"""Called with files done, files in all and the name of the next one; may raise to stop."""
Seen = Callable[[Sequence[Candidate]], object]
"""Called with the worksheets of each file as soon as it is read."""

_LOOKED_AT = (*SUFFIXES, ".xls", ".ods", ".xlsb", ".csv")
"""Files of a folder that are meant: those not read yet are named with what to do."""
_RIVAL, _LEFT_OUT = "MAP-013", "MAP-018"
"""What is said of worksheets for one sheet while nobody chose, and of those that another was preferred to."""


def preview(
    workspace: Workspace,
    paths: Iterable[Path],
    wish: Wish | None = None,
    step: Step | None = None,
    seen: Seen | None = None,
    beside: Sequence[Candidate] = (),
) -> list[Candidate]:
    """What importing ``paths`` (workbooks or folders of them) would do; nothing is written.

    A fault of a file is a finding of that file, the others go on. ``step`` may raise to stop at any file.
    ``beside`` are candidates read before: they come first, their files are not read again, and two files for
    one sheet are found among all. Raises FIL-004 for a path not there.
    """
    told = step or _untold
    known = {candidate.path.absolute() for candidate in beside}
    files = [path for path in _files(paths, told) if path.absolute() not in known]
    return _settled([*beside, *_read(workspace, files, wish or Wish(), {}, told, seen)])


def read_again(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    wish: Wish | None = None,
    step: Step | None = None,
    seen: Seen | None = None,
) -> list[Candidate]:
    """A new preview of the same files with what was decided about them: after an undo or another change."""
    files = list(dict.fromkeys(candidate.path for candidate in candidates))
    return _settled(_read(workspace, files, wish or Wish(), _decisions(candidates), step or _untold, seen))


def assign(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    positions: Collection[int],
    wish: Wish | None = None,
    **said: Any,
) -> list[Candidate]:
    """Say by hand what the worksheets at ``positions`` are: any fields of :class:`Decision` by name.

    What was said of them before stays, but that one of several counts. Those files are read again; the result
    is all candidates in their order, the given ones left as they are.
    """
    again = list(candidates)
    for position in positions:
        former = again[position]
        decision = replace(former.decision, counts=None, **said)
        decisions = {(former.path, former.sheet): decision}
        fresh = Recogniser(workspace, wish or Wish(), decisions).candidates(former.path)
        again[position] = next((c for c in fresh if c.sheet == former.sheet), fresh[0])
    return _settled(again)


def keep_one(candidates: Sequence[Candidate], chosen: int, *, keep: bool = True) -> list[Candidate]:
    """Choose between worksheets for one sheet: the one at ``chosen`` counts; with ``keep=False`` none does.

    The result is all candidates in their order, the given ones left as they are.
    """
    wanted = candidates[chosen].target
    again = []
    for position, candidate in enumerate(candidates):
        if _may_count(candidate) and candidate.target == wanted:
            decision = replace(candidate.decision, counts=keep and position == chosen)
            candidate = replace(candidate, decision=decision)
        again.append(candidate)
    return _settled(again)


def apply_import(
    workspace: Workspace, candidates: Sequence[Candidate], skip: Collection[int] = ()
) -> Applied:
    """Write every candidate that is ready, as one operation; afterwards it is ``applied`` or ``unchanged``.

    Those at the positions ``skip`` are left out. Each figure remembers file, sha-256, sheet and cell; minutes
    of everything that was read, written and left out stay with the operation.

    Raises STA-002, DBF-…, FIL-004/006/007 (a file changed since it was read), MAP-017 (a sheet did); nothing
    is written then.
    """
    ready = [c for position, c in enumerate(candidates) if c.status == READY and position not in skip]
    changing = [c for c in ready if c.changes]
    touched = [stored.id for c in changing if (stored := workspace.stored(*c.target)) is not None]

    def build(writer: Writer) -> None:
        files: dict[Path, int] = {}
        for candidate in changing:
            if candidate.path not in files:
                minutes = minutes_of_file(candidate.path, candidates, changing, whole=not files)
                files[candidate.path] = _keep_file(writer, candidate, minutes)
            _must_be_as_shown(workspace, candidate)
            _write(workspace, writer, candidate, files[candidate.path])

    cells = sum(len(c.changes) for c in changing)
    files = len({c.path for c in changing})
    applied = workspace.apply("import", f"Nhập {files} tệp, {cells} ô", build, touches=touched)
    for candidate in ready:
        candidate.status = APPLIED if candidate.changes else UNCHANGED
    return applied


# reading


def _read(
    workspace: Workspace,
    files: Sequence[Path],
    wish: Wish,
    decisions: Decisions,
    step: Step,
    seen: Seen | None,
) -> list[Candidate]:
    recogniser = Recogniser(workspace, wish, decisions)
    found: list[Candidate] = []
    for done, path in enumerate(files):
        step(done, len(files), path.name)
        of_file = recogniser.candidates(path)
        found += of_file
        if seen is not None:
            seen(of_file)
    step(len(files), len(files), "")
    return found


def _untold(done: int, total: int, name: str) -> None:
    """Nobody waits for news."""


def _files(paths: Iterable[Path], step: Step) -> list[Path]:
    """The workbooks meant by ``paths``, each once; folders are searched through."""
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                step(0, len(found), Path(folder).name)
                folders.sort()
                inside = [Path(folder, name) for name in sorted(names) if not name.startswith(("~$", "."))]
                looked_at = [file for file in inside if file.suffix.lower() in _LOOKED_AT]
                found |= {file.absolute(): file for file in looked_at if file.absolute() not in found}
        elif path.exists():
            found.setdefault(path.absolute(), path)
        else:
            raise JudappError("FIL-004", path=str(path))
    return list(found.values())


def _decisions(candidates: Iterable[Candidate]) -> Decisions:
    return {(c.path, c.sheet): c.decision for c in candidates}


# several worksheets for one sheet


def _may_count(candidate: Candidate) -> bool:
    return candidate.status in (READY, DUPLICATE)


def _settled(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with those for one sheet held against each other: a chosen one counts, or none."""
    again = [_open(candidate) if _may_count(candidate) else candidate for candidate in candidates]
    by_target: Mapping[tuple[int, str, Period], list[Candidate]] = defaultdict(list)
    for candidate in again:
        if candidate.status == READY:
            by_target[candidate.target].append(candidate)
    for rivals in by_target.values():
        if len(rivals) > 1:
            _reject_rivals(rivals)
    return again


def _open(candidate: Candidate) -> Candidate:
    """A copy that nothing is said of yet beside what stands in its own file."""
    own = [finding for finding in candidate.findings if finding.code not in (_RIVAL, _LEFT_OUT)]
    return replace(candidate, status=READY, findings=own)


def _reject_rivals(rivals: list[Candidate]) -> None:
    chosen = next((rival for rival in rivals if rival.decision.counts), None)
    for candidate in rivals:
        if candidate is chosen:
            continue
        candidate.status = DUPLICATE
        if chosen is not None:
            candidate.say(_LEFT_OUT, "info", other=chosen.path.name)
        else:
            other = next(rival for rival in rivals if rival is not candidate)
            candidate.say(_RIVAL, other=other.path.name)


# writing


def _keep_file(writer: Writer, candidate: Candidate, minutes: str) -> int:
    """Keep the bytes that were read, under the file's name; they must be the same still."""
    path = candidate.path
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreachable(path, error) from error
    if hashlib.sha256(data).hexdigest() != candidate.sha256:
        raise JudappError("FIL-007", path=path.name)
    sender = candidate.unit.uid if candidate.unit else None
    return imports.add_file(writer, keep(writer, data, path.name), path.name, minutes, sender)


def _must_be_as_shown(workspace: Workspace, candidate: Candidate) -> None:
    """What the person agreed to is old → new: where the old is another one by now, nobody agreed."""
    stored = workspace.stored(*candidate.target)
    present = sheets.figures(workspace.file, stored.id) if stored else {}
    differing = sum(present.get(change.key, EMPTY) != change.before for change in candidate.changes)
    if differing:
        _, unit, period = candidate.target
        name = workspace.units.name(unit, period.last_day)
        raise JudappError("MAP-017", form=candidate.form.number, unit=name, cells=differing)


def _write(workspace: Workspace, writer: Writer, candidate: Candidate, file: int) -> None:
    version, unit, period = candidate.target
    begun = sheets.find(writer.file, form=version, unit=unit, period=period, layer=sheets.OWN)
    sheet = begun[-1].id if begun else sheets.begin(writer, version, unit, period, candidate.span)
    source = imports.add_sheet(writer, file, candidate.sheet)
    for table, row in candidate.own_rows:
        sheets.put_row(writer, sheet, table, row)
    plan = workspace.plan(candidate.form, unit, period)
    keep_unit_rows(writer, sheet, plan, [change.key for change in candidate.changes])
    writer.set_figures(
        sheet,
        [(*change.key, change.after) for change in candidate.changes],
        source,
        {change.key: change.cell for change in candidate.changes},
    )
    settle(writer, sheet, {change.key for change in candidate.changes})
