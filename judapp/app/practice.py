"""The practice province: made-up units and figures that fill every form, only ever in a practice file."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from pathlib import Path

import msgspec

from judapp import paths
from judapp.app.entering import keep_unit_rows
from judapp.app.founding import new_file, put_register
from judapp.app.seeds import Register
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.entry import typed
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import parse
from judapp.domain.figure import Figure, words
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.rows import OwnRow, expand
from judapp.domain.shape import CellKey, Plan, plan_of
from judapp.domain.unit import PROVINCE
from judapp.store import obligations, people, sheets
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer, new_uid
from judapp.store.people import Person


class PracticeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of a sheet's own."""

    table: str
    key: str
    parent: str
    order: int
    unit: str | None
    label: str


class PracticeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet as typed."""

    form: str
    unit: str
    period: str
    cells: dict[str, str]
    own_rows: tuple[PracticeRow, ...]
    notes: dict[str, str]


class Practice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``seeds/practice/figures.json``."""

    practice: bool
    source: str
    sheets: tuple[PracticeSheet, ...]


OWNER, OWNER_ON = "40", date(2024, 6, 30)
"""The province a practice file belongs to; the practice province stands beside it."""

_CLERKS = ("Nguyễn Thị Lan", "Trần Văn Minh", "Lê Thu Hà")
"""Made-up persons who are put down for the forms of the practice province."""


def practice_file(path: Path, *, figures: bool = True) -> Workspace:
    """Make and open a new practice file at ``path``; raises what :func:`new_file` raises."""
    workspace = new_file(path, OWNER, OWNER_ON, practice=True)
    load_practice(workspace, figures=figures)
    return workspace


def load_practice(workspace: Workspace, *, figures: bool = True) -> list[tuple[str, Period]]:
    """Fill a practice file with the practice province; returns its sheets' units and periods.

    Without ``figures`` only the units come, as in a file whose figures are still to be imported.

    Raises ValueError for a file that is not marked as practice: invented figures never meet real ones.
    """
    if not workspace.practice:
        raise ValueError("practice figures belong into a practice file only")
    folder = paths.seeds() / "practice"
    register = msgspec.json.decode((folder / "units.json").read_bytes(), type=Register)
    workspace.apply("new", "Nạp đơn vị thực hành", lambda writer: put_register(writer, register))
    practice = msgspec.json.decode((folder / "figures.json").read_bytes(), type=Practice)
    workspace.apply("new", "Biểu phải nộp thực hành", lambda writer: _owe(workspace, writer, practice))
    if figures:
        workspace.apply("new", "Nạp số liệu thực hành", lambda writer: _put(workspace, writer, practice))
    return [(sheet.unit, Period.parse(sheet.period)) for sheet in practice.sheets]


def _owe(workspace: Workspace, writer: Writer, practice: Practice) -> None:
    """Everything that is in the practice figures is owed since the year it is first in; clerks share it."""
    since: dict[tuple[str, str], int] = {}
    for sheet in practice.sheets:
        period = Period.parse(sheet.period)
        key = workspace.version_for(sheet.form, period).form.family, sheet.unit
        since[key] = min(period.year, since.get(key, period.year))
    clerks = [Person(new_uid(), name) for name in _CLERKS]
    for clerk in clerks:
        people.put(writer, clerk)
    reporters = {unit for _, unit in since if workspace.units[unit].kind == PROVINCE}
    shared = cycle(clerks)
    for (family, unit), year in since.items():
        person = next(shared).uid if unit in reporters else None
        obligations.put(writer, Obligation(family, unit, date(year, 1, 1), person=person))


def _put(workspace: Workspace, writer: Writer, practice: Practice) -> None:
    for sheet in practice.sheets:
        period = Period.parse(sheet.period)
        version = workspace.version_for(sheet.form, period)
        own = sheets.begin(writer, version.id, sheet.unit, period, workspace.span(version.form, period))
        for row in sheet.own_rows:
            kept = OwnRow(row.key, row.parent, row.order, row.unit, row.label)
            sheets.put_row(writer, own, row.table, kept)
        plan = _plan(workspace, version.form, sheet, period)
        figures: list[tuple[str, str, str, Figure]] = []
        for address, text in sheet.cells.items():
            key = _key(address, plan)
            figures.append((*key, typed(text, plan.spots[key], period)))
        figures += [(NOTES_TABLE, slot, "", words(text)) for slot, text in sheet.notes.items()]
        keep_unit_rows(writer, own, plan, [figure[:3] for figure in figures])
        writer.set_figures(own, figures)


def _plan(workspace: Workspace, form: Form, sheet: PracticeSheet, period: Period) -> Plan:
    own = [(row.table, OwnRow(row.key, row.parent, row.order, row.unit, row.label)) for row in sheet.own_rows]
    return plan_of(
        form,
        {
            table.key: expand(
                table,
                lambda plan: workspace.repeated_units(plan, form, sheet.unit, period),
                [row for name, row in own if name == table.key],
            )
            for table in form.tables
        },
    )


def _key(address: str, plan: Plan) -> CellKey:
    [bound] = instances(parse(address), plan.shape)
    assert isinstance(bound.node, Cells)
    return bound.node.table, bound.node.rows[0], bound.node.cols[0]
