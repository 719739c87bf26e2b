"""Notary offices of the practice province that owe 10a for the first half of 2026: some sent it as a file,
some had it typed, one is wrong, one came late, the others are missing.
"""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache, partial
from pathlib import Path
from unittest import mock

from judapp import paths
from judapp.app.approving import SUBMITTED, payload_of
from judapp.app.board import unit_board
from judapp.app.board_marks import say_not_owed, say_on_paper
from judapp.app.entering import keep_unit_rows, set_cells
from judapp.app.importing import apply_import, preview
from judapp.app.paper import write_form
from judapp.app.rolling_up import roll_up
from judapp.app.workspace import Workspace
from judapp.domain.figure import EMPTY, NIL, Figure, State
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.store import imports, obligations, sheets, snapshots
from judapp.store.documents import keep
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer
from judapp.store.snapshots import Snapshot
from tests.practice_sheets import practice_file

H1 = Period(2026, "H1")
BASE, ABOVE = "10a/TP/CC", "10b/TP/CC"
DUE, ON = date(2026, 6, 10), date(2026, 6, 12)
IN_TIME, LATE = "2026-06-08T02:00:00.000000+00:00", "2026-06-13T02:00:00.000000+00:00"
COLUMNS = 18


def offices(workspace: Workspace) -> list[Unit]:
    """The offices, by code."""
    return workspace.units.children(head(workspace).uid, H1.last_day, "notary")


def head(workspace: Workspace) -> Unit:
    """The practice province."""
    return workspace.unit("TH", H1)


def owe(workspace: Workspace, family: str, units: list[Unit]) -> None:
    """Put down that ``units`` owe a form."""

    def build(writer: Writer) -> None:
        for unit in units:
            obligations.put(writer, Obligation(family, unit.uid, date(2010, 1, 1)))

    workspace.apply("obligations", "Giao biểu", build)


def figures(n: int) -> dict[str, int]:
    """A figure for every column of an office, its parts adding up."""
    cells = {f"c{code}": n * 10 + code for code in range(1, COLUMNS + 1)}
    return cells | {"c3": 40 * n, "c5": 2 * n, "c2": 42 * n, "c4": n, "c6": n, "c12": n}


def typed(workspace: Workspace, unit: Unit, cells: dict[str, int], at: str = IN_TIME) -> None:
    """Figures of an office typed at the department at a moment."""
    with mock.patch("judapp.app.workspace.now", return_value=at):
        set_cells(workspace, BASE, unit, H1, [f"{cell}={value}" for cell, value in cells.items()])


def sent(workspace: Workspace, unit: Unit, cells: dict[str, int], file: Path) -> Path:
    """The workbook an office sends, written to ``file``; the data file does not change."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "a.sqlite"
        copy.write_bytes(_made(paths.seeds()))
        with Workspace.open(copy) as other:
            set_cells(other, BASE, unit, H1, [f"{cell}={value}" for cell, value in cells.items()])
            version = other.version_for(BASE, H1)
            stored = other.stored(version.id, unit.uid, H1)
            resolved = other.resolved(version.id, unit.uid, H1)
            assert stored is not None
            assert resolved is not None
            write_form(other, stored, resolved, file)
    return file


def imported(workspace: Workspace, *files: Path, at: str = IN_TIME) -> int:
    """Import files at a moment; the operation."""
    with mock.patch("judapp.app.workspace.now", return_value=at):
        applied = apply_import(workspace, preview(workspace, files))
    assert applied.op_id is not None
    return applied.op_id


def hand_in(workspace: Workspace) -> int:
    """Lock the province's 10b with its frozen copy, whatever is still wrong in it; its sheet."""
    own = head(workspace)
    version = workspace.version_for(ABOVE, H1)
    roll_up(workspace, unit_board(workspace, H1, own.uid, ON), {version.id: []})
    stored = workspace.stored(version.id, own.uid, H1)
    resolved = workspace.resolved(version.id, own.uid, H1)
    assert stored is not None
    assert resolved is not None

    def build(writer: Writer) -> None:
        payload = keep(writer, payload_of(workspace, resolved), None)
        sheets.set_state(writer, stored.id, SUBMITTED, 1)
        snapshots.put(writer, Snapshot(stored.id, 1, SUBMITTED, IN_TIME, None, payload, None))

    workspace.apply("submit", "Trình duyệt", build, touches=[stored.id], sheet=stored.id)
    return stored.id


def province(path: Path) -> Workspace:
    """The data file at ``path``, opened: all offices owe 10a, the first six sent it, the sixth late.

    The first as a file, the others typed; the third has an error, the fourth is being typed.
    """
    path.write_bytes(_filled(paths.seeds()))
    return Workspace.open(path)


@cache
def _made(seeds: Path) -> bytes:
    del seeds  # what the file is made of
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        practice_file(path, figures=False).close()
        return path.read_bytes()


@cache
def _filled(seeds: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        path.write_bytes(_made(seeds))
        with Workspace.open(path) as workspace:
            every = offices(workspace)
            owe(workspace, "cc.cs", every)
            imported(workspace, sent(workspace, every[0], figures(1), Path(folder) / "van phong 1.xlsx"))
            typed(workspace, every[1], figures(2))
            typed(workspace, every[2], figures(3) | {"c2": 7})
            typed(workspace, every[3], {"c1": 5})
            typed(workspace, every[4], figures(5))
            typed(workspace, every[5], figures(6), LATE)
        return path.read_bytes()


YEAR = Period(2024, "Y")
YEAR_ON = date(2025, 1, 22)
"""Two days after the deadline of base units for the year 2024."""
_OWED = (("ct.xa", "commune"), ("cc.cs", "notary"), ("ct.huyen", "agency"))
_IN_JANUARY, _AFTER = "2025-01-08T02:40:00.000000+00:00", "2025-01-21T01:40:00.000000+00:00"


def many(path: Path, *, alarming: bool) -> Workspace:
    """A province with some 180 base units and three forms for 2024: nearly all is well, or much is not."""
    path.write_bytes(_made(paths.seeds()))
    workspace = Workspace.open(path)
    above = workspace.unit("TH", YEAR)
    every: list[tuple[int, Unit]] = []
    for family, kind in _OWED:
        version = next(v for v in workspace.versions.values() if v.form.family == family and
                       workspace.serves(v.form, YEAR))  # fmt: skip
        units = workspace.units.children(above.uid, YEAR.last_day, kind)
        if family == "ct.huyen":
            units = [u for u in units if u.states[-1].subkind == "phòng tư pháp"]
        owe(workspace, family, units)
        every += [(version.id, unit) for unit in units]
    sent_late = {n for n in range(len(every)) if n % 13 == 4}
    missing = {n for n in range(len(every)) if n % (7 if alarming else 60) == 2}
    for at, chosen in ((_IN_JANUARY, set(range(len(every))) - sent_late), (_AFTER, sent_late)):
        with mock.patch("judapp.app.workspace.now", return_value=at):
            workspace.apply("import", "Nhập tệp", partial(_send, workspace, every, chosen - missing))
    if alarming:
        for own, unit in every[::11]:
            stored = workspace.stored(own, unit.uid, YEAR)
            if stored is not None:
                key = next(iter(workspace.plan(workspace.version(own).form, unit.uid, YEAR).spots))
                wrong = Figure(State.UNREADABLE, text="12O")
                workspace.apply("set", "Sai", partial(_one, stored.id, key, wrong))
        for own, unit in every[5::17]:
            stored = workspace.stored(own, unit.uid, YEAR)
            if stored is not None:
                key = next(iter(workspace.plan(workspace.version(own).form, unit.uid, YEAR).spots))
                workspace.apply("set", "Dở dang", partial(_one, stored.id, key, EMPTY))
        say_not_owed(workspace, "17a/BTP/HTQTCT/CT", every[2][1], YEAR, "Sáp nhập")
        say_on_paper(workspace, "17a/BTP/HTQTCT/CT", every[9][1], YEAR)
    return workspace


def _send(workspace: Workspace, every: list[tuple[int, Unit]], chosen: set[int], writer: Writer) -> None:
    for n in sorted(chosen):
        version, unit = every[n]
        form = workspace.version(version).form
        own = sheets.begin(writer, version, unit.uid, YEAR, workspace.span(form, YEAR))
        name = f"{workspace.units.name(unit.uid, YEAR.last_day)}.xlsx"
        minutes = '{"sha256":"","sheets":[]}'
        file = imports.add_file(writer, keep(writer, name.encode(), name), name, minutes, unit.uid)
        source = imports.add_sheet(writer, file, "Biểu")
        plan = workspace.plan(form, unit.uid, YEAR)
        keep_unit_rows(writer, own, plan, list(plan.spots))
        told = [(*key, NIL) for key, spot in plan.spots.items() if spot.kind != "text"]
        writer.set_figures(own, told, source, dict.fromkeys(plan.spots, "B10"))


def _one(sheet: int, key: CellKey, figure: Figure, writer: Writer) -> None:
    writer.set_figures(sheet, [(*key, figure)])
