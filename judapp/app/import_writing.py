"""Writing what an import shows: everything ready and taken, as one operation; single cells may stay out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from judapp.app.drafts import settle
from judapp.app.entering import keep_unit_rows
from judapp.app.import_candidates import APPLIED, READY, UNCHANGED, Candidate
from judapp.app.import_memory import keep_choices
from judapp.app.minutes import by_file, minutes_of_file
from judapp.app.regular_files import bytes_as_read
from judapp.app.workspace import Workspace
from judapp.domain.figure import EMPTY
from judapp.domain.rows import OwnRow, is_within
from judapp.errors import JudappError
from judapp.excel.row_finder import plain_label
from judapp.store import imports, sheets
from judapp.store.documents import keep
from judapp.store.operations import Applied, Writer

Written = Callable[[int, int, str], object]
"""Called with cells written so far, cells in all and the name of the file at hand; may raise to stop, and
nothing is written then."""


def leave_out(
    candidates: Sequence[Candidate], position: int, cells: Iterable[str], *, out: bool
) -> list[Candidate]:
    """Take ``cells`` of a worksheet (by their addresses, “E14”) out of what is written, or in again.

    The result is all candidates in their order, the given ones left as they are.
    """
    again = list(candidates)
    former = again[position]
    chosen = frozenset(cells)
    without = former.decision.without | chosen if out else former.decision.without - chosen
    again[position] = replace(former, decision=replace(former.decision, without=without))
    return again


def apply_import(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    skip: Collection[int] = (),
    step: Written | None = None,
) -> Applied:
    """Write every candidate that is ready, as one operation; afterwards it is ``applied`` or ``unchanged``.

    Those at the positions ``skip`` are left out, and so are single cells (:func:`leave_out`). Each figure
    remembers file, sha-256, sheet and cell; minutes of everything that was read, written and left out stay
    with the operation.

    Raises STA-002, DBF-…, FIL-004/006/007 (a file changed since it was read), MAP-017 (a sheet did), and what
    ``step`` raises; nothing is written then.
    """
    ready = [c for position, c in enumerate(candidates) if c.status == READY and position not in skip]
    changing = [c for c in ready if c.writing]
    touched = [stored.id for c in changing if (stored := workspace.stored(*c.target)) is not None]
    cells = sum(len(c.writing) for c in changing)

    def build(writer: Writer) -> None:
        files: dict[Path, int] = {}
        grouped, chosen = by_file(candidates), {id(candidate) for candidate in changing}
        done = 0
        for candidate in changing:
            if step is not None:
                step(done, cells, candidate.path.name)
            if candidate.path not in files:
                minutes = minutes_of_file(candidate.path, grouped, chosen, whole=not files)
                files[candidate.path] = _keep_file(writer, candidate, minutes)
            _must_be_as_shown(workspace, candidate)
            _write(workspace, writer, candidate, files[candidate.path])
            done += len(candidate.writing)
        keep_choices(writer, ready)
        if step is not None:
            step(cells, cells, "")

    files = len({c.path for c in changing})
    applied = workspace.apply("import", f"Nhập {files} tệp, {cells} ô", build, touches=touched)
    for candidate in ready:
        if candidate.writing or not candidate.changes:
            candidate.status = APPLIED if candidate.changes else UNCHANGED
    return applied


def _keep_file(writer: Writer, candidate: Candidate, minutes: str) -> int:
    """Keep the bytes that were read, under the file's name; they must be the same still."""
    path = candidate.path
    data = bytes_as_read(path, candidate.sha256)
    sender = candidate.unit.uid if candidate.unit else None
    return imports.add_file(writer, keep(writer, data, path.name), path.name, minutes, sender)


_NAMED = ("cell", "file", "sheet", "memory")
"""Where a unit's name was read, which means one that exists on the last day of the round."""


def _must_be_as_shown(workspace: Workspace, candidate: Candidate) -> None:
    """What the person agreed to is old → new: where the old is another one by now, nobody agreed.

    A row of the reporter's own that was new then and is there by now would stand there twice; one that was
    there then and is not by now would hold figures nobody sees.
    """
    stored = workspace.stored(*candidate.target)
    present = sheets.figures(workspace.file, stored.id) if stored else {}
    own = sheets.own_rows(workspace.file, stored.id) if stored else {}
    there = {_called(table, row) for table, rows in own.items() for row in rows}
    twice = {(table, row.key) for table, row in _rows_wanted(candidate) if _called(table, row) in there}
    moved = twice | _rows_gone(workspace, candidate, own)
    differing = sum(
        present.get(change.key, EMPTY) != change.before or change.key[:2] in moved
        for change in candidate.writing
    )
    _, unit, period = candidate.target
    found = candidate.evidence.get("unit")
    if found is not None and found.source in _NAMED and workspace.units.state(unit, period.last_day) is None:
        differing = len(candidate.writing)  # it was found by its name on that day, and ended meanwhile
    if differing:
        name = workspace.units.name(unit, period.last_day)
        raise JudappError("MAP-017", form=candidate.form.number, unit=name, cells=differing)


def _rows_gone(
    workspace: Workspace, candidate: Candidate, own: Mapping[str, Sequence[OwnRow]]
) -> set[tuple[str, str]]:
    """Rows beyond those of the form that get figures and do not stand in the sheet (any more)."""
    standing = {(table, row.key) for table, rows in own.items() for row in rows}
    standing |= {(table, row.key) for table, row in candidate.own_rows}
    wanted = {change.key[:2] for change in candidate.writing if "#" in change.key[1]}
    gone = {
        (table, key)
        for table, key in wanted
        if not any(table == other and is_within(key, row) for other, row in standing)
    }
    if not gone:
        return gone
    plan = workspace.plan(candidate.form, *candidate.target[1:])  # rows of units come from the register
    return gone - {spot[:2] for spot in plan.spots}


def _called(table: str, row: OwnRow) -> tuple[str, str, str]:
    """What a row of the reporter's own is found by in a worksheet."""
    return table, row.parent, plain_label(row.label)


def _write(workspace: Workspace, writer: Writer, candidate: Candidate, file: int) -> None:
    version, unit, period = candidate.target
    begun = sheets.find(writer.file, form=version, unit=unit, period=period, layer=sheets.OWN)
    sheet = begun[-1].id if begun else sheets.begin(writer, version, unit, period, candidate.span)
    source = imports.add_sheet(writer, file, candidate.sheet)
    for table, row in _rows_wanted(candidate):
        sheets.put_row(writer, sheet, table, row)
    plan = workspace.plan(candidate.form, unit, period)
    keep_unit_rows(writer, sheet, plan, [change.key for change in candidate.writing])
    writer.set_figures(
        sheet,
        [(*change.key, change.after) for change in candidate.writing],
        source,
        {change.key: change.cell for change in candidate.writing},
    )
    settle(writer, sheet, {change.key for change in candidate.writing})


def _rows_wanted(candidate: Candidate) -> Iterator[tuple[str, OwnRow]]:
    """The rows of the reporter's own that get a figure; of one whose cells were all taken out nothing is."""
    written = {change.key[:2] for change in candidate.writing}
    return ((table, row) for table, row in candidate.own_rows if (table, row.key) in written)
