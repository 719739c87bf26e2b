"""Minutes of an import (“Biên bản nhập tệp”): what was read, written and left out, and why; kept with it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from judapp.app.desk import period_name, unit_name
from judapp.app.import_candidates import (
    APPLIED,
    DUPLICATE,
    NEEDS_MAPPING,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Candidate,
)
from judapp.app.import_rivals import SAMES
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.figure import State
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.messages import bilingual
from judapp.store import history, imports
from judapp.store import sheets as store_sheets
from judapp.text import Bilingual, keepable

TAKEN_OUT, SAME = "taken_out", "same"

_BY_HAND = {
    "form": "IMD-by-hand-form",
    "unit": "IMW-by-hand-unit",
    "period": "IMW-by-hand-period",
    "counts": "IMW-by-hand-counts",
    "columns": "IMD-by-hand-columns",
    "points": "IMD-by-hand-points",
    "factors": "IMD-by-hand-factors",
}
_REASONS = {
    TAKEN_OUT: "IMW-reason-taken-out",
    UNCHANGED: "IMW-reason-unchanged",
    DUPLICATE: "IMW-reason-duplicate",
    SAME: "IMD-reason-same",
    NEEDS_MAPPING: "IMD-reason-needs-mapping",
    REJECTED: "IMW-reason-rejected",
    UNRECOGNISED: "IMW-reason-unrecognised",
}


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding in the words it was told with then."""

    code: str
    vi: str
    en: str
    cell: str = ""


class SheetMinutes(msgspec.Struct, frozen=True, omit_defaults=True):
    """One worksheet; ``reason`` says why nothing of it was written, "" where something was."""

    sheet: str
    form: str = ""
    unit: str = ""
    period: str = ""
    read: int = 0
    written: int = 0
    new: int = 0
    unchanged: int = 0
    reckoned: int = 0
    refused: int = 0
    by_hand: tuple[str, ...] = ()
    """What a person said about it: "unit", "period", "counts", "form", "columns", "points", "factors"."""
    without: tuple[str, ...] = ()
    """Cells of the worksheet a person took out."""
    said: tuple[Said, ...] = ()
    reason: str = ""


class FileMinutes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept with a file; the first file of an import also tells of those it was read together with."""

    sha256: str
    sheets: tuple[SheetMinutes, ...]
    name: str = ""
    folder: str = ""
    modified: str = ""
    files: int = 0
    """Files read in all, on the first file."""
    left_out: tuple[FileMinutes, ...] = ()


def by_file(candidates: Iterable[Candidate]) -> dict[Path, list[Candidate]]:
    """The worksheets of each file, but those applied before."""
    found: dict[Path, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.status != APPLIED:
            found.setdefault(candidate.path, []).append(candidate)
    return found


def minutes_of_file(
    path: Path, files: Mapping[Path, Sequence[Candidate]], written: Collection[int], *, whole: bool
) -> str:
    """JSON of what was done with the file at ``path``; ``whole`` adds every file nothing was written of.

    ``files`` are all (:func:`by_file`), ``written`` the identities (``id``) of the candidates written.
    """
    of_file = _file(path, files[path], written)
    if whole:
        others = tuple(
            _file(other, own, written)
            for other, own in files.items()
            if not any(id(candidate) in written for candidate in own)
        )
        of_file = msgspec.structs.replace(of_file, files=len(files), left_out=others)
    return msgspec.json.encode(of_file).decode()


def _file(path: Path, own: Sequence[Candidate], written: Collection[int]) -> FileMinutes:
    moment = datetime.fromtimestamp(own[0].modified).astimezone()
    return FileMinutes(
        own[0].sha256,
        tuple(_sheet(candidate, taken=id(candidate) in written) for candidate in own),
        keepable(path.name),
        keepable(path.parent.name),
        moment.isoformat(timespec="seconds") if own[0].modified else "",
    )


def _sheet(candidate: Candidate, *, taken: bool) -> SheetMinutes:
    reason = ""
    if not taken:
        reason = candidate.status
        if candidate.status == DUPLICATE and any(f.code in SAMES for f in candidate.findings):
            reason = SAME
        elif candidate.status == READY:
            reason = TAKEN_OUT if candidate.changes else UNCHANGED
    decision = candidate.decision
    by_hand = {name for name in _BY_HAND if getattr(decision, name) not in (None, ())}
    written = candidate.writing if taken else []
    return SheetMinutes(
        sheet=candidate.sheet,
        form=candidate.version.form.number if candidate.version else "",
        unit=candidate.unit.uid if candidate.unit else "",
        period=candidate.period.code if candidate.period else "",
        read=candidate.read,
        written=len(written),
        new=sum(change.before.state is State.EMPTY for change in written),
        unchanged=candidate.unchanged,
        reckoned=candidate.reckoned,
        refused=candidate.refused,
        by_hand=tuple(name for name in _BY_HAND if name in by_hand),
        without=tuple(c.cell for c in candidate.changes if c.cell in decision.without) if taken else (),
        said=tuple(map(_said, candidate.findings)),
        reason=reason,
    )


def _said(finding: Finding) -> Said:
    words = bilingual(finding.code, **finding.params)
    return Said(finding.code, words.vi, words.en, finding.place.cell or "")


# reading them again


class MinuteLine(Struct, frozen=True):
    """One worksheet as the minutes list it; ``reason`` is "" where something of it was written."""

    file: str
    folder: str
    sha256: str
    sheet: str
    form: str
    unit: str
    period: Bilingual
    read: int
    written: int
    unchanged: int
    reckoned: int
    refused: int
    reason: str
    notes: tuple[Bilingual, ...]
    called: str = ""
    """What to call the file: its name, with the folder where another file of the import bears it too."""


class Import(Struct, frozen=True):
    """An import in one line; ``number`` counts the imports of this data file."""

    op: int
    number: int
    at: datetime
    """Local time."""
    who: str
    machine: str
    files: int
    """Files something was written of."""
    cells: int
    new: int
    left_out: int
    """Files nothing was written of."""
    undone: bool
    locked: tuple[str, ...] = ()
    """Sheets of it that were handed in since, “17a Xã Nghi Lộc”: while there are any it is not undone."""


class Minutes(Struct, frozen=True):
    """The minutes of one import."""

    head: Import
    unit: str
    """The office the data file belongs to."""
    practice: bool
    written: tuple[MinuteLine, ...]
    left_out: tuple[MinuteLine, ...]


def last_imports(workspace: Workspace, limit: int) -> tuple[Import, ...]:
    """The newest ``limit`` imports, newest first, also those that were taken back."""
    by_op: dict[int, list[imports.ImportedFile]] = {}
    for file in imports.files(workspace.file):
        by_op.setdefault(file.op, []).append(file)
    numbered = list(enumerate(by_op.items(), start=1))
    return tuple(_import(workspace, op, number, files) for number, (op, files) in reversed(numbered[-limit:]))


def minutes(workspace: Workspace, op: int) -> Minutes:
    """The minutes of the import that operation ``op`` was; KeyError for one that was none."""
    every = imports.files(workspace.file)
    files = [file for file in every if file.op == op]
    if not files:
        raise KeyError(op)
    number = len({file.op for file in every if file.op <= op})
    head = _import(workspace, op, number, files)
    found = [_decoded(file) for file in files]
    lines = [line for file in found for line in _lines(workspace, file)]
    others = [line for file in found for other in file.left_out for line in _lines(workspace, other)]
    lines, others = _told_apart(lines, others)
    return Minutes(
        head,
        unit_name(workspace, workspace.owner.uid, head.at.date()),
        workspace.practice,
        tuple(line for line in lines if not line.reason),
        (*(line for line in lines if line.reason), *others),
    )


def _told_apart(*groups: Sequence[MinuteLine]) -> Iterator[list[MinuteLine]]:
    """The lines of an import, each knowing what to call its file."""
    folders: dict[str, set[str]] = {}
    for line in itertools.chain(*groups):
        folders.setdefault(line.file, set()).add(line.folder)
    for group in groups:
        yield [
            msgspec.structs.replace(
                line, called=f"{line.folder}/{line.file}" if len(folders[line.file]) > 1 else line.file
            )
            for line in group
        ]


def _import(workspace: Workspace, op: int, number: int, files: Sequence[imports.ImportedFile]) -> Import:
    record = history.operation(workspace.file, op)
    assert record is not None  # a foreign key
    found = [_decoded(file) for file in files]
    sheets = [sheet for file in found for sheet in file.sheets]
    return Import(
        op=op,
        number=number,
        at=datetime.fromisoformat(record.at).astimezone(),
        who=record.who,
        machine=record.machine,
        files=len(files),
        cells=sum(sheet.written for sheet in sheets),
        new=sum(sheet.new for sheet in sheets),
        left_out=sum(len(file.left_out) for file in found),
        undone=record.undone,
        locked=() if record.undone else tuple(_locked(workspace, op)),
    )


def _locked(workspace: Workspace, op: int) -> Iterator[str]:
    for id_ in history.sheets_of(workspace.file, op):
        sheet = store_sheets.get(workspace.file, id_)
        if sheet.state not in OPEN_STATES:
            form = workspace.version(sheet.form).form.number
            yield f"{form} {workspace.units.name(sheet.unit, sheet.period.last_day)}"


def _decoded(file: imports.ImportedFile) -> FileMinutes:
    return msgspec.json.decode(file.minutes, type=FileMinutes)


def _lines(workspace: Workspace, file: FileMinutes) -> list[MinuteLine]:
    return [_line(workspace, file, sheet) for sheet in file.sheets]


def _line(workspace: Workspace, file: FileMinutes, sheet: SheetMinutes) -> MinuteLine:
    period = Period.parse(sheet.period) if sheet.period else None
    unit = ""
    if sheet.unit and period is not None:
        unit = workspace.units.name(sheet.unit, period.last_day)
    return MinuteLine(
        file=file.name,
        folder=file.folder,
        sha256=file.sha256,
        sheet=sheet.sheet,
        form=sheet.form,
        unit=unit,
        period=period_name(period) if period else Bilingual("", ""),
        read=sheet.read,
        written=sheet.written,
        unchanged=sheet.unchanged,
        reckoned=sheet.reckoned,
        refused=sheet.refused,
        reason=sheet.reason,
        notes=tuple(_notes(sheet)),
    )


def _notes(sheet: SheetMinutes) -> list[Bilingual]:
    notes = [bilingual(_REASONS[sheet.reason])] if sheet.reason else []
    notes += [bilingual(_BY_HAND[what]) for what in sheet.by_hand]
    if sheet.without:
        notes.append(bilingual("IMD-cells-out", n=len(sheet.without), cells=", ".join(sheet.without)))
    for said in sheet.said:
        where = f"{said.cell}: " if said.cell else ""
        notes.append(Bilingual(f"{where}{said.vi}", f"{where}{said.en}"))
    return notes
