"""What the typing measurement types into: 10b with 168 notary offices, a form of 300 rows × 40 columns."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import msgspec

from judapp.app.founding import new_file
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Column, Computed, Evidence, Form, Relation, Row, Table
from judapp.domain.figure import Figure, number
from judapp.domain.period import Period
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.domain.unit import NOTARY, Unit, UnitState
from judapp.store import forms, sheets, units
from judapp.store.operations import Writer

OFFICES, IN_ROOMS = 168, 8
ROWS, COLUMNS = 300, 40
PERIOD, BEFORE = Period(2026, "H1"), Period(2025, "H1")
NOTARIES, WIDE = "10b/TP/CC", "99/BENCH"
_GROUPS = 10


def make(path: Path) -> Workspace:
    """A data file with both sheets two thirds filled, and the wide one also a year before."""
    workspace = new_file(path, "40", date(2026, 1, 1))
    workspace.apply("new", "Văn phòng công chứng", lambda writer: _offices(writer, workspace.owner.uid))
    workspace.apply("new", "Biểu rộng", lambda writer: forms.add(writer, msgspec.json.encode(wide_form())))
    for form, period in ((NOTARIES, PERIOD), (WIDE, BEFORE), (WIDE, PERIOD)):
        workspace.apply(
            "new", "Số liệu", lambda writer, form=form, at=period: _fill(writer, workspace, form, at)
        )
    return workspace


def rows_and_columns(path: Path, form: str) -> tuple[list[str], list[str]]:
    """The keys of rows and columns of a sheet, for a table that knows nothing of forms."""
    with Workspace.open(path, read_only=True) as workspace:
        plan = workspace.plan(workspace.version_for(form, PERIOD).form, workspace.owner.uid, PERIOD)
    [table] = plan.form.tables
    return [row.key for row in plan.rows[table.key]], [leaf.name for leaf in table.leaves]


def wide_form() -> Form:
    """300 rows in ten groups, 40 columns; sums of rows and columns, relations in every row."""
    leaves = [Column(label=f"Cột {n}", code=str(n)) for n in range(1, COLUMNS + 1)]
    groups = tuple(
        Row(
            label=f"Nhóm {g + 1}",
            kind="group",
            code=str(g + 1),
            children=tuple(
                Row(label=f"Dòng {r + 1}", code=str(r + 1)) for r in range((ROWS - 1 - _GROUPS) // _GROUPS)
            ),
        )
        for g in range(_GROUPS)
    )
    sums = [f"c{at} = " + " + ".join(f"c{n}" for n in range(at + 1, at + 5)) for at in range(1, COLUMNS, 5)]
    rules = [f"c{at + 1} >= c{at + 2}" for at in range(1, COLUMNS, 5)]
    rules += [f"c{at + 3} <= c{at + 4}" for at in range(1, COLUMNS, 5)]
    rows = ["[tong] = sum([*])", *(f"[{g + 1}] = sum([{g + 1}.*])" for g in range(_GROUPS))]
    total = Row(label="Tổng số", kind="total")
    return Form(
        family="bench.rong",
        number=WIDE,
        circular="(bảng đo)",
        area="đo",
        title="BIỂU RỘNG",
        valid_from=date(2020, 1, 1),
        regime="tk",
        rounds=("H1", "Y1", "Y"),
        tables=(Table(columns=tuple(leaves), rows=(total, *groups), stub=(Column(label="Dòng"),)),),
        computed=tuple(Computed(rule=rule, status="inferred") for rule in [*rows, *sums]),
        relations=tuple(Relation(rule=rule, status="inferred") for rule in rules),
        evidence=Evidence(level="department", sources=("bảng đo",)),
    )


def _offices(writer: Writer, owner: str) -> None:
    since = date(2020, 1, 1)
    for at in range(OFFICES):
        room = at < IN_ROOMS
        name = f"Phòng công chứng số {at + 1}" if room else f"Văn phòng công chứng Nguyễn Văn {at + 1}"
        state = UnitState(since, None, f"CC{at:03}", name, "phòng" if room else "văn phòng", owner)
        units.put_unit(writer, Unit(f"cc{at}", NOTARY, (state,)))


def _fill(writer: Writer, workspace: Workspace, number_of: str, period: Period) -> None:
    chance = random.Random(f"{number_of} {period.code}")
    version = workspace.version_for(number_of, period)
    owner = workspace.owner.uid
    plan = workspace.plan(version.form, owner, period)
    own = sheets.begin(writer, version.id, owner, period, workspace.span(version.form, period))
    for table, rows in plan.rows.items():
        for order, row in enumerate(rows, start=1):
            if row.unit is not None:
                kept = OwnRow(row.key, row.key.rpartition(".")[0], order, row.unit, row.label)
                sheets.put_row(writer, own, table, kept)
    figures: dict[CellKey, Figure] = {}
    for key, spot in plan.spots.items():
        if key not in plan.computed and spot.kind != "text" and chance.random() < 2 / 3:
            # Sound in most rows: what a sum or a whole is held against comes out, here and there it does not.
            odd = chance.random() < 0.01
            figures[key] = number(chance.randrange(5000) if odd else _sound(key))
    writer.set_figures(own, [(*key, figure) for key, figure in figures.items()])


def _sound(key: CellKey) -> int:
    """A figure that keeps the relations of both forms with the others of its row: parts are small enough."""
    if not key[2].isdigit():
        return 0
    row = sum(map(ord, key[1]))
    return {"2": 900 + row, "3": 600 + row, "4": 120, "5": 300, "6": 40, "11": 700, "12": 90}.get(
        key[2], 1000
    )
