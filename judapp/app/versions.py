"""Versions of a form in a data file: which serves when, changing one that is in use, moving sheets over.

A definition that a sheet uses never changes (design 5): an edit of it is a new version, and sheets come to it
by an operation of its own, with a mapping that says what becomes of every column and row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.in_use import sheets_on
from judapp.app.learning import FaultyForm, form_file
from judapp.app.refusals import state_name
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.catalogue import Form
from judapp.domain.comparing_forms import compare_forms
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.form_comparison import FormComparison
from judapp.domain.lint import lint
from judapp.domain.moving import CellMapping, Moved, mapping_faults, moved, proposed_mapping
from judapp.domain.period import Period
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.messages import bilingual
from judapp.store import forms, remarks, sheets
from judapp.store.forms import StoredForm
from judapp.store.operations import Applied, Writer
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import Bilingual

_DAY = timedelta(days=1)


def versions_of(workspace: Workspace, family: str) -> list[StoredForm]:
    """The versions of a form in the catalogue, the oldest first."""
    found = (v for v in workspace.versions.values() if v.form.family == family)
    return sorted(found, key=lambda v: (v.form.valid_from, v.id))


def overlaps(workspace: Workspace) -> list[tuple[StoredForm, StoredForm]]:
    """Versions of one form that are in force together, the older first: a fault somebody must end."""
    found = []
    for family in dict.fromkeys(v.form.family for v in workspace.versions.values()):
        known = versions_of(workspace, family)
        for at, older in enumerate(known):
            last = older.form.valid_to
            found += [(older, v) for v in known[at + 1 :] if last is None or v.form.valid_from <= last]
    return found


def compare(workspace: Workspace, old: int, new: int) -> FormComparison:
    """What the version ``new`` has otherwise than ``old`` (ids)."""
    return compare_forms(workspace.version(old).form, workspace.version(new).form)


# --- editing


def edit_form(workspace: Workspace, version: int, form: Form) -> Applied:
    """Put ``form`` in the place of a version, as one operation that can be undone.

    A version that no sheet uses takes the new definition. One that is used stays as it is for the periods it
    has sheets of, and the edited one follows it from the next period on; "Dùng từ kỳ…" (:func:`use_from`)
    and :func:`move_sheets` bring it forward. It takes no days of the versions around it. Nothing is written
    where nothing changed. Raises LRN-020 (all
    faults), FVR-002 (the catalogue has that very definition), FVR-003 (no period is left that is not begun).
    """
    known = workspace.version(version)
    form = replace(form, family=known.form.family)
    faults = lint(form)
    if faults:
        raise FaultyForm(faults)
    form = _among(form, known, versions_of(workspace, form.family))
    if form == known.form:
        return Applied()
    if twin := next((v for v in workspace.versions.values() if v.form == form), None):
        raise JudappError("FVR-002", form=twin.form.number, circular=twin.form.circular)
    used = sheets_on(workspace, version)
    label = f"Sửa biểu {form.number}"
    if not used:
        definition = form_file(form)
        return workspace.apply("forms", label, lambda writer: forms.redefine(writer, version, definition))
    start = form.valid_from
    if start <= known.form.valid_from:
        start = 1 * _DAY + max(workspace.reporting_day(known.form, sheet.period) for sheet in used)
    if form.valid_to is not None and start > form.valid_to:
        raise JudappError("FVR-003", form=form.number, day=form.valid_to)
    form = replace(form, valid_from=start)

    def build(writer: Writer) -> None:
        forms.put_in_force(writer, version, known.form.valid_from, start - _DAY)
        forms.add(writer, form_file(form), known.blank)

    return workspace.apply("forms", f"{label}: bản mới từ {start:%d/%m/%Y}", build)


def _among(form: Form, known: StoredForm, family: Iterable[StoredForm]) -> Form:
    """A definition in the place of a version, in force neither while one before it is nor one behind it."""
    now = known.form.valid_from
    before = [v.form for v in family if v.form.valid_from < now]
    if any(other.valid_to is None or other.valid_to >= form.valid_from for other in before):
        form = replace(form, valid_from=max(form.valid_from, now))
    later = [v.form.valid_from for v in family if v.form.valid_from > now]
    if later and form.valid_from < min(later) and (form.valid_to is None or form.valid_to >= min(later)):
        form = replace(form, valid_to=min(later) - _DAY)
    return form


class UseChange(Struct, frozen=True):
    """What using a version from a day on changes in the catalogue, before it is done."""

    version: int
    start: date
    end: date | None
    """The last day it is in force then; None where no later version is known."""
    others: tuple[tuple[StoredForm, date], ...]
    """Versions that end, each with its last day."""

    @property
    def leaving(self) -> tuple[StoredForm, ...]:
        """Those of them that would be in force on no day and leave the catalogue."""
        return tuple(other for other, last in self.others if last < other.form.valid_from)


def plan_use(workspace: Workspace, version: int, since: Period | date) -> UseChange:
    """What :func:`use_from` would do. Raises FVR-004."""
    known = workspace.version(version)
    start = since if isinstance(since, date) else workspace.reporting_day(known.form, since)
    others = [v for v in versions_of(workspace, known.form.family) if v.id != version]
    later = [v for v in others if v.form.valid_from > start]
    before = [v for v in others if v.form.valid_from <= start]
    end = known.form.valid_to
    if later:
        end = min(v.form.valid_from for v in later) - _DAY
    elif end is not None and end < start:
        end = None
    changes: list[tuple[StoredForm, date]] = []
    for other in before:
        last = other.form.valid_to
        touching = last is None or last >= start or last == known.form.valid_from - _DAY
        if touching and last != start - _DAY:
            changes.append((other, start - _DAY))
    change = UseChange(version, start, end, tuple(changes))
    for other in change.leaving:
        if sheets_on(workspace, other.id):
            raise JudappError("FVR-004", form=other.form.number, circular=other.form.circular, day=start)
    return change


def use_from(workspace: Workspace, version: int, since: Period | date) -> Applied:
    """ "Dùng từ kỳ…": let a version serve from a period (or day) on; the one before it ends the day before.

    A version that comes later still begins when it did and ends this one. Sheets already begun on another
    version stay on it until they are moved (:func:`left_behind`). Raises FVR-004 where another version, which
    has sheets, would be in force on no day at all.
    """
    change = plan_use(workspace, version, since)

    def build(writer: Writer) -> None:
        for other, last in change.others:
            if other in change.leaving:
                forms.drop(writer, other.id)
            else:
                forms.put_in_force(writer, other.id, other.form.valid_from, last)
        forms.put_in_force(writer, version, change.start, change.end)

    when = since.code if isinstance(since, Period) else f"{since:%d/%m/%Y}"
    number = workspace.version(version).form.number
    return workspace.apply("forms", f"Dùng biểu {number} từ {when}", build)


# --- moving sheets


def left_behind(workspace: Workspace, family: str) -> list[StoredSheet]:
    """Sheets of a form on a version that does not serve their period, oldest first."""
    found = [s for v in _all_versions(workspace, family) for s in sheets_on(workspace, v.id)]
    return [
        sheet
        for sheet in sorted(found, key=lambda s: s.id)
        if (serving := workspace.serving(family, sheet.period)) is not None and serving.id != sheet.form
    ]


def _all_versions(workspace: Workspace, family: str) -> list[StoredForm]:
    """Also those no longer in the catalogue."""
    return [v for v in forms.load_all(workspace.file) if v.form.family == family]


class SheetMove(Struct, frozen=True):
    """What moving one sheet would do."""

    sheet: StoredSheet
    unit_name: str
    content: Moved
    rows: tuple[tuple[str, OwnRow, OwnRow], ...]
    """Table of the newer version, repeated row as it was and as it becomes."""
    rows_left: tuple[tuple[str, OwnRow], ...]
    """Repeated rows that have no place, with their table."""
    refused: Bilingual | None = None
    """Why it cannot be moved: handed in, or the unit has figures on the newer version already."""
    empty: int | None = None
    """A sheet without content that the unit has on the newer version; the two change places."""


class MovePlan(Struct, frozen=True):
    """What moving sheets from one version to another would do, before anything is changed."""

    mapping: CellMapping
    moves: tuple[SheetMove, ...]

    @property
    def left(self) -> int:
        """Cells with something in them that have no place on the newer version; the history keeps them."""
        return sum(len(move.content.left) for move in self.moves if move.refused is None)


def part_words(what: str) -> Bilingual:
    """What a person calls the ``"columns"`` or ``"rows"`` of a mapping."""
    return bilingual("FVR-columns" if what == "columns" else "FVR-rows")


def plan_move(
    workspace: Workspace,
    old: int,
    new: int,
    mapping: CellMapping | None = None,
    periods: Iterable[Period] | None = None,
) -> MovePlan:
    """What :func:`move_sheets` would do, sheet by sheet, those that are refused too.

    Without ``mapping`` the proposed one; without ``periods`` those the version ``new`` serves. Raises FVR-006
    (versions of two forms), FVR-007 (no such sheet), FVR-011 … 014 (a mapping that cannot be).
    """
    before, after = workspace.version(old).form, workspace.version(new).form
    if before.family != after.family:
        raise JudappError("FVR-006", old=before.number, new=after.number)
    mapping = proposed_mapping(before, after) if mapping is None else mapping
    for code, params in mapping_faults(mapping, before, after):
        raise JudappError(code, **{**params, "what": part_words(params["what"])})
    wanted = None if periods is None else set(periods)
    chosen = [
        sheet
        for sheet in sheets_on(workspace, old)
        if (workspace.serves(after, sheet.period) if wanted is None else sheet.period in wanted)
    ]
    if not chosen:
        raise JudappError("FVR-007", old=before.number, new=after.number)
    return MovePlan(mapping, tuple(_move(workspace, sheet, new, mapping) for sheet in chosen))


def _move(workspace: Workspace, sheet: StoredSheet, new: int, mapping: CellMapping) -> SheetMove:
    before, after = workspace.version(sheet.form).form, workspace.version(new).form
    kept: list[tuple[str, OwnRow, OwnRow]] = []
    left: list[tuple[str, OwnRow]] = []
    for table, rows in sheets.own_rows(workspace.file, sheet.id).items():
        for row in rows:
            place = mapping.place(table, row.key)
            if place is None:
                left.append((table, row))
            else:
                parent = place[1].rpartition(".")[0]
                kept.append((place[0], row, replace(row, key=place[1], parent=parent)))
    name = workspace.units.name(sheet.unit, sheet.period.last_day)
    content = moved(sheets.figures(workspace.file, sheet.id), mapping, before, after)
    there = sheets.find(workspace.file, form=new, unit=sheet.unit, period=sheet.period, layer=sheet.layer)
    taken = next((other for other in there if other.id in {s.id for s in sheets_on(workspace, new)}), None)
    refused = None
    if sheet.state not in OPEN_STATES:
        refused = bilingual("STA-002", form=before.number, unit=name, state=state_name(sheet.state))
    elif taken is not None:
        refused = bilingual("FVR-005", form=after.number, unit=name, period=sheet.period.code)
    empty = next((other.id for other in there), None)
    return SheetMove(sheet, name, content, tuple(kept), tuple(left), refused, empty)


def move_sheets(
    workspace: Workspace,
    old: int,
    new: int,
    mapping: CellMapping | None = None,
    periods: Iterable[Period] | None = None,
) -> Applied:
    """Carry the sheets of one version over to another as one operation that can be undone.

    All or none: raises STA-002 where one of them is handed in, FVR-005 where a unit has a sheet on the newer
    version already, and what :func:`plan_move` raises. Each sheet stays the sheet it was, with its history;
    what has no place on the newer version is taken out of it and stays in the history (:attr:`MovePlan.left`
    counts it before).
    """
    plan = plan_move(workspace, old, new, mapping, periods)
    for move in plan.moves:
        if move.refused is not None:
            raise _refused(workspace, move, new)
    before, after = workspace.version(old).form, workspace.version(new).form

    def build(writer: Writer) -> None:
        for move in plan.moves:
            _carry(workspace, writer, move, new)

    label = f"Chuyển {len(plan.moves)} phiếu từ biểu {before.number} sang {after.number}"
    if before.number == after.number:
        label = f"Chuyển {len(plan.moves)} phiếu sang bản {after.valid_from:%d/%m/%Y} của biểu {after.number}"
    return workspace.apply("forms", label, build, touches=[move.sheet.id for move in plan.moves])


def _refused(workspace: Workspace, move: SheetMove, new: int) -> JudappError:
    sheet = move.sheet
    if sheet.state not in OPEN_STATES:
        number = workspace.version(sheet.form).form.number
        return JudappError("STA-002", form=number, unit=move.unit_name, state=state_name(sheet.state))
    number = workspace.version(new).form.number
    return JudappError("FVR-005", form=number, unit=move.unit_name, period=sheet.period.code)


def _carry(workspace: Workspace, writer: Writer, move: SheetMove, new: int) -> None:
    own = move.sheet.id
    sheets.put_on_version(writer, own, new, move.empty)
    present = sheets.own_rows(workspace.file, own)
    for table, rows in present.items():
        for row in rows:
            writer.delete("sheet_row", (own, table, row.key))
    for table, _, row in move.rows:
        sheets.put_row(writer, own, table, row)
    content = move.content
    figures: dict[CellKey, Figure] = dict.fromkeys(sheets.figures(workspace.file, own), EMPTY)
    figures |= content.figures
    writer.set_figures(own, [(*key, figure) for key, figure in figures.items()])
    there = {source: target for target, source in content.sources.items()}
    for remark in remarks.of_sheet(workspace.file, own):
        if remark.cell is not None:  # a remark about a cell that is no more is one about the sheet
            remarks.put_at(writer, remark.uid, there.get(remark.cell))
