"""Sending faults back: for each file with any, the sender's own workbook with them marked (ux 3.3).

Only copies are written, into a folder of their own; neither the sender's files nor the data file is touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from judapp.app.desk import period_name, unit_name
from judapp.app.import_candidates import Candidate
from judapp.app.marking_words import list_titles, off, remedy, to_mend, what
from judapp.app.overview import window_of
from judapp.app.regular_files import bytes_as_read
from judapp.app.workspace import Workspace
from judapp.domain.finding import Finding
from judapp.errors import JudappError
from judapp.excel.marked import Mark, Told, write_marked
from judapp.messages import LANGUAGES, text

Step = Callable[[int, int, str], object]
"""Called with copies written, copies in all and the name of the next file; may raise to stop."""


class MarkedCopy(Struct, frozen=True):
    """What became of one file: its marked copy, or why there is none."""

    source: Path
    path: Path | None
    errors: int
    warnings: int
    fault: JudappError | None = None


def files_to_mark(candidates: Sequence[Candidate], positions: Collection[int] | None = None) -> list[Path]:
    """The files with something the sender can mend, each once; of those at ``positions`` only, if given."""
    return [
        path
        for path, of_file in _by_file(candidates, positions).items()
        if any(to_mend(c.findings) for c in of_file)
    ]


def marked_copies(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    folder: Path,
    lang: str = "vi",
    *,
    positions: Collection[int] | None = None,
    until: date | None = None,
    step: Step | None = None,
) -> tuple[MarkedCopy, ...]:
    """Write a marked copy into ``folder`` for each file that has something its sender can mend.

    All faults of a file are marked, whichever of its worksheets are at ``positions``. ``until`` is the day
    the mended file is asked for; without it the deadlines of its forms are told as far as they are known. Of
    a file that changed since it was read (FIL-007), can no longer be read, or whose copy does not read as it
    does (EXP-001), its :class:`MarkedCopy` tells, and the others go on. ``step`` may raise to stop; copies
    written until then stay, each whole.

    Raises EXP-002 (the folder cannot be written to).
    """
    wanted = files_to_mark(candidates, positions)
    by_file = _by_file(candidates, None)
    made: list[MarkedCopy] = []
    for done, path in enumerate(wanted):
        if step is not None:
            step(done, len(wanted), path.name)
        made.append(_copy(workspace, by_file[path], folder, lang, until))
    if step is not None:
        step(len(wanted), len(wanted), "")
    return tuple(made)


def _by_file(
    candidates: Sequence[Candidate], positions: Collection[int] | None
) -> dict[Path, list[Candidate]]:
    found: dict[Path, list[Candidate]] = {}
    for position, candidate in enumerate(candidates):
        if positions is None or position in positions:
            found.setdefault(candidate.path, []).append(candidate)
    return found


def _copy(
    workspace: Workspace, of_file: Sequence[Candidate], folder: Path, lang: str, until: date | None
) -> MarkedCopy:
    source = of_file[0].path
    marks = [
        _mark(candidate, finding, lang) for candidate in of_file for finding in to_mend(candidate.findings)
    ]
    marks = list(dict.fromkeys(marks))
    errors = sum(mark.tint == "error" for mark in marks)
    warnings = len(marks) - errors
    told = _told(workspace, of_file, lang, (errors, warnings), until)
    target = _unused(folder, source.stem, lang)
    try:
        bytes_as_read(of_file[0].path, of_file[0].sha256)
        write_marked(source, target, marks, told, list_titles())
    except JudappError as error:
        if error.code == "EXP-002":
            raise
        return MarkedCopy(source, None, errors, warnings, error)
    return MarkedCopy(source, target, errors, warnings)


def _mark(candidate: Candidate, finding: Finding, lang: str) -> Mark:
    place = finding.place
    return Mark(
        place.sheet or candidate.sheet,
        place.cell or "",
        "error" if finding.severity == "error" else "warning",
        what(finding, lang),
        off(finding, lang),
        remedy(finding, lang),
        finding.code,
    )


def _told(
    workspace: Workspace,
    of_file: Sequence[Candidate],
    lang: str,
    counts: tuple[int, int],
    until: date | None,
) -> Told:
    now = datetime.now().astimezone()
    office = unit_name(workspace, workspace.owner.uid, now.date())
    lines = [text("MRK-practice", lang)] if workspace.practice else []
    lines.append(
        text("MRK-of-file", lang, name=of_file[0].path.name, clock=f"{now:%H:%M}", day=now.date(),
             errors=counts[0], warnings=counts[1])
    )  # fmt: skip
    dues: dict[str, date] = {}
    for candidate in of_file:
        lines += _of_sheet(workspace, candidate, lang)
        due = _due(workspace, candidate)
        if due is not None:
            dues.setdefault(candidate.form.number, due)
    if until is not None:
        lines.append(text("MRK-asks-until", lang, office=office, day=until))
    else:
        lines.append(text("MRK-asks", lang, office=office))
        lines += [text("MRK-due", lang, form=form, day=day) for form, day in dues.items()]
    lines.append(text("MRK-how", lang))
    return Told(
        name=text("MRK-sheet", lang),
        title=text("MRK-title", lang),
        lines=tuple(lines),
        heads=tuple(text("MRK-heads", lang).split("|")),
        error=text("MRK-error", lang),
        warning=text("MRK-warning", lang),
        do=text("MRK-do-word", lang),
        author=office,
        macros=text("MRK-macros", lang),
        signature=text("MRK-signature", lang),
        shared=text("MRK-shared", lang),
        turned=text("MRK-turned", lang),
        damaged=text("MRK-damaged", lang),
    )


def _of_sheet(workspace: Workspace, candidate: Candidate, lang: str) -> list[str]:
    """For what a worksheet was taken, as far as that is known."""
    if candidate.version is None or candidate.unit is None or candidate.period is None:
        return []
    unit = unit_name(workspace, candidate.unit.uid, candidate.period.last_day)
    period = period_name(candidate.period).in_language(lang)
    return [
        text(
            "MRK-of-sheet", lang, sheet=candidate.sheet, form=candidate.form.number, unit=unit, period=period
        )
    ]


def _due(workspace: Workspace, candidate: Candidate) -> date | None:
    """The deadline of the worksheet's form for its unit, None where no source states it."""
    if candidate.version is None or candidate.unit is None or candidate.period is None:
        return None
    if workspace.level_of(candidate.form, candidate.unit) is None:
        return None
    window = window_of(workspace, candidate.form, candidate.unit.uid, candidate.period)
    return window.due if window is not None else None


_LONGEST = 255 - len(".… 99999.moi.xlsx")
"""Bytes of a name that leave room for what is put around it; no file system takes more than 255."""


def _unused(folder: Path, stem: str, lang: str) -> Path:
    """A name nothing has yet in ``folder``; a copy of a copy is not called one twice."""
    for spoken in LANGUAGES:
        mark = text("MRK-file-name", spoken).rstrip(")")
        at = stem.rfind(mark)
        if at > 0 and stem.endswith(")"):
            stem = stem[:at]
    said = text("MRK-file-name", lang)
    while len(os.fsencode(f"{stem}{said}")) > _LONGEST:
        stem = stem[:-1].rstrip()
    path, number = folder / f"{stem}{said}.xlsx", 2
    while path.exists():
        path, number = folder / f"{stem}{said[:-1]} {number}).xlsx", number + 1
    return path
