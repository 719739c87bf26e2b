"""Importing workbooks: preview old → new, decide what is unclear, then all as one operation (promise 6)."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace

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
    Wish,
)
from judapp.app.import_magnitude import beside_others
from judapp.app.import_matching import Recogniser
from judapp.app.import_rivals import keep_one, settled
from judapp.app.import_writing import apply_import, leave_out
from judapp.app.reading_files import FileJob, Readers
from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.excel.reader import SUFFIXES

__all__ = [
    "APPLIED", "DUPLICATE", "READY", "REJECTED", "UNCHANGED", "UNRECOGNISED", "Candidate", "Change",
    "Decision", "Wish", "apply_import", "assign", "keep_one", "leave_out", "preview", "read_again",
]  # fmt: skip

Step = Callable[[int, int, str], object]
"""Called with files done, files in all and the name of the next one; may raise to stop."""
Seen = Callable[[Sequence[Candidate]], object]
"""Called with the worksheets of each file as soon as it is read."""

_LOOKED_AT = (*SUFFIXES, ".xls", ".ods", ".xlsb", ".csv")
"""Files of a folder that are meant: those not read yet are named with what to do."""


def preview(
    workspace: Workspace,
    paths: Iterable[Path],
    wish: Wish | None = None,
    step: Step | None = None,
    seen: Seen | None = None,
    beside: Sequence[Candidate] = (),
    readers: Readers | None = None,
) -> list[Candidate]:
    """What importing ``paths`` (workbooks or folders of them) would do; nothing is written.

    A fault of a file is a finding of that file, the others go on. ``step`` may raise to stop at any moment.
    ``readers`` reads in processes of their own; without them the files are read in this one, where nothing
    stops a hostile one. ``beside`` are candidates read before: they come first, their files are not read
    again, and two files for one sheet are found among all. Raises FIL-004 for a path not there.
    """
    told = step or _untold
    known = {candidate.path.absolute() for candidate in beside}
    files = [path for path in _files(paths, told) if path.absolute() not in known]
    jobs = [FileJob(path, {}) for path in files]
    found = _read(workspace, jobs, wish or Wish(), told, seen, readers)
    return settled(beside_others(workspace, [*beside, *found]))


def read_again(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    wish: Wish | None = None,
    step: Step | None = None,
    seen: Seen | None = None,
    readers: Readers | None = None,
) -> list[Candidate]:
    """A new preview of the same files with what was decided about them: after an undo or another change."""
    decided: dict[Path, dict[str, Decision]] = {}
    for candidate in candidates:
        decided.setdefault(candidate.path, {})[candidate.sheet] = candidate.decision
    jobs = [FileJob(path, decisions) for path, decisions in decided.items()]
    found = _read(workspace, jobs, wish or Wish(), step or _untold, seen, readers)
    return settled(beside_others(workspace, found))


def assign(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    positions: Collection[int],
    wish: Wish | None = None,
    readers: Readers | None = None,
    **said: Any,
) -> list[Candidate]:
    """Say by hand what the worksheets at ``positions`` are: any fields of :class:`Decision` by name.

    What was said of them before stays, but that one of several counts. Those files are read again; the result
    is all candidates in their order, the given ones left as they are.
    """
    again = list(candidates)
    jobs = [
        FileJob(former.path, {former.sheet: replace(former.decision, counts=None, **said)})
        for former in map(candidates.__getitem__, positions)
    ]
    with closing(_each(workspace, jobs, wish or Wish(), _untold, readers)) as read:
        for position, fresh in zip(positions, read, strict=True):
            sheet = candidates[position].sheet
            again[position] = next((c for c in fresh if c.sheet == sheet), fresh[0])
    return settled(beside_others(workspace, again))


# reading


def _read(
    workspace: Workspace,
    jobs: Sequence[FileJob],
    wish: Wish,
    step: Step,
    seen: Seen | None,
    readers: Readers | None,
) -> list[Candidate]:
    found: list[Candidate] = []
    with closing(_each(workspace, jobs, wish, step, readers)) as read:  # whatever stops it: nothing runs on
        for of_file in read:
            found += of_file
            if seen is not None:
                seen(of_file)
    step(len(jobs), len(jobs), "")
    return found


def _each(
    workspace: Workspace, jobs: Sequence[FileJob], wish: Wish, step: Step, readers: Readers | None
) -> Generator[list[Candidate], None, None]:
    """The candidates of every file, in the files' order."""
    if readers is not None:
        yield from readers.read(workspace, jobs, wish, lambda done, path: step(done, len(jobs), path.name))
        return
    recogniser = Recogniser(workspace, wish, {key: said for job in jobs for key, said in job.named.items()})
    for done, job in enumerate(jobs):
        step(done, len(jobs), job.path.name)
        yield recogniser.candidates(job.path)


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
