"""Minutes of an import (“Biên bản nhập tệp”): what was read, written and left out, and why; kept with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from judapp.app.desk import period_name, unit_name
from judapp.app.import_candidates import (
    APPLIED,
    DUPLICATE,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Candidate,
)
from judapp.app.workspace import Workspace
from judapp.domain.figure import State
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.excel.plain import Content, PlainTable, write_workbook
from judapp.messages import bilingual, text
from judapp.store import history, imports
from judapp.text import Bilingual

TAKEN_OUT = "taken_out"

_BY_HAND = {"unit": "IMW-by-hand-unit", "period": "IMW-by-hand-period", "counts": "IMW-by-hand-counts"}
_REASONS = {
    TAKEN_OUT: "IMW-reason-taken-out",
    UNCHANGED: "IMW-reason-unchanged",
    DUPLICATE: "IMW-reason-duplicate",
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
    """What a person said about it: "unit", "period", "counts"."""
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


def minutes_of_file(
    path: Path, candidates: Sequence[Candidate], written: Collection[Candidate], *, whole: bool
) -> str:
    """JSON of what was done with the file at ``path``; ``whole`` adds every file nothing was written of."""
    chosen = {id(candidate) for candidate in written}
    of_file = _file(path, candidates, chosen)
    if whole:
        paths = dict.fromkeys(candidate.path for candidate in candidates if candidate.status != APPLIED)
        applied = {candidate.path for candidate in written}
        others = tuple(_file(other, candidates, chosen) for other in paths if other not in applied)
        of_file = msgspec.structs.replace(of_file, files=len(paths), left_out=others)
    return msgspec.json.encode(of_file).decode()


def _file(path: Path, candidates: Sequence[Candidate], chosen: Collection[int]) -> FileMinutes:
    own = [c for c in candidates if c.path == path and c.status != APPLIED]
    moment = datetime.fromtimestamp(own[0].modified).astimezone()
    return FileMinutes(
        own[0].sha256,
        tuple(_sheet(candidate, taken=id(candidate) in chosen) for candidate in own),
        path.name,
        path.parent.name,
        moment.isoformat(timespec="seconds") if own[0].modified else "",
    )


def _sheet(candidate: Candidate, *, taken: bool) -> SheetMinutes:
    reason = ""
    if not taken:
        reason = candidate.status
        if candidate.status == READY:
            reason = TAKEN_OUT if candidate.changes else UNCHANGED
    decision = candidate.decision
    by_hand = {"unit": decision.unit, "period": decision.period, "counts": decision.counts}
    return SheetMinutes(
        sheet=candidate.sheet,
        form=candidate.version.form.number if candidate.version else "",
        unit=candidate.unit.uid if candidate.unit else "",
        period=candidate.period.code if candidate.period else "",
        read=candidate.read,
        written=len(candidate.changes) if taken else 0,
        new=sum(c.before.state is State.EMPTY for c in candidate.changes) if taken else 0,
        unchanged=candidate.unchanged,
        reckoned=candidate.reckoned,
        refused=candidate.refused,
        by_hand=tuple(name for name, value in by_hand.items() if value is not None),
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
    return Minutes(
        head,
        unit_name(workspace, workspace.owner.uid, head.at.date()),
        workspace.practice,
        tuple(line for line in lines if not line.reason),
        (*(line for line in lines if line.reason), *others),
    )


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
    )


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
    for said in sheet.said:
        where = f"{said.cell}: " if said.cell else ""
        notes.append(Bilingual(f"{where}{said.vi}", f"{where}{said.en}"))
    return notes


# as a workbook


def write_minutes(workspace: Workspace, op: int, path: Path, lang: str = "vi") -> Path:
    """Write the minutes as a workbook: a worksheet of what was written, one of the rest. Raises EXP-002."""
    found = minutes(workspace, op)
    above = _above(found, lang)
    tables = [_table(text("IMW-minutes-written", lang), found.written, above, lang)]
    if found.left_out:
        tables.append(_table(text("IMW-minutes-left-out", lang), found.left_out, above, lang))
    write_workbook(path, tables)
    return path


def _above(found: Minutes, lang: str) -> list[str]:
    head = found.head
    lines = [text("IMW-minutes-title", lang, number=str(head.number)).upper(), found.unit]
    if found.practice:
        lines.append(text("XLS-practice", lang))
    lines += [*minutes_facts(found, lang), ""]
    return lines


def minutes_facts(found: Minutes, lang: str) -> list[str]:
    """The sentences above the lists: when, by whom, how much, and whether it was taken back."""
    head = found.head
    when = f"{head.at:%H:%M %d/%m/%Y}"
    facts = [
        text("IMW-minutes-when", lang, when=when, who=head.who, machine=head.machine),
        text(
            "IMW-minutes-totals",
            lang,
            files=head.files,
            new=head.new,
            changed=head.cells - head.new,
            left=head.left_out,
        ),
        control_totals(
            read=sum(line.read for line in found.written),
            written=head.cells,
            unchanged=sum(line.unchanged for line in found.written),
            reckoned=sum(line.reckoned for line in found.written),
            refused=sum(line.refused for line in found.written),
            lang=lang,
        ),
    ]
    if head.undone:
        facts.append(text("IMW-minutes-undone", lang))
    return facts


def control_totals(
    *, read: int, written: int, unchanged: int, reckoned: int, refused: int, lang: str = "vi"
) -> str:
    """“Đọc 96 ô = ghi 7 + không đổi 88 + không nhận 1”; what is 0 is left out, but for the first two."""
    parts = [text("IMW-control-written", lang, n=written), text("IMW-control-unchanged", lang, n=unchanged)]
    if reckoned:
        parts.append(text("IMW-control-reckoned", lang, n=reckoned))
    if refused:
        parts.append(text("IMW-control-refused", lang, n=refused))
    return text("IMW-control", lang, read=read, parts=" + ".join(parts))


def _table(title: str, lines: Sequence[MinuteLine], above: Sequence[str], lang: str) -> PlainTable:
    heads = text("IMW-minutes-heads", lang).split("|")
    rows: list[list[Content]] = []
    for number, line in enumerate(lines, start=1):
        notes = "\n".join(note.in_language(lang) for note in line.notes)
        rows.append(
            [
                number,
                " › ".join(filter(None, (line.file, line.sheet))),
                line.form or None,
                line.unit or None,
                line.period.in_language(lang) or None,
                line.read,
                line.written,
                line.unchanged,
                line.reckoned,
                line.refused,
                notes or None,
                line.sha256 or None,
            ]
        )
    widths = [6, 34, 14, 26, 18, 9, 9, 10, 9, 10, 44, 36]
    return PlainTable(title, [*above, title], [heads], rows, [""], widths)
